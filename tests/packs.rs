//! The packs that kpic carries keep their promises, and completing does what it says
//! whatever the order of files.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use kpic::diagnostic::{Diagnostic, Sink};
use kpic::model;
use kpic::packs;
use kpic::resolve::resolved::{Known, Resolved};
use kpic::resolve::{self, Catalog};
use kpic::source::{FileId, Sources};
use kpic::syntax::ast::{self, KpiProperty, Layer};
use kpic::syntax::{dsl, format};

const CURRENCY: &str = "EUR";

/// Files of definitions with their layers.
#[derive(Default)]
struct Texts {
    sources: Sources,
    files: Vec<ast::File>,
    sink: Sink,
}

impl Texts {
    fn add(&mut self, name: &str, text: &str, layer: impl Fn(FileId) -> Layer) {
        let id = self.sources.add(name, text);
        let file = dsl::parse(id, text, &mut self.sink);
        self.files.push(ast::File { layer: layer(id), ..file });
    }

    fn packs(names: &[&str]) -> Texts {
        let mut texts = Texts::default();
        for text in packs::vocabulary() {
            texts.add(text.file, text.text, Layer::Vocabulary);
        }
        for text in names.iter().flat_map(|name| packs::texts(name).expect("the pack exists")) {
            texts.add(text.file, text.text, Layer::Pack);
        }
        texts
    }

    fn own(mut self, text: &str) -> Texts {
        self.add("own.kpi", text, |_| Layer::Own);
        self
    }

    fn resolved(self, catalog: &Catalog) -> (Resolved, Vec<Diagnostic>) {
        let Texts { files, mut sink, .. } = self;
        let settings = settings();
        let files = model::complete(files, &settings, &mut sink);
        let model = model::build(&files, &settings, &mut sink);
        let resolved = resolve::resolve(&model, catalog, &mut sink);
        (resolved, sink.into_sorted())
    }
}

