//! What resolve gives: definitions whose every name, type and unit is known.

use indexmap::IndexMap;

use super::scalar::{Scalar, Type};
use super::spans::OverRate;
use crate::source::{Span, Spanned};
use crate::syntax::ast;
/// Closed lists of words, which mean here what they mean in the language.
pub use crate::syntax::ast::{
    ColumnType, Date, FiscalWeeks, FiscalYear, Grain, PeriodKind, Pick, Side, TimeUnit, UnitName, YearEnd,
};
use crate::value::{self, Literal, Part};

/// A sound project. Definitions with findings of severity error are left out.
#[derive(Debug, Clone, Default)]
pub struct Resolved {
    pub settings: Settings,
    pub sources: IndexMap<String, Source>,
    /// Every dimension of the project with its agreed type.
    pub dimensions: IndexMap<String, DimensionInfo>,
    /// Every segment, those of segmentations included (their predicate already
    /// excludes the earlier ones), in the order defined.
    pub segments: IndexMap<String, Segment>,
    /// A segmentation's segments, in order.
    pub segmentations: IndexMap<String, Vec<String>>,
    /// Segmentations per dimension, which are dimensions, too: of a row the band of its member.
    pub bands: IndexMap<String, Bands>,
    pub measures: IndexMap<String, Measure>,
    pub stocks: IndexMap<String, Stock>,
    pub funnels: IndexMap<String, Funnel>,
    pub cohorts: IndexMap<String, Cohort>,
    pub kpis: IndexMap<String, Kpi>,
}

/// Facts of the whole project that decide numbers.
#[derive(Debug, Clone)]
pub struct Settings {
    pub name: String,
    /// IANA zone in which periods are cut.
    pub zone: String,
    /// The zone of timestamps whose column declares none, if it is not the project's.
    pub timestamps: Option<String>,
    /// 1 Monday to 7 Sunday.
    pub week_start: u8,
    pub fiscal_year: FiscalYear,
    pub minimum_cell: Option<MinimumCell>,
}

/// A number is shown if nobody stands behind it, or so many members of a dimension.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MinimumCell {
    pub count: u32,
    pub of: String,
    pub span: Span,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            name: "project".into(),
            zone: "UTC".into(),
            timestamps: None,
            week_start: 1,
            fiscal_year: FiscalYear::Months(1),
            minimum_cell: None,
        }
    }
}

#[derive(Debug, Clone)]
pub struct DimensionInfo {
    pub ty: Type,
    pub label: Option<String>,
    pub span: Span,
}

