//! Items: a head, and what its block holds.

use super::{Builder, Pair, child, needed};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Spanned;
use crate::syntax::ast::{
    Allow, Assertion, Attribution, Cohort, Comments, Experiment, Expr, Funnel, Header, Item, Kpi, Over,
    Param, Path, Property, Segment, Segmentation, Step, TargetPlace, TargetSheet, Text,
};
use crate::syntax::dsl;
use crate::syntax::dsl::grammar::Rule;
use std::ops::Range;

/// What stands before a block.
#[derive(Debug)]
pub struct Head {
    pub rule: Rule,
    pub header: Header,
    formula: Option<Expr>,
    over: Option<Over>,
    per: Option<Path>,
    /// Of an assertion.
    condition: Option<Expr>,
}

impl Builder<'_> {
    /// An item, or nothing if its head was reported instead.
    pub fn item(&mut self, pair: &Pair<'_>) -> Option<Item> {
        self.was_broken();
        let item = match pair.as_rule() {
            Rule::param => {
                let header = self.header(pair);
                Item::Param(Param { header, value: self.literal(&needed(pair, Rule::literal)) })
            }
            Rule::segment => Item::Segment(self.segment(pair)),
            Rule::cohort => Item::Cohort(Cohort { header: self.header(pair), over: self.over_in(pair) }),
            Rule::attribution => {
                Item::Attribution(Attribution { header: self.header(pair), over: self.over_in(pair) })
            }
            Rule::targets => {
                let header = self.header(pair);
                let from = match child(pair, Rule::table) {
                    Some(table) => TargetPlace::Table(Spanned::new(self.names(&table), self.span(&table))),
                    None => TargetPlace::File(self.text(&needed(pair, Rule::text))),
                };
                Item::Targets(TargetSheet { header, from })
            }
            Rule::event => Item::Event(self.event(pair)),
            _ => return self.with_block(pair),
        };
        (!self.was_broken()).then_some(item)
    }

    fn with_block(&mut self, pair: &Pair<'_>) -> Option<Item> {
        let mut inner = pair.clone().into_inner();
        let range = self.range(pair);
        let head = inner.next().expect("an item has a head");
        let opens = child(pair, Rule::open).map(|open| self.range(&open).start);
        let mut item = self.head(&head, opens).map(|head| head.item());
        for property in inner {
            match property.as_rule() {
                Rule::open | Rule::close | Rule::EOI => {}
                _ => self.put_in_item(&property, item.as_mut()),
            }
        }
        self.close(&range, opens.is_some(), item.as_mut());
        item
    }

    /// A head whose block opens there, or nothing if it was reported instead.
    pub fn head(&mut self, pair: &Pair<'_>, opens: Option<usize>) -> Option<Head> {
        self.was_broken();
        let range = self.range(pair);
        let lead = self.lead(range.start);
        let mut comments = self.comments(lead.above, range.end);
        if let Some(open) = opens {
            comments.above.extend(self.remarks.before(open).into_iter().map(|remark| remark.text));
            comments.behind = comments.behind.or(self.remarks.behind(self.fragment.text(), open + 1));
        }
        let head = Head {
            rule: pair.as_rule(),
            header: self.header_of(pair, lead.doc, comments, self.fragment.span(range)),
            formula: child(pair, Rule::formula).map(|formula| self.formula(&formula).expr),
            over: child(pair, Rule::over).map(|over| self.over(&over)),
            per: child(pair, Rule::band_per).map(|per| self.path(&needed(&per, Rule::path))),
            condition: self.expression_in(pair),
        };
        (!self.was_broken()).then_some(head)
    }

    /// Puts a property of a block into its item; without an item it is only checked.
    pub fn put_in_item(&mut self, pair: &Pair<'_>, item: Option<&mut Item>) {
        match (pair.as_rule(), item) {
            (Rule::allow, item) => {
                let allow = self.allow(pair);
                if let Some(item) = item {
                    self.keep_allow(allow, &mut item.header_mut().allows);
                }
            }
            (Rule::band, item) => {
                let segment = self.band(pair);
                if let (Some(Item::Segmentation(segmentation)), Some(segment)) = (item, segment) {
                    segmentation.segments.push(segment);
                }
            }
            (Rule::step, item) => {
                let step = self.step(pair);
                if let (Some(Item::Funnel(funnel)), Some(step)) = (item, step) {
                    funnel.steps.push(step);
                }
            }
            (Rule::control, item) => {
                let control = self.control(pair);
                if let Some(Item::Experiment(experiment)) = item {
                    self.once("`control`", &mut experiment.control, control);
                }
            }
            (Rule::given | Rule::asked | Rule::expected | Rule::invariants, item) => match item {
                Some(Item::Test(test)) => {
                    self.test_property(pair, test);
                }
                _ => {
                    let mut nowhere = dsl::test(self.nameless(pair));
                    self.test_property(pair, &mut nowhere);
                }
            },
            (_, Some(Item::Source(source))) => {
                self.source_property(pair, source);
            }
            (_, Some(Item::Objective(objective))) => {
                self.objective_property(pair, objective);
            }
            (_, Some(Item::Dashboard(dashboard))) => {
                self.dashboard_property(pair, dashboard);
            }
            (rule, item) if is_kpi_property(rule) => {
                let property = self.kpi_property(pair);
                if let (Some(Item::Kpi(kpi)), Some(property)) = (item, property) {
                    kpi.properties.push(property);
                }
            }
            (rule, _) if is_of_purpose(rule) => {
                let mut nowhere = dsl::objective(self.nameless(pair));
                self.objective_property(pair, &mut nowhere);
            }
            _ => {
                let mut nowhere = dsl::source(self.nameless(pair));
                self.source_property(pair, &mut nowhere);
            }
        }
    }

    fn allow(&mut self, pair: &Pair<'_>) -> Property<Allow> {
        let allow = Allow { lint: self.only_name(pair), reason: self.text(&needed(pair, Rule::label)) };
        self.property(pair, allow)
    }

    /// A lint is silenced once.
    fn keep_allow(&mut self, allow: Property<Allow>, allows: &mut Vec<Property<Allow>>) {
        match allows.iter().find(|known| known.value.lint == allow.value.lint) {
            Some(first) => self.sink.push(
                Diagnostic::error(
                    Code::Repeated,
                    allow.span,
                    format!("`{}` is allowed a second time", allow.value.lint.value),
                )
                .label(first.span, "allowed here")
                .help("keep one of them, with the reason that holds"),
            ),
            None => allows.push(allow),
        }
    }

    /// Comments at the end of a block and behind it, and the whole item's span.
    pub fn close(&mut self, range: &Range<usize>, block: bool, item: Option<&mut Item>) {
        if !block {
            return;
        }
        let inside = self.remarks.before(range.end).into_iter().map(|remark| remark.text);
        let inside: Vec<String> = inside.collect();
        let behind = self.remarks.behind(self.fragment.text(), range.end);
        let Some(header) = item.map(Item::header_mut) else { return };
        header.span = self.fragment.span(range.clone());
        header.comments.inside_end = inside;
        if header.comments.behind.is_none() {
            header.comments.behind = behind;
        } else {
            header.comments.inside_end.extend(behind);
        }
    }

    fn segment(&mut self, pair: &Pair<'_>) -> Segment {
        Segment { header: self.header(pair), predicate: self.filter_in(pair) }
    }

    /// A segment of a segmentation, or nothing if it was reported instead.
    pub fn band(&mut self, pair: &Pair<'_>) -> Option<Segment> {
        self.was_broken();
        let segment = self.segment(pair);
        (!self.was_broken()).then_some(segment)
    }

    /// A step of a funnel, or nothing if it was reported instead.
    pub fn step(&mut self, pair: &Pair<'_>) -> Option<Step> {
        self.was_broken();
        let step = Step {
            header: self.header(pair),
            source: child(pair, Rule::on).map(|on| self.only_name(&on)),
            at: child(pair, Rule::at).map(|at| self.path(&needed(&at, Rule::path))),
            filter: self.filter_in(pair),
        };
        (!self.was_broken()).then_some(step)
    }

    fn control(&mut self, pair: &Pair<'_>) -> Property<Text> {
        self.was_broken();
        let variant = self.text(&needed(pair, Rule::text));
        self.property(pair, variant)
    }

    fn over_in(&mut self, pair: &Pair<'_>) -> Over {
        self.over(&needed(pair, Rule::over))
    }

    /// What tools share.
    pub fn over(&mut self, pair: &Pair<'_>) -> Over {
        Over {
            source: child(pair, Rule::on).map(|on| self.only_name(&on)),
            by: self.only_name(pair),
            at: child(pair, Rule::at).map(|at| self.path(&needed(&at, Rule::path))),
            within: child(pair, Rule::within).map(|within| self.lapse(&within)),
        }
    }

    /// A formula, or nothing if it was reported instead.
    pub fn whole_formula(&mut self, pair: &Pair<'_>) -> Option<Expr> {
        self.was_broken();
        let made = self.formula(pair);
        (!self.was_broken()).then_some(made.expr)
    }

    /// A literal, or nothing if it was reported instead.
    pub fn whole_literal(&mut self, pair: &Pair<'_>) -> Option<Expr> {
        self.was_broken();
        let literal = self.literal(pair);
        (!self.was_broken()).then_some(literal)
    }

    fn nameless(&self, pair: &Pair<'_>) -> Header {
        let span = self.span(pair);
        let name = Spanned::new(String::new(), span);
        Header { name, label: None, doc: None, allows: Vec::new(), comments: Comments::default(), span }
    }
}

