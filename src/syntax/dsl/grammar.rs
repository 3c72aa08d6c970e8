//! The grammar of `grammar/kpi.pest` and the binding power of its operators.

use pest::iterators::Pairs;
use pest::pratt_parser::{Assoc, ConstPrattParser, Op};
use pest::{Parser, error::Error};

#[derive(Debug, pest_derive::Parser)]
#[grammar = "../grammar/kpi.pest"]
struct Grammar;

/// Reads a text by one rule, from its first byte.
///
/// # Errors
/// Where it stopped and what could have stood there; boxed, since it holds a line of text.
pub fn parse(rule: Rule, text: &str) -> Result<Pairs<'_, Rule>, Box<Error<Rule>>> {
    Grammar::parse(rule, text).map_err(Box::new)
}

/// Loosest first; `true` begins a level.
pub static PRATT: ConstPrattParser<Rule, 18> = ConstPrattParser::new_const([
    (Op::infix(Rule::kw_or, Assoc::Left), true),
    (Op::infix(Rule::kw_and, Assoc::Left), true),
    (Op::prefix(Rule::kw_not), true),
    (Op::infix(Rule::equal, Assoc::Left), true),
    (Op::infix(Rule::not_equal, Assoc::Left), false),
    (Op::infix(Rule::less, Assoc::Left), false),
    (Op::infix(Rule::less_equal, Assoc::Left), false),
    (Op::infix(Rule::greater, Assoc::Left), false),
    (Op::infix(Rule::greater_equal, Assoc::Left), false),
    (Op::postfix(Rule::in_list), false),
    (Op::postfix(Rule::between), false),
    (Op::postfix(Rule::like), false),
    (Op::postfix(Rule::is_null), false),
    (Op::infix(Rule::add, Assoc::Left), true),
    (Op::infix(Rule::minus, Assoc::Left), false),
    (Op::infix(Rule::multiply, Assoc::Left), true),
    (Op::infix(Rule::divide, Assoc::Left), false),
    (Op::prefix(Rule::negate), true),
]);
