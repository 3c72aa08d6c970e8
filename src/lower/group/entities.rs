//! Distinct counts: each value once a period and slice, with the conditions that it
//! fulfils anywhere there, then counted.
//!
//! Buyers by month in five segments: one pass gives each month's buyers, each with
//! the segments that it is in as the bits of one number. Counted by those bits
//! first, five segments are sums of a few rows. Where a database cannot put bits together,
//! each segment is a column.

use super::{
    Agg, Body, Branch, Expr, GroupBy, Inner, Item, Kind, OfGroup, PERIOD, Select, aggregate, item_expr,
    named, read,
};
use crate::lower::names::Names;
use crate::resolve::resolved::Row;
use crate::sql::{Function, Operator, Type};

/// Bits of a column, so that every engine's integers hold them.
const BITS: usize = 30;

/// What the outer step needs to count.
#[derive(Default)]
pub struct Counted {
    /// The columns of the value that is counted.
    entity: Vec<String>,
    /// leaf × segment → where its condition is found, if it has one.
    flags: Vec<(usize, usize, Flag)>,
    /// The columns that hold conditions, where there are several.
    bits: Vec<String>,
    /// How many values there are by bits: a CTE and its column.
    counts: Option<(String, String)>,
}

/// Where a condition's truth is found: a column, or a bit of one.
#[derive(Clone)]
struct Flag {
    column: String,
    bit: Option<usize>,
}

impl Inner {
    /// The CTE whose rows have every member; the shorter one, if that is asked.
    pub(super) fn members_from(&self, short: bool) -> &str {
        match &self.counted.counts {
            Some((cte, _)) if short => cte,
            Some(_) | None => &self.cte,
        }
    }
}

impl Counted {
    /// The columns of the value that is counted.
    pub(super) fn entity(&self) -> &[String] {
        &self.entity
    }

    /// What a value must fulfil to count for a leaf in a segment.
    pub(super) fn condition(&self, leaf: usize, segment: usize) -> Option<Expr> {
        let flag = self.flags.iter().find(|(l, s, _)| *l == leaf && *s == segment);
        flag.map(|(_, _, flag)| flag.holds())
    }
}

impl Flag {
    fn holds(&self) -> Expr {
        match self.bit {
            None => read(&self.column),
            Some(bit) => {
                let bits = Expr::Call(Function::BitAnd, vec![read(&self.column), Expr::number(1_u64 << bit)]);
                Expr::binary(Operator::Greater, bits, Expr::number(0))
            }
        }
    }
}

impl OfGroup<'_, '_> {
    /// Adds the counted value to the keys; gives the columns of its conditions.
    pub(super) fn entities(
        &self,
        values: &[Row],
        keys: &mut Vec<Item>,
        names: &mut Names,
    ) -> (Counted, Vec<Item>) {
        let mut counted = Counted::default();
        for value in values {
            let name = names.fresh("entity");
            keys.push(self.scan.value(value).alias(name.clone()));
            counted.entity.push(name);
        }
        let (conditions, uses) = self.conditions();
        let (items, flags) = match conditions.as_slice() {
            [] => (Vec::new(), Vec::new()),
            alone if alone.len() == 1 || !self.lowering.capabilities.bits => {
                let named = |(leaf, segment): (usize, usize)| names.fresh(&self.flag_name(leaf, segment));
                let columns: Vec<String> = first_uses(alone.len(), &uses).map(named).collect();
                let any = |(condition, name): (&Expr, &String)| {
                    aggregate(Agg::AnyTrue, vec![condition.clone()], None).alias(name.clone())
                };
                let items = alone.iter().zip(&columns).map(any).collect();
                if alone.len() > 1 {
                    counted.bits.clone_from(&columns);
                }
                (items, columns.into_iter().map(|column| Flag { column, bit: None }).collect())
            }
            several => {
                let columns: Vec<String> = several.chunks(BITS).map(|_| names.fresh("fulfils")).collect();
                let items =
                    several.chunks(BITS).zip(&columns).map(|(part, name)| bits(part).alias(name.clone()));
                let flag = |i: usize| Flag { column: columns[i / BITS].clone(), bit: Some(i % BITS) };
                counted.bits.clone_from(&columns);
                (items.collect(), (0..several.len()).map(flag).collect())
            }
        };
        counted.flags =
            uses.into_iter().map(|(leaf, segment, i)| (leaf, segment, flags[i].clone())).collect();
        (counted, items)
    }

    /// Every condition once, and which leaf has which of them in which segment.
    fn conditions(&self) -> (Vec<Expr>, Vec<(usize, usize, usize)>) {
        let mut conditions: Vec<Expr> = Vec::new();
        let mut uses = Vec::new();
        for leaf in &self.group.leaves {
            for segment in 0..self.group.segments.len() {
                let Some(condition) = Expr::all(self.kept_for(*leaf, segment)) else { continue };
                let known = conditions.iter().position(|known| *known == condition);
                uses.push((*leaf, segment, known.unwrap_or(conditions.len())));
                if known.is_none() {
                    conditions.push(condition);
                }
            }
        }
        (conditions, uses)
    }

