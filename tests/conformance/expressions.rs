//! One expression after another, with the value written by hand.

use std::sync::Arc;

use kpic::sql::{
    Body, Cte, Expr, From, Function as F, Literal, Operator as O, Query, Select, Table as Relation, Type,
};
use libtest_mimic::Trial;

use crate::engine::{Answer, Not, ask};
use crate::engines::{Engines, Listed};
use crate::harness::Checked;
use crate::harness::rows::{Kind, Table};
use crate::refused::Refused;
use crate::tally::Tally;
use crate::times;

/// A name, an expression, and its value: `null`, `~` before what is near it, a text of a truth in
/// quotes, `|` between two of which each is right.
pub type Row = (&'static str, Expr, &'static str);

type Rows = fn() -> Vec<Row>;

/// `refused` are the expressions that the dialect cannot say, `differs` those that its engine
/// cannot have right.
pub fn trials(
    engines: &Arc<Engines>,
    listed: &'static Listed,
    (refused, differs): (&Refused, &Refused),
    tally: &Arc<Tally>,
    updates: bool,
) -> Vec<Trial> {
    let groups: [(&str, Rows); 6] = [
        ("functions", functions),
        ("operators", operators),
        ("conditions", conditions),
        ("casts", casts),
        ("times", times::times),
        ("aggregates", times::aggregates),
    ];
    let trial = |(group, rows): (&str, Rows)| {
        let group = format!("expressions::{group}");
        let of_group = |all: &Refused| -> Refused {
            let all = all.iter().filter(|(name, _)| name.starts_with(&format!("{group}::")));
            all.map(|(name, what)| (name.clone(), what.clone())).collect()
        };
        let (refused, differs) = (of_group(refused), of_group(differs));
        let (engines, tally) = (Arc::clone(engines), Arc::clone(tally));
        Trial::test(format!("{}::{group}", listed.dialect), move || {
            let found = check(&engines, listed, (&group, &differs), rows())?;
            if !updates && found != refused {
                return Err(format!("{found:?} refused, {refused:?} in the list of refusals").into());
            }
            Ok(tally.cannot(listed, found)?)
        })
    };
    groups.into_iter().map(trial).collect()
}

/// The expressions of a group that are refused; all others have their values, but those that differ.
fn check(
    engines: &Engines,
    listed: &'static Listed,
    (group, differs): (&str, &Refused),
    rows: Vec<Row>,
) -> Checked<Refused> {
    let (mut wrong, mut refused) = (Vec::new(), Refused::new());
    let mut database = engines.database(listed)?;
    for (name, expr, expected) in rows {
        let found = match ask(&mut *database, &over_rows(expr)) {
            Ok(Answer::Rows((_, found))) => found,
            Ok(Answer::Taken) => continue,
            Err(Not::Said(what)) => {
                refused.insert(format!("{group}::{name}"), what);
                continue;
            }
            Err(Not::Wrong(why)) => {
                wrong.push(format!("{name}: {why}"));
                continue;
            }
        };
        let found = found.first().and_then(|row| row.first()).cloned().flatten();
        let is_right = |expected: &str| {
            let expected = listed.as_it_says(value(expected));
            expected.kinds[0].same(&expected.rows[0][0], &found)
        };
        let must_differ = differs.contains_key(&format!("{group}::{name}"));
        if expected.split('|').any(is_right) == must_differ {
            wrong.push(format!("{name}: {expected} expected, {found:?} found"));
        }
    }
    if wrong.is_empty() { Ok(refused) } else { Err(wrong.join("\n")) }
}

/// What is written beside an expression, as a table of one cell.
fn value(written: &str) -> Table {
    let quoted = written.strip_prefix('\'').and_then(|text| text.strip_suffix('\''));
    let (kind, text) = match written.strip_prefix('~') {
        Some(near) => (Kind::Near, near),
        None if quoted.is_some() => (Kind::Text, quoted.unwrap_or_default()),
        None if written.parse::<f64>().is_ok() => (Kind::Exact, written),
        None if matches!(written, "true" | "false") => (Kind::Truth, written),
        None => (Kind::Text, written),
    };
    let cell = (text != "null").then(|| text.to_string());
    Table { columns: vec!["value".into()], kinds: vec![kind], rows: vec![vec![cell]] }
}

