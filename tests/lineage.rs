//! Lineage: the same columns as the resolver reads, who uses what, and texts that other
//! programs read whatever things are called.

#[path = "harness/definitions.rs"]
mod definitions;
#[path = "harness/diagrams.rs"]
mod diagrams;
#[path = "harness/place.rs"]
mod place;

use std::collections::BTreeSet;

use definitions::{Definitions, everywhere};
use kpic::lineage::{self, Direction, Graph, Kind, NodeId, Part};
use kpic::resolve::resolved::{Axis, ColumnRef, Placed, Relation, Resolved};
use kpic::syntax::format;
use place::Place;

// ------------------------------------------------ against the resolver

/// A column as lineage calls it.
fn called(resolved: &Resolved, source: &str, column: &ColumnRef) -> String {
    let mut at = &resolved.sources[source];
    for join in &column.path {
        at = &resolved.sources[&at.joins[join].source];
    }
    let name = format::name(&column.column);
    match &at.relation {
        Some(Relation::Table(parts)) => {
            let parts: Vec<String> = parts.iter().map(|part| format::name(part)).collect();
            format!("{}.{name}", parts.join("."))
        }
        Some(Relation::File(path)) => format!("{}.{name}", format::text(path)),
        Some(Relation::Sql(path)) => format!("{}.{name}", format::text(&path.value)),
        None => format!("{}.{name}", format::name(&at.name)),
    }
}

/// The columns that a node reads itself: neither those of its rows nor those of lookups.
fn columns(graph: &Graph, node: NodeId, found: &mut BTreeSet<String>) {
    for (next, _) in graph.next(node, Direction::Down) {
        match graph.node(next).kind {
            Kind::Column => {
                found.insert(graph.node(next).name.clone());
            }
            Kind::Computed | Kind::Dimension => columns(graph, next, found),
            _ => {}
        }
    }
}

#[test]
fn measures_and_stocks_read_the_columns_that_the_resolver_says() {
    let mut count = 0;
    for project in everywhere() {
        let (model, resolved) = project.resolved();
        let graph = Graph::of(&model, &resolved);
        let measures = resolved.measures.values();
        let measures = measures
            .map(|m| ("measure", &m.id, &m.source, &m.aggregate, &m.filter, Placed::At(m.axis.clone())));
        let stocks = resolved.stocks.values();
        let stocks = stocks
            .map(|s| ("stock", &s.id, &s.source, &s.aggregate, &s.filter, Placed::Exists(s.exists.clone())));
        for (kind, id, source, aggregate, filter, placed) in measures.chain(stocks) {
            let mut expected = BTreeSet::new();
            for row in aggregate.rows().into_iter().chain(filter) {
                row.leaves(&mut |column| {
                    expected.insert(called(&resolved, source, column));
                });
            }
            for Axis { column, .. } in placed.axes() {
                expected.insert(called(&resolved, source, column));
            }
            let nodes = graph.named(&format!("{kind}:{}", format::name(id)));
            let mut found = BTreeSet::new();
            columns(&graph, nodes[0], &mut found);
            assert_eq!(found, expected, "{}: {kind} {id}", project.name);
            count += 1;
        }
    }
    assert!(count > 700, "only {count} measures and stocks");
}

#[test]
fn dimensions_read_the_columns_that_the_resolver_says() {
    let mut count = 0;
    for project in everywhere() {
        let (model, resolved) = project.resolved();
        let graph = Graph::of(&model, &resolved);
        for source in resolved.sources.values() {
            for (id, row) in &source.dimensions {
                let mut expected = BTreeSet::new();
                row.leaves(&mut |column| {
                    expected.insert(called(&resolved, &source.name, column));
                });
                let name = format!("dimension:{}.{}", format::name(&source.name), format::name(id));
                let mut found = BTreeSet::new();
                columns(&graph, graph.named(&name)[0], &mut found);
                assert_eq!(found, expected, "{}: {name}", project.name);
                count += 1;
            }
        }
    }
    assert!(count > 450, "only {count} dimensions");
}

