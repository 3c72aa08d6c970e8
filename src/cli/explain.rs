//! `kpic explain CODE|LINT|KPI`, and `kpic explain lints`

use clap::Args;
use kpic::diagnostic::{Code, Lint, nearest};
use kpic::resolve::resolved::{Kpi, Resolved};

use super::{Outcome, Stop, output, project};
use super::{lints, purpose, words};

#[derive(Debug, Args)]
pub struct Arguments {
    /// A finding's code, as K0201, a lint's name, `lints` for all of them, or a KPI, objective, dashboard,
    /// event or assertion of the project in the current folder
    #[arg(value_name = "CODE|LINT|NAME")]
    what: String,
}

/// Prints a code's page, the lints, or what a KPI is and where its numbers come from.
///
/// # Errors
/// Misuse: a code that does not exist, a KPI that the project does not define.
pub fn explain(arguments: &Arguments) -> Result<Outcome, Stop> {
    let what = arguments.what.as_str();
    if what == "lints" {
        output::result(&lints::table(&lints::of_project()))?;
        return Ok(Outcome::Done);
    }
    let lint = Lint::named(what);
    if let Some(code) = lint.map(|lint| lint.code).or_else(|| what.parse().ok()) {
        output::result(code.page())?;
        output::result(&lint.map(lints::note).unwrap_or_default())?;
        return Ok(Outcome::Done);
    }
    if looks_like_a_code(what) {
        return Err(unknown_code(what));
    }
    let (project, mut sources) = project::load_here()?;
    let checked = project.check(project.choose(None, None)?, &mut sources);
    let resolved = &checked.resolved;
    let page = match find(resolved, what) {
        Some(kpi) => Some(words::kpi(kpi, resolved, &project, &sources)),
        None => purpose::explained(what, resolved, &project, &sources),
    };
    output::result(&page.ok_or_else(|| unknown(what, resolved))?)?;
    Ok(Outcome::Done)
}

fn looks_like_a_code(what: &str) -> bool {
    what.strip_prefix(['K', 'k']).is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
}

fn unknown_code(what: &str) -> Stop {
    let help = match nearest(what, Code::ALL.iter().map(|c| c.id())) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "codes stand in the brackets of findings: `error[K0201]`".into(),
    };
    Stop::misuse(format!("there is no code `{what}`"), help)
}

/// A KPI by its id or one of its other names.
pub fn find<'a>(resolved: &'a Resolved, name: &str) -> Option<&'a Kpi> {
    resolved.kpis.get(name).or_else(|| resolved.kpis.values().find(|k| k.aliases().any(|a| a == name)))
}

fn unknown(what: &str, resolved: &Resolved) -> Stop {
    let kpis = resolved.kpis.values().flat_map(|k| k.aliases().chain([k.id.as_str()]));
    let purposes = resolved.objectives.keys().chain(resolved.dashboards.keys());
    let others = purposes.chain(resolved.events.keys()).chain(resolved.assertions.keys());
    let help = match nearest(what, kpis.chain(others.map(String::as_str))) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`kpic list` shows the KPIs; one with errors is not among them".into(),
    };
    Stop::misuse(format!("there is no KPI `{what}`"), help)
}
