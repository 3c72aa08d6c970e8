//! What kpic compiles of a world, and how its rows are read.

use jiff::ToSpan;
use kpic::diagnostic::{Diagnostic, Sink};
use kpic::resolve::{self, Catalog, Resolved};
use kpic::source::{Sources, Span, Spanned};
use kpic::syntax::ast::{self, ProjectFile};
use kpic::syntax::dsl::{self, Fragment};
use kpic::{dialect, lower, model, plan};

use super::answer::{Answer, Key};
use super::dimension::{Condition, Dimension};
use super::fiscal::FiscalYear;
use super::targets::WORDS;
use super::time::Grain;
use super::world::World;

/// kpic's query for a world.
///
/// # Errors
/// Why kpic refuses the project or the request.
pub fn compile(world: &World, dialect: &dyn dialect::Dialect) -> Result<String, String> {
    let (resolved, request) = asked(world)?;
    let plan = plan::plan(&resolved, &request).map_err(refused)?;
    let query = lower::lower(&resolved, &plan, &lower::SqlTexts::new(), dialect.capabilities())
        .expect("every source has a table");
    dialect::print(&query, dialect).map_err(refused)
}

/// The same as of a day that the table `chosen` chooses, among the world's own and days around it;
/// `None` where the world has no such day, or its range cuts periods.
///
/// # Errors
/// Why kpic refuses the project, the request or its days.
#[allow(dead_code, reason = "one test asks for it")]
pub fn compile_for_days(world: &World, dialect: &dyn dialect::Dialect) -> Result<Option<String>, String> {
    let (resolved, request) = asked(world)?;
    let Some(own) = request.as_of.and_then(ast::Date::civil) else { return Ok(None) };
    if plan::plan(&resolved, &request).map_err(refused)?.range.cuts() {
        return Ok(None);
    }
    let days: Vec<_> = (-4..=4).filter_map(|ahead| own.checked_add(ahead.days()).ok()).collect();
    let among = days.first().zip(days.last()).map(|(first, last)| ((*first).into(), (*last).into()));
    let request = plan::Request { as_of_among: among, clip: false, ..request };
    let place = lower::Place::Relation(vec!["chosen".into()]);
    let chosen = lower::Chosen { place, as_of: Some(own) };
    let texts = lower::SqlTexts::new();
    let query = lower::known_on_any_day(&days, &mut |day| {
        let request = plan::Request { as_of: Some(day.into()), ..request.clone() };
        let plan = plan::plan(&resolved, &request)?;
        lower::lower_chosen(&resolved, &plan, &texts, dialect.capabilities(), Some(&chosen))
    });
    dialect::print(&query.map_err(refused)?, dialect).map(Some).map_err(refused)
}

fn asked(world: &World) -> Result<(Resolved, plan::Request), String> {
    let mut sources = Sources::new();
    let resolved = resolved(world, &mut sources).map_err(refused)?;
    let filter = world.request.filter.as_ref().map(|filter| predicate(&resolved, filter, &mut sources));
    let filter = filter.transpose().map_err(refused)?;
    let request = request(world, filter);
    Ok((resolved, request))
}

fn refused(found: Vec<Diagnostic>) -> String {
    let messages: Vec<String> = found.into_iter().map(|d| d.message).collect();
    format!("kpic refuses it: {}", messages.join("; "))
}

fn resolved(world: &World, sources: &mut Sources) -> Result<Resolved, Vec<Diagnostic>> {
    let text = world.definitions();
    let file = sources.add("world.kpi", text.clone());
    let mut sink = Sink::new();
    let files = [dsl::parse(file, &text, &mut sink)];
    let project = settings(world, Span::new(file, 0, 0));
    let model = model::build(&files, &project, &mut sink);
    let mut resolved = resolve::resolve(&model, &Catalog::default(), &mut sink);
    if sink.has_errors() {
        return Err(sink.into_sorted());
    }
    if world.request.ordered {
        for (source, time) in [("sales", "at"), ("visits", "day")] {
            if let Some(source) = resolved.sources.get_mut(source) {
                source.ordered_by = Some(time.into());
            }
        }
    }
    Ok(resolved)
}

/// What its `kpic.yaml` would say.
pub fn settings(world: &World, place: Span) -> ProjectFile {
    ProjectFile {
        zone: Some(Spanned::new(world.zone.to_string(), place)),
        week_start: Some(Spanned::new(world.week_start, place)),
        fiscal_year: Some(Spanned::new(fiscal_year(world.fiscal_year), place)),
        ..ProjectFile::default()
    }
}

