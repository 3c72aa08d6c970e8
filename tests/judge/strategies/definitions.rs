//! Measures, stocks and the formulas over them.

use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::DAYS;
use super::conditions::{condition, dimensions};
use super::features::Feature;
use super::operators::{half_life, offset, per_member, trend, wait, window};
use super::tools::after;
use crate::judge::bands::{Bands, Rule};
use crate::judge::formula::{Earlier, Formula, Kpi, Reading, Window};
use crate::judge::measure::{Aggregate, Axis, Column, Measure, Source, Stock};
use crate::judge::places::Place;
use crate::judge::time::Grain;

#[derive(Debug, Clone)]
pub struct Definitions {
    pub measures: Vec<Measure>,
    pub stocks: Vec<Stock>,
    pub kpis: Vec<Kpi>,
    pub bands: Bands,
}

/// The first measures and stocks are exact, so that they can be divided by and compared.
const EXACT: [(Axis, Aggregate); 5] = [
    (Axis::SoldAt, Aggregate::Count),
    (Axis::SoldAt, Aggregate::Sum(Column::Amount)),
    (Axis::VisitedOn, Aggregate::Buyers),
    (Axis::ShippedOn, Aggregate::Count),
    (Axis::Ended, Aggregate::Count),
];
const EXACT_STOCKS: [(Source, Aggregate); 3] = [
    (Source::Contracts, Aggregate::Count),
    (Source::Levels, Aggregate::Sum(Column::Items)),
    (Source::Staff, Aggregate::Buyers),
];

fn measures() -> impl Strategy<Value = Vec<Measure>> {
    let exact = EXACT.map(|(axis, aggregate)| measure(Just(axis), Just(aggregate)));
    let more = prop::collection::vec(measure(axis(), aggregate()), 1..4);
    (exact, more).prop_map(|(exact, more)| [exact.to_vec(), more].concat())
}

fn stocks() -> impl Strategy<Value = Vec<Stock>> {
    let exact = EXACT_STOCKS.map(|(source, aggregate)| stock(Just(source), Just(aggregate)));
    let source = select(vec![Source::Contracts, Source::Levels, Source::Staff]);
    let more = prop::collection::vec(stock(source, aggregate()), 1..3);
    (exact, more).prop_map(|(exact, more)| [exact.to_vec(), more].concat())
}

fn measure(
    axis: impl Strategy<Value = Axis>,
    aggregate: impl Strategy<Value = Aggregate>,
) -> impl Strategy<Value = Measure> {
    (axis, aggregate, option::weighted(0.4, condition())).prop_map(|(axis, aggregate, filter)| Measure {
        axis,
        aggregate,
        filter,
    })
}

fn stock(
    source: impl Strategy<Value = Source>,
    aggregate: impl Strategy<Value = Aggregate>,
) -> impl Strategy<Value = Stock> {
    (source, aggregate, option::weighted(0.4, condition())).prop_map(|(source, aggregate, filter)| Stock {
        source,
        aggregate,
        filter,
    })
}

fn axis() -> impl Strategy<Value = Axis> + Clone {
    prop_oneof![
        4 => Just(Axis::SoldAt),
        1 => Just(Axis::ShippedOn),
        2 => Just(Axis::VisitedOn),
        1 => Just(Axis::Started),
        1 => Just(Axis::Ended),
        1 => Just(Axis::CountedOn),
    ]
}

fn aggregate() -> impl Strategy<Value = Aggregate> + Clone {
    let column =
        || select(vec![Column::Amount, Column::Items, Column::Derived, Column::Rated, Column::SinceFound]);
    let counts = select(vec![
        Aggregate::Count,
        Aggregate::Buyers,
        Aggregate::Pairs,
        Aggregate::Countries,
        Aggregate::Tiers,
    ]);
    prop_oneof![
        6 => counts,
        2 => column().prop_map(Aggregate::Sum),
        1 => column().prop_map(Aggregate::Avg),
        1 => column().prop_map(Aggregate::Min),
        1 => column().prop_map(Aggregate::Max),
        1 => column().prop_map(Aggregate::Median),
        1 => column().prop_map(Aggregate::P90),
        1 => column().prop_map(Aggregate::Stddev),
    ]
}

/// What formulas may hold.
#[derive(Clone, Copy)]
struct Language {
    grain: Grain,
    measures: usize,
    stocks: usize,
    /// Earlier KPIs.
    kpis: usize,
}

