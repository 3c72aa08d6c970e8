//! Sources that a second definition completes: with a table, columns, and what only the
//! project knows of its rows.

use std::collections::HashMap;

use super::{Height, Over, Place, Taken};
use crate::source::{Span, Spanned};
use crate::syntax::ast::{
    BinaryOp, Column, Dimension, Expr, ExprKind, Header, Item, Layer, Measure, Path, Property, Source,
    TimeAxis,
};

/// Puts the definitions of one source together.
pub fn complete(taken: &mut Taken, places: Vec<Place>, over: &mut Over<'_>) {
    let mut found: Vec<(Height, Place, Source)> = Vec::with_capacity(places.len());
    let mut first_table = None;
    for place in places {
        let Some(Item::Source(source)) = taken.take(place) else { continue };
        let height = height(place.layer, &source);
        // Two tables are two sources: the model refuses the second.
        if height == Height::Bound && first_table.replace(place.item).is_some() {
            taken.put(place, Item::Source(source));
            continue;
        }
        found.push((height, place, *source));
    }
    found.sort_by_key(|(height, ..)| *height);
    let mut found = found.into_iter();
    let Some((_, place, mut whole)) = found.next() else { return };
    for (height, _, upper) in found {
        Completing { over: &mut *over, height }.source(&mut whole, upper);
    }
    taken.put(place, Item::Source(Box::new(whole)));
}

fn height(layer: Layer, source: &Source) -> Height {
    match layer {
        Layer::Vocabulary(_) => Height::Vocabulary,
        Layer::Pack(_) => Height::Pack,
        Layer::Own if source.relation.is_none() => Height::Own,
        Layer::Own => Height::Bound,
    }
}

struct Completing<'o, 's> {
    over: &'o mut Over<'s>,
    /// Of the definition that is put over what there is.
    height: Height,
}

impl Completing<'_, '_> {
    /// Whether what there is stands as high.
    fn alike(&self, span: Span) -> bool {
        self.over.height(span) == self.height
    }

    fn source(&mut self, whole: &mut Source, upper: Source) {
        let is_table = upper.relation.is_some();
        self.single("the table", &mut whole.relation, upper.relation);
        self.single("the key", &mut whole.key, upper.key);
        self.single("`active`", &mut whole.active, upper.active);
        self.single("`snapshot`", &mut whole.snapshot, upper.snapshot);
        self.single("`valid`", &mut whole.valid, upper.valid);
        self.single("`since`", &mut whole.since, upper.since);
        self.times(&mut whole.times, upper.times);
        self.rows(&mut whole.rows, upper.rows);
        self.named(&mut whole.columns, upper.columns, |c| &c.header, Self::column);
        self.named(&mut whole.dimensions, upper.dimensions, |d| &d.header, Self::dimension);
        self.named(
            &mut whole.joins,
            upper.joins,
            |j| &j.header,
            |this, own, other| {
                this.whole("join", own, other, |join| &join.header);
            },
        );
        self.named(&mut whole.stocks, upper.stocks, |s| &s.header, Self::stock);
        self.named(&mut whole.measures, upper.measures, |m| &m.header, Self::measure);
        whole.incomplete |= upper.incomplete;
        let lower = std::mem::replace(&mut whole.header, upper.header);
        let merged = described(&mut whole.header, lower);
        // Where the rows come from is where a reader looks for a source.
        if !is_table {
            whole.header.name.span = merged.0;
            whole.header.span = merged.1;
        }
    }

    fn single<T>(&mut self, what: &str, own: &mut Option<Property<T>>, other: Option<Property<T>>) {
        let Some(other) = other else { return };
        match own {
            Some(first) if self.alike(first.span) => self.over.conflict(what, other.span, first.span),
            Some(_) | None => *own = Some(other),
        }
    }

    /// Rows that count for both: a pack's numbers leave out what it leaves out.
    fn rows(&mut self, own: &mut Option<Property<Expr>>, other: Option<Property<Expr>>) {
        let Some(other) = other else { return };
        *own = Some(match own.take() {
            None => other,
            Some(first) if self.alike(first.span) => {
                self.over.conflict("`rows`", other.span, first.span);
                first
            }
            Some(first) => {
                let span = other.value.span;
                let value = ExprKind::Binary(BinaryOp::And, Box::new(first.value), Box::new(other.value));
                Property { value: Expr::new(value, span), ..other }
            }
        });
    }

