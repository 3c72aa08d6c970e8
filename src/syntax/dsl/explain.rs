//! A place where reading stopped, in words: fact, reason, next step.

use super::build::unknown_unit;
use super::grammar::Rule;
use super::scan::{Kind, Quote, Token, first, tokens};
use super::{Fragment, habits, short, words};
use crate::diagnostic::{Code, Diagnostic, nearest};
use pest::error::{Error, ErrorVariant, InputLocation};
use std::ops::Range;

/// What was being read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// One text by itself.
    Alone,
    /// An item without a block.
    Item,
    /// What stands before a block.
    Head,
    /// A property in the block of this item.
    Block(&'static str),
}

/// What a message is made of.
#[derive(Debug)]
pub struct Stop<'a> {
    pub fragment: &'a Fragment,
    /// The text of what was being read.
    pub slice: &'a str,
    base: usize,
    pub place: Place,
    /// The token where reading stopped; none: at the end.
    pub token: Option<Token>,
    pub before: Option<Token>,
    pub expected: &'a [Rule],
}

impl Stop<'_> {
    pub fn text(&self, token: Token) -> &str {
        &self.slice[token.start..token.end]
    }

    pub fn span(&self, token: Token) -> crate::source::Span {
        self.fragment.span(self.base + token.start..self.base + token.end)
    }

    pub fn error(&self, token: Token, code: Code, fact: impl Into<String>) -> Diagnostic {
        Diagnostic::error(code, self.span(token), fact)
    }

    pub fn expects(&self, rule: Rule) -> bool {
        self.expected.contains(&rule)
    }

    /// Whether a value may stand there: a name, a number, a text.
    pub fn expects_value(&self) -> bool {
        self.expected.iter().any(|rule| is_value(*rule))
    }
}

/// Where reading stopped, as an offset of the slice.
pub fn position(slice: &str, error: &Error<Rule>) -> usize {
    let (InputLocation::Pos(at) | InputLocation::Span((at, _))) = error.location;
    let at = at.min(slice.len());
    if slice.is_char_boundary(at) { at } else { 0 }
}

/// The start of a sign of two characters whose first one the grammar took: `==`.
fn whole_sign(slice: &str, at: usize) -> usize {
    let before = slice[..at].chars().next_back().map_or(at, |c| at - c.len_utf8());
    match first(&slice[before..]) {
        Some(sign) if sign.kind == Kind::Symbol && sign.start == 0 && before + sign.end > at => before,
        _ => at,
    }
}

/// The finding about a piece that the grammar refuses.
pub fn mistake(fragment: &Fragment, range: Range<usize>, error: &Error<Rule>, place: Place) -> Diagnostic {
    let slice = &fragment.text()[range.clone()];
    let at = whole_sign(slice, position(slice, error));
    let move_on = |token: Token| Token { start: token.start + at, end: token.end + at, ..token };
    let expected: &[Rule] = match &error.variant {
        ErrorVariant::ParsingError { positives, .. } => positives,
        ErrorVariant::CustomError { .. } => &[],
    };
    let stop = Stop {
        fragment,
        slice,
        base: range.start,
        place,
        token: first(&slice[at..]).map(move_on),
        before: tokens(&slice[..at]).filter(|token| token.kind != Kind::Comment).last(),
        expected,
    };
    match stop.token {
        None => at_end(&stop),
        Some(token) => habits::known(&stop, token).unwrap_or_else(|| unexpected(&stop, token)),
    }
}

/// Nothing follows where something should.
fn at_end(stop: &Stop<'_>) -> Diagnostic {
    if let Some(paren) = open_paren(stop.slice) {
        return stop
            .error(paren, Code::Unterminated, "this parenthesis is never closed")
            .because("what follows would be read as part of it")
            .help("close it with `)`");
    }
    let Some(before) = stop.before else {
        let at = stop.fragment.span(stop.base..stop.base);
        return Diagnostic::error(Code::Syntax, at, "nothing stands here").help(can_stand(stop.expected));
    };
    stop.error(before, Code::Syntax, format!("something is missing behind `{}`", short(stop.text(before))))
        .help(can_stand(stop.expected))
}

