//! The one AST that both spellings give.
//!
//! Shape only: a name is a name, whatever it will turn out to mean. Every node
//! that a message may point at is [`Spanned`]; equality ignores positions and
//! comments, so `dsl(text) == yaml(text)` asks whether two texts say the same.

use crate::source::{Span, Spanned};

/// An identifier as written, without its backticks.
pub type Name = Spanned<String>;
/// A text literal's contents, or a label's.
pub type Text = Spanned<String>;
/// An expression and where it stands.
pub type Expr = Spanned<ExprKind>;

/// The items of one file, in the order written.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct File {
    /// Comments at the top that an empty line sets apart (in YAML: above the first
    /// key): they are about the file.
    pub head: Comments,
    pub items: Vec<Item>,
    /// Comments after the last item.
    pub trailing: Comments,
    /// What it may define beside its items.
    pub lost: Lost,
}

/// Definitions that were reported and left out. Whatever uses one of them is not at
/// fault, so its absence is not reported again.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Lost {
    #[default]
    Nothing,
    /// Those of these names.
    Names(Vec<String>),
    /// The file could not be read at all.
    Everything,
}

/// Comments kept for `fmt`; they never take part in equality.
#[derive(Debug, Clone, Default)]
pub struct Comments {
    /// Whole-line comments above, each without its `#` and one following space.
    /// An empty line between comments (or between the previous item and this
    /// one's comments) is not kept: fmt decides on blank lines.
    pub above: Vec<String>,
    /// A comment behind the item on its (first) line.
    pub behind: Option<String>,
    /// Comments before a block's closing brace.
    pub inside_end: Vec<String>,
}

impl PartialEq for Comments {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// What every named definition carries beside its own parts.
#[derive(Debug, Clone)]
pub struct Header {
    pub name: Name,
    /// The text in double quotes after the name.
    pub label: Option<Text>,
    /// `##` lines above, joined with `\n` (`description` in YAML).
    pub doc: Option<Text>,
    pub comments: Comments,
    /// The whole definition.
    pub span: Span,
}

impl PartialEq for Header {
    fn eq(&self, other: &Self) -> bool {
        (&self.name, &self.label, &self.doc) == (&other.name, &other.label, &other.doc)
    }
}

/// `a` or `a.b`: a column behind a join, or a step of a tool.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Path {
    /// The join or tool, if there is a dot.
    pub qualifier: Option<Name>,
    pub name: Name,
}

impl Path {
    pub fn span(&self) -> Span {
        self.qualifier.as_ref().map_or(self.name.span, |q| q.span.to(self.name.span))
    }
}

#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    Param(Param),
    Source(Box<Source>),
    Segment(Segment),
    Segmentation(Segmentation),
    Kpi(Box<Kpi>),
    Funnel(Funnel),
    Cohort(Cohort),
    Attribution(Attribution),
    Experiment(Experiment),
}

impl Item {
    pub fn header(&self) -> &Header {
        match self {
            Item::Param(param) => &param.header,
            Item::Source(source) => &source.header,
            Item::Segment(segment) => &segment.header,
            Item::Segmentation(segmentation) => &segmentation.header,
            Item::Kpi(kpi) => &kpi.header,
            Item::Funnel(funnel) => &funnel.header,
            Item::Cohort(cohort) => &cohort.header,
            Item::Attribution(attribution) => &attribution.header,
            Item::Experiment(experiment) => &experiment.header,
        }
    }

    pub fn header_mut(&mut self) -> &mut Header {
        match self {
            Item::Param(param) => &mut param.header,
            Item::Source(source) => &mut source.header,
            Item::Segment(segment) => &mut segment.header,
            Item::Segmentation(segmentation) => &mut segmentation.header,
            Item::Kpi(kpi) => &mut kpi.header,
            Item::Funnel(funnel) => &mut funnel.header,
            Item::Cohort(cohort) => &mut cohort.header,
            Item::Attribution(attribution) => &mut attribution.header,
            Item::Experiment(experiment) => &mut experiment.header,
        }
    }
}

