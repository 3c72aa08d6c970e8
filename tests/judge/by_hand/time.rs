//! `previous`, windows, `settled`, as-of.

use super::Grain::{Day, Hour, Month, Week, Year};
use super::*;

#[test]
fn a_month_ago_is_at_most_the_months_last_day() {
    // 27 and 28 February: one sale, three sales. 28 to 31 March all look at 28 February,
    // 27 March at 27 February.
    let world = world(Day, "2026-03-27", "2026-03-31").asks(previous(sales(), 1, Month)).sold(&[
        ("2026-02-27", 1),
        ("2026-02-28", 1),
        ("2026-02-28", 2),
        ("2026-02-28T23:59", 3),
    ]);
    assert_eq!(world.totals(), numbers(&[1, 3, 3, 3, 3]));
}

#[test]
fn two_months_are_not_a_month_twice() {
    // 31 March less a month is 28 February, less another 28 January: two sales.
    // 31 March less two months is 31 January: one sale.
    let sold = [("2026-01-28", 1), ("2026-01-28", 2), ("2026-01-31", 1)];
    let twice = previous(previous(sales(), 1, Month), 1, Month);
    let asked = || world(Day, "2026-03-31", "2026-03-31").sold(&sold);
    assert_eq!(asked().asks(twice).totals(), numbers(&[2]));
    assert_eq!(asked().asks(previous(sales(), 2, Month)).totals(), numbers(&[1]));
}

#[test]
fn a_year_before_a_leap_day() {
    // 28 and 29 February 2024 both look at 28 February 2023; 28 February 2025 looks at
    // 28 February 2024, not at the 29th.
    let sold = [("2023-02-28", 1), ("2024-02-29", 1), ("2024-02-29", 2)];
    let asked = |from, to| world(Day, from, to).sold(&sold).asks(previous(sales(), 1, Year));
    assert_eq!(asked("2024-02-28", "2024-02-29").totals(), numbers(&[1, 1]));
    assert_eq!(asked("2025-02-28", "2025-03-01").totals(), numbers(&[0, 0]));
}

#[test]
fn a_year_of_weeks_has_fifty_two() {
    // The week of Monday 28 December 2026 less 52 weeks is that of 29 December 2025.
    let world = world(Week, "2026-12-28", "2027-01-03").asks(previous(sales(), 1, Year)).sold(&[
        ("2025-12-28", 1),
        ("2025-12-29", 1),
        ("2026-01-04", 1),
        ("2026-01-05", 1),
    ]);
    assert_eq!(world.totals(), numbers(&[2]));
}

#[test]
fn an_open_month_is_compared_with_as_many_days() {
    // As of 10 March, ten days of March are over. February until the 10th: two sales,
    // whole: three. February itself is over, and so is compared with all of January.
    let sold =
        [("2026-01-31", 1), ("2026-02-01", 1), ("2026-02-10T23:00", 1), ("2026-02-11", 1), ("2026-03-01", 1)];
    let asked = || world(Month, "2026-02-01", "2026-03-31").sold(&sold).known_to("2026-03-10");
    assert_eq!(asked().asks(sales()).totals(), numbers(&[3, 1]));
    assert_eq!(asked().asks(previous(sales(), 1, Month)).totals(), numbers(&[1, 2]));
    assert_eq!(asked().asks(whole(sales(), 1, Month)).totals(), numbers(&[1, 3]));
}

#[test]
fn what_has_not_begun_has_no_earlier_part() {
    // As of 28 February nothing of March has elapsed, so nothing of February is read:
    // it is not known. Whole, it is one sale.
    let asked = || world(Month, "2026-03-01", "2026-03-31").sold(&[("2026-02-01", 1)]).known_to("2026-02-28");
    assert_eq!(asked().asks(previous(sales(), 1, Month)).totals(), [None]);
    assert_eq!(asked().asks(whole(sales(), 1, Month)).totals(), numbers(&[1]));
}

#[test]
fn elapsed_time_is_local() {
    // Paris loses an hour on 29 March: as of the 30th, 30 local days of March have
    // passed, so of August its first 30 days: up to 31 August, 0:00 there, 22:00 in UTC.
    let mut world = world(Month, "2026-03-01", "2026-03-31")
        .asks(previous(sales(), 7, Month))
        .sold(&[("2025-08-30T21:59", 1), ("2025-08-30T22:00", 2)])
        .known_to("2026-03-30");
    world.zone = "Europe/Paris";
    assert_eq!(world.totals(), numbers(&[1]));
}

