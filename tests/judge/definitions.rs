//! A world's project in the language.

use super::as_of::AsOf;
use super::formula::{Earlier, Formula, Kpi};
use super::measure::Source;
use super::targets::Goals;
use super::tools::FunnelStep;
use super::world::{Snapshots, World};

/// What every source has: a customer, the dimensions, two numbers.
const SHARED: &str = "  join customer: customers on customer_id
  join grade: tiers on customer_id
  column customer_id : integer
  column amount : decimal(10,2)
  column items : integer
  dimension channel
  dimension device
  dimension buyer = customer_id
";

const CUSTOMERS: &str = "source customers {
  table customers
  key customer_id
  column customer_id : integer
  dimension country
}
";

impl World {
    /// The project, a file. Sources that no KPI reads are left out, and what is not
    /// asked is, too, when nothing asked reads it.
    pub fn definitions(&self) -> String {
        let sources = Source::ALL.into_iter().filter(|source| self.reads(*source));
        let mut text: String = sources.map(|source| self.source(source)).collect();
        text.push_str(CUSTOMERS);
        text.push_str(&self.tier_source());
        let asked = |i: &usize| self.request.segments.contains(&Some(*i));
        for (i, condition) in self.segments.iter().enumerate().filter(|(i, _)| asked(i)) {
            text.push_str(&format!("segment s{i} where {}\n", condition.text(false)));
        }
        if self.is_banded() {
            text.push_str(&self.bands.text());
        }
        if self.needs(&is_reached) {
            text.push_str(&self.funnel.text());
        }
        if self.needs(&is_of_cohort) {
            text.push_str(&self.cohort.text());
        }
        let kpis = self.kpis.iter().enumerate().filter(|(k, _)| self.needs(&|f| *f == Formula::Kpi(*k)));
        kpis.for_each(|(k, kpi)| text.push_str(&self.kpi(k, kpi)));
        text
    }

    /// The KPI, and before it what it was.
    fn kpi(&self, k: usize, kpi: &Kpi) -> String {
        let formula = kpi.formula.text();
        let mut said = Vec::new();
        let mut before = String::new();
        if let Some(Earlier { formula, until, then }) = &kpi.earlier {
            let (until, then) = (self.day(*until), self.day(*then));
            before = format!("kpi k{k} = {} {{ effective until {until} }}\n", formula.text());
            said.push(format!("effective from {then}"));
        }
        said.extend(kpi.settled.map(|by| format!("settled {}", by.text())));
        let is_range = kpi.goals.as_ref().is_some_and(Goals::is_range);
        let better = if is_range { "better range" } else { "better lower" };
        said.extend((kpi.is_better_lower || is_range).then(|| better.to_string()));
        said.extend(kpi.goals.iter().flat_map(|goals| goals.text(&|n| self.day(n))));
        if said.is_empty() {
            return format!("{before}kpi k{k} = {formula}\n");
        }
        format!("{before}kpi k{k} = {formula} {{ {} }}\n", said.join("  "))
    }

    fn tier_source(&self) -> String {
        let ty = if self.tiers_by_day { "date" } else { "timestamp in UTC" };
        format!(
            "source tiers {{\n  table tiers\n  key customer_id\n  valid from starts until ends\n  column customer_id : integer\n  column starts : {ty}\n  column ends : {ty}\n  column rate : integer\n  dimension tier\n}}\n"
        )
    }

    fn source(&self, source: Source) -> String {
        format!(
            "source {} {{\n  table {0}\n{}{SHARED}{}{}}}\n",
            source.name(),
            self.times(source),
            self.found(source),
            self.numbers(source)
        )
    }

    /// What a row finds in time.
    fn found(&self, source: Source) -> String {
        match self.join_of(source) {
            Some(join) => format!("{}  dimension found = found.channel\n", join.text()),
            None => "  dimension found = device\n".into(),
        }
    }

