//! What is there at an instant.

use super::Grain::{Day, Month};
use super::*;

/// `b0`: contracts, `b1`: items on shelves, `b2`: shelves that were counted.
fn shop(grain: Grain, from: &str, to: &str) -> World {
    let stock = |source, aggregate| Stock { source, aggregate, filter: None };
    let mut world = world(grain, from, to);
    world.stocks = vec![
        stock(Source::Contracts, Aggregate::Count),
        stock(Source::Levels, Aggregate::Sum(Column::Items)),
        stock(Source::Levels, Aggregate::Count),
    ];
    world
}

fn at_start(stock: usize) -> Formula {
    Formula::Stock(Reading::AtStart, stock)
}

fn at_end(stock: usize) -> Formula {
    Formula::Stock(Reading::AtEnd, stock)
}

fn average(stock: usize) -> Formula {
    Formula::Stock(Reading::Average, stock)
}

impl World {
    fn contracts(mut self, contracts: &[(Option<&str>, Option<&str>)]) -> World {
        let of = |(started, ended): &(Option<&str>, Option<&str>)| Contract {
            started: started.map(|at| instant(self.first_day, at)),
            ended: ended.map(|at| instant(self.first_day, at)),
            details: Details::default(),
        };
        self.contracts = contracts.iter().map(of).collect();
        self
    }

    /// Days, shelves, items; the shelf is the channel, too.
    fn counted(mut self, snapshots: Snapshots, levels: &[(&str, u8, i8)]) -> World {
        let of = |(day, shelf, items): &(&str, u8, i8)| Level {
            day: days(self.first_day, date(day)),
            shelf: *shelf,
            details: Details { channel: Some(*shelf), items: Some(*items), ..Details::default() },
        };
        self.levels = levels.iter().map(of).collect();
        self.snapshots = snapshots;
        self
    }
}

#[test]
fn the_end_is_the_next_start() {
    // Started 31 January: there at February's start. Started 1 February: not yet at its
    // start, there at its end. Ended 28 February: gone at its end. Ended 1 March: there
    // at February's end, since it went after it. No start: never there. Ended before it
    // started: never there. A contract of one day counts at no midnight but is neither
    // lost: started 5, ended 5 February.
    let contracts = [
        (Some("2026-01-31"), None),
        (Some("2026-02-01"), None),
        (Some("2026-01-05"), Some("2026-02-28")),
        (Some("2026-01-05"), Some("2026-03-01")),
        (None, Some("2026-03-01")),
        (Some("2026-02-03"), Some("2026-02-01")),
        (Some("2026-02-05"), Some("2026-02-05")),
    ];
    let asked =
        |formula| shop(Month, "2026-02-01", "2026-03-31").contracts(&contracts).asks(formula).totals();
    assert_eq!(asked(at_start(0)), numbers(&[3, 3]));
    assert_eq!(asked(at_end(0)), numbers(&[3, 2]));
}

#[test]
fn an_open_month_ends_where_knowledge_does() {
    // Known to the end of 10 March: the contract that started on the 10th counts, the
    // one of the 11th does not. Of April nothing is known, its start included.
    let world = shop(Month, "2026-03-01", "2026-04-30")
        .contracts(&[(Some("2026-03-10"), None), (Some("2026-03-11"), None)])
        .known_to("2026-03-10");
    assert_eq!(world.clone().asks(at_end(0)).totals(), [Some(1.0), None]);
    assert_eq!(world.asks(at_start(0)).totals(), [Some(0.0), None]);
}

#[test]
fn an_average_is_one_of_days() {
    // From 29 March a contract: of 31 days it is there at the end of three. Known to the
    // end of the 30th, of two of thirty.
    let asked =
        || shop(Month, "2026-03-01", "2026-03-31").contracts(&[(Some("2026-03-29"), None)]).asks(average(0));
    assert_eq!(asked().totals(), [Some(3.0 / 31.0)]);
    assert_eq!(asked().known_to("2026-03-30").totals(), [Some(2.0 / 30.0)]);
}

#[test]
fn a_month_has_its_last_count() {
    // February was counted on the 20th, shelf 1 last on the 10th: it holds nothing then.
    // March was not counted.
    let levels = [("2026-02-10", 0, 5), ("2026-02-10", 1, 7), ("2026-02-20", 0, 4)];
    let asked = |formula| {
        shop(Month, "2026-02-01", "2026-03-31").counted(Snapshots::Plain, &levels).asks(formula).totals()
    };
    assert_eq!(asked(at_end(1)), [Some(4.0), None]);
    assert_eq!(asked(at_start(1)), [None, Some(4.0)]);
    // The mean of what was counted on two days: 12 and 4.
    assert_eq!(asked(average(1)), [Some(8.0), None]);
}

#[test]
fn a_sparse_shelf_keeps_its_last_level() {
    // At the end of February 4 and 7; so it is at the end of March.
    let levels = [("2026-02-10", 0, 5), ("2026-02-10", 1, 7), ("2026-02-20", 0, 4)];
    let world = shop(Month, "2026-02-01", "2026-03-31").counted(Snapshots::Sparse, &levels);
    assert_eq!(world.asks(at_end(1)).totals(), numbers(&[11, 11]));
}

#[test]
fn a_count_is_carried_for_days() {
    // Counted on 27 February and carried for two days: at the end of 1 March still, of
    // the 2nd not.
    let world = shop(Day, "2026-02-27", "2026-03-02").counted(Snapshots::Carry(2), &[("2026-02-27", 0, 5)]);
    assert_eq!(world.asks(at_end(1)).totals(), [Some(5.0), Some(5.0), Some(5.0), None]);
}

#[test]
fn members_of_the_last_count_occur() {
    // Shelf 1 was not counted on the last day: it has no row at all.
    let levels = [("2026-02-10", 0, 5), ("2026-02-10", 1, 7), ("2026-02-20", 0, 4)];
    let mut world =
        shop(Month, "2026-02-01", "2026-02-28").counted(Snapshots::Plain, &levels).asks(at_end(2));
    world.request.by = vec![vec![Dimension::Channel]];
    world.request.total = false;
    let members: Vec<_> = evaluate(&world).cells.into_keys().map(|key| key.members[0].clone()).collect();
    assert_eq!(members, [Some("a".to_string())]);
}
