//! What data is like, for people.

use super::counts;
use super::examine::{Examined, Joined, Key};

/// A paragraph a source.
pub fn of(examined: &Examined) -> String {
    let mut lines = vec![format!("{}: {}", examined.source, counts::rows(examined.rows))];
    for (column, at) in &examined.newest {
        lines.push(match at {
            Some(at) => format!("  newest by {column}: {}", at.replace('T', " ")),
            None => format!("  newest by {column}: none"),
        });
    }
    lines.extend(examined.key.as_ref().map(key));
    lines.extend(examined.joins.iter().map(|join| joined(examined.rows, join)));
    lines.extend(examined.backward.as_ref().map(|counted| match counted.count {
        0 => "  every row ends after it begins".to_owned(),
        count => format!("  {} end before beginning", counts::of_rows(count, examined.rows)),
    }));
    lines.extend(examined.unaccepted.iter().map(|(name, others)| match others.count {
        0 => format!("  {name}: accepted values only"),
        count => format!(
            "  {name}: {} {} another value",
            counts::of_rows(count, examined.rows),
            if count == 1 { "has" } else { "have" }
        ),
    }));
    lines.join("\n") + "\n"
}

fn key(key: &Key) -> String {
    let columns = key.columns.join(", ");
    match (key.repeated.count, key.of_versions) {
        (0, false) => format!("  key {columns}: unique"),
        (0, true) => format!("  key {columns}: no two versions at one time"),
        (1, false) => format!("  key {columns}: 1 value repeats"),
        (count, false) => format!("  key {columns}: {} values repeat", counts::digits(count)),
        (1, true) => format!("  key {columns}: 1 version overlaps another"),
        (count, true) => format!("  key {columns}: {} versions overlap others", counts::digits(count)),
    }
}

fn joined(rows: u64, join: &Joined) -> String {
    let without = match join.without {
        0 => String::new(),
        count => format!("; {} name none", counts::of_rows(count, rows)),
    };
    let found = match join.unmatched.count {
        0 => "every row that names a partner finds it".to_owned(),
        count => format!("{} find no partner", counts::of_rows(count, rows)),
    };
    format!("  join {} on {}: {found}{without}", join.name, join.on.join(", "))
}
