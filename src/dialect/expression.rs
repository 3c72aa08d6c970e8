//! Expressions: each kind's spelling, with no more parentheses than it needs.

use jiff::tz::TimeZone;

use super::clauses::Division;
use super::functions::{Level, Missing, Needs, Piece, Spelling, pieces};
use super::parts::Parts;
use super::print::Printer;
use super::quote::{self, Cannot};
use super::zones::is_written_out;
use crate::sql::{
    Aggregate, AggregateFunction, Expr, Function, Literal, Nulls, Operator, OrderBy, Part, Type,
    WindowFunction,
};

/// An argument of a spelling.
#[derive(Debug, Clone)]
pub enum Argument<'a> {
    Expr(&'a Expr),
    /// Text that is SQL already.
    Written(String),
    /// Something that needs no parentheses.
    Parts(Parts<'a>),
}

/// How tightly an expression binds, and its parts.
pub type Spelt<'a> = (Level, Parts<'a>);

/// With commas between.
fn listed(parts: Vec<Parts<'_>>) -> Parts<'_> {
    let mut list = Parts::new();
    for (i, part) in parts.into_iter().enumerate() {
        list = if i == 0 { list } else { list.text(", ") };
        list = list.then(part);
    }
    list
}

fn atom<'a>(text: impl Into<std::borrow::Cow<'a, str>>) -> Spelt<'a> {
    (Level::Atom, Parts::new().text(text))
}