/// `WITH t AS (…) SELECT expr AS value FROM t`: five rows of which the third column
/// and others hold a NULL. An expression without columns and aggregates reads none.
fn over_rows(expr: Expr) -> Query {
    let row = |a: &str, b: &str, s: &str, day: &str| {
        let or_null = |text: &str, ty, some: Expr| if text.is_empty() { Expr::null(ty) } else { some };
        vec![
            or_null(a, Type::Integer, Expr::number(a)),
            or_null(b, Type::Decimal(Some((10, 2))), Expr::number(b)),
            or_null(s, Type::Text, Expr::text(s)),
            or_null(day, Type::Date, Expr::Literal(Literal::Date(day.into()))),
        ]
    };
    let rows = vec![
        row("1", "0.10", "x", "2026-01-31"),
        row("2", "0.20", "y", "2026-02-28"),
        row("3", "1.00", "", "2026-03-01"),
        row("4", "", "x", ""),
        row("", "4.70", "x", "2024-02-29"),
    ];
    let columns = ["a", "b", "s", "day"].map(String::from).to_vec();
    let cte =
        Cte { name: "t".into(), comment: None, materialized: false, body: Body::Values { columns, rows } };
    let reads = matches!(expr, Expr::Aggregate(_))
        || matches!(&expr, Expr::Divide(a, _) if matches!(**a, Expr::Aggregate(_)));
    let select = Select {
        items: vec![expr.alias("value")],
        from: reads.then(|| From { table: Relation::Cte("t".into()), alias: None }),
        ..Select::default()
    };
    Query {
        ctes: if reads { vec![cte] } else { Vec::new() },
        body: Body::Select(Box::new(select)),
        order_by: Vec::new(),
    }
}

// ------------------------------------------------------------------- writing

pub fn n(digits: &str) -> Expr {
    Expr::number(digits)
}

pub fn t(text: &str) -> Expr {
    Expr::text(text)
}

fn double(digits: &str) -> Expr {
    Expr::Cast(n(digits).boxed(), Type::Double)
}

fn call(function: F, args: &[Expr]) -> Expr {
    Expr::Call(function, args.to_vec())
}

pub fn day(iso: &str) -> Expr {
    Expr::Literal(Literal::Date(iso.into()))
}

pub fn time(iso: &str) -> Expr {
    Expr::Literal(Literal::Timestamp(iso.into()))
}

pub fn instant(iso: &str) -> Expr {
    Expr::Literal(Literal::Instant(iso.into()))
}

fn yes() -> Expr {
    Expr::Literal(Literal::Boolean(true))
}

fn no() -> Expr {
    Expr::Literal(Literal::Boolean(false))
}

fn unknown() -> Expr {
    Expr::null(Type::Boolean)
}

pub fn nothing() -> Expr {
    Expr::null(Type::Integer)
}

// ------------------------------------------------------------------ the rows

