//! Findings that a project decides on: their names, and what holds unless it says so.

use super::Code;

/// What becomes of a lint's findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Level {
    Off,
    Warn,
    Error,
}

impl Level {
    pub const ALL: [Level; 3] = [Level::Off, Level::Warn, Level::Error];

    /// As `kpic.yaml` has it.
    pub fn word(self) -> &'static str {
        match self {
            Level::Off => "off",
            Level::Warn => "warn",
            Level::Error => "error",
        }
    }
}

/// A code whose findings are no wrong number for certain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lint {
    pub code: Code,
    /// What people remember: `no_target`.
    pub name: &'static str,
    /// Unless the project sets another one.
    pub level: Level,
    /// How many are too many, for lints that count.
    pub limit: Option<u32>,
    /// About how KPIs are kept, not about what they are: `check` alone tells of it.
    pub practice: bool,
    /// Only the data shows it, or what a schema lock tells of it.
    pub of_data: bool,
}

/// Every lint, in the order of their codes.
pub const LINTS: &[Lint] = &[
    lint(Code::Unused, "unused"),
    lint(Code::Redefined, "redefined"),
    lint(Code::InexactMoney, "inexact_money"),
    of_data(Code::BackwardIntervals, "backward_intervals"),
    lint(Code::ZoneNotDeclared, "zone_not_declared"),
    lint(Code::AboveHundred, "above_hundred"),
    practice(Code::TargetGap, "target_gap", Level::Warn),
    of_data(Code::StaleLock, "stale_lock"),
    of_data(Code::FewerDecimals, "fewer_decimals"),
    of_data(Code::NullableDistinct, "nullable_distinct"),
    of_data(Code::Drift, "drift"),
    of_data(Code::NoPartner, "no_partner"),
    of_data(Code::TargetDrift, "target_drift"),
    of_data(Code::UnacceptedRows, "accepted_values"),
    practice(Code::NoTarget, "no_target", Level::Off),
    practice(Code::NoOwner, "no_owner", Level::Off),
    practice(Code::NoUnit, "no_unit", Level::Off),
    practice(Code::NoDirection, "no_direction", Level::Off),
    practice(Code::NoObjective, "no_objective", Level::Off),
    practice(Code::NoDimension, "no_dimension", Level::Off),
    practice(Code::TargetWithoutDirection, "target_without_direction", Level::Warn),
    practice(Code::ShortTarget, "short_target", Level::Warn),
    practice(Code::SameFormula, "same_formula", Level::Warn),
    practice(Code::NearFormula, "near_formula", Level::Warn),
    practice(Code::SameLabel, "same_label", Level::Warn),
    practice(Code::BareConversionRate, "bare_conversion_rate", Level::Warn),
    practice(Code::MixedBases, "mixed_bases", Level::Warn),
    practice(Code::PersonalData, "personal_data", Level::Error),
    practice(Code::IdleAllow, "idle_allow", Level::Warn),
    lint(Code::TwoTimes, "two_times"),
    practice(Code::NotSmart, "not_smart", Level::Warn),
    practice(Code::ObjectiveWithoutKpi, "objective_without_kpi", Level::Warn),
    Lint { limit: Some(7), ..practice(Code::TooManyKpis, "too_many_kpis", Level::Warn) },
    Lint { limit: Some(10), ..practice(Code::CrowdedDashboard, "crowded_dashboard", Level::Warn) },
    practice(Code::VanityHeadline, "vanity_headline", Level::Warn),
    practice(Code::ShownAlone, "shown_alone", Level::Warn),
    practice(Code::RawVolume, "raw_volume", Level::Warn),
    practice(Code::BenchmarkWithoutSource, "benchmark_without_source", Level::Warn),
    Lint { limit: Some(5), ..practice(Code::OldBenchmark, "old_benchmark", Level::Warn) },
    practice(Code::StageWithoutKpi, "stage_without_kpi", Level::Warn),
];

const fn lint(code: Code, name: &'static str) -> Lint {
    Lint { code, name, level: Level::Warn, limit: None, practice: false, of_data: false }
}

const fn of_data(code: Code, name: &'static str) -> Lint {
    Lint { of_data: true, ..lint(code, name) }
}

const fn practice(code: Code, name: &'static str, level: Level) -> Lint {
    Lint { level, practice: true, ..lint(code, name) }
}

impl Lint {
    /// The lint of a code; none: its findings are errors.
    pub fn of(code: Code) -> Option<&'static Lint> {
        LINTS.iter().find(|lint| lint.code == code)
    }

    /// A lint by its name or its code.
    pub fn named(text: &str) -> Option<&'static Lint> {
        let code = text.parse::<Code>().ok();
        LINTS.iter().find(|lint| lint.name == text || Some(lint.code) == code)
    }
}
