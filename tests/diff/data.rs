//! `--data`: both states on the same data, each cell worked out by hand.

use serde_json::{Value, json};

use crate::place::Place;
use crate::story::{commit, edit, git, says};

const SHOP: &str = "source orders {
  table shop.orders
  key order_id
  time ordered_on
  column ordered_on : date
  column amount : decimal(12,2) in EUR
  dimension channel
  measure orders = count()
  measure gross = sum(amount)
}
kpi revenue = gross { unit EUR }
kpi aov = revenue / orders { unit EUR }
kpi orders
";
const SETTINGS: &str = "name: shop
environments:
  local:
    files:
      shop.orders: orders.csv
";
/// January: web 100 + 40 (of which 40 refunded), shop 10. February: web 50, shop 30 refunded.
const ORDERS: &str = "order_id,ordered_on,channel,status,amount
1,2026-01-05,web,paid,100.00
2,2026-01-09,web,refunded,40.00
3,2026-01-20,shop,paid,10.00
4,2026-02-03,web,paid,50.00
5,2026-02-04,shop,refunded,30.00
";

fn committed() -> Place {
    let place = Place::new(&[("kpic.yaml", SETTINGS), ("shop.kpi", SHOP), ("orders.csv", ORDERS)]);
    git(place.path(), &["init", "-q"]);
    commit(place.path(), "one");
    place
}

#[test]
fn cells_that_moved_are_shown_with_how_far() {
    let place = committed();
    edit(place.path(), "shop.kpi", "sum(amount)", "sum(amount) where status <> 'refunded'");
    let said = place.kpic(&["diff", "--data", "--from", "2026-01", "--to", "2026-02"]);
    // 150 → 110 in January, 80 → 50 in February; of three and of two orders.
    let cells = "
Cells
  KPI revenue: 2 of 2 cells moved
    2026-02-01: 80.00 EUR → 50.00 EUR  (−37.5%)
    2026-01-01: 150.00 EUR → 110.00 EUR  (−26.7%)
  KPI aov: 2 of 2 cells moved
    2026-02-01: 40.00 EUR → 25.00 EUR  (−37.5%)
    2026-01-01: 50.00 EUR → 36.67 EUR  (−26.7%)
";
    says(&said, 0, &[cells]);
}

#[test]
fn a_request_says_which_cells() {
    let place = committed();
    edit(place.path(), "shop.kpi", "sum(amount)", "sum(amount) where status <> 'refunded'");
    let arguments =
        ["diff", "HEAD", "revenue", "orders", "--data", "--by", "channel", "--from", "2026", "--format"];
    let said = place.kpic(&[&arguments[..], &["json", "--grain", "year"]].concat());
    assert_eq!(said.code, Some(0), "{}", said.err);
    let told: Value = serde_json::from_str(&said.out).expect("an object");
    let cell = |channel: &str, before: f64, after: f64, ratio: f64| {
        json!({"period_start": "2026-01-01", "slicing": "channel", "segment": "all", "channel": channel,
            "exists": [true, true], "before": before, "after": after, "change": after - before,
            "change_ratio": ratio})
    };
    // Web 190 → 150, shop 40 → 10; the number of orders is as it was.
    let moved = json!([cell("shop", 40.0, 10.0, -0.75), cell("web", 190.0, 150.0, -40.0 / 190.0)]);
    let data = json!([
        {"kpi": "revenue", "was": null, "cells": 2, "moved": moved},
        {"kpi": "orders", "was": null, "cells": 2, "moved": []},
    ]);
    // 40.00 and 40.0 are one number.
    assert_eq!(numbers(&told["data"]), numbers(&data));
}

/// With every number as a double.
fn numbers(value: &Value) -> Value {
    match value {
        Value::Number(number) => json!(number.as_f64()),
        Value::Array(list) => list.iter().map(numbers).collect(),
        Value::Object(map) => map.iter().map(|(name, value)| (name.clone(), numbers(value))).collect(),
        other => other.clone(),
    }
}

#[test]
fn what_is_renamed_is_compared_with_what_it_was() {
    let place = committed();
    edit(place.path(), "shop.kpi", "kpi revenue = gross", "kpi sales = gross");
    edit(place.path(), "shop.kpi", "revenue / orders", "sales / orders");
    let said = place.kpic(&["diff", "--data", "--from", "2026-01"]);
    says(&said, 0, &["KPI sales (before: revenue): none of 1 cell moved"]);
}

#[test]
fn cells_that_come_or_go_are_told() {
    let place = committed();
    edit(
        place.path(),
        "shop.kpi",
        "  dimension channel\n",
        "  rows where channel = 'web'\n  dimension channel\n",
    );
    let arguments = ["diff", "HEAD", "orders", "--data", "--by", "channel", "--from", "2026-01"];
    says(
        &place.kpic(&arguments),
        0,
        &["2026-01-01, channel shop: 1 → no cell", "KPI orders: 1 of 2 cells moved"],
    );
}

#[test]
fn where_nothing_changes_values_nothing_is_computed() {
    let place = committed();
    edit(place.path(), "shop.kpi", "kpi orders", "kpi orders \"Orders\"");
    says(&place.kpic(&["diff", "--data"]), 0, &["no KPI of both states changes values"]);
}

#[test]
fn what_cannot_be_computed_is_said() {
    let place = committed();
    edit(place.path(), "shop.kpi", "sum(amount)", "max(amount)");
    says(&place.kpic(&["diff", "--data", "--by", "shop"]), 1, &["shop"]);
    says(&place.kpic(&["diff", "--by", "channel"]), 2, &["--data"]);
    edit(place.path(), "kpic.yaml", "local:\n", "local:\n    dialect: postgres\n");
    says(&place.kpic(&["diff", "--data"]), 2, &["`--data` computes on the embedded engine"]);
}

#[test]
fn a_pull_request_folds_the_cells() {
    let place = committed();
    edit(place.path(), "shop.kpi", "sum(amount)", "sum(amount) where status <> 'refunded'");
    let arguments = ["diff", "HEAD", "revenue", "--data", "--from", "2026-01", "--format", "markdown"];
    let cells = "<details><summary>Cells that moved (1)</summary>

**KPI revenue: 1 of 1 cell moved**

| cell | before | after | change |
|:--|--:|--:|--:|
| 2026-01-01 | 150.00 EUR | 110.00 EUR | −26.7% |

</details>";
    says(&place.kpic(&arguments), 0, &[cells]);
}
