//! Scalar functions: what they take and give, one row each.

use super::clock;
use super::expression::{Scope, Typed, typed};
use super::operators::{self, a};
use super::scalar::{ScalarKind, Type};
use super::unit::{Kind, Unit};
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::source::Span;
use crate::syntax::ast::{Arg, Call};
use crate::value::{Function, Literal, Part};

/// What a function becomes.
#[derive(Debug, Clone, Copy)]
enum Becomes {
    Call(Function),
    Extract(Part),
    Cast(Type),
}

/// What an argument must be.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Takes {
    Number,
    Text,
    Time,
    Any,
}

/// What type and unit the result has.
#[derive(Debug, Clone, Copy)]
enum Gives {
    /// Those of the first argument.
    First,
    /// What all arguments share.
    Common,
    /// A plain number.
    Float,
    Of(Type),
}

#[derive(Debug)]
struct Signature {
    name: &'static str,
    becomes: Becomes,
    takes: &'static [Takes],
    /// The arguments beyond `takes`: as many more of its last kind.
    more: bool,
    gives: Gives,
    /// Whether it makes sense of totals, in a KPI.
    numbers: bool,
    usage: &'static str,
}

const fn row(
    name: &'static str,
    becomes: Becomes,
    takes: &'static [Takes],
    gives: Gives,
    usage: &'static str,
) -> Signature {
    Signature { name, becomes, takes, more: false, gives, numbers: false, usage }
}

const fn number(
    name: &'static str,
    function: Function,
    takes: &'static [Takes],
    gives: Gives,
    usage: &'static str,
) -> Signature {
    Signature { name, becomes: Becomes::Call(function), takes, more: false, gives, numbers: true, usage }
}

const fn many(
    name: &'static str,
    function: Function,
    numbers: bool,
    gives: Gives,
    usage: &'static str,
) -> Signature {
    const TWO: &[Takes] = &[Takes::Any, Takes::Any];
    Signature { name, becomes: Becomes::Call(function), takes: TWO, more: true, gives, numbers, usage }
}

const N: Takes = Takes::Number;
const T: Takes = Takes::Text;
const D: Takes = Takes::Time;

const fn part(name: &'static str, part: Part, usage: &'static str) -> Signature {
    row(name, Becomes::Extract(part), &[D], Gives::Of(Type::Integer), usage)
}

const fn text(
    name: &'static str,
    function: Function,
    takes: &'static [Takes],
    gives: Type,
    usage: &'static str,
) -> Signature {
    row(name, Becomes::Call(function), takes, Gives::Of(gives), usage)
}

