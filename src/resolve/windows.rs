//! Numbers of another time than the period: `previous`, `rolling`, `to_date`,
//! `cumulative`.

use super::expression::{Params, Scope, Typed, typed, unknown_param};
use super::formula::NumberScope;
use super::numbers::Numbers;
use super::resolved::{Funnel, Grain, Length, Number, NumberLeaf, Offset, PerMember, Window};
use super::scalar::{ScalarKind, Type};
use super::{decay, nature, time_share, tools};
use crate::diagnostic::{Code, Diagnostic, Sink, nearest};
use crate::source::Span;
use crate::syntax::ast::{Arg, Call, Duration, Expr, ExprKind, UnaryOp};

/// The functions of this file.
pub const WINDOWS: [&str; 5] = ["previous", "rolling", "to_date", "cumulative", "decayed"];

/// What moves the time of the measures beneath a number.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Moves {
    pub previous: bool,
    pub window: bool,
    pub stock: bool,
    /// Whether it is a share of the period's time.
    pub share: bool,
    /// Whether it is a place among members.
    pub ranks: bool,
    /// Whether slices are lifted.
    pub total: bool,
    /// Whether it has a value at each step of a funnel alone.
    pub steps: bool,
    /// Whether a target is read for the cell.
    pub attains: bool,
}

impl Moves {
    pub fn and(self, other: Moves) -> Moves {
        Moves {
            previous: self.previous || other.previous,
            window: self.window || other.window,
            stock: self.stock || other.stock,
            share: self.share || other.share,
            ranks: self.ranks || other.ranks,
            total: self.total || other.total,
            steps: self.steps || other.steps,
            attains: self.attains || other.attains,
        }
    }
}

/// What moves the time beneath a formula.
pub fn moves(number: &Number, numbers: &Numbers<'_>) -> Moves {
    let mut found = Moves::default();
    number.leaves(&mut |leaf| {
        found = found.and(match leaf {
            NumberLeaf::Measure(_) | NumberLeaf::Step(..) | NumberLeaf::StepTime(_) => Moves::default(),
            NumberLeaf::EachStep(..) => Moves { steps: true, ..Moves::default() },
            // It reads rows long after the period, which no window holds.
            NumberLeaf::Entrants(_) => Moves { window: true, ..Moves::default() },
            NumberLeaf::Kpi(id) => {
                numbers.kpis.get(id.as_str()).and_then(Option::as_ref).map_or(Moves::default(), |b| b.moves)
            }
            NumberLeaf::Restrict(value, _) => moves(value, numbers),
            NumberLeaf::Total(value, _) => Moves { total: true, ..moves(value, numbers) },
            NumberLeaf::Rank(value, _) => Moves { ranks: true, ..moves(value, numbers) },
            NumberLeaf::Previous(value, _) => Moves { previous: true, ..moves(value, numbers) },
            NumberLeaf::Window(value, _) => Moves { window: true, ..moves(value, numbers) },
            NumberLeaf::Versions(versions) => versions
                .iter()
                .map(|version| moves(&version.value, numbers))
                .fold(Moves::default(), Moves::and),
            NumberLeaf::OverPeriods(of) => Moves { previous: true, ..moves(&of.value, numbers) },
            NumberLeaf::Stock(..) => Moves { stock: true, ..Moves::default() },
            NumberLeaf::TimeShare(_) => Moves { share: true, ..Moves::default() },
            NumberLeaf::Attainment(_) => Moves { attains: true, ..Moves::default() },
            NumberLeaf::PerMember(per) => per
                .values
                .iter()
                .chain(&per.having)
                .chain(&per.members_of)
                .map(|number| of_member(moves(number, numbers), per))
                .fold(Moves::default(), Moves::and),
        });
    });
    found
}

/// Members' places are no place of the cell, and members that are steps none of its steps.
fn of_member(moves: Moves, per: &PerMember) -> Moves {
    let per_step = per.dimensions.iter().any(|dimension| Funnel::of_dimension(dimension).is_some());
    Moves { ranks: false, steps: moves.steps && !per_step, ..moves }
}

