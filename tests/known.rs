//! Queries of a few days, and what one query for all of them says.

use jiff::civil::{Date, date};

use kpic::dialect;
use kpic::lower::known_on_any_day;
use kpic::sql::{Body, Cte, Expr, From, Literal, Operator, Query, Select, Table, Type};

const DAYS: [Date; 3] = [date(2026, 1, 30), date(2026, 1, 31), date(2026, 2, 1)];

fn select(items: Vec<(&str, Expr)>, from: Option<Table>) -> Select {
    Select {
        items: items.into_iter().map(|(name, expr)| expr.alias(name)).collect(),
        from: from.map(|table| From { table, alias: Some("t".into()) }),
        ..Select::default()
    }
}

/// `SELECT items FROM table t WHERE filter`, behind what is chosen.
fn query(table: &str, item: Expr, filter: Option<Expr>, ctes: Vec<Cte>) -> Query {
    let params = Cte {
        name: "params".into(),
        comment: None,
        materialized: false,
        body: Body::Select(Box::new(select(vec![("as_of", Expr::null(Type::Date))], None))),
    };
    let table = Table::Named { path: vec![table.into()], types: Vec::new() };
    let body = Select { filter, ..select(vec![("x", item)], Some(table)) };
    Query {
        ctes: std::iter::once(params).chain(ctes).collect(),
        body: Body::Select(Box::new(body)),
        order_by: Vec::new(),
    }
}

fn day(day: Date) -> Expr {
    Expr::Literal(Literal::Date(day.to_string()))
}

fn before(day: Expr) -> Option<Expr> {
    Some(Expr::binary(Operator::Less, Expr::of("t", "day"), day))
}

fn text(of: &mut dyn FnMut(Date) -> Query) -> String {
    let query = known_on_any_day(&DAYS, &mut |day| Ok(of(day))).expect("they are alike");
    let text = dialect::print(&query, dialect::EMBEDDED).expect("it can be said");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_bound_that_moves_with_the_day_is_reckoned_from_it() {
    let sql = text(&mut |at| {
        query("rows", Expr::number(1), before(day(at.tomorrow().expect("it is there"))), Vec::new())
    });
    assert!(sql.contains("CAST(p.as_of AS DATE) + 1 AS as_of_end FROM params AS p"), "{sql}");
    assert!(sql.contains("WHERE p.as_of BETWEEN DATE '2026-01-30' AND DATE '2026-02-01'"), "{sql}");
    assert!(sql.contains("FROM rows AS t CROSS JOIN known WHERE t.day < known.as_of_end"), "{sql}");
}

#[test]
fn a_bound_that_jumps_is_looked_up_by_the_day() {
    let sql = text(&mut |at| query("rows", Expr::number(1), before(day(at.first_of_month())), Vec::new()));
    let jumps = "CASE WHEN p.as_of <= DATE '2026-01-31' THEN DATE '2026-01-01' ELSE DATE '2026-02-01' END";
    assert!(sql.contains(jumps), "{sql}");
}

#[test]
fn numbers_of_a_column_have_as_many_decimals() {
    let sql = text(&mut |at| {
        let part = if at.month() == 1 { "0.25" } else { "1" };
        query("rows", Expr::number(part), None, Vec::new())
    });
    assert!(sql.contains("WHEN p.as_of <= DATE '2026-01-31' THEN 0.25 ELSE 1.00 END AS amount"), "{sql}");
}

#[test]
fn rows_are_there_on_their_days_and_may_move() {
    let sql = text(&mut |at| {
        let january =
            vec![day(date(2026, 1, 1)), day(at.tomorrow().expect("it is there").min(date(2026, 2, 1)))];
        let february = vec![day(date(2026, 2, 1)), day(date(2026, 2, 2))];
        let rows = if at.month() == 1 { vec![january] } else { vec![january, february] };
        let body = Body::Values { columns: vec!["start".into(), "end".into()], rows };
        let windows = Cte { name: "windows".into(), comment: None, materialized: false, body };
        query("rows", Expr::number(1), None, vec![windows])
    });
    let moves = "CASE WHEN q.end_days_ahead = 1 THEN CAST(known.as_of AS DATE) + 1 ELSE q.\"end\" END";
    assert!(sql.contains(moves), "{sql}");
    let january = "DATE '2026-01-01', CAST(NULL AS DATE), 1, DATE '2026-01-30', DATE '2026-01-31'";
    let over =
        "DATE '2026-01-01', DATE '2026-02-01', CAST(NULL AS BIGINT), DATE '2026-02-01', DATE '2026-02-01'";
    let february =
        "DATE '2026-02-01', DATE '2026-02-02', CAST(NULL AS BIGINT), DATE '2026-02-01', DATE '2026-02-01'";
    for row in [january, over, february] {
        assert!(sql.contains(row), "{row}: {sql}");
    }
}

#[test]
fn a_table_that_is_called_known_is_another_one() {
    let sql = text(&mut |at| query("known", Expr::number(1), before(day(at)), Vec::new()));
    assert!(
        sql.contains("FROM \"known\" AS t CROSS JOIN known_2")
            || sql.contains("FROM known AS t CROSS JOIN known_2"),
        "{sql}"
    );
}

#[test]
fn without_a_constant_that_differs_other_days_have_no_rows_either() {
    let sql = text(&mut |_| query("rows", Expr::number(1), None, Vec::new()));
    assert!(sql.ends_with("SELECT 1 AS x FROM rows AS t CROSS JOIN known"), "{sql}");
}

#[test]
fn another_query_on_another_day_is_refused() {
    let of =
        |at: Date| query("rows", Expr::number(1), before(day(at)).filter(|_| at.month() == 1), Vec::new());
    let found = known_on_any_day(&DAYS, &mut |at| Ok(of(at))).expect_err("one has no filter");
    let said =
        "as of 2026-02-01 the query is made in another way than as of the days from 2026-01-30 to 2026-01-31";
    assert_eq!(found.iter().map(|error| error.message.as_str()).collect::<Vec<_>>(), [said]);
}