/// The first parenthesis without a partner.
fn open_paren(slice: &str) -> Option<Token> {
    let mut open = Vec::new();
    for token in tokens(slice) {
        match token.kind {
            Kind::OpenParen => open.push(token),
            Kind::CloseParen => {
                open.pop();
            }
            _ => {}
        }
    }
    open.pop()
}

fn unexpected(stop: &Stop<'_>, token: Token) -> Diagnostic {
    let written = short(stop.text(token));
    let operand = |before: Token| {
        matches!(before.kind, Kind::Word | Kind::Number | Kind::CloseParen | Kind::Quoted(_))
            && stop.expects(Rule::add)
    };
    let starts_value = matches!(token.kind, Kind::Word | Kind::Number | Kind::Quoted(_) | Kind::OpenParen);
    let fact = match stop.before {
        Some(before) if operand(before) && starts_value => {
            let sign = if before.kind == Kind::Number { "*" } else { "/" };
            let before = short(stop.text(before));
            return stop
                .error(token, Code::Syntax, format!("`{written}` follows `{before}` without an operator"))
                .help(format!("put one between them, as in `{before} {sign} {written}`"));
        }
        Some(before) => format!("`{written}` cannot stand behind `{}`", short(stop.text(before))),
        None => format!("`{written}` cannot stand here"),
    };
    let finding = stop.error(token, Code::Syntax, fact);
    match meant(stop, token) {
        Some(meant) => finding.help(format!("did you mean `{meant}`?")).fix(stop.span(token), meant),
        None => finding.help(can_stand(stop.expected)),
    }
}

/// The keyword of this place that a misspelt word means.
fn meant(stop: &Stop<'_>, token: Token) -> Option<String> {
    if token.kind != Kind::Word || token.end - token.start > 40 {
        return None;
    }
    let keywords = stop.expected.iter().flat_map(|rule| match rule {
        Rule::grain_word => words::GRAINS.map(str::to_owned).to_vec(),
        Rule::status_rule => vec!["at_risk".to_owned(), "off_track".to_owned()],
        rule => format!("{rule:?}").strip_prefix("kw_").map(str::to_owned).into_iter().collect(),
    });
    let keywords: Vec<String> = keywords.collect();
    nearest(stop.text(token), keywords.iter().map(String::as_str)).map(str::to_owned)
}

/// What could have stood there.
fn can_stand(expected: &[Rule]) -> String {
    let mut list: Vec<String> = Vec::new();
    for rule in expected {
        if let Some(what) = words_for(*rule, expected)
            && !list.contains(&what)
        {
            list.push(what);
        }
    }
    // Whatever else may follow, the end may too.
    list.sort_by_key(|what| what == END);
    match list.split_last() {
        None => "take it out, or look at the line before it".to_owned(),
        Some((only, [])) => format!("expected here: {only}"),
        Some((last, others)) if others.len() < 8 => {
            format!("expected here: {} or {last}", others.join(", "))
        }
        Some((_, others)) => format!("expected here: {} …", others[..8].join(", ")),
    }
}

const END: &str = "the end";

/// Rules by which every value begins.
fn is_value(rule: Rule) -> bool {
    matches!(rule, Rule::group | Rule::expression | Rule::formula | Rule::sum)
}

