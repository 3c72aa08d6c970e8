//! How a KPI's formula is read: what each name and each call in it means.

use std::collections::HashSet;

use super::expression::{Called, Params, Scope, Typed, typed};
use super::measures::is_aggregate;
use super::needs::{Needs, Unbound};
use super::numbers::{Lifted, Numbers, Use, once};
use super::predicates::{PredicateScope, Used, dotted, unknown};
use super::resolved::NumberLeaf;
use super::scalar::ScalarKind;
use super::{attainment, benchmarks, cohorts, members, nature, periods, ranks, steps, stocks, time_share};
use super::{tools, windows};
use crate::diagnostic::{Code, Diagnostic, Sink, nearest};
use crate::source::{Span, Spanned};
use crate::syntax::ast::{Arg, Call, Expr, ExprKind, Name, Path};

/// The names of one formula.
pub struct NumberScope<'n, 'm> {
    pub numbers: &'n Numbers<'m>,
    /// The KPI that is defined; inside, its name means the measure.
    own: &'n str,
    sink: &'n mut Sink,
    pub uses: Vec<Use<'m>>,
    pub unbound: Vec<Unbound>,
    /// The KPIs named in it.
    pub kpis: Vec<&'m str>,
    stocks_read: bool,
}

impl<'n, 'm> NumberScope<'n, 'm> {
    pub fn new(numbers: &'n Numbers<'m>, own: &'n str, sink: &'n mut Sink) -> Self {
        NumberScope {
            numbers,
            own,
            sink,
            uses: Vec::new(),
            unbound: Vec::new(),
            kpis: Vec::new(),
            stocks_read: false,
        }
    }

    /// Checks something in which bare stocks are allowed.
    pub fn with_stocks<T>(&mut self, check: impl FnOnce(&mut Self) -> T) -> T {
        let before = std::mem::replace(&mut self.stocks_read, true);
        let result = check(self);
        self.stocks_read = before;
        result
    }

    /// Whether bare stocks are allowed here.
    pub fn reads_stocks(&self) -> bool {
        self.stocks_read
    }

    /// Checks that a path names a dimension.
    pub fn dimension(&mut self, path: &Path) -> Option<String> {
        let known = self.numbers.predicates;
        if let Some(steps) = steps::sliced(self.numbers.model, path) {
            return self.accept(steps);
        }
        let Some(name) = super::expression::bare(path) else { return self.report(dotted(known, path)) };
        if known.dimensions.contains_key(&name.value) {
            self.banded(&name.value)?;
            return Some(name.value.clone());
        }
        let unknown = unknown(known, name, self.sink);
        self.report(unknown)
    }

    /// Notes what a segmentation per dimension needs, if a dimension is one. `None`: it has
    /// findings.
    pub fn banded(&mut self, dimension: &str) -> Option<()> {
        if !self.numbers.predicates.banded.contains_key(dimension) {
            return Some(());
        }
        let known = self.numbers.bands.get(dimension)?.as_ref()?;
        self.unbound.extend(known.unbound.iter().cloned());
        Some(())
    }

    /// Notes what is missing of a dimension that the rows of a source are told by.
    pub fn needs(&mut self, source: usize, dimension: &str) {
        let of = self.numbers.predicates.banded.get(dimension).map_or(dimension, String::as_str);
        let mut needs = Needs::new(self.numbers.rows, self.numbers.sources);
        needs.dimension(source, of);
        self.unbound.append(&mut needs.found);
    }

    fn number(&mut self, name: &Name) -> Option<Typed<NumberLeaf>> {
        let numbers = self.numbers;
        let id = name.value.as_str();
        if self.stocks_read && numbers.is_stock(id) {
            return time_share::existing(self, name);
        }
        if id != self.own
            && let Some(kpi) = numbers.kpi(id)
        {
            let beneath = numbers.kpis.get(kpi)?.as_ref()?;
            self.uses.extend(beneath.uses.iter().cloned());
            self.unbound.extend(beneath.unbound.iter().cloned());
            self.kpis.push(kpi);
            let leaf = ScalarKind::Leaf(NumberLeaf::Kpi(kpi.to_string()));
            return Some(Typed::new(leaf, beneath.ty, beneath.unit.clone(), name.span));
        }
        if let Some((id, measure)) = numbers.measures.get_key_value(id) {
            let known = measure.as_ref()?;
            let lifted = Lifted::Some(Vec::new());
            self.uses.push(Use { source: known.source, measure: id, lifted });
            self.unbound.extend(known.unbound.iter().cloned());
            let leaf = ScalarKind::Leaf(NumberLeaf::Measure(id.to_string()));
            return Some(Typed::new(leaf, known.measure.ty, known.unit.clone(), name.span));
        }
        if numbers.is_stock(id) {
            return self.report(stock_without_reading(name));
        }
        let unknown = numbers.unknown(name, self.sink);
        self.report(unknown)
    }

