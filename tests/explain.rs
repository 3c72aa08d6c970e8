//! Definitions in words: every construct in both languages, nothing of one in the other, and
//! sentences that somebody wrote down by hand.

#[path = "harness/definitions.rs"]
mod definitions;
#[path = "harness/place.rs"]
mod place;

use std::collections::BTreeSet;

use definitions::{Definitions, everywhere};
use kpic::explain::{self, Language, Page, Voice};
use place::Place;
use serde_json::Value;

// ------------------------------------------------------------------ phrases

fn places(phrase: &str) -> BTreeSet<&str> {
    phrase.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect()
}

/// Phrases that are the same in both languages, and meant so.
const SAME: [&str; 18] = [
    "group",
    "comma",
    "plus",
    "day",
    "moved_on",
    "opposite",
    "version",
    "source",
    "table",
    "segments",
    "action",
    "version_named",
    "benchmark_of",
    "stock_part",
    "segment_part",
    "bands_part",
    "score",
    "join_where",
];

#[test]
fn both_languages_say_the_same_of_the_same() {
    let (english, french) = (Language::English.phrases().all(), Language::French.phrases().all());
    for ((name, ours), (_, theirs)) in english.iter().zip(&french) {
        assert_eq!(places(ours), places(theirs), "{name}");
        assert!(ours != theirs || SAME.contains(name), "{name} is not translated: {ours}");
    }
}

/// French sets a colon, a semicolon and guillemets apart, and has apostrophes of its own.
#[test]
fn french_is_set_as_french_is() {
    for (name, phrase) in Language::French.phrases().all() {
        let chars: Vec<char> = phrase.chars().collect();
        for (i, c) in chars.iter().enumerate() {
            let before = i.checked_sub(1).map(|before| chars[before]);
            match c {
                ':' | ';' | '?' | '!' | '%' | '»' => assert_eq!(before, Some('\u{a0}'), "{name}: {phrase}"),
                '«' => assert_eq!(chars.get(i + 1), Some(&'\u{a0}'), "{name}: {phrase}"),
                '\'' | '"' => panic!("{name} has a straight quote: {phrase}"),
                _ => {}
            }
        }
    }
}

// --------------------------------------------------------------- everywhere

/// Facts that hold what somebody wrote, in whatever language.
const WRITTEN: [&str; 9] = [
    "formula",
    "earlier",
    "label",
    "owner",
    "action",
    "interpretation",
    "version",
    "benchmark",
    "defined_at",
];

/// The page's own sentences.
fn sentences(page: &Page) -> Vec<&str> {
    let facts = page.facts.iter().filter(|fact| !WRITTEN.contains(&fact.key)).map(|fact| fact.text.as_str());
    facts.chain(page.parts.iter().flat_map(|part| part.lines.iter().map(String::as_str))).collect()
}

/// A sentence without the names and texts that it is about.
fn bare(sentence: &str) -> String {
    let mut out = String::new();
    let mut end: Option<char> = None;
    for c in sentence.chars() {
        match (end, c) {
            (None, '`') => end = Some('`'),
            (None, '«') => end = Some('»'),
            (None, '“') => end = Some('”'),
            (None, c) => out.push(c),
            (Some(close), c) if c == close => end = None,
            (Some(_), _) => {}
        }
    }
    assert_eq!(end, None, "{sentence}");
    out
}

fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    // Zones, and symbols of currencies, are the same everywhere.
    let of_zone = |word: &&str| word.contains(['/', '€', '$', '£', '¥']) || *word == "UTC";
    let plain = text
        .split([' ', '\u{a0}', '(', ')'])
        .filter(move |word| !of_zone(&word.trim_end_matches([',', ';'])));
    plain
        .flat_map(|word| word.split(|c: char| !c.is_alphabetic()))
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
}

fn vocabulary(language: Language) -> BTreeSet<String> {
    let phrases = language.phrases();
    let tables = phrases.grains.iter().chain(&phrases.units).chain(&phrases.months);
    let texts = phrases.all().into_iter().map(|(_, phrase)| phrase).chain(tables.flat_map(|(a, b)| [*a, *b]));
    let mut known: BTreeSet<String> = texts.flat_map(|text| words(text).collect::<Vec<_>>()).collect();
    // Parts of a span of time, and a currency's code or symbol, which no language translates.
    let of_spans: &[&str] = match language {
        Language::English => &["d", "h", "min", "s", "ms"],
        Language::French => &["j", "h", "min", "s", "ms"],
    };
    known.extend(of_spans.iter().map(|word| (*word).to_string()));
    known
}

