//! One number of several periods: a slope, a distance from the mean.
//!
//! The months' numbers stand beside each other in a cell; they are put beneath each
//! other, for a cell alone, and aggregated.

use crate::plan::{Series, Value};
use crate::resolve::resolved::OfPeriods;
use crate::sql::{Aggregate, AggregateFunction as Agg, Expr, From, Operator, Select, Table};

const POINTS: &str = "p";
const PLACE: &str = "place";
const VALUE: &str = "value";

/// A series' number, whose points `read` gives for a row of cells. Periods without a
/// number are left out.
pub fn made_one(series: &Series, read: &dyn Fn(Value) -> Expr) -> Expr {
    match series.function {
        OfPeriods::Slope => {
            let place = |(place, point): (usize, &Value)| vec![Expr::number(place), read(*point)];
            let rows = series.points.iter().enumerate().map(place).collect();
            let slope = aggregate(Agg::Slope, vec![of_points(VALUE), of_points(PLACE)]);
            // Of one point, engines do not agree: some say NULL, some NaN.
            let several =
                Expr::binary(Operator::Less, Expr::number(1), aggregate(Agg::Count, vec![of_points(VALUE)]));
            let slope = Expr::Case { whens: vec![(several, slope)], otherwise: None };
            over(vec![PLACE.into(), VALUE.into()], rows, slope)
        }
        OfPeriods::Zscore => {
            let (judged, before) = series.points.split_last().expect("a period is judged");
            let rows = before.iter().map(|point| vec![read(*point)]).collect();
            let of = |function| aggregate(function, vec![of_points(VALUE)]);
            let mean = Expr::Divide(of(Agg::Sum).boxed(), of(Agg::Count).boxed());
            let apart = Expr::binary(Operator::Subtract, read(*judged), mean);
            let score = Expr::Divide(apart.boxed(), of(Agg::Stddev).boxed());
            // Of equal numbers, some of which are rounded, it need not be 0 to the last bit.
            let varies = Expr::binary(Operator::Less, of(Agg::Min), of(Agg::Max));
            let score = Expr::Case { whens: vec![(varies, score)], otherwise: None };
            over(vec![VALUE.into()], rows, score)
        }
    }
}

fn over(columns: Vec<String>, rows: Vec<Vec<Expr>>, value: Expr) -> Expr {
    let points = From { table: Table::Values { columns, rows }, alias: Some(POINTS.into()) };
    let items = vec![value.alias(VALUE)];
    Expr::OneValue(Box::new(Select { items, from: Some(points), ..Select::default() }))
}

fn of_points(column: &str) -> Expr {
    Expr::of(POINTS, column)
}

fn aggregate(function: Agg, args: Vec<Expr>) -> Expr {
    Expr::Aggregate(Aggregate { function, args, filter: None })
}
