//! Templates that render, and templates and parameters that must not get through.

use indexmap::IndexMap;

use super::query;
use crate::diagnostic::Code;
use crate::dialect::EMBEDDED;
use crate::source::Sources;
use crate::value::Literal;

fn params() -> IndexMap<String, Literal> {
    let text = |t: &str| Literal::Text(t.into());
    [
        ("shop", text("it's")),
        ("hostile", text("'; drop table t; --")),
        ("least", Literal::Number("-5".into())),
        ("rate", Literal::Number("0.025".into())),
        ("whole", Literal::Number("2.0".into())),
        ("big", Literal::Number("170141183460469231731687303715884105727".into())),
        ("on", Literal::Boolean(true)),
        ("start", Literal::Date("2026-01-15".into())),
        ("nothing", Literal::Null(crate::value::Type::Integer)),
    ]
    .map(|(name, value)| (name.to_string(), value))
    .into()
}

fn rendered(template: &str) -> Result<String, String> {
    let mut sources = Sources::new();
    let file = sources.add("q.sql", template);
    query(file, template, &params(), EMBEDDED).map_err(|finding| {
        assert_eq!(finding.code, Code::SqlSource);
        let span = finding.span.expect("every finding has a place");
        let place = sources.position(file, span.start as usize);
        format!("{}:{} {} | {}", place.line, place.column, sources.text(span), finding.message)
    })
}

#[test]
fn values_are_literals_whatever_they_hold() {
    for (value, literal) in [
        ("shop", "'it''s'"),
        ("hostile", "'''; drop table t; --'"),
        ("hostile | safe", ""),
        ("least", "-5"),
        ("rate", "0.025"),
        ("whole", "2.0"),
        ("big", "170141183460469231731687303715884105727"),
        ("on", "TRUE"),
        ("start", "DATE '2026-01-15'"),
        ("nothing", "NULL"),
        ("shop ~ '!'", "'it''s!'"),
        ("'a' | upper", "'A'"),
        ("least + 1", "-4"),
    ] {
        let said = rendered(&format!("select {{{{ {value} }}}} as x"));
        match literal {
            "" => assert!(said.is_err(), "{value}: {said:?}"),
            _ => assert_eq!(said, Ok(format!("select {literal} as x"))),
        }
    }
    assert!(rendered("{% autoescape false %}select {{ hostile }}{% endautoescape %}").is_ok());
}

#[test]
fn conditions_compare_by_value() {
    for (condition, holds) in [
        ("shop == \"it's\"", true),
        ("least < 0", true),
        ("least == -5.0", true),
        ("rate > 0.02", true),
        ("start == '2026-01-15'", true),
        ("start < '2025-12-31'", false),
        ("on", true),
        ("nothing is none", true),
    ] {
        let said = rendered(&format!("{{% if {condition} %}}select 1{{% else %}}select 0{{% endif %}}"));
        assert_eq!(said.as_deref(), Ok(if holds { "select 1" } else { "select 0" }), "{condition}");
    }
}

#[test]
fn what_stands_around_the_query_is_left_out() {
    for text in ["select 1", "\n select 1 ;\n-- done\n", "{# why #}\nselect 1 /* it; */ ;;", "select 1 -- x"]
    {
        assert_eq!(rendered(text).as_deref(), Ok("select 1"), "{text:?}");
    }
    let kept = "-- all rows\nselect a -- the first\nfrom t";
    assert_eq!(rendered(kept).as_deref(), Ok(kept));
    for text in [
        "with a as (select 1 as x) select * from a",
        "select 1 union all select 2",
        "(select 1)",
        "select ';' as a, \"b;\" from t where c = '--'",
    ] {
        assert_eq!(rendered(text).as_deref(), Ok(text));
    }
}

#[test]
fn what_is_not_one_query_is_refused_at_its_place() {
    for (text, said) in [
        ("", "1:1  | there is no query in this file"),
        ("-- nothing\n;", "1:1 - | there is no query in this file"),
        ("select 1;\nselect 2", "2:1 select | there is a second statement"),
        ("delete from t", "1:1 delete | this is no query that only reads"),
        ("\n  drop table t", "2:3 drop | this is no query that only reads"),
        ("with gone as (delete from t returning a) select * from gone", "only reads"),
        ("select a into b from t", "only reads"),
        ("select a from t for update", "only reads"),
        ("select a\nfrom from t where x =", "not SQL of the dialect"),
        ("select 'open", "1:8 ' | this is not SQL"),
        ("select {{ shp }}", "shp | the template uses a value that is not defined"),
        ("select 1\n{% if on %}", "the template cannot be rendered"),
        ("select {{ [1, 2] }}", "a list or a function has no literal"),
        ("{% include 'other.sql' %}", "the template cannot be rendered"),
        ("{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}", "too many steps"),
    ] {
        let found = rendered(text).expect_err(text);
        assert!(found.contains(said), "{text:?}: {found}");
    }
}

#[test]
fn places_behind_values_are_those_of_the_template() {
    let text = "select {{ hostile }} as a,\n  {{ rate }} as b\nfrom t\nwhere ) = 1\n";
    let found = rendered(text).expect_err("a parenthesis too many");
    assert!(found.starts_with("4:7 ) |"), "{found}");
}

#[test]
fn deep_nesting_and_garbage_are_answered() {
    for text in
        ["(".repeat(100_000), "select ".repeat(50_000), "{{".repeat(50_000), "é\u{0}'\"".repeat(9_999)]
    {
        assert!(rendered(&text).is_err());
    }
}
