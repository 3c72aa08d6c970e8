//! The properties of unit tests: rows given, a request, cells expected.

use super::literal::period;
use super::{Builder, Pair, child, children, needed};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Spanned;
use crate::syntax::ast::{
    BinaryOp, Cell, Cells, Date, ExprKind, Given, Period, PeriodKind, Property, Test, Then, When,
};
use crate::syntax::dsl::grammar::Rule;

impl Builder<'_> {
    /// Puts a property into its test; false if it was reported instead.
    pub fn test_property(&mut self, pair: &Pair<'_>, test: &mut Test) -> bool {
        self.was_broken();
        let put = match pair.as_rule() {
            Rule::given => {
                let source = self.only_name(pair);
                let given = self.with_rows(pair, |table| Given { source, table });
                self.given(given, test)
            }
            Rule::asked => {
                let when = self.when(pair);
                let when = self.property(pair, when);
                self.once("`when`", &mut test.when, when)
            }
            Rule::expected => {
                let some = child(pair, Rule::kw_some).is_some();
                let then = self.with_rows(pair, |table| Then { some, table });
                self.once("`then`", &mut test.then, then)
            }
            Rule::invariants => {
                let invariants = self.property(pair, ());
                self.once("`invariants`", &mut test.invariants, invariants)
            }
            rule => unreachable!("{rule:?} is no property of a test"),
        };
        test.incomplete |= !put;
        put
    }

    fn given(&mut self, given: Property<Given>, test: &mut Test) -> bool {
        if self.was_broken() {
            return false;
        }
        let source = &given.value.source;
        if let Some(first) = test.given.iter().find(|first| first.value.source == *source) {
            let fact = format!("the rows of `{}` are given a second time", source.value);
            let finding = Diagnostic::error(Code::Repeated, source.span, fact)
                .label(first.value.source.span, "first given here")
                .help("write all its rows in one place");
            self.sink.push(finding);
            return false;
        }
        test.given.push(given);
        true
    }

    /// Columns and rows, each with the comments that stand around it.
    fn with_rows<T>(&mut self, pair: &Pair<'_>, make: impl FnOnce(Cells) -> T) -> Property<T> {
        let range = self.range(pair);
        let names = needed(pair, Rule::cell_names);
        let head = self.range(&names);
        let above = self.remarks.before(range.start).into_iter().map(|remark| remark.text).collect();
        let comments = self.comments(above, head.end);
        let rows: Vec<Pair<'_>> = children(pair, Rule::row).collect();
        let table = Cells {
            columns: self.paths(&names),
            rows: rows.iter().map(|row| self.row(row)).collect(),
            span: self.fragment.span(head),
        };
        Property { value: make(table), comments, span: self.fragment.span(range) }
    }

    fn row(&mut self, pair: &Pair<'_>) -> Property<Vec<Cell>> {
        let cells: Vec<Pair<'_>> = children(pair, Rule::cell).collect();
        let cells = cells.iter().map(|cell| self.cell(cell)).collect();
        self.property(pair, cells)
    }

    /// A row, or nothing if it was reported instead.
    pub fn whole_row(&mut self, pair: &Pair<'_>) -> Option<Property<Vec<Cell>>> {
        self.was_broken();
        let row = self.row(pair);
        (!self.was_broken()).then_some(row)
    }

    fn cell(&mut self, pair: &Pair<'_>) -> Cell {
        let mut literals = children(pair, Rule::literal);
        let first = literals.next().expect("a cell has a value");
        let Some(second) = literals.next() else {
            return match self.longer_than_a_day(&first) {
                Some(period) => Cell::Period(period),
                None => Cell::Value(self.literal(&first)),
            };
        };
        let (above, below) = (self.literal(&first), self.literal(&second));
        let quotient = ExprKind::Binary(BinaryOp::Divide, Box::new(above), Box::new(below));
        Cell::Value(Spanned::new(quotient, self.span(pair)))
    }

    /// `2026-01` by itself: no value of an expression, but a period of a result.
    fn longer_than_a_day(&self, literal: &Pair<'_>) -> Option<Period> {
        let mut inner = literal.clone().into_inner();
        let written = inner.next().filter(|inner| inner.as_rule() == Rule::period_like)?;
        let kind = period(written.as_str()).ok().filter(|kind| !matches!(kind, PeriodKind::Day(_)))?;
        Some(Spanned::new(kind, self.span(&written)))
    }

    fn when(&mut self, pair: &Pair<'_>) -> When {
        let mut when = When {
            kpis: self.names(pair),
            by: Vec::new(),
            total: false,
            grain: None,
            from: None,
            to: None,
            as_of: None,
            clip: false,
            filter: None,
            segments: Vec::new(),
        };
        let mut seen: Vec<Pair<'_>> = Vec::new();
        for part in pair.clone().into_inner() {
            let is_part = !matches!(part.as_rule(), Rule::kw_when | Rule::name);
            if let Some(first) = seen.iter().find(|first| first.as_rule() == part.as_rule()) {
                let word = first.as_str().split_whitespace().next().unwrap_or_default().to_owned();
                let finding =
                    Diagnostic::error(Code::Repeated, self.span(&part), format!("`{word}` is given twice"))
                        .label(self.span(first), "first given here")
                        .help("keep one of them");
                self.report(finding);
            }
            self.request_part(&part, &mut when);
            // Several slicings may be asked.
            if is_part && part.as_rule() != Rule::by {
                seen.push(part);
            }
        }
        when
    }

    fn request_part(&mut self, part: &Pair<'_>, when: &mut When) {
        match part.as_rule() {
            Rule::by => when.by.push(self.paths(part)),
            Rule::as_total => when.total = true,
            Rule::asked_grain => when.grain = self.grain(part),
            Rule::from => when.from = Some(self.period(part)),
            Rule::to_period => when.to = Some(self.period(part)),
            Rule::as_of_day => when.as_of = self.as_of_day(part),
            Rule::clip => when.clip = true,
            Rule::filter => when.filter = self.expression_in(part),
            Rule::segments => when.segments = self.names(part),
            _ => {}
        }
    }

    fn as_of_day(&mut self, pair: &Pair<'_>) -> Option<Spanned<Date>> {
        let period = self.period(pair);
        if let PeriodKind::Day(day) = period.value {
            return Some(Spanned::new(day, period.span));
        }
        let finding = Diagnostic::error(Code::BadDate, period.span, "what is known ends with a day")
            .help("write the day: `as_of 2026-01-31`");
        self.report(finding);
        None
    }
}
