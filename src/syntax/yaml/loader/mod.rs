//! YAML text to a tree of texts with positions.
//!
//! Takes any text, gives a tree of maps, lists and texts, each with its span in
//! bytes of the file, comments beside what they explain, and findings. Never
//! types a value, never follows an alias, never builds more than the limits
//! below allow: nothing else of kpic reads YAML that it did not write.

mod align;
mod broken;
mod builder;
mod node;
mod recover;

pub use align::{Piece, pieces};
pub use broken::{cut_by_colon, cut_by_comment, cut_in_brackets};
pub use node::{Entry, ListItem, Map, Node, Origin, Scalar, Style, Value};

use granit_parser::{Event, Parser};

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::source::{FileId, Span};
use builder::Builder;
use recover::Readable;

/// Bytes of one file.
const MAX_BYTES: usize = 16 << 20;
/// Maps, lists, texts and comments of one file.
const MAX_NODES: usize = 500_000;
/// Blocks in blocks, and as many brackets in brackets.
const MAX_DEPTH: usize = 64;

/// What a text gives.
#[derive(Debug, Default)]
pub struct Loaded {
    /// None: the text is empty, or unreadable from its start.
    pub root: Option<Node>,
    /// Comments behind everything else.
    pub trailing: Vec<String>,
}

impl Loaded {
    /// The comments above the first key: they are about the file.
    pub fn take_head(&mut self) -> Vec<String> {
        match self.root.as_mut().map(|root| &mut root.value) {
            Some(Value::Map(map)) => map
                .entries
                .first_mut()
                .map_or_else(Vec::new, |first| std::mem::take(&mut first.comments.above)),
            _ => Vec::new(),
        }
    }
}

/// Reads a text. What stands on a line that is not YAML is reported and left out;
/// the rest is kept.
pub fn load(file: FileId, text: &str, sink: &mut Sink) -> Loaded {
    let origin = Origin { file, text };
    if text.len() > MAX_BYTES {
        sink.push(too_large(
            origin,
            format!("{} bytes, more than the {MAX_BYTES} that are read", text.len()),
        ));
        return Loaded::default();
    }
    let mut readable = Readable::new(text);
    loop {
        let mut found = Sink::new();
        let (loaded, error) = parse(origin, &readable, &mut found);
        let goes_on = match error {
            Some((finding, at)) => {
                let is_deep = finding.code == Code::TooDeep;
                if !readable.follows(at) {
                    sink.push(finding);
                }
                !is_deep && readable.skip(at)
            }
            None => false,
        };
        if !goes_on {
            sink.extend(found.into_sorted());
            return loaded;
        }
    }
}

/// One reading, up to the first place that is not YAML.
fn parse(origin: Origin, readable: &Readable, sink: &mut Sink) -> (Loaded, Option<(Diagnostic, usize)>) {
    let options = granit_parser::options! {
        disallow_directives: true,
        emit_anchor_events: true,
        emit_unresolved_aliases: true,
        // Comments are bounded by the size of the file.
        max_buffered_comment_events: MAX_BYTES,
        flow_nesting_limit: MAX_DEPTH,
        block_nesting_limit: MAX_DEPTH,
    };
    let mut builder = Builder::new(origin, readable, sink);
    for next in Parser::new_from_str_with_options(&readable.text, options) {
        let (event, span) = match next {
            Ok(next) => next,
            Err(error) => {
                let finding = builder.broken(&error);
                let at = finding.span.map_or(0, |span| span.range().start);
                return (builder.finish(), Some((finding, at)));
            }
        };
        let bytes = span.byte_range().unwrap_or_default();
        if let Some(tag) = span.tag_span().and_then(|tag| tag.byte_range()) {
            builder.refuse(origin.span(tag.start, tag.end), "a tag");
        }
        if builder.is_full() || !take(&mut builder, event, origin.span(bytes.start, bytes.end)) {
            break;
        }
    }
    (builder.finish(), None)
}

fn too_large(origin: Origin, fact: String) -> Diagnostic {
    Diagnostic::error(Code::TooLarge, origin.span(0, 0), format!("the file has {fact}"))
        .because("definitions are written by people; this is data, or generated")
        .help("keep data outside of the definitions' files")
}

fn holds_nul(span: Span) -> Diagnostic {
    Diagnostic::error(Code::NotText, span, "the text holds a NUL byte")
        .because("no text has one, and other programs would read it up to there")
        .help("remove it")
}

/// Takes one event; false when nothing behind it is read.
fn take(builder: &mut Builder, event: Event, span: Span) -> bool {
    match event {
        Event::DocumentStart(_, _) => return builder.document(span),
        Event::Alias(_) | Event::UnresolvedAlias(_) => builder.alias(span),
        Event::Anchor(_, _) => builder.refuse(span, "an anchor"),
        Event::Comment(text, _) => builder.comment(&text, span),
        Event::Scalar(text, style, _, _) => builder.scalar(&text, style.into(), span),
        Event::SequenceStart(style, _, _) => builder.open_list(style.into(), span),
        Event::MappingStart(style, _, _) => builder.open_map(style.into(), span),
        Event::SequenceEnd | Event::MappingEnd => builder.close(span),
        // The stream's and a document's ends, and kinds that only other options give.
        _ => {}
    }
    true
}

impl From<granit_parser::ScalarStyle> for Style {
    fn from(style: granit_parser::ScalarStyle) -> Self {
        use granit_parser::ScalarStyle;
        match style {
            ScalarStyle::Plain => Style::Plain,
            ScalarStyle::SingleQuoted => Style::SingleQuoted,
            ScalarStyle::DoubleQuoted => Style::DoubleQuoted,
            ScalarStyle::Literal => Style::Literal,
            ScalarStyle::Folded => Style::Folded,
        }
    }
}

/// How a collection is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Layout {
    /// By indentation.
    Block,
    /// In brackets.
    Flow,
}

impl From<granit_parser::StructureStyle> for Layout {
    fn from(style: granit_parser::StructureStyle) -> Self {
        match style {
            granit_parser::StructureStyle::Block => Layout::Block,
            granit_parser::StructureStyle::Flow => Layout::Flow,
        }
    }
}

#[cfg(test)]
mod tests;