impl Language {
    fn leaf(self) -> BoxedStrategy<Formula> {
        let mut all = vec![(4, (0..self.measures).prop_map(Formula::Measure).boxed())];
        if self.kpis > 0 {
            all.push((1, (0..self.kpis).prop_map(Formula::Kpi).boxed()));
        }
        if Feature::Funnels.is_taken() {
            all.push((3, (0..3usize).prop_map(Formula::Reached).boxed()));
        }
        if Feature::Cohorts.is_taken() && self.grain != Grain::Hour {
            let totals = select(vec![0, 1, 3, 4]);
            let per_entrant = (totals, after()).prop_map(|(m, after)| Formula::PerEntrant(m, after));
            all.push((1, per_entrant.boxed()));
        }
        if Feature::Members.is_taken() {
            let per = (self.around(self.exact_leaf()), option::weighted(0.2, condition()), per_member());
            let per = per.prop_map(|(bare, filter, per)| {
                let number = match filter {
                    Some(condition) => Formula::Where(Box::new(bare), condition),
                    None => bare,
                };
                Formula::Per(Box::new(number), per)
            });
            all.push((3, per.boxed()));
        }
        if Feature::Stocks.is_taken() {
            let readings = select(vec![Reading::AtStart, Reading::AtEnd, Reading::Average]);
            all.push((2, (readings, 0..self.stocks).prop_map(|(r, b)| Formula::Stock(r, b)).boxed()));
        }
        if Feature::Corr.is_taken() {
            let both = (self.around(self.exact_leaf()), self.around(self.exact_leaf()), per_member());
            let corr = both.prop_map(|(a, b, per)| Formula::Corr(Box::new([a, b]), per));
            all.push((Feature::Corr.weight() + 1, corr.boxed()));
        }
        if Feature::Decayed.is_taken() {
            let totals = select(vec![0, 1, 3, 4]).prop_map(|m| Box::new(Formula::Measure(m)));
            let faded = (totals, half_life()).prop_map(|(a, by)| Formula::Window(a, Window::Decayed(by)));
            all.push((Feature::Decayed.weight() / 2, faded.boxed()));
        }
        if Feature::Places.is_taken() {
            let rank = self.exact().prop_map(|a| Formula::Place(Box::new(a), Place::Rank));
            let totals = self.around(select(vec![0, 1, 3, 4]).prop_map(Formula::Measure).boxed());
            let share = totals.prop_map(|a| Formula::Place(Box::new(a), Place::CumulativeShare));
            let place = prop_oneof![rank, share];
            let of_members = (place.clone(), per_member());
            let of_members = of_members.prop_map(|(a, per)| Formula::Per(Box::new(a), per));
            all.push((Feature::Places.weight(), prop_oneof![2 => place, 1 => of_members].boxed()));
        }
        if Feature::Trends.is_taken() {
            // Of exact numbers, so that it is known whether they differ.
            let trend = (self.around(self.exact_leaf()), trend(self.grain));
            let trend = trend.prop_map(|(a, (trend, over))| Formula::Trend(Box::new(a), trend, over));
            all.push((2, trend.boxed()));
        }
        any_of(all)
    }

    fn exact_leaf(self) -> BoxedStrategy<Formula> {
        let mut all = vec![(3, (0..EXACT.len()).prop_map(Formula::Measure).boxed())];
        if Feature::Stocks.is_taken() {
            let readings = select(vec![Reading::AtStart, Reading::AtEnd]);
            all.push((1, (readings, 0..EXACT_STOCKS.len()).prop_map(|(r, b)| Formula::Stock(r, b)).boxed()));
        }
        any_of(all)
    }

    /// A formula, perhaps with an operator of time around it.
    fn around(self, inner: BoxedStrategy<Formula>) -> BoxedStrategy<Formula> {
        let mut all = vec![(2, inner.clone())];
        if Feature::Previous.is_taken() {
            let previous = (inner.clone(), offset(self.grain));
            all.push((1, previous.prop_map(|(a, o)| Formula::Previous(Box::new(a), o)).boxed()));
        }
        if Feature::Windows.is_taken() {
            let windowed = (inner, window(self.grain));
            all.push((1, windowed.prop_map(|(a, w)| Formula::Window(Box::new(a), w)).boxed()));
        }
        any_of(all)
    }

    /// What may be divided by and compared with.
    fn exact(self) -> BoxedStrategy<Formula> {
        (self.around(self.exact_leaf()), option::of(condition()), option::of(dimensions()))
            .prop_map(|(bare, filter, total)| {
                let kept = match filter {
                    Some(condition) => Formula::Where(Box::new(bare), condition),
                    None => bare,
                };
                match total {
                    Some(lifted) => Formula::Total(Box::new(kept), lifted),
                    None => kept,
                }
            })
            .boxed()
    }

