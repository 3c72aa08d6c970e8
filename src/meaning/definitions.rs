//! Every definition of a project, with what it means and what it says.

use std::collections::HashMap;

use indexmap::IndexMap;

use super::form::{Form, Forms};
use super::name::{Kind, Name};
use super::numbers::{Numbers, named_predicate};
use super::project::Side;
use crate::model::Param;
use crate::resolve::resolved;
use crate::source::Span;
use crate::syntax::ast::{self, Header};
use crate::syntax::{format, walk};

/// A definition.
#[derive(Debug)]
pub struct Definition<'a> {
    pub what: What<'a>,
    /// What its numbers, rows or members are; `None`: it has errors.
    pub form: Option<Form>,
}

/// What is written of it.
#[derive(Debug, Clone)]
pub enum What<'a> {
    /// In words.
    Setting(String),
    Parameter(Param<'a>),
    Source(&'a ast::Source),
    Join(&'a ast::Source, &'a ast::Join),
    Column(&'a ast::Source, &'a ast::Column),
    Dimension(&'a ast::Source, &'a ast::Dimension),
    Measure(&'a ast::Source, &'a ast::Measure),
    Stock(&'a ast::Source, &'a ast::Measure),
    Segment(&'a ast::Segment),
    Segmentation(&'a ast::Segmentation),
    Funnel(&'a ast::Funnel),
    Cohort(&'a ast::Cohort),
    /// With its earlier versions.
    Kpi(&'a ast::Kpi, Vec<&'a ast::Kpi>),
    Objective(&'a ast::Objective),
    Dashboard(&'a ast::Dashboard),
    Event(&'a ast::Event),
    Assertion(&'a ast::Assertion),
}

impl<'a> What<'a> {
    pub fn header(&self) -> Option<&'a Header> {
        Some(match self {
            What::Setting(_) | What::Parameter(_) => return None,
            What::Source(source) => &source.header,
            What::Join(_, join) => &join.header,
            What::Column(_, column) => &column.header,
            What::Dimension(_, dimension) => &dimension.header,
            What::Measure(_, measure) | What::Stock(_, measure) => &measure.header,
            What::Segment(segment) => &segment.header,
            What::Segmentation(segmentation) => &segmentation.header,
            What::Funnel(funnel) => &funnel.header,
            What::Cohort(cohort) => &cohort.header,
            What::Kpi(kpi, _) => &kpi.header,
            What::Objective(objective) => &objective.header,
            What::Dashboard(dashboard) => &dashboard.header,
            What::Event(event) => &event.header,
            What::Assertion(assertion) => &assertion.header,
        })
    }

    pub fn span(&self) -> Option<Span> {
        match self {
            What::Parameter(param) => Some(param.name.span),
            _ => self.header().map(|header| header.span),
        }
    }
}

/// The definitions of a side by their names, in the order written.
pub type Definitions<'a> = IndexMap<Name, Definition<'a>>;

/// Finds them, and works out what each means.
pub fn all<'a>(side: Side<'a>, numbers: &mut Numbers<'a>, forms: &mut Forms) -> Definitions<'a> {
    let mut all = Definitions::new();
    settings(side, forms, &mut all);
    for (id, param) in &side.model.params {
        let form = forms.of(&format::expression(param.value), &[]);
        let definition = Definition { what: What::Parameter(*param), form: Some(form) };
        all.insert(Name::new(Kind::Parameter, *id), definition);
    }
    for source in side.model.sources.values().copied() {
        in_source(side, source, numbers, forms, &mut all);
    }
    groups(side, numbers, forms, &mut all);
    kpis(side, numbers, forms, &mut all);
    purposes(side, numbers, forms, &mut all);
    all
}

/// Facts of the whole project, in words.
fn settings<'a>(side: Side<'a>, forms: &mut Forms, all: &mut Definitions<'a>) {
    let settings = &side.model.settings;
    let day = |day: u8| ast::WEEKDAYS.get(usize::from(day).wrapping_sub(1)).copied().unwrap_or_default();
    let stages: Vec<&str> = settings.stages.iter().map(|stage| stage.value.as_str()).collect();
    let minimum = settings.minimum_cell.as_ref();
    let said = [
        (NAME, Some(settings.name.clone())),
        (ZONE, Some(settings.zone.clone())),
        (TIMESTAMPS, settings.timestamps.clone()),
        (WEEKS, Some(day(settings.week_start).to_string())),
        (FISCAL_YEAR, Some(fiscal_year(settings.fiscal_year))),
        (MINIMUM_CELL, minimum.map(|minimum| format!("{} of {}", minimum.count.value, minimum.of.value))),
        ("currency", settings.currency.clone()),
        ("locale", settings.locale.clone()),
        ("stages", Some(stages.join(", ")).filter(|stages| !stages.is_empty())),
    ];
    for (id, words) in said {
        let words = words.unwrap_or_else(|| "none".into());
        let form = forms.of(&words, &[]);
        all.insert(Name::new(Kind::Setting, id), Definition { what: What::Setting(words), form: Some(form) });
    }
}

pub const NAME: &str = "name";
pub const ZONE: &str = "time zone";
pub const TIMESTAMPS: &str = "zone of timestamps";
pub const WEEKS: &str = "week start";
pub const FISCAL_YEAR: &str = "fiscal year";
pub const MINIMUM_CELL: &str = "minimum cell";

fn fiscal_year(year: ast::FiscalYear) -> String {
    let month = |month: u8| ast::MONTHS.get(usize::from(month).wrapping_sub(1)).copied().unwrap_or_default();
    match year {
        ast::FiscalYear::Months(first) => format!("from {} on", month(first)),
        ast::FiscalYear::Weeks(weeks) => {
            let [a, b, c] = weeks.pattern;
            let day = ast::WEEKDAYS.get(usize::from(weeks.weekday).wrapping_sub(1)).copied();
            let ends = match weeks.ends {
                ast::YearEnd::Last => "the last of",
                ast::YearEnd::Nearest => "nearest the end of",
            };
            format!("weeks {a}-{b}-{c}, ends {} {ends} {}", day.unwrap_or_default(), month(weeks.month))
        }
    }
}

fn in_source<'a>(
    side: Side<'a>,
    def: &'a ast::Source,
    numbers: &mut Numbers<'a>,
    forms: &mut Forms,
    all: &mut Definitions<'a>,
) {
    let id = def.header.name.value.as_str();
    let resolved = side.resolved;
    let known = resolved.sources.get(id);
    let form = known.map(|source| of_source(def, source, numbers, forms));
    all.insert(Name::new(Kind::Source, id), Definition { what: What::Source(def), form });
    let mut add = |kind: Kind, header: &Header, definition: Definition<'a>| {
        all.insert(Name::of(kind, &header.name.value, id), definition);
    };
    for join in &def.joins {
        let found = known.and_then(|source| Some((source, source.joins.get(&join.header.name.value)?)));
        let form = found.map(|(source, join)| numbers.rows.join(forms, source, join));
        add(Kind::Join, &join.header, Definition { what: What::Join(def, join), form });
    }
    let mut columns = Columns { side, known: HashMap::new() };
    for column in &def.columns {
        let form = Some(columns.of(forms, def, column));
        add(Kind::Column, &column.header, Definition { what: What::Column(def, column), form });
    }
    for dimension in &def.dimensions {
        let found =
            known.and_then(|source| Some((source, source.dimensions.get(&dimension.header.name.value)?)));
        let form = found.map(|(source, row)| numbers.rows.row(forms, source, row));
        add(Kind::Dimension, &dimension.header, Definition { what: What::Dimension(def, dimension), form });
    }
    for measure in &def.measures {
        let found = resolved.measures.get(&measure.header.name.value);
        let form = found.map(|found| numbers.measure(forms, &found.id));
        add(Kind::Measure, &measure.header, Definition { what: What::Measure(def, measure), form });
    }
    for stock in &def.stocks {
        let found = resolved.stocks.get(&stock.header.name.value);
        let form = found.map(|found| numbers.stock(forms, &found.id));
        add(Kind::Stock, &stock.header, Definition { what: What::Stock(def, stock), form });
    }
}

/// A source's rows and everything that it says of them.
fn of_source<'a>(
    def: &'a ast::Source,
    source: &'a resolved::Source,
    numbers: &mut Numbers<'a>,
    forms: &mut Forms,
) -> Form {
    let rows = numbers.rows.of(forms, source);
    let said: Vec<(&str, String)> = format::said::source(def)
        .into_iter()
        // They are the rows' own.
        .filter(|(keyword, _)| !["rows", "sql"].contains(keyword))
        .collect();
    forms.debug("source", &said, &[rows])
}

/// Columns are inlined where they are used, so what they mean is what they say, and what the
/// columns mean that they name.
struct Columns<'a> {
    side: Side<'a>,
    known: HashMap<(&'a str, &'a str), Option<Form>>,
}

impl<'a> Columns<'a> {
    fn of(&mut self, forms: &mut Forms, source: &'a ast::Source, column: &'a ast::Column) -> Form {
        let key = (source.header.name.value.as_str(), column.header.name.value.as_str());
        match self.known.get(&key) {
            Some(Some(form)) => return *form,
            // It needs itself, which is an error of its own.
            Some(None) => return forms.of("itself", &[]),
            None => {}
        }
        self.known.insert(key, None);
        let mut named = Vec::new();
        let mut params = Vec::new();
        if let Some(value) = &column.value {
            walk::paths(value, &mut |path| named.push(path));
            walk::params(value, &mut |param| params.push(param));
        }
        let mut parts = Vec::new();
        for path in named.into_iter().filter(|path| path.qualifier.is_none()) {
            let other = source.columns.iter().find(|c| c.header.name == path.name);
            if let Some(other) = other.filter(|other| other.header.name != column.header.name) {
                parts.push(self.of(forms, source, other));
            }
        }
        for param in params.into_iter().filter_map(|id| self.side.model.params.get(id)) {
            parts.push(forms.of(&format::expression(param.value), &[]));
        }
        // Whether it is personal changes no number.
        let said = format::said::column(column);
        // A plain one is the table's column of its name.
        let plain = if column.value.is_none() { key.1 } else { "" };
        let form = forms.debug("column", &(said, plain), &parts);
        self.known.insert(key, Some(form));
        form
    }
}

/// Segments, segmentations, funnels and cohorts.
fn groups<'a>(side: Side<'a>, numbers: &mut Numbers<'a>, forms: &mut Forms, all: &mut Definitions<'a>) {
    let resolved = side.resolved;
    let in_segmentations = side.model.segmentations.values().flat_map(|s| s.segments.iter());
    for def in side.model.segments.values().copied().chain(in_segmentations) {
        let id = def.header.name.value.as_str();
        // Bands of members are those of their segmentation.
        let found = resolved.segments.get(id);
        if found.is_none() && resolved.bands.values().any(|b| b.segments.iter().any(|(band, _)| band == id)) {
            continue;
        }
        let form = found.map(|segment| of_segment(side, segment, numbers, forms));
        all.insert(Name::new(Kind::Segment, id), Definition { what: What::Segment(def), form });
    }
    for def in side.model.segmentations.values().copied() {
        let id = def.header.name.value.as_str();
        let segments = resolved.segmentations.get(id);
        let form = numbers.bands(id).or_else(|| Some(forms.debug("segments", segments?, &[])));
        all.insert(Name::new(Kind::Segmentation, id), Definition { what: What::Segmentation(def), form });
    }
    for def in side.model.funnels.values().copied() {
        let found = resolved.funnels.get(&def.header.name.value);
        let form = found.map(|funnel| numbers.funnel(forms, funnel));
        let name = Name::new(Kind::Funnel, &def.header.name.value);
        all.insert(name, Definition { what: What::Funnel(def), form });
    }
    for def in side.model.cohorts.values().copied() {
        let found = resolved.cohorts.get(&def.header.name.value);
        let form = found.map(|cohort| numbers.cohort(forms, cohort));
        let name = Name::new(Kind::Cohort, &def.header.name.value);
        all.insert(name, Definition { what: What::Cohort(def), form });
    }
}

/// Its condition, with what its dimensions are wherever they are declared.
fn of_segment<'a>(
    side: Side<'a>,
    segment: &'a resolved::Segment,
    numbers: &mut Numbers<'a>,
    forms: &mut Forms,
) -> Form {
    let mut ids: Vec<&'a str> = Vec::new();
    segment.predicate.leaves(&mut |id| ids.push(id));
    let mut dimensions = Vec::new();
    for id in ids {
        dimensions.extend(numbers.bands(id));
        for source in side.resolved.sources.values().filter(|source| source.dimensions.contains_key(id)) {
            dimensions.extend(numbers.rows.dimension(forms, source, id));
        }
    }
    let dimensions = forms.set("dimensions", dimensions);
    let condition = named_predicate(forms, &segment.predicate);
    forms.of("segment", &[condition, dimensions])
}

fn kpis<'a>(side: Side<'a>, numbers: &Numbers<'a>, forms: &mut Forms, all: &mut Definitions<'a>) {
    for (id, def) in &side.model.kpis {
        let form = side.resolved.kpis.contains_key(*id).then(|| numbers.kpi(forms, id));
        let versions = side.model.versions.get(id).into_iter().flatten();
        let earlier = versions.map(|version| version.def).filter(|earlier| !std::ptr::eq(*earlier, *def));
        let what = What::Kpi(def, earlier.collect());
        all.insert(Name::new(Kind::Kpi, *id), Definition { what, form });
    }
}

