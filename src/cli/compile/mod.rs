//! `kpic compile [KPI…] -d DIALECT`

mod dbt;
mod header;
mod names;
mod wanted;

use std::fs;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use header::Header;
use kpic::diagnostic::{Code, Diagnostic, Sink};
use kpic::plan::{self, Plan, Request, Role, Top};
use kpic::source::Sources;
use kpic::syntax::ast;
use kpic::{dialect, lower};

use super::prepare::{self, Ready};
use super::project::Project;
use super::request::Options;
use super::{Outcome, Stop, dump, files, output, project};

#[derive(Debug, Args)]
pub struct Arguments {
    #[command(flatten)]
    request: Options,
    /// The SQL to write [default: the environment's dialect]
    #[arg(short, long, value_parser = clap::builder::PossibleValuesParser::new(dialect::names()))]
    dialect: Option<String>,
    /// The environment of kpic.yaml
    #[arg(short, long, value_name = "NAME")]
    env: Option<String>,
    /// How far to go: what is shown is that stage's result
    #[arg(long, value_enum, default_value_t)]
    stage: Stage,
    /// Write the checks that numbers rely on instead: each counts a source's repeated
    /// keys, or its rows that end before they begin, and must give 0
    #[arg(long, conflicts_with = "stage")]
    key_checks: bool,
    #[command(flatten)]
    wanted: wanted::Wanted,
    /// Write a file for each KPI into this folder
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
    /// Fail on warnings too
    #[arg(long)]
    strict: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum Stage {
    /// The definitions as read
    Ast,
    /// The definitions by their ids
    Model,
    /// What is to be computed
    Plan,
    /// The query
    #[default]
    Sql,
}

/// Writes the SQL of a request.
///
/// # Errors
/// Misuse; a result that cannot be written.
pub fn compile(arguments: &Arguments) -> Result<Outcome, Stop> {
    arguments.wanted.are_sound(arguments.out.is_some(), arguments.key_checks)?;
    let (project, mut sources) = project::load_here()?;
    if arguments.stage == Stage::Ast {
        return ast(arguments, &project, &sources);
    }
    let choice = project.choose(arguments.env.as_deref(), arguments.dialect.as_deref())?;
    if arguments.stage == Stage::Model {
        let mut sink = Sink::new();
        output::result(&dump::readable(&format!("{:#?}", project.model(choice, &mut sink))))?;
        return Ok(Outcome::Done);
    }
    let checked = project.check(choice, &mut sources);
    let Some(mut ready) =
        prepare::ready(&project, checked, choice, &arguments.request.slices(), arguments.strict, &sources)
    else {
        return Ok(Outcome::Findings);
    };
    if arguments.request.asserts {
        ready.resolved = ready.resolved.with_assertions();
    }
    let mut sink = Sink::new();
    let request = arguments.request.request_of_days(&ready.resolved, &mut sources, &mut sink);
    let found = sink.into_sorted();
    let texts = match found.is_empty() {
        true => texts(arguments, &ready, &request, &sources),
        false => Err(found),
    };
    match texts {
        Ok(texts) => write(arguments, &texts, &sources),
        Err(found) => Ok(shown(&found, &sources)),
    }
}

fn shown(found: &[Diagnostic], sources: &Sources) -> Outcome {
    output::findings(found, sources);
    Outcome::Findings
}

fn ast(arguments: &Arguments, project: &Project, sources: &Sources) -> Result<Outcome, Stop> {
    let asked = |item: &&ast::Item| match item {
        ast::Item::Kpi(kpi) => arguments.request.kpis.contains(&kpi.header.name.value),
        _ => false,
    };
    let items: Vec<&ast::Item> = project.files.iter().flat_map(|file| &file.items).collect();
    let items = match arguments.request.kpis.is_empty() {
        true => items,
        false => items.into_iter().filter(asked).collect(),
    };
    output::result(&dump::readable(&format!("{items:#?}")))?;
    if project.findings.is_empty() {
        return Ok(Outcome::Done);
    }
    Ok(shown(&project.findings, sources))
}

/// The name of each file and what it holds; one text for stdout.
type Texts = Vec<(String, String)>;

fn texts(
    arguments: &Arguments,
    ready: &Ready,
    request: &Request,
    sources: &Sources,
) -> Result<Texts, Vec<Diagnostic>> {
    let plan = plan::plan(&ready.resolved, request)?;
    let ending = if arguments.stage == Stage::Plan { "txt" } else { "sql" };
    if arguments.out.is_none() {
        let name = arguments.wanted.name(&plan)?;
        return Ok(vec![(String::new(), text(arguments, ready, sources, (request, &plan), &name)?)]);
    }
    let mut texts = Texts::new();
    let mut models = Vec::new();
    let mut found = Vec::new();
    // Members keep the places that they have together.
    let by = plan.outputs.first().map(|output| output.kpi.clone());
    let top = request.top.clone().map(|top| Top { by: top.by.or(by), ..top });
    let kpis: Vec<_> = plan.outputs.iter().filter(|output| output.role == Role::Value).collect();
    let files = names::of_files(kpis.iter().map(|output| output.kpi.as_str()))?;
    for (output, file) in kpis.into_iter().zip(files) {
        let request = Request { top: top.clone(), ..request.clone() };
        let alone = Request { kpis: vec![output.kpi.clone()], ..request };
        let name = arguments.wanted.name_of(&output.kpi);
        let text = plan::plan(&ready.resolved, &alone).and_then(|plan| {
            let text = text(arguments, ready, sources, (&alone, &plan), &name)?;
            models.push(dbt::model(&file, &ready.resolved, &plan, ready.dialect));
            Ok(text)
        });
        match text {
            Ok(text) => texts.push((format!("{file}.{ending}"), text)),
            Err(errors) => found.extend(errors),
        }
    }
    if arguments.wanted.is_dbt() {
        texts.push((dbt::FILE.to_string(), dbt::properties(models)));
    }
    if found.is_empty() { Ok(texts) } else { Err(found) }
}

fn text(
    arguments: &Arguments,
    ready: &Ready,
    sources: &Sources,
    (request, plan): (&Request, &Plan),
    name: &[String],
) -> Result<String, Vec<Diagnostic>> {
    if arguments.key_checks {
        return checks(ready, plan);
    }
    if arguments.stage == Stage::Plan {
        return Ok(dump::readable(&format!("{plan:#?}")));
    }
    let days = arguments.wanted.days(request).map_err(|error| vec![error])?;
    let chosen = arguments.wanted.chosen(days.as_ref().and_then(|days| days.last().copied()));
    let lowered = |plan: &Plan| {
        let abilities = ready.dialect.capabilities();
        lower::lower_chosen(&ready.resolved, plan, &ready.texts, abilities, chosen.as_ref())
    };
    let query = match &days {
        None => lowered(plan)?,
        Some(days) => lower::known_on_any_day(days, &mut |day| {
            let request = Request { as_of: Some(day.into()), ..request.clone() };
            lowered(&plan::plan(&ready.resolved, &request)?)
        })?,
    };
    let header = Header { ready, plan, sources, days: request.as_of_among };
    arguments.wanted.write(&query, ready.dialect, name, &header)
}

fn checks(ready: &Ready, plan: &Plan) -> Result<String, Vec<Diagnostic>> {
    let mut texts = String::new();
    for check in lower::key_checks(&ready.resolved, plan, &ready.texts).map_err(|e| vec![e])? {
        let source = output::line(&check.source);
        let query = dialect::print(&check.query, ready.dialect)?;
        let what = match check.of_versions {
            false => format!("keys of {source} that stand in more than one row"),
            true => format!("versions of {source} that start while the one before holds"),
        };
        texts.push_str(&format!("-- {what}: must be 0\n{query};\n"));
    }
    for check in lower::interval_checks(&ready.resolved, plan, &ready.texts).map_err(|e| vec![e])? {
        let source = output::line(&check.source);
        let query = dialect::print(&check.query, ready.dialect)?;
        texts.push_str(&format!("-- rows of {source} that end before they begin: must be 0\n{query};\n"));
    }
    for check in lower::rate_checks(&ready.resolved, plan, &ready.texts).map_err(|e| vec![e])? {
        let (source, measure) = (output::line(&check.source), output::line(&check.measure));
        let query = dialect::print(&check.query, ready.dialect)?;
        texts.push_str(&format!("-- amounts of {source} in {measure} without a rate: must be 0\n{query};\n"));
    }
    Ok(texts)
}

fn write(arguments: &Arguments, texts: &Texts, sources: &Sources) -> Result<Outcome, Stop> {
    let Some(folder) = &arguments.out else {
        output::result(&texts.iter().map(|(_, text)| text.as_str()).collect::<String>())?;
        return Ok(Outcome::Done);
    };
    match files_in(folder, texts) {
        Ok(()) => {
            let count = output::plural(texts.len(), "file");
            output::note(&format!("{count} written to {}", folder.display()));
            Ok(Outcome::Done)
        }
        Err(finding) => Ok(shown(&[finding], sources)),
    }
}

fn files_in(folder: &Path, texts: &Texts) -> Result<(), Diagnostic> {
    fs::create_dir_all(folder).map_err(|error| {
        Diagnostic::general(Code::Unreadable, format!("`{}` cannot be made: {error}", folder.display()))
    })?;
    let files: Vec<_> = texts.iter().map(|(name, text)| (folder.join(name), text.as_bytes())).collect();
    files::write_all(&files)
}
