//! Runs tests on an engine of their own, which knows no table and no file.

use kpic::diagnostic::{Code, Diagnostic};
use kpic::testing::Case;

#[cfg(not(feature = "duckdb"))]
use super::Tested;

#[cfg(feature = "duckdb")]
mod embedded {
    use std::time::Instant;

    use kpic::dialect;
    use kpic::lower;
    use kpic::plan::Plan;
    use kpic::report::{self, Sheet};
    use kpic::run::{Access, Failure, Session, Value};
    use kpic::testing::compare;

    use super::super::{Tested, Verdict};
    use super::{Case, Code, Diagnostic};

    /// One session for all tests.
    pub struct Engine {
        session: Session,
        /// Nothing is in it: the only folder that queries may touch.
        _nowhere: tempfile::TempDir,
    }

    /// Why a test has no rows.
    enum Stopped {
        Interrupted,
        Findings(Vec<Diagnostic>),
    }

    impl From<Vec<Diagnostic>> for Stopped {
        fn from(found: Vec<Diagnostic>) -> Self {
            Stopped::Findings(found)
        }
    }

    impl From<Diagnostic> for Stopped {
        fn from(found: Diagnostic) -> Self {
            Stopped::Findings(vec![found])
        }
    }

    impl From<Failure> for Stopped {
        fn from(failure: Failure) -> Self {
            match failure {
                Failure::Interrupted => Stopped::Interrupted,
                Failure::Engine(words) => Stopped::from(said(&words)),
            }
        }
    }

    fn said(words: &str) -> Diagnostic {
        Diagnostic::general(Code::Engine, words.lines().map(str::trim).collect::<Vec<_>>().join(" "))
            .because("the definitions are sound; this is about the rows given")
            .help("declare the types of the columns that it names, or give them values; `--show-sql` shows the query")
    }

    impl Engine {
        /// # Errors
        /// An engine that does not start.
        pub fn open() -> Result<Engine, Diagnostic> {
            let unusable = |error: std::io::Error| {
                Diagnostic::general(Code::Unreadable, format!("a folder cannot be used: {error}"))
            };
            let nowhere = tempfile::tempdir().map_err(unusable)?;
            let access = Access {
                root: nowhere.path().to_path_buf(),
                spill: nowhere.path().to_path_buf(),
                // A few rows are quicker on one.
                threads: 1,
                ..Access::default()
            };
            let session = Session::open(&access).map_err(|failure| match failure {
                Failure::Interrupted => said("the engine was stopped before it started"),
                Failure::Engine(words) => said(&words),
            })?;
            let interrupter = session.interrupter();
            // Where no handler can be set, Ctrl-C ends the whole process, as it does without one.
            let _ = ctrlc::set_handler(move || interrupter.stop());
            Ok(Engine { session, _nowhere: nowhere })
        }

        /// A test's verdict; `None`: somebody stopped it.
        pub fn run<'t, 'a>(&self, case: &'t Case<'a>) -> Option<Tested<'t, 'a>> {
            let began = Instant::now();
            let mut sql = None;
            let verdict = match self.verdict(case, &mut sql) {
                Ok(verdict) => verdict,
                Err(Stopped::Findings(found)) => Verdict::Broken(found),
                Err(Stopped::Interrupted) => return None,
            };
            Some(Tested { case, verdict, sql, took: began.elapsed() })
        }

        fn verdict(&self, case: &Case<'_>, sql: &mut Option<String>) -> Result<Verdict, Stopped> {
            let (resolved, plan, texts) = (&*case.resolved, &case.plan, &case.texts);
            let query = lower::lower(resolved, plan, texts, dialect::EMBEDDED.capabilities())?;
            let text = dialect::print(&query, dialect::EMBEDDED)?;
            let text = sql.insert(text);
            self.check_keys(case)?;
            self.check_rates(case)?;
            let rows = self.session.query(text)?;
            let sheet = report::wide(plan, &rows);
            let mut differences =
                case.expected.as_ref().map_or_else(Vec::new, |expected| compare(expected, &sheet));
            if let Some(invariants) = &case.invariants {
                let whole = self.sheet(case, &invariants.whole)?;
                let alone = invariants.alone.iter().map(|plan| self.sheet(case, plan));
                let alone = alone.collect::<Result<Vec<_>, _>>()?;
                differences.extend(invariants.broken(&whole, &alone));
            }
            Ok(if differences.is_empty() { Verdict::Passed } else { Verdict::Failed(differences) })
        }

