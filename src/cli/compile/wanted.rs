//! What the SQL is wanted for: to be asked, kept in a database, or rendered by dbt.

use clap::{Args, ValueEnum};
use jiff::civil;
use kpic::diagnostic::{Code, Diagnostic};
use kpic::dialect::{self, Dialect, Purpose, Stored};
use kpic::lower::{Chosen, Place};
use kpic::plan::{Plan, Request, Role};
use kpic::sql::Query;

use super::super::Stop;
use super::header::Header;

/// The days of three years: more make a text that nobody reads.
const MOST_DAYS: usize = 1_100;

#[derive(Debug, Args)]
pub struct Wanted {
    /// What the SQL is: a query, the statements that make a view or a table, a dbt model
    #[arg(long = "as", value_enum, default_value_t, value_name = "FORM", conflicts_with = "stage")]
    form: Form,
    /// The view's or table's name [default: the KPI's id]
    #[arg(long, value_name = "NAME", conflicts_with = "out")]
    name: Option<String>,
    /// The schema of views and tables
    #[arg(long, value_name = "SCHEMA", conflicts_with = "name")]
    schema: Option<String>,
    /// Who chooses among the periods of --from and --to when the query runs: nobody (`literal`),
    /// `bind` for bound values, `var` for dbt's variables, or the one row of `table=NAME`;
    /// each has a range_start and a range_end, at which it has ended, and an as_of if --as-of
    /// names several days
    #[arg(long, value_name = "WHO", default_value = "literal", value_parser = chooser)]
    params: Chooser,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum Form {
    #[default]
    Select,
    View,
    Table,
    Dbt,
}

/// Who chooses periods when the query runs.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Chooser {
    Nobody,
    Bound,
    Variables,
    Table(Vec<String>),
}

fn chooser(text: &str) -> Result<Chooser, String> {
    match (text, text.strip_prefix("table=")) {
        ("literal", _) => Ok(Chooser::Nobody),
        ("bind", _) => Ok(Chooser::Bound),
        ("var", _) => Ok(Chooser::Variables),
        (_, Some(name)) if !name.is_empty() => Ok(Chooser::Table(path(name))),
        _ => Err("one of literal, bind, var, table=NAME".to_string()),
    }
}

/// The parts of a name with points.
fn path(name: &str) -> Vec<String> {
    name.split('.').map(str::to_string).collect()
}

impl Wanted {
    /// Whether these go together.
    ///
    /// # Errors
    /// Misuse.
    pub fn are_sound(&self, to_folder: bool, key_checks: bool) -> Result<(), Stop> {
        if key_checks && (self.form != Form::Select || self.params != Chooser::Nobody) {
            let fact = "checks of keys are queries that are asked as they are";
            return Err(Stop::misuse(fact, "leave out --as and --params"));
        }
        match (&self.params, self.form) {
            (Chooser::Variables, form) if form != Form::Dbt => {
                let fact = "variables are dbt's, and this is no dbt model";
                Err(Stop::misuse(fact, "add --as dbt, or bind values: --params bind"))
            }
            (Chooser::Bound, form) if form != Form::Select => {
                let fact = "nobody binds the values of a view, a table or a dbt model";
                Err(Stop::misuse(fact, "take them from a table, --params table=NAME; dbt has --params var"))
            }
            _ if self.schema.is_some() && self.stored().is_none() => {
                Err(Stop::misuse("only views and tables have a schema", "add --as view or --as table"))
            }
            _ if self.name.is_some() && (self.stored().is_none() || to_folder) => {
                Err(Stop::misuse("only a view or a table has a name", "add --as view or --as table"))
            }
            _ => Ok(()),
        }
    }

    pub fn is_dbt(&self) -> bool {
        self.form == Form::Dbt
    }

    fn stored(&self) -> Option<Stored> {
        match self.form {
            Form::View => Some(Stored::View),
            Form::Table => Some(Stored::Table),
            Form::Select | Form::Dbt => None,
        }
    }

