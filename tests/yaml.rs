//! The YAML spelling: what it reads and where its findings point.

use kpic::diagnostic::{Diagnostic, Sink};
use kpic::source::{FileId, Sources};
use kpic::syntax::ast::*;
use kpic::syntax::{dsl, yaml};
use std::fs;
use std::path::{Path as FilePath, PathBuf};

/// A line for each finding: `line:column CODE message`.
fn shown(text: &str, found: &[Diagnostic]) -> String {
    let mut sources = Sources::new();
    let file = sources.add("a.yaml", text);
    let lines = found.iter().map(|d| {
        let span = d.span.expect("a finding about a text has a place");
        let at = sources.position(file, span.start as usize);
        format!("{}:{} {} {}\n", at.line, at.column, d.code, d.message)
    });
    lines.collect()
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: impl AsRef<FilePath>) -> String {
    fs::read_to_string(root().join(path)).expect("the file is part of the repository")
}

// ------------------------------------------------------------- definitions

fn parse(text: &str) -> (File, Vec<Diagnostic>) {
    let mut sink = Sink::new();
    let file = yaml::parse(FileId(0), text, &mut sink);
    (file, sink.into_sorted())
}

/// The items of a text without mistakes.
#[track_caller]
fn clean(text: &str) -> File {
    let (file, found) = parse(text);
    assert!(found.is_empty(), "{}\n{text}", shown(text, &found));
    file
}

fn dsl_items(text: &str) -> Vec<Item> {
    let mut sink = Sink::new();
    let file = dsl::parse(FileId(0), text, &mut sink);
    assert!(sink.is_empty(), "{}", shown(text, &sink.into_sorted()));
    file.items
}

/// The YAML corpus in the language's own spelling, written by hand.
const CORPUS: &str = r#"
param cart_window = 24 hours
source orders {
  key order_id
  time ordered_at
  rows where status <> 'cancelled'
  join customer: customers on customer_id
  join previous: orders on customer_id last before ordered_at
  column amount : decimal in EUR
  dimension channel
  dimension customer = customer_id
  measure orders = count()
  measure revenue = sum(amount)
  measure buyers = count(distinct customer)
  measure shipped = count() at shipped_at
  measure promo_orders = count() where promo_id is not null
  measure days_between = avg(ordered_at - previous.ordered_at)
}
source subscriptions {
  key subscription_id
  active from started_at until ended_at
  stock mrr = sum(mrr)
}
funnel checkout by visitor within 7 days {
  step visit on events where name = 'page_view'
  step purchase on orders
}
cohort acquired on customers by customer at acquired_at
attribution touch on touchpoints by customer within 30 days
kpi revenue { unit EUR  target 50_000 EUR each month from 2026-01 until 2026-12 }
kpi aov = revenue / orders
kpi mrr = at_end(mrr)
kpi nps = 100 * (promoters - detractors) / responses { unit score  status off_track below 0 }
kpi repurchase_rate = count(per customer having rolling(orders, 12 months) >= 2) / rolling(buyers, 12 months) {
  unit percent
}
kpi clv_by_cohort = per_entrant(acquired, revenue, by month)
kpi roas = attributed(touch, revenue, decay 7 days) / campaign_cost
kpi cart_abandonment_rate = abandoned / carts { unit percent  better lower  settled $cart_window }
kpi availability_rate = time_share(down = 0) { target 99.9% }
kpi ecommerce_conversion_rate "Taux de conversion" = orders / visitors {
  unit percent
  by device, channel
  target 2.5% each month from 2026-01
  target 3.2% each month from 2026-01 where device = 'desktop'
  status at_risk below 95% of target, off_track below 85% of target
}
"#;

#[track_caller]
fn same(yaml: &str, language: &str) {
    let (ours, theirs) = (clean(yaml).items, dsl_items(language));
    assert_eq!(ours.len(), theirs.len());
    for (ours, theirs) in ours.iter().zip(&theirs) {
        assert_eq!(ours, theirs);
    }
}

#[test]
fn the_corpus_says_what_the_language_says() {
    same(&read("tests/corpus/inventory.kpi.yaml"), CORPUS);
}

#[test]
fn every_shipped_definition_reads() {
    let mut count = 0;
    let mut folders = vec![root().join("examples"), root().join("tests/golden"), root().join("kpis")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.to_string_lossy().ends_with(".kpi.yaml") {
                clean(&read(&path));
                count += 1;
            }
        }
    }
    assert!(count > 1, "only {count} files were found");
}

#[track_caller]
fn findings(text: &str, expected: &str) {
    let (_, found) = parse(text);
    assert_eq!(shown(text, &found), expected, "{text}");
}

/// The name and formula of each item, without positions.
fn names(file: &File) -> Vec<&str> {
    file.items.iter().map(|item| item.header().name.value.as_str()).collect()
}

