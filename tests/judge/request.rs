//! What somebody asks of a world.

use super::dimension::{Condition, Dimension};
use super::time::Grain;

#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// Indexes of KPIs.
    pub kpis: Vec<usize>,
    pub by: Vec<Vec<Dimension>>,
    pub total: bool,
    /// Indexes of segments; `None`: `all`.
    pub segments: Vec<Option<usize>>,
    pub filter: Option<Condition>,
    pub grain: Grain,
    /// Days after the world's first, both included.
    pub from: i16,
    pub to: i16,
    pub as_of: Option<i16>,
    /// Whether kpic is told that rows lie in the order of time, and reads each period by itself.
    pub ordered: bool,
}

impl Request {
    /// Each slicing once, the total first.
    pub fn slicings(&self) -> Vec<Vec<Dimension>> {
        let mut slicings: Vec<Vec<Dimension>> = Vec::new();
        if self.total || self.by.is_empty() {
            slicings.push(Vec::new());
        }
        for by in &self.by {
            if !slicings.contains(by) {
                slicings.push(by.clone());
            }
        }
        slicings
    }
}
