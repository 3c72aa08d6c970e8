//! A project in a folder of its own, and what kpic says there.

use std::path::Path;
use std::process::{Command, Output};
use std::{fs, io};

/// A project in a folder of its own.
pub struct Place(tempfile::TempDir);

impl Place {
    pub fn new(files: &[(&str, &str)]) -> Place {
        let place = Place(tempfile::tempdir().expect("a folder can be made"));
        for (name, text) in files {
            place.write(name, text.as_bytes()).expect("a file can be written");
        }
        place
    }

    pub fn write(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap_or(self.path()))?;
        fs::write(path, bytes)
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    pub fn kpic(&self, arguments: &[&str]) -> Said {
        kpic(self.path(), arguments)
    }
}

/// What a run said, and its exit code.
#[derive(Debug)]
pub struct Said {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

pub fn kpic(folder: &Path, arguments: &[&str]) -> Said {
    let output: Output = Command::new(env!("CARGO_BIN_EXE_kpic"))
        .args(arguments)
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .output()
        .expect("kpic starts");
    Said {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).expect("kpic writes UTF-8"),
        err: String::from_utf8(output.stderr).expect("kpic writes UTF-8"),
    }
}