    /// An axis of the same column is said more precisely; the first one stays the default.
    fn times(&mut self, own: &mut Vec<Property<TimeAxis>>, others: Vec<Property<TimeAxis>>) {
        let known: HashMap<Path, usize> =
            own.iter().enumerate().map(|(at, time)| (time.value.column.clone(), at)).collect();
        for other in others {
            match known.get(&other.value.column).map(|at| &mut own[*at]) {
                Some(first) if self.alike(first.span) => {
                    self.over.conflict("the time", other.span, first.span);
                }
                Some(first) => *first = other,
                None => own.push(other),
            }
        }
    }

    fn named<T>(
        &mut self,
        own: &mut Vec<T>,
        others: Vec<T>,
        header: fn(&T) -> &Header,
        over: impl Fn(&mut Self, &mut T, T),
    ) {
        // One definition that repeats itself is the model's matter.
        let known: HashMap<String, usize> =
            own.iter().enumerate().map(|(at, first)| (header(first).name.value.clone(), at)).collect();
        for other in others {
            match known.get(&header(&other).name.value) {
                Some(at) => over(self, &mut own[*at], other),
                None => own.push(other),
            }
        }
    }

    /// Replaced as a whole.
    fn whole<T>(&mut self, kind: &str, own: &mut T, other: T, header: fn(&T) -> &Header) {
        let (first, second) = (header(own).name.span, &header(&other).name);
        if self.alike(first) {
            self.over.conflict(&format!("the {kind} `{}`", second.value), second.span, first);
        } else {
            *own = other;
        }
    }

    /// Type, unit and formula are replaced each by itself.
    fn column(&mut self, own: &mut Column, other: Column) {
        let name = other.header.name.value.clone();
        self.part(&format!("the type of the column `{name}`"), &mut own.ty, other.ty);
        self.part(&format!("the unit of the column `{name}`"), &mut own.unit, other.unit);
        self.part(&format!("the value of the column `{name}`"), &mut own.value, other.value);
        self.part(&format!("the accepted values of the column `{name}`"), &mut own.accepted, other.accepted);
        own.pii |= other.pii;
        let lower = std::mem::replace(&mut own.header, other.header);
        described(&mut own.header, lower);
    }

    fn part<T>(&mut self, what: &str, own: &mut Option<Spanned<T>>, other: Option<Spanned<T>>) {
        let Some(other) = other else { return };
        match own {
            Some(first) if self.alike(first.span) => self.over.conflict(what, other.span, first.span),
            Some(_) | None => *own = Some(other),
        }
    }

    fn dimension(&mut self, own: &mut Dimension, other: Dimension) {
        let (lower, accepted) = (own.header.clone(), own.accepted.take());
        self.whole("dimension", own, other, |dimension| &dimension.header);
        // What it may be is what others rely on, as its name.
        own.accepted = own.accepted.take().or(accepted);
        described(&mut own.header, lower);
    }

    fn measure(&mut self, own: &mut Measure, other: Measure) {
        self.number("measure", own, other);
    }

    fn stock(&mut self, own: &mut Measure, other: Measure) {
        self.number("stock", own, other);
    }

    /// What a number is, a project says once.
    fn number(&mut self, kind: &str, own: &mut Measure, other: Measure) {
        let (first, second) = (own.header.name.span, &other.header.name);
        let what = format!("the {kind} `{}`", second.value);
        if self.alike(first) || self.over.is_own(first) {
            self.over.conflict(&what, second.span, first);
            return;
        }
        if self.height >= Height::Own {
            self.over.redefined(&what, second.span, first);
        }
        *own = other;
    }
}

/// Label and description stay where the upper definition gives none. Gives the lower places.
fn described(upper: &mut Header, lower: Header) -> (Span, Span) {
    upper.label = upper.label.take().or(lower.label);
    upper.doc = upper.doc.take().or(lower.doc);
    upper.allows.extend(lower.allows);
    (lower.name.span, lower.span)
}
