//! The lints as `kpic explain` shows them.

use kpic::diagnostic::{LINTS, Level, Lint, Sink};
use kpic::model::Lints;

use super::project;

/// What holds in the project of the current folder; outside of one, the defaults.
pub fn of_project() -> Lints {
    let loaded = project::load_here();
    loaded.map_or_else(|_| Lints::default(), |(project, _)| project.lints(&mut Sink::new()))
}

/// A line a lint: its name, code, level and limit, and what it finds.
pub fn table(lints: &Lints) -> String {
    let rows = LINTS.iter().map(|lint| {
        let limit = lint.limit.map(|_| lints.limit(lint.code).to_string()).unwrap_or_default();
        [
            lint.name.to_string(),
            lint.code.to_string(),
            level(lint, lints.level(lint)),
            limit,
            lint.code.title().to_string(),
        ]
    });
    let head = ["lint", "code", "level", "limit", "finds"].map(str::to_string);
    let rows: Vec<[String; 5]> = std::iter::once(head).chain(rows).collect();
    let widths = [0, 1, 2, 3].map(|i| rows.iter().map(|row| row[i].chars().count()).max().unwrap_or(0));
    let lines = rows.iter().map(|[name, code, level, limit, finds]| {
        let [a, b, c, d] = widths;
        format!("{name:a$}  {code:b$}  {level:c$}  {limit:>d$}  {finds}\n")
    });
    lines.collect()
}

/// The level that holds, and the default where it is another.
fn level(lint: &Lint, holds: Level) -> String {
    if holds == lint.level {
        return holds.word().to_string();
    }
    format!("{} (not {})", holds.word(), lint.level.word())
}

/// What stands beneath a lint's page.
pub fn note(lint: &Lint) -> String {
    let other = if lint.level == Level::Off { Level::Warn } else { Level::Off };
    let limit = match lint.limit {
        Some(limit) => {
            format!(" Its limit is {limit}: `lints: {{{}: {{limit: {}}}}}`.", lint.name, limit + 3)
        }
        None => String::new(),
    };
    format!(
        "\nThe lint `{}` has the level `{}` unless `kpic.yaml` says otherwise: `lints: {{{}: {}}}`.{limit}\n\
         A definition silences it: `allow {} \"the reason\"`.\n",
        lint.name,
        lint.level.word(),
        lint.name,
        other.word(),
        lint.name,
    )
}
