//! Formulas by what they say: two that have one shape are the same number, whatever order
//! and names they are written in.

use std::collections::HashMap;
use std::fmt::Debug;

use super::beneath;
use crate::resolve::Resolved;
use crate::resolve::resolved::{Aggregate, Axis, Existing, Kpi, Number, NumberLeaf, Placed, Row};
use crate::resolve::scalar::{Arithmetic, Comparison, Scalar, ScalarKind};
use crate::value::Literal;

/// A number that stands for everything of one shape.
pub type Shape = usize;

/// What a KPI is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shapes {
    /// Its number in every respect.
    pub whole: Shape,
    /// Its formula up to a power of ten and up to its inverse, whatever stands in empty cells.
    pub core: Shape,
}

/// Shapes met so far. A shape is its words and the shapes of its parts, each once.
pub struct Known<'r> {
    resolved: &'r Resolved,
    shapes: HashMap<(String, Vec<Shape>), Shape>,
    measures: HashMap<&'r str, Shape>,
    kpis: HashMap<&'r str, Shapes>,
    /// The factors of each KPI that is nothing but a product: above and below the line.
    products: HashMap<Shape, Product>,
}

/// Factors above and below the line.
type Product = (Vec<Shape>, Vec<Shape>);

/// The shapes of every KPI, by its id.
pub fn all(resolved: &Resolved) -> HashMap<&str, Shapes> {
    let mut known = Known {
        resolved,
        shapes: HashMap::new(),
        measures: HashMap::new(),
        kpis: HashMap::new(),
        products: HashMap::new(),
    };
    for kpi in beneath::needed_first(resolved) {
        let shapes = known.kpi(kpi);
        known.kpis.insert(&kpi.id, shapes);
    }
    known.kpis
}

impl<'r> Known<'r> {
    fn shape(&mut self, words: impl Into<String>, parts: Vec<Shape>) -> Shape {
        let next = self.shapes.len();
        *self.shapes.entry((words.into(), parts)).or_insert(next)
    }

    /// A shape whose parts go in any order.
    fn unordered(&mut self, words: &str, mut parts: Vec<Shape>) -> Shape {
        parts.sort_unstable();
        self.shape(words, parts)
    }

    /// Words of something without places in a text.
    fn plain(&mut self, words: &str, what: &dyn Debug) -> Shape {
        self.shape(format!("{words} {what:?}"), Vec::new())
    }

    fn kpi(&mut self, kpi: &'r Kpi) -> Shapes {
        let formula = self.number(&kpi.value);
        let whole = match (&kpi.settled, &kpi.empty) {
            (None, None) => formula,
            (settled, empty) => self.shape(format!("as {settled:?} {empty:?}"), vec![formula]),
        };
        let product = self.product(&kpi.value);
        // A name for a number has the factors of that number.
        let (mut above, mut below) = match (product.0.as_slice(), product.1.as_slice()) {
            ([one], []) => self.products.get(one).cloned().unwrap_or(product),
            _ => product,
        };
        above.sort_unstable();
        below.sort_unstable();
        if above.is_empty() && below.is_empty() {
            return Shapes { whole, core: whole };
        }
        self.products.insert(whole, (above.clone(), below.clone()));
        if above > below {
            std::mem::swap(&mut above, &mut below);
        }
        let (above, below) = (self.shape("above", above), self.shape("below", below));
        Shapes { whole, core: self.shape(format!("product {:?}", kpi.settled), vec![above, below]) }
    }

    fn number(&mut self, number: &'r Number) -> Shape {
        self.scalar(number, &mut |known, leaf| known.leaf(leaf))
    }

