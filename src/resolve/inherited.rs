//! Names that two readers would read in two ways: a column of the table to one,
//! to the other a dimension that the source inherits.

use std::collections::HashSet;

use super::resolved::{Reach, Source};
use super::rows::{JoinState, Rows, SourceNames};
use super::walk;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::syntax::ast::{self, Expr, Name};

/// Reports names in a source's expressions that nothing declares there, and that are
/// dimensions of the source by inheritance: slices would show the one and filters
/// read the other.
pub fn check(rows: &Rows<'_>, sources: &[Source], sink: &mut Sink) {
    let own: Vec<HashSet<&str>> = rows.sources.iter().map(|names| columns(names.def)).collect();
    let found = |at: usize, name: &Name| {
        let (id, names) = (name.value.as_str(), &rows.sources[at]);
        let declared = names.columns.contains_key(id) || names.dimensions.contains_key(id);
        let is_own = declared || own[at].contains(id);
        let reach = sources[at].reach.get(id).filter(|_| !is_own)?;
        ambiguous(name, &sources[at], reach)
    };
    for (id, names) in rows.sources.iter().enumerate() {
        for e in expressions(names.def) {
            walk::paths(e, &mut |path| {
                let at = match &path.qualifier {
                    None => Some(id),
                    // Behind a join only the joined source's own names are read.
                    Some(join) => joined(names, join),
                };
                sink.extend(at.and_then(|at| found(at, &path.name)));
            });
        }
    }
}

fn joined(names: &SourceNames<'_>, join: &Name) -> Option<usize> {
    let join = names.joins.get(join.value.as_str())?;
    join.target.filter(|_| join.state == JoinState::Sound)
}

fn ambiguous(name: &Name, source: &Source, reach: &Reach) -> Option<Diagnostic> {
    let path = match reach {
        Reach::Own => return None,
        Reach::Via(path) => path,
        Reach::Ambiguous(paths) => paths.first()?,
    };
    let (id, join) = (&name.value, path.first()?);
    Some(
        Diagnostic::error(
            Code::WrongKind,
            name.span,
            format!("`{id}` is a dimension that `{}` inherits, and is read as a column here", source.name),
        )
        .because(format!("slices by `{id}` show what `{join}` leads to, which may differ from the column"))
        .help(format!(
            "declare on `{}` which is meant: `dimension {id} = {join}.{id}`, or the table's own `column {id}`",
            source.name
        )),
    )
}

/// The columns that a source reads where only columns may stand.
fn columns(source: &ast::Source) -> HashSet<&str> {
    let paths = source
        .joins
        .iter()
        .flat_map(|join| &join.on)
        .chain(source.times.iter().map(|time| &time.value.column))
        .chain(source.active.iter().chain(&source.valid).flat_map(|i| [&i.value.from, &i.value.until]))
        .chain(source.snapshot.iter().map(|snapshot| &snapshot.value.column))
        .chain(source.measures.iter().filter_map(|measure| measure.at.as_ref()));
    let paths = paths.filter(|path| path.qualifier.is_none()).map(|path| path.name.value.as_str());
    let key = source.key.iter().flat_map(|key| &key.value).map(|name| name.value.as_str());
    paths.chain(key).collect()
}

fn expressions(source: &ast::Source) -> impl Iterator<Item = &Expr> {
    let measures = source.measures.iter().chain(&source.stocks);
    measures
        .flat_map(|m| std::iter::once(&m.value).chain(&m.filter))
        .chain(source.rows.iter().map(|rows| &rows.value))
        .chain(source.columns.iter().filter_map(|column| column.value.as_ref()))
        .chain(source.dimensions.iter().filter_map(|dimension| dimension.value.as_ref()))
}
