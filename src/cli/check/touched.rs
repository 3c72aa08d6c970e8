//! Which definitions differ between two readings of a project, and which depend on them.
//!
//! A definition depends on every name that stands in its text and means a definition. That may be
//! one too many (a word of a label), and is never one too few.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};

use kpic::source::{FileId, Sources, Span};
use kpic::syntax::ast::{Column, Dimension, File, Header, Item, Join, Measure, Relation, Source};
use kpic::syntax::sheet;

/// A definition of a project: an item, or a part of a source.
#[derive(Debug)]
pub struct Definition {
    pub span: Span,
    key: Key,
    what: What,
    /// Files that it names.
    named: Vec<PathBuf>,
    /// Where the names stand that it depends on.
    reads: Vec<Span>,
}

/// What makes two readings of a definition the same one.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Key {
    kind: Kind,
    /// The source that it is a part of.
    of: Option<String>,
    name: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Kind {
    /// A source's relation, key, times and rows.
    Head,
    Column,
    Dimension,
    Join,
    Measure,
    Stock,
    Kpi,
    /// Any other item, by its place among the kinds of items.
    Item(std::mem::Discriminant<Item>),
}

/// What it says, whatever its layout and comments.
#[derive(Debug, Clone, PartialEq)]
enum What {
    Item(Box<Item>),
    Head(Box<Source>),
    Column(Box<Column>),
    Dimension(Box<Dimension>),
    Join(Box<Join>),
    Measure(Box<Measure>),
}

/// Every definition of a file.
pub fn definitions(file: File) -> Vec<Definition> {
    let mut all = Vec::new();
    for item in file.items {
        match item {
            Item::Source(source) => of_source(&source, &mut all),
            other => {
                let kind = match &other {
                    Item::Kpi(_) => Kind::Kpi,
                    _ => Kind::Item(std::mem::discriminant(&other)),
                };
                let named = match &other {
                    Item::Targets(targets) => vec![PathBuf::from(sheet::file(&targets.from))],
                    _ => Vec::new(),
                };
                let span = other.header().span;
                let key = Key { kind, of: None, name: other.header().name.value.clone() };
                all.push(Definition {
                    span,
                    key,
                    what: What::Item(Box::new(other)),
                    named,
                    reads: vec![span],
                });
            }
        }
    }
    all
}

fn of_source(source: &Source, all: &mut Vec<Definition>) {
    let name = &source.header.name.value;
    let mut part = |kind, header: &Header, what| {
        let key = Key { kind, of: Some(name.clone()), name: header.name.value.clone() };
        all.push(Definition { span: header.span, key, what, named: Vec::new(), reads: vec![header.span] });
    };
    for column in &source.columns {
        part(Kind::Column, &column.header, What::Column(Box::new(column.clone())));
    }
    for dimension in &source.dimensions {
        part(Kind::Dimension, &dimension.header, What::Dimension(Box::new(dimension.clone())));
    }
    for join in &source.joins {
        part(Kind::Join, &join.header, What::Join(Box::new(join.clone())));
    }
    for measure in &source.measures {
        part(Kind::Measure, &measure.header, What::Measure(Box::new(measure.clone())));
    }
    for stock in &source.stocks {
        part(Kind::Stock, &stock.header, What::Measure(Box::new(stock.clone())));
    }
    let named = match source.relation.as_ref().map(|relation| &relation.value) {
        Some(Relation::Sql(path)) => vec![PathBuf::from(&path.value)],
        Some(Relation::Table(_) | Relation::File(_)) | None => Vec::new(),
    };
    let head = Source {
        columns: Vec::new(),
        dimensions: Vec::new(),
        joins: Vec::new(),
        measures: Vec::new(),
        stocks: Vec::new(),
        ..source.clone()
    };
    all.push(Definition {
        span: source.header.span,
        key: Key { kind: Kind::Head, of: Some(name.clone()), name: name.clone() },
        reads: properties(&head),
        what: What::Head(Box::new(head)),
        named,
    });
}

/// Where a source's own properties stand.
fn properties(source: &Source) -> Vec<Span> {
    let mut spans = vec![source.header.name.span];
    spans.extend(source.relation.iter().map(|p| p.span));
    spans.extend(source.key.iter().map(|p| p.span));
    spans.extend(source.times.iter().map(|p| p.span));
    spans.extend(source.active.iter().map(|p| p.span));
    spans.extend(source.snapshot.iter().map(|p| p.span));
    spans.extend(source.valid.iter().map(|p| p.span));
    spans.extend(source.since.iter().map(|p| p.span));
    spans.extend(source.rows.iter().map(|p| p.span));
    spans
}

/// Definitions that differ, and those that depend on them.
#[derive(Debug, Default)]
pub struct Touched {
    /// By their places among the definitions of now.
    pub all: HashSet<usize>,
    /// How many of them differ themselves.
    pub differ: usize,
}

/// What files said before and say now, where the two are not the same text; all definitions of
/// now; and the other files that have changed, with all words in them.
#[derive(Debug)]
pub struct Compared<'a> {
    pub before: &'a [Definition],
    pub now: &'a [Definition],
    /// Files of definitions that have changed.
    pub files: &'a HashSet<FileId>,
    /// Queries and sheets that have changed.
    pub others: &'a HashSet<PathBuf>,
    /// The names in changed sheets.
    pub planned: &'a HashSet<String>,
    pub sources: &'a Sources,
}

