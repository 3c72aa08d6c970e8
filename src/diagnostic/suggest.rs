//! "Did you mean": the known name nearest to a misspelt one.

/// The candidate nearest to `name`, if it is near enough to be meant.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = (name.chars().count() / 3).clamp(1, 4);
    let wanted = name.to_lowercase();
    // A step changes the length by one: most names are told apart by their lengths.
    let is_near = |c: &str| !c.is_ascii() || !name.is_ascii() || c.len().abs_diff(name.len()) <= limit;
    candidates
        .into_iter()
        .filter(|c| is_near(c) && *c != name)
        .map(|c| (strsim::damerau_levenshtein(&wanted, &c.to_lowercase()), c))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, c)| c)
}
