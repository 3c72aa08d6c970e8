//! What holds of any rows: parts add up to their total, shares to one, counts are not
//! negative, and what is asked beside a KPI does not change it.

use super::compare::{Difference, What, written};
use crate::diagnostic::Diagnostic;
use crate::plan::{self, Plan, Request};
use crate::report::{Kind, Sheet, period_name};
use crate::resolve::Resolved;
use crate::resolve::resolved::{Aggregate, Kpi, Number, NumberLeaf, UnitName};
use crate::resolve::scalar::{Arithmetic, ScalarKind};
use crate::run::Value;
use crate::source::Span;

/// What is asked to see whether they hold.
#[derive(Debug, Clone)]
pub struct Invariants {
    /// Everything, and its total.
    pub whole: Plan,
    /// Each KPI by itself; none if only one is asked.
    pub alone: Vec<Plan>,
    kpis: Vec<Known>,
    span: Span,
}

/// What must hold of a KPI.
#[derive(Debug, Clone)]
struct Known {
    id: String,
    adds_up: bool,
    is_count: bool,
    /// Of a share: the dimensions over whose members it sums to one; none: all.
    share_over: Option<Vec<String>>,
}

/// How far sums may be apart, as a share of the larger one: floating-point numbers are among them.
const RELATIVE: f64 = 1e-9;

impl Invariants {
    /// Plans what must be asked beside a test's request.
    ///
    /// # Errors
    /// What planning refuses of a KPI by itself or of the total.
    pub fn new(resolved: &Resolved, request: &Request, span: Span) -> Result<Invariants, Vec<Diagnostic>> {
        let plain = Request { beside: plan::Beside::default(), ..request.clone() };
        let whole = plan::plan(resolved, &Request { total: true, ..plain.clone() })?;
        let ids: Vec<String> = whole.outputs.iter().map(|output| output.kpi.clone()).collect();
        let alone = |id: &String| plan::plan(resolved, &Request { kpis: vec![id.clone()], ..plain.clone() });
        let alone = if ids.len() > 1 { ids.iter().map(alone).collect::<Result<_, _>>()? } else { Vec::new() };
        let known = |kpi: &Kpi| Known {
            id: kpi.id.clone(),
            // What is suppressed is missing in a sum.
            adds_up: whole.minimum.is_none() && kpi_adds_up(kpi, resolved),
            is_count: kpi.unit == Some(UnitName::Count),
            share_over: share(kpi, resolved).filter(|_| whole.minimum.is_none()),
        };
        let kpis = ids.iter().filter_map(|id| resolved.kpis.get(id)).map(known).collect();
        Ok(Invariants { whole, alone, kpis, span })
    }

    /// Everything that does not hold.
    pub fn broken(&self, whole: &Sheet, alone: &[Sheet]) -> Vec<Difference> {
        let rows = Rows { sheet: whole, dimensions: self.dimensions(), span: self.span };
        let mut found = Vec::new();
        for (i, known) in self.kpis.iter().enumerate() {
            let column = OWN + rows.dimensions.len() + i;
            if known.is_count {
                found.extend(rows.negative(&known.id, column));
            }
            if known.adds_up {
                found.extend(rows.parts(&known.id, column));
            }
            if let Some(over) = &known.share_over {
                found.extend(rows.shares(&known.id, column, over));
            }
            if let Some(alone) = alone.get(i) {
                found.extend(rows.changed(&known.id, column, alone));
            }
        }
        found
    }

    /// Those of rows alone can be summed over: steps and ages overlap.
    fn dimensions(&self) -> Vec<(String, bool)> {
        let of_rows = |d: &plan::Dimension| d.kind == plan::DimensionKind::OfRows;
        self.whole.scope.dimensions.iter().map(|d| (d.id.clone(), of_rows(d))).collect()
    }
}

// ----------------------------------------------------------------- formulas

fn kpi_adds_up(kpi: &Kpi, resolved: &Resolved) -> bool {
    // Where nothing is, another number may stand.
    kpi.empty.is_none() && adds_up(&kpi.value, resolved)
}