/// A call of one of [`WINDOWS`].
pub fn call(s: &mut NumberScope<'_, '_>, call: &Call, span: Span) -> Option<Typed<NumberLeaf>> {
    let name = call.function.value.as_str();
    let value = match tools::first(call) {
        Some(e) => Some(typed(s, e)),
        None => None,
    };
    let rest = arguments(s, call);
    let Some(value) = value else { return s.report(usage(call)) };
    let (mut value, rest) = (value?, rest?);
    let leaf = match name {
        "previous" => offset(s, call, &rest).map(Leaf::Previous),
        "rolling" => rolling(s, call, &rest).map(Leaf::Window),
        "to_date" => to_date(s, call, &rest).map(Leaf::Window),
        "decayed" => decay::half_life(s, call, &rest).map(Leaf::Window),
        _ if rest.is_empty() => Some(Leaf::Window(Window::Cumulative)),
        _ => s.report(usage(call)),
    }?;
    if matches!(leaf, Leaf::Window(_)) {
        let beneath = moves(&value.scalar, s.numbers);
        if let Some(error) = no_window(name, beneath, span) {
            return s.report(error);
        }
    }
    if let Leaf::Window(Window::Decayed(_)) = leaf {
        if let Some(error) = decay::no_total(nature::of(&value.scalar, s.numbers), span) {
            return s.report(error);
        }
        let ty = if value.ty() == Type::Duration { Type::Duration } else { Type::Float };
        value.scalar.ty = ty;
    }
    let (ty, unit) = (value.ty(), value.unit);
    let inner = Box::new(value.scalar);
    let leaf = match leaf {
        Leaf::Previous(offset) => NumberLeaf::Previous(inner, offset),
        Leaf::Window(window) => NumberLeaf::Window(inner, window),
    };
    Some(Typed::new(ScalarKind::Leaf(leaf), ty, unit, span))
}

enum Leaf {
    Previous(Offset),
    Window(Window),
}

/// The arguments behind the number.
fn arguments<'c>(s: &mut NumberScope<'_, '_>, call: &'c Call) -> Option<Vec<&'c Expr>> {
    let plain = |arg: &'c Arg| match arg {
        Arg::Expr(e) => Some(e),
        Arg::Mode(_) => None,
    };
    let rest: Option<Vec<&Expr>> = call.args.iter().skip(1).map(plain).collect();
    if call.per.is_some() || call.distinct || rest.is_none() {
        return s.report(usage(call));
    }
    rest
}

pub fn usage(call: &Call) -> Diagnostic {
    let name = call.function.value.as_str();
    let (takes, example) = match name {
        "previous" => ("a number, how far back, and perhaps `whole`", "previous(revenue, 1 year)"),
        "rolling" => ("a number and a duration", "rolling(revenue, 28 days)"),
        "to_date" => ("a number and a grain", "to_date(revenue, month)"),
        "decayed" => ("a number and a half-life", "decayed(revenue, 30 days)"),
        _ => ("one number", "cumulative(revenue)"),
    };
    Diagnostic::error(Code::WrongArguments, call.function.span, format!("`{name}` takes {takes}"))
        .help(format!("write `{example}`"))
}

fn offset(s: &mut NumberScope<'_, '_>, call: &Call, rest: &[&Expr]) -> Option<Offset> {
    let (whole, rest) = match rest.split_last() {
        Some((last, before)) if is_word(last, "whole") => (true, before),
        _ => (false, rest),
    };
    match rest {
        [] => Some(Offset { by: None, whole }),
        [by] => Some(Offset { by: Some(length_of(s, by)?), whole }),
        [_, Expr { value: ExprKind::Path(_), span }] if !whole => s.report(
            Diagnostic::error(Code::WrongArguments, *span, "`previous` ends with `whole`, or with nothing")
                .because("`whole` compares a period that has not ended with all of the earlier one")
                .help("write `previous(revenue, 1 year, whole)`"),
        ),
        _ => s.report(usage(call)),
    }
}

fn rolling(s: &mut NumberScope<'_, '_>, call: &Call, rest: &[&Expr]) -> Option<Window> {
    match rest {
        [by] => Some(Window::Rolling(length_of(s, by)?)),
        _ => s.report(usage(call)),
    }
}

const GRAINS: [Grain; 9] = [
    Grain::Day,
    Grain::Week,
    Grain::Month,
    Grain::Quarter,
    Grain::Year,
    Grain::IsoYear,
    Grain::FiscalMonth,
    Grain::FiscalQuarter,
    Grain::FiscalYear,
];

fn to_date(s: &mut NumberScope<'_, '_>, call: &Call, rest: &[&Expr]) -> Option<Window> {
    let [e] = rest else { return s.report(usage(call)) };
    if let Some(grain) = GRAINS.into_iter().find(|grain| is_word(e, grain.word())) {
        return Some(Window::ToDate(grain));
    }
    let error = Diagnostic::error(
        Code::WrongArguments,
        e.span,
        "`to_date` starts with a period of a grain, and this names none",
    );
    let written = match &e.value {
        ExprKind::Path(path) => nearest(&path.name.value, GRAINS.iter().map(|grain| grain.word())),
        _ => None,
    };
    s.report(match written {
        Some(near) => error.help(format!("did you mean `{near}`?")),
        None => error.help("write `to_date(revenue, month)`; other grains are week, quarter, year"),
    })
}

