//! Literal rows of many days: each with the days on which it is there.
//!
//! A period that is over has one row from then on. One that runs has another row every day,
//! which differs in a bound that moves with the day: one row says how far it is ahead.

use indexmap::IndexMap;
use jiff::civil::Date;

use super::constants::Constant;
use super::literal;
use super::lookup::{Value, ahead, from_on, unit};
use crate::lower::range::AS_OF;
use crate::sql::{Expr, From, Item, Literal, Operator, Part, Select, Table, Type};

/// Rows of several days are known by this.
pub const ROWS: &str = "q";
/// The first and the last day on which a row is there.
pub const FROM: &str = "as_of_from";
pub const UNTIL: &str = "as_of_until";

/// The rows of every day, to be joined to what is known on the day.
pub fn rows_by_day(days: &[Date], tables: &[&Constant], known: &str) -> Select {
    let tables: Vec<(&[String], &[Vec<Literal>])> =
        tables.iter().filter_map(|table| of_rows(table)).collect();
    let columns = tables.first().map_or(&[][..], |(columns, _)| *columns);
    let tables: Vec<&[Vec<Literal>]> = tables.into_iter().map(|(_, rows)| rows).collect();
    let rows = lasting(days, &tables);
    let moving: Vec<Moving> =
        (0..columns.len()).filter_map(|column| Moving::new(columns, &rows, column)).collect();
    let row = |lasting: &Lasting<'_>| {
        let own = lasting.cells.iter().map(|(first, value)| match value {
            Value::Same(literal) => Expr::Literal((*literal).clone()),
            Value::Ahead(_) => Expr::null(ty(first)),
        });
        let ahead = moving.iter().map(|moving| moving.count(lasting.cells[moving.column].1));
        own.chain(ahead).chain([literal(days[lasting.from]), literal(days[lasting.until])]).collect()
    };
    let rows = rows.iter().map(row).collect();
    let ahead = moving.iter().map(|moving| moving.name.clone());
    let names = columns.iter().cloned().chain(ahead).chain([FROM.to_string(), UNTIL.to_string()]).collect();
    let item = |(column, name): (usize, &String)| -> Item {
        let own = Expr::of(ROWS, name.clone());
        let moves = moving.iter().find(|moving| moving.column == column);
        moves.map_or(own.clone(), |moves| moves.value(own, known)).alias(name.clone())
    };
    Select {
        items: columns.iter().enumerate().map(item).collect(),
        from: Some(From { table: Table::Values { columns: names, rows }, alias: Some(ROWS.into()) }),
        ..Select::default()
    }
}

fn of_rows(constant: &Constant) -> Option<(&[String], &[Vec<Literal>])> {
    match constant {
        Constant::Rows { columns, rows } => Some((columns, rows)),
        Constant::Value(_) => None,
    }
}

/// A row, and the indexes of the first and the last day on which it is there.
struct Lasting<'t> {
    /// Those of the first of these days, and what they are on all of them.
    cells: Vec<(&'t Literal, Value<'t>)>,
    from: usize,
    until: usize,
}

/// The rows of all days, those with the same first cell beneath each other.
fn lasting<'t>(days: &[Date], tables: &[&'t [Vec<Literal>]]) -> Vec<Lasting<'t>> {
    // By their first cell, on each day: what is there.
    let mut alike: IndexMap<&Literal, Vec<Vec<&'t [Literal]>>> = IndexMap::new();
    for (day, table) in tables.iter().enumerate() {
        for row in *table {
            let Some(first) = row.first() else { continue };
            alike.entry(first).or_insert_with(|| vec![Vec::new(); days.len()])[day].push(row);
        }
    }
    let mut found = Vec::new();
    for by_day in alike.values() {
        for place in 0..by_day.iter().map(Vec::len).max().unwrap_or(0) {
            let rows: Vec<Option<&'t [Literal]>> =
                by_day.iter().map(|rows| rows.get(place).copied()).collect();
            lasting_of(days, &rows, &mut found);
        }
    }
    found
}

/// The stretches of days on which one row is there and changes in nothing, or evenly.
fn lasting_of<'t>(days: &[Date], rows: &[Option<&'t [Literal]>], found: &mut Vec<Lasting<'t>>) {
    let mut at = 0;
    while at < rows.len() {
        let Some(first) = rows[at] else {
            at += 1;
            continue;
        };
        let cell = |(column, first): (usize, &'t Literal)| {
            from_on(days, at, first, &|day| rows[day].map(|row| &row[column]))
        };
        let each: Vec<(usize, Value<'t>)> = first.iter().enumerate().map(cell).collect();
        let until = each.iter().map(|(until, _)| *until).min().unwrap_or(at);
        // Of one day nothing moves.
        let settled = |value, first| if until == at { Value::Same(first) } else { value };
        let cells =
            first.iter().zip(each).map(|(first, (_, value))| (first, settled(value, first))).collect();
        found.push(Lasting { cells, from: at, until });
        at = until + 1;
    }
}

/// A column in which some rows move with the day.
struct Moving {
    column: usize,
    /// The column that says how far they are ahead, in units of so many seconds.
    name: String,
    unit: i64,
    /// The distances that occur, in seconds, and a value that moves.
    distances: Vec<i64>,
    kind: Literal,
}

impl Moving {
    fn new(columns: &[String], rows: &[Lasting<'_>], column: usize) -> Option<Moving> {
        let mut distances = Vec::new();
        let mut kind = None;
        for row in rows {
            if let (of, Value::Ahead(seconds)) = row.cells[column] {
                kind = Some(of.clone());
                distances.push(seconds);
            }
        }
        distances.sort_unstable();
        distances.dedup();
        let (unit, length) =
            distances.iter().map(|seconds| unit(*seconds)).min_by_key(|(_, length)| *length)?;
        let unit = match unit {
            Part::Day => "days",
            Part::Hour => "hours",
            _ => "seconds",
        };
        let name = format!("{}_{unit}_ahead", columns[column]);
        Some(Moving { column, name, unit: length, distances, kind: kind? })
    }

    /// How far a row's value is ahead; NULL if it does not move.
    fn count(&self, value: Value<'_>) -> Expr {
        match value {
            Value::Same(_) => Expr::null(Type::Integer),
            Value::Ahead(seconds) => Expr::number(seconds / self.unit),
        }
    }

    /// The value of a row on the day.
    fn value(&self, own: Expr, known: &str) -> Expr {
        let when = |seconds: &i64| {
            let is_it = Expr::binary(
                Operator::Equal,
                Expr::of(ROWS, self.name.clone()),
                Expr::number(seconds / self.unit),
            );
            (is_it, ahead(&self.kind, Expr::of(known, AS_OF), *seconds))
        };
        Expr::Case { whens: self.distances.iter().map(when).collect(), otherwise: Some(own.boxed()) }
    }
}

fn ty(literal: &Literal) -> Type {
    match literal {
        Literal::Date(_) => Type::Date,
        Literal::Instant(_) => Type::Instant,
        _ => Type::Timestamp,
    }
}
