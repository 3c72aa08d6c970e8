//! A number of several periods: how steep it is, and how strange the last one.

use super::aggregates;
use super::time::{Duration, Grain};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trend {
    /// Of the line through the periods, this one the last.
    Slope,
    /// How many deviations from the mean of the periods before.
    Zscore,
}

impl Trend {
    pub fn word(self) -> &'static str {
        match self {
            Trend::Slope => "slope",
            Trend::Zscore => "zscore",
        }
    }

    /// How many periods ago the numbers are that it is made of, the nearest first.
    pub fn ages(self, over: Duration, grain: Grain) -> Vec<u16> {
        let n = over.count * in_units(over.unit) / in_units(grain);
        match self {
            Trend::Slope => (0..n).collect(),
            Trend::Zscore => (0..=n).collect(),
        }
    }

    /// Of numbers, this period's first.
    pub fn of(self, numbers: &[Option<f64>]) -> Option<f64> {
        match self {
            Trend::Slope => slope(numbers),
            Trend::Zscore => zscore((*numbers.first()?)?, &numbers[1..]),
        }
    }
}

/// So many periods, as `previous` counts them.
pub fn periods(count: u16, grain: Grain) -> Duration {
    let unit = match grain {
        Grain::IsoYear | Grain::FiscalYear => Grain::Year,
        Grain::FiscalQuarter => Grain::Quarter,
        Grain::FiscalMonth => Grain::Month,
        _ => grain,
    };
    Duration::new(count, unit)
}

/// Hours, days or months, whichever a length is made of.
fn in_units(grain: Grain) -> u16 {
    match grain {
        Grain::Hour | Grain::Day | Grain::Month | Grain::FiscalMonth => 1,
        Grain::Week => 7,
        Grain::Quarter | Grain::FiscalQuarter => 3,
        Grain::Year | Grain::FiscalYear | Grain::IsoYear => 12,
    }
}

/// Those that are known keep their places.
fn slope(numbers: &[Option<f64>]) -> Option<f64> {
    let known = numbers.iter().enumerate().filter_map(|(age, y)| Some((-(age as f64), (*y)?)));
    aggregates::slope(&known.collect::<Vec<_>>())
}

fn zscore(now: f64, before: &[Option<f64>]) -> Option<f64> {
    let known: Vec<f64> = before.iter().copied().flatten().collect();
    if known.len() < 2 || known.iter().all(|y| *y == known[0]) {
        return None;
    }
    let mean = known.iter().sum::<f64>() / known.len() as f64;
    let squares: f64 = known.iter().map(|y| (y - mean).powi(2)).sum();
    Some((now - mean) / (squares / (known.len() - 1) as f64).sqrt())
}
