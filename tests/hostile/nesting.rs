//! Brackets in brackets, up to the cap and beyond.

use kpic::diagnostic::Code;

use crate::way::*;

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
