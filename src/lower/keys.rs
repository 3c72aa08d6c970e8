//! Whether keys repeat: what makes a lookup safe is measured, not believed.

use indexmap::IndexSet;

use super::scan::{Scan, SqlTexts, Tables, When};
use super::versions;
use crate::diagnostic::Diagnostic;
use crate::plan::{Entries, Lookup, Over, Plan, Taken, dimension, lookups, time_of};
use crate::resolve::Resolved;
use crate::resolve::resolved::{Funnel, Row, Source};
use crate::sql::{Aggregate, AggregateFunction, Body, Expr, From, GroupBy, Operator, Query, Select, Table};

/// A query that counts the keys which a source has more than once; of versions, those
/// of which two hold at one time.
#[derive(Debug)]
pub struct KeyCheck {
    pub source: String,
    pub of_versions: bool,
    /// One row, one column: `repeated`.
    pub query: Query,
}

/// A check for every source whose rows the plan finds by their key.
///
/// # Errors
/// A source whose table or text is not known.
pub fn key_checks(resolved: &Resolved, plan: &Plan, texts: &SqlTexts) -> Result<Vec<KeyCheck>, Diagnostic> {
    let tables = Tables { resolved, texts, calendar: &plan.calendar, as_of: None };
    let mut keyed = Keyed { resolved, sources: IndexSet::new() };
    keyed.plan(plan);
    let mut at = 0;
    // What is looked up may look up itself, for its key or for which of its rows exist.
    while let Some(source) = keyed.sources.get_index(at).and_then(|name| resolved.sources.get(name)) {
        keyed.read(&source.name, source.key.iter().chain(&source.rows));
        at += 1;
    }
    let known = |name: String| resolved.sources.get(&name);
    let check = |source: &Source| {
        let (query, of_versions) = match &source.valid {
            None => (repeated_keys(&tables, source)?, false),
            Some(valid) => (versions::overlapping(&tables, source, valid)?, true),
        };
        Ok(KeyCheck { query, of_versions, source: source.name.clone() })
    };
    keyed.sources.into_iter().filter_map(known).map(check).collect()
}

/// Sources whose rows are found by their key.
struct Keyed<'a> {
    resolved: &'a Resolved,
    sources: IndexSet<String>,
}

impl Keyed<'_> {
    fn plan(&mut self, plan: &Plan) {
        plan.bands.iter().for_each(|bands| self.plan(&bands.plan));
        plan.named.iter().for_each(|named| self.plan(&named.plan));
        for lookup in plan.groups.iter().flat_map(|group| &group.lookups) {
            self.found(lookup);
        }
        for leaf in &plan.leaves {
            match &leaf.taken {
                Some(Taken::Steps(id)) => {
                    let funnel = self.resolved.funnels.get(id);
                    funnel.into_iter().for_each(|funnel| self.funnel(funnel));
                }
                Some(Taken::Entries(entries)) => self.entries(entries),
                None => {}
            }
            match &leaf.over {
                Over::Rows(_) => {}
                Over::Members(members) => self.plan(&members.plan),
                Over::Time(held) => self.plan(&held.plan),
            }
        }
    }

    /// Steps are told apart by key, and the first one's rows are found again by it.
    fn funnel(&mut self, funnel: &Funnel) {
        for step in &funnel.steps {
            let key = self.resolved.sources.get(&step.source).map_or(&[][..], |source| &source.key);
            let entity = dimension(self.resolved, &step.source, &funnel.entity);
            let time = time_of(&step.axis);
            self.rows_of(&step.source, key.iter().chain(&entity).chain([&time]).chain(&step.filter));
        }
        self.sources.extend(funnel.steps.first().map(|step| step.source.clone()));
    }

    /// The row with which somebody enters is found again by its key.
    fn entries(&mut self, entries: &Entries) {
        let resolved = self.resolved;
        let Some(cohort) = resolved.cohorts.get(&entries.cohort) else { return };
        let entity = |source: &str| dimension(resolved, source, &cohort.entity);
        let own = entity(&cohort.source);
        let time = time_of(&cohort.axis);
        let key = resolved.sources.get(&cohort.source).map_or(&[][..], |source| &source.key);
        self.rows_of(&cohort.source, key.iter().chain(&own).chain([&time]));
        self.sources.insert(cohort.source.clone());
        let Some(measure) = resolved.measures.get(&entries.measure) else { return };
        let (theirs, time) = (entity(&measure.source), time_of(&measure.axis));
        let parts = measure.aggregate.rows().into_iter().chain(&entries.conditions);
        self.rows_of(&measure.source, parts.chain(&theirs).chain([&time]));
    }

    /// What these expressions, and the source's own condition, look up.
    fn rows_of<'r>(&mut self, source: &str, rows: impl Iterator<Item = &'r Row>) {
        self.read(source, rows);
        let own = self.resolved.sources.get(source).and_then(|source| source.rows.clone());
        self.read(source, own.iter());
    }

    fn read<'r>(&mut self, source: &str, rows: impl Iterator<Item = &'r Row>) {
        lookups(self.resolved, source, rows).iter().for_each(|lookup| self.found(lookup));
    }

    fn found(&mut self, lookup: &Lookup) {
        match &lookup.as_of {
            None => {
                self.sources.insert(lookup.source.clone());
            }
            // One row of several, of which none is by itself.
            Some(as_of) => {
                let key = self.resolved.sources.get(&lookup.source).map_or(&[][..], |source| &source.key);
                let time = time_of(&as_of.their_time);
                let read = key.iter().chain([&time]).chain(&as_of.theirs).chain(&as_of.filter);
                self.rows_of(&lookup.source, read);
            }
        }
    }
}

/// Counts the keys that stand in more than one row.
pub fn repeated_keys(tables: &Tables<'_>, source: &Source) -> Result<Query, Diagnostic> {
    let (key, rows) = (&source.key, source.rows.as_ref());
    let scan = Scan::reading(tables, &source.name, key.iter().chain(rows), When::Never)?;
    let read: Vec<Expr> = key.iter().map(|row| scan.value(row)).collect();
    // A key that is NULL is never joined.
    let mut filter: Vec<Expr> =
        read.iter().map(|key| Expr::IsNull { value: key.clone().boxed(), negated: true }).collect();
    filter.extend(rows.map(|rows| scan.condition(rows)));
    let twice = Select {
        items: vec![count().alias("times")],
        from: Some(scan.from.clone()),
        joins: scan.joins.clone(),
        filter: Expr::all(filter),
        group_by: GroupBy::Keys(read),
        having: Some(Expr::binary(Operator::Greater, count(), Expr::number(1))),
        ..Select::default()
    };
    Ok(counted("repeated", Body::Select(Box::new(twice))))
}

pub fn count() -> Expr {
    Expr::Aggregate(Aggregate { function: AggregateFunction::Count, args: Vec::new(), filter: None })
}

/// How many rows there are of a body, one number under a name.
pub fn counted(name: &str, body: Body) -> Query {
    let query = Query { ctes: Vec::new(), body, order_by: Vec::new() };
    let select = Select {
        items: vec![count().alias(name)],
        from: Some(From { table: Table::Subquery(Box::new(query)), alias: Some("k".into()) }),
        ..Select::default()
    };
    Query { ctes: Vec::new(), body: Body::Select(Box::new(select)), order_by: Vec::new() }
}
