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

/// Values longer than this are not compared letter by letter.
const LONGEST: usize = 100;

/// The value of a closed list that was meant, and whether that is beyond doubt, since only the
/// case of letters differs. Values may be short, and `us` is one step from `uk`.
pub fn nearest_value<'a>(text: &str, values: impl IntoIterator<Item = &'a str>) -> Option<(&'a str, bool)> {
    let (wanted, length) = (text.trim().to_lowercase(), text.chars().count());
    let limit = if length > 2 { (length / 2).min(4) } else { 0 };
    let values = values.into_iter().filter(|value| value.len().max(text.len()) <= LONGEST);
    let near = values.map(|value| (strsim::damerau_levenshtein(&wanted, &value.to_lowercase()), value));
    near.filter(|(steps, _)| *steps <= limit).min().map(|(steps, value)| (value, steps == 0))
}
