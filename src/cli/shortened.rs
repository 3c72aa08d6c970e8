//! Findings as people read them: a thousand lines of a sheet may have one and the same mistake.

use std::collections::BTreeMap;

use kpic::diagnostic::Diagnostic;
use kpic::source::{FileId, Sources};

use super::output;

/// Findings of a kind that are shown of a sheet.
const SHOWN: usize = 10;

/// The findings without those that say of further lines of a sheet what ten have said, and a line for
/// each kind that is cut so. Every kind of finding is left, and what is in no sheet.
pub fn shortened(found: &[Diagnostic], sources: &Sources) -> (Vec<Diagnostic>, Vec<String>) {
    let mut seen: BTreeMap<(FileId, &str), usize> = BTreeMap::new();
    let is_shown = |finding: &&Diagnostic| {
        let file = finding.span.map(|span| span.file).filter(|file| is_sheet(&sources.get(*file).path));
        file.is_none_or(|file| {
            let count = seen.entry((file, finding.code.id())).or_default();
            *count += 1;
            *count <= SHOWN
        })
    };
    let shown: Vec<Diagnostic> = found.iter().filter(is_shown).cloned().collect();
    let more = seen.into_iter().filter(|(_, count)| *count > SHOWN).map(|((file, code), count)| {
        let path = output::line(&sources.get(file).path);
        format!("{path}: {} more of {code}; `kpic check --format json` has all", count - SHOWN)
    });
    (shown, more.collect())
}

fn is_sheet(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, end)| end.eq_ignore_ascii_case("csv"))
}
