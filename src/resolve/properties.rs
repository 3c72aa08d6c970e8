//! A KPI's properties: names, literals, units, and what is not supported yet.

use super::accepted;
use super::expression::{Typed, constant};
use super::formula::NumberScope;
use super::literal::unsigned;
use super::numbers::{Numbers, Use};
use super::objectives;
use super::operators::a;
use super::predicates::{dotted, unknown};
use super::resolved::{Length, NumberLeaf};
use super::scalar::{ScalarKind, Type};
use super::scale;
use super::unit::Unit;
use super::windows::length;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::model::days;
use crate::source::Spanned;
use crate::syntax::ast::{
    self, BinaryOp, Expr, ExprKind, Grain, KpiProperty, Name, Path, StatusRule, Target, UnitName,
};
use crate::value::{self, Literal};

/// What later stages need of the properties.
#[derive(Debug, Default)]
pub struct Checked {
    pub unit: Option<UnitName>,
    pub empty: Option<Literal>,
    pub settled: Option<Length>,
    pub grains: Vec<Grain>,
    pub by: Vec<String>,
    pub segments: Vec<String>,
}

type Value = Typed<NumberLeaf>;

/// Checks every property; `None` where one has findings that change the number
/// or who may see it.
pub fn check<'m>(
    numbers: &Numbers<'m>,
    def: &ast::Kpi,
    value: Option<&Value>,
    uses: &[Use<'m>],
    sink: &mut Sink,
) -> Option<Checked> {
    let mut checked = Checked::default();
    let mut sound = true;
    for property in &def.properties {
        let mut checker = Checker { numbers, def, value, uses, sink: &mut *sink, checked: &mut checked };
        sound &= checker.property(&property.value).is_some();
    }
    let unit = checked.unit.as_ref().map(Unit::of).or_else(|| value.map(|v| v.unit.clone()));
    for property in &def.properties {
        sound &=
            in_unit(&property.value, unit.as_ref().unwrap_or(&Unit::Unknown), numbers, def, sink).is_some();
    }
    sound.then_some(checked)
}

struct Checker<'c, 'm> {
    numbers: &'c Numbers<'m>,
    def: &'c ast::Kpi,
    value: Option<&'c Value>,
    uses: &'c [Use<'m>],
    sink: &'c mut Sink,
    checked: &'c mut Checked,
}

impl Checker<'_, '_> {
    fn report(&mut self, diagnostic: Diagnostic) -> Option<()> {
        self.sink.push(diagnostic);
        None
    }

    /// A name that is no dimension.
    fn unknown(&mut self, name: &Name) -> Option<()> {
        let unknown = unknown(self.numbers.predicates, name, self.sink);
        self.report(unknown)
    }

    fn property(&mut self, property: &KpiProperty) -> Option<()> {
        match property {
            KpiProperty::Label { .. }
            | KpiProperty::Alias(_)
            | KpiProperty::Better(_)
            | KpiProperty::Format(_)
            | KpiProperty::Owner(_)
            | KpiProperty::Tags(_)
            | KpiProperty::Action(_)
            | KpiProperty::Interpretation(_)
            | KpiProperty::Vanity
            | KpiProperty::Version(_)
            | KpiProperty::Effective { .. } => Some(()),
            KpiProperty::Stage(name) => objectives::stage(self.numbers.model, name, self.sink),
            KpiProperty::Objective(name) => objectives::named_by_kpi(self.numbers.model, name, self.sink),
            KpiProperty::Unit(unit) => self.unit(unit),
            KpiProperty::By(paths) => all(paths.iter().map(|path| self.slice(path))),
            KpiProperty::Segments(names) => all(names.iter().map(|name| self.segment(name))),
            KpiProperty::Grain(grains) => all(grains.iter().map(|grain| self.grain(grain))),
            KpiProperty::Settled(e) => {
                self.checked.settled = Some(length(&self.numbers.model.params, e, self.sink)?);
                Some(())
            }
            KpiProperty::Empty(e) => self.empty(e),
            KpiProperty::Drivers(names)
            | KpiProperty::PairWith(names)
            | KpiProperty::LeadsTo(names)
            | KpiProperty::Prefer(names) => all(names.iter().map(|name| self.named(name))),
            KpiProperty::Target(target) => self.target(target),
            KpiProperty::Status(_) | KpiProperty::Benchmark(_) => Some(()),
        }
    }

