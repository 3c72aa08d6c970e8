//! What stands within an expression or a query, for steps that rebuild a tree.

use super::{Body, Expr, From, GroupBy, Item, Query, Select, Table};

impl Expr {
    /// The expressions that this one is made of directly; a subquery is a world of its own.
    pub fn parts_mut(&mut self) -> Vec<&mut Expr> {
        match self {
            Expr::Column { .. } | Expr::Literal(_) | Expr::Parameter(_) | Expr::OneValue(_) => Vec::new(),
            Expr::Negate(value)
            | Expr::Not(value)
            | Expr::IsNull { value, .. }
            | Expr::IsTrue(value)
            | Expr::IsNotTrue(value)
            | Expr::Cast(value, _)
            | Expr::Truncate { value, .. }
            | Expr::MonthOf(value)
            | Expr::Extract(_, value)
            | Expr::Shift { value, .. }
            | Expr::ToZone { value, .. }
            | Expr::Instant { value, .. }
            | Expr::UtcOf(value) => vec![value],
            Expr::Binary(_, a, b)
            | Expr::Divide(a, b)
            | Expr::NullSafeEqual(a, b)
            | Expr::Like { value: a, pattern: b }
            | Expr::Seconds { start: a, end: b, .. }
            | Expr::DaysBetween { start: a, end: b } => vec![a, b],
            Expr::Between { value, low, high } => vec![value, low, high],
            Expr::And(list) | Expr::Or(list) | Expr::Call(_, list) | Expr::Row(list) => {
                list.iter_mut().collect()
            }
            Expr::In { value, list } => std::iter::once(&mut **value).chain(list).collect(),
            Expr::Case { whens, otherwise } => {
                let whens = whens.iter_mut().flat_map(|(when, then)| [when, then]);
                whens.chain(otherwise.as_deref_mut()).collect()
            }
            Expr::Aggregate(aggregate) => {
                aggregate.args.iter_mut().chain(aggregate.filter.as_deref_mut()).collect()
            }
            Expr::Over { function, partition, order } => {
                let order = order.iter_mut().map(|order| &mut order.expr);
                function.value_mut().into_iter().chain(partition).chain(order).collect()
            }
        }
    }

    /// Puts what `by` gives in the place of each expression that it knows, from the outermost on.
    pub fn replace(&mut self, by: &mut dyn FnMut(&Expr) -> Option<Expr>) {
        match by(self) {
            Some(other) => *self = other,
            None => self.parts_mut().into_iter().for_each(|part| part.replace(by)),
        }
    }
}

impl super::WindowFunction {
    /// The value that it is of.
    pub fn value_mut(&mut self) -> Option<&mut Expr> {
        match self {
            Self::RowNumber | Self::Rank => None,
            Self::MinBefore(value)
            | Self::Next(value)
            | Self::CountUpTo(value)
            | Self::SumUpTo(value)
            | Self::Of(_, value) => Some(value),
        }
    }
}

impl Query {
    /// Every SELECT of the query and of the relations that it reads, each before what it is read by.
    pub fn each_select(&mut self, by: &mut dyn FnMut(&mut Select)) {
        let bodies = self.ctes.iter_mut().map(|cte| &mut cte.body).chain(std::iter::once(&mut self.body));
        for body in bodies {
            match body {
                Body::Select(select) => select.each(by),
                Body::UnionAll(selects) => selects.iter_mut().for_each(|select| select.each(by)),
                Body::Values { .. } | Body::Series { .. } => {}
            }
        }
    }
}

impl Query {
    /// Every relation that a SELECT of the query reads.
    pub fn each_relation(&mut self, by: &mut dyn FnMut(&mut From)) {
        self.each_select(&mut |select| select.relations_mut().for_each(&mut *by));
    }
}

impl Select {
    /// What it reads: what FROM names, and what is joined.
    pub fn relations_mut(&mut self) -> impl Iterator<Item = &mut From> {
        self.from.iter_mut().chain(self.joins.iter_mut().map(|join| &mut join.from))
    }

    /// Its own expressions, and none of what it reads.
    pub fn each_expression(&mut self, by: &mut dyn FnMut(&mut Expr)) {
        for item in &mut self.items {
            if let Item::Expr { expr, .. } = item {
                by(expr);
            }
        }
        self.joins.iter_mut().filter_map(|join| join.on.as_mut()).for_each(&mut *by);
        match &mut self.group_by {
            GroupBy::None => {}
            GroupBy::Keys(keys) => keys.iter_mut().for_each(&mut *by),
        }
        self.filter.iter_mut().chain(&mut self.having).chain(&mut self.qualify).for_each(by);
    }

    fn each(&mut self, by: &mut dyn FnMut(&mut Select)) {
        for from in self.relations_mut() {
            if let Table::Subquery(query) = &mut from.table {
                query.each_select(by);
            }
        }
        by(self);
    }
}
