//! A tree made anew from another, expression by expression.

use super::{Body, Cte, Expr, From, GroupBy, Item, Join, OrderBy, Query, Select, Table};

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
            Body::Series { .. } => self.clone(),
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
            },
            having: self.having.as_ref().map(|having| having.map(each)),
            qualify: self.qualify.as_ref().map(|qualify| qualify.map(each)),
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
        let mut copy = self.clone();
        copy.rebuild(each);
        copy
    }

    /// See [`Query::map`]; in its place.
    pub fn rebuild(&mut self, each: &mut dyn FnMut(Expr) -> Expr) {
        if let Expr::OneValue(select) = self {
            **select = select.map(each);
        }
        self.parts_mut().into_iter().for_each(|part| part.rebuild(each));
        *self = each(std::mem::replace(self, Expr::And(Vec::new())));
    }
}

fn list(all: &[Expr], each: &mut dyn FnMut(Expr) -> Expr) -> Vec<Expr> {
    all.iter().map(|expr| expr.map(each)).collect()
}

fn orders(all: &[OrderBy], each: &mut dyn FnMut(Expr) -> Expr) -> Vec<OrderBy> {
    all.iter().map(|order| OrderBy { expr: order.expr.map(each), ..order.clone() }).collect()
}
