//! Expressions: the grammar's flat lists get their tree.

use super::{Builder, Pair, child, children, needed, path_of};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Span, Spanned};
use crate::syntax::ast::{Arg, BinaryOp, Call, Expr, ExprKind, Mode, Per, UnaryOp};
use crate::syntax::dsl::grammar::{PRATT, Rule};
use crate::syntax::dsl::limits::LEVELS;
use std::cell::RefCell;

/// An expression and what only its neighbours ask for.
#[derive(Debug)]
pub struct Made {
    pub expr: Expr,
    /// Levels of its tree.
    levels: u32,
    shape: Shape,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// A number without unit or parentheses.
    Number,
    /// A comparison without parentheses.
    Comparison,
    Other,
}

impl Builder<'_> {
    /// `x` or `x where p`.
    pub(super) fn formula(&mut self, pair: &Pair<'_>) -> Made {
        let mut parts = children(pair, Rule::expression);
        let value = self.expression(&parts.next().expect("a formula has a value"));
        match parts.next() {
            None => value,
            Some(predicate) => {
                let predicate = self.expression(&predicate);
                let levels = value.levels.max(predicate.levels);
                let kind =
                    ExprKind::Where { value: Box::new(value.expr), predicate: Box::new(predicate.expr) };
                self.made(kind, self.span(pair), levels)
            }
        }
    }

    /// The expression among a pair's children.
    pub(super) fn expression_in(&mut self, pair: &Pair<'_>) -> Option<Expr> {
        child(pair, Rule::expression).map(|expression| self.expression(&expression).expr)
    }

    /// The predicate of `where …` among a pair's children.
    pub(super) fn filter_in(&mut self, pair: &Pair<'_>) -> Option<Expr> {
        child(pair, Rule::filter).and_then(|filter| self.expression_in(&filter))
    }

    /// A flat list of operands and operators (`expression` or `sum`).
    pub(super) fn expression(&mut self, pair: &Pair<'_>) -> Made {
        let this = RefCell::new(self);
        PRATT
            .map_primary(|pair| this.borrow_mut().primary(&pair))
            .map_prefix(|operator, value| this.borrow_mut().prefix(&operator, value))
            .map_postfix(|value, operator| this.borrow_mut().postfix(value, &operator))
            .map_infix(|left, operator, right| this.borrow_mut().infix(left, &operator, right))
            .parse(pair.clone().into_inner())
    }

    /// A node over parts with at most so many levels; a tree too high is reported
    /// once and cut, so that nothing downstream walks it.
    fn made(&mut self, kind: ExprKind, span: Span, levels: u32) -> Made {
        if levels < LEVELS {
            return Made { expr: Spanned::new(kind, span), levels: levels + 1, shape: Shape::Other };
        }
        if !self.broken {
            self.report(
                Diagnostic::error(
                    Code::TooLarge,
                    span,
                    format!(
                        "this expression has more than {LEVELS} operators or calls after or inside each other"
                    ),
                )
                .because("it was generated, and every later step would pay for its size")
                .help(
                    "give its parts names; for a long list of values use `in (…)` or a column of the table",
                ),
            );
        }
        Made { expr: Spanned::new(ExprKind::Null, span), levels: 1, shape: Shape::Other }
    }

    fn primary(&mut self, pair: &Pair<'_>) -> Made {
        match pair.as_rule() {
            Rule::group => {
                let inner = self.formula(&needed(pair, Rule::formula));
                let expr = Spanned::new(inner.expr.value, self.span(pair));
                Made { expr, levels: inner.levels, shape: Shape::Other }
            }
            Rule::reference => self.reference(pair),
            Rule::choice => self.choice(pair),
            _ => {
                let expr = self.atom(pair);
                let number = matches!(expr.value, ExprKind::Number(_));
                Made { expr, levels: 1, shape: if number { Shape::Number } else { Shape::Other } }
            }
        }
    }

    fn prefix(&mut self, operator: &Pair<'_>, value: Made) -> Made {
        let span = self.span(operator).to(value.expr.span);
        let op = if operator.as_rule() == Rule::kw_not { UnaryOp::Not } else { UnaryOp::Minus };
        self.made(ExprKind::Unary(op, Box::new(value.expr)), span, value.levels)
    }

    fn infix(&mut self, left: Made, operator: &Pair<'_>, right: Made) -> Made {
        let op = binary(operator.as_rule());
        let span = left.expr.span.to(right.expr.span);
        if op == BinaryOp::Subtract && left.shape == Shape::Number && right.shape == Shape::Number {
            let finding = self.numbers_subtracted(operator);
            self.report(finding);
        }
        let compares = compares(op);
        if compares {
            self.no_chain(&left, &right, span);
        }
        let levels = left.levels.max(right.levels);
        let made = self.made(ExprKind::Binary(op, Box::new(left.expr), Box::new(right.expr)), span, levels);
        Made { shape: if compares { Shape::Comparison } else { Shape::Other }, ..made }
    }

    fn postfix(&mut self, value: Made, operator: &Pair<'_>) -> Made {
        let span = value.expr.span.to(self.span(operator));
        if value.shape == Shape::Comparison {
            self.report(chained(span));
        }
        let negated = child(operator, Rule::kw_not).is_some();
        let levels = value.levels;
        let value = Box::new(value.expr);
        let (kind, inner) = match operator.as_rule() {
            Rule::in_list => {
                let (list, inner) = self.all(children(operator, Rule::expression));
                (ExprKind::In { value, list, negated }, inner)
            }
            Rule::between => {
                let (mut bounds, inner) = self.all(children(operator, Rule::sum));
                let high = bounds.pop().expect("two bounds");
                let low = bounds.pop().expect("two bounds");
                (ExprKind::Between { value, low: Box::new(low), high: Box::new(high), negated }, inner)
            }
            Rule::like => {
                let pattern = self.expression(&needed(operator, Rule::sum));
                (ExprKind::Like { value, pattern: Box::new(pattern.expr), negated }, pattern.levels)
            }
            _ => (ExprKind::IsNull { value, negated }, 0),
        };
        Made { shape: Shape::Comparison, ..self.made(kind, span, levels.max(inner)) }
    }

    /// Several expressions, and the levels of the highest.
    fn all<'i>(&mut self, pairs: impl Iterator<Item = Pair<'i>>) -> (Vec<Expr>, u32) {
        let mut levels = 0;
        let list = pairs.map(|pair| {
            let made = self.expression(&pair);
            levels = levels.max(made.levels);
            made.expr
        });
        (list.collect(), levels)
    }

    /// `a = b = c` would compare a boolean with `c`.
    fn no_chain(&mut self, left: &Made, right: &Made, span: Span) {
        if left.shape == Shape::Comparison || right.shape == Shape::Comparison {
            self.report(chained(span));
        }
    }

    /// `2026 - 01` and `2026-1`: a date of another form, most likely.
    fn numbers_subtracted(&self, operator: &Pair<'_>) -> Diagnostic {
        let range = self.digits_around(self.base + operator.as_span().start());
        let (span, digits) = (self.fragment.span(range.clone()), &self.fragment.text()[range]);
        if digits.contains(char::is_whitespace) {
            return Diagnostic::error(Code::BadDate, span, "this subtracts one bare number from another")
                .because("it looks like a date written with spaces, and would be its year less its month")
                .help("write a date as `2026-01-15`, without spaces; write a difference as its result");
        }
        Diagnostic::error(Code::BadDate, span, format!("`{digits}` is no date or period"))
            .because("dates and periods have a fixed form, so that they are never subtractions")
            .help(
                "write two digits for months and days, as in `2026-01-05`; write a difference as its result",
            )
    }

    /// The numbers, minus signs and blanks around a place: `2026 - 01 - 15`.
    fn digits_around(&self, at: usize) -> std::ops::Range<usize> {
        let text = self.fragment.text();
        let belongs = |c: char| c.is_ascii_digit() || matches!(c, '-' | '_' | '.' | ' ' | '\t');
        let start = at - text[..at].chars().rev().take_while(|c| belongs(*c)).count();
        let end = at + text[at..].chars().take_while(|c| belongs(*c)).count();
        let sign = |c: char| !c.is_ascii_digit();
        start + text[start..end].find(|c| !sign(c)).unwrap_or(0)
            ..start + text[start..end].trim_end_matches(sign).len()
    }

    fn choice(&mut self, pair: &Pair<'_>) -> Made {
        let mut levels = 0;
        let mut whens = Vec::new();
        for when in children(pair, Rule::when) {
            let (mut both, inner) = self.all(children(&when, Rule::expression));
            levels = levels.max(inner);
            let then = both.pop().expect("`when` has two expressions");
            let condition = both.pop().expect("`when` has two expressions");
            whens.push((condition, then));
        }
        let otherwise = child(pair, Rule::otherwise).map(|otherwise| {
            let made = self.expression(&needed(&otherwise, Rule::expression));
            levels = levels.max(made.levels);
            Box::new(made.expr)
        });
        self.made(ExprKind::Case { whens, otherwise }, self.span(pair), levels)
    }

    /// A name, a name behind a dot, or a call.
    fn reference(&mut self, pair: &Pair<'_>) -> Made {
        let names = self.names(pair);
        let span = self.span(pair);
        let Some(arguments) = child(pair, Rule::arguments) else {
            return Made {
                expr: Spanned::new(ExprKind::Path(path_of(names)), span),
                levels: 1,
                shape: Shape::Other,
            };
        };
        let function = names.into_iter().next().expect("a call has a name");
        let mut call = Call { function, distinct: false, args: Vec::new(), per: None };
        let mut levels = 0;
        for inner in arguments.into_inner() {
            match inner.as_rule() {
                Rule::distinct => call.distinct = true,
                Rule::formula => {
                    let made = self.formula(&inner);
                    levels = levels.max(made.levels);
                    call.args.push(Arg::Expr(made.expr));
                }
                Rule::per => {
                    let (per, inner) = self.per(&inner);
                    levels = levels.max(inner);
                    call.per = Some(per);
                }
                _ => {
                    let mode = self.mode(&inner);
                    call.args.push(Arg::Mode(Spanned::new(mode, self.span(&inner))));
                }
            }
        }
        self.made(ExprKind::Call(call), span, levels)
    }

    fn per(&mut self, pair: &Pair<'_>) -> (Per, u32) {
        let having = child(pair, Rule::having).map(|having| self.formula(&needed(&having, Rule::formula)));
        let levels = having.as_ref().map_or(0, |having| having.levels);
        (Per { dimensions: self.paths(pair), having: having.map(|made| Box::new(made.expr)) }, levels)
    }

    fn mode(&mut self, pair: &Pair<'_>) -> Mode {
        match pair.as_rule() {
            Rule::on_day => Mode::OnDay(self.whole(&needed(pair, Rule::whole))),
            Rule::from_day => Mode::FromDay(self.whole(&needed(pair, Rule::whole))),
            Rule::for_days => Mode::Within(self.duration(&needed(pair, Rule::duration)).value),
            Rule::decay => Mode::Decay(self.duration(&needed(pair, Rule::duration)).value),
            _ => Mode::By(self.grain(pair).expect("the grammar demands a grain").value),
        }
    }
}

