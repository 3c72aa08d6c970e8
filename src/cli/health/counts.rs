//! Counts as people read them.

/// `541,909`
pub fn digits(count: u64) -> String {
    let plain = count.to_string();
    let mut out = String::with_capacity(plain.len() + plain.len() / 3);
    for (at, digit) in plain.chars().enumerate() {
        if at > 0 && (plain.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `1 row`, `541,909 rows`
pub fn rows(count: u64) -> String {
    format!("{} {}", digits(count), if count == 1 { "row" } else { "rows" })
}

/// `12 of 541,909 rows (0.1%)`, without a share that says nothing.
pub fn of_rows(count: u64, all: u64) -> String {
    let (part, whole) = (u128::from(count), u128::from(all.max(1)));
    // Not all is never said to be all.
    let tenths = ((part * 1000 + whole / 2) / whole).min(if count < all { 999 } else { 1000 });
    let share = match tenths {
        0 => String::new(),
        _ => format!(" ({}.{}%)", tenths / 10, tenths % 10),
    };
    format!("{} of {}{share}", digits(count), rows(all))
}
