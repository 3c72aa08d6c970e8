//! Integers of 32 bits and fewer, for databases whose arithmetic has no more room than they
//! have and wraps around without a word: one of two such numbers is made one of 64 bits.
//!
//! Of columns that nobody declared the size is not known, nor whether they hold integers at
//! all: in a product, which days and texts have not, one of them is taken once (`1 * a * b`).

use crate::sql::{
    Aggregate, AggregateFunction, Body, Expr, From, Function, Item, Operator, Query, Select, Table, Type,
};

/// The same query, in which no arithmetic of small integers wraps around.
pub fn widened(query: &Query) -> Query {
    let mut query = query.clone();
    query.each_select(&mut |select| {
        let row = Row::of(select);
        select.each_expression(&mut |expr| expr.rebuild(&mut |part| row.wide(part)));
    });
    query
}

/// What may be an integer of 32 bits or fewer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Size {
    /// Nothing of the kind: it has 64 bits, or is no integer.
    Wide,
    /// An integer, of whatever size.
    Integer,
    /// Nobody declared what it is.
    Unknown,
}

/// The declared columns of the tables that a SELECT reads, by alias.
struct Row(Vec<(String, Vec<(String, Type)>)>);

impl Row {
    fn of(select: &Select) -> Row {
        let joined = select.joins.iter().map(|join| &join.from);
        Row(select.from.iter().chain(joined).filter_map(columns).collect())
    }

    fn wide(&self, expr: Expr) -> Expr {
        match expr {
            Expr::Binary(op @ (Operator::Add | Operator::Subtract | Operator::Multiply), a, b) => {
                match (self.size(&a), self.size(&b)) {
                    (Size::Integer, Size::Integer | Size::Unknown) => {
                        Expr::binary(op, Expr::Cast(a, Type::Integer), *b)
                    }
                    (Size::Unknown, Size::Integer) => Expr::binary(op, *a, Expr::Cast(b, Type::Integer)),
                    (Size::Unknown, Size::Unknown) if op == Operator::Multiply => {
                        Expr::binary(op, Expr::binary(op, Expr::number(1), *a), *b)
                    }
                    _ => Expr::Binary(op, a, b),
                }
            }
            // It may be computed with where its column is no longer seen.
            Expr::Aggregate(Aggregate {
                function: function @ (AggregateFunction::Min | AggregateFunction::Max),
                args,
                filter,
            }) => {
                let is_small = |arg: &Expr| self.size(arg) == Size::Integer;
                let widen =
                    |arg: Expr| if is_small(&arg) { Expr::Cast(arg.boxed(), Type::Integer) } else { arg };
                Expr::Aggregate(Aggregate { function, args: args.into_iter().map(widen).collect(), filter })
            }
            other => other,
        }
    }

    fn size(&self, expr: &Expr) -> Size {
        match expr {
            Expr::Column { table: Some(table), name } => {
                let Some((_, types)) = self.0.iter().find(|(alias, _)| alias == table) else {
                    return Size::Wide;
                };
                match types.iter().find(|(column, _)| column == name) {
                    None => Size::Unknown,
                    Some((_, Type::Integer)) => Size::Integer,
                    Some(_) => Size::Wide,
                }
            }
            Expr::Negate(value) => self.size(value),
            Expr::Case { whens, otherwise } => {
                self.of_all(whens.iter().map(|(_, then)| then).chain(otherwise.as_deref()))
            }
            Expr::Call(Function::Coalesce | Function::Greatest | Function::Least, args) => {
                self.of_all(args.iter())
            }
            Expr::Call(Function::NullIf | Function::Abs, args) => self.of_all(args.iter().take(1)),
            _ => Size::Wide,
        }
    }

    /// Of a value that is one of these.
    fn of_all<'e>(&self, all: impl Iterator<Item = &'e Expr>) -> Size {
        let sizes: Vec<Size> = all.map(|expr| self.size(expr)).collect();
        match sizes.as_slice() {
            sizes if sizes.contains(&Size::Wide) => Size::Wide,
            sizes if sizes.contains(&Size::Unknown) => Size::Unknown,
            _ => Size::Integer,
        }
    }
}

/// A table's alias and its declared columns; a query around it that adds columns has them, too.
fn columns(from: &From) -> Option<(String, Vec<(String, Type)>)> {
    let (own_name, types) = match &from.table {
        Table::Named { path, types } => (path.last().cloned(), types.clone()),
        Table::File { types, .. } | Table::Sql { types, .. } => (None, types.clone()),
        Table::Subquery(query) => {
            let Body::Select(select) = &query.body else { return None };
            let is_all = select.items.iter().any(|item| matches!(item, Item::All(_)));
            let (_, types) = select.from.as_ref().filter(|_| is_all).and_then(columns)?;
            (None, types)
        }
        Table::Cte(_) | Table::Values { .. } => return None,
    };
    Some((from.alias.clone().or(own_name)?, types))
}
