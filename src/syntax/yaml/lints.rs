//! `lints` of `kpic.yaml`: a level, or a map of level and limit, by name or code.

use super::loader::{Entry, Scalar, Value};
use super::shape::{Reader, name, short};
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::source::Spanned;
use crate::syntax::ast::{LintSetting, Name};

pub const SETTING: [&str; 2] = ["level", "limit"];

impl Reader<'_, '_> {
    pub fn lints(&mut self, entry: &Entry) -> Vec<(Name, LintSetting)> {
        let entries = self.map(&entry.value, "`lints`").map_or(&[][..], |map| &map.entries);
        entries.iter().filter_map(|entry| Some((name(entry), self.lint(entry)?))).collect()
    }

    fn lint(&mut self, entry: &Entry) -> Option<LintSetting> {
        let Value::Map(map) = &entry.value.value else {
            let level = self.text(entry).and_then(|text| self.level(text))?;
            return Some(LintSetting { level: Some(level), limit: None });
        };
        let mut setting = LintSetting::default();
        for entry in &map.entries {
            match entry.key.text.as_str() {
                "level" => setting.level = self.text(entry).and_then(|text| self.level(text)),
                "limit" => setting.limit = self.text(entry).and_then(|text| self.limit(text)),
                _ => self.unknown_setting(entry, "a lint", &SETTING),
            }
        }
        Some(setting)
    }

    fn level(&mut self, text: &Scalar) -> Option<Spanned<Level>> {
        let level = Level::ALL.into_iter().find(|level| level.word() == text.text);
        if level.is_none() {
            self.bad_value(text, "a level", &Level::ALL.map(Level::word));
        }
        level.map(|level| Spanned::new(level, text.span))
    }

    fn limit(&mut self, text: &Scalar) -> Option<Spanned<u32>> {
        match text.text.parse() {
            Ok(limit) if limit > 0 => Some(Spanned::new(limit, text.span)),
            _ => {
                let fact = format!("`{}` is no limit", short(&text.text));
                let found = Diagnostic::error(Code::ProjectFile, text.span, fact);
                self.sink.push(found.help("write how many are not yet too many: a whole number from 1 on"));
                None
            }
        }
    }
}
