//! Funnels and cohorts: what a customer does after a first row.

use super::dimension::Condition;
use super::measure::Axis;
use super::time::Duration;

/// Steps of a buyer, one after another, all within a time of the first.
#[derive(Debug, Clone, PartialEq)]
pub struct Funnel {
    pub within: Duration,
    pub first: FunnelStep,
    pub later: Vec<FunnelStep>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct FunnelStep {
    pub axis: Axis,
    pub filter: Option<Condition>,
}

/// Buyers by their first row.
#[derive(Debug, Clone, PartialEq)]
pub struct Cohort {
    pub axis: Axis,
}

/// Which time after entry counts; the day of entry is day 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum After {
    OnDay(u8),
    /// The day of entry is the first.
    Within(Duration),
    FromDay(u8),
}

impl Funnel {
    pub fn steps(&self) -> impl Iterator<Item = &FunnelStep> {
        std::iter::once(&self.first).chain(&self.later)
    }

    pub fn text(&self) -> String {
        let source = self.first.axis.source().name();
        let mut text = format!("funnel journey on {source} by buyer within {} {{\n", self.within.text());
        for (i, step) in self.steps().enumerate() {
            let filter = step.filter.as_ref().map(|f| format!(" where {}", f.text(true))).unwrap_or_default();
            let of = step.axis.source().name();
            text.push_str(&format!("  step s{i} on {of} at {}{filter}\n", step.axis.column()));
        }
        text + "}\n"
    }
}

impl Cohort {
    pub fn text(&self) -> String {
        format!("cohort entered on {} by buyer at {}\n", self.axis.source().name(), self.axis.column())
    }
}

impl After {
    pub fn text(self) -> String {
        match self {
            After::OnDay(n) => format!("on day {n}"),
            After::Within(by) => format!("within {}", by.text()),
            After::FromDay(n) => format!("from day {n} on"),
        }
    }
}
