//! `kpic lineage`

use clap::{Args, ValueEnum};
use kpic::diagnostic::{Severity, Sink, nearest};
use kpic::lineage::{self, Direction, Graph, Part};

use super::{Outcome, Stop, output, project};

#[derive(Debug, Args)]
pub struct Arguments {
    /// KPIs, or anything else: `revenue`, `orders.channel`, `shop.orders.amount`, `dashboard:sales`;
    /// none: the whole project
    #[arg(value_name = "NAME")]
    names: Vec<String>,
    /// Only what reads it, up to dashboards and objectives
    #[arg(long)]
    up: bool,
    /// Only what it reads, down to the columns of tables
    #[arg(long)]
    down: bool,
    /// So many steps and no further
    #[arg(long, value_name = "STEPS")]
    depth: Option<usize>,
    /// How the graph is shown
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum Format {
    #[default]
    Text,
    /// Nodes and edges
    Json,
    /// A flowchart for Markdown
    Mermaid,
    /// For Graphviz
    Dot,
}

/// Shows what numbers are made of, and what is made of them.
///
/// # Errors
/// Misuse: no project, a name that nothing has. A graph that cannot be written.
pub fn lineage(arguments: &Arguments) -> Result<Outcome, Stop> {
    let (project, mut sources) = project::load_here()?;
    let choice = project.choose(None, None)?;
    let checked = project.check(choice, &mut sources);
    let model = project.model(choice, &mut Sink::new());
    let graph = Graph::of(&model, &checked.resolved);
    let mut starts = Vec::new();
    for name in &arguments.names {
        let found = graph.named(name);
        if found.is_empty() {
            return Err(unknown(&graph, name));
        }
        starts.extend(found.into_iter().filter(|node| !starts.contains(node)).collect::<Vec<_>>());
    }
    let directions = match (arguments.up, arguments.down) {
        (true, false) => vec![Direction::Up],
        (false, true) => vec![Direction::Down],
        (true, true) | (false, false) => vec![Direction::Down, Direction::Up],
    };
    let part = Part { graph: &graph, starts, directions, depth: arguments.depth };
    output::result(&match arguments.format {
        Format::Text => lineage::text(&part),
        Format::Mermaid => lineage::mermaid(&part),
        Format::Dot => lineage::dot(&part),
        Format::Json => {
            let json = lineage::json(&part, &sources);
            serde_json::to_string_pretty(&json).expect("texts always serialise") + "\n"
        }
    })?;
    let errors: Vec<_> = checked.found.into_iter().filter(|d| d.severity == Severity::Error).collect();
    match output::count(&errors) {
        Some(count) => {
            output::note(&format!("{count}: what they are about is not shown; `kpic check` says more"));
            Ok(Outcome::Findings)
        }
        None => Ok(Outcome::Done),
    }
}

fn unknown(graph: &Graph, name: &str) -> Stop {
    let help = match nearest(name, graph.names()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "name a KPI, or a column as `orders.amount`; what has errors is not known".into(),
    };
    Stop::misuse(format!("nothing is called `{name}`"), help)
}
