//! How long something takes: the median of several runs, in time and in CPU time.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use nix::sys::resource::{UsageWho, getrusage};

/// What one run took, or the median of several.
#[derive(Debug, Clone, Copy)]
pub struct Took {
    pub wall: Duration,
    /// User and system, of all threads.
    pub cpu: Duration,
}

/// The median of `runs` runs.
pub fn median<T>(runs: usize, mut run: impl FnMut() -> T) -> Took {
    middle((0..runs.max(1)).map(|_| once(UsageWho::RUSAGE_SELF, &mut run)).collect())
}

/// The median of each of several ways, measured in turns so that what disturbs one
/// disturbs all.
pub fn in_turns(runs: usize, ways: &mut [Box<dyn FnMut() + '_>]) -> Vec<Took> {
    let mut took: Vec<Vec<Took>> = vec![Vec::new(); ways.len()];
    for _ in 0..runs.max(1) {
        for (way, took) in ways.iter_mut().zip(&mut took) {
            took.push(once(UsageWho::RUSAGE_SELF, way));
        }
    }
    took.into_iter().map(middle).collect()
}

/// The median of `runs` processes.
pub fn processes(runs: usize, program: &Path, folder: &Path, arguments: &[&str]) -> Took {
    let mut run = || {
        let status = Command::new(program)
            .args(arguments)
            .current_dir(folder)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .expect("the program starts");
        assert!(status.success(), "{} {}: {status}", program.display(), arguments.join(" "));
    };
    middle((0..runs).map(|_| once(UsageWho::RUSAGE_CHILDREN, &mut run)).collect())
}

/// The most memory that any process held which this one started, in MB.
pub fn peak_of_children() -> f64 {
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).expect("the system counts what processes use");
    usage.max_rss() as f64 / 1024.0
}

fn once<T>(who: UsageWho, run: &mut impl FnMut() -> T) -> Took {
    let (cpu, start) = (cpu(who), Instant::now());
    std::hint::black_box(run());
    let wall = start.elapsed();
    Took { wall, cpu: self::cpu(who).saturating_sub(cpu) }
}

fn cpu(who: UsageWho) -> Duration {
    let usage = getrusage(who).expect("the system counts what processes use");
    let micros = |time: nix::sys::time::TimeVal| {
        Duration::from_micros((time.tv_sec() * 1_000_000 + time.tv_usec()).unsigned_abs())
    };
    micros(usage.user_time()) + micros(usage.system_time())
}

fn middle(took: Vec<Took>) -> Took {
    let of = |part: fn(&Took) -> Duration| {
        let mut all: Vec<Duration> = took.iter().map(part).collect();
        all.sort_unstable();
        all[all.len() / 2]
    };
    Took { wall: of(|t| t.wall), cpu: of(|t| t.cpu) }
}
