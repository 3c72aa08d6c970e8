//! Worlds at random, until two opinions differ.

use proptest::test_runner::{Config, TestCaseError, TestError, TestRunner};

use super::simpler::simplest;
use super::strategies;
use super::world::World;

/// Looks at as many worlds as `PROPTEST_CASES` says, else at 200.
///
/// # Errors
/// The first world that differs, made as simple as it can be, and how it does.
pub fn agree(differences: impl Fn(&World) -> Vec<String>) -> Result<(), String> {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok());
    let cases = asked.unwrap_or(200);
    // The judge knows better than proptest what is simpler.
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 0, ..Config::default() };
    let tried = TestRunner::new(config).run(&strategies::world(), |world| {
        if differences(&world).is_empty() {
            return Ok(());
        }
        let small = simplest(world, |world| !differences(world).is_empty());
        Err(TestCaseError::fail(report(&small, &differences(&small))))
    });
    match tried {
        Ok(()) => Ok(()),
        Err(TestError::Fail(reason, _) | TestError::Abort(reason)) => Err(reason.to_string()),
    }
}

fn report(world: &World, differences: &[String]) -> String {
    let first: Vec<&str> = differences.iter().take(5).map(String::as_str).collect();
    format!("{} differences\n{}\n{world:?}", differences.len(), first.join("\n"))
}