    fn unit(&mut self, unit: &Spanned<UnitName>) -> Option<()> {
        self.checked.unit = Some(unit.value.clone());
        let Some(value) = self.value else { return Some(()) };
        if value.unit.shows_as(&unit.value) {
            return Some(());
        }
        let error = Diagnostic::error(
            Code::UnitConflict,
            unit.span,
            format!(
                "`{}` is declared in {} and its formula gives {}",
                self.def.header.name.value,
                unit.value.word(),
                value.unit
            ),
        )
        .because("display and targets would follow the wrong one");
        self.report(match value.unit.name() {
            Some(name) => error.help(format!("write `unit {}`, or mend the formula", name.word())),
            None => error.help("mend the formula, or leave the unit out"),
        })
    }

    fn slice(&mut self, path: &Path) -> Option<()> {
        let known = self.numbers.predicates;
        if let Some(steps) = super::steps::sliced(self.numbers.model, path) {
            let dimension = steps.map_err(|error| self.sink.push(error)).ok()?;
            self.checked.by.push(dimension.clone());
            return self.reached(&dimension, path.span(), "sliced by", None);
        }
        let Some(name) = super::expression::bare(path) else { return self.report(dotted(known, path)) };
        if !known.dimensions.contains_key(&name.value) {
            let error = unknown(known, name, self.sink);
            let is_segment = known.segments.contains_key(&name.value);
            return self.report(if is_segment {
                Diagnostic::error(
                    Code::WrongKind,
                    name.span,
                    format!("`{}` is a segment, and `by` slices by dimensions", name.value),
                )
                .help(format!("write `segments {}`", name.value))
            } else {
                error
            });
        }
        self.checked.by.push(name.value.clone());
        self.reached(&name.value, name.span, "sliced by", None)
    }

    fn reached(
        &mut self,
        dimension: &str,
        span: crate::source::Span,
        what: &str,
        segment: Option<&str>,
    ) -> Option<()> {
        let mut reached = Some(());
        for used in self.uses.iter().filter(|u| segment.is_some() || !u.lifts(dimension)) {
            if let Some(error) = self.numbers.unreached(used, dimension, span, what) {
                let error = match segment {
                    Some(segment) if segment != dimension => {
                        error.label(span, format!("`{segment}` uses `{dimension}`"))
                    }
                    Some(_) | None => error,
                };
                reached = self.report(error);
            }
        }
        reached
    }

    fn segment(&mut self, name: &Name) -> Option<()> {
        let known = self.numbers.predicates;
        let ids: Vec<&String> = if let Some((id, _)) = known.segments.get_key_value(&name.value) {
            vec![id]
        } else if let Some(ids) = known.segmentations.get(&name.value) {
            ids.iter().collect()
        } else if known.dimensions.contains_key(&name.value) {
            return self.report(
                Diagnostic::error(
                    Code::WrongKind,
                    name.span,
                    format!("`{}` is a dimension, not a segment", name.value),
                )
                .missing(&name.value)
                .help(format!("slice by it: `by {}`", name.value)),
            );
        } else {
            let error = Diagnostic::error(
                Code::UnknownDimension,
                name.span,
                format!("there is no segment `{}`", name.value),
            )
            .missing(&name.value);
            let names = known.segments.keys().chain(known.segmentations.keys()).map(String::as_str);
            let near = self.sink.nearest(&name.value, names);
            return self.report(match near {
                Some(near) => error.help(format!("did you mean `{near}`?")).fix(name.span, near.to_string()),
                None => error.help(format!("define it: `segment {} where …`", name.value)),
            });
        };
        self.checked.segments.push(name.value.clone());
        let mut dimensions: indexmap::IndexSet<String> = indexmap::IndexSet::new();
        for segment in ids.into_iter().filter_map(|id| known.segments[id].as_ref()) {
            segment.predicate.leaves(&mut |d| {
                dimensions.insert(d.clone());
            });
        }
        all(dimensions.iter().map(|d| self.reached(d, name.span, "filtered by", Some(&name.value))))
    }

