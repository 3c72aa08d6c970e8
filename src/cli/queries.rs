//! Reads the queries of SQL sources.

use std::path::{Component, Path};

use kpic::diagnostic::{Code, Diagnostic, Sink};
use kpic::dialect::Dialect;
use kpic::lower::SqlTexts;
use kpic::model::Model;
use kpic::resolve;
use kpic::source::{Sources, Span};
use kpic::syntax::ast::{Relation, Text};
use kpic::template;

use super::files;
use super::find::Home;

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
        let text =
            read(home, path, sources).and_then(|(file, text)| template::query(file, &text, &params, dialect));
        match text {
            Ok(text) => {
                texts.insert((*name).to_string(), text);
            }
            Err(finding) => sink.push(finding),
        }
    }
    texts
}

fn read(
    home: &Home,
    path: &Text,
    sources: &mut Sources,
) -> Result<(kpic::source::FileId, String), Diagnostic> {
    let relative = Path::new(&path.value);
    if !relative.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir)) {
        let fact = format!("`{}` lies outside of the project", path.value);
        return Err(Diagnostic::error(Code::SqlSource, path.span, fact)
            .because("a project is checked and reviewed as one folder")
            .help("move the query into the project and name it from its root"));
    }
    match files::read(&home.root.join(relative), &home.shown(relative), sources) {
        Ok(id) => Ok((id, sources.get(id).text.clone())),
        // About the name rather than the empty text that stands for the file.
        Err(finding) if finding.code == Code::Unreadable => Err(elsewhere(finding, path.span, &path.value)),
        Err(finding) => Err(finding),
    }
}

fn elsewhere(finding: Diagnostic, span: Span, path: &str) -> Diagnostic {
    Diagnostic {
        span: Some(span),
        message: finding.message.replacen("the file", &format!("`{path}`"), 1),
        ..finding
    }
    .because("the source's rows are those of the query in this file")
    .help("name a file from the project's root: `sql 'queries/orders.sql'`")
}