#[test]
fn every_shape_of_an_item_is_read() {
    same(
        r#"
params:
  b:
    label: It's "b"
    description: |
      One line.

        And another.
    value: 2026-01-15
  c: "'FR'"
sources:
  logical:
  orders:
    label: Orders
    sql: queries/it's.sql
    key: [order_id, line]
    times: [ordered_at, "paid_at in Europe/Paris"]
    snapshot: day sparse carry 3 days
    valid: from a until b
    since: 2024-01-01
    rows: where amount > 0
    joins:
      - customer:
          label: Buyer
          value: customers on customer_id
    columns:
      plain:
      price: decimal(12,2) in EUR pii
      rate: in percent of 100
      tag: pii
      at: "= coalesce(a, b)"
      typed: text = lower(x)
    dimensions: [device, channel, "odd name"]
    stock: held = count()
    measures:
      revenue:
        description: Money
        value: sum(amount) at paid_at where x = 1
segments:
  odd name: where a = 1
  home:
    label: Home
    where: country = 'FR'
segmentations:
  size:
    per: customer
    segments:
      - small: where value < 50
      - middle:
          label: Middle
          where: value < 100
      - large:
          label: Large
          else:
  map:
    segments: {web: where a = 1, rest: else}
  one:
    segment: a where b = 1
funnels:
  plain: by visitor
  steps:
    over: on events by visitor
    step: visit where a = 1
experiments:
  button:
    over: on assignments by visitor
    control: A
  plain: by x
kpis:
  gold:
  full:
    label: Full
    labels:
      fr: Plein
      fr-CA: Plein d'ici
    value: a / b where c = 'd'
    alias: [f, g]
    by: device, channel
    grain: [day, week]
    settled: $window
    empty: null
    format: "0.0"
    objective: growth
    stage: acquisition
    owner: me@example.org
    tags: x
    action: >
      Look
      at it.
    vanity:
    targets: [5%]
    status: [at_risk below 5, off_track below 3]
    benchmarks:
      - 5% "France" source "x" year 2024
    version: 1.0
    effective: from 2026 until 2026-12
"#,
        r#"
## One line.
##
##   And another.
param b = 2026-01-15 "It's ""b"""
param c = 'FR'
source logical {}
source orders "Orders" {
  sql 'queries/it''s.sql'
  key order_id, line
  time ordered_at
  time paid_at in Europe/Paris
  snapshot day sparse carry 3 days
  valid from a until b
  since 2024-01-01
  rows where amount > 0
  join customer "Buyer": customers on customer_id
  column plain
  column price : decimal(12,2) in EUR pii
  column rate in percent of 100
  column tag pii
  column at = coalesce(a, b)
  column typed : text = lower(x)
  dimension device
  dimension channel
  dimension `odd name`
  stock held = count()
  ## Money
  measure revenue = sum(amount) at paid_at where x = 1
}
segment `odd name` where a = 1
segment home "Home" where country = 'FR'
segmentation size per customer {
  segment small where value < 50
  segment middle "Middle" where value < 100
  segment large "Large" else
}
segmentation map { segment web where a = 1  segment rest else }
segmentation one { segment a where b = 1 }
funnel plain by visitor {}
funnel steps on events by visitor { step visit where a = 1 }
experiment button on assignments by visitor { control 'A' }
experiment plain by x
kpi gold
kpi full "Full" = a / b where c = 'd' {
  label fr "Plein"
  label fr-CA "Plein d'ici"
  alias f, g
  by device, channel
  grain day, week
  settled $window
  empty null
  format "0.0"
  objective growth
  stage acquisition
  owner "me@example.org"
  tags x
  action "Look at it."
  vanity
  target 5%
  status at_risk below 5, off_track below 3
  benchmark 5% "France" source "x" year 2024
  version "1.0"
  effective from 2026 until 2026-12
}
"#,
    );
}

#[test]
fn a_singular_key_holds_one_item_as_the_language_writes_it() {
    same(
        "param: a = 5 \"five\"\nkpi: short = a / b { unit percent }\nsegment: x where y = 1\ncohort: c by d\n",
        "param a = 5 \"five\"\nkpi short = a / b { unit percent }\nsegment x where y = 1\ncohort c by d\n",
    );
    findings("kpi: a\nkpis:\n  b:\n", "2:1 K0112 `kpis` is given beside `kpi`\n");
}

