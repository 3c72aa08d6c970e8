//! Any file of definitions that the language can say: every kind of item,
//! property and expression, odd names and texts, comments at every place.

use kpic::source::{FileId, Span, Spanned};
use kpic::syntax::ast::*;
use proptest::collection::vec;
use proptest::option::{of, weighted};
use proptest::prelude::*;
use proptest::sample::select;
use std::collections::HashSet;
use std::hash::Hash;
use std::mem::discriminant;

fn span() -> Span {
    Span::new(FileId(0), 0, 0)
}

fn at<T>(value: T) -> Spanned<T> {
    Spanned::new(value, span())
}

fn placed<T: std::fmt::Debug>(inner: impl Strategy<Value = T>) -> impl Strategy<Value = Spanned<T>> {
    inner.prop_map(at)
}

fn some<T: std::fmt::Debug>(inner: impl Strategy<Value = T>) -> impl Strategy<Value = Vec<T>> {
    vec(inner, 1..4)
}

/// Without those that the project may have once only and has already.
fn distinct<T, K: Eq + Hash>(list: Vec<T>, key: impl Fn(&T) -> K) -> Vec<T> {
    let mut known = HashSet::new();
    list.into_iter().filter(|one| known.insert(key(one))).collect()
}

// ------------------------------------------------------------ small parts

/// Mostly what people write; also keywords, reserved words and hostile ones.
fn word() -> BoxedStrategy<String> {
    prop_oneof![
        8 => "[a-z_][a-z0-9_]{0,8}",
        2 => select(vec![
            "at", "where", "on", "by", "day", "from", "in", "else", "end", "case", "per", "kpi", "source",
            "value", "label", "null", "true", "yes", "percent", "pii", "first", "within", "distinct", "EUR", "one",
            "of",
        ]).prop_map(str::to_owned),
        1 => "[A-Za-z0-9 `'\"#:,{}\\[\\]|>&*!%@?\\-é日\\\\/.$]{1,6}",
    ]
    .boxed()
}

fn name() -> impl Strategy<Value = Name> {
    placed(word())
}

fn names() -> impl Strategy<Value = Vec<Name>> {
    some(name())
}

fn path() -> impl Strategy<Value = Path> {
    (weighted(0.2, name()), name()).prop_map(|(qualifier, name)| Path { qualifier, name })
}

/// One line of anything that a text may hold.
fn line() -> BoxedStrategy<String> {
    prop_oneof![
        4 => "[A-Za-zé][A-Za-z ,.é]{0,20}",
        1 => "[ \\t -~é日🎵]{0,12}",
        1 => "([a-z]{1,12} ){20,30}[a-z]{1,5}",
        1 => select(vec!["", " ", "- a", "a: b", "a #b", "# a", "'", "\"", "~", "null", "|", "---", "a\\", "{x}", "[", "%", "`"])
            .prop_map(str::to_owned),
    ].boxed()
}

fn text() -> impl Strategy<Value = Text> {
    placed(line())
}

/// A description: lines without blanks at their end.
fn doc() -> impl Strategy<Value = Text> {
    placed(vec(line().prop_map(|line| line.trim_end().to_owned()), 1..4).prop_map(|lines| lines.join("\n")))
}

fn remark() -> BoxedStrategy<String> {
    prop_oneof![
        "[a-zé][a-z é#'\"`{}:]{0,12}",
        Just(String::new()),
        Just("# a".to_owned()),
        Just("  b".to_owned())
    ]
    .prop_map(|text| text.trim_end().to_owned())
    .boxed()
}

/// Comments; those before a closing brace only where there is one.
fn comments(block: bool) -> BoxedStrategy<Comments> {
    let inside = if block { 0..2 } else { 0..1 };
    (vec(remark(), 0..2), weighted(0.2, remark()), vec(remark(), inside))
        .prop_map(|(above, behind, inside_end)| Comments { above, behind, inside_end })
        .boxed()
}

fn header(block: bool) -> BoxedStrategy<Header> {
    (name(), of(text()), weighted(0.3, doc()), allows(block), comments(block))
        .prop_map(|(name, label, doc, allows, comments)| Header {
            name,
            label,
            doc,
            allows,
            comments,
            span: span(),
        })
        .boxed()
}

/// Lints that are silenced, each once; only where there is a block.
fn allows(block: bool) -> BoxedStrategy<Vec<Property<Allow>>> {
    let most = if block { 0..3 } else { 0..1 };
    vec(property((name(), text()).prop_map(|(lint, reason)| Allow { lint, reason })), most)
        .prop_map(|list| distinct(list, |allow| allow.value.lint.value.clone()))
        .boxed()
}

