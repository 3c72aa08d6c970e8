//! The language's own spelling.
//!
//! Takes a text and its file id, gives AST nodes and findings; what cannot be read
//! is reported and left out, the rest stays. Never asks what a name means.

mod fragment;

pub use fragment::Fragment;

use crate::diagnostic::Sink;
use crate::source::FileId;
use crate::syntax::ast;

/// Reads a whole file: its items, without those that are reported.
pub fn parse(_file: FileId, _text: &str, _sink: &mut Sink) -> ast::File {
    ast::File::default()
}

/// Reads exactly one expression, as a KPI's formula takes it (`x where p` included).
pub fn expression(_fragment: &Fragment, _sink: &mut Sink) -> Option<ast::Expr> {
    None
}

/// Reads exactly one item.
pub fn item(_fragment: &Fragment, _sink: &mut Sink) -> Option<ast::Item> {
    None
}

/// Reads exactly one property of a source (`measure x = count()`) into the source;
/// false if it was reported instead.
pub fn source_property(_fragment: &Fragment, _source: &mut ast::Source, _sink: &mut Sink) -> bool {
    false
}

/// Reads exactly one property of a KPI.
pub fn kpi_property(_fragment: &Fragment, _sink: &mut Sink) -> Option<ast::Property<ast::KpiProperty>> {
    None
}

/// Reads one segment of a segmentation: `segment x where …` or `segment x else`.
pub fn segment(_fragment: &Fragment, _sink: &mut Sink) -> Option<ast::Segment> {
    None
}

/// Reads one step of a funnel.
pub fn step(_fragment: &Fragment, _sink: &mut Sink) -> Option<ast::Step> {
    None
}

/// Reads what tools share: `on S by D at C within 7 days`.
pub fn over(_fragment: &Fragment, _sink: &mut Sink) -> Option<ast::Over> {
    None
}

/// A source without properties.
pub fn source(header: ast::Header) -> ast::Source {
    ast::Source {
        header,
        relation: None,
        key: None,
        times: Vec::new(),
        active: None,
        snapshot: None,
        valid: None,
        since: None,
        rows: None,
        joins: Vec::new(),
        columns: Vec::new(),
        dimensions: Vec::new(),
        stocks: Vec::new(),
        measures: Vec::new(),
    }
}
