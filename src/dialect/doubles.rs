//! Numbers of one column or branch are of one type, where a database does not see to that.
//!
//! `CASE WHEN … THEN a / b ELSE 0.6 END` is a double in one branch and a decimal in the other.
//! Most databases make it a double; where some do not, the others are cast to what the
//! double is, and so are digits beside one. Nothing else changes: a decimal beside decimals keeps
//! every digit.

use std::collections::{HashMap, HashSet};

use crate::sql::{
    Aggregate, AggregateFunction, Body, Expr, From, Function, Item, Literal, Operator, Query, Select, Table,
    Type, WindowFunction,
};

/// Columns that surely hold doubles: of each CTE, by its name.
type Known = HashMap<String, HashSet<String>>;

/// The same query, in which a double's neighbours in a CASE, a COALESCE or a UNION are doubles.
pub fn alike(query: &Query) -> Query {
    within(query, &Known::new())
}

fn within(query: &Query, outer: &Known) -> Query {
    let mut known = outer.clone();
    let mut query = query.clone();
    for cte in &mut query.ctes {
        let columns = body(&mut cte.body, &known);
        known.insert(cte.name.clone(), columns);
    }
    body(&mut query.body, &known);
    query
}

/// Makes a body's numbers alike, and tells which of its columns are doubles.
fn body(body: &mut Body, known: &Known) -> HashSet<String> {
    match body {
        Body::Select(one) => select(one, known),
        Body::UnionAll(all) => {
            let each: Vec<HashSet<String>> = all.iter_mut().map(|one| select(one, known)).collect();
            let doubles: HashSet<String> = each.iter().flatten().cloned().collect();
            for (one, own) in all.iter_mut().zip(&each) {
                for item in &mut one.items {
                    if let Item::Expr { expr, alias } = item
                        && doubles.contains(alias)
                        && !own.contains(alias)
                    {
                        as_double(expr);
                    }
                }
            }
            doubles
        }
        Body::Values { .. } => HashSet::new(),
    }
}

fn select(select: &mut Select, known: &Known) -> HashSet<String> {
    let mut row = Row::default();
    if let Some(from) = &mut select.from {
        row.add(from, known);
    }
    for join in &mut select.joins {
        row.add(&mut join.from, known);
    }
    let relations =
        (select.from.clone(), select.joins.iter().map(|join| join.from.clone()).collect::<Vec<_>>());
    let mut made = select.map(&mut |expr| row.alike(expr));
    // Relations are made alike already, each by what it reads itself.
    made.from = relations.0;
    for (join, from) in made.joins.iter_mut().zip(relations.1) {
        join.from = from;
    }
    *select = made;
    let mut doubles = HashSet::new();
    for item in &select.items {
        match item {
            Item::Expr { expr, alias } if row.is_double(expr) => {
                doubles.insert(alias.clone());
            }
            Item::Expr { .. } => {}
            Item::All(None) => doubles.extend(row.0.values().flatten().cloned()),
            Item::All(Some(name)) => doubles.extend(row.0.get(name).into_iter().flatten().cloned()),
        }
    }
    doubles
}

/// What the columns of a row of joined relations are.
#[derive(Debug, Default)]
struct Row(Known);

impl Row {
    fn add(&mut self, from: &mut From, known: &Known) {
        let (own_name, columns) = match &mut from.table {
            Table::Cte(name) => (Some(name.clone()), known.get(name).cloned().unwrap_or_default()),
            Table::Subquery(query) => {
                let mut inner = known.clone();
                for cte in &mut query.ctes {
                    let columns = body(&mut cte.body, &inner);
                    inner.insert(cte.name.clone(), columns);
                }
                (None, body(&mut query.body, &inner))
            }
            Table::Named { path, types } => (path.last().cloned(), declared(types)),
            Table::File { types, .. } | Table::Sql { types, .. } => (None, declared(types)),
            Table::Values { .. } | Table::Series { .. } => return,
        };
        if let Some(name) = from.alias.clone().or(own_name) {
            self.0.insert(name, columns);
        }
    }

