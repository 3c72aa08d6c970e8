//! Functions of several periods: each period's number first, then one of them all.
//!
//! `slope(revenue, 6 months)` by month reads revenue and `previous(revenue)` of one to
//! five months: every number of a period is what `previous` says it is, ratios and
//! distinct counts too, and a month that has not ended is compared with the same part
//! of the earlier ones.

use super::context::{Builder, Context, Value};
use super::steps;
use crate::diagnostic::{Code, Diagnostic};
use crate::resolve::resolved::{Grain, Length, OfPeriods, Offset, OverPeriods, TimeUnit};
use crate::resolve::scalar::{Scalar, ScalarKind};
use crate::source::Span;

/// Numbers of several periods, the earliest first and the period itself last.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    pub function: OfPeriods,
    pub points: Vec<Value>,
}

/// Each of them is a number of its own; nobody looks at a line of more points.
const MOST: u32 = 100;

/// Adds the series of a function in a context.
pub fn series(
    builder: &mut Builder<'_>,
    of: &OverPeriods,
    span: Span,
    context: &Context,
) -> Result<usize, Vec<Diagnostic>> {
    let grain = builder.time.grain;
    let periods = count(grain, of, span).map_err(|e| vec![e])?;
    let farthest = match of.function {
        OfPeriods::Slope => periods - 1,
        // What is judged is none of those that it is compared with.
        OfPeriods::Zscore => periods,
    };
    let mut points = Vec::new();
    for back in 0..=farthest {
        let mut context = context.clone();
        if back > 0 {
            let by = Some(Length { count: back, unit: unit(grain) });
            context.when.back.push(Offset { by, whole: false });
        }
        let value = builder.number(&of.value, &context)?;
        points.push(match value.kind {
            ScalarKind::Leaf(value) => value,
            _ => Value::Node(builder.node(format!("point_{back}"), value, None)),
        });
    }
    points.reverse();
    let series = Series { function: of.function, points };
    let known = builder.computed.series.iter().position(|known| *known == series);
    Ok(known.unwrap_or_else(|| {
        builder.computed.series.push(series);
        builder.computed.series.len() - 1
    }))
}

/// Calls `see` on every value that a formula reads, those of its series included.
pub fn read(value: &Scalar<Value>, series: &[Series], see: &mut impl FnMut(Value)) {
    value.leaves(&mut |leaf| read_one(*leaf, series, see));
}

fn read_one(value: Value, all: &[Series], see: &mut impl FnMut(Value)) {
    see(value);
    if let Value::Series(index) = value {
        all[index].points.iter().for_each(|point| read_one(*point, all, see));
    }
}

fn count(grain: Grain, of: &OverPeriods, span: Span) -> Result<u32, Diagnostic> {
    let word = of.function.word();
    let periods = steps::periods(grain, of.over, word, span)?;
    let least = match of.function {
        OfPeriods::Slope | OfPeriods::Zscore => 2,
    };
    let message = match periods {
        _ if periods < least => format!("`{word}` over {} is asked by {}", of.over, grain.word()),
        _ if periods > MOST => format!("`{word}` over {} reads {periods} periods", of.over),
        _ => return Ok(periods),
    };
    let error = Diagnostic { span: Some(span), ..Diagnostic::general(Code::OffsetNotWhole, message) };
    Err(match periods > MOST {
        true => error
            .because(format!("each of them is computed by itself, and more than {MOST} are too many"))
            .help("ask for a coarser grain, or look back less"),
        false => error
            .because("one number has no slope, and does not vary")
            .help("ask for a finer grain, or look back longer"),
    })
}

/// What the periods of a grain are counted in.
fn unit(grain: Grain) -> TimeUnit {
    match grain {
        Grain::Hour => TimeUnit::Hour,
        Grain::Day => TimeUnit::Day,
        Grain::Week => TimeUnit::Week,
        Grain::Month | Grain::FiscalMonth => TimeUnit::Month,
        Grain::Quarter | Grain::FiscalQuarter => TimeUnit::Quarter,
        Grain::Year | Grain::IsoYear | Grain::FiscalYear => TimeUnit::Year,
    }
}
