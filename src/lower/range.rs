//! A range of periods that is chosen when the query runs.
//!
//! The query is compiled for all periods of its request, the frame; what it is asked then
//! chooses among them. A cell is a function of its own period alone, so leaving out others
//! changes no number.

use super::columns::PERIOD;
use super::{Lowering, named, time};
use crate::plan::Plan;
use crate::resolve::resolved::Grain;
use crate::sql::{Body, Cte, Expr, From, Join, JoinKind, Operator, Parameter, Select, Table, Type};

/// Where the range stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Range {
    /// Two values given when the query runs: `range_start` and `range_end`.
    Given,
    /// The one row of a table with these two columns.
    Relation(Vec<String>),
}

/// The first day (for hours: the first UTC time) of the range.
pub const START: &str = "range_start";
/// The day, or time, at which the range has ended.
pub const END: &str = "range_end";
const PARAMS: &str = "params";

/// Leaves out rows `c` whose period is not in the range, which becomes the first CTE.
pub fn choose(lowering: &mut Lowering<'_>, range: &Range, select: &mut Select) {
    let name = lowering.names.fresh(PARAMS);
    let body = match range {
        Range::Given => given(lowering.plan),
        Range::Relation(path) => of_relation(path, ty(lowering.plan)),
    };
    let comment = Some("the periods to show, of those that this query computes".to_string());
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

fn given(plan: &Plan) -> Select {
    let parameter = |name: &str, default| {
        Expr::Parameter(Parameter { name: name.to_string(), ty: ty(plan), default }).alias(name)
    };
    let start = time::start(plan.grain, plan.range.starts[0]);
    let end = time::start(plan.grain, plan.range.end);
    Select { items: vec![parameter(START, start), parameter(END, end)], ..Select::default() }
}

fn of_relation(path: &[String], ty: Type) -> Select {
    let column = |name: &str| Expr::Cast(Expr::of("r", name).boxed(), ty).alias(name);
    Select {
        items: vec![column(START), column(END)],
        from: Some(From {
            table: Table::Named { path: path.to_vec(), types: Vec::new() },
            alias: Some("r".into()),
        }),
        ..Select::default()
    }
}