#[test]
fn every_kpi_leads_down_to_data_and_every_edge_both_ways() {
    let mut count = 0;
    for project in everywhere() {
        let (model, resolved) = project.resolved();
        let graph = Graph::of(&model, &resolved);
        for node in 0..graph.len() {
            for (next, roles) in graph.next(node, Direction::Down) {
                assert!(!roles.is_empty());
                assert!(graph.next(next, Direction::Up).iter().any(|(back, _)| *back == node));
            }
        }
        for kpi in resolved.kpis.values().filter(|kpi| kpi.unbound.is_empty()) {
            let starts = graph.named(&format!("kpi:{}", format::name(&kpi.id)));
            let part = Part { graph: &graph, starts, directions: vec![Direction::Down], depth: None };
            let is_source = |node: &NodeId| graph.node(*node).kind == Kind::Source;
            assert!(part.chosen().nodes.iter().any(is_source), "{}: {}", project.name, kpi.id);
            count += 1;
        }
    }
    assert!(count > 700, "only {count} KPIs");
}

// ---------------------------------------------------------------- a project

const SHOP: &str = "\
source customers { table crm.customers  key customer_id  dimension country }
source orders {
  table shop.orders
  key order_id
  time ordered_at in UTC
  rows where status <> 'cancelled'
  join customer: customers on customer_id
  column amount : decimal(12,2) in EUR = total / 1.2
  dimension channel = lower(channel)
  measure revenue = sum(amount)
  measure orders = count()
}
source visits { table web.visits  time at in UTC  dimension channel  measure visits = count() }
segment online where channel = 'web'
kpi aov \"Average order\" = revenue / orders { by country  alias basket }
kpi online_visits = visits where online
kpi growth = aov / previous(aov) - 1
objective richer { headline aov  kpis growth }
dashboard week { kpis aov, online_visits  by channel }
assert sane = aov > 0
";

fn shop() -> Place {
    Place::new(&[("kpic.yaml", ""), ("shop.kpi", SHOP)])
}

fn said(arguments: &[&str]) -> String {
    let said = shop().kpic(&[&["lineage"], arguments].concat());
    assert_eq!((said.code, said.err.as_str()), (Some(0), ""), "{arguments:?}");
    said.out
}

#[test]
fn a_kpi_is_followed_down_to_columns_and_up_to_what_shows_it() {
    assert_eq!(
        said(&["aov"]),
        "\
KPI aov: Average order
  reads
    measure revenue
      source orders
        table shop.orders
        column shop.orders.status (condition)
        column shop.orders.order_id (key)
      computed column orders.amount
        column shop.orders.total
      column shop.orders.ordered_at (time)
    measure orders
      source orders …
      column shop.orders.ordered_at (time)
    join orders.customer (lookup)
      source customers (lookup)
        table crm.customers
        column crm.customers.customer_id (key)
      column shop.orders.customer_id (lookup)
    dimension customers.country (slices)
      source customers …
      column crm.customers.country
  is read by
    KPI growth
      objective richer (serves)
    assertion sane
    objective richer (serves)
    dashboard week (shown)
"
    );
    assert_eq!(
        said(&["basket", "--up", "--depth", "1"]),
        "KPI aov: Average order\n  is read by\n    KPI growth\n    assertion sane\n    objective richer (serves)\n    dashboard week (shown)\n"
    );
    assert_eq!(
        said(&["kpi:growth", "--down", "--depth", "2"]),
        "KPI growth\n  reads\n    KPI aov\n      measure revenue\n      measure orders\n      join orders.customer (lookup)\n      dimension customers.country (slices)\n"
    );
}

#[test]
fn who_uses_a_column_is_told_by_either_of_its_names() {
    let up = "  is read by
    computed column orders.amount
      measure revenue
        KPI aov
          KPI growth
            objective richer (serves)
          assertion sane
          objective richer (serves)
          dashboard week (shown)
";
    for name in ["shop.orders.total", "orders.total", "column:shop.orders.total"] {
        assert_eq!(said(&[name, "--up"]), format!("column shop.orders.total\n{up}"), "{name}");
    }
    // The computed column, of which the data has none of its name.
    let amount = said(&["orders.amount", "--up"]);
    assert!(
        amount.starts_with("computed column orders.amount\n  is read by\n    measure revenue\n"),
        "{amount}"
    );
    // Two things of one name, the dimension and the column beneath it.
    let both = said(&["orders.channel", "--up", "--depth", "1"]);
    assert!(
        both.contains("dimension orders.channel\n") && both.contains("column shop.orders.channel\n"),
        "{both}"
    );
}

#[test]
fn a_segment_leads_to_nobody_elses_columns() {
    // The segment names a dimension of two sources, and the KPI reads one of them.
    let down = said(&["online_visits", "--down"]);
    assert!(down.contains("segment online (condition)\n    dimension visits.channel"), "{down}");
    assert!(!down.contains("orders"), "{down}");
    let up = said(&["shop.orders.channel", "--up"]);
    assert!(up.contains("segment online") && !up.contains("online_visits"), "{up}");
    // Asked for itself it has both, and who goes by it.
    let segment = said(&["online"]);
    for part in ["orders.channel", "visits.channel", "KPI online_visits"] {
        assert!(segment.contains(part), "{segment}");
    }
}