fn functions() -> Vec<Row> {
    vec![
        ("abs", call(F::Abs, &[n("-1.50")]), "1.5"),
        ("round half up", call(F::Round, &[n("2.5"), n("0")]), "3"),
        ("round half down", call(F::Round, &[n("-2.5"), n("0")]), "-3"),
        ("round decimals", call(F::Round, &[n("2.345"), n("2")]), "2.35"),
        ("round hundreds", call(F::Round, &[n("1250"), n("-2")]), "1300"),
        ("round a double", call(F::Round, &[double("0.125"), n("2")]), "0.13"),
        ("round a whole double", call(F::Round, &[double("2.5"), n("0")]), "3"),
        ("round null", call(F::Round, &[Expr::null(Type::Double), n("1")]), "null"),
        ("floor", call(F::Floor, &[n("-1.5")]), "-2"),
        ("ceil", call(F::Ceil, &[n("-1.5")]), "-1"),
        ("sqrt", call(F::Sqrt, &[n("2.25")]), "~1.5"),
        ("sqrt of nothing", call(F::Sqrt, &[n("0")]), "0"),
        ("sqrt of a negative", call(F::Sqrt, &[n("-1")]), "null"),
        ("sqrt of null", call(F::Sqrt, &[nothing()]), "null"),
        ("ln", call(F::Ln, &[n("10")]), "~2.302585092994046"),
        ("ln of zero", call(F::Ln, &[n("0")]), "null"),
        ("ln of a negative", call(F::Ln, &[n("-3")]), "null"),
        ("exp", call(F::Exp, &[n("1")]), "~2.718281828459045"),
        ("power", call(F::Power, &[n("2"), n("0.5")]), "~1.4142135623730951"),
        ("power of integers", call(F::Power, &[n("2"), n("10")]), "~1024"),
        ("mod", call(F::Mod, &[n("7"), n("3")]), "1"),
        ("mod of a negative", call(F::Mod, &[n("-7"), n("3")]), "-1"),
        ("mod of decimals", call(F::Mod, &[n("7.5"), n("2")]), "1.5"),
        ("mod by zero", call(F::Mod, &[n("7"), n("0")]), "null"),
        ("greatest", call(F::Greatest, &[n("1"), n("2.5"), n("2")]), "2.5"),
        ("greatest but null", call(F::Greatest, &[n("1"), nothing()]), "1"),
        ("least", call(F::Least, &[n("1"), n("-2.5"), nothing()]), "-2.5"),
        ("coalesce", call(F::Coalesce, &[nothing(), n("3"), n("4")]), "3"),
        ("nullif", call(F::NullIf, &[n("3"), n("3")]), "null"),
        ("nullif other", call(F::NullIf, &[n("3"), n("4")]), "3"),
        ("lower", call(F::Lower, &[t("ÉTÉ Ab")]), "été ab"),
        ("upper", call(F::Upper, &[t("été Ab")]), "ÉTÉ AB"),
        ("trim", call(F::Trim, &[t("  a b ")]), "a b"),
        ("trim takes blanks alone", call(F::Length, &[call(F::Trim, &[t("\t a\n")])]), "4"),
        ("length", call(F::Length, &[t("été😀")]), "4"),
        ("length of nothing", call(F::Length, &[t("")]), "0"),
        ("substring", call(F::Substring, &[t("été 2026"), n("2"), n("3")]), "té "),
        ("substring beyond", call(F::Substring, &[t("abc"), n("2"), n("9")]), "bc"),
        ("substring of no length", call(F::Substring, &[t("abc"), n("2"), n("0")]), ""),
        ("replace", call(F::Replace, &[t("a.b.c"), t("."), t("'")]), "a'b'c"),
        ("replace nothing", call(F::Replace, &[t("abc"), t(""), t("x")]), "abc"),
        ("concat", call(F::Concat, &[t("a"), t("'"), t("b\\")]), "a'b\\"),
        ("concat null", call(F::Concat, &[t("a"), Expr::null(Type::Text)]), "null"),
        ("starts with", call(F::StartsWith, &[t("a%b"), t("a%")]), "true"),
        ("starts with nothing", call(F::StartsWith, &[t("ab"), t("")]), "true"),
        ("starts with more", call(F::StartsWith, &[t("ab"), t("abc")]), "false"),
        ("ends with", call(F::EndsWith, &[t("été😀"), t("é😀")]), "true"),
        ("ends with other", call(F::EndsWith, &[t("ab"), t("_b")]), "false"),
        ("ends with null", call(F::EndsWith, &[t("ab"), Expr::null(Type::Text)]), "null"),
        ("common bits", call(F::BitAnd, &[n("6"), n("12")]), "4"),
        ("no common bits", call(F::BitAnd, &[n("6"), n("9")]), "0"),
        ("bits compared", Expr::binary(O::Greater, call(F::BitAnd, &[n("6"), n("2")]), n("0")), "true"),
        ("contains", call(F::Contains, &[t("a%b"), t("%")]), "true"),
        ("contains other", call(F::Contains, &[t("ab"), t("_")]), "false"),
        ("contains nothing", call(F::Contains, &[t("ab"), t("")]), "true"),
        ("not contains", Expr::Not(call(F::Contains, &[t("ab"), t("c")]).boxed()), "true"),
    ]
}

