//! Golden cases compiled in process, for databases that are told what they can.

use kpic::diagnostic::{Diagnostic, Sink};
use kpic::dialect::{self, Dialect};
use kpic::plan::Request;
use kpic::resolve::resolved::Relation;
use kpic::resolve::{Catalog, Resolved, resolve};
use kpic::source::{FileId, Sources};
use kpic::sql::Capabilities;
use kpic::syntax::ast::{self, Grain, Layer, PeriodKind, ProjectFile};
use kpic::syntax::dsl::{self, Fragment};
use kpic::syntax::{sheet, yaml};
use kpic::{lower, model, packs, plan};

use crate::harness::Checked;
use crate::harness::case::Case;
use crate::harness::files::{entries, file_name, read};
use crate::harness::rows::Table;
use crate::period;

/// A case's SQL for databases that can different things; `None`: it reads users' own queries.
pub fn compiled<const N: usize>(
    case: &Case,
    databases: [(Capabilities, &dyn Dialect); N],
) -> Checked<Option<[String; N]>> {
    let mut sources = Sources::new();
    let mut sink = Sink::new();
    let (mut files, mut project) = (Vec::new(), ProjectFile::default());
    for path in entries(&case.folder)? {
        let (name, text) = (file_name(&path), read(&path).unwrap_or_default());
        let file = sources.add(name.clone(), text.clone());
        match name.as_str() {
            "kpic.yaml" => project = yaml::project(file, &text, &mut sink),
            name if name.ends_with(".kpi") => files.push(dsl::parse(file, &text, &mut sink)),
            name if name.ends_with(".kpi.yaml") => files.push(yaml::parse(file, &text, &mut sink)),
            _ => {}
        }
    }
    let mut carried = |texts: Vec<packs::Text>, layer: fn(FileId) -> Layer, files: &mut Vec<ast::File>| {
        for text in texts {
            let file = sources.add(text.file, text.text);
            files.push(ast::File { layer: layer(file), ..dsl::parse(file, text.text, &mut sink) });
        }
    };
    for pack in &project.packs {
        carried(packs::texts(&pack.value).ok_or("no such pack")?, Layer::Pack, &mut files);
        carried(packs::vocabulary(), Layer::Vocabulary, &mut files);
    }
    let mut files = model::complete(files, &project, &mut sink);
    let sheets = files.iter().flat_map(|file| &file.items).filter_map(|item| match item {
        ast::Item::Targets(sheet) => Some(sheet::file(&sheet.from)),
        _ => None,
    });
    let mut planned = Vec::new();
    for path in sheets {
        let text = read(&case.folder.join(&path))?;
        let file = sources.add(path, text.clone());
        planned.extend(sheet::targets(file, &text, &mut sink));
    }
    model::put_targets(&mut files, planned, &mut sink);
    let model = model::build(&files, &project, &mut sink);
    let resolved = resolve(&model, &Catalog::default(), &mut sink).with_assertions();
    if resolved.sources.values().any(|source| matches!(source.relation, Some(Relation::Sql(_)))) {
        return Ok(None);
    }
    let request = request(&case.request, &resolved, &mut sources, &mut sink)?;
    let plan = plan::plan(&resolved, &request).map_err(said)?;
    let mut texts = Vec::new();
    for (capabilities, dialect) in databases {
        let query = lower::lower(&resolved, &plan, &lower::SqlTexts::new(), capabilities).map_err(said)?;
        texts.push(dialect::print(&query, dialect).map_err(said)?);
    }
    Ok(texts.try_into().ok())
}

pub fn said(found: Vec<Diagnostic>) -> String {
    found.into_iter().map(|found| found.message).collect::<Vec<_>>().join("; ")
}

/// The options of `kpic run`.
fn request(
    arguments: &[String],
    resolved: &Resolved,
    sources: &mut Sources,
    sink: &mut Sink,
) -> Checked<Request> {
    let mut request = Request::default();
    let names = |list: &str| list.split(',').map(|name| name.trim().to_string()).collect::<Vec<_>>();
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or(format!("{argument} has no value"));
        match argument.as_str() {
            "--by" => request.by.push(names(value()?)),
            "--total" => request.total = true,
            "--segment" => request.segments.extend(names(value()?)),
            "--clip" => request.clip = true,
            "--targets" => request.beside.targets = true,
            "--trend" => request.beside.trend = plan::Trend::OfAll,
            // What is asserted can be named as KPIs are.
            "--asserts" => {}
            "--top" => {
                let places = value()?.parse().map_err(|_| "--top takes a number".to_string())?;
                request.top = Some(plan::Top { places, of: None, by: None });
            }
            "--top-of" => top(&mut request)?.of = Some(value()?.clone()),
            "--top-by" => top(&mut request)?.by = Some(value()?.clone()),
            "--grain" => request.grain = Some(grain(value()?)?),
            "--from" => request.from = Some(period::read(value()?)?),
            "--to" => request.to = Some(period::read(value()?)?),
            "--as-of" => match period::read(value()?)? {
                PeriodKind::Day(day) => request.as_of = Some(day),
                other => return Err(format!("{other:?} is no day")),
            },
            "--where" => {
                let text = value()?;
                let file = sources.add("<--where>", text.clone());
                let condition = dsl::expression(&Fragment::whole(file, text), sink);
                request.filter = condition.and_then(|e| kpic::resolve::predicate(resolved, &e, sink));
            }
            option if option.starts_with('-') => return Err(format!("{option} is not known here")),
            kpi => request.kpis.push(kpi.to_string()),
        }
    }
    request.to = request.to.or(request.from);
    Ok(request)
}

fn top(request: &mut Request) -> Checked<&mut plan::Top> {
    request.top.as_mut().ok_or("--top comes first".to_string())
}

fn grain(word: &str) -> Checked<Grain> {
    use ast::Grain as G;
    let all = [
        G::Hour,
        G::Day,
        G::Week,
        G::Month,
        G::Quarter,
        G::Year,
        G::IsoYear,
        G::FiscalMonth,
        G::FiscalQuarter,
        G::FiscalYear,
    ];
    all.into_iter().find(|grain| grain.word() == word).ok_or(format!("{word} is no grain"))
}

/// SQL gives hours as UTC times, the oracle with their offset.
pub fn hours_in_utc(expected: &mut Table) {
    let Some(period) = expected.columns.iter().position(|column| column == "period_start") else { return };
    for row in &mut expected.rows {
        if let Some(hour) = row[period].as_deref().and_then(|text| text.parse::<jiff::Timestamp>().ok()) {
            row[period] = Some(hour.strftime("%Y-%m-%d %H:%M:%S").to_string());
        }
    }
}