/// What KPIs are for.
fn purposes<'a>(side: Side<'a>, numbers: &mut Numbers<'a>, forms: &mut Forms, all: &mut Definitions<'a>) {
    let (model, resolved) = (side.model, side.resolved);
    // No number hangs on these: what they say is all there is.
    let said = |forms: &mut Forms, sound: bool| sound.then(|| forms.of("", &[]));
    for (id, def) in &model.objectives {
        let form = said(forms, resolved.objectives.contains_key(*id));
        all.insert(Name::new(Kind::Objective, *id), Definition { what: What::Objective(def), form });
    }
    for (id, def) in &model.dashboards {
        let form = said(forms, resolved.dashboards.contains_key(*id));
        all.insert(Name::new(Kind::Dashboard, *id), Definition { what: What::Dashboard(def), form });
    }
    for (id, def) in &model.events {
        let form = said(forms, resolved.events.contains_key(*id));
        all.insert(Name::new(Kind::Event, *id), Definition { what: What::Event(def), form });
    }
    for (id, def) in &model.assertions {
        let found = resolved.assertions.get(*id);
        let form = found.map(|assertion| numbers.number(forms, &assertion.kpi.value));
        all.insert(Name::new(Kind::Assertion, *id), Definition { what: What::Assertion(def), form });
    }
}