/// `--where`
fn predicate(
    resolved: &Resolved,
    condition: &Condition,
    sources: &mut Sources,
) -> Result<resolve::resolved::Predicate, Vec<Diagnostic>> {
    let mut sink = Sink::new();
    let text = condition.text(false);
    let file = sources.add("<--where>", text.clone());
    let expression = dsl::expression(&Fragment::whole(file, &text), &mut sink).expect("it is read");
    resolve::predicate(resolved, &expression, &mut sink).ok_or_else(|| sink.into_sorted())
}

fn request(world: &World, filter: Option<resolve::resolved::Predicate>) -> plan::Request {
    let request = &world.request;
    let segment = |s: &Option<usize>| s.map_or("all".into(), |s| format!("s{s}"));
    plan::Request {
        kpis: request.kpis.iter().map(|k| format!("k{k}")).collect(),
        by: request.by.iter().map(|by| by.iter().map(|d| d.name().to_string()).collect()).collect(),
        total: request.total,
        segments: request.segments.iter().map(segment).collect(),
        filter,
        grain: Some(grain(request.grain)),
        from: Some(ast::PeriodKind::Day(date(world, request.from))),
        to: Some(ast::PeriodKind::Day(date(world, request.to))),
        as_of: request.as_of.map(|n| date(world, n)),
        as_of_among: None,
        clip: true,
        beside: plan::Beside {
            targets: world.kpis.iter().any(|kpi| kpi.goals.is_some()),
            trend: plan::Trend::Unasked,
        },
        top: None,
    }
}

fn fiscal_year(of: FiscalYear) -> ast::FiscalYear {
    match of {
        FiscalYear::Months(first) => ast::FiscalYear::Months(first as u8),
        FiscalYear::Weeks(weeks) => ast::FiscalYear::Weeks(ast::FiscalWeeks {
            pattern: weeks.pattern,
            weekday: weeks.weekday as u8,
            ends: if weeks.is_nearest { ast::YearEnd::Nearest } else { ast::YearEnd::Last },
            month: weeks.month as u8,
        }),
    }
}

fn date(world: &World, n: i16) -> ast::Date {
    let day = world.day(n);
    ast::Date { year: day.year(), month: day.month() as u8, day: day.day() as u8 }
}

fn grain(grain: Grain) -> ast::Grain {
    match grain {
        Grain::Hour => ast::Grain::Hour,
        Grain::Day => ast::Grain::Day,
        Grain::Week => ast::Grain::Week,
        Grain::Month => ast::Grain::Month,
        Grain::Quarter => ast::Grain::Quarter,
        Grain::Year => ast::Grain::Year,
        Grain::IsoYear => ast::Grain::IsoYear,
        Grain::FiscalMonth => ast::Grain::FiscalMonth,
        Grain::FiscalQuarter => ast::Grain::FiscalQuarter,
        Grain::FiscalYear => ast::Grain::FiscalYear,
    }
}

/// The answer in an engine's rows, each value as text.
pub fn read(world: &World, columns: &[String], rows: &[Vec<Option<String>>]) -> Answer {
    let mut answer = Answer::default();
    for row in rows {
        let text = |name: &str| {
            let index = columns.iter().position(|column| column == name)?;
            row[index].clone()
        };
        let period = text("period_start").unwrap_or_default();
        let key = Key {
            segment: text("segment").unwrap_or_default(),
            slicing: text("slicing").unwrap_or_default(),
            members: Dimension::ALL.iter().map(|d| text(d.name())).collect(),
            period: if period.len() == 10 { format!("{period} 00:00:00") } else { period },
        };
        let number = |k| text(&format!("k{k}")).map(|n| n.parse().expect("a number"));
        let judged = |k: &usize| {
            let column = |name: &str| text(&format!("k{k}_{name}")).map(|n| n.parse().expect("a number"));
            let numbers = ["target", "target_to", "attainment", "pacing"].map(column);
            let word = text(&format!("k{k}_status"));
            let status = WORDS.iter().position(|w| word.as_deref() == Some(w)).map(|n| n as f64);
            [numbers.to_vec(), vec![status]].concat()
        };
        let values = world.request.kpis.iter().flat_map(|k| {
            let judged = world.kpis[*k].goals.iter().flat_map(|_| judged(k));
            std::iter::once(number(k)).chain(judged).collect::<Vec<_>>()
        });
        answer.insert(key, values.collect());
    }
    answer
}
