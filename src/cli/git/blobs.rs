//! Contents of files by the id that git has for them, each read once.

use std::collections::HashMap;
use std::io::{self, BufRead, BufReader, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};
use std::sync::{Arc, Mutex, PoisonError};

use super::command;
use crate::cli::files::LIMIT;

/// Ids that are asked for before the first answer is read: less than a pipe holds, so that
/// neither side waits for the other.
const AT_ONCE: usize = 256;

/// One `git cat-file --batch` for all that is read.
#[derive(Debug)]
pub struct Blobs {
    folder: PathBuf,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    process: Option<Process>,
    known: HashMap<String, Content>,
}

/// Too much to be read is told as it is of files.
#[derive(Debug, Clone)]
enum Content {
    Bytes(Arc<[u8]>),
    TooLarge,
    Missing,
}

#[derive(Debug)]
struct Process {
    child: Child,
    asks: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Drop for Process {
    fn drop(&mut self) {
        // It ends when nothing more can be asked.
        self.asks.take();
        let _ = self.child.wait();
    }
}

impl Blobs {
    pub fn of(folder: &Path) -> Blobs {
        Blobs { folder: folder.to_path_buf(), state: Mutex::default() }
    }

    /// Reads these at once. What cannot be read is told by [`Blobs::read`].
    pub fn fetch(&self, ids: &[&str]) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let mut new: Vec<&str> = ids.iter().copied().filter(|id| !state.known.contains_key(*id)).collect();
        new.sort_unstable();
        new.dedup();
        // Whatever is wrong is found again by who reads.
        let _ = state.ask(&self.folder, &new);
    }

    /// The contents of one.
    ///
    /// # Errors
    /// It is not there, too large, or git cannot be asked.
    pub fn read(&self, id: &str) -> io::Result<Vec<u8>> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if !state.known.contains_key(id) {
            state.ask(&self.folder, &[id])?;
        }
        match state.known.get(id) {
            Some(Content::Bytes(bytes)) => Ok(bytes.to_vec()),
            Some(Content::TooLarge) => {
                let limit = LIMIT / (1024 * 1024);
                Err(io::Error::new(ErrorKind::InvalidData, format!("it is larger than {limit} MiB")))
            }
            Some(Content::Missing) | None => {
                Err(io::Error::new(ErrorKind::NotFound, "the repository lacks its contents"))
            }
        }
    }
}

impl State {
    fn ask(&mut self, folder: &Path, ids: &[&str]) -> io::Result<()> {
        let process = match &mut self.process {
            Some(process) => process,
            None => self.process.insert(Process::start(folder)?),
        };
        for some in ids.chunks(AT_ONCE) {
            process.write(some)?;
            for id in some {
                let content = process.answer()?;
                self.known.insert((*id).to_string(), content);
            }
        }
        Ok(())
    }
}

impl Process {
    fn start(folder: &Path) -> io::Result<Process> {
        let mut child = command(folder)
            .args(["cat-file", "--batch"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let asks = child.stdin.take();
        let answers = child.stdout.take().expect("its output is a pipe");
        Ok(Process { child, asks, answers: BufReader::with_capacity(1 << 16, answers) })
    }

    fn write(&mut self, ids: &[&str]) -> io::Result<()> {
        let asks = self.asks.as_mut().expect("it is taken when the process ends");
        let mut lines = String::new();
        for id in ids {
            lines.push_str(id);
            lines.push('\n');
        }
        asks.write_all(lines.as_bytes())?;
        asks.flush()
    }

    /// `ID blob SIZE`, the bytes, and a line end; or `ID missing`.
    fn answer(&mut self) -> io::Result<Content> {
        let mut head = String::new();
        if self.answers.read_line(&mut head)? == 0 {
            return Err(io::Error::new(ErrorKind::UnexpectedEof, "git stopped answering"));
        }
        let size = head.trim_end().rsplit(' ').next().and_then(|size| size.parse::<u64>().ok());
        let Some(size) = size else { return Ok(Content::Missing) };
        if size > LIMIT {
            io::copy(&mut (&mut self.answers).take(size + 1), &mut io::sink())?;
            return Ok(Content::TooLarge);
        }
        let mut bytes = Vec::new();
        (&mut self.answers).take(size).read_to_end(&mut bytes)?;
        if bytes.len() as u64 != size {
            return Err(io::Error::new(ErrorKind::UnexpectedEof, "git stopped answering"));
        }
        self.answers.read_exact(&mut [0])?;
        Ok(Content::Bytes(bytes.into()))
    }
}
