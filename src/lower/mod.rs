//! A plan to one SQL query.
//!
//! Takes a [`Plan`], the definitions it reads and the texts of SQL sources, gives a
//! [`Query`]: each source is aggregated on its own to the asked cells, only results
//! meet, then gaps are filled, then formulas are computed. Chooses between ways to
//! compute; never spells SQL, and never asks which engine will run it.

mod ages;
mod among;
mod as_of;
mod bands;
mod clock;
mod cohort;
mod columns;
mod decay;
mod dense;
mod extent;
mod formula;
mod funnel;
mod group;
mod health;
mod intervals;
mod keys;
mod known;
mod local;
mod members;
mod names;
mod nodes;
mod pairs;
mod periods;
mod range;
mod ranks;
mod rates;
mod scan;
mod steps;
mod suppress;
mod time;
mod top;
mod versions;
mod windows;

pub use extent::extent;
pub use health::{Fact, Facts, Health, Sample};
pub use intervals::{IntervalCheck, interval_checks};
pub use keys::{KeyCheck, key_checks};
pub use known::on_any as known_on_any_day;
pub use range::{Chosen, Place};
pub use rates::{RateCheck, rate_checks};
pub use scan::{SqlTexts, declared, table};

use columns::Columns;
use names::Names;
use scan::Tables;

use crate::diagnostic::Diagnostic;
use crate::plan::{Group, Plan};
use crate::resolve::Resolved;
use crate::resolve::resolved::{Relation, Row};
use crate::resolve::scalar;
use crate::sql::{Capabilities, Cte, Expr, From, Query, Type};

/// What every step of lowering reads, and the CTEs so far.
struct Lowering<'a> {
    resolved: &'a Resolved,
    plan: &'a Plan,
    texts: &'a SqlTexts,
    capabilities: Capabilities,
    columns: Columns,
    names: Names,
    ctes: Vec<Cte>,
    /// The CTE of the asked periods, once something needs it.
    spine: Option<String>,
    /// CTEs that several groups may read.
    shared: Vec<Shared>,
    /// Bands that several groups may read.
    bands: bands::Known,
    /// The members that are named, of a request for the best ones.
    best: Option<top::Best>,
}

/// Lowers a plan. The result has the columns `period_start`, `slicing`, `segment`,
/// the asked dimensions, the asked KPIs, in a project with minimum cells whether each is
/// suppressed, and is ordered by segment and slicing as
/// asked, then by members (NULL last) and period. Hours are UTC times, other
/// periods dates.
///
/// # Errors
/// A source whose table or text is not known.
pub fn lower(
    resolved: &Resolved,
    plan: &Plan,
    texts: &SqlTexts,
    capabilities: Capabilities,
) -> Result<Query, Vec<Diagnostic>> {
    lower_chosen(resolved, plan, texts, capabilities, None)
}

/// Lowers a plan of which something is chosen when the query runs; see [`lower`].
///
/// # Errors
/// Those of [`lower`].
pub fn lower_chosen(
    resolved: &Resolved,
    plan: &Plan,
    texts: &SqlTexts,
    capabilities: Capabilities,
    chosen: Option<&Chosen>,
) -> Result<Query, Vec<Diagnostic>> {
    let mut lowering = Lowering {
        resolved,
        plan,
        texts,
        capabilities,
        columns: Columns::new(plan),
        names: reserved(resolved, texts),
        ctes: Vec::new(),
        spine: None,
        shared: Vec::new(),
        bands: Vec::new(),
        best: None,
    };
    if let Some(Chosen { place: Place::Relation(path), .. }) = chosen {
        path.iter().for_each(|part| lowering.names.reserve(part));
    }
    if let Some(named) = &plan.named {
        lowering.best = Some(top::best(&mut lowering, named).map_err(|e| vec![e])?);
    }
    let mut results = group::results(&mut lowering).map_err(|e| vec![e])?;
    members::results(&mut lowering, &mut results).map_err(|e| vec![e])?;
    let cells = dense::cells(&mut lowering, &results);
    Ok(among::without_lacking(nodes::query(lowering, &cells, chosen), capabilities))
}

/// A CTE's name, by what is in it; where as-of is chosen later, by the reading and what it is
/// called, too.
type Shared = (Option<(Option<usize>, String)>, crate::sql::Body, String);

impl Lowering<'_> {
    /// A value to be added up: an integer has room for the sum.
    fn to_sum(&self, row: &Row, value: Expr) -> Expr {
        match row.ty {
            scalar::Type::Integer if !self.capabilities.wide_sums => {
                Expr::Cast(value.boxed(), Type::Decimal(Some((38, 0))))
            }
            _ => value,
        }
    }

    /// What a group's scans read.
    fn tables(&self, group: &Group) -> Tables<'_> {
        let plan = self.plan;
        Tables {
            resolved: self.resolved,
            texts: self.texts,
            calendar: &plan.calendar,
            as_of: group.as_of(&plan.range),
        }
    }

    /// Adds a CTE under a name that nothing else has.
    fn cte(&mut self, name: &str, comment: impl Into<String>, body: crate::sql::Body) -> String {
        let name = self.names.fresh(name);
        let comment = Some(comment.into());
        self.ctes.push(Cte { name: name.clone(), comment, materialized: false, body });
        name
    }

    fn several_slicings(&self) -> bool {
        self.plan.scope.slicings.len() > 1
    }

    fn several_segments(&self) -> bool {
        self.plan.scope.segments.len() > 1
    }
}

/// A CTE under a short name of its own.
fn named(cte: &str, alias: &str) -> From {
    From { table: crate::sql::Table::Cte(cte.to_string()), alias: Some(alias.to_string()) }
}

/// Names that a CTE would hide.
fn reserved(resolved: &Resolved, texts: &SqlTexts) -> Names {
    let mut names = Names::default();
    for source in resolved.sources.values() {
        match &source.relation {
            Some(Relation::Table(parts)) => parts.iter().for_each(|part| names.reserve(part)),
            Some(Relation::File(_) | Relation::Sql(_)) | None => {}
        }
    }
    texts.values().for_each(|text| names.reserve_words(text));
    names
}
