//! A local time that is made of another one, for databases without zone data whose
//! subqueries do not see the row around them: the first is a column of its own.
//!
//! Each change of the second clock would repeat all changes of the first one, so that
//! what a SELECT reads becomes `(SELECT sales.*, CASE … END AS __clock_1 FROM sales) AS sales`.

use super::zones::is_written_out;
use crate::sql::{Body, Capabilities, Expr, From, Item, Query, Select, Table};

/// The same query, in which the inner one of two local times has a name, where both are
/// written as changes of clocks. None where no database needs that which is able of so much.
pub fn named(query: &Query, able: Capabilities) -> Option<Query> {
    if able.outer_values || (able.zones_of_instants && able.zones_of_local_times) {
        return None;
    }
    let mut query = query.clone();
    query.each_select(&mut |select| name_clocks(select, able));
    Some(query)
}

/// The local times of one SELECT that got names, and the alias that each belongs to.
struct Clocks {
    able: Capabilities,
    aliases: Vec<String>,
    found: Vec<(String, Expr)>,
}

fn name_clocks(select: &mut Select, able: Capabilities) {
    let aliases = select.relations_mut().filter_map(|from| from.alias.clone());
    let mut clocks = Clocks { able, aliases: aliases.collect(), found: Vec::new() };
    clocks.aliases.retain(|alias| !is_selected_whole(select, alias));
    select.each_expression(&mut |expr| clocks.look_at(expr));
    let found = clocks.found;
    for from in select.relations_mut() {
        let of_it = |(index, (alias, clock)): (usize, &(String, Expr))| {
            let is_its = from.alias.as_ref() == Some(alias);
            is_its.then(|| Item::Expr { expr: clock.clone(), alias: name(index) })
        };
        let items: Vec<Item> = found.iter().enumerate().filter_map(of_it).collect();
        if !items.is_empty() {
            with_columns(from, items, able);
        }
    }
}

/// More columns there would be more columns here.
fn is_selected_whole(select: &Select, alias: &str) -> bool {
    select.items.iter().any(|item| match item {
        Item::All(of) => of.as_ref().is_none_or(|of| of == alias),
        Item::Expr { .. } => false,
    })
}

fn name(index: usize) -> String {
    format!("__clock_{}", index + 1)
}

fn with_columns(from: &mut From, items: Vec<Item>, able: Capabilities) {
    let inside =
        From { table: std::mem::replace(&mut from.table, Table::Cte(String::new())), ..from.clone() };
    let items = std::iter::once(Item::All(from.alias.clone())).chain(items).collect();
    let mut select = Select { items, from: Some(inside), ..Select::default() };
    // A time may be moved a third time. `t.*` is of the table below by then.
    let all = select.items.remove(0);
    name_clocks(&mut select, able);
    select.items.insert(0, all);
    let query = Query { ctes: Vec::new(), body: Body::Select(Box::new(select)), order_by: Vec::new() };
    from.table = Table::Subquery(Box::new(query));
}

impl Clocks {
    /// From the outermost on: what got a name is looked at where it is a column.
    fn look_at(&mut self, expr: &mut Expr) {
        if is_written_out(expr, self.able)
            && let Expr::ToZone { value, .. } | Expr::Instant { value, .. } = expr
        {
            self.name_inner(value);
        }
        expr.parts_mut().into_iter().for_each(|part| self.look_at(part));
    }

    fn name_inner(&mut self, value: &mut Expr) {
        if is_written_out(value, self.able) {
            if let Some(named) = self.column_of(value) {
                *value = named;
            }
            return;
        }
        if let Expr::Shift { value, .. } | Expr::Cast(value, _) | Expr::Truncate { value, .. } = value {
            self.name_inner(value);
        }
    }

    /// A column with this value, if one source has all that it is made of.
    fn column_of(&mut self, value: &Expr) -> Option<Expr> {
        let owner = owner(value)?;
        if !self.aliases.contains(&owner) {
            return None;
        }
        let found = (owner.clone(), value.clone());
        let index = self.found.iter().position(|clock| *clock == found).unwrap_or_else(|| {
            self.found.push(found);
            self.found.len() - 1
        });
        Some(Expr::Column { table: Some(owner), name: name(index) })
    }
}

/// The source that every column of a value belongs to.
fn owner(value: &Expr) -> Option<String> {
    let mut owners = Vec::new();
    value.clone().replace(&mut |part| {
        match part {
            Expr::Column { table, .. } => owners.push(table.clone()),
            // What a subquery reads is not looked at.
            Expr::OneValue(_) => owners.push(None),
            _ => {}
        }
        None
    });
    let first = owners.first()?.clone()?;
    owners.iter().all(|owner| owner.as_ref() == Some(&first)).then_some(first)
}