#[test]
fn programs_get_nodes_with_their_places_and_edges_with_their_roles() {
    let graph: serde_json::Value =
        serde_json::from_str(&said(&["aov", "--up", "--format", "json"])).expect("JSON");
    assert_eq!(
        graph["nodes"][0],
        serde_json::json!({"id": "kpi:aov", "kind": "kpi", "name": "aov", "label": "Average order",
            "defined_at": {"file": "shop.kpi", "line": 15, "column": 5}})
    );
    let edge = serde_json::json!({"from": "dashboard:week", "to": "kpi:aov", "roles": ["shown"]});
    assert!(graph["edges"].as_array().expect("edges").contains(&edge), "{graph}");
    // The whole project is asked by no name.
    let whole: serde_json::Value = serde_json::from_str(&said(&["--format", "json"])).expect("JSON");
    let count = |graph: &serde_json::Value| graph["nodes"].as_array().map_or(0, Vec::len);
    assert!(count(&whole) > 3 * count(&graph), "{whole}");
}

#[test]
fn a_name_that_nothing_has_is_misuse() {
    let said = shop().kpic(&["lineage", "order.amount"]);
    assert_eq!(said.code, Some(2));
    assert!(said.err.contains("did you mean `orders.amount`?"), "{}", said.err);
}

#[test]
fn chains_of_any_length_are_followed() {
    let mut text = String::from("source s { table t  time at in UTC  column c0 : integer = c\n");
    for i in 1..20_000 {
        text += &format!("column c{i} = c{}\n", i - 1);
    }
    text += "measure m = sum(c19999) }\nkpi k0 = m\n";
    for i in 1..3_000 {
        text += &format!("kpi k{i} = k{}\n", i - 1);
    }
    let project = Definitions::of(&[&text]);
    let (model, resolved) = project.resolved();
    assert_eq!(resolved.kpis.len(), 3_000);
    let graph = Graph::of(&model, &resolved);
    let part =
        Part { graph: &graph, starts: graph.named("k2999"), directions: vec![Direction::Down], depth: None };
    let text = lineage::text(&part);
    assert!(text.trim_end().ends_with("column t.at (time)") && text.contains("column t.c\n"));
    // 3000 KPIs, 20000 columns, their measure, source, table and two columns of it.
    assert_eq!(part.chosen().nodes.len(), 23_005);
}

// ------------------------------------------------------------ hostile names

/// Names that end quotes, open tags, start Markdown, or mean something to Graphviz.
const HOSTILE: [&str; 8] = [
    r#"a"];x->y[label=""#,
    r"end\",
    r"\N\G\n",
    "<b>&quot;</b>",
    "#quot;#35;",
    "```\u{7}",
    "end --> n0",
    "é \u{202e}x; %% no",
];

fn hostile() -> Definitions {
    let mut text = String::new();
    for (i, name) in HOSTILE.iter().enumerate() {
        let odd = name.replace('`', "``");
        text += &format!(
            "source `s {odd}` {{ table `t {odd}`  time at in UTC  dimension `d {odd}`  measure `m {odd}` = sum(`c {odd}`) }}\n\
             kpi `k {odd}` = `m {odd}` {{ by `d {odd}`  label fr \"{i}\" }}\n"
        );
    }
    Definitions::of(&[&text])
}