/// Whether a number of several members is the sum of theirs.
fn adds_up(number: &Number, resolved: &Resolved) -> bool {
    let of = |number: &Number| adds_up(number, resolved);
    let is_sum = |aggregate: &Aggregate| matches!(aggregate, Aggregate::Count | Aggregate::Sum(_));
    match &number.kind {
        ScalarKind::Leaf(leaf) => match leaf {
            NumberLeaf::Measure(id) => resolved.measures.get(id).is_some_and(|m| is_sum(&m.aggregate)),
            NumberLeaf::Stock(id, _) => resolved.stocks.get(id).is_some_and(|s| is_sum(&s.aggregate)),
            NumberLeaf::Kpi(id) => resolved.kpis.get(id).is_some_and(|kpi| kpi_adds_up(kpi, resolved)),
            NumberLeaf::Restrict(value, _)
            | NumberLeaf::Previous(value, _)
            | NumberLeaf::Window(value, _) => of(value),
            NumberLeaf::Versions(versions) => versions.iter().all(|version| of(&version.value)),
            _ => false,
        },
        ScalarKind::Negate(value) => of(value),
        ScalarKind::Arithmetic(Arithmetic::Add | Arithmetic::Subtract, a, b) => of(a) && of(b),
        ScalarKind::Arithmetic(Arithmetic::Multiply, a, b) => {
            (is_literal(a) && of(b)) || (is_literal(b) && of(a))
        }
        ScalarKind::Divide(a, b) => is_literal(b) && of(a),
        _ => false,
    }
}

fn is_literal(number: &Number) -> bool {
    matches!(number.kind, ScalarKind::Literal(_))
}

/// `x / total(x, d, …)`: the dimensions that are lifted.
fn share(kpi: &Kpi, resolved: &Resolved) -> Option<Vec<String>> {
    let ScalarKind::Divide(part, whole) = &kpi.value.kind else { return None };
    let ScalarKind::Leaf(NumberLeaf::Total(total, over)) = &whole.kind else { return None };
    let is_share = **part == **total && kpi.empty.is_none() && adds_up(part, resolved);
    is_share.then(|| over.clone())
}

// -------------------------------------------------------------------- rows

/// Columns of a result in front of the dimensions.
const OWN: usize = 3;

struct Rows<'a> {
    sheet: &'a Sheet,
    /// Each with whether its members can be summed over.
    dimensions: Vec<(String, bool)>,
    span: Span,
}

