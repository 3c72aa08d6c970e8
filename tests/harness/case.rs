//! Golden cases and examples: where they are, and what is in them.

use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use super::Checked;
use super::files::{copy, entries, file_name, folders, read, words};
use super::oracle::Oracle;

/// Where a case is; opening it may fail, finding it does not.
#[derive(Debug, Clone)]
pub enum Place {
    /// A folder of `tests/golden`.
    Golden(PathBuf),
    /// A line of an example's `requests`: the folder, a name, the arguments.
    Example(PathBuf, String, Vec<String>),
}

/// Every golden case and every request of an example.
pub fn places(root: &Path) -> Vec<Place> {
    let mut places: Vec<Place> = folders(&root.join("tests/golden")).into_iter().map(Place::Golden).collect();
    for folder in folders(&root.join("examples")) {
        for request in read(&folder.join("requests")).unwrap_or_default().lines() {
            let (name, arguments) = request.split_once(' ').unwrap_or((request, ""));
            places.push(Place::Example(folder.clone(), name.to_string(), words(arguments)));
        }
    }
    places
}

impl Place {
    pub fn name(&self) -> String {
        match self {
            Place::Golden(folder) => format!("golden::{}", file_name(folder)),
            Place::Example(folder, name, _) => format!("examples::{}::{name}", file_name(folder)),
        }
    }

    /// A file `only` of a golden case names the dialects that it is for, and says
    /// why: `duckdb: …`.
    pub fn only(&self) -> Option<String> {
        match self {
            Place::Golden(folder) => read(&folder.join("only")).ok(),
            Place::Example(..) => None,
        }
    }

    pub fn runs_on(&self, dialect: &str) -> bool {
        let only = self.only();
        let mut names =
            only.iter().flat_map(|only| only.split(':').take(1)).flat_map(|names| names.split(','));
        only.is_none() || names.any(|name| name.trim() == dialect)
    }

    pub fn open(&self) -> Checked<Case> {
        match self {
            Place::Golden(folder) => Case::golden(folder),
            Place::Example(folder, name, request) => Case::example(folder, name, request),
        }
    }
}

/// A request to a project, its data, and the SQL that says what is right.
#[derive(Debug)]
pub struct Case {
    /// Where kpic runs.
    pub folder: PathBuf,
    /// The arguments of `kpic run`.
    pub request: Vec<String>,
    /// Tables and their files.
    pub tables: Vec<(String, PathBuf)>,
    pub oracle: String,
    /// Golden cases run on a copy, where they may leave what they want.
    _copy: Option<tempfile::TempDir>,
}

impl Case {
    pub fn golden(home: &Path) -> Checked<Case> {
        let place = tempfile::tempdir().map_err(|e| e.to_string())?;
        copy(home, place.path())?;
        for made in ["oracle.sql", "about.md", "request"] {
            std::fs::remove_file(place.path().join(made)).map_err(|e| format!("{made}: {e}"))?;
        }
        if read(&home.join("about.md"))?.trim().len() < 80 {
            return Err("about.md does not say what the case proves".into());
        }
        let tables = csv_tables(place.path())?;
        complete_project(place.path(), &tables)?;
        Ok(Case {
            folder: place.path().to_path_buf(),
            request: words(&read(&home.join("request"))?),
            tables,
            oracle: read(&home.join("oracle.sql"))?,
            _copy: Some(place),
        })
    }

    fn example(folder: &Path, name: &str, request: &[String]) -> Checked<Case> {
        let project: serde_yaml::Value =
            serde_yaml::from_str(&read(&folder.join("kpic.yaml"))?).map_err(|e| e.to_string())?;
        let files = project["environments"]["local"]["files"].as_mapping().ok_or("no files in kpic.yaml")?;
        let tables = files
            .iter()
            .filter_map(|(table, file)| Some((table.as_str()?.to_string(), folder.join(file.as_str()?))))
            .collect();
        Ok(Case {
            folder: folder.to_path_buf(),
            request: request.to_vec(),
            tables,
            oracle: read(&folder.join(format!("oracle/{name}.sql")))?,
            _copy: None,
        })
    }

    /// Queries of its sources: where each is, and its text, with what its definitions in YAML
    /// give its parameters. One with others, or with more of a template than values, is left out.
    #[allow(dead_code, reason = "one test asks for it")]
    pub fn queries(&self) -> Checked<Vec<(PathBuf, String)>> {
        let folder = self.folder.join("queries");
        let mut found = Vec::new();
        let params = self.params()?;
        for path in if folder.is_dir() { entries(&folder)? } else { Vec::new() } {
            let given = |text: String, (name, value): &(String, String)| {
                text.replace(&format!("{{{{ {name} }}}}"), value)
            };
            let text = params.iter().fold(read(&path)?, given);
            if !text.contains("{{") && !text.contains("{%") {
                found.push((path, text));
            }
        }
        found.sort();
        Ok(found)
    }

