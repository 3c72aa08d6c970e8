//! The time that flows are read over, where a flow meets a rate.
//!
//! Revenue of twelve months divided by the churn of one month is twelve times what a
//! customer is worth. A flow carries its period, and so does a flow over a stock, which
//! is a rate; a flow over a rate has a meaning where both are of the same time.

use super::numbers::{Number, Numbers};
use super::resolved::{
    Aggregate, Grain, Length, Measure, NumberLeaf, OverMembers, PerMember, TimeUnit, Window,
};
use super::scalar::{Arithmetic, ScalarKind};
use super::unit::Unit;
use super::windows;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::value::{Function, Literal};

/// The time that the rows of a flow are read over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stretch {
    /// The asked period.
    Period,
    Window(Window),
}

/// A flow over a rate, each with its time.
#[derive(Debug, Clone, PartialEq)]
pub struct OverRate {
    pub flow: Stretch,
    pub rate: Stretch,
    pub span: Span,
}

/// How a number grows with the time that it is read over.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Pace {
    /// A literal: perhaps it makes months of years.
    Literal { is_one: bool },
    /// It does not grow: a stock.
    Stock,
    /// It does not grow: a ratio of two of one time, a mean.
    Ratio,
    /// It grows: a count or sum, also of each customer or of each unit of a stock.
    Flow { over: Stretch, is_money: bool },
    /// Different things of the time.
    Things(Stretch),
    /// A share of a stock that the time takes or brings.
    Rate(Stretch),
    /// One divided by a rate: how many such times something lasts.
    Lifetime(Stretch),
    /// Nobody can tell.
    Unknown,
}

/// The pace of a formula; adds every flow over a rate in it.
pub fn pace(number: &Number, numbers: &Numbers<'_>, found: &mut Vec<OverRate>) -> Pace {
    use ScalarKind as K;
    let mut of = |number: &Number| pace(number, numbers, found);
    match &number.kind {
        K::Literal(Literal::Number(digits)) => Pace::Literal { is_one: digits == "1" },
        K::Leaf(leaf) => of_leaf(leaf, numbers, found),
        K::Negate(a) | K::Cast(a, _) => of(a),
        K::Arithmetic(Arithmetic::Multiply, a, b) => {
            let (a, b) = (of(a), of(b));
            note(a, b, number.span, found);
            product(a, b)
        }
        K::Arithmetic(Arithmetic::Add | Arithmetic::Subtract, a, b) => match (of(a), of(b)) {
            (a, b) if a == b && !matches!(a, Pace::Literal { .. }) => a,
            _ => Pace::Unknown,
        },
        K::Divide(a, b) => {
            let (a, b) = (of(a), of(b));
            let inverse = inverse(b);
            note(a, inverse, number.span, found);
            quotient(a, b)
        }
        // What stands where there is nothing.
        K::Call(Function::Coalesce | Function::NullIf | Function::Round | Function::Abs, list) => {
            let all: Vec<Pace> = list.iter().map(of).collect();
            let others = all.iter().skip(1);
            let plain = others.clone().all(|other| matches!(other, Pace::Literal { .. }));
            all.first().copied().filter(|_| plain).unwrap_or(Pace::Unknown)
        }
        K::Literal(_)
        | K::Not(_)
        | K::And(_)
        | K::Or(_)
        | K::Compare(..)
        | K::In(..)
        | K::Between { .. }
        | K::Like(..)
        | K::IsNull(_)
        | K::Case { .. }
        | K::Call(..)
        | K::Extract(..)
        | K::Seconds { .. }
        | K::Shift(..)
        | K::InZone { .. } => {
            for part in number.children() {
                of(part);
            }
            Pace::Unknown
        }
    }
}

fn of_leaf(leaf: &NumberLeaf, numbers: &Numbers<'_>, found: &mut Vec<OverRate>) -> Pace {
    match leaf {
        NumberLeaf::Measure(id) => match numbers.measures.get(id.as_str()) {
            Some(Some(known)) => of_measure(&known.measure, &known.unit),
            Some(None) | None => Pace::Unknown,
        },
        // What stands in it, its own definition has noted.
        NumberLeaf::Kpi(id) => match numbers.kpis.get(id.as_str()) {
            Some(Some(beneath)) => beneath.pace,
            Some(None) | None => Pace::Unknown,
        },
        NumberLeaf::Restrict(value, _) | NumberLeaf::Total(value, _) | NumberLeaf::Previous(value, _) => {
            pace(value, numbers, found)
        }
        NumberLeaf::Window(value, window) => {
            // All of it is read over the window.
            over(pace(value, numbers, &mut Vec::new()), Stretch::Window(*window))
        }
        NumberLeaf::Stock(..) => Pace::Stock,
        NumberLeaf::TimeShare(_) | NumberLeaf::Attainment(_) => Pace::Ratio,
        NumberLeaf::PerMember(per) => of_members(per, numbers, found),
        NumberLeaf::Versions(versions) => {
            for version in versions {
                pace(&version.value, numbers, found);
            }
            Pace::Unknown
        }
        NumberLeaf::Entrants(_)
        | NumberLeaf::Step(..)
        | NumberLeaf::EachStep(..)
        | NumberLeaf::StepTime(_)
        | NumberLeaf::OverPeriods(_)
        | NumberLeaf::Rank(..) => Pace::Unknown,
    }
}

