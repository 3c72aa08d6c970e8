//! What is aggregated and of which rows, in words: sources, lookups, times.

use super::number::{hundredth, is_half};
use super::phrases::fill;
use super::scalar::{Bond, Said, Sayer};
use super::voice::Voice;
use crate::resolve::resolved::{
    Aggregate, AsOf, Axis, AxisKind, Balance, ColumnRef, Existence, Join, Pick, Relation, Resolved, Row,
    Side, Snapshot, Source, UnitName,
};
use crate::resolve::scalar::ScalarKind;

/// Says rows of one project's sources.
#[derive(Debug, Clone, Copy)]
pub struct Rows<'a> {
    pub voice: &'a Voice,
    pub resolved: &'a Resolved,
    /// Whose rows they are.
    pub source: Option<&'a Source>,
}

impl<'a> Rows<'a> {
    fn row(&self, row: &Row) -> Said {
        self.with_sayer(|sayer| sayer.say(row))
    }

    pub fn condition(&self, row: &Row) -> String {
        self.with_sayer(|sayer| sayer.holds(row)).text
    }

    fn with_sayer(&self, say: impl FnOnce(&Sayer<'_, ColumnRef>) -> Said) -> Said {
        let leaf = |column: &ColumnRef| Said::whole(self.column(column));
        say(&Sayer { voice: self.voice, leaf: &leaf, named: &|row| self.named(row) })
    }

    /// The dimension of the source that an expression is, if that has a formula.
    fn named(&self, row: &Row) -> Option<String> {
        let name = self.dimension(row)?;
        Some(self.voice.name(name))
    }

    fn dimension(&self, row: &Row) -> Option<&'a str> {
        if matches!(row.kind, ScalarKind::Leaf(_) | ScalarKind::Literal(_)) {
            return None;
        }
        let mut dimensions = self.source?.dimensions.iter();
        dimensions.find(|(_, dimension)| *dimension == row).map(|(name, _)| name.as_str())
    }

    /// The same of a source, whose dimensions with formulas are called by their names.
    pub fn of(self, source: &'a Source) -> Rows<'a> {
        Rows { source: Some(source), ..self }
    }

    /// What the dimensions are that some expressions name, those that these name in turn aside.
    pub fn dimensions<'r>(&self, rows: impl Iterator<Item = &'r Row>) -> Vec<String> {
        let mut found = Vec::new();
        rows.for_each(|row| self.named_in(row, &mut found));
        let said = found.into_iter().filter_map(|name| {
            let row = self.source?.dimensions.get(name)?;
            let plain = Rows { source: None, ..*self };
            Some(fill(self.voice.phrases.band, &[&self.voice.name(name), &plain.row(row).text]))
        });
        said.collect()
    }

    fn named_in(&self, row: &Row, found: &mut Vec<&'a str>) {
        match self.dimension(row) {
            Some(name) if found.contains(&name) => {}
            Some(name) => found.push(name),
            None => row.children().into_iter().for_each(|child| self.named_in(child, found)),
        }
    }

    fn column(&self, column: &ColumnRef) -> String {
        let path: Vec<&str> = column.path.iter().chain([&column.column]).map(String::as_str).collect();
        self.voice.name(&path.join("."))
    }

    /// An aggregate, what it is counted in, and which rows it takes.
    pub fn aggregate(&self, aggregate: &Aggregate, unit: Option<&UnitName>, filter: Option<&Row>) -> String {
        let (v, p) = (self.voice, self.voice.phrases);
        let of = |row: &Row| self.row(row).of(v);
        let text = match aggregate {
            Aggregate::Count => p.count.to_string(),
            Aggregate::CountDistinct(rows) => {
                let rows: Vec<String> = rows.iter().map(of).collect();
                fill(p.count_distinct, &[&v.list(&rows, p.and)])
            }
            Aggregate::Sum(row) => fill(p.sum, &[&of(row)]),
            Aggregate::Avg(row) => fill(p.mean, &[&of(row)]),
            Aggregate::Min(row) => fill(p.least_of, &[&of(row)]),
            Aggregate::Max(row) => fill(p.most_of, &[&of(row)]),
            Aggregate::Percentile(row, part) if is_half(part) => fill(p.median, &[&of(row)]),
            Aggregate::Percentile(row, part) => fill(p.percentile, &[&of(row), &hundredth(v, part)]),
            Aggregate::Stddev(row) => fill(p.deviation, &[&of(row)]),
            Aggregate::Corr(a, b) => fill(p.correlation, &[&of(a), &of(b)]),
        };
        let text = match unit {
            Some(unit @ (UnitName::Currency(_) | UnitName::Percent | UnitName::Time(_))) => {
                fill(p.in_unit, &[&text, &v.unit(unit)])
            }
            Some(UnitName::Ratio | UnitName::Count | UnitName::Score(_) | UnitName::Duration) | None => text,
        };
        match filter {
            Some(filter) => fill(p.rows_where, &[&text, &self.condition(filter)]),
            None => text,
        }
    }

