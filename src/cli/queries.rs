//! Reads the queries of SQL sources.

use std::collections::HashMap;

use kpic::diagnostic::{Code, Sink};
use kpic::dialect::Dialect;
use kpic::lower::SqlTexts;
use kpic::model::Model;
use kpic::resolve;
use kpic::source::Sources;
use kpic::syntax::ast::{Relation, Text};
use kpic::template;

use super::find::Home;
use super::named;

const QUERY: named::Kind = named::Kind {
    code: Code::SqlSource,
    outside: "move the query into the project and name it from its root",
    why: "the source's rows are those of the query in this file",
    help: "name a file from the project's root: `sql 'queries/orders.sql'`",
};

/// The rendered query of each SQL source; what is wrong with one is reported.
pub fn texts(
    home: &Home,
    model: &Model<'_>,
    dialect: &'static dyn Dialect,
    sources: &mut Sources,
    sink: &mut Sink,
) -> SqlTexts {
    let params = resolve::parameters(model);
    let mut texts = SqlTexts::new();
    for (name, source) in &model.sources {
        let Some(Relation::Sql(path)) = source.relation.as_ref().map(|r| &r.value) else { continue };
        let file = named::read(home, path, &QUERY, sources);
        let text =
            file.and_then(|file| template::query(file, &sources.get(file).text.clone(), &params, dialect));
        match text {
            Ok(text) => {
                texts.insert((*name).to_string(), text);
            }
            Err(finding) => sink.push(finding),
        }
    }
    texts
}

/// The text of each SQL source's file as it was written, by its path; one that cannot be read
/// is left out, and [`texts`] says why.
pub fn raw(home: &Home, model: &Model<'_>) -> HashMap<String, String> {
    let paths =
        model.sources.values().filter_map(|source| match source.relation.as_ref().map(|r| &r.value) {
            Some(Relation::Sql(path)) => Some(path),
            Some(Relation::Table(_) | Relation::File(_)) | None => None,
        });
    let mut apart = Sources::default();
    let text = |path: &Text| {
        let file = named::read(home, path, &QUERY, &mut apart).ok()?;
        Some((path.value.clone(), apart.get(file).text.clone()))
    };
    paths.filter_map(text).collect()
}