const FUNCTIONS: &[Signature] = &[
    number("abs", Function::Abs, &[N], Gives::First, "abs(number)"),
    number("round", Function::Round, &[N], Gives::First, "round(number) or round(number, decimals)"),
    number("floor", Function::Floor, &[N], Gives::First, "floor(number)"),
    number("ceil", Function::Ceil, &[N], Gives::First, "ceil(number)"),
    number("sqrt", Function::Sqrt, &[N], Gives::Float, "sqrt(number)"),
    number("ln", Function::Ln, &[N], Gives::Float, "ln(number)"),
    number("exp", Function::Exp, &[N], Gives::Float, "exp(number)"),
    number("power", Function::Power, &[N, N], Gives::Float, "power(base, exponent)"),
    number("mod", Function::Mod, &[N, N], Gives::First, "mod(number, divisor)"),
    many("greatest", Function::Greatest, true, Gives::Common, "greatest(a, b, …)"),
    many("least", Function::Least, true, Gives::Common, "least(a, b, …)"),
    many("coalesce", Function::Coalesce, true, Gives::Common, "coalesce(a, b, …)"),
    number(
        "nullif",
        Function::NullIf,
        &[Takes::Any, Takes::Any],
        Gives::First,
        "nullif(value, null_where_equal)",
    ),
    text("lower", Function::Lower, &[T], Type::Text, "lower(text)"),
    text("upper", Function::Upper, &[T], Type::Text, "upper(text)"),
    text("trim", Function::Trim, &[T], Type::Text, "trim(text)"),
    text("length", Function::Length, &[T], Type::Integer, "length(text)"),
    text("substring", Function::Substring, &[T, N, N], Type::Text, "substring(text, from, length)"),
    text("replace", Function::Replace, &[T, T, T], Type::Text, "replace(text, what, with)"),
    many("concat", Function::Concat, false, Gives::Of(Type::Text), "concat(text, text, …)"),
    text("starts_with", Function::StartsWith, &[T, T], Type::Boolean, "starts_with(text, beginning)"),
    text("ends_with", Function::EndsWith, &[T, T], Type::Boolean, "ends_with(text, end)"),
    text("contains", Function::Contains, &[T, T], Type::Boolean, "contains(text, part)"),
    part("year", Part::Year, "year(date)"),
    part("quarter", Part::Quarter, "quarter(date)"),
    part("month", Part::Month, "month(date)"),
    part("week", Part::Week, "week(date)"),
    part("day", Part::Day, "day(date)"),
    part("weekday", Part::Weekday, "weekday(date)"),
    part("hour", Part::Hour, "hour(timestamp)"),
    row("date", Becomes::Cast(Type::Date), &[Takes::Any], Gives::Of(Type::Date), "date(value)"),
    row("integer", Becomes::Cast(Type::Integer), &[Takes::Any], Gives::Of(Type::Integer), "integer(value)"),
    row(
        "decimal",
        Becomes::Cast(Type::Decimal(None)),
        &[Takes::Any],
        Gives::Of(Type::Decimal(None)),
        "decimal(value)",
    ),
    row("float", Becomes::Cast(Type::Float), &[Takes::Any], Gives::Of(Type::Float), "float(value)"),
    row("text", Becomes::Cast(Type::Text), &[Takes::Any], Gives::Of(Type::Text), "text(value)"),
];

/// The scalar functions that make sense of a row, or of numbers alone.
pub fn names(numbers_only: bool) -> impl Iterator<Item = &'static str> {
    FUNCTIONS.iter().filter(move |f| f.numbers || !numbers_only).map(|f| f.name)
}

/// A call of a scalar function.
pub fn call<S: Scope>(s: &mut S, call: &Call, span: Span) -> Option<Typed<S::Leaf>> {
    let name = &call.function;
    let Some(signature) = FUNCTIONS.iter().find(|f| f.name == name.value) else {
        return unknown(s, call);
    };
    if s.numbers_only() && !signature.numbers {
        return s.report(
            Diagnostic::error(
                Code::WrongKind,
                name.span,
                format!("`{}` is a function of a row's values", name.value),
            )
            .because("a KPI is computed from totals, which have no text or date of their own")
            .help("use it in a dimension, a column or a measure of the source"),
        );
    }
    let args: Vec<_> = call
        .args
        .iter()
        .map(|arg| match arg {
            Arg::Expr(e) => typed(s, e),
            Arg::Mode(mode) => s.report(wrong(signature, mode.span)),
        })
        .collect();
    let args: Vec<Typed<S::Leaf>> = args.into_iter().collect::<Option<_>>()?;
    let args = on_clocks(s, signature, args);
    if call.distinct || call.per.is_some() || !accepts(signature, args.len()) {
        return s.report(wrong(signature, span));
    }
    for (i, arg) in args.iter().enumerate() {
        let takes = signature.takes.get(i).or(signature.takes.last()).copied().unwrap_or(Takes::Any);
        let takes =
            if matches!(signature.becomes, Becomes::Call(Function::Concat)) { Takes::Text } else { takes };
        let fits = fit(signature, takes, arg);
        s.accept(fits)?;
    }
    let counted = counted(signature, &args);
    s.accept(counted)?;
    let built = build(signature, args, span);
    s.accept(built)
}

/// Times as the function reads them: days and hours are local ones.
fn on_clocks<S: Scope>(s: &mut S, signature: &Signature, args: Vec<Typed<S::Leaf>>) -> Vec<Typed<S::Leaf>> {
    match (signature.becomes, signature.gives) {
        (Becomes::Extract(_) | Becomes::Cast(_), _) => {
            let is_day = matches!(signature.becomes, Becomes::Extract(_) | Becomes::Cast(Type::Date));
            args.iter().filter(|_| is_day).for_each(|arg| clock::taken_apart(s, arg));
            args.into_iter().map(|arg| clock::local(arg, s.zone())).collect()
        }
        (Becomes::Call(Function::NullIf), _) => clock::together(s, args),
        (Becomes::Call(_), Gives::Common) => clock::alike(s, args),
        (Becomes::Call(_), Gives::First | Gives::Float | Gives::Of(_)) => args,
    }
}

