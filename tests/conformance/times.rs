//! Times, zones and aggregates, with values written by hand.

use kpic::sql::{Aggregate, AggregateFunction as Agg, Expr, Part, Step, Type};

use crate::expressions::{Row, day, instant, n, nothing, t, time};

pub fn times() -> Vec<Row> {
    let cut = |to, week_start, value: Expr| Expr::Truncate { to, week_start, value: value.boxed() };
    let part = |part, value: Expr| Expr::Extract(part, value.boxed());
    let shift =
        |value: Expr, count, unit, to| Expr::Shift { value: value.boxed(), step: Step { count, unit }, to };
    let between = |start: Expr, end: Expr, of_instants| Expr::Seconds {
        start: start.boxed(),
        end: end.boxed(),
        of_instants,
    };
    let seconds = |start: Expr, end: Expr| between(start, end, false);
    let days = |start: Expr, end: Expr| Expr::DaysBetween { start: start.boxed(), end: end.boxed() };
    let zone = |value: Expr, from: Option<&str>, to: &str| Expr::ToZone {
        value: value.boxed(),
        from: from.map(Into::into),
        to: to.into(),
    };
    // A Friday.
    let at = || time("2027-01-01 23:59:59.5");
    vec![
        ("hour", cut(Part::Hour, 1, at()), "2027-01-01 23:00:00"),
        ("day", cut(Part::Day, 1, at()), "2027-01-01"),
        ("month", cut(Part::Month, 1, day("2026-02-28")), "2026-02-01"),
        ("month of a row", Expr::MonthOf(at().boxed()), "2027-01-01"),
        ("month of a row's day", Expr::MonthOf(day("2024-02-29").boxed()), "2024-02-01"),
        (
            "utc of an instant",
            Expr::UtcOf(instant("2026-03-31 22:30:00.25Z").boxed()),
            "2026-03-31 22:30:00.25",
        ),
        ("utc of nothing", Expr::UtcOf(Expr::null(Type::Instant).boxed()), "null"),
        ("month of a first", Expr::MonthOf(time("2026-03-01 00:00:00").boxed()), "2026-03-01"),
        ("quarter", cut(Part::Quarter, 1, day("2026-06-30")), "2026-04-01"),
        ("year", cut(Part::Year, 1, at()), "2027-01-01"),
        ("week from monday", cut(Part::Week, 1, at()), "2026-12-28"),
        ("week from saturday", cut(Part::Week, 6, at()), "2026-12-26"),
        ("week from sunday", cut(Part::Week, 7, at()), "2026-12-27"),
        ("week from friday", cut(Part::Week, 5, at()), "2027-01-01"),
        ("week from thursday", cut(Part::Week, 4, at()), "2026-12-31"),
        ("week from wednesday", cut(Part::Week, 3, day("2026-12-29")), "2026-12-23"),
        ("week from tuesday", cut(Part::Week, 2, day("2026-12-28")), "2026-12-22"),
        ("a sunday's week from sunday", cut(Part::Week, 7, day("2026-12-27")), "2026-12-27"),
        ("a saturday's week from sunday", cut(Part::Week, 7, day("2026-12-26")), "2026-12-20"),
        ("second of", part(Part::Second, at()), "59"),
        ("minute of", part(Part::Minute, at()), "59"),
        ("hour of", part(Part::Hour, at()), "23"),
        ("day of", part(Part::Day, at()), "1"),
        ("iso week of", part(Part::Week, at()), "53"),
        ("month of", part(Part::Month, day("2026-12-31")), "12"),
        ("quarter of", part(Part::Quarter, day("2026-12-31")), "4"),
        ("year of", part(Part::Year, day("2026-12-31")), "2026"),
        ("weekday of a friday", part(Part::Weekday, at()), "5"),
        ("weekday of a sunday", part(Part::Weekday, day("2026-12-27")), "7"),
        ("a month on", shift(day("2026-01-31"), 1, Part::Month, Type::Date), "2026-02-28"),
        ("a month back", shift(day("2026-03-31"), -1, Part::Month, Type::Date), "2026-02-28"),
        ("a quarter on", shift(day("2025-11-30"), 1, Part::Quarter, Type::Date), "2026-02-28"),
        ("a year on", shift(day("2024-02-29"), 1, Part::Year, Type::Date), "2025-02-28"),
        ("days on", shift(day("2026-02-27"), 3, Part::Day, Type::Date), "2026-03-02"),
        ("weeks back", shift(day("2026-02-27"), -2, Part::Week, Type::Date), "2026-02-13"),
        ("hours on", shift(at(), 2, Part::Hour, Type::Timestamp), "2027-01-02 01:59:59.5"),
        ("minutes back", shift(at(), -30, Part::Minute, Type::Timestamp), "2027-01-01 23:29:59.5"),
        (
            "a timestamp's month on",
            shift(time("2026-01-31 10:00:00"), 1, Part::Month, Type::Timestamp),
            "2026-02-28 10:00:00",
        ),
        (
            "a shift shifted",
            shift(shift(day("2026-01-31"), 1, Part::Day, Type::Date), -1, Part::Day, Type::Date),
            "2026-01-31",
        ),
        ("no days", shift(day("2026-01-31"), 0, Part::Day, Type::Date), "2026-01-31"),
        ("seconds", seconds(time("2026-01-31 23:59:59"), time("2026-02-01 00:00:01.25")), "~2.25"),
        ("seconds back", seconds(time("2026-02-01 00:00:00"), time("2026-01-31 00:00:00")), "~-86400"),
        (
            "seconds of instants",
            between(instant("2026-02-01 00:00:00Z"), instant("2026-02-01 01:00:00Z"), true),
            "~3600",
        ),
        ("days between", days(day("2026-01-31"), day("2026-03-01")), "29"),
        ("days back", days(day("2026-03-01"), day("2026-01-31")), "-29"),
        ("days of a time", days(time("2026-01-31 23:59:59"), day("2026-02-01")), "1"),
        (
            "paris in summer",
            zone(time("2026-07-01 22:30:00"), Some("UTC"), "Europe/Paris"),
            "2026-07-02 00:30:00",
        ),
        (
            "paris from new york",
            zone(time("2026-01-01 18:30:00"), Some("America/New_York"), "Europe/Paris"),
            "2026-01-02 00:30:00",
        ),
        (
            "an instant in kolkata",
            zone(instant("2026-01-01 18:30:00Z"), None, "Asia/Kolkata"),
            "2026-01-02 00:00:00",
        ),
        (
            "half an hour at lord howe",
            zone(instant("2026-04-04 15:00:00Z"), None, "Australia/Lord_Howe"),
            "2026-04-05 01:30:00",
        ),
        (
            "a day that apia skipped",
            zone(time("2011-12-30 10:00:00"), Some("UTC"), "Pacific/Apia"),
            "2011-12-31 00:00:00",
        ),
        // 02:30 comes twice on the day of the autumn change: the second is meant.
        (
            "twice the same time",
            zone(time("2026-10-25 02:30:00"), Some("Europe/Paris"), "UTC"),
            "2026-10-25 01:30:00",
        ),
        // 02:30 does not exist on the day of the spring change: an hour later is meant.
        (
            "a time that is skipped",
            zone(time("2026-03-29 02:30:00"), Some("Europe/Paris"), "UTC"),
            "2026-03-29 01:30:00",
        ),
        // These are zones with summer time, not the abbreviations of that name.
        ("cet is a zone", zone(time("2026-07-01 10:00:00"), Some("UTC"), "CET"), "2026-07-01 12:00:00"),
        ("eet is a zone", zone(time("2026-07-01 10:00:00"), Some("UTC"), "EET"), "2026-07-01 13:00:00"),
        ("met is a zone", zone(time("2026-07-01 10:00:00"), Some("UTC"), "MET"), "2026-07-01 12:00:00"),
        ("wet is a zone", zone(time("2026-07-01 10:00:00"), Some("UTC"), "WET"), "2026-07-01 11:00:00"),
        (
            "small letters",
            zone(time("2026-07-01 10:00:00"), Some("utc"), "europe/paris"),
            "2026-07-01 12:00:00",
        ),
    ]
}

