//! Whose a target is: the cells of which slicing and segment lie in its part.

use crate::plan::context::Builder;
use crate::plan::scope::{DimensionKind, Scope, Slicing};
use crate::resolve::resolved::{Additivity, Predicate, Target};
use crate::resolve::scalar::{Comparison, ScalarKind};
use crate::value::Literal;

/// What `--where` keeps, where it is a part that targets can be for.
pub enum AskedScope {
    Members(Vec<(String, Literal)>, Option<String>),
    /// Another condition: no target is for exactly that.
    Other,
}

pub fn asked_scope(builder: &Builder<'_>) -> AskedScope {
    let Some(filter) = &builder.scope.filter else { return AskedScope::Members(Vec::new(), None) };
    // A segment is known by its condition, too.
    let named = builder.resolved.segments.values().find(|segment| segment.predicate == *filter);
    let named = named.map(|segment| segment.id.clone());
    let mut members = Vec::new();
    match conjunction(filter, &mut members) {
        true => AskedScope::Members(members, named),
        false if named.is_some() => AskedScope::Members(Vec::new(), named),
        false => AskedScope::Other,
    }
}

/// Whether a condition is `dimension = member and …`, one for each dimension.
fn conjunction(filter: &Predicate, members: &mut Vec<(String, Literal)>) -> bool {
    match &filter.kind {
        ScalarKind::And(parts) => parts.iter().all(|part| conjunction(part, members)),
        ScalarKind::Compare(Comparison::Equal, a, b) => match (&a.kind, &b.kind) {
            (ScalarKind::Leaf(id), ScalarKind::Literal(member))
            | (ScalarKind::Literal(member), ScalarKind::Leaf(id)) => {
                let is_new = members.iter().all(|(known, _)| known != id);
                members.push((id.clone(), member.clone()));
                is_new
            }
            _ => false,
        },
        _ => false,
    }
}

/// The cells of a slicing and a segment.
pub struct Cell<'c> {
    pub scope: &'c Scope,
    pub slices: &'c Slicing,
    pub segment: Option<&'c str>,
    pub asked: &'c AskedScope,
}

impl Cell<'_> {
    /// The members that a target's scope asks of these cells; `None`: it is not for them.
    pub fn members(&self, target: &Target, additivity: Additivity) -> Option<Vec<(usize, Literal)>> {
        let none: (&[(String, Literal)], Option<&str>) = (&[], None);
        let (kept, kept_segment) = match self.asked {
            AskedScope::Members(members, segment) => (members.as_slice(), segment.as_deref()),
            AskedScope::Other if additivity.is_extensive() => return None,
            AskedScope::Other => none,
        };
        let scope = &target.scope;
        let sliced = |id: &str| self.slices.dimensions.iter().find(|d| self.scope.dimensions[**d].id == id);
        let mut members = Vec::new();
        for (id, member) in &scope.members {
            match (kept.iter().find(|(kept, _)| kept == id), sliced(id)) {
                (Some((_, kept)), _) if kept == member => {}
                (None, Some(dimension)) => members.push((*dimension, member.clone())),
                (Some(_), _) | (None, None) => return None,
            }
        }
        let segment = scope.segment.as_deref();
        if segment.is_some_and(|segment| Some(segment) != kept_segment && Some(segment) != self.segment) {
            return None;
        }
        if additivity.is_extensive() {
            let all_named = |id: &str| scope.member(id).is_some();
            // The place of a member names nothing that the member does not.
            let mut sliced = self.slices.dimensions.iter().map(|d| &self.scope.dimensions[*d]);
            let slices = sliced.all(|d| matches!(d.kind, DimensionKind::Place { .. }) || all_named(&d.id));
            let by_members = !kept.is_empty() && kept.iter().all(|(id, _)| all_named(id));
            let by_segment = kept_segment.is_some() && segment == kept_segment;
            let all_kept = (kept.is_empty() && kept_segment.is_none()) || by_members || by_segment;
            if !slices || !all_kept || (self.segment.is_some() && segment != self.segment) {
                return None;
            }
        }
        Some(members)
    }
}
