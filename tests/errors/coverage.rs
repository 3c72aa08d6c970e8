//! Every code has a page, a case, and a place in the sources that emits it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use kpic::diagnostic::Code;
use libtest_mimic::{Failed, Trial};

/// A trial a code.
pub fn trials(cases: &[PathBuf]) -> Vec<Trial> {
    let claimed: BTreeSet<String> = cases.iter().flat_map(|folder| claimed(folder)).collect();
    let sources = sources(&PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src"));
    let one = |code: Code| {
        let (has_case, emitted) = (claimed.contains(code.id()), is_emitted(code, &sources));
        Trial::test(format!("coverage::{code}"), move || match (has_case, emitted) {
            (true, true) => Ok(()),
            (false, _) => Err(Failed::from(format!("no case in tests/errors claims {code}"))),
            (true, false) => Err(Failed::from(format!("nothing in src emits Code::{}", code.variant()))),
        })
    };
    Code::ALL.iter().copied().map(one).collect()
}

/// The codes that a case claims.
fn claimed(folder: &Path) -> Vec<String> {
    super::claimed(folder).map(|marks| marks.into_iter().map(|m| m.code).collect()).unwrap_or_default()
}

/// The texts of the program, its unit tests and the list of codes aside.
fn sources(folder: &Path) -> Vec<String> {
    let mut texts = Vec::new();
    for path in fs::read_dir(folder).into_iter().flatten().flatten().map(|e| e.path()) {
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        if path.is_dir() {
            texts.extend(sources(&path));
        } else if name.ends_with(".rs") && name != "codes.rs" && name != "tests.rs" {
            let text = fs::read_to_string(&path).expect("sources are text");
            texts.push(text.split("#[cfg(test)]").next().unwrap_or_default().to_string());
        }
    }
    texts
}

fn is_emitted(code: Code, sources: &[String]) -> bool {
    let name = format!("Code::{}", code.variant());
    let ends = |rest: &str| !rest.starts_with(|c: char| c.is_alphanumeric());
    sources.iter().any(|text| text.match_indices(&name).any(|(at, _)| ends(&text[at + name.len()..])))
}
