//! What a database can do, as data.

/// What lowering reads to choose between ways of computing one number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Capabilities {
    /// Shows an instant, or a UTC time, in a zone by name.
    pub zones_of_instants: bool,
    /// Takes a zone's local time for the instant that it is: of one that comes twice the
    /// second, of one that the clock skips what it would have been.
    pub zones_of_local_times: bool,
    /// Reads data files in FROM.
    pub reads_files: bool,
    /// Joins each row to the nearest one, in an order of several values.
    pub as_of_joins: bool,
    /// Aggregates: percentiles, exact and linear between neighbours.
    pub percentiles: bool,
    /// Windows: percentiles of all rows of a part, exact and linear between neighbours.
    pub percentile_windows: bool,
    /// Aggregates: the bits that any integer has.
    pub bits: bool,
    /// Aggregates: standard deviation, correlation, slope.
    pub moments: bool,
    /// A subquery may make rows of the values of the row around it.
    pub outer_values: bool,
    /// A window may end with all rows at the place of its own (RANGE); else it ends with its own (ROWS).
    pub range_frames: bool,
    /// The sum of integers has room for more digits than they have, or fails: it never wraps.
    pub wide_sums: bool,
}
