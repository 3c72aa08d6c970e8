//! What is put in front, and what is shown without its counterpart.

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::resolve::Resolved;
use crate::resolve::resolved::{Dashboard, Kpi};
use crate::source::Span;
use crate::syntax::ast::{KpiProperty, Name, Property};

/// Numbers that go up whatever happens; people know them under these names.
const VANITY: [&str; 11] = [
    "app_downloads",
    "downloads",
    "fans",
    "followers",
    "hits",
    "impressions",
    "likes",
    "page_views",
    "pageviews",
    "registered_users",
    "views",
];

/// Headlines of objectives and dashboards, and the company of what dashboards show.
pub fn check(resolved: &Resolved, sink: &mut Sink) {
    let of_objectives = resolved.objectives.values().filter_map(|o| o.definition.headline.as_ref());
    let of_dashboards = resolved.dashboards.values().filter_map(|d| d.definition.headline.as_ref());
    for headline in of_objectives.chain(of_dashboards) {
        sink.extend(vain(headline, resolved));
    }
    for dashboard in resolved.dashboards.values() {
        for kpi in dashboard.kpis.iter().filter_map(|id| resolved.kpis.get(id)) {
            alone(kpi, dashboard, resolved, sink);
        }
    }
}

/// A headline that goes up whatever happens, and leads to nothing.
fn vain(headline: &Property<Name>, resolved: &Resolved) -> Option<Diagnostic> {
    let kpi = kpi(&headline.value.value, resolved)?;
    let has = |is: fn(&KpiProperty) -> bool| kpi.definition.properties.iter().any(|p| is(&p.value));
    let is_tagged = has(|property| matches!(property, KpiProperty::Vanity));
    let is_known = VANITY.contains(&kpi.id.to_lowercase().as_str());
    if has(|property| matches!(property, KpiProperty::LeadsTo(_))) || !(is_tagged || is_known) {
        return None;
    }
    let why = if is_tagged { "is tagged `vanity`" } else { "counts what goes up whatever happens" };
    Some(
        Diagnostic::warning(
            Code::VanityHeadline,
            headline.value.span,
            format!("the headline `{}` {why}, and leads to nothing", kpi.id),
        )
        .label(kpi.definition.header.name.span, "defined here")
        .because("it looks well, and nobody does anything otherwise for it")
        .help(format!(
            "put what it is good for in front, or say of `{}` what that is: `leads_to KPI`",
            kpi.id
        )),
    )
}

/// What is shown without what it is to be read with.
fn alone(kpi: &Kpi, dashboard: &Dashboard, resolved: &Resolved, sink: &mut Sink) {
    let at = place(kpi, dashboard, resolved);
    for property in &kpi.definition.properties {
        let (names, code) = match &property.value {
            KpiProperty::PairWith(names) => (names, Code::ShownAlone),
            KpiProperty::Prefer(names) => (names, Code::RawVolume),
            _ => continue,
        };
        let is_shown = |name: &Name| {
            self::kpi(&name.value, resolved).is_some_and(|other| dashboard.kpis.contains(&other.id))
        };
        let missing: Vec<&Name> = names.iter().filter(|name| !is_shown(name)).collect();
        let listed: Vec<String> = missing.iter().map(|name| format!("`{}`", name.value)).collect();
        let listed = listed.join(", ");
        let finding = match code {
            Code::ShownAlone if !missing.is_empty() => {
                let fact = format!("`{}` is shown without {listed}", kpi.id);
                Diagnostic::warning(code, at, fact)
                    .because("it is to be read with it: the one can rise because the other falls")
                    .help(format!("show {listed} beside it"))
            }
            // One of several is enough.
            Code::RawVolume if missing.len() == names.len() => {
                let fact = format!("`{}` is shown where {listed} tells more", kpi.id);
                Diagnostic::warning(code, at, fact)
                    .because("a volume grows with what is spent on it, and says nothing of what it is worth")
                    .help(format!("show {listed} in its place, or beside it"))
            }
            _ => continue,
        };
        sink.push(finding.label(property.span, "said here"));
    }
}

/// Where a dashboard names a KPI.
fn place(kpi: &Kpi, dashboard: &Dashboard, resolved: &Resolved) -> Span {
    let def = &dashboard.definition;
    let headline = def.headline.iter().map(|headline| &headline.value);
    let mut names = headline.chain(def.kpis.iter().flat_map(|kpis| &kpis.value));
    let named = names.find(|name| self::kpi(&name.value, resolved).is_some_and(|other| other.id == kpi.id));
    named.unwrap_or(&def.header.name).span
}

/// The KPI of a name, an alias among them.
fn kpi<'a>(name: &str, resolved: &'a Resolved) -> Option<&'a Kpi> {
    let by_alias = || resolved.kpis.values().find(|kpi| kpi.aliases().any(|alias| alias == name));
    resolved.kpis.get(name).or_else(by_alias)
}
