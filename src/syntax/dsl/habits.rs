//! Mistakes that people bring from SQL, spreadsheets and other languages, each with
//! the way it is written here.

use super::explain::{Place, Stop, is_quote, no_unit};
use super::grammar::{self, Rule};
use super::scan::{Kind, Quote, Token, tokens};
use super::{short, words};
use crate::diagnostic::{Code, Diagnostic};
use crate::syntax::units;

/// The finding about a known mistake, if this is one.
pub fn known(stop: &Stop<'_>, token: Token) -> Option<Diagnostic> {
    match token.kind {
        Kind::Symbol => symbol(stop, token),
        Kind::Word => word(stop, token),
        Kind::Number => number(stop, token),
        Kind::Quoted(_) => quote(stop, token),
        Kind::OpenBrace => Some(brace(stop, token)),
        Kind::CloseParen if closes_nothing(stop, token) => Some(
            stop.error(token, Code::Syntax, "this `)` closes nothing")
                .help("remove it, or open a parenthesis before what it should hold"),
        ),
        Kind::OpenParen | Kind::CloseParen | Kind::CloseBrace | Kind::Comment => None,
    }
}

/// What is written instead of an operator that the language does not have.
const OPERATORS: [(&str, &str, &str); 9] = [
    ("==", "equality has one sign", "="),
    ("!=", "inequality is written as in SQL", "<>"),
    ("&&", "conditions are joined with words", "and"),
    ("||", "conditions are joined with words; texts with `concat(a, b)`", "or"),
    ("//", "comments begin with `#`", "#"),
    ("/*", "comments begin with `#` and end with their line", "#"),
    (";", "a line needs no end mark", ""),
    ("!", "a condition is negated with a word", "not "),
    ("=>", "the sign comes first", ">="),
];

fn symbol(stop: &Stop<'_>, token: Token) -> Option<Diagnostic> {
    let sign = stop.text(token);
    if let Some((_, reason, ours)) = OPERATORS.iter().find(|(theirs, _, _)| *theirs == sign) {
        let help = if ours.is_empty() { "remove it".to_owned() } else { format!("write `{}`", ours.trim()) };
        let finding = stop.error(token, Code::Syntax, format!("`{sign}` is no sign of the language"));
        return Some(finding.because(*reason).help(help).fix(stop.span(token), *ours));
    }
    let finding = |fact: &str| stop.error(token, Code::Syntax, fact);
    match sign {
        "%" => Some(
            finding("`%` only ends a number")
                .because("`2.5%` is 0.025; the sign is no operator")
                .help("write `mod(a, b)` for the rest of a division, or put `%` right behind a number"),
        ),
        "*" if stop.before.is_some_and(|before| before.kind == Kind::OpenParen) => {
            Some(finding("`*` is no argument").because("`count()` counts rows").help("write `count()`"))
        }
        "," if groups_digits(stop, token) => Some(
            finding("a comma groups no digits")
                .because("it separates what is in a list")
                .help("group digits with `_`, as in `1_000`"),
        ),
        "." if stop.expects_value() => {
            Some(finding("a number begins with a digit").help("write `0.5` for a half"))
        }
        "**" | "^" => Some(finding("powers have no sign").help("write `power(a, b)`")),
        "." if stop.before.is_some_and(|before| before.kind == Kind::Word) => Some(
            finding("a second dot stands in a name")
                .because("a dot is `join.column` in a source and `tool.step` in a KPI")
                .help("declare the column in the joined source, and name it there"),
        ),
        "." if stop.before.is_some_and(|before| before.kind == Kind::Number) => {
            Some(finding("a second dot stands in a number").help("group digits with `_`, as in `1_000.5`"))
        }
        "=" if stop.place == Place::Head && stop.expects(Rule::open) => Some(
            finding("this item takes no formula")
                .help("only a KPI, a measure, a stock, a column, a dimension and a param have one"),
        ),
        "-" | "/" | "+" | "*" | "<" | ">" | "=" | "<=" | ">=" | "<>" | "," | ":" | "." | "$" | "->"
        | "::" => None,
        _ => Some(
            finding(&format!("`{}` is no sign of the language", short(sign)))
                .help("a name with unusual characters stands in backticks, a text in single quotes"),
        ),
    }
}

/// `1,000`
fn groups_digits(stop: &Stop<'_>, comma: Token) -> bool {
    let is_number = |token: Token| token.kind == Kind::Number;
    let behind = tokens(&stop.slice[comma.end..]).next();
    stop.before.is_some_and(|before| is_number(before) && before.end == comma.start)
        && behind.is_some_and(|token| is_number(token) && (token.start, token.end) == (0, 3))
}