#[test]
fn every_definition_has_words_in_both_languages_and_none_of_another() {
    let mut counts = (0, 0);
    for project in everywhere() {
        let (model, resolved) = project.resolved();
        for language in Language::ALL {
            let (voice, known) = (Voice::new(language, None), vocabulary(language));
            for kpi in resolved.kpis.values() {
                let page = explain::kpi(kpi, &model, &resolved, &project.sources, &voice);
                counts.0 += 1;
                for sentence in sentences(&page) {
                    counts.1 += 1;
                    assert!(
                        !sentence.trim().is_empty() && !sentence.contains(['{', '}']),
                        "{}: {sentence}",
                        kpi.id
                    );
                    assert!(!sentence.contains("``"), "{}: a name is missing: {sentence}", kpi.id);
                    let text = bare(sentence);
                    let is_code = |word: &str| text.contains(&word.to_uppercase()) && word.len() == 3;
                    let strange: Vec<String> =
                        words(&text).filter(|word| !known.contains(word) && !is_code(word)).collect();
                    assert_eq!(strange, Vec::<String>::new(), "{} {}: {sentence}", project.name, kpi.id);
                }
                for text in [explain::text(&page), explain::markdown(&page), explain::json(&page).to_string()]
                {
                    assert!(text.len() > 40, "{}", kpi.id);
                }
            }
        }
    }
    assert!(counts.0 > 1400 && counts.1 > 8000, "{counts:?}");
}

// ------------------------------------------------------------------ by hand

const SHOP: &str = "\
source customers { table crm.customers  key customer_id  dimension country  dimension customer = customer_id }
source orders {
  table shop.orders
  key order_id
  time ordered_at in UTC
  rows where status <> 'cancelled'
  join customer: customers on customer_id
  column amount : decimal(12,2) in EUR
  dimension channel
  dimension buyer = customer_id
  dimension size = case when amount >= 100 then 'big' else 'small' end
  measure revenue = sum(amount)
  measure orders = count()
  measure big = count() where size = 'big' and channel in ('web', 'app')
  measure buyers = count(distinct buyer)
  measure p90 = percentile(amount, 0.9)
}
source subscriptions {
  table subscriptions
  key id
  active from started_on until ended_on
  column started_on : date
  column ended_on : date
  dimension buyer = customer_id
  stock subscribers = count() where plan like 'pro%'
}
source visits { table visits  key id  time at in UTC  dimension buyer = customer_id  measure visits = count() }
funnel way on visits by buyer within 7 days { step visit where page = 'home'  step bought on orders }
cohort newcomers on orders by buyer
segment online where channel = 'web'
kpi k01 = revenue / orders
kpi k02 = revenue / previous(revenue, 1 year) - 1
kpi k03 = previous(revenue)
kpi k04 = rolling(revenue, 28 days)
kpi k05 = to_date(revenue, month)
kpi k06 = cumulative(revenue)
kpi k07 = (orders where online) / orders
kpi k08 = orders where channel <> 'web' and country is not null
kpi k09 = orders / total(orders, channel)
kpi k10 = at_start(subscribers) + at_end(subscribers)
kpi k11 = average(subscribers)
kpi k12 = count(per buyer having orders >= 2)
kpi k13 = median(revenue per buyer)
kpi k14 = retained(newcomers, orders, on day 7)
kpi k15 = per_entrant(newcomers, revenue, within 6 months)
kpi k16 = way.bought / way.visit
kpi k17 = slope(revenue, 6 months)
kpi k18 = time_share(subscribers = 0)
kpi k19 = case when orders > 10 then revenue / orders else 0 end
kpi k20 = 100 * (orders - buyers) / 2
kpi k21 = orders where channel not in ('web', 'app') or channel like '%shop'
kpi k22 = decayed(orders, 30 days)
kpi k23 = rank(revenue) { by channel }
kpi k24 = orders where not (channel between 'a' and 'f')
kpi k25 = coalesce(p90, revenue)
kpi k26 = big / orders
";

