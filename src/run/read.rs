//! The engine's values as ours, and back.

use duckdb::types::{TimeUnit, ValueRef};
use jiff::civil::{Date, DateTime};
use jiff::{SignedDuration, ToSpan};

use super::rows::Value;

/// One value; the error says which kind of value no result of a query has.
pub fn value(value: ValueRef<'_>) -> Result<Value, String> {
    Ok(match value {
        ValueRef::Null => Value::Null,
        ValueRef::Boolean(b) => Value::Boolean(b),
        ValueRef::TinyInt(n) => Value::Integer(n.into()),
        ValueRef::SmallInt(n) => Value::Integer(n.into()),
        ValueRef::Int(n) => Value::Integer(n.into()),
        ValueRef::BigInt(n) => Value::Integer(n.into()),
        ValueRef::HugeInt(n) => Value::Integer(n),
        ValueRef::UTinyInt(n) => Value::Integer(n.into()),
        ValueRef::USmallInt(n) => Value::Integer(n.into()),
        ValueRef::UInt(n) => Value::Integer(n.into()),
        ValueRef::UBigInt(n) => Value::Integer(n.into()),
        ValueRef::UHugeInt(n) => Value::Decimal(n.to_string()),
        ValueRef::Float(n) => Value::Float(n.into()),
        ValueRef::Double(n) => Value::Float(n),
        ValueRef::Decimal(n) => Value::Decimal(n.to_string()),
        ValueRef::Text(_) | ValueRef::Enum(..) => {
            Value::Text(value.as_str().map_err(|error| error.to_string())?.to_string())
        }
        ValueRef::Date32(days) => Value::Date(date(days)?),
        ValueRef::Timestamp(unit, count) => Value::Timestamp(timestamp(unit, count)?),
        other => return Err(format!("a value of the type {:?} cannot be shown", other.data_type())),
    })
}

fn date(days: i32) -> Result<Date, String> {
    Date::constant(1970, 1, 1).checked_add(days.days()).map_err(|_| beyond())
}

fn timestamp(unit: TimeUnit, count: i64) -> Result<DateTime, String> {
    let span = match unit {
        TimeUnit::Second => SignedDuration::from_secs(count),
        TimeUnit::Millisecond => SignedDuration::from_millis(count),
        TimeUnit::Microsecond => SignedDuration::from_micros(count),
        TimeUnit::Nanosecond => SignedDuration::from_nanos(count),
    };
    DateTime::constant(1970, 1, 1, 0, 0, 0, 0).checked_add(span).map_err(|_| beyond())
}

fn beyond() -> String {
    "a date beyond the years -9999 to 9999 cannot be shown".into()
}

/// A value as the engine takes it into a table; exact digits as text, which the
/// column's type reads.
pub fn parameter(value: &Value) -> duckdb::types::Value {
    use duckdb::types::Value as Theirs;
    match value {
        Value::Null => Theirs::Null,
        Value::Boolean(b) => Theirs::Boolean(*b),
        Value::Float(n) => Theirs::Double(*n),
        Value::Integer(_) | Value::Decimal(_) | Value::Text(_) | Value::Date(_) | Value::Timestamp(_) => {
            Theirs::Text(value.text().unwrap_or_default())
        }
    }
}
