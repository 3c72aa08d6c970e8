//! What each key of a file of definitions takes, and a sentence on what it is.

use super::shape::Shape::{self, Items, Map, Named, Nothing, Rows, Text, Texts, Word};

/// A key, what it takes, and what it is.
pub type Said = (&'static str, Shape, &'static str);

pub const LABEL: Said = ("label", Text, "The name that people read.");
pub const DESCRIPTION: Said = ("description", Text, "What it is, in sentences.");
pub const ALLOW: Said = ("allow", Map, "Lints that are silenced here, each with the reason.");

pub const KPI: &[Said] = &[
    ("value", Text, "The formula: an expression over measures, stocks, tools and other KPIs."),
    ("labels", Map, "Labels in other languages: `fr: Panier moyen`."),
    ("alias", Texts, "Other names that it may be asked by."),
    ("unit", Named("unit"), "What it is counted in: `percent`, `EUR`, `count`, `seconds`, `score 0 to 10` …"),
    ("better", Word(&["higher", "lower", "range"]), "Which direction is good."),
    ("by", Texts, "The dimensions that reports show it by."),
    ("segments", Texts, "The segments and segmentations that reports show it for."),
    ("grain", Named("grains"), "The only periods that it is computed for."),
    ("settled", Text, "How long it waits for late events: `7 days`, `$window`."),
    ("empty", Named("empty"), "What a cell without rows is: `0` or `null`."),
    ("format", Text, "How it is shown: `compact`, or a number of decimals."),
    ("objective", Text, "The objective that it serves."),
    ("stage", Text, "The stage of the customer's journey."),
    ("owner", Text, "Who answers for it."),
    ("tags", Texts, "Marks to find it by."),
    ("action", Text, "What to do when it goes wrong."),
    ("interpretation", Text, "How to read it, and how it misleads."),
    ("drivers", Texts, "KPIs that move it."),
    ("pair_with", Texts, "KPIs that it is shown with, so that it does not mislead."),
    ("vanity", Nothing, "It looks good whatever happens."),
    ("leads_to", Texts, "KPIs that follow it later."),
    ("prefer", Texts, "KPIs that tell more."),
    ("target", Text, "What it should reach: `2.5% each month from 2026-01 where device = 'desktop'`."),
    ("targets", Items, "What it should reach, a target an item."),
    ("status", Texts, "How far off is too far: `at_risk below 95% of target`."),
    ("benchmark", Text, "What others reach: `2.5% \"France\" source \"…\" year 2024`."),
    ("benchmarks", Items, "What others reach, a benchmark an item."),
    ("version", Text, "The name of this version of its definition."),
    ("effective", Text, "When this version holds: `from 2026-01 until 2026-12`."),
    ALLOW,
];

pub const SOURCE: &[Said] = &[
    ("table", Text, "The table that holds its rows: `shop.orders`."),
    ("file", Text, "The file that holds its rows, relative to the project."),
    ("sql", Text, "A file with the query that gives its rows, relative to the project."),
    ("key", Texts, "The columns that tell one row from another."),
    ("time", Text, "When a row happened: `ordered_at in UTC`."),
    ("times", Items, "The times that a row has; the first one counts unless a measure says otherwise."),
    ("active", Text, "From when until when a row exists: `from started_at until ended_at`."),
    ("snapshot", Text, "The day that a row is a picture of: `day sparse carry 3 days`."),
    ("valid", Text, "From when until when a version holds: `from valid_from until valid_to`."),
    ("since", Text, "The day before which nothing is known."),
    ("rows", Text, "Which rows count: `where status <> 'cancelled'`."),
    ("join", Text, "A lookup: `customer: customers on customer_id`."),
    ("joins", Named("joins"), "Lookups of at most one row of another source."),
    ("column", Text, "A column: `amount : decimal(12,2) in EUR`."),
    ("columns", Named("columns"), "Columns with their types, units and formulas."),
    ("dimension", Text, "Something to slice by: `channel = lower(source)`."),
    ("dimensions", Named("dimensions"), "What to slice by."),
    ("stock", Text, "An aggregate of what exists at an instant: `subscribers = count()`."),
    ("stocks", Named("stocks"), "Aggregates of what exists at an instant."),
    ("measure", Text, "An aggregate of what happens: `revenue = sum(amount)`."),
    ("measures", Named("measures"), "Aggregates of what happens."),
    ALLOW,
];