    /// Key, times, filter.
    fn times(&self, source: Source) -> String {
        let kept = self.kept.as_ref().map(|c| format!("  rows where {}\n", c.text(true))).unwrap_or_default();
        let since = self.since.map(|n| format!("  since {}\n", self.day(n))).unwrap_or_default();
        let ty = if self.contracts_by_day { "date" } else { "timestamp in UTC" };
        match source {
            Source::Sales => format!(
                "  key id\n  time at in UTC\n{kept}{since}  column at : timestamp\n  column shipped_on : date\n"
            ),
            Source::Visits => format!("  key id\n  time day\n{kept}{since}  column day : date\n"),
            Source::Contracts => format!(
                "  key id\n  active from started until ended\n{kept}{since}  column started : {ty}\n  column ended : {ty}\n"
            ),
            Source::Levels => format!(
                "  key day, shelf\n  snapshot day{}\n{kept}{since}  column day : date\n",
                self.snapshots.text()
            ),
            Source::Staff => format!("  key id\n{kept}"),
        }
    }

    /// Measures and stocks that something asked reads.
    fn numbers(&self, source: Source) -> String {
        let mut text = String::new();
        for (i, measure) in self.measures.iter().enumerate().filter(|(_, m)| m.axis.source() == source) {
            if self.needs(&|f| f.measure() == Some(i)) {
                text.push_str(&format!("  measure m{i} = {}\n", measure.text()));
            }
        }
        for (i, stock) in self.stocks.iter().enumerate().filter(|(_, s)| s.source == source) {
            if self.needs(&|f| matches!(f, Formula::Stock(_, stock) if *stock == i)) {
                text.push_str(&format!("  stock b{i} = {}\n", stock.text()));
            }
        }
        text
    }

    /// Whether the asked KPIs read a source.
    pub fn reads(&self, source: Source) -> bool {
        let mut read: Vec<Source> = Source::ALL.into_iter().filter(|s| self.reads_itself(*s)).collect();
        // What a row may find is read as well, and what that may find.
        for _ in 0..2 {
            let found = |join: &&AsOf| read.contains(&join.at.source());
            let more: Vec<Source> = self.joins.iter().filter(found).map(|join| join.to.source()).collect();
            read.extend(more);
        }
        read.contains(&source)
    }

    fn reads_itself(&self, source: Source) -> bool {
        let of_funnel = |step: &FunnelStep| step.axis.source() == source;
        self.needs(&|formula| {
            let of_measure = formula.measure().map(|m| self.measures[m].axis.source());
            let of_stock = match formula {
                Formula::Stock(_, b) => Some(self.stocks[*b].source),
                _ => None,
            };
            [of_measure, of_stock].contains(&Some(source))
                || (is_reached(formula) && self.funnel.steps().any(of_funnel))
                || (is_of_cohort(formula) && self.cohort.axis.source() == source)
        })
    }

    /// Whether such a thing is in the formulas of the asked KPIs, or of bands that they ask for.
    pub fn needs(&self, is: &dyn Fn(&Formula) -> bool) -> bool {
        let rules = self.bands.rules.iter().filter(|_| self.is_banded());
        self.request.kpis.iter().any(|k| Formula::Kpi(*k).any(&self.kpis, is))
            || rules.into_iter().any(|rule| rule.number.any(&self.kpis, is))
    }
}

fn is_reached(formula: &Formula) -> bool {
    matches!(formula, Formula::Reached(_))
}

fn is_of_cohort(formula: &Formula) -> bool {
    matches!(formula, Formula::Retained(..) | Formula::PerEntrant(..))
}

impl Formula {
    /// The measure that stands in its own text.
    fn measure(&self) -> Option<usize> {
        match self {
            Formula::Measure(m) | Formula::Retained(m, _) | Formula::PerEntrant(m, _) => Some(*m),
            _ => None,
        }
    }
}

impl Snapshots {
    fn text(self) -> String {
        match self {
            Snapshots::Plain => String::new(),
            Snapshots::Sparse => " sparse".into(),
            Snapshots::Carry(days) => format!(" carry {days} days"),
        }
    }
}
