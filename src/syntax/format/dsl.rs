//! The file in the language's own spelling.

use super::expression::Level;
use super::parts::{self, Part};
use super::phrase::Phrase;
use super::words;
use crate::syntax::ast::{
    Cohort, Column, Comments, Dimension, Experiment, File, Funnel, Header, Item, Join, Kpi, Measure, Over,
    Param, Property, Segment, Segmentation, Source,
};

/// Prints a file: one property a line, two spaces, items apart by a blank line.
pub fn dsl(file: &File) -> String {
    let mut out = String::new();
    let mut before: Option<Node> = None;
    for item in &file.items {
        let node = Node::of_item(item);
        if before.as_ref().is_some_and(|before| !node.may_follow(before)) {
            out.push('\n');
        }
        node.print(0, &mut out);
        before = Some(node);
    }
    if before.is_some() && !file.trailing.above.is_empty() {
        out.push('\n');
    }
    let Comments { above, behind, inside_end } = &file.trailing;
    comments(above.iter().chain(behind).chain(inside_end), 0, &mut out);
    out
}

/// An item or property, ready to print.
struct Node<'a> {
    keyword: &'static str,
    /// Everything between keyword and block.
    phrase: Phrase<'a>,
    doc: Option<&'a str>,
    comments: &'a Comments,
    block: Vec<Node<'a>>,
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
        }
    }

    fn new(keyword: &'static str, header: &'a Header, phrase: Phrase<'a>) -> Self {
        let label = header.label.as_ref().map(|label| words::label(label));
        let start = Phrase::of(words::name(&header.name)).maybe(label);
        Node::headed(keyword, header, start.then(phrase))
    }

    fn headed(keyword: &'static str, header: &'a Header, phrase: Phrase<'a>) -> Self {
        let doc = header.doc.as_ref().map(|doc| doc.value.as_str());
        Node { keyword, phrase, doc, comments: &header.comments, block: Vec::new() }
    }

    fn property(comments: &'a Comments, (keyword, value): Part<'a>) -> Self {
        Node { keyword, phrase: value.phrase(), doc: None, comments, block: Vec::new() }
    }

    fn with(mut self, block: impl IntoIterator<Item = Node<'a>>) -> Self {
        self.block.extend(block);
        self
    }

    fn has_block(&self) -> bool {
        !self.block.is_empty() || !self.comments.inside_end.is_empty()
    }

    /// Whether it needs no blank line above: lines of one kind may form a list.
    fn may_follow(&self, before: &Node) -> bool {
        let remarks = self.doc.is_some() || !self.comments.above.is_empty();
        self.keyword == before.keyword && !remarks && !self.has_block() && !before.has_block()
    }

    fn print(&self, indent: usize, out: &mut String) {
        comments(&self.comments.above, indent, out);
        if indent == 0 && self.doc.is_some() && !self.comments.above.is_empty() {
            out.push('\n');
        }
        for line in self.doc.iter().flat_map(|doc| doc.split('\n')) {
            remark("##", line, indent, out);
        }
        self.line(indent, out);
        if self.has_block() {
            for child in &self.block {
                child.print(indent + 2, out);
            }
            comments(&self.comments.inside_end, indent + 2, out);
            pad(indent, out);
            out.push_str("}\n");
        }
    }

    fn line(&self, indent: usize, out: &mut String) {
        let before = indent + self.keyword.len() + 1;
        let after = if self.has_block() { " {" } else { "" };
        let text = self.phrase.text(indent, before + after.len());
        let space = if text.is_empty() { "" } else { " " };
        let line = format!("{}{space}{text}{after}", self.keyword);
        let (first, rest) = line.split_at(line.find('\n').unwrap_or(line.len()));
        pad(indent, out);
        out.push_str(first);
        if let Some(behind) = &self.comments.behind {
            remark(" #", behind, 0, out);
            out.push_str(rest.strip_prefix('\n').unwrap_or(rest));
        } else {
            out.push_str(rest);
        }
        if !out.ends_with('\n') {
            out.push('\n');
        }
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
    Node::new("source", &source.header, Phrase::new()).with(block)
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
    Node::new("column", &column.header, phrase.maybe_expr("=", column.value.as_ref(), Level::Or))
}

fn dimension(dimension: &Dimension) -> Node<'_> {
    let phrase = Phrase::new().maybe_expr("=", dimension.value.as_ref(), Level::Or);
    Node::new("dimension", &dimension.header, phrase)
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
    Node::new("segmentation", &item.header, phrase).with(item.segments.iter().map(segment))
}

fn kpi(kpi: &Kpi) -> Node<'_> {
    let phrase = Phrase::new().maybe_expr("=", kpi.value.as_ref(), Level::Where);
    let properties = kpi.properties.iter().map(|p| Node::property(&p.comments, parts::property(&p.value)));
    Node::new("kpi", &kpi.header, phrase).with(properties)
}

fn tool<'a>(keyword: &'static str, header: &'a Header, over: &'a Over) -> Node<'a> {
    Node::new(keyword, header, parts::over(over))
}

fn funnel(funnel: &Funnel) -> Node<'_> {
    let steps = funnel.steps.iter().map(|step| Node::new("step", &step.header, parts::step(step)));
    tool("funnel", &funnel.header, &funnel.over).with(steps)
}

fn experiment(item: &Experiment) -> Node<'_> {
    let control = item.control.as_ref().map(|p| plain("control", p, |c| Phrase::of(words::text(c))));
    tool("experiment", &item.header, &item.over).with(control)
}
