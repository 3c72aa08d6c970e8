//! A language, with what it says of names, numbers, times and lists.

use super::phrases::{ENGLISH, FRENCH, Phrases, fill};
use crate::report::{Number, Writing};
use crate::resolve::resolved::{Date, Grain, Length, TimeUnit, UnitName};
use crate::run::Value;
use crate::value::{Literal, Part, Step};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    English,
    French,
}

impl Language {
    pub const ALL: [Language; 2] = [Language::English, Language::French];

    /// As BCP 47 has it.
    pub fn code(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::French => "fr",
        }
    }

    /// That of a locale, `fr-CA`; `None`: one that kpic does not speak.
    pub fn of_locale(locale: &str) -> Option<Language> {
        let spoken = locale.split(['-', '_']).next().unwrap_or_default();
        Language::ALL.into_iter().find(|language| language.code().eq_ignore_ascii_case(spoken))
    }

    pub fn phrases(self) -> &'static Phrases {
        match self {
            Language::English => &ENGLISH,
            Language::French => &FRENCH,
        }
    }
}

/// A language that writes numbers as a locale does.
#[derive(Debug)]
pub struct Voice {
    pub language: Language,
    pub phrases: &'static Phrases,
    writing: Writing,
}

impl Voice {
    /// A language with the numbers of a locale, if that is one of its own.
    pub fn new(language: Language, locale: Option<&str>) -> Voice {
        let own = locale.filter(|locale| Language::of_locale(locale) == Some(language));
        let usual = match language {
            Language::English => None,
            Language::French => Some("fr-FR"),
        };
        Voice { language, phrases: language.phrases(), writing: Writing::of(own.or(usual)) }
    }

    // --------------------------------------------------------------- names

    /// A name, in backticks as a formula could have it: it is no word of the sentence.
    pub fn name(&self, name: &str) -> String {
        format!("`{}`", line(name).replace('`', "``"))
    }