        /// An amount without a rate would be left out of its sum without a word.
        fn check_rates(&self, case: &Case<'_>) -> Result<(), Stopped> {
            for check in lower::rate_checks(&case.resolved, &case.plan, &case.texts)? {
                let rows = self.session.query(&dialect::print(&check.query, dialect::EMBEDDED)?)?;
                let missing = rows.rows.first().and_then(|row| row.first()).and_then(Value::digits);
                let Some(missing) = missing.filter(|n| n != "0") else { continue };
                let fact = match missing.as_str() {
                    "1" => format!("an amount given to `{}` has no exchange rate", check.source),
                    _ => format!("{missing} amounts given to `{}` have no exchange rate", check.source),
                };
                return Err(Diagnostic::error(Code::MissingRate, case.test.header.name.span, fact)
                    .because(
                        "an amount without a rate is left out of the sum, so `kpic run` refuses such data",
                    )
                    .help("give the rates, too")
                    .into());
            }
            Ok(())
        }

        fn sheet(&self, case: &Case<'_>, plan: &Plan) -> Result<Sheet, Stopped> {
            let query = lower::lower(&case.resolved, plan, &case.texts, dialect::EMBEDDED.capabilities())?;
            Ok(report::wide(plan, &self.session.query(&dialect::print(&query, dialect::EMBEDDED)?)?))
        }

        /// A lookup is one row at most only while keys are unique, in given rows as in others.
        fn check_keys(&self, case: &Case<'_>) -> Result<(), Stopped> {
            for check in lower::key_checks(&case.resolved, &case.plan, &case.texts)? {
                let given = case.test.given.iter().find(|given| given.value.source.value == check.source);
                // Rows that are not given do not repeat.
                let Some(given) = given else { continue };
                if case.given.get(&check.source).is_none_or(|rows| *rows < 2) {
                    continue;
                }
                let rows = self.session.query(&dialect::print(&check.query, dialect::EMBEDDED)?)?;
                let repeated = rows.rows.first().and_then(|row| row.first()).and_then(Value::digits);
                if repeated.is_none_or(|n| n == "0") {
                    continue;
                }
                let fact = match check.of_versions {
                    false => format!("the rows given to `{}` repeat a key", check.source),
                    true => format!("versions given to `{}` overlap", check.source),
                };
                return Err(Diagnostic::error(Code::DuplicateKeys, given.value.source.span, fact)
                    .because("each repeated key would repeat the rows that are found by it, so `kpic run` refuses such data")
                    .help("give each key one row")
                    .into());
            }
            Ok(())
        }
    }
}

#[cfg(feature = "duckdb")]
pub use embedded::Engine;

/// No engine.
#[cfg(not(feature = "duckdb"))]
pub struct Engine {
    never: std::convert::Infallible,
}

#[cfg(not(feature = "duckdb"))]
impl Engine {
    /// Says that there is no engine.
    ///
    /// # Errors
    /// Always.
    pub fn open() -> Result<Engine, Diagnostic> {
        Err(Diagnostic::general(Code::NoEngine, "this build of kpic has no engine")
            .because("`test` computes on an embedded database, which a build may leave out")
            .help("build with it: `scripts/cargo build --features duckdb`"))
    }

    /// Never called.
    pub fn run<'t, 'a>(&self, _: &'t Case<'a>) -> Option<Tested<'t, 'a>> {
        match self.never {}
    }
}
