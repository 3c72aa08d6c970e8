//! Aggregates over the rows that meet a condition.

use super::expression::{Argument, Spelt};
use super::functions::{Level, Spelling};
use super::parts::Parts;
use super::print::Printer;
use super::quote;
use crate::sql::{Aggregate, AggregateFunction, Expr};

/// What a row must meet to count.
#[derive(Debug, Default)]
struct Condition<'a> {
    /// These are not NULL.
    present: Vec<&'a Expr>,
    filter: Option<&'a Expr>,
}

impl<'a> Condition<'a> {
    fn is_none(&self) -> bool {
        self.present.is_empty() && self.filter.is_none()
    }

    fn parts(&self) -> Parts<'a> {
        let mut parts = Parts::new();
        for (i, part) in self.present.iter().enumerate() {
            parts = if i == 0 { parts } else { parts.line().text("AND ") };
            parts = parts.expr(part, Level::Concat).text(" IS NOT NULL");
        }
        match self.filter {
            None => parts,
            Some(filter) if self.present.is_empty() => parts.expr(filter, Level::Any),
            Some(filter) => parts.line().text("AND ").expr(filter, Level::And),
        }
    }
}

impl<'a> Printer<'a> {
    pub(super) fn aggregate(&mut self, aggregate: &'a Aggregate) -> Spelt<'a> {
        let Aggregate { function, args, filter } = aggregate;
        let several = *function == AggregateFunction::CountDistinct && args.len() > 1;
        let mut condition = Condition { present: Vec::new(), filter: filter.as_deref() };
        if several {
            // A tuple is not NULL where a part is.
            condition.present.extend(args.iter().filter(|arg| !matches!(arg, Expr::Literal(_))));
        }
        let counts_rows = *function == AggregateFunction::Count && args.is_empty();
        let mut arguments = match several {
            true => {
                let tuple = self.dialect.tuple(args.len());
                vec![Argument::Parts(self.spell(&tuple, args.iter().map(Argument::Expr).collect()).1)]
            }
            false => args.iter().map(Argument::Expr).collect(),
        };
        let clauses = self.dialect.clauses();
        if !condition.is_none() && !clauses.filter {
            if let (true, Some(name)) = (counts_rows, clauses.count_where) {
                return (Level::Atom, Parts::new().text(name).parenthesised(condition.parts()));
            }
            let one = if counts_rows { Some(Argument::Written("1".to_owned())) } else { None };
            arguments = arguments.into_iter().chain(one).map(|arg| case(&condition, arg)).collect();
        }
        if let AggregateFunction::Percentile(fraction) = function {
            let fraction = self.accept(quote::number(fraction)).to_owned();
            arguments.push(Argument::Written(fraction));
        }
        let spelling = match counts_rows && arguments.is_empty() {
            true => Spelling::pattern("count(*)"),
            false => self.dialect.aggregate(function),
        };
        let (level, parts) = self.spell(&spelling, arguments);
        if condition.is_none() || !clauses.filter {
            return (level, parts);
        }
        let inside = Parts::new().text("WHERE ").then(condition.parts());
        (Level::Atom, parts.text(" FILTER ").parenthesised(inside))
    }
}

/// The argument where the condition holds, else NULL, which aggregates leave out.
fn case<'a>(condition: &Condition<'a>, argument: Argument<'a>) -> Argument<'a> {
    let value = match argument {
        Argument::Expr(expr) => Parts::new().expr(expr, Level::Any),
        Argument::Written(text) => Parts::new().text(text),
        Argument::Parts(parts) => parts,
    };
    let case = Parts::new().open().text("CASE").indent().line().text("WHEN ");
    let case = case.indent().then(condition.parts()).dedent().line().text("THEN ").then(value);
    Argument::Parts(case.dedent().line().text("END").close())
}