    fn grain(&mut self, grain: &Spanned<Grain>) -> Option<()> {
        self.checked.grains.push(grain.value);
        Some(())
    }

    fn empty(&mut self, e: &Expr) -> Option<()> {
        if e.value == ExprKind::Null {
            self.checked.empty = Some(Literal::Null(value::Type::Double));
            return Some(());
        }
        let value = literal(self.numbers, self.def, e, "`empty`", self.sink)?;
        match value.scalar.kind {
            ScalarKind::Literal(literal @ Literal::Number(_)) => {
                self.checked.empty = Some(literal);
                Some(())
            }
            _ => self.report(
                Diagnostic::error(Code::WrongArguments, e.span, "`empty` is no number")
                    .help("write `empty 0` or `empty null`"),
            ),
        }
    }

    /// A KPI that another one belongs to.
    fn named(&mut self, name: &Name) -> Option<()> {
        known_kpi(self.numbers, name, self.sink).map(|_| ())
    }

    /// The scope of a target: `dimension = 'value'` and so on, or one segment (rule 13).
    fn target(&mut self, target: &Target) -> Option<()> {
        let filter = match &target.filter {
            None => Some(()),
            Some(filter) => match one_segment(filter) {
                Some(name) if !self.numbers.predicates.dimensions.contains_key(&name.value) => {
                    // Not a segment that reports show for it.
                    let shown = self.checked.segments.len();
                    let found = self.segment(name);
                    self.checked.segments.truncate(shown);
                    found
                }
                _ => self.conjunction(filter),
            },
        };
        let (range, period) = (self.range(target), self.lifetime(target));
        filter.and(range).and(period)
    }

    /// `2 to 4`, never `4 to 2`.
    fn range(&mut self, target: &Target) -> Option<()> {
        let Some(to) = &target.to else { return Some(()) };
        let number = |e: &Expr| match super::literal::value(e)? {
            Literal::Number(digits) => digits.parse::<f64>().ok(),
            _ => None,
        };
        match (number(&target.value), number(to)) {
            (Some(low), Some(high)) if low > high => self.report(
                Diagnostic::error(
                    Code::WrongArguments,
                    target.value.span.to(to.span),
                    "a target's range ends before it begins",
                )
                .because("no value lies in it, so the KPI would always be off track")
                .help("write the lower bound first: `2 to 4`"),
            ),
            _ => Some(()),
        }
    }

    fn lifetime(&mut self, target: &Target) -> Option<()> {
        let (Some(from), Some(until)) = (&target.from, &target.until) else { return Some(()) };
        let (start, end) = (days(from.value)?.0, days(until.value)?.1);
        if start <= end {
            return Some(());
        }
        self.report(
            Diagnostic::error(
                Code::WrongArguments,
                from.span.to(until.span),
                "a target ends before it begins",
            )
            .because("it would hold for no period")
            .help("write the earlier period behind `from`"),
        )
    }