    /// An expression, whatever its leaves are.
    fn scalar<L>(&mut self, s: &'r Scalar<L>, leaf: &mut dyn FnMut(&mut Self, &'r L) -> Shape) -> Shape {
        use ScalarKind as K;
        match &s.kind {
            K::Leaf(l) => leaf(self, l),
            K::Literal(literal) => self.plain("literal", literal),
            K::Arithmetic(Arithmetic::Add | Arithmetic::Subtract, ..) | K::Negate(_) => {
                let (mut plus, mut minus) = (Vec::new(), Vec::new());
                self.terms(s, leaf, &mut plus, &mut minus);
                plus.sort_unstable();
                minus.sort_unstable();
                let (plus, minus) = (self.shape("plus", plus), self.shape("minus", minus));
                self.shape("sum", vec![plus, minus])
            }
            K::Arithmetic(Arithmetic::Multiply, ..) => {
                let mut factors = Vec::new();
                self.factors(s, leaf, &mut factors);
                self.unordered("times", factors)
            }
            K::And(list) => {
                let parts = self.each(list, leaf);
                self.unordered("and", parts)
            }
            K::Or(list) => {
                let parts = self.each(list, leaf);
                self.unordered("or", parts)
            }
            K::Compare(Comparison::Equal, a, b) => {
                let parts = vec![self.scalar(a, leaf), self.scalar(b, leaf)];
                self.unordered("equal", parts)
            }
            K::In(value, list) => {
                let (value, list) = (self.scalar(value, leaf), self.each(list, leaf));
                let list = self.unordered("list", list);
                self.shape("in", vec![value, list])
            }
            other => {
                let words = words(other);
                let parts: Vec<Shape> =
                    s.children().into_iter().map(|part| self.scalar(part, leaf)).collect();
                self.shape(words, parts)
            }
        }
    }

    fn each<L>(
        &mut self,
        list: &'r [Scalar<L>],
        leaf: &mut dyn FnMut(&mut Self, &'r L) -> Shape,
    ) -> Vec<Shape> {
        list.iter().map(|part| self.scalar(part, leaf)).collect()
    }

    /// What is added and what is subtracted in a sum.
    fn terms<L>(
        &mut self,
        s: &'r Scalar<L>,
        leaf: &mut dyn FnMut(&mut Self, &'r L) -> Shape,
        plus: &mut Vec<Shape>,
        minus: &mut Vec<Shape>,
    ) {
        match &s.kind {
            ScalarKind::Arithmetic(Arithmetic::Add, a, b) => {
                self.terms(a, leaf, plus, minus);
                self.terms(b, leaf, plus, minus);
            }
            ScalarKind::Arithmetic(Arithmetic::Subtract, a, b) => {
                self.terms(a, leaf, plus, minus);
                self.terms(b, leaf, minus, plus);
            }
            ScalarKind::Negate(a) => self.terms(a, leaf, minus, plus),
            _ => plus.push(self.scalar(s, leaf)),
        }
    }

    fn factors<L>(
        &mut self,
        s: &'r Scalar<L>,
        leaf: &mut dyn FnMut(&mut Self, &'r L) -> Shape,
        found: &mut Vec<Shape>,
    ) {
        match &s.kind {
            ScalarKind::Arithmetic(Arithmetic::Multiply, a, b) => {
                self.factors(a, leaf, found);
                self.factors(b, leaf, found);
            }
            _ => found.push(self.scalar(s, leaf)),
        }
    }

    /// The factors of a formula, powers of ten left out.
    fn product(&mut self, number: &'r Number) -> Product {
        match &number.kind {
            ScalarKind::Arithmetic(Arithmetic::Multiply, a, b) => {
                let (a, b) = (self.product(a), self.product(b));
                ([a.0, b.0].concat(), [a.1, b.1].concat())
            }
            ScalarKind::Divide(a, b) => {
                let (a, b) = (self.product(a), self.product(b));
                ([a.0, b.1].concat(), [a.1, b.0].concat())
            }
            ScalarKind::Literal(Literal::Number(digits)) if is_power_of_ten(digits) => {
                (Vec::new(), Vec::new())
            }
            _ => (vec![self.number(number)], Vec::new()),
        }
    }

    fn leaf(&mut self, leaf: &'r NumberLeaf) -> Shape {
        match leaf {
            NumberLeaf::Measure(id) => self.measure(id),
            NumberLeaf::Kpi(id) => match self.kpis.get(id.as_str()) {
                Some(shapes) => shapes.whole,
                None => self.plain("kpi", id),
            },
            NumberLeaf::Restrict(value, predicate) => {
                let parts = vec![self.number(value), self.dimensions(predicate)];
                self.shape("where", parts)
            }
            NumberLeaf::Total(value, dimensions) => {
                let (value, mut dimensions) = (self.number(value), dimensions.clone());
                dimensions.sort();
                self.shape(format!("total {dimensions:?}"), vec![value])
            }
            NumberLeaf::Previous(value, offset) => {
                let value = self.number(value);
                self.shape(format!("previous {offset:?}"), vec![value])
            }
            NumberLeaf::Window(value, window) => {
                let value = self.number(value);
                self.shape(format!("window {window:?}"), vec![value])
            }
            NumberLeaf::Rank(value, ranking) => {
                let value = self.number(value);
                self.shape(format!("rank {ranking:?}"), vec![value])
            }
            NumberLeaf::OverPeriods(over) => {
                let value = self.number(&over.value);
                self.shape(format!("periods {:?} {:?}", over.function, over.over), vec![value])
            }
            NumberLeaf::Stock(id, balance) => {
                let stock = self.stock(id);
                self.shape(format!("reading {balance:?}"), vec![stock])
            }
            NumberLeaf::TimeShare(share) => {
                let condition =
                    self.scalar(&share.condition, &mut |known, existing| known.existing(existing));
                self.shape("time_share", vec![condition])
            }
            NumberLeaf::PerMember(per) => {
                let lists = [&per.values, &per.members_of].map(|list| {
                    let parts: Vec<Shape> = list.iter().map(|value| self.number(value)).collect();
                    self.shape("list", parts)
                });
                let having: Vec<Shape> = per.having.iter().map(|having| self.number(having)).collect();
                let parts = [lists.to_vec(), having].concat();
                self.shape(format!("per {:?} {:?}", per.function, per.dimensions), parts)
            }
            NumberLeaf::Entrants(entrants) => {
                let measure = self.measure(&entrants.measure);
                let restricted: Vec<Shape> = entrants.restricted.iter().map(|p| self.dimensions(p)).collect();
                let restricted = self.unordered("and", restricted);
                let words = format!("{} {:?} {:?}", entrants.cohort, entrants.reading, entrants.ages);
                self.shape(format!("entrants {words}"), vec![measure, restricted])
            }
            NumberLeaf::Versions(versions) => {
                let parts: Vec<Shape> = versions.iter().map(|version| self.number(&version.value)).collect();
                let times: Vec<_> = versions.iter().map(|version| (version.from, version.until)).collect();
                self.shape(format!("versions {times:?}"), parts)
            }
            NumberLeaf::Step(funnel, step) => self.plain("step", &(funnel, step)),
            NumberLeaf::EachStep(funnel, of) => self.plain("each step", &(funnel, of)),
            NumberLeaf::StepTime(time) => self.plain("time of", time),
            NumberLeaf::Attainment(id) => self.plain("attainment", id),
        }
    }

    /// A condition over dimensions.
    fn dimensions(&mut self, predicate: &'r Scalar<String>) -> Shape {
        self.scalar(predicate, &mut |known, dimension| known.plain("dimension", dimension))
    }

    fn existing(&mut self, existing: &'r Existing) -> Shape {
        let stock = self.stock(&existing.stock);
        let restricted: Vec<Shape> = existing.restricted.iter().map(|p| self.dimensions(p)).collect();
        let restricted = self.unordered("and", restricted);
        self.shape("existing", vec![stock, restricted])
    }

    fn measure(&mut self, id: &'r str) -> Shape {
        if let Some(shape) = self.measures.get(id) {
            return *shape;
        }
        let shape = match self.resolved.measures.get(id) {
            Some(m) => {
                self.aggregate(&m.source, &m.aggregate, m.filter.as_ref(), &Placed::At(m.axis.clone()))
            }
            None => self.plain("measure", &id),
        };
        self.measures.insert(id, shape);
        shape
    }

    fn stock(&mut self, id: &'r str) -> Shape {
        match self.resolved.stocks.get(id) {
            Some(s) => {
                self.aggregate(&s.source, &s.aggregate, s.filter.as_ref(), &Placed::Exists(s.exists.clone()))
            }
            None => self.plain("stock", &id),
        }
    }

    fn aggregate(
        &mut self,
        source: &str,
        aggregate: &'r Aggregate,
        filter: Option<&'r Row>,
        placed: &Placed,
    ) -> Shape {
        let (word, values): (String, Vec<&Row>) = match aggregate {
            Aggregate::Count => ("count".into(), Vec::new()),
            Aggregate::CountDistinct(values) => ("distinct".into(), values.iter().collect()),
            Aggregate::Sum(value) => ("sum".into(), vec![value]),
            Aggregate::Avg(value) => ("avg".into(), vec![value]),
            Aggregate::Min(value) => ("min".into(), vec![value]),
            Aggregate::Max(value) => ("max".into(), vec![value]),
            Aggregate::Percentile(value, share) => (format!("percentile {share}"), vec![value]),
            Aggregate::Stddev(value) => ("stddev".into(), vec![value]),
            Aggregate::Corr(a, b) => ("corr".into(), vec![a, b]),
        };
        let axes: Vec<&Axis> = placed.axes();
        let times = self.plain("times", &axes);
        let values: Vec<Shape> = values.into_iter().map(|value| self.row(value)).collect();
        let filter: Vec<Shape> = filter.into_iter().map(|filter| self.row(filter)).collect();
        let (values, filter) = (self.shape("values", values), self.shape("filter", filter));
        self.shape(format!("{word} of {source:?}"), vec![times, values, filter])
    }

    fn row(&mut self, row: &'r Row) -> Shape {
        self.scalar(row, &mut |known, column| known.plain("column", column))
    }
}

/// What an operator is, its parts aside.
fn words<L>(kind: &ScalarKind<L>) -> String {
    use ScalarKind as K;
    match kind {
        K::Leaf(_) | K::Literal(_) => "value".into(),
        K::Negate(_) => "negative".into(),
        K::Not(_) => "not".into(),
        K::And(_) => "and".into(),
        K::Or(_) => "or".into(),
        K::Compare(comparison, ..) => format!("{comparison:?}"),
        K::Arithmetic(arithmetic, ..) => format!("{arithmetic:?}"),
        K::Divide(..) => "divide".into(),
        K::In(..) => "in".into(),
        K::Between { .. } => "between".into(),
        K::Like(..) => "like".into(),
        K::IsNull(_) => "is null".into(),
        K::Case { otherwise, .. } => format!("case {}", otherwise.is_some()),
        K::Call(function, _) => format!("call {function:?}"),
        K::Cast(_, ty) => format!("cast {ty:?}"),
        K::Extract(part, _) => format!("extract {part:?}"),
        K::Seconds { .. } => "seconds".into(),
        K::Shift(_, step) => format!("shift {step:?}"),
        K::InZone { from, to, .. } => format!("zone {from:?} {to:?}"),
    }
}

/// 0.01, 10, 1000: what turns shares into percentages and amounts into thousands.
fn is_power_of_ten(digits: &str) -> bool {
    let significant = digits.trim_matches('0').replace('.', "");
    significant.trim_matches('0') == "1"
}
