//! Input that nobody writes: an answer soon, with findings that say what is wrong,
//! and never a crash. Each text goes the whole way: read, checked, rendered, printed in
//! both spellings, planned and compiled, and dropped, on a thread with two megabytes of
//! stack. How long each may take is measured elsewhere; here it must end.

use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;
use std::{fs, thread};

use kpic::diagnostic::{Code, Diagnostic, Sink, render};
use kpic::lower::SqlTexts;
use kpic::plan::Request;
use kpic::resolve::{Catalog, Resolved};
use kpic::source::{FileId, Sources};
use kpic::syntax::ast::{Grain, PeriodKind, ProjectFile};
use kpic::syntax::dsl::{self, Fragment};
use kpic::syntax::{ast, format, yaml};
use kpic::{dialect, lower, model, plan, resolve};

/// Far more than any of these takes, on a machine that does much else.
const END: Duration = Duration::from_secs(120);
/// What a thread has.
const STACK: usize = 2 << 20;
/// The number that people try first.
const MANY: usize = 100_000;

const SOURCE: &str = "source s { table t  key id  time at in UTC  column a : integer  column c : text\n\
                      dimension d = c  measure n = count()  measure m = sum(a) }\nkpi n\nkpi m\n";

#[derive(Clone, Copy, Debug, PartialEq)]
enum Spelling {
    Dsl,
    Yaml,
}

/// What a text came down to.
#[derive(Debug)]
struct Answer {
    found: Vec<Diagnostic>,
}

impl Answer {
    /// The codes found, each once, in order.
    fn codes(&self) -> Vec<&'static str> {
        let mut codes: Vec<_> = self.found.iter().map(|d| d.code.id()).collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    }
}

/// Does something that must end, on a thread of the usual size. A stack that overflows
/// ends the whole test run, which is seen.
fn ends<T: Send + 'static>(name: &str, work: impl FnOnce() -> T + Send + 'static) -> T {
    let (done, waits) = mpsc::channel();
    let thread = thread::Builder::new().name(name.into()).stack_size(STACK);
    let handle = thread.spawn(move || done.send(work())).expect("a thread starts");

    match waits.recv_timeout(END) {
        Ok(result) => result,
        Err(mpsc::RecvTimeoutError::Timeout) => panic!("{name} takes more than {END:?}"),
        Err(mpsc::RecvTimeoutError::Disconnected) => panic!("{name} panicked: {:?}", handle.join()),
    }
}

fn answer(name: &str, spelling: Spelling, text: String) -> Answer {
    ends(name, move || whole_way(spelling, &text))
}

