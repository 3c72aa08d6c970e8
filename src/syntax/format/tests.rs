//! Expressions built by hand, and their texts worked by hand.

use super::expression;
use crate::source::{FileId, Span, Spanned};
use crate::syntax::ast::{BinaryOp, Expr, ExprKind, Path, UnaryOp};

fn at<T>(value: T) -> Spanned<T> {
    Spanned::new(value, Span::new(FileId(0), 0, 0))
}

fn name(text: &str) -> Expr {
    at(ExprKind::Path(Path { qualifier: None, name: at(text.to_owned()) }))
}

fn binary(op: BinaryOp, left: Expr, right: Expr) -> Expr {
    at(ExprKind::Binary(op, Box::new(left), Box::new(right)))
}

fn unary(op: UnaryOp, operand: Expr) -> Expr {
    at(ExprKind::Unary(op, Box::new(operand)))
}

fn filtered(value: Expr, predicate: Expr) -> Expr {
    at(ExprKind::Where { value: Box::new(value), predicate: Box::new(predicate) })
}

#[test]
fn parentheses_only_where_needed() {
    use BinaryOp::{Add, And, Divide, Equal, Multiply, Or, Subtract};
    let [a, b, c] = ["a", "b", "c"].map(name);
    let cases = [
        (binary(Add, binary(Multiply, a.clone(), b.clone()), c.clone()), "a * b + c"),
        (binary(Multiply, binary(Add, a.clone(), b.clone()), c.clone()), "(a + b) * c"),
        (binary(Subtract, binary(Subtract, a.clone(), b.clone()), c.clone()), "a - b - c"),
        (binary(Subtract, a.clone(), binary(Subtract, b.clone(), c.clone())), "a - (b - c)"),
        (binary(Divide, a.clone(), filtered(b.clone(), c.clone())), "a / (b where c)"),
        (filtered(binary(Divide, a.clone(), b.clone()), c.clone()), "a / b where c"),
        (filtered(filtered(a.clone(), b.clone()), c.clone()), "(a where b) where c"),
        (unary(UnaryOp::Not, binary(Equal, a.clone(), b.clone())), "not a = b"),
        (binary(Equal, unary(UnaryOp::Not, a.clone()), b.clone()), "(not a) = b"),
        (binary(Or, binary(And, a.clone(), b.clone()), c.clone()), "a and b or c"),
        (binary(And, a.clone(), binary(Or, b.clone(), c.clone())), "a and (b or c)"),
        (unary(UnaryOp::Minus, binary(Add, a.clone(), b.clone())), "-(a + b)"),
        (binary(Equal, binary(Equal, a.clone(), b.clone()), c.clone()), "(a = b) = c"),
    ];
    for (expr, text) in cases {
        assert_eq!(expression(&expr), text);
    }
}

#[test]
fn names_and_texts_keep_their_quotes() {
    assert_eq!(expression(&name("a b`c")), "`a b``c`");
    assert_eq!(expression(&name("where")), "`where`");
    assert_eq!(expression(&name("day")), "day");
    assert_eq!(expression(&at(ExprKind::Text("it's".to_owned()))), "'it''s'");
    assert_eq!(expression(&at(ExprKind::Text("a\\".to_owned()))), "'a\\'");
}

#[test]
fn a_long_sum_needs_no_deep_stack() {
    let mut sum = name("a");
    for _ in 0..100_000 {
        sum = binary(BinaryOp::Add, sum, name("a"));
    }
    assert_eq!(expression(&sum).len(), 1 + 4 * 100_000);
    // Dropping so deep a tree would itself need the stack that printing does not.
    std::mem::forget(sum);
}
