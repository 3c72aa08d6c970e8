//! A tree made anew from another, expression by expression.

use super::{
    Aggregate, Body, Cte, Expr, From, GroupBy, Item, Join, OrderBy, Query, Select, Table, WindowFunction,
};

impl Query {
    /// The same query with every expression replaced by what `each` makes of it, the inner
    /// ones first; those of subqueries and of literal rows, too.
    pub fn map(&self, each: &mut dyn FnMut(Expr) -> Expr) -> Query {
        Query {
            ctes: self.ctes.iter().map(|cte| Cte { body: cte.body.map(each), ..cte.clone() }).collect(),
            body: self.body.map(each),
            order_by: orders(&self.order_by, each),
        }
    }
}

impl Body {
    /// See [`Query::map`].
    pub fn map(&self, each: &mut dyn FnMut(Expr) -> Expr) -> Body {
        match self {
            Body::Select(select) => Body::Select(Box::new(select.map(each))),
            Body::UnionAll(selects) => {
                Body::UnionAll(selects.iter().map(|select| select.map(each)).collect())
            }
            Body::Values { columns, rows } => Body::Values {
                columns: columns.clone(),
                rows: rows.iter().map(|row| list(row, each)).collect(),
            },
        }
    }
}

impl Select {
    /// See [`Query::map`].
    pub fn map(&self, each: &mut dyn FnMut(Expr) -> Expr) -> Select {
        let item = |item: &Item, each: &mut dyn FnMut(Expr) -> Expr| match item {
            Item::Expr { expr, alias } => Item::Expr { expr: expr.map(each), alias: alias.clone() },
            Item::All(of) => Item::All(of.clone()),
        };
        Select {
            distinct: self.distinct,
            items: self.items.iter().map(|one| item(one, each)).collect(),
            from: self.from.as_ref().map(|from| from.map(each)),
            joins: self.joins.iter().map(|join| join.map(each)).collect(),
            filter: self.filter.as_ref().map(|filter| filter.map(each)),
            group_by: match &self.group_by {
                GroupBy::None => GroupBy::None,
                GroupBy::Keys(keys) => GroupBy::Keys(list(keys, each)),
                GroupBy::Sets(sets) => GroupBy::Sets(sets.iter().map(|set| list(set, each)).collect()),
            },
            having: self.having.as_ref().map(|having| having.map(each)),
        }
    }
}

impl Join {
    fn map(&self, each: &mut dyn FnMut(Expr) -> Expr) -> Join {
        Join { kind: self.kind, from: self.from.map(each), on: self.on.as_ref().map(|on| on.map(each)) }
    }
}

impl From {
    fn map(&self, each: &mut dyn FnMut(Expr) -> Expr) -> From {
        let table = match &self.table {
            Table::Subquery(query) => Table::Subquery(Box::new(query.map(each))),
            Table::Values { columns, rows } => Table::Values {
                columns: columns.clone(),
                rows: rows.iter().map(|row| list(row, each)).collect(),
            },
            other => other.clone(),
        };
        From { table, alias: self.alias.clone() }
    }
}

impl Expr {
    /// See [`Query::map`].
    pub fn map(&self, each: &mut dyn FnMut(Expr) -> Expr) -> Expr {
        let mut one = |expr: &Expr| Box::new(expr.map(each));
        let rebuilt = match self {
            Expr::Column { .. } | Expr::Literal(_) | Expr::Parameter(_) => self.clone(),
            Expr::Negate(value) => Expr::Negate(one(value)),
            Expr::Not(value) => Expr::Not(one(value)),
            Expr::Binary(operator, a, b) => Expr::Binary(*operator, one(a), one(b)),
            Expr::And(all) => Expr::And(list(all, each)),
            Expr::Or(any) => Expr::Or(list(any, each)),
            Expr::Divide(a, b) => Expr::Divide(one(a), one(b)),
            Expr::NullSafeEqual(a, b) => Expr::NullSafeEqual(one(a), one(b)),
            Expr::IsNull { value, negated } => Expr::IsNull { value: one(value), negated: *negated },
            Expr::IsTrue(value) => Expr::IsTrue(one(value)),
            Expr::IsNotTrue(value) => Expr::IsNotTrue(one(value)),
            Expr::In { value, list: among } => Expr::In { value: one(value), list: list(among, each) },
            Expr::Between { value, low, high } => {
                Expr::Between { value: one(value), low: one(low), high: one(high) }
            }
            Expr::Like { value, pattern } => Expr::Like { value: one(value), pattern: one(pattern) },
            Expr::Case { whens, otherwise } => Expr::Case {
                whens: whens.iter().map(|(when, then)| (*one(when), *one(then))).collect(),
                otherwise: otherwise.as_deref().map(one),
            },
            Expr::Cast(value, ty) => Expr::Cast(one(value), *ty),
            Expr::Call(function, args) => Expr::Call(*function, list(args, each)),
            Expr::Aggregate(Aggregate { function, args, filter }) => Expr::Aggregate(Aggregate {
                function: function.clone(),
                filter: filter.as_deref().map(one),
                args: list(args, each),
            }),
            Expr::Row(values) => Expr::Row(list(values, each)),
            Expr::Truncate { to, week_start, value } => {
                Expr::Truncate { to: *to, week_start: *week_start, value: one(value) }
            }
            Expr::MonthOf(value) => Expr::MonthOf(one(value)),
            Expr::Extract(part, value) => Expr::Extract(*part, one(value)),
            Expr::Shift { value, step, to } => Expr::Shift { value: one(value), step: *step, to: *to },
            Expr::Seconds { start, end, of_instants } => {
                Expr::Seconds { start: one(start), end: one(end), of_instants: *of_instants }
            }
            Expr::ToZone { value, from, to } => {
                Expr::ToZone { value: one(value), from: from.clone(), to: to.clone() }
            }
            Expr::Instant { value, zone } => Expr::Instant { value: one(value), zone: zone.clone() },
            Expr::UtcOf(value) => Expr::UtcOf(one(value)),
            Expr::OneValue(select) => Expr::OneValue(Box::new(select.map(each))),
            Expr::Over { function, partition, order } => Expr::Over {
                function: function.map(each),
                partition: list(partition, each),
                order: orders(order, each),
            },
            Expr::DaysBetween { start, end } => Expr::DaysBetween { start: one(start), end: one(end) },
        };
        each(rebuilt)
    }
}

impl WindowFunction {
    fn map(&self, each: &mut dyn FnMut(Expr) -> Expr) -> WindowFunction {
        let mut one = |expr: &Expr| Box::new(expr.map(each));
        match self {
            WindowFunction::RowNumber => WindowFunction::RowNumber,
            WindowFunction::Rank => WindowFunction::Rank,
            WindowFunction::MinBefore(value) => WindowFunction::MinBefore(one(value)),
            WindowFunction::Next(value) => WindowFunction::Next(one(value)),
            WindowFunction::CountUpTo(value) => WindowFunction::CountUpTo(one(value)),
            WindowFunction::SumUpTo(value) => WindowFunction::SumUpTo(one(value)),
            WindowFunction::Of(function, value) => WindowFunction::Of(function.clone(), one(value)),
        }
    }
}

fn list(all: &[Expr], each: &mut dyn FnMut(Expr) -> Expr) -> Vec<Expr> {
    all.iter().map(|expr| expr.map(each)).collect()
}

fn orders(all: &[OrderBy], each: &mut dyn FnMut(Expr) -> Expr) -> Vec<OrderBy> {
    all.iter().map(|order| OrderBy { expr: order.expr.map(each), ..order.clone() }).collect()
}