fn whole_way(spelling: Spelling, text: &str) -> Answer {
    let mut sources = Sources::new();
    let id = sources.add("a.kpi", text);
    let mut sink = Sink::new();
    let files = [read(spelling, id, text, &mut sink)];
    for printed in [format::dsl(&files[0]), format::yaml(&files[0])] {
        assert!(printed.len() < 64 << 20, "printed it has {} MB", printed.len() >> 20);
    }
    let settings = ProjectFile::default();
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

fn read(spelling: Spelling, id: FileId, text: &str, sink: &mut Sink) -> ast::File {
    match spelling {
        Spelling::Dsl => dsl::parse(id, text, sink),
        Spelling::Yaml => yaml::parse(id, text, sink),
    }
}

fn request() -> Request {
    Request {
        grain: Some(Grain::Month),
        from: Some(PeriodKind::Month(2026, 1)),
        to: Some(PeriodKind::Month(2026, 3)),
        ..Request::default()
    }
}

fn compiled(resolved: &Resolved, request: Request) {
    let Ok(plan) = plan::plan(resolved, &request) else { return };
    let query = lower::lower(resolved, &plan, &SqlTexts::new()).expect("its sources have tables");
    for name in dialect::NAMES {
        let dialect = dialect::by_name(name).expect("it is one of the names");
        if let Err(found) = dialect::print(&query, dialect) {
            assert!(found.iter().all(|d| d.code == Code::DialectCannot), "{found:?}");
        }
    }
}

/// Names, texts and the codes of what is found.
type Cases<'a> = Vec<(&'a str, String, &'a [Code])>;

/// Formulas of a KPI.
fn formulas(cases: Cases<'_>) {
    texts(
        cases
            .into_iter()
            .map(|(name, text, codes)| (name, format!("{SOURCE}kpi x = {text}\n"), codes))
            .collect(),
    );
}

fn texts(cases: Cases<'_>) {
    expect(Spelling::Dsl, cases);
}

fn yamls(cases: Cases<'_>) {
    expect(Spelling::Yaml, cases);
}

fn expect(spelling: Spelling, cases: Cases<'_>) {
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
fn numbered(count: usize, mut each: impl FnMut(usize) -> String) -> String {
    (0..count).map(&mut each).collect()
}

fn nested(open: &str, inner: &str, close: &str, count: usize) -> String {
    open.repeat(count) + inner + &close.repeat(count)
}

// ----------------------------------------------------------------- nesting

#[test]
fn endless_nesting_is_refused() {
    let deep: &[Code] = &[Code::TooDeep];
    formulas(vec![
        ("open brackets", "(".repeat(MANY), deep),
        ("brackets", nested("(", "n", ")", MANY), deep),
        ("minus signs", "-".repeat(MANY) + "n", deep),
        ("spaced minus signs", "- ".repeat(MANY) + "n", deep),
        ("nots", "not ".repeat(MANY) + "(n > 1)", deep),
        ("calls", nested("abs(", "n", ")", MANY), deep),
        ("conditions", nested("(", "n", " where d = 'a')", MANY), deep),
        ("totals", nested("total(", "n", ", d)", MANY), deep),
        ("numbers per member", nested("sum(", "n", " per d)", MANY), deep),
        ("cases", nested("case when n > 1 then ", "1", " else 2 end", MANY), deep),
        ("betweens", nested("n between (", "1", ") and 2", MANY), deep),
        ("lists", nested("n in (", "1", ")", MANY), deep),
    ]);
    texts(vec![
        ("only brackets", "(".repeat(MANY), deep),
        ("closing brackets", ")".repeat(MANY), &[Code::Syntax]),
        ("all kinds of brackets", "([{".repeat(MANY), deep),
        ("closing braces", "}".repeat(MANY), &[Code::Syntax]),
    ]);
}

#[test]
fn nesting_up_to_the_cap_compiles_and_beyond_is_refused() {
    let sides: [(&str, &str, &str); 5] = [
        ("(", "n", ")"),
        ("-", "n", ""),
        ("abs(", "n", ")"),
        ("case when n > 1 then ", "1", " else 2 end"),
        ("(", "n", " where d = 'a')"),
    ];
    for (open, inner, close) in sides {
        let text = |count| format!("{SOURCE}kpi x = {}\n", nested(open, inner, close, count));
        let at = answer(open, Spelling::Dsl, text(250));
        assert_eq!(at.codes(), Vec::<&str>::new(), "{open} {:?}", at.found.first());
        assert_eq!(answer(open, Spelling::Dsl, text(257)).codes(), [Code::TooDeep.id()], "{open}");
        let yaml = |count| {
            let value = nested(open, inner, close, count);
            format!(
                "sources:\n  s:\n    table: t\n    key: id\n    times: at in UTC\n    columns:\n      c: text\n    dimensions:\n      d: c\n    measures:\n      n: count()\nkpis:\n  n:\n  x: {value}\n"
            )
        };
        let at = answer(open, Spelling::Yaml, yaml(250));
        assert_eq!(at.codes(), Vec::<&str>::new(), "{open} {:?}", at.found.first());
        assert_eq!(answer(open, Spelling::Yaml, yaml(257)).codes(), [Code::TooDeep.id()], "{open}");
    }
}

// ------------------------------------------------------------------ length

#[test]
fn endless_chains_are_refused() {
    let large: &[Code] = &[Code::TooLarge];
    let joined = |with: &str, count: usize| vec!["n"; count].join(with);
    formulas(vec![
        ("200,000 terms", joined(" + ", 200_000), large),
        ("200,000 differences", joined(" - ", 200_000), large),
        ("200,000 factors", joined(" * ", 200_000), large),
        ("200,000 quotients", joined(" / ", 200_000), large),
        ("100,000 comparisons", joined(" < ", MANY), &[Code::Syntax]),
        ("100,000 dots", joined(".", MANY), &[Code::Syntax]),
        ("100,000 tests for null", "n".to_string() + &" is null".repeat(MANY), &[Code::Syntax]),
        ("100,000 lists", "n".to_string() + &" not in (1)".repeat(MANY), &[Code::Syntax]),
        ("100,000 betweens", "n".to_string() + &" between 1 and 2".repeat(MANY), &[Code::Syntax]),
        ("100,000 arguments", format!("greatest({})", joined(", ", MANY)), &[]),
        ("100,000 branches", format!("case {}end", "when n > 1 then 1 ".repeat(MANY)), &[]),
        ("a million digits", "1".repeat(1_000_000), &[]),
    ]);
    let measured = |filter: String| {
        SOURCE.replacen("measure m", &format!("measure w = count() where {filter}\nmeasure m"), 1)
    };
    let conditions = |with: &str| measured(vec!["a = 1"; 200_000].join(with));
    texts(vec![
        ("200,000 ands", conditions(" and "), large),
        ("200,000 ors", conditions(" or "), large),
        ("both in turn", measured(vec!["a = 1 and a = 2"; MANY].join(" or ")), large),
        (
            "200,000 values",
            measured(format!("a in ({})", numbered(200_000, |i| format!("{i}, ")) + "0")),
            &[Code::TooLarge, Code::Unused],
        ),
    ]);
}

#[test]
fn a_chain_up_to_the_limit_compiles() {
    for with in [" + ", " * ", " / "] {
        let text = format!("{SOURCE}kpi x = {}\n", vec!["n"; 450].join(with));
        assert_eq!(answer(with, Spelling::Dsl, text).codes(), Vec::<&str>::new());
    }
}

// ----------------------------------------------------------------- garbage

/// The same on every run: xorshift.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.roll() as usize % from.len()]
    }
}

