//! What stands over what: the project over its packs, packs over the sources that they
//! share, and a source with a table over the logical one that it completes.
//!
//! A source or KPI that several files define is put together here, so that every later
//! stage sees one definition of it. What stands higher replaces what stands lower; two
//! definitions of one layer that give the same thing are reported. The order of files
//! decides nothing but the order of lists.

mod currency;
mod kpis;
mod sources;
mod vocabulary;

use std::collections::HashMap;

use indexmap::IndexMap;

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::source::{FileId, Span};
use crate::syntax::ast::{File, Item, Layer, ProjectFile};

/// Every source and KPI in one definition, at the place of its lowest layer. Conflicts
/// are reported; what is defined twice as a whole stays so, for the model to refuse.
pub fn complete(mut files: Vec<File>, project: &ProjectFile, sink: &mut Sink) -> Vec<File> {
    vocabulary::prune(&mut files);
    currency::settle(&mut files, project.currency.as_ref().map(|currency| currency.value.as_str()));
    let repeated = repeated(&files);
    if repeated.is_empty() {
        return files;
    }
    let mut over = Over { heights: heights(&files), sink };
    let mut taken = Taken::new(files);
    for ((kind, name), mut places) in repeated {
        if places.len() > MOST {
            let dropped = places.split_off(MOST);
            let spans = dropped.into_iter().filter_map(|place| taken.take(place));
            let first = spans.map(|item| item.header().name.span).min();
            over.sink.extend(first.map(|span| too_many(&name, span)));
        }
        match kind {
            Kind::Source => sources::complete(&mut taken, places, &mut over),
            Kind::Kpi => kpis::adjust(&mut taken, places, &mut over),
        }
    }
    taken.files()
}

/// Definitions of one thing: more are no work of people, and each is put over all before.
const MOST: usize = 100;

fn too_many(name: &str, span: Span) -> Diagnostic {
    let fact = format!("`{name}` is defined in more than {MOST} places");
    Diagnostic::error(Code::TooLarge, span, fact)
        .because("nobody could say what it is without reading all of them")
        .help("say in one place what belongs together")
}

/// The texts of packs.
pub fn of_packs(files: &[File]) -> impl Iterator<Item = FileId> {
    files.iter().filter_map(|file| match file.layer {
        Layer::Vocabulary(id) | Layer::Pack(id) => Some(id),
        Layer::Own => None,
    })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Kind {
    Source,
    Kpi,
}

/// A file and an item of it.
#[derive(Debug, Clone, Copy)]
struct Place {
    file: usize,
    item: usize,
    layer: Layer,
}

/// What has several definitions, with their places.
fn repeated(files: &[File]) -> Vec<((Kind, String), Vec<Place>)> {
    let mut found: IndexMap<(Kind, &str), Vec<Place>> = IndexMap::new();
    for (file, text) in files.iter().enumerate() {
        for (item, definition) in text.items.iter().enumerate() {
            let kind = match definition {
                Item::Source(_) => Kind::Source,
                Item::Kpi(_) => Kind::Kpi,
                _ => continue,
            };
            let name = definition.header().name.value.as_str();
            found.entry((kind, name)).or_default().push(Place { file, item, layer: text.layer });
        }
    }
    let several = found.into_iter().filter(|(_, places)| places.len() > 1);
    several.map(|((kind, name), places)| ((kind, name.to_string()), places)).collect()
}

/// Items that are taken from their places and put back.
struct Taken {
    files: Vec<File>,
    items: Vec<Vec<Option<Item>>>,
}

impl Taken {
    fn new(mut files: Vec<File>) -> Taken {
        let take = |file: &mut File| std::mem::take(&mut file.items).into_iter().map(Some).collect();
        let items = files.iter_mut().map(take).collect();
        Taken { files, items }
    }

    fn take(&mut self, place: Place) -> Option<Item> {
        self.items[place.file][place.item].take()
    }

    fn put(&mut self, place: Place, item: Item) {
        self.items[place.file][place.item] = Some(item);
    }

    fn files(self) -> Vec<File> {
        let pairs = self.files.into_iter().zip(self.items);
        pairs.map(|(file, items)| File { items: items.into_iter().flatten().collect(), ..file }).collect()
    }
}

/// How high a definition stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Height {
    Vocabulary,
    Pack,
    Own,
    /// A definition with a table, over those without.
    Bound,
}

fn heights(files: &[File]) -> HashMap<FileId, Height> {
    let height = |file: &File| match file.layer {
        Layer::Vocabulary(id) => Some((id, Height::Vocabulary)),
        Layer::Pack(id) => Some((id, Height::Pack)),
        Layer::Own => None,
    };
    files.iter().filter_map(height).collect()
}

/// Definitions over others.
struct Over<'s> {
    heights: HashMap<FileId, Height>,
    sink: &'s mut Sink,
}

impl Over<'_> {
    /// How high what stands at a place does, as far as its file tells.
    fn height(&self, span: Span) -> Height {
        self.heights.get(&span.file).copied().unwrap_or(Height::Own)
    }

    fn is_own(&self, span: Span) -> bool {
        self.height(span) >= Height::Own
    }

    /// What two definitions of one layer give.
    fn conflict(&mut self, what: &str, second: Span, first: Span) {
        self.sink.push(
            Diagnostic::error(Code::Conflict, second, format!("{what} is given by two definitions"))
                .label(first, "given here, too")
                .because("neither stands over the other, and the order of files decides nothing")
                .help("keep one of them"),
        );
    }

    /// What a project defines anew of a pack.
    fn redefined(&mut self, what: &str, own: Span, packs: Span) {
        self.sink.push(
            Diagnostic::warning(Code::Redefined, own, format!("{what} of a pack is defined anew"))
                .label(packs, "the pack's definition, which no longer holds")
                .because("who knows the pack reads another number under its name")
                .help("if it is another number, give it a name of its own"),
        );
    }
}
