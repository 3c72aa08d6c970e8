//! Facts about how a locale writes numbers.
//!
//! A table for the closed list of locales, as CLDR has it: separators and groups, where a
//! percent sign and a currency's symbol stand, short names of times, powers of ten. A
//! currency without a symbol in the list is written by its code.

use super::digits::positive_zero;

/// A name of one thing, and of several.
pub type Words = (&'static str, &'static str);

/// A no-break space.
const NBSP: &str = "\u{a0}";

#[derive(Debug)]
pub struct Facts {
    name: &'static str,
    group: &'static str,
    decimal: char,
    /// How many digits stand before the first separator at least.
    first: usize,
    pub percent_gap: &'static str,
    symbol: Symbol,
    /// Where amounts have another decimal separator than numbers.
    point: Option<char>,
    symbols: &'static [(&'static str, &'static str)],
    /// The powers of ten that have a name, in order.
    pub powers: &'static [(u32, &'static str)],
    /// Whether thousands and millions stand right before the symbol: 1,2 M€.
    joins: bool,
    plural: Plural,
    /// Days, hours, minutes, seconds, beside each other.
    pub parts: [Words; 4],
    /// Days, weeks, months, quarters, years.
    pub units: [Words; 5],
}

/// Where a currency's symbol stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Symbol {
    /// €1.00, -€1.00; a gap only behind letters.
    Before,
    /// € 1,00, -€ 1,00
    BeforeSpaced,
    /// € 1,00, € -1,00
    BeforeSigned,
    /// EUR 1.00, EUR-1.00
    BeforeSpacedOrSigned,
    /// 1,00 €, -1,00 €
    After,
}

/// Of which numbers there is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Plural {
    /// 1 alone.
    One,
    /// Whatever is below two: 1,5 jour.
    BelowTwo,
}

impl Facts {
    /// Between a number and its word.
    pub const GAP: &'static str = NBSP;

    /// The locale of this name, if it is one of the list.
    pub fn named(name: &str) -> Option<&'static Facts> {
        FACTS.iter().find(|facts| facts.name == name)
    }

    pub fn decimal(&self) -> char {
        self.decimal
    }

    pub fn is_one(&self, digits: &str) -> bool {
        match self.plural {
            Plural::One => matches!(digits, "1" | "-1"),
            Plural::BelowTwo => digits.parse::<f64>().is_ok_and(|n| n.abs() < 2.0),
        }
    }

    /// Digits with the locale's separators.
    pub fn grouped(&self, digits: &str) -> String {
        self.separated(digits, self.decimal)
    }

    fn separated(&self, digits: &str, decimal: char) -> String {
        let number = positive_zero(digits.to_string());
        let (sign, digits) = number.strip_prefix('-').map_or(("", number.as_str()), |size| ("-", size));
        let (whole, behind) = digits.split_once('.').unwrap_or((digits, ""));
        let mut out = String::from(sign);
        for (i, digit) in whole.chars().enumerate() {
            if i > 0 && (whole.len() - i).is_multiple_of(3) && whole.len() >= 3 + self.first {
                out.push_str(self.group);
            }
            out.push(digit);
        }
        if !behind.is_empty() {
            out.push(decimal);
            out.push_str(behind);
        }
        out
    }

    /// An amount; the suffix stands for a power of ten.
    pub fn money(&self, digits: &str, suffix: &str, code: &str) -> String {
        let symbols = self.symbols.iter();
        let symbol = symbols.clone().find(|(known, _)| *known == code).map_or(code, |(_, symbol)| symbol);
        let (sign, size) = digits.strip_prefix('-').map_or(("", digits), |size| ("-", size));
        let number = self.separated(size, self.point.unwrap_or(self.decimal)) + suffix;
        // Letters never touch digits.
        let ends_in_letter = symbol.chars().next_back().is_some_and(char::is_alphabetic);
        match self.symbol {
            Symbol::Before if ends_in_letter => format!("{sign}{symbol}{NBSP}{number}"),
            Symbol::Before => format!("{sign}{symbol}{number}"),
            Symbol::BeforeSpaced => format!("{sign}{symbol}{NBSP}{number}"),
            Symbol::BeforeSigned => format!("{symbol}{NBSP}{sign}{number}"),
            Symbol::BeforeSpacedOrSigned if sign.is_empty() => format!("{symbol}{NBSP}{number}"),
            Symbol::BeforeSpacedOrSigned => format!("{symbol}{sign}{number}"),
            Symbol::After => {
                let joined = self.joins && !suffix.is_empty() && !symbol.starts_with(char::is_alphabetic);
                format!("{sign}{number}{}{symbol}", if joined { "" } else { NBSP })
            }
        }
    }
}