    /// `x where p`: every measure beneath must reach what `p` names.
    fn restricted(&mut self, value: &Expr, predicate: &Expr, span: Span) -> Option<Typed<NumberLeaf>> {
        let start = self.uses.len();
        let value = typed(self, value);
        let mut scope = PredicateScope::new(self.numbers.predicates, &self.numbers.model.params, self.sink);
        let predicate = scope.condition(predicate);
        let used = std::mem::take(&mut scope.used);
        let beneath = once(self.uses[start..].to_vec());
        let reached = self.reaches(&beneath, &used);
        let (value, predicate) = (value?, predicate?);
        reached.then_some(())?;
        beneath.iter().for_each(|this| used.iter().for_each(|used| self.needs(this.source, &used.dimension)));
        let mut bands = used.iter().map(|used| used.dimension.as_str());
        bands.try_for_each(|dimension| self.banded(dimension))?;
        let ty = value.ty();
        let leaf = NumberLeaf::Restrict(Box::new(value.scalar), Box::new(predicate.scalar));
        Some(Typed::new(ScalarKind::Leaf(leaf), ty, value.unit, span))
    }

    fn reaches(&mut self, beneath: &[Use<'_>], used: &[Used]) -> bool {
        let mut reached = true;
        for this in beneath {
            let mut seen = HashSet::new();
            for used in used.iter().filter(|u| seen.insert(u.dimension.as_str())) {
                let Some(error) = self.numbers.unreached(this, &used.dimension, used.span, "filtered by")
                else {
                    continue;
                };
                reached = false;
                self.sink.push(match &used.segment {
                    Some(segment) => error.label(used.span, format!("`{segment}` uses `{}`", used.dimension)),
                    None => error,
                });
            }
        }
        reached
    }

    /// `total(x, d, …)`
    fn total(&mut self, call: &Call, span: Span) -> Option<Typed<NumberLeaf>> {
        let start = self.uses.len();
        let Some(value) = tools::first(call) else {
            return self.report(
                Diagnostic::error(Code::WrongArguments, span, "`total` takes a number first")
                    .help("write `total(sessions, channel)`, or `total(sessions)` over all slices"),
            );
        };
        let value = typed(self, value);
        let mut dimensions = Vec::new();
        let mut sound = call.per.is_none() && !call.distinct;
        for arg in &call.args[1..] {
            match arg {
                Arg::Expr(Expr { value: ExprKind::Path(path), .. }) => match self.dimension(path) {
                    Some(dimension) => dimensions.push(dimension),
                    None => sound = false,
                },
                Arg::Expr(Expr { span, .. }) | Arg::Mode(Spanned { span, .. }) => {
                    sound = false;
                    self.sink.push(
                        Diagnostic::error(
                            Code::WrongArguments,
                            *span,
                            "`total` lifts dimensions, and this is none",
                        )
                        .help("write `total(sessions, channel)`"),
                    );
                }
            }
        }
        if call.per.is_some() || call.distinct {
            self.sink.push(
                Diagnostic::error(Code::WrongArguments, span, "`total` takes no `per` and no `distinct`")
                    .help("write `total(sessions, channel)`"),
            );
        }
        for this in &mut self.uses[start..] {
            this.lift(&dimensions);
        }
        let value = value?;
        sound.then_some(())?;
        if windows::moves(&value.scalar, self.numbers).ranks {
            return self.report(
                Diagnostic::error(Code::NoPlace, span, "`total` is taken of a place among members")
                    .because("over all members there is nobody to have a place among")
                    .help("take the place of a total: `rank(total(sessions, device))`"),
            );
        }
        if let Some(error) = steps::no_total(&value, &dimensions, self.numbers, span) {
            return self.report(error);
        }
        let ty = value.ty();
        let leaf = NumberLeaf::Total(Box::new(value.scalar), dimensions);
        Some(Typed::new(ScalarKind::Leaf(leaf), ty, value.unit, span))
    }

    /// An aggregate over numbers: of what, decides why it is wrong.
    fn aggregated(&mut self, call: &Call, span: Span) -> Option<Typed<NumberLeaf>> {
        let name = &call.function.value;
        let Some(e) = tools::first(call) else {
            return self.report(
                Diagnostic::error(
                    Code::WrongArguments,
                    span,
                    format!("`{name}()` stands in a KPI, which has no rows"),
                )
                .because("rows are counted in their source, where their time is known")
                .help(format!("declare a measure on the source: `measure x = {name}()`")),
            );
        };
        if matches!(name.as_str(), "min" | "max") && call.args.len() > 1 {
            let ours = if name == "min" { "least" } else { "greatest" };
            return self.report(
                Diagnostic::error(
                    Code::WrongArguments,
                    span,
                    format!("`{name}` aggregates rows, and stands between numbers here"),
                )
                .help(format!("write `{ours}(a, b)`")),
            );
        }
        let value = typed(self, e)?;
        let nature = nature::of(&value.scalar, self.numbers);
        let shown = match &e.value {
            ExprKind::Path(path) => format!("`{}`", path.name.value),
            _ => "the formula".to_string(),
        };
        self.report(nature::why_not(name, nature, &shown, span))
    }
}

/// A stock in a formula, as it is.
pub fn stock_without_reading(name: &Name) -> Diagnostic {
    Diagnostic::error(
        Code::StockWithoutReading,
        name.span,
        format!("the stock `{}` is used without saying when it is read", name.value),
    )
    .because("it has a value at every instant, and a period has many")
    .help(format!("write `at_end({0})`, `at_start({0})` or `average({0})`", name.value))
}

impl Scope for NumberScope<'_, '_> {
    type Leaf = NumberLeaf;

