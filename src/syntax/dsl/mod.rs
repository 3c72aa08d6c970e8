//! The language's own spelling.
//!
//! Takes a text and its file id, gives AST nodes and findings; what cannot be read
//! is reported and left out, the rest stays. Never asks what a name means.
//!
//! A text passes `limits`, then the grammar. Only a text with mistakes goes on to
//! `recover`, which reads it piece by piece and asks `explain` for words.

mod build;
mod explain;
mod fragment;
mod grammar;
mod habits;
mod limits;
mod recover;
mod remarks;
mod scan;
mod split;
mod textmate;
mod tokens;
pub(in crate::syntax) mod words;

pub use fragment::Fragment;
pub use textmate::textmate;
pub use tokens::{Piece, pieces};

use crate::diagnostic::Sink;
use crate::source::FileId;
use crate::syntax::ast;
use build::{Builder, Pair};
use explain::Place;
use grammar::Rule;
use pest::error::Error;
use pest::iterators::Pairs;
use remarks::Remarks;

/// Reads a whole file: its items, without those that are reported.
pub fn parse(file: FileId, text: &str, sink: &mut Sink) -> ast::File {
    let (start, text) = text.strip_prefix('\u{feff}').map_or((0, text), |rest| (3, rest));
    let mut fragment = Fragment::new(file);
    fragment.push_verbatim(text, start);
    if let Some(finding) = limits::size(&fragment) {
        sink.push(finding);
        return ast::File { lost: ast::Lost::Everything, ..ast::File::default() };
    }
    let before = sink.len();
    let flaws = limits::flaws(&fragment);
    let mut remarks = Remarks::of(text);
    let head = remarks.head(text).into_iter().map(|remark| remark.text).collect();
    let parsed = if flaws.is_empty() { grammar::parse(Rule::definitions, text).ok() } else { None };
    let mut builder = Builder::new(&fragment, &mut remarks, sink);
    let items = match parsed {
        Some(pairs) => {
            pairs.filter(|pair| pair.as_rule() != Rule::EOI).filter_map(|pair| builder.item(&pair)).collect()
        }
        None => recover::file(&mut builder, flaws),
    };
    let trailing = remarks.before(usize::MAX).into_iter().map(|remark| remark.text).collect();
    let comments = |above| ast::Comments { above, ..ast::Comments::default() };
    let lost = match sink.len() - before {
        0 => ast::Lost::Nothing,
        n if n > recover::MOST || text.contains('\0') => ast::Lost::Everything,
        _ => ast::Lost::Names(split::names(text)),
    };
    ast::File { head: comments(head), items, trailing: comments(trailing), lost, ..ast::File::default() }
}

/// Reads exactly one expression, as a KPI's formula takes it (`x where p` included).
pub fn expression(fragment: &Fragment, sink: &mut Sink) -> Option<ast::Expr> {
    only(fragment, Rule::only_formula, sink, |builder, pair| builder.whole_formula(pair))
}

/// Reads exactly one literal: what a parameter's value can be.
pub fn literal(fragment: &Fragment, sink: &mut Sink) -> Option<ast::Expr> {
    only(fragment, Rule::only_literal, sink, |builder, pair| builder.whole_literal(pair))
}

/// Reads exactly one item.
pub fn item(fragment: &Fragment, sink: &mut Sink) -> Option<ast::Item> {
    only(fragment, Rule::only_item, sink, |builder, pair| builder.item(pair))
}

/// Reads exactly what stands before an item's block: the item without its properties.
pub fn head(fragment: &Fragment, sink: &mut Sink) -> Option<ast::Item> {
    only(fragment, Rule::only_head, sink, |builder, pair| builder.head(pair, None).map(|head| head.item()))
}

/// Reads exactly one property of a source (`measure x = count()`) into the source;
/// false if it was reported instead.
pub fn source_property(fragment: &Fragment, source: &mut ast::Source, sink: &mut Sink) -> bool {
    let put =
        |builder: &mut Builder<'_>, pair: &Pair<'_>| builder.source_property(pair, source).then_some(());
    one_of(fragment, Rule::only_source_property, sink, put).is_some()
}

/// Reads exactly one property of a KPI.
pub fn kpi_property(fragment: &Fragment, sink: &mut Sink) -> Option<ast::Property<ast::KpiProperty>> {
    one_of(fragment, Rule::only_kpi_property, sink, |builder, pair| builder.kpi_property(pair))
}

/// Reads exactly one property of an objective into it; false if it was reported instead.
pub fn objective_property(fragment: &Fragment, objective: &mut ast::Objective, sink: &mut Sink) -> bool {
    let put = |builder: &mut Builder<'_>, pair: &Pair<'_>| {
        builder.objective_property(pair, objective).then_some(())
    };
    only(fragment, Rule::only_objective_property, sink, put).is_some()
}