/// Finds out what is touched.
pub fn touched(compared: &Compared<'_>) -> Touched {
    let mut spread = Spread::new(compared.now, compared.sources);
    spread.listed = compared.before.iter().chain(compared.now).filter_map(listed).collect();
    let mut before: HashMap<&Key, Vec<&What>> = HashMap::new();
    for definition in compared.before {
        before.entry(&definition.key).or_default().push(&definition.what);
    }
    for (at, definition) in compared.now.iter().enumerate() {
        let same = before.get_mut(&definition.key).and_then(|all| {
            all.iter().position(|what| **what == definition.what).map(|found| all.swap_remove(found))
        });
        let is_planned = definition.key.kind == Kind::Kpi && compared.planned.contains(&definition.key.name);
        let names_other = definition.named.iter().any(|path| compared.others.contains(&plain(path)));
        let differs = compared.files.contains(&definition.span.file) && same.is_none();
        if differs || is_planned || names_other {
            spread.reach(at);
        }
    }
    let differ = spread.reached.len();
    // What is gone is missed by those that name it.
    let gone = before.iter().filter(|(_, left)| !left.is_empty()).map(|(key, _)| *key);
    gone.for_each(|key| spread.named(key));
    spread.follow();
    Touched { all: spread.reached, differ }
}

/// What has a list of accepted values, by its name.
fn listed(definition: &Definition) -> Option<&str> {
    let accepted = match &definition.what {
        What::Column(column) => &column.accepted,
        What::Dimension(dimension) => &dimension.accepted,
        What::Item(_) | What::Head(_) | What::Join(_) | What::Measure(_) => return None,
    };
    accepted.as_ref().map(|_| definition.key.name.as_str())
}

/// Without `.` parts, as files are listed.
fn plain(path: &Path) -> PathBuf {
    path.components().filter(|part| *part != std::path::Component::CurDir).collect()
}

/// How a change spreads from definition to definition.
struct Spread<'a> {
    now: &'a [Definition],
    /// Who has a word in its text, in order.
    words: HashMap<&'a str, Vec<usize>>,
    /// The parts of each source.
    parts: HashMap<&'a str, Vec<usize>>,
    /// The sources whose columns may be named in those of a source, itself among them.
    sees: HashMap<&'a str, BTreeSet<&'a str>>,
    /// Dimensions whose values a list says, which holds for all sources.
    listed: HashSet<&'a str>,
    reached: HashSet<usize>,
    next: Vec<usize>,
}

impl<'a> Spread<'a> {
    fn new(now: &'a [Definition], sources: &'a Sources) -> Spread<'a> {
        let mut spread = Spread {
            now,
            words: HashMap::new(),
            parts: HashMap::new(),
            sees: HashMap::new(),
            listed: HashSet::new(),
            reached: HashSet::new(),
            next: Vec::new(),
        };
        let mut joins: HashMap<&str, Vec<&str>> = HashMap::new();
        for (at, definition) in now.iter().enumerate() {
            for word in definition.reads.iter().flat_map(|span| words(sources.text(*span))) {
                let who = spread.words.entry(word).or_default();
                if who.last() != Some(&at) {
                    who.push(at);
                }
            }
            if let Some(source) = &definition.key.of {
                spread.parts.entry(source).or_default().push(at);
                let targets = joins.entry(source).or_default();
                if let What::Join(join) = &definition.what {
                    targets.push(&join.source.value);
                }
            }
        }
        for source in joins.keys().copied() {
            let mut seen = BTreeSet::from([source]);
            let mut next = vec![source];
            while let Some(at) = next.pop() {
                let targets = joins.get(at).into_iter().flatten().copied();
                next.extend(targets.filter(|target| seen.insert(target)));
            }
            spread.sees.insert(source, seen);
        }
        spread
    }

    fn reach(&mut self, at: usize) {
        if self.reached.insert(at) {
            self.next.push(at);
        }
    }

    fn follow(&mut self) {
        while let Some(at) = self.next.pop() {
            self.named(&self.now[at].key);
        }
    }

    /// Reaches those that name what has this key.
    fn named(&mut self, key: &Key) {
        let who = self.words.get(key.name.as_str()).cloned().unwrap_or_default();
        let who = who.into_iter().filter(|at| self.depends(*at, key));
        let who: Vec<usize> = match key.kind {
            Kind::Head => {
                let parts = key.of.as_deref().and_then(|source| self.parts.get(source));
                who.chain(parts.into_iter().flatten().copied()).collect()
            }
            _ => who.collect(),
        };
        who.into_iter().for_each(|at| self.reach(at));
    }

    /// Whether a definition that has the name of this key in its text can mean it.
    fn depends(&self, at: usize, key: &Key) -> bool {
        let by = &self.now[at].key;
        match (key.kind, by.of.as_deref()) {
            // Columns and joins are known to rows alone.
            (Kind::Column | Kind::Join, Some(source)) => self.is_seen(key, source),
            (Kind::Column | Kind::Join, None) => self.sees.keys().any(|source| {
                self.is_seen(key, source)
                    && self.words.get(source).is_some_and(|who| who.binary_search(&at).is_ok())
            }),
            (Kind::Dimension, Some(source)) => {
                self.is_seen(key, source) || self.listed.contains(key.name.as_str())
            }
            (Kind::Dimension | Kind::Measure | Kind::Stock | Kind::Kpi, None) => true,
            // A part of a source knows no KPI, and a KPI may have the name of its measure.
            (Kind::Measure | Kind::Stock | Kind::Kpi, Some(source)) => {
                key.of.as_deref() == Some(source) && by.kind == key.kind && by.name == key.name
            }
            (Kind::Head | Kind::Item(_), _) => true,
        }
    }

    fn is_seen(&self, key: &Key, from: &str) -> bool {
        let of = key.of.as_deref().unwrap_or_default();
        self.sees.get(from).is_some_and(|seen| seen.contains(of))
    }
}

/// The words of a text: what may be a name.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|word| !word.is_empty())
}
