//! Targets and the rules of status, and whether a cell could have two of them.
//!
//! Which of two targets holds must be decided by what is written: the narrower one, then
//! the one of the nearer grain, then the one that starts later. Two that are alike in all
//! three are an error, here and not in the numbers of some month.

use std::collections::HashMap;

use indexmap::IndexMap;

use super::expression::constant;
use super::formula::NumberScope;
use super::numbers::Numbers;
use super::resolved::{
    Additivity, Aim, Better, Change, Date, Goals, Grain, Length, Status, StatusRule, StatusSide, Target,
    TargetScope,
};
use super::scalar::ScalarKind;
use super::unit::{Kind, Unit};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::model::days;
use crate::source::{Span, Spanned};
use crate::syntax::ast::{self, BinaryOp, Expr, ExprKind, KpiProperty};
use crate::value::Literal;

/// The goals of a KPI whose properties are sound, each by itself; `None` where they
/// contradict each other.
pub fn goals(
    numbers: &Numbers<'_>,
    def: &ast::Kpi,
    additivity: Additivity,
    grains: &[Grain],
    sink: &mut Sink,
) -> Option<Goals> {
    let of = Of { numbers, def, additivity, grains };
    let (mut targets, mut status, mut better, mut found) = (Vec::new(), Vec::new(), None, Vec::new());
    for property in &def.properties {
        match &property.value {
            KpiProperty::Better(word) => better = Some(word),
            KpiProperty::Status(rules) => status.extend(rules.iter().filter_map(|rule| of.rule(rule))),
            KpiProperty::Target(target) => match of.target(target, property.span) {
                Ok(target) => targets.push(target),
                Err(error) => found.extend(error),
            },
            _ => {}
        }
    }
    found.extend(targets.iter().filter_map(|target| of.against_direction(target, better)));
    found.extend(of.alike(&targets));
    found.extend(of.unordered(&status));
    let sound = found.is_empty();
    sink.extend(found);
    sink.extend(gaps(&targets));
    let better = better.map_or(Better::Higher, |word| word.value);
    sound.then_some(Goals { better, additivity, targets, status })
}

struct Of<'o, 'm> {
    numbers: &'o Numbers<'m>,
    def: &'o ast::Kpi,
    additivity: Additivity,
    grains: &'o [Grain],
}

impl Of<'_, '_> {
    /// A literal's value and unit, which are known to be right.
    fn literal(&self, e: &Expr) -> Option<(Literal, Unit)> {
        let mut unheard = Sink::new();
        let mut scope = NumberScope::new(self.numbers, &self.def.header.name.value, &mut unheard);
        let value = constant(&mut scope, e, "the target")?;
        match value.scalar.kind {
            ScalarKind::Literal(literal) => Some((literal, value.unit)),
            _ => None,
        }
    }

    fn rule(&self, rule: &ast::StatusRule) -> Option<StatusRule> {
        let bound = self.literal(&rule.bound)?.0;
        Some(StatusRule { status: rule.status.value, side: rule.side, bound, of_target: rule.of_target })
    }

    /// # Errors
    /// `None` in place of a finding: it was reported with the properties.
    fn target(&self, target: &ast::Target, span: Span) -> Result<Target, Option<Diagnostic>> {
        let from = target.from.as_ref().and_then(|period| days(period.value)).map(|(first, _)| first);
        let until = target.until.as_ref().and_then(|period| days(period.value)).map(|(_, last)| last);
        let aim = self.aim(target).ok_or(None)?;
        let scope = target.filter.as_ref().map_or_else(|| Some(TargetScope::default()), |e| self.scope(e));
        let scope = scope.ok_or(None)?;
        let is_relative = matches!(aim, Aim::OnPrevious { .. });
        let each = target.each.as_ref();
        let target = Target { aim, each: each.map(|each| each.value), from, until, scope, span };
        match each {
            Some(each) => self.taken(each)?,
            None if is_relative => {}
            None => self.without_grain(&target)?,
        }
        Ok(target)
    }

    fn aim(&self, target: &ast::Target) -> Option<Aim> {
        let (value, unit) = self.literal(&target.value)?;
        let Some(back) = &target.on_previous else {
            let to = target.to.as_ref().map(|to| self.literal(to).map(|(to, _)| to));
            return Some(Aim::Value(value, to.map_or(Some(None), |to| to.map(Some))?));
        };
        let is_share = unit == Unit::plain(Kind::Percent);
        let change = if is_share { Change::Share(value) } else { Change::Amount(value) };
        Some(Aim::OnPrevious { change, back: Length { count: 1, unit: back.value } })
    }

    /// `dimension = 'member' and …`, or a segment.
    fn scope(&self, filter: &Expr) -> Option<TargetScope> {
        match &filter.value {
            ExprKind::Path(path) => {
                Some(TargetScope { segment: Some(path.name.value.clone()), ..TargetScope::default() })
            }
            ExprKind::Binary(BinaryOp::And, left, right) => {
                let (mut left, right) = (self.scope(left)?, self.scope(right)?);
                left.members.extend(right.members);
                left.members.sort_by(|a, b| a.0.cmp(&b.0));
                left.members.dedup();
                Some(left)
            }
            ExprKind::Binary(BinaryOp::Equal, dimension, member) => {
                let ExprKind::Path(path) = &dimension.value else { return None };
                let members = vec![(path.name.value.clone(), self.literal(member)?.0)];
                Some(TargetScope { members, segment: None })
            }
            _ => None,
        }
    }

