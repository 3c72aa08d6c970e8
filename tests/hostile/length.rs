//! Chains without end, in one expression.

use kpic::diagnostic::Code;

use crate::way::*;

#[test]
fn endless_chains_are_refused() {
    let large: &[Code] = &[Code::TooLarge];
    let joined = |with: &str, count: usize| vec!["n"; count].join(with);
    formulas(vec![
        ("200,000 terms", joined(" + ", 200_000), large),
        ("200,000 differences", joined(" - ", 200_000), large),
        ("200,000 factors", joined(" * ", 200_000), large),
        ("200,000 quotients", joined(" / ", 200_000), large),
        ("100,000 comparisons", joined(" < ", MANY), &[Code::Syntax]),
        ("100,000 dots", joined(".", MANY), &[Code::Syntax]),
        ("100,000 tests for null", "n".to_string() + &" is null".repeat(MANY), &[Code::Syntax]),
        ("100,000 lists", "n".to_string() + &" not in (1)".repeat(MANY), &[Code::Syntax]),
        ("100,000 betweens", "n".to_string() + &" between 1 and 2".repeat(MANY), &[Code::Syntax]),
        ("100,000 arguments", format!("greatest({})", joined(", ", MANY)), &[]),
        ("100,000 branches", format!("case {}end", "when n > 1 then 1 ".repeat(MANY)), &[]),
        ("a million digits", "1".repeat(1_000_000), &[]),
    ]);
    let measured = |filter: String| {
        SOURCE.replacen("measure m", &format!("measure w = count() where {filter}\nmeasure m"), 1)
    };
    let conditions = |with: &str| measured(vec!["a = 1"; 200_000].join(with));
    texts(vec![
        ("200,000 ands", conditions(" and "), large),
        ("200,000 ors", conditions(" or "), large),
        ("both in turn", measured(vec!["a = 1 and a = 2"; MANY].join(" or ")), large),
        (
            "200,000 values",
            measured(format!("a in ({})", numbered(200_000, |i| format!("{i}, ")) + "0")),
            &[Code::TooLarge],
        ),
    ]);
}

#[test]
fn a_chain_up_to_the_limit_compiles() {
    for with in [" + ", " * ", " / "] {
        let text = format!("{SOURCE}kpi x = {}\n", vec!["n"; 450].join(with));
        assert_eq!(answer(with, Spelling::Dsl, text).codes(), Vec::<&str>::new());
    }
}
