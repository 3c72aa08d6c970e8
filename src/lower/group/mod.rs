//! One source's aggregates: from its rows to results by period, slices and segment.
//!
//! Revenue and orders by month, in total and by channel, for two segments: one
//! scan adds up the days by channel and by whether each segment holds; the six
//! results come from those few rows. Buyers are found once per month and channel
//! with the segments that they are in, then counted.

mod entities;
mod inner;
mod meets;
mod outer;
mod rows;
mod states;
mod sweep;
mod time_share;

use super::bands;
use inner::Inner;
use meets::Meeting;
use outer::Branch;

use super::columns::{self, PERIOD, SEGMENT, SLICING};
use super::scan::{Scan, When};
use super::time::{self, Time};
use super::windows::{self, Windows};
use super::{Lowering, cohort, decay, funnel, named};
use crate::diagnostic::Diagnostic;
use crate::plan::{Group, Kind, Taken, band_column, dimension};
use crate::resolve::resolved::{Aggregate, Grain, Placed, Row, Window};
use crate::sql::{self, AggregateFunction as Agg, Body, Expr, GroupBy, Item, Select};

/// Results of all groups.
#[derive(Debug, Default)]
pub struct Results {
    /// Leaves at the slices asked.
    pub main: Vec<ResultSet>,
    /// Leaves with slices lifted, each set for one choice of them.
    pub lifted: Vec<ResultSet>,
    /// Selects of the members that occur, one a slicing and group: the asked dimensions.
    pub members: Vec<(usize, Select)>,
    /// leaf → a CTE of the periods of which something is known, where data decides that.
    pub known_by: Vec<(usize, String)>,
}

/// A CTE with the columns `period_start`, `slicing` and `segment` where there are
/// several, every asked dimension, and leaves.
#[derive(Debug)]
pub struct ResultSet {
    pub cte: String,
    /// Indexes of leaves.
    pub leaves: Vec<usize>,
    /// The dimensions that are lifted, in order.
    pub lifted: Vec<usize>,
}

/// Computes every group, and shares of time.
pub fn results(lowering: &mut Lowering<'_>) -> Result<Results, Diagnostic> {
    let mut results = Results::default();
    let plan = lowering.plan;
    for (index, group) in plan.groups.iter().enumerate() {
        let at = match &group.placed {
            Placed::At(axis) => When::At(axis),
            Placed::Exists(_) => When::AtInstants,
        };
        let mut scan = Scan::new(&lowering.tables(group), &group.source, &group.lookups, at)?;
        scan.from.table = match &group.taken {
            None => scan.from.table,
            Some(Taken::Steps(id)) => sql::Table::Cte(funnel::anchors(lowering, id, group)?),
            Some(Taken::Entries(entries)) => sql::Table::Cte(cohort::entries(lowering, group, entries)?),
        };
        let same_rows = |before| same_rows(before, group, plan.range.as_of_is_chosen());
        let brings_members = !plan.groups[..index].iter().any(same_rows);
        let mut of = OfGroup { lowering, group, scan, brings_members, meets: None };
        let is_late = of.scan.is_late();
        of.meets = of.meeting()?;
        of.look_up_late()?;
        of.know_member(is_late);
        of.know_bands()?;
        if let Some(known_by) = of.meets.as_ref().and_then(|meets| meets.known_by.as_ref()) {
            results.known_by.extend(group.leaves.iter().map(|leaf| (*leaf, known_by.clone())));
        }
        if of.is_direct() { of.direct(&mut results) } else { of.in_two_steps(&mut results) }
    }
    time_share::shares(lowering, &mut results)?;
    Ok(results)
}

struct OfGroup<'l, 'a> {
    lowering: &'l mut Lowering<'a>,
    group: &'a Group,
    scan: Scan,
    /// Whether no group before has the same rows, and so the same members.
    brings_members: bool,
    /// How rows meet periods, where they are cut to no step of time.
    meets: Option<Meeting>,
}

impl OfGroup<'_, '_> {
    /// Whether one aggregation of the source's rows gives the only result.
    fn is_direct(&self) -> bool {
        let plan = self.lowering.plan;
        let one = plan.scope.slicings.len() == 1 && plan.scope.segments.len() == 1;
        let [slicing, ..] = plan.scope.slicings.as_slice() else { return false };
        // Dimensions that are lifted from everything are columns all the same.
        let one = one && slicing.lifted.is_empty();
        let unlifted = self.group.leaves.iter().all(|leaf| {
            !plan.scope.slicings[0].dimensions.iter().any(|d| plan.leaves[*leaf].lifted.contains(d))
        });
        let whole = self
            .meets
            .as_ref()
            .map_or(!self.is_windowed(), |meets| meets.mean.is_none() && meets.flows.is_none());
        one && unlifted
            && whole
            && match self.group.kind {
                // Days first, then months, is quicker than months at once.
                Kind::Atoms => !self.is_daily() && self.by_age().is_none(),
                Kind::Entities(_) => self.group.leaves.len() == 1,
                Kind::Rows => !self.group.leaves.iter().any(|leaf| self.is_of_pairs(*leaf)),
            }
    }