const ENGLISH: Facts = Facts {
    name: "en-US",
    group: ",",
    decimal: '.',
    first: 1,
    percent_gap: "",
    symbol: Symbol::Before,
    point: None,
    symbols: &[("EUR", "€"), ("USD", "$"), ("GBP", "£"), ("JPY", "¥"), ("CAD", "CA$"), ("BRL", "R$")],
    powers: &[(3, "K"), (6, "M"), (9, "B"), (12, "T")],
    joins: false,
    plural: Plural::One,
    parts: [("d", "d"), ("h", "h"), ("min", "min"), ("s", "s")],
    units: [
        ("day", "days"),
        ("week", "weeks"),
        ("month", "months"),
        ("quarter", "quarters"),
        ("year", "years"),
    ],
};

const FRENCH: Facts = Facts {
    name: "fr-FR",
    group: "\u{202f}",
    decimal: ',',
    first: 1,
    percent_gap: NBSP,
    symbol: Symbol::After,
    point: None,
    symbols: &[("EUR", "€"), ("USD", "$US"), ("GBP", "£GB"), ("CAD", "$CA"), ("BRL", "R$")],
    powers: &[(3, "\u{a0}k"), (6, "\u{a0}M"), (9, "\u{a0}Md"), (12, "\u{a0}Bn")],
    joins: true,
    plural: Plural::BelowTwo,
    parts: [("j", "j"), ("h", "h"), ("min", "min"), ("s", "s")],
    units: [
        ("jour", "jours"),
        ("semaine", "semaines"),
        ("mois", "mois"),
        ("trimestre", "trimestres"),
        ("an", "ans"),
    ],
};

const GERMAN: Facts = Facts {
    name: "de-DE",
    group: ".",
    decimal: ',',
    first: 1,
    percent_gap: NBSP,
    symbol: Symbol::After,
    point: None,
    symbols: &[("EUR", "€"), ("USD", "$"), ("GBP", "£"), ("JPY", "¥"), ("CAD", "CA$"), ("BRL", "R$")],
    powers: &[(6, "\u{a0}Mio."), (9, "\u{a0}Mrd."), (12, "\u{a0}Bio.")],
    joins: false,
    plural: Plural::One,
    parts: [("Tg.", "Tg."), ("Std.", "Std."), ("Min.", "Min."), ("Sek.", "Sek.")],
    units: [
        ("Tag", "Tage"),
        ("Woche", "Wochen"),
        ("Monat", "Monate"),
        ("Quartal", "Quartale"),
        ("Jahr", "Jahre"),
    ],
};

const PORTUGUESE: Facts = Facts {
    name: "pt-PT",
    group: NBSP,
    decimal: ',',
    first: 2,
    percent_gap: "",
    symbol: Symbol::After,
    point: None,
    symbols: &[("EUR", "€"), ("USD", "US$"), ("GBP", "£"), ("JPY", "JP¥"), ("CAD", "CA$"), ("BRL", "R$")],
    powers: &[(3, "\u{a0}mil"), (6, "\u{a0}M"), (9, "\u{a0}mM"), (12, "\u{a0}Bi")],
    joins: false,
    plural: Plural::One,
    parts: [("dia", "dias"), ("h", "h"), ("min", "min"), ("s", "s")],
    units: [
        ("dia", "dias"),
        ("semana", "semanas"),
        ("mês", "meses"),
        ("trimestre", "trimestres"),
        ("ano", "anos"),
    ],
};

