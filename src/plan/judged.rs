//! How a KPI stands: target, attainment, pacing, status, projection and change, each a
//! formula over the KPI's own number (semantics rules 16 and 17).
//!
//! On 9 December the shop has sold for 464,000 of a month's target of 1,000,000: attained
//! are 46 %. Nine of 31 days have gone by, and of the 290,323 that were due by then it has
//! 160 %: it is on track, and at this pace December ends at 1.6 million.

use super::amount::Amount;
use super::context::{Builder, Context, Value};
use super::targets::{self, Bounds, Elapsed};
use crate::diagnostic::Diagnostic;
use crate::resolve::resolved::{
    Additivity, Better, Kpi, Number, NumberLeaf, Offset, Status, StatusRule, StatusSide, UnitName,
};
use crate::resolve::scalar::{Arithmetic, Comparison, Scalar, ScalarKind, Type};
use crate::source::Span;
use crate::value::{self, Function, Literal};

/// What a column says of a KPI.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// The KPI's number.
    Value,
    /// What it should reach in the whole period; of a range the lower bound.
    Target,
    /// The upper bound of a range.
    TargetTo,
    /// The number against the target of the whole period: 1 is on it.
    Attainment,
    /// The number so far against what is due so far.
    Pacing,
    /// `on_track`, `at_risk`, `off_track`, `no_target`, `no_data`
    Status,
    /// What it will be at the end of the period, at the pace so far.
    Projected,
    /// The number of the period before.
    Previous,
    /// The number less the one before.
    Change,
    /// The change, of the one before.
    ChangeRatio,
}

impl Role {
    /// What the column's name ends in.
    pub fn word(self) -> &'static str {
        match self {
            Role::Value => "value",
            Role::Target => "target",
            Role::TargetTo => "target_to",
            Role::Attainment => "attainment",
            Role::Pacing => "pacing",
            Role::Status => "status",
            Role::Projected => "projected",
            Role::Previous => "previous",
            Role::Change => "change",
            Role::ChangeRatio => "change_ratio",
        }
    }

    /// What its values are counted in.
    pub fn unit(self, kpi: Option<&UnitName>) -> Option<UnitName> {
        match self {
            Role::Value | Role::Target | Role::TargetTo | Role::Projected | Role::Previous | Role::Change => {
                kpi.cloned()
            }
            Role::Attainment | Role::Pacing | Role::ChangeRatio => Some(UnitName::Percent),
            Role::Status => None,
        }
    }
}

/// The words of a status, the best first.
pub const STATUSES: [&str; 5] = ["on_track", "at_risk", "off_track", "no_target", "no_data"];

/// A column of a KPI, and the node that computes it.
pub type Column = (Role, usize, Type);

/// Adds how a KPI with goals stands against its targets.
///
/// # Errors
/// What is wrong with the earlier numbers that its targets are relative to.
pub fn against_targets(
    builder: &mut Builder<'_>,
    kpi: &Kpi,
    node: usize,
) -> Result<Vec<Column>, Vec<Diagnostic>> {
    let elapsed = elapsed(builder, node).map_err(|e| vec![e])?;
    let of = Of { kpi, span: kpi.span, actual: number(node, kpi.value.ty, kpi.span) };
    let whole = targets::bounds(builder, kpi, &Context::default(), None)?;
    let target = of.node(builder, Role::Target, whole.low);
    let target_to = whole.high.map(|high| of.node(builder, Role::TargetTo, high));
    let bounds = of.read(target, target_to);
    let attainment = of.node(builder, Role::Attainment, of.attainment(&bounds));
    // What is due so far is another number only while a period runs.
    let varies = builder.time.range.as_of_is_chosen();
    let runs = varies || elapsed.iter().any(|elapsed| !elapsed.part.is_one());
    let paced = is_paced(builder, kpi, node) && runs;
    let (due, pacing) = match paced {
        true => {
            let due = targets::bounds(builder, kpi, &Context::default(), Some(&elapsed))?;
            let low = of.named(builder, "due", due.low);
            let high = due.high.map(|high| of.named(builder, "due_to", high));
            let due = of.read(low, high);
            let pacing = of.node(builder, Role::Pacing, of.attainment(&due));
            (due, pacing)
        }
        false => (bounds, attainment),
    };
    let status = of.status(&due, number(pacing, Type::Float, of.span));
    let status = of.node(builder, Role::Status, status);
    let projected = match varies {
        true => of.projected_at_any_time(&elapsed),
        false => of.projected(&elapsed),
    };
    let projected_type = projected.ty;
    let projected = of.node(builder, Role::Projected, projected);
    let mut columns = vec![(Role::Target, target, of.target_type(builder, target))];
    columns.extend(target_to.map(|node| (Role::TargetTo, node, of.target_type(builder, node))));
    columns.extend([
        (Role::Attainment, attainment, Type::Float),
        (Role::Pacing, pacing, Type::Float),
        (Role::Status, status, Type::Text),
        (Role::Projected, projected, projected_type),
    ]);
    Ok(columns)
}