    fn flag_name(&self, leaf: usize, segment: usize) -> String {
        let (name, segment) =
            (&self.lowering.columns.leaves[leaf], &self.lowering.plan.scope.segments[segment]);
        match segment.predicate {
            Some(_) => format!("{name}_{}", segment.id),
            None => format!("{name}_counts"),
        }
    }

    /// Counts values by their bits, for slices in which each stands once.
    pub(super) fn count(&mut self, inner: &mut Inner) {
        let asked = &self.lowering.plan.scope.slicings;
        let own = self.group.readings.iter().any(|reading| self.reads_own(*reading));
        if !own || self.inner_grain() != self.lowering.plan.grain {
            return;
        }
        let [entity] = inner.counted.entity.as_slice() else { return };
        if inner.counted.bits.is_empty() || !asked.iter().any(|s| self.is_finest(&s.dimensions)) {
            return;
        }
        let reached = self.reached();
        let dimensions = reached.iter().map(|d| &self.lowering.columns.dimensions[*d]);
        let keys = std::iter::once(PERIOD).chain(dimensions.map(String::as_str));
        let keys = keys.chain(inner.counted.bits.iter().map(String::as_str));
        let mut items: Vec<Item> = keys.map(|name| read(name).alias(name)).collect();
        let group_by = GroupBy::Keys(items.iter().map(item_expr).collect());
        let name = self.lowering.columns.names.clone().fresh("entities");
        items.push(aggregate(Agg::Count, vec![read(entity)], None).alias(name.clone()));
        let select = Select { items, from: Some(named(&inner.cte, "i")), group_by, ..Select::default() };
        let cte = self.lowering.cte(
            &format!("{}_counts", self.group.source),
            format!("{}: how many values fulfil which conditions together", self.group.source),
            Body::Select(Box::new(select)),
        );
        inner.counted.counts = Some((cte, name));
    }

    /// Whether each counted value stands once a step of time in these slices.
    pub(super) fn is_finest(&self, dimensions: &[usize]) -> bool {
        matches!(self.group.kind, Kind::Entities(_)) && self.reached().iter().all(|d| dimensions.contains(d))
    }

    /// Whether each counted value stands once in what a branch counts.
    fn stands_once(&self, branch: &Branch<'_>) -> bool {
        !branch.gathers
            && self.inner_grain() == self.lowering.plan.grain
            && self.is_finest(&branch.dimensions)
    }

    /// The CTE that a branch of the outer step reads.
    pub(super) fn read_by<'i>(&self, inner: &'i Inner, branch: &Branch<'_>) -> &'i str {
        inner.members_from(self.stands_once(branch))
    }

    /// Distinct values of a branch.
    pub(super) fn counted(&self, leaf: usize, inner: &Inner, branch: &Branch<'_>) -> Expr {
        let counted = &inner.counted;
        let filter = counted.condition(leaf, branch.segment);
        let finest = self.stands_once(branch);
        match &counted.counts {
            Some((_, entities)) if finest => {
                Expr::Cast(aggregate(Agg::Sum, vec![read(entities)], filter).boxed(), Type::Integer)
            }
            Some(_) | None => {
                let once = finest && counted.entity.len() == 1;
                // The same value counts again on every day of a mean.
                let day = inner.mean.iter().map(|(day, _)| day).filter(|_| !once);
                let entity: Vec<Expr> = counted.entity.iter().chain(day).map(|column| read(column)).collect();
                let function = if once { Agg::Count } else { Agg::CountDistinct };
                self.mean_of(aggregate(function, entity, filter), inner)
            }
        }
    }
}

/// Which leaf and segment first has each of the conditions.
fn first_uses(
    conditions: usize,
    uses: &[(usize, usize, usize)],
) -> impl Iterator<Item = (usize, usize)> + '_ {
    let first = |condition| uses.iter().find(move |(_, _, known)| *known == condition);
    (0..conditions).filter_map(first).map(|(leaf, segment, _)| (*leaf, *segment))
}

/// The conditions that any row fulfils, a bit each.
fn bits(conditions: &[Expr]) -> Expr {
    let bit = |(i, condition): (usize, &Expr)| Expr::Case {
        whens: vec![(condition.clone(), Expr::number(1_u64 << i))],
        otherwise: Some(Expr::number(0).boxed()),
    };
    let sum = conditions.iter().enumerate().map(bit).reduce(|sum, bit| Expr::binary(Operator::Add, sum, bit));
    aggregate(Agg::BitOr, sum.into_iter().collect(), None)
}
