//! What is chosen when the query runs: a range of periods, and perhaps the as-of day.
//!
//! The query is compiled for all periods of its request, the frame; what it is asked then
//! chooses among them. A cell is a function of its own period alone, so leaving out others
//! changes no number. What an as-of day changes, `known` works out.

use jiff::civil::Date;

use super::columns::PERIOD;
use super::{Lowering, named, time};
use crate::plan::Plan;
use crate::resolve::resolved::Grain;
use crate::sql::{Body, Cte, Expr, From, Join, JoinKind, Literal, Operator, Parameter, Select, Table, Type};

/// What is chosen when the query runs, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    pub place: Place,
    /// The as-of day where nobody says another one; `None`: it is not chosen.
    pub as_of: Option<Date>,
}

/// Where what is chosen stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// Values given when the query runs: `range_start`, `range_end` and `as_of`.
    Given,
    /// The one row of a table with these columns.
    Relation(Vec<String>),
}

/// The first day (for hours: the first UTC time) of the range.
pub const START: &str = "range_start";
/// The day, or time, at which the range has ended.
pub const END: &str = "range_end";
/// The day at whose end what is known ends.
pub const AS_OF: &str = "as_of";
const PARAMS: &str = "params";

/// Leaves out rows `c` whose period is not in the range, which becomes the first CTE.
pub fn choose(lowering: &mut Lowering<'_>, chosen: &Chosen, select: &mut Select) {
    let name = lowering.names.fresh(PARAMS);
    let body = match &chosen.place {
        Place::Given => given(lowering.plan, chosen.as_of),
        Place::Relation(path) => of_relation(path, ty(lowering.plan), chosen.as_of.is_some()),
    };
    let what = match chosen.as_of {
        None => "the periods to show, of those that this query computes",
        Some(_) => "the periods to show, of those that this query computes, and the last day that is known",
    };
    let comment = Some(what.to_string());
    let cte = Cte { name: name.clone(), comment, materialized: false, body: Body::Select(Box::new(body)) };
    lowering.ctes.insert(0, cte);
    let bound = |operator, column: &str| Expr::binary(operator, Expr::of("c", PERIOD), Expr::of("p", column));
    let on = vec![bound(Operator::GreaterEqual, START), bound(Operator::Less, END)];
    select.joins.push(Join { kind: JoinKind::Inner, from: named(&name, "p"), on: Expr::all(on) });
}

/// Hours are times, other periods days.
fn ty(plan: &Plan) -> Type {
    if plan.grain == Grain::Hour { Type::Timestamp } else { Type::Date }
}

fn given(plan: &Plan, as_of: Option<Date>) -> Select {
    let parameter = |name: &str, ty, default| {
        Expr::Parameter(Parameter { name: name.to_string(), ty, default }).alias(name)
    };
    let start = time::start(plan.grain, plan.range.starts[0]);
    let end = time::start(plan.grain, plan.range.end);
    let as_of = as_of.map(|day| Literal::Date(day.to_string()));
    let mut items = vec![parameter(START, ty(plan), start), parameter(END, ty(plan), end)];
    items.extend(as_of.map(|day| parameter(AS_OF, Type::Date, day)));
    Select { items, ..Select::default() }
}

fn of_relation(path: &[String], ty: Type, with_as_of: bool) -> Select {
    let column = |name: &str, ty| Expr::Cast(Expr::of("r", name).boxed(), ty).alias(name);
    let mut items = vec![column(START, ty), column(END, ty)];
    items.extend(with_as_of.then(|| column(AS_OF, Type::Date)));
    Select {
        items,
        from: Some(From {
            table: Table::Named { path: path.to_vec(), types: Vec::new() },
            alias: Some("r".into()),
        }),
        ..Select::default()
    }
}
