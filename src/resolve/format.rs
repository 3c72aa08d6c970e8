//! How a KPI's numbers are written where people read them: `format "compact"`.

use super::resolved::{Format, UnitName};
use super::scalar::Type;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::source::Spanned;
use crate::syntax::ast::{self, KpiProperty};

/// More decimals than anybody reads.
const MOST_DECIMALS: usize = 9;

/// The format that a definition declares, if numbers of this unit and type have it.
pub fn of(def: &ast::Kpi, unit: Option<&UnitName>, ty: Type, sink: &mut Sink) -> Option<Format> {
    let declared = def.properties.iter().find_map(|property| match &property.value {
        KpiProperty::Format(text) => Some(text),
        _ => None,
    })?;
    match read(declared, unit, ty) {
        Ok(format) => Some(format),
        Err(error) => {
            sink.push(error);
            None
        }
    }
}

fn read(text: &Spanned<String>, unit: Option<&UnitName>, ty: Type) -> Result<Format, Diagnostic> {
    let error = |message: String| Diagnostic::error(Code::BadFormat, text.span, message);
    let format = match text.value.as_str() {
        "compact" => Format::Compact,
        "0" => Format::Decimals(0),
        digits => match digits.strip_prefix("0.").map(|zeros| (zeros.len(), zeros.trim_matches('0'))) {
            Some((decimals @ 1..=MOST_DECIMALS, "")) => {
                Format::Decimals(u8::try_from(decimals).expect("there are nine at most"))
            }
            _ => {
                return Err(error(format!("there is no format `{digits}`"))
                    .because("unit, separators and signs follow the unit and the locale")
                    .help("write `\"compact\"` for 1.2M, or the decimals: `\"0\"`, `\"0.0\"`, `\"0.00\"`"));
            }
        },
    };
    let is_span = match unit {
        Some(UnitName::Duration) => true,
        Some(_) => false,
        None => ty == Type::Duration,
    };
    match (format, unit) {
        (Format::Decimals(_), _) if is_span => Err(error("a duration has no decimals".into())
            .because("it is written in its two largest parts: 3 min 30 s")
            .help("count it in one unit: `unit minutes`")),
        (Format::Compact, Some(UnitName::Percent | UnitName::Time(_))) => not_compact(error),
        (Format::Compact, _) if is_span => not_compact(error),
        _ => Ok(format),
    }
}

fn not_compact(error: impl Fn(String) -> Diagnostic) -> Result<Format, Diagnostic> {
    Err(error("percentages and times are not written compactly".into())
        .because("thousands and millions stand for money, counts and plain numbers")
        .help("leave the format out, or say how many decimals: `\"0.0\"`"))
}