    fn conjunction(&mut self, filter: &Expr) -> Option<()> {
        match &filter.value {
            ExprKind::Binary(BinaryOp::And, left, right) => {
                let (left, right) = (self.conjunction(left), self.conjunction(right));
                left.and(right)
            }
            ExprKind::Binary(BinaryOp::Equal, dimension, member) => {
                let ExprKind::Path(path) = &dimension.value else { return self.no_scope(filter) };
                let value =
                    literal(self.numbers, self.def, member, "the member of a target's scope", self.sink);
                let known = self.numbers.predicates;
                let Some(name) = super::expression::bare(path) else {
                    return self.report(dotted(known, path));
                };
                let Some((info, _)) = known.dimensions.get(&name.value) else {
                    return self.unknown(name);
                };
                let reached = self.reached(&name.value, name.span, "filtered by", None);
                let value = value?;
                let accepted = info.accepted.as_ref();
                if let Some(found) = accepted.and_then(|list| accepted::refused(self.sink, list, &value)) {
                    return self.report(found.because("no row has it, so the target holds for none"));
                }
                let ty = value.ty();
                if super::operators::common_type(info.ty, ty).is_none() {
                    return self.report(
                        Diagnostic::error(
                            Code::TypeMismatch,
                            member.span,
                            format!("`{}` is {}, and its member here is {}", name.value, a(info.ty), a(ty)),
                        )
                        .help("write the member as the dimension has it: `'text'`, `2026-01-15`, `7`"),
                    );
                }
                reached
            }
            _ => self.no_scope(filter),
        }
    }

    fn no_scope(&mut self, filter: &Expr) -> Option<()> {
        self.report(
            Diagnostic::error(
                Code::WrongArguments,
                filter.span,
                "a target holds for members or for one segment",
            )
            .because("which of two targets is more specific must be decidable")
            .help("write `where device = 'desktop' and country = 'FR'`, or name a segment"),
        )
    }
}

/// The KPI of a name, by its id; what is none is reported.
pub fn known_kpi<'m>(numbers: &Numbers<'m>, name: &Name, sink: &mut Sink) -> Option<&'m str> {
    if let Some(kpi) = numbers.kpi(&name.value) {
        return Some(kpi);
    }
    let error = Diagnostic::error(Code::UnknownName, name.span, format!("there is no KPI `{}`", name.value))
        .missing(&name.value);
    if numbers.measures.contains_key(name.value.as_str()) {
        sink.push(
            error
                .because("it is a measure, which reports do not show")
                .help(format!("promote it: `kpi {}`", name.value)),
        );
        return None;
    }
    let near = sink.nearest(&name.value, numbers.model.kpis.keys().copied());
    sink.push(match near {
        Some(near) => error.help(format!("did you mean `{near}`?")).fix(name.span, near.to_string()),
        None => error.help("name a KPI of the project"),
    });
    None
}

fn one_segment(filter: &Expr) -> Option<&Name> {
    match &filter.value {
        ExprKind::Path(path) => super::expression::bare(path),
        _ => None,
    }
}

/// `Some` where all are; looks at each.
fn all(found: impl Iterator<Item = Option<()>>) -> Option<()> {
    found.fold(Some(()), Option::and)
}

/// A literal of a property, or `None`.
fn literal(numbers: &Numbers<'_>, def: &ast::Kpi, e: &Expr, what: &str, sink: &mut Sink) -> Option<Value> {
    let mut scope = NumberScope::new(numbers, &def.header.name.value, sink);
    constant(&mut scope, e, what)
}

