//! How a case goes.

/// How a case went that did not go wrong.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// The engine gave the oracle's rows.
    Equal,
    /// The dialect cannot say it, and says what.
    Refused(String),
    /// The engine cannot have it right, as `differs/DIALECT` says.
    Differs,
}
