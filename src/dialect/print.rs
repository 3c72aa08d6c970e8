//! Queries, clauses and relations.
//!
//! Takes a tree, gives tokens. What is still to be printed waits in a list, so that
//! the depth of a tree costs no stack.

use std::borrow::Cow;

use super::clauses::{NullOrder, Rows};
use super::expression::{Argument, Spelt};
use super::functions::{Level, Spelling};
use super::layout::Token;
use super::parts::{Parts, Work};
use super::quote::{self, Cannot};
use super::{Dialect, Purpose, dbt};
use crate::diagnostic::Diagnostic;
use crate::sql::{
    Body, Cte, Expr, From, GroupBy, Item, Join, JoinKind, Literal, Nulls, OrderBy, Parameter, Part, Query,
    Select, Step, Table, Type,
};

/// A text of more pieces is refused: where a spelling says a value twice, nesting doubles it.
const MOST_PIECES: usize = 5_000_000;

/// Relations that lowering did not name; nothing refers to it.
const UNNAMED: &str = "q";

#[derive(Debug)]
pub struct Printer<'a> {
    pub(super) dialect: &'a dyn Dialect,
    /// The next thing to print is the last.
    work: Vec<Work<'a>>,
    tokens: Vec<Token<'a>>,
    problems: Vec<Diagnostic>,
    /// How many changes of clocks were written, for databases without zone data.
    pub(super) changes: usize,
    purpose: Purpose,
    /// How many parameters were written.
    parameters: usize,
}

impl<'a> Printer<'a> {
    pub fn new(dialect: &'a dyn Dialect, purpose: Purpose) -> Self {
        Printer {
            dialect,
            purpose,
            work: Vec::new(),
            tokens: Vec::new(),
            problems: Vec::new(),
            changes: 0,
            parameters: 0,
        }
    }

    /// Prints a query behind what was printed before.
    pub fn query(&mut self, query: &'a Query) {
        self.work.push(Work::Query(query));
        while let Some(work) = self.work.pop() {
            if self.tokens.len() > MOST_PIECES {
                return self.too_long();
            }
            let parts = match work {
                Work::Token(token) => {
                    self.token(token);
                    continue;
                }
                Work::Expr(expr, at_least) => self.expression(expr, at_least),
                Work::Query(query) => self.whole(query),
                Work::Select(select) => self.select(select),
                Work::From(from) => self.relation(from),
            };
            self.work.extend(parts.0.into_iter().rev());
        }
    }

    fn too_long(&mut self) {
        self.work.clear();
        self.accept(Err(Cannot {
            what: "so long a query".to_owned(),
            why: "some of its functions are spelt with their values more than once, and are nested"
                .to_owned(),
            help: "nest them less: give what is inside a name, as a column or a measure of its own",
        }))
    }

    /// A token that is not of a template's own language is no word of it.
    fn token(&mut self, token: Token<'a>) {
        let verbatim = |text: &str| (self.purpose == Purpose::Dbt).then(|| dbt::verbatim(text));
        self.tokens.push(match token {
            Token::Text(text) => Token::Text(verbatim(&text).map_or(text, Cow::Owned)),
            Token::Verbatim(text) => Token::Verbatim(verbatim(&text).map_or(text, Cow::Owned)),
            other => other,
        });
    }

    /// Prints a query that is a statement of its own.
    pub fn statement(&mut self, query: &'a Query) {
        self.query(query);
        if let Some(ending) = self.dialect.clauses().ending {
            self.tokens.push(Token::Hard);
            self.tokens.push(Token::Text(ending.into()));
        }
    }

    pub fn finish(self) -> (Vec<Token<'a>>, Vec<Diagnostic>) {
        (self.tokens, self.problems)
    }

    /// What was made, or nothing and a finding.
    pub(super) fn accept<T: Default>(&mut self, made: Result<T, Cannot>) -> T {
        made.unwrap_or_else(|cannot| {
            let found = cannot.finding(self.dialect);
            if !self.problems.contains(&found) {
                self.problems.push(found);
            }
            T::default()
        })
    }

