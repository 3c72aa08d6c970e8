//! What kpic writes is read again by sqlparser, in the dialect's own rules where it has them.

use std::sync::Mutex;

use sqlparser::parser::Parser;

use crate::engines::Listed;
use crate::harness::Checked;

/// What sqlparser does not read though the database does.
#[derive(Debug)]
struct Gap {
    dialect: &'static str,
    /// The words that stand in such queries, on one line or several.
    words: &'static [&'static str],
    /// What is read in its place, so that the rest is read all the same.
    instead: &'static str,
    lacks: &'static str,
}

const GAPS: [Gap; 2] = [
    Gap {
        dialect: "duckdb",
        words: &["ASOF", "JOIN"],
        instead: "JOIN",
        lacks: "it knows the as-of join of another database alone, which has other words behind it",
    },
    Gap {
        dialect: "sqlite",
        words: &["AS", "MATERIALIZED", "("],
        instead: "AS (",
        lacks: "it reads the word in one other database's rules alone",
    },
];

impl Gap {
    /// The query without it; None where it does not stand in it.
    fn closed(&self, sql: &str) -> Option<String> {
        let (mut out, mut rest, mut is_met) = (String::new(), sql, false);
        while let Some(at) = rest.find(self.words[0]) {
            out.push_str(&rest[..at]);
            let behind =
                self.words.iter().try_fold(&rest[at..], |rest, word| rest.trim_start().strip_prefix(word));
            match behind {
                Some(behind) => {
                    (is_met, rest) = (true, behind);
                    out.push_str(self.instead);
                }
                None => {
                    out.push_str(self.words[0]);
                    rest = &rest[at + self.words[0].len()..];
                }
            }
        }
        is_met.then(|| out + rest)
    }

    fn name(&self) -> String {
        format!("{}: {} ({})", self.dialect, self.words.join(" "), self.lacks)
    }
}

static MET: Mutex<Vec<&str>> = Mutex::new(Vec::new());

/// # Errors
/// Text that is none or several statements to the parser, gaps aside: what stands around one is read all the same.
pub fn one_statement(listed: &Listed, sql: &str) -> Checked<()> {
    let Err(error) = read(listed, sql) else { return Ok(()) };
    let gap = GAPS.iter().find(|gap| gap.dialect == listed.dialect);
    let Some((gap, closed)) = gap.and_then(|gap| Some((gap, gap.closed(sql)?))) else { return Err(error) };
    read(listed, &closed)?;
    MET.lock().map_err(|e| e.to_string())?.push(gap.dialect);
    Ok(())
}

fn read(listed: &Listed, sql: &str) -> Checked<()> {
    match Parser::parse_sql(&*listed.dialect().parser(), sql).as_deref() {
        Ok([_]) => Ok(()),
        Ok(many) => Err(format!("{} statements\n{sql}", many.len())),
        Err(error) => Err(format!("sqlparser: {error}\n{sql}")),
    }
}

/// Gaps of these dialects that no query met: sqlparser reads it now, or nothing says it any more.
pub fn closed(dialects: &[&str]) -> Checked<Vec<String>> {
    let met = MET.lock().map_err(|e| e.to_string())?;
    let is_closed = |gap: &&Gap| dialects.contains(&gap.dialect) && !met.contains(&gap.dialect);
    Ok(GAPS.iter().filter(is_closed).map(Gap::name).collect())
}
