//! Cells and their values, whoever says them.

use std::collections::BTreeMap;

use jiff::civil::DateTime;

use super::dimension::Dimension;

/// A cell: period, slicing, segment, and the members of its slice.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    pub segment: String,
    pub slicing: String,
    /// By dimension, as results show them; those not sliced by are `None`.
    pub members: Vec<Option<String>>,
    pub period: String,
}

/// Values of the asked KPIs by cell.
#[derive(Debug, Default, PartialEq)]
pub struct Answer {
    pub cells: BTreeMap<Key, Vec<Option<f64>>>,
}

impl Key {
    pub fn new(period: DateTime, slice: &[(Dimension, Option<String>)], segment: Option<usize>) -> Key {
        let member = |d: &Dimension| slice.iter().find(|(of, _)| of == d).and_then(|(_, m)| m.clone());
        let names: Vec<&str> = slice.iter().map(|(d, _)| d.name()).collect();
        Key {
            segment: segment.map_or("all".into(), |s| format!("s{s}")),
            slicing: if names.is_empty() { "total".into() } else { names.join(",") },
            members: Dimension::ALL.iter().map(member).collect(),
            period: period.strftime("%Y-%m-%d %H:%M:%S").to_string(),
        }
    }
}

impl Answer {
    pub fn insert(&mut self, key: Key, values: Vec<Option<f64>>) {
        let before = self.cells.insert(key.clone(), values);
        assert!(before.is_none(), "the cell {key:?} comes twice");
    }

    /// What differs, a line each.
    pub fn differences(&self, other: &Answer) -> Vec<String> {
        let mut found = Vec::new();
        for (key, expected) in &self.cells {
            match other.cells.get(key) {
                None => found.push(format!("{key:?} is missing; it is {expected:?}")),
                Some(values) if !same(expected, values) => {
                    found.push(format!("{key:?} must be {expected:?} and is {values:?}"));
                }
                Some(_) => {}
            }
        }
        let more = other.cells.keys().filter(|key| !self.cells.contains_key(key));
        found.extend(more.map(|key| format!("{key:?} does not occur")));
        found
    }
}

fn same(a: &[Option<f64>], b: &[Option<f64>]) -> bool {
    a.len() == b.len()
        && a.iter().zip(b).all(|(a, b)| match (a, b) {
            (Some(a), Some(b)) => (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0),
            (None, None) => true,
            (Some(_), None) | (None, Some(_)) => false,
        })
}
