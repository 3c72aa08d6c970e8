//! Ages of entrants: how many periods after its entry something is done, and what is
//! known at each.
//!
//! Entries are counted once, and what entrants do is counted at the age at which it is
//! done. Only the few sums that are left meet all ages.

use jiff::civil::Date;

use super::columns::PERIOD;
use super::time;
use super::{Lowering, named};
use crate::plan::{Calendar, Entries, Group, Moment};
use crate::resolve::resolved::{Ages, Grain, OfEntrants};
use crate::sql::{Body, Expr, Function, Item, Join, JoinKind, Literal, Operator, Part, Select, Type};

pub const AGE: &str = "age";

/// The columns of sums by age.
pub struct Columns {
    /// NULL in the sums of entries.
    pub age: String,
    /// The days on which the last of them entered, of which comes whether they are too young.
    pub youngest: Vec<String>,
    /// All others.
    pub others: Vec<String>,
}

/// Sums at every age: those of entries at each, those of what was done at its own, or,
/// where it adds up, at its own and every later one.
pub fn at_each(
    lowering: &mut Lowering<'_>,
    (group, entries): (&Group, &Entries),
    grain: Grain,
    inner: &str,
    columns: &Columns,
) -> Body {
    let ages = list(lowering, (group, entries), grain);
    let until = known_until(lowering, group).local.date();
    let calendar = &lowering.plan.calendar;
    let read = |name: &str| Expr::of("i", name);
    let every = || Expr::of("a", AGE);
    let own = || read(&columns.age);
    let items = |young: &dyn Fn(&str) -> Expr| -> Vec<Item> {
        let others = columns.others.iter().map(|name| read(name).alias(name.clone()));
        let young = columns.youngest.iter().map(|name| young(name).alias(name.clone()));
        let first = [read(PERIOD).alias(PERIOD), every().alias(columns.age.clone())];
        first.into_iter().chain(others).chain(young).collect()
    };
    let of = |items, on: Option<Expr>, filter| Select {
        items,
        from: Some(named(inner, "i")),
        joins: vec![Join {
            kind: if on.is_none() { JoinKind::Cross } else { JoinKind::Inner },
            from: named(&ages, "a"),
            on,
        }],
        filter,
        ..Select::default()
    };
    let until = Expr::Literal(Literal::Date(until.to_string()));
    let is_young = |name: &str| {
        // The periods that have begun by then; the last of them is over if as-of starts the next.
        let begun = age(calendar, entries, grain, read(name), until.clone());
        let young = Expr::binary(Operator::GreaterEqual, every(), begun);
        Expr::Case { whens: vec![(young, Expr::number(1))], otherwise: Some(Expr::number(0).boxed()) }
    };
    // Who came back in a month did so in that one; what was spent by then adds up.
    let operator = match entries.reading {
        OfEntrants::Retained => Operator::Equal,
        OfEntrants::PerEntrant => Operator::LessEqual,
    };
    let entered = Expr::IsNull { value: own().boxed(), negated: false };
    let nobody = |_: &str| Expr::null(Type::Integer);
    Body::UnionAll(vec![
        of(items(&is_young), None, Some(entered)),
        of(items(&nobody), Some(Expr::binary(operator, own(), every())), None),
    ])
}

/// The ages that anybody asked about can have.
fn list(lowering: &mut Lowering<'_>, (group, entries): (&Group, &Entries), grain: Grain) -> String {
    let plan = lowering.plan;
    let number = |at: Moment| number(&plan.calendar, entries, grain, at.local.date());
    let oldest = number(known_until(lowering, group)) - number(plan.range.starts[0]);
    let rows = (0..oldest.max(1)).map(|age| vec![Expr::number(age)]).collect();
    let body = Body::Values { columns: vec![AGE.into()], rows };
    lowering.shared_by(Some(group.readings[0]), "ages", &format!("ages in {}s", grain.word()), body)
}

/// As-of, else where the asked range ends.
fn known_until(lowering: &Lowering<'_>, group: &Group) -> Moment {
    let range = &lowering.plan.range;
    group.as_of(range).unwrap_or(range.end)
}

/// The grain by which entries are read, if they are read by age.
pub fn grain(entries: &Entries) -> Option<Grain> {
    match entries.ages {
        Ages::By(grain) => Some(grain),
        Ages::OnDay(_) | Ages::FromDay(_) | Ages::Within(_) => None,
    }
}

/// Periods between two days.
pub fn age(calendar: &Calendar, entries: &Entries, grain: Grain, from: Expr, to: Expr) -> Expr {
    match grain {
        Grain::Day => Expr::DaysBetween { start: from.boxed(), end: to.boxed() },
        Grain::Week => {
            let days = Expr::DaysBetween {
                start: time::cut(Grain::Week, calendar, from).boxed(),
                end: time::cut(Grain::Week, calendar, to).boxed(),
            };
            let weeks = Expr::Divide(days.boxed(), Expr::number(7).boxed());
            Expr::Cast(Expr::Call(Function::Round, vec![weeks, Expr::number(0)]).boxed(), Type::Integer)
        }
        _ => Expr::binary(Operator::Subtract, index(entries, grain, to), index(entries, grain, from)),
    }
}

/// A day's number among a grain's periods.
fn index(entries: &Entries, grain: Grain, day: Expr) -> Expr {
    let extract = |part| Expr::Extract(part, day.clone().boxed());
    let times = |a, n: i64| Expr::binary(Operator::Multiply, a, Expr::number(n));
    let plus = |a, b| Expr::binary(Operator::Add, a, b);
    match grain {
        Grain::Year => extract(Part::Year),
        Grain::Quarter => plus(times(extract(Part::Year), 4), extract(Part::Quarter)),
        Grain::Month => plus(times(extract(Part::Year), 12), extract(Part::Month)),
        Grain::IsoYear | Grain::FiscalMonth | Grain::FiscalQuarter | Grain::FiscalYear => {
            among(&entries.periods, &day)
        }
        Grain::Hour | Grain::Day | Grain::Week => unreachable!("days and weeks are counted"),
    }
}

/// A day's number among periods of which the starts are listed. Nobody who is asked
/// about enters before the first of them.
fn among(starts: &[Date], day: &Expr) -> Expr {
    let before = |(number, start): (usize, &Date)| {
        let start = Expr::Literal(Literal::Date(start.to_string()));
        (Expr::binary(Operator::Less, day.clone(), start), Expr::number(number))
    };
    let whens: Vec<(Expr, Expr)> = starts.iter().skip(1).enumerate().map(before).collect();
    Expr::Case { otherwise: Some(Expr::number(whens.len()).boxed()), whens }
}

/// The same of a day that is known.
fn number(calendar: &Calendar, entries: &Entries, grain: Grain, day: Date) -> i64 {
    let days = i64::from(day.since(Date::ZERO).map_or(0, |span| span.get_days()));
    match grain {
        Grain::Year => i64::from(day.year()),
        Grain::Quarter => i64::from(day.year()) * 4 + (i64::from(day.month()) - 1) / 3,
        Grain::Month => i64::from(day.year()) * 12 + i64::from(day.month()),
        // 1 January 0000 was a Saturday.
        Grain::Week => (days + 6 - i64::from(calendar.week_start)).div_euclid(7),
        Grain::IsoYear | Grain::FiscalMonth | Grain::FiscalQuarter | Grain::FiscalYear => {
            let begun = entries.periods.partition_point(|start| *start <= day);
            i64::try_from(begun).unwrap_or(i64::MAX) - 1
        }
        Grain::Hour | Grain::Day => days,
    }
}
