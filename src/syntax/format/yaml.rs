//! The file in YAML: items by kind, each key a keyword of the language, its
//! value the language's text behind that keyword.

use std::collections::HashSet;

use super::emit::{self, Entry, Remarks, Value};
use super::expression::Level;
use super::parts;
use super::phrase::Phrase;
use super::{unit_test, words};
use crate::source::Spanned;
use crate::syntax::ast::{
    Cells, Column, Comments, Dimension, Expr, ExprKind, File, Funnel, Header, Item, Join, Kpi, KpiProperty,
    Measure, Over, Param, Property, Segment, Segmentation, Source, Step, TargetPlace, Test,
};

/// The sections of a file, in their order.
const SECTIONS: [&str; 15] = [
    "params",
    "sources",
    "segments",
    "segmentations",
    "funnels",
    "cohorts",
    "attributions",
    "experiments",
    "kpis",
    "tests",
    "targets",
    "objectives",
    "dashboards",
    "events",
    "asserts",
];

/// Prints a file in YAML. Items are grouped by kind and keep their order within it.
pub fn yaml(file: &File) -> String {
    let mut out = String::new();
    lines(&file.head, &mut out);
    for section in SECTIONS {
        let items: Vec<_> =
            file.items.iter().filter(|item| section_of(item) == section).map(item_entry).collect();
        if !items.is_empty() {
            emit::map(&[Entry::new(section, together(items))], 0, &mut out);
        }
    }
    lines(&file.trailing, &mut out);
    out
}

/// A map; a list where a name stands twice, as that of a KPI in several versions does.
fn together(items: Vec<Entry<'_>>) -> Value<'_> {
    let mut names = HashSet::new();
    match items.iter().all(|item| names.insert(item.key())) {
        true => Value::Map(items),
        false => Value::List(items),
    }
}

/// Comments that belong to no item.
fn lines(comments: &Comments, out: &mut String) {
    let Remarks { above, behind, inside_end } = Remarks::from(comments);
    emit::comments(above.into_iter().chain(behind).chain(inside_end), 0, out);
}

fn section_of(item: &Item) -> &'static str {
    match item {
        Item::Param(_) => "params",
        Item::Source(_) => "sources",
        Item::Segment(_) => "segments",
        Item::Segmentation(_) => "segmentations",
        Item::Funnel(_) => "funnels",
        Item::Cohort(_) => "cohorts",
        Item::Attribution(_) => "attributions",
        Item::Experiment(_) => "experiments",
        Item::Targets(_) => "targets",
        Item::Kpi(_) => "kpis",
        Item::Test(_) => "tests",
        Item::Objective(_) => "objectives",
        Item::Dashboard(_) => "dashboards",
        Item::Event(_) => "events",
        Item::Assertion(_) => "asserts",
    }
}

fn item_entry(item: &Item) -> Entry<'_> {
    match item {
        Item::Param(item) => param(item),
        Item::Source(item) => source(item),
        Item::Segment(item) => segment(item),
        Item::Segmentation(item) => segmentation(item),
        Item::Funnel(item) => funnel(item),
        Item::Cohort(item) => tool(&item.header, &item.over, Vec::new()),
        Item::Attribution(item) => tool(&item.header, &item.over, Vec::new()),
        Item::Experiment(item) => {
            let control = item.control.as_ref();
            let control = control.map(|p| Entry::new("control", text(&p.value)).with(&p.comments));
            tool(&item.header, &item.over, control.into_iter().collect())
        }
        Item::Kpi(item) => kpi(item),
        Item::Test(item) => test(item),
        Item::Targets(item) => match &item.from {
            TargetPlace::File(path) => definition(&item.header, "from", text(&path.value), Vec::new()),
            TargetPlace::Table(parts) => {
                let table = Value::Text(words::table(&parts.value));
                definition(&item.header, "", Value::Null, vec![Entry::new("table", table)])
            }
        },
        Item::Objective(item) => block(&item.header, parts::objective(item)),
        Item::Dashboard(item) => block(&item.header, parts::dashboard(item)),
        Item::Event(item) => {
            let value = phrase(parts::event(item), before(&item.header, 2));
            definition(&item.header, "value", value, Vec::new())
        }
        Item::Assertion(item) => {
            let value = phrase(Phrase::new().expr(&item.condition, Level::Or), before(&item.header, 2));
            definition(&item.header, "value", value, Vec::new())
        }
    }
}