fn drawn(draw: fn(&Part<'_>) -> String) -> (usize, usize, String) {
    let project = hostile();
    let (model, resolved) = project.resolved();
    assert_eq!(resolved.kpis.len(), HOSTILE.len());
    let graph = Graph::of(&model, &resolved);
    let part = Part { graph: &graph, starts: Vec::new(), directions: Vec::new(), depth: None };
    let chosen = part.chosen();
    (chosen.nodes.len(), chosen.edges.len(), draw(&part))
}

/// What a line of DOT is: a strict reader of the statements that kpic writes.
#[derive(Debug, PartialEq)]
enum Statement {
    Node(usize, String),
    Edge(usize, usize),
}

fn statement(line: &str) -> Option<Statement> {
    let (ends, rest) = line.trim().split_once(" [")?;
    let attributes = rest.strip_suffix("];")?;
    let text = attributes.split_once("=\"")?.1;
    let (mut label, mut chars) = (String::new(), text.chars());
    let rest = loop {
        match chars.next()? {
            '"' => break chars.as_str(),
            '\\' => label.push(chars.next().filter(|c| matches!(c, '"' | '\\'))?),
            c if c.is_control() => return None,
            c => label.push(c),
        }
    };
    let number = |name: &str| name.strip_prefix('n')?.parse::<usize>().ok();
    match ends.split_once(" -> ") {
        Some((from, to)) => rest.is_empty().then_some(Statement::Edge(number(from)?, number(to)?)),
        None => {
            let shape = rest.strip_prefix(", shape=")?;
            let label = label.replace("&amp;", "&");
            let known = ["oval", "doubleoctagon", "cylinder", "box"].contains(&shape);
            known.then_some(Statement::Node(number(ends)?, label))
        }
    }
}

#[test]
fn whatever_names_hold_dot_reads_as_the_graph() {
    let (nodes, edges, dot) = drawn(lineage::dot);
    let lines: Vec<&str> = dot.lines().collect();
    assert_eq!(lines[..3], ["digraph lineage {", "  rankdir=LR;", "  node [shape=box];"]);
    assert_eq!(lines.last(), Some(&"}"));
    let read: Vec<Statement> = lines[3..lines.len() - 1]
        .iter()
        .map(|line| statement(line).unwrap_or_else(|| panic!("{line} is no statement")))
        .collect();
    let labels: Vec<&String> = read
        .iter()
        .filter_map(|s| match s {
            Statement::Node(_, label) => Some(label),
            Statement::Edge(..) => None,
        })
        .collect();
    assert_eq!((labels.len(), read.len() - labels.len()), (nodes, edges));
    for name in HOSTILE {
        let plain = format!("KPI {}", format::name(&format!("k {name}"))).replace('\u{7}', " ");
        assert!(labels.contains(&&plain), "{plain}: {dot}");
    }
}

#[test]
fn whatever_names_hold_mermaid_reads_as_the_graph() {
    let (nodes, edges, mermaid) = drawn(lineage::mermaid);
    let lines: Vec<&str> = mermaid.lines().collect();
    assert_eq!(lines[0], "flowchart LR");
    let (mut boxes, mut arrows) = (0, 0);
    for line in &lines[1..] {
        if let Some((from, to)) = line.split_once(" --> ") {
            assert!([from, to].iter().all(|n| n.trim()[1..].parse::<usize>().is_ok()), "{line}");
            arrows += 1;
            continue;
        }
        let text = line.split('"').nth(1).unwrap_or_else(|| panic!("{line}"));
        assert_eq!(line.matches('"').count(), 2, "{line}");
        // Outside of entities nothing is left that means anything.
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('#') {
            assert!(before.chars().all(|c| c.is_alphanumeric() || " ._-,".contains(c)), "{line}");
            let (code, behind) = after.split_once(';').unwrap_or_else(|| panic!("{line}"));
            assert!(code.parse::<u32>().is_ok(), "{line}");
            rest = behind;
        }
        assert!(rest.chars().all(|c| c.is_alphanumeric() || " ._-,".contains(c)), "{line}");
        boxes += 1;
    }
    assert_eq!((boxes, arrows), (nodes, edges));
}

/// As Graphviz and Mermaid themselves read the two, whatever stands in names.
#[test]
fn programs_see_each_name_as_it_is() {
    let project = hostile();
    let (model, resolved) = project.resolved();
    let graph = Graph::of(&model, &resolved);
    let part = Part { graph: &graph, starts: Vec::new(), directions: Vec::new(), depth: None };
    let chosen = part.chosen();
    // A browser draws several blanks as one, and Graphviz blanks that do not break.
    let plain = |text: &str| {
        let text = text.replace(|c: char| c.is_control() || c == '\u{a0}', " ");
        text.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
    };
    let named = |id: &NodeId| {
        let node = graph.node(*id);
        plain(&format!("{} {}", node.kind.word(), node.name))
    };
    let mut expected: Vec<String> = chosen.nodes.iter().map(named).collect();
    expected.sort();
    let both = diagrams::read(&lineage::dot(&part), &lineage::mermaid(&part));
    for (program, drawn) in [("Graphviz", both.svg), ("Mermaid", both.mermaid)] {
        let mut boxes: Vec<String> = drawn.boxes.iter().map(|text| plain(text)).collect();
        boxes.sort();
        assert_eq!(boxes, expected, "{program}");
        assert_eq!(drawn.arrows, chosen.edges.len(), "{program}");
    }
}