fn binary(rule: Rule) -> BinaryOp {
    match rule {
        Rule::kw_or => BinaryOp::Or,
        Rule::kw_and => BinaryOp::And,
        Rule::equal => BinaryOp::Equal,
        Rule::not_equal => BinaryOp::NotEqual,
        Rule::less => BinaryOp::Less,
        Rule::less_equal => BinaryOp::LessEqual,
        Rule::greater => BinaryOp::Greater,
        Rule::greater_equal => BinaryOp::GreaterEqual,
        Rule::add => BinaryOp::Add,
        Rule::minus => BinaryOp::Subtract,
        Rule::multiply => BinaryOp::Multiply,
        _ => BinaryOp::Divide,
    }
}

fn compares(op: BinaryOp) -> bool {
    match op {
        BinaryOp::Equal
        | BinaryOp::NotEqual
        | BinaryOp::Less
        | BinaryOp::LessEqual
        | BinaryOp::Greater
        | BinaryOp::GreaterEqual => true,
        BinaryOp::Or
        | BinaryOp::And
        | BinaryOp::Add
        | BinaryOp::Subtract
        | BinaryOp::Multiply
        | BinaryOp::Divide => false,
    }
}

fn chained(span: Span) -> Diagnostic {
    Diagnostic::error(Code::Syntax, span, "this compares the result of a comparison")
        .because("`a < b < c` would compare true or false with `c`")
        .help("join two comparisons with `and`, write `x between 1 and 5`, or put parentheses")
}
