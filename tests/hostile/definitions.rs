//! Many definitions, and definitions of definitions.

use std::fmt::Write as _;

use kpic::diagnostic::Code;

use crate::way::*;

#[test]
fn many_definitions_are_read_in_one_pass() {
    let times = |count, each: &dyn Fn(usize) -> String| numbered(count, each);
    let duplicate: &[Code] = &[Code::TooLarge, Code::DuplicateName];
    texts(vec![
        ("100,000 KPIs of one name", SOURCE.to_string() + &"kpi x = n\n".repeat(MANY), duplicate),
        (
            "100,000 parts of a KPI",
            SOURCE.to_string() + &times(MANY, &|i| format!("kpi m {{ target {i} each month }}\n")),
            &[Code::TooLarge, Code::TargetTwice],
        ),
        (
            "100,000 parts of a source",
            SOURCE.to_string() + &times(MANY, &|i| format!("source s {{ column c{i} : text }}\n")),
            &[Code::TooLarge],
        ),
        (
            "two parts of 100,000 columns",
            format!(
                "{SOURCE}source p {{ {} }} source p {{ {} }}",
                times(MANY, &|i| format!("column c{i} : text ")),
                times(MANY, &|i| format!("column c{i} = d{i} "))
            ),
            // A type and a value go together.
            &[],
        ),
        (
            "100,000 sources of one name",
            SOURCE.to_string() + &"source s { table t  key id }\n".repeat(MANY),
            duplicate,
        ),
        (
            "100,000 units",
            SOURCE.replacen("kpi m", &format!("kpi m {{ {} }}", "unit count ".repeat(MANY)), 1),
            &[Code::Repeated],
        ),
        (
            "100,000 segments",
            SOURCE.replacen(
                "kpi m",
                &format!("kpi m {{ segments s0{} }}", times(MANY - 1, &|i| format!(", s{}", i + 1))),
                1,
            ) + &times(MANY, &|i| format!("segment s{i} where d = 'v{i}'\n")),
            &[],
        ),
        (
            "a segmentation of 100,000",
            format!(
                "{SOURCE}segmentation b {{ {} segment r else }}",
                times(MANY, &|i| format!("segment s{i} where d = 'v{i}'\n"))
            ),
            &[Code::TooLarge],
        ),
        (
            "segments of segments",
            format!(
                "{SOURCE}segment s0 where d = 'a'\n{}",
                times(60, &|i| format!("segment s{} where s{i} or s{i}\n", i + 1))
            ),
            &[Code::TooLarge],
        ),
        (
            "a chain of 10,000",
            format!("{SOURCE}kpi k0 = n\n{}", times(9_999, &|i| format!("kpi k{} = k{i} + 1\n", i + 1))),
            &[],
        ),
        (
            "a chain of 10,000, its end first",
            SOURCE.to_string()
                + &times(9_999, &|i| format!("kpi k{} = k{} + 1\n", 9_999 - i, 9_998 - i))
                + "kpi k0 = n\n",
            &[],
        ),
        (
            "each names the one before twice",
            format!("{SOURCE}kpi k0 = n\n{}", times(9_999, &|i| format!("kpi k{} = k{i} + k{i}\n", i + 1))),
            &[],
        ),
        ("a KPI of itself", format!("{SOURCE}kpi k = k + 1\n"), &[Code::Cycle]),
        (
            "a cycle of 10,000",
            format!("{SOURCE}kpi k0 = k9999\n{}", times(9_999, &|i| format!("kpi k{} = k{i} + 1\n", i + 1))),
            &[Code::Cycle],
        ),
        (
            "columns of columns",
            "source s { table t  key id  time at in UTC  column c0 : integer\n".to_string()
                + &times(99, &|i| format!("column c{} = c{i} + c{i}\n", i + 1))
                + "measure n = sum(c99) }\nkpi n\n",
            &[Code::TooLarge],
        ),
        (
            "joins behind joins",
            times(2_000, &|i| {
                format!(
                    "source s{i} {{ table t  key id  time at in UTC  join j: s{} on x  dimension d{i}  measure m{i} = count() }}\nkpi m{i}\n",
                    i + 1
                )
            }) + "source s2000 { table t  key id  dimension last }\n",
            &[Code::TooLarge],
        ),
        (
            "joins by two ways",
            times(30, &|i| {
                let next = i + 1;
                format!(
                    "source s{i} {{ table t  key id  time at in UTC  join a: s{next} on x  join b: s{next} on y  measure m{i} = count() }}\nkpi m{i} {{ by last }}\n"
                )
            }) + "source s30 { table t  key id  dimension last }\n",
            &[Code::TwoPaths],
        ),
        (
            "3,000 sources that join one with 3,000 dimensions",
            format!("source hub {{ table h  key id {} }}\n", times(3_000, &|i| format!(" dimension d{i}")))
                + &times(3_000, &|i| {
                    format!(
                        "source s{i} {{ table t  key id  time at in UTC  join h: hub on x  measure m{i} = count() }}\nkpi m{i}\n"
                    )
                }),
            &[Code::TooLarge],
        ),
        (
            "a large segment in 20,000 KPIs",
            format!("{SOURCE}segment s where {}d = 'v'\n", times(450, &|i| format!("d = 'v{i}' or ")))
                + &times(20_000, &|i| format!("kpi k{i} = n where s\n")),
            &[Code::TooLarge],
        ),
        (
            "20,000 unknown names",
            SOURCE.to_string() + &times(20_000, &|i| format!("kpi k{i} = unknown{i}\n")),
            &[Code::UnknownName],
        ),
        (
            "100,000 targets",
            SOURCE.replacen(
                "kpi m",
                &format!("kpi m {{ {} }}", "target 1 each month from 2026-01\n".repeat(MANY)),
                1,
            ),
            &[Code::TargetTwice],
        ),
    ]);
}

#[test]
fn long_lines_are_lines() {
    let mut one_line = SOURCE.replace('\n', " ");
    for i in 0.. {
        if one_line.len() > 2_000_000 {
            break;
        }
        write!(one_line, "kpi x{i} = n + {i} ").expect("a text can be written to");
    }
    texts(vec![
        ("two megabytes of KPIs on a line", one_line, &[]),
        ("ten megabytes of comment", format!("{SOURCE}#{}", "x".repeat(10_000_000)), &[]),
        ("ten megabytes of blank lines", SOURCE.to_string() + &"\n".repeat(10_000_000), &[]),
        ("a text of ten megabytes", format!("{SOURCE}segment x where d = '{}'", "x".repeat(10_000_000)), &[]),
        (
            "an open text of ten megabytes",
            format!("{SOURCE}segment x where d = '{}", "x".repeat(10_000_000)),
            &[Code::Unterminated],
        ),
        ("a name of ten megabytes", format!("{SOURCE}kpi {} = n", "x".repeat(10_000_000)), &[]),
        (
            "100,000 findings on a line",
            SOURCE.replace('\n', " ") + &"kpi x = n ".repeat(MANY),
            &[Code::TooLarge, Code::DuplicateName],
        ),
    ]);
}