static FACTS: [Facts; 13] = [
    ENGLISH,
    Facts {
        name: "en-GB",
        symbols: &[("EUR", "€"), ("USD", "US$"), ("GBP", "£"), ("JPY", "JP¥"), ("CAD", "CA$"), ("BRL", "R$")],
        powers: &[(3, "k"), (6, "m"), (9, "bn"), (12, "tn")],
        ..ENGLISH
    },
    FRENCH,
    Facts {
        name: "fr-CA",
        group: NBSP,
        decimal: ',',
        first: 1,
        symbols: &[
            ("EUR", "€"),
            ("USD", "$\u{a0}US"),
            ("GBP", "£"),
            ("JPY", "¥"),
            ("CAD", "$"),
            ("BRL", "R$"),
        ],
        powers: &[(3, "\u{a0}k"), (6, "\u{a0}M"), (9, "\u{a0}G"), (12, "\u{a0}T")],
        ..FRENCH
    },
    Facts { name: "fr-CH", group: "'", decimal: ',', first: 1, percent_gap: "", point: Some('.'), ..FRENCH },
    GERMAN,
    Facts {
        name: "de-CH",
        group: "'",
        decimal: '.',
        first: 1,
        percent_gap: "",
        symbol: Symbol::BeforeSpacedOrSigned,
        symbols: &[("USD", "$"), ("GBP", "£"), ("JPY", "¥"), ("CAD", "CA$"), ("BRL", "R$")],
        ..GERMAN
    },
    Facts {
        name: "es-ES",
        group: ".",
        decimal: ',',
        first: 2,
        percent_gap: NBSP,
        symbol: Symbol::After,
        point: None,
        symbols: &[("EUR", "€"), ("USD", "US$")],
        powers: &[(3, "\u{a0}mil"), (6, "\u{a0}M"), (12, "\u{a0}B")],
        joins: false,
        plural: Plural::One,
        parts: [("d", "d"), ("h", "h"), ("min", "min"), ("s", "s")],
        units: [
            ("día", "días"),
            ("semana", "semanas"),
            ("mes", "meses"),
            ("trimestre", "trimestres"),
            ("año", "años"),
        ],
    },
    Facts {
        name: "it-IT",
        group: ".",
        decimal: ',',
        first: 2,
        percent_gap: "",
        symbol: Symbol::After,
        point: None,
        symbols: &[("EUR", "€"), ("GBP", "£"), ("CAD", "CA$")],
        powers: &[(3, "K"), (6, "\u{a0}Mln"), (9, "\u{a0}Mld"), (12, "\u{a0}Bln")],
        joins: false,
        plural: Plural::One,
        parts: [("giorno", "giorni"), ("h", "h"), ("min", "min"), ("s", "s")],
        units: [
            ("giorno", "giorni"),
            ("settimana", "settimane"),
            ("mese", "mesi"),
            ("trimestre", "trimestri"),
            ("anno", "anni"),
        ],
    },
    Facts {
        name: "nl-NL",
        group: ".",
        decimal: ',',
        first: 1,
        percent_gap: "",
        symbol: Symbol::BeforeSigned,
        point: None,
        symbols: &[("EUR", "€"), ("USD", "US$"), ("GBP", "£"), ("JPY", "JP¥"), ("CAD", "C$"), ("BRL", "R$")],
        powers: &[(3, "K"), (6, "\u{a0}mln."), (9, "\u{a0}mld."), (12, "\u{a0}bln.")],
        joins: false,
        plural: Plural::One,
        parts: [("dag", "dagen"), ("uur", "uur"), ("min", "min"), ("sec", "sec")],
        units: [
            ("dag", "dagen"),
            ("week", "weken"),
            ("maand", "maanden"),
            ("kwartaal", "kwartalen"),
            ("jaar", "jaar"),
        ],
    },
    Facts {
        name: "pt-BR",
        group: ".",
        decimal: ',',
        first: 1,
        symbol: Symbol::BeforeSpaced,
        powers: &[(3, "\u{a0}mil"), (6, "\u{a0}mi"), (9, "\u{a0}bi"), (12, "\u{a0}tri")],
        plural: Plural::BelowTwo,
        ..PORTUGUESE
    },
    PORTUGUESE,
    Facts {
        name: "ja-JP",
        symbols: &[("EUR", "€"), ("USD", "$"), ("GBP", "£"), ("JPY", "￥"), ("CAD", "CA$"), ("BRL", "R$")],
        powers: &[(4, "万"), (8, "億"), (12, "兆")],
        parts: [("日", "日"), ("時間", "時間"), ("分", "分"), ("秒", "秒")],
        units: [("日", "日"), ("週間", "週間"), ("か月", "か月"), ("四半期", "四半期"), ("年", "年")],
        ..ENGLISH
    },
];
