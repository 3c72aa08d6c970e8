//! Numbers, units, dates and periods.

use super::{Builder, Pair, child, children, needed};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Spanned;
use crate::syntax::ast::{
    Date, Duration, Expr, ExprKind, Grain, Period, PeriodKind, Scale, TimeUnit, UnaryOp, UnitName,
};
use crate::syntax::dsl::grammar::Rule;
use crate::syntax::units;

impl Builder<'_> {
    /// `-2.5%`, `50_000 EUR`, `$goal`: what needs no operator.
    pub(super) fn literal(&mut self, pair: &Pair<'_>) -> Expr {
        let inner = pair.clone().into_inner().find(|inner| inner.as_rule() != Rule::negate);
        let value = self.atom(&inner.expect("a literal has a value"));
        match child(pair, Rule::negate) {
            Some(_) => Spanned::new(ExprKind::Unary(UnaryOp::Minus, Box::new(value)), self.span(pair)),
            None => value,
        }
    }

    /// A duration or a parameter among a pair's children.
    pub(super) fn lapse(&mut self, pair: &Pair<'_>) -> Expr {
        match child(pair, Rule::parameter) {
            Some(parameter) => self.atom(&parameter),
            None => self.atom(&needed(pair, Rule::duration)),
        }
    }

    /// A primary that holds no expression.
    pub(super) fn atom(&mut self, pair: &Pair<'_>) -> Expr {
        let span = self.span(pair);
        let kind = match pair.as_rule() {
            Rule::kw_null => ExprKind::Null,
            Rule::kw_true => ExprKind::Bool(true),
            Rule::kw_false => ExprKind::Bool(false),
            Rule::text => ExprKind::Text(self.text(pair).value),
            Rule::parameter => ExprKind::Param(self.name(&needed(pair, Rule::name)).value),
            Rule::percent => ExprKind::Percent(digits(pair.as_str().trim_end_matches('%'))),
            Rule::duration => ExprKind::Duration(self.duration(pair).value),
            Rule::quantity => self.quantity(pair),
            Rule::period_like => self.day(pair),
            rule => unreachable!("{rule:?} is no literal of the grammar"),
        };
        Spanned::new(kind, span)
    }

    fn quantity(&mut self, pair: &Pair<'_>) -> ExprKind {
        if child(pair, Rule::time_unit).is_some() {
            return ExprKind::Duration(self.duration(pair).value);
        }
        let number = digits(needed(pair, Rule::number).as_str());
        match child(pair, Rule::currency) {
            Some(code) => match units::currency(code.as_str()) {
                Some(unit) => ExprKind::Money(number, unit),
                None => {
                    self.unknown_unit(&code);
                    ExprKind::Number(number)
                }
            },
            None => ExprKind::Number(number),
        }
    }

    /// `7 days`
    pub(super) fn duration(&mut self, pair: &Pair<'_>) -> Spanned<Duration> {
        let count = digits(needed(pair, Rule::number).as_str());
        let unit = units::time(needed(pair, Rule::time_unit).as_str()).unwrap_or(TimeUnit::Day);
        Spanned::new(Duration { count, unit }, self.span(pair))
    }

    /// What stands behind `unit`.
    pub(super) fn unit(&mut self, pair: &Pair<'_>) -> Option<Spanned<UnitName>> {
        if let Some(scored) = child(pair, Rule::scored) {
            return self.scored(&scored);
        }
        let word = needed(pair, Rule::word);
        let unit = units::unit(word.as_str());
        if unit.is_none() {
            self.unknown_unit(&word);
        }
        unit.map(|unit| Spanned::new(unit, self.span(&word)))
    }

    /// `score -100 to 100`
    pub(super) fn scored(&mut self, pair: &Pair<'_>) -> Option<Spanned<UnitName>> {
        let scale = needed(pair, Rule::scale);
        let bounds: Vec<String> = children(&scale, Rule::bound).map(|bound| plain(bound.as_str())).collect();
        let [low, high] = <[String; 2]>::try_from(bounds).ok()?;
        let size = |digits: &str| digits.parse::<f64>().unwrap_or_default();
        if size(&low) >= size(&high) {
            let finding = Diagnostic::error(
                Code::WrongArguments,
                self.span(&scale),
                "a score's scale ends before it begins",
            );
            self.report(
                finding.because("no score lies on it").help("write the lowest score first: `score 0 to 10`"),
            );
            return None;
        }
        let score = UnitName::Score(Some(Scale { low, high }));
        Some(Spanned::new(score, self.span(pair)))
    }

    pub(super) fn unknown_unit(&mut self, pair: &Pair<'_>) {
        let finding = unknown_unit(pair.as_str(), self.span(pair));
        self.report(finding);
    }

    pub(super) fn grains(&self, pair: &Pair<'_>) -> Vec<Spanned<Grain>> {
        children(pair, Rule::grain_word)
            .map(|word| Spanned::new(grain(word.as_str()), self.span(&word)))
            .collect()
    }

    /// The grain among a pair's children.
    pub(super) fn grain(&self, pair: &Pair<'_>) -> Option<Spanned<Grain>> {
        child(pair, Rule::grain_word).map(|word| Spanned::new(grain(word.as_str()), self.span(&word)))
    }

    /// The period of `from …`, `until …`, `since …`.
    pub(super) fn period(&mut self, pair: &Pair<'_>) -> Period {
        let written = needed(pair, Rule::period);
        let span = self.span(&written);
        let kind = period(written.as_str()).unwrap_or_else(|reason| {
            self.report(no_such(written.as_str(), reason, span));
            PeriodKind::Year(1970)
        });
        Spanned::new(kind, span)
    }

    /// A full day in an expression.
    fn day(&mut self, pair: &Pair<'_>) -> ExprKind {
        let span = self.span(pair);
        let written = pair.as_str();
        let finding = match period(written) {
            Ok(PeriodKind::Day(date)) => return ExprKind::Date(date),
            Ok(_) => Diagnostic::error(Code::BadDate, span, format!("`{written}` is a period, not a day"))
                .because("a value is compared with one day; a period has many")
                .help("write a full day as `2026-01-15`; put spaces around the sign to subtract"),
            Err(reason) => no_such(written, reason, span),
        };
        self.report(finding);
        ExprKind::Null
    }
}