fn operators() -> Vec<Row> {
    let sub = |a, b| Expr::binary(O::Subtract, a, b);
    let add = |a, b| Expr::binary(O::Add, a, b);
    let times = |a, b| Expr::binary(O::Multiply, a, b);
    let over = |a: Expr, b: Expr| Expr::Divide(a.boxed(), b.boxed());
    let minus = |a: Expr| Expr::Negate(a.boxed());
    vec![
        ("a - (b - c)", sub(n("10"), sub(n("4"), n("3"))), "9"),
        ("(a - b) - c", sub(sub(n("10"), n("4")), n("3")), "3"),
        ("a - (b + c)", sub(n("10"), add(n("4"), n("3"))), "3"),
        ("a * (b + c)", times(n("2"), add(n("4"), n("3"))), "14"),
        ("a - -b", sub(n("10"), n("-4")), "14"),
        ("a - -(-b)", sub(n("10"), minus(n("-4"))), "6"),
        ("-(-a)", minus(minus(n("4"))), "4"),
        ("-(a - b)", minus(sub(n("1"), n("4"))), "3"),
        ("a * -b", times(n("2"), n("-4")), "-8"),
        ("-a * b", times(minus(n("2")), n("4")), "-8"),
        ("exact decimals", add(n("0.1"), n("0.2")), "0.3"),
        ("exact products", times(n("1.10"), n("1.10")), "1.21"),
        ("a / b is real", over(n("1"), n("2")), "~0.5"),
        ("a / b / c", over(over(n("1"), n("2")), n("4")), "~0.125"),
        ("a / (b / c)", over(n("1"), over(n("2"), n("4"))), "~2"),
        ("a / (b * c)", over(n("12"), times(n("2"), n("3"))), "~2"),
        ("a * (b / c)", times(n("3"), over(n("1"), n("2"))), "~1.5"),
        ("a / -b", over(n("1"), n("-2")), "~-0.5"),
        ("a / 0", over(n("1"), n("0")), "null"),
        ("a / 0.00", over(n("1"), n("0.00")), "null"),
        ("a / (b - b)", over(n("1"), sub(n("1"), n("1"))), "null"),
        ("a / null", over(n("1"), nothing()), "null"),
        ("0 / 0", over(n("0"), n("0")), "null"),
        ("(a + b) / c", over(add(n("1"), n("2")), n("4")), "~0.75"),
        ("a / b - c", sub(over(n("1"), n("2")), n("1")), "~-0.5"),
    ]
}

