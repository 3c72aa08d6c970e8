//! Bands: what each member is in a period, beside its rows.
//!
//! Each customer's revenue by month, then the first band whose condition holds. A
//! customer of whom the numbers have no row in the period has the band of somebody
//! without any: a revenue of 0 is small.

use super::columns::{Columns, PERIOD};
use super::dense::{self, Stacked};
use super::{Lowering, group, members, named, nodes};
use crate::diagnostic::Diagnostic;
use crate::plan::Bands;
use crate::sql::{Aggregate, AggregateFunction, Body, Expr, GroupBy, Join, JoinKind, Literal, Select, Type};

/// Bands that rows can be joined to: by period and member.
#[derive(Debug, Clone)]
pub struct Banded {
    /// A CTE with a row for each period and member, and one for each period without a
    /// member: the band of those that are missing.
    cte: String,
    /// The latter alone. Joined by the period they are few; among all members, some databases
    /// look for them row by row.
    missing: String,
    member: String,
    band: String,
}

/// Bands that several groups may read.
pub type Known = Vec<((String, crate::plan::When), Banded)>;

impl Banded {
    /// Joins them to rows of a member in a period; gives the band.
    pub fn join(
        &self,
        period: &Expr,
        member: &Expr,
        (own, missing): (&str, &str),
        joins: &mut Vec<Join>,
    ) -> Expr {
        let of = |alias: &str, name: &str| Expr::of(alias, name);
        let at = |alias: &str| Expr::equal(of(alias, PERIOD), period.clone());
        let is_null = |value: Expr| Expr::IsNull { value: value.boxed(), negated: false };
        let left =
            |cte: &str, alias: &str, on| Join { kind: JoinKind::Left, from: named(cte, alias), on: Some(on) };
        let is_member = Expr::equal(of(own, &self.member), member.clone());
        joins.push(left(&self.cte, own, Expr::And(vec![at(own), is_member])));
        joins.push(left(&self.missing, missing, at(missing)));
        Expr::Case {
            whens: vec![
                (is_null(member.clone()), Expr::null(Type::Text)),
                (Expr::is_there(of(own, PERIOD)), of(own, &self.band)),
            ],
            otherwise: Some(of(missing, &self.band).boxed()),
        }
    }
}

/// The bands of a plan, as a CTE.
pub fn banded(lowering: &mut Lowering<'_>, bands: &Bands) -> Result<Banded, Diagnostic> {
    let key = (bands.id.clone(), bands.when.clone());
    if let Some((_, found)) = lowering.bands.iter().find(|(known, _)| *known == key) {
        return Ok(found.clone());
    }
    let mut inner = lowering.beneath(&bands.plan);
    let mut found = group::results(&mut inner)?;
    members::results(&mut inner, &mut found)?;
    let cells = dense::occurring(&mut inner, &found, Stacked::Members);
    let steps = nodes::steps(&mut inner, &cells);
    let member = inner.columns.dimensions[0].clone();
    let band = inner.columns.names.fresh(&bands.id);
    let text = |segment: &str| Expr::Literal(Literal::Text(segment.to_string()));
    let mut whens = Vec::new();
    let mut otherwise = None;
    for (segment, condition) in &bands.segments {
        match condition {
            Some(condition) => whens.push((steps.formula(&inner, *condition), text(segment))),
            None => otherwise = Some(text(segment).boxed()),
        }
    }
    let items = vec![
        Expr::of("c", PERIOD).alias(PERIOD),
        Expr::of("c", member.clone()).alias(member.clone()),
        Expr::Case { whens, otherwise }.alias(band.clone()),
    ];
    let select = Select { items, from: Some(named(&steps.from, "c")), ..Select::default() };
    let comment = format!("{}: the band of each {}, and of those without a row", bands.id, bands.dimension);
    let cte = inner.cte(&format!("{}_bands", bands.id), comment, Body::Select(Box::new(select)));
    let comment = format!("{}: the band of those without a row", bands.id);
    let missing =
        inner.cte(&format!("{}_without_rows", bands.id), comment, without_member(&cte, &member, &band));
    lowering.resume(inner);
    let banded = Banded { cte, missing, member, band };
    lowering.bands.push((key, banded.clone()));
    Ok(banded)
}

/// The one row of each period that has no member.
fn without_member(bands: &str, member: &str, band: &str) -> Body {
    let of = |name: &str| Expr::of("b", name);
    let one = Aggregate { function: AggregateFunction::Max, args: vec![of(band)], filter: None };
    Body::Select(Box::new(Select {
        items: vec![of(PERIOD).alias(PERIOD), Expr::Aggregate(one).alias(band)],
        from: Some(named(bands, "b")),
        filter: Some(Expr::IsNull { value: of(member).boxed(), negated: false }),
        group_by: GroupBy::Keys(vec![of(PERIOD)]),
        ..Select::default()
    }))
}

impl<'a> Lowering<'a> {
    /// The lowering of a plan beneath, into the same query.
    pub fn beneath<'p>(&mut self, plan: &'p crate::plan::Plan) -> Lowering<'p>
    where
        'a: 'p,
    {
        Lowering {
            resolved: self.resolved,
            plan,
            texts: self.texts,
            capabilities: self.capabilities,
            columns: Columns::new(plan),
            names: std::mem::take(&mut self.names),
            ctes: std::mem::take(&mut self.ctes),
            spine: self.spine.take(),
            shared: std::mem::take(&mut self.shared),
            bands: std::mem::take(&mut self.bands),
            best: self.best.clone(),
        }
    }

    /// Goes on where a lowering beneath has ended.
    pub fn resume(&mut self, beneath: Lowering<'_>) {
        let Lowering { names, ctes, spine, shared, bands, .. } = beneath;
        (self.names, self.ctes, self.spine) = (names, ctes, spine);
        (self.shared, self.bands) = (shared, bands);
    }
}
