//! What a KPI should reach, for programs, and each target in words.

use kpic::explain::{self, Language, Voice};
use kpic::resolve::resolved::{Aim, Better, Change, Kpi, Status, StatusRule, StatusSide, Target};
use kpic::syntax::ast::KpiProperty;
use kpic::value::Literal;
use serde::Serialize;

use super::output;

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
        words: explain::target(&Voice::new(Language::English, None), kpi, of),
        value,
        to,
        on_previous,
        each: of.each.map(|grain| grain.word()),
        from: of.from.map(|day| day.to_string()),
        until: of.until.map(|day| day.to_string()),
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
