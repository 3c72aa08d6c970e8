//! Versions of a KPI: what it was, until it became what it is.

use super::expression::{Scope, Typed};
use super::formula::NumberScope;
use super::resolved::{NumberLeaf, Version};
use super::scalar::ScalarKind;
use super::{kpis, operators};
use crate::model;
use crate::syntax::ast::{self, Name};

/// The definitions of a KPI before the last one.
pub fn earlier(model: &model::Model<'_>, id: &str) -> Vec<ast::Kpi> {
    let versions = model.versions.get(id).and_then(|versions| versions.split_last());
    versions
        .map(|(_, earlier)| earlier.iter().map(|version| version.def.clone()).collect())
        .unwrap_or_default()
}

/// The number that all versions of a KPI are together, each at its time.
pub fn typed(
    s: &mut NumberScope<'_, '_>,
    name: &Name,
    versions: &[model::Version<'_>],
) -> Option<Typed<NumberLeaf>> {
    let values: Vec<_> = versions.iter().map(|version| kpis::formula(s, version.def)).collect();
    let values: Vec<Typed<NumberLeaf>> = values.into_iter().collect::<Option<_>>()?;
    let common = operators::common(values.iter(), &format!("the versions of `{}`", name.value));
    let (ty, unit) = s.accept(common)?;
    let version = |(version, value): (&model::Version<'_>, Typed<NumberLeaf>)| Version {
        from: version.from,
        until: version.until,
        value: operators::fitted(value.scalar, ty),
    };
    let versions = versions.iter().zip(values).map(version).collect();
    Some(Typed::new(ScalarKind::Leaf(NumberLeaf::Versions(versions)), ty, unit, name.span))
}
