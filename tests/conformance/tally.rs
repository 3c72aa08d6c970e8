//! What a run proved: a row for each dialect, which docs/dialects.md carries.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Mutex;

use crate::engines::{Chosen, Engines, Listed, Part};
use crate::harness::Checked;
use crate::harness::files::read;
use crate::outcome::Outcome;
use crate::refused::Refused;

const BEGIN: &str = "<!-- what runs where -->\n";
const END: &str = "<!-- end of what runs where -->\n";
const HEAD: &str = "| dialect | engine | tier | cases | equal | refused | differ | examples |\n|---|---|---|--:|--:|--:|--:|--:|\n";

#[derive(Debug, Default)]
pub struct Tally(Mutex<BTreeMap<&'static str, Of>>);

/// What did not go wrong with a dialect.
#[derive(Debug, Clone, Default)]
struct Of {
    equal: usize,
    /// Cases; expressions are not counted.
    refused: usize,
    differ: usize,
    /// Requests to the examples, and those of them that are equal.
    examples: (usize, usize),
    cannot: Refused,
}

impl Tally {
    pub fn add(&self, listed: &'static Listed, case: String, outcome: Outcome) -> Checked<()> {
        let mut all = self.0.lock().map_err(|e| e.to_string())?;
        let of = all.entry(listed.dialect).or_default();
        let is_example = case.starts_with("examples::");
        of.examples.0 += usize::from(is_example);
        match outcome {
            Outcome::Equal if is_example => of.examples.1 += 1,
            Outcome::Equal => of.equal += 1,
            Outcome::Refused(what) => {
                of.refused += usize::from(!is_example);
                of.cannot.insert(case, what);
            }
            Outcome::Differs => of.differ += usize::from(!is_example),
        }
        Ok(())
    }

    /// What else a dialect cannot say.
    pub fn cannot(&self, listed: &'static Listed, refused: Refused) -> Checked<()> {
        let mut all = self.0.lock().map_err(|e| e.to_string())?;
        all.entry(listed.dialect).or_default().cannot.extend(refused);
        Ok(())
    }

    fn of(&self, listed: &Listed) -> Checked<Of> {
        Ok(self.0.lock().map_err(|e| e.to_string())?.get(listed.dialect).cloned().unwrap_or_default())
    }

    pub fn refused(&self, listed: &Listed) -> Checked<Refused> {
        Ok(self.of(listed)?.cannot)
    }

    /// Where no example was asked, the page keeps what it says of them.
    fn row(&self, one: Chosen, engines: &Engines, stands: Option<&str>) -> Checked<String> {
        let Chosen { listed, part } = one;
        let Of { equal, refused, differ, examples, .. } = self.of(listed)?;
        let stands = stands.and_then(|line| line.trim_end_matches(" |").rsplit("| ").next());
        let examples = match part {
            Part::All => format!("{} of {}", examples.1, examples.0),
            Part::Cases | Part::Nothing => stands.unwrap_or_default().to_string(),
        };
        let version = engines.database(listed)?.version()?;
        let tier = listed.tier.words();
        let cases = equal + refused + differ;
        let dialect = listed.dialect;
        Ok(format!(
            "| {dialect} | {version} | {tier} | {cases} | {equal} | {refused} | {differ} | {examples} |\n"
        ))
    }

    /// The table with the rows of these dialects, and the rows of others as they stand.
    ///
    /// # Errors
    /// The table in the page is another one; with `update` it is written there.
    pub fn compare_with_page(
        &self,
        root: &Path,
        ran: &[Chosen],
        known: &[&'static Listed],
        engines: &Engines,
        update: bool,
    ) -> Checked<()> {
        let page = root.join("docs/dialects.md");
        let text = read(&page)?;
        let (before, rest) = text.split_once(BEGIN).ok_or("docs/dialects.md has no mark of the table")?;
        let (table, after) = rest.split_once(END).ok_or("docs/dialects.md has no mark of the table's end")?;
        let mut made = HEAD.to_string();
        for listed in known {
            let is_own = |line: &&str| line.starts_with(&format!("| {} |", listed.dialect));
            let stands = table.lines().find(is_own);
            match ran.iter().find(|one| one.listed.dialect == listed.dialect) {
                Some(one) => made.push_str(&self.row(*one, engines, stands)?),
                None => made.extend(stands.map(|line| format!("{line}\n"))),
            }
        }
        if made == table {
            return Ok(());
        }
        if update {
            return fs::write(&page, [before, BEGIN, &made, END, after].concat()).map_err(|e| e.to_string());
        }
        Err(format!("docs/dialects.md has another table; KPIC_UPDATE=1 writes this one:\n{made}"))
    }
}
