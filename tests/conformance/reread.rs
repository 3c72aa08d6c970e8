//! What kpic writes is read again by sqlparser, in the dialect's own rules where it has them.

use std::sync::Mutex;

use sqlparser::parser::Parser;

use crate::engines::Listed;
use crate::harness::Checked;

/// What sqlparser does not read though the database does: the dialect, a text that
/// stands in such queries, and what it lacks.
const GAPS: [(&str, &str, &str); 3] = [
    (
        "duckdb",
        "ASOF JOIN",
        "it knows the as-of join of another database alone, which has other words behind it",
    ),
    ("sqlite", "AS MATERIALIZED (", "it reads the word in one other database's rules alone"),
    ("clickhouse", " FILTER (", "it takes the word for an alias, which FILTER is none of there"),
];

static MET: Mutex<Vec<(&str, &str)>> = Mutex::new(Vec::new());

pub fn one_statement(listed: &Listed, sql: &str) -> Checked<()> {
    let parser = listed.dialect().parser();
    match Parser::parse_sql(&*parser, sql).as_deref() {
        Ok([_]) => Ok(()),
        Ok(many) => Err(format!("{} statements\n{sql}", many.len())),
        Err(error) => {
            let is_met =
                |gap: &&(&'static str, &'static str, &str)| gap.0 == listed.dialect && sql.contains(gap.1);
            let gap = GAPS.iter().find(is_met).ok_or_else(|| format!("sqlparser: {error}\n{sql}"))?;
            let mut met = MET.lock().map_err(|e| e.to_string())?;
            if !met.contains(&(gap.0, gap.1)) {
                met.push((gap.0, gap.1));
            }
            Ok(())
        }
    }
}

/// Gaps of these dialects that no query met: sqlparser reads it now, or nothing says it any more.
pub fn closed(dialects: &[&str]) -> Checked<Vec<String>> {
    let met = MET.lock().map_err(|e| e.to_string())?;
    let is_closed = |gap: &&(&str, &str, &str)| dialects.contains(&gap.0) && !met.contains(&(gap.0, gap.1));
    Ok(GAPS.iter().filter(is_closed).map(|gap| format!("{}: {} ({})", gap.0, gap.1, gap.2)).collect())
}
