//! The closed list of unit words.

use super::ast::{TimeUnit, UnitName};
use crate::diagnostic::nearest;

/// ISO 4217 codes of money (no metals, no test codes), with a few that ended
/// recently, since data is older than its definitions. Sorted.
const CURRENCIES: &[&str] = &[
    "AED", "AFN", "ALL", "AMD", "ANG", "AOA", "ARS", "AUD", "AWG", "AZN", "BAM", "BBD", "BDT", "BGN", "BHD",
    "BIF", "BMD", "BND", "BOB", "BOV", "BRL", "BSD", "BTN", "BWP", "BYN", "BZD", "CAD", "CDF", "CHE", "CHF",
    "CHW", "CLF", "CLP", "CNY", "COP", "COU", "CRC", "CUC", "CUP", "CVE", "CZK", "DJF", "DKK", "DOP", "DZD",
    "EGP", "ERN", "ETB", "EUR", "FJD", "FKP", "GBP", "GEL", "GHS", "GIP", "GMD", "GNF", "GTQ", "GYD", "HKD",
    "HNL", "HRK", "HTG", "HUF", "IDR", "ILS", "INR", "IQD", "IRR", "ISK", "JMD", "JOD", "JPY", "KES", "KGS",
    "KHR", "KMF", "KPW", "KRW", "KWD", "KYD", "KZT", "LAK", "LBP", "LKR", "LRD", "LSL", "LYD", "MAD", "MDL",
    "MGA", "MKD", "MMK", "MNT", "MOP", "MRU", "MUR", "MVR", "MWK", "MXN", "MXV", "MYR", "MZN", "NAD", "NGN",
    "NIO", "NOK", "NPR", "NZD", "OMR", "PAB", "PEN", "PGK", "PHP", "PKR", "PLN", "PYG", "QAR", "RON", "RSD",
    "RUB", "RWF", "SAR", "SBD", "SCR", "SDG", "SEK", "SGD", "SHP", "SLE", "SLL", "SOS", "SRD", "SSP", "STN",
    "SVC", "SYP", "SZL", "THB", "TJS", "TMT", "TND", "TOP", "TRY", "TTD", "TWD", "TZS", "UAH", "UGX", "USD",
    "USN", "UYI", "UYU", "UYW", "UZS", "VED", "VES", "VND", "VUV", "WST", "XAF", "XCD", "XCG", "XDR", "XOF",
    "XPF", "YER", "ZAR", "ZMW", "ZWG", "ZWL",
];

const PLAIN: &[(&str, UnitName)] = &[
    ("percent", UnitName::Percent),
    ("ratio", UnitName::Ratio),
    ("count", UnitName::Count),
    ("score", UnitName::Score(None)),
    ("duration", UnitName::Duration),
];

/// An amount in the project's currency.
const MONEY: &str = "money";

/// Singular and plural; `grammar/kpi.pest` lists the same words.
const TIMES: &[(&str, &str, TimeUnit)] = &[
    ("millisecond", "milliseconds", TimeUnit::Millisecond),
    ("second", "seconds", TimeUnit::Second),
    ("minute", "minutes", TimeUnit::Minute),
    ("hour", "hours", TimeUnit::Hour),
    ("day", "days", TimeUnit::Day),
    ("week", "weeks", TimeUnit::Week),
    ("month", "months", TimeUnit::Month),
    ("quarter", "quarters", TimeUnit::Quarter),
    ("year", "years", TimeUnit::Year),
];

/// What people write for a unit that has another word here.
const OTHER_WORDS: &[(&str, &str)] = &[
    ("euro", "EUR"),
    ("euros", "EUR"),
    ("dollar", "USD"),
    ("dollars", "USD"),
    ("pound", "GBP"),
    ("pounds", "GBP"),
    ("yen", "JPY"),
    ("franc", "CHF"),
    ("francs", "CHF"),
    ("pct", "percent"),
    ("percentage", "percent"),
    ("rate", "percent"),
    ("number", "count"),
    ("integer", "count"),
    ("index", "score"),
    ("points", "score"),
    ("time", "duration"),
    ("ms", "milliseconds"),
    ("s", "seconds"),
    ("sec", "seconds"),
    ("secs", "seconds"),
    ("min", "minutes"),
    ("mins", "minutes"),
    ("h", "hours"),
    ("hrs", "hours"),
    ("d", "days"),
    ("w", "weeks"),
    ("y", "years"),
];

/// Whether it is `money`, which stands for the project's currency.
pub fn is_money(unit: &UnitName) -> bool {
    matches!(unit, UnitName::Currency(code) if code == MONEY)
}

/// The unit that a word names.
pub fn unit(word: &str) -> Option<UnitName> {
    let money = (word == MONEY).then(|| UnitName::Currency(MONEY.into()));
    money
        .or_else(|| currency(word))
        .or_else(|| PLAIN.iter().find(|(w, _)| *w == word).map(|(_, unit)| unit.clone()))
        .or_else(|| time(word).map(UnitName::Time))
}

/// The currency of an ISO 4217 code in capitals.
pub fn currency(word: &str) -> Option<UnitName> {
    CURRENCIES.binary_search(&word).ok().map(|_| UnitName::Currency(word.to_owned()))
}

/// Every currency's code.
pub fn currencies() -> &'static [&'static str] {
    CURRENCIES
}

/// The unit of time that a word names, in the singular or plural.
pub fn time(word: &str) -> Option<TimeUnit> {
    TIMES.iter().find(|(one, many, _)| *one == word || *many == word).map(|(_, _, unit)| *unit)
}

/// The word that was probably meant by one which is no unit.
pub fn meant(word: &str) -> Option<&'static str> {
    let lower = word.to_lowercase();
    let capitals = word.to_uppercase();
    if let Some((_, meant)) = OTHER_WORDS.iter().find(|(other, _)| *other == lower) {
        return Some(meant);
    }
    if let Ok(i) = CURRENCIES.binary_search(&capitals.as_str()) {
        return Some(CURRENCIES[i]);
    }
    nearest(word, words())
}

/// Every unit word, currencies last.
pub fn words() -> impl Iterator<Item = &'static str> {
    let plain = PLAIN.iter().map(|(word, _)| *word);
    let times = TIMES.iter().flat_map(|(one, many, _)| [*many, *one]);
    plain.chain([MONEY]).chain(times).chain(CURRENCIES.iter().copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_a_unit_and_the_list_is_sorted() {
        assert!(CURRENCIES.windows(2).all(|pair| pair[0] < pair[1]));
        assert!(words().all(|word| unit(word).is_some()));
        assert_eq!(unit("EUR"), Some(UnitName::Currency("EUR".into())));
        assert_eq!(unit("months"), Some(UnitName::Time(TimeUnit::Month)));
        assert_eq!(unit("eur"), None);
    }

    #[test]
    fn other_words_lead_to_units() {
        assert!(OTHER_WORDS.iter().all(|(other, meant)| unit(other).is_none() && unit(meant).is_some()));
        assert_eq!(meant("euros"), Some("EUR"));
        assert_eq!(meant("eur"), Some("EUR"));
        assert_eq!(meant("percents"), Some("percent"));
        assert_eq!(meant("wibble"), None);
    }
}