impl<'a> Printer<'a> {
    /// An expression, in parentheses if it binds less tightly than `at_least`.
    pub(super) fn expression(&mut self, expr: &'a Expr, at_least: Level) -> Parts<'a> {
        let (level, parts) = self.spelt(only(expr));
        if level < at_least { Parts::new().parenthesised(parts) } else { parts }
    }

    fn spelt(&mut self, expr: &'a Expr) -> Spelt<'a> {
        match expr {
            Expr::Column { table: None, name } => atom(self.name(name)),
            Expr::Column { table: Some(table), name } => {
                atom(format!("{}.{}", self.name(table), self.name(name)))
            }
            Expr::Literal(literal) => {
                let (level, text) = self.literal(literal);
                (level, Parts::new().text(text))
            }
            Expr::Parameter(parameter) => self.parameter(parameter),
            Expr::Negate(value) => (Level::Add, Parts::new().text("-").expr(value, Level::Atom)),
            Expr::Not(condition) => self.not(only(condition)),
            Expr::Binary(operator, left, right) => binary(*operator, left, right),
            Expr::And(all) => joined(all, "AND ", Level::And, self.dialect.clauses().always),
            Expr::Or(any) => joined(any, "OR ", Level::Any, self.dialect.clauses().never),
            Expr::Divide(over, under) => self.divide(over, under),
            Expr::NullSafeEqual(a, b) => self.spell_two(&self.dialect.same(false), a, b),
            Expr::IsNull { value, negated } => is(value, if *negated { "IS NOT NULL" } else { "IS NULL" }),
            Expr::IsTrue(condition) => self.truth(condition, false),
            Expr::IsNotTrue(condition) => self.truth(condition, true),
            Expr::In { value, list } => self.within(value, list, false),
            Expr::Between { value, low, high } => between(value, low, high, " BETWEEN "),
            Expr::Like { value, pattern } => self.spell_two(&self.dialect.like(false), value, pattern),
            Expr::Case { whens, otherwise } => match (whens.as_slice(), otherwise) {
                ([], None) => atom("NULL"),
                ([], Some(otherwise)) => self.spelt(otherwise),
                (whens, otherwise) => case(whens, otherwise.as_deref()),
            },
            Expr::Cast(value, ty) => self.cast(value, *ty),
            Expr::Call(function, args) => {
                let spelling = self.dialect.function(*function, args.len());
                self.spell(&spelling, args.iter().map(Argument::Expr).collect())
            }
            Expr::Aggregate(aggregate) => self.aggregate(aggregate),
            Expr::Over { function, partition, order } => (Level::Atom, self.over(function, partition, order)),
            Expr::Row(values) => {
                (Level::Atom, Parts::new().text("row").parenthesised(Parts::new().list(values)))
            }
            Expr::OneValue(select) => (Level::Atom, Parts::new().block(Parts::new().select(select))),
            Expr::Truncate { to, week_start, value } => {
                let part = self.span(*to);
                let spelling = self.dialect.truncate(part, *week_start);
                self.spell(&spelling, vec![Argument::Expr(value)])
            }
            Expr::MonthOf(value) => {
                let spelling = self.dialect.month_of();
                self.spell(&spelling, vec![Argument::Expr(value)])
            }
            Expr::Extract(part, value) => {
                let spelling = self.dialect.extract(*part);
                self.spell(&spelling, vec![Argument::Expr(value)])
            }
            Expr::Shift { value, step, to } => {
                self.span(step.unit);
                let spelling = self.dialect.shift(*step, *to);
                self.spell(&spelling, vec![Argument::Expr(value)])
            }
            Expr::Seconds { start, end, of_instants } => {
                let spelling = self.dialect.seconds(*of_instants);
                self.spell(&spelling, vec![Argument::Expr(start), Argument::Expr(end)])
            }
            Expr::DaysBetween { start, end } => {
                let spelling = self.dialect.days_between();
                self.spell(&spelling, vec![Argument::Expr(start), Argument::Expr(end)])
            }
            Expr::Instant { value, zone } if is_written_out(expr, self.dialect.capabilities()) => {
                self.instant_by_changes(value, zone)
            }
            Expr::ToZone { value, from, to } if is_written_out(expr, self.dialect.capabilities()) => {
                self.zone_by_changes(value, from.as_deref(), to)
            }
            Expr::UtcOf(value) => {
                let spelling = self.dialect.utc_of();
                self.spell(&spelling, vec![Argument::Expr(value)])
            }
            Expr::Instant { value, zone } => {
                let spelling = self.dialect.instant();
                let args = vec![Argument::Expr(value), self.zone(zone)];
                self.spell(&spelling, args)
            }
            Expr::ToZone { value, from, to } => {
                let mut args = vec![Argument::Expr(value), self.zone(to)];
                args.extend(from.iter().map(|from| self.zone(from)));
                let spelling = self.dialect.to_zone(from.is_some());
                self.spell(&spelling, args)
            }
        }
    }

    /// As standard SQL has it, which every engine understands.
    fn over(
        &mut self,
        function: &'a WindowFunction,
        partition: &'a [Expr],
        order: &'a [OrderBy],
    ) -> Parts<'a> {
        let mut inside = Parts::new();
        if !partition.is_empty() {
            let parts = partition.iter().map(|expr| Parts::new().expr(expr, Level::Any)).collect();
            inside = inside.text("PARTITION BY ").then(listed(parts));
        }
        let ranges = self.dialect.capabilities().range_frames;
        if !order.is_empty() {
            inside = if partition.is_empty() { inside } else { inside.line() };
            let mut order: Vec<Parts<'a>> = order.iter().map(|order| self.order(order)).collect();
            if let (false, WindowFunction::CountUpTo(value)) = (ranges, function) {
                // Of rows at one place those that count come first.
                order.push(self.placed(value, "", Nulls::Last));
            }
            inside = inside.text("ORDER BY ").then(listed(order));
        }
        let up_to_here = if ranges {
            "RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW"
        } else {
            "ROWS UNBOUNDED PRECEDING"
        };
        let upper = self.dialect.clauses().upper_functions;
        let name = |name: &str| if upper { name.to_uppercase() } else { name.to_owned() };
        let of = |called: &str, value: &'a Expr| {
            Parts::new().text(name(called)).parenthesised(Parts::new().expr(value, Level::Any))
        };
        let call = match function {
            WindowFunction::RowNumber => Parts::new().text(name("row_number()")),
            WindowFunction::MinBefore(value) => {
                // Engines add rows to a frame quicker than they take them away.
                inside = inside.line().text("ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING");
                of("min", value)
            }
            WindowFunction::Next(value) => of("lead", value),
            WindowFunction::CountUpTo(value) => {
                inside = inside.line().text(up_to_here);
                of("count", value)
            }
            WindowFunction::Rank => Parts::new().text(name("rank()")),
            WindowFunction::SumUpTo(value) => {
                inside = inside.line().text(up_to_here);
                of("sum", value)
            }
            WindowFunction::Of(AggregateFunction::Percentile(fraction), value) => {
                let fraction = self.accept(quote::number(fraction)).to_owned();
                let pattern = self.dialect.clauses().percentile_window;
                let pattern = pattern.expect("lowering asks for such windows where there are some");
                self.spell(
                    &Spelling::pattern(pattern),
                    vec![Argument::Expr(value), Argument::Written(fraction)],
                )
                .1
            }
            WindowFunction::Of(function, value) => {
                let spelling = self.dialect.aggregate(function);
                self.spell(&spelling, vec![Argument::Expr(value)]).1
            }
        };
        call.text(" OVER ").parenthesised(inside)
    }