    /// A source and where its rows lie; then which of them count.
    pub fn source(&self, source: &Source) -> Vec<String> {
        let (v, p) = (self.voice, self.voice.phrases);
        let relation = match &source.relation {
            None => p.no_table.to_string(),
            Some(Relation::Table(parts)) => fill(p.table, &[&v.name(&parts.join("."))]),
            Some(Relation::File(path)) => fill(p.file, &[&v.name(path)]),
            Some(Relation::Sql(path)) => fill(p.query, &[&v.name(&path.value)]),
        };
        let mut said = vec![fill(p.source, &[&v.name(&source.name), &relation])];
        said.extend(source.rows.as_ref().map(|rows| fill(p.kept, &[&self.condition(rows)])));
        said
    }

    /// What rows look up, each join once.
    pub fn joins<'r>(
        &self,
        source: &'a Source,
        rows: impl Iterator<Item = &'r Row>,
        axes: &[&Axis],
    ) -> Vec<String> {
        let mut paths: Vec<Vec<String>> = Vec::new();
        let mut see = |column: &ColumnRef| {
            for path in (1..=column.path.len()).map(|n| column.path[..n].to_vec()) {
                if !paths.contains(&path) {
                    paths.push(path);
                }
            }
        };
        rows.for_each(|row| row.leaves(&mut |column| see(column)));
        axes.iter().for_each(|axis| see(&axis.column));
        paths.iter().filter_map(|path| self.join(source, path)).collect()
    }

    fn join(&self, source: &'a Source, path: &[String]) -> Option<String> {
        let (v, p) = (self.voice, self.voice.phrases);
        let mut at = source;
        let mut found: Option<&Join> = None;
        for name in path {
            let join = at.joins.get(name)?;
            at = self.resolved.sources.get(&join.source)?;
            found = Some(join);
        }
        let join = found?;
        let (name, theirs) = (v.name(&path.join(".")), v.name(&join.source));
        let on: Vec<String> = join.on.iter().map(|row| self.row(row).within(v, Bond::Open)).collect();
        let on = v.list(&on, p.and);
        let mut text = match &join.as_of {
            None => fill(p.join_key, &[&name, &theirs, &on]),
            Some(as_of) => self.as_of(as_of, [&name, &theirs, &on]),
        };
        if let Some((from, until)) = &at.valid {
            text = fill(p.join_versions, &[&text, &self.column(&from.column), &self.column(&until.column)]);
        }
        Some(text)
    }

    fn as_of(&self, as_of: &AsOf, [name, theirs, on]: [&str; 3]) -> String {
        let (v, p) = (self.voice, self.voice.phrases);
        let pick = match as_of.pick {
            Pick::First => p.join_first.to_string(),
            Pick::Last => p.join_last.to_string(),
            Pick::Nth(n) => fill(p.join_nth, &[&n.to_string()]),
        };
        let phrase = match as_of.side {
            Side::After => p.join_after,
            Side::Before => p.join_before,
        };
        let mut text = fill(phrase, &[name, theirs, on, &pick, &self.column(&as_of.time.column)]);
        if let Some(within) = as_of.within {
            text = fill(p.join_within, &[&text, &v.length(within)]);
        }
        match &as_of.filter {
            Some(filter) => fill(p.join_where, &[&text, &self.condition(filter)]),
            None => text,
        }
    }

    /// When a row happened.
    pub fn time(&self, axis: &Axis) -> String {
        fill(self.voice.phrases.time, &[&self.column(&axis.column), &self.kind(axis)])
    }

    fn axis(&self, axis: &Axis) -> String {
        format!("{} ({})", self.column(&axis.column), self.kind(axis))
    }

    fn kind(&self, axis: &Axis) -> String {
        let p = self.voice.phrases;
        match &axis.kind {
            AxisKind::Date => p.is_day.into(),
            AxisKind::Timestamp { zone } => fill(p.read_in, &[&super::voice::line(zone)]),
            AxisKind::Instant => p.is_instant.into(),
        }
    }

    /// When rows exist.
    pub fn existence(&self, exists: &Existence) -> String {
        let (v, p) = (self.voice, self.voice.phrases);
        match exists {
            Existence::Interval { from, until } => {
                fill(p.exists_from, &[&self.axis(from), &self.axis(until)])
            }
            Existence::Snapshot(Snapshot { day, sparse: Some(keys), .. }) => {
                let keys: Vec<String> = keys.iter().map(|key| self.row(key).within(v, Bond::Open)).collect();
                fill(p.exists_until_next, &[&self.axis(day), &v.list(&keys, p.and)])
            }
            Existence::Snapshot(Snapshot { day, carry, .. }) => {
                let text = fill(p.exists_on_day, &[&self.axis(day)]);
                match carry {
                    0 => text,
                    days => fill(p.carried, &[&text, &v.days(*days)]),
                }
            }
            Existence::Timeless => p.exists_always.into(),
        }
    }

    /// When a stock is read; `None`: at every instant.
    pub fn reading(&self, balance: Option<Balance>) -> &'static str {
        let p = self.voice.phrases;
        match balance {
            Some(Balance::Opening) => p.read_opening,
            Some(Balance::Closing) => p.read_closing,
            Some(Balance::Mean) => p.read_mean,
            None => p.read_always,
        }
    }
}