impl Head {
    /// The item without its block.
    pub fn item(self) -> Item {
        let header = self.header;
        let over = |over: Option<Over>| over.expect("the grammar demands what a tool goes over");
        match self.rule {
            Rule::source_head => Item::Source(Box::new(dsl::source(header))),
            Rule::segmentation_head => {
                Item::Segmentation(Segmentation { header, per: self.per, segments: Vec::new() })
            }
            Rule::funnel_head => Item::Funnel(Funnel { header, over: over(self.over), steps: Vec::new() }),
            Rule::experiment_head => {
                Item::Experiment(Experiment { header, over: over(self.over), control: None })
            }
            Rule::test_head => Item::Test(Box::new(dsl::test(header))),
            Rule::purpose_head => Item::Objective(Box::new(dsl::objective(header))),
            Rule::assertion_head => {
                let condition = self.condition.expect("the grammar demands a condition");
                Item::Assertion(Assertion { header, condition })
            }
            Rule::dashboard_head => Item::Dashboard(Box::new(dsl::dashboard(header))),
            _ => Item::Kpi(Box::new(Kpi { header, value: self.formula, properties: Vec::new() })),
        }
    }
}

fn is_kpi_property(rule: Rule) -> bool {
    use Rule as R;
    matches!(
        rule,
        R::translation
            | R::alias
            | R::unit
            | R::better
            | R::by
            | R::segments
            | R::grain
            | R::settled
            | R::empty
            | R::format
            | R::objective
            | R::stage
            | R::owner
            | R::tags
            | R::action
            | R::interpretation
            | R::drivers
            | R::pair_with
            | R::vanity
            | R::leads_to
            | R::prefer
            | R::target
            | R::status
            | R::benchmark
            | R::version
            | R::effective
    )
}

/// Properties that objectives have, and dashboards in part, and KPIs have not.
fn is_of_purpose(rule: Rule) -> bool {
    use Rule as R;
    matches!(rule, R::headline | R::kpis | R::baseline | R::goal | R::deadline | R::rationale | R::parent)
}