#[test]
fn findings_stand_where_the_text_stands() {
    // Plain, in both kinds of quotes, folded over lines, in blocks.
    findings("kpis:\n  é: a // b\n", "2:8 K0101 `//` is no sign of the language\n");
    findings("kpis:\n  é: 'a where b = ''c'' 5'\n", "2:25 K0101 `5` follows `'c'` without an operator\n");
    findings("kpis:\n  a: \"b \\x2b\\u0020 5 6\"\n", "2:22 K0101 `6` follows `5` without an operator\n");
    findings("kpis:\n  a: b +\n     c\n     d\n", "4:6 K0101 `d` follows `c` without an operator\n");
    findings("kpis:\n  a: \"b +\n     c\n     d\"\n", "4:6 K0101 `d` follows `c` without an operator\n");
    findings("kpis:\n  a: >\n    b +\n\n    c\n    d\n", "6:5 K0101 `d` follows `c` without an operator\n");
    findings(
        "kpis:\r\n  a: |\r\n    b +\r\n    c\r\n      d\r\n",
        "5:7 K0101 `d` follows `c` without an operator\n",
    );
    findings("\u{feff}kpis: {a: b c}\n", "1:13 K0101 `c` follows `b` without an operator\n");
    // Nothing of the text is wrong: the key is shown.
    findings("kpis:\n  a:\n    unit:\n", "3:5 K0109 `unit` has no value\n");
}