    /// See [`Purpose`].
    pub(super) fn parameter(&mut self, parameter: &'a Parameter) -> Spelt<'a> {
        self.parameters += 1;
        let written = match self.purpose {
            Purpose::Run => {
                let (level, text) = self.literal(&parameter.default);
                return (level, Parts::new().text(text));
            }
            Purpose::Bind => Parts::new().text(self.dialect.parameter(&parameter.name, self.parameters)),
            Purpose::Dbt => {
                let default = match &parameter.default {
                    Literal::Date(text) | Literal::Timestamp(text) | Literal::Text(text) => text,
                    _ => "",
                };
                Parts::new().template(dbt::variable(&parameter.name, default))
            }
        };
        let spelling = self.dialect.cast(parameter.ty);
        self.spell(&spelling, vec![Argument::Parts(written)])
    }

    pub(super) fn name(&mut self, name: &str) -> String {
        let quoted = quote::name(self.dialect, name);
        self.accept(quoted)
    }

    fn names<'n>(&mut self, names: impl IntoIterator<Item = &'n String>, between: &str) -> String {
        names.into_iter().map(|name| self.name(name)).collect::<Vec<_>>().join(between)
    }

    pub(super) fn literal_text(&mut self, value: &str) -> String {
        let quoted = quote::text(self.dialect, value);
        self.accept(quoted)
    }

    /// A part that is a span of time.
    pub(super) fn span(&mut self, part: Part) -> Part {
        if part == Part::Weekday {
            let (what, why) = ("a step of weekdays".to_owned(), "a weekday is no span of time".to_owned());
            self.accept::<()>(Err(Cannot { what, why, help: "count days" }));
        }
        part
    }

    fn whole(&mut self, query: &'a Query) -> Parts<'a> {
        let mut parts = self.ctes(&query.ctes);
        parts = parts.then(self.body(&query.body));
        if query.order_by.is_empty() {
            return parts;
        }
        parts = parts.hard().open().text("ORDER BY").indent();
        for (i, order) in query.order_by.iter().enumerate() {
            parts = if i == 0 { parts.line() } else { parts.text(",").line() };
            parts = parts.then(self.order(order));
        }
        parts.dedent().close()
    }

    fn body(&mut self, body: &'a Body) -> Parts<'a> {
        match body {
            Body::Select(select) => Parts::new().select(select),
            Body::UnionAll(selects) => union(selects),
            Body::Values { columns, rows } => self.values(columns, rows),
            Body::Series { first, last, step, column } => self.series(first, last, *step, column),
        }
    }

    fn ctes(&mut self, ctes: &'a [Cte]) -> Parts<'a> {
        let mut parts = Parts::new();
        for (i, cte) in ctes.iter().enumerate() {
            parts = match (i, &cte.comment) {
                (0, None) => parts.text("WITH "),
                (0, Some(_)) => parts.text("WITH").hard(),
                _ => parts.text(",").hard(),
            };
            for line in cte.comment.iter().flat_map(|comment| quote::comment_lines(comment)) {
                parts = parts.text(line).hard();
            }
            let once = cte.materialized && self.dialect.clauses().materialized;
            let how = if once { " AS MATERIALIZED " } else { " AS " };
            parts = parts.text(self.name(&cte.name)).text(how).block(self.body(&cte.body));
        }
        if ctes.is_empty() { parts } else { parts.hard() }
    }

    fn values(&mut self, columns: &'a [String], rows: &'a [Vec<Expr>]) -> Parts<'a> {
        match self.dialect.clauses().rows {
            Rows::Values | Rows::Structs => {
                Parts::new().text("SELECT *").hard().text("FROM ").then(self.rows(columns, rows, UNNAMED))
            }
            Rows::Selects => self.selects(columns, rows),
            Rows::NumberedColumns => self.numbered(columns, rows),
        }
    }

    /// Rows under an alias.
    fn rows(&mut self, columns: &'a [String], rows: &'a [Vec<Expr>], alias: &str) -> Parts<'a> {
        let block = match self.dialect.clauses().rows {
            Rows::Values => {
                let columns = self.names(columns, ", ");
                return values(rows).text(format!(" AS {alias}({columns})"));
            }
            Rows::Selects => self.selects(columns, rows),
            Rows::NumberedColumns => self.numbered(columns, rows),
            Rows::Structs => return self.structs(columns, rows).text(format!(" AS {alias}")),
        };
        Parts::new().block(block).text(format!(" AS {alias}"))
    }

    /// Rows whose columns the database numbers.
    fn numbered(&mut self, columns: &'a [String], rows: &'a [Vec<Expr>]) -> Parts<'a> {
        let mut parts = Parts::new().open().text("SELECT").indent();
        for (i, column) in columns.iter().enumerate() {
            parts = if i == 0 { parts.line() } else { parts.text(",").line() };
            parts = parts.text(format!("column{} AS {}", i + 1, self.name(column)));
        }
        parts.dedent().close().hard().text("FROM ").then(values(rows))
    }

