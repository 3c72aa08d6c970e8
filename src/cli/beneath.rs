//! What a KPI is computed from: KPIs, measures, stocks, funnels and cohorts, down to
//! tables and times.

use std::fmt::Write;

use kpic::resolve::resolved::{
    Axis, AxisKind, Balance, Existence, Kpi, Number, NumberLeaf, Resolved, Row, Snapshot, StepTime,
};
use kpic::syntax::ast::{self, Item, KpiProperty, Relation};
use kpic::syntax::format;

use super::output::{line, plural};
use super::project::Project;
use super::words::{spelt, version};

/// What stands beneath a KPI, a paragraph each.
pub fn of(kpi: &Kpi, resolved: &Resolved, project: &Project) -> String {
    let mut beneath = Vec::new();
    reach(&kpi.value, resolved, &mut beneath);
    // The KPIs first: they are nearest to the formula.
    beneath.sort_by_key(|part| !matches!(part, Part::Kpi(_)));
    let mut lineage = Lineage { resolved, project, out: String::new() };
    for part in &beneath {
        lineage.part(part, &beneath);
    }
    lineage.out
}

/// Something that a formula leads to.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Part<'a> {
    Kpi(&'a str),
    Measure(&'a str),
    /// Read in a period, or (`None`) at every instant.
    Stock(&'a str, Option<Balance>),
    Funnel(&'a str),
    Cohort(&'a str),
}

/// The parts beneath a formula, each once, in the order met.
fn reach<'a>(number: &'a Number, resolved: &'a Resolved, found: &mut Vec<Part<'a>>) {
    let mut leaves = Vec::new();
    number.leaves(&mut |leaf| leaves.push(leaf));
    for leaf in leaves {
        let parts = match leaf {
            NumberLeaf::Kpi(id) | NumberLeaf::Attainment(id) => {
                if !found.contains(&Part::Kpi(id)) {
                    found.push(Part::Kpi(id));
                    resolved.kpis.get(id).into_iter().for_each(|kpi| reach(&kpi.value, resolved, found));
                }
                vec![]
            }
            NumberLeaf::Measure(id) => vec![Part::Measure(id)],
            NumberLeaf::Stock(id, balance) => vec![Part::Stock(id, Some(*balance))],
            NumberLeaf::TimeShare(share) => {
                let mut stocks = Vec::new();
                share.condition.leaves(&mut |existing| stocks.push(Part::Stock(&existing.stock, None)));
                stocks
            }
            NumberLeaf::Step(funnel, _)
            | NumberLeaf::EachStep(funnel, _)
            | NumberLeaf::StepTime(StepTime { funnel, .. }) => vec![Part::Funnel(funnel)],
            NumberLeaf::Entrants(entrants) => {
                vec![Part::Cohort(&entrants.cohort), Part::Measure(&entrants.measure)]
            }
            NumberLeaf::OverPeriods(of) => {
                reach(&of.value, resolved, found);
                vec![]
            }
            NumberLeaf::Versions(versions) => {
                versions.iter().for_each(|version| reach(&version.value, resolved, found));
                vec![]
            }
            NumberLeaf::PerMember(per) => {
                let numbers = per.values.iter().chain(&per.having).chain(&per.members_of);
                numbers.for_each(|n| reach(n, resolved, found));
                vec![]
            }
            NumberLeaf::Restrict(value, _)
            | NumberLeaf::Total(value, _)
            | NumberLeaf::Previous(value, _)
            | NumberLeaf::Window(value, _)
            | NumberLeaf::Rank(value, _) => {
                reach(value, resolved, found);
                vec![]
            }
        };
        for part in parts {
            if !found.contains(&part) {
                found.push(part);
            }
        }
    }
}

struct Lineage<'a> {
    resolved: &'a Resolved,
    project: &'a Project,
    out: String,
}

impl<'a> Lineage<'a> {
    fn say(&mut self, indent: usize, text: &str) {
        writeln!(self.out, "{:indent$}{text}", "").expect("writing to a String does not fail");
    }

    fn part(&mut self, part: &Part<'_>, all: &[Part<'_>]) {
        match part {
            Part::Kpi(id) => self.kpi(id),
            Part::Measure(id) => self.measure(id),
            Part::Stock(id, balance) => {
                let of = |other: &Part<'_>| match other {
                    Part::Stock(same, balance) if same == id => Some(*balance),
                    _ => None,
                };
                let readings: Vec<Option<Balance>> = all.iter().filter_map(of).collect();
                // Every reading of a stock is told with its first one.
                if readings.first() == Some(balance) {
                    self.stock(id, &readings);
                }
            }
            Part::Funnel(id) => self.funnel(id),
            Part::Cohort(id) => self.cohort(id),
        }
    }

    fn kpi(&mut self, id: &str) {
        let Some(kpi) = self.resolved.kpis.get(id) else { return };
        let mut text = match &kpi.definition.value {
            Some(formula) => format!("KPI {} = {}", line(id), spelt(formula)),
            None => format!("KPI {} is the measure of that name", line(id)),
        };
        let waits = kpi.definition.properties.iter().find_map(|property| match &property.value {
            KpiProperty::Settled(wait) => Some(spelt(wait)),
            _ => None,
        });
        if let Some(wait) = waits {
            text += &format!(", settled {wait}");
        }
        let time = kpi.definition.properties.iter().map(|property| &property.value);
        for effective in time.filter(|property| matches!(property, KpiProperty::Effective { .. })) {
            text += &format!(", {}", line(&format::property(effective)));
        }
        self.say(0, "");
        self.say(2, &text);
        for earlier in kpi.earlier.iter().rev() {
            self.say(4, &format!("earlier: {}", version(earlier)));
        }
    }

    fn measure(&mut self, id: &str) {
        let Some(measure) = self.resolved.measures.get(id) else { return };
        let Some(source) = self.source(&measure.source) else { return };
        let Some(def) = source.measures.iter().find(|m| m.header.name.value == id) else { return };
        self.say(0, "");
        self.say(2, &format!("measure {} = {}", line(id), aggregate(def)));
        self.rows(source);
        self.joins(source, measure.aggregate.rows().into_iter().chain(&measure.filter));
        self.say(4, &format!("time {}", axis(&measure.axis)));
    }

    /// What the rows of a source look up, each join once.
    fn joins<'r>(&mut self, source: &'a ast::Source, rows: impl Iterator<Item = &'r Row>) {
        let mut paths: Vec<Vec<String>> = Vec::new();
        for row in rows {
            row.leaves(&mut |column| {
                for path in (1..=column.path.len()).map(|n| column.path[..n].to_vec()) {
                    if !paths.contains(&path) {
                        paths.push(path);
                    }
                }
            });
        }
        for path in &paths {
            self.join(source, path);
        }
    }

    fn join(&mut self, source: &'a ast::Source, path: &[String]) {
        let mut at = source;
        let mut found = None;
        for name in path {
            let Some(join) = at.joins.iter().find(|join| join.header.name.value == *name) else { return };
            let Some(target) = self.source(&join.source.value) else { return };
            (at, found) = (target, Some(join));
        }
        let Some(join) = found else { return };
        let valid = at.valid.as_ref().map(|valid| {
            let (from, until) = (&valid.value.from.name.value, &valid.value.until.name.value);
            format!(", the version valid from {} until {}", line(from), line(until))
        });
        let text = line(&format::lookup(join));
        self.say(4, &format!("join {}: {text}{}", line(&path.join(".")), valid.unwrap_or_default()));
    }

    fn stock(&mut self, id: &str, readings: &[Option<Balance>]) {
        let Some(stock) = self.resolved.stocks.get(id) else { return };
        let Some(source) = self.source(&stock.source) else { return };
        let Some(def) = source.stocks.iter().find(|m| m.header.name.value == id) else { return };
        self.say(0, "");
        self.say(2, &format!("stock {} = {}", line(id), aggregate(def)));
        self.rows(source);
        self.joins(source, stock.aggregate.rows().into_iter().chain(&stock.filter));
        self.say(4, &existence(&stock.exists, source));
        let readings: Vec<&str> = readings
            .iter()
            .map(|balance| match balance {
                Some(Balance::Opening) => "when the period begins",
                Some(Balance::Closing) => "when the period ends",
                Some(Balance::Mean) => "at the end of each of its days, for their mean",
                None => "at every instant of the period",
            })
            .collect();
        self.say(4, &format!("read {}", readings.join("; and ")));
    }

    fn funnel(&mut self, id: &str) {
        let Some(funnel) = self.resolved.funnels.get(id) else { return };
        let def = self.items().find_map(|item| match item {
            Item::Funnel(def) if def.header.name.value == id => Some(def),
            _ => None,
        });
        let Some(def) = def else { return };
        let within = funnel.within.map(|within| format!(", within {within} of the first step"));
        self.say(0, "");
        self.say(
            2,
            &format!(
                "funnel {} of each {}{}",
                line(id),
                line(&funnel.entity),
                within.as_deref().unwrap_or_default()
            ),
        );
        for (step, def) in funnel.steps.iter().zip(&def.steps) {
            let filter = def.filter.as_ref().map(|filter| format!(" where {}", spelt(filter)));
            self.say(4, &format!("step {}{}", line(&step.id), filter.unwrap_or_default()));
            if let Some(source) = self.source(&step.source) {
                self.say(6, &from(source));
                self.kept(6, source);
            }
            self.say(6, &format!("time {}", axis(&step.axis)));
        }
    }

    fn cohort(&mut self, id: &str) {
        let Some(cohort) = self.resolved.cohorts.get(id) else { return };
        self.say(0, "");
        self.say(2, &format!("cohort {}: each {} enters with its first row", line(id), line(&cohort.entity)));
        if let Some(source) = self.source(&cohort.source) {
            self.rows(source);
        }
        self.say(4, &format!("time {}", axis(&cohort.axis)));
    }

    fn rows(&mut self, source: &ast::Source) {
        self.say(4, &from(source));
        self.kept(4, source);
    }

    fn kept(&mut self, indent: usize, source: &ast::Source) {
        if let Some(rows) = &source.rows {
            self.say(indent, &format!("rows where {}", spelt(&rows.value)));
        }
    }

    fn items(&self) -> impl Iterator<Item = &'a Item> + use<'a> {
        self.project.files.iter().flat_map(|file| &file.items)
    }

    fn source(&self, name: &str) -> Option<&'a ast::Source> {
        self.items().find_map(|item| match item {
            Item::Source(source) if source.header.name.value == name => Some(source.as_ref()),
            _ => None,
        })
    }
}

