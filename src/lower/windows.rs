//! Windows: for each asked period, the stretch of time that a leaf reads.
//!
//! The 28 days that end with each day of March, the same month a year before: their
//! bounds are constants. Where each is as far from its period as every other, the
//! list of periods gives them; else they are written out.

use super::columns::PERIOD;
use super::{Lowering, named};
use crate::plan::{Interval, Moment, Reading};
use crate::resolve::resolved::{Balance, Grain, Offset, Window};
use crate::sql::{Body, Expr, Literal, Operator, Part, Select, Step, Type};

/// Where a window starts (not there when all start with the first row), and where
/// it ends (excluded).
pub const START: &str = "window_start";
pub const END: &str = "window_end";

/// Windows as a CTE: a row a period that reads something.
#[derive(Debug, Clone)]
pub struct Windows {
    pub cte: String,
    /// Whether they have a start.
    pub start: bool,
}

impl Windows {
    /// What joins a value of time to the windows that hold it.
    pub fn hold(&self, at: &Expr, alias: &str) -> Expr {
        let end = Expr::binary(Operator::Less, at.clone(), Expr::of(alias, END));
        if !self.start {
            return end;
        }
        let start = Expr::binary(Operator::GreaterEqual, at.clone(), Expr::of(alias, START));
        Expr::And(vec![start, end])
    }
}

/// What windows are called, in results and comments.
pub fn name(reading: &Reading) -> String {
    let mut words: Vec<String> = Vec::new();
    for Offset { by, .. } in &reading.when.back {
        words.push("previous".into());
        words.extend(by.map(|by| by.to_string()));
    }
    words.extend(reading.when.balance.map(|balance| match balance {
        Balance::Opening => "at start".into(),
        Balance::Closing => "at end".into(),
        Balance::Mean => "average".into(),
    }));
    words.extend(reading.when.window.map(|window| match window {
        Window::Rolling(length) => format!("rolling {length}"),
        Window::ToDate(grain) => format!("{} to date", grain.word()),
        Window::Cumulative => "cumulative".into(),
        Window::Decayed(days) => format!("decayed {days} days"),
    }));
    words.extend(reading.when.all_from.map(|_| "asked range".into()));
    words.extend(reading.when.settled.iter().map(|wait| format!("settled {wait}")));
    words.join(" ")
}

impl Lowering<'_> {
    /// The windows of a reading, whose bounds are written as times are held there.
    pub fn windows(&mut self, reading: usize, bound: &dyn Fn(Moment) -> Literal) -> Windows {
        let plan = self.plan;
        let known = &plan.readings[reading];
        let start = known.widest().iter().any(|interval| interval.low.is_some());
        // What as-of hides is not read by any leaf.
        let ages = matches!(known.when.window, Some(Window::Decayed(_)));
        let end = |i: &Interval| if i.high == plan.range.high && !ages { i.end } else { i.high };
        let alike = match plan.range.as_of_is_chosen() {
            // Those that are not known are not among them.
            true => None,
            false => apart(plan.grain, known, &plan.range.starts, &end),
        };
        let body = match alike {
            Some(days) => self.by_days(days),
            None => self.written_out(known, start, &end, bound),
        };
        let words = match name(known) {
            own if own.is_empty() => "periods".to_string(),
            words => words,
        };
        let comment = format!("the time that each period reads: {words}");
        Windows { cte: self.shared_by(Some(reading), &words.replace(' ', "_"), &comment, body), start }
    }

    fn by_days(&mut self, (from, to): (Option<i32>, i32)) -> Body {
        let spine = self.spine();
        let period = || Expr::of("p", PERIOD);
        let moved = |days: i32| Expr::Shift {
            value: period().boxed(),
            step: Step { count: i64::from(days), unit: Part::Day },
            to: Type::Date,
        };
        let mut items = vec![period().alias(PERIOD)];
        items.extend(from.map(|days| if days == 0 { period() } else { moved(days) }.alias(START)));
        items.push(moved(to).alias(END));
        Body::Select(Box::new(Select { items, from: Some(named(&spine, "p")), ..Select::default() }))
    }

    fn written_out(
        &mut self,
        known: &Reading,
        start: bool,
        end: &dyn Fn(&Interval) -> Moment,
        bound: &dyn Fn(Moment) -> Literal,
    ) -> Body {
        let plan = self.plan;
        let literal = |at: Moment| Expr::Literal(bound(at));
        let periods = known.each.iter().zip(&plan.range.starts);
        let read = periods.filter(|(i, _)| i.is_known && !i.is_empty());
        let row = |(interval, period): (&Interval, &Moment)| {
            let mut row = vec![Expr::Literal(super::time::start(plan.grain, *period))];
            row.extend(interval.low.map(literal));
            row.push(literal(end(interval)));
            row
        };
        let rows: Vec<Vec<Expr>> = read.map(row).collect();
        let mut columns = vec![PERIOD.to_string()];
        columns.extend(start.then(|| START.to_string()));
        columns.push(END.into());
        let period = || Expr::Literal(super::time::start(plan.grain, plan.range.end));
        let nothing = || literal(plan.range.end);
        values(columns, rows, || {
            [vec![period()], start.then(nothing).into_iter().collect(), vec![nothing()]].concat()
        })
    }

    /// A CTE that is there once, whoever needs it.
    pub fn shared(&mut self, name: &str, comment: &str, body: Body) -> String {
        self.shared_by(None, name, comment, body)
    }

    /// The same of a reading, if it is of one. Where as-of is chosen later, what is alike of one
    /// may differ of another: readings have their own then.
    pub fn shared_by(&mut self, reading: Option<usize>, name: &str, comment: &str, body: Body) -> String {
        let is_chosen = self.plan.range.as_of_is_chosen();
        let kind = is_chosen.then(|| (reading, format!("{name}: {comment}")));
        let is_it = |(of, same, _): &&super::Shared| *of == kind && *same == body;
        if let Some((.., found)) = self.shared.iter().find(is_it) {
            return found.clone();
        }
        let cte = self.cte(name, comment, body.clone());
        self.shared.push((kind, body, cte.clone()));
        cte
    }
}

/// Rows of literals; without any, a relation of the same columns that has no rows.
pub fn values(columns: Vec<String>, rows: Vec<Vec<Expr>>, typed: impl FnOnce() -> Vec<Expr>) -> Body {
    if !rows.is_empty() {
        return Body::Values { columns, rows };
    }
    let items = typed().into_iter().zip(columns).map(|(value, name)| value.alias(name)).collect();
    Body::Select(Box::new(Select { items, filter: Some(Expr::Or(Vec::new())), ..Select::default() }))
}

/// How many days windows start and end after their periods' starts, where all of
/// them are alike. Worth it for days, of which there are many.
fn apart(
    grain: Grain,
    reading: &Reading,
    starts: &[Moment],
    end: &dyn Fn(&Interval) -> Moment,
) -> Option<(Option<i32>, i32)> {
    if grain != Grain::Day {
        return None;
    }
    let days = |from: &Moment, to: Moment| {
        let apart = to.local.duration_since(from.local);
        let days = i32::try_from(apart.as_hours() / 24).ok()?;
        (apart.as_secs() == i64::from(days) * 86_400).then_some(days)
    };
    let each = reading.each.iter().zip(starts);
    let mut each = each.map(|(interval, start)| {
        let low = match interval.low {
            Some(low) => Some(days(start, low)?),
            None => None,
        };
        Some((low, days(start, end(interval))?))
    });
    let first = each.next()??;
    each.all(|other| other == Some(first)).then_some(first)
}
