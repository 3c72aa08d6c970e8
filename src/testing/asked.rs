//! What a test asks, as a request.

use super::asked_dimension;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::model::Model;
use crate::plan::{Beside, Request, Role, Trend};
use crate::resolve::{self, Resolved};
use crate::syntax::ast::{Name, Path, Property, Test, When};

/// The request; `None`: it has findings, or asks for what was reported where it is defined.
pub fn request(
    test: &Test,
    asked: &Property<When>,
    model: &Model<'_>,
    resolved: &Resolved,
    sink: &mut Sink,
) -> Option<Request> {
    let before = sink.len();
    let (when, span, beside) = (&asked.value, asked.span, beside(test, &asked.value));
    let asked = Asked { model, resolved };
    let mut is_sound = true;
    for name in &when.kpis {
        is_sound &= asked.kpi(name, sink);
    }
    for path in when.by.iter().flatten() {
        is_sound &= asked.dimension(path, sink);
    }
    for name in &when.segments {
        is_sound &= asked.segment(name, sink);
    }
    let filter = when.filter.as_ref().map(|filter| resolve::predicate(resolved, filter, sink));
    let (Some(from), to) = (&when.from, &when.to) else {
        let at = when.to.as_ref().map_or(span, |to| to.span);
        sink.push(
            Diagnostic::error(Code::BadRange, at, "the test does not say which periods it asks for")
                .because("what is expected of the rows given does not depend on the day of the test")
                .help("name the first period, and the last one if there are more: `from 2026-01 to 2026-02`"),
        );
        return None;
    };
    let request = Request {
        kpis: when.kpis.iter().map(|name| name.value.clone()).collect(),
        by: when.by.iter().map(|by| by.iter().map(asked_dimension).collect()).collect(),
        total: when.total,
        segments: when.segments.iter().map(|name| name.value.clone()).collect(),
        filter: filter.flatten(),
        grain: when.grain.as_ref().map(|grain| grain.value),
        from: Some(from.value),
        to: Some(to.as_ref().map_or(from.value, |to| to.value)),
        as_of: when.as_of.as_ref().map(|day| day.value),
        clip: when.clip,
        beside,
        ..Request::default()
    };
    (is_sound && sink.len() == before).then_some(request)
}

/// What is asked beside the numbers: whatever columns are expected that say so.
fn beside(test: &Test, when: &When) -> Beside {
    let mut beside = Beside::default();
    let columns = test.then.iter().flat_map(|then| &then.value.table.columns);
    for column in columns.map(asked_dimension) {
        let of = |role: &Role| when.kpis.iter().any(|kpi| column == format!("{}_{}", kpi.value, role.word()));
        beside.targets |= TARGETS.iter().any(of);
        if TREND.iter().any(of) {
            beside.trend = Trend::OfAll;
        }
    }
    beside
}

const TARGETS: [Role; 6] =
    [Role::Target, Role::TargetTo, Role::Attainment, Role::Pacing, Role::Status, Role::Projected];
const TREND: [Role; 3] = [Role::Previous, Role::Change, Role::ChangeRatio];

/// Names, each found or reported where it stands.
struct Asked<'a> {
    model: &'a Model<'a>,
    resolved: &'a Resolved,
}

impl Asked<'_> {
    /// Whether there is such a KPI; one that is defined and not sound is reported there.
    fn kpi(&self, name: &Name, sink: &mut Sink) -> bool {
        let id = self.model.aliases.get(name.value.as_str()).map_or(name.value.as_str(), |(id, _)| *id);
        if self.resolved.kpis.contains_key(id) || self.model.kpis.contains_key(id) {
            return self.resolved.kpis.contains_key(id);
        }
        let fact = format!("there is no KPI `{}`", name.value);
        let found = Diagnostic::error(Code::UnknownKpi, name.span, fact).missing(&name.value);
        let known = self.model.kpis.keys().chain(self.model.aliases.keys()).copied();
        let near = sink.nearest(&name.value, known);
        sink.push(match near {
            _ if self.resolved.measures.contains_key(&name.value) => {
                found.help(format!("`{0}` is a measure: `kpi {0}` promotes it", name.value))
            }
            Some(near) => found.help(format!("did you mean `{near}`?")).fix(name.span, near.to_owned()),
            None => found.help("a test asks for KPIs by their names"),
        });
        false
    }

    fn dimension(&self, path: &Path, sink: &mut Sink) -> bool {
        let name = &path.name;
        // Steps and ages are planning's to know.
        if path.qualifier.is_some()
            || name.value == "age"
            || self.resolved.dimensions.contains_key(&name.value)
        {
            return true;
        }
        let declared = self.model.sources.values().flat_map(|source| &source.dimensions);
        if declared.into_iter().any(|d| d.header.name == *name) {
            return false;
        }
        let fact = format!("there is no dimension `{}`", name.value);
        let found = Diagnostic::error(Code::UnknownDimension, name.span, fact).missing(&name.value);
        let near = sink.nearest(&name.value, self.resolved.dimensions.keys().map(String::as_str));
        sink.push(match near {
            Some(near) => found.help(format!("did you mean `{near}`?")).fix(name.span, near.to_owned()),
            None => found.help(format!("declare it in a source: `dimension {}`", name.value)),
        });
        false
    }

    fn segment(&self, name: &Name, sink: &mut Sink) -> bool {
        let (model, resolved) = (self.model, self.resolved);
        let id = name.value.as_str();
        if id == "all" || resolved.segments.contains_key(id) || resolved.segmentations.contains_key(id) {
            return true;
        }
        let of_segmentations = model.segmentations.values().flat_map(|segmentation| &segmentation.segments);
        let mut defined = model.segments.values().copied().chain(of_segmentations);
        if model.segmentations.contains_key(id) || defined.any(|segment| segment.header.name == *name) {
            return false;
        }
        let fact = format!("there is no segment `{id}`");
        let found = Diagnostic::error(Code::UnknownDimension, name.span, fact).missing(id);
        let known = resolved.segments.keys().chain(resolved.segmentations.keys()).map(String::as_str);
        let near = sink.nearest(id, known);
        sink.push(match near {
            Some(near) => found.help(format!("did you mean `{near}`?")).fix(name.span, near.to_owned()),
            None => found.help(format!("define it: `segment {id} where …`")),
        });
        false
    }
}