fn aggregate(def: &ast::Measure) -> String {
    let filter = def.filter.as_ref().map(|f| format!(" where {}", spelt(f)));
    format!("{}{}", spelt(&def.value), filter.unwrap_or_default())
}

fn from(source: &ast::Source) -> String {
    let relation = match source.relation.as_ref().map(|r| &r.value) {
        None => "no table yet".into(),
        Some(Relation::Table(parts)) => {
            let parts: Vec<String> = parts.iter().map(|p| line(p)).collect();
            format!("table {}", parts.join("."))
        }
        Some(Relation::File(path)) => format!("file {}", line(path)),
        Some(Relation::Sql(path)) => format!("query {}", line(path)),
    };
    format!("source {} ({relation})", line(&source.header.name.value))
}

/// When rows exist.
fn existence(exists: &Existence, source: &ast::Source) -> String {
    match exists {
        Existence::Interval { from, until } if from.kind == until.kind => {
            format!("a row exists from {} until {}, {}", column(from), column(until), kind(from))
        }
        Existence::Interval { from, until } => {
            let (a, b) = (kind(from), kind(until));
            format!("a row exists from {} ({a}) until {} ({b})", column(from), column(until))
        }
        Existence::Snapshot(snapshot) if snapshot.sparse.is_some() => {
            let key = source.key.iter().flat_map(|key| &key.value);
            let day = &snapshot.day.column;
            let key: Vec<String> =
                key.filter(|name| name.value != day.column).map(|name| line(name)).collect();
            format!("a row exists from {}, until the next one of its {}", axis(&snapshot.day), key.join(", "))
        }
        Existence::Snapshot(snapshot) => {
            let exists = format!("rows exist on the day of their snapshot: {}", axis(&snapshot.day));
            exists + &carried(snapshot)
        }
        Existence::Timeless => "rows exist at any time".into(),
    }
}

fn carried(snapshot: &Snapshot) -> String {
    match usize::try_from(snapshot.carry) {
        Ok(0) | Err(_) => String::new(),
        Ok(days) => format!("; and {} longer, unless there is a newer one", plural(days, "day")),
    }
}

fn axis(axis: &Axis) -> String {
    format!("{}, {}", column(axis), kind(axis))
}

fn column(axis: &Axis) -> String {
    let path: Vec<&str> = axis.column.path.iter().chain([&axis.column.column]).map(String::as_str).collect();
    line(&path.join("."))
}

fn kind(axis: &Axis) -> String {
    match &axis.kind {
        AxisKind::Date => "a day".into(),
        AxisKind::Timestamp { zone } => format!("read in {}", line(zone)),
        AxisKind::Instant => "an instant".into(),
    }
}
