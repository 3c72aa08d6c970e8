//! Objectives: what KPIs are for.

use indexmap::IndexMap;

use super::expression::constant;
use super::formula::NumberScope;
use super::numbers::Numbers;
use super::order::{order, shown};
use super::properties;
use super::resolved::{Kpi, Number, Objective};
use super::scalar::ScalarKind;
use super::unit::Unit;
use crate::diagnostic::{Code, Diagnostic, Sink, nearest};
use crate::model::Model;
use crate::syntax::ast::{self, Expr, Name, Property};
use crate::value::Literal;

/// Every objective without findings by its id, in the order written.
pub fn all(
    numbers: &Numbers<'_>,
    kpis: &IndexMap<String, Kpi>,
    sink: &mut Sink,
) -> IndexMap<String, Objective> {
    let circles = circles(numbers.model, sink);
    let defs = numbers.model.objectives.values();
    let sound = defs.filter_map(|def| {
        let objective = objective(numbers, def, kpis, sink)?;
        (!circles.contains(&def.header.name.value.as_str())).then(|| (objective.id.clone(), objective))
    });
    sound.collect()
}

fn objective(
    numbers: &Numbers<'_>,
    def: &ast::Objective,
    kpis: &IndexMap<String, Kpi>,
    sink: &mut Sink,
) -> Option<Objective> {
    let named = Named::of(numbers, def.headline.as_ref(), def.kpis.as_ref(), sink);
    let values = values(numbers, def, sink);
    let parent = def.parent.as_ref().map_or(Some(()), |parent| named_one(numbers.model, &parent.value, sink));
    let stage = def.stage.as_ref().map_or(Some(()), |name| stage(numbers.model, &name.value, sink));
    let (named, (baseline, target)) = (named?, values?);
    parent.and(stage)?;
    let id = &def.header.name.value;
    let mut members = named.shown();
    for kpi in kpis.values().filter(|kpi| kpi.objective() == Some(id.as_str())) {
        if !members.contains(&kpi.id) {
            members.push(kpi.id.clone());
        }
    }
    Some(Objective {
        id: id.clone(),
        label: def.header.label.as_ref().map(|label| label.value.clone()),
        headline: named.headline,
        kpis: members,
        baseline,
        target,
        definition: def.clone(),
        span: def.header.span,
    })
}

/// Whether a name is that of an objective. A project that declares none has names for them, as tags.
pub fn named_by_kpi(model: &Model<'_>, name: &Name, sink: &mut Sink) -> Option<()> {
    // A pack knows no project's objectives.
    if model.objectives.is_empty() || model.is_of_pack(name.span) {
        return Some(());
    }
    named_one(model, name, sink)
}

fn named_one(model: &Model<'_>, name: &Name, sink: &mut Sink) -> Option<()> {
    if model.objectives.contains_key(name.value.as_str()) {
        return Some(());
    }
    let error = Diagnostic::error(
        Code::UnknownObjective,
        name.span,
        format!("there is no objective `{}`", name.value),
    )
    .missing(&name.value)
    .because("a project that declares objectives says of each what it is");
    let known = model.objectives.keys().copied();
    sink.push(match nearest(&name.value, known) {
        Some(near) => error.help(format!("did you mean `{near}`?")).fix(name.span, near.to_string()),
        None => error.help(format!("declare it: `objective {} \"…\" {{ headline … }}`", name.value)),
    });
    None
}

/// Whether a name is that of a stage. A project that lists none has names for them, as tags.
pub fn stage(model: &Model<'_>, name: &Name, sink: &mut Sink) -> Option<()> {
    let known = &model.settings.stages;
    if known.is_empty() || known.contains(name) || model.is_of_pack(name.span) {
        return Some(());
    }
    let error =
        Diagnostic::error(Code::UnknownStage, name.span, format!("there is no stage `{}`", name.value))
            .because("`kpic.yaml` lists the stages of the journey, in their order");
    let stages: Vec<&str> = known.iter().map(|stage| stage.value.as_str()).collect();
    sink.push(match nearest(&name.value, stages.iter().copied()) {
        Some(near) => error.help(format!("did you mean `{near}`?")).fix(name.span, near.to_string()),
        None => error.help(format!("the stages are {}", stages.join(", "))),
    });
    None
}

