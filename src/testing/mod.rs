//! Unit tests of KPIs: what a test says, made ready to run, and what came beside what it expects.
//!
//! Takes sound definitions and the tests beside them, gives for each a plan over the rows given
//! (which travel as queries of their own, so that no table and no file is needed), and the
//! differences between a result and the cells expected. Never runs a query, never reads a file.

mod asked;
mod columns;
mod compare;
mod decimal;
mod expected;
mod given;
mod invariants;
mod said;
mod wanted;

use std::rc::Rc;

use indexmap::IndexMap;

pub use compare::{Difference, What, compare};
pub use expected::Expected;
pub use invariants::Invariants;

use crate::diagnostic::{Code, Diagnostic, Severity, Sink, nearest};
use crate::dialect;
use crate::lower::SqlTexts;
use crate::model::Model;
use crate::plan::{self, Plan, Request};
use crate::resolve::resolved::{ColumnType, Relation};
use crate::resolve::{self, Catalog, Resolved};
use crate::source::Spanned;
use crate::syntax::ast::{Path, Test};
use columns::Columns;
use given::Rows;

/// A test that is sound.
#[derive(Debug, Clone)]
pub struct Case<'a> {
    pub test: &'a Test,
    /// The definitions, reading the rows given instead of tables.
    pub resolved: Rc<Resolved>,
    /// The rows of each source, as a query.
    pub texts: SqlTexts,
    pub plan: Plan,
    pub expected: Option<Expected>,
    pub invariants: Option<Invariants>,
    /// How many rows each source is given.
    pub given: IndexMap<String, usize>,
}

/// The project's tests, ready to run; those with findings are left out.
///
/// `resolved` are the definitions without any knowledge of data. Where they have errors,
/// a test of what is not sound is left out in silence. `everywhere`: the invariants of every
/// test are looked at, not of those alone that say so.
pub fn cases<'a>(model: &Model<'a>, resolved: &Resolved, everywhere: bool, sink: &mut Sink) -> Vec<Case<'a>> {
    if model.tests.is_empty() {
        return Vec::new();
    }
    let is_sound = !sink.has_errors();
    let mut found = Sink::new();
    let mut house = House::new(model, resolved, everywhere);
    let cases = model.tests.values().filter_map(|test| house.case(test, is_sound, &mut found)).collect();
    found.forgive(|name| model.lost.has(name));
    sink.extend(found.into_sorted());
    cases
}

/// What all tests share.
struct House<'m, 'a> {
    model: &'m Model<'a>,
    columns: IndexMap<String, Columns>,
    /// The definitions on given rows, by what these tell of columns that nobody declares.
    told: Vec<(Told, Result<Rc<Resolved>, Diagnostic>)>,
    base: Rc<Resolved>,
    /// The rows of sources that are not given.
    empty: SqlTexts,
    everywhere: bool,
}

/// Types that only the values given tell: by source and column.
type Told = Vec<(String, Vec<(String, Option<ColumnType>)>)>;

impl<'m, 'a> House<'m, 'a> {
    fn new(model: &'m Model<'a>, resolved: &Resolved, everywhere: bool) -> Self {
        let columns = columns::all(model, resolved);
        let empty = columns.iter().map(|(source, columns)| (source.clone(), text(None, columns))).collect();
        House {
            model,
            columns,
            told: Vec::new(),
            base: Rc::new(on_given(resolved.clone())),
            empty,
            everywhere,
        }
    }

