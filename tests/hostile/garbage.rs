//! Texts that are no definitions at all.

use crate::way::*;
use kpic::diagnostic::Sink;
use kpic::source::FileId;
use kpic::syntax::yaml;

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
