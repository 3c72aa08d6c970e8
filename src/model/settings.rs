//! Facts of the whole project, with their defaults.

use super::{Model, Param, zones};
use crate::diagnostic::{Code, Diagnostic, Sink, nearest};
use crate::source::{Span, Spanned};
use crate::syntax::ast::{self, FiscalYear, ProjectFile, Text};
use crate::syntax::locales;

/// What `kpic.yaml` says of the whole project.
#[derive(Debug, Clone)]
pub struct Settings {
    pub name: String,
    /// IANA zone that cuts periods.
    pub zone: String,
    /// 1 Monday to 7 Sunday.
    pub week_start: u8,
    pub fiscal_year: FiscalYear,
    pub currency: Option<String>,
    /// In which numbers are written for people: one of [`locales::LOCALES`].
    pub locale: Option<String>,
    /// How many members of a dimension must stand behind a number.
    pub minimum_cell: Option<ast::MinimumCell>,
    /// The stages of the customer's journey, in order; none: any name is a stage.
    pub stages: Vec<ast::Name>,
    /// The zone of timestamps whose column declares none, in the environment
    /// that is used; [`Settings::choose`] sets it.
    pub timestamps: Option<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            name: "project".into(),
            zone: "UTC".into(),
            week_start: 1,
            fiscal_year: FiscalYear::Months(1),
            currency: None,
            locale: None,
            minimum_cell: None,
            stages: Vec::new(),
            timestamps: None,
        }
    }
}

impl Settings {
    /// Takes what definitions need from the environment that is used.
    pub fn choose(&mut self, environment: &ast::Environment) {
        let zone = environment.timestamps.as_ref().map(|zone| zone.value.clone());
        self.timestamps = zone.filter(|zone| zones::exists(zone));
    }
}

/// The environment that is used when none is named.
pub fn default_environment(project: &ProjectFile) -> Option<&ast::Environment> {
    let named = project.default_environment.as_ref();
    match named.and_then(|name| project.environments.iter().find(|e| e.name == *name)) {
        Some(environment) => Some(environment),
        None => project.environments.first(),
    }
}

/// Settings with their defaults; bad ones are reported and the default is kept.
pub fn read(project: &ProjectFile, sink: &mut Sink) -> Settings {
    let mut settings = Settings::default();
    if let Some(name) = &project.name {
        settings.name.clone_from(&name.value);
    }
    if let Some(zone) = &project.zone
        && is_zone(zone, sink)
    {
        settings.zone.clone_from(&zone.value);
    }
    for environment in &project.environments {
        environment.timestamps.iter().for_each(|zone| {
            is_zone(zone, sink);
        });
    }
    if let Some(name) = &project.default_environment
        && !project.environments.iter().any(|e| e.name == *name)
    {
        let error = bad(name.span, format!("there is no environment `{}`", name.value));
        let names = project.environments.iter().map(|e| e.name.value.as_str());
        sink.push(match nearest(&name.value, names) {
            Some(near) => error.help(format!("did you mean `{near}`?")),
            None => error.help("name one of `environments`"),
        });
    }
    if let Some(environment) = default_environment(project) {
        settings.choose(environment);
    }
    if let Some(day) = &project.week_start {
        if (1..=7).contains(&day.value) {
            settings.week_start = day.value;
        } else {
            sink.push(
                bad(day.span, format!("{} is no day of the week", day.value))
                    .help("use 1 (Monday) to 7 (Sunday)"),
            );
        }
    }
    if let Some(year) = &project.fiscal_year {
        fiscal_year(year, project, &mut settings, sink);
    }
    settings.minimum_cell.clone_from(&project.minimum_cell);
    settings.locale = project.locale.as_ref().and_then(|name| locale(name, sink));
    settings.stages = stages(&project.stages, sink);
    settings.currency = project.currency.as_ref().map(|c| c.value.clone());
    settings
}

fn fiscal_year(year: &Spanned<FiscalYear>, project: &ProjectFile, settings: &mut Settings, sink: &mut Sink) {
    match year.value {
        FiscalYear::Months(1..=12) => settings.fiscal_year = year.value,
        FiscalYear::Months(month) => {
            sink.push(bad(year.span, format!("{month} is no month")).help("use 1 to 12"));
        }
        FiscalYear::Weeks(weeks) => {
            let first = weeks.weekday % 7 + 1;
            settings.fiscal_year = year.value;
            settings.week_start = first;
            let other =
                project.week_start.as_ref().filter(|day| day.value != first && (1..=7).contains(&day.value));
            sink.extend(other.map(|day| against_weeks(day.span, first, weeks.weekday, year.span)));
        }
    }
}

/// Weeks that do not start where those of the fiscal year do.
fn against_weeks(span: Span, first: u8, last: u8, year: Span) -> Diagnostic {
    let named = |day: u8| ast::WEEKDAYS[usize::from(day - 1)];
    bad(span, format!("weeks would start on another day than {}", named(first)))
        .label(year, format!("years of whole weeks end on {}", named(last)))
        .because("a week would lie in two months of the fiscal year")
        .help(format!("leave `week_start` out, or write `{}`", named(first)))
}

fn locale(name: &Text, sink: &mut Sink) -> Option<String> {
    let known = locales::locale(&name.value);
    if known.is_none() {
        let error = bad(name.span, format!("numbers are not written in the locale `{}`", name.value));
        sink.push(match nearest(&name.value, locales::LOCALES) {
            Some(near) => error.help(format!("did you mean `{near}`?")),
            None => error.help(format!("write one of {}", locales::LOCALES.join(", "))),
        });
    }
    known.map(str::to_string)
}

/// Each once.
fn stages(written: &[ast::Name], sink: &mut Sink) -> Vec<ast::Name> {
    let mut stages: Vec<ast::Name> = Vec::new();
    for stage in written {
        match stages.iter().find(|known| *known == stage) {
            Some(first) => sink.push(
                bad(stage.span, format!("the stage `{}` is listed twice", stage.value))
                    .label(first.span, "listed here")
                    .because("the order of stages is that of the journey")
                    .help("keep one of them"),
            ),
            None => stages.push(stage.clone()),
        }
    }
    stages
}

fn bad(span: Span, message: String) -> Diagnostic {
    Diagnostic::error(Code::ProjectFile, span, message)
}

fn is_zone(zone: &Text, sink: &mut Sink) -> bool {
    let known = zones::exists(&zone.value);
    if !known {
        sink.push(
            bad(zone.span, format!("there is no time zone `{}`", zone.value))
                .help(zones::advice(&zone.value)),
        );
    }
    known
}

/// Gives parameters the values that the project overrides them with.
pub fn override_params<'a>(model: &mut Model<'a>, project: &'a ProjectFile, sink: &mut Sink) {
    for (name, value) in &project.params {
        if let Some(param) = model.params.get_mut(name.value.as_str()) {
            *param = Param { name: param.name, value, own: Some(param.own.unwrap_or(param.value)) };
            continue;
        }
        let error = Diagnostic::error(
            Code::UnknownParam,
            name.span,
            format!("there is no parameter `{}`", name.value),
        )
        .missing(&name.value)
        .because("only a parameter that some file declares can be given another value");
        sink.push(match nearest(&name.value, model.params.keys().copied()) {
            Some(near) => error.help(format!("did you mean `{near}`?")),
            None => error.help(format!("declare it in a definition file: `param {} = …`", name.value)),
        });
    }
}