fn settings() -> ast::ProjectFile {
    let span = kpic::source::Span::new(FileId(0), 0, 0);
    ast::ProjectFile { currency: Some(ast::Text::new(CURRENCY.into(), span)), ..ast::ProjectFile::default() }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn folders(parent: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(parent).expect("the folder is there");
    let mut found: Vec<_> =
        entries.map(|entry| entry.expect("an entry").path()).filter(|p| p.is_dir()).collect();
    found.sort();
    found
}

#[test]
fn every_folder_of_packs_is_carried() {
    let folders: Vec<String> = folders(&root().join("kpis"))
        .iter()
        .map(|path| path.file_name().expect("a folder has a name").to_string_lossy().into_owned())
        .filter(|name| name != "vocabulary")
        .collect();
    assert_eq!(packs::names(), folders);
    assert!(packs::names().len() >= 2 && packs::texts("vocabulary").is_none());
}

#[test]
fn each_pack_by_itself_and_all_together_are_clean() {
    let names = packs::names();
    let mut together = 0;
    for name in &names {
        let (resolved, found) = Texts::packs(&[*name]).resolved(&Catalog::default());
        assert_eq!(found, [], "{name}");
        assert!(resolved.kpis.len() >= 10, "{name} has {} KPIs", resolved.kpis.len());
        assert!(resolved.kpis.values().all(|kpi| !kpi.unbound.is_empty()), "{name}: nothing has a table");
        together += resolved.kpis.len();
    }
    // Ids are unique across packs.
    let (resolved, found) = Texts::packs(&names).resolved(&Catalog::default());
    assert_eq!((found, resolved.kpis.len()), (vec![], together));
}

#[test]
fn every_kpi_says_what_people_need() {
    let (resolved, _) = Texts::packs(&packs::names()).resolved(&Catalog::default());
    for kpi in resolved.kpis.values() {
        let has = |is: fn(&KpiProperty) -> bool| kpi.definition.properties.iter().any(|p| is(&p.value));
        let id = &kpi.id;
        assert!(kpi.unit.is_some(), "{id} has no unit");
        assert!(kpi.label.is_some(), "{id} has no label in English");
        assert!(kpi.definition.header.doc.is_some(), "{id} has no description");
        assert!(has(|p| matches!(p, KpiProperty::Better(_))), "{id} has no direction");
        assert!(
            has(|p| matches!(p, KpiProperty::Label { language, .. } if language.value == "fr")),
            "{id} has no label in French"
        );
        assert!(has(|p| matches!(p, KpiProperty::Stage(_))), "{id} has no stage");
        // What only a project can say.
        assert!(!has(|p| matches!(p, KpiProperty::Target(_) | KpiProperty::Owner(_))), "{id}");
    }
}

#[test]
fn every_kpi_has_an_example_worked_by_hand() {
    let requests = folders(&root().join("tests/golden")).into_iter().filter(|folder| {
        let project = fs::read_to_string(folder.join("kpic.yaml")).unwrap_or_default();
        project.contains("packs:")
    });
    let asked: HashSet<String> = requests
        .map(|folder| fs::read_to_string(folder.join("request")).expect("a case has a request"))
        .flat_map(|request| request.split_whitespace().map(String::from).collect::<Vec<_>>())
        .collect();
    let (resolved, _) = Texts::packs(&packs::names()).resolved(&Catalog::default());
    let without: Vec<&String> = resolved.kpis.keys().filter(|id| !asked.contains(*id)).collect();
    assert_eq!(without, Vec::<&String>::new());
}

#[test]
fn the_vocabulary_declares_every_column_that_is_read() {
    let mut own = String::new();
    for text in packs::vocabulary() {
        let name = text.file.trim_end_matches(".kpi");
        own += &format!("source {name} {{ table t.{name} }}\n");
    }
    let empty: Catalog = Catalog {
        sources: packs::vocabulary()
            .iter()
            .map(|text| (text.file.trim_end_matches(".kpi").to_string(), Known::default()))
            .collect(),
    };
    let (resolved, found) = Texts::packs(&packs::names()).own(&own).resolved(&empty);
    // A table without columns: what is declared is missed, what is not would be an error.
    assert_eq!(found, []);
    for kpi in resolved.kpis.values() {
        assert!(kpi.unbound.iter().all(|need| need.has_table && !need.columns.is_empty()), "{}", kpi.id);
        assert!(!kpi.unbound.is_empty(), "{}", kpi.id);
    }
}

#[test]
fn a_missing_column_takes_away_what_reads_it_and_nothing_else() {
    let columns = |names: &[&str]| names.iter().map(|name| ((*name).to_string(), None)).collect();
    let catalog = Catalog {
        sources: [
            ("orders".to_string(), columns(&["order_id", "ordered_at", "total", "device"])),
            ("order_lines".to_string(), columns(&["order_id", "quantity", "amount", "cogs", "category"])),
        ]
        .into_iter()
        .collect(),
    };
    let own = "source orders { table t.orders  column amount : decimal = total }
               source order_lines { table t.lines }
               kpi by_region = (revenue where acquisition_channel = 'web') / revenue
               kpi by_channel = (revenue where channel = 'web') / revenue
               kpi by_device = (revenue where device = 'web') / revenue
               kpi per_device = avg(revenue per device)
               kpi per_channel = avg(revenue per channel)
               kpi upon_it = discount_rate * 2";
    let (resolved, found) = Texts::packs(&["commerce"]).own(own).resolved(&catalog);
    assert_eq!(found, []);
    let missing = |id: &str| {
        let needs = resolved.kpis[id].unbound.iter();
        needs.map(|need| need.words(str::to_string)).collect::<Vec<_>>().join(" and ")
    };
    for (kpi, needs) in [
        ("revenue", ""),
        ("orders", ""),
        ("aov", ""),
        ("by_device", ""),
        ("per_device", ""),
        ("gross_margin_rate", ""),
        ("orders_per_buyer", "the column customer_id of orders"),
        ("repeat_order_rate", "the column customer_id of orders"),
        ("discount_rate", "the column discount of orders"),
        ("upon_it", "the column discount of orders"),
        ("by_channel", "the column channel of orders"),
        ("per_channel", "the column channel of orders"),
        (
            "by_region",
            "a table for customers with acquisition_channel, customer_id and the column customer_id of orders",
        ),
        ("ecommerce_conversion_rate", "a table for sessions with started_at, visitor_id"),
    ] {
        let mut found: Vec<_> = missing(kpi).split(" and ").map(String::from).collect();
        let mut wanted: Vec<_> = needs.split(" and ").map(String::from).collect();
        found.sort();
        wanted.sort();
        assert_eq!(found, wanted, "{kpi}");
    }
}

#[test]
fn a_column_that_the_project_names_must_be_there() {
    let catalog = Catalog {
        sources: [("orders".to_string(), [("order_id".to_string(), None)].into_iter().collect())]
            .into_iter()
            .collect(),
    };
    let own = "source orders { table t.orders  column amount  column discount = rebate }";
    let (_, found) = Texts::packs(&["commerce"]).own(own).resolved(&catalog);
    let codes: Vec<_> = found.iter().map(|finding| finding.code.id()).collect();
    assert_eq!(codes, ["K0207", "K0207"], "{found:?}");
}

#[test]
fn a_project_gets_the_shared_sources_that_it_needs() {
    let sources = |names: &[&str], own: &str| {
        let (resolved, found) = Texts::packs(names).own(own).resolved(&Catalog::default());
        assert_eq!(found, []);
        let mut sources: Vec<String> = resolved.sources.keys().cloned().collect();
        sources.sort();
        sources
    };
    assert_eq!(sources(&["subscription"], ""), ["customers", "subscriptions", "trials"]);
    // Its own `revenue` is none of the pack's business.
    let own =
        "source sales { table t.sales  time day  column day : date  measure revenue = sum(x) } kpi revenue";
    assert_eq!(sources(&["subscription"], own), ["customers", "sales", "subscriptions", "trials"]);
}

/// Every order of a few things.
fn orders(n: usize) -> Vec<Vec<usize>> {
    if n == 0 {
        return vec![Vec::new()];
    }
    let shorter = orders(n - 1);
    shorter
        .into_iter()
        .flat_map(|order| {
            (0..n).map(move |at| {
                let mut order = order.clone();
                order.insert(at, n - 1);
                order
            })
        })
        .collect()
}

#[test]
fn the_order_of_files_decides_nothing() {
    let parts = [
        (
            "vocabulary",
            "source a { key id  time at  column at  column x : decimal in money  rows where x > 0  measure n = count()  measure s = sum(x) }",
        ),
        (
            "pack",
            "## What it is.\nkpi r \"Rate\" = s / n { unit EUR  better higher  label fr \"Taux\"  target 1 EUR }\nkpi n { better higher }",
        ),
        ("own", "source a { column at : date  dimension d  rows where d <> 'x' }"),
        ("own", "source a { table t  column x = y }\nkpi r { target 5 EUR each month  owner \"me\" }"),
        ("own", "kpi r = s / n * 2 { stage late }"),
    ];
    let written = |order: &[usize]| {
        let mut texts = Texts::default();
        for at in order {
            let (layer, text) = parts[*at];
            texts.add("f.kpi", text, |id| match layer {
                "vocabulary" => Layer::Vocabulary(id),
                "pack" => Layer::Pack(id),
                _ => Layer::Own,
            });
        }
        let mut sink = texts.sink;
        let files = model::complete(texts.files, &settings(), &mut sink);
        let mut items: Vec<ast::Item> = files.into_iter().flat_map(|file| file.items).collect();
        items.sort_by_key(|item| item.header().name.value.clone());
        let text = format::dsl(&ast::File { items, ..ast::File::default() });
        let codes: Vec<_> = sink.into_sorted().iter().map(|finding| finding.code.id()).collect();
        (text, codes)
    };
    let first = written(&[0, 1, 2, 3, 4]);
    assert_eq!(first.1, ["K0216"]);
    for order in orders(parts.len()) {
        assert_eq!(written(&order), first, "{order:?}");
    }
    for part in [
        "source a {",
        "table t",
        "column at : date",
        "column x : decimal in EUR = y",
        "rows where x > 0 and d <> 'x'",
        "kpi r \"Rate\" = s / n * 2 {",
        "## What it is.",
        "target 5 EUR each month",
        "stage late",
        "owner \"me\"",
        "label fr \"Taux\"",
    ] {
        assert!(first.0.contains(part), "{part} is not in\n{}", first.0);
    }
    assert!(!first.0.contains("target 1 EUR"), "{}", first.0);
}

// ------------------------------------------------------- split and put together

/// A few steps of a well-known generator: the same splits in every run.
struct Dice(u64);

impl Dice {
    fn throw(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits fit") % sides
    }

    fn deal<T>(&mut self, cards: Vec<T>, hands: usize) -> Vec<Vec<T>> {
        let mut dealt: Vec<Vec<T>> = (0..hands).map(|_| Vec::new()).collect();
        cards.into_iter().for_each(|card| {
            let hand = self.throw(hands);
            dealt[hand].push(card);
        });
        dealt
    }
}

/// A source in three parts: one with the table, and two that say the rest.
fn split(source: ast::Source, dice: &mut Dice) -> Vec<ast::Source> {
    let name = ast::Header {
        label: None,
        doc: None,
        allows: Vec::new(),
        comments: ast::Comments::default(),
        ..source.header.clone()
    };
    let empty = ast::Source {
        header: name,
        relation: None,
        key: None,
        times: Vec::new(),
        active: None,
        snapshot: None,
        valid: None,
        since: None,
        rows: None,
        joins: Vec::new(),
        columns: Vec::new(),
        dimensions: Vec::new(),
        stocks: Vec::new(),
        measures: Vec::new(),
        incomplete: false,
    };
    let mut parts = vec![empty.clone(), empty.clone(), empty];
    let hands = parts.len();
    parts[dice.throw(hands)].header = source.header;
    parts[0].relation = source.relation;
    parts[dice.throw(hands)].key = source.key;
    // The first axis is the default: they stay together.
    parts[dice.throw(hands)].times = source.times;
    parts[dice.throw(hands)].active = source.active;
    parts[dice.throw(hands)].snapshot = source.snapshot;
    parts[dice.throw(hands)].valid = source.valid;
    parts[dice.throw(hands)].since = source.since;
    parts[dice.throw(hands)].rows = source.rows;
    for (part, dealt) in parts.iter_mut().zip(dice.deal(source.joins, hands)) {
        part.joins = dealt;
    }
    for (part, dealt) in parts.iter_mut().zip(dice.deal(source.columns, hands)) {
        part.columns = dealt;
    }
    for (part, dealt) in parts.iter_mut().zip(dice.deal(source.dimensions, hands)) {
        part.dimensions = dealt;
    }
    for (part, dealt) in parts.iter_mut().zip(dice.deal(source.stocks, hands)) {
        part.stocks = dealt;
    }
    for (part, dealt) in parts.iter_mut().zip(dice.deal(source.measures, hands)) {
        part.measures = dealt;
    }
    parts
}

/// A KPI in two parts, the second without a formula.
fn split_kpi(mut kpi: ast::Kpi, dice: &mut Dice) -> Vec<ast::Kpi> {
    let is_version = |p: &ast::Property<KpiProperty>| {
        matches!(p.value, KpiProperty::Effective { .. } | KpiProperty::Version(_))
    };
    if kpi.properties.iter().any(is_version) {
        return vec![kpi];
    }
    let mut dealt = dice.deal(std::mem::take(&mut kpi.properties), 2).into_iter();
    let mut other = kpi.clone();
    (other.value, other.header.label, other.header.doc) = (None, None, None);
    other.header.allows.clear();
    kpi.properties = dealt.next().unwrap_or_default();
    other.properties = dealt.next().unwrap_or_default();
    vec![kpi, other]
}

/// Items as text, whatever the order of items and of what stands in them.
fn sorted(mut items: Vec<ast::Item>) -> String {
    for item in &mut items {
        item.header_mut().comments = ast::Comments::default();
        if let ast::Item::Source(source) = item {
            source.columns.sort_by_key(|c| c.header.name.value.clone());
            source.dimensions.sort_by_key(|d| d.header.name.value.clone());
            source.joins.sort_by_key(|j| j.header.name.value.clone());
            source.measures.sort_by_key(|m| m.header.name.value.clone());
            source.stocks.sort_by_key(|s| s.header.name.value.clone());
        }
        if let ast::Item::Kpi(kpi) = item {
            kpi.properties.sort_by_key(|property| format::property(&property.value));
        }
    }
    let mut texts: Vec<String> = items
        .into_iter()
        .map(|item| format::dsl(&ast::File { items: vec![item], ..ast::File::default() }))
        .collect();
    texts.sort();
    texts.join("\n")
}

#[test]
fn what_is_split_among_files_is_put_together_again() {
    let mut dice = Dice(42);
    let mut count = 0;
    for folder in folders(&root().join("tests/golden")) {
        let Ok(text) = fs::read_to_string(folder.join("case.kpi")) else { continue };
        let mut sink = Sink::new();
        let whole = dsl::parse(FileId(0), &text, &mut sink);
        let mut files: Vec<ast::File> = (0..4).map(|_| ast::File::default()).collect();
        for item in whole.items.clone() {
            let parts: Vec<ast::Item> = match item {
                ast::Item::Source(source) => {
                    let parts = split(*source, &mut dice).into_iter();
                    parts.map(|part| ast::Item::Source(Box::new(part))).collect()
                }
                ast::Item::Kpi(kpi) => {
                    let parts = split_kpi(*kpi, &mut dice).into_iter();
                    parts.map(|part| ast::Item::Kpi(Box::new(part))).collect()
                }
                other => vec![other],
            };
            for part in parts {
                let file = dice.throw(files.len());
                let at = dice.throw(files[file].items.len() + 1);
                files[file].items.insert(at, part);
            }
        }
        let put = model::complete(files, &ast::ProjectFile::default(), &mut sink);
        assert!(sink.is_empty(), "{}: {:?}", folder.display(), sink.into_sorted());
        let put: Vec<ast::Item> = put.into_iter().flat_map(|file| file.items).collect();
        assert_eq!(sorted(put), sorted(whole.items), "{}", folder.display());
        count += 1;
    }
    assert!(count > 200, "only {count} cases were split");
}
