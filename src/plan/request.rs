//! What somebody asks for, and which KPIs and grain that means.

use super::beside::Beside;
use super::top::Top;
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::resolve::Resolved;
use crate::resolve::resolved::{Date, Grain, Kpi, PeriodKind, Predicate};

/// A request, as the options of `run` and `compile` say it. The default asks for
/// every KPI's total by month.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// Empty: every KPI whose sources have tables.
    pub kpis: Vec<String>,
    /// One entry a `--by`, with its dimensions.
    pub by: Vec<Vec<String>>,
    /// Also without slices; so it is when `by` is empty.
    pub total: bool,
    /// Segments, segmentations (all their segments), or `all`.
    pub segments: Vec<String>,
    /// `--where`
    pub filter: Option<Predicate>,
    pub grain: Option<Grain>,
    /// First and last period, both included.
    pub from: Option<PeriodKind>,
    pub to: Option<PeriodKind>,
    /// Nothing after the end of this day is known.
    pub as_of: Option<Date>,
    /// The first and the last day that as-of may be, where it is chosen when the query runs.
    pub as_of_among: Option<(Date, Date)>,
    /// Bounds may cut a period.
    pub clip: bool,
    /// What is asked beside the numbers.
    pub beside: Beside,
    /// The best members by name, all others together.
    pub top: Option<Top>,
}

/// The asked KPIs, in the order asked, each once.
pub fn kpis<'a>(resolved: &'a Resolved, request: &Request) -> Result<Vec<&'a Kpi>, Vec<Diagnostic>> {
    if request.kpis.is_empty() {
        let bound: Vec<&Kpi> = resolved.kpis.values().filter(|kpi| kpi.unbound.is_empty()).collect();
        return match bound.is_empty() {
            true => Err(vec![none(resolved)]),
            false => Ok(bound),
        };
    }
    let mut found: Vec<&Kpi> = Vec::new();
    let mut errors = Vec::new();
    for name in &request.kpis {
        match find(resolved, name) {
            Ok(kpi) if found.iter().any(|f| f.id == kpi.id) => {}
            Ok(kpi) => found.push(kpi),
            Err(error) => errors.push(error),
        }
    }
    if errors.is_empty() { Ok(found) } else { Err(errors) }
}

/// No KPI that can be computed.
fn none(resolved: &Resolved) -> Diagnostic {
    let error = Diagnostic::general(Code::UnknownKpi, "there is no KPI to compute");
    match resolved.kpis.is_empty() {
        true => error.help("define one: `kpi NAME` promotes a measure, `kpi NAME = a / b` computes"),
        false => error.because("every one waits for tables").help("`kpic list` says what each of them needs"),
    }
}

pub fn find<'a>(resolved: &'a Resolved, name: &str) -> Result<&'a Kpi, Diagnostic> {
    let by_alias = || resolved.kpis.values().find(|kpi| kpi.aliases().any(|alias| alias == name));
    let Some(kpi) = resolved.kpis.get(name).or_else(by_alias) else {
        let error = Diagnostic::general(Code::UnknownKpi, format!("there is no KPI `{name}`"));
        return Err(match nearest(name, resolved.kpis.keys().map(String::as_str)) {
            Some(near) => error.help(format!("did you mean `{near}`?")),
            None if resolved.measures.contains_key(name) => {
                error.help(format!("`{name}` is a measure: `kpi {name}` in a file promotes it"))
            }
            None => error.help("`kpic list` shows what there is"),
        });
    };
    if kpi.unbound.is_empty() {
        return Ok(kpi);
    }
    Err(unbound(kpi))
}

/// A KPI that waits for tables or columns.
fn unbound(kpi: &Kpi) -> Diagnostic {
    let needs: Vec<_> = kpi.unbound.iter().map(|need| need.words(|name| format!("`{name}`"))).collect();
    let fact = format!("`{}` is not available: it needs {}", kpi.id, needs.join(", and "));
    let error = Diagnostic::general(Code::Unbound, fact);
    match kpi.unbound.iter().find(|need| !need.has_table) {
        Some(need) => error
            .because("a source without `table`, `file` or `sql` has no rows")
            .help(format!("give the source its table: `source {} {{ table … }}`", need.source)),
        None => error
            .because("a pack declares what its numbers read, and the table does not have all of it")
            .help("say what it is called here: `source NAME { column NAME = … }`"),
    }
}

/// The grain asked, else months, else the first that every KPI takes.
pub fn grain(request: &Request, kpis: &[&Kpi]) -> Result<Grain, Diagnostic> {
    let takes = |kpi: &Kpi, grain| kpi.grains.is_empty() || kpi.grains.contains(&grain);
    let all_take = |grain: &Grain| kpis.iter().all(|kpi| takes(kpi, *grain));
    let candidates = kpis.iter().flat_map(|kpi| &kpi.grains).copied();
    let grain = match request.grain {
        Some(grain) => grain,
        None => std::iter::once(Grain::Month).chain(candidates).find(all_take).unwrap_or(Grain::Month),
    };
    if let Some(kpi) = kpis.iter().find(|kpi| !takes(kpi, grain)) {
        let taken: Vec<_> = kpi.grains.iter().map(|g| g.word()).collect();
        return Err(Diagnostic::general(
            Code::GrainNotAllowed,
            format!("`{}` is not computed by {}", kpi.id, grain.word()),
        )
        .because("its definition limits the grains it has a meaning at")
        .help(format!("ask for {}", taken.join(", "))));
    }
    Ok(grain)
}