const TOKENS: &[&str] = &[
    "kpi",
    "source",
    "measure",
    "dimension",
    "segment",
    "segmentation",
    "{",
    "}",
    "(",
    ")",
    "=",
    "+",
    "-",
    "*",
    "/",
    "<",
    ">",
    "<>",
    "<=",
    ",",
    ".",
    ":",
    "$",
    "'",
    "\"",
    "`",
    "#",
    "##",
    "where",
    "and",
    "or",
    "not",
    "in",
    "like",
    "between",
    "case",
    "when",
    "then",
    "else",
    "end",
    "1",
    "2.5%",
    "2026-01",
    "7 days",
    "EUR",
    "n",
    "m",
    "s",
    "d",
    "a",
    "count",
    "sum",
    "per",
    "having",
    "distinct",
    "on",
    "by",
    "at",
    "table",
    "key",
    "time",
    "join",
    "unit",
    "percent",
    "target",
    "each",
    "month",
    "from",
    "until",
    "status",
    "below",
    "of",
    "null",
    "funnel",
    "step",
    "within",
    "label",
    "'text'",
    "\"label\"",
    "é",
    "\u{202e}",
    "\n",
    "\n  ",
    "- ",
    "[",
    "]",
    "&a",
    "*a",
    "!",
    "|",
    ">",
    "kpis:",
    "\t",
];

fn garbage() -> Vec<(&'static str, String)> {
    let mut dice = Dice(42);
    let bytes: Vec<u8> = (0..1_000_000).map(|_| dice.roll() as u8).collect();
    let printable: String = (0..1_000_000).map(|_| char::from(b' ' + (dice.roll() % 95) as u8)).collect();
    let mut tokens = String::new();
    while tokens.len() < 1_000_000 {
        tokens += dice.pick(TOKENS);
        tokens += dice.pick(&[" ", " ", ""]);
    }
    let quoteless = tokens.replace(['\'', '"', '`', '#'], "");
    let flat = quoteless.replace(['(', ')', '{', '}', '[', ']'], "");
    vec![
        ("bytes", String::from_utf8_lossy(&bytes).into_owned()),
        ("bytes without NUL", String::from_utf8_lossy(&bytes).replace('\0', "")),
        ("printable", printable),
        ("tokens", tokens),
        ("tokens without quotes", quoteless),
        ("tokens without quotes and brackets", flat),
        ("one quote", "'".repeat(1_000_001)),
        ("one backtick", "`".repeat(1_000_001)),
        ("comments", "#".repeat(1_000_000)),
        ("comment lines", "##\n".repeat(300_000)),
        ("equals signs", "=".repeat(1_000_000)),
        ("minus signs", "-".repeat(1_000_000)),
        ("keywords", "kpi ".repeat(200_000)),
        ("open blocks", "kpi x { unit ".repeat(50_000)),
        ("broken items", "kpi x = = = {\n".repeat(20_000)),
        ("broken properties", format!("source s {{\n{}}}", "  measure = = 3\n".repeat(20_000))),
        ("broken formulas", "kpi x = n +\n".repeat(20_000)),
        ("marks of order", "\u{feff}\u{202e}\u{200b}".repeat(MANY)),
    ]
}

