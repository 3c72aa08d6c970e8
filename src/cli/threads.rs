//! Threads with room for definitions as deep as they may be, whatever the system gives.

use std::panic::resume_unwind;
use std::thread::{Builder, Scope, ScopedJoinHandle};

/// What code that is not optimized takes at the limits of nesting, and as much again. Only what is
/// used of it takes memory.
const STACK: usize = 32 << 20;

/// A thread beside this one.
pub fn beside<'scope, T: Send + 'scope>(
    scope: &'scope Scope<'scope, '_>,
    work: impl FnOnce() -> T + Send + 'scope,
) -> ScopedJoinHandle<'scope, T> {
    let thread = Builder::new().stack_size(STACK).spawn_scoped(scope, work);
    thread.expect("the system has room for one thread more")
}

/// Does something on a thread of its own, and waits for it: the first thread of a program has what
/// the system gives, which may be little.
pub fn alone<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    std::thread::scope(|scope| beside(scope, work).join()).unwrap_or_else(|panic| resume_unwind(panic))
}
