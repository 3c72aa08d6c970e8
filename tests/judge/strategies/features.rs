//! What random worlds may hold.

/// A part of the language that kpic learns in its own time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Feature {
    Settled,
    Previous,
    Windows,
}

/// What kpic compiles so far. A feature enters when it lands.
pub const TAKEN: &[Feature] = &[];
