//! What numbers mean: with every KPI, segment and name in them replaced by what it means.

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use super::form::{Form, Forms, scalar};
use super::project::Side;
use super::rows::Rows;
use crate::resolve::order;
use crate::resolve::resolved::{
    Bands, Cohort, Entrants, Funnel, Goals, Grain, Kpi, Number, NumberLeaf, PerMember, Predicate, StepTime,
    Window,
};
use crate::resolve::scalar::Scalar;

/// The sources whose rows a number reads.
pub type Read<'a> = Rc<BTreeSet<&'a str>>;

/// Looks up the meaning of numbers, each once.
#[derive(Debug)]
pub struct Numbers<'a> {
    pub rows: Rows<'a>,
    measures: HashMap<&'a str, Form>,
    stocks: HashMap<&'a str, Form>,
    kpis: HashMap<&'a str, (Form, Read<'a>)>,
    bands: HashMap<&'a str, (Form, Read<'a>)>,
    funnels: HashMap<&'a str, Form>,
    cohorts: HashMap<&'a str, Form>,
}

impl<'a> Numbers<'a> {
    /// Works out every KPI and every segmentation per dimension.
    pub fn new(side: Side<'a>, forms: &mut Forms) -> Self {
        let mut numbers = Numbers {
            rows: Rows::new(side),
            measures: HashMap::new(),
            stocks: HashMap::new(),
            kpis: HashMap::new(),
            bands: HashMap::new(),
            funnels: HashMap::new(),
            cohorts: HashMap::new(),
        };
        numbers.all(forms);
        numbers
    }

