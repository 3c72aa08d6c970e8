//! What a diff tells.

use kpic::diagnostic::Diagnostic;
use kpic::meaning::{Change, Class, Comparison, Facet, Happened, Kind, Name};
use kpic::source::Sources;

use super::data::Moved;
use super::sides::State;
use crate::cli::output::{self, line};

#[derive(Debug)]
pub struct Report<'a> {
    pub before: &'a State,
    pub after: &'a State,
    pub comparison: &'a Comparison,
    /// Of both states.
    pub unsound: [Unsound<'a>; 2],
    pub sources: &'a Sources,
    /// Which cells moved, if somebody asked.
    pub moved: Option<&'a Moved>,
}

/// The errors of a state.
#[derive(Debug)]
pub struct Unsound<'a> {
    pub name: &'a str,
    pub errors: Vec<Diagnostic>,
}

impl Unsound<'_> {
    /// What they mean for the comparison.
    pub fn words(&self) -> String {
        let count = output::plural(self.errors.len(), "error");
        format!("{count} in {}: what has errors is not compared", line(self.name))
    }
}

impl<'a> Report<'a> {
    /// Changes of a class, in their order; changes of goals alone aside.
    pub fn of(&self, class: Class) -> Vec<&'a Change> {
        let all = self.comparison.changes.iter();
        all.filter(|change| change.class == class && !is_of_goals(change)).collect()
    }

    /// What should be reached, and is another thing now.
    pub fn goals(&self) -> Vec<(&'a Name, &'a Facet)> {
        let all = self.comparison.changes.iter();
        all.flat_map(|change| change.facets.iter().filter(|f| f.goal).map(|facet| (&change.name, facet)))
            .collect()
    }

    /// `1 KPI and 1 other break, 2 KPIs change values`; `None`: nothing changed.
    pub fn summary(&self) -> Option<String> {
        let mut parts: Vec<String> = Vec::new();
        for class in Class::ALL {
            let changes = self.of(class);
            let kpis = changes.iter().filter(|change| change.name.kind == Kind::Kpi).count();
            let others = changes.len() - kpis;
            let is_one = changes.len() == 1;
            let verb = match class {
                Class::Breaks if is_one => "breaks",
                Class::Breaks => "break",
                Class::Values if is_one => "changes values",
                Class::Values => "change values",
                Class::Compatible if is_one => "is compatible",
                Class::Compatible => "are compatible",
                Class::Cosmetic if is_one => "is cosmetic",
                Class::Cosmetic => "are cosmetic",
            };
            match (kpis, others) {
                (0, 0) => {}
                (0, _) => parts.push(format!("{} {verb}", output::plural(others, "other definition"))),
                (_, 0) => parts.push(format!("{} {verb}", output::plural(kpis, "KPI"))),
                _ => parts.push(format!("{} and {others} more {verb}", output::plural(kpis, "KPI"))),
            }
        }
        match self.goals().len() {
            0 => {}
            1 => parts.push("1 goal is another".into()),
            n => parts.push(format!("{n} goals are others")),
        }
        if parts.is_empty() { None } else { Some(parts.join(", ")) }
    }

    /// `path:line:column`
    pub fn place(&self, change: &Change) -> Option<String> {
        let span = change.span?;
        let file = self.sources.get(span.file);
        let at = file.position(span.start as usize);
        let place = format!("{}:{}:{}", line(&file.path), at.line, at.column);
        // What is gone stands where it stood.
        Some(match change.happened {
            Happened::Removed => format!("{}:{place}", line(&self.before.name)),
            _ => place,
        })
    }
}

/// Whether nothing changed but what should be reached.
fn is_of_goals(change: &Change) -> bool {
    change.class == Class::Compatible
        && !change.facets.is_empty()
        && change.facets.iter().all(|facet| facet.goal)
}