fn words_for(rule: Rule, expected: &[Rule]) -> Option<String> {
    use Rule as R;
    let value = expected.iter().any(|rule| is_value(*rule));
    Some(match rule {
        R::EOI => END.to_owned(),
        R::expression | R::formula | R::sum => "a value".to_owned(),
        R::kw_distinct
        | R::on_day
        | R::from_day
        | R::for_days
        | R::by_grain
        | R::kw_on
        | R::kw_from
        | R::kw_within
        | R::kw_by
        | R::kw_decay
        | R::per
        | R::kw_per
            if value =>
        {
            return None;
        }
        R::status_rule => "`at_risk` or `off_track`".to_owned(),
        R::quantity | R::number | R::percent | R::period_like | R::choice | R::group | R::reference
            if value =>
        {
            "a value".to_owned()
        }
        R::text
        | R::parameter
        | R::kw_null
        | R::kw_true
        | R::kw_false
        | R::name
        | R::negate
        | R::kw_case
        | R::kw_not
        | R::distinct
        | R::on_day
        | R::from_day
        | R::for_days
        | R::by_grain
        | R::decay
            if value =>
        {
            return None;
        }
        R::add | R::minus | R::multiply | R::divide | R::equal | R::kw_and | R::kw_or => {
            "an operator".to_owned()
        }
        R::less | R::less_equal | R::greater | R::greater_equal | R::not_equal | R::arguments => return None,
        R::in_list | R::between | R::like | R::is_null | R::kw_in | R::kw_is | R::kw_like | R::kw_between
            if expected.contains(&R::add) =>
        {
            return None;
        }
        R::kw_not if expected.contains(&R::add) => return None,
        R::name | R::path | R::joined | R::word => "a name".to_owned(),
        R::label => "a label in double quotes".to_owned(),
        R::text => "a text in single quotes".to_owned(),
        R::literal | R::quantity | R::number | R::percent => "a number".to_owned(),
        R::duration => "a duration such as `7 days`".to_owned(),
        R::parameter => "a parameter such as `$window`".to_owned(),
        R::period | R::period_like => "a period such as `2026-01`".to_owned(),
        R::time_unit => "a unit of time".to_owned(),
        R::currency => "a currency".to_owned(),
        R::whole => "a whole number".to_owned(),
        R::grain_word => "a grain such as `month`".to_owned(),
        R::zone => "a unit or time zone".to_owned(),
        R::language => "a language such as `fr`".to_owned(),
        R::cell => "a value".to_owned(),
        R::cell_names => "columns in parentheses, as `(month, revenue)`".to_owned(),
        R::row => "a row in parentheses".to_owned(),
        R::asked_grain => "`grain`".to_owned(),
        R::open => "`{`".to_owned(),
        R::close => "`}`".to_owned(),
        R::filter => "`where`".to_owned(),
        R::at => "`at`".to_owned(),
        R::on => "`on`".to_owned(),
        R::within => "`within`".to_owned(),
        R::per | R::band_per => "`per`".to_owned(),
        R::having => "`having`".to_owned(),
        R::goal => "`target`".to_owned(),
        R::from => "`from`".to_owned(),
        R::until => "`until`".to_owned(),
        other => format!("`{}`", format!("{other:?}").strip_prefix("kw_")?),
    })
}

/// Whether a word looks like the start of another property or item.
pub fn begins_another(text: &str, word: &Range<usize>, place: Place) -> bool {
    let written = &text[word.clone()];
    let Some(token) = first(written).filter(|token| token.kind == Kind::Word && !words::is_reserved(written))
    else {
        return false;
    };
    let line = text[..word.start].rfind('\n').map_or(0, |at| at + 1);
    let starts_line = text[line..word.start].trim().is_empty();
    let known: &[&str] = match place {
        Place::Block(item) => words::inside(item),
        Place::Item => &words::ITEMS,
        Place::Alone | Place::Head => return false,
    };
    let near = token.end < 40 && nearest(written, known.iter().copied()).is_some();
    starts_line || near || known.contains(&written) || elsewhere(written)
}

/// A keyword of some block.
fn elsewhere(word: &str) -> bool {
    words::is_property(word)
}

