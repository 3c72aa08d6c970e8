//! The project file, `kpic.yaml`.

use super::{Expr, Name, Text};
use crate::diagnostic::Level;
use crate::source::Spanned;

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
    /// `lints: {unused: off}`, by name or code
    pub lints: Vec<(Name, LintSetting)>,
    pub environments: Vec<Environment>,
    /// The environment used when none is named; else the first.
    pub default_environment: Option<Name>,
    /// `minimum_cell: {count: 10, of: learner}`
    pub minimum_cell: Option<MinimumCell>,
    /// `stages: [awareness, acquisition]`: those of the customer's journey, in order.
    pub stages: Vec<Name>,
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

/// `warn`, or `{level: warn, limit: 7}`
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LintSetting {
    pub level: Option<Spanned<Level>>,
    pub limit: Option<Spanned<u32>>,
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
    /// The variable of the environment that holds the connection: what is in it is written nowhere.
    pub connection_variable: Option<Text>,
    /// The zone of timestamps whose column declares none.
    pub timestamps: Option<Text>,
}
