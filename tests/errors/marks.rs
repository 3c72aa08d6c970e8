//! Where a finding is: as claimed by hand, and as found.

use std::fmt;

use libtest_mimic::{Failed, Trial};
use serde_json::Value;

/// A finding's place and kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    pub code: String,
    pub severity: String,
    /// None: about no text.
    pub place: Option<Place>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub file: String,
    pub line: usize,
    pub column: usize,
    /// Characters that are underlined on that line; none: not told.
    pub width: Option<usize>,
}

impl Mark {
    /// Whether a found one is what a claim says.
    pub fn meets(&self, claim: &Mark) -> bool {
        let place = match (&self.place, &claim.place) {
            (None, None) => true,
            (Some(a), Some(b)) => {
                let width = a.width.is_none() || b.width.is_none() || a.width == b.width;
                width && (&a.file, a.line, a.column) == (&b.file, b.line, b.column)
            }
            (None, Some(_)) | (Some(_), None) => false,
        };
        place && self.code == claim.code && self.severity == claim.severity
    }
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.place {
            None => write!(f, "- ")?,
            Some(p) => write!(f, "{}:{}:{} ", p.file, p.line, p.column)?,
        }
        write!(f, "{} {}", self.code, self.severity)?;
        match self.place.as_ref().and_then(|p| p.width) {
            Some(width) => write!(f, " ({width} wide)"),
            None => Ok(()),
        }
    }
}

/// The claims in a file's comments. Tabs and wide characters: a caret stands below
/// the character of its own number, whatever a terminal makes of it.
pub fn in_comments(file: &str, text: &str) -> Result<Vec<Mark>, String> {
    let mut marks = Vec::new();
    let mut above = 0;
    for (number, line) in (1..).zip(text.split('\n')) {
        let Some((column, width, rest)) = comment(line) else {
            above = number;
            continue;
        };
        let place = Place { file: file.to_string(), line: above, column, width };
        marks.push(kind(rest, Some(place)).map_err(|e| format!("{file}:{number}: {e}"))?);
    }
    Ok(marks)
}

/// Column and width of a comment that claims something, and what is behind.
fn comment(line: &str) -> Option<(usize, Option<usize>, &str)> {
    let hash = line.chars().take_while(|c| c.is_whitespace()).count();
    let inner = line.trim_start().strip_prefix('#')?;
    if let Some(rest) = inner.trim_start().strip_prefix("<- ") {
        return Some((hash + 1, None, rest));
    }
    let blanks = inner.chars().take_while(|c| c.is_whitespace()).count();
    let carets = inner.trim_start();
    let rest = carets.trim_start_matches('^');
    let width = carets.len() - rest.len();
    (width > 0).then_some((hash + 2 + blanks, Some(width), rest))
}

/// `K0201 error`
fn kind(text: &str, place: Option<Place>) -> Result<Mark, String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    match words[..] {
        [code, severity @ ("error" | "warning")] if code.starts_with('K') => {
            Ok(Mark { code: code.to_string(), severity: severity.to_string(), place })
        }
        _ => Err(format!("`{}` is not `CODE SEVERITY`", text.trim())),
    }
}

/// The claims of a file `marks`.
pub fn of_list(text: &str) -> Result<Vec<Mark>, String> {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines
        .map(|line| {
            let (place, rest) = line.split_once(' ').ok_or_else(|| format!("marks: `{line}`"))?;
            if place == "-" {
                return kind(rest, None);
            }
            kind(rest, Some(position(place).ok_or_else(|| format!("marks: `{place}` is no place"))?))
        })
        .collect()
}

/// `FILE:LINE:COLUMN`
fn position(text: &str) -> Option<Place> {
    let mut parts = text.rsplitn(3, ':');
    let column = parts.next()?.parse().ok()?;
    let line = parts.next()?.parse().ok()?;
    Some(Place { file: parts.next()?.to_string(), line, column, width: None })
}

