//! What the files of KPIs are called.

use kpic::diagnostic::{Code, Diagnostic};

/// The name of each KPI's file, without its ending: its id, where signs are `_`. A folder, a template
/// or a blank would be read in them.
///
/// # Errors
/// Two KPIs that would be written into one file.
pub fn of_files<'k>(kpis: impl Iterator<Item = &'k str>) -> Result<Vec<String>, Vec<Diagnostic>> {
    let mut names: Vec<(&str, String)> = Vec::new();
    let mut found = Vec::new();
    for kpi in kpis {
        let name: String =
            kpi.chars().map(|c| if c.is_alphanumeric() || c == '-' { c } else { '_' }).collect();
        let alike = |(_, other): &&(&str, String)| other.to_lowercase() == name.to_lowercase();
        if let Some((other, _)) = names.iter().find(alike) {
            let fact = format!("`{other}` and `{kpi}` would be written into one file");
            found.push(
                Diagnostic::general(Code::BadOption, fact)
                    .because(
                        "in the names of files signs are `_`, and many folders do not tell capitals apart",
                    )
                    .help("write one of them into another folder, or give it another name"),
            );
        }
        names.push((kpi, name));
    }
    if found.is_empty() { Ok(names.into_iter().map(|(_, name)| name).collect()) } else { Err(found) }
}
