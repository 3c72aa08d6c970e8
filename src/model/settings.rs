//! Facts of the whole project, with their defaults.

use super::{Model, Param, zones};
use crate::diagnostic::{Code, Diagnostic, Sink, nearest};
use crate::source::Span;
use crate::syntax::ast::{self, ProjectFile, Text};

/// What `kpic.yaml` says of the whole project.
#[derive(Debug, Clone)]
pub struct Settings {
    pub name: String,
    /// IANA zone that cuts periods.
    pub zone: String,
    /// 1 Monday to 7 Sunday.
    pub week_start: u8,
    /// The month in which the fiscal year starts, 1 to 12.
    pub fiscal_year: u8,
    pub currency: Option<String>,
    /// The zone of timestamps whose column declares none, in the environment
    /// that is used; [`Settings::choose`] sets it.
    pub timestamps: Option<String>,
    /// For [`super::lints::apply`].
    pub lints: Vec<(Code, ast::LintLevel)>,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            name: "project".into(),
            zone: "UTC".into(),
            week_start: 1,
            fiscal_year: 1,
            currency: None,
            timestamps: None,
            lints: Vec::new(),
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
    if let Some(month) = &project.fiscal_year {
        if (1..=12).contains(&month.value) {
            settings.fiscal_year = month.value;
        } else {
            sink.push(bad(month.span, format!("{} is no month", month.value)).help("use 1 to 12"));
        }
    }
    if let Some(pack) = project.packs.first() {
        packs(pack, sink);
    }
    settings.lints = super::lints::read(project, sink);
    settings.currency = project.currency.as_ref().map(|c| c.value.clone());
    settings
}

fn packs(first: &Text, sink: &mut Sink) {
    sink.push(
        Diagnostic::error(Code::NotYet, first.span, "packs are not supported yet")
            .because("the KPIs of a pack that is left out would be missing without a word")
            .help("leave `packs` out until they are supported, and copy the definitions you need"),
    );
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
