//! Builds the tree from the parser's events, with what they refuse.

use std::collections::HashMap;

use granit_parser::ScanError;

use super::broken::{self, Last};
use super::node::{Entry, ListItem, Map, Node, Origin, Scalar, Style, Value};
use super::recover::Readable;
use super::{Layout, Loaded, MAX_NODES, holds_nul, too_large};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::source::Span;
use crate::syntax::ast::Comments;

/// Maps inside each other down to one definition: the file, a section, the
/// definition. Comments at its end are kept there.
const ITEM_DEPTH: usize = 3;

pub struct Builder<'a, 's> {
    origin: Origin<'a>,
    readable: &'a Readable<'a>,
    sink: &'s mut Sink,
    open: Vec<Frame>,
    root: Option<Node>,
    /// Whole-line comments that wait for what they stand above.
    above: Vec<Above>,
    nodes: usize,
    documents: usize,
    /// What came last, for the words of an error.
    last: Last,
}

struct Above {
    text: String,
    column: usize,
}

/// A collection that is not closed yet.
struct Frame {
    span: Span,
    layout: Layout,
    /// Columns in front of a block's keys or dashes.
    column: usize,
    content: Content,
    /// A part of it was cut short; the rest of it means nothing.
    is_broken: bool,
}

enum Content {
    Map { map: Map, key: Key, known: HashMap<String, Span> },
    List { items: Vec<ListItem>, comments: Comments },
}

/// What a map waits for.
enum Key {
    /// For a key.
    None,
    /// For the value of this key.
    Read(Scalar, Comments),
    /// For the value of a key that was reported.
    Bad,
}

impl<'a, 's> Builder<'a, 's> {
    pub fn new(origin: Origin<'a>, readable: &'a Readable<'a>, sink: &'s mut Sink) -> Self {
        Builder {
            origin,
            readable,
            sink,
            open: Vec::new(),
            root: None,
            above: Vec::new(),
            nodes: 0,
            documents: 0,
            last: Last::Other,
        }
    }

    /// True when the file has more nodes than are read; reported once.
    pub fn is_full(&mut self) -> bool {
        let full = self.nodes >= MAX_NODES;
        if full {
            self.sink.push(too_large(self.origin, format!("more than {MAX_NODES} values and comments")));
        }
        full
    }

    /// A document starts; false for a second one.
    pub fn document(&mut self, span: Span) -> bool {
        self.documents += 1;
        if self.documents > 1 {
            self.refuse(span, "a second document in one file");
        }
        self.documents == 1
    }

    /// Reports a part of YAML that definitions do not use.
    pub fn refuse(&mut self, span: Span, what: &str) {
        self.sink.push(
            Diagnostic::error(Code::YamlFeature, span, format!("{what} is not used in definitions"))
                .because("a definition should read the same wherever one looks at it")
                .help("write the value out where it is used, or quote the text if it is one"),
        );
    }

    pub fn alias(&mut self, span: Span) {
        self.refuse(span, "an alias");
        self.last = Last::Other;
        self.deliver(Node { value: Value::Broken, span });
    }

    /// The text cannot be read as YAML from here on: what is in the making is dropped.
    pub fn broken(&mut self, error: &ScanError) -> Diagnostic {
        let was_value = matches!(self.last, Last::Scalar { is_value: true, .. });
        if let Some(frame) = self.open.last_mut() {
            match &mut frame.content {
                Content::Map { key: key @ (Key::Read(..) | Key::Bad), .. } => *key = Key::None,
                Content::Map { map, .. } if was_value => drop(map.entries.pop()),
                Content::List { items, .. } if was_value => drop(items.pop()),
                Content::Map { .. } | Content::List { .. } => {}
            }
        }
        let bracket = self.open.iter().find(|frame| frame.layout == Layout::Flow).map(|frame| frame.span);
        broken::explain(error, self.origin, self.last, bracket)
    }