/// Values that are compared with the KPI's must be in its unit.
fn in_unit(
    property: &KpiProperty,
    unit: &Unit,
    numbers: &Numbers<'_>,
    def: &ast::Kpi,
    sink: &mut Sink,
) -> Option<()> {
    let mut value = |e: &Expr, what: &str, ratio: bool| {
        let value = literal(numbers, def, e, what, sink)?;
        fits(&value, unit, what, ratio, sink)
    };
    match property {
        KpiProperty::Target(target) => {
            let is_share = target.on_previous.is_some()
                && matches!(unsigned(&target.value).0.value, ExprKind::Percent(_));
            let what = if target.on_previous.is_some() { "the change" } else { "the target" };
            let low = value(&target.value, what, is_share);
            let high = target.to.as_ref().map_or(Some(()), |to| value(to, "the target", false));
            low.and(high)
        }
        KpiProperty::Benchmark(benchmark) => value(&benchmark.value, "the benchmark", false),
        KpiProperty::Status(rules) => {
            all(rules.iter().map(|StatusRule { bound, of_target, .. }| value(bound, "the bound", *of_target)))
        }
        KpiProperty::Label { .. }
        | KpiProperty::Alias(_)
        | KpiProperty::Unit(_)
        | KpiProperty::Better(_)
        | KpiProperty::By(_)
        | KpiProperty::Segments(_)
        | KpiProperty::Grain(_)
        | KpiProperty::Settled(_)
        | KpiProperty::Empty(_)
        | KpiProperty::Format(_)
        | KpiProperty::Objective(_)
        | KpiProperty::Stage(_)
        | KpiProperty::Owner(_)
        | KpiProperty::Tags(_)
        | KpiProperty::Action(_)
        | KpiProperty::Interpretation(_)
        | KpiProperty::Drivers(_)
        | KpiProperty::PairWith(_)
        | KpiProperty::Vanity
        | KpiProperty::LeadsTo(_)
        | KpiProperty::Prefer(_)
        | KpiProperty::Version(_)
        | KpiProperty::Effective { .. } => Some(()),
    }
}

/// Whether a value can be compared with a number in this unit, or (`ratio`) with a share of one.
pub fn fits(value: &Value, unit: &Unit, what: &str, ratio: bool, sink: &mut Sink) -> Option<()> {
    if !(value.ty().is_number() || value.ty() == Type::Duration) {
        sink.push(
            Diagnostic::error(Code::TypeMismatch, value.span(), format!("{what} is {}", a(value.ty())))
                .because("it is compared with the KPI, which is a number"),
        );
        return None;
    }
    let expected = if ratio { &Unit::plain(super::unit::Kind::Percent) } else { unit };
    if value.unit.with(expected).is_none() {
        let kpi = if ratio { "a share of the target" } else { "the KPI" };
        let shown = |unit: &Unit| if unit.is_plain() { unit.to_string() } else { format!("in {unit}") };
        sink.push(
            Diagnostic::error(
                Code::UnitMismatch,
                value.span(),
                format!("{what} is {}, and {kpi} is {}", shown(&value.unit), shown(expected)),
            )
            .because("the two could not be compared"),
        );
        return None;
    }
    if let Some(error) = scale::outside(value, expected, what) {
        sink.push(error);
        return None;
    }
    bare(value, expected, what, sink)
}

/// A bare number that would be taken for another one: `3` of a percentage is 300 %,
/// and of a duration three seconds.
fn bare(value: &Value, unit: &Unit, what: &str, sink: &mut Sink) -> Option<()> {
    let ScalarKind::Literal(Literal::Number(digits)) = &value.scalar.kind else { return Some(()) };
    let size = digits.parse::<f64>().unwrap_or(0.0).abs();
    if value.unit != Unit::Free || size == 0.0 {
        return Some(());
    }
    let error = |fact: String| Diagnostic::error(Code::UnitMismatch, value.span(), fact);
    let finding = match unit.name() {
        Some(UnitName::Percent) if size > 1.0 => {
            error(format!("{what} is {digits}, which is {} %", size * 100.0))
                .because("a percentage is a fraction: `3%` is 0.03")
                .help(format!("write `{digits}%`, or `{}%` if that is meant", size * 100.0))
        }
        Some(UnitName::Duration) => error(format!("{what} has no unit of time"))
            .because("seconds and days are both durations")
            .help(format!("write `{digits} seconds`, `{digits} minutes` or `{digits} days`")),
        _ => return Some(()),
    };
    sink.push(finding);
    None
}
