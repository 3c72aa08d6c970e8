//! A request computed on the embedded engine.
//!
//! Opens it on what the environment names, asks for the columns that the data has
//! and checks the definitions against them, checks that joined keys are unique and
//! that no interval runs backwards, and then computes.

use indexmap::{IndexMap, IndexSet};
use kpic::diagnostic::{Code, Diagnostic, Severity, Sink};
use kpic::dialect;
use kpic::lower::{self, SqlTexts};
use kpic::plan::{self, Plan, Request, Role};
use kpic::report::{self, Line, Sheet};
use kpic::resolve::{Catalog, Resolved};
use kpic::run::{Access, Failure, Rows, Session, Value};
use kpic::source::Sources;
use kpic::sql::{self, Table};
use kpic::syntax::ast::{ColumnType, Date, PeriodKind};

use super::bind;
use super::interrupt::on_ctrl_c;
use super::progress::Progress;
use super::{Asked, Computed, Limits, Stopped};
use crate::cli::prepare::{self, Ready};
use crate::cli::project::{Checked, Choice, Project};
use crate::cli::run::Shape;
use crate::cli::{files, output};

/// The result.
///
/// # Errors
/// What the data, the request or the engine is wrong about; an interruption.
pub fn execute(
    project: &Project,
    choice: Choice<'_>,
    mut ready: Ready,
    asked: &Asked<'_>,
    sources: &mut Sources,
) -> Result<Computed, Stopped> {
    let spill = tempfile::tempdir().map_err(|error| unwritable(&error))?;
    let mut access =
        bind::access(project, choice.environment, &mut ready.resolved, asked.limits, spill.path())?;
    let beside = asked.parquet.map(files::beside).transpose()?;
    access.output = beside.as_ref().map(|file| file.path().to_path_buf());
    // Users' queries name files as seen from the project's folder.
    std::env::set_current_dir(&project.home.root).map_err(|error| unwritable(&error))?;
    let run = Run::open(&access, &ready.texts)?;

    let wanted = request(asked, &ready.resolved, sources)?;
    let read = sources_read(&ready.resolved, &wanted)?;
    let catalog = run.catalog(&ready.resolved, &read)?;
    let (resolved, found) = project.check_columns(choice, &catalog);
    new_findings(&found, &ready, asked.strict, sources)?;
    ready.resolved = prepare::bound(resolved, choice.environment);
    if asked.options.asserts {
        ready.resolved = ready.resolved.with_assertions();
    }
    bind::access(project, choice.environment, &mut ready.resolved, asked.limits, spill.path())?;

    let mut wanted = request(asked, &ready.resolved, sources)?;
    run.bound(&ready.resolved, &mut wanted)?;
    let plan = plan::plan(&ready.resolved, &wanted)?;
    run.check_keys(&ready.resolved, &plan)?;
    run.check_rates(&ready.resolved, &plan)?;
    let backward = project.levelled(run.backward(project, &ready.resolved, &plan)?);
    new_findings(&backward, &ready, asked.strict, sources)?;
    let count = plan.outputs.iter().filter(|output| output.role == Role::Value).count();
    run.progress.say(format!("computing {}", output::plural(count, "KPI")));
    let query = lower::lower(&ready.resolved, &plan, &ready.texts, dialect::EMBEDDED.capabilities())?;
    let text = dialect::print(&query, dialect::EMBEDDED)?;
    let found = |rows: &Rows| report::found(&plan, rows, asked.statuses);
    let Some(out) = asked.parquet else {
        let rows = run.query(&text)?;
        let mut sheet = sheet(asked.shape, &plan, &rows);
        sheet.context = report::context(&ready.resolved, &plan);
        return Ok(Computed { sheet: Some(sheet), found: found(&rows) });
    };
    let beside = beside.expect("a file to write has another one beside it");
    let found = match asked.shape {
        Shape::Wide => {
            run.write(&text, beside.path())?;
            // The engine keeps its rows to itself.
            if asked.statuses.is_empty() { Vec::new() } else { found(&run.query(&text)?) }
        }
        Shape::Scorecard => {
            let rows = run.query(&text)?;
            run.write_sheet(&sheet(asked.shape, &plan, &rows), beside.path())?;
            found(&rows)
        }
    };
    drop(run);
    files::keep(beside, out)?;
    Ok(Computed { sheet: None, found })
}

