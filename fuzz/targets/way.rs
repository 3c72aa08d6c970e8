//! The way of a text: read, checked, rendered, printed and read again in both spellings,
//! compiled for every dialect. Whatever the text is, nothing panics, every finding has
//! its place in it, and what is printed reads as what was read.

#[path = "../../tests/format/same.rs"]
mod same_file;

use kpic::diagnostic::{Diagnostic, Sink, render};
use kpic::lower::SqlTexts;
use kpic::plan::Request;
use kpic::resolve::{Catalog, Resolved};
use kpic::source::{FileId, Sources};
use kpic::syntax::ast::{File, Grain, Item, PeriodKind, ProjectFile};
use kpic::syntax::{dsl, format, yaml};
use kpic::{dialect, lower, model, plan, resolve};
use same_file::{comments, grouped};

/// Reads a text in one of the spellings.
pub type Read = fn(FileId, &str, &mut Sink) -> File;

#[derive(Clone, Copy)]
struct Spelling {
    read: Read,
    print: fn(&File) -> String,
    /// The items of a file as it writes them.
    order: fn(&File) -> Vec<Item>,
}

const DSL: Spelling = Spelling { read: dsl::parse, print: format::dsl, order: |file| file.items.clone() };
const YAML: Spelling = Spelling { read: yaml::parse, print: format::yaml, order: grouped };

/// Texts longer than this take time and find nothing new.
const LONGEST: usize = 64 << 10;

pub fn whole(text: &str, read: Read) {
    if text.len() > LONGEST {
        return;
    }
    let mut sink = Sink::new();
    let files = [read(FileId(0), text, &mut sink)];
    let is_clean = sink.is_empty();
    let settings = ProjectFile::default();
    let whole = model::complete(files.to_vec(), &settings, &mut sink);
    let model = model::build(&whole, &settings, &mut sink);
    let is_unique = sink.is_empty();
    let resolved = resolve::resolve(&model, &Catalog::default(), &mut sink);
    places(text, sink);
    compiled(&resolved);
    if is_clean {
        same(&files[0], DSL);
    }
    // YAML has no way to say a name twice.
    if is_unique {
        same(&files[0], YAML);
    }
}

/// Renders findings in every format, with their places.
pub fn places(text: &str, sink: Sink) {
    let mut sources = Sources::new();
    sources.add("a.kpi", text);
    let found = sink.into_sorted();
    for span in found.iter().filter_map(|d| d.span) {
        assert!(text.get(span.range()).is_some(), "{span:?} is no part of the text");
    }
    let few: Vec<Diagnostic> = found.into_iter().take(20).collect();
    render::text(&few, &sources, render::Colour::Off);
    render::json(&few, &sources);
    render::sarif(&few, &sources);
    render::github(&few, &sources);
}

/// A file is the same file after printing, with every comment.
fn same(file: &File, spelling: Spelling) {
    let read = round(file, spelling);
    assert_eq!(read.items, (spelling.order)(file));
    assert_eq!(remarks(&read), remarks(file));
}

/// Comments, but for characters that YAML has no way to say in one.
fn remarks(file: &File) -> Vec<String> {
    let plain = |text: String| text.replace(|c: char| !speakable(c), "\u{fffd}");
    let mut remarks: Vec<String> = comments(file).into_iter().map(plain).collect();
    remarks.sort();
    remarks
}

fn speakable(c: char) -> bool {
    c == '\t' || !(c.is_control() || matches!(c, '\u{feff}' | '\u{fffe}' | '\u{ffff}'))
}

/// Printed and read: without findings, and printed again the same text.
fn round(file: &File, spelling: Spelling) -> File {
    let text = (spelling.print)(file);
    let mut sink = Sink::new();
    let read = (spelling.read)(FileId(0), &text, &mut sink);
    assert!(sink.is_empty(), "{:?} in\n{text}", sink.into_sorted());
    assert_eq!((spelling.print)(&read), text);
    read
}

/// All KPIs together, and each by itself, sliced by what it says.
fn compiled(resolved: &Resolved) {
    let all = Request {
        grain: Some(Grain::Month),
        from: Some(PeriodKind::Month(2026, 1)),
        to: Some(PeriodKind::Month(2026, 3)),
        total: true,
        ..Request::default()
    };
    let each = resolved.kpis.values().take(5).map(|kpi| Request {
        kpis: vec![kpi.id.clone()],
        by: kpi.by.iter().map(|by| vec![by.clone()]).take(3).collect(),
        segments: kpi.segments.clone(),
        grain: kpi.grains.first().copied().or(all.grain),
        ..all.clone()
    });
    let texts: SqlTexts =
        resolved.sources.keys().map(|name| (name.clone(), "SELECT 1 AS a".to_string())).collect();
    for request in each.chain([all.clone()]) {
        let Ok(plan) = plan::plan(resolved, &request) else { continue };
        let query = lower::lower(resolved, &plan, &texts).expect("what is planned can be lowered");
        for dialect in dialect::ALL {
            // A dialect may refuse, with findings.
            let _ = dialect::print(&query, dialect);
        }
    }
}
