//! Rows of a result, with every digit that the engine gave.

use jiff::civil::{Date, DateTime};

/// A result in the order of the query.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Rows {
    pub columns: Vec<String>,
    /// Each as long as `columns`.
    pub rows: Vec<Vec<Value>>,
}

/// One value; exact numbers keep their digits.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Null,
    Boolean(bool),
    Integer(i128),
    /// Digits with an optional sign and point.
    Decimal(String),
    Float(f64),
    Text(String),
    Date(Date),
    /// Without zone.
    Timestamp(DateTime),
}

impl Value {
    /// A number's digits, exact ones as they are and others as short as they read
    /// back; `None` for what is no number, or none that digits can say.
    pub fn digits(&self) -> Option<String> {
        match self {
            Value::Integer(n) => Some(n.to_string()),
            Value::Decimal(digits) => Some(digits.clone()),
            Value::Float(n) if n.is_finite() => serde_json::to_string(n).ok(),
            Value::Float(_)
            | Value::Null
            | Value::Boolean(_)
            | Value::Text(_)
            | Value::Date(_)
            | Value::Timestamp(_) => None,
        }
    }

    /// Whether it is NULL.
    pub fn is_nothing(&self) -> bool {
        matches!(self, Value::Null)
    }

    /// The nearest floating-point number, for what is shown rounded.
    pub fn number(&self) -> Option<f64> {
        match self {
            Value::Float(n) => Some(*n),
            other => other.digits()?.parse().ok(),
        }
    }

    /// As text, without a unit; `None` for NULL.
    pub fn text(&self) -> Option<String> {
        match self {
            Value::Null => None,
            Value::Boolean(b) => Some(b.to_string()),
            Value::Text(text) => Some(text.clone()),
            Value::Date(date) => Some(date.to_string()),
            Value::Timestamp(at) => Some(at.to_string()),
            Value::Float(n) if !n.is_finite() => Some(n.to_string()),
            Value::Integer(_) | Value::Decimal(_) | Value::Float(_) => self.digits(),
        }
    }
}
