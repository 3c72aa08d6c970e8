//! Which KPIs a list is about: those of a tag, an owner, a stage, an objective, a source.

use std::collections::{BTreeSet, HashMap};

use clap::Args;
use kpic::diagnostic::nearest;
use kpic::lineage::{Direction, Graph, Kind, Part};
use kpic::resolve::resolved::{Kpi, Resolved};

use super::{Stop, output};

/// Options given twice widen the list, different ones narrow it.
#[derive(Debug, Args)]
pub struct Wanted {
    /// Only KPIs with this tag
    #[arg(long, value_name = "TAG")]
    tag: Vec<String>,
    /// Only those that this owner answers for
    #[arg(long, value_name = "OWNER")]
    owner: Vec<String>,
    /// Only those of this stage, their own or that of their objectives
    #[arg(long, value_name = "STAGE")]
    stage: Vec<String>,
    /// Only those of this objective
    #[arg(long, value_name = "OBJECTIVE")]
    objective: Vec<String>,
    /// Only those that read this source, through other KPIs, too
    #[arg(long, value_name = "SOURCE")]
    source: Vec<String>,
}

/// What a KPI is found by.
#[derive(Debug)]
pub struct Found<'a> {
    pub owner: Option<&'a str>,
    pub tags: Vec<&'a str>,
    pub stages: Vec<&'a str>,
    pub objectives: Vec<&'a str>,
    pub sources: Vec<String>,
}

impl Wanted {
    /// Whether a KPI is asked for.
    pub fn takes(&self, found: &Found<'_>) -> bool {
        let has = |asked: &[String], has: &dyn Fn(&str) -> bool| {
            asked.is_empty() || asked.iter().any(|name| has(name))
        };
        has(&self.tag, &|name| found.tags.contains(&name))
            && has(&self.owner, &|name| found.owner == Some(name))
            && has(&self.stage, &|name| found.stages.contains(&name))
            && has(&self.objective, &|name| found.objectives.contains(&name))
            && has(&self.source, &|name| found.sources.iter().any(|source| source == name))
    }

    /// Whether anything is asked for, so that what has no KPI is not listed.
    pub fn is_some(&self) -> bool {
        [&self.tag, &self.owner, &self.stage, &self.objective, &self.source].iter().any(|a| !a.is_empty())
    }

    /// Names that the project does not have are slips of the pen.
    ///
    /// # Errors
    /// Misuse: a name that nothing has.
    pub fn check(&self, resolved: &Resolved, found: &HashMap<&str, Found<'_>>) -> Result<(), Stop> {
        let of = |names: &dyn Fn(&Found<'_>) -> Vec<String>| -> BTreeSet<String> {
            found.values().flat_map(names).collect()
        };
        let owned = |names: &[&str]| names.iter().map(|name| (*name).to_string()).collect::<Vec<_>>();
        let owners = of(&|found| owned(found.owner.as_slice()));
        let stages = resolved.settings.stages.iter().cloned();
        let stages = of(&|found| owned(&found.stages)).into_iter().chain(stages).collect();
        let objectives = resolved.objectives.keys().cloned();
        let objectives = of(&|found| owned(&found.objectives)).into_iter().chain(objectives).collect();
        known("tag", &self.tag, &of(&|found| owned(&found.tags)))?;
        known("owner", &self.owner, &owners)?;
        known("stage", &self.stage, &stages)?;
        known("objective", &self.objective, &objectives)?;
        known("source", &self.source, &resolved.sources.keys().cloned().collect())
    }
}

fn known(what: &str, asked: &[String], known: &BTreeSet<String>) -> Result<(), Stop> {
    let Some(name) = asked.iter().find(|name| !known.contains(*name)) else { return Ok(()) };
    let shown: Vec<String> = known.iter().take(10).map(|name| output::line(name)).collect();
    let help = match nearest(name, known.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None if shown.is_empty() => format!("no KPI of the project has any {what}"),
        None => format!("the project has: {}", shown.join(", ")),
    };
    Err(Stop::misuse(format!("no KPI has the {what} `{name}`"), help))
}

/// What each KPI is found by, by its id.
pub fn found<'a>(resolved: &'a Resolved, graph: &Graph) -> HashMap<&'a str, Found<'a>> {
    let objectives = resolved.objectives_by_kpi();
    let of = |kpi: &'a Kpi| Found {
        owner: kpi.owner(),
        tags: kpi.tags().collect(),
        stages: resolved.stages_of(kpi, &objectives),
        objectives: objectives.get(kpi.id.as_str()).cloned().unwrap_or_default(),
        sources: sources(graph, kpi),
    };
    resolved.kpis.values().map(|kpi| (kpi.id.as_str(), of(kpi))).collect()
}

/// The sources that a KPI reads.
fn sources(graph: &Graph, kpi: &Kpi) -> Vec<String> {
    let starts = graph.kpi(&kpi.id).into_iter().collect();
    let part = Part { graph, starts, directions: vec![Direction::Down], depth: None };
    let nodes = part.chosen().nodes.into_iter().map(|node| graph.node(node));
    nodes.filter(|node| node.kind == Kind::Source).map(|node| node.called().to_string()).collect()
}
