//! Results as an aligned table on stdout.

use std::time::Duration;

/// Prints rows beneath a title and headings; the first column is text, others numbers.
pub fn print(title: &str, headings: &[&str], rows: &[Vec<String>]) {
    let lines =
        || std::iter::once(headings.iter().map(|h| (*h).to_string()).collect()).chain(rows.iter().cloned());
    let mut widths = vec![0; headings.len()];
    for line in lines() {
        line.iter().zip(&mut widths).for_each(|(cell, width)| *width = cell.chars().count().max(*width));
    }
    println!("\n{title}\n");
    for line in lines() {
        let cells = line.iter().zip(&widths).enumerate().map(|(index, (cell, width))| match index {
            0 => format!("{cell:<width$}"),
            _ => format!("{cell:>width$}"),
        });
        println!("  {}", cells.collect::<Vec<_>>().join("   ").trim_end());
    }
}

/// Three digits and a unit.
pub fn shown(time: Duration) -> String {
    let micros = time.as_secs_f64() * 1e6;
    match micros {
        m if m < 1e3 => format!("{m:.0} µs"),
        m if m < 1e4 => format!("{:.2} ms", m / 1e3),
        m if m < 1e5 => format!("{:.1} ms", m / 1e3),
        m if m < 1e6 => format!("{:.0} ms", m / 1e3),
        m => format!("{:.2} s", m / 1e6),
    }
}
