//! Numbers of one column or branch are of one type, where a database does not see to that.
//!
//! `CASE WHEN … THEN a / b ELSE 0.6 END` is a double in one branch and a decimal in the other.
//! Most databases make it a double; where some do not, the others are cast to what the
//! double is, and so are digits beside one. A decimal beside decimals keeps every digit; where
//! a database has no branches of two scales, all have as many digits behind the point as the longest.

use std::collections::HashMap;

use super::kinds::Kind;

use crate::sql::{Body, Expr, From, Function, Item, Literal, Operator, Query, Select, Table, Type};

/// What columns hold, as far as that is sure.
type Columns = HashMap<String, Kind>;

/// The columns of each CTE, or alias, by its name.
type Known = HashMap<String, Columns>;

/// How a database takes the branches of a CASE and a COALESCE that are decimals of two scales.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scales {
    Any,
    /// Not at all.
    One,
    /// As those of the decimal with the most digits before its point: `0.125` is 0.13 beside a sum of
    /// cents. It sees to doubles itself.
    Cut,
    /// So are those of what is added or subtracted.
    CutInSums,
}

impl Scales {
    /// Whether it sees to doubles itself, and cuts decimals.
    fn cuts(self) -> bool {
        matches!(self, Scales::Cut | Scales::CutInSums)
    }
}

/// Behind more digits than these a decimal has too few before its point.
const MOST_DIGITS: u8 = 18;

/// The same query, in which a double's neighbours in a CASE, a COALESCE or a UNION are doubles.
pub fn alike(query: &Query, scales: Scales) -> Query {
    let mut query = query.clone();
    Alike { scales, known: Known::new() }.query(&mut query);
    query
}

struct Alike {
    scales: Scales,
    known: Known,
}

impl Alike {
    /// Makes a query's numbers alike, and tells what its columns are.
    fn query(mut self, query: &mut Query) -> Columns {
        for cte in &mut query.ctes {
            let columns = self.body(&mut cte.body);
            self.known.insert(cte.name.clone(), columns);
        }
        self.body(&mut query.body)
    }

    fn body(&self, body: &mut Body) -> Columns {
        match body {
            Body::Select(one) => self.select(one),
            Body::UnionAll(all) => {
                let each: Vec<Columns> = all.iter_mut().map(|one| self.select(one)).collect();
                let mut together = Columns::new();
                for (name, kind) in each.iter().flatten() {
                    together.entry(name.clone()).and_modify(|all| *all = all.beside(*kind)).or_insert(*kind);
                }
                for (one, own) in all.iter_mut().zip(&each) {
                    for item in &mut one.items {
                        if let Item::Expr { expr, alias } = item
                            && !self.scales.cuts()
                            && together.get(alias) == Some(&Kind::Double)
                            && own.get(alias) != Some(&Kind::Double)
                        {
                            as_double(expr);
                        }
                    }
                }
                together
            }
            Body::Values { .. } | Body::Series { .. } => Columns::new(),
        }
    }

    fn select(&self, select: &mut Select) -> Columns {
        let mut row = Row { scales: self.scales, columns: Known::new() };
        for from in select.relations_mut() {
            row.add(from, self);
        }
        select.each_expression(&mut |expr| expr.rebuild(&mut |part| row.alike(part)));
        let mut columns = Columns::new();
        for item in &select.items {
            match item {
                Item::Expr { expr, alias } => {
                    columns.insert(alias.clone(), row.kind(expr));
                }
                Item::All(None) => columns.extend(row.columns.values().flatten().map(owned)),
                Item::All(Some(name)) => {
                    columns.extend(row.columns.get(name).into_iter().flatten().map(owned));
                }
            }
        }
        columns
    }
}

fn owned((name, kind): (&String, &Kind)) -> (String, Kind) {
    (name.clone(), *kind)
}

/// What the columns of a row of joined relations are.
struct Row {
    scales: Scales,
    columns: Known,
}

