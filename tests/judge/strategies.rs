//! Random worlds, small enough to be read when one goes wrong.

use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::world::*;

fn member() -> impl Strategy<Value = Option<u8>> + Clone {
    prop_oneof![1 => Just(None), 4 => (0..3u8).prop_map(Some)]
}

fn customer() -> impl Strategy<Value = Option<u8>> + Clone {
    prop_oneof![1 => Just(None), 6 => (0..6u8).prop_map(Some)]
}

prop_compose! {
    fn sale()(
        minute in 0..u32::from(DAYS) * 24 * 60,
        (channel, device) in (member(), member()),
        customer in customer(),
        amount in option::weighted(0.8, -20_000..100_000i32),
        items in option::weighted(0.8, -3..10i8),
    ) -> Sale {
        Sale { minute, channel, device, customer, amount, items }
    }
}

prop_compose! {
    fn visit()(day in 0..DAYS, (channel, device) in (member(), member()), customer in customer()) -> Visit {
        Visit { day, channel, device, customer }
    }
}

fn dimension() -> impl Strategy<Value = Dimension> + Clone {
    select(Dimension::ALL.to_vec())
}

fn condition() -> impl Strategy<Value = Condition> + Clone {
    let values = || prop::collection::vec(0..4u8, 1..3);
    let leaf = prop_oneof![
        (dimension(), 0..4u8).prop_map(|(d, v)| Condition::Is(d, v)),
        (dimension(), 0..4u8).prop_map(|(d, v)| Condition::IsNot(d, v)),
        (dimension(), values()).prop_map(|(d, v)| Condition::In(d, v)),
        (dimension(), values()).prop_map(|(d, v)| Condition::NotIn(d, v)),
        dimension().prop_map(Condition::IsNull),
        (dimension(), 0..4u8).prop_map(|(d, v)| Condition::Less(d, v)),
    ];
    leaf.prop_recursive(3, 8, 2, |inner| {
        prop_oneof![
            inner.clone().prop_map(|a| Condition::Not(Box::new(a))),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| Condition::And(Box::new(a), Box::new(b))),
            (inner.clone(), inner).prop_map(|(a, b)| Condition::Or(Box::new(a), Box::new(b))),
        ]
    })
}

fn measure() -> impl Strategy<Value = Measure> {
    let column = || select(vec![Column::Amount, Column::Items, Column::Derived]);
    let of_sales = prop_oneof![
        Just(Aggregate::Count),
        Just(Aggregate::Buyers),
        Just(Aggregate::Pairs),
        Just(Aggregate::Countries),
        column().prop_map(Aggregate::Sum),
        column().prop_map(Aggregate::Avg),
        column().prop_map(Aggregate::Min),
        column().prop_map(Aggregate::Max),
        column().prop_map(Aggregate::Median),
        column().prop_map(Aggregate::P90),
        column().prop_map(Aggregate::Stddev),
    ];
    let of_visits = select(vec![Aggregate::Count, Aggregate::Buyers, Aggregate::Pairs, Aggregate::Countries]);
    let aggregate = prop_oneof![
        3 => of_sales.prop_map(|a| (Source::Sales, a)),
        1 => of_visits.prop_map(|a| (Source::Visits, a)),
    ];
    (aggregate, option::weighted(0.4, condition())).prop_map(|((source, aggregate), filter)| Measure {
        source,
        aggregate,
        filter,
    })
}

/// The first measures are exact, so that they can be divided by and compared.
const EXACT: usize = 3;

fn exact_measures() -> impl Strategy<Value = Vec<Measure>> {
    let exact = |source, aggregate| {
        option::weighted(0.3, condition()).prop_map(move |filter| Measure { source, aggregate, filter })
    };
    (
        exact(Source::Sales, Aggregate::Count),
        exact(Source::Sales, Aggregate::Sum(Column::Amount)),
        exact(Source::Visits, Aggregate::Buyers),
    )
        .prop_map(|(a, b, c)| vec![a, b, c])
}