fn is_word(e: &Expr, word: &str) -> bool {
    matches!(&e.value, ExprKind::Path(path) if path.qualifier.is_none() && path.name.value == word)
}

fn length_of(s: &mut NumberScope<'_, '_>, e: &Expr) -> Option<Length> {
    let params = &s.numbers.model.params;
    length(params, e, s.sink())
}

/// A whole number of calendar or clock units, written or a parameter's.
pub fn length(params: &Params<'_>, e: &Expr, sink: &mut Sink) -> Option<Length> {
    let written = match &e.value {
        ExprKind::Duration(duration) => Ok(duration),
        ExprKind::Param(name) => match params.get(name.as_str()).map(|param| &param.value.value) {
            Some(ExprKind::Duration(duration)) => Ok(duration),
            Some(_) => Err(no_length(e.span)),
            None => Err(unknown_param(params, name, e.span, sink.suggests())),
        },
        ExprKind::Unary(UnaryOp::Minus, _) => Err(Diagnostic::error(
            Code::WrongArguments,
            e.span,
            "a duration stands here, and none is negative",
        )
        .because("windows and offsets look back already, and nothing looks ahead")
        .help("write it without the minus sign")),
        ExprKind::Path(path) if path.qualifier.is_none() && is_unit(&path.name.value) => {
            Err(no_length(e.span).help(format!("write how many: `1 {}`", path.name.value)))
        }
        _ => Err(no_length(e.span)),
    };
    let length = written.and_then(|duration| whole(duration, e.span));
    length.map_err(|error| sink.push(error)).ok()
}

pub fn whole(duration: &Duration, span: Span) -> Result<Length, Diagnostic> {
    let refused = |message: &str| Diagnostic::error(Code::WrongArguments, span, message);
    let word = duration.unit.word();
    let count = match duration.count.split_once('.') {
        Some((_, fraction)) if fraction.bytes().any(|b| b != b'0') => {
            return Err(refused(&format!("the duration is no whole number of {word}s"))
                .because("windows and offsets are whole steps of the calendar")
                .help("write whole units, perhaps smaller ones: `36 hours` for a day and a half"));
        }
        Some((whole, _)) => whole,
        None => &duration.count,
    };
    match count.parse() {
        Ok(0) => Err(refused("the duration is 0")
            .because("nothing lies in a window of no length, and no period is 0 before another")
            .help(format!("write at least `1 {word}`"))),
        Ok(count @ 1..=MOST) => Ok(Length { count, unit: duration.unit }),
        Ok(_) | Err(_) => Err(refused("the duration is longer than the calendar")
            .because("kpic's calendar has the years 1 to 9999")
            .help("write a shorter one; all rows from the first on are `cumulative(x)`")),
    }
}

fn is_unit(word: &str) -> bool {
    GRAINS.iter().any(|grain| grain.word() == word) || word == Grain::Hour.word()
}

/// Longer than any calendar in every unit.
const MOST: u32 = 100_000_000;

fn no_length(span: Span) -> Diagnostic {
    Diagnostic::error(Code::WrongArguments, span, "a duration is meant here, and this is none")
        .because("windows and offsets are measured in calendar time, not in rows")
        .help("write a number and its unit: `28 days`, `12 months`")
}

/// Why a window cannot be taken of what stands beneath it.
fn no_window(name: &str, beneath: Moves, span: Span) -> Option<Diagnostic> {
    if beneath.stock {
        return Some(
            Diagnostic::error(Code::StockInWindow, span, format!("`{name}` is taken of a stock"))
                .because("what exists at an instant is not summed over time: a subscriber of January is the same one in February")
                .help("keep the stock outside of the window: `rolling(ended, 12 months) / average(subscribers)`"),
        );
    }
    if beneath.ranks {
        return Some(
            Diagnostic::error(Code::NoPlace, span, format!("`{name}` is taken of a place among members"))
                .because("a window reads rows, and places are made of numbers")
                .help("turn them round: `rank(rolling(x, 28 days))` is the place by the window's number"),
        );
    }
    if beneath.share && name == "cumulative" {
        return Some(time_share::of_all_time(span));
    }
    let (what, why, help) = if beneath.window {
        (
            "of another window",
            "the same rows would count in several of the inner windows",
            "take one window of the measure itself, as long as it must be: `rolling(x, 12 months)`",
        )
    } else if beneath.previous {
        (
            "of an earlier period",
            "a window reads rows, and has no periods of which each had an earlier one",
            "turn them round: `previous(rolling(x, 28 days), 1 year)` is the window of a year before",
        )
    } else {
        return None;
    };
    Some(
        Diagnostic::error(Code::NestedWindow, span, format!("`{name}` is taken {what}"))
            .because(why)
            .help(help),
    )
}