/// What a project comes down to with the columns that its data has, and what they bring
/// to light.
///
/// # Errors
/// Data that cannot be read; an interruption.
pub fn columns(
    project: &Project,
    choice: Choice<'_>,
    checked: &Checked,
) -> Result<(Resolved, Vec<Diagnostic>), Stopped> {
    let spill = tempfile::tempdir().map_err(|error| unwritable(&error))?;
    let mut resolved = prepare::bound(checked.resolved.clone(), choice.environment);
    let limits = Limits { threads: None, memory: None };
    let access = bind::access(project, choice.environment, &mut resolved, limits, spill.path())?;
    std::env::set_current_dir(&project.home.root).map_err(|error| unwritable(&error))?;
    let run = Run::open(&access, &checked.texts)?;
    let all = resolved.sources.keys().cloned().collect();
    let catalog = run.catalog(&resolved, &all)?;
    Ok(project.check_columns(choice, &catalog))
}

fn sheet(shape: Shape, plan: &Plan, rows: &Rows) -> Sheet {
    match shape {
        Shape::Wide => report::wide(plan, rows),
        Shape::Scorecard => report::scorecard(plan, rows),
    }
}

fn unwritable(error: &std::io::Error) -> Diagnostic {
    Diagnostic::general(Code::Unreadable, format!("a folder cannot be used: {error}"))
}

/// The request, read against these definitions.
fn request(asked: &Asked<'_>, resolved: &Resolved, sources: &mut Sources) -> Result<Request, Stopped> {
    let mut sink = Sink::new();
    let mut request = asked.options.request(resolved, sources, &mut sink);
    request.beside = asked.beside(request.beside);
    let found = sink.into_sorted();
    if found.is_empty() { Ok(request) } else { Err(found.into()) }
}

/// Shows what the data's columns brought to light.
fn new_findings(found: &[Diagnostic], ready: &Ready, strict: bool, sources: &Sources) -> Result<(), Stopped> {
    let new: Vec<Diagnostic> = found.iter().filter(|d| !ready.found.contains(d)).cloned().collect();
    if new.iter().any(|d| strict || d.severity == Severity::Error) {
        return Err(new.into());
    }
    output::findings(&new, sources);
    Ok(())
}

/// The sources that a request reads, with all that they join to.
fn sources_read(resolved: &Resolved, request: &Request) -> Result<IndexSet<String>, Stopped> {
    let mut read: IndexSet<String> = plan::sources(resolved, request)?.into_iter().collect();
    let mut at = 0;
    while let Some(name) = read.get_index(at) {
        let joined: Vec<String> = resolved
            .sources
            .get(name)
            .map(|source| source.joins.values().map(|join| join.source.clone()).collect())
            .unwrap_or_default();
        read.extend(joined);
        at += 1;
    }
    Ok(read)
}

type Columns = IndexMap<String, Option<ColumnType>>;

/// An open session and who waits for it.
pub struct Run<'a> {
    pub session: Session,
    texts: &'a SqlTexts,
    pub progress: Progress,
}

impl<'a> Run<'a> {
    /// Opens the engine on what it may read.
    ///
    /// # Errors
    /// What cannot be opened.
    pub fn open(access: &Access, texts: &'a SqlTexts) -> Result<Run<'a>, Stopped> {
        let progress = Progress::start();
        progress.say("opening the data");
        let session = Session::open(access).map_err(stopped)?;
        on_ctrl_c(session.interrupter());
        Ok(Run { session, texts, progress })
    }

    /// The queries of SQL sources.
    pub fn texts(&self) -> &'a SqlTexts {
        self.texts
    }

    /// The rows of a query.
    ///
    /// # Errors
    /// What the engine says; an interruption.
    pub fn query(&self, sql: &str) -> Result<Rows, Stopped> {
        self.session.query(sql).map_err(stopped)
    }

    fn write(&self, sql: &str, file: &std::path::Path) -> Result<(), Stopped> {
        self.session.write_parquet(sql, file).map_err(stopped)
    }