fn property<T: std::fmt::Debug>(value: impl Strategy<Value = T>) -> impl Strategy<Value = Property<T>> {
    (value, comments(false)).prop_map(|(value, comments)| Property { value, comments, span: span() })
}

fn digits() -> impl Strategy<Value = String> {
    prop_oneof!["0|[1-9][0-9]{0,8}", "[0-9]{1,5}\\.[0-9]{1,4}", Just("2026".to_owned())]
}

fn time_unit() -> impl Strategy<Value = TimeUnit> {
    use TimeUnit::*;
    select(vec![Millisecond, Second, Minute, Hour, Day, Week, Month, Quarter, Year])
}

fn duration() -> impl Strategy<Value = Duration> {
    (prop_oneof![Just("1".to_owned()), digits()], time_unit())
        .prop_map(|(count, unit)| Duration { count, unit })
}

fn currency() -> impl Strategy<Value = UnitName> {
    select(vec!["EUR", "USD", "JPY"]).prop_map(|code| UnitName::Currency(code.to_owned()))
}

fn unit() -> impl Strategy<Value = UnitName> {
    use UnitName::*;
    let scale = (-99i32..0, 0i32..99)
        .prop_map(|(low, high)| Scale { low: low.to_string(), high: format!("{high}.5") });
    prop_oneof![
        currency(),
        select(vec![Percent, Ratio, Count, Score(None), Duration]),
        scale.prop_map(|scale| Score(Some(scale))),
        time_unit().prop_map(Time),
    ]
}

fn row_currency() -> impl Strategy<Value = RowCurrency> {
    of(name()).prop_map(|column| RowCurrency { column })
}

fn money() -> impl Strategy<Value = Money> {
    prop_oneof![
        select(vec!["EUR", "USD", "JPY"]).prop_map(|code| Money::Code(code.to_owned())),
        row_currency().prop_map(Money::OfRow),
    ]
}

fn grain() -> impl Strategy<Value = Grain> {
    use Grain::*;
    select(vec![Hour, Day, Week, Month, Quarter, Year, IsoYear, FiscalQuarter, FiscalYear])
}

fn date() -> impl Strategy<Value = Date> {
    (1i16..9999, 1u8..=12, 1u8..=28).prop_map(|(year, month, day)| Date { year, month, day })
}

fn period() -> impl Strategy<Value = Period> {
    placed(prop_oneof![
        (1i16..9999).prop_map(PeriodKind::Year),
        (1i16..9999, 1u8..=4).prop_map(|(y, q)| PeriodKind::Quarter(y, q)),
        (1i16..9999, 1u8..=12).prop_map(|(y, m)| PeriodKind::Month(y, m)),
        (1i16..9999, 1u8..=52).prop_map(|(y, w)| PeriodKind::Week(y, w)),
        date().prop_map(PeriodKind::Day),
    ])
}

// ------------------------------------------------------------ expressions

/// A number with or without a unit or sign, as targets take it.
fn amount() -> impl Strategy<Value = Expr> {
    let plain = prop_oneof![
        digits().prop_map(ExprKind::Number),
        digits().prop_map(ExprKind::Percent),
        (digits(), currency()).prop_map(|(number, unit)| ExprKind::Money(number, unit)),
        duration().prop_map(ExprKind::Duration),
        date().prop_map(ExprKind::Date),
    ];
    (plain, any::<bool>()).prop_map(|(kind, negative)| match negative {
        true => at(ExprKind::Unary(UnaryOp::Minus, Box::new(at(kind)))),
        false => at(kind),
    })
}

fn parameter() -> impl Strategy<Value = Expr> {
    placed(word().prop_map(ExprKind::Param))
}

fn literal() -> BoxedStrategy<Expr> {
    prop_oneof![
        4 => amount(),
        1 => parameter(),
        1 => placed(line().prop_map(ExprKind::Text)),
        1 => placed(Just(ExprKind::Null)),
        1 => placed(any::<bool>().prop_map(ExprKind::Bool)),
    ]
    .boxed()
}

/// A duration or a parameter.
fn lapse() -> impl Strategy<Value = Expr> {
    prop_oneof![placed(duration().prop_map(ExprKind::Duration)), parameter()]
}