    fn zone(&mut self, name: &str) -> Argument<'a> {
        Argument::Written(self.zone_name(name))
    }

    /// Its name as the IANA database has it: some databases tell capitals apart.
    pub(super) fn zone_name(&mut self, name: &str) -> String {
        let zone = TimeZone::get(name).ok();
        let name = zone.as_ref().and_then(TimeZone::iana_name).unwrap_or(name);
        self.literal_text(self.dialect.zone(name))
    }

    /// The forms with a word of their own; what SQL leaves unknown stays so.
    fn not(&mut self, condition: &'a Expr) -> Spelt<'a> {
        match condition {
            Expr::Binary(Operator::Equal, a, b) => binary(Operator::NotEqual, a, b),
            Expr::Binary(Operator::NotEqual, a, b) => binary(Operator::Equal, a, b),
            Expr::NullSafeEqual(a, b) => self.spell_two(&self.dialect.same(true), a, b),
            Expr::IsNull { value, negated } => is(value, if *negated { "IS NULL" } else { "IS NOT NULL" }),
            Expr::IsTrue(inner) => self.truth(inner, true),
            Expr::IsNotTrue(inner) => self.truth(inner, false),
            Expr::In { value, list } => self.within(value, list, true),
            Expr::Between { value, low, high } => between(value, low, high, " NOT BETWEEN "),
            Expr::Like { value, pattern } => self.spell_two(&self.dialect.like(true), value, pattern),
            _ => (Level::Not, Parts::new().text("NOT ").expr(condition, Level::Atom)),
        }
    }

    fn spell_two(&mut self, spelling: &Spelling, a: &'a Expr, b: &'a Expr) -> Spelt<'a> {
        self.spell(spelling, vec![Argument::Expr(a), Argument::Expr(b)])
    }

    fn truth(&mut self, condition: &'a Expr, negated: bool) -> Spelt<'a> {
        let spelling = self.dialect.is_true(negated);
        self.spell(&spelling, vec![Argument::Expr(condition)])
    }

    /// No database takes an empty list: nothing is in it.
    fn within(&mut self, value: &'a Expr, list: &'a [Expr], negated: bool) -> Spelt<'a> {
        if list.is_empty() {
            let clauses = self.dialect.clauses();
            return atom(if negated { clauses.always } else { clauses.never });
        }
        let word = if negated { " NOT IN " } else { " IN " };
        let parts = Parts::new().expr(value, Level::Concat).text(word);
        (Level::Predicate, parts.parenthesised(Parts::new().list(list)))
    }

    /// Real division: the numerator is a double, a zero denominator is NULL.
    fn divide(&mut self, over: &'a Expr, under: &'a Expr) -> Spelt<'a> {
        if let Division::Spelt(spelling) = self.dialect.division() {
            return self.spell_two(&spelling, over, under);
        }
        let parts = Parts::new().open();
        let parts = if surely(over, Needs::Double) {
            parts.expr(over, Level::Multiply)
        } else {
            parts.then(self.as_type(over, Type::Double))
        };
        let parts = parts.indent().line().text("/ ");
        let parts = match under {
            Expr::Literal(Literal::Number(n)) if n.contains(|c| ('1'..='9').contains(&c)) => {
                parts.expr(under, Level::Zone)
            }
            _ => {
                let inside = Parts::new().expr(under, Level::Any).text(", 0");
                parts.text("NULLIF").parenthesised(inside)
            }
        };
        (Level::Multiply, parts.dedent().close())
    }

    fn cast(&mut self, value: &'a Expr, ty: Type) -> Spelt<'a> {
        match value {
            Expr::Literal(Literal::Number(digits))
                if ty == Type::Double && self.dialect.clauses().double_digits =>
            {
                let digits = self.accept(quote::number(digits));
                let point = if digits.contains('.') { "" } else { ".0" };
                let level = if digits.starts_with('-') { Level::Add } else { Level::Atom };
                (level, Parts::new().text(format!("{digits}{point}")))
            }
            _ => {
                let spelling = self.dialect.cast(ty);
                self.spell(&spelling, vec![Argument::Expr(value)])
            }
        }
    }

    /// A value that is not surely of a type, made one.
    fn as_type(&mut self, value: &'a Expr, ty: Type) -> Parts<'a> {
        let (level, parts) = self.cast(value, ty);
        if level < Level::Atom { Parts::new().parenthesised(parts) } else { parts }
    }

    pub(super) fn spell(&mut self, spelling: &Spelling, args: Vec<Argument<'a>>) -> Spelt<'a> {
        match spelling {
            Spelling::Call(name) => {
                let list = separated(args, ",", Level::Any);
                (Level::Atom, Parts::new().text(*name).parenthesised(list))
            }
            Spelling::Cast(ty) => {
                let inside = separated(args, ",", Level::Any).text(format!(" AS {ty}"));
                (Level::Atom, Parts::new().text("CAST").parenthesised(inside))
            }
            Spelling::Infix(operator, level) => {
                let list = separated(args, &format!(" {operator}"), Level::Zone);
                (*level, Parts::new().open().then(list).close())
            }
            Spelling::Pattern(text, level) => {
                let mut parts = Parts::new();
                for piece in pieces(text) {
                    parts = match piece {
                        Piece::Text(text) => parts.text(text.to_owned()),
                        Piece::All => parts.open().then(separated(args.clone(), ",", Level::Any)).close(),
                        Piece::Place { index, at_least, needs } => match args.get(index) {
                            Some(arg) => parts.then(self.place(arg, at_least, needs)),
                            None => parts,
                        },
                    };
                }
                (*level, parts)
            }
            Spelling::Missing(missing) => {
                let Missing { what, why, help } = missing;
                self.accept::<()>(Err(Cannot { what: (*what).to_owned(), why: (*why).to_owned(), help }));
                atom("")
            }
        }
    }

    fn place(&mut self, arg: &Argument<'a>, at_least: Level, needs: Needs) -> Parts<'a> {
        match arg {
            Argument::Written(text) => Parts::new().text(text.clone()),
            Argument::Expr(expr) if surely(expr, needs) => Parts::new().expr(expr, at_least),
            Argument::Expr(expr) => match needs {
                Needs::Double => self.as_type(expr, Type::Double),
                Needs::Decimal => self.as_type(expr, Type::Decimal(None)),
                Needs::Date => self.as_type(expr, Type::Date),
                Needs::Integer | Needs::Nothing => {
                    let inside = Parts::new().expr(expr, Level::Any).text(" AS INTEGER");
                    Parts::new().text("CAST").parenthesised(inside)
                }
            },
            // A condition's CASE around what may need a cast.
            Argument::Parts(parts) => {
                let ty = match needs {
                    Needs::Double => Type::Double,
                    Needs::Decimal => Type::Decimal(None),
                    Needs::Date => Type::Date,
                    Needs::Integer | Needs::Nothing => return parts.clone(),
                };
                let spelling = self.dialect.cast(ty);
                self.spell(&spelling, vec![Argument::Parts(parts.clone())]).1
            }
        }
    }
}

/// The expression itself: an AND or OR of one thing is that thing.
fn only(mut expr: &Expr) -> &Expr {
    while let Expr::And(list) | Expr::Or(list) = expr
        && let [one] = list.as_slice()
    {
        expr = one;
    }
    expr
}

fn binary<'a>(operator: Operator, left: &'a Expr, right: &'a Expr) -> Spelt<'a> {
    let (word, level, of_left, of_right) = match operator {
        Operator::Equal => ("= ", Level::Predicate, Level::Concat, Level::Concat),
        Operator::NotEqual => ("<> ", Level::Predicate, Level::Concat, Level::Concat),
        Operator::Less => ("< ", Level::Predicate, Level::Concat, Level::Concat),
        Operator::LessEqual => ("<= ", Level::Predicate, Level::Concat, Level::Concat),
        Operator::Greater => ("> ", Level::Predicate, Level::Concat, Level::Concat),
        Operator::GreaterEqual => (">= ", Level::Predicate, Level::Concat, Level::Concat),
        Operator::Add => ("+ ", Level::Add, Level::Add, Level::Multiply),
        Operator::Subtract => ("- ", Level::Add, Level::Add, Level::Multiply),
        Operator::Multiply => ("* ", Level::Multiply, Level::Multiply, Level::Zone),
    };
    let parts = Parts::new().open().expr(left, of_left).indent().line();
    (level, parts.text(word).expr(right, of_right).dedent().close())
}

fn joined<'a>(list: &'a [Expr], word: &'static str, level: Level, empty: &'static str) -> Spelt<'a> {
    if list.is_empty() {
        return atom(empty);
    }
    let mut parts = Parts::new().open();
    for (i, expr) in list.iter().enumerate() {
        parts = if i == 0 { parts } else { parts.line().text(word) };
        parts = parts.expr(expr, level);
    }
    (level, parts.close())
}

fn predicate<'a>(left: &'a Expr, word: &'static str, right: &'a Expr) -> Spelt<'a> {
    (Level::Predicate, Parts::new().expr(left, Level::Concat).text(word).expr(right, Level::Concat))
}