fn accepts(signature: &Signature, count: usize) -> bool {
    let least = signature.takes.len();
    match signature.becomes {
        Becomes::Call(Function::Round) => (1..=2).contains(&count),
        _ => count == least || (signature.more && count > least),
    }
}

fn wrong(signature: &Signature, span: Span) -> Diagnostic {
    Diagnostic::error(
        Code::WrongArguments,
        span,
        format!("`{}` does not take these arguments", signature.name),
    )
    .help(format!("write `{}`", signature.usage))
}

fn fit<L>(signature: &Signature, takes: Takes, arg: &Typed<L>) -> Result<(), Diagnostic> {
    let ty = arg.ty();
    let fits = match takes {
        Takes::Any => true,
        Takes::Number => ty.is_number() || ty == Type::Duration,
        Takes::Text => ty == Type::Text,
        Takes::Time => ty.is_time(),
    };
    if signature.name == "hour" && ty == Type::Date {
        return Err(Diagnostic::error(Code::TypeMismatch, arg.span(), "a date has no hours")
            .because("it is a whole day")
            .help("name a timestamp"));
    }
    if fits || ty == Type::Unknown {
        return Ok(());
    }
    let word = match takes {
        Takes::Number => "a number",
        Takes::Text => "a text",
        Takes::Time => "a date or timestamp",
        Takes::Any => "a value",
    };
    Err(Diagnostic::error(
        Code::TypeMismatch,
        arg.span(),
        format!("`{}` takes {word}, and this is {}", signature.name, a(ty)),
    )
    .help(format!("write `{}`", signature.usage)))
}

/// Engines disagree about what comes before the first character.
fn counted<L>(signature: &Signature, args: &[Typed<L>]) -> Result<(), Diagnostic> {
    if !matches!(signature.becomes, Becomes::Call(Function::Substring)) {
        return Ok(());
    }
    for (arg, least) in args.iter().skip(1).zip([1, 0]) {
        if let ScalarKind::Literal(Literal::Number(n)) = &arg.scalar.kind
            && n.parse::<i64>().map_or(true, |n| n < least)
        {
            return Err(wrong(signature, arg.span())
                .because("characters are counted from 1, and a length is a whole number from 0 on"));
        }
    }
    Ok(())
}

fn build<L>(signature: &Signature, mut args: Vec<Typed<L>>, span: Span) -> Result<Typed<L>, Diagnostic> {
    let (ty, unit) = match signature.gives {
        Gives::Of(ty) => {
            let keeps = matches!(signature.becomes, Becomes::Cast(t) if t.is_number());
            (ty, if keeps { args[0].unit.clone() } else { Unit::Free })
        }
        Gives::Float => {
            let plain = args.iter().all(|arg| arg.unit.is_plain());
            (Type::Float, if plain { Unit::plain(Kind::Ratio) } else { Unit::Unknown })
        }
        Gives::First => first(signature, &args, span)?,
        Gives::Common => {
            let common = operators::common(args.iter(), &format!("the arguments of `{}`", signature.name))?;
            args.retain(|arg| arg.ty() != Type::Null);
            common
        }
    };
    if let Becomes::Cast(to) = signature.becomes
        && args[0].ty() == Type::Duration
        && to == Type::Date
    {
        return Err(wrong(signature, span));
    }
    let zone = match signature.gives {
        Gives::First => args[0].zone.clone(),
        Gives::Common => args.iter().find_map(|arg| arg.zone.clone()),
        Gives::Float | Gives::Of(_) => None,
    };
    let mut scalars: Vec<_> = args.into_iter().map(|arg| operators::fitted(arg.scalar, ty)).collect();
    let kind = match signature.becomes {
        Becomes::Call(Function::Round) if scalars.len() == 1 => {
            let none = ScalarKind::Literal(Literal::Number("0".into()));
            scalars.push(super::scalar::Scalar::new(none, Type::Integer, span));
            ScalarKind::Call(Function::Round, scalars)
        }
        Becomes::Call(function) => ScalarKind::Call(function, scalars),
        Becomes::Extract(part) => ScalarKind::Extract(part, Box::new(scalars.remove(0))),
        Becomes::Cast(to) => ScalarKind::Cast(Box::new(scalars.remove(0)), to),
    };
    Ok(Typed { zone, ..Typed::new(kind, ty, unit, span) })
}

