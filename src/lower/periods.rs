//! One number of several periods: a slope, a distance from the mean.
//!
//! The months' numbers stand beside each other in a cell. Where a subquery may read them,
//! they are put beneath each other, for a cell alone, and aggregated. Elsewhere the same is
//! written out: each is compared with what they have in common.

use super::names::Names;
use crate::plan::Series;
use crate::resolve::resolved::OfPeriods;
use crate::sql::{
    Aggregate, AggregateFunction as Agg, Capabilities, Expr, From, Function, Item, Operator as Op, Select,
    Table,
};

const POINTS: &str = "p";
const PLACE: &str = "place";
const VALUE: &str = "value";

/// Whether a series is aggregated in a subquery.
pub fn is_subquery(capabilities: Capabilities) -> bool {
    capabilities.outer_values && capabilities.moments
}

/// The columns of what the points of a series have in common.
pub struct Common {
    /// How many there are.
    count: String,
    /// One of them, that others are measured from: what is large and alike keeps its digits.
    base: String,
    /// The mean: of the places that have a number, or of the numbers less the base.
    mean: String,
}

/// What the points of a series have in common, to be computed before the series is.
pub fn in_common(series: &Series, mut points: Vec<Expr>, names: &mut Names) -> (Common, Vec<Item>) {
    if series.function == OfPeriods::Zscore {
        points.pop();
    }
    let mut name = |of: &str| names.fresh(&format!("points_{of}"));
    let common = Common { count: name("count"), base: name("base"), mean: name("mean") };
    let count = total(points.iter().map(|point| if_there(point, Expr::number(1))));
    // The last one that there is.
    let base = Expr::Call(Function::Coalesce, points.iter().rev().cloned().collect());
    let sum = match series.function {
        OfPeriods::Slope => {
            total(points.iter().enumerate().map(|(place, point)| if_there(point, Expr::number(place))))
        }
        OfPeriods::Zscore => total(points.iter().map(|point| or_zero(minus(point.clone(), base.clone())))),
    };
    let mean = Expr::Divide(sum.boxed(), count.clone().boxed());
    let items = vec![
        count.alias(common.count.clone()),
        base.alias(common.base.clone()),
        mean.alias(common.mean.clone()),
    ];
    (common, items)
}

/// A series' number, whose points are given for a row of cells. Periods without a number
/// are left out.
pub fn made_one(series: &Series, points: Vec<Expr>, common: Option<&Common>) -> Expr {
    match (series.function, common) {
        (OfPeriods::Slope, None) => slope_beneath(points),
        (OfPeriods::Zscore, None) => zscore_beneath(points),
        (OfPeriods::Slope, Some(common)) => slope_beside(&points, common),
        (OfPeriods::Zscore, Some(common)) => zscore_beside(points, common),
    }
}

// -------------------------------------------------------- beneath each other

fn slope_beneath(points: Vec<Expr>) -> Expr {
    let place = |(place, point)| vec![Expr::number(place), point];
    let rows = points.into_iter().enumerate().map(place).collect();
    let slope = aggregate(Agg::Slope, vec![of_points(VALUE), of_points(PLACE)]);
    // Of one point, engines do not agree: some say NULL, some NaN.
    let several = Expr::binary(Op::Less, Expr::number(1), aggregate(Agg::Count, vec![of_points(VALUE)]));
    over(vec![PLACE.into(), VALUE.into()], rows, where_it(several, slope))
}

fn zscore_beneath(mut points: Vec<Expr>) -> Expr {
    let judged = points.pop().expect("a period is judged");
    let rows = points.into_iter().map(|point| vec![point]).collect();
    let of = |function| aggregate(function, vec![of_points(VALUE)]);
    let mean = Expr::Divide(of(Agg::Sum).boxed(), of(Agg::Count).boxed());
    let score = Expr::Divide(minus(judged, mean).boxed(), of(Agg::Stddev).boxed());
    // Of equal numbers, some of which are rounded, it need not be 0 to the last bit.
    let varies = Expr::binary(Op::Less, of(Agg::Min), of(Agg::Max));
    over(vec![VALUE.into()], rows, where_it(varies, score))
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

// --------------------------------------------------------- beside each other

/// Distances from the middle of the places, weighed with those from the base, by the
/// squares of the first.
fn slope_beside(points: &[Expr], common: &Common) -> Expr {
    let from_middle = |place: usize| minus(Expr::number(place), column(&common.mean));
    let rises = points.iter().enumerate().map(|(place, point)| {
        let rise = minus(point.clone(), column(&common.base));
        or_zero(Expr::binary(Op::Multiply, from_middle(place), rise))
    });
    let squares = points.iter().enumerate().map(|(place, point)| {
        let square = Expr::binary(Op::Multiply, from_middle(place), from_middle(place));
        if_there(point, square)
    });
    let slope = Expr::Divide(total(rises).boxed(), total(squares).boxed());
    where_it(Expr::binary(Op::Less, Expr::number(1), column(&common.count)), slope)
}

fn zscore_beside(mut points: Vec<Expr>, common: &Common) -> Expr {
    let judged = points.pop().expect("a period is judged");
    let from_mean = |point: Expr| minus(minus(point, column(&common.base)), column(&common.mean));
    let squares = points
        .iter()
        .map(|point| or_zero(Expr::binary(Op::Multiply, from_mean(point.clone()), from_mean(point.clone()))));
    let others = minus(column(&common.count), Expr::number(1));
    let variance = Expr::Divide(total(squares).boxed(), others.boxed());
    let stddev = Expr::Call(Function::Sqrt, vec![variance]);
    let score = Expr::Divide(from_mean(judged).boxed(), stddev.boxed());
    let differs = |point: &Expr| Expr::binary(Op::NotEqual, point.clone(), column(&common.base));
    where_it(Expr::Or(points.iter().map(differs).collect()), score)
}

fn column(name: &str) -> Expr {
    Expr::of("c", name)
}

fn if_there(point: &Expr, value: Expr) -> Expr {
    let whens = vec![(Expr::is_there(point.clone()), value)];
    Expr::Case { whens, otherwise: Some(Expr::number(0).boxed()) }
}

fn or_zero(value: Expr) -> Expr {
    Expr::Call(Function::Coalesce, vec![value, Expr::number(0)])
}

fn total(parts: impl Iterator<Item = Expr>) -> Expr {
    let sum = parts.reduce(|sum, part| Expr::binary(Op::Add, sum, part));
    sum.expect("a series has points")
}

fn minus(a: Expr, b: Expr) -> Expr {
    Expr::binary(Op::Subtract, a, b)
}

fn where_it(condition: Expr, value: Expr) -> Expr {
    Expr::Case { whens: vec![(condition, value)], otherwise: None }
}