/// `param cart_window = 24 hours "label"`
#[derive(Debug, Clone, PartialEq)]
pub struct Param {
    pub header: Header,
    /// A literal: number, duration, text, boolean, date (possibly negative).
    pub value: Expr,
}

// ---------------------------------------------------------------- sources

/// A table, file or query whose rows have one declared grain.
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    pub header: Header,
    /// None: a logical source that a project completes.
    pub relation: Option<Property<Relation>>,
    /// `key a, b`
    pub key: Option<Property<Vec<Name>>>,
    /// `time started_at in UTC`, the first is the default axis.
    pub times: Vec<Property<TimeAxis>>,
    /// `active from a until b`
    pub active: Option<Property<Interval>>,
    /// `snapshot day [sparse] [carry 3 days]`
    pub snapshot: Option<Property<Snapshot>>,
    /// `valid from a until b`: versions of a row (semantics rule 13).
    pub valid: Option<Property<Interval>>,
    /// `since 2024-01-01`: nothing is known before (semantics rule 4).
    pub since: Option<Property<Period>>,
    /// `rows where …`
    pub rows: Option<Property<Expr>>,
    pub joins: Vec<Join>,
    pub columns: Vec<Column>,
    pub dimensions: Vec<Dimension>,
    pub stocks: Vec<Measure>,
    pub measures: Vec<Measure>,
    /// Whether a property was reported and left out: its key or time may be missing
    /// for that reason.
    pub incomplete: bool,
}

/// A property without a name of its own.
#[derive(Debug, Clone)]
pub struct Property<T> {
    pub value: T,
    pub comments: Comments,
    /// Keyword and value.
    pub span: Span,
}

impl<T: PartialEq> PartialEq for Property<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

#[derive(Debug, Clone, PartialEq)]
pub enum Relation {
    /// `table shop.orders`: one to three parts.
    Table(Vec<Name>),
    /// `file 'data/orders.csv'`
    File(Text),
    /// `sql 'queries/orders.sql'`
    Sql(Text),
}

