//! Expressions in words, whatever their leaves are.

use super::phrases::fill;
use super::voice::{Language, Voice};
use crate::resolve::scalar::{Arithmetic, Comparison, Scalar, ScalarKind, Type};
use crate::value::{Function, Literal, Part, Step};

/// What is said of an expression, and how tightly it holds together.
#[derive(Debug, Clone)]
pub struct Said {
    pub text: String,
    pub bond: Bond,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bond {
    /// A name, a value, something in parentheses.
    Whole,
    /// `sum of …`: nothing may follow that could belong to its inside.
    Open,
    /// `… times …`
    Product,
    /// `… plus …`
    Sum,
    /// A condition, or a choice.
    Condition,
    /// `… and …`
    And,
    /// `… or …`
    Or,
}

impl Said {
    pub fn whole(text: impl Into<String>) -> Said {
        Said { text: text.into(), bond: Bond::Whole }
    }

    pub fn open(text: impl Into<String>) -> Said {
        Said { text: text.into(), bond: Bond::Open }
    }

    pub fn new(text: impl Into<String>, bond: Bond) -> Said {
        Said { text: text.into(), bond }
    }

    /// The text behind `sum of`.
    pub fn of(self, voice: &Voice) -> String {
        let most = match voice.language {
            Language::English => Bond::Open,
            Language::French => Bond::Whole,
        };
        self.within(voice, most)
    }

    /// The text where nothing looser than a bond may stand.
    pub fn within(self, voice: &Voice, most: Bond) -> String {
        if self.bond <= most { self.text } else { fill(voice.phrases.group, &[&self.text]) }
    }
}

/// Says expressions, with their leaves as `leaf` says them.
pub struct Sayer<'v, L> {
    pub voice: &'v Voice,
    pub leaf: &'v dyn Fn(&L) -> Said,
    /// The name of an expression that has one, so that it is said once and beneath.
    pub named: &'v dyn Fn(&Scalar<L>) -> Option<String>,
}

/// No expression has a name.
pub fn unnamed<L>(_: &Scalar<L>) -> Option<String> {
    None
}

