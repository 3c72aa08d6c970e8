//! Worlds at random, until two opinions differ.

use proptest::test_runner::{Config, RngSeed, TestCaseError, TestError, TestRunner};

use super::simpler::simplest;
use super::strategies::{self, Feature};
use super::world::World;

/// Looks at as many worlds as `PROPTEST_CASES` says, else at so many.
///
/// # Errors
/// The first world that differs, made as simple as it can be, and how it does.
pub fn agree(worlds: u32, differences: impl Fn(&World) -> Vec<String>) -> Result<(), String> {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok());
    let cases = asked.unwrap_or(worlds);
    // The gate says the same of the same commit; whoever asks for more sees other worlds each time.
    let rng_seed = if asked.is_some() { RngSeed::Random } else { RngSeed::Fixed(20) };
    // The judge knows better than proptest what is simpler.
    let config =
        Config { cases, rng_seed, failure_persistence: None, max_shrink_iters: 0, ..Config::default() };
    let tried = TestRunner::new(config).run(&strategies::world(), |world| {
        let Some(first) = differences(&world).into_iter().next() else { return Ok(()) };
        let fails =
            |world: &World| differences(world).first().is_some_and(|found| kind(found) == kind(&first));
        let small = simplest(world, fails);
        Err(TestCaseError::fail(report(&small, &differences(&small))))
    });
    match tried {
        Ok(()) => Ok(()),
        Err(TestError::Fail(reason, _) | TestError::Abort(reason)) => Err(reason.to_string()),
    }
}

/// The first words of what went wrong: a simpler world goes wrong in the same way.
fn kind(found: &str) -> &str {
    let words = if found.starts_with("kpic refuses") { 40 } else { 12 };
    found.get(..words).unwrap_or(found)
}

/// What kpic refuses is a finding, unless it is known to be missing.
pub fn refusal(said: String) -> Vec<String> {
    let missing = [
        (Feature::LongNames, "cannot take the name"),
        (Feature::DecayedToAnHour, "is read up to an hour within a day"),
        (Feature::PlaceOfNoMember, "by a number that no member has"),
        (Feature::PreviousOfAhead, "whose rows look ahead, up to where an open one is"),
    ];
    let is_known = |(feature, words): &(Feature, &str)| !feature.is_taken() && said.contains(words);
    if missing.iter().any(is_known) { Vec::new() } else { vec![said] }
}

fn report(world: &World, differences: &[String]) -> String {
    let first: Vec<&str> = differences.iter().take(5).map(String::as_str).collect();
    format!("{} differences\n{}\n{world:?}", differences.len(), first.join("\n"))
}
