//! Local times of which a SELECT needs more than one text, for databases without zone data:
//! each is a column of its own.
//!
//! A time that is read twice would be written twice, with some two hundred changes of its clock; each
//! change names the time that is moved, and would repeat all of it where that is no column, above all where it
//! was moved before. So what a SELECT reads becomes `(SELECT sales.*, CASE … END AS __clock_1 FROM sales) AS sales`.

use super::zones::{is_long, is_written_out};
use crate::sql::{Body, Capabilities, Expr, From, Item, Query, Select, Table};

/// The same query, in which local times that are written as changes of clocks have names where they
/// are read twice, or made into other ones. None where no database needs that which is able of so much.
pub fn named(query: &Query, able: Capabilities) -> Option<Query> {
    if able.zones_of_instants && able.zones_of_local_times {
        return None;
    }
    let mut query = query.clone();
    query.each_select(&mut |select| name_clocks(select, able, 1));
    Some(query)
}

/// The local times of one SELECT that got names, and the alias that each belongs to.
struct Clocks {
    able: Capabilities,
    aliases: Vec<String>,
    /// The number of the first of them.
    first: usize,
    found: Vec<(String, Expr)>,
    /// Those that are long, and whether they were met again.
    met: Vec<(Expr, bool)>,
}

/// What stands below has names of its own, from `first` on.
fn name_clocks(select: &mut Select, able: Capabilities, first: usize) {
    let aliases = select.relations_mut().filter_map(|from| from.alias.clone());
    let mut clocks = Clocks { able, aliases: aliases.collect(), first, found: Vec::new(), met: Vec::new() };
    clocks.aliases.retain(|alias| !is_selected_whole(select, alias));
    select.each_expression(&mut |expr| clocks.count(expr));
    select.each_expression(&mut |expr| clocks.look_at(expr));
    let found = clocks.found;
    let next = first + found.len();
    for from in select.relations_mut() {
        let of_it = |(number, (alias, clock)): (usize, &(String, Expr))| {
            let is_its = from.alias.as_ref() == Some(alias);
            is_its.then(|| Item::Expr { expr: clock.clone(), alias: name(number) })
        };
        let items: Vec<Item> = (first..).zip(&found).filter_map(of_it).collect();
        if !items.is_empty() {
            with_columns(from, items, able, next);
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

fn name(number: usize) -> String {
    format!("__clock_{number}")
}

fn with_columns(from: &mut From, items: Vec<Item>, able: Capabilities, next: usize) {
    let inside =
        From { table: std::mem::replace(&mut from.table, Table::Cte(String::new())), ..from.clone() };
    let items = std::iter::once(Item::All(from.alias.clone())).chain(items).collect();
    let mut select = Select { items, from: Some(inside), ..Select::default() };
    // A time may be moved a third time. `t.*` is of the table below by then.
    let all = select.items.remove(0);
    name_clocks(&mut select, able, next);
    select.items.insert(0, all);
    let query = Query { ctes: Vec::new(), body: Body::Select(Box::new(select)), order_by: Vec::new() };
    from.table = Table::Subquery(Box::new(query));
}

impl Clocks {
    fn count(&mut self, expr: &mut Expr) {
        if is_long(expr, self.able) {
            match self.met.iter_mut().find(|(met, _)| met == expr) {
                Some((_, again)) => *again = true,
                None => self.met.push((expr.clone(), false)),
            }
        }
        expr.parts_mut().into_iter().for_each(|part| self.count(part));
    }

    /// From the outermost on: what got a name is looked at where it is a column.
    fn look_at(&mut self, expr: &mut Expr) {
        if self.met.iter().any(|(met, again)| *again && met == expr)
            && let Some(named) = self.column_of(expr)
        {
            *expr = named;
            return;
        }
        let (is_long, is_written_out) = (is_long(expr, self.able), is_written_out(expr, self.able));
        if let Expr::ToZone { value, .. } | Expr::Instant { value, .. } = expr {
            let whole = is_long && !matches!(**value, Expr::Column { .. });
            match if whole { self.column_of(value) } else { None } {
                Some(named) => **value = named,
                None if is_written_out => self.name_inner(value),
                None => {}
            }
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
        Some(Expr::Column { table: Some(owner), name: name(self.first + index) })
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