    /// What a view or table of this request is called.
    ///
    /// # Errors
    /// Several KPIs without a name for them.
    pub fn name(&self, plan: &Plan) -> Result<Vec<String>, Vec<Diagnostic>> {
        if let Some(name) = &self.name {
            return Ok(path(name));
        }
        let kpis: Vec<_> = plan.outputs.iter().filter(|o| o.role == Role::Value).map(|o| &o.kpi).collect();
        match kpis.as_slice() {
            [kpi] => Ok(self.name_of(kpi)),
            _ if self.stored().is_none() => Ok(Vec::new()),
            several => {
                let fact = format!("a view or table of {} KPIs needs a name", several.len());
                Err(vec![
                    Diagnostic::general(Code::BadOption, fact).help("say --name, or --out for one each"),
                ])
            }
        }
    }

    /// What the view or table of a KPI is called.
    pub fn name_of(&self, kpi: &str) -> Vec<String> {
        let schema = self.schema.iter().flat_map(|schema| path(schema));
        schema.chain(std::iter::once(kpi.to_string())).collect()
    }

    /// What is chosen when the query runs, and where it stands; `as_of` where a day is, too.
    pub fn chosen(&self, as_of: Option<civil::Date>) -> Option<Chosen> {
        let place = match &self.params {
            Chooser::Nobody => return None,
            Chooser::Bound | Chooser::Variables => Place::Given,
            Chooser::Table(path) => Place::Relation(path.clone()),
        };
        Some(Chosen { place, as_of })
    }

    /// The days of which one is chosen when the query runs, if one is.
    ///
    /// # Errors
    /// Days among which nobody chooses; too many; a range that cuts periods.
    pub fn days(&self, request: &Request) -> Result<Option<Vec<civil::Date>>, Diagnostic> {
        let Some((first, last)) = request.as_of_among else { return Ok(None) };
        let bad = |fact: String| Diagnostic::general(Code::BadOption, fact);
        if self.params == Chooser::Nobody {
            return Err(bad(format!("nobody chooses among the days of `--as-of {first}..{last}`")).help(
                "name one day, or say who chooses when the text runs: --params bind, var or table=NAME",
            ));
        }
        if request.clip {
            return Err(
                bad("`--clip` cuts periods at days that are known, and as-of is chosen later".into())
                    .help("name one day, or ask for whole periods"),
            );
        }
        let days: Option<Vec<civil::Date>> = first.civil().zip(last.civil()).map(|(first, last)| {
            first.series(jiff::ToSpan::days(1)).take_while(|day| *day <= last).take(MOST_DAYS + 1).collect()
        });
        match days {
            Some(days) if days.len() <= MOST_DAYS => Ok(Some(days)),
            _ => Err(bad(format!("`--as-of {first}..{last}` has more than {MOST_DAYS} days"))
                .because("each of them is worked out when the text is compiled")
                .help("name fewer, and compile again when they are over")),
        }
    }

    /// The text.
    ///
    /// # Errors
    /// What the database cannot say.
    pub fn write(
        &self,
        query: &Query,
        dialect: &dyn Dialect,
        name: &[String],
        header: &Header<'_>,
    ) -> Result<String, Vec<Diagnostic>> {
        let purpose = match (self.form, &self.params) {
            (Form::Dbt, _) => Purpose::Dbt,
            (_, Chooser::Bound) => Purpose::Bind,
            _ => Purpose::Run,
        };
        let header = header.lines(purpose);
        if let Some(kind) = self.stored() {
            return Ok(header + &dialect::print_stored(query, dialect, kind, name)?);
        }
        let end = if self.form == Form::Dbt { "\n" } else { ";\n" };
        // A model becomes a view or a table, which has no order.
        let unordered = (self.form == Form::Dbt).then(|| Query { order_by: Vec::new(), ..query.clone() });
        let query = unordered.as_ref().unwrap_or(query);
        Ok(header + &dialect::print_for(query, dialect, purpose)? + end)
    }
}