    /// Numbers that its definitions in YAML give to parameters; a request may give others.
    fn params(&self) -> Checked<Vec<(String, String)>> {
        let mut found = Vec::new();
        if self.request.iter().any(|word| word == "--param") {
            return Ok(found);
        }
        for path in entries(&self.folder)?.iter().filter(|path| file_name(path).ends_with(".kpi.yaml")) {
            let definitions: serde_yaml::Value =
                serde_yaml::from_str(&read(path)?).map_err(|e| format!("{}: {e}", path.display()))?;
            let params = definitions["params"].as_mapping().into_iter().flatten();
            found.extend(
                params.filter_map(|(name, value)| {
                    Some((name.as_str()?.to_string(), value.as_i64()?.to_string()))
                }),
            );
        }
        Ok(found)
    }

    /// The same case, with other queries in place of those that have these names.
    #[allow(dead_code, reason = "one test asks for it")]
    pub fn with_queries(&self, others: &[(String, String)]) -> Checked<Case> {
        let place = tempfile::tempdir().map_err(|e| e.to_string())?;
        let linked = |from: &Path, to: &Path| {
            let of = |path: PathBuf| symlink(&path, to.join(file_name(&path))).map_err(|e| e.to_string());
            entries(from)?.into_iter().filter(|path| file_name(path) != "queries").try_for_each(of)
        };
        linked(&self.folder, place.path())?;
        let queries = place.path().join("queries");
        copy(&self.folder.join("queries"), &queries)?;
        for (name, text) in others {
            std::fs::write(queries.join(name), text).map_err(|e| format!("{name}: {e}"))?;
        }
        Ok(Case {
            folder: place.path().to_path_buf(),
            request: self.request.clone(),
            tables: self.tables.clone(),
            oracle: self.oracle.clone(),
            _copy: Some(place),
        })
    }

    /// The case's tables, where its oracle can be asked.
    pub fn database(&self) -> Checked<Oracle> {
        Oracle::open(&self.folder, &self.tables)
    }

    /// What `kpic VERB REQUEST OPTIONS` writes.
    pub fn kpic(&self, verb: &str, options: &[&str]) -> Checked<String> {
        self.kpic_of(verb, &self.request, options)
    }

    /// The same of another request.
    pub fn kpic_of(&self, verb: &str, request: &[String], options: &[&str]) -> Checked<String> {
        let mut arguments = vec![verb];
        arguments.extend(request.iter().map(String::as_str));
        arguments.extend(options);
        let output = Command::new(env!("CARGO_BIN_EXE_kpic"))
            .current_dir(&self.folder)
            .args(&arguments)
            .env("NO_COLOR", "1")
            .output()
            .map_err(|e| e.to_string())?;
        // An assertion that fails is a part of the answer.
        let is_told = output.status.code() == Some(1) && self.request.iter().any(|word| word == "--asserts");
        if !output.status.success() && !is_told {
            let said = String::from_utf8_lossy(&output.stderr).into_owned()
                + &String::from_utf8_lossy(&output.stdout);
            return Err(format!("kpic {} ended with {}:\n{said}", arguments.join(" "), output.status));
        }
        String::from_utf8(output.stdout).map_err(|e| e.to_string())
    }
}

/// Every CSV file of a folder is the table of its name.
fn csv_tables(folder: &Path) -> Checked<Vec<(String, PathBuf)>> {
    let mut tables: Vec<(String, PathBuf)> = entries(folder)?
        .into_iter()
        .filter_map(|path| Some((file_name(&path).strip_suffix(".csv")?.to_string(), path)))
        .collect();
    tables.sort();
    Ok(tables)
}

/// Names the data in `kpic.yaml`, unless the case does that itself.
fn complete_project(folder: &Path, tables: &[(String, PathBuf)]) -> Checked<()> {
    let file = folder.join("kpic.yaml");
    let mut project = read(&file).unwrap_or_default();
    if !project.contains("environments:") {
        // A JSON text is a YAML text, whatever is in it.
        let quoted = |text: &str| Value::from(text).to_string();
        project.push_str("environments:\n  test:\n    dialect: duckdb\n    files:\n");
        for (table, path) in tables {
            project.push_str(&format!("      {}: {}\n", quoted(table), quoted(&file_name(path))));
        }
    }
    std::fs::write(&file, project).map_err(|e| e.to_string())
}