/// The attainment of a KPI in the asked cells, after `previous` in those of an earlier period.
///
/// # Errors
/// What is wrong with the KPI, or with the numbers that its targets are relative to.
pub fn attainment(
    builder: &mut Builder<'_>,
    kpi: &Kpi,
    node: usize,
    context: &Context,
) -> Result<Scalar<Value>, Vec<Diagnostic>> {
    let of = Of { kpi, span: kpi.span, actual: number(node, kpi.value.ty, kpi.span) };
    let whole = targets::bounds(builder, kpi, context, None)?;
    let low = of.node(builder, Role::Target, whole.low);
    let high = whole.high.map(|high| of.node(builder, Role::TargetTo, high));
    let attained = of.attainment(&of.read(low, high));
    let node = of.node(builder, Role::Attainment, attained);
    Ok(number(node, Type::Float, kpi.span))
}

/// Adds how a KPI has changed since the period before.
///
/// # Errors
/// Where its earlier number cannot be read.
pub fn trend(builder: &mut Builder<'_>, kpi: &Kpi, node: usize) -> Result<Vec<Column>, Vec<Diagnostic>> {
    let (span, ty) = (kpi.span, kpi.value.ty);
    let of = Of { kpi, span, actual: number(node, ty, span) };
    let own = Number::new(ScalarKind::Leaf(NumberLeaf::Kpi(kpi.id.clone())), ty, span);
    let offset = Offset { by: None, whole: false };
    let earlier = Number::new(ScalarKind::Leaf(NumberLeaf::Previous(Box::new(own), offset)), ty, span);
    let earlier = builder.number(&earlier, &Context::default())?;
    let previous = of.node(builder, Role::Previous, earlier);
    let earlier = || number(previous, ty, span);
    let change = of.node(builder, Role::Change, of.minus(of.actual.clone(), earlier()));
    let ratio = of.ratio(number(change, ty, span), earlier());
    let ratio = of.node(builder, Role::ChangeRatio, ratio);
    Ok(vec![
        (Role::Previous, previous, ty),
        (Role::Change, change, ty),
        (Role::ChangeRatio, ratio, Type::Float),
    ])
}

fn elapsed(builder: &Builder<'_>, node: usize) -> Result<Vec<Elapsed>, Diagnostic> {
    targets::elapsed(builder, &builder.computed.nodes[node].cells)
}

/// Whether half a period has about half of its number: a flow of the period's own rows.
fn is_paced(builder: &Builder<'_>, kpi: &Kpi, node: usize) -> bool {
    let flows = match kpi.goals.additivity {
        Additivity::Additive | Additivity::NonAdditive => true,
        Additivity::SemiAdditive | Additivity::Constant | Additivity::Intensive => false,
    };
    let computed = &builder.computed;
    let mut leaves =
        computed.nodes[node].cells.iter().map(|cell| &computed.leaves[computed.cells[*cell].leaf]);
    flows && leaves.all(|leaf| leaf.when.is_own())
}

fn number(node: usize, ty: Type, span: Span) -> Scalar<Value> {
    Scalar::new(ScalarKind::Leaf(Value::Node(node)), ty, span)
}

/// The formulas about one KPI's number.
struct Of<'k> {
    kpi: &'k Kpi,
    span: Span,
    actual: Scalar<Value>,
}