    /// One after the other, those first that others name: a formula may stand on thousands.
    fn all(&mut self, forms: &mut Forms) {
        let resolved = self.side().resolved;
        let (kpis, bands) = (&resolved.kpis, &resolved.bands);
        let named = |numbers: Vec<&'a Number>| {
            let mut found = Vec::new();
            let mut dimensions = Vec::new();
            for number in numbers {
                named(number, &mut |id| found.extend(kpis.get_index_of(id)), &mut dimensions);
            }
            let banded = dimensions.iter().filter_map(|id| bands.get_index_of(*id));
            found.extend(banded.map(|at| kpis.len() + at));
            found
        };
        let mut needs: Vec<Vec<usize>> = kpis.values().map(|kpi| named(vec![&kpi.value])).collect();
        needs.extend(bands.values().map(|bands| named(conditions(bands).collect())));
        for id in order(&needs).sorted {
            if let Some((id, kpi)) = kpis.get_index(id) {
                let found = (self.made(forms, kpi), self.read(&kpi.value));
                self.kpis.insert(id, found);
            } else if let Some((id, of)) = bands.get_index(id - kpis.len()) {
                let mut read = BTreeSet::new();
                conditions(of).for_each(|number| self.read_into(number, &mut read));
                let read = Rc::new(read);
                let form = self.of_bands(forms, of, &read);
                self.bands.insert(id, (form, read));
            }
        }
    }

    pub fn side(&self) -> Side<'a> {
        self.rows.side
    }

    fn made(&mut self, forms: &mut Forms, kpi: &'a Kpi) -> Form {
        let value = self.number(forms, &kpi.value);
        // One that adds nothing is the number that it names.
        if kpi.empty.is_none() && kpi.settled.is_none() {
            return value;
        }
        forms.debug("KPI", &(&kpi.empty, kpi.settled), &[value])
    }

    /// What a KPI's number is, with everything that it depends on; its unit, its goals and how it
    /// is shown aside.
    pub fn kpi(&self, forms: &mut Forms, id: &str) -> Form {
        match self.kpis.get(id) {
            Some((form, _)) => *form,
            None => forms.debug("no KPI", &id, &[]),
        }
    }

    /// The sources that a KPI reads.
    pub fn kpi_reads(&self, id: &str) -> Option<&Read<'a>> {
        self.kpis.get(id).map(|(_, read)| read)
    }

    pub fn measure(&mut self, forms: &mut Forms, id: &'a str) -> Form {
        if let Some(form) = self.measures.get(id) {
            return *form;
        }
        let form = match self.side().resolved.measures.get(id) {
            Some(measure) => self.rows.measure(forms, measure),
            None => forms.debug("no measure", &id, &[]),
        };
        self.measures.insert(id, form);
        form
    }

    pub fn stock(&mut self, forms: &mut Forms, id: &'a str) -> Form {
        if let Some(form) = self.stocks.get(id) {
            return *form;
        }
        let form = match self.side().resolved.stocks.get(id) {
            Some(stock) => self.rows.stock(forms, stock),
            None => forms.debug("no stock", &id, &[]),
        };
        self.stocks.insert(id, form);
        form
    }

    pub fn number(&mut self, forms: &mut Forms, number: &'a Number) -> Form {
        let mut leaves: Vec<&'a NumberLeaf> = Vec::new();
        number.leaves(&mut |leaf| leaves.push(leaf));
        let found: Vec<(*const NumberLeaf, Form)> =
            leaves.into_iter().map(|leaf| (std::ptr::from_ref(leaf), self.leaf(forms, leaf))).collect();
        scalar(forms, number, &mut |forms, leaf, _| {
            let own = std::ptr::from_ref(leaf);
            let form = found.iter().find(|(known, _)| *known == own).map(|(_, form)| *form);
            form.unwrap_or_else(|| forms.of("no leaf", &[]))
        })
    }

    fn leaf(&mut self, forms: &mut Forms, leaf: &'a NumberLeaf) -> Form {
        match leaf {
            NumberLeaf::Measure(id) => self.measure(forms, id),
            NumberLeaf::Kpi(id) => self.kpi(forms, id),
            NumberLeaf::Restrict(value, predicate) => {
                let read = self.read(value);
                let parts = [self.number(forms, value), self.predicate(forms, predicate, &read)];
                forms.of("restrict", &parts)
            }
            NumberLeaf::Total(value, dimensions) => {
                let read = self.read(value);
                let lifted = dimensions.iter().map(|id| self.dimension(forms, id, &read)).collect();
                let parts = [self.number(forms, value), forms.set("dimensions", lifted)];
                forms.of(if dimensions.is_empty() { "total of all" } else { "total" }, &parts)
            }
            NumberLeaf::Previous(value, offset) => {
                let value = self.number(forms, value);
                forms.debug("previous", offset, &[value])
            }
            NumberLeaf::Window(value, window) => {
                let mut parts = vec![self.number(forms, value)];
                if let Window::ToDate(grain) = window {
                    parts.push(self.calendar(forms, *grain));
                }
                forms.debug("window", window, &parts)
            }
            NumberLeaf::OverPeriods(over) => {
                let value = self.number(forms, &over.value);
                forms.debug("over periods", &(over.function, over.over), &[value])
            }
            NumberLeaf::Stock(id, balance) => {
                let stock = self.stock(forms, id);
                forms.debug("balance", balance, &[stock])
            }
            NumberLeaf::TimeShare(share) => {
                let condition = self.existing(forms, &share.condition);
                forms.debug("time share", &share.of_nothing, &[condition])
            }
            NumberLeaf::PerMember(per) => self.per_member(forms, per),
            NumberLeaf::Entrants(entrants) => self.entrants(forms, entrants),
            NumberLeaf::Versions(versions) => {
                let versions: Vec<Form> = versions
                    .iter()
                    .map(|version| {
                        let value = self.number(forms, &version.value);
                        forms.debug("version", &(version.from, version.until), &[value])
                    })
                    .collect();
                forms.of("versions", &versions)
            }
            NumberLeaf::Step(funnel, step) => self.of_funnel(forms, "step", step, funnel),
            NumberLeaf::EachStep(funnel, of) => self.of_funnel(forms, "each step", of, funnel),
            NumberLeaf::StepTime(StepTime { funnel, step, reached }) => {
                self.of_funnel(forms, "step time", &(step, reached), funnel)
            }
            NumberLeaf::Rank(value, ranking) => {
                let value = self.number(forms, value);
                forms.debug("rank", ranking, &[value])
            }
            NumberLeaf::Attainment(id) => {
                let resolved = self.side().resolved;
                let read = self.kpi_reads(id).cloned().unwrap_or_default();
                let goals = resolved.kpis.get(id).map(|kpi| self.goals(forms, &kpi.goals, &read));
                let parts: Vec<Form> = std::iter::once(self.kpi(forms, id)).chain(goals).collect();
                forms.of("attainment", &parts)
            }
        }
    }

    /// What a KPI should reach.
    fn goals(&mut self, forms: &mut Forms, goals: &'a Goals, read: &Read<'a>) -> Form {
        let segments = &self.side().resolved.segments;
        let mut targets = Vec::new();
        for target in &goals.targets {
            let segment = target.scope.segment.as_ref().and_then(|id| segments.get(id));
            let segment: Vec<Form> =
                segment.into_iter().map(|s| self.predicate(forms, &s.predicate, read)).collect();
            let said = (&target.aim, target.each, target.from, target.until, &target.scope.members);
            targets.push(forms.debug("target", &said, &segment));
        }
        let targets = forms.set("targets", targets);
        forms.debug("goals", &goals.better, &[targets])
    }

    fn of_funnel(&mut self, forms: &mut Forms, word: &str, of: &impl std::fmt::Debug, id: &'a str) -> Form {
        let resolved = self.side().resolved;
        let funnel: Vec<Form> =
            resolved.funnels.get(id).into_iter().map(|funnel| self.funnel(forms, funnel)).collect();
        forms.debug(word, of, &funnel)
    }

    pub fn funnel(&mut self, forms: &mut Forms, funnel: &'a Funnel) -> Form {
        if let Some(form) = self.funnels.get(funnel.id.as_str()) {
            return *form;
        }
        let mut steps = Vec::new();
        for step in &funnel.steps {
            let Some(source) = self.rows.source(&step.source) else { continue };
            let mut parts = vec![
                self.rows.of(forms, source),
                self.rows.key(forms, source),
                self.rows.axis(forms, source, &step.axis),
            ];
            parts.extend(self.rows.dimension(forms, source, &funnel.entity));
            parts.extend(step.filter.iter().map(|row| self.rows.row(forms, source, row)).collect::<Vec<_>>());
            // The steps' names are members that are sliced by.
            steps.push(forms.debug("step", &step.id, &parts));
        }
        let form = forms.debug("funnel", &funnel.within, &steps);
        self.funnels.insert(&funnel.id, form);
        form
    }

    pub fn cohort(&mut self, forms: &mut Forms, cohort: &'a Cohort) -> Form {
        if let Some(form) = self.cohorts.get(cohort.id.as_str()) {
            return *form;
        }
        let mut parts = Vec::new();
        if let Some(source) = self.rows.source(&cohort.source) {
            parts.extend([
                self.rows.of(forms, source),
                self.rows.key(forms, source),
                self.rows.axis(forms, source, &cohort.axis),
            ]);
            parts.extend(self.rows.dimension(forms, source, &cohort.entity));
        }
        let form = forms.of("cohort", &parts);
        self.cohorts.insert(&cohort.id, form);
        form
    }

    fn entrants(&mut self, forms: &mut Forms, entrants: &'a Entrants) -> Form {
        let resolved = self.side().resolved;
        let read = one(resolved.measures.get(&entrants.measure).map(|m| m.source.as_str()));
        let mut parts = vec![self.measure(forms, &entrants.measure)];
        if let Some(cohort) = resolved.cohorts.get(&entrants.cohort) {
            parts.push(self.cohort(forms, cohort));
            parts.push(self.dimension(forms, &cohort.entity, &read));
        }
        let mut restricted = Vec::new();
        for predicate in &entrants.restricted {
            restricted.push(self.predicate(forms, predicate, &read));
        }
        parts.push(forms.set("restricted", restricted));
        forms.debug("entrants", &(entrants.reading, entrants.ages), &parts)
    }

    fn per_member(&mut self, forms: &mut Forms, per: &'a PerMember) -> Form {
        let mut read = BTreeSet::new();
        let numbers = || per.values.iter().chain(&per.having).chain(&per.members_of);
        numbers().for_each(|number| self.read_into(number, &mut read));
        let read = Rc::new(read);
        let values: Vec<Form> = per.values.iter().map(|number| self.number(forms, number)).collect();
        let having: Vec<Form> = per.having.iter().map(|number| self.number(forms, number)).collect();
        let members = per.members_of.iter().map(|number| self.number(forms, number)).collect();
        let dimensions = per.dimensions.iter().map(|id| self.dimension(forms, id, &read)).collect();
        let parts = [
            forms.of("values", &values),
            forms.of("having", &having),
            forms.set("members of", members),
            forms.set("dimensions", dimensions),
        ];
        forms.debug("per member", &per.function, &parts)
    }

    fn existing(
        &mut self,
        forms: &mut Forms,
        condition: &'a Scalar<crate::resolve::resolved::Existing>,
    ) -> Form {
        let mut leaves = Vec::new();
        condition.leaves(&mut |existing| leaves.push(existing));
        let mut found = Vec::new();
        for existing in leaves {
            let resolved = self.side().resolved;
            let read = one(resolved.stocks.get(&existing.stock).map(|stock| stock.source.as_str()));
            let stock = self.stock(forms, &existing.stock);
            let mut restricted = Vec::new();
            for predicate in &existing.restricted {
                restricted.push(self.predicate(forms, predicate, &read));
            }
            let restricted = forms.set("restricted", restricted);
            let form = forms.of("existing", &[stock, restricted]);
            found.push((std::ptr::from_ref(existing), form));
        }
        scalar(forms, condition, &mut |forms, existing, _| {
            let own = std::ptr::from_ref(existing);
            let form = found.iter().find(|(known, _)| *known == own).map(|(_, form)| *form);
            form.unwrap_or_else(|| forms.of("no leaf", &[]))
        })
    }

    /// A condition, as the rows of these sources fulfil it.
    pub fn predicate(&mut self, forms: &mut Forms, predicate: &'a Predicate, read: &Read<'a>) -> Form {
        let mut ids: Vec<&'a str> = Vec::new();
        predicate.leaves(&mut |id| ids.push(id));
        ids.sort_unstable();
        ids.dedup();
        let found: HashMap<&str, Form> =
            ids.into_iter().map(|id| (id, self.dimension(forms, id, read))).collect();
        scalar(forms, predicate, &mut |forms, id, _| match found.get(id.as_str()) {
            Some(form) => *form,
            None => forms.debug("no dimension", id, &[]),
        })
    }

    /// A dimension, as the rows of these sources have it.
    pub fn dimension(&mut self, forms: &mut Forms, id: &'a str, read: &Read<'a>) -> Form {
        let resolved = self.side().resolved;
        if let Some((bands, _)) = self.bands.get(id) {
            return forms.of("banded", &[*bands]);
        }
        if let Some(funnel) = Funnel::of_dimension(id).and_then(|funnel| resolved.funnels.get(funnel)) {
            let funnel = self.funnel(forms, funnel);
            return forms.of("step of", &[funnel]);
        }
        let mut found = Vec::new();
        for name in read.iter() {
            let Some(source) = self.rows.source(name) else { continue };
            let rows = self.rows.of(forms, source);
            let of: Vec<Form> = self.rows.dimension(forms, source, id).into_iter().collect();
            found.push(forms.of("dimension of", &[&[rows], of.as_slice()].concat()));
        }
        forms.set("dimension", found)
    }

    fn of_bands(&mut self, forms: &mut Forms, bands: &'a Bands, read: &Read<'a>) -> Form {
        let mut parts = vec![self.dimension(forms, &bands.dimension, read)];
        for (id, condition) in &bands.segments {
            let condition: Vec<Form> = condition.iter().map(|number| self.number(forms, number)).collect();
            // The names of bands are members that are sliced by.
            parts.push(forms.debug("band", id, &condition));
        }
        forms.of("bands", &parts)
    }

    /// What a segmentation per dimension means.
    pub fn bands(&self, id: &str) -> Option<Form> {
        self.bands.get(id).map(|(form, _)| *form)
    }

    /// Where the periods of a grain begin.
    pub fn calendar(&self, forms: &mut Forms, grain: Grain) -> Form {
        let settings = &self.side().resolved.settings;
        match grain {
            Grain::Week => forms.debug("weeks", &settings.week_start, &[]),
            Grain::FiscalMonth | Grain::FiscalQuarter | Grain::FiscalYear => {
                forms.debug("fiscal year", &settings.fiscal_year, &[])
            }
            Grain::Hour | Grain::Day | Grain::Month | Grain::Quarter | Grain::Year | Grain::IsoYear => {
                forms.of("calendar", &[])
            }
        }
    }

    /// The sources whose rows a number reads.
    pub fn read(&self, number: &'a Number) -> Read<'a> {
        let mut found = BTreeSet::new();
        self.read_into(number, &mut found);
        Rc::new(found)
    }

    fn read_into(&self, number: &'a Number, found: &mut BTreeSet<&'a str>) {
        let resolved = self.side().resolved;
        let mut leaves: Vec<&'a NumberLeaf> = Vec::new();
        number.leaves(&mut |leaf| leaves.push(leaf));
        for leaf in leaves {
            match leaf {
                NumberLeaf::Kpi(id) | NumberLeaf::Attainment(id) => {
                    found.extend(self.kpis.get(id.as_str()).iter().flat_map(|(_, read)| read.iter()));
                }
                NumberLeaf::Measure(id) => found.extend(resolved.measures.get(id).map(|m| m.source.as_str())),
                NumberLeaf::Stock(id, _) => found.extend(resolved.stocks.get(id).map(|s| s.source.as_str())),
                NumberLeaf::TimeShare(share) => share.condition.leaves(&mut |existing| {
                    found.extend(resolved.stocks.get(&existing.stock).map(|stock| stock.source.as_str()));
                }),
                NumberLeaf::Entrants(entrants) => {
                    let cohort = resolved.cohorts.get(&entrants.cohort);
                    found.extend(cohort.map(|cohort| cohort.source.as_str()));
                    found.extend(resolved.measures.get(&entrants.measure).map(|m| m.source.as_str()));
                }
                NumberLeaf::Step(funnel, _)
                | NumberLeaf::EachStep(funnel, _)
                | NumberLeaf::StepTime(StepTime { funnel, .. }) => {
                    let funnel = resolved.funnels.get(funnel).into_iter();
                    found.extend(funnel.flat_map(|f| f.steps.iter().map(|step| step.source.as_str())));
                }
                NumberLeaf::Restrict(..)
                | NumberLeaf::Total(..)
                | NumberLeaf::Previous(..)
                | NumberLeaf::Window(..)
                | NumberLeaf::OverPeriods(_)
                | NumberLeaf::PerMember(_)
                | NumberLeaf::Versions(_)
                | NumberLeaf::Rank(..) => {
                    leaf.inner().into_iter().for_each(|number| self.read_into(number, found));
                }
            }
        }
    }
}

