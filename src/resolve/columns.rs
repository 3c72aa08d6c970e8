//! Columns: declared type, unit and formula, made ready for arithmetic.

use super::clock;
use super::expression::Typed;
use super::resolved::ColumnRef;
use super::rows::{NodeKind, Place, Rows, leaf};
use super::scalar::{Arithmetic, Scalar, ScalarKind, Type};
use super::unit::{Kind, Unit, seconds_in};
use super::{accepted, axis, currency, declared_types, operators};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::model::zones;
use crate::source::{Span, Spanned};
use crate::syntax::ast::{Column, ColumnType, ColumnUnit, Name, UnitName};
use crate::value::Literal;

/// The type of a column's values.
pub fn of(ty: ColumnType) -> Type {
    match ty {
        ColumnType::Text => Type::Text,
        ColumnType::Integer => Type::Integer,
        ColumnType::Decimal(size) => Type::Decimal(size),
        ColumnType::Float => Type::Float,
        ColumnType::Boolean => Type::Boolean,
        ColumnType::Date => Type::Date,
        ColumnType::Timestamp => Type::Timestamp,
        ColumnType::Instant => Type::Instant,
    }
}

/// A physical column that nothing declares, or `None` where the data has none.
pub fn physical(rows: &Rows<'_>, source: usize, name: &Name, sink: &mut Sink) -> Option<Typed<ColumnRef>> {
    exists(rows, source, name, sink)?;
    let ty = found_type(rows, source, name);
    let value = leaf(ColumnRef { path: Vec::new(), column: name.value.clone(), cast: None }, ty, name.span);
    Some(Typed { zone: axis::zone_of(rows, source, &name.value, ty), ..value })
}

fn exists(rows: &Rows<'_>, source: usize, name: &Name, sink: &mut Sink) -> Option<()> {
    let names = &rows.sources[source];
    let Some(physical) = names.physical else { return Some(()) };
    if physical.get(&name.value).is_some() {
        return Some(());
    }
    let error = Diagnostic::error(
        Code::UnknownColumn,
        name.span,
        format!("the data of `{}` has no column `{}`", rows.name(source), name.value),
    );
    if let Some(join) = rows.join_with(source, &name.value) {
        let path = format!("{join}.{}", name.value);
        sink.push(error.help(format!("write `{path}`: it is joined")).fix(name.span, path));
        return None;
    }
    let error = match physical.locked {
        true => error.because("the schema lock has its columns; `kpic schema pull` writes it anew"),
        false => error,
    };
    let known = physical.names();
    let declared = names.dimensions.keys().chain(names.columns.keys()).copied();
    let near = sink.nearest(&name.value, known.chain(declared));
    sink.push(match near {
        Some(near) => error.help(format!("did you mean `{near}`?")).fix(name.span, near.to_string()),
        None => {
            let shown: Vec<String> = physical.names().take(12).map(|c| format!("`{c}`")).collect();
            error.help(format!("it has {}", shown.join(", ")))
        }
    });
    None
}

/// What the data says, else what the use as a time axis implies.
fn found_type(rows: &Rows<'_>, source: usize, name: &Name) -> Type {
    let names = &rows.sources[source];
    match names.physical.and_then(|p| p.get(&name.value)).and_then(|found| found.ty) {
        Some(ty) => of(ty),
        None if names.axes.contains(name.value.as_str()) => Type::Timestamp,
        None => Type::Unknown,
    }
}

/// A declared column or dimension, inlined.
pub fn node(rows: &Rows<'_>, id: usize, sink: &mut Sink) -> Option<Typed<ColumnRef>> {
    let value = value(rows, id, sink)?;
    Some(accepted::declared(rows, id, value, sink))
}

fn value(rows: &Rows<'_>, id: usize, sink: &mut Sink) -> Option<Typed<ColumnRef>> {
    let node = rows.nodes[id];
    let place = Place::Inside(id);
    match (node.kind, node.expression()) {
        (_, Some(e)) => {
            let value = rows.expression(node.source, place, e, sink)?;
            match node.kind {
                NodeKind::Column(column) => declared((rows, node.source), column, value, sink),
                NodeKind::Dimension(_) => dimension(rows, value, sink),
            }
        }
        (NodeKind::Column(column), None) => plain(rows, node.source, column, sink),
        (NodeKind::Dimension(_), None) => {
            let value = match rows.meaning(node.source, place, &node.name().value) {
                super::rows::Meaning::Node(column) => rows.value(column).cloned(),
                super::rows::Meaning::Physical => physical(rows, node.source, node.name(), sink),
            };
            dimension(rows, value?, sink)
        }
    }
}

