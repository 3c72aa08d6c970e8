//! Conditions of a request.

use kpic::diagnostic::{Code, Sink};
use kpic::model;
use kpic::plan::{self, Request};
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

/// Sources that say whom they are about in words that cannot be read.
#[test]
fn what_is_planned_beside_errors_can_be_lowered() {
    let signups = "source signups {\n table s  key id  time at in UTC\n di[mension user = u\n}\n";
    let visits =
        "source visits {\n table v  key id  time at in UTC\n dimension user = u\n measure n = count()\n}\n";
    let (unread, read) = ("di[mension user", "dimension user");
    let cohort = "cohort c on signups by user\nkpi x = retained(c, n, on day 7)\n";
    let funnel = "funnel f by user { step a on visits  step b on signups }\nkpi x = f.b / f.a\n";
    let (sound, flawed) = (signups.replace(unread, read), visits.replace(read, unread));
    for (name, text, plans) in [
        ("entries", format!("{signups}{visits}{cohort}"), false),
        ("what entrants do", format!("{sound}{flawed}{cohort}"), false),
        ("a later step", format!("{signups}{visits}{funnel}"), false),
        ("a first step", format!("{sound}{flawed}{funnel}"), false),
        ("a sound cohort", format!("{sound}{visits}{cohort}"), true),
        ("a sound funnel", format!("{sound}{visits}{funnel}"), true),
    ] {
        let mut sink = Sink::new();
        let files = [dsl::parse(FileId(0), &text, &mut sink)];
        let settings = ProjectFile::default();
        let model = model::build(&files, &settings, &mut sink);
        let resolved = resolve::resolve(&model, &Catalog::default(), &mut sink);
        let found = sink.into_sorted();
        assert_eq!(found.is_empty(), plans, "{name}: {found:?}");
        assert!(resolved.kpis.contains_key("x"), "{name} leaves nothing to plan");
        assert_eq!(plan::plan(&resolved, &request()).is_ok(), plans, "{name}");
        compiled(&resolved, request());
    }
}
