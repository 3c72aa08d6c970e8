//! `kpic test [NAME…]`

mod engine;
mod json;
mod junit;
mod text;

use std::time::{Duration, Instant};

use clap::{Args, ValueEnum};
use kpic::diagnostic::{Diagnostic, Severity, nearest};
use kpic::source::Sources;
use kpic::testing::{Case, Difference};

use super::{Outcome, Stop, output, project};
use engine::Engine;

#[derive(Debug, Args)]
pub struct Arguments {
    /// The tests to run: names, parts of them, or patterns with * and ? [default: all]
    #[arg(value_name = "NAME")]
    names: Vec<String>,
    /// How results are shown
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Print the names of the tests instead of running them
    #[arg(long)]
    list: bool,
    /// Stop at the first test that fails
    #[arg(long)]
    fail_fast: bool,
    /// Look at the invariants of every test: totals, shares, counts
    #[arg(long)]
    invariants: bool,
    /// Show the query of each test that fails
    #[arg(long)]
    show_sql: bool,
    /// The environment of kpic.yaml whose time zone of timestamps holds; its data is not read
    #[arg(short, long, value_name = "NAME")]
    env: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum Format {
    /// For people: the cells that differ
    #[default]
    Text,
    /// One object
    Json,
    /// For CI
    Junit,
}

/// A test that was run.
#[derive(Debug)]
struct Tested<'t, 'a> {
    case: &'t Case<'a>,
    verdict: Verdict,
    /// The query, as far as it came to one.
    sql: Option<String>,
    took: Duration,
}

#[derive(Debug)]
#[cfg_attr(not(feature = "duckdb"), allow(dead_code, reason = "only the engine gives one"))]
enum Verdict {
    Passed,
    /// What came is not what is expected.
    Failed(Vec<Difference>),
    /// Nothing came.
    Broken(Vec<Diagnostic>),
}

impl Tested<'_, '_> {
    fn name(&self) -> &str {
        &self.case.test.header.name.value
    }

    fn label(&self) -> Option<String> {
        self.case.test.header.label.as_ref().map(|label| output::line(label))
    }

    fn has_passed(&self) -> bool {
        matches!(self.verdict, Verdict::Passed)
    }
}

/// All that were run, and how long it took.
#[derive(Debug)]
struct Results<'t, 'a> {
    project: &'t str,
    tests: Vec<Tested<'t, 'a>>,
    /// Those that a stop at the first failure left out.
    left: usize,
    took: Duration,
}

impl Results<'_, '_> {
    fn count(&self, which: impl Fn(&Verdict) -> bool) -> usize {
        self.tests.iter().filter(|test| which(&test.verdict)).count()
    }

    fn failed(&self) -> usize {
        self.count(|verdict| matches!(verdict, Verdict::Failed(_)))
    }

    fn broken(&self) -> usize {
        self.count(|verdict| matches!(verdict, Verdict::Broken(_)))
    }
}

/// Runs the unit tests of the project in the current folder.
///
/// # Errors
/// Misuse: no project, no test of that name. Results that cannot be written.
pub fn test(arguments: &Arguments) -> Result<Outcome, Stop> {
    let (project, mut sources) = project::load_here()?;
    let choice = project.choose(arguments.env.as_deref(), None)?;
    project.with_tests(choice, &mut sources, arguments.invariants, |checked, cases, sources| {
        let errors: Vec<Diagnostic> =
            checked.found.into_iter().filter(|d| d.severity == Severity::Error).collect();
        if let Some(count) = output::count(&errors) {
            output::findings(&errors, sources);
            output::note(&format!("{count}: no test is run before the definitions are sound"));
            return Ok(Outcome::Findings);
        }
        let name = checked.resolved.settings.name;
        chosen(&cases, arguments).and_then(|cases| act(&cases, &name, arguments, sources))
    })
}

fn act(cases: &[&Case<'_>], name: &str, arguments: &Arguments, sources: &Sources) -> Result<Outcome, Stop> {
    if arguments.list {
        output::result(&text::list(cases, sources))?;
        return Ok(Outcome::Done);
    }
    if cases.is_empty() {
        output::note("there is no test; write one beside a KPI: `test NAME { given … when … then … }`");
    }
    let began = Instant::now();
    let (tests, interrupted) = match Engine::open().and_then(|engine| run(&engine, cases, arguments)) {
        Ok(ran) => ran,
        Err(found) => {
            output::findings(&[found], sources);
            return Ok(Outcome::Findings);
        }
    };
    let left = cases.len() - tests.len();
    let results = Results { project: name, tests, left, took: began.elapsed() };
    match arguments.format {
        Format::Text => {
            output::result(&text::failures(&results, sources, arguments.show_sql, output::is_coloured()))?;
            output::note(&text::summary(&results));
        }
        Format::Json => output::result(&json::json(&results, sources))?,
        Format::Junit => output::result(&junit::junit(&results, sources))?,
    }
    Ok(match (interrupted, results.failed() + results.broken()) {
        (true, _) => Outcome::Interrupted,
        (false, 0) => Outcome::Done,
        (false, _) => Outcome::Findings,
    })
}

/// The tests in the order of their definition, and whether somebody stopped them.
fn run<'t, 'a>(
    engine: &Engine,
    cases: &[&'t Case<'a>],
    arguments: &Arguments,
) -> Result<(Vec<Tested<'t, 'a>>, bool), Diagnostic> {
    let mut tests = Vec::new();
    for case in cases {
        let Some(tested) = engine.run(case) else { return Ok((tests, true)) };
        let passed = tested.has_passed();
        tests.push(tested);
        if arguments.fail_fast && !passed {
            break;
        }
    }
    Ok((tests, false))
}

/// The tests that are asked for.
fn chosen<'t, 'a>(cases: &'t [Case<'a>], arguments: &Arguments) -> Result<Vec<&'t Case<'a>>, Stop> {
    let name = |case: &&Case<'a>| case.test.header.name.value.as_str().to_owned();
    for filter in &arguments.names {
        if !cases.iter().any(|case| fits(filter, &name(&case))) {
            let names: Vec<String> = cases.iter().map(|case| name(&case)).collect();
            return Err(Stop::misuse(
                format!("there is no test `{filter}`"),
                match nearest(filter, names.iter().map(String::as_str)) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "`kpic test --list` shows what there is".into(),
                },
            ));
        }
    }
    let asked = |case: &&Case<'a>| {
        arguments.names.is_empty() || arguments.names.iter().any(|filter| fits(filter, &name(case)))
    };
    Ok(cases.iter().filter(asked).collect())
}

/// A part of a name, or a pattern of all of it.
fn fits(filter: &str, name: &str) -> bool {
    match filter.contains(['*', '?', '[']) {
        true => glob::Pattern::new(filter).is_ok_and(|pattern| pattern.matches(name)),
        false => name.contains(filter),
    }
}

/// Where a test stands: file, line, column.
fn place(case: &Case<'_>, sources: &Sources) -> (String, usize, usize) {
    let span = case.test.header.name.span;
    let file = sources.get(span.file);
    let at = file.position(span.start as usize);
    (output::line(&file.path), at.line, at.column)
}

/// The line of a row of a test.
fn line_of(difference: &Difference, sources: &Sources) -> Option<usize> {
    difference.span.map(|span| sources.position(span.file, span.start as usize).line)
}
