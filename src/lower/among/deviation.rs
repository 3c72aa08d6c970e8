//! How far numbers lie from their mean: each one's distance is taken from the mean of its
//! group, then squared and added up.
//!
//! The sum of squares less the square of the sum would need no mean beforehand, and would
//! lose every digit of numbers that are large and alike.

use super::{Among, of};
use crate::sql::{AggregateFunction as Agg, Expr, Function, Operator as Op, WindowFunction};

impl Among {
    /// The standard deviation of a sample; NULL of fewer than two.
    pub(super) fn stddev(&mut self, value: Expr) -> Expr {
        let apart = self.beside_mean(&value);
        let others = Expr::binary(Op::Subtract, of(Agg::Count, vec![value]), Expr::number(1));
        let variance = Expr::Divide(products(&apart, &apart).boxed(), others.boxed());
        Expr::Call(Function::Sqrt, vec![variance])
    }

    /// Pearson's correlation; NULL where one does not vary.
    pub(super) fn corr(&mut self, a: Expr, b: Expr) -> Expr {
        let (a, b) = (self.beside_mean(&a), self.beside_mean(&b));
        // One root of both, so that pairs on a line give 1 and no less.
        let both = Expr::binary(Op::Multiply, products(&a, &a), products(&b, &b));
        Expr::Divide(products(&a, &b).boxed(), Expr::Call(Function::Sqrt, vec![both]).boxed())
    }

    /// The slope of the first number over the second; NULL where that does not vary.
    pub(super) fn slope(&mut self, of_this: Expr, over: Expr) -> Expr {
        let (of_this, over) = (self.beside_mean(&of_this), self.beside_mean(&over));
        Expr::Divide(products(&of_this, &over).boxed(), products(&over, &over).boxed())
    }

    /// A value of each row, less the mean of its group.
    fn beside_mean(&mut self, value: &Expr) -> Expr {
        let inside = self.inside(value);
        let Expr::Column { name, .. } = value else { unreachable!("a value of each row is a column") };
        let sum = self.of_group(WindowFunction::Of(Agg::Sum, inside.clone().boxed()), Vec::new());
        let count = self.of_group(WindowFunction::Of(Agg::Count, inside.boxed()), Vec::new());
        let mean = self.give(Expr::Divide(sum.boxed(), count.boxed()), &format!("{name}_mean"));
        Expr::binary(Op::Subtract, value.clone(), mean)
    }
}

fn products(a: &Expr, b: &Expr) -> Expr {
    of(Agg::Sum, vec![Expr::binary(Op::Multiply, a.clone(), b.clone())])
}
