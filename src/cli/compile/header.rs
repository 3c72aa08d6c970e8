//! What a text says of itself: what was compiled, for when, from which definitions.

use kpic::dialect::{self, Purpose};
use kpic::plan::{Plan, Role};
use kpic::resolve::resolved::{Date, Grain};
use kpic::source::{FileId, Sources};

use super::super::prepare::Ready;

/// Longer lists go on in the next line.
const WIDTH: usize = 96;

#[derive(Debug)]
pub struct Header<'a> {
    pub ready: &'a Ready,
    pub plan: &'a Plan,
    pub sources: &'a Sources,
    /// The first and the last of the days of which one is chosen when the text runs.
    pub days: Option<(Date, Date)>,
}

impl Header<'_> {
    /// Comments, a line each.
    pub fn lines(&self, purpose: Purpose) -> String {
        let plan = self.plan;
        let kpis = plan.outputs.iter().filter(|output| output.role == Role::Value);
        let mut lines = folded("", kpis.map(|output| output.kpi.as_str()));
        lines.push(self.periods());
        let written = format!("{} SQL by kpic from ", self.ready.dialect.name());
        lines.extend(folded(&written, self.files().iter().map(String::as_str)));
        dialect::comment(&lines.join("\n"), purpose)
    }

    /// `by month from 2026-01-01 until 2026-04-01, Europe/Paris`
    fn periods(&self) -> String {
        let Plan { grain, range, calendar, .. } = self.plan;
        let moment = |moment: kpic::plan::Moment| match grain {
            Grain::Hour => format!("{}Z", moment.utc.strftime("%Y-%m-%dT%H:%M:%S")),
            _ => moment.local.date().to_string(),
        };
        let slicings = &self.plan.scope.slicings;
        let mut by: Vec<String> = vec![grain.word().to_string()];
        by.extend(
            slicings.iter().map(|slicing| self.plan.scope.name(slicing)).filter(|name| name != "total"),
        );
        let mut line =
            format!("by {} from {} until {}", by.join(", "), moment(range.starts[0]), moment(range.end));
        line += &format!(" in {}", calendar.zone);
        match (range.as_of, self.days) {
            (_, Some((first, last))) => line + &format!(", as of a day from {first} to {last}"),
            (Some(end), None) => {
                // The end of a day is the midnight behind it.
                let day = end.local.date().yesterday().unwrap_or(end.local.date());
                line + &format!(", as of {day}")
            }
            (None, None) => line,
        }
    }

    /// The files whose definitions are in it, in the order of the project.
    fn files(&self) -> Vec<String> {
        let resolved = &self.ready.resolved;
        let outputs = self.plan.outputs.iter().filter_map(|output| resolved.kpis.get(&output.kpi));
        let leaves = self.plan.leaves.iter().filter_map(|leaf| resolved.sources.get(&leaf.source));
        let spans = outputs.map(|kpi| kpi.span).chain(leaves.map(|source| source.span));
        let mut files: Vec<FileId> = spans.map(|span| span.file).collect();
        files.sort();
        files.dedup();
        files.into_iter().map(|file| self.sources.get(file).path.clone()).collect()
    }
}

/// A list with commas, on as many lines as it takes.
fn folded<'a>(start: &str, words: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut lines = vec![start.to_string()];
    for (i, word) in words.enumerate() {
        let last = lines.last_mut().expect("there is a line from the start");
        if i > 0 {
            last.push(',');
            match last.chars().count() + word.chars().count() < WIDTH {
                true => last.push(' '),
                false => lines.push("  ".to_string()),
            }
        }
        lines.last_mut().expect("there is a line from the start").push_str(word);
    }
    lines
}