fn leaf() -> BoxedStrategy<Expr> {
    prop_oneof![
        3 => placed(path().prop_map(ExprKind::Path)),
        2 => literal().prop_map(|expr| match expr.value {
            // In an expression a sign is an operator of its own.
            ExprKind::Unary(_, inner) => *inner,
            _ => expr,
        }),
    ]
    .boxed()
}

fn mode() -> BoxedStrategy<Mode> {
    prop_oneof![
        (0u32..400).prop_map(Mode::OnDay),
        duration().prop_map(Mode::Within),
        (0u32..400).prop_map(Mode::FromDay),
        grain().prop_map(Mode::By),
        duration().prop_map(Mode::Decay),
    ]
    .boxed()
}

fn operator() -> impl Strategy<Value = BinaryOp> {
    use BinaryOp::*;
    select(vec![
        Or,
        And,
        Equal,
        NotEqual,
        Less,
        LessEqual,
        Greater,
        GreaterEqual,
        Add,
        Subtract,
        Multiply,
        Divide,
    ])
}

pub fn expr() -> BoxedStrategy<Expr> {
    leaf().prop_recursive(4, 24, 3, |inner| {
        let inner = inner.boxed();
        let one = || inner.clone().prop_map(Box::new);
        let argument = prop_oneof![
            4 => inner.clone().prop_map(Arg::Expr),
            1 => placed(mode()).prop_map(Arg::Mode),
        ];
        let per = (some(path()), of(one())).prop_map(|(dimensions, having)| Per { dimensions, having });
        let call = (name(), any::<bool>(), vec(argument, 0..3), weighted(0.3, per)).prop_map(
            |(function, distinct, args, per)| {
                ExprKind::Call(Call { function, distinct: distinct && !args.is_empty(), args, per })
            },
        );
        let case = (vec((inner.clone(), inner.clone()), 1..3), of(one()))
            .prop_map(|(whens, otherwise)| ExprKind::Case { whens, otherwise });
        placed(prop_oneof![
            6 => (operator(), one(), one()).prop_map(|(op, a, b)| ExprKind::Binary(op, a, b)),
            2 => (select(vec![UnaryOp::Minus, UnaryOp::Not]), one()).prop_map(|(op, a)| ExprKind::Unary(op, a)),
            3 => call,
            1 => case,
            1 => (one(), some(inner.clone()), any::<bool>())
                .prop_map(|(value, list, negated)| ExprKind::In { value, list, negated }),
            1 => (one(), one(), one(), any::<bool>())
                .prop_map(|(value, low, high, negated)| ExprKind::Between { value, low, high, negated }),
            1 => (one(), one(), any::<bool>())
                .prop_map(|(value, pattern, negated)| ExprKind::Like { value, pattern, negated }),
            1 => (one(), any::<bool>()).prop_map(|(value, negated)| ExprKind::IsNull { value, negated }),
            1 => (one(), one()).prop_map(|(value, predicate)| ExprKind::Where { value, predicate }),
        ])
    }).boxed()
}

// ------------------------------------------------------------------ items

fn relation() -> BoxedStrategy<Relation> {
    prop_oneof![
        some(name()).prop_map(Relation::Table),
        text().prop_map(Relation::File),
        text().prop_map(Relation::Sql),
    ]
    .boxed()
}

fn target_place() -> BoxedStrategy<TargetPlace> {
    let table = some(name()).prop_map(|parts| TargetPlace::Table(at(parts)));
    prop_oneof![text().prop_map(TargetPlace::File), table].boxed()
}

fn zone() -> impl Strategy<Value = String> {
    select(vec!["UTC", "Europe/Paris", "America/Argentina/Buenos_Aires", "Etc/GMT+3"]).prop_map(str::to_owned)
}

fn interval() -> impl Strategy<Value = Interval> {
    (path(), path()).prop_map(|(from, until)| Interval { from, until })
}

fn as_of() -> BoxedStrategy<AsOf> {
    let pick = prop_oneof![Just(Pick::First), Just(Pick::Last), (1u64..9).prop_map(Pick::Nth)];
    let side = select(vec![Side::After, Side::Before]);
    (placed(pick), side, path(), of(lapse()), of(expr()))
        .prop_map(|(pick, side, column, within, filter)| AsOf { pick, side, column, within, filter })
        .boxed()
}

fn join() -> BoxedStrategy<Join> {
    (header(false), name(), some(path()), of(as_of()))
        .prop_map(|(header, source, on, as_of)| Join { header, source, on, as_of })
        .boxed()
}