#[derive(Debug, Clone)]
pub struct Source {
    pub name: String,
    pub span: Span,
    /// None: a logical source without a table yet.
    pub relation: Option<Relation>,
    /// The key, as expressions over the row.
    pub key: Vec<Row>,
    /// Before this day nothing is known.
    pub since: Option<Date>,
    /// `rows where`
    pub rows: Option<Row>,
    /// Of versions: from when until when each holds.
    pub valid: Option<(Axis, Axis)>,
    pub joins: IndexMap<String, Join>,
    /// The dimensions declared here.
    pub dimensions: IndexMap<String, Row>,
    /// How each dimension of the project is reached from a row of this source.
    pub reach: IndexMap<String, Reach>,
    /// Declared types of physical columns, for reading files.
    pub declared: IndexMap<String, ColumnType>,
    /// The column in whose order the rows lie, where an environment says so.
    pub ordered_by: Option<String>,
    /// Zones that physical columns are declared to be read in.
    pub zones: IndexMap<String, String>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Relation {
    /// A table's parts.
    Table(Vec<String>),
    /// A data file's path, relative to the project.
    File(String),
    /// The path of a query, relative to the project.
    Sql(Spanned<String>),
}

/// A lookup of at most one row of another source.
#[derive(Debug, Clone)]
pub struct Join {
    pub source: String,
    /// This side's values: in the order of the other side's key, or of what an as-of
    /// join compares them with.
    pub on: Vec<Row>,
    /// `None`: the row of the key, or its version that holds.
    pub as_of: Option<AsOf>,
    pub span: Span,
}

/// `last before ordered_at within 30 days where …`: of the rows strictly before or
/// after a time, one in the order of their times, and then of their keys.
#[derive(Debug, Clone, PartialEq)]
pub struct AsOf {
    /// The other side's values.
    pub theirs: Vec<Row>,
    pub pick: Pick,
    pub side: Side,
    /// This side's time.
    pub time: Axis,
    pub their_time: Axis,
    pub within: Option<Length>,
    /// Which of the other side's rows count.
    pub filter: Option<Row>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Reach {
    /// Declared here.
    Own,
    /// Inherited along exactly one path of key joins.
    Via(Vec<String>),
    /// More than one path: an error when used.
    Ambiguous(Vec<Vec<String>>),
}

/// A physical column of a source or, behind joins, of another.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ColumnRef {
    /// The joins that lead to the column's source; empty for the row itself.
    pub path: Vec<String>,
    pub column: String,
    /// A declared `decimal(p, s)`: the column is cast before any arithmetic.
    pub cast: Option<(u8, u8)>,
}

impl ColumnRef {
    /// The same column, seen from a row that joins its source's.
    pub fn behind(&self, path: &[String]) -> ColumnRef {
        ColumnRef { path: [path, &self.path].concat(), ..self.clone() }
    }
}

/// An expression over one row of a source.
pub type Row = Scalar<ColumnRef>;
/// A condition over dimensions, by their ids.
pub type Predicate = Scalar<String>;
/// An expression over measures and KPIs.
pub type Number = Scalar<NumberLeaf>;

#[derive(Debug, Clone, PartialEq)]
pub enum NumberLeaf {
    Measure(String),
    Kpi(String),
    /// `x where p`: reaches every measure beneath. Segments named in it are
    /// already replaced by their predicates.
    Restrict(Box<Number>, Box<Predicate>),
    /// `total(x, d, …)`: lifts the slices on these dimensions; none named: all.
    Total(Box<Number>, Vec<String>),
    /// `previous(x, 1 year)`: the number of an earlier period.
    Previous(Box<Number>, Offset),
    /// The number over another stretch of time that ends with the period.
    Window(Box<Number>, Window),
    /// `slope(x, 6 months)`: the numbers of several periods, made into one.
    OverPeriods(Box<OverPeriods>),
    /// A stock at an instant.
    Stock(String, Balance),
    /// `time_share(down = 0)`
    TimeShare(Box<TimeShare>),
    /// `avg(x per customer having y > 0)`
    PerMember(Box<PerMember>),
    /// `retained(signups, logins, on day 7)`, `per_entrant(signups, revenue, by month)`
    Entrants(Box<Entrants>),
    /// What a KPI is at its time, the earliest version first.
    Versions(Vec<Version>),
    /// `journey.cart`: the entities that reach a step of a funnel.
    Step(String, usize),
    /// A member's number among those of the others.
    Rank(Box<Number>, Ranking),
    /// `step_count(journey)`, `step_rate(journey)`: a number of each step of a funnel.
    EachStep(String, OfSteps),
    /// `journey.cart` where times are subtracted: when an entity took the step.
    StepTime(StepTime),
}

/// What a member's number is told of those of the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ranking {
    /// `rank(x)`: its place, 1 for the best.
    Place(Best),
    /// `cumulative_share(x)`: the share of the total that it and all larger ones make up.
    CumulativeShare,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Best {
    Highest,
    Lowest,
}

/// The share of a period's time in which a condition over stocks holds.
#[derive(Debug, Clone, PartialEq)]
pub struct TimeShare {
    pub condition: Scalar<Existing>,
    /// Whether it holds while nothing exists.
    pub of_nothing: bool,
}

/// A stock at every instant.
#[derive(Debug, Clone, PartialEq)]
pub struct Existing {
    pub stock: String,
    /// Further conditions on its rows.
    pub restricted: Vec<Predicate>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OfSteps {
    /// The entities that reach the step.
    Count,
    /// The share of those of the step before; none at the first.
    Rate,
}

/// The time of a step, on the first way of an entity that reaches a later one.
#[derive(Debug, Clone, PartialEq)]
pub struct StepTime {
    pub funnel: String,
    pub step: usize,
    pub reached: usize,
}

/// A number of each member of some dimensions, then an aggregate over the members.
#[derive(Debug, Clone, PartialEq)]
pub struct PerMember {
    pub function: OverMembers,
    /// None for a count, two for a correlation, else one.
    pub values: Vec<Number>,
    pub dimensions: Vec<String>,
    /// Which members take part.
    pub having: Option<Number>,
    /// Further numbers whose rows make somebody a member.
    pub members_of: Vec<Number>,
}

/// Bands of a dimension's members by numbers of each: a segmentation `per` dimension.
#[derive(Debug, Clone, PartialEq)]
pub struct Bands {
    pub id: String,
    /// Whose members are banded.
    pub dimension: String,
    /// The first whose condition holds is a member's; `None`: for the rest.
    pub segments: Vec<(String, Option<Number>)>,
    /// The grains that its numbers take; empty: all.
    pub grains: Vec<Grain>,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub enum OverMembers {
    Count,
    Sum,
    Avg,
    Min,
    Max,
    /// 0 to 1, as digits.
    Percentile(String),
    /// Of a sample.
    Stddev,
    Corr,
    /// Of the least-squares line of the value over the members' own values.
    Slope,
}

/// A formula that holds for the periods whose last day is one of these, both included.
#[derive(Debug, Clone, PartialEq)]
pub struct Version {
    pub from: Option<Date>,
    pub until: Option<Date>,
    pub value: Number,
}

/// A number of each of several periods, and what is made of them.
#[derive(Debug, Clone, PartialEq)]
pub struct OverPeriods {
    pub function: OfPeriods,
    pub value: Number,
    /// How long the periods are together.
    pub over: Length,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OfPeriods {
    /// The slope of the least-squares line, per period; the last one is this one.
    Slope,
    /// How many standard deviations this one is from the mean of those before it.
    Zscore,
}

impl OfPeriods {
    pub fn word(self) -> &'static str {
        match self {
            OfPeriods::Slope => "slope",
            OfPeriods::Zscore => "zscore",
        }
    }
}

/// A whole number of calendar or clock units: `28 days`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Length {
    pub count: u32,
    pub unit: TimeUnit,
}

/// How far back `previous` looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Offset {
    /// `None`: one period of the asked grain.
    pub by: Option<Length>,
    /// Whether an earlier period is read whole while this one still runs.
    pub whole: bool,
}

/// Calendar time that ends with the period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Window {
    Rolling(Length),
    /// From the start of the grain's period that holds the period's last day.
    ToDate(Grain),
    /// From the first row.
    Cumulative,
    /// From the first row, each worth half as much for every so many days of its age.
    Decayed(u32),
}

