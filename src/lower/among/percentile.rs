//! Percentiles by place: the values in order, and the straight line between the two
//! that the place lies between.
//!
//! Of the waits 3, 5, 9 and 30, nine tenths of the way from the first to the last are 2.7
//! steps: from the third one 0.7 of the way to the fourth, 9 + 0.7 · (30 − 9) = 23.7.

use super::{Among, of};
use crate::sql::{
    AggregateFunction as Agg, Expr, Function, Nulls, Operator as Op, OrderBy, Type, WindowFunction,
};

impl Among {
    /// The percentile of a value of each row, which is NULL where it does not count.
    pub(super) fn percentile(&mut self, value: Expr, share: &str) -> Expr {
        let inside = self.inside(&value);
        let order = OrderBy { expr: inside.clone(), descending: false, nulls: Nulls::Last };
        let Expr::Column { name, .. } = &value else { unreachable!("a value of each row is a column") };
        // Steps from the first one: of each value, and to the percentile.
        let one = || Expr::number(1);
        let place = self.of_group(WindowFunction::RowNumber, vec![order]);
        let place = self.give(Expr::binary(Op::Subtract, place, one()), &format!("{name}_place"));
        let count = self.of_group(WindowFunction::Of(Agg::Count, inside.boxed()), Vec::new());
        let share = Expr::Cast(Expr::number(share).boxed(), Type::Double);
        let steps = Expr::binary(Op::Multiply, share, Expr::binary(Op::Subtract, count, one()));
        let steps = self.give(steps, &format!("{name}_steps"));
        let round = |function, steps: &Expr| Expr::Call(function, vec![steps.clone()]);
        let at = |function| {
            let is_there = Expr::equal(place.clone(), round(function, &steps));
            of(Agg::Max, vec![Expr::Case { whens: vec![(is_there, value.clone())], otherwise: None }])
        };
        let steps = of(Agg::Max, vec![steps.clone()]);
        let beyond = Expr::binary(Op::Subtract, steps.clone(), round(Function::Floor, &steps));
        let apart = Expr::binary(Op::Subtract, at(Function::Ceil), at(Function::Floor));
        Expr::binary(Op::Add, at(Function::Floor), Expr::binary(Op::Multiply, beyond, apart))
    }
    /// The percentile of a value inside the inner SELECT, as a window has it: each row of a group knows it.
    pub(super) fn percentile_of_group(&mut self, value: Expr, share: &str, name: &str) -> Expr {
        let function = Agg::Percentile(share.to_owned());
        let known = self.of_group(WindowFunction::Of(function, value.boxed()), Vec::new());
        of(Agg::Max, vec![self.give(known, name)])
    }
}