/// Each formula, in English and in French.
const SAID: [(&str, &str, &str); 25] = [
    ("k01", "`revenue` divided by `orders`", "rapport entre `revenue` et `orders`"),
    (
        "k02",
        "(`revenue` divided by (`revenue` 1 year before)) minus 1",
        "(rapport entre `revenue` et (`revenue` 1_an plus tôt)) moins 1",
    ),
    ("k03", "`revenue` of the period before", "`revenue` à la période précédente"),
    (
        "k04",
        "`revenue` over the 28 days that end with the period",
        "`revenue` sur une fenêtre glissante de 28_jours",
    ),
    ("k05", "`revenue` since the start of the month", "`revenue` depuis le début du mois"),
    ("k06", "`revenue` since the first row", "`revenue` depuis la première ligne"),
    (
        "k07",
        "`orders` (in the segment `online`) divided by `orders`",
        "rapport entre `orders` (dans le segment `online`) et `orders`",
    ),
    (
        "k08",
        "`orders` (where `channel` is not “web” and `country` is not empty)",
        "`orders` (où `channel` ne vaut pas «_web_» et `country` n’est pas vide)",
    ),
    (
        "k09",
        "`orders` divided by (`orders` of all `channel` together)",
        "rapport entre `orders` et (`orders`, toutes valeurs de `channel` confondues)",
    ),
    (
        "k10",
        "(`subscribers` at the start of the period) plus (`subscribers` at the end of the period)",
        "(`subscribers` au début de la période) plus (`subscribers` à la fin de la période)",
    ),
    (
        "k11",
        "mean of `subscribers` at the end of each day",
        "moyenne de `subscribers` à la fin de chaque jour",
    ),
    (
        "k12",
        "number of members of `buyer` for whom `orders` is at least 2",
        "nombre de membres de `buyer` pour lesquels `orders` vaut au moins 2",
    ),
    (
        "k13",
        "median of `revenue`, over the members of `buyer`",
        "médiane de `revenue`, sur les membres de `buyer`",
    ),
    (
        "k14",
        "share of the entrants of `newcomers` with `orders` on day 7",
        "part des entrants de `newcomers` avec `orders` au jour 7",
    ),
    (
        "k15",
        "`revenue` per entrant of `newcomers` within 6 months of the entry",
        "`revenue` par entrant de `newcomers` dans un délai de 6_mois après l’entrée",
    ),
    (
        "k16",
        "(number of `buyer` who reach the step `bought` of `way`) divided by (number of `buyer` who reach the step `visit` of `way`)",
        "rapport entre (nombre de `buyer` qui atteignent l’étape `bought` de `way`) et (nombre de `buyer` qui atteignent l’étape `visit` de `way`)",
    ),
    ("k17", "trend of `revenue` per period over 6 months", "tendance de `revenue` par période sur 6_mois"),
    (
        "k18",
        "share of the time in which `subscribers` is 0",
        "part du temps pendant laquelle `subscribers` vaut 0",
    ),
    (
        "k19",
        "(`revenue` divided by `orders`) if `orders` is above 10; otherwise 0",
        "(rapport entre `revenue` et `orders`) si `orders` est supérieur à 10_; sinon 0",
    ),
    (
        "k20",
        "(100 times (`orders` minus `buyers`)) divided by 2",
        "rapport entre (100 fois (`orders` moins `buyers`)) et 2",
    ),
    (
        "k21",
        "`orders` (where `channel` is neither “web” or “app” or `channel` ends with “shop”)",
        "`orders` (où `channel` ne vaut ni «_web_» ni «_app_» ou `channel` se termine par «_shop_»)",
    ),
    (
        "k22",
        "`orders` since the first row, each row worth half after 30 days",
        "`orders` depuis la première ligne, avec une demi-vie de 30_jours",
    ),
    (
        "k23",
        "rank of `revenue` among the members, the highest first",
        "rang de `revenue` parmi les membres, du plus élevé au plus faible",
    ),
    (
        "k24",
        "`orders` (where `channel` is not between “a” and “f”, both included)",
        "`orders` (où `channel` ne se situe pas entre «_a_» et «_f_» inclus)",
    ),
    (
        "k25",
        "the first of `p90` and `revenue` that is not empty",
        "la première valeur non vide parmi `p90` et `revenue`",
    ),
];

fn page(project: &Definitions, kpi: &str, language: Language) -> Page {
    let (model, resolved) = project.resolved();
    let kpi = resolved.kpis.get(kpi).unwrap_or_else(|| panic!("{kpi} has findings"));
    explain::kpi(kpi, &model, &resolved, &project.sources, &Voice::new(language, None))
}

/// `_` stands for a no-break space.
fn set(text: &str) -> String {
    text.replace('_', "\u{a0}")
}