/// When in a period a stock is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Balance {
    /// `at_start`
    Opening,
    /// `at_end`
    Closing,
    /// `average`: the mean of the days' closing balances.
    Mean,
}

impl Length {
    /// As a step forward of the calendar or clock; of milliseconds the whole seconds.
    pub fn step(self) -> value::Step {
        let count = i64::from(self.count);
        let (count, unit) = match self.unit {
            TimeUnit::Millisecond => (count / 1000, Part::Second),
            TimeUnit::Second => (count, Part::Second),
            TimeUnit::Minute => (count, Part::Minute),
            TimeUnit::Hour => (count, Part::Hour),
            TimeUnit::Day => (count, Part::Day),
            TimeUnit::Week => (count, Part::Week),
            TimeUnit::Month => (count, Part::Month),
            TimeUnit::Quarter => (count, Part::Quarter),
            TimeUnit::Year => (count, Part::Year),
        };
        value::Step { count, unit }
    }
}

impl std::fmt::Display for Length {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}{}", self.count, self.unit.word(), if self.count == 1 { "" } else { "s" })
    }
}

#[derive(Debug, Clone)]
pub struct Segment {
    pub id: String,
    pub label: Option<String>,
    pub predicate: Predicate,
    pub span: Span,
}

/// A flow: an aggregate over one source at its own grain.
#[derive(Debug, Clone)]
pub struct Measure {
    pub id: String,
    pub source: String,
    pub aggregate: Aggregate,
    pub filter: Option<Row>,
    pub axis: Axis,
    pub ty: Type,
    pub unit: Option<UnitName>,
    pub span: Span,
}