impl Of<'_> {
    fn node(&self, builder: &mut Builder<'_>, role: Role, value: Scalar<Value>) -> usize {
        self.named(builder, role.word(), value)
    }

    fn named(&self, builder: &mut Builder<'_>, word: &str, value: Scalar<Value>) -> usize {
        builder.node(format!("{}_{word}", self.kpi.id), value, None)
    }

    fn read(&self, low: usize, high: Option<usize>) -> Bounds {
        let number = |node| number(node, Type::Decimal(None), self.span);
        Bounds { low: number(low), high: high.map(number) }
    }

    fn target_type(&self, builder: &Builder<'_>, node: usize) -> Type {
        builder.computed.nodes[node].value.ty
    }

    fn make(&self, kind: ScalarKind<Value>, ty: Type) -> Scalar<Value> {
        Scalar::new(kind, ty, self.span)
    }

    fn digits(&self, digits: &str) -> Scalar<Value> {
        self.make(ScalarKind::Literal(Literal::Number(digits.into())), Type::Integer)
    }

    fn minus(&self, a: Scalar<Value>, b: Scalar<Value>) -> Scalar<Value> {
        let ty = a.ty;
        self.make(ScalarKind::Arithmetic(Arithmetic::Subtract, Box::new(a), Box::new(b)), ty)
    }

    fn over(&self, a: Scalar<Value>, b: Scalar<Value>) -> Scalar<Value> {
        self.make(ScalarKind::Divide(Box::new(a), Box::new(b)), Type::Float)
    }

    fn abs(&self, a: Scalar<Value>) -> Scalar<Value> {
        let ty = a.ty;
        self.make(ScalarKind::Call(Function::Abs, vec![a]), ty)
    }

    /// A number as it is compared: plain doubles put an exact bound below itself.
    fn rounded(&self, a: Scalar<Value>) -> Scalar<Value> {
        if let ScalarKind::Literal(Literal::Number(digits)) = &a.kind
            && digits.split_once('.').is_none_or(|(_, decimals)| decimals.len() <= 9)
        {
            return a;
        }
        let ty = a.ty;
        self.make(ScalarKind::Call(Function::Round, vec![a, self.digits("9")]), ty)
    }

    fn compare(&self, op: Comparison, a: Scalar<Value>, b: Scalar<Value>) -> Scalar<Value> {
        let (a, b) = (self.rounded(a), self.rounded(b));
        self.make(ScalarKind::Compare(op, Box::new(a), Box::new(b)), Type::Boolean)
    }

    /// 1 + s (actual − target) / |target|; of a range 1 inside of it, else 1 less the
    /// distance from the nearer bound, of that bound (semantics rule 17).
    fn attainment(&self, bounds: &Bounds) -> Scalar<Value> {
        let one = || self.digits("1");
        let part =
            |distance: Scalar<Value>, bound: &Scalar<Value>| self.over(distance, self.abs(bound.clone()));
        let actual = || self.actual.clone();
        let (low, Some(high)) = (&bounds.low, &bounds.high) else {
            let distance = match self.kpi.goals.better {
                Better::Higher | Better::Range => self.minus(actual(), bounds.low.clone()),
                Better::Lower => self.minus(bounds.low.clone(), actual()),
            };
            let part = part(distance, &bounds.low);
            return self
                .make(ScalarKind::Arithmetic(Arithmetic::Add, Box::new(one()), Box::new(part)), Type::Float);
        };
        let below = part(self.minus(low.clone(), actual()), low);
        let above = part(self.minus(actual(), high.clone()), high);
        let outside = |op, bound: &Scalar<Value>| self.compare(op, actual(), bound.clone());
        let between = ScalarKind::And(vec![
            outside(Comparison::GreaterEqual, low),
            outside(Comparison::LessEqual, high),
        ]);
        let whens = vec![
            (outside(Comparison::Less, low), self.minus(one(), below)),
            (outside(Comparison::Greater, high), self.minus(one(), above)),
            (self.make(between, Type::Boolean), one()),
        ];
        self.make(ScalarKind::Case { whens, otherwise: None }, Type::Float)
    }

    /// Whether the number is on the worse side of its target.
    fn missed(&self, bounds: &Bounds) -> Scalar<Value> {
        let compare = |op, bound: &Scalar<Value>| self.compare(op, self.actual.clone(), bound.clone());
        match (&bounds.high, self.kpi.goals.better) {
            (Some(high), _) => {
                let sides = vec![compare(Comparison::Less, &bounds.low), compare(Comparison::Greater, high)];
                self.make(ScalarKind::Or(sides), Type::Boolean)
            }
            (None, Better::Lower) => compare(Comparison::Greater, &bounds.low),
            (None, Better::Higher | Better::Range) => compare(Comparison::Less, &bounds.low),
        }
    }

    /// A change, of what was before; of nothing there is no part, nor of what a sum of floating
    /// numbers leaves in place of nothing.
    fn ratio(&self, change: Scalar<Value>, earlier: Scalar<Value>) -> Scalar<Value> {
        let ratio = self.over(change, self.abs(earlier.clone()));
        if earlier.ty != Type::Float {
            return ratio;
        }
        let is_some = self.compare(Comparison::Greater, self.abs(earlier), self.digits("0"));
        self.make(ScalarKind::Case { whens: vec![(is_some, ratio)], otherwise: None }, Type::Float)
    }

    fn status(&self, due: &Bounds, pacing: Scalar<Value>) -> Scalar<Value> {
        let word = |word: &str| self.make(ScalarKind::Literal(Literal::Text(word.into())), Type::Text);
        let is_null = |value: Scalar<Value>| self.make(ScalarKind::IsNull(Box::new(value)), Type::Boolean);
        let rules = &self.kpi.goals.status;
        let mut whens = vec![(is_null(self.actual.clone()), word("no_data"))];
        // A bound of the number itself needs no target.
        if rules.is_empty() || rules.iter().any(|rule| rule.of_target) {
            whens.push((is_null(due.low.clone()), word("no_target")));
        }
        for (status, name) in [(Status::OffTrack, "off_track"), (Status::AtRisk, "at_risk")] {
            let of_status = rules.iter().filter(|rule| rule.status == status);
            whens.extend(of_status.map(|rule| (self.breaks(rule, due, &pacing), word(name))));
        }
        if rules.is_empty() {
            whens.push((self.missed(due), word("off_track")));
        }
        let otherwise = Some(Box::new(word("on_track")));
        self.make(ScalarKind::Case { whens, otherwise }, Type::Text)
    }

    /// Whether a rule's bound is passed.
    fn breaks(&self, rule: &StatusRule, due: &Bounds, pacing: &Scalar<Value>) -> Scalar<Value> {
        let op = match rule.side {
            StatusSide::Below => Comparison::Less,
            StatusSide::Above => Comparison::Greater,
        };
        let bound = self.make(ScalarKind::Literal(rule.bound.clone()), Type::Decimal(None));
        if !rule.of_target {
            return self.compare(op, self.actual.clone(), bound);
        }
        let passed = self.compare(op, pacing.clone(), bound);
        // Of a target of 0 nothing is a share: it is met or missed.
        let of_zero = self.make(ScalarKind::IsNull(Box::new(pacing.clone())), Type::Boolean);
        let missed = self.make(ScalarKind::And(vec![of_zero, self.missed(due)]), Type::Boolean);
        self.make(ScalarKind::Or(vec![passed, missed]), Type::Boolean)
    }

    /// The same for every as-of, with other numbers: each period by itself.
    fn projected_at_any_time(&self, elapsed: &[Elapsed]) -> Scalar<Value> {
        let additivity = self.kpi.goals.additivity;
        if !additivity.is_extensive() {
            return self.actual.clone();
        }
        let whens = elapsed.iter().enumerate().map(|(period, Elapsed { part, .. })| {
            let asked = self.make(ScalarKind::Leaf(Value::Asked(period, period)), Type::Boolean);
            let times = match additivity {
                Additivity::Additive => part.inverse_quotient(self.span),
                // Of a whole period the number itself, else nothing.
                _ => Amount::ratio(i64::from(part.is_one()), 1).inverse_quotient(self.span),
            };
            let kind =
                ScalarKind::Arithmetic(Arithmetic::Multiply, Box::new(self.actual.clone()), Box::new(times));
            (asked, self.make(kind, Type::Float))
        });
        self.make(ScalarKind::Case { whens: whens.collect(), otherwise: None }, Type::Float)
    }

    /// The number at the end of the period, if the rest of it goes on as it began.
    fn projected(&self, elapsed: &[Elapsed]) -> Scalar<Value> {
        let additivity = self.kpi.goals.additivity;
        let parts = || elapsed.iter().map(|elapsed| &elapsed.part);
        let runs = || parts().enumerate().filter(|(_, part)| !part.is_one());
        if runs().next().is_none() || !additivity.is_extensive() {
            return self.actual.clone();
        }
        let nothing = || self.make(ScalarKind::Literal(Literal::Null(value::Type::Double)), Type::Float);
        let whens = runs().map(|(period, part)| {
            let asked = self.make(ScalarKind::Leaf(Value::Asked(period, period)), Type::Boolean);
            let value = match additivity {
                Additivity::Additive => match part.inverse() {
                    Some(times) => {
                        let (actual, times) = (self.actual.clone(), times.scalar(self.span));
                        let kind =
                            ScalarKind::Arithmetic(Arithmetic::Multiply, Box::new(actual), Box::new(times));
                        self.make(kind, Type::Float)
                    }
                    None => nothing(),
                },
                _ => nothing(),
            };
            (asked, value)
        });
        let kind =
            ScalarKind::Case { whens: whens.collect(), otherwise: Some(Box::new(self.actual.clone())) };
        self.make(kind, Type::Float)
    }
}
