//! Minimum cells: how many entities stand behind each number that is asked.
//!
//! A pass rate of three learners tells of each of them. With every measure that learners
//! have rows of, the learners behind it are counted, under the same conditions and at
//! the same time. A KPI is suppressed where any of its measures has too few of them; both
//! sides of a ratio are looked at. Nobody at all is no secret.

use super::context::{Builder, Fill};
use super::leaf::{self, Leaf, Over, Taken};
use super::members::Members;
use crate::diagnostic::{Code, Diagnostic};
use crate::resolve::resolved::{Aggregate, Kpi, MinimumCell, OverMembers, Reach};
use crate::resolve::scalar::Type;

/// How many entities must stand behind a number, and how many do.
#[derive(Debug, Clone)]
pub struct Minimum {
    pub cell: MinimumCell,
    /// For each output: the cells that count entities behind its measures.
    pub behind: Vec<Vec<usize>>,
}

/// The column that says whether a KPI is suppressed.
pub fn suppressed(kpi: &str) -> String {
    format!("{kpi}_suppressed")
}

/// Adds what counts the entities behind every asked KPI.
///
/// # Errors
/// Numbers whose entities cannot be counted, or that tell of those that are suppressed.
pub fn minimum(builder: &mut Builder<'_>) -> Result<Option<Minimum>, Vec<Diagnostic>> {
    let Some(cell) = builder.resolved.settings.minimum_cell.clone() else { return Ok(None) };
    if builder.computed.nodes.iter().any(|node| node.ranking.is_some()) {
        return Err(vec![
            refused(&cell, "places among members are not shown beside minimum cells")
                .because("the places and shares of the others tell of those that are suppressed"),
        ]);
    }
    if builder.scope.dimensions.iter().any(super::scope::Dimension::is_steps) {
        return Err(vec![
            refused(&cell, "the steps of a funnel beside each other are not shown beside minimum cells yet")
                .because("who leaves between two steps follows from both"),
        ]);
    }
    let mut behind = Vec::new();
    for output in builder.computed.outputs.clone() {
        let mut cells: Vec<usize> = Vec::new();
        for read in builder.computed.nodes[output.node].cells.clone() {
            let leaf = builder.computed.leaves[builder.computed.cells[read].leaf].clone();
            let Some(leaf) = entities(builder, leaf, &cell).map_err(|e| vec![e])? else { continue };
            let counted = builder.cell(leaf, Fill::Zero).map_err(|e| vec![e])?;
            if !cells.contains(&counted) {
                cells.push(counted);
            }
        }
        behind.push(cells);
    }
    Ok(Some(Minimum { cell, behind }))
}

/// What a leaf aggregates, counted by entities; `None`: they have no rows of it.
fn entities(builder: &Builder<'_>, leaf: Leaf, cell: &MinimumCell) -> Result<Option<Leaf>, Diagnostic> {
    let resolved = builder.resolved;
    match &leaf.over {
        Over::Members(members) => return per_member((**members).clone(), leaf.clone(), cell).map(Some),
        Over::Time(_) => {
            let error = refused(cell, "shares of time are not shown beside minimum cells yet");
            return Err(
                error.because("a condition over stocks has no rows of which somebody could be counted")
            );
        }
        Over::Rows(_) => {}
    }
    if let Some(Taken::Entries(_)) = &leaf.taken {
        let error = refused(cell, "numbers of a cohort are not shown beside minimum cells yet");
        return Err(error.because(
            "of the entrants it is known how many there are, and not how many of them did something",
        ));
    }
    let reach = resolved.sources.get(&leaf.source).and_then(|source| source.reach.get(&cell.of));
    if !matches!(reach, Some(Reach::Own | Reach::Via(_) | Reach::Ambiguous(_))) {
        return Ok(None);
    }
    let of = leaf::Of::new(&leaf.measure, &leaf.source, leaf.span);
    let entity = leaf::entity(resolved, &of, &cell.of)?;
    let aggregate = Aggregate::CountDistinct(vec![entity]);
    Ok(Some(Leaf { measure: counted(&leaf, cell), aggregate, ty: Type::Integer, ..leaf }))
}

/// The members that take part in a number per member.
fn per_member(mut members: Members, leaf: Leaf, cell: &MinimumCell) -> Result<Leaf, Diagnostic> {
    if members.definition.dimensions != [cell.of.clone()] {
        let of = members.definition.dimensions.join(", ");
        let error = refused(cell, &format!("a number per {of} is not shown beside minimum cells yet"));
        let why = format!("nobody counts how many of `{}` stand behind the members that take part", cell.of);
        return Err(error.because(why));
    }
    members.definition.function = OverMembers::Count;
    members.definition.values = Vec::new();
    members.values = Vec::new();
    let (measure, over) = (counted(&leaf, cell), Over::Members(Box::new(members)));
    Ok(Leaf { measure, over, aggregate: Aggregate::Count, ty: Type::Integer, ..leaf })
}

/// What the number of entities behind a measure is called.
fn counted(leaf: &Leaf, cell: &MinimumCell) -> String {
    format!("{}_{}_count", leaf.measure, cell.of)
}

fn refused(cell: &MinimumCell, message: &str) -> Diagnostic {
    Diagnostic::error(Code::NotYet, cell.span, message)
        .help("ask for it in a project without `minimum_cell`, or leave it out")
}

/// Whether the columns that say what is suppressed have names of their own.
pub fn names(kpis: &[&Kpi], others: &[String]) -> Result<(), Diagnostic> {
    for kpi in kpis {
        let name = suppressed(&kpi.id);
        let same = |other: &str| other.eq_ignore_ascii_case(&name);
        if kpis.iter().any(|kpi| same(&kpi.id)) || others.iter().any(|other| same(other)) {
            let message = format!("a result with `{}` has two columns `{name}`", kpi.id);
            return Err(Diagnostic::general(Code::BadOption, message)
                .because("one of them says which of its cells are suppressed, as `minimum_cell` asks")
                .help("ask for them in requests of their own"));
        }
    }
    Ok(())
}
