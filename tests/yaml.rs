//! The YAML spelling: what it reads, where its findings point, and `kpic.yaml`.

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
            } else if path.ends_with("kpic.yaml") {
                let text = read(&path);
                let (_, found) = project(&text);
                assert!(found.is_empty(), "{}:\n{}", path.display(), shown(&text, &found));
                count += 1;
            }
        }
    }
    assert!(count > 12, "only {count} files were found");
}

// --------------------------------------------------------------- kpic.yaml

fn project(text: &str) -> (ProjectFile, Vec<Diagnostic>) {
    let mut sink = Sink::new();
    let project = yaml::project(FileId(0), text, &mut sink);
    (project, sink.into_sorted())
}

#[track_caller]
fn project_findings(text: &str, expected: &str) {
    let (_, found) = project(text);
    assert_eq!(shown(text, &found), expected, "{text}");
}

fn texts(list: &[(Text, Text)]) -> Vec<(&str, &str)> {
    list.iter().map(|(a, b)| (a.value.as_str(), b.value.as_str())).collect()
}

#[test]
fn a_project_file_is_read_whole() {
    let text = "\
# the shop
name: shop
zone: Europe/Paris
week_start: sunday
fiscal_year: 4
currency: EUR
locale: fr_FR
packs: [ecommerce, saas]
params:
  window: 24 hours
  big: -30
  level: 2.5%
  country: \"'FR'\"
lints: {K0211: off, K0309: error}
default_environment: prod
environments:
  local:
    dialect: duckdb
    timestamps: UTC
    files:
      web.sessions: data/sessions/*.parquet
      orders: 'data/it''s.csv'
  prod:
    dialect: postgres
    connection: host=db user=kpi
    schemas:
      shop: prod_shop
";
    let (file, found) = project(text);
    assert!(found.is_empty(), "{}", shown(text, &found));
    let some = |text: &Option<Text>| text.as_ref().map(|t| t.value.clone()).unwrap_or_default();
    assert_eq!(
        [some(&file.name), some(&file.zone), some(&file.currency), some(&file.locale)],
        ["shop", "Europe/Paris", "EUR", "fr_FR"]
    );
    assert_eq!(file.week_start.map(|day| day.value), Some(7));
    assert_eq!(file.fiscal_year.map(|month| month.value), Some(4));
    assert_eq!(file.packs.iter().map(|p| p.value.as_str()).collect::<Vec<_>>(), ["ecommerce", "saas"]);
    let params: Vec<(&str, String)> = file
        .params
        .iter()
        .map(|(name, value)| (name.value.as_str(), kpic::syntax::format::expression(value)))
        .collect();
    let expected = [("window", "24 hours"), ("big", "-30"), ("level", "2.5%"), ("country", "'FR'")];
    assert_eq!(params, expected.map(|(name, value)| (name, value.to_owned())));
    let lints: Vec<(&str, LintLevel)> = file.lints.iter().map(|(c, l)| (c.value.as_str(), l.value)).collect();
    assert_eq!(lints, [("K0211", LintLevel::Off), ("K0309", LintLevel::Error)]);
    assert_eq!(some(&file.default_environment), "prod");
    let [local, prod] = &file.environments[..] else { panic!("{:?}", file.environments) };
    assert_eq!((local.name.value.as_str(), some(&local.dialect)), ("local", "duckdb".to_owned()));
    assert_eq!(some(&local.timestamps), "UTC");
    assert_eq!(
        texts(&local.files),
        [("web.sessions", "data/sessions/*.parquet"), ("orders", "data/it's.csv")]
    );
    assert_eq!(some(&prod.connection), "host=db user=kpi");
    assert_eq!(texts(&prod.schemas), [("shop", "prod_shop")]);
}

#[test]
fn days_and_months_have_names_and_numbers() {
    for (written, day) in [("monday", 1), ("Sunday", 7), ("3", 3), ("9", 9)] {
        let (file, found) = project(&format!("week_start: {written}"));
        assert!(found.is_empty(), "{written}");
        assert_eq!(file.week_start.map(|d| d.value), Some(day), "{written}");
    }
    for (written, month) in [("april", 4), ("10", 10)] {
        let (file, _) = project(&format!("fiscal_year: {written}"));
        assert_eq!(file.fiscal_year.map(|m| m.value), Some(month), "{written}");
    }
}

#[test]
fn every_bad_setting_is_reported_at_its_place_and_the_others_stay() {
    let text = "\
zon: Europe/Paris
name: [a, b]
zone:
week_start: sundai
fiscal_year: 2026
currency: euro
params:
  big: 30 +
  small: 1 + 2
  good: 4
lints: {K0211: of}
environments:
  local:
    dialekt: duckdb
    files: data.csv
  other: duckdb
packs: {a: b}
locale: fr
";
    project_findings(
        text,
        "\
1:1 K0801 a project file has no setting `zon`
2:7 K0109 `name` takes a text, and this is a list
3:1 K0109 `zone` has no value
4:13 K0801 `sundai` is not a day of the week
5:14 K0801 `2026` is not a month
6:11 K0106 `euro` is no currency
8:11 K0101 `+` cannot stand behind `30`
9:12 K0101 `+` cannot stand behind `1`
11:16 K0801 `of` is not a level
14:5 K0801 an environment has no setting `dialekt`
15:12 K0109 `files` takes a map, and this is a text
16:10 K0109 an environment takes a map, and this is a text
17:8 K0109 `packs` takes a list of texts, and this is a map
",
    );
    let (file, found) = project(text);
    let helps: Vec<&str> = [0, 3, 5, 8, 9].iter().filter_map(|i| found[*i].help.as_deref()).collect();
    assert_eq!(
        helps,
        [
            "did you mean `zone`?",
            "did you mean `sunday`?",
            "write `EUR`",
            "did you mean `off`?",
            "did you mean `dialect`?"
        ]
    );
    assert_eq!(file.params.len(), 1);
    assert_eq!(file.locale.map(|l| l.value), Some("fr".to_owned()));
}

#[test]
fn a_file_that_is_no_map_is_reported_once() {
    project_findings("- name: shop\n", "1:1 K0109 a project file takes a map, and this is a list\n");
    project_findings("shop", "1:1 K0109 a project file takes a map, and this is a text\n");
    project_findings("", "");
    project_findings("# nothing yet\n", "");
    project_findings("name: shop\nname: other\n", "2:1 K0112 `name` is given twice\n");
}