    /// A grain that a KPI is not asked at: of one whose finer targets add up, all are.
    fn taken(&self, each: &Spanned<Grain>) -> Result<(), Diagnostic> {
        let grains = self.grains;
        if grains.is_empty() || grains.contains(&each.value) || self.additivity == Additivity::Additive {
            return Ok(());
        }
        let name = &self.def.header.name.value;
        let taken: Vec<&str> = grains.iter().map(|grain| grain.word()).collect();
        Err(Diagnostic::error(
            Code::TargetGrain,
            each.span,
            format!("`{name}` has no value for each {}, and its target is said for each", each.value.word()),
        )
        .because(format!(
            "it is asked by {}, and this target is neither summed nor divided",
            taken.join(", ")
        ))
        .help(format!("write `each {}`", taken[0])))
    }

    /// A target that does not say how long its periods are.
    fn without_grain(&self, target: &Target) -> Result<(), Diagnostic> {
        let name = &self.def.header.name.value;
        let error = |fact: String| Diagnostic::error(Code::TargetGrain, target.span, fact);
        match self.additivity {
            Additivity::Constant | Additivity::Intensive | Additivity::SemiAdditive => Ok(()),
            Additivity::Additive if target.from.is_some() && target.until.is_some() => Ok(()),
            Additivity::Additive => {
                Err(error(format!("the target of `{name}` does not say for how long a time it is"))
                    .because("a day's is another number than a year's")
                    .help("write `each month`, or both `from` and `until` for all of that time together"))
            }
            Additivity::NonAdditive => {
                Err(error(format!("the target of `{name}` does not say for which periods it is"))
                    .because("its number of a year is not that of a month, nor the sum of twelve")
                    .help("write `each month`, or the grain that it is meant for"))
            }
        }
    }

    /// A range is what `better range` has, and nothing else.
    fn against_direction(&self, target: &Target, better: Option<&Spanned<Better>>) -> Option<Diagnostic> {
        let is_range = matches!(target.aim, Aim::Value(_, Some(_)));
        let wants_range = better.is_some_and(|better| better.value == Better::Range);
        let error = |fact: &str| Diagnostic::error(Code::TargetDirection, target.span, fact.to_string());
        match (is_range, wants_range) {
            (true, true) | (false, false) => None,
            (true, false) => {
                let error = error("the target is a range, and the KPI has a better side")
                    .because("more would be better, and too much")
                    .help("write `better range`, or one value");
                Some(
                    better
                        .into_iter()
                        .fold(error, |error, better| error.label(better.span, "the better side")),
                )
            }
            (false, true) => Some(
                error("the target is one value, and the KPI is good within a range")
                    .because("nobody could tell on which side of it is better")
                    .help("write `target 2 to 4`, or `better higher` or `better lower`"),
            ),
        }
    }

    /// Pairs of targets of which nothing says which one holds.
    fn alike(&self, targets: &[Target]) -> Vec<Diagnostic> {
        // A sheet may have thousands: only those of the same part can clash, or, of a ratio,
        // those whose parts are told by other dimensions.
        let mut of_part: HashMap<String, Vec<&Target>> = HashMap::new();
        let mut kinds: IndexMap<Vec<&str>, Vec<&Target>> = IndexMap::new();
        let mut found = Vec::new();
        let mut of_scope: HashMap<String, Vec<&Target>> = HashMap::new();
        for target in targets {
            of_scope.entry(series(&target.scope, target.each)).or_default().push(target);
        }
        for later in targets {
            let same = of_part.entry(format!("{:?}", (&later.scope, later.each, later.from))).or_default();
            let kind: Vec<&str> = kind(&later.scope);
            let others = kinds.iter().filter(|(other, _)| !self.additivity.is_extensive() && **other != kind);
            let mut earlier = same.iter().chain(others.flat_map(|(_, targets)| targets));
            let earlier = earlier.find(|earlier| self.clash(earlier, later, &of_scope));
            found.extend(earlier.map(|earlier| two_alike(earlier, later)));
            same.push(later);
            kinds.entry(kind).or_default().push(later);
        }
        found
    }

    fn clash(&self, a: &Target, b: &Target, all: &HashMap<String, Vec<&Target>>) -> bool {
        let meet = |a: &Target, b: &Target| {
            let before = |until: Option<Date>, from: Option<Date>| matches!((until, from), (Some(u), Some(f)) if u < f);
            !before(a.until, b.from) && !before(b.until, a.from)
        };
        let alike = a.each == b.each && a.from == b.from && meet(a, b);
        if !alike || a.scope.specificity() != b.scope.specificity() {
            return false;
        }
        if a.scope == b.scope {
            return true;
        }
        // A whole and its part have targets of their own; a ratio's cell may lie in both scopes.
        if self.additivity.is_extensive() {
            return false;
        }
        let Some(both) = both(&a.scope, &b.scope) else { return false };
        let until = match (a.until, b.until) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
        let of = |scope: &TargetScope| all.get(&series(scope, a.each)).into_iter().flatten().copied();
        // The cell's own, or one of the two parts that starts later.
        let later = of(&a.scope).chain(of(&b.scope)).filter(|target| target.from > a.from);
        !is_covered(of(&both).chain(later).collect(), a.from, until)
    }

