//! `kpic check [PATH…]`

mod formats;

use std::path::PathBuf;

use clap::Args;
use kpic::diagnostic::{Diagnostic, Lint, Severity};

use super::project::{self, Loaded};
use super::{Outcome, Stop, coverage, output};
use formats::Format;

#[derive(Debug, Args)]
pub struct Arguments {
    /// Files or folders; the projects that hold them are checked whole [default: the current folder]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// How findings are shown
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Fail on warnings too
    #[arg(long)]
    strict: bool,
    /// The environment of kpic.yaml whose time zone and dialect hold
    #[arg(short, long, value_name = "NAME")]
    env: Option<String>,
}

/// Shows every finding of every project.
///
/// # Errors
/// Misuse: no project, no such environment. Findings that cannot be written.
pub fn check(arguments: &Arguments) -> Result<Outcome, Stop> {
    let mut loaded = project::load(&arguments.paths)?;
    let mut found = Vec::new();
    let (mut kpis, mut sources) = (0, 0);
    let mut covered = Vec::new();
    for project in &loaded.projects {
        let choice = project.choose(arguments.env.as_deref(), None)?;
        let checked = project.check_all(choice, &mut loaded.sources);
        kpis += checked.resolved.kpis.len();
        sources += checked.resolved.sources.len();
        // Of a project with errors, KPIs are missing.
        if !checked.found.iter().any(is_unsound) {
            covered.extend(coverage::coverage(&checked.resolved));
        }
        found.extend(checked.found);
    }
    output::result(&arguments.format.shown(&found, &mut loaded, arguments.strict))?;
    if arguments.format == Format::Text {
        output::note(&summary(&found, &loaded, kpis, sources));
        covered.iter().for_each(|text| output::note(&format!("\n{}", text.trim_end())));
    }
    let fails = |d: &Diagnostic| arguments.strict || d.severity == Severity::Error;
    Ok(if found.iter().any(fails) { Outcome::Findings } else { Outcome::Done })
}

/// Whether a definition was left out for it.
fn is_unsound(finding: &Diagnostic) -> bool {
    finding.severity == Severity::Error && Lint::of(finding.code).is_none()
}

fn summary(found: &[Diagnostic], loaded: &Loaded, kpis: usize, sources: usize) -> String {
    match output::count(found) {
        Some(count) => {
            let files: usize = loaded.projects.iter().map(|p| p.read).sum();
            format!("{count} in {}", output::plural(files, "file"))
        }
        None => {
            let (kpis, sources) = (output::plural(kpis, "KPI"), output::plural(sources, "source"));
            format!("{kpis}, {sources}: no findings")
        }
    }
}