    /// Whether sums are added up by day, which is a cheap cut, and cut to periods later.
    fn is_daily(&self) -> bool {
        let is_fine = matches!(self.lowering.plan.grain, Grain::Hour | Grain::Day);
        self.group.kind == Kind::Atoms && !is_fine && self.meets.is_none() && self.each_period().is_none()
    }

    /// Whether a leaf is made of pairs of values.
    fn is_of_pairs(&self, leaf: usize) -> bool {
        matches!(self.lowering.plan.leaves[leaf].aggregate, Aggregate::Corr(..))
    }

    // ------------------------------------------------------------- one step

    fn direct(&mut self, results: &mut Results) {
        let plan = self.lowering.plan;
        let dimensions = &plan.scope.slicings[0].dimensions;
        let value = |leaf: &usize| {
            let filter = Expr::all(self.kept_for(*leaf, 0));
            self.whole(*leaf, filter).alias(self.lowering.columns.leaves[*leaf].clone())
        };
        let values = self.group.leaves.iter().map(value).collect();
        let body = self.grouped(plan.grain, self.dimension_items(&self.reached()), values);
        let comment = self.comment(plan.grain, &self.group.leaves);
        let cte = self.lowering.cte(&self.result_name(), comment, body);
        if !dimensions.is_empty() && self.brings_members {
            results.members.push((0, members(&cte, &self.dimension_columns(dimensions))));
        }
        results.main.push(ResultSet { cte, leaves: self.group.leaves.clone(), lifted: Vec::new() });
    }

    /// An aggregate over the source's rows.
    fn whole(&self, leaf: usize, filter: Option<Expr>) -> Expr {
        let value = |row: &Row| self.scan.value(row);
        let to_sum = |row: &Row| self.lowering.to_sum(row, value(row));
        let leaf = &self.lowering.plan.leaves[leaf];
        if let (Some(Window::Decayed(days)), Some((day, end))) =
            (leaf.when.window, self.meets.as_ref().and_then(|meets| meets.ages.clone()))
        {
            let part = leaf.aggregate.rows().first().map_or(Expr::number(1), |row| value(row));
            return aggregate(Agg::Sum, vec![decay::decayed(part, day, end, days)], filter);
        }
        match &leaf.aggregate {
            Aggregate::Count => aggregate(Agg::Count, Vec::new(), filter),
            Aggregate::CountDistinct(rows) => {
                aggregate(Agg::CountDistinct, rows.iter().map(value).collect(), filter)
            }
            Aggregate::Sum(row) => aggregate(Agg::Sum, vec![to_sum(row)], filter),
            Aggregate::Avg(row) => mean(
                aggregate(Agg::Sum, vec![to_sum(row)], filter.clone()),
                aggregate(Agg::Count, vec![value(row)], filter),
            ),
            Aggregate::Min(row) => aggregate(Agg::Min, vec![value(row)], filter),
            Aggregate::Max(row) => aggregate(Agg::Max, vec![value(row)], filter),
            Aggregate::Percentile(row, part) => {
                aggregate(Agg::Percentile(part.clone()), vec![value(row)], filter)
            }
            Aggregate::Stddev(row) => aggregate(Agg::Stddev, vec![value(row)], filter),
            Aggregate::Corr(..) => unreachable!("pairs are put together first"),
        }
    }

    // --------------------------------------------------------------- shared

    /// Asked dimensions that the source reaches.
    fn reached(&self) -> Vec<usize> {
        (0..self.group.dimensions.len()).filter(|d| self.group.dimensions[*d].is_some()).collect()
    }

    fn dimension_items(&self, dimensions: &[usize]) -> Vec<Item> {
        let item = |index: &usize| {
            let row = self.group.dimensions[*index].as_ref()?;
            Some(self.scan.value(row).alias(self.lowering.columns.dimensions[*index].clone()))
        };
        dimensions.iter().filter_map(item).collect()
    }