#[test]
fn a_megabyte_of_garbage_is_told_apart_soon() {
    for (name, text) in garbage() {
        for spelling in [Spelling::Dsl, Spelling::Yaml] {
            let found = answer(name, spelling, text.clone());
            let clean = name.starts_with("comment") && spelling == Spelling::Dsl
                || name == "comments"
                || name == "comment lines";
            assert_eq!(found.found.is_empty(), clean, "{name} in {spelling:?}: {:?}", found.codes());
        }
    }
}

// ------------------------------------------------------------- definitions

#[test]
fn many_definitions_are_read_in_one_pass() {
    let times = |count, each: &dyn Fn(usize) -> String| numbered(count, each);
    let duplicate: &[Code] = &[Code::DuplicateName];
    texts(vec![
        ("100,000 KPIs of one name", SOURCE.to_string() + &"kpi x = n\n".repeat(MANY), duplicate),
        (
            "100,000 sources of one name",
            SOURCE.to_string() + &"source s { table t  key id }\n".repeat(MANY),
            duplicate,
        ),
        (
            "100,000 units",
            SOURCE.replacen("kpi m", &format!("kpi m {{ {} }}", "unit count ".repeat(MANY)), 1),
            &[Code::Repeated],
        ),
        (
            "100,000 segments",
            SOURCE.replacen(
                "kpi m",
                &format!("kpi m {{ segments s0{} }}", times(MANY - 1, &|i| format!(", s{}", i + 1))),
                1,
            ) + &times(MANY, &|i| format!("segment s{i} where d = 'v{i}'\n")),
            &[],
        ),
        (
            "a segmentation of 100,000",
            format!(
                "{SOURCE}segmentation b {{ {} segment r else }}",
                times(MANY, &|i| format!("segment s{i} where d = 'v{i}'\n"))
            ),
            &[Code::TooLarge],
        ),
        (
            "segments of segments",
            format!(
                "{SOURCE}segment s0 where d = 'a'\n{}",
                times(60, &|i| format!("segment s{} where s{i} or s{i}\n", i + 1))
            ),
            &[Code::TooLarge],
        ),
        (
            "a chain of 10,000",
            format!("{SOURCE}kpi k0 = n\n{}", times(9_999, &|i| format!("kpi k{} = k{i} + 1\n", i + 1))),
            &[],
        ),
        (
            "a chain of 10,000, its end first",
            SOURCE.to_string()
                + &times(9_999, &|i| format!("kpi k{} = k{} + 1\n", 9_999 - i, 9_998 - i))
                + "kpi k0 = n\n",
            &[],
        ),
        (
            "each names the one before twice",
            format!("{SOURCE}kpi k0 = n\n{}", times(9_999, &|i| format!("kpi k{} = k{i} + k{i}\n", i + 1))),
            &[],
        ),
        ("a KPI of itself", format!("{SOURCE}kpi k = k + 1\n"), &[Code::Cycle]),
        (
            "a cycle of 10,000",
            format!("{SOURCE}kpi k0 = k9999\n{}", times(9_999, &|i| format!("kpi k{} = k{i} + 1\n", i + 1))),
            &[Code::Cycle],
        ),
        (
            "columns of columns",
            "source s { table t  key id  time at in UTC  column c0 : integer\n".to_string()
                + &times(99, &|i| format!("column c{} = c{i} + c{i}\n", i + 1))
                + "measure n = sum(c99) }\nkpi n\n",
            &[Code::TooLarge],
        ),
        (
            "joins behind joins",
            times(2_000, &|i| {
                format!(
                    "source s{i} {{ table t  key id  time at in UTC  join j: s{} on x  dimension d{i}  measure m{i} = count() }}\nkpi m{i}\n",
                    i + 1
                )
            }) + "source s2000 { table t  key id  dimension last }\n",
            &[Code::TooLarge],
        ),
        (
            "joins by two ways",
            times(30, &|i| {
                let next = i + 1;
                format!(
                    "source s{i} {{ table t  key id  time at in UTC  join a: s{next} on x  join b: s{next} on y  measure m{i} = count() }}\nkpi m{i} {{ by last }}\n"
                )
            }) + "source s30 { table t  key id  dimension last }\n",
            &[Code::TwoPaths],
        ),
        (
            "3,000 sources that join one with 3,000 dimensions",
            format!("source hub {{ table h  key id {} }}\n", times(3_000, &|i| format!(" dimension d{i}")))
                + &times(3_000, &|i| {
                    format!(
                        "source s{i} {{ table t  key id  time at in UTC  join h: hub on x  measure m{i} = count() }}\nkpi m{i}\n"
                    )
                }),
            &[Code::TooLarge],
        ),
        (
            "a large segment in 20,000 KPIs",
            format!("{SOURCE}segment s where {}d = 'v'\n", times(450, &|i| format!("d = 'v{i}' or ")))
                + &times(20_000, &|i| format!("kpi k{i} = n where s\n")),
            &[Code::TooLarge],
        ),
        (
            "20,000 unknown names",
            SOURCE.to_string() + &times(20_000, &|i| format!("kpi k{i} = unknown{i}\n")),
            &[Code::UnknownName],
        ),
        (
            "100,000 targets",
            SOURCE.replacen(
                "kpi m",
                &format!("kpi m {{ {} }}", "target 1 each month from 2026-01\n".repeat(MANY)),
                1,
            ),
            &[],
        ),
    ]);
}