#[test]
fn what_waits_is_compared_with_what_waits() {
    // Settled after three days and known to the end of 10 March, March is read until
    // the 7th, and of February as much.
    let sold = [("2026-02-07T23:59", 1), ("2026-02-08", 1), ("2026-03-07T23:59", 1), ("2026-03-08", 1)];
    let asked = |formula| {
        let world = world(Month, "2026-03-01", "2026-03-31").sold(&sold).known_to("2026-03-10");
        world.asks(formula).settled(Duration::new(3, Day)).totals()
    };
    assert_eq!(asked(sales()), numbers(&[1]));
    assert_eq!(asked(previous(sales(), 1, Month)), numbers(&[1]));
}

#[test]
fn a_date_has_settled_when_its_day_has() {
    // Known to the end of 10 March, settled after two hours: some of the 10th is younger
    // than that, so only the 9th is read. After a day or two it is the 9th and the 8th.
    let asked = |count, unit| {
        let world =
            world(Month, "2026-03-01", "2026-03-31").shipped(&["2026-03-08", "2026-03-09", "2026-03-10"]);
        let world = world.known_to("2026-03-10").asks(Formula::Measure(3));
        world.settled(Duration::new(count, unit)).totals()
    };
    assert_eq!(asked(2, Hour), numbers(&[2]));
    assert_eq!(asked(1, Day), numbers(&[2]));
    assert_eq!(asked(2, Day), numbers(&[1]));
}

#[test]
fn whoever_waits_longest_counts() {
    // k0 waits for a day and is a part of k1, which waits for 36 hours, and of k2, which
    // waits for an hour. Known to the end of 10 March.
    let sold = [("2026-03-09T11:59", 1), ("2026-03-09T12:00", 1), ("2026-03-09T23:59", 1), ("2026-03-10", 1)];
    let mut world = world(Month, "2026-03-01", "2026-03-31").sold(&sold).known_to("2026-03-10").asks(sales());
    let kpi = |formula, count, unit| Kpi { settled: Some(Duration::new(count, unit)), ..Kpi::new(formula) };
    world.kpis = vec![kpi(sales(), 1, Day), kpi(Formula::Kpi(0), 36, Hour), kpi(Formula::Kpi(0), 1, Hour)];
    world.request.kpis = vec![0, 1, 2];
    let values: Vec<_> = evaluate(&world).cells.into_values().collect();
    assert_eq!(values, [numbers(&[3, 1, 3])]);
}

#[test]
fn buyers_of_a_window_are_counted_once() {
    // Buyer 1 on the 1st and 3rd, buyer 2 on the 2nd. Two days back, day by day:
    // {1}, {1, 2}, {2, 1}, {1}, {}.
    let world = world(Day, "2026-03-01", "2026-03-05").asks(rolling(buyers(), 2, Day)).sold(&[
        ("2026-03-01", 1),
        ("2026-03-02", 2),
        ("2026-03-03", 1),
    ]);
    assert_eq!(world.totals(), numbers(&[1, 2, 2, 1, 0]));
}

#[test]
fn a_window_of_a_month_ends_with_the_period() {
    // The end of 30 March is 31 March, a month before that 28 February, included.
    // The end of 31 March is 1 April, so 1 March.
    let world = world(Day, "2026-03-30", "2026-03-31").asks(rolling(sales(), 1, Month)).sold(&[
        ("2026-02-27", 1),
        ("2026-02-28", 1),
        ("2026-03-01", 1),
    ]);
    assert_eq!(world.totals(), numbers(&[2, 1]));
}

#[test]
fn to_date_starts_where_the_last_day_belongs() {
    // The week of 30 March to 5 April ends in April: its month to date is 1 to 5 April.
    let world = world(Week, "2026-03-30", "2026-04-05").asks(to_date(sales(), Month)).sold(&[
        ("2026-03-31", 1),
        ("2026-04-01", 1),
        ("2026-04-05T23:59", 1),
        ("2026-04-06", 1),
    ]);
    assert_eq!(world.totals(), numbers(&[2]));
}