fn is<'a>(value: &'a Expr, what: &'static str) -> Spelt<'a> {
    (Level::Predicate, Parts::new().expr(value, Level::Concat).text(" ").text(what))
}

fn between<'a>(value: &'a Expr, low: &'a Expr, high: &'a Expr, word: &'static str) -> Spelt<'a> {
    let (level, parts) = predicate(value, word, low);
    (level, parts.text(" AND ").expr(high, Level::Concat))
}

fn case<'a>(whens: &'a [(Expr, Expr)], otherwise: Option<&'a Expr>) -> Spelt<'a> {
    let mut parts = Parts::new().open().text("CASE").indent();
    for (when, then) in whens {
        parts = parts.line().text("WHEN ").indent().expr(when, Level::Any);
        parts = parts.text(" THEN ").expr(then, Level::Any).dedent();
    }
    if let Some(otherwise) = otherwise {
        parts = parts.line().text("ELSE ").expr(otherwise, Level::Any);
    }
    (Level::Atom, parts.dedent().line().text("END").close())
}

fn separated<'a>(args: Vec<Argument<'a>>, between: &str, at_least: Level) -> Parts<'a> {
    let mut parts = Parts::new();
    for (i, arg) in args.into_iter().enumerate() {
        parts = if i == 0 { parts } else { parts.text(between.to_owned()).line() };
        parts = match arg {
            Argument::Expr(expr) => parts.expr(expr, at_least),
            Argument::Written(text) => parts.text(text),
            Argument::Parts(inner) => parts.then(inner),
        };
    }
    parts
}

