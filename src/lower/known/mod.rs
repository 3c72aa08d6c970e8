//! An as-of day that is chosen when the query runs.
//!
//! What is known shapes a query in many places: where rows end, which periods are known, how
//! far an earlier one is compared, what is due of a target. All of that is worked out in the
//! project's calendar when the query is compiled. So the query of several days is made of the
//! queries of each: where they differ they differ in constants, and those are looked up by the
//! day. Where they differ otherwise nothing is guessed, it is refused.

mod constants;
mod lookup;
mod places;
mod rows;

use jiff::civil::Date;

use super::names::Names;
use super::range::AS_OF;
use crate::diagnostic::{Code, Diagnostic};
use crate::sql::{Body, Cte, Expr, From, Join, JoinKind, Literal, Query, Select, Table};
use constants::{Constant, same_but_for_constants, taken_out};
use lookup::by_day;
use places::Put;
use rows::rows_by_day;

/// What is known on the day that is chosen.
const KNOWN: &str = "known";

/// The queries of one request, each as of another of these days that follow each other, as one
/// whose first CTE gives the day. Of any other day it has no rows.
///
/// # Errors
/// Those of the queries; queries that differ in more than constants.
pub fn on_any(
    days: &[Date],
    of: &mut dyn FnMut(Date) -> Result<Query, Vec<Diagnostic>>,
) -> Result<Query, Vec<Diagnostic>> {
    let mut queries = days.iter().map(|day| of(*day));
    let mut template = queries.next().expect("there is a day")?;
    let (shape, first) = taken_out(&template);
    let mut constants: Vec<Vec<Constant>> = vec![first];
    for (index, query) in queries.enumerate() {
        let (other, of_day) = taken_out(&query?);
        if !same_but_for_constants((&shape, &constants[0]), (&other, &of_day)) {
            return Err(vec![unlike(days, index + 1)]);
        }
        constants.push(of_day);
    }
    let mut known = Known::new(days, &template);
    let mut put = Vec::with_capacity(constants[0].len());
    for place in 0..constants[0].len() {
        put.push(known.put(constants.iter().map(|of_day| &of_day[place]).collect()));
    }
    places::put(&mut template, put, &known.name);
    known.stand_in(&mut template);
    Ok(template)
}

/// The CTE of what is known, as it grows.
struct Known<'d> {
    days: &'d [Date],
    name: String,
    /// Columns, and the constants of each day that they give.
    columns: Vec<(String, Vec<Constant>, Expr)>,
}

impl<'d> Known<'d> {
    fn new(days: &'d [Date], query: &Query) -> Self {
        Known { days, name: taken(query).fresh(KNOWN), columns: Vec::new() }
    }

    /// What stands in the place of a constant that has these values, each on its day.
    fn put(&mut self, values: Vec<&Constant>) -> Put {
        if values.iter().all(|value| *value == values[0]) {
            return Put::Nothing;
        }
        if let Constant::Rows { .. } = values[0] {
            return Put::Rows(Box::new(rows_by_day(self.days, &values, &self.name)));
        }
        if let Some((name, ..)) =
            self.columns.iter().find(|(_, same, _)| same.iter().eq(values.iter().copied()))
        {
            return Put::Column(name.clone());
        }
        let (of, expr) = by_day(self.days, &values);
        let number = self.columns.iter().filter(|(name, ..)| name.starts_with(of)).count();
        let name = if number == 0 { of.to_string() } else { format!("{of}_{}", number + 1) };
        self.columns.push((name.clone(), values.into_iter().cloned().collect(), expr));
        Put::Column(name)
    }

    /// Adds the CTE behind that of what is chosen, and leaves out everything of other days.
    fn stand_in(self, query: &mut Query) {
        let params = query.ctes.first().map(|cte| cte.name.clone()).expect("what is chosen is the first CTE");
        let mut items = vec![Expr::of("p", AS_OF).alias(AS_OF)];
        items.extend(self.columns.into_iter().map(|(name, _, expr)| expr.alias(name)));
        let among = Expr::Between {
            value: Expr::of("p", AS_OF).boxed(),
            low: literal(self.days[0]).boxed(),
            high: literal(self.days[self.days.len() - 1]).boxed(),
        };
        let select = Select {
            items,
            from: Some(From { table: Table::Cte(params), alias: Some("p".into()) }),
            filter: Some(among),
            ..Select::default()
        };
        let comment = Some("what is known at the end of the day that is chosen".to_string());
        let body = Body::Select(Box::new(select));
        query.ctes.insert(1, Cte { name: self.name.clone(), comment, materialized: false, body });
        let join = |select: &mut Select| {
            let beside = select.relations_mut().any(|from| from.alias.as_deref() == Some(self.name.as_str()));
            if !beside {
                select.joins.insert(0, beside_every_row(&self.name));
            }
        };
        match &mut query.body {
            Body::Select(select) => join(select),
            Body::UnionAll(selects) => selects.iter_mut().for_each(join),
            Body::Values { .. } | Body::Series { .. } => unreachable!("a request's query ends in a SELECT"),
        }
    }
}

/// Names that are taken: of CTEs, tables and what they are called.
fn taken(query: &Query) -> Names {
    let mut names = Names::default();
    query.ctes.iter().for_each(|cte| names.reserve(&cte.name));
    query.clone().each_relation(&mut |from| {
        from.alias.iter().for_each(|alias| names.reserve(alias));
        match &from.table {
            Table::Named { path, .. } => path.iter().for_each(|part| names.reserve(part)),
            Table::Sql { text, .. } => names.reserve_words(text),
            Table::Cte(_) | Table::File { .. } | Table::Subquery(_) | Table::Values { .. } => {}
        }
    });
    names
}

fn literal(day: Date) -> Expr {
    Expr::Literal(Literal::Date(day.to_string()))
}

/// The one row of what is known, or none.
fn beside_every_row(known: &str) -> Join {
    let from = From { table: Table::Cte(known.to_string()), alias: Some(known.to_string()) };
    Join { kind: JoinKind::Cross, from, on: None }
}

fn unlike(days: &[Date], index: usize) -> Diagnostic {
    let (first, before, day) = (days[0], days[index - 1], days[index]);
    let fact =
        format!("as of {day} the query is made in another way than as of the days from {first} to {before}");
    Diagnostic::general(Code::BadOption, fact)
        .because("a day that is chosen when the query runs may change its constants and nothing else")
        .help(format!(
            "choose among fewer days (--as-of {first}..{before}), ask for fewer KPIs at once, or compile for one day"
        ))
}