fn column() -> BoxedStrategy<Column> {
    use ColumnType::*;
    let ty = prop_oneof![
        select(vec![Text, Integer, Decimal(None), Float, Boolean, Date, Timestamp, Instant]),
        (1u8..38)
            .prop_flat_map(|digits| (Just(digits), 0..=digits.min(9)))
            .prop_map(|size| Decimal(Some(size))),
    ];
    let unit = prop_oneof![
        unit().prop_map(ColumnUnit::Unit),
        Just(ColumnUnit::PercentOf100),
        row_currency().prop_map(ColumnUnit::OfRow),
        (money(), money()).prop_map(|(of, per)| ColumnUnit::Rate(of, per)),
        zone().prop_map(ColumnUnit::Zone),
    ];
    (header(false), of(placed(ty)), of(placed(unit)), any::<bool>(), of(expr()), of(accepted()))
        .prop_map(|(header, ty, unit, pii, value, accepted)| Column {
            header,
            ty,
            unit,
            pii,
            value,
            accepted,
        })
        .boxed()
}

/// Literals; of texts many that YAML writes without the language's quotes, and some that look like
/// another literal.
fn accepted() -> BoxedStrategy<Spanned<Vec<Expr>>> {
    let text = prop_oneof![
        word(),
        line(),
        select(vec!["true", "null", "7", "2026-01-01", "a, b", "a: b", "it's", " a", "é", "-", ""])
            .prop_map(String::from),
    ];
    let value = prop_oneof![2 => placed(text.prop_map(ExprKind::Text)), 1 => literal()];
    placed(some(value)).boxed()
}

fn dimension() -> BoxedStrategy<Dimension> {
    (header(false), of(expr()), of(accepted()))
        .prop_map(|(header, value, accepted)| Dimension { header, value, accepted })
        .boxed()
}

fn measure() -> BoxedStrategy<Measure> {
    (header(false), expr(), of(path()), of(expr()))
        .prop_map(|(header, value, at, filter)| Measure { header, value, at, filter })
        .boxed()
}

fn source() -> BoxedStrategy<Source> {
    let time = (path(), of(placed(zone()))).prop_map(|(column, zone)| TimeAxis { column, zone });
    let snapshot = (path(), any::<bool>(), of(placed(duration())))
        .prop_map(|(column, sparse, carry)| Snapshot { column, sparse, carry });
    let facts = (
        of(property(relation())),
        of(property(names())),
        vec(property(time), 0..3),
        of(property(interval())),
        of(property(snapshot)),
        of(property(interval())),
        of(property(period())),
        of(property(expr())),
    );
    let definitions = (
        vec(join(), 0..2),
        vec(column(), 0..2),
        vec(dimension(), 0..2),
        vec(measure(), 0..2),
        vec(measure(), 0..2),
    );
    (header(true), facts, definitions)
        .prop_map(|(header, facts, definitions)| {
            let (relation, key, times, active, snapshot, valid, since, rows) = facts;
            let (joins, columns, dimensions, stocks, measures) = definitions;
            let joins = distinct(joins, |d| d.header.name.value.clone());
            let columns = distinct(columns, |d| d.header.name.value.clone());
            let dimensions = distinct(dimensions, |d| d.header.name.value.clone());
            let stocks = distinct(stocks, |d| d.header.name.value.clone());
            let measures = distinct(measures, |d| d.header.name.value.clone());
            Source {
                header,
                relation,
                key,
                times,
                active,
                snapshot,
                valid,
                since,
                rows,
                joins,
                columns,
                dimensions,
                stocks,
                measures,
                incomplete: false,
            }
        })
        .boxed()
}

fn segment() -> BoxedStrategy<Segment> {
    (header(false), expr())
        .prop_map(|(header, predicate)| Segment { header, predicate: Some(predicate) })
        .boxed()
}

fn segmentation() -> BoxedStrategy<Segmentation> {
    let band = (header(false), of(expr())).prop_map(|(header, predicate)| Segment { header, predicate });
    (header(true), of(path()), vec(band, 0..3))
        .prop_map(|(header, per, segments)| Segmentation { header, per, segments })
        .boxed()
}

fn target() -> BoxedStrategy<Target> {
    let value = (literal(), of(literal())).prop_map(|(value, to)| (value, to, None));
    let unit = select(vec![TimeUnit::Day, TimeUnit::Month, TimeUnit::Year]);
    let change = (literal(), placed(unit)).prop_map(|(value, unit)| (value, None, Some(unit)));
    (prop_oneof![value, change], of(placed(grain())), of(period()), of(period()), of(expr()))
        .prop_map(|((value, to, on_previous), each, from, until, filter)| Target {
            value,
            to,
            on_previous,
            each,
            from,
            until,
            filter,
        })
        .boxed()
}

