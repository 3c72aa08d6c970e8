//! What a definition says of a column's type, against what the data has.

use super::columns::of;
use super::resolved::{ColumnType, Found};
use super::rows::Rows;
use super::scalar::Type;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::source::Spanned;
use crate::syntax::ast::Column;

/// How a declared type goes with the one that the data has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fit {
    Fits,
    /// The data has more decimals than the declared type keeps.
    Fewer(u8, u8),
    Differs,
}

/// Reports a column whose declared type is not the data's. `None`: nothing can be made of it.
pub fn check(rows: &Rows<'_>, source: usize, column: &Column, sink: &mut Sink) -> Option<()> {
    let name = &column.header.name;
    let (Some(declared), Some(known)) = (&column.ty, rows.sources[source].physical) else { return Some(()) };
    let found = known.get(&name.value).filter(|_| !known.guessed);
    let Some(Found { ty: Some(found), .. }) = found else { return Some(()) };
    match fit(declared.value, *found) {
        Fit::Fits => Some(()),
        Fit::Fewer(kept, has) => {
            sink.push(fewer(rows, source, column, declared, (kept, has)));
            Some(())
        }
        Fit::Differs => {
            sink.push(differs(rows, source, column, declared, *found, known.locked));
            None
        }
    }
}

fn fit(declared: ColumnType, found: ColumnType) -> Fit {
    use ColumnType as T;
    match (declared, found) {
        // One that says no size may hold whole numbers only.
        (T::Integer, T::Integer | T::Decimal(None | Some((_, 0)))) => Fit::Fits,
        (T::Decimal(Some((_, kept))), T::Decimal(Some((_, has)))) if has > kept => Fit::Fewer(kept, has),
        (T::Decimal(_) | T::Float, T::Integer | T::Decimal(_) | T::Float) => Fit::Fits,
        (T::Text, T::Text)
        | (T::Boolean, T::Boolean)
        | (T::Date, T::Date)
        | (T::Timestamp, T::Timestamp)
        | (T::Instant, T::Instant) => Fit::Fits,
        (
            T::Text
            | T::Integer
            | T::Decimal(_)
            | T::Float
            | T::Boolean
            | T::Date
            | T::Timestamp
            | T::Instant,
            _,
        ) => Fit::Differs,
    }
}

fn differs(
    rows: &Rows<'_>,
    source: usize,
    column: &Column,
    declared: &Spanned<ColumnType>,
    found: ColumnType,
    locked: bool,
) -> Diagnostic {
    let (name, of_source) = (&column.header.name, rows.name(source));
    let (says, has) = (word(declared.value), word(found));
    let fact = format!("`{}` is declared {says}, and the data of `{of_source}` has {has}", name.value);
    let as_it_is = format!("declare it `: {}`", written(found));
    let or_convert = format!("{as_it_is}, or convert it: `column {} : {says} = …`", name.value);
    let (reason, help) = match (of(declared.value), of(found)) {
        (Type::Date | Type::Instant, Type::Timestamp) => (
            "read as another kind of time, rows fall on other days",
            format!("{as_it_is}, with the zone that it is in: `in UTC`, or the project's own for local days"),
        ),
        (Type::Date | Type::Timestamp, Type::Instant) | (Type::Timestamp | Type::Instant, Type::Date) => {
            ("read as another kind of time, rows fall on other days", as_it_is)
        }
        (Type::Integer, Type::Decimal(_) | Type::Float) => {
            ("what is shown and compared as whole numbers has fractions", or_convert)
        }
        _ => ("each database compares and adds the two in its own way, or refuses to", or_convert),
    };
    // Of a pack's column, whoever gave the source its table can do something about it.
    let is_of_pack = rows.model.is_of_pack(declared.span);
    let at = if is_of_pack { rows.sources[source].def.header.name.span } else { declared.span };
    let finding = Diagnostic::error(Code::ColumnType, at, fact).because(reason);
    match locked {
        true => finding.help(format!("{help}; if the table has changed, `kpic schema pull`")),
        false => finding.help(help),
    }
}

fn fewer(
    rows: &Rows<'_>,
    source: usize,
    column: &Column,
    declared: &Spanned<ColumnType>,
    (kept, has): (u8, u8),
) -> Diagnostic {
    let name = &column.header.name.value;
    let decimals = |n: u8| if n == 1 { "1 decimal".to_owned() } else { format!("{n} decimals") };
    let fact = format!(
        "`{name}` is declared with {}, and the data of `{}` has {}",
        decimals(kept),
        rows.name(source),
        has
    );
    Diagnostic::warning(Code::FewerDecimals, declared.span, fact)
        .because("each row is rounded before it is added up, and sums are no longer those of the table")
        .help(format!("declare as many as there are: `column {name} : decimal(…, {has})`"))
}

/// A type as the language writes it, without its size.
fn word(ty: ColumnType) -> &'static str {
    match ty {
        ColumnType::Text => "text",
        ColumnType::Integer => "integer",
        ColumnType::Decimal(_) => "decimal",
        ColumnType::Float => "float",
        ColumnType::Boolean => "boolean",
        ColumnType::Date => "date",
        ColumnType::Timestamp => "timestamp",
        ColumnType::Instant => "instant",
    }
}

/// A type as the language writes it.
pub fn written(ty: ColumnType) -> String {
    match ty {
        ColumnType::Decimal(Some((digits, decimals))) => format!("decimal({digits}, {decimals})"),
        other => word(other).to_owned(),
    }
}