    fn formula(self) -> impl Strategy<Value = Formula> {
        let exact = self.exact();
        self.around(self.leaf()).prop_recursive(3, 10, 4, move |inner| {
            let boxed = |e: Formula| Box::new(e);
            prop_oneof![
                2 => (inner.clone(), inner.clone()).prop_map(move |(a, b)| Formula::Plus(boxed(a), boxed(b))),
                2 => (inner.clone(), inner.clone()).prop_map(move |(a, b)| Formula::Minus(boxed(a), boxed(b))),
                1 => (inner.clone(), 1..5i8).prop_map(move |(a, n)| Formula::Times(boxed(a), n)),
                2 => (inner.clone(), exact.clone()).prop_map(move |(a, b)| Formula::Over(boxed(a), boxed(b))),
                2 => (inner.clone(), condition()).prop_map(move |(a, p)| Formula::Where(boxed(a), p)),
                2 => (inner.clone(), dimensions()).prop_map(move |(a, d)| Formula::Total(boxed(a), d)),
                1 => (exact.clone(), exact.clone(), inner.clone(), inner.clone())
                    .prop_map(|(a, b, x, y)| Formula::IfLess(Box::new([a, b, x, y]))),
                3 => self.around(inner.boxed()),
            ]
        })
    }

    fn kpi(self) -> impl Strategy<Value = Kpi> {
        let waits = match Feature::Settled.is_taken() {
            true => option::weighted(0.2, wait()).boxed(),
            false => Just(None).boxed(),
        };
        let is_better_lower = prop::bool::weighted(0.3);
        (self.formula(), self.earlier(), waits, is_better_lower).prop_map(
            |(formula, earlier, settled, is_better_lower)| Kpi {
                formula,
                earlier,
                settled,
                is_better_lower,
                goals: None,
            },
        )
    }

    /// Perhaps with days between what it was and what it is.
    fn earlier(self) -> BoxedStrategy<Option<Earlier>> {
        if !Feature::EarlierKpis.is_taken() {
            return Just(None).boxed();
        }
        let gap = prop_oneof![2 => Just(1), 1 => 2..30i16];
        let earlier = (self.formula(), -10..DAYS + 20, gap).prop_map(|(formula, until, gap)| Earlier {
            formula,
            until,
            then: until + gap,
        });
        option::weighted(f64::from(Feature::EarlierKpis.weight()) / 25.0, earlier).boxed()
    }

    /// Of customers, by a number or a place.
    fn rule(self) -> impl Strategy<Value = Rule> {
        let bare = (self.around(self.exact_leaf()), option::weighted(0.3, condition()));
        let number = bare.prop_map(|(bare, filter)| match filter {
            Some(condition) => Formula::Where(Box::new(bare), condition),
            None => bare,
        });
        let place = number.clone().prop_map(|a| Formula::Place(Box::new(a), Place::Rank));
        (prop_oneof![4 => number, 1 => place], 0..4i8)
            .prop_map(|(number, more_than)| Rule { number, more_than })
    }

    fn bands(self) -> impl Strategy<Value = Bands> {
        (prop::collection::vec(self.rule(), 1..3), any::<bool>())
            .prop_map(|(rules, has_else)| Bands { rules, has_else })
    }

    /// A percentage, which is neither added to nor taken from counts.
    fn retained(self) -> BoxedStrategy<Formula> {
        let bare = (0..self.measures, after()).prop_map(|(m, after)| Formula::Retained(m, after));
        (self.around(bare.boxed()), option::of(condition()))
            .prop_map(|(share, filter)| match filter {
                Some(condition) => Formula::Where(Box::new(share), condition),
                None => share,
            })
            .boxed()
    }

    /// The last KPI, which no other reads.
    fn last_kpi(self) -> BoxedStrategy<Kpi> {
        let any = self.kpi().boxed();
        if !Feature::Cohorts.is_taken() || self.grain == Grain::Hour {
            return any;
        }
        let retained = self.retained().prop_map(Kpi::new);
        any_of(vec![(1, any), (1, retained.boxed())])
    }
}

fn any_of<T: std::fmt::Debug + 'static>(of: Vec<(u32, BoxedStrategy<T>)>) -> BoxedStrategy<T> {
    prop::strategy::Union::new_weighted(of).boxed()
}

/// Measures, stocks, and three KPIs over them and each other.
pub fn definitions(grain: Grain) -> impl Strategy<Value = Definitions> {
    (measures(), stocks()).prop_flat_map(move |(measures, stocks)| {
        let language = |kpis| Language { grain, measures: measures.len(), stocks: stocks.len(), kpis };
        let kpis = (language(0).kpi(), language(1).kpi(), language(2).last_kpi());
        let bands = language(0).bands();
        (Just(measures), Just(stocks), kpis, bands).prop_map(|(measures, stocks, (a, b, c), bands)| {
            Definitions { measures, stocks, kpis: vec![a, b, c], bands }
        })
    })
}
