//! What each dialect can say, asked of the dialects themselves.

use super::functions::{Missing, Spelling};
use super::{Conditions, Dialect, Division, Qualify, Stored};
use crate::sql::{AggregateFunction, Function, Part, Step, Type};

/// How a dialect says a construct.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Support {
    /// In words of its own.
    Native,
    /// Another way: from what the database does have.
    Rewritten,
    /// Not at all: compiling it is refused.
    Refused(&'static Missing),
}

/// A thing that queries say, and what asks a dialect for it.
pub struct Construct {
    pub name: &'static str,
    ask: fn(&dyn Dialect) -> Support,
}

impl std::fmt::Debug for Construct {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Construct").field("name", &self.name).finish_non_exhaustive()
    }
}

impl Construct {
    pub fn on(&self, dialect: &dyn Dialect) -> Support {
        (self.ask)(dialect)
    }
}

/// What plans are made of, in the order of the documentation.
pub const CONSTRUCTS: [Construct; 23] = [
    Construct { name: "sums, counts, minima and maxima", ask: simple },
    Construct { name: "distinct counts", ask: |d| aggregate(d, &AggregateFunction::CountDistinct) },
    Construct { name: "distinct counts of several columns", ask: |d| of(&d.tuple(2)) },
    Construct {
        name: "conditions on aggregates",
        ask: |d| either(!matches!(d.clauses().conditions, Conditions::Case(_))),
    },
    Construct { name: "medians and percentiles", ask: percentiles },
    Construct { name: "standard deviation", ask: |d| moment(d, &AggregateFunction::Stddev) },
    Construct { name: "correlation and slope", ask: correlation },
    Construct { name: "flags of entities", ask: bits },
    Construct {
        name: "windows and stocks of overlapping entities",
        ask: |d| either(d.capabilities().range_frames),
    },
    Construct { name: "funnels by the nearest row", ask: |d| either(d.capabilities().as_of_joins) },
    Construct { name: "rows chosen by windows", ask: |d| either(d.clauses().qualify != Qualify::Subquery) },
    Construct { name: "functions of a row", ask: functions },
    Construct { name: "comparisons with what is missing", ask: comparisons },
    Construct { name: "casts", ask: casts },
    Construct { name: "division: by zero is NULL", ask: division },
    Construct { name: "patterns", ask: |d| all([d.like(false), d.like(true)]) },
    Construct { name: "periods from hours to years", ask: periods },
    Construct { name: "weeks that start on any day", ask: weeks },
    Construct { name: "time zones of instants", ask: |d| either(d.capabilities().zones_of_instants) },
    Construct { name: "time zones of local times", ask: |d| either(d.capabilities().zones_of_local_times) },
    Construct { name: "data files", ask: files },
    Construct { name: "columns that differ in capitals alone", ask: capitals },
    Construct { name: "views and tables", ask: stored },
];

const FILES: Missing = Missing {
    what: "a file in FROM",
    why: "this database does not read files in a query",
    help: "load the file into a table",
};

fn of(spelling: &Spelling) -> Support {
    match spelling {
        Spelling::Missing(missing) => Support::Refused(missing),
        Spelling::Call(_) | Spelling::Cast(_) | Spelling::Infix(..) | Spelling::Pattern(..) => {
            Support::Native
        }
    }
}

/// The first that is refused decides.
fn all(spellings: impl IntoIterator<Item = Spelling>) -> Support {
    let mut supports = spellings.into_iter().map(|spelling| of(&spelling));
    supports.find(|support| *support != Support::Native).unwrap_or(Support::Native)
}

fn either(native: bool) -> Support {
    if native { Support::Native } else { Support::Rewritten }
}

fn aggregate(dialect: &dyn Dialect, function: &AggregateFunction) -> Support {
    of(&dialect.aggregate(function))
}

fn simple(dialect: &dyn Dialect) -> Support {
    use AggregateFunction::{AnyTrue, Count, Max, Min, Sum};
    all([Sum, Count, Min, Max, AnyTrue].iter().map(|function| dialect.aggregate(function)))
}

fn percentiles(dialect: &dyn Dialect) -> Support {
    if !dialect.capabilities().percentiles {
        return Support::Rewritten;
    }
    aggregate(dialect, &AggregateFunction::Percentile("0.5".to_owned()))
}

fn moment(dialect: &dyn Dialect, function: &AggregateFunction) -> Support {
    if dialect.capabilities().moments { aggregate(dialect, function) } else { Support::Rewritten }
}

fn correlation(dialect: &dyn Dialect) -> Support {
    match moment(dialect, &AggregateFunction::Corr) {
        Support::Native => moment(dialect, &AggregateFunction::Slope),
        other => other,
    }
}

fn bits(dialect: &dyn Dialect) -> Support {
    if !dialect.capabilities().bits {
        return Support::Rewritten;
    }
    all([dialect.aggregate(&AggregateFunction::BitOr), dialect.function(Function::BitAnd, 2)])
}

fn functions(dialect: &dyn Dialect) -> Support {
    all(Function::ALL.map(|function| dialect.function(function, 2)))
}

fn comparisons(dialect: &dyn Dialect) -> Support {
    all([false, true].iter().flat_map(|negated| [dialect.same(*negated), dialect.is_true(*negated)]))
}

fn casts(dialect: &dyn Dialect) -> Support {
    let size = Type::Decimal(Some((12, 2)));
    let simple = [Type::Text, Type::Integer, Type::Decimal(None), size, Type::Double, Type::Boolean];
    let of_time = [Type::Date, Type::Timestamp, Type::Instant];
    all(simple.into_iter().chain(of_time).map(|ty| dialect.cast(ty)))
}

fn division(dialect: &dyn Dialect) -> Support {
    match dialect.division() {
        Division::Operator => Support::Native,
        Division::Spelt(spelling) => of(&spelling),
    }
}

fn periods(dialect: &dyn Dialect) -> Support {
    let parts = [Part::Hour, Part::Day, Part::Month, Part::Quarter, Part::Year];
    let step = |unit| Step { count: 1, unit };
    let cut = parts.map(|part| dialect.truncate(part, 1));
    let moved = parts.map(|part| dialect.shift(step(part), Type::Timestamp));
    all(cut.into_iter().chain(moved).chain([
        dialect.seconds(false),
        dialect.seconds(true),
        dialect.days_between(),
    ]))
}

fn weeks(dialect: &dyn Dialect) -> Support {
    all((1..=7).map(|start| dialect.truncate(Part::Week, start)))
}

fn files(dialect: &dyn Dialect) -> Support {
    if dialect.capabilities().reads_files { Support::Native } else { Support::Refused(&FILES) }
}

fn capitals(dialect: &dyn Dialect) -> Support {
    let capitals = dialect.clauses().capitals;
    super::capitals::why(capitals, true).map_or(Support::Native, Support::Refused)
}

fn stored(dialect: &dyn Dialect) -> Support {
    let kinds = [Stored::View, Stored::Table];
    let refused = kinds.into_iter().find_map(|kind| dialect.stored(kind, "a", "SELECT 1 AS a").err());
    refused.map_or(Support::Native, Support::Refused)
}