    fn write_sheet(&self, sheet: &Sheet, file: &std::path::Path) -> Result<(), Stopped> {
        let told = sheet.for_programs();
        let column = |index: &usize| (sheet.columns[*index].name.as_str(), sheet.columns[*index].ty());
        let columns: Vec<_> = told.iter().map(column).collect();
        let values = |line: &Line| told.iter().map(|index| line.values[*index].clone()).collect();
        let rows: Vec<_> = sheet.lines.iter().map(values).collect();
        self.session.write_rows(&columns, &rows, file).map_err(stopped)
    }

    /// The columns that the data of these sources has.
    ///
    /// # Errors
    /// Sources that cannot be read, all of them.
    pub fn catalog(&self, resolved: &Resolved, read: &IndexSet<String>) -> Result<Catalog, Stopped> {
        self.progress.say("reading the columns of the data");
        let mut catalog = Catalog::default();
        let mut found = Vec::new();
        for name in read {
            // One without a table has no columns to look at.
            let bound = resolved.sources.get(name).filter(|source| source.relation.is_some());
            let Some(source) = bound else { continue };
            match self.columns(lower::table(source, self.texts)?)? {
                Ok(columns) => {
                    catalog.sources.insert(name.clone(), columns.into_iter().collect());
                }
                Err(Failure::Interrupted) => return Err(Stopped::Interrupted),
                Err(Failure::Engine(words)) => found.push(Diagnostic {
                    span: Some(source.span),
                    ..engine(&format!("the rows of `{name}` cannot be read: {words}"))
                }),
            }
        }
        if found.is_empty() { Ok(catalog) } else { Err(found.into()) }
    }

    /// The columns of a relation; those of a file with the declared types that it has.
    ///
    /// # Errors
    /// A relation that the dialect cannot say.
    pub fn columns(&self, table: Table) -> Result<Result<Columns, Failure>, Stopped> {
        let text = match &table {
            Table::File { path, types } => {
                self.session.relation(path, types).map(|relation| format!("SELECT * FROM {relation}"))
            }
            _ => Ok(dialect::print(&sql::Query::rows_of(table), dialect::EMBEDDED)?),
        };
        Ok(text.and_then(|text| self.session.columns(&text)))
    }

    /// Without a range, the periods that hold data.
    fn bound(&self, resolved: &Resolved, request: &mut Request) -> Result<(), Stopped> {
        if request.from.is_some() || request.to.is_some() {
            return Ok(());
        }
        self.progress.say("looking for the first and the last day");
        let axes = plan::axes(resolved, request)?;
        if axes.is_empty() {
            return Err(Diagnostic::general(
                Code::BadRange,
                "what is asked exists at any time, so no data says which periods",
            )
            .help("name the periods: `--from 2026-01 --to 2026-12`")
            .into());
        }
        let query = lower::extent(resolved, &axes, self.texts)?;
        let rows = self.query(&dialect::print(&query, dialect::EMBEDDED)?)?;
        let days = match rows.rows.first().map(Vec::as_slice) {
            Some([Value::Date(first), Value::Date(last)]) => (*first, *last),
            _ => {
                return Err(Diagnostic::general(Code::BadRange, "there is no row with a time, so no period")
                    .help("name the periods: `--from 2026-01 --to 2026-12`")
                    .into());
            }
        };
        let (first, last) = plan::around(resolved, request, days)?;
        (request.from, request.to) = (Some(period(first)), Some(period(last)));
        Ok(())
    }

    /// A lookup is one row at most only while keys are unique.
    fn check_keys(&self, resolved: &Resolved, plan: &Plan) -> Result<(), Stopped> {
        let mut found = Vec::new();
        for check in lower::key_checks(resolved, plan, self.texts)? {
            self.progress.say(format!("checking the key of {}", check.source));
            let rows = self.query(&dialect::print(&check.query, dialect::EMBEDDED)?)?;
            let repeated = rows.rows.first().and_then(|row| row.first()).and_then(Value::digits);
            let Some(repeated) = repeated.filter(|n| n != "0") else { continue };
            let message = match check.of_versions {
                false => format!(
                    "the key of `{}` repeats: {repeated} of its values stand in more than one row",
                    check.source
                ),
                true => format!(
                    "the versions of `{}` overlap: {repeated} of them start while the one before holds",
                    check.source
                ),
            };
            let mut finding = Diagnostic::general(Code::DuplicateKeys, message)
            .because(
                "each repeated key would repeat the rows that are found by it, and their numbers count twice",
            )
            .help(match check.of_versions {
                false => "read the source with a query that has one row for each key, or mend the data",
                true => "end each version where the next one starts: `valid from … until …` excludes its end",
            });
            finding.span = resolved.sources.get(&check.source).map(|source| {
                let key = source.key.first().zip(source.key.last());
                key.map_or(source.span, |(first, last)| first.span.to(last.span))
            });
            found.push(finding);
        }
        if found.is_empty() { Ok(()) } else { Err(found.into()) }
    }