    /// The root, with everything that is still open closed.
    pub fn finish(mut self) -> Loaded {
        let end = self.origin.text.len();
        while !self.open.is_empty() {
            self.close(self.origin.span(end, end));
        }
        Loaded { root: self.root, trailing: self.above.into_iter().map(|comment| comment.text).collect() }
    }

    pub fn scalar(&mut self, text: &str, style: Style, span: Span) {
        let written = self.origin.text.get(span.range()).unwrap_or("");
        if style == Style::Plain && written.is_empty() {
            let value = if self.lost() { Value::Broken } else { Value::Null };
            return self.deliver(Node { value, span });
        }
        // A block's span runs into the indentation of the line below it.
        let kept = written.trim_end_matches([' ', '\t', '\n', '\r']).len();
        let span = Span::new(span.file, span.range().start, span.range().start + kept);
        if text.contains('\0') {
            self.sink.push(holds_nul(span));
            return self.deliver(Node { value: Value::Broken, span });
        }
        let in_flow = self.open.last().is_some_and(|frame| frame.layout == Layout::Flow);
        let scalar = Scalar { text: text.to_string(), span, style, in_flow };
        if in_flow && broken::is_cut_by_comma(&scalar, self.origin) {
            self.sink.push(broken::cut_by_comma(&scalar));
            self.open.iter_mut().for_each(|frame| frame.is_broken |= frame.layout == Layout::Flow);
        }
        let is_value = !matches!(self.waiting(), Some(Key::None));
        self.last = Last::Scalar { span, style, is_value };
        self.deliver(Node { value: Value::Text(scalar), span });
    }

    /// True if a value that is missing was blanked out.
    fn lost(&self) -> bool {
        match self.waiting() {
            Some(Key::Read(key, _)) => self.readable.lost_value(key.span.range().start),
            Some(Key::None | Key::Bad) | None => self.readable.lost_any(),
        }
    }

    fn waiting(&self) -> Option<&Key> {
        match self.open.last().map(|frame| &frame.content) {
            Some(Content::Map { key, .. }) => Some(key),
            Some(Content::List { .. }) | None => None,
        }
    }

    pub fn open_map(&mut self, layout: Layout, span: Span) {
        let content = Content::Map { map: Map::default(), key: Key::None, known: HashMap::new() };
        self.open(layout, span, content);
    }

    pub fn open_list(&mut self, layout: Layout, span: Span) {
        self.open(layout, span, Content::List { items: Vec::new(), comments: Comments::default() });
    }

    fn open(&mut self, layout: Layout, span: Span, content: Content) {
        self.starts_item();
        let column = match layout {
            Layout::Block => self.origin.line_before(span.range().start).len(),
            // Many may stand on one long line.
            Layout::Flow => 0,
        };
        let is_broken = self.open.last().is_some_and(|f| f.is_broken && f.layout == Layout::Flow);
        self.open.push(Frame { span, layout, column, content, is_broken });
        self.last = Last::Other;
    }

    /// Ends the innermost collection.
    pub fn close(&mut self, span: Span) {
        let is_item = self.open.len() == ITEM_DEPTH;
        let Some(frame) = self.open.pop() else { return };
        self.last = match frame.layout {
            Layout::Flow => Last::Bracket(span),
            Layout::Block => Last::Other,
        };
        let value = match frame.content {
            Content::Map { mut map, .. } => {
                if is_item && frame.layout == Layout::Block {
                    map.inside_end = self.comments_from(frame.column);
                }
                Value::Map(map)
            }
            Content::List { items, .. } => Value::List(items),
        };
        let value = if frame.is_broken { Value::Broken } else { value };
        let end = match frame.layout {
            Layout::Flow => span,
            Layout::Block => frame.span.to(last_span(&value).unwrap_or(frame.span)),
        };
        self.deliver(Node { value, span: frame.span.to(end) });
    }