    /// A test, or nothing if it has findings.
    fn case(&mut self, test: &'a Test, is_sound: bool, sink: &mut Sink) -> Option<Case<'a>> {
        let before = sink.len();
        let mut rows = Vec::new();
        for given in &test.given {
            let source = &given.value.source;
            match self.columns.get(source.value.as_str()) {
                Some(columns) => rows.extend(given::rows(&given.value, columns, self.model, sink)),
                None => {
                    let finding = self.no_source(source);
                    sink.push(finding);
                }
            }
        }
        if let Some(finding) = of_nothing(test) {
            sink.push(finding);
        }
        let when = test.when.as_ref()?;
        let resolved = match self.definitions(&rows) {
            Ok(resolved) => resolved,
            Err(finding) => {
                // Of definitions that have errors without a test, nothing is known.
                if is_sound {
                    let given = test.given.first().map_or(test.header.name.span, |given| given.span);
                    sink.push(finding.label(given, "on the rows that this test gives"));
                }
                return None;
            }
        };
        let request = asked::request(test, when, self.model, &resolved, sink)?;
        if !is_sound || test.incomplete {
            return None;
        }
        let plan = match plan::plan(&resolved, &request) {
            Ok(plan) => plan,
            Err(found) => {
                let placed = |d: Diagnostic| Diagnostic { span: Some(when.span), ..d };
                sink.extend(found.into_iter().map(placed));
                return None;
            }
        };
        let then = test.then.as_ref();
        let expected = then.and_then(|then| expected::expected(&then.value, &plan, self.model, sink));
        let invariants = self.invariants(test, &resolved, &request, sink);
        if sink.len() > before {
            return None;
        }
        let mut texts = self.empty.clone();
        for rows in &rows {
            let columns = self.columns.get(&rows.source)?;
            texts.insert(rows.source.clone(), text(Some(rows), columns));
        }
        let given = rows.iter().map(|rows| (rows.source.clone(), rows.count())).collect();
        Some(Case { test, resolved, texts, plan, expected, invariants, given })
    }

    /// What holds of any numbers, where the test or everybody asks for it.
    fn invariants(
        &self,
        test: &Test,
        resolved: &Resolved,
        request: &Request,
        sink: &mut Sink,
    ) -> Option<Invariants> {
        let span = match &test.invariants {
            Some(invariants) => invariants.span,
            None if self.everywhere => test.when.as_ref()?.span,
            None => return None,
        };
        match Invariants::new(resolved, request, span) {
            Ok(invariants) => Some(invariants),
            // What cannot be asked by itself or in total has none.
            Err(_) if test.invariants.is_none() => None,
            Err(found) => {
                sink.extend(found.into_iter().map(|d| Diagnostic { span: Some(span), ..d }));
                None
            }
        }
    }

    /// The definitions, as they are on data of these columns.
    fn definitions(&mut self, rows: &[Rows]) -> Result<Rc<Resolved>, Diagnostic> {
        let told: Told = rows
            .iter()
            .filter(|rows| rows.is_told)
            .map(|rows| (rows.source.clone(), rows.columns.clone()))
            .collect();
        if told.is_empty() {
            return Ok(Rc::clone(&self.base));
        }
        if let Some((_, known)) = self.told.iter().find(|(known, _)| *known == told) {
            return known.clone();
        }
        let mut sink = Sink::new();
        let resolved = resolve::resolve(self.model, &self.catalog(&told), &mut sink);
        let found = sink.into_sorted();
        let known = match found.into_iter().find(|d| d.severity == Severity::Error) {
            None => Ok(Rc::new(on_given(resolved))),
            Some(finding) => Err(finding),
        };
        self.told.push((told, known.clone()));
        known
    }

    fn catalog(&self, told: &Told) -> Catalog {
        let mut catalog = Catalog::default();
        for (source, given) in told {
            let known = self.columns.get(source);
            let mut columns: IndexMap<String, Option<ColumnType>> =
                known.into_iter().flatten().map(|(name, column)| (name.clone(), column.declared)).collect();
            columns.extend(given.iter().cloned());
            catalog.sources.insert(source.clone(), columns.into_iter().collect());
        }
        catalog
    }

    fn no_source(&self, name: &Spanned<String>) -> Diagnostic {
        let fact = format!("there is no source `{}`", name.value);
        let found = Diagnostic::error(Code::UnknownSource, name.span, fact).missing(&name.value);
        match nearest(&name.value, self.columns.keys().map(String::as_str)) {
            Some(near) => found.help(format!("did you mean `{near}`?")).fix(name.span, near.to_owned()),
            None => found.help("rows are given to a source of the project"),
        }
    }
}

/// A test that asks or expects nothing can never fail.
fn of_nothing(test: &Test) -> Option<Diagnostic> {
    if test.incomplete {
        return None;
    }
    let name = &test.header.name;
    let found = |fact: String| {
        Diagnostic::error(Code::TestOfNothing, name.span, fact).because("such a test could never fail")
    };
    match (&test.when, &test.then) {
        (None, _) => Some(
            found(format!("the test `{}` asks for nothing", name.value))
                .help("name a KPI and a period: `when revenue from 2026-01`"),
        ),
        (Some(_), None) if test.invariants.is_none() => Some(
            found(format!("the test `{}` expects nothing", name.value))
                .help("write the cells expected: `then (month, revenue) (2026-01, 100)`, or `invariants`"),
        ),
        (Some(_), _) => None,
    }
}

/// Definitions whose sources read rows given, and all of whose KPIs can so be computed.
fn on_given(mut resolved: Resolved) -> Resolved {
    for source in resolved.sources.values_mut() {
        source.relation = Some(Relation::Sql(Spanned::new("given".into(), source.span)));
        source.ordered_by = None;
    }
    resolved.kpis.values_mut().for_each(|kpi| kpi.unbound.clear());
    resolved
}

fn text(rows: Option<&Rows>, columns: &Columns) -> String {
    dialect::print(&given::query(rows, columns), dialect::EMBEDDED)
        .expect("the embedded engine says every literal")
}

/// A dimension's id, or a column's name, as a result has it.
fn asked_dimension(path: &Path) -> String {
    match &path.qualifier {
        Some(qualifier) => format!("{}.{}", qualifier.value, path.name.value),
        None => path.name.value.clone(),
    }
}