impl Rows<'_> {
    fn values(&self) -> impl Iterator<Item = &[Value]> {
        self.sheet.lines.iter().map(|line| line.values.as_slice())
    }

    fn is_total(row: &[Value]) -> bool {
        row[1] == Value::Text("total".into())
    }

    fn difference(&self, row: &[Value], column: &str, expected: String, got: String) -> Difference {
        let mut keys = Vec::new();
        for (i, value) in row.iter().enumerate().take(OWN + self.dimensions.len()) {
            let shown = match &self.sheet.columns[i].kind {
                Kind::Period(grain) => period_name(*grain, value),
                _ => written(value),
            };
            let name = match &self.sheet.columns[i].kind {
                Kind::Period(grain) => grain.word().to_owned(),
                _ => self.sheet.columns[i].name.clone(),
            };
            if i < OWN || *value != Value::Null {
                keys.push((name, shown));
            }
        }
        Difference {
            row: keys,
            what: What::Cell { column: column.to_owned(), expected, got },
            span: Some(self.span),
        }
    }

    /// Counts below zero.
    fn negative(&self, id: &str, column: usize) -> Vec<Difference> {
        let below = self.values().filter(|row| row[column].number().is_some_and(|n| n < 0.0));
        below.map(|row| self.difference(row, id, "no negative count".into(), written(&row[column]))).collect()
    }

    /// Members whose sum is not the total of the same period and segment.
    fn parts(&self, id: &str, column: usize) -> Vec<Difference> {
        let mut found = Vec::new();
        for total in self.values().filter(|row| Self::is_total(row)) {
            for slicing in self.slicings() {
                let members: Vec<&[Value]> = self
                    .values()
                    .filter(|row| row[1] == slicing && row[0] == total[0] && row[2] == total[2])
                    .collect();
                let (sum, has_any) = sum(members.iter().map(|row| &row[column]));
                let whole = total[column].number();
                let holds = match whole {
                    None => !has_any,
                    Some(whole) => near(whole, sum),
                };
                if !holds {
                    let expected = format!("{}, as the total is", written(&total[column]));
                    let got = format!("{} as the sum by {}", shown(sum, has_any), written(&slicing));
                    found.push(self.difference(total, id, expected, got));
                }
            }
        }
        found
    }

    /// The slicings over all of whose dimensions can be summed.
    fn slicings(&self) -> Vec<Value> {
        let mut slicings: Vec<Value> = Vec::new();
        let summed = |name: &str| {
            let of_rows = |id: &str| self.dimensions.iter().any(|(known, of_rows)| known == id && *of_rows);
            name.split(',').all(of_rows)
        };
        for row in self.values().filter(|row| !Self::is_total(row)) {
            let is_new = !slicings.contains(&row[1]);
            if let (true, Value::Text(name)) = (is_new, &row[1])
                && summed(name)
            {
                slicings.push(row[1].clone());
            }
        }
        slicings
    }

    /// Shares that do not sum to one over the dimensions that are lifted.
    fn shares(&self, id: &str, column: usize, over: &[String]) -> Vec<Difference> {
        let slicings = self.slicings();
        let kept: Vec<usize> = (0..self.dimensions.len())
            .filter(|i| !over.is_empty() && !over.contains(&self.dimensions[*i].0))
            .map(|i| OWN + i)
            .collect();
        let mut groups: Vec<(Vec<&Value>, &[Value], Vec<&Value>)> = Vec::new();
        for row in self.values().filter(|row| slicings.contains(&row[1])) {
            let key: Vec<&Value> = [0, 1, 2].iter().chain(&kept).map(|i| &row[*i]).collect();
            match groups.iter_mut().find(|(known, ..)| *known == key) {
                Some((_, _, shares)) => shares.push(&row[column]),
                None => groups.push((key, row, vec![&row[column]])),
            }
        }
        let mut found = Vec::new();
        for (_, row, shares) in groups {
            let (sum, has_any) = sum(shares.into_iter());
            // Of a total that is nothing there are no shares.
            if has_any && !near(1.0, sum) {
                found.push(self.difference(row, id, "shares that sum to 1".into(), shown(sum, true)));
            }
        }
        found
    }

    /// Values that are others when the KPI is asked by itself.
    fn changed(&self, id: &str, column: usize, alone: &Sheet) -> Vec<Difference> {
        let keys = OWN + self.dimensions.len();
        let mut found = Vec::new();
        for line in &alone.lines {
            let Some(by_itself) = line.values.get(keys) else { continue };
            let beside = self.values().find(|row| row[..keys] == line.values[..keys]);
            let same = match beside.map(|row| &row[column]) {
                Some(value) => match (value.number(), by_itself.number()) {
                    (Some(a), Some(b)) => near(a, b),
                    _ => value == by_itself,
                },
                None => false,
            };
            if !same {
                let expected = format!("{}, as asked by itself", written(by_itself));
                let got = beside.map_or("no row".into(), |row| written(&row[column]));
                found.push(self.difference(&line.values, id, expected, got));
            }
        }
        found
    }
}

/// The sum of those that are there, and whether any is.
fn sum<'v>(values: impl Iterator<Item = &'v Value>) -> (f64, bool) {
    values.filter_map(Value::number).fold((0.0, false), |(sum, _), value| (sum + value, true))
}