/// The findings of `--format json`.
pub fn of_json(text: &str) -> Result<Vec<Mark>, String> {
    let found: Vec<Value> = serde_json::from_str(text).map_err(|e| format!("JSON: {e}\n{text}"))?;
    Ok(found.iter().map(finding).collect())
}

fn finding(found: &Value) -> Mark {
    let text = |key: &str| found[key].as_str().map(str::to_string);
    let number = |key: &str| found[key].as_u64().and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
    let (line, column) = (number("line"), number("column"));
    // A finding over several lines is underlined to the end of the first: not counted here.
    let width = (number("end_line") == line).then(|| (number("end_column") - column).max(1));
    Mark {
        code: text("code").unwrap_or_default(),
        severity: text("severity").unwrap_or_default(),
        place: text("file").map(|file| Place { file, line, column, width }),
    }
}

/// The findings of an answer for people.
pub fn of_text(text: &str) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    let mut open = false;
    for line in text.lines() {
        if let Some((severity, code)) = headline(line) {
            marks.push(Mark { code: code.to_string(), severity: severity.to_string(), place: None });
            open = true;
        } else if let Some(place) = line.trim_start().strip_prefix("--> ")
            && std::mem::take(&mut open)
            && let Some(mark) = marks.last_mut()
        {
            mark.place = position(place);
        }
    }
    marks
}

/// `error[K0201]: …`
fn headline(line: &str) -> Option<(&str, &str)> {
    let (severity, rest) = line.split_once('[')?;
    let (code, _) = rest.split_once("]: ")?;
    // Behind the code of a lint stands its name.
    let code = code.split(' ').next().unwrap_or(code);
    ["error", "warning"].contains(&severity).then_some((severity, code))
}

/// Claims that cannot fail prove nothing.
pub fn trials() -> Vec<Trial> {
    vec![
        Trial::test("harness::reads_claims", reads_claims),
        Trial::test("harness::tells_findings_apart", tells_findings_apart),
    ]
}

fn reads_claims() -> Result<(), Failed> {
    let text =
        "kpi a = b\n#       ^ K0201 error\n# <- K0101 warning\n  x\n  # <- K0113 error\n# a ^ comment\n";
    let shown: Vec<String> = in_comments("a.kpi", text)?.iter().map(Mark::to_string).collect();
    let expected = ["a.kpi:1:9 K0201 error (1 wide)", "a.kpi:1:1 K0101 warning", "a.kpi:4:3 K0113 error"];
    let list: Vec<String> =
        of_list("a:b.kpi:3:4 K0201 error\n- K0601 error\n")?.iter().map(Mark::to_string).collect();
    let wrong = ["#  ^ K0201", "#  ^ K0201 hint", "# ^ oops"].iter().all(|t| in_comments("a", t).is_err());
    let said =
        of_text("error[K0201]: no\n --> a.kpi:1:9\n  ::: b.kpi:1:1\nwarning[K0211 unused]: x\n\nerror: y\n");
    let said: Vec<String> = said.iter().map(Mark::to_string).collect();
    let right = shown == expected
        && list == ["a:b.kpi:3:4 K0201 error", "- K0601 error"]
        && said == ["a.kpi:1:9 K0201 error", "- K0211 warning"]
        && wrong;
    if right { Ok(()) } else { Err(format!("{shown:?} {list:?} {said:?}").into()) }
}

fn tells_findings_apart() -> Result<(), Failed> {
    let claim = |text: &str| in_comments("a.kpi", text).map(|marks| marks[0].clone());
    let this = claim("x\n# ^^ K0201 error")?;
    let others = ["x\n# ^ K0201 error", "x\n#^^ K0201 error", "x\n# ^^ K0202 error", "x\n# ^^ K0201 warning"];
    for other in others {
        if claim(other)?.meets(&this) {
            return Err(format!("`{other}` was taken for {this}").into());
        }
    }
    let elsewhere = in_comments("b.kpi", "x\n# ^^ K0201 error")?[0].meets(&this);
    let nowhere = of_list("- K0201 error")?[0].meets(&this);
    if elsewhere || nowhere || !this.meets(&this) { Err("places are not compared".into()) } else { Ok(()) }
}
