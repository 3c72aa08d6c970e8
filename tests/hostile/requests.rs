//! Conditions of a request.

use kpic::diagnostic::{Code, Sink};
use kpic::model;
use kpic::plan::Request;
use kpic::resolve::{self, Catalog};
use kpic::source::FileId;
use kpic::syntax::ast::ProjectFile;
use kpic::syntax::dsl::{self, Fragment};

use crate::way::*;

#[test]
fn conditions_of_a_request_are_as_hostile() {
    let cases: Vec<(&str, String, Option<Code>)> = vec![
        ("a megabyte of ors", vec!["d = 'a'"; MANY].join(" or "), Some(Code::TooLarge)),
        ("a megabyte of brackets", "(".repeat(1_000_000), Some(Code::TooDeep)),
        ("a megabyte of nots", "not ".repeat(250_000) + "d = 'a'", Some(Code::TooDeep)),
        ("a list of a megabyte", format!("d in ({}'x')", "'abcdefgh', ".repeat(900)), None),
        ("a text of a megabyte", format!("d = '{}'", "x".repeat(1_000_000)), None),
        ("nothing", String::new(), Some(Code::Syntax)),
    ];
    for (name, text, expected) in cases {
        let found = ends(name, move || {
            let mut sink = Sink::new();
            let files = [dsl::parse(FileId(0), SOURCE, &mut sink)];
            let settings = ProjectFile::default();
            let model = model::build(&files, &settings, &mut sink);
            let resolved = resolve::resolve(&model, &Catalog::default(), &mut sink);
            let filter = dsl::expression(&Fragment::whole(FileId(1), &text), &mut sink)
                .and_then(|e| resolve::predicate(&resolved, &e, &mut sink));
            if filter.is_some() {
                compiled(&resolved, Request { filter, ..request() });
            }
            sink.into_sorted()
        });
        assert_eq!(found.first().map(|d| d.code), expected, "{name}: {:?}", found.first());
    }
}