fn shown(sum: f64, has_any: bool) -> String {
    if has_any { written(&Value::Float(sum)) } else { "null".into() }
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= RELATIVE * a.abs().max(b.abs()).max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Column, Line};
    use crate::resolve::resolved::Grain;
    use crate::source::FileId;

    /// Rows of month, slicing, segment, channel, and one number.
    fn sheet(rows: &[(&str, Option<&str>, Option<f64>)]) -> Sheet {
        let text = |text: &str| Value::Text(text.into());
        let line = |(slicing, channel, number): &(&str, Option<&str>, Option<f64>)| Line {
            values: vec![
                Value::Date(jiff::civil::date(2026, 1, 1)),
                text(slicing),
                text("all"),
                channel.map_or(Value::Null, text),
                number.map_or(Value::Null, Value::Float),
            ],
            is_complete: true,
            breaks: Vec::new(),
            sliced: Vec::new(),
            suppressed: Vec::new(),
            number: None,
            others: None,
        };
        let names = ["period_start", "slicing", "segment", "channel", "x"];
        let kind = |i: usize| if i == 0 { Kind::Period(Grain::Month) } else { Kind::Word };
        let columns = names.iter().enumerate().map(|(i, name)| Column::new(*name, kind(i)));
        Sheet { columns: columns.collect(), lines: rows.iter().map(line).collect(), context: Vec::new() }
    }

    fn rows(sheet: &Sheet) -> Rows<'_> {
        let span = Span::new(FileId(0), 0, 0);
        Rows { sheet, dimensions: vec![("channel".into(), true)], span }
    }

    fn said(found: &[Difference]) -> Vec<(String, String)> {
        let cell = |difference: &Difference| match &difference.what {
            What::Cell { expected, got, .. } => (expected.clone(), got.clone()),
            What::Missing | What::Unexpected { .. } => unreachable!("invariants are about cells"),
        };
        found.iter().map(cell).collect()
    }

    #[test]
    fn parts_that_do_not_add_up_are_told() {
        let good = sheet(&[
            ("total", None, Some(3.0)),
            ("channel", Some("a"), Some(1.0)),
            ("channel", None, Some(2.0)),
        ]);
        assert!(rows(&good).parts("x", 4).is_empty());
        let unknown = sheet(&[("total", None, None), ("channel", Some("a"), None)]);
        assert!(rows(&unknown).parts("x", 4).is_empty());
        let bad =
            sheet(&[("total", None, Some(3.0)), ("channel", Some("a"), Some(1.0)), ("channel", None, None)]);
        assert_eq!(
            said(&rows(&bad).parts("x", 4)),
            [("3.0, as the total is".into(), "1.0 as the sum by 'channel'".into())]
        );
        let late = sheet(&[("total", None, None), ("channel", Some("a"), Some(0.0))]);
        assert_eq!(rows(&late).parts("x", 4).len(), 1);
    }

    #[test]
    fn shares_that_do_not_sum_to_one_are_told() {
        let over = ["channel".to_owned()];
        let good = sheet(&[
            ("total", None, Some(1.0)),
            ("channel", Some("a"), Some(0.25)),
            ("channel", None, Some(0.75)),
        ]);
        assert!(rows(&good).shares("x", 4, &over).is_empty() && rows(&good).shares("x", 4, &[]).is_empty());
        let nothing = sheet(&[("channel", Some("a"), None), ("channel", None, None)]);
        assert!(rows(&nothing).shares("x", 4, &over).is_empty());
        let bad = sheet(&[("channel", Some("a"), Some(0.25)), ("channel", None, Some(0.7))]);
        assert_eq!(rows(&bad).shares("x", 4, &over).len(), 1);
        // By another dimension alone each row is all of itself.
        let other = ["country".to_owned()];
        assert_eq!(rows(&bad).shares("x", 4, &other).len(), 2);
    }

    #[test]
    fn negative_counts_and_changed_values_are_told() {
        let whole = sheet(&[("total", None, Some(-1.0)), ("channel", Some("a"), Some(0.0))]);
        assert_eq!(said(&rows(&whole).negative("x", 4)), [("no negative count".into(), "-1.0".into())]);
        assert!(rows(&whole).changed("x", 4, &whole).is_empty());
        let alone = sheet(&[
            ("total", None, Some(-1.0)),
            ("channel", Some("a"), None),
            ("channel", Some("b"), Some(0.0)),
        ]);
        let expected = [("null, as asked by itself", "0.0"), ("0.0, as asked by itself", "no row")];
        assert_eq!(
            said(&rows(&whole).changed("x", 4, &alone)),
            expected.map(|(a, b)| (a.to_owned(), b.to_owned()))
        );
    }
}
