//! Sources and their properties.

use super::{Builder, Pair, child, children, needed};
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::source::{Span, Spanned};
use crate::syntax::ast::{
    AsOf, Column, ColumnType, ColumnUnit, Dimension, Expr, Interval, Join, Measure, Money, Name, Pick,
    Property, Relation, RowCurrency, Side, Snapshot, Source, TimeAxis,
};
use crate::syntax::dsl::grammar::Rule;
use crate::syntax::units;

const TYPES: [&str; 8] = ["text", "integer", "decimal", "float", "boolean", "date", "timestamp", "instant"];

impl Builder<'_> {
    /// Puts a property into the source; false if it was reported instead.
    pub fn source_property(&mut self, pair: &Pair<'_>, source: &mut Source) -> bool {
        let good = self.put(pair, source);
        source.incomplete |= !good;
        good
    }

    fn put(&mut self, pair: &Pair<'_>, source: &mut Source) -> bool {
        self.was_broken();
        match pair.as_rule() {
            Rule::join => {
                let join = self.join(pair);
                self.keep(&mut source.joins, join)
            }
            Rule::column => {
                let column = self.column(pair);
                self.keep(&mut source.columns, column)
            }
            Rule::dimension => {
                let dimension = Dimension {
                    header: self.header(pair),
                    value: self.expression_in(pair),
                    accepted: self.accepted(pair),
                };
                self.keep(&mut source.dimensions, dimension)
            }
            Rule::stock => {
                let stock = self.measure(pair);
                self.keep(&mut source.stocks, stock)
            }
            Rule::measure => {
                let measure = self.measure(pair);
                self.keep(&mut source.measures, measure)
            }
            Rule::time => {
                let zone = child(pair, Rule::zone)
                    .map(|zone| Spanned::new(zone.as_str().to_owned(), self.span(&zone)));
                let axis = TimeAxis { column: self.path(&needed(pair, Rule::path)), zone };
                let time = self.property(pair, axis);
                self.keep(&mut source.times, time)
            }
            _ => self.single(pair, source),
        }
    }

    /// A property that a source has once.
    fn single(&mut self, pair: &Pair<'_>, source: &mut Source) -> bool {
        match pair.as_rule() {
            Rule::table => {
                let table = Relation::Table(self.names(pair));
                self.relation(pair, table, source)
            }
            Rule::data_file => {
                let file = Relation::File(self.text(&needed(pair, Rule::text)));
                self.relation(pair, file, source)
            }
            Rule::query => {
                let query = Relation::Sql(self.text(&needed(pair, Rule::text)));
                self.relation(pair, query, source)
            }
            Rule::key => {
                let key = self.names(pair);
                let key = self.property(pair, key);
                self.once("`key`", &mut source.key, key)
            }
            Rule::active => {
                let active = self.interval(pair);
                self.once("`active`", &mut source.active, active)
            }
            Rule::valid => {
                let valid = self.interval(pair);
                self.once("`valid`", &mut source.valid, valid)
            }
            Rule::snapshot => {
                let snapshot = Snapshot {
                    column: self.path(&needed(pair, Rule::path)),
                    sparse: child(pair, Rule::kw_sparse).is_some(),
                    carry: child(pair, Rule::duration).map(|duration| self.duration(&duration)),
                };
                let snapshot = self.property(pair, snapshot);
                self.once("`snapshot`", &mut source.snapshot, snapshot)
            }
            Rule::since => {
                let since = self.period(pair);
                let since = self.property(pair, since);
                self.once("`since`", &mut source.since, since)
            }
            _ => {
                let filter = self.expression_in(pair).expect("`rows where` has a predicate");
                let rows = self.property(pair, filter);
                self.once("`rows`", &mut source.rows, rows)
            }
        }
    }

    fn keep<T>(&mut self, list: &mut Vec<T>, value: T) -> bool {
        let good = !self.was_broken();
        if good {
            list.push(value);
        }
        good
    }

    fn relation(&mut self, pair: &Pair<'_>, relation: Relation, source: &mut Source) -> bool {
        let relation = self.property(pair, relation);
        self.once("`table`, `file` or `sql`", &mut source.relation, relation)
    }

    /// Fills a slot that takes one; a second one is reported.
    pub(super) fn once<T>(&mut self, what: &str, slot: &mut Option<Property<T>>, value: Property<T>) -> bool {
        if self.was_broken() {
            return false;
        }
        if let Some(first) = slot {
            let finding = Diagnostic::error(Code::Repeated, value.span, format!("a second {what} is given"))
                .label(first.span, "the first one")
                .because("one of the two would win, and readers would not know which")
                .help("keep one of them");
            self.sink.push(finding);
            return false;
        }
        *slot = Some(value);
        true
    }

    fn interval(&mut self, pair: &Pair<'_>) -> Property<Interval> {
        let mut paths = self.paths(pair).into_iter();
        let mut next = || paths.next().expect("an interval has two columns");
        let interval = Interval { from: next(), until: next() };
        self.property(pair, interval)
    }

    fn measure(&mut self, pair: &Pair<'_>) -> Measure {
        Measure {
            header: self.header(pair),
            value: self.expression_in(pair).expect("the grammar demands a value"),
            at: child(pair, Rule::at).map(|at| self.path(&needed(&at, Rule::path))),
            filter: self.filter_in(pair),
        }
    }

    fn join(&mut self, pair: &Pair<'_>) -> Join {
        Join {
            header: self.header(pair),
            source: self.only_name(&needed(pair, Rule::joined)),
            on: self.paths(pair),
            as_of: child(pair, Rule::as_of).map(|as_of| self.as_of(&as_of)),
        }
    }

    pub(super) fn only_name(&self, pair: &Pair<'_>) -> Name {
        self.name(&needed(pair, Rule::name))
    }

    fn as_of(&mut self, pair: &Pair<'_>) -> AsOf {
        let pick = needed(pair, Rule::pick);
        let span = self.span(&pick);
        let which = match child(&pick, Rule::whole) {
            Some(number) => Pick::Nth(self.whole(&number)),
            None if child(&pick, Rule::kw_first).is_some() => Pick::First,
            None => Pick::Last,
        };
        AsOf {
            pick: Spanned::new(which, span),
            side: if child(pair, Rule::kw_after).is_some() { Side::After } else { Side::Before },
            column: self.path(&needed(pair, Rule::path)),
            within: child(pair, Rule::within).map(|within| self.lapse(&within)),
            filter: self.filter_in(pair),
        }
    }

    fn column(&mut self, pair: &Pair<'_>) -> Column {
        Column {
            header: self.header(pair),
            ty: child(pair, Rule::column_type).and_then(|ty| self.column_type(&ty)),
            unit: child(pair, Rule::column_unit).and_then(|unit| self.column_unit(&unit)),
            pii: child(pair, Rule::kw_pii).is_some(),
            value: self.expression_in(pair),
            accepted: self.accepted(pair),
        }
    }

    /// `one of 'web', 'shop'`
    fn accepted(&mut self, pair: &Pair<'_>) -> Option<Spanned<Vec<Expr>>> {
        let list = child(pair, Rule::accepted)?;
        let literals: Vec<Pair<'_>> = children(&list, Rule::literal).collect();
        Some(Spanned::new(literals.iter().map(|one| self.literal(one)).collect(), self.span(&list)))
    }

    fn column_type(&mut self, pair: &Pair<'_>) -> Option<Spanned<ColumnType>> {
        let span = self.span(pair);
        let sizes: Vec<Pair<'_>> = children(pair, Rule::whole).collect();
        let sizes: Vec<u8> = sizes.iter().map(|size| self.whole(size)).collect();
        let word = needed(pair, Rule::word);
        let ty = match word.as_str() {
            "text" => ColumnType::Text,
            "integer" => ColumnType::Integer,
            "decimal" => ColumnType::Decimal(sizes.first().copied().zip(sizes.get(1).copied())),
            "float" => ColumnType::Float,
            "boolean" => ColumnType::Boolean,
            "date" => ColumnType::Date,
            "timestamp" => ColumnType::Timestamp,
            "instant" => ColumnType::Instant,
            other => {
                self.report(unknown_type(other, self.span(&word)));
                return None;
            }
        };
        if let Some(finding) = bad_sizes(word.as_str(), &sizes, span) {
            self.report(finding);
        }
        Some(Spanned::new(ty, span))
    }

    fn column_unit(&mut self, pair: &Pair<'_>) -> Option<Spanned<ColumnUnit>> {
        let span = self.span(pair);
        if let Some(scored) = child(pair, Rule::scored) {
            return Some(self.scored(&scored)?.map(ColumnUnit::Unit));
        }
        if let Some(rate) = child(pair, Rule::rate) {
            return Some(Spanned::new(self.rate(&rate)?, span));
        }
        if let Some(row) = child(pair, Rule::row_currency) {
            return Some(Spanned::new(ColumnUnit::OfRow(self.row_currency(&row)), span));
        }
        let unit = match child(pair, Rule::zone) {
            None => ColumnUnit::PercentOf100,
            Some(word) => match (word.as_str(), units::unit(word.as_str())) {
                (_, Some(unit)) => ColumnUnit::Unit(unit),
                (zone, None) if is_zone(zone) => ColumnUnit::Zone(zone.to_owned()),
                _ => {
                    self.unknown_unit(&word);
                    return None;
                }
            },
        };
        Some(Spanned::new(unit, span))
    }
}