pub const JOIN: &[Said] =
    &[("value", Text, "The other source, and this side's columns: `customers on customer_id`.")];
pub const COLUMN: &[Said] = &[
    ("value", Text, "Its type, unit and formula: `decimal(12,2) in EUR = total / 1.2`."),
    ("accepted_values", Texts, "The only values that it has: `[paid, open]`."),
];
pub const DIMENSION: &[Said] = &[
    ("value", Text, "Its formula; without one, the column of its name."),
    ("accepted_values", Texts, "The only values that it has: `[web, shop]`."),
];
pub const STOCK: &[Said] = &[("value", Text, "Its aggregate: `count() where is_paid`.")];
pub const MEASURE: &[Said] =
    &[("value", Text, "Its aggregate: `sum(amount) at paid_at where status = 'ok'`.")];

pub const PARAM: &[Said] = &[("value", Text, "A literal: `24 hours`, `'web'`, `3.5`.")];
pub const SEGMENT: &[Said] = &[
    ("where", Text, "A condition over dimensions: `device = 'mobile'`."),
    ("else", Nothing, "In a segmentation: what no other segment has."),
];
pub const SEGMENTATION: &[Said] = &[
    ("per", Text, "The dimension whose members are told apart, by numbers of each."),
    ("segment", Text, "A segment: `small where basket_value < 50`."),
    ("segments", Named("segments"), "Segments in order: the first that holds is a row's."),
    ALLOW,
];
pub const FUNNEL: &[Said] = &[
    ("over", Text, "Whose steps, in which rows, in which time: `on events by visitor within 7 days`."),
    ("step", Text, "A step: `cart where name = 'add_to_cart'`."),
    ("steps", Named("steps"), "The steps in their order; the first one is the anchor."),
    ALLOW,
];
pub const STEP: &[Said] = &[("value", Text, "Which rows take it: `on orders at paid_at where amount > 0`.")];
pub const OVER: &[Said] = &[("over", Text, "Who, in which rows: `on users by user at signed_up_at`.")];
pub const EXPERIMENT: &[Said] = &[
    ("over", Text, "Who takes part, and who is assigned to what: `on assignments by visitor`."),
    ("control", Text, "The variant that the others are compared with."),
    ALLOW,
];
pub const TARGETS: &[Said] = &[
    ("from", Text, "A CSV file of the project: `plans/2026.csv`."),
    ("table", Text, "A table of the database: `finance.budget`; `kpic targets pull` keeps its rows."),
];

pub const OBJECTIVE: &[Said] = &[
    ("headline", Text, "The KPI that it is measured by."),
    ("kpis", Texts, "Further KPIs of it."),
    ("baseline", Text, "Where the headline stood."),
    ("target", Text, "Where the headline should stand at the deadline."),
    ("deadline", Text, "By when: `2026-12`, `2026-Q4`."),
    ("rationale", Text, "Why it can be reached."),
    ("owner", Text, "Who answers for it."),
    ("stage", Text, "The stage of the customer's journey."),
    ("parent", Text, "The objective above it."),
    ALLOW,
];
pub const DASHBOARD: &[Said] = &[
    ("headline", Text, "The KPI that comes first."),
    ("kpis", Texts, "The KPIs that it shows."),
    ("by", Texts, "The dimensions that it shows them by."),
    ("grain", Named("grains"), "The periods that it shows them for."),
    ("owner", Text, "Who answers for it."),
    ALLOW,
];
pub const EVENT: &[Said] =
    &[("value", Text, "When, and for whom: `from 2026-11-27 until 2026-11-30 where country = 'FR'`.")];
pub const ASSERTION: &[Said] = &[("value", Text, "What should always hold: `clv > cac`."), ALLOW];
pub const TEST: &[Said] = &[
    ("given", Rows, "Rows of sources by hand: a list whose first item names the columns."),
    ("when", Text, "What is asked: `revenue by channel from 2026-01 to 2026-02`."),
    ("then", Items, "The cells that must come: a list whose first item names the columns."),
    ("invariants", Nothing, "Totals, shares and counts must also be what they always are."),
];