/// The finding about a word that is no unit.
pub fn unknown_unit(word: &str, span: crate::source::Span) -> Diagnostic {
    let finding =
        Diagnostic::error(Code::UnknownUnit, span, format!("`{}` is no unit", super::super::short(word)))
            .because("units are computed with, so their words are a closed list");
    match units::meant(word).filter(|_| word.len() < 40) {
        Some(meant) => finding.help(format!("write `{meant}`")).fix(span, meant),
        None => finding.help(
            "use a currency's code such as `EUR`, `percent`, `ratio`, `count`, `score`, `duration`, or a unit of time",
        ),
    }
}

fn no_such(written: &str, reason: String, span: crate::source::Span) -> Diagnostic {
    Diagnostic::error(Code::BadDate, span, format!("there is no `{written}`"))
        .because(reason)
        .help("write a year, quarter, month, ISO week or day as `2026`, `2026-Q1`, `2026-01`, `2026-W05`, `2026-01-15`")
}

/// A number without its `_`, the zeros that say nothing, and the sign of zero.
fn plain(written: &str) -> String {
    let digits = digits(written);
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits.as_str()), |digits| ("-", digits));
    let (whole, behind) = digits.split_once('.').unwrap_or((digits, ""));
    let (whole, behind) = (whole.trim_start_matches('0'), behind.trim_end_matches('0'));
    let whole = if whole.is_empty() { "0" } else { whole };
    match (whole, behind) {
        ("0", "") => "0".into(),
        (whole, "") => format!("{sign}{whole}"),
        (whole, behind) => format!("{sign}{whole}.{behind}"),
    }
}

/// A number without its `_`.
fn digits(written: &str) -> String {
    written.replace('_', "")
}

fn grain(word: &str) -> Grain {
    match word {
        "hour" => Grain::Hour,
        "day" => Grain::Day,
        "week" => Grain::Week,
        "month" => Grain::Month,
        "quarter" => Grain::Quarter,
        "year" => Grain::Year,
        "iso_year" => Grain::IsoYear,
        "fiscal_month" => Grain::FiscalMonth,
        "fiscal_quarter" => Grain::FiscalQuarter,
        "fiscal_year" => Grain::FiscalYear,
        _ => unreachable!("the grammar lists the grains"),
    }
}

/// A period of the grammar's shape, or why the calendar does not have it.
pub(super) fn period(written: &str) -> Result<PeriodKind, String> {
    let number = |text: &str| text.parse::<i16>().map_err(|_| "it is no number".to_owned());
    let small = |text: &str| text.parse::<u8>().map_err(|_| "it is no number".to_owned());
    let (year, rest) = written.split_once('-').unwrap_or((written, ""));
    let year = number(year)?;
    if year == 0 {
        return Err("years are counted from 1".to_owned());
    }
    if rest.is_empty() {
        return Ok(PeriodKind::Year(year));
    }
    if let Some(quarter) = rest.strip_prefix(['Q', 'q']) {
        let quarter = small(quarter)?;
        let exists = (1..=4).contains(&quarter);
        return if exists {
            Ok(PeriodKind::Quarter(year, quarter))
        } else {
            Err("a year has four quarters".into())
        };
    }
    if let Some(week) = rest.strip_prefix(['W', 'w']) {
        return iso_week(year, small(week)?);
    }
    let (month, day) = rest.split_once('-').map_or((rest, None), |(month, day)| (month, Some(day)));
    let month = small(month)?;
    if !(1..=12).contains(&month) {
        return Err("a year has twelve months".into());
    }
    match day {
        None => Ok(PeriodKind::Month(year, month)),
        Some(day) => civil(year, month, small(day)?).map(PeriodKind::Day),
    }
}

fn iso_week(year: i16, week: u8) -> Result<PeriodKind, String> {
    let number = i8::try_from(week).unwrap_or(i8::MAX);
    match jiff::civil::ISOWeekDate::new(year, number, jiff::civil::Weekday::Monday) {
        Ok(_) => Ok(PeriodKind::Week(year, week)),
        Err(_) if number == 53 => Err(format!("{year} has 52 weeks")),
        Err(_) => Err("a year has 52 or 53 weeks".into()),
    }
}

fn civil(year: i16, month: u8, day: u8) -> Result<Date, String> {
    let signed = |n: u8| i8::try_from(n).unwrap_or(i8::MAX);
    let last = jiff::civil::Date::new(year, signed(month), 1).map_err(|e| e.to_string())?.days_in_month();
    if (1..=last).contains(&signed(day)) {
        Ok(Date { year, month, day })
    } else {
        Err(format!("{year:04}-{month:02} has {last} days"))
    }
}