/// A text that stands for itself.
fn text<'a>(text: &str) -> Value<'a> {
    Value::Prose(text.to_owned())
}

/// A phrase behind a key of this many characters and indentation.
fn phrase<'a>(phrase: Phrase<'a>, before: usize) -> Value<'a> {
    let text = phrase.text(0, before);
    if text.is_empty() { Value::Null } else { Value::Text(text) }
}

/// A definition: its text alone where that is all it has, else a map in which
/// the text stands behind `keyword`.
fn definition<'a>(
    header: &'a Header,
    keyword: &str,
    value: Value<'a>,
    mut rest: Vec<Entry<'a>>,
) -> Entry<'a> {
    let mut entries = Vec::new();
    rest.extend(allows(header));
    entries.extend(header.label.as_ref().map(|label| Entry::new("label", text(label))));
    entries.extend(header.doc.as_ref().map(|doc| Entry::new("description", text(doc))));
    let is_alone = entries.is_empty() && rest.is_empty() && header.comments.inside_end.is_empty();
    let mut comments = Remarks::from(&header.comments);
    let value = if is_alone {
        value
    } else {
        if !matches!(value, Value::Null) {
            entries.push(Entry::new(keyword, value));
        }
        entries.extend(rest);
        if entries.is_empty() {
            // Without a map there is no end of it.
            comments.above.append(&mut comments.inside_end);
            Value::Null
        } else {
            Value::Map(entries)
        }
    };
    Entry::new(header.name.value.clone(), value).with(comments)
}

/// The lints that it silences, each with the reason.
fn allows(header: &Header) -> Option<Entry<'_>> {
    let entries = header
        .allows
        .iter()
        .map(|p| Entry::new(p.value.lint.value.clone(), text(&p.value.reason)).with(&p.comments));
    group("allow", entries)
}

fn before(header: &Header, indent: usize) -> usize {
    indent + header.name.chars().count() + 2
}

fn param(param: &Param) -> Entry<'_> {
    let value = Phrase::new().expr(&param.value, Level::Or);
    definition(&param.header, "value", phrase(value, before(&param.header, 2)), Vec::new())
}

fn source(source: &Source) -> Entry<'_> {
    let mut rest = Vec::new();
    if let Some(relation) = &source.relation {
        let (keyword, value) = parts::relation(&relation.value);
        rest.push(Entry::new(keyword, part(value, 4)).with(&relation.comments));
    }
    rest.extend(source.key.as_ref().map(|p| plain("key", p, |key| Phrase::of(words::names(key)))));
    rest.extend(repeated("time", "times", &source.times, parts::time));
    rest.extend(source.active.as_ref().map(|p| plain("active", p, parts::interval)));
    rest.extend(source.snapshot.as_ref().map(|p| plain("snapshot", p, parts::snapshot)));
    rest.extend(source.valid.as_ref().map(|p| plain("valid", p, parts::interval)));
    rest.extend(source.since.as_ref().map(|p| plain("since", p, |s| Phrase::of(words::period(s.value)))));
    rest.extend(source.rows.as_ref().map(|p| plain("rows", p, |rows| Phrase::new().expr(rows, Level::Or))));
    rest.extend(group("joins", source.joins.iter().map(join)));
    rest.extend(group("columns", source.columns.iter().map(column)));
    rest.extend(group("dimensions", source.dimensions.iter().map(dimension)));
    rest.extend(group("stocks", source.stocks.iter().map(measure)));
    rest.extend(group("measures", source.measures.iter().map(measure)));
    definition(&source.header, "", Value::Null, rest)
}

/// A section of a source, unless it is empty.
fn group<'a>(key: &str, entries: impl Iterator<Item = Entry<'a>>) -> Option<Entry<'a>> {
    let entries: Vec<_> = entries.collect();
    (!entries.is_empty()).then(|| Entry::new(key, Value::Map(entries)))
}

