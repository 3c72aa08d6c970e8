//! The one AST that both spellings give.
//!
//! Shape only: a name is a name, whatever it will turn out to mean. Every node
//! that a message may point at is [`Spanned`]; equality ignores positions and
//! comments, so `dsl(text) == yaml(text)` asks whether two texts say the same.

mod expression;
mod kpi;
mod project;
mod purpose;
mod source;
mod tools;
mod unit_test;

pub use expression::*;
pub use kpi::*;
pub use project::*;
pub use purpose::*;
pub use source::*;
pub use tools::*;
pub use unit_test::*;

use crate::source::{FileId, Span, Spanned};

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
    /// Whose it is. No text says so: whoever reads the file does.
    pub layer: Layer,
}

/// Whose definitions a file holds, those of packs with the id of their text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Layer {
    /// The sources that all packs share, of which a project takes what its packs read.
    Vocabulary(FileId),
    Pack(FileId),
    #[default]
    Own,
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
    /// Lints that it silences.
    pub allows: Vec<Property<Allow>>,
    pub comments: Comments,
    /// The whole definition.
    pub span: Span,
}

/// `allow no_target "measured for information only"`
#[derive(Debug, Clone, PartialEq)]
pub struct Allow {
    /// Its name or code.
    pub lint: Name,
    pub reason: Text,
}

impl PartialEq for Header {
    fn eq(&self, other: &Self) -> bool {
        (&self.name, &self.label, &self.doc, &self.allows)
            == (&other.name, &other.label, &other.doc, &other.allows)
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
    Test(Box<Test>),
    Targets(TargetSheet),
    Objective(Box<Objective>),
    Dashboard(Box<Dashboard>),
    Event(Event),
    Assertion(Assertion),
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
            Item::Test(test) => &test.header,
            Item::Targets(sheet) => &sheet.header,
            Item::Objective(objective) => &objective.header,
            Item::Dashboard(dashboard) => &dashboard.header,
            Item::Event(event) => &event.header,
            Item::Assertion(assertion) => &assertion.header,
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
            Item::Test(test) => &mut test.header,
            Item::Targets(sheet) => &mut sheet.header,
            Item::Objective(objective) => &mut objective.header,
            Item::Dashboard(dashboard) => &mut dashboard.header,
            Item::Event(event) => &mut event.header,
            Item::Assertion(assertion) => &mut assertion.header,
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
