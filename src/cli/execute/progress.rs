//! What goes on, for somebody who waits: on a terminal only, and gone afterwards.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

/// A line on stderr that says what is done at the moment.
#[derive(Debug)]
pub struct Progress(ProgressBar);

impl Progress {
    pub fn start() -> Progress {
        // Drawn to stderr, and not at all where that is no terminal.
        let bar = ProgressBar::new_spinner();
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} {elapsed:.dim}") {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(120));
        Progress(bar)
    }

    pub fn say(&self, what: impl Into<String>) {
        self.0.set_message(what.into());
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