#[test]
fn long_lines_are_lines() {
    let mut one_line = SOURCE.replace('\n', " ");
    for i in 0.. {
        if one_line.len() > 10_000_000 {
            break;
        }
        write!(one_line, "kpi x{i} = n + {i} ").expect("a text can be written to");
    }
    texts(vec![
        ("ten megabytes of KPIs on a line", one_line, &[]),
        ("ten megabytes of comment", format!("{SOURCE}#{}", "x".repeat(10_000_000)), &[]),
        ("ten megabytes of blank lines", SOURCE.to_string() + &"\n".repeat(10_000_000), &[]),
        ("a text of ten megabytes", format!("{SOURCE}segment x where d = '{}'", "x".repeat(10_000_000)), &[]),
        (
            "an open text of ten megabytes",
            format!("{SOURCE}segment x where d = '{}", "x".repeat(10_000_000)),
            &[Code::Unterminated],
        ),
        ("a name of ten megabytes", format!("{SOURCE}kpi {} = n", "x".repeat(10_000_000)), &[]),
        (
            "100,000 findings on a line",
            SOURCE.replace('\n', " ") + &"kpi x = n ".repeat(MANY),
            &[Code::DuplicateName],
        ),
    ]);
}

// -------------------------------------------------------------------- YAML

#[test]
fn yaml_bombs_are_defused() {
    let mut laughs = "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n".to_string();
    for i in 1..30 {
        let inner = vec![format!("*a{}", i - 1); 9].join(", ");
        writeln!(laughs, "a{i}: &a{i} [{inner}]").expect("a text can be written to");
    }
    let start =
        "sources:\n  s:\n    table: t\n    key: id\n    times: at in UTC\n    measures:\n      n: count()\n";
    let kpis = |each: &dyn Fn(usize) -> String| format!("{start}kpis:\n  n:\n{}", numbered(MANY, each));
    yamls(vec![
        ("a billion laughs", laughs, &[Code::YamlFeature, Code::UnknownKeyword]),
        ("an anchor that holds itself", "kpis: &a\n  x: *a\n".into(), &[Code::YamlFeature]),
        (
            "merge keys",
            format!(
                "{start}kpis:\n  n: &a\n    unit: count\n{}",
                numbered(1000, |i| format!("  k{i}:\n    <<: *a\n"))
            ),
            &[Code::YamlFeature, Code::UnknownName],
        ),
        ("open brackets", "[".repeat(MANY), &[Code::TooDeep]),
        ("open braces", "{".repeat(MANY), &[Code::TooDeep]),
        ("both in turn", "[{".repeat(MANY), &[Code::TooDeep]),
        ("brackets", nested("[", "", "]", MANY), &[Code::TooDeep]),
        ("lists in lists", "- ".repeat(MANY), &[Code::TooDeep, Code::YamlShape]),
        ("keys of keys", "? ".repeat(MANY), &[Code::TooDeep, Code::YamlShape]),
        (
            "maps in maps",
            numbered(1_000, |i| format!("{}k{i}:\n", " ".repeat(i))),
            &[Code::TooDeep, Code::UnknownKeyword],
        ),
        (
            "one line of ten megabytes",
            format!("{start}kpis:\n  n:\n  x: n + {}\n", "1".repeat(10_000_000)),
            &[],
        ),
        ("a tag", "!!python/object:os.system kpis: {}\n".into(), &[Code::YamlFeature]),
        ("several documents", "kpis:\n---\nkpis:\n".repeat(1000), &[Code::YamlFeature]),
        ("100,000 KPIs", kpis(&|i| format!("  x{i}: n + {i}\n")), &[]),
        ("100,000 KPIs of one name", kpis(&|_| "  x: n\n".into()), &[Code::Repeated]),
        ("100,000 unknown keys", numbered(MANY, |i| format!("key{i}: x\n")), &[Code::UnknownKeyword]),
        ("100,000 broken lines", "kpis: : :\n".repeat(MANY), &[Code::YamlSyntax]),
        (
            "a million nodes",
            format!("kpis: [{}]", "a, ".repeat(1_000_000)),
            &[Code::TooLarge, Code::UnknownName, Code::DuplicateName],
        ),
        (
            "200,000 terms",
            format!("{start}kpis:\n  n:\n  x: n{}\n", " + n".repeat(200_000)),
            &[Code::TooLarge],
        ),
        (
            "open brackets in a value",
            format!("{start}kpis:\n  n:\n  x: {}\n", "(".repeat(MANY)),
            &[Code::TooDeep],
        ),
        ("blank lines", format!("{start}{}kpis:\n  n:\n", "\n".repeat(1_000_000)), &[]),
        (
            "a key of a megabyte",
            format!("{}: x\n", "x".repeat(1_000_000)),
            &[Code::YamlShape, Code::YamlUnquoted],
        ),
    ]);
}

