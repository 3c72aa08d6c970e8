//! Expressions, with the parentheses that the grammar needs and no others.

use super::words;
use crate::syntax::ast::{Arg, BinaryOp, Call, Expr, ExprKind, Mode, Per, UnaryOp};

/// Lines longer than this have their `case` broken over lines.
pub(super) const WIDTH: usize = 100;

/// How tightly a form binds; a form stands without parentheses where its own
/// level is at least the one asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    Where,
    Or,
    And,
    Not,
    Comparison,
    Sum,
    Product,
    Minus,
    Atom,
    /// In parentheses, whatever it is.
    Grouped,
}

/// An expression on one line.
pub fn expression(expr: &Expr) -> String {
    flat(expr, Level::Where)
}

pub(super) fn flat(expr: &Expr, level: Level) -> String {
    let mut printer = Printer { out: String::new(), indent: None };
    printer.expr(expr, level);
    printer.out
}

/// With each `case` on lines of its own, indented below a line that starts at `indent`.
pub(super) fn broken(expr: &Expr, level: Level, indent: usize) -> String {
    let mut printer = Printer { out: String::new(), indent: Some(indent) };
    printer.expr(expr, level);
    printer.out
}

struct Printer {
    out: String,
    /// Where a broken `case` starts; None: everything on one line.
    indent: Option<usize>,
}

impl Printer {
    fn word(&mut self, word: &str) {
        self.out.push_str(word);
    }

    fn expr(&mut self, expr: &Expr, least: Level) {
        if level(&expr.value) < least {
            self.word("(");
            self.kind(&expr.value);
            self.word(")");
        } else {
            self.kind(&expr.value);
        }
    }

    fn kind(&mut self, kind: &ExprKind) {
        match kind {
            ExprKind::Null => self.word("null"),
            ExprKind::Bool(value) => self.word(if *value { "true" } else { "false" }),
            ExprKind::Number(number) => self.word(number),
            ExprKind::Percent(number) => self.word(&format!("{number}%")),
            ExprKind::Money(number, unit) => {
                self.word(&format!("{} {}", words::grouped(number), unit.word()));
            }
            ExprKind::Duration(duration) => self.word(&words::duration(duration)),
            ExprKind::Text(text) => self.word(&words::text(text)),
            ExprKind::Date(date) => self.word(&date.to_string()),
            ExprKind::Param(name) => self.word(&format!("${}", words::name(name))),
            ExprKind::Path(path) => self.word(&words::path(path)),
            ExprKind::Unary(UnaryOp::Not, operand) => self.prefix("not ", operand, Level::Not),
            ExprKind::Unary(UnaryOp::Minus, operand) => self.prefix("-", operand, Level::Atom),
            ExprKind::Binary(op, left, right) => self.binary(*op, left, right),
            ExprKind::In { value, list, negated } => {
                self.comparison(value, *negated, "in (");
                self.list(list);
                self.word(")");
            }
            ExprKind::Between { value, low, high, negated } => {
                self.comparison(value, *negated, "between ");
                self.expr(low, Level::Sum);
                self.word(" and ");
                self.expr(high, Level::Sum);
            }
            ExprKind::Like { value, pattern, negated } => {
                self.comparison(value, *negated, "like ");
                self.expr(pattern, Level::Sum);
            }
            ExprKind::IsNull { value, negated } => {
                self.expr(value, Level::Sum);
                self.word(if *negated { " is not null" } else { " is null" });
            }
            ExprKind::Case { whens, otherwise } => self.case(whens, otherwise.as_deref()),
            ExprKind::Call(call) => self.call(call),
            ExprKind::Where { value, predicate } => {
                self.expr(value, Level::Or);
                self.word(" where ");
                self.expr(predicate, Level::Or);
            }
        }
    }

    fn prefix(&mut self, sign: &str, operand: &Expr, least: Level) {
        self.word(sign);
        self.expr(operand, least);
    }

    fn comparison(&mut self, value: &Expr, negated: bool, word: &str) {
        self.expr(value, Level::Sum);
        self.word(if negated { " not " } else { " " });
        self.word(word);
    }

    fn list(&mut self, list: &[Expr]) {
        for (i, item) in list.iter().enumerate() {
            self.word(if i > 0 { ", " } else { "" });
            self.expr(item, Level::Or);
        }
    }

    /// Walks down the left side in a loop: a sum of many terms is as deep as it is long.
    fn binary(&mut self, op: BinaryOp, left: &Expr, right: &Expr) {
        let mut pending = vec![(op, right)];
        let mut first = left;
        let mut least = left_operand(op);
        while let ExprKind::Binary(op, left, right) = &first.value
            && level(&first.value) >= least
        {
            pending.push((*op, right));
            first = left;
            least = left_operand(*op);
        }
        // Two bare numbers around a minus would be a date with blanks in it.
        let is_date = |right: &Expr| is_number(first) && is_number(right);
        let least = match pending.last() {
            Some((BinaryOp::Subtract, right)) if is_date(right) => Level::Grouped,
            _ => least,
        };
        self.expr(first, least);
        for (op, right) in pending.into_iter().rev() {
            self.word(&format!(" {} ", sign(op)));
            self.expr(right, right_operand(op));
        }
    }