#[test]
fn a_bad_entry_hides_no_other() {
    let text = "\
kpsi:
  x: a
kpis:
  a:
    formula: x / y
    unit: euros
    betterr: higher
    by: []
    target: [1, 2]
    targets: 5
  b: [x, y]
  c:
    value: sum(revenue
    unit:
    vanity: true
    labels: x
    owner: {a: b}
    empty: 'zero'
  ok: revenue
  \"\": revenue
sources:
  s: orders
  t:
    table: a.b.c.d
    row: b
    file: x.csv
    sql: x.sql
    measures:
      m:
      n: {value: sum(x), labell: y}
    joins:
      c: customers
    columns:
      amount: decimel in EUR
    dimensions: [channel, [x]]
    time: a
    times: [b]
segments:
  s1: device = 'x'
  s2: else
  s3:
  s4: {where: a = 1, else: }
segmentations:
  seg:
    segments:
      - a: where x = 1
        b: else
      - c: {else: 5}
      - d: else
  seg2: where x = 1
funnels:
  f:
    steps: [a, b]
  g:
    over: by x
    steps:
      - b: onn events
params:
  p: 5 +
  r: \"'FR'\"
unit: EUR
";
    findings(
        text,
        "\
1:1 K0113 a file of definitions has no key `kpsi`
5:5 K0113 a KPI has no key `formula`
6:11 K0106 `euros` is no unit
7:5 K0113 a KPI has no key `betterr`
8:9 K0109 this list is empty
9:13 K0109 `target` takes a text, and this is a list
10:5 K0112 `targets` is given beside `target`
11:6 K0109 a KPI takes a text or a map, and this is a list
13:15 K0105 this parenthesis is never closed
14:5 K0109 `unit` has no value
15:13 K0101 `true` cannot stand behind `vanity`
16:13 K0109 `labels` takes a map, and this is a text
17:12 K0109 `owner` takes a text, and this is a map
18:13 K0101 `zero` cannot stand behind `empty`
20:3 K0109 a name is one line of text
22:6 K0109 a source takes a map, and this is a text
24:17 K0101 a second dot stands in a name
25:5 K0113 a source has no key `row`
27:5 K0112 a second `table`, `file` or `sql` is given
29:7 K0109 `m` has no aggregate
30:26 K0113 a measure has no key `labell`
32:10 K0101 something is missing behind `customers`
34:15 K0101 `decimel` is no type of a column
35:27 K0109 an item of `dimensions` is one name with its text
37:5 K0112 `times` is given beside `time`
39:7 K0101 `device` cannot stand behind `s1`
40:7 K0101 `else` cannot stand behind `s2`
41:3 K0109 `s3` has no condition
42:22 K0112 a segment has both `where` and `else`
46:9 K0109 an item of `segments` is one name with its text
48:19 K0109 `else` takes no value
50:9 K0109 a segmentation takes a map, and this is a text
52:3 K0109 `f` has no dimension to go by
57:12 K0101 `onn` cannot stand behind `b`
59:8 K0101 `+` cannot stand behind `5`
61:1 K0113 a file of definitions has no key `unit`
",
    );
    let (file, _) = parse(text);
    assert_eq!(names(&file), ["ok", "t", "seg", "g", "r"]);
    let Some(Item::Source(source)) = file.items.get(1) else { panic!("{file:?}") };
    assert_eq!((source.measures.len(), source.dimensions.len(), source.times.len()), (1, 1, 1));
}

#[test]
fn a_text_that_yaml_cut_short_is_said_to_be() {
    for (text, place) in [
        ("kpis:\n  d: revenue where name = 'a #b'\n", "2:6"),
        ("kpis:\n  e: {value: revenue where name = 'a, b', unit: EUR}\n", "2:14"),
        ("kpis:\n  f: {status: at_risk below 5, off_track below 3}\n", "2:15"),
        ("kpis:\n  g:\n    targets:\n      - 5% where name = 'x: y'\n", "4:9"),
        ("kpis:\n  h:\n    value:\n      a where name = 'x: y'\n", "4:7"),
        ("kpis: {a: sum(b, c)}\n", "1:11"),
        ("kpis:\n  a: b: c\n", "2:7"),
        ("kpis:\n  a: [b] / c\n", "2:10"),
    ] {
        let (file, found) = parse(text);
        let [only] = &found[..] else { panic!("{}", shown(text, &found)) };
        assert!(shown(text, &found).starts_with(&format!("{place} K0110 ")), "{}", shown(text, &found));
        assert!(only.help.as_deref().is_some_and(|h| h.contains("double quotes")), "{only:?}");
        assert!(
            file.items.iter().all(|item| matches!(item, Item::Kpi(kpi) if kpi.value.is_none())),
            "{text}"
        );
    }
    // A comment behind a text that is whole, and one behind a text that is wrong elsewhere.
    assert_eq!(names(&clean("kpis:\n  a: b / c # a ratio\n")), ["a"]);
    findings("kpis:\n  a: b c # a ratio\n", "2:8 K0101 `c` follows `b` without an operator\n");
}

#[test]
fn what_was_meant_is_suggested() {
    let help = |text: &str| parse(text).1.first().and_then(|d| d.help.clone()).unwrap_or_default();
    assert_eq!(help("kpi:\n  a: b\n"), "write one text behind the colon");
    assert_eq!(help("kpis:\n  a:\n    formula: b\n"), "did you mean `value`?");
    assert_eq!(help("kpis:\n  a:\n    desc: b\n"), "did you mean `description`?");
    assert_eq!(help("sources:\n  a:\n    mesures: {b: c}\n"), "did you mean `measures`?");
    assert_eq!(
        help("kpis:\n  a:\n    empty: 'zero'\n"),
        "a text of the language has quotes inside of them: `\"'text'\"`"
    );
}

#[test]
fn a_fix_is_offered_only_where_the_file_stays_yaml() {
    let fixes = |text: &str| parse(text).1.iter().filter(|d| d.fix.is_some()).count();
    assert_eq!(fixes("kpis: {a: {unit: euros}}"), 1);
    assert_eq!(fixes("kpis: {a: {unit: 'euros'}}"), 0);
    assert_eq!(fixes("kpis: {a: b where c = \"d\"}"), 0);
}

#[test]
fn hostile_texts_are_refused_or_read_as_texts() {
    findings("kpis:\n  a:\n    owner: \"x\\0y\"\n", "3:12 K0102 the text holds a NUL byte\n");
    findings("kpis:\n  \"a\\nb\": c\n", "2:3 K0109 a name is one line of text\n");
    let file = clean("kpis:\n  a:\n    owner: \"x\\\" unit EUR\\n\\ry\"\n");
    let Some(Item::Kpi(kpi)) = file.items.first() else { panic!("{file:?}") };
    let [Property { value: KpiProperty::Owner(owner), .. }] = &kpi.properties[..] else { panic!("{kpi:?}") };
    assert_eq!(owner.value, "x\" unit EUR  y");
    // A value ends with its text: it opens no block and begins no other property.
    findings("kpis:\n  a: \"b { unit EUR }\"\n", "2:9 K0101 a block stands inside something else\n");
    findings("kpis:\n  a:\n    unit: EUR better higher\n", "3:15 K0101 `better` cannot stand behind `EUR`\n");
    findings("sources: {s: {key: a time b}}\n", "1:22 K0101 `time` cannot stand behind `a`\n");
}

#[test]
fn line_ends_marks_and_tabs_are_read_or_told() {
    for text in [
        "kpis:\r\n  a: b\r\n  c:\r\n    unit: EUR\r\n",
        "kpis:\r  a: b\r",
        "\u{feff}kpis:\n  a: b\n",
        "kpis:\n  a: b\t/\tc\n",
        "kpis:\n  a:\tb\n",
    ] {
        clean(text);
    }
    findings("kpis:\n\ta: b\n", "2:2 K0108 a tab stands in the indentation\n");
    let (_, found) = parse("kpis:\n  a: b\0c\n");
    assert!(!found.is_empty(), "a NUL byte was read");
}

#[test]
fn mistakes_beyond_counting_are_cut() {
    let text: String = (0..2000).map(|i| format!("key{i}: b\n")).collect();
    let (file, found) = parse(&text);
    assert_eq!((file.items.len(), found.len()), (0, 1001));
    let last = shown(&text, &found[1000..]);
    assert_eq!(
        last,
        "1001:1 K0101 this file has more than 1000 mistakes; those from here on are not shown\n"
    );
}