impl Builder<'_> {
    /// `EUR per currency`
    fn rate(&mut self, pair: &Pair<'_>) -> Option<ColumnUnit> {
        let sides: Vec<Pair<'_>> = children(pair, Rule::money).collect();
        let sides: Vec<Option<Money>> = sides.iter().map(|side| self.money(side)).collect();
        let [of, per] = <[Money; 2]>::try_from(sides.into_iter().collect::<Option<Vec<_>>>()?).ok()?;
        Some(ColumnUnit::Rate(of, per))
    }

    fn money(&mut self, pair: &Pair<'_>) -> Option<Money> {
        if let Some(row) = child(pair, Rule::row_currency) {
            return Some(Money::OfRow(self.row_currency(&row)));
        }
        let code = needed(pair, Rule::currency);
        if units::currency(code.as_str()).is_none() {
            self.unknown_unit(&code);
            return None;
        }
        Some(Money::Code(code.as_str().to_owned()))
    }

    fn row_currency(&self, pair: &Pair<'_>) -> RowCurrency {
        RowCurrency { column: child(pair, Rule::name).map(|name| self.name(&name)) }
    }
}

/// Whether a word after `in` that is no unit is meant as a time zone; resolve looks it up.
fn is_zone(word: &str) -> bool {
    word.contains('/') || ["UTC", "GMT", "CET", "EET", "WET", "MET"].contains(&word)
}