#[test]
fn project_files_are_as_hostile() {
    for (name, text) in garbage() {
        ends(name, move || {
            let mut sink = Sink::new();
            yaml::project(FileId(0), &text, &mut sink);
            sink.into_sorted()
        });
    }
}

// ---------------------------------------------------------------- requests

#[test]
fn conditions_of_a_request_are_as_hostile() {
    let cases: Vec<(&str, String, Option<Code>)> = vec![
        ("a megabyte of ors", vec!["d = 'a'"; MANY].join(" or "), Some(Code::TooLarge)),
        ("a megabyte of brackets", "(".repeat(1_000_000), Some(Code::TooDeep)),
        ("a megabyte of nots", "not ".repeat(250_000) + "d = 'a'", Some(Code::TooDeep)),
        ("a list of a megabyte", format!("d in ({}'x')", "'abcdefgh', ".repeat(900)), None),
        ("a text of a megabyte", format!("d = '{}'", "x".repeat(1_000_000)), None),
        ("nothing", String::new(), Some(Code::Syntax)),
    ];
    for (name, text, expected) in cases {
        let found = ends(name, move || {
            let mut sink = Sink::new();
            let files = [dsl::parse(FileId(0), SOURCE, &mut sink)];
            let settings = ProjectFile::default();
            let model = model::build(&files, &settings, &mut sink);
            let resolved = resolve::resolve(&model, &Catalog::default(), &mut sink);
            let filter = dsl::expression(&Fragment::whole(FileId(1), &text), &mut sink)
                .and_then(|e| resolve::predicate(&resolved, &e, &mut sink));
            if filter.is_some() {
                compiled(&resolved, Request { filter, ..request() });
            }
            sink.into_sorted()
        });
        assert_eq!(found.first().map(|d| d.code), expected, "{name}: {:?}", found.first());
    }
}

