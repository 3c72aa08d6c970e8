//! Distinct counts of what may be null: rows without a value are not counted.

use super::measures::Known;
use super::resolved::{Aggregate, ColumnRef, Measure, Row, Source, Stock};
use super::rows::Rows;
use super::scalar::{Comparison, Scalar, ScalarKind};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::source::Span;

/// What a distinct count is, whether of a flow or of a stock.
struct Counted<'a> {
    id: &'a str,
    aggregate: &'a Aggregate,
    filter: Option<&'a Row>,
    span: Span,
}

/// Reports the distinct counts of columns that the data says may be null, unless a condition
/// leaves such rows out.
pub fn check<'a>(
    rows: &Rows<'_>,
    sources: &[Source],
    measures: impl Iterator<Item = &'a Known<Measure>>,
    stocks: impl Iterator<Item = &'a Known<Stock>>,
    sink: &mut Sink,
) {
    for Known { measure: m, source, .. } in measures {
        let counted = Counted { id: &m.id, aggregate: &m.aggregate, filter: m.filter.as_ref(), span: m.span };
        sink.extend(nullable(rows, sources, *source, &counted));
    }
    for Known { measure: s, source, .. } in stocks {
        let counted = Counted { id: &s.id, aggregate: &s.aggregate, filter: s.filter.as_ref(), span: s.span };
        sink.extend(nullable(rows, sources, *source, &counted));
    }
}

fn nullable(rows: &Rows<'_>, sources: &[Source], source: usize, counted: &Counted<'_>) -> Option<Diagnostic> {
    let Aggregate::CountDistinct(values) = counted.aggregate else { return None };
    let conditions: Vec<&Row> = counted.filter.into_iter().chain(&sources[source].rows).collect();
    let may_be_null = |column: &&ColumnRef| {
        let at = rows.target(source, &column.path);
        let found = rows.sources[at].physical.and_then(|known| known.get(&column.column));
        let nullable = found.is_some_and(|found| found.nullable == Some(true));
        nullable && !conditions.iter().any(|condition| keeps_out(condition, column))
    };
    let column = values.iter().filter_map(bare).find(may_be_null)?;
    let shown = column.path.iter().chain([&column.column]).map(String::as_str).collect::<Vec<_>>().join(".");
    Some(
        Diagnostic::warning(
            Code::NullableDistinct,
            counted.span,
            format!("`{}` counts the distinct values of `{shown}`, which may be null", counted.id),
        )
        .because("a row without a value is counted by none of them: it is as if it were not there")
        .help(format!(
            "say so: `where {shown} is not null`; or give such rows a value: `count(distinct coalesce({shown}, …))`"
        )),
    )
}

fn bare(value: &Row) -> Option<&ColumnRef> {
    match &value.kind {
        ScalarKind::Leaf(column) => Some(column),
        _ => None,
    }
}

/// Whether a condition holds for no row in which the column is null: a comparison with null
/// is false.
fn keeps_out(condition: &Row, column: &ColumnRef) -> bool {
    let is_it = |value: &Scalar<ColumnRef>| bare(value) == Some(column);
    match &condition.kind {
        ScalarKind::And(all) => all.iter().any(|part| keeps_out(part, column)),
        ScalarKind::Or(any) => !any.is_empty() && any.iter().all(|part| keeps_out(part, column)),
        ScalarKind::Not(inner) => matches!(&inner.kind, ScalarKind::IsNull(value) if is_it(value)),
        ScalarKind::Compare(
            Comparison::Equal
            | Comparison::Less
            | Comparison::LessEqual
            | Comparison::Greater
            | Comparison::GreaterEqual,
            a,
            b,
        ) => is_it(a) || is_it(b),
        ScalarKind::In(value, _) | ScalarKind::Between { value, .. } | ScalarKind::Like(value, _) => {
            is_it(value)
        }
        _ => false,
    }
}