/// Whether an expression has a type on every database, without looking far.
fn surely(expr: &Expr, needs: Needs) -> bool {
    match needs {
        Needs::Nothing => true,
        Needs::Double => match expr {
            Expr::Divide(..) | Expr::Seconds { .. } | Expr::Cast(_, Type::Double) => true,
            Expr::Call(function, _) => {
                matches!(function, Function::Sqrt | Function::Ln | Function::Exp | Function::Power)
            }
            Expr::Aggregate(Aggregate { function, .. }) => {
                matches!(
                    function,
                    AggregateFunction::Stddev | AggregateFunction::Slope | AggregateFunction::Percentile(_)
                )
            }
            _ => false,
        },
        Needs::Decimal => match expr {
            Expr::Literal(Literal::Number(_)) | Expr::Cast(_, Type::Integer | Type::Decimal(_)) => true,
            Expr::Aggregate(Aggregate { function, .. }) => {
                matches!(function, AggregateFunction::Count | AggregateFunction::CountDistinct)
            }
            _ => false,
        },
        Needs::Date => match expr {
            Expr::Literal(Literal::Date(_)) | Expr::Cast(_, Type::Date) => true,
            Expr::Truncate { to, .. } => !matches!(to, Part::Second | Part::Minute | Part::Hour),
            Expr::MonthOf(_) => true,
            Expr::Shift { to, .. } => *to == Type::Date,
            _ => false,
        },
        Needs::Integer => matches!(expr, Expr::Literal(Literal::Number(n)) if !n.contains('.')),
    }
}
