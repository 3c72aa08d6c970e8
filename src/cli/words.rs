//! A KPI in words: what it is, whose it is, and what it is computed from.

use std::fmt::Write;

use kpic::resolve::resolved::{Kpi, Resolved};
use kpic::source::{Sources, Span};
use kpic::syntax::ast::{self, Better, Header, KpiProperty, Path};
use kpic::syntax::format;

use super::beneath;
use super::goals;
use super::output::line;
use super::project::Project;
use super::purpose;

/// What is known of a KPI, as text that ends with a line ending.
pub fn kpi(kpi: &Kpi, resolved: &Resolved, project: &Project, sources: &Sources) -> String {
    let mut page = Page::new(sources);
    page.title(&kpi.definition.header);
    page.properties(kpi);
    purpose::beside(&mut page, kpi, resolved);
    page.place(kpi.span);
    if !kpi.unbound.is_empty() {
        let needs: Vec<_> = kpi.unbound.iter().map(|need| need.words(line)).collect();
        page.row("not available", &format!("needs {}", needs.join(", and ")));
    }
    page.out + &beneath::of(kpi, resolved, project)
}

/// A page in the making.
pub struct Page<'a> {
    sources: &'a Sources,
    pub out: String,
}

impl<'a> Page<'a> {
    pub fn new(sources: &'a Sources) -> Self {
        Page { sources, out: String::new() }
    }

    fn say(&mut self, indent: usize, text: &str) {
        writeln!(self.out, "{:indent$}{text}", "").expect("writing to a String does not fail");
    }

    pub fn row(&mut self, name: &str, text: &str) {
        self.say(2, &format!("{name:<15} {text}"));
    }

    /// Where a definition stands.
    pub fn place(&mut self, span: Span) {
        let place = self.sources.get(span.file);
        let at = place.position(span.start as usize);
        self.row("defined at", &format!("{}:{}:{}", line(&place.path), at.line, at.column));
    }

    /// Name, label and description.
    pub fn title(&mut self, header: &Header) {
        let label = header.label.as_ref().map(|l| format!(": {}", line(l))).unwrap_or_default();
        self.say(0, &format!("{}{label}", line(&header.name)));
        if let Some(doc) = &header.doc {
            self.say(0, "");
            for text in doc.value.lines() {
                self.say(2, &line(text));
            }
        }
        self.say(0, "");
    }

    fn properties(&mut self, kpi: &Kpi) {
        match &kpi.definition.value {
            Some(formula) => self.row("formula", &spelt(formula)),
            None => self.row("formula", &format!("the measure {}", line(&kpi.id))),
        }
        self.versions(kpi);
        if let Some(name) = &kpi.unit {
            self.row("unit", &name.word());
        }
        for property in &kpi.definition.properties {
            self.property(&property.value);
        }
        self.goals(kpi);
    }

    /// What it should reach, and how far off is too far.
    fn goals(&mut self, kpi: &Kpi) {
        for target in &kpi.goals.targets {
            self.row("target", &goals::target(kpi, target));
        }
        if let Some(status) = goals::status(kpi) {
            self.row("status", &status);
        }
    }

    /// What it was, the last change first.
    fn versions(&mut self, kpi: &Kpi) {
        for earlier in kpi.earlier.iter().rev() {
            self.row("earlier", &version(earlier));
            for text in earlier.header.doc.iter().flat_map(|doc| doc.value.lines()) {
                self.row("", &line(text));
            }
        }
    }

    fn property(&mut self, property: &KpiProperty) {
        match property {
            // Said elsewhere.
            KpiProperty::Unit(_) | KpiProperty::Target(_) | KpiProperty::Status(_) => {}
            KpiProperty::Better(better) => self.row(
                "better",
                match better.value {
                    Better::Higher => "when higher",
                    Better::Lower => "when lower",
                    Better::Range => "inside a range",
                },
            ),
            KpiProperty::Label { language, text } => {
                self.row(&format!("label {}", line(language)), &line(text));
            }
            KpiProperty::Alias(list) => self.row("also called", &names(list.iter().map(|n| &n.value))),
            KpiProperty::By(list) => self.row("by", &names(list.iter().map(path))),
            KpiProperty::Segments(list) => self.row("segments", &names(list.iter().map(|n| &n.value))),
            KpiProperty::Grain(list) => {
                self.row("grains", &names(list.iter().map(|g| g.value.word())));
            }
            KpiProperty::Owner(text) => self.row("owner", &line(text)),
            KpiProperty::Objective(name) => self.row("objective", &line(name)),
            KpiProperty::Stage(name) => self.row("stage", &line(name)),
            KpiProperty::Action(text) => self.row("action", &line(text)),
            KpiProperty::Interpretation(text) => self.row("interpretation", &line(text)),
            KpiProperty::Tags(list) => self.row("tags", &names(list.iter().map(|n| &n.value))),
            KpiProperty::Drivers(list) => self.row("drivers", &names(list.iter().map(|n| &n.value))),
            KpiProperty::PairWith(list) => self.row("pair with", &names(list.iter().map(|n| &n.value))),
            KpiProperty::LeadsTo(list) => self.row("leads to", &names(list.iter().map(|n| &n.value))),
            KpiProperty::Prefer(list) => self.row("prefer", &names(list.iter().map(|n| &n.value))),
            KpiProperty::Vanity => self.row("vanity", "looks good whatever happens"),
            KpiProperty::Version(text) => self.row("version", &line(text)),
            // The language says these best itself.
            KpiProperty::Settled(_)
            | KpiProperty::Empty(_)
            | KpiProperty::Format(_)
            | KpiProperty::Benchmark(_)
            | KpiProperty::Effective { .. } => self.quoted(property),
        }
    }

    /// A property in the language's words: its keyword, then the rest.
    fn quoted(&mut self, property: &KpiProperty) {
        let text = line(&format::property(property));
        let (word, rest) = text.split_once(' ').unwrap_or((&text, ""));
        self.row(word, rest);
    }
}

/// A version in the language's words: its formula, its time, its name.
pub fn version(def: &ast::Kpi) -> String {
    let formula = match &def.value {
        Some(formula) => spelt(formula),
        None => format!("the measure {}", line(&def.header.name)),
    };
    let more = def.properties.iter().map(|property| line(&format::property(&property.value)));
    std::iter::once(formula).chain(more).collect::<Vec<_>>().join(", ")
}

/// A formula in the language's words, on one line, however a file spells it.
pub fn spelt(expr: &ast::Expr) -> String {
    line(&format::expression(expr))
}

pub fn path(path: &Path) -> String {
    match &path.qualifier {
        Some(qualifier) => format!("{}.{}", qualifier.value, path.name.value),
        None => path.name.value.clone(),
    }
}

pub fn names(list: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    list.into_iter().map(|name| line(name.as_ref())).collect::<Vec<_>>().join(", ")
}