#[derive(Debug, Clone, PartialEq)]
pub struct TimeAxis {
    pub column: Path,
    /// `in UTC`, `in Europe/Paris`
    pub zone: Option<Text>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Interval {
    pub from: Path,
    pub until: Path,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Snapshot {
    pub column: Path,
    pub sparse: bool,
    pub carry: Option<Spanned<Duration>>,
}

/// `join customer: customers on customer_id`
#[derive(Debug, Clone, PartialEq)]
pub struct Join {
    pub header: Header,
    pub source: Name,
    /// This side's columns.
    pub on: Vec<Path>,
    pub as_of: Option<AsOf>,
}

/// `first after viewed_at within 30 days where …`
#[derive(Debug, Clone, PartialEq)]
pub struct AsOf {
    pub pick: Spanned<Pick>,
    pub side: Side,
    pub column: Path,
    pub within: Option<Expr>,
    pub filter: Option<Expr>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pick {
    First,
    Last,
    Nth(u64),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    After,
    Before,
}

/// `column amount : decimal(12,2) in EUR pii = expression`
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    pub header: Header,
    pub ty: Option<Spanned<ColumnType>>,
    /// `in EUR`, `in seconds`, `in UTC` (for a timestamp).
    pub unit: Option<Spanned<ColumnUnit>>,
    pub pii: bool,
    pub value: Option<Expr>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ColumnType {
    Text,
    Integer,
    /// With precision and scale the column is cast to it.
    Decimal(Option<(u8, u8)>),
    Float,
    Boolean,
    Date,
    /// Without a zone of its own.
    Timestamp,
    /// An instant (`timestamp with time zone` in SQL): `instant`.
    Instant,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ColumnUnit {
    Unit(UnitName),
    /// `in percent of 100`: the column holds 2.5 for 2.5 %.
    PercentOf100,
    /// A time zone, for timestamps.
    Zone(String),
}

/// `dimension visitor = visitor_id`
#[derive(Debug, Clone, PartialEq)]
pub struct Dimension {
    pub header: Header,
    /// None: the column of the same name.
    pub value: Option<Expr>,
}

/// A measure or a stock: `NAME = AGGREGATE [at COLUMN] [where PREDICATE]`.
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    pub header: Header,
    pub value: Expr,
    pub at: Option<Path>,
    pub filter: Option<Expr>,
}

// --------------------------------------------------------------- segments

#[derive(Debug, Clone, PartialEq)]
pub struct Segment {
    pub header: Header,
    /// None only inside a segmentation: `else`.
    pub predicate: Option<Expr>,
}

/// Ordered segments, first match wins; `per` bands a number per member.
#[derive(Debug, Clone, PartialEq)]
pub struct Segmentation {
    pub header: Header,
    pub per: Option<Path>,
    pub segments: Vec<Segment>,
}

// ------------------------------------------------------------------- KPIs

#[derive(Debug, Clone, PartialEq)]
pub struct Kpi {
    pub header: Header,
    /// None: promotes a measure or adjusts a pack's KPI.
    pub value: Option<Expr>,
    /// In the order written; the model merges them.
    pub properties: Vec<Property<KpiProperty>>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum KpiProperty {
    /// `label fr "…"`
    Label {
        language: Name,
        text: Text,
    },
    /// `alias cpa, cpl`
    Alias(Vec<Name>),
    Unit(Spanned<UnitName>),
    Better(Spanned<Better>),
    /// `by channel, journey.step`
    By(Vec<Path>),
    Segments(Vec<Name>),
    Grain(Vec<Spanned<Grain>>),
    /// A duration or a parameter.
    Settled(Expr),
    /// `empty 0` or `empty null`
    Empty(Expr),
    Format(Text),
    Objective(Name),
    Stage(Name),
    Owner(Text),
    Tags(Vec<Name>),
    Action(Text),
    Interpretation(Text),
    Drivers(Vec<Name>),
    PairWith(Vec<Name>),
    Vanity,
    LeadsTo(Vec<Name>),
    Target(Box<Target>),
    Status(Vec<StatusRule>),
    Benchmark(Box<Benchmark>),
    Version(Text),
    /// `effective from 2026-01-01 until 2026-12-31`
    Effective {
        from: Option<Period>,
        until: Option<Period>,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Better {
    Higher,
    Lower,
    Range,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Grain {
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
    IsoYear,
    FiscalMonth,
    FiscalQuarter,
    FiscalYear,
}

/// `target 2 to 4 each month from 2026-01 until 2026-12 where device = 'desktop'`
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    pub value: Expr,
    pub to: Option<Expr>,
    pub each: Option<Spanned<Grain>>,
    pub from: Option<Period>,
    pub until: Option<Period>,
    pub filter: Option<Expr>,
}

/// `at_risk below 95% of target`
#[derive(Debug, Clone, PartialEq)]
pub struct StatusRule {
    pub status: Spanned<Status>,
    pub side: StatusSide,
    pub bound: Expr,
    /// `of target`: the bound is an attainment, else the value itself.
    pub of_target: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    AtRisk,
    OffTrack,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatusSide {
    Below,
    Above,
}

/// `benchmark 2.5% "France" source "…" year 2024`
#[derive(Debug, Clone, PartialEq)]
pub struct Benchmark {
    pub value: Expr,
    pub label: Option<Text>,
    pub source: Option<Text>,
    pub year: Option<Spanned<u16>>,
}

// ------------------------------------------------------------------ tools

/// What funnels, cohorts, attributions and experiments share:
/// `[on SOURCE] by DIMENSION [at COLUMN] [within DURATION]`.
#[derive(Debug, Clone, PartialEq)]
pub struct Over {
    pub source: Option<Name>,
    pub by: Name,
    pub at: Option<Path>,
    pub within: Option<Expr>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Funnel {
    pub header: Header,
    pub over: Over,
    pub steps: Vec<Step>,
}

/// `step purchase on orders at paid_at where …`
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    pub header: Header,
    pub source: Option<Name>,
    pub at: Option<Path>,
    pub filter: Option<Expr>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Cohort {
    pub header: Header,
    pub over: Over,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Attribution {
    pub header: Header,
    pub over: Over,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Experiment {
    pub header: Header,
    pub over: Over,
    /// `control 'A'`
    pub control: Option<Property<Text>>,
}

// ------------------------------------------------------------ expressions

#[derive(Debug, Clone, PartialEq)]
pub enum ExprKind {
    Null,
    Bool(bool),
    /// A bare number, as written without `_`: `50000`, `0.5`, `1e3` is not one.
    Number(String),
    /// `2.5%`: the number before the sign.
    Percent(String),
    /// `50_000 EUR`
    Money(String, UnitName),
    /// `7 days`
    Duration(Duration),
    /// `'text'`
    Text(String),
    /// `2026-01-15`
    Date(Date),
    /// `$name`
    Param(String),
    Path(Path),
    Unary(UnaryOp, Box<Expr>),
    Binary(BinaryOp, Box<Expr>, Box<Expr>),
    /// `x [not] in (a, b)`
    In {
        value: Box<Expr>,
        list: Vec<Expr>,
        negated: bool,
    },
    /// `x [not] between a and b`
    Between {
        value: Box<Expr>,
        low: Box<Expr>,
        high: Box<Expr>,
        negated: bool,
    },
    /// `x [not] like 'pattern'`
    Like {
        value: Box<Expr>,
        pattern: Box<Expr>,
        negated: bool,
    },
    /// `x is [not] null`
    IsNull {
        value: Box<Expr>,
        negated: bool,
    },
    /// `case when … then … else … end`
    Case {
        whens: Vec<(Expr, Expr)>,
        otherwise: Option<Box<Expr>>,
    },
    Call(Call),
    /// `x where p`: binds loosest, up to its parenthesis.
    Where {
        value: Box<Expr>,
        predicate: Box<Expr>,
    },
}

/// `count(distinct a, b)`, `avg(x per d having p)`, `retained(c, m, on day 7)`
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    pub function: Name,
    pub distinct: bool,
    pub args: Vec<Arg>,
    pub per: Option<Per>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Arg {
    Expr(Expr),
    Mode(Spanned<Mode>),
}

/// How a tool is read: what a bare expression cannot say.
#[derive(Debug, Clone, PartialEq)]
pub enum Mode {
    /// `on day 7`
    OnDay(u32),
    /// `within 6 months`
    Within(Duration),
    /// `from day 0 on`
    FromDay(u32),
    /// `by month`
    By(Grain),
    /// `decay 7 days`
    Decay(Duration),
}

/// `per customer, product having …`
#[derive(Debug, Clone, PartialEq)]
pub struct Per {
    pub dimensions: Vec<Path>,
    pub having: Option<Box<Expr>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum UnaryOp {
    Minus,
    Not,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BinaryOp {
    Or,
    And,
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    Add,
    Subtract,
    Multiply,
    Divide,
}

/// A unit's word from the closed list of [`super::units`].
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum UnitName {
    /// ISO 4217 code.
    Currency(String),
    Percent,
    Ratio,
    Count,
    Score,
    /// A span of time shown as `3 min 30 s`.
    Duration,
    Time(TimeUnit),
}

impl UnitName {
    /// The unit as the language writes it.
    pub fn word(&self) -> String {
        match self {
            UnitName::Currency(code) => code.clone(),
            UnitName::Percent => "percent".into(),
            UnitName::Ratio => "ratio".into(),
            UnitName::Count => "count".into(),
            UnitName::Score => "score".into(),
            UnitName::Duration => "duration".into(),
            UnitName::Time(unit) => format!("{}s", unit.word()),
        }
    }
}

impl TimeUnit {
    /// The unit as the language writes one of it.
    pub fn word(self) -> &'static str {
        match self {
            TimeUnit::Millisecond => "millisecond",
            TimeUnit::Second => "second",
            TimeUnit::Minute => "minute",
            TimeUnit::Hour => "hour",
            TimeUnit::Day => "day",
            TimeUnit::Week => "week",
            TimeUnit::Month => "month",
            TimeUnit::Quarter => "quarter",
            TimeUnit::Year => "year",
        }
    }
}

impl Grain {
    /// Whether engines can cut a time to it by themselves; other calendars come as tables.
    pub fn is_common(self) -> bool {
        match self {
            Grain::Hour | Grain::Day | Grain::Week | Grain::Month | Grain::Quarter | Grain::Year => true,
            Grain::IsoYear | Grain::FiscalMonth | Grain::FiscalQuarter | Grain::FiscalYear => false,
        }
    }

    /// The grain as the language writes it.
    pub fn word(self) -> &'static str {
        match self {
            Grain::Hour => "hour",
            Grain::Day => "day",
            Grain::Week => "week",
            Grain::Month => "month",
            Grain::Quarter => "quarter",
            Grain::Year => "year",
            Grain::IsoYear => "iso_year",
            Grain::FiscalMonth => "fiscal_month",
            Grain::FiscalQuarter => "fiscal_quarter",
            Grain::FiscalYear => "fiscal_year",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TimeUnit {
    Millisecond,
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

/// A number of calendar or clock units; the count is as written, without `_`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Duration {
    pub count: String,
    pub unit: TimeUnit,
}

/// A civil date that exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Date {
    pub year: i16,
    pub month: u8,
    pub day: u8,
}

/// `2026`, `2026-Q1`, `2026-01`, `2026-W05`, `2026-01-15`
pub type Period = Spanned<PeriodKind>;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PeriodKind {
    Year(i16),
    Quarter(i16, u8),
    Month(i16, u8),
    Week(i16, u8),
    Day(Date),
}

// ----------------------------------------------------------- project file

/// `kpic.yaml`: facts of the whole project and where its data is.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ProjectFile {
    pub name: Option<Text>,
    /// IANA zone that cuts periods; UTC when not given.
    pub zone: Option<Text>,
    /// 1 Monday to 7 Sunday.
    pub week_start: Option<Spanned<u8>>,
    pub fiscal_year: Option<Spanned<FiscalYear>>,
    pub currency: Option<Text>,
    pub locale: Option<Text>,
    pub packs: Vec<Text>,
    /// Overrides of `param` items: literals of the language.
    pub params: Vec<(Name, Expr)>,
    /// `lints: {K0211: off}`
    pub lints: Vec<(Name, Spanned<LintLevel>)>,
    pub environments: Vec<Environment>,
    /// The environment used when none is named; else the first.
    pub default_environment: Option<Name>,
    /// `minimum_cell: {count: 10, of: learner}`
    pub minimum_cell: Option<MinimumCell>,
}

/// How many members of a dimension must stand behind a number that is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct MinimumCell {
    pub count: Spanned<u32>,
    pub of: Name,
}

/// From the first to the last, as they are counted.
pub const WEEKDAYS: [&str; 7] =
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
pub const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// How fiscal years are cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FiscalYear {
    /// Into months, from this one on, 1 to 12.
    Months(u8),
    /// Into whole weeks.
    Weeks(FiscalWeeks),
}

/// A year of 52 or 53 weeks: `weeks: 4-5-4`, `ends: saturday nearest the end of january`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct FiscalWeeks {
    /// The weeks of the three months of a quarter. A 53rd week goes to the year's last month.
    pub pattern: [u8; 3],
    /// On which years end, and so weeks: 1 Monday to 7 Sunday.
    pub weekday: u8,
    pub ends: YearEnd,
    /// The month that years end in or near, 1 to 12.
    pub month: u8,
}

/// Which of its weekdays a year ends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum YearEnd {
    /// The last one of the month.
    Last,
    /// The one nearest the last day of the month, which may lie in the next month.
    Nearest,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LintLevel {
    Off,
    Warn,
    Error,
}

/// Where the data is and which dialect it speaks.
#[derive(Debug, Clone, PartialEq)]
pub struct Environment {
    pub name: Name,
    /// `duckdb`, `postgres`
    pub dialect: Option<Text>,
    /// `web.sessions: data/sessions/*.parquet`
    pub files: Vec<(Text, Text)>,
    /// `shop: prod_shop`: a schema of the definitions and its name there.
    pub schemas: Vec<(Text, Text)>,
    /// `web.sessions: started_at`: the rows of a table lie in the order of this column.
    pub ordered: Vec<(Text, Text)>,
    /// A database file or connection text.
    pub connection: Option<Text>,
    /// The zone of timestamps whose column declares none.
    pub timestamps: Option<Text>,
}