    fn alike(&self, mut expr: Expr) -> Expr {
        if self.meets_doubles(&expr) {
            expr.parts_mut().into_iter().filter(|part| has_point(part)).for_each(as_double);
        }
        if !self.is_double(&expr) {
            return expr;
        }
        let others: Vec<&mut Expr> = match &mut expr {
            Expr::Case { whens, otherwise } => {
                whens.iter_mut().map(|(_, then)| then).chain(otherwise.as_deref_mut()).collect()
            }
            Expr::Call(
                Function::Coalesce | Function::Greatest | Function::Least | Function::NullIf,
                args,
            ) => args.iter_mut().collect(),
            _ => return expr,
        };
        for other in others {
            if !self.is_double(other) {
                as_double(other);
            }
        }
        expr
    }

    /// Whether an operator has a double beside other numbers.
    fn meets_doubles(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Binary(_, a, b) | Expr::NullSafeEqual(a, b) => self.is_double(a) || self.is_double(b),
            Expr::Between { value, low, high } => [value, low, high].iter().any(|part| self.is_double(part)),
            Expr::In { value, .. } => self.is_double(value),
            _ => false,
        }
    }

    fn is_double(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Divide(..) | Expr::Seconds { .. } | Expr::Cast(_, Type::Double) => true,
            Expr::Literal(Literal::Null(ty)) => *ty == Type::Double,
            Expr::Column { table: Some(table), name } => {
                self.0.get(table).is_some_and(|columns| columns.contains(name))
            }
            Expr::Column { table: None, name } => self.0.values().any(|columns| columns.contains(name)),
            Expr::Negate(value) => self.is_double(value),
            Expr::Binary(Operator::Add | Operator::Subtract | Operator::Multiply, a, b) => {
                self.is_double(a) || self.is_double(b)
            }
            Expr::Case { whens, otherwise } => whens
                .iter()
                .map(|(_, then)| then)
                .chain(otherwise.as_deref())
                .any(|then| self.is_double(then)),
            Expr::Call(function, args) => match function {
                Function::Sqrt | Function::Ln | Function::Exp | Function::Power => true,
                Function::NullIf => args.first().is_some_and(|value| self.is_double(value)),
                Function::Abs
                | Function::Floor
                | Function::Ceil
                | Function::Mod
                | Function::Coalesce
                | Function::Greatest
                | Function::Least => args.iter().any(|value| self.is_double(value)),
                _ => false,
            },
            Expr::Aggregate(Aggregate { function, args, .. }) => self.gives_double(function, args),
            Expr::Over { function, .. } => match function {
                WindowFunction::MinBefore(value)
                | WindowFunction::Next(value)
                | WindowFunction::SumUpTo(value) => self.is_double(value),
                WindowFunction::Of(function, value) => {
                    self.gives_double(function, std::slice::from_ref(value))
                }
                WindowFunction::RowNumber | WindowFunction::Rank | WindowFunction::CountUpTo(_) => false,
            },
            _ => false,
        }
    }

    fn gives_double(&self, function: &AggregateFunction, args: &[Expr]) -> bool {
        match function {
            AggregateFunction::Stddev
            | AggregateFunction::Percentile(_)
            | AggregateFunction::Corr
            | AggregateFunction::Slope => true,
            AggregateFunction::Sum | AggregateFunction::Min | AggregateFunction::Max => {
                args.iter().any(|value| self.is_double(value))
            }
            AggregateFunction::Count
            | AggregateFunction::CountDistinct
            | AggregateFunction::AnyTrue
            | AggregateFunction::BitOr => false,
        }
    }
}

fn declared(types: &[(String, Type)]) -> HashSet<String> {
    let doubles = types.iter().filter(|(_, ty)| *ty == Type::Double);
    doubles.map(|(name, _)| name.clone()).collect()
}

fn has_point(expr: &Expr) -> bool {
    match expr {
        Expr::Literal(Literal::Number(digits)) => digits.contains('.'),
        Expr::Negate(value) => has_point(value),
        _ => false,
    }
}

/// The value as a double.
fn as_double(expr: &mut Expr) {
    let value = std::mem::replace(expr, Expr::null(Type::Double));
    *expr = match value {
        Expr::Literal(Literal::Null(_)) => return,
        Expr::Negate(mut value) => {
            as_double(&mut value);
            Expr::Negate(value)
        }
        other => Expr::Cast(other.boxed(), Type::Double),
    };
}
