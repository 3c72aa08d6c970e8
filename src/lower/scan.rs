//! A source's rows with what they look up: FROM, joins and column names.
//!
//! Orders joined to customers and their countries: each join is on the whole key
//! of the other side, so no row is repeated, and LEFT, so none is lost.

use indexmap::IndexMap;

use super::as_of::Finding;
use super::formula::{self, Reading};
use super::names::Names;
use super::time::Time;
use super::versions::{self, At};
use crate::diagnostic::{Code, Diagnostic};
use crate::plan::{self, Calendar, Lookup, Moment};
use crate::resolve::Resolved;
use crate::resolve::resolved::{Axis, ColumnRef, ColumnType, Relation, Row, Source};
use crate::sql::{Body, Expr, From, Item, Join, JoinKind, Query, Select, Table, Type};

/// The rendered text of each SQL source, by the source's name.
pub type SqlTexts = IndexMap<String, String>;

/// What a scan reads: definitions, texts, and what is known when.
#[derive(Debug, Clone, Copy)]
pub struct Tables<'a> {
    pub resolved: &'a Resolved,
    pub texts: &'a SqlTexts,
    pub calendar: &'a Calendar,
    /// Rows that are found by time must lie before it.
    pub as_of: Option<Moment>,
}

/// When a scan's rows happen: what decides which version they find.
#[derive(Debug, Clone, Copy)]
pub enum When<'a> {
    /// At a time of their own.
    At(&'a Axis),
    /// They exist, and are read at instants that are joined later.
    AtInstants,
    /// Nobody asks.
    Never,
}

/// Rows of a source, readable by column.
#[derive(Debug)]
pub struct Scan {
    pub from: From,
    pub joins: Vec<Join>,
    /// What is looked up once the rows have met instants.
    late: Vec<Lookup>,
    /// Joins' paths and the names they are known by; the empty path is the source.
    aliases: IndexMap<Vec<String>, String>,
    /// The zone of each of their timestamps that declares one, by path and column.
    zones: IndexMap<Vec<String>, IndexMap<String, String>>,
    /// The zone of the others, and the project's.
    timestamps: Option<String>,
    zone: String,
    names: Names,
    /// Columns that rows have by what is joined beside them.
    added: IndexMap<String, Expr>,
}

impl Scan {
    /// The rows of a source with these lookups, as of the time at which the rows happen.
    ///
    /// # Errors
    /// A source without a table, or an SQL source without a text; versions without a time.
    pub fn new(
        tables: &Tables<'_>,
        source: &str,
        lookups: &[Lookup],
        when: When<'_>,
    ) -> Result<Scan, Diagnostic> {
        let resolved = tables.resolved;
        let mut names = Names::default();
        let alias = names.fresh(source);
        let own = known(resolved, source)?;
        let mut scan = Scan {
            from: From { table: table(own, tables.texts)?, alias: Some(alias.clone()) },
            joins: Vec::new(),
            late: Vec::new(),
            aliases: IndexMap::from([(Vec::new(), alias)]),
            zones: IndexMap::from([(Vec::new(), own.zones.clone())]),
            timestamps: resolved.settings.timestamps.clone(),
            zone: resolved.settings.zone.clone(),
            names,
            added: IndexMap::new(),
        };
        for lookup in lookups {
            let target = known(resolved, &lookup.source)?;
            scan.zones.insert(lookup.path.clone(), target.zones.clone());
            let alias = scan.names.fresh(&lookup.path.join("_"));
            scan.aliases.insert(lookup.path.clone(), alias);
            let behind = scan.late.iter().any(|late| lookup.path.starts_with(&late.path));
            if behind || (matches!(when, When::AtInstants) && target.valid.is_some()) {
                scan.late.push(lookup.clone());
                continue;
            }
            let at = match when {
                When::At(axis) => Some(At::Time(Time::on(&scan, axis, tables.calendar))),
                When::AtInstants | When::Never => None,
            };
            let joins = scan.find(tables, source, lookup, at.as_ref())?;
            scan.joins.extend(joins);
        }
        Ok(scan)
    }

