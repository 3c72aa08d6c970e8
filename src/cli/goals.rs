//! What a KPI should reach, in words: `at least 50,000 EUR each month from January 2026`.

use kpic::report::{self, Number, Writing};
use kpic::resolve::resolved::{
    Aim, Better, Change, Date, Kpi, Length, Status, StatusRule, StatusSide, Target, TargetScope, UnitName,
};
use kpic::resolve::scalar::Type;
use kpic::run::Value;
use kpic::syntax::ast::KpiProperty;
use kpic::value::Literal;
use serde::Serialize;

use super::output::{self, line};

/// A KPI's targets and what its status goes by, for programs.
#[derive(Debug, Default, Serialize)]
pub struct Goals {
    better: Option<&'static str>,
    targets: Vec<ATarget>,
    status: Vec<ARule>,
}

/// Numbers are in the KPI's unit: percent as fractions, durations in seconds.
#[derive(Debug, Serialize)]
struct ATarget {
    words: String,
    /// Of a range the lower bound; none of what is relative.
    value: Option<serde_json::Number>,
    to: Option<serde_json::Number>,
    /// What it is more than the number before: a part of that, or an amount.
    on_previous: Option<OnPrevious>,
    each: Option<&'static str>,
    from: Option<String>,
    until: Option<String>,
    #[serde(rename = "where")]
    members: serde_json::Map<String, serde_json::Value>,
    segment: Option<String>,
}

#[derive(Debug, Serialize)]
struct OnPrevious {
    period: &'static str,
    share: Option<serde_json::Number>,
    amount: Option<serde_json::Number>,
}

#[derive(Debug, Serialize)]
struct ARule {
    status: &'static str,
    below: Option<serde_json::Number>,
    above: Option<serde_json::Number>,
    /// Whether the bound is a part of the target rather than a value.
    of_target: bool,
}

impl Goals {
    /// Each target in words.
    pub fn words(&self) -> Vec<&str> {
        self.targets.iter().map(|target| target.words.as_str()).collect()
    }

    /// How many targets there are: `2 targets`.
    pub fn count(&self) -> String {
        match (self.targets.len(), self.status.is_empty()) {
            (0, true) => String::new(),
            (0, false) => "status alone".into(),
            (count, _) => output::plural(count, "target"),
        }
    }
}

/// What a KPI should reach.
pub fn goals(kpi: &Kpi) -> Goals {
    Goals {
        better: kpi.definition.properties.iter().find_map(|property| match &property.value {
            KpiProperty::Better(better) => Some(match better.value {
                Better::Higher => "higher",
                Better::Lower => "lower",
                Better::Range => "range",
            }),
            _ => None,
        }),
        targets: kpi.goals.targets.iter().map(|each| a_target(kpi, each)).collect(),
        status: kpi.goals.status.iter().map(a_rule).collect(),
    }
}

fn a_target(kpi: &Kpi, of: &Target) -> ATarget {
    let (value, to, on_previous) = match &of.aim {
        Aim::Value(low, high) => (json(low), high.as_ref().and_then(json), None),
        Aim::OnPrevious { change, back } => {
            let (share, amount) = match change {
                Change::Share(share) => (json(share), None),
                Change::Amount(amount) => (None, json(amount)),
            };
            (None, None, Some(OnPrevious { period: back.unit.word(), share, amount }))
        }
    };
    let member = |(id, member): &(String, Literal)| (id.clone(), a_member(member));
    ATarget {
        words: target(kpi, of),
        value,
        to,
        on_previous,
        each: of.each.map(|grain| grain.word()),
        from: of.from.map(iso),
        until: of.until.map(iso),
        members: of.scope.members.iter().map(member).collect(),
        segment: of.scope.segment.clone(),
    }
}

fn a_rule(rule: &StatusRule) -> ARule {
    let bound = |side| if rule.side == side { json(&rule.bound) } else { None };
    ARule {
        status: match rule.status {
            Status::AtRisk => "at_risk",
            Status::OffTrack => "off_track",
        },
        below: bound(StatusSide::Below),
        above: bound(StatusSide::Above),
        of_target: rule.of_target,
    }
}

fn json(literal: &Literal) -> Option<serde_json::Number> {
    let Literal::Number(digits) = literal else { return None };
    serde_json::from_str(digits).ok().or_else(|| serde_json::Number::from_f64(digits.parse().ok()?))
}

fn a_member(member: &Literal) -> serde_json::Value {
    match member {
        Literal::Text(text) | Literal::Date(text) | Literal::Timestamp(text) | Literal::Instant(text) => {
            text.clone().into()
        }
        Literal::Boolean(truth) => (*truth).into(),
        other => json(other).map_or(serde_json::Value::Null, serde_json::Value::Number),
    }
}