#[test]
fn formulas_are_said_as_people_say_them() {
    let project = Definitions::of(&[SHOP]);
    for (kpi, english, french) in SAID {
        for (language, said) in [(Language::English, english.to_string()), (Language::French, set(french))] {
            let page = page(&project, kpi, language);
            let words = page.facts.iter().find(|fact| fact.key == "words").map(|fact| fact.text.clone());
            assert_eq!(words, Some(said), "{kpi}");
        }
    }
}

#[test]
fn what_stands_beneath_is_said_with_its_rows_and_times() {
    let project = Definitions::of(&[SHOP]);
    let told = |kpi: &str, language| -> Vec<String> {
        let page = page(&project, kpi, language);
        page.parts
            .iter()
            .flat_map(|p| [format!("{} {}", p.word, p.id)].into_iter().chain(p.lines.clone()))
            .collect()
    };
    assert_eq!(
        told("k01", Language::English),
        [
            "measure revenue",
            "sum of `amount`, in EUR",
            "source `orders` (table `shop.orders`)",
            "rows where `status` is not “cancelled”",
            "time `ordered_at`, read in UTC",
            "measure orders",
            "number of rows",
            "source `orders` (table `shop.orders`)",
            "rows where `status` is not “cancelled”",
            "time `ordered_at`, read in UTC",
        ]
    );
    assert_eq!(
        told("k11", Language::French),
        [
            "stock subscribers".to_string(),
            set("nombre de lignes, pour les lignes où `plan` commence par «_pro_»"),
            "source `subscriptions` (table `subscriptions`)".into(),
            set("une ligne existe de `started on` (un jour) à `ended on` (un jour)")
                .replace("started on", "started_on")
                .replace("ended on", "ended_on"),
            "lu à la fin de chaque jour, pour en faire la moyenne".into(),
        ]
    );
    // A dimension with a formula is called by its name, and said once.
    assert_eq!(
        told("k26", Language::English)[..5],
        [
            "measure big",
            "number of rows, of rows where `size` is “big” and `channel` is “web” or “app”",
            "source `orders` (table `shop.orders`)",
            "rows where `status` is not “cancelled”",
            "`size`: “big” if `amount` is at least 100; otherwise “small”",
        ]
    );
    assert_eq!(
        told("k16", Language::English),
        [
            "funnel way",
            "each `buyer` takes the steps one after the other, within 7 days of the first",
            "step `visit`: a row of `visits`, time `at`, read in UTC, where `page` is “home”",
            "source `visits` (table `visits`)",
            "step `bought`: a row of `orders`, time `ordered_at`, read in UTC",
            "source `orders` (table `shop.orders`)",
            "rows where `status` is not “cancelled”",
        ]
    );
}

const GOALS: &str = "\
source orders {
  table orders
  key id
  time day
  column day : date
  column amount : decimal(12,2) in EUR
  dimension channel
  measure revenue = sum(amount)
  measure orders = count()
}
segment online where channel = 'web'
kpi revenue \"Revenue\" {
  label fr \"Chiffre d'affaires\"
  unit EUR
  better higher
  target 50_000 EUR each month from 2026-01 until 2026-06
  target 60_000.5 EUR each month from 2026-07-02 until 2026-12-30
  target +5% on previous year each month from 2026-04 where channel = 'web'
  target -2_000 EUR on previous month each month from 2026-01 where online
  status at_risk below 95% of target, off_track below 30_000 EUR
  benchmark 45_000 EUR \"Trade\" year 2024
}
kpi per_order = revenue / orders { unit EUR  better range  target 20 to 40 }
kpi orders { better lower  status off_track above 1000 }
";

fn goals(kpi: &str, language: Language) -> Vec<String> {
    let project = Definitions::of(&[GOALS]);
    let page = page(&project, kpi, language);
    let goals = page.facts.into_iter().filter(|fact| ["target", "status", "benchmark"].contains(&fact.key));
    goals.map(|fact| fact.text).collect()
}