    /// What can be looked up only where rows have met instants.
    pub fn late(&self) -> Option<&Lookup> {
        self.late.first()
    }

    /// Whether there is such a lookup.
    pub fn is_late(&self) -> bool {
        self.late().is_some()
    }

    /// The joins of what is looked up at an instant that stands beside each row.
    ///
    /// # Errors
    /// Those of [`Scan::new`].
    pub fn at_instant(
        &mut self,
        tables: &Tables<'_>,
        source: &str,
        instant: Time<'_>,
    ) -> Result<Vec<Join>, Diagnostic> {
        let at = At::Instant(instant);
        let mut joins = Vec::new();
        for lookup in std::mem::take(&mut self.late) {
            joins.extend(self.find(tables, source, &lookup, Some(&at))?);
        }
        Ok(joins)
    }

    /// The joins that find what a lookup names.
    fn find(
        &mut self,
        tables: &Tables<'_>,
        source: &str,
        lookup: &Lookup,
        at: Option<&At<'_>>,
    ) -> Result<Vec<Join>, Diagnostic> {
        let resolved = tables.resolved;
        let target = known(resolved, &lookup.source)?;
        match &lookup.as_of {
            None => Ok(vec![self.look_up(tables, lookup, target, at)?]),
            Some(as_of) => {
                let source = known(resolved, looks(resolved, source, &lookup.path))?;
                let alias = self.aliases.get(&lookup.path).cloned();
                let alias = alias.expect("paths have names before they are looked up");
                Finding { tables, lookup, as_of, source, target }.joins(self, &alias)
            }
        }
    }

    /// The rows of a source with all that these expressions look up.
    ///
    /// # Errors
    /// Those of [`Scan::new`].
    pub fn reading<'r>(
        tables: &Tables<'_>,
        source: &str,
        rows: impl IntoIterator<Item = &'r Row>,
        when: When<'_>,
    ) -> Result<Scan, Diagnostic> {
        Scan::new(tables, source, &plan::lookups(tables.resolved, source, rows), when)
    }

    /// The row of a key, or its version that holds.
    fn look_up(
        &self,
        tables: &Tables<'_>,
        lookup: &Lookup,
        target: &Source,
        at: Option<&At<'_>>,
    ) -> Result<Join, Diagnostic> {
        let mut on: Vec<Expr> = target
            .key
            .iter()
            .zip(&lookup.on)
            .map(|(key, value)| {
                Expr::equal(self.value(&plan::prefixed(key, &lookup.path)), self.value(value))
            })
            .collect();
        if let Some(valid) = &target.valid {
            on.extend(versions::holds(self, tables.calendar, (lookup, valid), at)?);
        }
        let table = match &target.rows {
            Some(rows) if reads_joins(rows) => kept(tables, target, rows)?,
            Some(rows) => {
                on.push(self.condition(&plan::prefixed(rows, &lookup.path)));
                table(target, tables.texts)?
            }
            None => table(target, tables.texts)?,
        };
        let from = From { table, alias: self.aliases.get(&lookup.path).cloned() };
        Ok(Join { kind: JoinKind::Left, from, on: Expr::all(on) })
    }

    /// A name for something that is joined beside.
    pub fn fresh(&mut self, name: &str) -> String {
        self.names.fresh(name)
    }

    /// Adds a column that what is joined beside gives.
    pub fn add(&mut self, column: String, value: Expr) {
        self.added.insert(column, value);
    }

    pub fn value(&self, row: &Row) -> Expr {
        self.with(|by| formula::value(row, by))
    }

    pub fn condition(&self, row: &Row) -> Expr {
        self.with(|by| formula::condition(row, by))
    }

    fn with<T>(&self, read: impl FnOnce(&Reading<'_, ColumnRef>) -> T) -> T {
        let zone_of = |column: &ColumnRef| {
            let declared = self.zones.get(&column.path).and_then(|zones| zones.get(&column.column));
            declared.or(self.timestamps.as_ref()).map(String::as_str)
        };
        read(&Reading { leaf: &|column| self.column(column), zone_of: &zone_of, zone: &self.zone })
    }

    /// A column by its name, cast to the decimal it was declared as.
    pub fn column(&self, column: &ColumnRef) -> Expr {
        if let (true, Some(added)) = (column.path.is_empty(), self.added.get(&column.column)) {
            return added.clone();
        }
        let alias = self.aliases.get(&column.path).expect("planning looks up every path that rows read");
        let read = Expr::of(alias.clone(), column.column.clone());
        match column.cast {
            Some(size) => Expr::Cast(read.boxed(), Type::Decimal(Some(size))),
            None => read,
        }
    }
}

