//! `kpic.yaml`: what it reads and where its findings point.

use kpic::diagnostic::{Diagnostic, Level, Sink};
use kpic::source::{FileId, Sources};
use kpic::syntax::ast::*;
use kpic::syntax::yaml;
use std::fs;
use std::path::PathBuf;

/// A line for each finding: `line:column CODE message`.
fn shown(text: &str, found: &[Diagnostic]) -> String {
    let mut sources = Sources::new();
    let file = sources.add("kpic.yaml", text);
    let lines = found.iter().map(|d| {
        let span = d.span.expect("a finding about a text has a place");
        let at = sources.position(file, span.start as usize);
        format!("{}:{} {} {}\n", at.line, at.column, d.code, d.message)
    });
    lines.collect()
}

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
lints: {K0211: off, inexact_money: error, too_many: {level: warn, limit: 7}, few: {limit: 3}}
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
    ordered:
      web.sessions: started_at
";
    let (file, found) = project(text);
    assert!(found.is_empty(), "{}", shown(text, &found));
    let some = |text: &Option<Text>| text.as_ref().map(|t| t.value.clone()).unwrap_or_default();
    assert_eq!(
        [some(&file.name), some(&file.zone), some(&file.currency), some(&file.locale)],
        ["shop", "Europe/Paris", "EUR", "fr_FR"]
    );
    assert_eq!(file.week_start.map(|day| day.value), Some(7));
    assert_eq!(file.fiscal_year.map(|year| year.value), Some(FiscalYear::Months(4)));
    assert_eq!(file.packs.iter().map(|p| p.value.as_str()).collect::<Vec<_>>(), ["ecommerce", "saas"]);
    let params: Vec<(&str, String)> = file
        .params
        .iter()
        .map(|(name, value)| (name.value.as_str(), kpic::syntax::format::expression(value)))
        .collect();
    let expected = [("window", "24 hours"), ("big", "-30"), ("level", "2.5%"), ("country", "'FR'")];
    assert_eq!(params, expected.map(|(name, value)| (name, value.to_owned())));
    let lints: Vec<(&str, Option<Level>, Option<u32>)> = file
        .lints
        .iter()
        .map(|(name, set)| {
            (name.as_str(), set.level.as_ref().map(|l| l.value), set.limit.as_ref().map(|l| l.value))
        })
        .collect();
    let expected = [
        ("K0211", Some(Level::Off), None),
        ("inexact_money", Some(Level::Error), None),
        ("too_many", Some(Level::Warn), Some(7)),
        ("few", None, Some(3)),
    ];
    assert_eq!(lints, expected);
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
    assert_eq!(texts(&prod.ordered), [("web.sessions", "started_at")]);
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
        assert_eq!(file.fiscal_year.map(|year| year.value), Some(FiscalYear::Months(month)), "{written}");
    }
}

#[test]
fn a_fiscal_year_may_be_whole_weeks() {
    let year = |ends: &str| {
        let text = format!("fiscal_year:\n  weeks: 4-4-5\n  ends: {ends}\n");
        let (file, found) = project(&text);
        assert!(found.is_empty(), "{}", shown(&text, &found));
        file.fiscal_year.map(|year| year.value)
    };
    let weeks = |ends, weekday, month| {
        Some(FiscalYear::Weeks(FiscalWeeks { pattern: [4, 4, 5], weekday, ends, month }))
    };
    assert_eq!(year("last Saturday of august"), weeks(YearEnd::Last, 6, 8));
    assert_eq!(year("'  Sunday nearest  the end of December'"), weeks(YearEnd::Nearest, 7, 12));
}

#[test]
fn a_bad_fiscal_year_of_weeks_is_reported_key_by_key() {
    project_findings(
        "fiscal_year:\n  weeks: 4-4-4\n  ends: last satuday of agust\n",
        "\
2:10 K0801 `4-4-4` is not a quarter of 13 weeks
3:9 K0801 `agust` is not a month
3:9 K0801 `satuday` is not a day of the week
",
    );
    project_findings("fiscal_year: {weeks: 5-4-4}", "1:1 K0801 a fiscal year of weeks has no `ends`\n");
    project_findings(
        "fiscal_year:\n  ends: 31 january\n  starts: february\n",
        "\
1:1 K0801 a fiscal year of weeks has no `weeks`
2:9 K0801 `31 january` is no day that a year ends on
3:3 K0801 a fiscal year of weeks has no setting `starts`
",
    );
    project_findings("fiscal_year: [4-4-5]", "1:14 K0109 `fiscal_year` takes a text, and this is a list\n");
    project_findings(
        "fiscal_year:\n  weeks:\n  ends: {a: b}\n",
        "2:3 K0109 `weeks` has no value\n3:9 K0109 `ends` takes a text, and this is a map\n",
    );
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

#[test]
fn every_shipped_project_file_reads() {
    let mut count = 0;
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![root.join("examples"), root.join("tests/golden")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.ends_with("kpic.yaml") {
                let text = fs::read_to_string(&path).expect("it is text");
                let (_, found) = project(&text);
                assert!(found.is_empty(), "{}:\n{}", path.display(), shown(&text, &found));
                count += 1;
            }
        }
    }
    assert!(count > 10, "only {count} files were found");
}

#[test]
fn a_minimum_cell_is_a_number_of_members() {
    let (file, _) = project("minimum_cell: {count: 10, of: learner}");
    let cell = file.minimum_cell.expect("both keys are there");
    assert_eq!((cell.count.value, cell.of.value.as_str()), (10, "learner"));
    project_findings("minimum_cell: 10", "1:15 K0109 `minimum_cell` takes a map, and this is a text\n");
    project_findings("minimum_cell: {of: learner}", "1:1 K0801 `minimum_cell` has no `count`\n");
    project_findings("minimum_cell: {count: 2}", "1:1 K0801 `minimum_cell` has no `of`\n");
    for count in ["1", "0", "-3", "2.5", "ten", "9999999999"] {
        project_findings(
            &format!("minimum_cell: {{count: {count}, of: learner}}"),
            &format!("1:23 K0801 `{count}` is no number of members that a cell must have\n"),
        );
    }
    project_findings(
        "minimum_cell: {count: 3, off: learner}",
        "1:1 K0801 `minimum_cell` has no `of`\n1:26 K0801 `minimum_cell` has no setting `off`\n",
    );
}
