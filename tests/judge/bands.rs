//! What customers are by numbers of their own.
//!
//! `segmentation band per buyer { segment band0 where m0 > 2  segment band1 else }`
//!
//! The band is of the period and the customer, however the number that asks is sliced or
//! restricted. So it is found by a judge of its own, who knows no bands.

use super::calendar::Period;
use super::dimension::Dimension;
use super::evaluate::{Context, Judge};
use super::formula::Formula;
use super::members::Among;
use super::reading::Step;
use super::rows::Row;
use super::world::World;

/// The first rule that holds says the band.
#[derive(Debug, Clone, PartialEq)]
pub struct Bands {
    pub rules: Vec<Rule>,
    /// Whether there is one more, for whom none fits.
    pub has_else: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    pub number: Formula,
    pub more_than: i8,
}

/// Conditions name so many bands, whether a rule gives them or not.
const NAMED: usize = 4;
/// No number of a customer is more.
const NEVER: u32 = 1_000_000_000;

impl Bands {
    pub fn text(&self) -> String {
        let mut text = String::from("segmentation band per buyer {\n");
        for (i, Rule { number, more_than }) in self.rules.iter().enumerate() {
            text.push_str(&format!("  segment band{i} where {} > {more_than}\n", number.text()));
        }
        let given = self.rules.len() + usize::from(self.has_else);
        if let Some(Rule { number, .. }) = self.rules.first() {
            for i in given..NAMED {
                text.push_str(&format!("  segment band{i} where {} > {NEVER}\n", number.text()));
            }
        }
        if self.has_else {
            text.push_str(&format!("  segment band{} else\n", self.rules.len()));
        }
        text + "}\n"
    }
}

impl World {
    /// Whether something asked is about bands.
    pub fn is_banded(&self) -> bool {
        let request = &self.request;
        let segments = request.segments.iter().flatten().map(|s| &self.segments[*s]);
        let names_it = |f: &Formula| match f {
            Formula::Where(_, condition) => condition.reads(Dimension::Band),
            Formula::Total(_, lifted) => lifted.contains(&Dimension::Band),
            _ => false,
        };
        let named = request.kpis.iter().any(|k| Formula::Kpi(*k).any(&self.kpis, &names_it));
        named
            || request.by.iter().flatten().any(|d| *d == Dimension::Band)
            || segments.chain(&request.filter).any(|condition| condition.reads(Dimension::Band))
    }
}

impl<'w> Judge<'w> {
    /// A row with what its customer is in the period that is read. A window goes by the period
    /// that it ends with.
    pub fn banded(&self, mut row: Row, period: Period, steps: &[Step]) -> Row {
        if let (Some(plain), Some(buyer)) = (&self.plain, row.members.buyer) {
            let stays = |step: &&Step| matches!(step, Step::Previous(_) | Step::Settled(_));
            let steps: Vec<Step> = steps.iter().filter(stays).copied().collect();
            let key = (buyer, period, steps);
            let known = self.bands.borrow().get(&key).copied();
            row.members.band = known.unwrap_or_else(|| plain.band(buyer, period, &key.2));
            self.bands.borrow_mut().insert(key, row.members.band);
        }
        row
    }

    fn band(&self, buyer: u8, period: Period, steps: &[Step]) -> Option<u8> {
        let Bands { rules, has_else } = &self.world.bands;
        let cell = Context {
            period,
            slice: Vec::new(),
            among: Among::rows(std::iter::empty()),
            conditions: Vec::new(),
            steps: steps.to_vec(),
        };
        let context = cell.of_member(&[Dimension::Buyer], &vec![Some(buyer.to_string())]);
        let holds = |rule: &Rule| {
            self.number(&rule.number, &context).is_some_and(|number| number > f64::from(rule.more_than))
        };
        let first = rules.iter().position(holds).or(has_else.then_some(rules.len()))?;
        Some(u8::try_from(first).expect("there are few bands"))
    }
}
