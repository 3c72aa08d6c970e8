//! Ctrl-C stops the query that runs, whichever of several it is.

use std::sync::{Mutex, PoisonError};

use kpic::run::Interrupter;

/// Who stops what runs now.
static CURRENT: Mutex<Option<Interrupter>> = Mutex::new(None);

/// From now on Ctrl-C stops this one.
pub fn on_ctrl_c(interrupter: Interrupter) {
    *CURRENT.lock().unwrap_or_else(PoisonError::into_inner) = Some(interrupter);
    // There is one handler, set the first time. Where none can be set, Ctrl-C ends the whole
    // process, as it does without one.
    let _ = ctrlc::set_handler(|| {
        if let Some(interrupter) = CURRENT.lock().unwrap_or_else(PoisonError::into_inner).as_ref() {
            interrupter.stop();
        }
    });
}
