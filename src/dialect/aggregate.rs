//! Aggregates over the rows that meet a condition.

use super::clauses::Conditions;
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
        let how = Some(self.dialect.clauses().conditions).filter(|_| !condition.is_none());
        let rows = Spelling::pattern("count(*)");
        let call = match how {
            Some(Conditions::Suffix(suffix)) if counts_rows => with_suffix(&rows, suffix),
            Some(Conditions::Suffix(suffix)) => with_suffix(&self.dialect.aggregate(function), suffix),
            _ => None,
        };
        let by_case = match how {
            Some(Conditions::Case(counts)) => Some(counts),
            Some(Conditions::Suffix(_)) if call.is_none() => Some(None),
            _ => None,
        };
        if let Some(counts) = by_case {
            if let (true, Some(name)) = (counts_rows, counts) {
                return (Level::Atom, Parts::new().text(name).parenthesised(condition.parts()));
            }
            let one = if counts_rows { Some(Argument::Written("1".to_owned())) } else { None };
            arguments = arguments.into_iter().chain(one).map(|arg| case(&condition, arg)).collect();
        }
        if let AggregateFunction::Percentile(fraction) = function {
            let fraction = self.accept(quote::number(fraction)).to_owned();
            arguments.push(Argument::Written(fraction));
        }
        if let Some(call) = call {
            arguments.push(Argument::Parts(condition.parts()));
            return self.spell(&call, arguments);
        }
        let spelling =
            if counts_rows && arguments.is_empty() { rows } else { self.dialect.aggregate(function) };
        let (level, parts) = self.spell(&spelling, arguments);
        if how != Some(Conditions::Filter) {
            return (level, parts);
        }
        let inside = Parts::new().text("WHERE ").then(condition.parts());
        (Level::Atom, parts.text(" FILTER ").parenthesised(inside))
    }
}

/// A call that takes a condition as its last argument. None: it is more than one call.
fn with_suffix(spelling: &Spelling, suffix: &str) -> Option<Spelling> {
    let text = match spelling {
        Spelling::Call(name) => return Some(Spelling::pattern(format!("{name}{suffix}({{*}})"))),
        Spelling::Pattern(text, _) => text,
        Spelling::Cast(_) | Spelling::Infix(..) | Spelling::Missing(_) => return None,
    };
    let (name, inside) = text.split_once('(')?;
    let inside = match inside {
        "*)" => "{*})".to_owned(),
        "DISTINCT {0})" => "DISTINCT {*})".to_owned(),
        // A percentile: its fraction comes before its value.
        other => {
            let value = other.strip_prefix("{1})(")?.strip_suffix(')')?;
            format!("{{1}})({value}, {{2}})")
        }
    };
    Some(Spelling::pattern(format!("{name}{suffix}({inside}")))
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