fn of_measure(measure: &Measure, unit: &Unit) -> Pace {
    match measure.aggregate {
        Aggregate::Count | Aggregate::Sum(_) => {
            Pace::Flow { over: Stretch::Period, is_money: unit.is_money() }
        }
        Aggregate::CountDistinct(_) => Pace::Things(Stretch::Period),
        Aggregate::Avg(_)
        | Aggregate::Min(_)
        | Aggregate::Max(_)
        | Aggregate::Percentile(..)
        | Aggregate::Stddev(_)
        | Aggregate::Corr(..) => Pace::Ratio,
    }
}

/// A number over members is of their time, if all of it is of one.
fn of_members(per: &PerMember, numbers: &Numbers<'_>, found: &mut Vec<OverRate>) -> Pace {
    let is_windowed = |number: &Number| windows::moves(number, numbers).window;
    match (per.function.clone(), per.values.as_slice()) {
        (OverMembers::Count, _) if !per.having.iter().any(is_windowed) => Pace::Things(Stretch::Period),
        (OverMembers::Sum | OverMembers::Avg, [value]) => pace(value, numbers, found),
        _ => Pace::Unknown,
    }
}

/// The same number, read over another time.
fn over(pace: Pace, over: Stretch) -> Pace {
    match pace {
        Pace::Flow { is_money, .. } => Pace::Flow { over, is_money },
        Pace::Things(_) => Pace::Things(over),
        Pace::Rate(_) => Pace::Rate(over),
        Pace::Lifetime(_) => Pace::Lifetime(over),
        Pace::Literal { .. } | Pace::Stock | Pace::Ratio | Pace::Unknown => pace,
    }
}

fn inverse(pace: Pace) -> Pace {
    match pace {
        Pace::Rate(over) => Pace::Lifetime(over),
        Pace::Lifetime(over) => Pace::Rate(over),
        _ => Pace::Unknown,
    }
}

fn product(a: Pace, b: Pace) -> Pace {
    match (a, b) {
        (Pace::Literal { is_one: true }, other) | (other, Pace::Literal { is_one: true }) => other,
        // A literal may make months of years.
        (Pace::Literal { .. }, same @ (Pace::Stock | Pace::Ratio))
        | (same @ (Pace::Stock | Pace::Ratio), Pace::Literal { .. }) => same,
        (Pace::Ratio, other) | (other, Pace::Ratio) => other,
        (Pace::Stock, Pace::Rate(over)) | (Pace::Rate(over), Pace::Stock) => {
            Pace::Flow { over, is_money: false }
        }
        _ => Pace::Unknown,
    }
}

fn quotient(a: Pace, b: Pace) -> Pace {
    match (a, b) {
        (same, Pace::Literal { is_one: true } | Pace::Ratio) => same,
        (same @ (Pace::Stock | Pace::Ratio), Pace::Literal { .. }) => same,
        (Pace::Literal { is_one: true } | Pace::Ratio, Pace::Rate(over)) => Pace::Lifetime(over),
        (Pace::Stock, Pace::Stock) => Pace::Ratio,
        // Money a head is no share of the heads.
        (flow @ Pace::Flow { is_money: true, .. }, Pace::Stock) => flow,
        (Pace::Flow { over, .. } | Pace::Things(over), Pace::Stock) => Pace::Rate(over),
        (Pace::Flow { over: a, .. }, Pace::Flow { over: b, .. }) if a == b => Pace::Ratio,
        (Pace::Things(a), Pace::Things(b) | Pace::Flow { over: b, .. }) if a == b => Pace::Ratio,
        (flow @ Pace::Flow { over: a, .. }, Pace::Things(b)) if a == b => flow,
        _ => Pace::Unknown,
    }
}

/// Notes a flow that meets a lifetime.
fn note(a: Pace, b: Pace, span: Span, found: &mut Vec<OverRate>) {
    match (a, b) {
        (Pace::Flow { over: flow, .. } | Pace::Things(flow), Pace::Lifetime(rate))
        | (Pace::Lifetime(rate), Pace::Flow { over: flow, .. } | Pace::Things(flow))
            if flow != rate =>
        {
            found.push(OverRate { flow, rate, span });
        }
        _ => {}
    }
}