    pub fn names<'n>(&self, names: impl IntoIterator<Item = &'n str>) -> String {
        let names: Vec<String> = names.into_iter().map(|name| self.name(name)).collect();
        names.join(self.phrases.comma)
    }

    /// A text of the data.
    pub fn quoted(&self, text: &str) -> String {
        fill(self.phrases.quoted, &[&line(text)])
    }

    /// `a, b and c`
    pub fn list(&self, parts: &[String], last: &str) -> String {
        match parts {
            [] => String::new(),
            [one] => one.clone(),
            [first @ .., end] => format!("{}{last}{end}", first.join(self.phrases.comma)),
        }
    }

    // ------------------------------------------------------------- numbers

    /// A number of a unit, without decimals that say nothing.
    pub fn number(&self, digits: &str, unit: Option<&UnitName>, is_span: bool) -> String {
        let number = Number { unit: unit.cloned(), is_span, format: None };
        let shown = self.writing.shown(&Value::Decimal(digits.to_string()), &number);
        let decimal = self.writing.decimal();
        let Some((whole, rest)) = shown.split_once(decimal) else { return shown };
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        match rest[..end].bytes().all(|digit| digit == b'0') && whole.ends_with(|c: char| c.is_ascii_digit())
        {
            true => format!("{whole}{}", &rest[end..]),
            false => shown,
        }
    }

    pub fn literal(&self, literal: &Literal, is_span: bool) -> String {
        match literal {
            Literal::Null(_) => self.phrases.nothing.into(),
            Literal::Boolean(true) => self.phrases.yes.into(),
            Literal::Boolean(false) => self.phrases.no.into(),
            Literal::Number(digits) => self.number(digits, None, is_span),
            Literal::Text(text) => self.quoted(text),
            Literal::Date(day) => self.iso_day(day),
            Literal::Timestamp(text) | Literal::Instant(text) => {
                let (day, time) = text.split_once(' ').unwrap_or((text, ""));
                format!("{} {time}", self.iso_day(day)).trim_end().to_string()
            }
            Literal::Interval(step) => self.step(*step),
        }
    }

    // --------------------------------------------------------------- times

    fn iso_day(&self, text: &str) -> String {
        let mut parts = text.splitn(3, '-').map(str::parse::<i16>);
        let (Some(Ok(year)), Some(Ok(month)), Some(Ok(day))) = (parts.next(), parts.next(), parts.next())
        else {
            return text.into();
        };
        let date = u8::try_from(month).ok().zip(u8::try_from(day).ok());
        let Some((month, day)) = date else { return text.into() };
        // In a sentence a day has an article.
        match self.language {
            Language::English => self.day(Date { year, month, day }),
            Language::French => format!("le {}", self.day(Date { year, month, day })),
        }
    }

    /// `2 July 2026`
    pub fn day(&self, day: Date) -> String {
        let number = if day.day == 1 { self.phrases.first_of_month.to_string() } else { day.day.to_string() };
        fill(self.phrases.day, &[&number, &self.month(day)])
    }

    /// `July 2026`
    pub fn month(&self, day: Date) -> String {
        format!("{} {}", self.month_names(day).0, day.year)
    }

    /// The month as `from` goes before it.
    pub fn month_of(&self, day: Date) -> String {
        format!("{} {}", self.month_names(day).1, day.year)
    }

    fn month_names(&self, day: Date) -> (&'static str, &'static str) {
        self.phrases.months.get(usize::from(day.month).saturating_sub(1)).copied().unwrap_or_default()
    }

    pub fn grain(&self, grain: Grain) -> &'static str {
        self.phrases.grains[place(grain)].0
    }

    /// `of the month`
    pub fn of_grain(&self, grain: Grain) -> &'static str {
        self.phrases.grains[place(grain)].1
    }

    /// `28 days`
    pub fn length(&self, length: Length) -> String {
        self.counted(i64::from(length.count), length.unit)
    }

    /// `3 days`
    pub fn days(&self, count: u32) -> String {
        self.counted(i64::from(count), TimeUnit::Day)
    }

    /// One of a unit, without its number: `year`.
    pub fn time_unit(&self, unit: TimeUnit) -> &'static str {
        self.phrases.units[unit_place(unit)].0
    }

    fn counted(&self, count: i64, unit: TimeUnit) -> String {
        let (one, several) = self.phrases.units[unit_place(unit)];
        // No line ends between a number and its word.
        let gap = if self.language == Language::French { "\u{a0}" } else { " " };
        format!(
            "{}{gap}{}",
            self.number(&count.to_string(), None, false),
            if count == 1 { one } else { several }
        )
    }

    /// A clock or calendar span, however long; its direction is said beside it.
    pub fn step(&self, step: Step) -> String {
        let unit = match step.unit {
            Part::Second => TimeUnit::Second,
            Part::Minute => TimeUnit::Minute,
            Part::Hour => TimeUnit::Hour,
            Part::Day | Part::Weekday => TimeUnit::Day,
            Part::Week => TimeUnit::Week,
            Part::Month => TimeUnit::Month,
            Part::Quarter => TimeUnit::Quarter,
            Part::Year => TimeUnit::Year,
        };
        self.counted(step.count.saturating_abs(), unit)
    }

    pub fn unit(&self, unit: &UnitName) -> String {
        match unit {
            UnitName::Currency(code) => line(code),
            UnitName::Percent => self.phrases.percent.into(),
            UnitName::Ratio => self.phrases.ratio.into(),
            UnitName::Count => self.phrases.counted.into(),
            UnitName::Score(None) => self.phrases.score.into(),
            UnitName::Score(Some(scale)) => {
                let bound = |digits: &str| self.number(digits, None, false);
                fill(self.phrases.score_of, &[&bound(&scale.low), &bound(&scale.high)])
            }
            UnitName::Duration => self.phrases.duration.into(),
            UnitName::Time(unit) => self.phrases.units[unit_place(*unit)].1.into(),
        }
    }
}

fn place(grain: Grain) -> usize {
    match grain {
        Grain::Hour => 0,
        Grain::Day => 1,
        Grain::Week => 2,
        Grain::Month => 3,
        Grain::Quarter => 4,
        Grain::Year => 5,
        Grain::IsoYear => 6,
        Grain::FiscalMonth => 7,
        Grain::FiscalQuarter => 8,
        Grain::FiscalYear => 9,
    }
}

fn unit_place(unit: TimeUnit) -> usize {
    match unit {
        TimeUnit::Millisecond => 0,
        TimeUnit::Second => 1,
        TimeUnit::Minute => 2,
        TimeUnit::Hour => 3,
        TimeUnit::Day => 4,
        TimeUnit::Week => 5,
        TimeUnit::Month => 6,
        TimeUnit::Quarter => 7,
        TimeUnit::Year => 8,
    }
}

/// A text of a definition as one harmless line: control characters, which could steer a
/// terminal, become spaces.
pub fn line(text: &str) -> String {
    let shown: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    shown.split_whitespace().collect::<Vec<_>>().join(" ")
}