    /// Waiting comments, as far as they are indented by this much or more.
    fn comments_from(&mut self, column: usize) -> Vec<String> {
        let count = self.above.iter().take_while(|comment| comment.column >= column).count();
        self.above.drain(..count).map(|comment| comment.text).collect()
    }

    /// Comments that wait belong above the list item that starts here.
    fn starts_item(&mut self) {
        if let Some(Frame { content: Content::List { comments, .. }, .. }) = self.open.last_mut() {
            comments.above.extend(self.above.drain(..).map(|comment| comment.text));
        }
    }

    /// Hands a finished value to the collection around it.
    fn deliver(&mut self, node: Node) {
        self.nodes += 1;
        if !matches!(node.value, Value::Map(_) | Value::List(_) | Value::Null) {
            self.starts_item();
        }
        let Some(frame) = self.open.last_mut() else {
            self.root.get_or_insert(node);
            return;
        };
        match &mut frame.content {
            Content::List { items, comments } => {
                items.push(ListItem { node, comments: std::mem::take(comments) });
            }
            Content::Map { map, key, .. } => match std::mem::replace(key, Key::None) {
                Key::Read(key, comments) => map.entries.push(Entry { key, value: node, comments }),
                Key::Bad => {}
                Key::None => self.key(node),
            },
        }
    }

    /// Takes a map's key: a text that it did not have yet.
    fn key(&mut self, node: Node) {
        let above = self.above.drain(..).map(|comment| comment.text).collect();
        let Some(Frame { content: Content::Map { key, known, .. }, is_broken, .. }) = self.open.last_mut()
        else {
            return;
        };
        *key = Key::Bad;
        if *is_broken {
            return;
        }
        let scalar = match node.value {
            Value::Text(scalar) => scalar,
            Value::Broken => return,
            other => {
                let fact = format!("a key is a text, and this is {}", other.kind());
                let found = Diagnostic::error(Code::YamlShape, node.span, fact);
                return self.sink.push(found.help("write the name in front of the colon"));
            }
        };
        if scalar.text == "<<" && scalar.style == Style::Plain {
            return self.refuse(node.span, "a merge key");
        }
        if let Some(first) = known.get(&scalar.text) {
            let found =
                Diagnostic::error(Code::Repeated, scalar.span, format!("`{}` is given twice", scalar.text));
            return self.sink.push(
                found
                    .label(*first, "first given here")
                    .because("one of the two values would win, and nobody sees which")
                    .help("keep one of them"),
            );
        }
        known.insert(scalar.text.clone(), scalar.span);
        *key = Key::Read(scalar, Comments { above, ..Comments::default() });
    }

    pub fn comment(&mut self, text: &str, span: Span) {
        self.nodes += 1;
        let text = text.strip_prefix(' ').unwrap_or(text).trim_end().to_string();
        let before = self.origin.line_before(span.range().start);
        if before.trim().is_empty() {
            return self.above.push(Above { text, column: before.len() });
        }
        match self.beside() {
            Some(comments) if comments.behind.is_none() => comments.behind = Some(text),
            Some(comments) => comments.above.push(text),
            None => self.above.push(Above { text, column: before.len() }),
        }
    }

    /// What a comment at the end of a line stands behind.
    fn beside(&mut self) -> Option<&mut Comments> {
        match &mut self.open.last_mut()?.content {
            Content::Map { key: Key::Read(_, comments), .. } => Some(comments),
            Content::Map { map, .. } => map.entries.last_mut().map(|entry| &mut entry.comments),
            Content::List { items, .. } => items.last_mut().map(|item| &mut item.comments),
        }
    }
}

/// The last part of a collection.
fn last_span(value: &Value) -> Option<Span> {
    match value {
        Value::Map(map) => map.entries.last().map(|entry| entry.key.span.to(entry.value.span)),
        Value::List(items) => items.last().map(|item| item.node.span),
        Value::Text(_) | Value::Null | Value::Broken => None,
    }
}