    /// An amount without a rate would be left out of its sum without a word.
    fn check_rates(&self, resolved: &Resolved, plan: &Plan) -> Result<(), Stopped> {
        let mut found = Vec::new();
        for check in lower::rate_checks(resolved, plan, self.texts)? {
            self.progress.say(format!("looking for the rates of {}", check.measure));
            let rows = self.query(&dialect::print(&check.query, dialect::EMBEDDED)?)?;
            let Some([missing, first]) = rows.rows.first().map(Vec::as_slice) else { continue };
            let Some(missing) = missing.digits().filter(|n| n != "0") else { continue };
            let (amounts, have) = if missing == "1" { ("amount", "has") } else { ("amounts", "have") };
            let since = first.text().map_or(String::new(), |day| format!(", the first on {day}"));
            let message = format!(
                "{missing} {amounts} of `{}` in `{}` {have} no exchange rate{since}",
                check.source, check.measure
            );
            let finding = Diagnostic::general(Code::MissingRate, message)
                .because("an amount without a rate is left out of the sum, which would be too small")
                .help("complete the rates, take the last one before: `join fx: rates on currency last before …`, or leave such rows out: `where fx.rate is not null`");
            let measure = resolved.measures.get(&check.measure).map(|measure| measure.span);
            let stock = resolved.stocks.get(&check.measure).map(|stock| stock.span);
            found.push(Diagnostic { span: measure.or(stock), ..finding });
        }
        if found.is_empty() { Ok(()) } else { Err(found.into()) }
    }

    /// Rows that exist at no time, though they begin and end.
    fn backward(
        &self,
        project: &Project,
        resolved: &Resolved,
        plan: &Plan,
    ) -> Result<Vec<Diagnostic>, Stopped> {
        let mut found = Vec::new();
        for check in lower::interval_checks(resolved, plan, self.texts)? {
            self.progress.say(format!("checking the intervals of {}", check.source));
            let rows = self.query(&dialect::print(&check.query, dialect::EMBEDDED)?)?;
            let count = rows.rows.first().and_then(|row| row.first()).and_then(Value::digits);
            let Some(count) = count.filter(|n| n != "0") else { continue };
            let (rows, end) = if count == "1" { ("row", "ends") } else { ("rows", "end") };
            let message = format!(
                "{count} {rows} of `{}` {end} before beginning, or without having begun",
                check.source
            );
            found.push(
                Diagnostic {
                    span: project.active(&check.source),
                    severity: Severity::Warning,
                    ..Diagnostic::general(Code::BackwardIntervals, message)
                }
                .because("such a row is never there, but comes and goes: start + in - out is not the end")
                .help("mend the data, or leave these rows out: `rows where …`"),
            );
        }
        Ok(found)
    }
}

fn period(day: jiff::civil::Date) -> PeriodKind {
    let part = |n: i8| u8::try_from(n).expect("months and days are counted from 1");
    PeriodKind::Day(Date { year: day.year(), month: part(day.month()), day: part(day.day()) })
}

pub fn stopped(failure: Failure) -> Stopped {
    match failure {
        Failure::Interrupted => Stopped::Interrupted,
        Failure::Engine(words) => engine(&words).into(),
    }
}

fn engine(words: &str) -> Diagnostic {
    Diagnostic::general(Code::Engine, words.lines().map(str::trim).collect::<Vec<_>>().join(" "))
        .because("the definitions are sound; this is about the data, the connection or the machine")
        .help("`kpic compile` shows the query; the engine's words say which part of it failed")
}
