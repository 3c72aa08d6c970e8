//! The properties of KPIs.

use super::{Builder, Pair, child, children, needed};
use crate::source::Spanned;
use crate::syntax::ast::{
    Benchmark, Better, Expr, KpiProperty, Period, Property, Status, StatusRule, StatusSide, Target, Text,
    TimeUnit,
};
use crate::syntax::dsl::grammar::Rule;
use crate::syntax::units;

impl Builder<'_> {
    /// A property, or nothing if it was reported instead.
    pub fn kpi_property(&mut self, pair: &Pair<'_>) -> Option<Property<KpiProperty>> {
        self.was_broken();
        let value = self.kpi_value(pair);
        let property = value.map(|value| self.property(pair, value));
        property.filter(|_| !self.was_broken())
    }

    fn kpi_value(&mut self, pair: &Pair<'_>) -> Option<KpiProperty> {
        Some(match pair.as_rule() {
            Rule::translation => {
                let language = needed(pair, Rule::language);
                let language = Spanned::new(language.as_str().to_owned(), self.span(&language));
                KpiProperty::Label { language, text: self.string(pair) }
            }
            Rule::alias => KpiProperty::Alias(self.names(pair)),
            Rule::unit => KpiProperty::Unit(self.unit(pair)?),
            Rule::better => KpiProperty::Better(self.better(pair)),
            Rule::by => KpiProperty::By(self.paths(pair)),
            Rule::segments => KpiProperty::Segments(self.names(pair)),
            Rule::grain => KpiProperty::Grain(self.grains(pair)),
            Rule::settled => KpiProperty::Settled(self.lapse(pair)),
            Rule::empty => KpiProperty::Empty(self.literal(&needed(pair, Rule::literal))),
            Rule::format => KpiProperty::Format(self.string(pair)),
            Rule::objective => KpiProperty::Objective(self.only_name(pair)),
            Rule::stage => KpiProperty::Stage(self.only_name(pair)),
            Rule::owner => KpiProperty::Owner(self.string(pair)),
            Rule::tags => KpiProperty::Tags(self.names(pair)),
            Rule::action => KpiProperty::Action(self.string(pair)),
            Rule::interpretation => KpiProperty::Interpretation(self.string(pair)),
            Rule::drivers => KpiProperty::Drivers(self.names(pair)),
            Rule::pair_with => KpiProperty::PairWith(self.names(pair)),
            Rule::vanity => KpiProperty::Vanity,
            Rule::leads_to => KpiProperty::LeadsTo(self.names(pair)),
            Rule::prefer => KpiProperty::Prefer(self.names(pair)),
            Rule::target => KpiProperty::Target(Box::new(self.target(pair))),
            Rule::status => {
                let rules: Vec<Pair<'_>> = children(pair, Rule::status_rule).collect();
                KpiProperty::Status(rules.iter().map(|rule| self.status_rule(rule)).collect())
            }
            Rule::benchmark => KpiProperty::Benchmark(Box::new(self.benchmark(pair))),
            Rule::version => KpiProperty::Version(self.string(pair)),
            Rule::effective => KpiProperty::Effective {
                from: self.bound(pair, Rule::from),
                until: self.bound(pair, Rule::until),
            },
            rule => unreachable!("{rule:?} is no property of a KPI"),
        })
    }

    /// The text or label among a pair's children.
    fn string(&self, pair: &Pair<'_>) -> Text {
        let string = child(pair, Rule::label).unwrap_or_else(|| needed(pair, Rule::text));
        self.text(&string)
    }

    fn better(&self, pair: &Pair<'_>) -> Spanned<Better> {
        let higher = child(pair, Rule::kw_higher).map(|word| (word, Better::Higher));
        let lower = || child(pair, Rule::kw_lower).map(|word| (word, Better::Lower));
        let range = || (needed(pair, Rule::kw_range), Better::Range);
        let (word, better) = higher.or_else(lower).unwrap_or_else(range);
        Spanned::new(better, self.span(&word))
    }

    fn bound(&mut self, pair: &Pair<'_>, rule: Rule) -> Option<Period> {
        child(pair, rule).map(|bound| self.period(&bound))
    }

    /// The literals among a pair's children.
    fn literals(&mut self, pair: &Pair<'_>) -> impl Iterator<Item = Expr> + use<> {
        let literals: Vec<Expr> =
            children(pair, Rule::literal).map(|literal| self.literal(&literal)).collect();
        literals.into_iter()
    }

    fn target(&mut self, pair: &Pair<'_>) -> Target {
        let relative = child(pair, Rule::relative);
        let mut values = self.literals(relative.as_ref().unwrap_or(pair));
        Target {
            value: values.next().expect("a target has a value"),
            to: values.next(),
            on_previous: relative.map(|relative| self.time_unit(&relative)),
            each: self.grain(pair),
            from: self.bound(pair, Rule::from),
            until: self.bound(pair, Rule::until),
            filter: self.filter_in(pair),
        }
    }

    fn time_unit(&self, pair: &Pair<'_>) -> Spanned<TimeUnit> {
        let word = needed(pair, Rule::time_unit);
        Spanned::new(units::time(word.as_str()).expect("the grammar has these words"), self.span(&word))
    }

    fn status_rule(&mut self, pair: &Pair<'_>) -> StatusRule {
        let (word, status) = match child(pair, Rule::kw_at_risk) {
            Some(word) => (word, Status::AtRisk),
            None => (needed(pair, Rule::kw_off_track), Status::OffTrack),
        };
        StatusRule {
            status: Spanned::new(status, self.span(&word)),
            side: if child(pair, Rule::kw_below).is_some() { StatusSide::Below } else { StatusSide::Above },
            bound: self.literal(&needed(pair, Rule::literal)),
            of_target: child(pair, Rule::of_target).is_some(),
        }
    }

    fn benchmark(&mut self, pair: &Pair<'_>) -> Benchmark {
        let year = child(pair, Rule::benchmark_year).map(|year| needed(&year, Rule::whole));
        Benchmark {
            value: self.literal(&needed(pair, Rule::literal)),
            label: child(pair, Rule::label).map(|label| self.text(&label)),
            source: child(pair, Rule::benchmark_source).map(|source| self.string(&source)),
            year: year.map(|year| Spanned::new(self.whole(&year), self.span(&year))),
        }
    }
}