fn one(source: Option<&str>) -> Read<'_> {
    Rc::new(source.into_iter().collect())
}

fn conditions(bands: &Bands) -> impl Iterator<Item = &Number> {
    bands.segments.iter().filter_map(|(_, condition)| condition.as_ref())
}

/// A condition by the names of its dimensions.
pub fn named_predicate(forms: &mut Forms, predicate: &Predicate) -> Form {
    scalar(forms, predicate, &mut |forms, id, _| forms.debug("named dimension", id, &[]))
}

/// The KPIs that a number names, and the dimensions of its conditions.
pub fn named<'a>(number: &'a Number, kpi: &mut impl FnMut(&'a str), dimensions: &mut Vec<&'a str>) {
    let mut leaves: Vec<&'a NumberLeaf> = Vec::new();
    number.leaves(&mut |leaf| leaves.push(leaf));
    for leaf in leaves {
        match leaf {
            NumberLeaf::Kpi(id) | NumberLeaf::Attainment(id) => kpi(id),
            NumberLeaf::Restrict(_, predicate) => predicate.leaves(&mut |id| dimensions.push(id)),
            NumberLeaf::Total(_, ids) => dimensions.extend(ids.iter().map(String::as_str)),
            NumberLeaf::PerMember(per) => dimensions.extend(per.dimensions.iter().map(String::as_str)),
            NumberLeaf::TimeShare(share) => share.condition.leaves(&mut |existing| {
                existing.restricted.iter().for_each(|p| p.leaves(&mut |id| dimensions.push(id)));
            }),
            NumberLeaf::Entrants(entrants) => {
                entrants.restricted.iter().for_each(|p| p.leaves(&mut |id| dimensions.push(id)));
            }
            NumberLeaf::Measure(_)
            | NumberLeaf::Previous(..)
            | NumberLeaf::Window(..)
            | NumberLeaf::OverPeriods(_)
            | NumberLeaf::Stock(..)
            | NumberLeaf::Versions(_)
            | NumberLeaf::Step(..)
            | NumberLeaf::Rank(..)
            | NumberLeaf::EachStep(..)
            | NumberLeaf::StepTime(_) => {}
        }
        leaf.inner().into_iter().for_each(|number| named(number, kpi, dimensions));
    }
}
