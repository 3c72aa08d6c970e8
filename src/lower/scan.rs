//! A source's rows with what they look up: FROM, joins and column names.
//!
//! Orders joined to customers and their countries: each join is on the whole key
//! of the other side, so no row is repeated, and LEFT, so none is lost.

use indexmap::IndexMap;

use super::formula::{self, Reading};
use super::names::Names;
use crate::diagnostic::{Code, Diagnostic};
use crate::plan::{self, Lookup};
use crate::resolve::Resolved;
use crate::resolve::resolved::{ColumnRef, ColumnType, Relation, Row, Source};
use crate::sql::{Body, Expr, From, Item, Join, JoinKind, Query, Select, Table, Type};

/// The rendered text of each SQL source, by the source's name.
pub type SqlTexts = IndexMap<String, String>;

/// Rows of a source, readable by column.
#[derive(Debug)]
pub struct Scan {
    pub from: From,
    pub joins: Vec<Join>,
    /// Joins' paths and the names they are known by; the empty path is the source.
    aliases: IndexMap<Vec<String>, String>,
    /// The zone of each of their timestamps that declares one, by path and column.
    zones: IndexMap<Vec<String>, IndexMap<String, String>>,
    /// The zone of the others, and the project's.
    timestamps: Option<String>,
    zone: String,
    names: Names,
}

impl Scan {
    /// The rows of a source with these lookups.
    ///
    /// # Errors
    /// A source without a table, or an SQL source without a text.
    pub fn new(
        resolved: &Resolved,
        source: &str,
        lookups: &[Lookup],
        texts: &SqlTexts,
    ) -> Result<Scan, Diagnostic> {
        let mut names = Names::default();
        let alias = names.fresh(source);
        let own = known(resolved, source)?;
        let mut scan = Scan {
            from: From { table: table(own, texts)?, alias: Some(alias.clone()) },
            joins: Vec::new(),
            aliases: IndexMap::from([(Vec::new(), alias)]),
            zones: IndexMap::from([(Vec::new(), own.zones.clone())]),
            timestamps: resolved.settings.timestamps.clone(),
            zone: resolved.settings.zone.clone(),
            names: Names::default(),
        };
        for lookup in lookups {
            scan.zones.insert(lookup.path.clone(), known(resolved, &lookup.source)?.zones.clone());
            scan.aliases.insert(lookup.path.clone(), names.fresh(&lookup.path.join("_")));
            scan.look_up(resolved, lookup, texts)?;
        }
        scan.names = names;
        Ok(scan)
    }

    fn look_up(&mut self, resolved: &Resolved, lookup: &Lookup, texts: &SqlTexts) -> Result<(), Diagnostic> {
        let target = known(resolved, &lookup.source)?;
        let mut on: Vec<Expr> = target
            .key
            .iter()
            .zip(&lookup.on)
            .map(|(key, value)| {
                Expr::equal(self.value(&plan::prefixed(key, &lookup.path)), self.value(value))
            })
            .collect();
        let table = match &target.rows {
            Some(rows) if reads_joins(rows) => kept(resolved, target, rows, texts)?,
            Some(rows) => {
                on.push(self.condition(&plan::prefixed(rows, &lookup.path)));
                table(target, texts)?
            }
            None => table(target, texts)?,
        };
        let from = From { table, alias: self.aliases.get(&lookup.path).cloned() };
        self.joins.push(Join { kind: JoinKind::Left, from, on: Expr::all(on) });
        Ok(())
    }

    /// A name for something that is joined beside.
    pub fn fresh(&mut self, name: &str) -> String {
        self.names.fresh(name)
    }

    pub fn value(&self, row: &Row) -> Expr {
        self.reading(|by| formula::value(row, by))
    }

    pub fn condition(&self, row: &Row) -> Expr {
        self.reading(|by| formula::condition(row, by))
    }

    fn reading<T>(&self, read: impl FnOnce(&Reading<'_, ColumnRef>) -> T) -> T {
        let zone_of = |column: &ColumnRef| {
            let declared = self.zones.get(&column.path).and_then(|zones| zones.get(&column.column));
            declared.or(self.timestamps.as_ref()).map(String::as_str)
        };
        read(&Reading { leaf: &|column| self.column(column), zone_of: &zone_of, zone: &self.zone })
    }

    /// A column by its name, cast to the decimal it was declared as.
    pub fn column(&self, column: &ColumnRef) -> Expr {
        let alias = self.aliases.get(&column.path).expect("planning looks up every path that rows read");
        let read = Expr::of(alias.clone(), column.column.clone());
        match column.cast {
            Some(size) => Expr::Cast(read.boxed(), Type::Decimal(Some(size))),
            None => read,
        }
    }
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
fn kept(resolved: &Resolved, source: &Source, rows: &Row, texts: &SqlTexts) -> Result<Table, Diagnostic> {
    let lookups = plan::lookups(resolved, &source.name, [rows]);
    let scan = Scan::new(resolved, &source.name, &lookups, texts)?;
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
        Some(Relation::Table(parts)) => Ok(Table::Named(parts.clone())),
        Some(Relation::File(path)) => Ok(Table::File { path: path.clone(), types: declared(source) }),
        Some(Relation::Sql(path)) => {
            texts.get(&source.name).map(|text| Table::Sql(text.clone())).ok_or_else(|| {
                Diagnostic::error(
                    Code::SqlSource,
                    path.span,
                    format!("the query `{}` was not read", path.value),
                )
            })
        }
        None => Err(Diagnostic::error(
            Code::Unbound,
            source.span,
            format!("the source `{}` has no table", source.name),
        )
        .help("add `table`, `file` or `sql` to it")),
    }
}

/// Declared column types, for engines that read files.
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
