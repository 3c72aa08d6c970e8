//! Renders a template; every value in it becomes a literal.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use minijinja::value::ValueKind;
use minijinja::{Environment, Error, ErrorKind, Output, UndefinedBehavior, Value};

use super::wrong;
use crate::diagnostic::{Diagnostic, nearest};
use crate::dialect::Dialect;
use crate::source::{FileId, Span};
use crate::value::Literal;

/// Steps of a template: a loop that goes on for ever ends here.
const FUEL: u64 = 1_000_000;
/// Digits that a number keeps on its way through a template.
const EXACT_DIGITS: usize = 15;

pub fn render(
    file: FileId,
    template: &str,
    params: &IndexMap<String, Literal>,
    dialect: &'static dyn Dialect,
) -> Result<String, Diagnostic> {
    let whole = || Span::new(file, 0, 0);
    let mut values = BTreeMap::new();
    for (name, literal) in params {
        values.insert(name.as_str(), value(name, literal).map_err(|fact| wrong(whole(), fact))?);
    }
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_fuel(Some(FUEL));
    environment.set_debug(true);
    environment.set_formatter(move |out: &mut Output<'_>, _: &mut _, value: &Value| {
        let text = spell(value, dialect)?;
        out.write_str(&text).map_err(Error::from)
    });
    environment
        .template_from_str(template)
        .and_then(|t| t.render(&values))
        .map_err(|error| failed(file, template, &error, params))
}

/// A parameter as a template compares it.
fn value(name: &str, literal: &Literal) -> Result<Value, String> {
    Ok(match literal {
        Literal::Null(_) => Value::from(()),
        Literal::Boolean(b) => Value::from(*b),
        Literal::Number(digits) => number(name, digits)?,
        Literal::Text(text) => Value::from(text.as_str()),
        // The mark tells a date from a text of the same characters.
        Literal::Date(date) => Value::from_safe_string(date.clone()),
        Literal::Timestamp(_) | Literal::Instant(_) | Literal::Interval(_) => {
            return Err(format!("the parameter `{name}` has no value that a query could take"));
        }
    })
}

fn number(name: &str, digits: &str) -> Result<Value, String> {
    if !digits.contains('.') {
        if let Ok(whole) = digits.parse::<i128>() {
            return Ok(Value::from(whole));
        }
    } else if digits.trim_start_matches(['-', '+', '0', '.']).bytes().filter(u8::is_ascii_digit).count()
        <= EXACT_DIGITS
        && let Ok(number) = digits.parse::<f64>()
    {
        return Ok(Value::from(number));
    }
    Err(format!("the parameter `{name}` has more digits than a query can take exactly"))
}

/// A value as a literal. Marking a text as safe makes it a date or nothing.
fn spell(value: &Value, dialect: &dyn Dialect) -> Result<String, Error> {
    let refused = |fact: &str| Err(Error::new(ErrorKind::InvalidOperation, fact.to_string()));
    match value.kind() {
        ValueKind::None => Ok("NULL".into()),
        ValueKind::Bool => Ok(if value.is_true() { "TRUE" } else { "FALSE" }.into()),
        ValueKind::Number => digits(value),
        ValueKind::String => {
            let text = value.as_str().unwrap_or_default();
            if text.contains('\0') {
                return refused("a text with a NUL character cannot be written");
            }
            if !value.is_safe() {
                return Ok(dialect.text(text));
            }
            match text.parse::<jiff::civil::Date>() {
                Ok(date) => Ok(format!("DATE '{date}'")),
                Err(_) => refused("a text cannot be pasted into a query, only written as a literal"),
            }
        }
        ValueKind::Undefined => Err(Error::from(ErrorKind::UndefinedError)),
        ValueKind::Bytes
        | ValueKind::Seq
        | ValueKind::Map
        | ValueKind::Iterable
        | ValueKind::Plain
        | ValueKind::Invalid
        | _ => refused("a list or a function has no literal; write its members one by one"),
    }
}

fn digits(value: &Value) -> Result<String, Error> {
    if value.is_integer() {
        return Ok(value.to_string());
    }
    let number = f64::try_from(value.clone())?;
    if !number.is_finite() {
        return Err(Error::new(ErrorKind::InvalidOperation, "the number is beyond all bounds"));
    }
    // Without an exponent, and a whole number still divides as a decimal.
    let digits = format!("{number}");
    Ok(if digits.contains('.') { digits } else { format!("{digits}.0") })
}

fn failed(file: FileId, template: &str, error: &Error, params: &IndexMap<String, Literal>) -> Diagnostic {
    let span = place(file, template, error);
    if error.kind() == ErrorKind::UndefinedError {
        let name = error.range().and_then(|range| template.get(range)).unwrap_or_default().trim();
        let names = params.keys().map(String::as_str);
        let known = params.keys().map(|p| format!("`{p}`")).collect::<Vec<_>>().join(", ");
        let finding = wrong(span, "the template uses a value that is not defined")
            .because("only the project's parameters are known in a query");
        return match nearest(name, names) {
            Some(near) => finding.help(format!("did you mean `{near}`?")),
            None if known.is_empty() => finding.help("declare it in a definition file: `param NAME = …`"),
            None => finding.help(format!("the parameters are {known}")),
        };
    }
    let fact = match (error.kind(), error.detail()) {
        (ErrorKind::OutOfFuel, _) => "the template takes too many steps".to_string(),
        (_, Some(detail)) => format!("the template cannot be rendered: {detail}"),
        (kind, None) => format!("the template cannot be rendered: {kind}"),
    };
    wrong(span, fact)
        .help("`{{ name }}` writes a parameter, `{% if name == 'x' %} … {% endif %}` keeps a part")
}

/// Where the template library saw the error: its range, else its line.
fn place(file: FileId, template: &str, error: &Error) -> Span {
    if let Some(range) = error.range()
        && template.get(range.clone()).is_some_and(|text| !text.is_empty())
    {
        return Span::new(file, range.start, range.end);
    }
    let line = error.line().unwrap_or(1).saturating_sub(1);
    let start: usize = template.split_inclusive('\n').take(line).map(str::len).sum();
    let text = template.get(start..).unwrap_or_default().lines().next().unwrap_or_default();
    Span::new(file, start.min(template.len()), (start + text.len()).min(template.len()))
}