impl<L> Sayer<'_, L> {
    pub fn say(&self, scalar: &Scalar<L>) -> Said {
        use ScalarKind as K;
        let p = self.voice.phrases;
        let is_span = scalar.ty == Type::Duration;
        if let Some(name) = (self.named)(scalar) {
            return Said::whole(name);
        }
        match &scalar.kind {
            K::Leaf(leaf) => (self.leaf)(leaf),
            K::Literal(literal) => Said::whole(self.voice.literal(literal, is_span)),
            K::Negate(a) => Said::open(fill(p.opposite, &[&self.tight(a)])),
            K::Not(a) => self.not(a),
            K::And(list) => self.both(list, p.and, Bond::And),
            K::Or(list) => self.both(list, p.or, Bond::Or),
            K::Compare(comparison, a, b) => self.compare(*comparison, a, b),
            K::Arithmetic(operation, a, b) => self.arithmetic(*operation, a, b),
            K::Divide(a, b) => Said::new(fill(p.divided, &[&self.tight(a), &self.tight(b)]), Bond::Product),
            K::In(a, list) => {
                let values: Vec<String> = list.iter().map(|value| self.tight(value)).collect();
                self.condition(p.one_of, &[self.operand(a), self.voice.list(&values, p.or)])
            }
            K::Between { value, low, high } => {
                self.condition(p.between, &[self.operand(value), self.tight(low), self.tight(high)])
            }
            K::Like(a, pattern) => self.like(a, pattern, true),
            K::IsNull(a) => self.condition(p.empty, &[self.operand(a)]),
            K::Case { whens, otherwise } => self.choice(whens, otherwise.as_deref()),
            K::Call(function, arguments) => self.call(*function, arguments),
            K::Cast(a, ty) => self.cast(a, *ty),
            K::Extract(part, a) => Said::open(fill(self.part_of(*part), &[&self.of(a)])),
            K::Seconds { start, end } => Said::open(fill(p.elapsed, &[&self.tight(start), &self.tight(end)])),
            K::Shift(a, step) => self.moved(a, *step),
            K::InZone { value, to, .. } => {
                Said::open(fill(p.in_zone, &[&self.operand(value), &super::voice::line(to)]))
            }
        }
    }

    /// Where a number stands between others.
    fn tight(&self, scalar: &Scalar<L>) -> String {
        self.say(scalar).within(self.voice, Bond::Whole)
    }

    /// Where a value stands behind `of`.
    fn operand(&self, scalar: &Scalar<L>) -> String {
        self.say(scalar).within(self.voice, Bond::Open)
    }

    /// Behind `of` at the start of a phrase: French would need an article there.
    fn of(&self, scalar: &Scalar<L>) -> String {
        self.say(scalar).of(self.voice)
    }

    fn condition(&self, phrase: &str, parts: &[String]) -> Said {
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        Said::new(fill(phrase, &parts), Bond::Condition)
    }

    /// An expression as a condition: of a column by itself, that it holds.
    pub fn holds(&self, scalar: &Scalar<L>) -> Said {
        if let Some(name) = (self.named)(scalar) {
            return self.condition(self.voice.phrases.holds, &[name]);
        }
        match &scalar.kind {
            ScalarKind::Leaf(_) | ScalarKind::Literal(_) => {
                self.condition(self.voice.phrases.holds, &[self.tight(scalar)])
            }
            _ => self.say(scalar),
        }
    }

    fn both(&self, list: &[Scalar<L>], word: &str, bond: Bond) -> Said {
        let parts: Vec<String> =
            list.iter().map(|part| self.holds(part).within(self.voice, Bond::Condition)).collect();
        Said::new(parts.join(word), bond)
    }

    /// The opposite of a condition, in words of its own where there are some.
    fn not(&self, a: &Scalar<L>) -> Said {
        use ScalarKind as K;
        let p = self.voice.phrases;
        if let Some(name) = (self.named)(a) {
            return self.condition(p.fails, &[name]);
        }
        match &a.kind {
            K::Compare(Comparison::Equal, a, b) => {
                let phrase = if a.ty.is_time() { p.other_time } else { p.not_equal };
                self.condition(phrase, &[self.operand(a), self.tight(b)])
            }
            K::In(a, list) => {
                let values: Vec<String> = list.iter().map(|value| self.tight(value)).collect();
                self.condition(p.none_of, &[self.operand(a), values.join(p.nor)])
            }
            K::Between { value, low, high } => {
                self.condition(p.not_between, &[self.operand(value), self.tight(low), self.tight(high)])
            }
            K::Like(a, pattern) => self.like(a, pattern, false),
            K::IsNull(a) => self.condition(p.not_empty, &[self.operand(a)]),
            K::Leaf(_) => self.condition(p.fails, &[self.tight(a)]),
            _ => self.condition(p.not, &[self.holds(a).within(self.voice, Bond::Open)]),
        }
    }

    fn compare(&self, comparison: Comparison, a: &Scalar<L>, b: &Scalar<L>) -> Said {
        let p = self.voice.phrases;
        let is_time = a.ty.is_time() || b.ty.is_time();
        let phrase = match (comparison, is_time) {
            (Comparison::Equal, false) => p.equal,
            (Comparison::Equal, true) => p.same_time,
            (Comparison::Less, false) => p.less,
            (Comparison::Less, true) => p.earlier,
            (Comparison::LessEqual, false) => p.at_most,
            (Comparison::LessEqual, true) => p.not_later,
            (Comparison::Greater, false) => p.more,
            (Comparison::Greater, true) => p.later,
            (Comparison::GreaterEqual, false) => p.at_least,
            (Comparison::GreaterEqual, true) => p.not_earlier,
        };
        self.condition(phrase, &[self.operand(a), self.tight(b)])
    }

    fn arithmetic(&self, operation: Arithmetic, a: &Scalar<L>, b: &Scalar<L>) -> Said {
        let p = self.voice.phrases;
        let (phrase, bond) = match operation {
            Arithmetic::Add => (p.plus, Bond::Sum),
            Arithmetic::Subtract => (p.minus, Bond::Sum),
            Arithmetic::Multiply => (p.times, Bond::Product),
        };
        let first = self.say(a);
        // A chain of one kind reads from left to right.
        let is_chain = match (&a.kind, bond) {
            (ScalarKind::Arithmetic(..), bond) => first.bond == bond,
            _ => false,
        };
        let first = if is_chain { first.text } else { first.within(self.voice, Bond::Whole) };
        Said::new(fill(phrase, &[&first, &self.tight(b)]), bond)
    }

    fn like(&self, a: &Scalar<L>, pattern: &Scalar<L>, holds: bool) -> Said {
        let p = self.voice.phrases;
        let plain = |text: &str| !text.contains(['%', '_', '\\']) && !text.is_empty();
        let (yes, no, text) = match &pattern.kind {
            ScalarKind::Literal(Literal::Text(text)) => {
                let (start, end) = (text.strip_prefix('%'), text.strip_suffix('%'));
                let middle = start.and_then(|rest| rest.strip_suffix('%'));
                match (middle, start, end) {
                    (Some(part), ..) if plain(part) => (p.contains, p.not_contains, part),
                    (_, Some(part), _) if plain(part) => (p.ends, p.not_ends, part),
                    (_, _, Some(part)) if plain(part) => (p.starts, p.not_starts, part),
                    _ => (p.like, p.not_like, text.as_str()),
                }
            }
            _ => {
                let phrase = if holds { p.like } else { p.not_like };
                return self.condition(phrase, &[self.operand(a), self.tight(pattern)]);
            }
        };
        let text = self.voice.quoted(text);
        self.condition(if holds { yes } else { no }, &[self.operand(a), text])
    }

    fn choice(&self, whens: &[(Scalar<L>, Scalar<L>)], otherwise: Option<&Scalar<L>>) -> Said {
        let p = self.voice.phrases;
        let mut parts: Vec<String> = whens
            .iter()
            .map(|(condition, value)| fill(p.when, &[&self.operand(value), &self.holds(condition).text]))
            .collect();
        let rest = otherwise.map_or_else(|| p.nothing.to_string(), |value| self.operand(value));
        parts.push(fill(p.otherwise, &[&rest]));
        Said::new(parts.join(p.semicolon), Bond::Or)
    }

    fn call(&self, function: Function, arguments: &[Scalar<L>]) -> Said {
        let p = self.voice.phrases;
        let parts: Vec<String> = arguments.iter().map(|argument| self.tight(argument)).collect();
        let all = self.voice.list(&parts, p.and);
        let (phrase, of_all, is_condition) = match function {
            Function::Abs => (p.abs, false, false),
            Function::Round if parts.len() > 1 => (p.round_to, false, false),
            Function::Round => (p.round, false, false),
            Function::Floor => (p.floor, false, false),
            Function::Ceil => (p.ceil, false, false),
            Function::Sqrt => (p.sqrt, false, false),
            Function::Ln => (p.ln, false, false),
            Function::Exp => (p.exp, false, false),
            Function::Power => (p.power, false, false),
            Function::Mod => (p.modulo, false, false),
            Function::Greatest => (p.greatest, true, false),
            Function::Least => (p.least, true, false),
            Function::Coalesce => (p.coalesce, true, false),
            Function::NullIf => (p.null_if, false, false),
            Function::Lower => (p.lower, false, false),
            Function::Upper => (p.upper, false, false),
            Function::Trim => (p.trim, false, false),
            Function::Length => (p.length, false, false),
            Function::Substring if parts.len() > 2 => (p.substring, false, false),
            Function::Substring => (p.substring_from, false, false),
            Function::Replace => (p.replace, false, false),
            Function::Concat => (p.concat, true, false),
            Function::StartsWith => (p.starts, false, true),
            Function::EndsWith => (p.ends, false, true),
            Function::Contains => (p.contains, false, true),
            Function::BitAnd => (p.bit_and, false, false),
        };
        let bond = if is_condition { Bond::Condition } else { Bond::Open };
        let parts: Vec<&str> = if of_all { vec![&all] } else { parts.iter().map(String::as_str).collect() };
        Said::new(fill(phrase, &parts), bond)
    }

    fn cast(&self, a: &Scalar<L>, ty: Type) -> Said {
        let p = self.voice.phrases;
        let phrase = match ty {
            // Nothing that people would say of it.
            Type::Unknown | Type::Null => return self.say(a),
            Type::Text => p.to_text,
            Type::Integer => p.to_integer,
            Type::Decimal(_) => p.to_decimal,
            Type::Float => p.to_float,
            Type::Boolean => p.to_boolean,
            Type::Date => p.to_date_type,
            Type::Timestamp => p.to_timestamp,
            Type::Instant => p.to_instant,
            Type::Duration => p.to_duration,
        };
        Said::open(fill(phrase, &[&self.of(a)]))
    }

    fn part_of(&self, part: Part) -> &'static str {
        let p = self.voice.phrases;
        match part {
            Part::Second => p.second_of,
            Part::Minute => p.minute_of,
            Part::Hour => p.hour_of,
            Part::Day => p.day_of,
            Part::Week => p.week_of,
            Part::Month => p.month_of,
            Part::Quarter => p.quarter_of,
            Part::Year => p.year_of,
            Part::Weekday => p.weekday_of,
        }
    }

    fn moved(&self, a: &Scalar<L>, step: Step) -> Said {
        let p = self.voice.phrases;
        let phrase = if step.count < 0 { p.moved_back } else { p.moved_on };
        Said::new(fill(phrase, &[&self.tight(a), &self.voice.step(step)]), Bond::Sum)
    }
}
