//! `kpic check [PATH…]`

mod changed;
mod data;
mod fix;
mod formats;
mod touched;
mod watch;

use std::path::PathBuf;

use clap::Args;
use kpic::diagnostic::{Diagnostic, Lint, Severity};

use super::project::{self, Known, Loaded};
use super::{Outcome, Stop, coverage, output, threads};
use data::Data;
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
    /// Look at the data, too: keys that repeat, rows that find no partner, how new it is
    #[arg(long, conflicts_with = "watch")]
    data: bool,
    /// The environment of kpic.yaml whose time zone and dialect hold
    #[arg(short, long, value_name = "NAME")]
    env: Option<String>,
    /// Only what differs from a git revision, and what depends on it; REV... since the two parted [default: HEAD]
    #[arg(long, value_name = "REV", num_args = 0..=1, default_missing_value = "HEAD")]
    changed: Option<String>,
    /// Mend what carries a replacement, and write the files in their canonical form
    #[arg(long)]
    fix: bool,
    /// Check again whenever a file changes, until Ctrl-C
    #[arg(long, conflicts_with = "fix")]
    watch: bool,
}

/// Shows every finding of every project.
///
/// # Errors
/// Misuse: no project, no such environment or revision. Findings that cannot be written.
pub fn check(arguments: &Arguments) -> Result<Outcome, Stop> {
    if arguments.watch {
        return watch::watch(arguments);
    }
    let mended = match arguments.fix {
        true => fix::mend(arguments)?,
        false => fix::Mended::default(),
    };
    let mut examined = examine(arguments)?;
    let is_written = mended.tell();
    if examined.data.as_ref().is_some_and(|data| data.interrupted) {
        return Ok(Outcome::Interrupted);
    }
    let outcome = show(arguments, &mut examined)?;
    Ok(if is_written { outcome } else { Outcome::Findings })
}

/// What was looked at, and what was found.
#[derive(Debug)]
struct Examined {
    loaded: Loaded,
    found: Vec<Diagnostic>,
    kpis: usize,
    sources: usize,
    /// What the KPIs are for, a text for each project.
    covered: Vec<String>,
    /// Which part of it was asked for, in words.
    part: Option<String>,
    /// What the data is like, if somebody asked.
    data: Option<Data>,
}

fn examine(arguments: &Arguments) -> Result<Examined, Stop> {
    let mut known = Known::default();
    let mut all = Examined {
        loaded: project::load_known(&arguments.paths, arguments.changed.is_some().then_some(&mut known))?,
        found: Vec::new(),
        kpis: 0,
        sources: 0,
        covered: Vec::new(),
        part: None,
        data: arguments.data.then(Data::default),
    };
    let mut parts = Vec::new();
    for project in &all.loaded.projects {
        let choice = project.choose(arguments.env.as_deref(), None)?;
        // git is asked while the definitions are looked at.
        let (before, checked) = std::thread::scope(|scope| {
            let revision = arguments.changed.as_deref();
            let before =
                revision.map(|revision| threads::beside(scope, || changed::before(revision, &project.home)));
            let checked = match &mut all.data {
                Some(data) => data.look(project, choice, &mut all.loaded.sources),
                None => Ok(project.check_all(choice, &mut all.loaded.sources)),
            };
            (before.map(|before| before.join().expect("no repository makes reading panic")), checked)
        });
        let (before, mut checked) = (before.transpose()?.flatten(), checked?);
        all.kpis += checked.resolved.kpis.len();
        all.sources += checked.resolved.sources.len();
        if let Some(revision) = &arguments.changed {
            let sources = &all.loaded.sources;
            let changed = changed::since(revision, before.as_deref(), project, &mut known, sources);
            checked.found.retain(|finding| changed.concerns(finding));
            parts.push(changed.words());
        } else if !checked.found.iter().any(is_unsound) {
            // Of a project with errors, KPIs are missing.
            all.covered.extend(coverage::coverage(&checked.resolved));
        }
        all.found.extend(checked.found);
    }
    all.part = if parts.is_empty() { None } else { Some(parts.join("; ")) };
    Ok(all)
}

/// Shows what was found; whether it fails.
fn show(arguments: &Arguments, examined: &mut Examined) -> Result<Outcome, Stop> {
    let shown = arguments.format.shown(&examined.found, &mut examined.loaded, arguments.strict);
    output::result(&match &examined.data {
        Some(data) => data.beside(shown, arguments.format),
        None => shown,
    })?;
    if arguments.format == Format::Text {
        output::note(&summary(examined));
        examined.covered.iter().for_each(|text| output::note(&format!("\n{}", text.trim_end())));
    }
    let fails = |d: &Diagnostic| arguments.strict || d.severity == Severity::Error;
    Ok(if examined.found.iter().any(fails) { Outcome::Findings } else { Outcome::Done })
}

/// Whether a definition was left out for it.
fn is_unsound(finding: &Diagnostic) -> bool {
    finding.severity == Severity::Error && Lint::of(finding.code).is_none()
}

fn summary(examined: &Examined) -> String {
    let (kpis, sources) = (output::plural(examined.kpis, "KPI"), output::plural(examined.sources, "source"));
    match (output::count(&examined.found), &examined.part) {
        (Some(count), Some(part)) => format!("{count} in {part}"),
        (None, Some(part)) => format!("no findings in {part}"),
        (Some(count), None) => {
            let files: usize = examined.loaded.projects.iter().map(|p| p.read).sum();
            format!("{count} in {}", output::plural(files, "file"))
        }
        (None, None) => format!("{kpis}, {sources}: no findings"),
    }
}
