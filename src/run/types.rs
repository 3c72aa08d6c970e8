//! The engine's types as the language's.

use crate::resolve::resolved::ColumnType;

/// The column type that the engine's word means; `None` for lists, structs and
/// others that no expression of the language takes.
pub fn column_type(word: &str) -> Option<ColumnType> {
    let name = word.split('(').next().unwrap_or(word);
    Some(match name {
        "BOOLEAN" => ColumnType::Boolean,
        "TINYINT" | "SMALLINT" | "INTEGER" | "BIGINT" | "HUGEINT" | "UTINYINT" | "USMALLINT" | "UINTEGER"
        | "UBIGINT" | "UHUGEINT" | "BIGNUM" => ColumnType::Integer,
        "DECIMAL" => ColumnType::Decimal(digits(word)),
        "FLOAT" | "DOUBLE" => ColumnType::Float,
        "VARCHAR" | "UUID" | "ENUM" => ColumnType::Text,
        "DATE" => ColumnType::Date,
        "TIMESTAMP" | "TIMESTAMP_S" | "TIMESTAMP_MS" | "TIMESTAMP_NS" => ColumnType::Timestamp,
        "TIMESTAMP WITH TIME ZONE" => ColumnType::Instant,
        _ => return None,
    })
    .filter(|_| !word.ends_with(']'))
}

fn digits(word: &str) -> Option<(u8, u8)> {
    let (width, scale) = word.strip_prefix("DECIMAL(")?.strip_suffix(')')?.split_once(',')?;
    Some((width.trim().parse().ok()?, scale.trim().parse().ok()?))
}
