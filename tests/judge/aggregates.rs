//! Aggregates of rows.

use std::collections::BTreeSet;

use super::dimension::Dimension;
use super::formula::OfMembers;
use super::measure::{Aggregate, Column};
use super::rows::Row;

/// `None` when there is nothing to aggregate.
pub fn aggregate(aggregate: Aggregate, rows: &[&Row]) -> Option<f64> {
    let distinct = |of: &[Dimension]| Some(distinct(of, rows) as f64);
    match aggregate {
        Aggregate::Count => Some(rows.len() as f64),
        Aggregate::Buyers => distinct(&[Dimension::Buyer]),
        Aggregate::Pairs => distinct(&[Dimension::Channel, Dimension::Buyer]),
        Aggregate::Countries => distinct(&[Dimension::Country]),
        Aggregate::Tiers => distinct(&[Dimension::Tier]),
        Aggregate::Sum(c) => sum(c, rows),
        Aggregate::Avg(c) => Some(sum(c, rows)? / values(c, rows).len() as f64),
        Aggregate::Min(c) => values(c, rows).first().copied(),
        Aggregate::Max(c) => values(c, rows).last().copied(),
        Aggregate::Median(c) => percentile(&values(c, rows), 0.5),
        Aggregate::P90(c) => percentile(&values(c, rows), 0.9),
        Aggregate::Stddev(c) => stddev(&values(c, rows)),
    }
}

/// A count or a sum of rows, each worth half as much for every half-life that it is old.
pub fn faded(aggregate: Aggregate, rows: &[(&Row, f64)]) -> f64 {
    let worth = |row: &Row| match aggregate {
        Aggregate::Count => 1.0,
        Aggregate::Sum(column) => hundredths(column, row).map_or(0.0, |n| n as f64 / 100.0),
        _ => unreachable!("only counts and sums fade"),
    };
    rows.iter().map(|(row, half_lives)| worth(row) * 0.5_f64.powf(*half_lives)).sum()
}

/// Counts and sums of nothing are 0.
pub fn or_zero(of: Aggregate, value: Option<f64>) -> Option<f64> {
    if of.is_zero_when_empty() { Some(value.unwrap_or(0.0)) } else { value }
}

/// Of the numbers of members, those without one left out.
pub fn of_members(of: OfMembers, numbers: &[Option<f64>]) -> Option<f64> {
    let mut known: Vec<f64> = numbers.iter().copied().flatten().collect();
    known.sort_by(f64::total_cmp);
    let sum = (!known.is_empty()).then(|| known.iter().sum::<f64>());
    match of {
        OfMembers::Count => Some(numbers.len() as f64),
        OfMembers::Sum => Some(sum.unwrap_or(0.0)),
        OfMembers::Avg => Some(sum? / known.len() as f64),
        OfMembers::Min => known.first().copied(),
        OfMembers::Max => known.last().copied(),
        OfMembers::Median => percentile(&known, 0.5),
        OfMembers::Stddev => stddev(&known),
        OfMembers::Slope => unreachable!("a slope is over the members, too"),
    }
}

/// How much `y` changes with each 1 of `x`.
pub fn slope(pairs: &[(f64, f64)]) -> Option<f64> {
    let [xx, xy, _] = squares(pairs)?;
    (xx != 0.0).then(|| xy / xx)
}

/// From -1 to 1.
pub fn corr(pairs: &[(f64, f64)]) -> Option<f64> {
    let [xx, xy, yy] = squares(pairs)?;
    let varies = |of: &dyn Fn(&(f64, f64)) -> f64| pairs.iter().any(|pair| of(pair) != of(&pairs[0]));
    (varies(&|pair| pair.0) && varies(&|pair| pair.1)).then(|| xy / (xx * yy).sqrt())
}

/// Of the distances from the means.
fn squares(pairs: &[(f64, f64)]) -> Option<[f64; 3]> {
    if pairs.len() < 2 {
        return None;
    }
    let n = pairs.len() as f64;
    let (x, y) = (pairs.iter().map(|p| p.0).sum::<f64>() / n, pairs.iter().map(|p| p.1).sum::<f64>() / n);
    let sum = |of: &dyn Fn(f64, f64) -> f64| pairs.iter().map(|p| of(p.0 - x, p.1 - y)).sum::<f64>();
    Some([sum(&|x, _| x * x), sum(&|x, y| x * y), sum(&|_, y| y * y)])
}

/// In hundredths, exact.
fn hundredths(column: Column, row: &Row) -> Option<i64> {
    match column {
        Column::Amount => row.amount,
        Column::Items => row.items.map(|n| n * 100),
        Column::Derived => row.items.map(|n| (n * 2 - 1) * 100),
        Column::Rated => Some(row.items? * row.rate? * 100),
        Column::SinceFound => Some((row.items? - row.found_items?) * 100),
    }
}

fn sum(column: Column, rows: &[&Row]) -> Option<f64> {
    let found: Vec<i64> = rows.iter().filter_map(|row| hundredths(column, row)).collect();
    (!found.is_empty()).then(|| found.iter().sum::<i64>() as f64 / 100.0)
}

/// Values that are there, in order.
fn values(column: Column, rows: &[&Row]) -> Vec<f64> {
    let mut found: Vec<i64> = rows.iter().filter_map(|row| hundredths(column, row)).collect();
    found.sort_unstable();
    found.into_iter().map(|n| n as f64 / 100.0).collect()
}

/// Tuples without a missing part, each once.
fn distinct(of: &[Dimension], rows: &[&Row]) -> usize {
    let tuple = |row: &&Row| of.iter().map(|d| row.members.of(*d)).collect::<Option<Vec<String>>>();
    rows.iter().filter_map(tuple).collect::<BTreeSet<_>>().len()
}

/// Between the two nearest ranks, as `percentile_cont` does.
fn percentile(sorted: &[f64], part: f64) -> Option<f64> {
    let rank = part * (sorted.len().checked_sub(1)? as f64);
    let (low, high) = (sorted[rank.floor() as usize], sorted[rank.ceil() as usize]);
    Some(low + (high - low) * rank.fract())
}

/// Of a sample.
fn stddev(values: &[f64]) -> Option<f64> {
    if values.len() < 2 {
        return None;
    }
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    let squares: f64 = values.iter().map(|v| (v - mean).powi(2)).sum();
    Some((squares / (values.len() - 1) as f64).sqrt())
}