    /// Every asked dimension as a column, NULL where it is not among these.
    fn dimension_columns(&self, dimensions: &[usize]) -> Vec<(String, Option<Expr>)> {
        let all = self.lowering.columns.dimensions.iter().enumerate();
        all.map(|(index, name)| {
            let missing = !dimensions.contains(&index);
            (name.clone(), missing.then(|| columns::no_member(self.lowering.plan, index)))
        })
        .collect()
    }

    fn result_name(&self) -> String {
        let what = match self.group.kind {
            Kind::Atoms => "",
            Kind::Entities(_) => "_distinct",
            Kind::Rows => "_spread",
        };
        format!("{}{what}_{}", self.group.source, by_grain(self.lowering.plan.grain))
    }

    fn comment(&self, grain: Grain, leaves: &[usize]) -> String {
        let mut measures: Vec<&str> = Vec::new();
        for leaf in leaves {
            let measure = self.lowering.plan.leaves[*leaf].measure.as_str();
            if !measures.contains(&measure) {
                measures.push(measure);
            }
        }
        format!("{}: {} by {}", self.group.source, measures.join(", "), grain.word())
    }
}

impl OfGroup<'_, '_> {
    /// Joins each row to its member, if that is one of the best; where rows look something
    /// up at the instants that they meet, behind that.
    fn know_member(&mut self, is_late: bool) {
        let join = self.lowering.know_member(self.group, &mut self.scan);
        match &mut self.meets {
            Some(meets) if is_late => meets.joins.extend(join),
            Some(_) | None => self.scan.joins.extend(join),
        }
    }

    /// Joins each row to the band that its member has in the period it counts in.
    fn know_bands(&mut self) -> Result<(), Diagnostic> {
        for index in &self.group.bands {
            let of = &self.lowering.plan.bands[*index];
            let banded = bands::banded(self.lowering, of)?;
            let member = dimension(self.lowering.resolved, &self.group.source, &of.dimension)
                .expect("only rows that reach the member know its band");
            let (own, missing) = (self.scan.fresh("b"), self.scan.fresh("n"));
            let member = self.scan.value(&member);
            let meets = self.meets.as_mut().expect("rows that know bands meet periods");
            let band = banded.join(&meets.period, &member, (&own, &missing), &mut meets.joins);
            self.scan.add(band_column(&of.id), band);
        }
        Ok(())
    }
}

/// Whether two groups have the same rows; where as-of is chosen later, whatever it is.
fn same_rows(a: &Group, b: &Group, is_chosen: bool) -> bool {
    a.source == b.source
        && a.taken == b.taken
        && a.placed == b.placed
        && a.known == b.known
        && a.conditions == b.conditions
        && a.stretches == b.stretches
        && a.bands == b.bands
        && a.meets_periods() == b.meets_periods()
        && (!(a.meets_periods() || is_chosen) || a.readings == b.readings)
}

fn aggregate(function: Agg, args: Vec<Expr>, filter: Option<Expr>) -> Expr {
    Expr::Aggregate(sql::Aggregate { function, args, filter: filter.map(Box::new) })
}

fn mean(sum: Expr, count: Expr) -> Expr {
    Expr::Divide(sum.boxed(), count.boxed())
}

/// What a column is computed from.
pub fn item_expr(item: &Item) -> Expr {
    match item {
        Item::Expr { expr, .. } => expr.clone(),
        Item::All(_) => unreachable!("keys are expressions"),
    }
}

/// A column of an inner step.
fn read(column: &str) -> Expr {
    Expr::of("i", column)
}

/// The members that occur. Grouped, not DISTINCT: that would give NULL a type of its own.
fn members(cte: &str, columns: &[(String, Option<Expr>)]) -> Select {
    let item = |(name, missing): &(String, Option<Expr>)| {
        missing.clone().unwrap_or_else(|| read(name)).alias(name.clone())
    };
    let present = columns.iter().filter(|(_, missing)| missing.is_none());
    Select {
        items: columns.iter().map(item).collect(),
        from: Some(named(cte, "i")),
        group_by: GroupBy::Keys(present.map(|(name, _)| read(name)).collect()),
        ..Select::default()
    }
}

fn by_grain(grain: Grain) -> &'static str {
    match grain {
        Grain::Hour => "hourly",
        Grain::Day => "daily",
        Grain::Week => "weekly",
        Grain::Month | Grain::FiscalMonth => "monthly",
        Grain::Quarter | Grain::FiscalQuarter => "quarterly",
        Grain::Year | Grain::IsoYear | Grain::FiscalYear => "yearly",
    }
}
