//! What a database can do, as data.

/// What lowering reads to choose between ways of computing one number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Capabilities {
    /// Knows time zones by name, with their history.
    pub zone_database: bool,
    /// Reads data files in FROM.
    pub reads_files: bool,
    /// Joins each row to the nearest one, in an order of several values.
    pub as_of_joins: bool,
    /// Aggregates: percentiles, exact and linear between neighbours.
    pub percentiles: bool,
    /// Aggregates: the bits that any integer has.
    pub bits: bool,
    /// Aggregates: standard deviation, correlation, slope.
    pub moments: bool,
    /// A subquery may make rows of the values of the row around it.
    pub outer_values: bool,
}