/// Reads exactly one property of a dashboard into it; false if it was reported instead.
pub fn dashboard_property(fragment: &Fragment, dashboard: &mut ast::Dashboard, sink: &mut Sink) -> bool {
    let put = |builder: &mut Builder<'_>, pair: &Pair<'_>| {
        builder.dashboard_property(pair, dashboard).then_some(())
    };
    only(fragment, Rule::only_dashboard_property, sink, put).is_some()
}

/// Reads one segment of a segmentation: `segment x where …` or `segment x else`.
pub fn segment(fragment: &Fragment, sink: &mut Sink) -> Option<ast::Segment> {
    only(fragment, Rule::only_band, sink, |builder, pair| builder.band(pair))
}

/// Reads one step of a funnel.
pub fn step(fragment: &Fragment, sink: &mut Sink) -> Option<ast::Step> {
    only(fragment, Rule::only_step, sink, |builder, pair| builder.step(pair))
}

/// Reads exactly one property of a test into the test; false if it was reported instead.
pub fn test_property(fragment: &Fragment, test: &mut ast::Test, sink: &mut Sink) -> bool {
    let put = |builder: &mut Builder<'_>, pair: &Pair<'_>| builder.test_property(pair, test).then_some(());
    one_of(fragment, Rule::only_test_property, sink, put).is_some()
}

/// Reads one row of a test: `(1, 'paid')`.
pub fn row(fragment: &Fragment, sink: &mut Sink) -> Option<ast::Property<Vec<ast::Cell>>> {
    only(fragment, Rule::only_row, sink, |builder, pair| builder.whole_row(pair))
}

/// A test without properties.
pub fn test(header: ast::Header) -> ast::Test {
    ast::Test { header, given: Vec::new(), when: None, then: None, invariants: None, incomplete: false }
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
        incomplete: false,
    }
}

/// An objective without properties.
pub fn objective(header: ast::Header) -> ast::Objective {
    ast::Objective {
        header,
        headline: None,
        kpis: None,
        baseline: None,
        target: None,
        deadline: None,
        rationale: None,
        owner: None,
        stage: None,
        parent: None,
    }
}

/// A dashboard without properties.
pub fn dashboard(header: ast::Header) -> ast::Dashboard {
    ast::Dashboard { header, headline: None, kpis: None, by: None, grain: None, owner: None }
}

/// The text up to its first forty characters, for messages.
fn short(text: &str) -> String {
    let cut: String = text.chars().take(40).collect();
    if cut.len() < text.len() { format!("{cut}…") } else { cut }
}

/// One thing and nothing else.
fn only<T>(
    fragment: &Fragment,
    rule: Rule,
    sink: &mut Sink,
    make: impl FnOnce(&mut Builder<'_>, &Pair<'_>) -> Option<T>,
) -> Option<T> {
    read(fragment, |text| grammar::parse(rule, text), sink, make)
}

/// One of many things: its keyword tells which, so that the others are not tried.
fn one_of<T>(
    fragment: &Fragment,
    rule: Rule,
    sink: &mut Sink,
    make: impl FnOnce(&mut Builder<'_>, &Pair<'_>) -> Option<T>,
) -> Option<T> {
    let parse = |text| {
        let its_own = grammar::of_keyword(text).and_then(|own| grammar::parse(own, text).ok());
        let is_all = |pair: &Pair<'_>| fragment.text()[pair.as_span().end()..].trim().is_empty();
        match its_own {
            Some(pairs) if pairs.peek().as_ref().is_some_and(is_all) => Ok(pairs),
            _ => grammar::parse(rule, text),
        }
    };
    read(fragment, parse, sink, make)
}

fn read<'a, T>(
    fragment: &'a Fragment,
    parse: impl FnOnce(&'a str) -> Result<Pairs<'a, Rule>, Box<Error<Rule>>>,
    sink: &mut Sink,
    make: impl FnOnce(&mut Builder<'_>, &Pair<'_>) -> Option<T>,
) -> Option<T> {
    let text = fragment.text();
    let flaws = match limits::size(fragment) {
        Some(finding) => vec![finding],
        None => limits::flaws(fragment).into_iter().map(|flaw| flaw.finding).collect(),
    };
    if !flaws.is_empty() {
        sink.extend(flaws);
        return None;
    }
    match parse(text) {
        Ok(mut pairs) => {
            let mut remarks = Remarks::of(text);
            let pair = pairs.next().expect("an anchored rule holds one pair");
            make(&mut Builder::new(fragment, &mut remarks, sink), &pair)
        }
        Err(error) => {
            sink.push(explain::mistake(fragment, 0..text.len(), &error, Place::Alone));
            None
        }
    }
}
