//! Time axes: which column a measure is placed by, and in which zone it is read.

use std::collections::HashSet;

use super::operators::a;
use super::resolved::{Axis, AxisKind, ColumnRef};
use super::rows::{NodeKind, Rows, not_yet};
use super::scalar::{ScalarKind, Type};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::model::zones;
use crate::source::Span;
use crate::syntax::ast::{ColumnType, ColumnUnit, Measure, Path};

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
        (None, None) if def.incomplete => return None,
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

/// The axis of a column that a source's `active` or `snapshot` names; its name is
/// reported with the others of the source.
pub fn at(
    rows: &Rows<'_>,
    source: usize,
    path: &Path,
    warned: &mut HashSet<(usize, String)>,
    sink: &mut Sink,
) -> Option<Axis> {
    let value = rows.column(source, path, &mut Sink::new())?;
    axis(rows, source, path, &value, warned, sink)
}

/// Reports what is wrong with the `time` properties themselves, and timestamps that
/// nobody gives a zone; gives these.
pub fn check(rows: &Rows<'_>, sink: &mut Sink) -> HashSet<(usize, String)> {
    let mut warned = HashSet::new();
    for (id, source) in rows.sources.iter().enumerate() {
        for column in source.def.columns.iter().filter(|column| column.value.is_none()) {
            let name = &column.header.name;
            let is_timestamp = column.ty.as_ref().is_some_and(|ty| ty.value == ColumnType::Timestamp);
            if is_timestamp && declared_zone(rows, id, &name.value).is_none() {
                undeclared(rows, id, &name.value, true, name.span, &mut warned, sink);
            }
        }
        for time in &source.def.times {
            let value = rows.column(id, &time.value.column, sink);
            sink.extend(value.as_ref().and_then(|value| no_time(&time.value.column, value.ty())));
            if let (Some(value), Some(zone)) = (value, &time.value.zone) {
                zoned(value.ty(), zone, sink);
                sink.extend(two_zones(rows, id, &time.value.column, zone));
            }
        }
    }
    warned
}

/// One column, read in two zones.
fn two_zones(
    rows: &Rows<'_>,
    source: usize,
    path: &Path,
    zone: &crate::syntax::ast::Text,
) -> Option<Diagnostic> {
    let of = match &path.qualifier {
        None => source,
        Some(join) => rows.sources[source].joins.get(join.value.as_str())?.target?,
    };
    let other = declared_zone(rows, of, &path.name.value)?;
    (other != zone.value).then(|| {
        Diagnostic::error(
            Code::UnitConflict,
            zone.span,
            format!("`{}` is read in {} here and in {other} elsewhere", path.name.value, zone.value),
        )
        .because("a row would fall on two days")
        .help("declare its zone once")
    })
}

/// The zone in which a timestamp of a source is read, if it is not the project's.
pub fn zone_of(rows: &Rows<'_>, source: usize, column: &str, ty: Type) -> Option<String> {
    let settings = &rows.model.settings;
    let zone = declared_zone(rows, source, column).or_else(|| settings.timestamps.clone());
    zone.filter(|zone| ty == Type::Timestamp && *zone != settings.zone)
}

/// The zone that a column declares, or its source's `time`.
pub fn declared_zone(rows: &Rows<'_>, source: usize, column: &str) -> Option<String> {
    let names = &rows.sources[source];
    let on_column = names.columns.get(column).and_then(|id| match rows.nodes[*id].kind {
        NodeKind::Column(def) => match def.unit.as_ref().map(|u| &u.value) {
            Some(ColumnUnit::Zone(zone)) => Some(zone.clone()),
            Some(
                ColumnUnit::Unit(_) | ColumnUnit::PercentOf100 | ColumnUnit::OfRow(_) | ColumnUnit::Rate(..),
            )
            | None => None,
        },
        NodeKind::Dimension(_) => None,
    });
    on_column.or_else(|| {
        let is_it = |path: &Path| path.qualifier.is_none() && path.name.value == column;
        let time = names.def.times.iter().find(|t| is_it(&t.value.column) && t.value.zone.is_some())?;
        time.value.zone.as_ref().map(|zone| zone.value.clone())
    })
}

fn zoned(ty: Type, zone: &crate::syntax::ast::Text, sink: &mut Sink) {
    if !zones::exists(&zone.value) {
        sink.push(
            Diagnostic::error(
                Code::UnknownName,
                zone.span,
                format!("there is no time zone `{}`", zone.value),
            )
            .help(zones::advice(&zone.value)),
        );
    } else if matches!(ty, Type::Date | Type::Instant) {
        sink.push(
            Diagnostic::error(Code::TypeMismatch, zone.span, format!("a time zone is given to {}", a(ty)))
                .because("a date is a local day, and an instant has a zone of its own")
                .help("leave `in …` out"),
        );
    }
}

/// What is said of a column that is used as a time and is none.
fn no_time(path: &Path, ty: Type) -> Option<Diagnostic> {
    if ty.is_time() || ty == Type::Unknown {
        return None;
    }
    let fact = format!("a time is needed, and `{}` is {}", path.name.value, a(ty));
    Some(
        Diagnostic::error(Code::TypeMismatch, path.span(), fact)
            .help("name a column that is a date or timestamp, or declare its type: `column … : date`"),
    )
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
    if let Some(finding) = no_time(path, ty) {
        sink.push(finding);
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
    declared || names.physical.and_then(|p| p.get(column)).is_some_and(|found| found.ty.is_some())
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
    // Of a renamed column the zone may stand at either name.
    let own = Path { qualifier: None, name: path.name.clone() };
    let named = match &path.qualifier {
        None => source,
        Some(join) => {
            rows.sources[source].joins.get(join.value.as_str()).and_then(|j| j.target).unwrap_or(source)
        }
    };
    on_axis(source, path)
        .or_else(|| on_axis(named, &own))
        .or_else(|| declared_zone(rows, named, &path.name.value))
        .or_else(|| declared_zone(rows, of, column))
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
    let is_of_pack = rows.model.is_of_pack(span);
    // Of a pack's source, whoever gives it a table says which zone its times are in.
    let def = rows.sources[source].def;
    if is_of_pack && def.relation.is_none() {
        return zone;
    }
    let span = if is_of_pack { def.header.name.span } else { span };
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