fn iso(day: Date) -> String {
    format!("{:04}-{:02}-{:02}", day.year, day.month, day.day)
}

// ------------------------------------------------------------------ in words

/// A target in words.
pub fn target(kpi: &Kpi, of: &Target) -> String {
    let mut words = vec![aim(kpi, &of.aim)];
    words.extend(of.each.map(|grain| format!("each {}", spaced(grain.word()))));
    words.extend(of.from.map(|day| format!("from {}", first(day))));
    words.extend(of.until.map(|day| format!("until {}", last(day))));
    words.extend(part(&of.scope));
    words.join(" ")
}

fn aim(kpi: &Kpi, aim: &Aim) -> String {
    let bound = match kpi.goals.better {
        Better::Higher => "at least",
        Better::Lower => "at most",
        Better::Range => "within",
    };
    match aim {
        Aim::Value(low, Some(high)) => format!("from {} to {}", number(kpi, low), number(kpi, high)),
        Aim::Value(value, None) => format!("{bound} {}", number(kpi, value)),
        Aim::OnPrevious { change, back } => {
            let (literal, shown) = match change {
                Change::Share(share) => (share, shown(share, Some(&UnitName::Percent), false)),
                Change::Amount(amount) => (amount, number(kpi, amount)),
            };
            let less = matches!(literal, Literal::Number(digits) if digits.starts_with('-'));
            let than = if less { "less" } else { "more" };
            format!("{bound} {} {than} than the {} before", shown.trim_start_matches('-'), unit(*back))
        }
    }
}

fn unit(back: Length) -> &'static str {
    back.unit.word()
}

fn part(scope: &TargetScope) -> Vec<String> {
    let mut parts: Vec<String> =
        scope.members.iter().map(|(id, member)| format!("{} {}", line(id), plain(member))).collect();
    parts.extend(scope.segment.as_ref().map(|segment| format!("the segment {}", line(segment))));
    if parts.is_empty() { parts } else { vec![format!("for {}", parts.join(" and "))] }
}

fn plain(member: &Literal) -> String {
    match a_member(member) {
        serde_json::Value::String(text) => line(&text),
        other => other.to_string(),
    }
}

/// The rules of a status in words; `None`: where its target is met.
pub fn status(kpi: &Kpi) -> Option<String> {
    let rules = kpi.goals.status.iter().map(|rule| {
        let status = report::words(a_rule(rule).status);
        let side = match rule.side {
            StatusSide::Below => "below",
            StatusSide::Above => "above",
        };
        match rule.of_target {
            true => {
                format!(
                    "{status} {side} {} of the target",
                    shown(&rule.bound, Some(&UnitName::Percent), false)
                )
            }
            false => format!("{status} {side} {}", number(kpi, &rule.bound)),
        }
    });
    let rules: Vec<String> = rules.collect();
    if rules.is_empty() { None } else { Some(rules.join(", ")) }
}

fn number(kpi: &Kpi, literal: &Literal) -> String {
    shown(literal, kpi.unit.as_ref(), kpi.value.ty == Type::Duration)
}

/// A number as people write it down, without decimals that say nothing.
fn shown(literal: &Literal, unit: Option<&UnitName>, is_span: bool) -> String {
    let Literal::Number(digits) = literal else { return String::new() };
    let number = Number { unit: unit.cloned(), is_span, format: None };
    let shown = Writing::default().shown(&Value::Decimal(digits.clone()), &number);
    let Some((whole, rest)) = shown.split_once('.') else { return shown };
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    match rest[..end].bytes().all(|digit| digit == b'0') {
        true => format!("{whole}{}", &rest[end..]),
        false => shown,
    }
}

fn spaced(word: &str) -> String {
    word.replace('_', " ")
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A first day, as the month that it begins.
fn first(day: Date) -> String {
    if day.day == 1 { month(day) } else { whole(day) }
}

/// A last day, as the month that it ends.
fn last(day: Date) -> String {
    let civil = |day: Date| {
        jiff::civil::Date::new(day.year, i8::try_from(day.month).ok()?, i8::try_from(day.day).ok()?).ok()
    };
    let ends = civil(day).is_some_and(|date| date.day() == date.days_in_month());
    if ends { month(day) } else { whole(day) }
}

fn month(day: Date) -> String {
    let name = MONTHS.get(usize::from(day.month).saturating_sub(1)).copied().unwrap_or_default();
    format!("{name} {}", day.year)
}

fn whole(day: Date) -> String {
    format!("{} {}", day.day, month(day))
}