    /// An array of structs, of which the first says the names.
    fn structs(&mut self, columns: &'a [String], rows: &'a [Vec<Expr>]) -> Parts<'a> {
        let mut array = Parts::new();
        for (i, row) in rows.iter().enumerate() {
            array = if i == 0 { array } else { array.text(",").hard() };
            let mut values = Parts::new();
            for (n, (value, column)) in row.iter().zip(columns).enumerate() {
                values = if n == 0 { values } else { values.text(",").line() };
                values = values.then(self.given(value));
                values = if i == 0 { values.text(format!(" AS {}", self.name(column))) } else { values };
            }
            array = array.text("STRUCT").parenthesised(values);
        }
        Parts::new().text("UNNEST([").indent().hard().then(array).dedent().hard().text("])")
    }

    /// A SELECT for each row.
    fn selects(&mut self, columns: &'a [String], rows: &'a [Vec<Expr>]) -> Parts<'a> {
        let mut parts = Parts::new();
        for (i, row) in rows.iter().enumerate() {
            parts = if i == 0 { parts } else { parts.hard().text("UNION ALL").hard() };
            parts = parts.open().text("SELECT").indent();
            for (n, (value, column)) in row.iter().zip(columns).enumerate() {
                parts = if n == 0 { parts.line() } else { parts.text(",").line() };
                parts = parts.then(self.given(value)).text(format!(" AS {}", self.name(column)));
            }
            parts = parts.dedent().close();
        }
        parts
    }

    fn select(&mut self, select: &'a Select) -> Parts<'a> {
        let mut parts = Parts::new().text(if select.distinct { "SELECT DISTINCT" } else { "SELECT" });
        parts = match select.items.as_slice() {
            [all @ Item::All(_)] => parts.text(" ").then(self.item(all)),
            items => parts.indent().then(self.items(items)).dedent(),
        };
        if let Some(from) = &select.from {
            parts = parts.hard().text("FROM ").from(from);
        }
        for join in &select.joins {
            parts = parts.hard().then(self.join(join));
        }
        if let Some(filter) = &select.filter {
            parts = parts.hard().text("WHERE ").indent().then(conditions(filter)).dedent();
        }
        parts = parts.then(self.group_by(select));
        if let Some(having) = &select.having {
            parts = parts.hard().text("HAVING ").indent().then(conditions(having)).dedent();
        }
        if let Some(qualify) = &select.qualify {
            parts = parts.hard().text("QUALIFY ").indent().then(conditions(qualify)).dedent();
        }
        parts
    }

    fn items(&mut self, items: &'a [Item]) -> Parts<'a> {
        let mut parts = Parts::new();
        for (i, item) in items.iter().enumerate() {
            parts = if i == 0 { parts } else { parts.text(",") };
            parts = parts.hard().then(self.item(item));
        }
        parts
    }

    fn item(&mut self, item: &'a Item) -> Parts<'a> {
        match item {
            Item::All(None) => Parts::new().text("*"),
            Item::All(Some(table)) => Parts::new().text(self.name(table)).text(".*"),
            Item::Expr { expr, alias } => {
                let parts = self.given(expr);
                let keeps = self.dialect.clauses().qualified_names;
                match expr {
                    Expr::Column { table, name } if name == alias && (keeps || table.is_none()) => parts,
                    _ => parts.text(format!(" AS {}", self.name(alias))),
                }
            }
        }
    }

    /// A value that a SELECT gives.
    fn given(&mut self, value: &'a Expr) -> Parts<'a> {
        match (self.dialect.clauses().typed_texts, value) {
            (Some((ty, bytes)), Expr::Literal(Literal::Text(text))) => {
                let spelling = match text.len() <= bytes {
                    true => Spelling::Cast(ty.to_owned()),
                    false => self.dialect.cast(Type::Text),
                };
                self.spell(&spelling, vec![Argument::Expr(value)]).1
            }
            _ => Parts::new().expr(value, Level::Any),
        }
    }

    fn join(&mut self, join: &'a Join) -> Parts<'a> {
        let word = match (join.kind, &join.on) {
            (JoinKind::Cross, None) => "CROSS JOIN ",
            (JoinKind::Cross | JoinKind::Inner, _) => "JOIN ",
            (JoinKind::Left, _) => "LEFT JOIN ",
            (JoinKind::AsOf, _) => "ASOF JOIN ",
        };
        let parts = Parts::new().text(word).from(&join.from);
        match (&join.on, join.kind) {
            (Some(on), _) => parts.open().indent().line().text("ON ").then(conditions(on)).dedent().close(),
            (None, JoinKind::Cross) => parts,
            (None, JoinKind::Inner | JoinKind::Left | JoinKind::AsOf) => {
                parts.text(format!(" ON {}", self.dialect.clauses().always))
            }
        }
    }

    fn group_by(&mut self, select: &'a Select) -> Parts<'a> {
        match &select.group_by {
            GroupBy::None => Parts::new(),
            GroupBy::Keys(keys) if keys.is_empty() => Parts::new(),
            GroupBy::Keys(keys) => {
                let parts = Parts::new().hard().open().text("GROUP BY").indent().line();
                parts.then(self.keys(keys, &select.items)).dedent().close()
            }
        }
    }

    /// Keys, as the ordinal of the item that says the same; `*` shifts ordinals.
    fn keys(&mut self, keys: &'a [Expr], items: &[Item]) -> Parts<'a> {
        let countable =
            self.dialect.clauses().group_by_ordinal && !items.iter().any(|item| matches!(item, Item::All(_)));
        let mut parts = Parts::new();
        for (i, key) in keys.iter().enumerate() {
            parts = if i == 0 { parts } else { parts.text(",").line() };
            let same = |item: &Item| matches!(item, Item::Expr { expr, .. } if expr == key);
            parts = match items.iter().position(same) {
                Some(place) if countable => parts.text((place + 1).to_string()),
                _ => parts.then(self.key(key)),
            };
        }
        parts
    }

    /// A constant would be read as an ordinal, or refused.
    fn key(&mut self, key: &'a Expr) -> Parts<'a> {
        let parts = Parts::new();
        match key {
            Expr::Literal(Literal::Number(_) | Literal::Text(_) | Literal::Boolean(_)) => {
                let spelling = self.dialect.cast(Type::Text);
                parts.then(self.spell(&spelling, vec![Argument::Expr(key)]).1)
            }
            _ => parts.expr(key, Level::Any),
        }
    }

    pub(super) fn order(&mut self, order: &'a OrderBy) -> Parts<'a> {
        let direction = if order.descending { " DESC" } else { "" };
        self.placed(&order.expr, direction, order.nulls)
    }

    /// A key of an order, with NULL where it belongs.
    pub(super) fn placed(&mut self, key: &'a Expr, direction: &str, nulls: Nulls) -> Parts<'a> {
        if self.dialect.clauses().nulls == NullOrder::Keys && nulls != Nulls::Never {
            let (there, gone) = if nulls == Nulls::First { (1, 0) } else { (0, 1) };
            let is_null = Parts::new().text("CASE WHEN ").expr(key, Level::Concat);
            let is_null = is_null.text(format!(" IS NULL THEN {gone} ELSE {there} END, "));
            return is_null.then(self.key(key)).text(direction.to_owned());
        }
        let nulls = match nulls {
            Nulls::Never => "",
            Nulls::First => " NULLS FIRST",
            Nulls::Last => " NULLS LAST",
        };
        self.key(key).text(format!("{direction}{nulls}"))
    }

    /// A relation under its alias; a table's own name needs no saying again.
    fn relation(&mut self, from: &'a From) -> Parts<'a> {
        let (parts, own_name, needs_name) = match &from.table {
            Table::Named { path, .. } if self.purpose == Purpose::Dbt => {
                (Parts::new().template(dbt::relation(path)), None, false)
            }
            Table::Named { path, .. } => (Parts::new().text(self.names(path, ".")), path.last(), false),
            Table::Cte(name) => (Parts::new().text(self.name(name)), Some(name), false),
            Table::File { path, types } => (Parts::new().text(self.file(path, types)), None, false),
            Table::Sql { text, .. } => (sql_of_user(text), None, true),
            Table::Subquery(query) => (Parts::new().block(Parts::new().query(query)), None, true),
            Table::Values { columns, rows } => {
                let alias = self.name(from.alias.as_deref().unwrap_or(UNNAMED));
                return self.rows(columns, rows, &alias);
            }
        };
        match &from.alias {
            Some(alias) if own_name == Some(alias) => parts,
            Some(alias) => parts.text(format!(" AS {}", self.name(alias))),
            None if needs_name => parts.text(format!(" AS {UNNAMED}")),
            None => parts,
        }
    }

    fn file(&mut self, path: &str, types: &[(String, Type)]) -> String {
        for text in std::iter::once(path).chain(types.iter().map(|(name, _)| name.as_str())) {
            self.literal_text(text);
        }
        let read = self.dialect.file(path, types).ok_or_else(|| Cannot {
            what: format!("the file `{path}`"),
            why: "this database does not read files in a query".to_owned(),
            help: "load the file into a table, and name that: `table shop.orders`",
        });
        self.accept(read)
    }

    fn series(&mut self, first: &'a Literal, last: &'a Literal, step: Step, column: &str) -> Parts<'a> {
        self.span(step.unit);
        let ty = match first {
            Literal::Date(_) => Type::Date,
            _ => Type::Timestamp,
        };
        let (first, last, column) = (self.bound(first), self.bound(last), self.name(column));
        let mut parts = Parts::new();
        for (i, line) in self.dialect.series(&first, &last, step, &column, ty).into_iter().enumerate() {
            parts = if i == 0 { parts } else { parts.hard() };
            parts = parts.text(line);
        }
        parts
    }

    /// A bound of a series.
    fn bound(&mut self, literal: &Literal) -> String {
        let iso = match literal {
            Literal::Date(iso) | Literal::Timestamp(iso) => iso,
            other => {
                let what = format!("a series from {other:?}");
                let why = "only days and times follow each other in steps".to_owned();
                return self.accept(Err(Cannot { what, why, help: "give a date" }));
            }
        };
        self.accept(quote::text(self.dialect, iso).map(|_| iso.clone()))
    }
}

fn values(rows: &[Vec<Expr>]) -> Parts<'_> {
    let mut body = Parts::new().text("VALUES").indent();
    for (i, row) in rows.iter().enumerate() {
        body = if i == 0 { body.hard() } else { body.text(",").hard() };
        body = body.parenthesised(Parts::new().list(row));
    }
    Parts::new().block(body.dedent())
}

fn union(selects: &[Select]) -> Parts<'_> {
    let mut parts = Parts::new();
    for (i, select) in selects.iter().enumerate() {
        parts = if i == 0 { parts } else { parts.hard().text("UNION ALL").hard() };
        parts = parts.select(select);
    }
    parts
}

/// Conditions on a line each.
fn conditions(condition: &Expr) -> Parts<'_> {
    let Expr::And(all) = condition else { return Parts::new().expr(condition, Level::Any) };
    if all.len() < 2 {
        return Parts::new().expr(condition, Level::Any);
    }
    let mut parts = Parts::new();
    for (i, one) in all.iter().enumerate() {
        parts = if i == 0 { parts } else { parts.hard().text("AND ") };
        parts = parts.expr(one, Level::And);
    }
    parts
}

/// On lines of its own: a comment at its end must not swallow the parenthesis.
fn sql_of_user(text: &str) -> Parts<'_> {
    let text = text.trim_end_matches(|c: char| c.is_whitespace() || c == ';');
    Parts::new().text("(").hard().verbatim(text).hard().text(")")
}
