//! What sources, their rows and what is aggregated of them mean.

use std::collections::HashMap;

use super::form::{Form, Forms, scalar};
use super::project::Side;
use crate::resolve::resolved::{
    Aggregate, Axis, AxisKind, ColumnRef, Existence, Join, Measure, Reach, Relation, Row, Snapshot, Source,
    Stock,
};
use crate::resolve::scalar::Type;

/// Looks up the meaning of rows, each once.
#[derive(Debug)]
pub struct Rows<'a> {
    pub side: Side<'a>,
    /// The rows of each source.
    known: HashMap<&'a str, Form>,
    /// The rows behind a path of joins.
    places: HashMap<(&'a str, &'a [String]), Form>,
    dimensions: HashMap<(&'a str, &'a str), Option<Form>>,
}

impl<'a> Rows<'a> {
    pub fn new(side: Side<'a>) -> Self {
        Rows { side, known: HashMap::new(), places: HashMap::new(), dimensions: HashMap::new() }
    }

    pub fn source(&self, name: &str) -> Option<&'a Source> {
        self.side.resolved.sources.get(name)
    }

    /// Where the rows of a source lie, which of them count, and since when.
    pub fn of(&mut self, forms: &mut Forms, source: &'a Source) -> Form {
        if let Some(form) = self.known.get(source.name.as_str()) {
            return *form;
        }
        let own = self.own(forms, source);
        let form = match source.rows.iter().chain(&source.key).any(reads_joins) {
            false => own,
            // Joins may lead in circles, so what is behind them is put together without order.
            true => {
                let all = self.behind(source).into_iter().map(|at| self.with_joins(forms, at)).collect();
                let behind = forms.set("what it joins to", all);
                forms.of("source and", &[own, behind])
            }
        };
        self.known.insert(&source.name, form);
        form
    }

    /// Its rows by themselves, joins by their names.
    fn own(&self, forms: &mut Forms, source: &Source) -> Form {
        let relation = self.relation(forms, source);
        let rows: Vec<Form> = source.rows.iter().map(|rows| by_name(forms, rows)).collect();
        let rows = forms.of("rows where", &rows);
        let since = forms.debug("since", &source.since, &[]);
        forms.of("source", &[relation, rows, since])
    }

    /// A source and its joins, by their names.
    fn with_joins(&self, forms: &mut Forms, source: &Source) -> Form {
        let mut parts = vec![self.own(forms, source)];
        parts.extend(source.key.iter().map(|row| by_name(forms, row)).collect::<Vec<_>>());
        parts.push(forms.debug("valid", &source.valid, &[]));
        let joins = source.joins.iter().map(|(name, join)| {
            let mut rows: Vec<Form> = join.on.iter().map(|row| by_name(forms, row)).collect();
            if let Some(as_of) = &join.as_of {
                rows.extend(as_of.theirs.iter().map(|row| by_name(forms, row)).collect::<Vec<_>>());
                rows.extend(as_of.filter.iter().map(|row| by_name(forms, row)).collect::<Vec<_>>());
                let times = (&as_of.time, &as_of.their_time);
                rows.push(forms.debug("as of", &(as_of.pick, as_of.side, as_of.within, times), &[]));
            }
            forms.debug("join", &(name, &join.source), &rows)
        });
        let joins = joins.collect();
        parts.push(forms.set("joins", joins));
        forms.debug("source", &source.name, &parts)
    }

    /// Every source that joins lead to, however far.
    fn behind(&self, source: &'a Source) -> Vec<&'a Source> {
        let mut found = vec![source];
        let mut at = 0;
        while let Some(source) = found.get(at).copied() {
            for target in source.joins.values().filter_map(|join| self.source(&join.source)) {
                if !found.iter().any(|known| known.name == target.name) {
                    found.push(target);
                }
            }
            at += 1;
        }
        found
    }

    pub fn relation(&self, forms: &mut Forms, source: &Source) -> Form {
        match &source.relation {
            None => forms.of(&format!("logical {}", source.name), &[]),
            Some(Relation::Table(parts)) => forms.debug("table", parts, &[]),
            Some(Relation::File(path)) => forms.debug("file", path, &[]),
            Some(Relation::Sql(path)) => match self.side.queries.get(&source.name) {
                Some(words) => forms.debug("query", words, &[]),
                None => forms.debug("query that is not read", &path.value, &[]),
            },
        }
    }

    /// What tells the rows of a source apart.
    pub fn key(&self, forms: &mut Forms, source: &Source) -> Form {
        let key: Vec<Form> = source.key.iter().map(|row| by_name(forms, row)).collect();
        forms.of("key", &key)
    }

    /// An expression over a row.
    pub fn row(&mut self, forms: &mut Forms, source: &'a Source, row: &'a Row) -> Form {
        let mut places: Vec<(&'a [String], Form)> = Vec::new();
        let mut paths: Vec<&'a [String]> = Vec::new();
        row.leaves(&mut |column| paths.push(&column.path));
        for path in paths {
            if !places.iter().any(|(known, _)| *known == path) {
                places.push((path, self.place(forms, source, path)));
            }
        }
        let mut leaf = |forms: &mut Forms, column: &ColumnRef, ty: Type| {
            let place = places.iter().find(|(path, _)| *path == column.path);
            let place: Vec<Form> = place.iter().map(|(_, form)| *form).collect();
            let at = self.target(source, &column.path);
            let is_rate = at.is_some_and(|at| at.rates.contains(&column.column));
            forms.debug("column", &(&column.column, column.cast, ty, is_rate), &place)
        };
        scalar(forms, row, &mut leaf)
    }

    /// The source that a path of joins leads to.
    pub fn target(&self, source: &'a Source, path: &[String]) -> Option<&'a Source> {
        path.iter().try_fold(source, |at, join| self.source(&at.joins.get(join)?.source))
    }

    /// The one row that a path of joins leads to.
    pub fn place(&mut self, forms: &mut Forms, source: &'a Source, path: &'a [String]) -> Form {
        let Some((last, before)) = path.split_last() else { return forms.of("this row", &[]) };
        if let Some(form) = self.places.get(&(source.name.as_str(), path)) {
            return *form;
        }
        // Stands for the row where its own join reads it.
        let itself = forms.debug("the same row", &path.len(), &[]);
        self.places.insert((&source.name, path), itself);
        let outer = self.place(forms, source, before);
        let found = self.target(source, before).and_then(|at| Some((at, at.joins.get(last)?)));
        let form = match found {
            Some((at, join)) => {
                let join = self.join(forms, at, join);
                forms.of("behind", &[outer, join])
            }
            None => forms.debug("behind no join", &last, &[outer]),
        };
        self.places.insert((&source.name, path), form);
        form
    }

    /// Which row of another source a join finds.
    pub fn join(&mut self, forms: &mut Forms, source: &'a Source, join: &'a Join) -> Form {
        let mut parts: Vec<Form> = join.on.iter().map(|row| self.row(forms, source, row)).collect();
        let Some(target) = self.source(&join.source) else {
            return forms.debug("join to what is not sound", &join.source, &parts);
        };
        parts.push(self.of(forms, target));
        parts.push(self.key(forms, target));
        if let Some((from, until)) = &target.valid {
            parts.push(self.axis(forms, target, from));
            parts.push(self.axis(forms, target, until));
        }
        let Some(as_of) = &join.as_of else { return forms.of("join", &parts) };
        parts.extend(as_of.theirs.iter().map(|row| self.row(forms, target, row)).collect::<Vec<_>>());
        parts.push(self.axis(forms, source, &as_of.time));
        parts.push(self.axis(forms, target, &as_of.their_time));
        parts.extend(as_of.filter.iter().map(|row| self.row(forms, target, row)).collect::<Vec<_>>());
        forms.debug("as-of join", &(as_of.pick, as_of.side, as_of.within), &parts)
    }

    /// When a row happened. Days are never converted; other times are cut in the project's zone.
    pub fn axis(&mut self, forms: &mut Forms, source: &'a Source, axis: &'a Axis) -> Form {
        let place = self.place(forms, source, &axis.column.path);
        let zone = match &axis.kind {
            AxisKind::Date => "",
            AxisKind::Timestamp { .. } | AxisKind::Instant => self.side.resolved.settings.zone.as_str(),
        };
        forms.debug("time", &(&axis.column.column, axis.column.cast, &axis.kind, zone), &[place])
    }

    fn aggregate(&mut self, forms: &mut Forms, source: &'a Source, aggregate: &'a Aggregate) -> Form {
        let rows: Vec<Form> = aggregate.rows().into_iter().map(|row| self.row(forms, source, row)).collect();
        match aggregate {
            Aggregate::Count => forms.of("count", &rows),
            Aggregate::CountDistinct(_) => forms.of("count distinct", &rows),
            Aggregate::Sum(_) => forms.of("sum", &rows),
            Aggregate::Avg(_) => forms.of("avg", &rows),
            Aggregate::Min(_) => forms.of("min", &rows),
            Aggregate::Max(_) => forms.of("max", &rows),
            Aggregate::Percentile(_, share) => forms.debug("percentile", share, &rows),
            Aggregate::Stddev(_) => forms.of("stddev", &rows),
            Aggregate::Corr(..) => forms.of("corr", &rows),
        }
    }

    fn filter(&mut self, forms: &mut Forms, source: &'a Source, filter: Option<&'a Row>) -> Form {
        let filter: Vec<Form> = filter.into_iter().map(|row| self.row(forms, source, row)).collect();
        forms.of("where", &filter)
    }

    pub fn measure(&mut self, forms: &mut Forms, measure: &'a Measure) -> Form {
        let Some(source) = self.source(&measure.source) else {
            return forms.of(&format!("measure {} of no source", measure.id), &[]);
        };
        let parts = [
            self.of(forms, source),
            self.aggregate(forms, source, &measure.aggregate),
            self.filter(forms, source, measure.filter.as_ref()),
            self.axis(forms, source, &measure.axis),
        ];
        forms.of("measure", &parts)
    }

    pub fn stock(&mut self, forms: &mut Forms, stock: &'a Stock) -> Form {
        let Some(source) = self.source(&stock.source) else {
            return forms.of(&format!("stock {} of no source", stock.id), &[]);
        };
        let parts = [
            self.of(forms, source),
            self.aggregate(forms, source, &stock.aggregate),
            self.filter(forms, source, stock.filter.as_ref()),
            self.existence(forms, source, &stock.exists),
        ];
        forms.of("stock", &parts)
    }

    fn existence(&mut self, forms: &mut Forms, source: &'a Source, exists: &'a Existence) -> Form {
        match exists {
            Existence::Interval { from, until } => {
                let parts = [self.axis(forms, source, from), self.axis(forms, source, until)];
                forms.of("interval", &parts)
            }
            Existence::Snapshot(Snapshot { day, sparse, carry }) => {
                let mut parts = vec![self.axis(forms, source, day)];
                for key in sparse.iter().flatten() {
                    parts.push(self.row(forms, source, key));
                }
                forms.debug("snapshot", &(sparse.is_some(), carry), &parts)
            }
            Existence::Timeless => forms.of("timeless", &[]),
        }
    }

    /// A dimension of the rows of a source, their own or found through joins; `None`: not reached.
    pub fn dimension(&mut self, forms: &mut Forms, source: &'a Source, id: &'a str) -> Option<Form> {
        if let Some(known) = self.dimensions.get(&(source.name.as_str(), id)) {
            return *known;
        }
        let form = match source.reach.get(id) {
            Some(Reach::Own) => source.dimensions.get(id).map(|row| self.row(forms, source, row)),
            Some(Reach::Via(path)) => {
                let found = self.target(source, path);
                found.and_then(|at| Some((at, at.dimensions.get(id)?))).map(|(at, row)| {
                    let parts = [self.place(forms, source, path), self.row(forms, at, row)];
                    forms.of("dimension behind", &parts)
                })
            }
            Some(Reach::Ambiguous(_)) | None => None,
        };
        self.dimensions.insert((&source.name, id), form);
        form
    }
}

fn reads_joins(row: &Row) -> bool {
    let mut found = false;
    row.leaves(&mut |column| found |= !column.path.is_empty());
    found
}

/// An expression over a row, whatever stands behind the names of joins.
fn by_name(forms: &mut Forms, row: &Row) -> Form {
    scalar(forms, row, &mut |forms, column, ty| {
        forms.debug("named column", &(&column.path, &column.column, column.cast, ty), &[])
    })
}
