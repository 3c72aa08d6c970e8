//! Trees, positions, comments and refusals, each worked out by hand.

use super::*;
use crate::source::Sources;

/// The tree in one line: texts as they read, what is missing as `-`, what is broken as `!`.
fn tree(node: &Node) -> String {
    match &node.value {
        Value::Map(map) => {
            let entries = map.entries.iter().map(|e| format!("{}: {}", e.key.text, tree(&e.value)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
        }
        Value::List(items) => {
            format!("[{}]", items.iter().map(|i| tree(&i.node)).collect::<Vec<_>>().join(", "))
        }
        Value::Text(scalar) => scalar.text.clone(),
        Value::Null => "-".into(),
        Value::Broken => "!".into(),
    }
}

/// The tree, and each finding as `code line:column`.
fn loaded(text: &str) -> (String, Vec<String>) {
    let mut sources = Sources::new();
    let file = sources.add("a.kpi.yaml", text);
    let mut sink = Sink::new();
    let root = load(file, text, &mut sink).root;
    let place = |d: &Diagnostic| {
        let at = sources.position(file, d.span.map_or(0, |s| s.range().start));
        format!("{} {}:{}", d.code, at.line, at.column)
    };
    (root.as_ref().map_or(String::new(), tree), sink.into_sorted().iter().map(place).collect())
}

#[track_caller]
fn check(text: &str, expected: &str, findings: &[&str]) {
    let (tree, found) = loaded(text);
    assert_eq!(
        (tree.as_str(), found),
        (expected, findings.iter().map(|f| (*f).to_string()).collect()),
        "{text}"
    );
}

#[test]
fn every_value_is_a_text() {
    check("a: 1\nb: true\nc: null\nd: ~\ne:\nf: ''\n", "{a: 1, b: true, c: null, d: ~, e: -, f: }", &[]);
    check("a: [x, 2026-01, 'y']\nb: {c: d, e}\n", "{a: [x, 2026-01, y], b: {c: d, e: -}}", &[]);
    check("- a: b\n  c: d\n-\n- e\n", "[{a: b, c: d}, -, e]", &[]);
    check("---\na: b\n", "{a: b}", &[]);
    check("", "", &[]);
    check("# only\n", "", &[]);
}

#[test]
fn line_ends_and_byte_order_mark_are_no_content() {
    check("\u{feff}a: é b\r\nc:\r\n  - d\r\n", "{a: é b, c: [d]}", &[]);
    check("a: |\r\n  b\r\n  c\r\n", "{a: b\nc\n}", &[]);
}

#[test]
fn spans_are_bytes_of_the_file() {
    let text = "\u{feff}é: 'ü'\r\nb:\r\n  c: [d, \"e f\"]\r\n";
    let mut sink = Sink::new();
    let root = load(FileId(0), text, &mut sink).root.expect("the text is a map");
    let Value::Map(map) = &root.value else { panic!("{root:?}") };
    let written = |span: Span| &text[span.range()];
    assert_eq!(written(map.entries[0].key.span), "é");
    assert_eq!(written(map.entries[0].value.span), "'ü'");
    assert_eq!(written(map.entries[1].value.span), "c: [d, \"e f\"]");
    assert_eq!(written(root.span), text.trim_start_matches('\u{feff}').trim_end());
}

#[test]
fn comments_stay_with_what_they_explain() {
    let text = "# top\nkpis: # section\n  # of a\n  a: x # behind\n  b:\n    c: | # head\n      d\n    # end of b\n  # of e\n  e:\n  - f # item\n# last\n";
    let mut sink = Sink::new();
    let Loaded { root, trailing } = load(FileId(0), text, &mut sink);
    assert!(sink.is_empty(), "{sink:?}");
    assert_eq!(trailing, ["last"]);
    let Some(Node { value: Value::Map(map), .. }) = root else { panic!("no map") };
    let shown = |c: &crate::syntax::ast::Comments| (c.above.join("|"), c.behind.clone().unwrap_or_default());
    assert_eq!(shown(&map.entries[0].comments), ("top".into(), "section".into()));
    let Value::Map(kpis) = &map.entries[0].value.value else { panic!("{map:?}") };
    let comments: Vec<_> = kpis.entries.iter().map(|e| shown(&e.comments)).collect();
    assert_eq!(
        comments,
        [("of a".into(), "behind".into()), (String::new(), String::new()), ("of e".into(), String::new())]
    );
    let Value::Map(b) = &kpis.entries[1].value.value else { panic!("{kpis:?}") };
    assert_eq!(shown(&b.entries[0].comments), (String::new(), "head".into()));
    assert_eq!(b.inside_end, ["end of b"]);
    let Value::List(items) = &kpis.entries[2].value.value else { panic!("{kpis:?}") };
    assert_eq!(shown(&items[0].comments), (String::new(), "item".into()));
}

#[test]
fn parts_of_yaml_that_hide_or_repeat_are_refused() {
    check("a: &x b\nc: *x\n", "{a: b, c: !}", &["K0111 1:4", "K0111 2:4"]);
    check("a: *x\n", "{a: !}", &["K0111 1:4"]);
    check("a: !!str b\n", "{a: b}", &["K0111 1:4"]);
    check("a:\n  <<: b\n", "{a: {}}", &["K0111 2:3"]);
    check("a: b\n---\nc: d\n", "{a: b}", &["K0111 2:1"]);
    check("%YAML 1.2\n---\na: b\n", "{a: b}", &["K0111 1:1"]);
    check("a: b\nc: d\na: e\n", "{a: b, c: d}", &["K0112 3:1"]);
    check("? [a]\n: b\nc: d\n", "{c: d}", &["K0109 1:3"]);
    check(": b\nc: d\n", "{c: d}", &["K0109 1:1"]);
}

#[test]
fn a_value_that_yaml_cuts_short_is_said_to_be() {
    check("a: b: c\nd: e\n", "{a: !, d: e}", &["K0110 1:5"]);
    check("- b: c: d\n- e\n", "[{b: !}, e]", &["K0110 1:7"]);
    check("a: 'x' = b\nd: e\n", "{a: !, d: e}", &["K0110 1:8"]);
    check("a: `x` / b\nd: e\n", "{a: !, d: e}", &["K0110 1:4"]);
    check("a: %x\n", "{a: !}", &["K0110 1:4"]);
    check("a: [b] / c\nd: e\n", "{a: !, d: e}", &["K0110 1:8"]);
    check("a: > 5\nd: e\n", "{a: !, d: e}", &["K0110 1:4"]);
    check("a: * 5\nd: e\n", "{a: !, d: e}", &["K0110 1:4"]);
    check("a: {b: sum(c, 0), d: e}\nf: g\n", "{a: !, f: g}", &["K0110 1:8"]);
    check("a: [x, in (1, 2)]\n", "{a: !}", &["K0110 1:8"]);
    check("a: [x, \"in (1, 2)\"]\n", "{a: [x, in (1, 2)]}", &[]);
}

#[test]
fn what_stands_behind_an_error_is_read() {
    check("a:\n\tb: c\nd: e\n", "{a: -, d: e}", &["K0108 2:2"]);
    check("a: [b\nc: d\ne: f\n", "{a: !, c: d, e: f}", &["K0108 1:4"]);
    check("a: \"b\nc: d\ne: f\n", "{a: !, c: d, e: f}", &["K0108 1:4"]);
    check("a:\n  b: c\n d: e\nf: g\n", "{a: {b: c}, f: g}", &["K0108 3:2"]);
    check("a: b: c\nd:\n  e: f: g\n  h: i\n", "{a: !, d: {e: !, h: i}}", &["K0110 1:5", "K0110 3:7"]);
    check("a: b\nc\nd: e\n", "{a: b, d: e}", &["K0108 2:1"]);
}

#[test]
fn limits_are_told() {
    check(&"[".repeat(100_000), "", &["K0103 1:65"]);
    let (_, found) = loaded(&"- ".repeat(100_000));
    assert_eq!(found, ["K0103 1:129"]);
    let large = "#".repeat(MAX_BYTES + 1);
    check(&large, "", &["K0104 1:1"]);
    let (_, found) = loaded(&"a,".repeat(MAX_NODES));
    assert_eq!(found, Vec::<String>::new());
    let (_, found) = loaded(&format!("[{}]", "a,".repeat(MAX_NODES)));
    assert_eq!(found, ["K0104 1:1"]);
}
