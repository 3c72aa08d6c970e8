//! Measures and the formulas over them.

use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::conditions::{condition, dimensions};
use super::features::Feature;
use super::operators::{offset, wait, window};
use crate::judge::formula::{Formula, Kpi};
use crate::judge::measure::{Aggregate, Axis, Column, Measure};
use crate::judge::time::Grain;

/// The first measures are exact, so that they can be divided by and compared.
const EXACT: usize = 4;

fn exact_measures() -> impl Strategy<Value = Vec<Measure>> {
    let exact = |axis, aggregate| {
        option::weighted(0.3, condition()).prop_map(move |filter| Measure { axis, aggregate, filter })
    };
    let sum = Aggregate::Sum(Column::Amount);
    (
        exact(Axis::SoldAt, Aggregate::Count),
        exact(Axis::SoldAt, sum),
        exact(Axis::VisitedOn, Aggregate::Buyers),
        exact(Axis::ShippedOn, Aggregate::Count),
    )
        .prop_map(|(a, b, c, d)| vec![a, b, c, d])
}

fn measure() -> impl Strategy<Value = Measure> {
    let column = || select(vec![Column::Amount, Column::Items, Column::Derived]);
    let any = select(vec![Aggregate::Count, Aggregate::Buyers, Aggregate::Pairs, Aggregate::Countries]);
    let of_sales = prop_oneof![
        4 => any.clone(),
        1 => column().prop_map(Aggregate::Sum),
        1 => column().prop_map(Aggregate::Avg),
        1 => column().prop_map(Aggregate::Min),
        1 => column().prop_map(Aggregate::Max),
        1 => column().prop_map(Aggregate::Median),
        1 => column().prop_map(Aggregate::P90),
        1 => column().prop_map(Aggregate::Stddev),
    ];
    let sales = prop_oneof![3 => Just(Axis::SoldAt), 1 => Just(Axis::ShippedOn)];
    let measured = prop_oneof![
        3 => (sales, of_sales),
        1 => (Just(Axis::VisitedOn), any),
    ];
    (measured, option::weighted(0.4, condition())).prop_map(|((axis, aggregate), filter)| Measure {
        axis,
        aggregate,
        filter,
    })
}

/// What moves the time of formulas, as far as kpic takes it.
#[derive(Clone, Copy)]
struct Moves {
    grain: Grain,
    features: &'static [Feature],
}

impl Moves {
    /// A formula, perhaps with an operator around it.
    fn around(self, inner: BoxedStrategy<Formula>) -> BoxedStrategy<Formula> {
        let mut all = vec![(2, inner.clone())];
        if self.features.contains(&Feature::Previous) {
            let previous = (inner.clone(), offset(self.grain));
            all.push((1, previous.prop_map(|(a, o)| Formula::Previous(Box::new(a), o)).boxed()));
        }
        if self.features.contains(&Feature::Windows) {
            let windowed = (inner, window(self.grain));
            all.push((1, windowed.prop_map(|(a, w)| Formula::Window(Box::new(a), w)).boxed()));
        }
        prop::strategy::Union::new_weighted(all).boxed()
    }
}

/// What may be divided by and compared with.
fn exact(moves: Moves) -> BoxedStrategy<Formula> {
    let bare = (0..EXACT).prop_map(Formula::Measure).boxed();
    (moves.around(bare), option::of(condition()), option::of(dimensions()))
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

/// A formula over the first measures and KPIs.
fn formula(measures: usize, kpis: usize, moves: Moves) -> impl Strategy<Value = Formula> {
    let any = (0..measures + kpis)
        .prop_map(move |i| if i < measures { Formula::Measure(i) } else { Formula::Kpi(i - measures) });
    let exact = exact(moves);
    moves.around(any.boxed()).prop_recursive(3, 10, 4, move |inner| {
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
            3 => moves.around(inner.boxed()),
        ]
    })
}

fn kpi(measures: usize, kpis: usize, moves: Moves) -> impl Strategy<Value = Kpi> {
    let waits = match moves.features.contains(&Feature::Settled) {
        true => option::weighted(0.2, wait()).boxed(),
        false => Just(None).boxed(),
    };
    (formula(measures, kpis, moves), waits).prop_map(|(formula, settled)| Kpi { formula, settled })
}

/// Measures, and three KPIs over them and each other.
pub fn definitions(
    grain: Grain,
    features: &'static [Feature],
) -> impl Strategy<Value = (Vec<Measure>, Vec<Kpi>)> {
    let moves = Moves { grain, features };
    (exact_measures(), prop::collection::vec(measure(), 1..4)).prop_flat_map(move |(exact, more)| {
        let measures = [exact, more].concat();
        let n = measures.len();
        let kpis = (kpi(n, 0, moves), kpi(n, 1, moves), kpi(n, 2, moves));
        (Just(measures), kpis.prop_map(|(a, b, c)| vec![a, b, c]))
    })
}
