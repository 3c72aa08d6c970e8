//! The file in the language's own spelling.

use super::expression::Level;
use super::parts::{self, Part};
use super::phrase::Phrase;
use super::{unit_test, words};
use crate::syntax::ast::{
    Assertion, Cells, Cohort, Column, Comments, Dimension, Experiment, File, Funnel, Header, Item, Join, Kpi,
    KpiProperty, Measure, Over, Param, Property, Segment, Segmentation, Source, TargetPlace, Test,
};

/// Prints a file: one property a line, two spaces, items apart by a blank line.
pub fn dsl(file: &File) -> String {
    let mut out = String::new();
    lines(&file.head, &mut out);
    let mut before: Option<Node> = None;
    for item in &file.items {
        let node = Node::of_item(item);
        let apart = before.as_ref().map_or(!out.is_empty(), |before| !node.may_follow(before));
        if apart {
            out.push('\n');
        }
        node.print(0, &mut out);
        before = Some(node);
    }
    let mut trailing = String::new();
    lines(&file.trailing, &mut trailing);
    if !out.is_empty() && !trailing.is_empty() {
        out.push('\n');
    }
    out + &trailing
}

/// Comments that belong to no item.
fn lines(remarks: &Comments, out: &mut String) {
    let Comments { above, behind, inside_end } = remarks;
    comments(above.iter().chain(behind).chain(inside_end), 0, out);
}

/// A property of a KPI on one line: its keyword and the rest.
pub fn property(property: &KpiProperty) -> String {
    let (keyword, value) = parts::property(property);
    let rest = value.phrase().text(0, 0);
    if rest.is_empty() { keyword.to_owned() } else { format!("{keyword} {rest}") }
}

/// A join's source, columns and pick on one line, without its name.
pub fn lookup(join: &Join) -> String {
    parts::join(join).text(0, 0)
}

/// An item or property, ready to print.
struct Node<'a> {
    keyword: &'static str,
    /// Everything between keyword and block.
    phrase: Phrase<'a>,
    doc: Option<&'a str>,
    comments: &'a Comments,
    block: Vec<Node<'a>>,
    braces: Braces,
    /// What stands on lines of its own below, without braces.
    rows: Vec<Node<'a>>,
}

/// Whether the grammar has a block behind a phrase.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Braces {
    Never,
    Optional,
    /// Even if nothing stands in it.
    Always,
}

impl<'a> Node<'a> {
    fn of_item(item: &'a Item) -> Self {
        match item {
            Item::Param(item) => param(item),
            Item::Source(item) => source(item),
            Item::Segment(item) => segment(item),
            Item::Segmentation(item) => segmentation(item),
            Item::Kpi(item) => kpi(item),
            Item::Funnel(item) => funnel(item),
            Item::Cohort(Cohort { header, over }) => tool("cohort", header, over),
            Item::Attribution(item) => tool("attribution", &item.header, &item.over),
            Item::Experiment(item) => experiment(item),
            Item::Test(item) => test(item),
            Item::Targets(item) => {
                let from = match &item.from {
                    TargetPlace::File(path) => format!("from {}", words::text(&path.value)),
                    TargetPlace::Table(parts) => format!("from table {}", words::table(&parts.value)),
                };
                Node::new("targets", &item.header, Phrase::of(from))
            }
            Item::Objective(item) => block("objective", &item.header, parts::objective(item)),
            Item::Dashboard(item) => block("dashboard", &item.header, parts::dashboard(item)),
            Item::Event(item) => Node::new("event", &item.header, parts::event(item)),
            Item::Assertion(item) => assertion(item),
        }
    }

    fn new(keyword: &'static str, header: &'a Header, phrase: Phrase<'a>) -> Self {
        let label = header.label.as_ref().map(|label| words::label(label));
        let start = Phrase::of(words::name(&header.name)).maybe(label);
        Node::headed(keyword, header, start.then(phrase))
    }

    fn headed(keyword: &'static str, header: &'a Header, phrase: Phrase<'a>) -> Self {
        let doc = header.doc.as_ref().map(|doc| doc.value.as_str());
        Node {
            keyword,
            phrase,
            doc,
            comments: &header.comments,
            block: Vec::new(),
            braces: Braces::Never,
            rows: Vec::new(),
        }
    }

    fn property(comments: &'a Comments, (keyword, value): Part<'a>) -> Self {
        Node {
            keyword,
            phrase: value.phrase(),
            doc: None,
            comments,
            block: Vec::new(),
            braces: Braces::Never,
            rows: Vec::new(),
        }
    }

    fn with(self, block: impl IntoIterator<Item = Node<'a>>) -> Self {
        Node { block: block.into_iter().collect(), braces: Braces::Optional, ..self }
    }

    fn always_with(self, block: impl IntoIterator<Item = Node<'a>>) -> Self {
        Node { braces: Braces::Always, ..self.with(block) }
    }