fn plain<'a, T>(key: &str, property: &'a Property<T>, print: impl Fn(&'a T) -> Phrase<'a>) -> Entry<'a> {
    Entry::new(key, phrase(print(&property.value), key.len() + 6)).with(&property.comments)
}

/// One under its own keyword, several as a list under the plural.
fn repeated<'a, T>(
    one: &str,
    many: &str,
    properties: &'a [Property<T>],
    print: impl Fn(&'a T) -> Phrase<'a>,
) -> Option<Entry<'a>> {
    match properties {
        [] => None,
        [property] => Some(plain(one, property, print)),
        list => {
            let items =
                list.iter().map(|p| Entry::item(phrase(print(&p.value), 8)).with(&p.comments)).collect();
            Some(Entry::new(many, Value::List(items)))
        }
    }
}

fn join(join: &Join) -> Entry<'_> {
    definition(&join.header, "value", phrase(parts::join(join), before(&join.header, 6)), Vec::new())
}

fn column(column: &Column) -> Entry<'_> {
    let value = parts::column(column).maybe_expr("=", column.value.as_ref(), Level::Or);
    let accepted = accepted(column.accepted.as_ref());
    definition(&column.header, "value", phrase(value, before(&column.header, 6)), accepted)
}

fn dimension(dimension: &Dimension) -> Entry<'_> {
    let value = match &dimension.value {
        Some(value) => Phrase::new().expr(value, Level::Or),
        None => Phrase::new(),
    };
    let accepted = accepted(dimension.accepted.as_ref());
    definition(&dimension.header, "value", phrase(value, before(&dimension.header, 6)), accepted)
}

/// The only values that it has. A text stands without the language's quotes where it is read so.
fn accepted(list: Option<&Spanned<Vec<Expr>>>) -> Vec<Entry<'_>> {
    let Some(list) = list else { return Vec::new() };
    let items = list.value.iter().map(|literal| match &literal.value {
        ExprKind::Text(text) if words::is_bare_text(text) => text.clone(),
        _ => Phrase::new().expr(literal, Level::Or).text(0, 0),
    });
    vec![Entry::new("accepted_values", Value::Flow(items.collect()))]
}

fn measure(measure: &Measure) -> Entry<'_> {
    let value = phrase(parts::measure(measure), before(&measure.header, 6));
    definition(&measure.header, "value", value, Vec::new())
}

/// `where …` or `else`; in the form of a map, `where` is the key.
fn segment(segment: &Segment) -> Entry<'_> {
    let header = &segment.header;
    let is_alone = header.label.is_none() && header.doc.is_none() && header.comments.inside_end.is_empty();
    match &segment.predicate {
        Some(predicate) if is_alone => {
            let value = Phrase::of("where").expr(predicate, Level::Or);
            definition(header, "", phrase(value, before(header, 2)), Vec::new())
        }
        Some(predicate) => {
            let value = Phrase::new().expr(predicate, Level::Or);
            definition(header, "where", phrase(value, 11), Vec::new())
        }
        None if is_alone => definition(header, "", text("else"), Vec::new()),
        None => definition(header, "", Value::Null, vec![Entry::new("else", Value::Null)]),
    }
}

fn segmentation(item: &Segmentation) -> Entry<'_> {
    let mut rest = Vec::new();
    rest.extend(item.per.as_ref().map(|per| Entry::new("per", Value::Text(words::path(per)))));
    rest.extend(list("segments", item.segments.iter().map(segment)));
    definition(&item.header, "", Value::Null, rest)
}

fn list<'a>(key: &str, entries: impl Iterator<Item = Entry<'a>>) -> Option<Entry<'a>> {
    let entries: Vec<_> = entries.collect();
    (!entries.is_empty()).then(|| Entry::new(key, Value::List(entries)))
}

fn tool<'a>(header: &'a Header, over: &'a Over, rest: Vec<Entry<'a>>) -> Entry<'a> {
    definition(header, "over", phrase(parts::over(over), before(header, 2)), rest)
}

fn funnel(funnel: &Funnel) -> Entry<'_> {
    let steps = list("steps", funnel.steps.iter().map(step));
    tool(&funnel.header, &funnel.over, steps.into_iter().collect())
}

