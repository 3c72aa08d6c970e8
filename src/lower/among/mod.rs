//! Each row among its group, for databases that lack an aggregate.
//!
//! The median waiting time by desk, where there is no such aggregate: each wait has its
//! place among those of its desk, and the one or two in the middle give the median. So a
//! SELECT that groups becomes two: in the inner one each row knows what its group is as a
//! whole, as a window has it; the outer one groups as before.
//!
//! Takes the finished query, since every step may use such an aggregate; never changes
//! what it gives.

mod deviation;
mod percentile;

use super::names::Names;
use crate::sql::{
    Aggregate, AggregateFunction as Agg, Capabilities, Expr, From, GroupBy, Item, Literal, OrderBy, Query,
    Select, Table, Type, WindowFunction,
};

/// What the inner SELECT is called in the outer one.
const ROWS: &str = "v";

/// The same query without aggregates that the database lacks.
pub fn without_lacking(mut query: Query, capabilities: Capabilities) -> Query {
    query.each_select(&mut |select| {
        if select.lacks(capabilities) {
            *select = Among::new(std::mem::take(select), capabilities).outer();
        }
    });
    query
}

/// Whether a database lacks an aggregate.
fn is_lacking(function: &Agg, capabilities: Capabilities) -> bool {
    match function {
        Agg::Percentile(_) => !capabilities.percentiles,
        Agg::Stddev | Agg::Corr | Agg::Slope => !capabilities.moments,
        Agg::Count | Agg::CountDistinct | Agg::Sum | Agg::Min | Agg::Max | Agg::AnyTrue | Agg::BitOr => false,
    }
}

impl Select {
    fn lacks(&mut self, capabilities: Capabilities) -> bool {
        let mut lacks = false;
        let mut look = |expr: &Expr| {
            if let Expr::Aggregate(aggregate) = expr {
                lacks |= is_lacking(&aggregate.function, capabilities);
            }
            None
        };
        let items = self.items.iter_mut().filter_map(|item| match item {
            Item::Expr { expr, .. } => Some(expr),
            Item::All(_) => None,
        });
        items.chain(&mut self.having).chain(&mut self.qualify).for_each(|expr| expr.replace(&mut look));
        lacks
    }
}

/// A SELECT that groups, on the way to two.
struct Among {
    capabilities: Capabilities,
    whole: Select,
    /// What the inner SELECT gives.
    items: Vec<Item>,
    names: Names,
    /// The keys of the groups, as the outer SELECT reads them.
    keys: Vec<(Expr, Expr)>,
}

impl Among {
    fn new(whole: Select, capabilities: Capabilities) -> Among {
        Among { capabilities, whole, items: Vec::new(), names: Names::default(), keys: Vec::new() }
    }

    fn outer(mut self) -> Select {
        let keys = match std::mem::take(&mut self.whole.group_by) {
            GroupBy::Keys(keys) => keys,
            GroupBy::None => Vec::new(),
        };
        for key in keys {
            // A constant is the same inside and outside.
            if !matches!(key, Expr::Literal(_)) {
                let name = self.name_of(&key);
                let read = self.give(key.clone(), &name);
                self.keys.push((key, read));
            }
        }
        let mut items = std::mem::take(&mut self.whole.items);
        for item in &mut items {
            if let Item::Expr { expr, alias } = item {
                expr.replace(&mut |part| self.outside(part, alias));
            }
        }
        let (mut having, mut qualify) = (self.whole.having.take(), self.whole.qualify.take());
        for asked in having.iter_mut().chain(&mut qualify) {
            asked.replace(&mut |part| self.outside(part, "value"));
        }
        let group_by = match self.keys.is_empty() {
            true => GroupBy::None,
            false => GroupBy::Keys(self.keys.into_iter().map(|(_, read)| read).collect()),
        };
        let inner = Select { items: self.items, ..self.whole };
        let inner =
            Query { ctes: Vec::new(), body: crate::sql::Body::Select(Box::new(inner)), order_by: Vec::new() };
        let from = From { table: Table::Subquery(Box::new(inner)), alias: Some(ROWS.into()) };
        Select { items, from: Some(from), group_by, having, qualify, ..Select::default() }
    }