/// Digits that no column has.
fn bad_sizes(word: &str, sizes: &[u8], span: Span) -> Option<Diagnostic> {
    let finding = |fact: String| Diagnostic::error(Code::Syntax, span, fact);
    match (word, sizes) {
        (_, []) => None,
        ("decimal", [digits]) => Some(
            finding(format!("`decimal({digits})` does not say how many digits stand behind the point"))
                .help(format!("write both numbers: `decimal({digits}, 2)`, or `decimal({digits}, 0)`")),
        ),
        ("decimal", [digits, behind, ..]) if behind > digits => Some(
            finding(format!("`decimal({digits}, {behind})` has more digits behind the point than in all"))
                .help(format!("the first number counts all digits: `decimal({behind}, {digits})`?")),
        ),
        ("decimal", [digits, ..]) if !(1..=38).contains(digits) => Some(
            finding(format!("a decimal has 1 to 38 digits, and this one {digits}"))
                .help("write the digits that the data has: `decimal(12, 2)`"),
        ),
        ("decimal", _) => None,
        _ => Some(
            finding(format!("`{word}` takes no digits in parentheses")).help("only `decimal(12, 2)` does"),
        ),
    }
}

/// What other systems call the types.
fn unknown_type(word: &str, span: Span) -> Diagnostic {
    let meant = match word.to_lowercase().as_str() {
        "string" | "varchar" | "char" | "str" | "uuid" => Some("text"),
        "int" | "bigint" | "smallint" | "int64" | "long" => Some("integer"),
        "number" | "numeric" | "money" => Some("decimal"),
        "double" | "real" | "float64" => Some("float"),
        "bool" => Some("boolean"),
        "datetime" => Some("timestamp"),
        "timestamptz" | "timestamp_tz" => Some("instant"),
        other if other.len() < 40 => nearest(other, TYPES),
        _ => None,
    };
    let finding = Diagnostic::error(
        Code::Syntax,
        span,
        format!("`{}` is no type of a column", crate::syntax::dsl::short(word)),
    );
    match meant {
        Some(meant) => finding.help(format!("write `{meant}`")).fix(span, meant),
        None => finding.help(format!("the types are {}", TYPES.join(", "))),
    }
}
