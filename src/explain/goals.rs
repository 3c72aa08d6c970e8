//! What a KPI should reach, in words: `at least 50,000 EUR each month from January 2026`.

use super::phrases::fill;
use super::voice::{Language, Voice};
use crate::resolve::resolved::{
    Aim, Better, Change, Date, Kpi, Length, PeriodKind, Status, StatusRule, StatusSide, Target, TargetScope,
    TimeUnit, UnitName,
};
use crate::resolve::scalar::Type;
use crate::syntax::format;
use crate::value::Literal;

/// A target in words.
pub fn target(voice: &Voice, kpi: &Kpi, of: &Target) -> String {
    let p = voice.phrases;
    let mut words = vec![aim(voice, kpi, &of.aim)];
    words.extend(of.each.map(|grain| fill(p.each, &[voice.grain(grain)])));
    words.extend(of.from.map(|day| since(voice, day)));
    words.extend(of.until.map(|day| until(voice, day)));
    words.extend(part(voice, &of.scope));
    words.join(" ")
}

fn aim(voice: &Voice, kpi: &Kpi, aim: &Aim) -> String {
    let p = voice.phrases;
    let bound = |value: &str| {
        let phrase = match kpi.goals.better {
            Better::Higher => p.at_least_value,
            Better::Lower => p.at_most_value,
            Better::Range => p.within_value,
        };
        fill(phrase, &[value])
    };
    match aim {
        Aim::Value(low, Some(high)) => {
            fill(p.from_to, &[&number(voice, kpi, low), &number(voice, kpi, high)])
        }
        Aim::Value(value, None) => bound(&number(voice, kpi, value)),
        Aim::OnPrevious { change, back } => {
            let (literal, shown) = match change {
                Change::Share(share) => (share, plain(voice, share, Some(&UnitName::Percent), false)),
                Change::Amount(amount) => (amount, number(voice, kpi, amount)),
            };
            let less = matches!(literal, Literal::Number(digits) if digits.starts_with('-'));
            let phrase = if less { p.less_than_before } else { p.more_than_before };
            let back = if back.count == 1 { one(voice, back.unit) } else { voice.length(*back) };
            bound(&fill(phrase, &[shown.trim_start_matches('-'), &back]))
        }
    }
}

/// One unit of time before: `year`, in French with its number.
fn one(voice: &Voice, unit: TimeUnit) -> String {
    match voice.language {
        Language::English => voice.time_unit(unit).to_string(),
        Language::French => voice.length(Length { count: 1, unit }),
    }
}

fn part(voice: &Voice, scope: &TargetScope) -> Option<String> {
    let p = voice.phrases;
    let member = |(id, member): &(String, Literal)| {
        fill(p.is_member, &[&voice.name(id), &voice.literal(member, false)])
    };
    let mut parts: Vec<String> = scope.members.iter().map(member).collect();
    parts.extend(scope.segment.as_ref().map(|segment| fill(p.the_segment, &[&voice.name(segment)])));
    (!parts.is_empty()).then(|| fill(p.for_part, &[&parts.join(p.and)]))
}

/// The rules of a status in words; `None`: where its target is met.
pub fn status(voice: &Voice, kpi: &Kpi) -> Option<String> {
    let rules: Vec<String> = kpi.goals.status.iter().map(|rule| status_rule(voice, kpi, rule)).collect();
    (!rules.is_empty()).then(|| rules.join(voice.phrases.comma))
}

fn status_rule(voice: &Voice, kpi: &Kpi, rule: &StatusRule) -> String {
    let p = voice.phrases;
    let status = match rule.status {
        Status::AtRisk => p.at_risk,
        Status::OffTrack => p.off_track,
    };
    let phrase = match (rule.side, rule.of_target) {
        (StatusSide::Below, false) => p.status_below,
        (StatusSide::Above, false) => p.status_above,
        (StatusSide::Below, true) => p.status_below_share,
        (StatusSide::Above, true) => p.status_above_share,
    };
    let bound = match rule.of_target {
        true => plain(voice, &rule.bound, Some(&UnitName::Percent), false),
        false => number(voice, kpi, &rule.bound),
    };
    fill(phrase, &[status, &bound])
}

fn number(voice: &Voice, kpi: &Kpi, literal: &Literal) -> String {
    plain(voice, literal, kpi.unit.as_ref(), kpi.value.ty == Type::Duration)
}

fn plain(voice: &Voice, literal: &Literal, unit: Option<&UnitName>, is_span: bool) -> String {
    match literal {
        Literal::Number(digits) => voice.number(digits, unit, is_span),
        other => voice.literal(other, is_span),
    }
}

/// A first day, as the month that it begins.
pub fn since(voice: &Voice, day: Date) -> String {
    let p = voice.phrases;
    match day.day {
        1 => fill(p.since_month, &[&voice.month_of(day)]),
        _ => fill(p.since_day, &[&voice.day(day)]),
    }
}

/// A last day, as the month that it ends.
pub fn until(voice: &Voice, day: Date) -> String {
    let p = voice.phrases;
    let ends = day.civil().is_some_and(|date| date.day() == date.days_in_month());
    match ends {
        true => fill(p.until_month, &[&voice.month(day)]),
        false => fill(p.until_day, &[&voice.day(day)]),
    }
}

/// A period: a month or a day by its name, others as they are written.
pub fn period(voice: &Voice, period: PeriodKind) -> String {
    match period {
        PeriodKind::Month(year, month) => voice.month(Date { year, month, day: 1 }),
        PeriodKind::Day(day) => voice.day(day),
        PeriodKind::Year(_) | PeriodKind::Quarter(..) | PeriodKind::Week(..) => format::period(period),
    }
}