fn status_rule() -> BoxedStrategy<StatusRule> {
    let status = select(vec![Status::AtRisk, Status::OffTrack]);
    let side = select(vec![StatusSide::Below, StatusSide::Above]);
    (placed(status), side, literal(), any::<bool>())
        .prop_map(|(status, side, bound, of_target)| StatusRule { status, side, bound, of_target })
        .boxed()
}

fn benchmark() -> BoxedStrategy<Benchmark> {
    (literal(), of(text()), of(text()), of(placed(1900u16..2100)))
        .prop_map(|(value, label, source, year)| Benchmark { value, label, source, year })
        .boxed()
}

fn kpi_property() -> BoxedStrategy<KpiProperty> {
    use KpiProperty::*;
    let language = select(vec!["fr", "fr-CA", "zh-Hans-CN"]).prop_map(|word| at(word.to_owned()));
    let effective = prop_oneof![
        (period(), of(period())).prop_map(|(from, until)| Effective { from: Some(from), until }),
        period().prop_map(|until| Effective { from: None, until: Some(until) }),
    ];
    prop_oneof![
        (language, text()).prop_map(|(language, text)| Label { language, text }),
        names().prop_map(Alias),
        placed(unit()).prop_map(Unit),
        placed(select(vec![
            kpic::syntax::ast::Better::Higher,
            kpic::syntax::ast::Better::Lower,
            kpic::syntax::ast::Better::Range
        ]))
        .prop_map(Better),
        some(path()).prop_map(By),
        names().prop_map(Segments),
        some(placed(grain())).prop_map(Grain),
        lapse().prop_map(Settled),
        literal().prop_map(Empty),
        text().prop_map(Format),
        name().prop_map(Objective),
        name().prop_map(Stage),
        text().prop_map(Owner),
        names().prop_map(Tags),
        text().prop_map(Action),
        text().prop_map(Interpretation),
        names().prop_map(Drivers),
        names().prop_map(PairWith),
        Just(Vanity),
        names().prop_map(LeadsTo),
        names().prop_map(Prefer),
        target().prop_map(|target| Target(Box::new(target))),
        some(status_rule()).prop_map(Status),
        benchmark().prop_map(|benchmark| Benchmark(Box::new(benchmark))),
        text().prop_map(Version),
        effective,
    ]
    .boxed()
}

fn kpi() -> BoxedStrategy<Kpi> {
    (header(true), of(expr()), vec(property(kpi_property()), 0..6))
        .prop_map(|(header, value, properties)| {
            let mut known = HashSet::new();
            let once = |p: &Property<KpiProperty>| match &p.value {
                KpiProperty::Target(_) | KpiProperty::Benchmark(_) => true,
                KpiProperty::Label { language, .. } => {
                    known.insert((discriminant(&p.value), language.value.clone()))
                }
                _ => known.insert((discriminant(&p.value), String::new())),
            };
            Kpi { header, value, properties: properties.into_iter().filter(once).collect() }
        })
        .boxed()
}

fn over() -> BoxedStrategy<Over> {
    (of(name()), name(), of(path()), of(lapse()))
        .prop_map(|(source, by, at, within)| Over { source, by, at, within })
        .boxed()
}

fn funnel() -> BoxedStrategy<Funnel> {
    let step = (header(false), of(name()), of(path()), of(expr()))
        .prop_map(|(header, source, at, filter)| Step { header, source, at, filter });
    (header(true), over(), vec(step, 0..3))
        .prop_map(|(header, over, steps)| Funnel { header, over, steps })
        .boxed()
}

fn cell() -> impl Strategy<Value = Cell> {
    let longer = period()
        .prop_filter("a day is a value", |p| !matches!(p.value, PeriodKind::Day(_) | PeriodKind::Year(_)));
    let quotient = (literal(), literal())
        .prop_map(|(a, b)| at(ExprKind::Binary(BinaryOp::Divide, Box::new(a), Box::new(b))));
    prop_oneof![
        4 => literal().prop_map(Cell::Value),
        1 => quotient.prop_map(Cell::Value),
        1 => longer.prop_map(Cell::Period),
    ]
}

