//! Numbers of members, and members among each other.
//!
//! Who takes part has a row in the time that a number reads, whatever conditions within
//! the number then keep of it.

use std::collections::BTreeSet;

use super::aggregates::{corr, of_members, slope};
use super::dimension::Dimension;
use super::evaluate::{Context, Judge};
use super::formula::{Formula, OfMembers, PerMember};
use super::places::Place;

/// Whom a member is compared with: all of these dimensions in a cell.
#[derive(Debug, Clone)]
pub struct Among {
    dimensions: Vec<Dimension>,
    cell: Vec<(Dimension, Option<String>)>,
    /// Whether the empty member is one: it is one of the rows of a result.
    has_empty: bool,
}

impl Among {
    /// The rows of a slicing.
    pub fn rows(slicing: impl Iterator<Item = Dimension>) -> Among {
        Among { dimensions: slicing.collect(), cell: Vec::new(), has_empty: true }
    }

    /// The members that a number is computed for, of which the empty one is nobody.
    fn members(of: &[Dimension], context: &Context<'_>) -> Among {
        Among { dimensions: of.to_vec(), cell: context.slice.clone(), has_empty: false }
    }
}

type Tuple = Vec<Option<String>>;

impl<'w> Judge<'w> {
    /// A number of each member who takes part in the cell, and what is made of them.
    pub fn per_member(&self, number: &'w Formula, per: &PerMember, context: &Context<'w>) -> Option<f64> {
        let leaves = self.leaves_of_formula(number, &context.steps);
        if !leaves.iter().any(|leaf| self.says(leaf, context.period)) {
            return None;
        }
        let members = self.taking_part(&[number], &Among::members(&per.dimensions, context), context);
        let numbers = members.into_iter().map(|member| {
            let inner = context.of_member(&per.dimensions, &member);
            (member, self.number(number, &inner))
        });
        let kept = numbers.filter(|(_, number)| per.keeps(*number));
        if per.of_them == OfMembers::Slope {
            let pairs: Vec<(f64, f64)> =
                kept.filter_map(|(member, number)| Some((as_number(&member), number?))).collect();
            return slope(&pairs);
        }
        of_members(per.of_them, &kept.map(|(_, number)| number).collect::<Vec<_>>())
    }

    /// Two numbers of each member who has both.
    pub fn corr(&self, both: &'w [Formula; 2], per: &PerMember, context: &Context<'w>) -> Option<f64> {
        let [a, b] = both;
        let members = self.taking_part(&[a, b], &Among::members(&per.dimensions, context), context);
        let pairs = members.into_iter().filter_map(|member| {
            let inner = context.of_member(&per.dimensions, &member);
            let (a, b) = (self.number(a, &inner), self.number(b, &inner));
            if per.keeps(a) { a.zip(b) } else { None }
        });
        corr(&pairs.collect::<Vec<_>>())
    }

    /// Where the cell's member stands among those of its slicing; nowhere without a row.
    pub fn place(&self, of: &'w Formula, place: Place, context: &Context<'w>) -> Option<f64> {
        if context.among.dimensions.is_empty() {
            return None;
        }
        let own = self.number(of, context)?;
        let mut cell = context.clone();
        cell.slice.clone_from(&context.among.cell);
        let all = self.taking_part(&[of], &context.among, &cell);
        if !all.contains(&context.members_of(&context.among.dimensions)) {
            return None;
        }
        let numbers = all.into_iter().filter_map(|member| {
            let mut inner = cell.clone();
            inner.slice.extend(context.among.dimensions.iter().copied().zip(member));
            self.number(of, &inner)
        });
        let is_better_lower = match of {
            Formula::Kpi(k) => self.world.kpis[*k].is_better_lower,
            _ => false,
        };
        place.of(own, &numbers.collect::<Vec<_>>(), is_better_lower)
    }

    /// Who has a row in the cell, in the time that a number reads.
    fn taking_part(&self, numbers: &[&'w Formula], among: &Among, cell: &Context<'w>) -> BTreeSet<Tuple> {
        let leaves = numbers.iter().flat_map(|number| self.leaves_of_formula(number, &cell.steps));
        let rows = leaves.flat_map(|leaf| self.read(&leaf, cell.period));
        let rows = rows.filter(|row| cell.holds(&row.members));
        let tuples = rows.map(|row| among.dimensions.iter().map(|d| row.members.of(*d)).collect());
        tuples.filter(|tuple: &Tuple| among.has_empty || tuple.iter().all(Option::is_some)).collect()
    }
}

impl PerMember {
    fn keeps(&self, number: Option<f64>) -> bool {
        self.having_more_than.is_none_or(|least| number.is_some_and(|number| number > f64::from(least)))
    }
}

impl Context<'_> {
    pub fn of_member(&self, dimensions: &[Dimension], member: &Tuple) -> Self {
        let mut inner = self.clone();
        inner.slice.extend(dimensions.iter().copied().zip(member.iter().cloned()));
        inner.among = Among::members(dimensions, self);
        inner
    }

    fn members_of(&self, dimensions: &[Dimension]) -> Tuple {
        let own = |of: &Dimension| self.slice.iter().find(|(d, _)| d == of).and_then(|(_, m)| m.clone());
        dimensions.iter().map(own).collect()
    }
}

/// Of the one dimension whose members are numbers.
fn as_number(member: &Tuple) -> f64 {
    member.first().and_then(|m| m.as_ref()?.parse().ok()).expect("buyers are numbers")
}
