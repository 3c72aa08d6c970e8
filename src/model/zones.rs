//! Names of time zones.

use crate::diagnostic::nearest;

/// Whether the IANA list has a zone of this name.
pub fn exists(name: &str) -> bool {
    jiff::tz::TimeZone::get(name).is_ok()
}

/// What to do about a name that the list does not have.
pub fn advice(name: &str) -> String {
    let known: Vec<String> = jiff::tz::db().available().map(|zone| zone.to_string()).collect();
    match nearest(name, known.iter().map(String::as_str)).filter(|_| name.len() < 60) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "use a name of the IANA list: `Europe/Paris`, `America/New_York`, `UTC`".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_zone_is_suggested() {
        assert!(exists("Europe/Paris") && !exists("Europe/Pariss"));
        assert_eq!(advice("Europe/Pariss"), "did you mean `Europe/Paris`?");
        assert!(advice("Mars/Olympus").starts_with("use a name of the IANA list"));
    }
}
