//! What `run` and `compile` ask for, from options to a request.

use clap::{Args, ValueEnum};
use kpic::diagnostic::{Code, Diagnostic, Sink};
use kpic::plan::{Beside, Request, Top, Trend};
use kpic::resolve::resolved::Kpi;
use kpic::resolve::{self, Resolved};
use kpic::source::Sources;
use kpic::syntax::ast::{Date, Grain, PeriodKind};
use kpic::syntax::dsl::{self, Fragment};

use super::period;

#[derive(Debug, Clone, Args)]
pub struct Options {
    /// The KPIs to compute [default: all whose sources have tables]
    #[arg(value_name = "KPI")]
    pub kpis: Vec<String>,
    /// Slice by these dimensions together; repeat it for several slicings
    #[arg(long, value_name = "DIMENSION,…")]
    by: Vec<String>,
    /// Also without slices
    #[arg(long)]
    total: bool,
    /// Name the N best members of a dimension, and put all others together
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    top: Option<u32>,
    /// The dimension of --top [default: the first of --by]
    #[arg(long, value_name = "DIMENSION", requires = "top")]
    top_of: Option<String>,
    /// The KPI by which members are the best [default: the first asked]
    #[arg(long, value_name = "KPI", requires = "top")]
    top_by: Option<String>,
    /// Restrict to segments, each by itself: names of segments, segmentations, or `all`
    #[arg(long, value_name = "SEGMENT,…", value_delimiter = ',')]
    segment: Vec<String>,
    /// Keep what fulfils a condition over dimensions: "channel = 'web'"
    #[arg(long = "where", value_name = "CONDITION")]
    condition: Option<String>,
    /// The length of a period [default: month]
    #[arg(long, value_enum)]
    grain: Option<Step>,
    /// The first period: 2026, 2026-Q1, 2026-01, 2026-W05 or 2026-01-15
    #[arg(long, value_name = "PERIOD")]
    from: Option<String>,
    /// The last period, included [default: that of --from]
    #[arg(long, value_name = "PERIOD")]
    to: Option<String>,
    /// What was known at the end of this day; `compile --params` takes a first and a last one, 2026-01-01..2026-12-31
    #[arg(long, value_name = "DAY")]
    as_of: Option<String>,
    /// Whether the assertions hold: those named, or all, beside the KPIs that they compare
    #[arg(long)]
    pub asserts: bool,
    /// Let --from and --to cut a period, which is then marked incomplete
    #[arg(long)]
    clip: bool,
    /// Beside each KPI with targets: target, attainment, pacing, status and projection
    #[arg(long)]
    targets: bool,
    /// Beside each KPI: the number of the period before, and the change
    #[arg(long)]
    trend: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Step {
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
    #[value(name = "iso_year")]
    IsoYear,
    #[value(name = "fiscal_month")]
    FiscalMonth,
    #[value(name = "fiscal_quarter")]
    FiscalQuarter,
    #[value(name = "fiscal_year")]
    FiscalYear,
}

impl Options {
    /// Every dimension that results are sliced by.
    pub fn slices(&self) -> Vec<String> {
        self.by.iter().flat_map(|by| names(by)).collect()
    }

    /// The request, as of one day; what is not understood is reported.
    pub fn request(&self, resolved: &Resolved, sources: &mut Sources, sink: &mut Sink) -> Request {
        let request = self.request_of_days(resolved, sources, sink);
        if let Some((first, last)) = request.as_of_among {
            let error = bad("--as-of", &format!("{first}..{last}"));
            sink.push(
                error
                    .because("the day is chosen when a compiled text runs, and here numbers are computed now")
                    .help(format!("name one day: --as-of {last}")),
            );
        }
        request
    }