impl Row {
    fn add(&mut self, from: &mut From, outer: &Alike) {
        let (own_name, columns) = match &mut from.table {
            Table::Cte(name) => (Some(name.clone()), outer.known.get(name).cloned().unwrap_or_default()),
            Table::Subquery(query) => {
                (None, Alike { scales: outer.scales, known: outer.known.clone() }.query(query))
            }
            Table::Named { path, types } => (path.last().cloned(), declared(types)),
            Table::File { types, .. } => (None, read(types)),
            Table::Sql { types, .. } => (None, declared(types)),
            Table::Values { .. } => return,
        };
        if let Some(name) = from.alias.clone().or(own_name) {
            self.columns.insert(name, columns);
        }
    }

    fn alike(&self, mut expr: Expr) -> Expr {
        if self.scales.cuts() {
            self.uncut(&mut expr);
            return expr;
        }
        if self.meets_doubles(&expr) {
            expr.parts_mut().into_iter().filter(|part| has_point(part)).for_each(as_double);
        }
        let kind = self.kind(&expr);
        let of_one_kind: Vec<&mut Expr> = match &mut expr {
            Expr::Call(Function::Greatest | Function::Least, _) if kind != Kind::Double => return expr,
            Expr::Call(Function::NullIf, args) if kind == Kind::Double => args.iter_mut().collect(),
            other => branches(other, false),
        };
        for branch in of_one_kind {
            match (kind, self.kind(branch)) {
                (Kind::Double, Kind::Double) => {}
                (Kind::Double, _) => as_double(branch),
                (Kind::Decimal(_), Kind::Double) => *branch = Expr::null(Type::Decimal(None)),
                (Kind::Decimal(longest), Kind::Decimal(scale))
                    if scale < longest && self.scales == Scales::One =>
                {
                    with_scale(branch, scale, longest);
                }
                _ => {}
            }
        }
        expr
    }

    /// No branch loses digits to another one. What may be a decimal of any scale makes a double of others.
    fn uncut(&self, expr: &mut Expr) {
        let in_sums = self.scales == Scales::CutInSums;
        if branches(expr, in_sums).is_empty() {
            return;
        }
        let kind = self.kind(expr);
        for branch in branches(expr, in_sums) {
            match (kind, self.kind(branch)) {
                (Kind::Decimal(longest), Kind::Decimal(scale)) if scale < longest && !has_point(branch) => {
                    match longest {
                        ..=MOST_DIGITS => with_scale(branch, scale, longest),
                        _ => as_double(branch),
                    }
                }
                (Kind::Unknown, Kind::Decimal(1..)) => as_double(branch),
                _ => {}
            }
        }
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
        self.kind(expr) == Kind::Double
    }

    fn kind(&self, expr: &Expr) -> Kind {
        Kind::of(expr, &|table, name| match table {
            Some(table) => self.columns.get(table)?.get(name).copied(),
            None => self.columns.values().find_map(|columns| columns.get(name).copied()),
        })
    }
}

/// What stands for another one in some rows; `sums` are counted among them.
fn branches(expr: &mut Expr, sums: bool) -> Vec<&mut Expr> {
    match expr {
        Expr::Binary(Operator::Add | Operator::Subtract, a, b) => match sums {
            true => vec![a, b],
            false => Vec::new(),
        },
        Expr::Case { whens, otherwise } => {
            whens.iter_mut().map(|(_, then)| then).chain(otherwise.as_deref_mut()).collect()
        }
        Expr::Call(Function::Coalesce | Function::Greatest | Function::Least, args) => {
            args.iter_mut().collect()
        }
        _ => Vec::new(),
    }
}

/// A file's columns are read as what was said.
fn read(types: &[(String, Type)]) -> Columns {
    let kind = |ty: Type| match ty {
        Type::Decimal(Some((_, scale))) => Kind::Decimal(scale),
        other => Kind::of_type(other),
    };
    types.iter().map(|(name, ty)| (name.clone(), kind(*ty))).collect()
}

fn declared(types: &[(String, Type)]) -> Columns {
    types.iter().map(|(name, ty)| (name.clone(), Kind::of_type(*ty))).collect()
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

/// A decimal with more digits behind its point.
fn with_scale(expr: &mut Expr, scale: u8, longest: u8) {
    let value = std::mem::replace(expr, Expr::null(Type::Double));
    *expr = match value {
        Expr::Literal(Literal::Number(digits)) if digits.contains('.') => {
            Expr::number(digits + &"0".repeat(usize::from(longest - scale)))
        }
        other => Expr::Cast(other.boxed(), Type::Decimal(Some((38, longest)))),
    };
}