/// An aggregate of what exists at an instant.
#[derive(Debug, Clone)]
pub struct Stock {
    pub id: String,
    pub source: String,
    pub aggregate: Aggregate,
    pub filter: Option<Row>,
    pub exists: Existence,
    pub ty: Type,
    pub unit: Option<UnitName>,
    pub span: Span,
}

/// Steps that an entity takes, each after the one before.
#[derive(Debug, Clone, PartialEq)]
pub struct Funnel {
    pub id: String,
    /// The dimension whose members take the steps.
    pub entity: String,
    /// How much time there is after the first step.
    pub within: Option<Length>,
    /// The first one is the anchor.
    pub steps: Vec<Step>,
    pub span: Span,
}

impl Funnel {
    /// The funnel whose steps a dimension has as members, if there is one of its name.
    pub fn of_dimension(dimension: &str) -> Option<&str> {
        dimension.strip_suffix(".step")
    }

    /// The dimension whose members are its steps.
    pub fn dimension(&self) -> String {
        format!("{}.step", self.id)
    }

    /// How the times of all steps are made comparable.
    pub fn clock(&self) -> Clock {
        let mut kinds = self.steps.iter().map(|step| &step.axis.kind);
        let first = kinds.next();
        if kinds.clone().all(|kind| Some(kind) == first) {
            Clock::Same
        } else if self.steps.iter().any(|step| step.axis.kind == AxisKind::Date) {
            Clock::LocalDay
        } else {
            Clock::Utc
        }
    }

    /// Whether its time is hours or shorter, rather than days.
    pub fn is_short(&self) -> bool {
        self.within.is_some_and(|within| {
            matches!(
                within.unit,
                TimeUnit::Millisecond | TimeUnit::Second | TimeUnit::Minute | TimeUnit::Hour
            )
        })
    }
}

/// What the times of a funnel's steps are compared as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// They are alike.
    Same,
    Utc,
    /// One of them is a date.
    LocalDay,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    pub id: String,
    pub source: String,
    pub axis: Axis,
    pub filter: Option<Row>,
}

/// Entities by the time that they entered: with their first row.
#[derive(Debug, Clone, PartialEq)]
pub struct Cohort {
    pub id: String,
    pub source: String,
    /// The dimension whose members enter.
    pub entity: String,
    pub axis: Axis,
    pub span: Span,
}

/// What entrants do at an age.
#[derive(Debug, Clone, PartialEq)]
pub struct Entrants {
    pub cohort: String,
    /// The measure whose rows are what they do.
    pub measure: String,
    /// Further conditions on those rows.
    pub restricted: Vec<Predicate>,
    pub reading: OfEntrants,
    pub ages: Ages,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OfEntrants {
    /// The share of them that does it.
    Retained,
    /// The measure's total divided by their number.
    PerEntrant,
}

/// Days or periods since the entry, which is 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ages {
    OnDay(u32),
    /// From the entry day on, shorter than this.
    Within(Length),
    FromDay(u32),
    /// Every age in periods of a grain, an axis of the result.
    By(Grain),
}