    fn has_block(&self) -> bool {
        self.braces != Braces::Never && (!self.block.is_empty() || !self.comments.inside_end.is_empty())
    }

    /// What stands above it: its comments, with those that would stand inside of its text.
    fn above(&self, is_broken: bool) -> Vec<&'a String> {
        let Comments { above, behind, inside_end } = self.comments;
        let behind = behind.as_ref().filter(|_| is_broken);
        let inside = inside_end.iter().filter(|_| self.braces == Braces::Never);
        above.iter().chain(behind).chain(inside).collect()
    }

    /// Whether it needs no blank line above: lines of one kind may form a list.
    fn may_follow(&self, before: &Node) -> bool {
        let moves = self.comments.behind.is_some() && self.head(0).contains('\n');
        let remarks = self.doc.is_some() || !self.above(moves).is_empty();
        self.keyword == before.keyword && !remarks && !self.has_block() && !before.has_block()
    }

    fn print(&self, indent: usize, out: &mut String) {
        let head = self.head(indent);
        let is_broken = head.contains('\n');
        let above = self.above(is_broken);
        let is_apart = indent == 0 && self.doc.is_some() && !above.is_empty();
        comments(above, indent, out);
        if is_apart {
            out.push('\n');
        }
        for line in self.doc.iter().flat_map(|doc| doc.split('\n')) {
            remark("##", line, indent, out);
        }
        pad(indent, out);
        out.push_str(&head);
        match self.comments.behind.as_ref().filter(|_| !is_broken) {
            Some(behind) => remark(" #", behind, 0, out),
            None => out.push('\n'),
        }
        for row in &self.rows {
            row.print(indent + 2, out);
        }
        if self.has_block() {
            for child in &self.block {
                child.print(indent + 2, out);
            }
            comments(&self.comments.inside_end, indent + 2, out);
            pad(indent, out);
            out.push_str("}\n");
        }
    }

    /// Everything up to its block.
    fn head(&self, indent: usize) -> String {
        let before = indent + self.keyword.len() + 1;
        let after = match self.braces {
            Braces::Never => "",
            _ if self.has_block() => " {",
            Braces::Optional => "",
            Braces::Always => " {}",
        };
        let text = self.phrase.text(indent, before + after.len());
        let space = if text.is_empty() || self.keyword.is_empty() { "" } else { " " };
        format!("{}{space}{text}{after}", self.keyword)
    }
}

fn pad(indent: usize, out: &mut String) {
    out.extend(std::iter::repeat_n(' ', indent));
}

fn comments<'a>(lines: impl IntoIterator<Item = &'a String>, indent: usize, out: &mut String) {
    for line in lines {
        remark("#", line, indent, out);
    }
}

/// A comment or doc line behind its sign.
fn remark(sign: &str, text: &str, indent: usize, out: &mut String) {
    pad(indent, out);
    out.push_str(sign);
    if !text.is_empty() {
        out.push(' ');
        out.push_str(text);
    }
    out.push('\n');
}

fn param(param: &Param) -> Node<'_> {
    let label = param.header.label.as_ref().map(|label| words::label(label));
    let phrase = Phrase::of(words::name(&param.header.name)).words("=").expr(&param.value, Level::Or);
    Node::headed("param", &param.header, phrase.maybe(label))
}

/// Properties stand in one order, since the AST keeps them by kind.
fn source(source: &Source) -> Node<'_> {
    let mut block = Vec::new();
    block.extend(source.relation.as_ref().map(|p| Node::property(&p.comments, parts::relation(&p.value))));
    block.extend(source.key.as_ref().map(|p| plain("key", p, |key| Phrase::of(words::names(key)))));
    block.extend(source.times.iter().map(|p| plain("time", p, parts::time)));
    block.extend(source.active.as_ref().map(|p| plain("active", p, parts::interval)));
    block.extend(source.snapshot.as_ref().map(|p| plain("snapshot", p, parts::snapshot)));
    block.extend(source.valid.as_ref().map(|p| plain("valid", p, parts::interval)));
    block.extend(source.since.as_ref().map(|p| plain("since", p, |s| Phrase::of(words::period(s.value)))));
    block.extend(
        source.rows.as_ref().map(|p| plain("rows", p, |rows| Phrase::of("where").expr(rows, Level::Or))),
    );
    block.extend(source.joins.iter().map(join));
    block.extend(source.columns.iter().map(column));
    block.extend(source.dimensions.iter().map(dimension));
    block.extend(source.stocks.iter().map(|stock| measure("stock", stock)));
    block.extend(source.measures.iter().map(|item| measure("measure", item)));
    block.extend(allows(&source.header));
    Node::new("source", &source.header, Phrase::new()).always_with(block)
}

