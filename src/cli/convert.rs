//! `kpic convert FILE…`

use std::path::{Path, PathBuf};

use clap::Args;
use kpic::diagnostic::{Code, Diagnostic};
use kpic::source::Sources;

use super::spelling::Spelling;
use super::{Outcome, Stop, files, output};

#[derive(Debug, Args)]
pub struct Arguments {
    /// Files of definitions
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// The spelling to write [default: the other one]
    #[arg(long, value_enum)]
    to: Option<Spelling>,
    /// Write each file beside the original instead of stdout; no file is overwritten
    #[arg(long)]
    write: bool,
}

/// Writes definitions in the other spelling.
///
/// # Errors
/// Misuse: a file that holds no definitions, or is in that spelling already; several
/// files for stdout. A result that cannot be written.
pub fn convert(arguments: &Arguments) -> Result<Outcome, Stop> {
    if arguments.files.len() > 1 && !arguments.write {
        return Err(Stop::misuse(
            "several files would run into each other",
            "add `--write`, or name one file",
        ));
    }
    let spellings: Vec<(&PathBuf, Spelling)> = arguments
        .files
        .iter()
        .map(|path| Ok((path, from(path, arguments.to)?)))
        .collect::<Result<_, Stop>>()?;
    let mut sources = Sources::new();
    let mut found = Vec::new();
    for (path, from) in spellings {
        let written = files::read(path, &path.to_string_lossy(), &mut sources)
            .map_err(|finding| vec![finding])
            .and_then(|id| from.other().rewrite(id, from, &sources));
        match written {
            Ok(text) if arguments.write => found.extend(write(path, from, &text).err()),
            Ok(text) => output::result(&text)?,
            Err(findings) => found.extend(findings),
        }
    }
    output::findings(&found, &sources);
    Ok(if found.is_empty() { Outcome::Done } else { Outcome::Findings })
}

/// How a file is spelt that is to be written in another spelling.
fn from(path: &Path, to: Option<Spelling>) -> Result<Spelling, Stop> {
    let shown = path.display();
    match Spelling::of(path) {
        None => Err(Stop::misuse(
            format!("`{shown}` is no file of definitions"),
            "the names of files of definitions end with `.kpi` or `.kpi.yaml`",
        )),
        Some(from) if to == Some(from) => {
            Err(Stop::misuse(format!("`{shown}` is in that spelling already"), "see `kpic fmt` for its form"))
        }
        Some(from) => Ok(from),
    }
}

/// Writes a new file beside the original.
fn write(path: &Path, from: Spelling, text: &str) -> Result<(), Diagnostic> {
    let beside = match from {
        Spelling::Dsl => path.with_extension("kpi.yaml"),
        Spelling::Yaml => path.with_extension(""),
    };
    if !files::write_new(&beside, text.as_bytes())? {
        let fact = format!("`{}` exists already and is not overwritten", beside.display());
        return Err(Diagnostic::general(Code::Unreadable, fact).help("delete it or move it away first"));
    }
    let (new, old) = (beside.display(), path.display());
    output::note(&format!("wrote {new}; delete {old}, or its definitions are there twice"));
    Ok(())
}
