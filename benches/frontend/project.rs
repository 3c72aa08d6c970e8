//! Projects of any number of KPIs: ten sources with twenty dimensions each, and
//! KPIs as people write them, with the same few shapes over and over.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::{fs, io};

use kpic::diagnostic::Sink;
use kpic::resolve::resolved::ColumnType;
use kpic::schema::{Column, Lock, Place, Table};
use kpic::source::FileId;
use kpic::syntax::{dsl, format};

/// Of a project in which some measures lead to no KPI, and formulas repeat.
const SETTINGS: &str = "name: bench\nzone: Europe/Paris\ncurrency: EUR\nlints:\n  unused: off\n  same_formula: off\n  \
     near_formula: off\n  mixed_bases: off\n";
/// KPIs in one file.
const A_FILE: usize = 50;

/// Facts: their name, their time, what they count people by, their amount and its sum.
const FACTS: [(&str, &str, &str, &str, &str); 9] = [
    ("sessions", "started_at", "visitor", "duration_cost", "traffic_cost"),
    ("orders", "ordered_at", "buyer", "amount", "revenue"),
    ("order_lines", "sold_at", "product", "cogs", "cost_of_goods"),
    ("invoices", "issued_at", "payer", "billed", "invoiced"),
    ("payments", "paid_at", "card", "paid", "cash_in"),
    ("shipments", "shipped_at", "parcel", "fee", "freight"),
    ("returns", "returned_at", "returner", "refund", "refunds"),
    ("tickets", "opened_at", "requester", "handling", "support_cost"),
    ("spend", "spent_at", "campaign", "budget", "marketing_cost"),
];
/// Dimensions that every fact has.
const SHARED: [&str; 4] = ["channel", "device", "brand", "plan"];
/// Measures of a fact; `NAME` is its name.
const COUNTS: [&str; 5] = ["", "_first", "_late", "_night", "_gift"];

/// A definition file: its name and its text.
pub type File = (String, String);

/// A project of this many KPIs.
pub fn files(kpis: usize) -> Vec<File> {
    files_of(kpis, A_FILE)
}

/// A project of this many KPIs, so many in each file.
pub fn files_of(kpis: usize, a_file: usize) -> Vec<File> {
    let mut files = vec![("sources.kpi".to_string(), sources())];
    for start in (0..kpis).step_by(a_file) {
        let mut text = String::new();
        (start..kpis.min(start + a_file)).for_each(|number| kpi(number, &mut text));
        files.push((format!("kpis/{start:05}.kpi"), text));
    }
    files
}

/// The same files in YAML.
pub fn in_yaml(files: &[File]) -> Vec<File> {
    let yaml = |(name, text): &File| {
        let mut sink = Sink::new();
        let file = dsl::parse(FileId(0), text, &mut sink);
        assert!(sink.is_empty(), "{name}: {:?}", sink.into_sorted());
        (format!("{name}.yaml"), format::yaml(&file))
    };
    files.iter().map(yaml).collect()
}

/// A chain of KPIs in which each names the one before twice.
pub fn chain(depth: usize) -> Vec<File> {
    let mut text = sources() + "kpi level_0 = revenue { unit EUR }\n";
    for level in 1..=depth {
        let before = level - 1;
        writeln!(text, "kpi level_{level} = level_{before} + level_{before} / 2 {{ unit EUR }}")
            .expect("a text can be written to");
    }
    vec![("chain.kpi".to_string(), text)]
}

/// Writes a project into an empty folder.
pub fn write(folder: &Path, files: &[File]) -> io::Result<()> {
    fs::create_dir_all(folder.join("kpis"))?;
    fs::write(folder.join("kpic.yaml"), SETTINGS)?;
    files.iter().try_for_each(|(name, text)| fs::write(folder.join(name), text))
}

/// What a lock says of all tables of a project.
pub fn lock() -> Lock {
    let column = |ty, nullable| Column { ty: Some(ty), word: String::new(), nullable: Some(nullable) };
    let table =
        |columns: Vec<(String, Column)>| Table { columns: columns.into_iter().collect(), ..Table::default() };
    let place = |name: &str| Place::Table(format!("shop.{name}"));
    let text = |name: String| (name, column(ColumnType::Text, true));
    let key = |name: &str| (format!("{name}_id"), column(ColumnType::Text, false));
    let mut tables = BTreeMap::new();
    let mut customers: Vec<_> = (0..20).map(|index| text(format!("customer_{index}"))).collect();
    customers.extend([key("customer"), ("created_at".to_owned(), column(ColumnType::Timestamp, false))]);
    tables.insert(place("customers"), table(customers));
    for (name, time, entity, amount, _) in FACTS {
        let mut columns = vec![key(name), key(entity), key("customer")];
        columns.push((time.to_owned(), column(ColumnType::Timestamp, false)));
        columns.push((amount.to_owned(), column(ColumnType::Decimal(Some((12, 2))), true)));
        columns.extend(SHARED.map(|shared| text(shared.to_owned())));
        for index in 0..15 {
            columns.push(text(format!("{name}_{index}")));
            columns.push(text(format!("{name}_code_{index}")));
            columns.push((format!("{name}_size_{index}"), column(ColumnType::Integer, true)));
        }
        tables.insert(place(name), table(columns));
    }
    Lock { tables, ..Lock::default() }
}

