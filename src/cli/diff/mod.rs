//! `kpic diff [REV | A..B]`

mod data;
mod json;
mod markdown;
mod report;
mod sides;
mod text;
mod words;

use clap::{Args, ValueEnum};
use kpic::diagnostic::{Diagnostic, Lint, Severity, Sink};
use kpic::lower::SqlTexts;
use kpic::meaning::{self, Class, Queries, Side};
use kpic::model::Model;
use kpic::resolve::{self, Resolved};
use kpic::schema::Lock;
use kpic::source::Sources;
use kpic::template;

use super::execute::Stopped;
use super::git;
use super::project::{Choice, Project};
use super::request::Options;
use super::{Outcome, Stop, output, queries, threads};
use report::{Report, Unsound};
use sides::{Sides, State};

#[derive(Debug, Args)]
#[command(mut_group("Options", |options| options.requires("data")))]
pub struct Arguments {
    /// A revision, compared with the files as they are here; A..B, two of them; A...B, the second one
    /// with what both have in common [default: HEAD]
    #[arg(value_name = "REV | A..B", allow_hyphen_values = true)]
    revisions: Option<String>,
    /// How the changes are shown
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// End with exit code 1 if a change is of this class or worse
    #[arg(long, value_enum, value_name = "CLASS")]
    fail_on: Option<FailOn>,
    /// The environment of kpic.yaml whose time zone and data hold
    #[arg(short, long, value_name = "NAME")]
    env: Option<String>,
    /// Compute both states on the same data, and show which cells moved: of the KPIs named, else of
    /// all that change values
    #[arg(long)]
    data: bool,
    #[command(flatten)]
    request: Options,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum Format {
    #[default]
    Text,
    /// For a comment on a pull request: short first, details folded
    Markdown,
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FailOn {
    /// Something that could be asked for is gone, or has another unit
    Breaking,
    /// A number is another one, or worse
    Values,
}

impl FailOn {
    fn class(self) -> Class {
        match self {
            FailOn::Breaking => Class::Breaks,
            FailOn::Values => Class::Values,
        }
    }
}

/// Shows what changed in meaning.
///
/// # Errors
/// Misuse: no project, no repository, no such revision or environment. A result that cannot be written.
pub fn diff(arguments: &Arguments) -> Result<Outcome, Stop> {
    let revisions = git::revisions(arguments.revisions.as_deref())?;
    let Sides { before, after, mut sources } = sides::read(&revisions)?;
    let now = after.project.choose(arguments.env.as_deref(), None)?;
    // An environment that is new has no former self.
    let then = before.project.choose(arguments.env.as_deref(), None);
    let then = then.or_else(|_| before.project.choose(None, None))?;
    let (old, new) = both((&before.project, then), (&after.project, now), &mut sources);
    let comparison = meaning::compare(old.side(), new.side(), &sources);
    let moved = match arguments.data {
        true => {
            data::is_embedded(now)?;
            let then = data::State { project: &before.project, choice: then, meant: &old };
            let now = data::State { project: &after.project, choice: now, meant: &new };
            match data::moved(arguments, (&then, &now), &comparison, &mut sources) {
                Ok(moved) => Some(moved),
                Err(Stopped::Interrupted) => return Ok(Outcome::Interrupted),
                Err(Stopped::Findings(found)) => {
                    output::findings(&found, &sources);
                    return Ok(Outcome::Findings);
                }
            }
        }
        false => None,
    };
    let report = Report {
        before: &before,
        after: &after,
        comparison: &comparison,
        unsound: [unsound(&before, &old), unsound(&after, &new)],
        sources: &sources,
        moved: moved.as_ref(),
    };
    output::result(&match arguments.format {
        Format::Text => text::text(&report),
        Format::Markdown => markdown::markdown(&report),
        Format::Json => json::json(&report),
    })?;
    let fails = arguments.fail_on.is_some_and(|on| comparison.class() >= Some(on.class()));
    let is_broken = tell(&report);
    Ok(if fails || is_broken { Outcome::Findings } else { Outcome::Done })
}

/// Errors of both states, on stderr; whether the later one has any.
fn tell(report: &Report<'_>) -> bool {
    for unsound in report.unsound.iter().filter(|unsound| !unsound.errors.is_empty()) {
        output::findings(&unsound.errors, report.sources);
        output::note(&unsound.words());
    }
    !report.unsound[1].errors.is_empty()
}

fn unsound<'s>(state: &'s State, meant: &Meant<'_>) -> Unsound<'s> {
    let errors = meant.found.iter().filter(|finding| {
        finding.severity == Severity::Error && Lint::of(finding.code).is_none_or(|lint| !lint.practice)
    });
    Unsound { name: &state.name, errors: errors.cloned().collect() }
}

/// A state with what it means.
pub struct Meant<'p> {
    model: Model<'p>,
    resolved: Resolved,
    queries: Queries,
    texts: SqlTexts,
    found: Vec<Diagnostic>,
}

impl Meant<'_> {
    fn side(&self) -> Side<'_> {
        Side { model: &self.model, resolved: &self.resolved, queries: &self.queries }
    }
}

/// What both states mean, worked out beside each other.
fn both<'p>(
    (before, then): (&'p Project, Choice<'p>),
    (after, now): (&'p Project, Choice<'p>),
    sources: &mut Sources,
) -> (Meant<'p>, Meant<'p>) {
    // Tables that look alike to both; of others no more is known than the definitions say.
    let lock = match (&before.lock, &after.lock) {
        (Ok(Some(old)), Ok(Some(new))) => old.in_common(new),
        _ => Lock::default(),
    };
    let (old, new) = std::thread::scope(|scope| {
        let old = threads::beside(scope, || resolved(before, then, &lock));
        let new = resolved(after, now, &lock);
        (old.join().expect("no definitions make resolving panic"), new)
    });
    (meant(before, then, old, sources), meant(after, now, new, sources))
}

fn resolved<'p>(project: &'p Project, choice: Choice<'p>, lock: &Lock) -> (Model<'p>, Resolved, Sink) {
    let mut sink = Sink::new();
    sink.extend(project.findings.iter().cloned());
    let model = project.model(choice, &mut sink);
    // That a table is in no lock is nothing that changed.
    let catalog = project.known_of(lock, &model, &mut Sink::new());
    let resolved = resolve::resolve(&model, &catalog, &mut sink);
    (model, resolved, sink)
}

fn meant<'p>(
    project: &'p Project,
    choice: Choice<'p>,
    (model, resolved, mut sink): (Model<'p>, Resolved, Sink),
    sources: &mut Sources,
) -> Meant<'p> {
    let texts = queries::texts(&project.home, &model, choice.dialect, sources, &mut sink);
    let queries =
        texts.iter().map(|(name, text)| (name.clone(), template::words(text, choice.dialect))).collect();
    let found = model.lints.apply(sink.into_sorted());
    Meant { resolved, queries, texts, found, model }
}