/// A formula over measures below `measures` and KPIs below `kpis`.
fn formula(measures: usize, kpis: usize) -> impl Strategy<Value = Expr> {
    let any = (0..measures + kpis)
        .prop_map(move |i| if i < measures { Expr::Measure(i) } else { Expr::Kpi(i - measures) });
    let dimensions = || subsequence(Dimension::ALL.to_vec(), 0..3);
    let exact =
        (0..EXACT, option::of(condition()), option::of(dimensions())).prop_map(|(m, filter, total)| {
            let bare = Expr::Measure(m);
            let kept = match filter {
                Some(condition) => Expr::Where(Box::new(bare), condition),
                None => bare,
            };
            match total {
                Some(lifted) => Expr::Total(Box::new(kept), lifted),
                None => kept,
            }
        });
    let exact = exact.boxed();
    any.prop_recursive(3, 10, 4, move |inner| {
        let boxed = |e: Expr| Box::new(e);
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(move |(a, b)| Expr::Plus(boxed(a), boxed(b))),
            (inner.clone(), inner.clone()).prop_map(move |(a, b)| Expr::Minus(boxed(a), boxed(b))),
            (inner.clone(), 1..5i8).prop_map(move |(a, n)| Expr::Times(boxed(a), n)),
            (inner.clone(), exact.clone()).prop_map(move |(a, b)| Expr::Over(boxed(a), boxed(b))),
            (inner.clone(), condition()).prop_map(move |(a, p)| Expr::Where(boxed(a), p)),
            (inner.clone(), dimensions()).prop_map(move |(a, d)| Expr::Total(boxed(a), d)),
            (exact.clone(), exact.clone(), inner.clone(), inner)
                .prop_map(|(a, b, x, y)| Expr::IfLess(Box::new([a, b, x, y]))),
        ]
    })
}

fn request() -> impl Strategy<Value = Request> {
    let grain = select(vec![Grain::Hour, Grain::Day, Grain::Week, Grain::Month, Grain::Quarter, Grain::Year]);
    let by = prop::collection::vec(subsequence(Dimension::ALL.to_vec(), 1..3).prop_shuffle(), 0..3);
    let segments = prop::collection::vec(option::of(0..2usize), 1..3);
    (
        subsequence(vec![0, 1, 2], 1..4),
        by,
        any::<bool>(),
        segments,
        option::weighted(0.3, condition()),
        grain,
        (0..DAYS, 0..DAYS),
        option::weighted(0.4, 0..DAYS),
        any::<bool>(),
    )
        .prop_map(|(kpis, by, total, mut segments, filter, grain, (a, b), as_of, ordered)| {
            let mut kept = Vec::new();
            segments.retain(|s| {
                let new = !kept.contains(s);
                kept.push(*s);
                new
            });
            let (from, to) = (a.min(b), a.max(b));
            // Few periods, so that a difference can be read.
            let to = match grain {
                Grain::Hour => to.min(from + 1),
                Grain::Day => to.min(from + 8),
                _ => to,
            };
            Request { kpis, by, total, segments, filter, grain, from, to, as_of, ordered }
        })
}

prop_compose! {
    fn definitions()(exact in exact_measures(), more in prop::collection::vec(measure(), 1..4))
        (kpis in (formula(exact.len() + more.len(), 0), formula(exact.len() + more.len(), 1), formula(exact.len() + more.len(), 2)),
         exact in Just(exact), more in Just(more)) -> (Vec<Measure>, Vec<Expr>)
    {
        ([exact, more].concat(), vec![kpis.0, kpis.1, kpis.2])
    }
}

prop_compose! {
    /// Any world.
    pub fn world()(
        zone in select(vec!["UTC", "Europe/Paris", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"]),
        week_start in 1..8u8,
        sales in prop::collection::vec(sale(), 0..40),
        visits in prop::collection::vec(visit(), 0..20),
        customers in prop::collection::vec(member(), 0..5),
        kept in option::weighted(0.3, condition()),
        (measures, kpis) in definitions(),
        segments in prop::collection::vec(condition(), 2..3),
        request in request(),
    ) -> World {
        let mut world = World { zone, week_start, sales, visits, customers, kept, measures, kpis, segments, request };
        // Days have no hours.
        if world.request.grain == Grain::Hour {
            world.measures.iter_mut().for_each(|m| {
                m.source = Source::Sales;
            });
        }
        world
    }
}