    /// The request, perhaps as of a day that is chosen later; what is not understood is reported.
    pub fn request_of_days(&self, resolved: &Resolved, sources: &mut Sources, sink: &mut Sink) -> Request {
        let from = self.from.as_deref().and_then(|text| period("--from", text, sink));
        let to = match &self.to {
            Some(text) => period("--to", text, sink),
            None => from,
        };
        let as_of = self.as_of.as_deref().and_then(|text| days(text, sink));
        Request {
            kpis: if self.asserts { self.asserted(resolved) } else { self.kpis.clone() },
            by: self.by.iter().map(|by| names(by)).filter(|by| !by.is_empty()).collect(),
            total: self.total,
            segments: self.segment.iter().flat_map(|name| names(name)).collect(),
            filter: self.condition.as_deref().and_then(|text| condition(text, resolved, sources, sink)),
            grain: self.grain.map(Step::grain),
            from,
            to,
            as_of: as_of.map(|(_, last)| last),
            as_of_among: as_of.filter(|(first, last)| first != last),
            clip: self.clip,
            beside: Beside {
                targets: self.targets,
                trend: if self.trend { Trend::OfAll } else { Trend::Unasked },
            },
            top: self.top.map(|places| Top { places, of: self.top_of.clone(), by: self.top_by.clone() }),
        }
    }
}

impl Options {
    /// The assertions that are asked for, by their ids.
    pub fn assertions(&self, resolved: &Resolved) -> Vec<String> {
        let is_asked = |id: &String, kpi: &Kpi| match self.kpis.is_empty() {
            true => kpi.unbound.is_empty(),
            false => self.kpis.contains(id),
        };
        let asked = resolved.assertions.iter().filter(|(id, assertion)| is_asked(id, &assertion.kpi));
        asked.map(|(id, _)| id.clone()).collect()
    }

    /// The KPIs that asked assertions compare, then the assertions.
    fn asserted(&self, resolved: &Resolved) -> Vec<String> {
        let asked = self.assertions(resolved);
        let compared = asked.iter().flat_map(|id| &resolved.assertions[id].operands);
        let mut names: Vec<String> = compared.cloned().collect();
        // A name that is no assertion is asked for, too, and found to be none.
        names.extend(if self.kpis.is_empty() { asked } else { self.kpis.clone() });
        names
    }
}

impl Step {
    fn grain(self) -> Grain {
        match self {
            Step::Hour => Grain::Hour,
            Step::Day => Grain::Day,
            Step::Week => Grain::Week,
            Step::Month => Grain::Month,
            Step::Quarter => Grain::Quarter,
            Step::Year => Grain::Year,
            Step::IsoYear => Grain::IsoYear,
            Step::FiscalMonth => Grain::FiscalMonth,
            Step::FiscalQuarter => Grain::FiscalQuarter,
            Step::FiscalYear => Grain::FiscalYear,
        }
    }
}

/// `a, b` as names.
fn names(list: &str) -> Vec<String> {
    list.split(',').map(str::trim).filter(|name| !name.is_empty()).map(String::from).collect()
}

/// A condition is a text like any other, so that errors in it are underlined.
fn condition(
    text: &str,
    resolved: &Resolved,
    sources: &mut Sources,
    sink: &mut Sink,
) -> Option<resolve::resolved::Predicate> {
    let file = sources.add("<--where>", text);
    let expression = dsl::expression(&Fragment::whole(file, text), sink)?;
    resolve::predicate(resolved, &expression, sink)
}

fn period(option: &str, text: &str, sink: &mut Sink) -> Option<PeriodKind> {
    match period::read(text.trim()) {
        Ok(period) => Some(period),
        Err(reason) => {
            sink.push(
                bad(option, text)
                    .because(reason)
                    .help("write it as 2026, 2026-Q1, 2026-01, 2026-W05 or 2026-01-15"),
            );
            None
        }
    }
}

/// A day, or the first and the last one of several.
fn days(text: &str, sink: &mut Sink) -> Option<(Date, Date)> {
    let Some((first, last)) = text.split_once("..") else {
        let only = day("--as-of", text, sink)?;
        return Some((only, only));
    };
    let (first, last) = (day("--as-of", first, sink), day("--as-of", last, sink));
    let (first, last) = (first?, last?);
    if first > last {
        let reason = "the last day is before the first one";
        sink.push(bad("--as-of", text).because(reason).help(format!("write it as {last}..{first}")));
        return None;
    }
    Some((first, last))
}

fn day(option: &str, text: &str, sink: &mut Sink) -> Option<Date> {
    match period(option, text, sink)? {
        PeriodKind::Day(day) => Some(day),
        PeriodKind::Year(_) | PeriodKind::Quarter(..) | PeriodKind::Month(..) | PeriodKind::Week(..) => {
            let reason = "what is known ends with a day";
            sink.push(bad(option, text).because(reason).help("write the day: 2026-01-31"));
            None
        }
    }
}

fn bad(option: &str, text: &str) -> Diagnostic {
    Diagnostic::general(Code::BadOption, format!("`{option} {text}` is not understood"))
}