/// The flows over rates that the grain of a request decides on.
///
/// # Errors
/// Those that are wrong at every grain.
pub fn undecided(found: Vec<OverRate>, grains: &[Grain]) -> Result<Vec<OverRate>, Vec<Diagnostic>> {
    let mut errors = Vec::new();
    for over in &found {
        let at_each: Option<Vec<Diagnostic>> =
            grains.iter().map(|grain| over.refused(Some(*grain))).collect();
        let at_any = at_each.unwrap_or_default().into_iter().next();
        errors.extend(over.refused(None).or(at_any));
    }
    if errors.is_empty() { Ok(found) } else { Err(errors) }
}

impl OverRate {
    /// Why the two are of different times, at a grain or (`None`) at any.
    pub fn refused(&self, grain: Option<Grain>) -> Option<Diagnostic> {
        let (flow, rate) = (self.flow, self.rate);
        if alike(flow, rate, grain)? {
            return None;
        }
        let shown = |stretch| shown(stretch, grain);
        let message = format!("a flow over {} is divided by a rate over {}", shown(flow), shown(rate));
        Some(
            Diagnostic::error(Code::OtherSpan, self.span, message)
                .because("the result would be so many times too large or too small as the one is longer than the other")
                .help("read both over the same time: `rolling(…, 12 months)` in the flow and in the rate"),
        )
    }
}

/// The times of two numbers that grow with them, in words, unless the times are alike at the
/// grains that are taken.
pub fn two_times(a: Pace, b: Pace, grains: &[Grain]) -> Option<(String, String)> {
    use Pace::{Flow, Lifetime, Rate, Things};
    let ((Flow { over: a, .. } | Things(a), Flow { over: b, .. } | Things(b))
    | (Rate(a), Rate(b))
    | (Lifetime(a), Lifetime(b))) = (a, b)
    else {
        return None;
    };
    let at_each = grains.iter().all(|grain| alike(a, b, Some(*grain)) == Some(true));
    let is_alike = alike(a, b, None).unwrap_or(!grains.is_empty() && at_each);
    (!is_alike).then(|| (shown(a, None), shown(b, None)))
}

/// Whether two stretches are of the same length, months being no fixed number of days;
/// `None`: the grain decides.
fn alike(a: Stretch, b: Stretch, grain: Option<Grain>) -> Option<bool> {
    if a == b {
        return Some(true);
    }
    let days = |stretch| match stretch {
        Stretch::Period => grain.map(of_grain),
        Stretch::Window(Window::Rolling(length)) => Some(of_length(length)),
        // Of the asked grain it is the period.
        Stretch::Window(Window::ToDate(of)) if Some(of) == grain => grain.map(of_grain),
        Stretch::Window(Window::ToDate(_) | Window::Cumulative | Window::Decayed(_)) => None,
    };
    match (days(a), days(b)) {
        (Some(a), Some(b)) => Some(a / b < NEAR && b / a < NEAR),
        // A year to date grows with the year, and is as long as nothing else.
        _ if grain.is_some() => Some(false),
        _ => None,
    }
}

/// 28 days and a month are meant as the same.
const NEAR: f64 = 1.2;

fn of_grain(grain: Grain) -> f64 {
    match grain {
        Grain::Hour => 1.0 / 24.0,
        Grain::Day => 1.0,
        Grain::Week => 7.0,
        Grain::Month | Grain::FiscalMonth => MONTH,
        Grain::Quarter | Grain::FiscalQuarter => 3.0 * MONTH,
        Grain::Year | Grain::IsoYear | Grain::FiscalYear => 12.0 * MONTH,
    }
}

fn of_length(length: Length) -> f64 {
    let count = f64::from(length.count);
    count
        * match length.unit {
            TimeUnit::Millisecond => 1.0 / 86_400_000.0,
            TimeUnit::Second => 1.0 / 86_400.0,
            TimeUnit::Minute => 1.0 / 1_440.0,
            TimeUnit::Hour => 1.0 / 24.0,
            TimeUnit::Day => 1.0,
            TimeUnit::Week => 7.0,
            TimeUnit::Month => MONTH,
            TimeUnit::Quarter => 3.0 * MONTH,
            TimeUnit::Year => 12.0 * MONTH,
        }
}

/// Days of a month, in the mean.
const MONTH: f64 = 365.25 / 12.0;

fn shown(stretch: Stretch, grain: Option<Grain>) -> String {
    match (stretch, grain) {
        (Stretch::Period, Some(grain)) => format!("the asked {}", grain.word()),
        (Stretch::Period, None) => "the asked period".into(),
        (Stretch::Window(Window::Rolling(length)), _) => length.to_string(),
        (Stretch::Window(Window::ToDate(of)), _) => format!("the {} to date", of.word()),
        (Stretch::Window(Window::Cumulative), _) => "all time so far".into(),
        (Stretch::Window(Window::Decayed(days)), _) => format!("all time so far, half of it in {days} days"),
    }
}
