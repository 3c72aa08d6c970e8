//! Formulas over measures and KPIs, in words.

use super::phrases::fill;
use super::scalar::{Bond, Said, Sayer, unnamed};
use super::voice::Voice;
use crate::resolve::resolved::{
    Ages, Balance, Best, Date, Entrants, Existing, Length, Number, NumberLeaf, OfEntrants, OfPeriods,
    OfSteps, Offset, OverMembers, PerMember, Predicate, Ranking, Resolved, TimeUnit, Version, Window,
};

/// Says formulas of one project.
#[derive(Debug, Clone, Copy)]
pub struct Numbers<'a> {
    pub voice: &'a Voice,
    pub resolved: &'a Resolved,
}

impl Numbers<'_> {
    /// A formula.
    pub fn say(&self, number: &Number) -> Said {
        Sayer { voice: self.voice, leaf: &|leaf: &NumberLeaf| self.leaf(leaf), named: &unnamed }.say(number)
    }

    /// A formula that is a condition.
    pub fn holds(&self, number: &Number) -> Said {
        Sayer { voice: self.voice, leaf: &|leaf: &NumberLeaf| self.leaf(leaf), named: &unnamed }.holds(number)
    }

    /// A condition over dimensions.
    pub fn predicate(&self, predicate: &Predicate) -> Said {
        Sayer {
            voice: self.voice,
            leaf: &|dimension: &String| Said::whole(self.voice.name(dimension)),
            named: &unnamed,
        }
        .holds(predicate)
    }

    fn operand(&self, number: &Number) -> String {
        self.say(number).within(self.voice, Bond::Open)
    }

    fn tight(&self, number: &Number) -> String {
        self.say(number).within(self.voice, Bond::Whole)
    }

    fn leaf(&self, leaf: &NumberLeaf) -> Said {
        let (v, p) = (self.voice, self.voice.phrases);
        match leaf {
            NumberLeaf::Measure(id) | NumberLeaf::Kpi(id) => Said::whole(v.name(id)),
            NumberLeaf::Attainment(id) => Said::open(fill(p.attainment, &[&v.name(id)])),
            NumberLeaf::Restrict(value, predicate) => self.restricted(self.tight(value), predicate),
            NumberLeaf::Total(value, dimensions) if dimensions.is_empty() => {
                Said::open(fill(p.of_all_slices, &[&self.tight(value)]))
            }
            NumberLeaf::Total(value, dimensions) => {
                let names: Vec<String> = dimensions.iter().map(|d| v.name(d)).collect();
                Said::open(fill(p.of_all, &[&self.tight(value), &v.list(&names, p.and)]))
            }
            NumberLeaf::Previous(value, offset) => self.previous(value, *offset),
            NumberLeaf::Window(value, window) => self.window(value, *window),
            NumberLeaf::OverPeriods(over) => {
                let phrase = match over.function {
                    OfPeriods::Slope => p.slope,
                    OfPeriods::Zscore => p.zscore,
                };
                Said::open(fill(phrase, &[&self.tight(&over.value), &v.length(over.over)]))
            }
            NumberLeaf::Stock(id, balance) => {
                let phrase = match balance {
                    Balance::Opening => p.at_start,
                    Balance::Closing => p.at_end,
                    Balance::Mean => p.mean_of_days,
                };
                Said::open(fill(phrase, &[&v.name(id)]))
            }
            NumberLeaf::TimeShare(share) => {
                let leaf = |existing: &Existing| self.existing(existing);
                let condition = Sayer { voice: v, leaf: &leaf, named: &unnamed }.holds(&share.condition);
                Said::open(fill(p.time_share, &[&condition.text]))
            }
            NumberLeaf::PerMember(per) => self.per_member(per),
            NumberLeaf::Entrants(entrants) => self.entrants(entrants),
            NumberLeaf::Versions(versions) => {
                let versions: Vec<String> = versions.iter().map(|version| self.version(version)).collect();
                Said::new(versions.join(p.semicolon), Bond::Or)
            }
            NumberLeaf::Step(funnel, step) => {
                Said::open(fill(p.step, &[&self.entity(funnel), &self.step(funnel, *step), &v.name(funnel)]))
            }
            NumberLeaf::EachStep(funnel, of) => {
                let phrase = match of {
                    OfSteps::Count => p.each_step_count,
                    OfSteps::Rate => p.each_step_rate,
                };
                Said::open(fill(phrase, &[&self.entity(funnel), &v.name(funnel)]))
            }
            NumberLeaf::StepTime(time) => {
                Said::open(fill(p.step_time, &[&self.step(&time.funnel, time.step), &v.name(&time.funnel)]))
            }
            NumberLeaf::Rank(value, ranking) => {
                let phrase = match ranking {
                    Ranking::Place(Best::Highest) => p.rank_high,
                    Ranking::Place(Best::Lowest) => p.rank_low,
                    Ranking::CumulativeShare => p.cumulative_share,
                };
                Said::open(fill(phrase, &[&self.tight(value)]))
            }
        }
    }

    /// A number of some rows: of a segment, if there is one of just this condition.
    fn restricted(&self, value: String, predicate: &Predicate) -> Said {
        let (v, p) = (self.voice, self.voice.phrases);
        let mut segments = self.resolved.segments.values();
        Said::whole(match segments.find(|segment| segment.predicate == *predicate) {
            Some(segment) => fill(p.in_segment, &[&value, &v.name(&segment.id)]),
            None => fill(p.restricted, &[&value, &self.predicate(predicate).text]),
        })
    }

    fn previous(&self, value: &Number, offset: Offset) -> Said {
        let p = self.voice.phrases;
        let value = self.tight(value);
        let earlier = match offset.by {
            Some(length) => fill(p.before, &[&value, &self.voice.length(length)]),
            None => fill(p.period_before, &[&value]),
        };
        Said::open(if offset.whole { fill(p.taken_whole, &[&earlier]) } else { earlier })
    }

    fn window(&self, value: &Number, window: Window) -> Said {
        let (v, p) = (self.voice, self.voice.phrases);
        let value = self.tight(value);
        Said::open(match window {
            Window::Rolling(length) => fill(p.rolling, &[&value, &v.length(length)]),
            Window::ToDate(grain) => fill(p.to_date, &[&value, v.of_grain(grain)]),
            Window::Cumulative => fill(p.cumulative, &[&value]),
            Window::Decayed(days) => {
                let life = Length { count: days, unit: TimeUnit::Day };
                fill(p.decayed, &[&value, &v.length(life)])
            }
        })
    }

    fn existing(&self, existing: &Existing) -> Said {
        let start = Said::whole(self.voice.name(&existing.stock));
        existing.restricted.iter().fold(start, |said, predicate| self.restricted(said.text, predicate))
    }

    fn per_member(&self, per: &PerMember) -> Said {
        let (v, p) = (self.voice, self.voice.phrases);
        let names: Vec<String> = per.dimensions.iter().map(|d| v.name(d)).collect();
        let members = v.list(&names, p.and);
        let having = per.having.as_ref().map(|having| self.holds(having).text);
        let values: Vec<String> = per.values.iter().map(|value| self.tight(value)).collect();
        let of = |phrase: &str, more: &[&str]| {
            let parts: Vec<&str> = values.iter().map(String::as_str).chain(more.iter().copied()).collect();
            fill(phrase, &parts)
        };
        let text = match (&per.function, &having) {
            (OverMembers::Count, None) => fill(p.count_members, &[&members]),
            (OverMembers::Count, Some(having)) => fill(p.count_members_having, &[&members, having]),
            (function, having) => {
                let aggregate = match function {
                    OverMembers::Count => String::new(),
                    OverMembers::Sum => of(p.sum, &[]),
                    OverMembers::Avg => of(p.mean, &[]),
                    OverMembers::Min => of(p.least_of, &[]),
                    OverMembers::Max => of(p.most_of, &[]),
                    OverMembers::Percentile(part) if is_half(part) => of(p.median, &[]),
                    OverMembers::Percentile(part) => of(p.percentile, &[&hundredth(v, part)]),
                    OverMembers::Stddev => of(p.deviation, &[]),
                    OverMembers::Corr => of(p.correlation, &[]),
                    OverMembers::Slope => of(p.slope_over, &[]),
                };
                let over = fill(p.over_members, &[&aggregate, &members]);
                having.as_ref().map_or(over.clone(), |having| fill(p.having, &[&over, having]))
            }
        };
        let others: Vec<String> = per.members_of.iter().map(|number| self.tight(number)).collect();
        Said::open(match others.is_empty() {
            true => text,
            false => fill(p.members_of, &[&text, &v.list(&others, p.or)]),
        })
    }

    fn entrants(&self, entrants: &Entrants) -> Said {
        let (v, p) = (self.voice, self.voice.phrases);
        let start = Said::whole(v.name(&entrants.measure));
        let measure =
            entrants.restricted.iter().fold(start, |said, predicate| self.restricted(said.text, predicate));
        let age = match entrants.ages {
            Ages::OnDay(day) => fill(p.on_day, &[&day.to_string()]),
            Ages::Within(length) => fill(p.within, &[&v.length(length)]),
            Ages::FromDay(day) => fill(p.from_day, &[&day.to_string()]),
            Ages::By(grain) => fill(p.by_age, &[v.grain(grain)]),
        };
        let phrase = match entrants.reading {
            OfEntrants::Retained => p.retained,
            OfEntrants::PerEntrant => p.per_entrant,
        };
        Said::open(fill(phrase, &[&v.name(&entrants.cohort), &measure.text, &age]))
    }

    fn version(&self, version: &Version) -> String {
        let (v, p) = (self.voice, self.voice.phrases);
        let value = self.operand(&version.value);
        let day = |day: Date| v.day(day);
        match (version.from, version.until) {
            (None, None) => fill(p.version, &[&value]),
            (Some(from), None) => fill(p.version_from, &[&value, &day(from)]),
            (None, Some(until)) => fill(p.version_until, &[&value, &day(until)]),
            (Some(from), Some(until)) => fill(p.version_between, &[&value, &day(from), &day(until)]),
        }
    }

    fn entity(&self, funnel: &str) -> String {
        let entity = self.resolved.funnels.get(funnel).map(|funnel| funnel.entity.as_str());
        self.voice.name(entity.unwrap_or_default())
    }

    fn step(&self, funnel: &str, step: usize) -> String {
        let funnel = self.resolved.funnels.get(funnel);
        let step = funnel.and_then(|funnel| funnel.steps.get(step)).map(|step| step.id.as_str());
        self.voice.name(step.unwrap_or_default())
    }
}

/// Whether a part from 0 to 1 is the middle.
pub fn is_half(part: &str) -> bool {
    part.parse::<f64>().is_ok_and(|part| (part - 0.5).abs() < 1e-12)
}

/// A part from 0 to 1 in hundredths: 0.9 is 90.
pub fn hundredth(voice: &Voice, part: &str) -> String {
    let hundredths = part.parse::<f64>().unwrap_or_default() * 100.0;
    voice.number(&format!("{}", (hundredths * 1e6).round() / 1e6), None, false)
}