#[test]
fn an_earlier_window_is_cut_after_the_same_time() {
    // As of 2 March, cumulative sales of February, cut after its second day.
    let asked = |as_of| {
        let world = world(Month, "2026-03-01", "2026-03-31");
        let world = world.asks(previous(cumulative(sales()), 1, Month)).known_to(as_of);
        world.sold(&[("2020-01-01", 1), ("2026-02-02", 1), ("2026-02-03", 1)]).totals()
    };
    assert_eq!(asked("2026-03-02"), numbers(&[2]));
    assert_eq!(asked("2026-03-31"), numbers(&[3]));
}

#[test]
fn a_window_reaches_before_the_data_is_known_to_exist() {
    // Known since 15 February: February's cell is unknown, March's window of 28 days
    // reads what lies in it.
    let mut world = world(Month, "2026-02-01", "2026-03-31").asks(rolling(sales(), 45, Day)).sold(&[
        ("2026-02-14", 1),
        ("2026-02-15", 1),
        ("2026-03-31", 1),
    ]);
    world.since = Some(14);
    assert_eq!(world.totals(), [None, Some(2.0)]);
}

#[test]
fn a_midnight_that_does_not_exist() {
    // In Havana 8 March 2026 begins at one o'clock, 5:00 in UTC.
    let mut world = world(Day, "2026-03-07", "2026-03-08").asks(sales()).sold(&[
        ("2026-03-08T04:59", 1),
        ("2026-03-08T05:00", 1),
        ("2026-03-09T03:59", 1),
        ("2026-03-09T04:00", 1),
    ]);
    world.zone = "America/Havana";
    assert_eq!(world.totals(), numbers(&[1, 2]));
}

#[test]
fn hours_of_a_day_that_has_twenty_three() {
    // 29 March in Paris is 23:00 to 22:00 in UTC. The hour before 1:00 UTC is 0:00 UTC,
    // though local clocks say 3:00 and 1:00.
    let mut world = world(Hour, "2026-03-29", "2026-03-29")
        .asks(previous(sales(), 1, Hour))
        .sold(&[("2026-03-29T00:30", 1)]);
    world.zone = "Europe/Paris";
    let totals = world.totals();
    assert_eq!(totals.len(), 23);
    assert_eq!(totals.iter().position(|v| *v == Some(1.0)), Some(2));
}

#[test]
fn what_fades_halves_by_days() {
    // A half-life of two days: on 5 March a row of the 1st is four days old, one of the 5th is of
    // today. Known to the end of the 3rd, March's rows are two days old, and 0.
    let fades = || Formula::Window(Box::new(sales()), Window::Decayed(Duration::new(2, Day)));
    let sold = [("2026-03-01T23:59", 1), ("2026-03-05", 1)];
    let asked = world(Day, "2026-03-05", "2026-03-05").sold(&sold).asks(fades());
    assert_eq!(asked.totals(), [Some(1.25)]);
    let open = world(Month, "2026-03-01", "2026-03-31").sold(&sold).asks(fades()).known_to("2026-03-03");
    assert_eq!(open.totals(), [Some(0.5)]);
    // In Havana it is still the day before.
    let mut elsewhere = world(Day, "2026-03-05", "2026-03-05").sold(&[("2026-03-02T04:59", 1)]).asks(fades());
    elsewhere.zone = "America/Havana";
    assert_eq!(elsewhere.totals(), [Some(0.25)]);
}

#[test]
fn a_kpi_is_what_it_is_on_the_last_day() {
    // Buyers until 15 February, nothing for a week, sales from the 22nd on: January by buyers,
    // February and all of the first quarter by sales.
    let sold = [("2026-01-05", 1), ("2026-01-06", 1), ("2026-02-07", 1), ("2026-02-08", 1)];
    let asked = |grain, from, to, formula| {
        let mut world = world(grain, from, to).sold(&sold).asks(sales());
        let until = days(world.first_day, date("2026-02-15"));
        world.kpis[0].earlier = Some(Earlier { formula: buyers(), until, then: until + 7 });
        world.kpis.push(Kpi::new(formula));
        world.request.kpis = vec![1];
        world.totals()
    };
    let bare = || Formula::Kpi(0);
    assert_eq!(asked(Month, "2026-01-01", "2026-02-28", bare()), numbers(&[1, 2]));
    assert_eq!(asked(Grain::Quarter, "2026-01-01", "2026-03-31", bare()), numbers(&[4]));
    assert_eq!(asked(Day, "2026-02-16", "2026-02-16", bare()), [None]);
    // The month before goes by what it was.
    assert_eq!(asked(Month, "2026-02-01", "2026-02-28", previous(bare(), 1, Month)), numbers(&[1]));
}