/// Members that are times are local ones: two sources that store them in two zones
/// agree on them.
fn dimension(rows: &Rows<'_>, value: Typed<ColumnRef>, sink: &mut Sink) -> Option<Typed<ColumnRef>> {
    if value.ty() == Type::Null {
        sink.push(
            Diagnostic::error(Code::TypeMismatch, value.span(), "the dimension is always null")
                .help("name a column, or an expression over columns"),
        );
        return None;
    }
    Some(clock::local(value, &rows.model.settings.zone))
}

/// A column of the table.
fn plain(rows: &Rows<'_>, source: usize, column: &Column, sink: &mut Sink) -> Option<Typed<ColumnRef>> {
    let name = &column.header.name;
    // What a pack declares and the table lacks makes numbers unavailable, not wrong.
    if !rows.lacks(source, &name.value) {
        exists(rows, source, name, sink)?;
        declared_types::check(rows, source, column, sink)?;
    }
    let found = found_type(rows, source, name);
    let ty = column.ty.as_ref().map_or(found, |ty| of(ty.value));
    let cast = match ty {
        Type::Decimal(size) => size,
        _ => None,
    };
    warn_of_floats(column, found, sink);
    let value = leaf(ColumnRef { path: Vec::new(), column: name.value.clone(), cast }, ty, name.span);
    let value = Typed { zone: axis::zone_of(rows, source, &name.value, ty), ..value };
    with_unit((rows, source), column, value, sink)
}

/// Money in a float, unless a size says how it becomes exact.
fn warn_of_floats(column: &Column, found: Type, sink: &mut Sink) {
    let is_money =
        matches!(column.unit.as_ref().map(|u| &u.value), Some(ColumnUnit::Unit(UnitName::Currency(_))));
    let declared = column.ty.as_ref().map(|ty| of(ty.value));
    let inexact = match declared {
        Some(Type::Decimal(Some(_))) => false,
        Some(Type::Float) => is_money,
        Some(Type::Decimal(None)) => found == Type::Float,
        _ => is_money && found == Type::Float,
    };
    if !inexact {
        return;
    }
    let name = &column.header.name;
    sink.push(
        Diagnostic::warning(
            Code::InexactMoney,
            column.ty.as_ref().map_or(name.span, |ty| ty.span),
            format!("`{}` is stored as a floating-point number", name.value),
        )
        .because("cents have no exact binary form, so sums depend on the order of rows")
        .help(format!("say how many digits it has: `column {} : decimal(12, 2)`", name.value)),
    );
}

