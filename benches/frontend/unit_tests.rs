//! `kpic test`, as a whole process.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::support::{clock, table};

/// Days of a month with rows.
const DAYS: usize = 28;

/// So many tests of a KPI each, all of the same few sources. Without an engine nothing can be tested.
pub fn unit_tests(place: &Path, tests: usize, runs: usize, kpic: &Path) {
    if !cfg!(feature = "duckdb") {
        return;
    }
    let folder = place.join("unit_tests");
    fs::create_dir_all(&folder).expect("a folder can be made");
    fs::write(folder.join("kpic.yaml"), "name: bench\n").expect("a file can be written");
    fs::write(folder.join("all.kpi"), definitions(tests)).expect("a file can be written");
    let took = clock::processes(runs.min(5), kpic, &folder, &["test"]);
    table::print(
        "kpic test, whole process (aim: 1,000 tests 10 s)",
        &["tests", "time", "CPU"],
        &[vec![tests.to_string(), table::shown(took.wall), table::shown(took.cpu)]],
    );
    fs::remove_dir_all(&folder).expect("the folder is there");
}

fn definitions(tests: usize) -> String {
    let mut text = String::from(
        "source orders {
  table shop.orders
  key order_id
  time ordered_on
  column ordered_on : date
  column amount : decimal(12,2)
  column customer_id : text
  dimension channel
  measure orders = count()
  measure revenue = sum(amount)
  measure buyers = count(distinct customer_id)
}
",
    );
    for number in 0..tests {
        let (day, formula) =
            (number % DAYS + 1, ["revenue / orders", "revenue / buyers", "orders / buyers"][number % 3]);
        let value = [20, 40, 2][number % 3];
        write!(
            text,
            "kpi kpi_{number} = {formula} where channel <> 'c{number}'
test test_{number} {{
  given orders (order_id, ordered_on, amount, customer_id, channel)
    (1, 2026-01-{day:02}, 10, 'a', 'web')
    (2, 2026-01-31, 30, 'a', 'shop')
    (3, 2026-01-{day:02}, 500, 'b', 'c{number}')
  when kpi_{number} from 2026-01
  then (kpi_{number})
    ({value})
}}
"
        )
        .expect("a text can be written to");
    }
    text
}
