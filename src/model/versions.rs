//! Versions: definitions of one KPI, each for its own time.

use super::{Model, period};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::source::Span;
use crate::syntax::ast::{self, Date, KpiProperty, Period};

/// A definition and the days on which it holds, both included; `None`: no bound.
#[derive(Debug, Clone, Copy)]
pub struct Version<'a> {
    pub def: &'a ast::Kpi,
    pub from: Option<Date>,
    pub until: Option<Date>,
    /// Where its time is said.
    pub span: Span,
}

/// The version that a definition is, if it says when it holds.
pub fn of(def: &ast::Kpi) -> Option<Version<'_>> {
    def.properties.iter().find_map(|property| match &property.value {
        KpiProperty::Effective { from, until } => Some(Version {
            def,
            from: from.as_ref().and_then(|p: &Period| Some(period::days(p.value)?.0)),
            until: until.as_ref().and_then(|p: &Period| Some(period::days(p.value)?.1)),
            span: property.span,
        }),
        _ => None,
    })
}

/// Puts the versions of each KPI in order. The last one describes the KPI; what the
/// earlier ones say beside their formula and their time is reported, and so are times
/// that overlap or end before they begin.
pub fn settle(model: &mut Model<'_>, sink: &mut Sink) {
    for (id, versions) in &mut model.versions {
        versions.sort_by_key(|version| version.from);
        for version in versions.iter().filter(|v| matches!((v.from, v.until), (Some(a), Some(b)) if b < a)) {
            sink.push(
                Diagnostic::error(Code::Versions, version.span, "a version ends before it begins")
                    .because("it would hold for no period")
                    .help("write the earlier period behind `from`"),
            );
        }
        for pair in versions.windows(2) {
            sink.extend(overlap(id, &pair[0], &pair[1]));
        }
        if let Some((last, earlier)) = versions.split_last() {
            model.kpis.insert(id, last.def);
            earlier.iter().for_each(|version| sink.extend(beside(version, last)));
        }
    }
}

fn overlap(id: &str, first: &Version<'_>, second: &Version<'_>) -> Option<Diagnostic> {
    let apart = matches!((first.until, second.from), (Some(until), Some(from)) if until < from);
    (!apart).then(|| {
        Diagnostic::error(Code::Versions, second.span, format!("two versions of `{id}` hold at the same time"))
            .label(first.span, "the other one")
            .because("a period that ends then would have two numbers")
            .help("end the earlier one before the later one begins: `effective until 2025-12` and `effective from 2026-01`")
    })
}

/// What an earlier version says that only the last one can.
fn beside<'v>(version: &'v Version<'_>, last: &Version<'_>) -> impl Iterator<Item = Diagnostic> + use<'v> {
    let name = &version.def.header.name;
    let last = last.def.header.name.span;
    let label = version.def.header.label.iter().map(|label| label.span);
    let properties = version.def.properties.iter().filter_map(|property| match &property.value {
        KpiProperty::Effective { .. } | KpiProperty::Version(_) => None,
        _ => Some(property.span),
    });
    label.chain(properties).map(move |span| {
        let fact = format!("this stands at an earlier version of `{}`", name.value);
        Diagnostic::error(Code::Versions, span, fact)
            .label(last, "the last version, which describes the KPI")
            .because("an earlier version is a formula and its time; all else is said of the KPI as it is now")
            .help("write it at the last version, or leave it out")
    })
}