fn sources() -> String {
    let mut text = String::from("# Facts of a shop.\n\n");
    put(
        &mut text,
        "source customers \"Customers\" {\n  table shop.customers\n  key customer_id\n  time created_at in UTC\n",
    );
    for index in 0..20 {
        put(&mut text, &format!("  dimension customer_{index}\n"));
    }
    put(&mut text, "  measure new_customers = count()\n}\n");
    for fact in FACTS {
        source(&fact, &mut text);
    }
    put(&mut text, "segment mobile \"Mobile\" where device = 'mobile'\n");
    put(&mut text, "segment premium \"Premium plans\" where plan in ('gold', 'platinum')\n");
    put(&mut text, "segment own_brand \"Own brand\" where brand = 'own' and channel <> 'marketplace'\n");
    text
}

fn source((name, time, entity, amount, sum): &(&str, &str, &str, &str, &str), text: &mut String) {
    put(text, &format!("\n## One row per one of the shop's {name}, as the warehouse holds them.\n"));
    put(
        text,
        &format!("source {name} \"{name}\" {{\n  table shop.{name}\n  key {name}_id\n  time {time} in UTC\n"),
    );
    put(text, "  join customer: customers on customer_id\n");
    put(text, &format!("  column {amount} : decimal(12,2) in EUR\n  column {entity}_id : text pii\n"));
    put(text, &format!("  dimension {entity} = {entity}_id\n"));
    for shared in SHARED {
        put(text, &format!("  dimension {shared}\n"));
    }
    for index in 0..15 {
        let dimension = match index % 3 {
            0 => format!("  dimension {name}_{index}\n"),
            1 => format!("  dimension {name}_{index} = lower({name}_code_{index})\n"),
            _ => format!(
                "  dimension {name}_{index} = case when {name}_size_{index} < 10 then 'small' else 'large' end\n"
            ),
        };
        put(text, &dimension);
    }
    for (index, count) in COUNTS.iter().enumerate() {
        let filter =
            if count.is_empty() { String::new() } else { format!(" where {name}_{} = 'yes'", index * 3) };
        put(text, &format!("  measure {name}{count} = count(){filter}\n"));
        put(text, &format!("  measure {sum}{count} = sum({amount}){filter}\n"));
        put(text, &format!("  measure {entity}s{count} = count(distinct {entity}){filter}\n"));
    }
    put(
        text,
        &format!(
            "  measure mean_{amount} = avg({amount})\n  measure median_{amount} = median({amount})\n}}\n"
        ),
    );
}

/// The KPI of this number; every eighth one repeats a shape with other measures and filters.
fn kpi(number: usize, text: &mut String) {
    let fact = FACTS[number / 8 % FACTS.len()];
    let other = FACTS[(number / 8 + 1 + number / 72 % 8) % FACTS.len()];
    let count = COUNTS[number / 72 % COUNTS.len()];
    let ((name, _, entity, _, sum), (rows, _, people, _, money)) = (fact, other);
    let group = number / 8 * 8;
    let (formula, unit) = match number % 8 {
        0 => (format!("{name}{count} / {rows}"), "percent"),
        1 => (format!("{sum}{count} / {people}s"), "EUR"),
        2 => (format!("({name} where channel = 'channel_{number}') / {name}"), "percent"),
        3 => (format!("{sum}{count} / total({sum}{count}, channel)"), "percent"),
        4 => (format!("{sum} - 0.2 * {money}{count}"), "EUR"),
        5 => (format!("kpi_{} - kpi_{group}", group + 2), "percent"),
        6 => (format!("case when {entity}s{count} > {number} then kpi_{} else 0 end", group + 1), "EUR"),
        _ => (format!("({rows}{count} where mobile and plan = 'plan_{number}') / {entity}s"), "percent"),
    };
    put(text, &format!("\nkpi kpi_{number} \"The shop's number {number}\" = {formula} {{\n  unit {unit}\n"));
    put(text, if number.is_multiple_of(3) { "  better lower\n" } else { "  better higher\n" });
    put(text, "  owner \"sales@example.org\"\n");
    if number.is_multiple_of(2) {
        let value = if unit == "EUR" { "50_000 EUR" } else { "2.5%" };
        put(text, &format!("  target {value} each month from 2026-01 until 2026-12\n"));
    }
    // One in four is described in full.
    if number.is_multiple_of(4) {
        put(text, &format!("  label fr \"Chiffre numéro {number}\"\n"));
        put(text, "  by channel, device\n  segments mobile, premium, own_brand\n");
        put(text, "  grain week, month\n  objective profitable_growth\n");
        put(text, "  status at_risk below 95% of target, off_track below 85% of target\n");
        put(text, "  action \"Look at the channels with the largest change first.\"\n");
    }
    put(text, "}\n");
}

fn put(text: &mut String, more: &str) {
    text.push_str(more);
}