/// The KPIs that an objective or a dashboard names, by their ids.
#[derive(Debug, Default)]
pub struct Named {
    pub headline: Option<String>,
    others: Vec<String>,
}

impl Named {
    /// `None`: some are no KPIs, which is reported.
    pub fn of(
        numbers: &Numbers<'_>,
        headline: Option<&Property<Name>>,
        others: Option<&Property<Vec<Name>>>,
        sink: &mut Sink,
    ) -> Option<Named> {
        let mut named = Named::default();
        let mut sound = true;
        if let Some(headline) = headline {
            named.headline = properties::known_kpi(numbers, &headline.value, sink).map(String::from);
            sound &= named.headline.is_some();
        }
        for name in others.iter().flat_map(|others| &others.value) {
            match properties::known_kpi(numbers, name, sink) {
                Some(kpi) => named.others.push(kpi.to_string()),
                None => sound = false,
            }
        }
        sound.then_some(named)
    }

    /// Each once, the headline first.
    pub fn shown(&self) -> Vec<String> {
        let mut shown: Vec<String> = Vec::new();
        for kpi in self.headline.iter().chain(&self.others) {
            if !shown.contains(kpi) {
                shown.push(kpi.clone());
            }
        }
        shown
    }
}

/// Where the headline KPI stood and should stand, in its unit. `None`: reported.
fn values(
    numbers: &Numbers<'_>,
    def: &ast::Objective,
    sink: &mut Sink,
) -> Option<(Option<f64>, Option<f64>)> {
    let headline = def.headline.as_ref().and_then(|headline| numbers.kpi(&headline.value.value));
    let unit = headline.and_then(|kpi| numbers.kpis.get(kpi)?.as_ref()).map(|beneath| &beneath.unit);
    let unit = unit.unwrap_or(&Unit::Unknown);
    let mut check = |value: Option<&Property<Expr>>, what: &str| {
        let Some(value) = value else { return Some(None) };
        let mut scope = NumberScope::new(numbers, "", sink);
        let constant = constant(&mut scope, &value.value, what)?;
        properties::fits(&constant, unit, what, false, sink)?;
        Some(size(&constant.scalar))
    };
    let baseline = check(def.baseline.as_ref(), "the baseline");
    let target = check(def.target.as_ref(), "the target");
    Some((baseline?, target?))
}

/// A literal's number.
fn size(value: &Number) -> Option<f64> {
    match &value.kind {
        ScalarKind::Literal(Literal::Number(digits)) => digits.parse().ok(),
        ScalarKind::Negate(value) => Some(-size(value)?),
        _ => None,
    }
}

/// The objectives that are above themselves, each circle reported.
fn circles<'m>(model: &Model<'m>, sink: &mut Sink) -> Vec<&'m str> {
    let defs: Vec<&ast::Objective> = model.objectives.values().copied().collect();
    let above = |def: &&ast::Objective| {
        let parent = def.parent.as_ref()?.value.value.as_str();
        model.objectives.get_index_of(parent)
    };
    let needs: Vec<Vec<usize>> = defs.iter().map(|def| above(def).into_iter().collect()).collect();
    let mut within = Vec::new();
    for circle in order(&needs).cycles {
        let names: Vec<&'m str> =
            circle.iter().filter_map(|at| model.objectives.get_index(*at)).map(|(id, _)| *id).collect();
        let first = &defs[circle[0]].header.name;
        sink.push(
            Diagnostic::error(
                Code::Cycle,
                first.span,
                format!("the objective `{}` is above itself: {}", first.value, shown(&names)),
            )
            .because("none of them would be the one that the others serve")
            .help("take the `parent` out of the highest one"),
        );
        within.extend(names);
    }
    within
}