/// A column with a formula: its declared type must be the formula's.
fn declared(
    (rows, source): (&Rows<'_>, usize),
    column: &Column,
    value: Typed<ColumnRef>,
    sink: &mut Sink,
) -> Option<Typed<ColumnRef>> {
    let value = match &column.ty {
        None => value,
        Some(ty) => as_declared(rows, value, ty, sink)?,
    };
    let value = match axis::declared_zone(rows, source, &column.header.name.value) {
        // What is said of the name that it has here.
        Some(zone) if value.ty() == Type::Timestamp => {
            Typed { zone: Some(zone).filter(|zone| *zone != rows.model.settings.zone), ..value }
        }
        Some(_) | None => value,
    };
    with_unit((rows, source), column, value, sink)
}

fn as_declared(
    rows: &Rows<'_>,
    value: Typed<ColumnRef>,
    declared: &Spanned<ColumnType>,
    sink: &mut Sink,
) -> Option<Typed<ColumnRef>> {
    let ty = of(declared.value);
    let has = value.ty();
    let fraction = matches!(has, Type::Decimal(_) | Type::Float) && ty == Type::Integer;
    let fits = has == Type::Unknown
        || has == Type::Null
        || (operators::common_type(has, ty).is_some() && !fraction)
        || (has == Type::Duration && ty.is_number());
    if !fits {
        sink.push(
            Diagnostic::error(
                Code::TypeMismatch,
                value.span(),
                format!(
                    "the column is declared {} and its formula gives {}",
                    if fraction { "an integer" } else { operators::a(ty) },
                    if fraction { "a number with a fraction" } else { operators::a(has) }
                ),
            )
            .label(declared.span, "declared here")
            .help("change the declaration, or convert: `integer(…)`, `text(…)`, `decimal(…)`, `date(…)`"),
        );
        return None;
    }
    let exact = matches!(ty, Type::Decimal(Some(_))) && has != ty;
    let day = (has == Type::Timestamp && ty == Type::Date) || (has == Type::Date && ty == Type::Timestamp);
    let value = if day { clock::local(value, &rows.model.settings.zone) } else { value };
    let (span, zone) = (value.span(), value.zone.clone().filter(|_| ty == Type::Timestamp));
    let kind = if exact || day { ScalarKind::Cast(Box::new(value.scalar), ty) } else { value.scalar.kind };
    let ty = if has == Type::Duration { has } else { ty };
    Some(Typed { zone, ..Typed::new(kind, ty, value.unit, span) })
}

/// The value in the unit that arithmetic uses: fractions for percent, seconds for time.
fn with_unit(
    (rows, source): (&Rows<'_>, usize),
    column: &Column,
    value: Typed<ColumnRef>,
    sink: &mut Sink,
) -> Option<Typed<ColumnRef>> {
    let Some(unit) = &column.unit else { return Some(value) };
    match &unit.value {
        money @ (ColumnUnit::OfRow(_) | ColumnUnit::Rate(..)) => {
            needs_number(&value, unit.span, sink)?;
            let declared = currency::declared(rows, source, money, unit.span, sink)?;
            fits(&value, &declared, unit.span, sink)?;
            Some(Typed { unit: declared, ..value })
        }
        ColumnUnit::Zone(zone) => {
            zone_fits(zone, &value, unit.span, sink)?;
            let scalar = Scalar { ty: Type::Timestamp, ..value.scalar };
            let zone = Some(zone.clone()).filter(|zone| *zone != rows.model.settings.zone);
            Some(Typed { scalar, zone, ..value })
        }
        ColumnUnit::PercentOf100 => {
            needs_number(&value, unit.span, sink)?;
            Some(Typed { unit: Unit::plain(Kind::Percent), ..times(value, "0.01", None) })
        }
        ColumnUnit::Unit(name) => {
            needs_number(&value, unit.span, sink)?;
            let declared = Unit::of(name);
            fits(&value, &declared, unit.span, sink)?;
            Some(match name {
                UnitName::Time(time) if value.ty() != Type::Duration => match seconds_in(*time) {
                    Some("1") => seconds(value),
                    Some(factor) => times(seconds(value), factor, Some(Type::Duration)),
                    None => value,
                },
                UnitName::Duration if value.ty() != Type::Duration => seconds(value),
                _ => Typed { unit: declared, ..value },
            })
        }
    }
}

/// Whether a formula gives what is declared of it.
fn fits(value: &Typed<ColumnRef>, declared: &Unit, span: Span, sink: &mut Sink) -> Option<()> {
    let rescaled = declared.scale().is_some() && value.unit.is_plain() && value.unit.scale().is_none();
    if rescaled || value.unit.with(declared).is_some() {
        return Some(());
    }
    let message = format!("the column is declared as {declared} and its formula gives {}", value.unit);
    sink.push(
        Diagnostic::error(Code::UnitConflict, span, message)
            .help("leave the unit out, or convert in the formula"),
    );
    None
}

fn seconds(value: Typed<ColumnRef>) -> Typed<ColumnRef> {
    let span = value.span();
    Typed::new(value.scalar.kind, Type::Duration, Unit::seconds(), span)
}

fn times(value: Typed<ColumnRef>, factor: &str, ty: Option<Type>) -> Typed<ColumnRef> {
    let span = value.span();
    let ty = ty.unwrap_or(match value.ty() {
        Type::Integer | Type::Decimal(_) => Type::Decimal(None),
        other => other,
    });
    let factor = ScalarKind::Literal(Literal::Number(factor.to_string()));
    let factor = Scalar::new(factor, Type::Decimal(None), span);
    let kind = ScalarKind::Arithmetic(Arithmetic::Multiply, Box::new(value.scalar), Box::new(factor));
    Typed::new(kind, ty, value.unit, span)
}

fn needs_number(value: &Typed<ColumnRef>, unit: Span, sink: &mut Sink) -> Option<()> {
    let ty = value.ty();
    if ty.is_number() || matches!(ty, Type::Unknown | Type::Duration | Type::Null) {
        return Some(());
    }
    sink.push(
        Diagnostic::error(Code::TypeMismatch, unit, format!("a unit is given to {}", operators::a(ty)))
            .because("only numbers are counted in units"),
    );
    None
}

fn zone_fits(zone: &str, value: &Typed<ColumnRef>, span: Span, sink: &mut Sink) -> Option<()> {
    if !zones::exists(zone) {
        sink.push(
            Diagnostic::error(Code::UnknownName, span, format!("there is no time zone `{zone}`"))
                .help(zones::advice(zone)),
        );
        return None;
    }
    if matches!(value.ty(), Type::Timestamp | Type::Unknown) {
        return Some(());
    }
    sink.push(
        Diagnostic::error(
            Code::TypeMismatch,
            span,
            format!("a time zone is given to {}", operators::a(value.ty())),
        )
        .because("only a timestamp without a zone of its own is read in a declared one"),
    );
    None
}
