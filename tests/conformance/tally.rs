//! What a run proved: a row for each dialect, which docs/dialects.md carries.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Mutex;

use crate::engines::{Engines, Listed};
use crate::harness::Checked;
use crate::harness::files::read;
use crate::outcome::Outcome;
use crate::refused::Refused;

const BEGIN: &str = "<!-- what runs where -->\n";
const END: &str = "<!-- end of what runs where -->\n";
const HEAD: &str =
    "| dialect | engine | tier | cases | equal | refused | differ |\n|---|---|---|--:|--:|--:|--:|\n";

#[derive(Debug, Default)]
pub struct Tally(Mutex<BTreeMap<&'static str, Of>>);

/// What did not go wrong with a dialect.
#[derive(Debug, Clone, Default)]
struct Of {
    equal: usize,
    /// Cases; expressions are not counted.
    refused: usize,
    differ: usize,
    cannot: Refused,
}

impl Tally {
    pub fn add(&self, listed: &'static Listed, case: String, outcome: Outcome) -> Checked<()> {
        let mut all = self.0.lock().map_err(|e| e.to_string())?;
        let of = all.entry(listed.dialect).or_default();
        match outcome {
            Outcome::Equal => of.equal += 1,
            Outcome::Refused(what) => {
                of.refused += 1;
                of.cannot.insert(case, what);
            }
            Outcome::Differs => of.differ += 1,
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

    fn row(&self, listed: &'static Listed, engines: &Engines) -> Checked<String> {
        let Of { equal, refused, differ, .. } = self.of(listed)?;
        let version = engines.database(listed)?.version()?;
        let tier = listed.tier.words();
        let cases = equal + refused + differ;
        let dialect = listed.dialect;
        Ok(format!("| {dialect} | {version} | {tier} | {cases} | {equal} | {refused} | {differ} |\n"))
    }

    /// The table with the rows of these dialects, and the rows of others as they stand.
    ///
    /// # Errors
    /// The table in the page is another one; with `update` it is written there.
    pub fn compare_with_page(
        &self,
        root: &Path,
        ran: &[&'static Listed],
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
            match ran.iter().any(|one| one.dialect == listed.dialect) {
                true => made.push_str(&self.row(listed, engines)?),
                false => made.extend(table.lines().filter(is_own).map(|line| format!("{line}\n"))),
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