fn plain<'a, T>(
    keyword: &'static str,
    property: &'a Property<T>,
    phrase: impl Fn(&'a T) -> Phrase<'a>,
) -> Node<'a> {
    Node {
        keyword,
        phrase: phrase(&property.value),
        doc: None,
        comments: &property.comments,
        block: Vec::new(),
        braces: Braces::Never,
        rows: Vec::new(),
    }
}

fn join(join: &Join) -> Node<'_> {
    let label = join.header.label.as_ref().map(|label| format!(" {}", words::label(label)));
    let start = format!("{}{}:", words::name(&join.header.name), label.unwrap_or_default());
    Node::headed("join", &join.header, Phrase::of(start).then(parts::join(join)))
}

fn column(column: &Column) -> Node<'_> {
    let tail = parts::column(column);
    let colon = column.ty.as_ref().map(|_| ":".to_owned());
    let phrase = Phrase::new().maybe(colon).then(tail);
    let phrase = phrase.maybe_expr("=", column.value.as_ref(), Level::Or);
    Node::new("column", &column.header, phrase.maybe(parts::accepted(column.accepted.as_ref())))
}

fn dimension(dimension: &Dimension) -> Node<'_> {
    let phrase = Phrase::new().maybe_expr("=", dimension.value.as_ref(), Level::Or);
    Node::new("dimension", &dimension.header, phrase.maybe(parts::accepted(dimension.accepted.as_ref())))
}

fn measure<'a>(keyword: &'static str, measure: &'a Measure) -> Node<'a> {
    Node::new(keyword, &measure.header, Phrase::of("=").then(parts::measure(measure)))
}

fn segment(segment: &Segment) -> Node<'_> {
    let phrase = match &segment.predicate {
        Some(predicate) => Phrase::of("where").expr(predicate, Level::Or),
        None => Phrase::of("else"),
    };
    Node::new("segment", &segment.header, phrase)
}

fn segmentation(item: &Segmentation) -> Node<'_> {
    let phrase = Phrase::new().maybe_path("per", item.per.as_ref());
    let parts = item.segments.iter().map(segment).chain(allows(&item.header));
    Node::new("segmentation", &item.header, phrase).always_with(parts)
}

fn kpi(kpi: &Kpi) -> Node<'_> {
    let phrase = Phrase::new().maybe_expr("=", kpi.value.as_ref(), Level::Where);
    let properties = kpi.properties.iter().map(|p| Node::property(&p.comments, parts::property(&p.value)));
    Node::new("kpi", &kpi.header, phrase).with(properties.chain(allows(&kpi.header)))
}

/// The lints that a definition silences; they stand at the end of its block.
fn allows(header: &Header) -> impl Iterator<Item = Node<'_>> {
    header.allows.iter().map(|p| plain("allow", p, parts::allow))
}

fn tool<'a>(keyword: &'static str, header: &'a Header, over: &'a Over) -> Node<'a> {
    Node::new(keyword, header, parts::over(over))
}

fn funnel(funnel: &Funnel) -> Node<'_> {
    let steps = funnel.steps.iter().map(|step| Node::new("step", &step.header, parts::step(step)));
    tool("funnel", &funnel.header, &funnel.over).always_with(steps.chain(allows(&funnel.header)))
}

fn experiment(item: &Experiment) -> Node<'_> {
    let control = item.control.as_ref().map(|p| plain("control", p, |c| Phrase::of(words::text(c))));
    tool("experiment", &item.header, &item.over).with(control.into_iter().chain(allows(&item.header)))
}

fn test(test: &Test) -> Node<'_> {
    let given = test.given.iter().map(|p| rows(plain("given", p, unit_test::given), &p.value.table));
    let when = test.when.iter().map(|p| plain("when", p, unit_test::when));
    let then = test.then.iter().map(|p| rows(plain("then", p, unit_test::then), &p.value.table));
    let invariants = test.invariants.iter().map(|p| plain("invariants", p, |()| Phrase::new()));
    let block: Vec<Node<'_>> = given.chain(when).chain(then).chain(invariants).collect();
    Node::new("test", &test.header, Phrase::new()).always_with(block)
}

fn rows<'a>(head: Node<'a>, table: &'a Cells) -> Node<'a> {
    let rows = table.rows.iter().map(|row| plain("", row, |cells| unit_test::row(cells)));
    Node { rows: rows.collect(), ..head }
}

fn block<'a>(
    keyword: &'static str,
    header: &'a Header,
    properties: Vec<(&'a Comments, Part<'a>)>,
) -> Node<'a> {
    let properties = properties.into_iter().map(|(comments, part)| Node::property(comments, part));
    Node::new(keyword, header, Phrase::new()).always_with(properties.chain(allows(header)))
}

fn assertion(item: &Assertion) -> Node<'_> {
    let condition = Phrase::of("=").expr(&item.condition, Level::Or);
    Node::new("assert", &item.header, condition).with(allows(&item.header))
}