    fn case(&mut self, whens: &[(Expr, Expr)], otherwise: Option<&Expr>) {
        self.word("case");
        for (condition, value) in whens {
            self.branch(&[("when ", condition), (" then ", value)]);
        }
        if let Some(value) = otherwise {
            self.branch(&[("else ", value)]);
        }
        match self.indent {
            Some(indent) => self.line(indent),
            None => self.word(" "),
        }
        self.word("end");
    }

    /// One branch of a `case`; it is broken further only if it needs to be.
    fn branch(&mut self, parts: &[(&str, &Expr)]) {
        let Some(outer) = self.indent else {
            self.word(" ");
            return self.parts(parts);
        };
        let indent = outer + 2;
        self.line(indent);
        let mut one_line = Printer { out: String::new(), indent: None };
        one_line.parts(parts);
        if indent + one_line.out.chars().count() <= WIDTH {
            self.word(&one_line.out);
        } else {
            self.indent = Some(indent);
            self.parts(parts);
            self.indent = Some(outer);
        }
    }

    fn parts(&mut self, parts: &[(&str, &Expr)]) {
        for (word, expr) in parts {
            self.word(word);
            self.expr(expr, Level::Or);
        }
    }

    fn line(&mut self, indent: usize) {
        self.out.push('\n');
        self.out.extend(std::iter::repeat_n(' ', indent));
    }

    fn call(&mut self, call: &Call) {
        self.word(&words::name(&call.function));
        self.word(if call.distinct { "(distinct " } else { "(" });
        for (i, arg) in call.args.iter().enumerate() {
            self.word(if i > 0 { ", " } else { "" });
            match arg {
                Arg::Expr(expr) => self.expr(expr, Level::Where),
                Arg::Mode(mode) => self.word(&mode_text(mode)),
            }
        }
        if let Some(per) = &call.per {
            self.word(if call.args.is_empty() { "" } else { " " });
            self.per(per);
        }
        self.word(")");
    }

    fn per(&mut self, per: &Per) {
        self.word(&format!("per {}", words::paths(&per.dimensions)));
        if let Some(having) = &per.having {
            self.word(" having ");
            self.expr(having, Level::Or);
        }
    }
}

fn mode_text(mode: &Mode) -> String {
    match mode {
        Mode::OnDay(day) => format!("on day {day}"),
        Mode::Within(duration) => format!("within {}", words::duration(duration)),
        Mode::FromDay(day) => format!("from day {day} on"),
        Mode::By(grain) => format!("by {}", grain.word()),
        Mode::Decay(duration) => format!("decay {}", words::duration(duration)),
    }
}

fn is_number(expr: &Expr) -> bool {
    matches!(expr.value, ExprKind::Number(_))
}

fn level(kind: &ExprKind) -> Level {
    match kind {
        ExprKind::Where { .. } => Level::Where,
        ExprKind::Binary(op, ..) => operator(*op),
        ExprKind::Unary(UnaryOp::Not, _) => Level::Not,
        ExprKind::Unary(UnaryOp::Minus, _) => Level::Minus,
        ExprKind::In { .. } | ExprKind::Between { .. } | ExprKind::Like { .. } | ExprKind::IsNull { .. } => {
            Level::Comparison
        }
        ExprKind::Null
        | ExprKind::Bool(_)
        | ExprKind::Number(_)
        | ExprKind::Percent(_)
        | ExprKind::Money(..)
        | ExprKind::Duration(_)
        | ExprKind::Text(_)
        | ExprKind::Date(_)
        | ExprKind::Param(_)
        | ExprKind::Path(_)
        | ExprKind::Case { .. }
        | ExprKind::Call(_) => Level::Atom,
    }
}

fn operator(op: BinaryOp) -> Level {
    match op {
        BinaryOp::Or => Level::Or,
        BinaryOp::And => Level::And,
        BinaryOp::Equal
        | BinaryOp::NotEqual
        | BinaryOp::Less
        | BinaryOp::LessEqual
        | BinaryOp::Greater
        | BinaryOp::GreaterEqual => Level::Comparison,
        BinaryOp::Add | BinaryOp::Subtract => Level::Sum,
        BinaryOp::Multiply | BinaryOp::Divide => Level::Product,
    }
}

/// Operators group to the left; a comparison of a comparison needs parentheses.
fn left_operand(op: BinaryOp) -> Level {
    match operator(op) {
        Level::Comparison => Level::Sum,
        same => same,
    }
}

fn right_operand(op: BinaryOp) -> Level {
    match operator(op) {
        Level::Or => Level::And,
        Level::And => Level::Not,
        Level::Comparison => Level::Sum,
        Level::Sum => Level::Product,
        _ => Level::Minus,
    }
}

fn sign(op: BinaryOp) -> &'static str {
    match op {
        BinaryOp::Or => "or",
        BinaryOp::And => "and",
        BinaryOp::Equal => "=",
        BinaryOp::NotEqual => "<>",
        BinaryOp::Less => "<",
        BinaryOp::LessEqual => "<=",
        BinaryOp::Greater => ">",
        BinaryOp::GreaterEqual => ">=",
        BinaryOp::Add => "+",
        BinaryOp::Subtract => "-",
        BinaryOp::Multiply => "*",
        BinaryOp::Divide => "/",
    }
}