// -------------------------------------------------------------- the binary

/// Exit code, stdout and stderr of a check of one file.
fn check(
    name: &'static str,
    file: &'static str,
    bytes: Vec<u8>,
    format: &'static str,
) -> (Option<i32>, String, String) {
    ends(name, move || {
        let place = tempfile::tempdir().expect("a folder can be made");
        fs::write(place.path().join("kpic.yaml"), "").expect("a file can be written");
        fs::write(place.path().join(file), bytes).expect("a file can be written");
        run(place.path(), &["check", "--format", format])
    })
}

fn run(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_kpic"))
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .expect("kpic runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

#[test]
fn files_of_every_kind_are_answered() {
    let bytes = |text: &str| text.as_bytes().to_vec();
    let utf16 = SOURCE.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let cases: Vec<(&'static str, &'static str, Vec<u8>, i32, &str)> = vec![
        ("as it is", "a.kpi", bytes(SOURCE), 0, "no findings"),
        ("empty", "a.kpi", Vec::new(), 0, "no findings"),
        ("lines that end in CR LF", "a.kpi", bytes(&SOURCE.replace('\n', "\r\n")), 0, "no findings"),
        ("lines that end in CR", "a.kpi", bytes(&SOURCE.replace('\n', "\r")), 0, "no findings"),
        ("a byte order mark", "a.kpi", bytes(&format!("\u{feff}{SOURCE}")), 0, "no findings"),
        ("UTF-16", "a.kpi", utf16, 1, "a.kpi:1:2"),
        ("invalid UTF-8", "a.kpi", b"kpi x = \xff n".to_vec(), 1, "a.kpi:1:9"),
        ("invalid UTF-8 in YAML", "a.kpi.yaml", b"kpis:\n  x: \xff\n".to_vec(), 1, "a.kpi.yaml:2:6"),
        ("NUL", "a.kpi", b"kpi x =\n \0".to_vec(), 1, "a.kpi:2:2"),
        ("NUL in YAML", "a.kpi.yaml", b"kpis:\n  x: \0\n".to_vec(), 1, "a.kpi.yaml:2:6"),
        (
            "fifty megabytes",
            "a.kpi",
            bytes(&(SOURCE.to_string() + &"# a remark\n".repeat(5_000_000))),
            1,
            "K0104",
        ),
        ("fifty megabytes of YAML", "a.kpi.yaml", b"# a remark\n".repeat(5_000_000), 1, "K0104"),
        ("100,000 brackets", "a.kpi", bytes(&"(".repeat(MANY)), 1, "K0103"),
        (
            "100,000 minus signs",
            "a.kpi",
            bytes(&format!("{SOURCE}kpi x = {}n", "-".repeat(MANY))),
            1,
            "K0103",
        ),
        ("100,000 brackets of YAML", "a.kpi.yaml", bytes(&"[".repeat(MANY)), 1, "K0103"),
    ];
    for (name, file, bytes, code, says) in cases {
        for format in ["text", "json", "sarif", "github"] {
            let (exit, out, err) = check(name, file, bytes.clone(), format);
            assert_eq!(exit, Some(code), "{name}: {out}{err}");
            if format == "text" {
                assert!(format!("{out}{err}").contains(says), "{name}: {out}{err}");
            }
        }
    }
}

#[test]
fn a_stream_without_end_is_no_file() {
    for name in ["/dev/zero", "/dev/urandom"] {
        if !Path::new(name).exists() {
            continue;
        }
        let (exit, out, err) = ends(name, move || {
            let place = tempfile::tempdir().expect("a folder can be made");
            fs::write(place.path().join("kpic.yaml"), "").expect("a file can be written");
            #[cfg(unix)]
            std::os::unix::fs::symlink(name, place.path().join("a.kpi")).expect("a link can be made");
            run(place.path(), &["check"])
        });
        assert_eq!(exit, Some(1), "{name}: {out}{err}");
    }
}