/// What stands where a property of this item should begin.
pub fn no_property(fragment: &Fragment, at: Range<usize>, item: &str) -> Diagnostic {
    let word = &fragment.text()[at.clone()];
    let span = fragment.span(at);
    let owner = words::a(item);
    if first(word).is_none_or(|token| token.kind != Kind::Word) {
        return Diagnostic::error(
            Code::Syntax,
            span,
            format!("`{}` begins no property of {owner}", short(word)),
        )
        .help(format!("a property begins with {}", list(words::inside(item))));
    }
    let finding =
        Diagnostic::error(Code::UnknownKeyword, span, format!("{owner} has no property `{}`", short(word)));
    if let Some(meant) = near(word, words::inside(item)) {
        return finding.help(format!("did you mean `{meant}`?")).fix(span, meant);
    }
    if let Some(meant) = words::elsewhere_called(item, word) {
        return finding.help(format!("write {meant}"));
    }
    match ["source", "kpi", "objective", "dashboard"]
        .into_iter()
        .find(|other| words::inside(other).contains(&word))
    {
        Some(other) => finding.because(format!("`{word}` belongs to {}", words::a(other))),
        None => finding.because("left alone, a misspelt property would be ignored"),
    }
    .help(format!("{owner} takes {}; names in a list are separated by commas", list(words::inside(item))))
}

/// What stands where an item should begin.
pub fn no_item(fragment: &Fragment, at: Range<usize>) -> Diagnostic {
    let word = &fragment.text()[at.clone()];
    let span = fragment.span(at);
    if word == "}" {
        return Diagnostic::error(Code::Syntax, span, "this `}` closes nothing")
            .because("every block before it is closed already")
            .help("remove it, or look for a `{` that is missing above");
    }
    if first(word).is_none_or(|token| token.kind != Kind::Word) {
        return Diagnostic::error(Code::Syntax, span, format!("`{}` begins no definition", short(word)))
            .help(format!("a definition begins with {}", list(&words::ITEMS)));
    }
    if words::ITEMS.contains(&word) {
        return Diagnostic::error(Code::Syntax, span, format!("`{word}` stands alone"))
            .help(format!("give it a name: `{word} revenue`"));
    }
    let finding =
        Diagnostic::error(Code::UnknownKeyword, span, format!("no definition begins with `{}`", short(word)));
    if let Some(meant) = near(word, &words::ITEMS) {
        return finding.help(format!("did you mean `{meant}`?")).fix(span, meant);
    }
    if let Some(meant) = words::elsewhere_called("", word) {
        return finding.help(format!("write {meant}"));
    }
    if elsewhere(word) {
        return finding
            .because(format!("`{word}` is a property, and stands inside the block of its item"))
            .help("put it between `{` and `}` behind the item's name or formula");
    }
    finding.help(format!("a definition begins with {}", list(&words::ITEMS)))
}

/// The finding about a block without its end.
pub fn open_block(fragment: &Fragment, open: usize, end: usize, owner: &str) -> Diagnostic {
    let finding =
        Diagnostic::error(Code::Unterminated, fragment.span(open..open + 1), "this block is never closed")
            .because(format!("everything behind it would be read as part of {owner}"))
            .help("close it with `}`");
    if end < fragment.text().len() {
        finding.label(fragment.span(end..end + 1), "the next definition begins here")
    } else {
        finding
    }
}

fn near(word: &str, known: &[&'static str]) -> Option<&'static str> {
    if word.len() < 40 { nearest(word, known.iter().copied()) } else { None }
}

fn list(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    quoted.join(", ")
}

/// The finding about a word behind a number that is no unit.
pub fn no_unit(stop: &Stop<'_>, token: Token) -> Diagnostic {
    unknown_unit(stop.text(token), stop.span(token))
}

/// Whether a token is a quote of this kind.
pub fn is_quote(token: Token, quote: Quote) -> bool {
    token.kind == Kind::Quoted(quote)
}