fn cells() -> impl Strategy<Value = Cells> {
    (some(path()), vec(property(some(cell())), 0..3)).prop_map(|(columns, rows)| Cells {
        columns,
        rows,
        span: span(),
    })
}

fn when() -> BoxedStrategy<When> {
    let flags = (any::<bool>(), any::<bool>());
    let times = (of(placed(grain())), of(period()), of(period()), of(placed(date())));
    (names(), vec(some(path()), 0..3), flags, times, of(expr()), vec(name(), 0..2))
        .prop_map(|(kpis, by, (total, clip), (grain, from, to, as_of), filter, segments)| When {
            kpis,
            by,
            total,
            grain,
            from,
            to,
            as_of,
            clip,
            filter,
            segments,
        })
        .boxed()
}

fn test() -> BoxedStrategy<Test> {
    let given = (name(), cells()).prop_map(|(source, table)| Given { source, table });
    let then = (any::<bool>(), cells()).prop_map(|(some, table)| Then { some, table });
    let parts = (vec(property(given), 0..3), of(property(when())), of(property(then)));
    (header(true), parts, of(property(Just(()))))
        .prop_map(|(header, (given, when, then), invariants)| {
            let given = distinct(given, |given| given.value.source.value.clone());
            // No lint is about a test.
            let header = Header { allows: Vec::new(), ..header };
            Test { header, given, when, then, invariants, incomplete: false }
        })
        .boxed()
}

fn objective() -> BoxedStrategy<Objective> {
    let kpis = (of(property(name())), of(property(names())));
    let values = (of(property(literal())), of(property(literal())), of(property(period())));
    let words = (of(property(text())), of(property(text())), of(property(name())), of(property(name())));
    (header(true), kpis, values, words)
        .prop_map(|(header, (headline, kpis), (baseline, target, deadline), words)| {
            let (rationale, owner, stage, parent) = words;
            Objective { header, headline, kpis, baseline, target, deadline, rationale, owner, stage, parent }
        })
        .boxed()
}

fn dashboard() -> BoxedStrategy<Dashboard> {
    let kpis = (of(property(name())), of(property(names())));
    let shown = (of(property(some(path()))), of(property(some(placed(grain())))), of(property(text())));
    (header(true), kpis, shown)
        .prop_map(|(header, (headline, kpis), (by, grain, owner))| Dashboard {
            header,
            headline,
            kpis,
            by,
            grain,
            owner,
        })
        .boxed()
}

fn item() -> BoxedStrategy<Item> {
    prop_oneof![
        2 => (header(false), literal()).prop_map(|(header, value)| Item::Param(Param { header, value })),
        3 => source().prop_map(|source| Item::Source(Box::new(source))),
        1 => segment().prop_map(Item::Segment),
        1 => segmentation().prop_map(Item::Segmentation),
        4 => kpi().prop_map(|kpi| Item::Kpi(Box::new(kpi))),
        1 => funnel().prop_map(Item::Funnel),
        1 => (header(false), over()).prop_map(|(header, over)| Item::Cohort(Cohort { header, over })),
        1 => (header(false), over())
            .prop_map(|(header, over)| Item::Attribution(Attribution { header, over })),
        1 => (header(true), over(), of(property(text())))
            .prop_map(|(header, over, control)| Item::Experiment(Experiment { header, over, control })),
        3 => test().prop_map(|test| Item::Test(Box::new(test))),
        1 => (header(false), target_place()).prop_map(|(header, from)| Item::Targets(TargetSheet { header, from })),
        1 => objective().prop_map(|objective| Item::Objective(Box::new(objective))),
        1 => dashboard().prop_map(|dashboard| Item::Dashboard(Box::new(dashboard))),
        1 => (header(false), period(), of(period()), of(expr()))
            .prop_map(|(header, from, until, filter)| Item::Event(Event { header, from, until, filter })),
        1 => (header(false), expr())
            .prop_map(|(header, condition)| Item::Assertion(Assertion { header, condition })),
    ]
    .boxed()
}

pub fn file() -> impl Strategy<Value = File> {
    (vec(remark(), 0..2), vec(item(), 0..4), vec(remark(), 0..2)).prop_map(|(head, items, trailing)| {
        // Without items, all comments stand at the end.
        let head = if items.is_empty() { Vec::new() } else { head };
        let items = distinct(items, |item| (discriminant(item), item.header().name.value.clone()));
        let comments = |above| Comments { above, ..Comments::default() };
        File { head: comments(head), items, trailing: comments(trailing), ..File::default() }
    })
}