fn step(step: &Step) -> Entry<'_> {
    definition(&step.header, "value", phrase(parts::step(step), before(&step.header, 8)), Vec::new())
}

fn kpi(kpi: &Kpi) -> Entry<'_> {
    let value = match &kpi.value {
        Some(value) => phrase(Phrase::new().expr(value, Level::Where), before(&kpi.header, 2)),
        None => Value::Null,
    };
    definition(&kpi.header, "value", value, properties(&kpi.properties))
}

/// Properties in their order; those of one kind together, where the first stands.
fn properties(properties: &[Property<KpiProperty>]) -> Vec<Entry<'_>> {
    let mut entries: Vec<Entry> = Vec::new();
    for property in properties {
        let (one, value) = parts::property(&property.value);
        let same = || properties.iter().filter(move |p| parts::property(&p.value).0 == one);
        let is_first = same().next().is_some_and(|first| std::ptr::eq(first, property));
        match &property.value {
            // With its kind, above.
            KpiProperty::Label { .. } | KpiProperty::Target(_) | KpiProperty::Benchmark(_) if !is_first => {}
            KpiProperty::Label { .. } => entries.push(Entry::new("labels", Value::Map(labels(same())))),
            KpiProperty::Target(_) | KpiProperty::Benchmark(_) if same().count() > 1 => {
                let items =
                    same().map(|p| Entry::item(part(parts::property(&p.value).1, 8)).with(&p.comments));
                entries.push(Entry::new(format!("{one}s"), Value::List(items.collect())));
            }
            _ => entries.push(Entry::new(one, part(value, one.len() + 6)).with(&property.comments)),
        }
    }
    entries
}

fn labels<'a>(properties: impl Iterator<Item = &'a Property<KpiProperty>>) -> Vec<Entry<'a>> {
    properties
        .filter_map(|property| match &property.value {
            KpiProperty::Label { language, text: label } => {
                Some(Entry::new(language.value.clone(), text(label)).with(&property.comments))
            }
            _ => None,
        })
        .collect()
}

fn block<'a>(header: &'a Header, properties: Vec<(&'a Comments, parts::Part<'a>)>) -> Entry<'a> {
    let entries = properties
        .into_iter()
        .map(|(comments, (keyword, value))| Entry::new(keyword, part(value, 4)).with(comments));
    definition(header, "", Value::Null, entries.collect())
}

fn part(value: parts::Value<'_>, before: usize) -> Value<'_> {
    match value {
        parts::Value::Phrase(text) => phrase(text, before),
        parts::Value::Names(names) => Value::Flow(names),
        parts::Value::Text(value) | parts::Value::Label(value) => text(value),
    }
}

fn test(test: &Test) -> Entry<'_> {
    let mut rest = Vec::new();
    let sources = test.given.iter().map(|p| {
        let columns = unit_test::columns(&p.value.table.columns);
        rows(p.value.source.value.clone(), columns, &p.value.table, &p.comments)
    });
    rest.extend(group("given", sources));
    rest.extend(test.when.as_ref().map(|p| plain("when", p, unit_test::when)));
    rest.extend(test.then.as_ref().map(|p| {
        let head = unit_test::then(&p.value).text(0, 0);
        rows("then", head, &p.value.table, &p.comments)
    }));
    rest.extend(test.invariants.as_ref().map(|p| Entry::new("invariants", Value::Null).with(&p.comments)));
    definition(&test.header, "", Value::Null, rest)
}

/// The columns, then a row an item. A comment behind the columns stays there.
fn rows<'a>(key: impl Into<String>, columns: String, table: &'a Cells, comments: &'a Comments) -> Entry<'a> {
    let all = Remarks::from(comments);
    let behind = Remarks { behind: all.behind, ..Remarks::default() };
    let head = Entry::item(Value::Text(columns)).with(behind);
    let rows = table.rows.iter().map(|row| {
        let text = unit_test::row(&row.value).text(0, 0);
        Entry::item(Value::Text(text)).with(&row.comments)
    });
    let list = Value::List(std::iter::once(head).chain(rows).collect());
    Entry::new(key, list).with(Remarks { behind: None, ..all })
}