/// When a row of a source exists.
#[derive(Debug, Clone, PartialEq)]
pub enum Existence {
    /// From one time until another; NULL: until further notice.
    Interval { from: Axis, until: Axis },
    /// On the days of snapshots.
    Snapshot(Snapshot),
    /// Always.
    Timeless,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Snapshot {
    pub day: Axis,
    /// Whether each key keeps its last value, and by what else than the day a row is known.
    pub sparse: Option<Vec<Row>>,
    /// For how many days a snapshot stands for those that are missing.
    pub carry: u32,
}

/// How rows are placed in time.
#[derive(Debug, Clone, PartialEq)]
pub enum Placed {
    /// A flow: each row happened at a time.
    At(Axis),
    /// A stock.
    Exists(Existence),
}

impl Placed {
    /// The times that it reads.
    pub fn axes(&self) -> Vec<&Axis> {
        match self {
            Placed::At(axis) => vec![axis],
            Placed::Exists(Existence::Interval { from, until }) => vec![from, until],
            Placed::Exists(Existence::Snapshot(snapshot)) => vec![&snapshot.day],
            Placed::Exists(Existence::Timeless) => Vec::new(),
        }
    }

    /// The expressions that it reads beside its times.
    pub fn keys(&self) -> &[Row] {
        match self {
            Placed::Exists(Existence::Snapshot(Snapshot { sparse: Some(keys), .. })) => keys,
            Placed::At(_) | Placed::Exists(_) => &[],
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub enum Aggregate {
    Count,
    CountDistinct(Vec<Row>),
    Sum(Row),
    Avg(Row),
    Min(Row),
    Max(Row),
    /// 0 to 1, as digits; the median is 0.5.
    Percentile(Row, String),
    /// Of a sample.
    Stddev(Row),
    /// Pearson's, over the rows that have both values.
    Corr(Row, Row),
}

/// A time column and how it is read.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Axis {
    pub column: ColumnRef,
    pub kind: AxisKind,
}

impl Axis {
    /// The same time, seen from a row that joins its source's.
    pub fn behind(&self, path: &[String]) -> Axis {
        Axis { column: self.column.behind(path), kind: self.kind.clone() }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum AxisKind {
    /// A local day, never converted.
    Date,
    /// Without zone of its own, read in this one.
    Timestamp { zone: String },
    /// With a zone of its own.
    Instant,
}

#[derive(Debug, Clone)]
pub struct Kpi {
    pub id: String,
    pub value: Number,
    /// The declared unit, else the formula's.
    pub unit: Option<UnitName>,
    /// `empty 0` is a number, `empty null` a NULL.
    pub empty: Option<Literal>,
    /// Rows younger than this at the as-of instant are left out.
    pub settled: Option<Length>,
    /// The grains it takes; empty: all.
    pub grains: Vec<Grain>,
    /// Flows over rates, which must be of one time at the grain that is asked.
    pub over_rates: Vec<OverRate>,
    pub by: Vec<String>,
    pub segments: Vec<String>,
    pub label: Option<String>,
    /// Sources without a table that it needs; asking for it fails until they are bound.
    pub unbound: Vec<String>,
    /// The definition with all its properties.
    pub definition: ast::Kpi,
    /// The definitions of earlier versions, the earliest first.
    pub earlier: Vec<ast::Kpi>,
    pub span: Span,
}

impl Kpi {
    /// Its other names.
    pub fn aliases(&self) -> impl Iterator<Item = &str> {
        let lists = self.definition.properties.iter().filter_map(|p| match &p.value {
            ast::KpiProperty::Alias(names) => Some(names),
            _ => None,
        });
        lists.flatten().map(|name| name.value.as_str())
    }
}

/// The columns that data really has; empty when nobody looked.
#[derive(Debug, Clone, Default)]
pub struct Catalog {
    /// source name → column → type (`None`: a type that kpic does not know).
    pub sources: IndexMap<String, IndexMap<String, Option<ColumnType>>>,
}