fn word(stop: &Stop<'_>, token: Token) -> Option<Diagnostic> {
    let word = stop.text(token);
    if stop.place == Place::Alone
        && stop.before.is_none()
        && stop.expects(Rule::text)
        && !stop.expects_value()
    {
        let help = format!("a text has single quotes of its own, inside of YAML's: `\"'{}'\"`", short(word));
        let fact = format!("`{}` is neither a number nor a text", short(word));
        return Some(stop.error(token, Code::Syntax, fact).help(help));
    }
    let before = stop.before?;
    let finding = |fact: String| stop.error(token, Code::Syntax, fact);
    let wants_name = stop.expects(Rule::name) || stop.expects(Rule::path) || stop.expects_value();
    if word == "per" && !wants_name {
        return Some(
            finding("`per` stands outside of a call".to_owned())
                .because("it belongs to an aggregate: `count(per customer having orders > 1)`")
                .help("write `a / b` for a ratio, or put `per` inside the parentheses"),
        );
    }
    if word == "at" && stop.slice[..token.start].contains("where") {
        return Some(
            finding("`at` stands behind `where`".to_owned())
                .because("otherwise it would read as part of the condition")
                .help("write `at COLUMN` first, then `where …`"),
        );
    }
    if words::is_reserved(word) && wants_name && !goes_on(stop, word) {
        return Some(
            finding(format!("`{word}` is a word of the language"))
                .because("as a name it would be read for what it means")
                .help(format!("put it in backticks to use it as a name: `` `{word}` ``"))
                .fix(stop.span(token), format!("`{word}`")),
        );
    }
    // A misspelt unit; any other word is a name that lacks an operator before it.
    let is_unit = units::meant(word).is_some() || !stop.expects(Rule::add);
    if before.kind == Kind::Number && stop.expects(Rule::time_unit) && !words::is_reserved(word) && is_unit {
        return Some(no_unit(stop, token));
    }
    None
}

/// A word that goes on with an expression, where a name could stand too.
fn goes_on(stop: &Stop<'_>, word: &str) -> bool {
    let dangling = ["then", "else", "end", "where", "having", "and", "or", "when", "like", "between", "in"];
    let as_name = stop.before.is_some_and(|before| matches!(stop.text(before), "where" | "by" | "("));
    dangling.contains(&word) && stop.expects_value() && !as_name
}

/// Whether a period is written in one of its forms, whatever the calendar says of it.
fn has_form(written: &str) -> bool {
    grammar::parse(Rule::period, written).is_ok()
}

fn number(stop: &Stop<'_>, token: Token) -> Option<Diagnostic> {
    let written = stop.text(token);
    let digits = written.find(|c: char| !c.is_ascii_digit()).unwrap_or(written.len());
    if digits == 4 && written[digits..].starts_with('-') && !has_form(written) {
        return Some(
            stop.error(token, Code::BadDate, format!("`{}` is no date or period", short(written)))
                .because("dates and periods have a fixed form, so that they are never subtractions")
                .help("write `2026`, `2026-Q1`, `2026-01`, `2026-W05` or `2026-01-15`; put blanks around `-` to subtract"),
        );
    }
    let letters = written.find(|c: char| c.is_alphabetic())?;
    let (number, unit) = written.split_at(letters);
    let finding = |fact: String| stop.error(token, Code::Syntax, fact);
    Some(if unit.starts_with(['e', 'E']) && unit[1..].chars().all(|c| c.is_ascii_digit()) {
        finding(format!("`{}` is no number", short(written)))
            .because("numbers are exact and have no exponent")
            .help("write it out; `_` groups digits, as in `1_000_000`")
    } else {
        let finding = finding(format!("`{}` is neither a number nor a name", short(written)))
            .because("a number ends before its unit, and a name begins with a letter");
        match (units::unit(unit).is_some(), units::meant(unit).filter(|_| unit.len() < 40)) {
            (true, _) => finding.help(format!("write `{number} {unit}`")),
            (false, Some(meant)) => finding.help(format!("write `{number} {meant}`")),
            (false, None) => finding.help("write the number out, as in `5_000`, or put a name in backticks"),
        }
    })
}

fn quote(stop: &Stop<'_>, token: Token) -> Option<Diagnostic> {
    let inner = |token: Token| {
        let text = stop.text(token);
        text[1..text.len() - 1].to_owned()
    };
    if is_quote(token, Quote::Label) && (stop.expects(Rule::text) || stop.expects_value()) {
        let text = inner(token).replace("\"\"", "\"").replace('\'', "''");
        return Some(
            stop.error(token, Code::Syntax, "a label stands where a value belongs")
                .because("double quotes are labels; values have single quotes")
                .help(format!("write `'{}'`", short(&text)))
                .fix(stop.span(token), format!("'{text}'")),
        );
    }
    if is_quote(token, Quote::Text) && stop.expects(Rule::label) && !stop.expects(Rule::text) {
        let text = inner(token).replace("''", "'").replace('"', "\"\"");
        return Some(
            stop.error(token, Code::Syntax, "a value stands where a label belongs")
                .because("single quotes are values; labels have double quotes")
                .help(format!("write `\"{}\"`", short(&text)))
                .fix(stop.span(token), format!("\"{text}\"")),
        );
    }
    let wants_name = stop.expects(Rule::name) && !stop.expects(Rule::text) && !stop.expects_value();
    wants_name.then(|| {
        stop.error(token, Code::Syntax, "a quoted text stands where a name belongs")
            .because("names have no quotes; unusual ones have backticks")
            .help(format!("write `` `{}` ``, or the bare name", short(&inner(token))))
    })
}

fn brace(stop: &Stop<'_>, token: Token) -> Diagnostic {
    match stop.place {
        Place::Item => stop
            .error(token, Code::Syntax, "this item takes no block")
            .help("sources, segmentations, KPIs, funnels, experiments and tests have one"),
        Place::Alone | Place::Head | Place::Block(_) => stop
            .error(token, Code::Syntax, "a block stands inside something else")
            .because("blocks do not nest, and no expression has one")
            .help("close what is open before it"),
    }
}

fn closes_nothing(stop: &Stop<'_>, token: Token) -> bool {
    let mut depth = 0usize;
    for token in tokens(&stop.slice[..token.start]) {
        match token.kind {
            Kind::OpenParen => depth += 1,
            Kind::CloseParen => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    depth == 0
}
