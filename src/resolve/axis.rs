//! Time axes: which column a measure is placed by, and in which zone it is read.

use std::collections::HashSet;

use super::operators::a;
use super::resolved::{Axis, AxisKind, ColumnRef};
use super::rows::{NodeKind, Rows, not_yet};
use super::scalar::{ScalarKind, Type};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::source::Span;
use crate::syntax::ast::{ColumnUnit, Measure, Path};

/// The axis of a measure: its `at`, else its source's first `time`.
///
/// `warned` holds the columns whose missing zone was reported.
pub fn of(
    rows: &Rows<'_>,
    source: usize,
    measure: &Measure,
    warned: &mut HashSet<(usize, String)>,
    sink: &mut Sink,
) -> Option<Axis> {
    let def = rows.sources[source].def;
    let path = match (&measure.at, def.times.first()) {
        (Some(at), _) => at,
        (None, Some(time)) => &time.value.column,
        (None, None) => {
            let name = &measure.header.name;
            sink.push(
                Diagnostic::error(
                    Code::MissingTime,
                    name.span,
                    format!("the measure `{}` has no time", name.value),
                )
                .label(def.header.name.span, "its source declares no `time`")
                .because("a measure is what happened in a period, and without a time no row belongs to one")
                .help("add `time COLUMN` to the source, or `at COLUMN` to the measure"),
            );
            return None;
        }
    };
    let value = if measure.at.is_some() {
        rows.column(source, path, sink)?
    } else {
        // The source's own `time` is reported once, not once a measure.
        rows.column(source, path, &mut Sink::new())?
    };
    axis(rows, source, path, &value, warned, sink)
}

/// Reports what is wrong with the `time` properties themselves.
pub fn check(rows: &Rows<'_>, sink: &mut Sink) {
    for (id, source) in rows.sources.iter().enumerate() {
        for time in &source.def.times {
            let value = rows.column(id, &time.value.column, sink);
            if let (Some(value), Some(zone)) = (value, &time.value.zone) {
                zoned(value.ty(), zone, sink);
            }
        }
    }
}

fn zoned(ty: Type, zone: &crate::syntax::ast::Text, sink: &mut Sink) {
    if jiff::tz::TimeZone::get(&zone.value).is_err() {
        sink.push(
            Diagnostic::error(
                Code::UnknownName,
                zone.span,
                format!("there is no time zone `{}`", zone.value),
            )
            .help("use a name of the IANA list: `Europe/Paris`, `America/New_York`, `UTC`"),
        );
    } else if matches!(ty, Type::Date | Type::Instant) {
        sink.push(
            Diagnostic::error(Code::TypeMismatch, zone.span, format!("a time zone is given to {}", a(ty)))
                .because("a date is a local day, and an instant has a zone of its own")
                .help("leave `in …` out"),
        );
    }
}

fn axis(
    rows: &Rows<'_>,
    source: usize,
    path: &Path,
    value: &super::expression::Typed<ColumnRef>,
    warned: &mut HashSet<(usize, String)>,
    sink: &mut Sink,
) -> Option<Axis> {
    let ty = value.ty();
    if !ty.is_time() && ty != Type::Unknown {
        sink.push(
            Diagnostic::error(
                Code::TypeMismatch,
                path.span(),
                format!("a time is needed, and `{}` is {}", path.name.value, a(ty)),
            )
            .help("name a column that is a date or timestamp, or declare its type: `column … : date`"),
        );
        return None;
    }
    let ScalarKind::Leaf(column) = &value.scalar.kind else {
        sink.push(
            not_yet(path.span(), "a time that is computed from other columns")
                .help("compute it in the table, or in an SQL source"),
        );
        return None;
    };
    let of = rows.target(source, &column.path);
    let kind = match (ty, known(rows, of, &column.column)) {
        (Type::Date, _) => AxisKind::Date,
        (Type::Instant, _) => AxisKind::Instant,
        (_, known) => {
            let zone = zone(rows, source, path, of, &column.column)
                .unwrap_or_else(|| undeclared(rows, of, &column.column, known, path.span(), warned, sink));
            AxisKind::Timestamp { zone }
        }
    };
    Some(Axis { column: column.clone(), kind })
}

/// Whether somebody says what type a physical column has.
fn known(rows: &Rows<'_>, source: usize, column: &str) -> bool {
    let names = &rows.sources[source];
    let declared = names.columns.get(column).is_some_and(|id| match rows.nodes[*id].kind {
        NodeKind::Column(def) => def.ty.is_some(),
        NodeKind::Dimension(_) => false,
    });
    declared || names.physical.and_then(|p| p.get(column)).is_some_and(Option::is_some)
}

/// The zone that the axis or its column declares.
fn zone(rows: &Rows<'_>, source: usize, path: &Path, of: usize, column: &str) -> Option<String> {
    let on_axis = |id: usize, wanted: &Path| {
        let times = rows.sources[id].def.times.iter();
        times
            .filter(|t| t.value.column == *wanted)
            .find_map(|t| t.value.zone.as_ref())
            .map(|zone| zone.value.clone())
    };
    let bare = Path { qualifier: None, name: path.name.clone() };
    on_axis(source, path).or_else(|| on_axis(of, &bare)).or_else(|| {
        let id = *rows.sources[of].columns.get(column)?;
        match rows.nodes[id].kind {
            NodeKind::Column(def) => match def.unit.as_ref().map(|u| &u.value) {
                Some(ColumnUnit::Zone(zone)) => Some(zone.clone()),
                Some(ColumnUnit::Unit(_) | ColumnUnit::PercentOf100) | None => None,
            },
            NodeKind::Dimension(_) => None,
        }
    })
}

/// The environment's zone, else the project's, which is a guess unless it is UTC.
fn undeclared(
    rows: &Rows<'_>,
    source: usize,
    column: &str,
    known: bool,
    span: Span,
    warned: &mut HashSet<(usize, String)>,
    sink: &mut Sink,
) -> String {
    let settings = &rows.model.settings;
    let zone = settings.timestamps.clone().unwrap_or_else(|| settings.zone.clone());
    // A column of unknown type may be a date: then another zone than the
    // project's would move it.
    let is_guess = if known { settings.timestamps.is_none() } else { true };
    let is_utc = |z: &str| matches!(z, "UTC" | "Etc/UTC");
    if is_guess && !(is_utc(&settings.zone) && is_utc(&zone)) && warned.insert((source, column.to_string())) {
        let error = Diagnostic::warning(
            Code::ZoneNotDeclared,
            span,
            format!("`{column}` has no declared time zone and is read in {zone}"),
        )
        .because("most systems store UTC, and read in another zone the evening's rows fall on another day");
        sink.push(if known {
            error.help(format!("declare it: `time {column} in UTC`, or `timestamps: UTC` in the environment"))
        } else {
            error.help(format!(
                "declare it: `time {column} in UTC`, or `column {column} : date` if it is a day"
            ))
        });
    }
    zone
}
