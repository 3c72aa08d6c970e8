//! Funnels on engines that find the nearest later row by themselves.
//!
//! Visits, each joined to the next cart of its visitor; those in time, to the next order
//! behind it. Who comes no further is looked at no more, and nothing is numbered. Rows
//! at the same time follow each other by key: both are compared, the time first.

use super::{AT, ENTITY, Funneling, LOCAL, PLACE};
use crate::diagnostic::Diagnostic;
use crate::lower::columns::key_column;
use crate::lower::named;
use crate::lower::scan::{Scan, When};
use crate::plan::{step_column, time_of};
use crate::resolve::resolved::Row;
use crate::sql::{Body, Expr, Item, Join, JoinKind, Operator, Select};

impl Funneling<'_, '_> {
    /// Whether all steps are rows of one source at one time, and the engine can do it.
    pub(super) fn is_nearest(&self) -> bool {
        self.lowering.capabilities.as_of_joins && self.streams.len() == 1
    }

    /// Adds the CTE of the first step's rows, with the steps that somebody asks for.
    pub(super) fn nearest(&mut self) -> Result<String, Diagnostic> {
        let last = (1..self.funnel.steps.len()).rfind(|step| self.reads(*step));
        let mut ways = Vec::new();
        if let Some(last) = last {
            let mut way = self.step_rows(0)?;
            for step in 1..=last {
                let rows = self.step_rows(step)?;
                way = self.way(&way, &rows, step);
                if self.reads(step) {
                    ways.push((step, way.clone()));
                }
            }
        }
        self.with_ways(&ways)
    }

    /// The rows of a step, as far as ways need them.
    fn step_rows(&mut self, step: usize) -> Result<String, Diagnostic> {
        let axis = self.streams[0].axis;
        let scan = self.scan_of(step)?;
        let at = self.comparable(&scan, axis);
        let key: Vec<Expr> = self.key().iter().map(|key| scan.value(key)).collect();
        let mut items = vec![scan.value(&self.entity(0)?).alias(ENTITY), at.clone().alias(AT)];
        if self.counts_local_days() {
            items.push(self.time(&scan, axis).local().alias(LOCAL));
        }
        if step == 0 {
            items.extend(key.iter().enumerate().map(|(part, key)| key.clone().alias(key_column(part))));
        }
        items.push(Expr::Row([vec![at], key].concat()).alias(PLACE));
        let select = self.kept(&scan, step, items)?;
        let id = &self.funnel.steps[step].id;
        let (name, comment) = (format!("_{id}_rows"), format!("rows of the step {id}, in order"));
        Ok(self.cte(&name, &comment, Body::Select(Box::new(select))))
    }

    /// The ways that lead one step further.
    fn way(&mut self, before: &str, rows: &str, step: usize) -> String {
        let mut names = self.key_columns();
        names.extend([ENTITY.to_string(), AT.into()]);
        names.extend(self.counts_local_days().then(|| LOCAL.to_string()));
        let mut items: Vec<Item> =
            names.into_iter().map(|name| Expr::of("s", name.clone()).alias(name)).collect();
        items.push(Expr::of("n", PLACE).alias(PLACE));
        items.push(Expr::of("n", AT).alias(step_column(step)));
        let on = vec![
            Expr::equal(Expr::of("n", ENTITY), Expr::of("s", ENTITY)),
            Expr::binary(Operator::Greater, Expr::of("n", PLACE), Expr::of("s", PLACE)),
        ];
        let select = Select {
            items,
            from: Some(named(before, "s")),
            joins: vec![Join { kind: JoinKind::AsOf, from: named(rows, "n"), on: Expr::all(on) }],
            filter: self.in_window("s", "n"),
            ..Select::default()
        };
        let id = &self.funnel.steps[step].id;
        let comment = format!("those who reach the step {id} in time");
        self.cte(&format!("_to_{id}"), &comment, Body::Select(Box::new(select)))
    }

    /// The first step's whole rows, with the times of the steps that they lead to.
    fn with_ways(&mut self, ways: &[(usize, String)]) -> Result<String, Diagnostic> {
        let mut scan = self.scan_of(0)?;
        let mut items = vec![Item::All(scan.from.alias.clone())];
        let at = self.comparable(&scan, self.streams[0].axis);
        items.extend(self.reads(0).then(|| at.alias(step_column(0))));
        let mut joins = Vec::new();
        for (step, way) in ways {
            let alias = scan.fresh("m");
            let same = |(part, key): (usize, &Row)| {
                Expr::equal(Expr::of(alias.clone(), key_column(part)), scan.value(key))
            };
            let on = Expr::all(self.key().iter().enumerate().map(same).collect());
            items.push(Expr::of(alias.clone(), step_column(*step)).alias(step_column(*step)));
            joins.push(Join { kind: JoinKind::Left, from: named(way, &alias), on });
        }
        let mut select = self.kept(&scan, 0, items)?;
        select.joins.extend(joins);
        Ok(self.cte("", "the rows of the first step", Body::Select(Box::new(select))))
    }

    /// A scan of the source that can tell the rows of a step.
    fn scan_of(&self, step: usize) -> Result<Scan, Diagnostic> {
        let stream = &self.streams[0];
        let (entity, time) = (self.entity(0)?, time_of(stream.axis));
        let read = [&entity, &time].into_iter().chain(self.own_rows(0)).chain(self.key());
        let read = read.chain(&self.funnel.steps[step].filter);
        Scan::reading(&self.lowering.tables(self.group), stream.source, read, When::At(stream.axis))
    }

    /// The rows of a step that can matter.
    fn kept(&self, scan: &Scan, step: usize, items: Vec<Item>) -> Result<Select, Diagnostic> {
        let axis = self.streams[0].axis;
        let mut filter: Vec<Expr> = self.own_rows(0).map(|rows| scan.condition(rows)).into_iter().collect();
        filter.push(Expr::is_there(scan.value(&self.entity(0)?)));
        match self.in_time(scan, axis) {
            bounds if bounds.is_empty() => filter.push(Expr::is_there(scan.column(&axis.column))),
            bounds => filter.extend(bounds),
        }
        filter.extend(self.funnel.steps[step].filter.as_ref().map(|filter| scan.condition(filter)));
        if step == 0 {
            // The first step's rows are told by their key.
            filter.extend(self.key().iter().map(|key| Expr::is_there(scan.value(key))));
        }
        Ok(Select {
            items,
            from: Some(scan.from.clone()),
            joins: scan.joins.clone(),
            filter: Expr::all(filter),
            ..Select::default()
        })
    }
}