pub fn aggregates() -> Vec<Row> {
    let of = |function: Agg, args: &[&str], filter: Option<Expr>| {
        Expr::Aggregate(Aggregate {
            function,
            args: args.iter().map(|name| Expr::column(*name)).collect(),
            filter: filter.map(Box::new),
        })
    };
    let x = || Some(Expr::equal(Expr::column("s"), t("x")));
    let none = || Some(Expr::equal(Expr::column("s"), t("z")));
    let any = |condition: Expr| {
        Expr::Aggregate(Aggregate { function: Agg::AnyTrue, args: vec![condition], filter: None })
    };
    vec![
        ("count rows", of(Agg::Count, &[], None), "5"),
        ("count rows where", of(Agg::Count, &[], x()), "3"),
        ("count values", of(Agg::Count, &["a"], None), "4"),
        ("count values where", of(Agg::Count, &["a"], x()), "2"),
        ("count none", of(Agg::Count, &["a"], none()), "0"),
        ("count distinct", of(Agg::CountDistinct, &["s"], None), "2"),
        ("count distinct where", of(Agg::CountDistinct, &["s"], x()), "1"),
        ("count distinct pairs", of(Agg::CountDistinct, &["s", "a"], None), "3"),
        ("count distinct pairs where", of(Agg::CountDistinct, &["s", "a"], x()), "2"),
        ("sum", of(Agg::Sum, &["a"], None), "10"),
        ("sum of decimals", of(Agg::Sum, &["b"], None), "6"),
        ("sum where", of(Agg::Sum, &["b"], x()), "4.8"),
        ("sum of none", of(Agg::Sum, &["a"], none()), "null"),
        ("min", of(Agg::Min, &["b"], None), "0.1"),
        ("max", of(Agg::Max, &["a"], x()), "4"),
        ("max of texts", of(Agg::Max, &["s"], None), "y"),
        ("min of days", of(Agg::Min, &["day"], None), "2024-02-29"),
        // 1, 2, 3, 4: squares of differences from 2.5 add to 5.
        ("stddev", of(Agg::Stddev, &["a"], None), "~1.2909944487358056"),
        ("stddev of one", of(Agg::Stddev, &["b"], Some(Expr::equal(Expr::column("s"), t("y")))), "null"),
        ("median", of(Agg::Percentile("0.5".into()), &["a"], None), "~2.5"),
        // 0.10, 0.20, 1.00, 4.70: place 2.7 of 0 to 3.
        ("p90 of decimals", of(Agg::Percentile("0.9".into()), &["b"], None), "~3.59"),
        ("median where", of(Agg::Percentile("0.5".into()), &["a"], x()), "~2.5"),
        ("median of none", of(Agg::Percentile("0.5".into()), &["a"], none()), "null"),
        ("any", any(Expr::equal(Expr::column("s"), t("y"))), "true"),
        ("any of unknown", any(Expr::equal(Expr::column("a"), nothing())), "null"),
        ("any other", any(Expr::equal(Expr::column("a"), n("9"))), "false"),
        // 1, 2, 3 and 4 together have the bits 1, 2 and 4.
        ("bits of any", of(Agg::BitOr, &["a"], None), "7"),
        ("bits of none", of(Agg::BitOr, &["a"], none()), "null"),
        (
            "a mean",
            Expr::Divide(of(Agg::Sum, &["b"], None).boxed(), of(Agg::Count, &["b"], None).boxed()),
            "~1.5",
        ),
    ]
}