    fn sink(&mut self) -> &mut Sink {
        self.sink
    }

    fn params(&self) -> &Params<'_> {
        &self.numbers.model.params
    }

    fn zone(&self) -> &str {
        &self.numbers.model.settings.zone
    }

    fn numbers_only(&self) -> bool {
        true
    }

    fn own_functions(&self) -> &'static [&'static str] {
        &tools::ALL
    }

    fn path(&mut self, path: &Path) -> Option<Typed<NumberLeaf>> {
        let Some(qualifier) = &path.qualifier else { return self.number(&path.name) };
        let model = self.numbers.model;
        if let Some(funnel) = model.funnels.get(qualifier.value.as_str()) {
            let steps = || funnel.steps.iter().map(|s| s.header.name.value.as_str());
            if let Some(step) = funnel.steps.iter().position(|s| s.header.name.value == path.name.value) {
                return steps::one(self, &funnel.header.name.value, step, path.span());
            }
            if funnel.steps.is_empty() {
                // Reported with the funnel.
                return None;
            }
            let error = Diagnostic::error(
                Code::UnknownName,
                path.name.span,
                format!("the funnel `{}` has no step `{}`", qualifier.value, path.name.value),
            )
            .missing(&path.name.value);
            let shown: Vec<_> = steps().map(|s| format!("`{s}`")).collect();
            return self.report(match nearest(&path.name.value, steps()) {
                Some(near) => error.help(format!("did you mean `{near}`?")),
                None => error.help(format!("it has {}", shown.join(", "))),
            });
        }
        let whole = format!("{}.{}", qualifier.value, path.name.value);
        let error = Diagnostic::error(Code::WrongKind, path.span(), format!("`{whole}` is no number"))
            .missing(&qualifier.value);
        self.report(if self.numbers.measures.contains_key(path.name.value.as_str()) {
            error
                .because("ids of measures are unique in the project, so no source stands before them")
                .help(format!("write `{}`", path.name.value))
                .fix(path.span(), path.name.value.clone())
        } else {
            error
                .because("in a KPI a dot leads to a step of a funnel, and nowhere else")
                .help("declare a measure on the source, and name it here")
        })
    }

    fn call(&mut self, call: &Call, span: Span) -> Called<NumberLeaf> {
        let name = call.function.value.as_str();
        if is_aggregate(name) {
            return Called::Done(match &call.per {
                Some(per) => members::call(self, call, per, span),
                None => match steps::subtracted(self.numbers.model, call) {
                    Some(funnel) => steps::times(self, call, funnel, span),
                    None => self.aggregated(call, span),
                },
            });
        }
        if name == "total" {
            return Called::Done(self.total(call, span));
        }
        if windows::WINDOWS.contains(&name) {
            return Called::Done(windows::call(self, call, span));
        }
        if let ("slope", Some(per)) = (name, &call.per) {
            return Called::Done(members::call(self, call, per, span));
        }
        if let (Some(function), None) = (periods::function(name), &call.per) {
            return Called::Done(periods::call(self, call, function, span));
        }
        if name == time_share::NAME {
            return Called::Done(time_share::call(self, call, span));
        }
        if stocks::READINGS.contains(&name) {
            return Called::Done(stocks::reading(self, call, span));
        }
        if name == attainment::NAME {
            return Called::Done(attainment::call(self, call, span));
        }
        if ranks::RANKS.contains(&name) {
            return Called::Done(ranks::call(self, call, span));
        }
        if let Some(of) = steps::function(name) {
            return Called::Done(steps::each(self, call, of, span));
        }
        if name == benchmarks::NAME {
            return Called::Done(benchmarks::gap(self, call, span));
        }
        if matches!(name, "retained" | "per_entrant") {
            return Called::Done(cohorts::call(self, call, span));
        }
        if tools::is_number_function(name) {
            return Called::Done(tools::refused(self, call));
        }
        Called::Scalar
    }

    fn restrict(&mut self, value: &Expr, predicate: &Expr, span: Span) -> Option<Typed<NumberLeaf>> {
        self.restricted(value, predicate, span)
    }
}
