//! Whether offsets and windows are made of whole periods of the asked grain.

use super::calendar::is_whole;
use crate::diagnostic::{Code, Diagnostic};
use crate::resolve::resolved::{Grain, Length, TimeUnit, Window};
use crate::source::Span;

/// Whether `previous` by a length leads from period to period.
pub fn offset(grain: Grain, by: Length, span: Span) -> Result<(), Diagnostic> {
    if is_whole(grain, by) {
        return Ok(());
    }
    let error = format!("`previous` goes back {by}, which is no whole number of {}s", named(grain));
    Err(refused(error, span).because("a period would be compared with parts of two others").help(
        match grain {
            Grain::Hour => "go back hours, days or weeks, or ask by day",
            Grain::Day => "go back days or more, or ask by hour",
            Grain::Week => "go back weeks, or 1 year, which is 52 of them; or ask by day or by month",
            Grain::Month | Grain::FiscalMonth => "go back months, quarters or years, or ask by day",
            Grain::Quarter | Grain::FiscalQuarter => "go back quarters or years, or ask by month",
            Grain::Year | Grain::IsoYear | Grain::FiscalYear => {
                "go back years, or ask by quarter or by month"
            }
        },
    ))
}

/// How many periods of the asked grain a length is, for the function that looks at each.
pub fn periods(grain: Grain, over: Length, function: &str, span: Span) -> Result<u32, Diagnostic> {
    use TimeUnit as U;
    let (count, unit) = (over.count, over.unit);
    let times = |periods| count.checked_mul(periods);
    let found = match (grain, unit) {
        // Months have more or fewer days.
        (Grain::Day, U::Month | U::Quarter | U::Year) => None,
        _ if !is_whole(grain, over) => None,
        (Grain::Hour, U::Day) => times(24),
        (Grain::Hour, U::Week) => times(168),
        (Grain::Day, U::Week) => times(7),
        (Grain::Week, U::Year) => times(52),
        (Grain::Month | Grain::FiscalMonth, U::Quarter) => times(3),
        (Grain::Month | Grain::FiscalMonth, U::Year) => times(12),
        (Grain::Quarter | Grain::FiscalQuarter, U::Month) => Some(count / 3),
        (Grain::Quarter | Grain::FiscalQuarter, U::Year) => times(4),
        (Grain::Year | Grain::IsoYear | Grain::FiscalYear, U::Month) => Some(count / 12),
        (Grain::Year | Grain::IsoYear | Grain::FiscalYear, U::Quarter) => Some(count / 4),
        _ => Some(count),
    };
    let message = || format!("`{function}` looks back {over}, which is no whole number of {}s", named(grain));
    found.ok_or_else(|| {
        refused(message(), span).because("it has a number of each period, and of no part of one").help(
            match grain {
                Grain::Hour => "look back hours, days or weeks, or ask by day",
                Grain::Day => "look back days or weeks, or ask by month",
                Grain::Week => "look back weeks, or 1 year, which is 52 of them; or ask by day or by month",
                Grain::Month | Grain::FiscalMonth => "look back months, quarters or years, or ask by day",
                Grain::Quarter | Grain::FiscalQuarter => "look back quarters or years, or ask by month",
                Grain::Year | Grain::IsoYear | Grain::FiscalYear => {
                    "look back years, or ask by quarter or by month"
                }
            },
        )
    })
}

/// Whether a window can end with every period.
pub fn window(grain: Grain, window: Window, span: Span) -> Result<(), Diagnostic> {
    match window {
        Window::Rolling(length) => match length.unit {
            unit @ (TimeUnit::Millisecond | TimeUnit::Second | TimeUnit::Minute) => {
                let message = format!("a window of {length} is measured in {}s", unit.word());
                Err(refused(message, span)
                    .because("every window ends with a period, and none is shorter than an hour")
                    .help("write it in hours, and ask by hour"))
            }
            TimeUnit::Hour if grain != Grain::Hour => {
                Err(refused(format!("a window of {length} is asked by {}", named(grain)), span)
                    .because(
                        "days are not all 24 hours long, so that hours end nowhere else but with an hour",
                    )
                    .help("write the window in days, or ask by hour"))
            }
            TimeUnit::Hour
            | TimeUnit::Day
            | TimeUnit::Week
            | TimeUnit::Month
            | TimeUnit::Quarter
            | TimeUnit::Year => Ok(()),
        },
        Window::ToDate(of) if size(of) < size(grain) => {
            let article = if grain == Grain::IsoYear { "an" } else { "a" };
            let (long, short) = (named(grain), named(of));
            Err(refused(
                format!("{article} {long} holds several {short}s, and `to_date` starts with one of them"),
                span,
            )
            .because(format!("it would be the number of the last {short} alone"))
            .help(format!("ask by {short} or a finer grain; the KPI may say so: `grain {}`", of.word())))
        }
        Window::ToDate(_) | Window::Cumulative | Window::Decayed(_) => Ok(()),
    }
}

/// The average of a stock, by hour.
pub fn mean(grain: Grain, stock: &str, span: Span) -> Result<(), Diagnostic> {
    if grain != Grain::Hour {
        return Ok(());
    }
    Err(refused(format!("`average` of `{stock}` is asked by {}", named(grain)), span)
        .because("it is the mean of the days of a period, and an hour has none")
        .help("ask by day or a coarser grain, or read the stock with `at_end`"))
}

fn refused(message: String, span: Span) -> Diagnostic {
    Diagnostic { span: Some(span), ..Diagnostic::general(Code::OffsetNotWhole, message) }
}

/// A grain as people say it.
pub fn named(grain: Grain) -> &'static str {
    match grain {
        Grain::IsoYear => "ISO year",
        Grain::FiscalMonth => "fiscal month",
        Grain::FiscalQuarter => "fiscal quarter",
        Grain::FiscalYear => "fiscal year",
        Grain::Hour | Grain::Day | Grain::Week | Grain::Month | Grain::Quarter | Grain::Year => grain.word(),
    }
}

/// Grains in the order of their lengths.
fn size(grain: Grain) -> u8 {
    match grain {
        Grain::Hour => 0,
        Grain::Day => 1,
        Grain::Week => 2,
        Grain::Month | Grain::FiscalMonth => 3,
        Grain::Quarter | Grain::FiscalQuarter => 4,
        Grain::Year | Grain::IsoYear | Grain::FiscalYear => 5,
    }
}