fn conditions() -> Vec<Row> {
    let not = |a: Expr| Expr::Not(a.boxed());
    let eq = Expr::equal;
    let less = |a, b| Expr::binary(O::Less, a, b);
    let is_true = |a: Expr| Expr::IsTrue(a.boxed());
    let is_not_true = |a: Expr| Expr::IsNotTrue(a.boxed());
    let same = |a: Expr, b: Expr| Expr::NullSafeEqual(a.boxed(), b.boxed());
    let null = |a: Expr| Expr::IsNull { value: a.boxed(), negated: false };
    let within = |value: Expr, list: &[Expr]| Expr::In { value: value.boxed(), list: list.to_vec() };
    let between = |v: Expr, low: Expr, high: Expr| Expr::Between {
        value: v.boxed(),
        low: low.boxed(),
        high: high.boxed(),
    };
    let case = |whens: Vec<(Expr, Expr)>, otherwise: Option<Expr>| Expr::Case {
        whens,
        otherwise: otherwise.map(Box::new),
    };
    vec![
        ("not and", not(Expr::And(vec![yes(), no()])), "true"),
        ("not or", not(Expr::Or(vec![yes(), no()])), "false"),
        ("(not a) or b", Expr::Or(vec![not(yes()), yes()]), "true"),
        ("or in and", Expr::And(vec![Expr::Or(vec![yes(), no()]), no()]), "false"),
        ("and in or", Expr::Or(vec![yes(), Expr::And(vec![no(), no()])]), "true"),
        ("all of none", Expr::And(vec![]), "true"),
        ("any of none", Expr::Or(vec![]), "false"),
        ("not not", not(not(yes())), "true"),
        ("not equal", not(eq(n("1"), n("2"))), "true"),
        ("not less", not(less(n("1"), n("2"))), "false"),
        ("(a = b) = c", eq(eq(n("1"), n("1")), yes()), "true"),
        ("a = (b = c)", eq(no(), eq(n("1"), n("2"))), "true"),
        ("(a < b) = (c < d)", eq(less(n("1"), n("2")), less(n("2"), n("1"))), "false"),
        ("(not a) = b", eq(not(no()), yes()), "true"),
        ("unknown is not true", is_not_true(eq(n("1"), nothing())), "true"),
        ("unknown is true", is_true(eq(n("1"), nothing())), "false"),
        ("(a and b) is true", is_true(Expr::And(vec![yes(), unknown()])), "false"),
        ("not (a is true)", not(is_true(unknown())), "true"),
        ("(not a) is true", is_true(not(unknown())), "false"),
        ("(a is null) = b", eq(null(nothing()), yes()), "true"),
        ("not null", not(null(n("1"))), "true"),
        ("null equals null", same(nothing(), nothing()), "true"),
        ("null equals 1", same(nothing(), n("1")), "false"),
        ("null differs from 1", not(same(nothing(), n("1"))), "true"),
        ("in", within(n("2"), &[n("1"), n("2")]), "true"),
        ("in of sums", within(n("3"), &[Expr::binary(O::Add, n("1"), n("2"))]), "true"),
        ("in with null", within(n("3"), &[n("1"), nothing()]), "null"),
        ("not in", not(within(n("3"), &[n("1")])), "true"),
        ("in none", within(n("3"), &[]), "false"),
        ("not in none", not(within(n("3"), &[])), "true"),
        ("between", between(n("2"), n("1"), n("2")), "true"),
        ("not between", not(between(n("2"), n("1"), n("2"))), "false"),
        ("between and", Expr::And(vec![between(n("2"), n("1"), n("2")), no()]), "false"),
        ("between in between", between(is_true(yes()), no(), yes()), "true"),
        ("case", case(vec![(no(), n("1")), (unknown(), n("2")), (yes(), n("3"))], None), "3"),
        ("case else", case(vec![(no(), n("1"))], Some(n("-4"))), "-4"),
        ("case of none", case(vec![(no(), n("1"))], None), "null"),
        ("case beside", Expr::binary(O::Subtract, n("1"), case(vec![(yes(), n("1"))], None)), "0"),
        ("a text's quotes", eq(t("o'clock"), t("o'clock")), "true"),
        ("capitals differ", eq(t("a"), t("A")), "false"),
        ("code points are ordered", less(t("Z"), t("a")), "true"),
        ("accents come last", less(t("z"), t("é")), "true"),
        ("blanks count", eq(t("a"), t("a ")), "false"),
    ]
}

fn casts() -> Vec<Row> {
    let cast = |a: Expr, ty| Expr::Cast(a.boxed(), ty);
    vec![
        ("integer of half", cast(n("2.5"), Type::Integer), "3"),
        ("integer of a negative half", cast(n("-2.5"), Type::Integer), "-3"),
        // Halves of doubles are even on one database, and away from zero on another.
        ("integer of a double", cast(double("2.5"), Type::Integer), "2|3"),
        ("integer of a double above a half", cast(double("2.75"), Type::Integer), "3"),
        ("integer of text", cast(t("42"), Type::Integer), "42"),
        ("decimal of text", cast(t("1.250"), Type::Decimal(Some((10, 3)))), "1.25"),
        ("decimal rounds", cast(n("1.255"), Type::Decimal(Some((10, 2)))), "1.26"),
        ("decimal of any size", cast(t("0.123456789"), Type::Decimal(None)), "0.123456789"),
        ("double of text", cast(t("1e3"), Type::Double), "1000"),
        ("text of integer", cast(n("42"), Type::Text), "42"),
        ("text of decimal", cast(cast(n("1.5"), Type::Decimal(Some((10, 2)))), Type::Text), "1.50"),
        ("text of a day", cast(day("2026-01-05"), Type::Text), "2026-01-05"),
        ("text of a time", cast(time("2026-01-05 08:00:00"), Type::Text), "2026-01-05 08:00:00"),
        ("text of true", cast(yes(), Type::Text), "'true'"),
        ("date of text", cast(t("2026-01-05"), Type::Date), "2026-01-05"),
        ("date of a time", cast(time("2026-01-05 23:59:59"), Type::Date), "2026-01-05"),
        ("time of a date", cast(day("2026-01-05"), Type::Timestamp), "2026-01-05 00:00:00"),
        ("null of a type", cast(nothing(), Type::Text), "null"),
    ]
}