/// The source whose join a path ends with.
fn looks<'a>(resolved: &'a Resolved, source: &'a str, path: &[String]) -> &'a str {
    let before = path.split_last().map_or(&[][..], |(_, before)| before);
    before.iter().fold(source, |at, join| {
        let join = resolved.sources.get(at).and_then(|source| source.joins.get(join));
        join.map_or(at, |join| join.source.as_str())
    })
}

fn known<'a>(resolved: &'a Resolved, source: &str) -> Result<&'a Source, Diagnostic> {
    resolved
        .sources
        .get(source)
        .ok_or_else(|| Diagnostic::general(Code::UnknownSource, format!("the source `{source}` has errors")))
}

fn reads_joins(row: &Row) -> bool {
    let mut joins = false;
    row.leaves(&mut |column| joins |= !column.path.is_empty());
    joins
}

/// The rows that a source's own filter keeps, when the filter looks things up.
fn kept(tables: &Tables<'_>, source: &Source, rows: &Row) -> Result<Table, Diagnostic> {
    let scan = Scan::reading(tables, &source.name, [rows], When::Never)?;
    let select = Select {
        items: vec![Item::All(scan.from.alias.clone())],
        filter: Some(scan.condition(rows)),
        from: Some(scan.from),
        joins: scan.joins,
        ..Select::default()
    };
    Ok(Table::Subquery(Box::new(Query {
        ctes: Vec::new(),
        body: Body::Select(Box::new(select)),
        order_by: Vec::new(),
    })))
}

/// A source as a table.
pub fn table(source: &Source, texts: &SqlTexts) -> Result<Table, Diagnostic> {
    match &source.relation {
        Some(Relation::Table(parts)) => Ok(Table::Named { path: parts.clone(), types: declared(source) }),
        Some(Relation::File(path)) => Ok(Table::File { path: path.clone(), types: declared(source) }),
        Some(Relation::Sql(path)) => texts
            .get(&source.name)
            .map(|text| Table::Sql { text: text.clone(), types: declared(source) })
            .ok_or_else(|| {
                Diagnostic::error(
                    Code::SqlSource,
                    path.span,
                    format!("the query `{}` was not read", path.value),
                )
            }),
        None => Err(Diagnostic::error(
            Code::Unbound,
            source.span,
            format!("the source `{}` has no table", source.name),
        )
        .help("add `table`, `file` or `sql` to it")),
    }
}

/// Declared column types, for databases that do not see them themselves.
pub fn declared(source: &Source) -> Vec<(String, Type)> {
    let types = source.declared.iter().filter_map(|(name, ty)| {
        let ty = match ty {
            ColumnType::Text => Type::Text,
            ColumnType::Integer => Type::Integer,
            ColumnType::Decimal(Some(size)) => Type::Decimal(Some(*size)),
            // How many digits only the data knows.
            ColumnType::Decimal(None) => return None,
            ColumnType::Float => Type::Double,
            ColumnType::Boolean => Type::Boolean,
            ColumnType::Date => Type::Date,
            ColumnType::Timestamp => Type::Timestamp,
            ColumnType::Instant => Type::Instant,
        };
        Some((name.clone(), ty))
    });
    types.collect()
}
