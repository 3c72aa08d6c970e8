//! The closed list of locales in which numbers are written.

/// A language and a country, as BCP 47 has them.
pub const LOCALES: [&str; 13] = [
    "en-US", "en-GB", "fr-FR", "fr-CA", "fr-CH", "de-DE", "de-CH", "es-ES", "it-IT", "nl-NL", "pt-BR",
    "pt-PT", "ja-JP",
];

/// The locale that a text names, whatever its letters' case and with `_` for `-`.
pub fn locale(text: &str) -> Option<&'static str> {
    let plain = text.replace('_', "-");
    LOCALES.into_iter().find(|locale| locale.eq_ignore_ascii_case(&plain))
}