/// The type and unit of a function that keeps those of its first argument.
fn first<L>(signature: &Signature, args: &[Typed<L>], span: Span) -> Result<(Type, Unit), Diagnostic> {
    let kept = (args[0].ty(), args[0].unit.clone());
    let Some(second) = args.get(1) else { return Ok(kept) };
    if matches!(signature.becomes, Becomes::Call(Function::Round)) {
        let is_whole =
            matches!(&second.scalar.kind, ScalarKind::Literal(Literal::Number(n)) if n.parse::<i8>().is_ok());
        return if is_whole {
            Ok(kept)
        } else {
            Err(wrong(signature, second.span())
                .because("the number of decimals is a whole number, written out"))
        };
    }
    operators::comparable(super::scalar::Comparison::Equal, &args[0], second, span)?;
    Ok(kept)
}

fn unknown<S: Scope>(s: &mut S, call: &Call) -> Option<Typed<S::Leaf>> {
    let name = &call.function;
    let error =
        Diagnostic::error(Code::UnknownFunction, name.span, format!("there is no function `{}`", name.value));
    let known: Vec<&str> = names(s.numbers_only()).chain(s.own_functions().iter().copied()).collect();
    s.report(match (other_name(&name.value), nearest(&name.value, known.iter().copied())) {
        (Some(ours), _) => error.help(format!("write `{ours}`")),
        (None, Some(near)) => error.help(format!("did you mean `{near}`?")).fix(name.span, near),
        (None, None) => error.help(format!("there are {}", known.join(", "))),
    })
}

/// What SQL and spreadsheets call it.
fn other_name(name: &str) -> Option<&'static str> {
    Some(match name.to_lowercase().as_str() {
        "ceiling" => "ceil",
        "pow" => "power",
        "log" => "ln",
        "substr" | "left" | "right" => "substring(text, from, length)",
        "len" | "char_length" => "length",
        "ifnull" | "nvl" | "isnull" => "coalesce(a, b)",
        "if" | "iif" => "case when … then … else … end",
        "mean" => "avg",
        "count_distinct" | "countd" | "nunique" | "distinct_count" => "count(distinct x)",
        "countif" | "count_if" => "count() where …",
        "sumif" | "sum_if" => "sum(x) where …",
        "avgif" | "avg_if" | "averageif" => "avg(x) where …",
        "ytd" | "year_to_date" => "to_date(x, year)",
        "qtd" | "quarter_to_date" => "to_date(x, quarter)",
        "mtd" | "month_to_date" => "to_date(x, month)",
        "wtd" | "week_to_date" => "to_date(x, week)",
        "lag" | "prior" | "prev" => "previous(x)",
        "yoy" | "year_over_year" => "x / previous(x, 1 year) - 1",
        "mom" | "month_over_month" => "x / previous(x, 1 month) - 1",
        "wow" | "week_over_week" => "x / previous(x, 1 week) - 1",
        "rolling_sum" | "moving_sum" => "rolling(x, 28 days)",
        "moving_average" | "moving_avg" | "rolling_avg" | "rolling_average" => {
            "rolling(x, 28 days) / 28` for the mean day of a sum; of a ratio, `rolling(x, 28 days)"
        }
        "running_total" | "running_sum" | "cumsum" | "cum_sum" => "cumulative(x)",
        "to_char" | "string" => "text",
        "cast" => "text(x), integer(x), decimal(x), float(x) or date(x)",
        "date_diff" | "datediff" => "ended_at - started_at",
        "date_trunc" | "trunc" => "date(x); periods are cut by the grain that is asked for",
        "dow" | "dayofweek" => "weekday",
        "safe_divide" | "div" | "divide" | "ratio" => "a / b",
        "stdev" | "stddev_samp" => "stddev",
        _ => return None,
    })
}