#[test]
fn goals_are_said_with_numbers_and_dates_of_the_language() {
    assert_eq!(
        goals("revenue", Language::English),
        [
            "45,000 EUR (Trade, 2024)",
            "at least 50,000 EUR each month from January 2026 until June 2026",
            "at least 60,000.50 EUR each month from 2 July 2026 until 30 December 2026",
            "at least 5% more than the year before each month from April 2026 for `channel` “web”",
            "at least 2,000 EUR less than the month before each month from January 2026 for the segment `online`",
            "at risk below 95% of the target, off track below 30,000 EUR",
        ]
    );
    let thin = |text: &str| set(text).replace('~', "\u{202f}");
    assert_eq!(
        goals("revenue", Language::French),
        [
            thin("45~000_€ (Trade, 2024)"),
            thin("au moins 50~000_€ par mois à partir de janvier 2026 jusqu’en juin 2026"),
            thin("au moins 60~000,50_€ par mois à partir du 2 juillet 2026 jusqu’au 30 décembre 2026"),
            thin(
                "au moins 5_% de plus que 1_an plus tôt par mois à partir d’avril 2026 pour `channel`_= «_web_»"
            ),
            thin(
                "au moins 2~000_€ de moins que 1_mois plus tôt par mois à partir de janvier 2026 pour le segment `online`"
            ),
            thin("à risque en dessous de 95_% de la cible, hors cible en dessous de 30~000_€"),
        ]
    );
    assert_eq!(goals("per_order", Language::English), ["from 20 EUR to 40 EUR"]);
    assert_eq!(goals("per_order", Language::French), [set("de 20_€ à 40_€")]);
    assert_eq!(goals("orders", Language::French), [thin("hors cible au-dessus de 1~000")]);
}

// ------------------------------------------------------------- command line

#[test]
fn the_projects_locale_says_the_language_unless_the_command_does() {
    let title = |settings: &str, arguments: &[&str]| -> String {
        let place = Place::new(&[("kpic.yaml", settings), ("case.kpi", GOALS)]);
        let said = place.kpic(&[&["explain", "revenue"], arguments].concat());
        assert_eq!((said.code, said.err.as_str()), (Some(0), ""), "{arguments:?}");
        said.out.lines().next().unwrap_or_default().to_string()
    };
    let (english, french) = ("revenue: Revenue", "revenue\u{a0}: Chiffre d'affaires");
    assert_eq!(title("", &[]), english);
    assert_eq!(title("locale: fr-CA\n", &[]), french);
    assert_eq!(title("locale: de-DE\n", &[]), english);
    assert_eq!(title("locale: fr-FR\n", &["--language", "en"]), english);
    assert_eq!(title("", &["--language", "fr"]), french);
}

#[test]
fn programs_get_keys_that_no_language_changes() {
    let place = Place::new(&[("kpic.yaml", ""), ("case.kpi", GOALS)]);
    let json = |kpi: &str, language: &str| -> Value {
        let said = place.kpic(&["explain", kpi, "--format", "json", "--language", language]);
        serde_json::from_str(&said.out).expect("JSON")
    };
    let keys = |page: &Value| -> Vec<String> {
        let facts = page["facts"].as_array().expect("facts").iter();
        facts.map(|fact| fact["key"].as_str().unwrap_or_default().to_string()).collect()
    };
    let (english, french) = (json("per_order", "en"), json("per_order", "fr"));
    assert_eq!(keys(&english), keys(&french));
    assert_eq!(english["words"], "`revenue` divided by `orders`");
    assert_eq!(french["words"], "rapport entre `revenue` et `orders`");
    assert_eq!(french["language"], "fr");
    let depends: Vec<&str> =
        english["depends_on"].as_array().expect("ids").iter().filter_map(Value::as_str).collect();
    for id in ["kpi:revenue", "measure:revenue", "source:orders", "column:orders.amount", "table:orders"] {
        assert!(depends.contains(&id), "{id}: {depends:?}");
    }
    assert_eq!(json("revenue", "en")["used_by"], serde_json::json!(["kpi:per_order"]));
}

#[test]
fn pages_show_names_as_code_and_texts_as_they_are() {
    let odd = "source `a|b` { table t  time at in UTC  measure `x``*y*` = count() where c = '<b>|`' }\n\
               kpi odd \"A *bold* | `label`\" = `x``*y*` + 0 { owner \"<me>\" }\n";
    let place = Place::new(&[("kpic.yaml", ""), ("case.kpi", odd)]);
    let said = place.kpic(&["explain", "odd", "--format", "markdown"]);
    assert_eq!((said.code, said.err.as_str()), (Some(0), ""));
    assert!(said.out.starts_with("# odd: A \\*bold\\* \\| `label`\n"), "{}", said.out);
    assert!(said.out.contains("| owner | &lt;me&gt; |"), "{}", said.out);
    for line in said.out.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| |")) {
        let bars = line.replace("\\|", "").matches('|').count();
        assert_eq!(bars, 3, "{line}");
    }
}
