//! Columns that differ in capitals alone.

use super::query;
use crate::dialect::{ALL, Dialect, Purpose, Stored, print_for, print_stored};
use crate::sql::{Body, Expr, Query, Select};

/// `SELECT 0 AS …, 1 AS …`
fn giving(names: &[&str]) -> Query {
    let items = names.iter().zip(0..).map(|(name, value)| Expr::number(value).alias(*name)).collect();
    query(Body::Select(Box::new(Select { items, ..Select::default() })))
}

/// Dialects that refuse these columns in a result, and in a view and a dbt model.
fn refusing(names: &[&str]) -> [Vec<&'static str>; 2] {
    let result = |dialect: &&dyn Dialect| print_for(&giving(names), *dialect, Purpose::Run).is_err();
    let view = |dialect: &&dyn Dialect| {
        let kept = print_stored(&giving(names), *dialect, Stored::View, &["kept".into()]).is_err();
        let model = print_for(&giving(names), *dialect, Purpose::Dbt).is_err();
        assert_eq!(kept, model, "{} keeps both alike", dialect.name());
        kept
    };
    let named = |dialect: &dyn Dialect| dialect.name();
    [ALL.into_iter().filter(result).map(named).collect(), ALL.into_iter().filter(view).map(named).collect()]
}

#[test]
fn they_are_refused_where_they_would_be_one() {
    let nobody: Vec<&str> = Vec::new();
    let keeping = ["postgres", "clickhouse", "datafusion"];
    let others: Vec<&str> =
        ALL.into_iter().map(Dialect::name).filter(|name| !keeping.contains(name)).collect();
    assert_eq!(refusing(&["total", "TOTAL"]), [vec!["snowflake", "redshift", "bigquery"], others]);
    assert_eq!(refusing(&["total", "totals"]), [nobody.clone(), nobody]);
    // Between quotes Snowflake tells them apart.
    assert_eq!(refusing(&["total", "Total"])[0], ["redshift", "bigquery"]);
    assert_eq!(refusing(&["order", "ORDER"])[0], ["snowflake", "redshift", "bigquery"]);
    assert_eq!(refusing(&["Été", "été"])[0], ["redshift", "bigquery"]);
}

#[test]
fn the_finding_names_both() {
    let dialect = crate::dialect::by_name("redshift").expect("it exists");
    let found = print_for(&giving(&["a", "total", "b", "TOTAL"]), dialect, Purpose::Run);
    let found = found.expect_err("two are one").remove(0);
    assert_eq!(found.message, "redshift cannot take the columns `total` and `TOTAL` in one result");
    assert!(found.help.is_some() && found.reason.is_some(), "{found:?}");
}
