//! `--watch`: checks again whenever a file of the projects changes.
//!
//! Folders are watched, not files: an editor that writes beside and renames gives a file another
//! identity, but its folder stays. Between changes the process sleeps.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::{self, Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};

use super::{Arguments, examine, show};
use crate::cli::find::{self, Home, PROJECT_FILE};
use crate::cli::project::Loaded;
use crate::cli::spelling::Spelling;
use crate::cli::{Outcome, Stop, output};

/// One save may be several changes; so long nothing more must come.
const QUIET: Duration = Duration::from_millis(100);
/// And so long is waited at most.
const PATIENCE: Duration = Duration::from_secs(2);

#[derive(Debug)]
enum Told {
    Event(notify::Result<Event>),
    /// Ctrl-C.
    Stop,
}

/// Checks, waits for a change, and checks again, until Ctrl-C.
///
/// # Errors
/// Misuse at the first check, or changes that cannot be watched. Findings that cannot be written.
pub fn watch(arguments: &Arguments) -> Result<Outcome, Stop> {
    let (tell, told) = mpsc::channel();
    stop_on_ctrl_c(tell.clone())?;
    let mut watched = Watched::new(tell)?;
    // Before the first look, so that nothing changes between it and the waiting.
    watched.renew(&find::homes(&arguments.paths)?.iter().collect::<Vec<_>>())?;
    let mut is_first = true;
    loop {
        clear();
        match again(arguments, &mut watched) {
            Ok(()) => {}
            // While files are being moved there may be no project; the next change tells.
            Err(Stop::Misuse { fact, help }) if !is_first => {
                output::note(&format!("error: {fact}\n help: {help}"))
            }
            Err(stop) => return Err(stop),
        }
        is_first = false;
        output::note("watching for changes; Ctrl-C ends");
        if !watched.wait(&told)? {
            return Ok(Outcome::Interrupted);
        }
    }
}

fn again(arguments: &Arguments, watched: &mut Watched) -> Result<(), Stop> {
    let mut examined = examine(arguments)?;
    watched.follow(&examined.loaded)?;
    show(arguments, &mut examined)?;
    Ok(())
}

fn stop_on_ctrl_c(tell: Sender<Told>) -> Result<(), Stop> {
    // Nobody is left to be told when the receiver is gone.
    let handler = move || drop(tell.send(Told::Stop));
    ctrlc::set_handler(handler)
        .map_err(|error| Stop::misuse(format!("Ctrl-C cannot be heard: {error}"), "check without --watch"))
}

/// A terminal shows the last check alone; a file or pipe keeps all.
fn clear() {
    let mut out = io::stdout();
    if out.is_terminal() {
        // Screen, lines above it, and the first place. A terminal that is gone shows nothing.
        let _ = out.write_all(b"\x1b[2J\x1b[3J\x1b[H").and_then(|()| out.flush());
    }
}

/// The folders of the projects, and what in them matters.
struct Watched {
    watcher: RecommendedWatcher,
    folders: BTreeSet<PathBuf>,
    /// Files that were read and hold no definitions: queries, sheets.
    others: BTreeSet<PathBuf>,
}

impl Watched {
    fn new(tell: Sender<Told>) -> Result<Watched, Stop> {
        let handler = move |event| drop(tell.send(Told::Event(event)));
        let watcher = notify::recommended_watcher(handler).map_err(|error| deaf(&error))?;
        Ok(Watched { watcher, folders: BTreeSet::new(), others: BTreeSet::new() })
    }

    /// Watches the folders of the projects that were read, and of all files that they named.
    fn follow(&mut self, loaded: &Loaded) -> Result<(), Stop> {
        let read = loaded.sources.iter().map(|(_, file)| &file.path);
        // One that is missed today may be there tomorrow.
        self.others =
            read.filter_map(|file| fs::canonicalize(file).or_else(|_| path::absolute(file)).ok()).collect();
        self.renew(&loaded.projects.iter().map(|project| &project.home).collect::<Vec<_>>())
    }

    fn renew(&mut self, homes: &[&Home]) -> Result<(), Stop> {
        let below = homes.iter().flat_map(|home| match home.only {
            Some(_) => vec![home.root.clone()],
            None => find::folders(&home.root),
        });
        let named = self.others.iter().filter_map(|file| file.parent()).map(Path::to_path_buf);
        let folders: BTreeSet<PathBuf> = below.chain(named).collect();
        for gone in self.folders.difference(&folders) {
            // It may have gone by itself.
            let _ = self.watcher.unwatch(gone);
        }
        // All of them: one that was deleted and made again is another one by the same name.
        for folder in &folders {
            match self.watcher.watch(folder, RecursiveMode::NonRecursive) {
                Err(error) if folder.is_dir() => return Err(deaf(&error)),
                Ok(()) | Err(_) => {}
            }
        }
        self.folders = folders;
        Ok(())
    }

    /// Sleeps until something that matters has changed and all is quiet again; `false`: Ctrl-C.
    fn wait(&self, told: &Receiver<Told>) -> Result<bool, Stop> {
        let mut changed: Option<Instant> = None;
        loop {
            let next = match changed {
                None => told.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some(since) if since.elapsed() > PATIENCE => return Ok(true),
                Some(_) => told.recv_timeout(QUIET),
            };
            match next {
                Ok(Told::Stop) => return Ok(false),
                Ok(Told::Event(Err(error))) => return Err(deaf(&error)),
                Ok(Told::Event(Ok(event))) if self.matters(&event) => {
                    changed.get_or_insert_with(Instant::now);
                }
                Ok(Told::Event(Ok(_))) => {}
                Err(RecvTimeoutError::Timeout) => return Ok(true),
                Err(RecvTimeoutError::Disconnected) => return Ok(false),
            }
        }
    }

    /// Reading is no change: a check would call forth the next one.
    fn matters(&self, event: &Event) -> bool {
        if event.kind.is_access() {
            return false;
        }
        event.need_rescan() || event.paths.iter().any(|path| self.is_read(path))
    }

    fn is_read(&self, path: &Path) -> bool {
        Spelling::of(path).is_some()
            || path.file_name().is_some_and(|name| name == PROJECT_FILE)
            || self.others.contains(path)
            || self.folders.contains(path)
            || path.is_dir()
    }
}

fn deaf(error: &notify::Error) -> Stop {
    Stop::misuse(
        format!("changes cannot be watched: {error}"),
        "check without --watch, or let the system watch more files",
    )
}
