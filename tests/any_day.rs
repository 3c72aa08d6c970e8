//! An as-of day that is chosen when a text runs: on each day the rows are those of the text of
//! that day.
//!
//! Every golden case and every request of an example is compiled once for many days, in which
//! its own as-of and the ends of its periods lie, and once for each of some of them (a request of
//! an example, which has many rows, for one).

mod harness;

use std::path::Path;
use std::process::ExitCode;

use harness::Checked;
use harness::case::{Case, Place, places};
use harness::oracle::Oracle;
use harness::rows::{Kind, Table, compare};
use jiff::ToSpan;
use jiff::civil::Date;
use libtest_mimic::{Arguments, Trial};

/// Days before and after an end of what is asked.
const AROUND: i64 = 20;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let trial = |place: Place| Trial::test(place.name(), move || Ok(check(&place)?));
    let places = places(root).into_iter().filter(|place| place.runs_on("duckdb"));
    libtest_mimic::run(&arguments, places.map(trial).collect()).exit_code()
}

fn check(place: &Place) -> Checked<()> {
    let mut case = place.open()?;
    let Some((first, last, mut sample)) = days(&mut case)? else { return Ok(()) };
    if let Place::Example(..) = place {
        // Many rows: of one day.
        sample.truncate(1);
    }
    let frame = format!("{first}..{last}");
    let text = case.kpic("compile", &["-d", "duckdb", "--as-of", &frame, "--params", "table=kpic_chosen"])?;
    let database = case.database()?;
    for day in sample {
        database.run("drop table if exists kpic_chosen")?;
        database.run(&format!(
            "create table kpic_chosen as select timestamp '0001-01-01' as range_start,
             timestamp '9999-12-31' as range_end, '{day}' as as_of"
        ))?;
        let of_day = case.kpic("compile", &["-d", "duckdb", "--as-of", &day.to_string()])?;
        let (own, any) = (asked(&database, &of_day)?, asked(&database, &text)?);
        match (own, any) {
            (None, None) => {}
            (Some(own), Some(any)) => {
                let own = as_coarse_as(own, &any);
                compare(&own, &any).map_err(|e| format!("as of {day}: {e}"))?;
            }
            (own, any) => {
                return Err(format!("as of {day}, its own text:\n{own:?}\nthe day chosen:\n{any:?}"));
            }
        }
    }
    Ok(())
}

/// What is due of a target, and projected, is a decimal on days of which digits end, and a double
/// where the day is chosen.
fn as_coarse_as(mut own: Table, any: &Table) -> Table {
    for (kind, other) in own.kinds.iter_mut().zip(&any.kinds) {
        if *other == Kind::Near {
            *kind = Kind::Near;
        }
    }
    own
}

/// What a text gives; without rows, nothing.
fn asked(database: &Oracle, text: &str) -> Checked<Option<Table>> {
    match database.ask(text) {
        Ok(table) => Ok(Some(table)),
        Err(error) if error.contains("gives no rows") => Ok(None),
        Err(error) => Err(error),
    }
}

/// The first and the last of the days that are chosen from, and some of them; the request asks
/// for no day itself any more. Requests that cut periods have none.
fn days(case: &mut Case) -> Checked<Option<(Date, Date, Vec<Date>)>> {
    if case.request.iter().any(|word| word == "--clip") {
        return Ok(None);
    }
    let own = taken(&mut case.request, "--as-of");
    let header = case.kpic("compile", &["-d", "duckdb"])?;
    let line = header.lines().find(|line| line.starts_with("-- by ")).ok_or("there is no header")?;
    let day = |word: &str| -> Checked<Date> {
        let rest = line.split_once(&format!(" {word} ")).ok_or_else(|| format!("no {word}: {line}"))?.1;
        let text: String = rest.chars().take(10).collect();
        text.parse().map_err(|e| format!("{text}: {e}"))
    };
    let end = day("until")?;
    let middle = match own {
        Some(own) => own.parse().map_err(|e| format!("{own}: {e}"))?,
        None => end.yesterday().map_err(|e| e.to_string())?,
    };
    let ahead = |days: i64| middle.checked_add(days.days()).map_err(|e| e.to_string());
    let sample: Vec<Date> = [-1, 0, -AROUND].map(ahead).into_iter().collect::<Checked<_>>()?;
    Ok(Some((ahead(-AROUND)?, ahead(AROUND)?, sample)))
}

/// Takes an option and its value from the words of a request.
fn taken(request: &mut Vec<String>, option: &str) -> Option<String> {
    let at = request.iter().position(|word| word == option)?;
    let value = request.get(at + 1).cloned();
    request.drain(at..(at + 2).min(request.len()));
    value
}
