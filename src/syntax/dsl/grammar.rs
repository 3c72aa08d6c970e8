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

/// The rule of the property that a text begins with.
pub fn of_keyword(text: &str) -> Option<Rule> {
    let end = text.find(|c: char| c != '_' && !c.is_ascii_alphanumeric()).unwrap_or(text.len());
    Some(match &text[..end] {
        "table" => Rule::table,
        "file" => Rule::data_file,
        "sql" => Rule::query,
        "key" => Rule::key,
        "time" => Rule::time,
        "active" => Rule::active,
        "snapshot" => Rule::snapshot,
        "valid" => Rule::valid,
        "since" => Rule::since,
        "rows" => Rule::rows,
        "join" => Rule::join,
        "column" => Rule::column,
        "dimension" => Rule::dimension,
        "stock" => Rule::stock,
        "measure" => Rule::measure,
        "label" => Rule::translation,
        "alias" => Rule::alias,
        "unit" => Rule::unit,
        "better" => Rule::better,
        "by" => Rule::by,
        "segments" => Rule::segments,
        "grain" => Rule::grain,
        "settled" => Rule::settled,
        "empty" => Rule::empty,
        "format" => Rule::format,
        "objective" => Rule::objective,
        "stage" => Rule::stage,
        "owner" => Rule::owner,
        "tags" => Rule::tags,
        "action" => Rule::action,
        "interpretation" => Rule::interpretation,
        "drivers" => Rule::drivers,
        "pair_with" => Rule::pair_with,
        "vanity" => Rule::vanity,
        "leads_to" => Rule::leads_to,
        "prefer" => Rule::prefer,
        "target" => Rule::target,
        "status" => Rule::status,
        "benchmark" => Rule::benchmark,
        "version" => Rule::version,
        "effective" => Rule::effective,
        "given" => Rule::given,
        "when" => Rule::asked,
        "then" => Rule::expected,
        "invariants" => Rule::invariants,
        _ => return None,
    })
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
