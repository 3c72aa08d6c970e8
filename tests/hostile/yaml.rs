//! What YAML can hide.

use std::fmt::Write as _;

use kpic::diagnostic::Code;

use crate::way::*;

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
            &[Code::Syntax, Code::YamlFeature],
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
        ("100,000 KPIs of one name", kpis(&|_| "  x: n\n".into()), &[Code::Syntax, Code::Repeated]),
        (
            "100,000 unknown keys",
            numbered(MANY, |i| format!("key{i}: x\n")),
            &[Code::Syntax, Code::UnknownKeyword],
        ),
        ("100,000 broken lines", "kpis: : :\n".repeat(MANY), &[Code::YamlSyntax]),
        (
            "a million nodes",
            format!("kpis: [{}]", "a, ".repeat(1_000_000)),
            &[Code::TooLarge, Code::UnknownName],
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

/// What looks back to the start of a line, or ahead to its end, must not do so at each part.
#[test]
fn long_lines_are_read_once() {
    const HALF: usize = 1 << 17;
    let list = |part: &str| format!("kpis: [{}]\n", part.repeat(HALF / part.len()));
    let value = |text: String| format!("kpis:\n  a: {text}\n");
    yamls(vec![
        ("empty maps", list("{},"), &[Code::Syntax, Code::YamlShape]),
        ("one name in maps", list("{a: b},"), &[Code::TooLarge, Code::UnknownName, Code::DuplicateName]),
        ("open quotes", list("{a: b 'c},"), &[Code::Syntax, Code::YamlUnquoted]),
        ("quotes to unescape", list("{a: 'b ''c'' d'},"), &[Code::Syntax]),
        (
            "nothing behind a mistake above",
            format!("a: b: c\n{}", list("a: ,")),
            &[Code::TooLarge, Code::YamlUnquoted, Code::UnknownKeyword],
        ),
        ("escapes", value(format!("\"b{}\"", "\\t+ c".repeat(HALF / 5))), &[Code::TooLarge]),
        ("doubled quotes", value(format!("'''{}'''", "''".repeat(HALF))), &[Code::TypeMismatch]),
        ("folded lines", value(format!(">\n{}", "   b\n".repeat(HALF))), &[Code::Syntax]),
        ("plain lines", value(format!("b\n{}", "   b\n".repeat(HALF))), &[Code::Syntax]),
        ("blanks", format!("kpis:{}{{a: b}}\n", " ".repeat(HALF)), &[Code::UnknownName]),
    ]);
}