    /// Off track before at risk is reached.
    fn unordered(&self, rules: &[StatusRule]) -> Option<Diagnostic> {
        let at = |status: Status| rules.iter().find(|rule| rule.status == status);
        let (at_risk, off_track) = (at(Status::AtRisk)?, at(Status::OffTrack)?);
        let number = |rule: &StatusRule| match &rule.bound {
            Literal::Number(digits) => digits.parse::<f64>().ok(),
            _ => None,
        };
        let alike = at_risk.side == off_track.side && at_risk.of_target == off_track.of_target;
        let (risk, off) = (number(at_risk)?, number(off_track)?);
        let hides = match at_risk.side {
            StatusSide::Below => off >= risk,
            StatusSide::Above => off <= risk,
        };
        let span = self.def.properties.iter().find(|p| matches!(p.value, KpiProperty::Status(_)))?.span;
        (alike && hides).then(|| {
            Diagnostic::error(Code::StatusOrder, span, "nothing is ever at risk: it is off track before")
                .because("what is off track is worse than what is at risk")
                .help("write the bounds the other way round: `at_risk below 95% of target, off_track below 85% of target`")
        })
    }
}

/// What targets of one part and one grain have in common.
fn series(scope: &TargetScope, each: Option<Grain>) -> String {
    format!("{:?}", (scope, each))
}

/// Whether some of these targets holds on each day of a time; `None` is without begin, without end.
fn is_covered(mut targets: Vec<&Target>, from: Option<Date>, until: Option<Date>) -> bool {
    targets.sort_by_key(|target| target.from);
    let mut next = from;
    for target in targets {
        if target.from > next {
            return false;
        }
        let Some(last) = target.until else { return true };
        next = next.max(day_after(last));
        if until.is_some_and(|until| next > Some(until)) {
            return true;
        }
    }
    false
}

/// What tells a part: its dimensions, or a segment.
fn kind(scope: &TargetScope) -> Vec<&str> {
    let members = scope.members.iter().map(|(dimension, _)| dimension.as_str());
    members.chain(scope.segment.as_deref()).collect()
}

/// Both scopes together; `None` where no cell lies in both.
fn both(a: &TargetScope, b: &TargetScope) -> Option<TargetScope> {
    let segment = match (&a.segment, &b.segment) {
        (Some(one), Some(other)) if one != other => return None,
        (one, other) => one.clone().or_else(|| other.clone()),
    };
    let mut members = a.members.clone();
    for (dimension, member) in &b.members {
        match a.member(dimension) {
            Some(other) if other != member => return None,
            Some(_) => {}
            None => members.push((dimension.clone(), member.clone())),
        }
    }
    members.sort_by(|a, b| a.0.cmp(&b.0));
    Some(TargetScope { members, segment })
}

fn two_alike(earlier: &Target, later: &Target) -> Diagnostic {
    let same = earlier.scope == later.scope;
    let fact = match same {
        true => "two targets hold for the same periods and the same part",
        false => "two targets hold for the cells that lie in both of their parts",
    };
    let error = Diagnostic::error(Code::TargetTwice, later.span, fact)
        .label(earlier.span, "the other one")
        .because("the narrower target holds, then the one that starts later: these are alike in both");
    match same {
        true => error.help("end the earlier one with `until`, or let the later one start later"),
        false => error.help("give the part that lies in both a target of its own, with both conditions"),
    }
}

/// Times between the targets of one part that none of them covers.
fn gaps(targets: &[Target]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut of_part: IndexMap<String, Vec<&Target>> = IndexMap::new();
    for target in targets {
        of_part.entry(format!("{:?}", (&target.scope, target.each))).or_default().push(target);
    }
    for mut series in of_part.into_values() {
        series.sort_by_key(|target| target.from);
        let Some(mut covered) = series.first().map(|first| first.until) else { continue };
        for next in &series[1..] {
            if let (Some(until), Some(from)) = (covered, next.from)
                && day_after(until) < Some(from)
            {
                found.push(gap(until, from, next.span));
            }
            covered = match (covered, next.until) {
                (Some(before), Some(until)) => Some(before.max(until)),
                (None, _) | (_, None) => None,
            };
        }
    }
    found
}

fn day_after(day: Date) -> Option<Date> {
    day.civil()?.tomorrow().ok().map(Date::from)
}

fn gap(until: Date, from: Date, span: Span) -> Diagnostic {
    Diagnostic::warning(Code::TargetGap, span, format!("there is no target between {until} and {from}"))
        .because("the periods between have no status, and a sum of targets that needs them is empty")
        .help("let the earlier target last longer, or the later one start earlier")
}