    /// What a part of the grouping SELECT is over the inner one: a key, or an aggregate of
    /// what each row gives. `None`: a part that is made of such parts.
    fn outside(&mut self, part: &Expr, name: &str) -> Option<Expr> {
        if let Some((_, read)) = self.keys.iter().find(|(key, _)| key == part) {
            return Some(read.clone());
        }
        let Expr::Aggregate(Aggregate { function, args, filter }) = part else { return None };
        let lacking = is_lacking(function, self.capabilities);
        Some(match (function, args.as_slice()) {
            (Agg::Percentile(share), [value]) if lacking && self.capabilities.percentile_windows => {
                let value = only(double(value), filter.as_deref());
                self.percentile_of_group(value, share, name)
            }
            (Agg::Percentile(share), [value]) if lacking => {
                let value = self.number(value, filter.as_deref(), name);
                self.percentile(value, share)
            }
            (Agg::Stddev, [value]) if lacking => {
                let value = self.number(value, filter.as_deref(), name);
                self.stddev(value)
            }
            (Agg::Corr | Agg::Slope, [a, b]) if lacking => {
                let both = [
                    Some(Expr::is_there(a.clone())),
                    Some(Expr::is_there(b.clone())),
                    filter.as_deref().cloned(),
                ];
                let both = Expr::all(both.into_iter().flatten().collect());
                let a = self.number(a, both.as_ref(), name);
                let b = self.number(b, both.as_ref(), name);
                if *function == Agg::Corr { self.corr(a, b) } else { self.slope(a, b) }
            }
            (function, args) => {
                // Of no argument, rows are counted.
                let one = [Expr::number(1)];
                let args = if args.is_empty() { &one } else { args };
                let args = args.iter().map(|arg| self.given(arg.clone(), filter.as_deref(), name));
                of(function.clone(), args.collect())
            }
        })
    }

    /// A number as a double, which each row gives where the filter holds.
    fn number(&mut self, value: &Expr, filter: Option<&Expr>, name: &str) -> Expr {
        self.given(double(value), filter, name)
    }

    /// A value that each row gives where the filter holds.
    fn given(&mut self, value: Expr, filter: Option<&Expr>, name: &str) -> Expr {
        match only(value, filter) {
            // A constant needs no column.
            value @ Expr::Literal(Literal::Number(_)) => value,
            value => self.give(value, name),
        }
    }

    /// A number that each row has of its group, inside the inner SELECT.
    fn of_group(&self, function: WindowFunction, order: Vec<OrderBy>) -> Expr {
        let partition = self.keys.iter().map(|(key, _)| key.clone()).collect();
        Expr::Over { function, partition, order }
    }

    /// A column of the inner SELECT: the one that is there already, or a new one.
    fn give(&mut self, value: Expr, name: &str) -> Expr {
        let same = |item: &Item| match item {
            Item::Expr { expr, alias } if *expr == value => Some(alias.clone()),
            Item::Expr { .. } | Item::All(_) => None,
        };
        let known = self.items.iter().find_map(same);
        let name = known.unwrap_or_else(|| {
            let name = self.names.fresh(name);
            self.items.push(value.alias(name.clone()));
            name
        });
        Expr::of(ROWS, name)
    }

    /// What a value of each row is inside the inner SELECT, where windows read it.
    fn inside(&self, read: &Expr) -> Expr {
        let same = |item: &Item| match (item, read) {
            (Item::Expr { expr, alias }, Expr::Column { name, .. }) if alias == name => Some(expr.clone()),
            _ => None,
        };
        self.items.iter().find_map(same).unwrap_or_else(|| read.clone())
    }

    /// What a key is called where the outer SELECT gives it.
    fn name_of(&self, key: &Expr) -> String {
        let same = |item: &Item| match item {
            Item::Expr { expr, alias } if expr == key => Some(alias.clone()),
            Item::Expr { .. } | Item::All(_) => None,
        };
        self.whole.items.iter().find_map(same).unwrap_or_else(|| "key".into())
    }
}

fn double(value: &Expr) -> Expr {
    match value {
        Expr::Cast(_, Type::Double) => value.clone(),
        other => Expr::Cast(other.clone().boxed(), Type::Double),
    }
}

/// A value where the filter holds, else NULL.
fn only(value: Expr, filter: Option<&Expr>) -> Expr {
    match filter {
        Some(filter) => Expr::Case { whens: vec![(filter.clone(), value)], otherwise: None },
        None => value,
    }
}

fn of(function: Agg, args: Vec<Expr>) -> Expr {
    Expr::Aggregate(Aggregate { function, args, filter: None })
}
