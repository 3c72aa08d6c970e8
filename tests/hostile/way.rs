//! The way that every text goes, and what is expected of it.

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use kpic::diagnostic::{Code, Diagnostic, Sink, render};
use kpic::lower::SqlTexts;
use kpic::plan::Request;
use kpic::resolve::{Catalog, Resolved};
use kpic::source::{FileId, Sources};
use kpic::syntax::ast::{Grain, PeriodKind, ProjectFile};
use kpic::syntax::dsl;
use kpic::syntax::{ast, format, yaml};
use kpic::{dialect, lower, model, plan, resolve};

/// Far more than any of these takes, on a machine that does much else.
pub const END: Duration = Duration::from_secs(120);
/// What a thread has.
pub const STACK: usize = 2 << 20;
/// The number that people try first.
pub const MANY: usize = 100_000;

pub const SOURCE: &str = "source s { table t  key id  time at in UTC  column a : integer  column c : text\n\
                      dimension d = c  measure n = count()  measure m = sum(a) }\nkpi n\nkpi m\n";

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Spelling {
    Dsl,
    Yaml,
}

/// What a text came down to.
#[derive(Debug)]
pub struct Answer {
    pub found: Vec<Diagnostic>,
}

impl Answer {
    /// The codes found, each once, in order.
    pub fn codes(&self) -> Vec<&'static str> {
        let mut codes: Vec<_> = self.found.iter().map(|d| d.code.id()).collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    }
}

/// Does something that must end, on a thread of the usual size. A stack that overflows
/// ends the whole test run, which is seen.
pub fn ends<T: Send + 'static>(name: &str, work: impl FnOnce() -> T + Send + 'static) -> T {
    let (done, waits) = mpsc::channel();
    let thread = thread::Builder::new().name(name.into()).stack_size(STACK);
    let handle = thread.spawn(move || done.send(work())).expect("a thread starts");

    match waits.recv_timeout(END) {
        Ok(result) => result,
        Err(mpsc::RecvTimeoutError::Timeout) => panic!("{name} takes more than {END:?}"),
        Err(mpsc::RecvTimeoutError::Disconnected) => panic!("{name} panicked: {:?}", handle.join()),
    }
}

pub fn answer(name: &str, spelling: Spelling, text: String) -> Answer {
    ends(name, move || whole_way(spelling, &text))
}

pub fn whole_way(spelling: Spelling, text: &str) -> Answer {
    let mut sources = Sources::new();
    let id = sources.add("a.kpi", text);
    let mut sink = Sink::new();
    let files = [read(spelling, id, text, &mut sink)];
    for printed in [format::dsl(&files[0]), format::yaml(&files[0])] {
        assert!(printed.len() < 64 << 20, "printed it has {} MB", printed.len() >> 20);
    }
    let settings = ProjectFile::default();
    let files = model::complete(files.into(), &settings, &mut sink);
    let model = model::build(&files, &settings, &mut sink);
    let resolved = resolve::resolve(&model, &Catalog::default(), &mut sink);
    let found = sink.into_sorted();
    let few = &found[..found.len().min(50)];
    render::text(few, &sources, render::Colour::Off);
    render::github(few, &sources);
    render::sarif(few, &sources);
    render::json(&found, &sources);
    if found.is_empty() && resolved.kpis.len() < 1000 {
        compiled(&resolved, request());
    }
    Answer { found }
}

pub fn read(spelling: Spelling, id: FileId, text: &str, sink: &mut Sink) -> ast::File {
    match spelling {
        Spelling::Dsl => dsl::parse(id, text, sink),
        Spelling::Yaml => yaml::parse(id, text, sink),
    }
}

pub fn request() -> Request {
    Request {
        grain: Some(Grain::Month),
        from: Some(PeriodKind::Month(2026, 1)),
        to: Some(PeriodKind::Month(2026, 3)),
        ..Request::default()
    }
}

pub fn compiled(resolved: &Resolved, request: Request) {
    let Ok(plan) = plan::plan(resolved, &request) else { return };
    for dialect in dialect::ALL {
        let query = lower::lower(resolved, &plan, &SqlTexts::new(), dialect.capabilities());
        let query = query.expect("its sources have tables");
        if let Err(found) = dialect::print(&query, dialect) {
            assert!(found.iter().all(|d| d.code == Code::DialectCannot), "{found:?}");
        }
    }
}

/// Names, texts and the codes of what is found.
pub type Cases<'a> = Vec<(&'a str, String, &'a [Code])>;

/// Formulas of a KPI.
pub fn formulas(cases: Cases<'_>) {
    texts(
        cases
            .into_iter()
            .map(|(name, text, codes)| (name, format!("{SOURCE}kpi x = {text}\n"), codes))
            .collect(),
    );
}

pub fn texts(cases: Cases<'_>) {
    expect(Spelling::Dsl, cases);
}

pub fn yamls(cases: Cases<'_>) {
    expect(Spelling::Yaml, cases);
}

pub fn expect(spelling: Spelling, cases: Cases<'_>) {
    let mut wrong = Vec::new();
    for (name, text, expected) in cases {
        let answer = answer(name, spelling, text);
        let expected: Vec<_> = expected.iter().map(|c| c.id()).collect();
        if answer.codes() != expected {
            wrong.push(format!(
                "{name}: {:?} for {expected:?}, first {:?}",
                answer.codes(),
                answer.found.first()
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The same text many times, each with its number.
pub fn numbered(count: usize, mut each: impl FnMut(usize) -> String) -> String {
    (0..count).map(&mut each).collect()
}

pub fn nested(open: &str, inner: &str, close: &str, count: usize) -> String {
    open.repeat(count) + inner + &close.repeat(count)
}
