//! `kpic explain CODE|LINT|KPI`, and `kpic explain lints`

use clap::{Args, ValueEnum};
use kpic::diagnostic::{Code, Lint, Sink, nearest};
use kpic::explain::{self, Language, Voice};
use kpic::resolve::resolved::{Kpi, Resolved};

use super::lints;
use super::{Outcome, Stop, output, project};

#[derive(Debug, Args)]
pub struct Arguments {
    /// A finding's code, as K0201, a lint's name, `lints` for all of them, or a KPI, objective, dashboard,
    /// event or assertion of the project in the current folder
    #[arg(value_name = "CODE|LINT|NAME")]
    what: String,
    /// The language of the words; that of the project's locale unless said, else English
    #[arg(long, value_enum, value_name = "LANGUAGE")]
    language: Option<Spoken>,
    /// How a definition is shown; pages of codes are Markdown as they are
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Spoken {
    En,
    Fr,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum Format {
    #[default]
    Text,
    Markdown,
    /// One object: facts, parts, what it depends on and what uses it
    Json,
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
    let choice = project.choose(None, None)?;
    let checked = project.check(choice, &mut sources);
    let (model, resolved) = (project.model(choice, &mut Sink::new()), &checked.resolved);
    let voice = voice(arguments, resolved.settings.locale.as_deref());
    let page = match find(resolved, what) {
        Some(kpi) => Some(explain::kpi(kpi, &model, resolved, &sources, &voice)),
        None => explain::purpose(what, &model, resolved, &sources, &voice),
    };
    let page = page.ok_or_else(|| unknown(what, resolved))?;
    output::result(&match arguments.format {
        Format::Text => explain::text(&page),
        Format::Markdown => explain::markdown(&page),
        Format::Json => {
            let json = serde_json::to_string_pretty(&explain::json(&page));
            json.expect("texts always serialise") + "\n"
        }
    })?;
    Ok(Outcome::Done)
}

fn voice(arguments: &Arguments, locale: Option<&str>) -> Voice {
    let asked = arguments.language.map(|language| match language {
        Spoken::En => Language::English,
        Spoken::Fr => Language::French,
    });
    let of_project = || locale.and_then(Language::of_locale);
    Voice::new(asked.or_else(of_project).unwrap_or(Language::English), locale)
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
