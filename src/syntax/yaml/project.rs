//! `kpic.yaml`: its keys and their values.

use super::loader::{Entry, Map, Node, Scalar};
use super::shape::{Reader, list, name, near, placed, short};
use super::words::Words;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Spanned;
use crate::syntax::ast::{Environment, Expr, Name, ProjectFile, Text, UnitName, WEEKDAYS};
use crate::syntax::dsl;
use crate::syntax::units;

pub const SETTINGS: [&str; 13] = [
    "name",
    "zone",
    "week_start",
    "fiscal_year",
    "currency",
    "locale",
    "packs",
    "params",
    "lints",
    "environments",
    "default_environment",
    "minimum_cell",
    "stages",
];
pub const ENVIRONMENT: [&str; 7] =
    ["dialect", "files", "schemas", "ordered", "connection", "connection_variable", "timestamps"];

impl Reader<'_, '_> {
    /// The settings of a file; bad ones are left out.
    pub fn project(&mut self, root: &Node) -> ProjectFile {
        let mut file = ProjectFile::default();
        let Some(map) = self.map(root, "a project file") else { return file };
        for entry in &map.entries {
            match entry.key.text.as_str() {
                "name" => file.name = self.text(entry).map(placed),
                "zone" => file.zone = self.text(entry).map(placed),
                "week_start" => file.week_start = self.counted(entry, "a day of the week", &WEEKDAYS),
                "fiscal_year" => file.fiscal_year = self.fiscal_year(entry),
                "currency" => file.currency = self.currency(entry),
                "locale" => file.locale = self.text(entry).map(placed),
                "packs" => file.packs = self.items(entry).into_iter().map(|(pack, _)| placed(pack)).collect(),
                "params" => file.params = self.values(entry, "`params`", Self::literal),
                "lints" => file.lints = self.lints(entry),
                "environments" => file.environments = self.environments(entry),
                "default_environment" => file.default_environment = self.text(entry).map(placed),
                "minimum_cell" => file.minimum_cell = self.minimum_cell(entry),
                "stages" => {
                    file.stages = self.items(entry).into_iter().map(|(stage, _)| placed(stage)).collect();
                }
                _ => self.unknown_setting(entry, "a project file", &SETTINGS),
            }
        }
        file
    }

    /// The entries of a map whose values could be read.
    fn values<T>(
        &mut self,
        entry: &Entry,
        owner: &str,
        read: impl Fn(&mut Self, &Scalar) -> Option<T>,
    ) -> Vec<(Name, T)> {
        let entries = self.map(&entry.value, owner).map_or(&[][..], |map| &map.entries);
        let mut values = Vec::new();
        for entry in entries {
            let value = self.text(entry).and_then(|text| read(self, text));
            values.extend(value.map(|value| (name(entry), value)));
        }
        values
    }

    fn environments(&mut self, entry: &Entry) -> Vec<Environment> {
        let entries = self.map(&entry.value, "`environments`").map_or(&[][..], |map| &map.entries);
        let mut environments = Vec::new();
        for entry in entries {
            let map = self.map(&entry.value, "an environment");
            environments.push(self.environment(name(entry), map));
        }
        environments
    }

    fn environment(&mut self, name: Name, map: Option<&Map>) -> Environment {
        let mut environment = Environment {
            name,
            dialect: None,
            files: Vec::new(),
            schemas: Vec::new(),
            ordered: Vec::new(),
            connection: None,
            connection_variable: None,
            timestamps: None,
        };
        for entry in map.map_or(&[][..], |map| &map.entries) {
            match entry.key.text.as_str() {
                "dialect" => environment.dialect = self.text(entry).map(placed),
                "files" => environment.files = self.values(entry, "`files`", Self::plain),
                "schemas" => environment.schemas = self.values(entry, "`schemas`", Self::plain),
                "ordered" => environment.ordered = self.values(entry, "`ordered`", Self::plain),
                "connection" => environment.connection = self.text(entry).map(placed),
                "connection_variable" => environment.connection_variable = self.text(entry).map(placed),
                "timestamps" => environment.timestamps = self.text(entry).map(placed),
                _ => self.unknown_setting(entry, "an environment", &ENVIRONMENT),
            }
        }
        environment
    }

    fn plain(&mut self, text: &Scalar) -> Option<Text> {
        Some(placed(text))
    }

    /// A literal of the language.
    fn literal(&mut self, text: &Scalar) -> Option<Expr> {
        let words = Words::of("", text.span, self.origin).scalar(text);
        self.read(&words, Some(text), dsl::literal)
    }

    /// A word of a list, or its number counted from 1; the model checks the number's range.
    pub fn counted(&mut self, entry: &Entry, what: &str, words: &[&str]) -> Option<Spanned<u8>> {
        let text = self.text(entry)?;
        let lower = text.text.to_lowercase();
        let word = words.iter().zip(1u8..).find(|(word, _)| **word == lower).map(|(_, number)| number);
        match word.or_else(|| text.text.parse().ok()) {
            Some(number) => Some(Spanned::new(number, text.span)),
            None => {
                self.bad_value(text, what, words);
                None
            }
        }
    }

    pub fn bad_value(&mut self, text: &Scalar, what: &str, words: &[&str]) {
        let fact = format!("`{}` is not {what}", short(&text.text));
        let found = Diagnostic::error(Code::ProjectFile, text.span, fact);
        self.sink.push(match near(&text.text, words.iter().copied()) {
            Some(near) => found.help(format!("did you mean `{near}`?")),
            None => found.help(format!("write one of {}", list(words))),
        });
    }

    fn currency(&mut self, entry: &Entry) -> Option<Text> {
        let text = self.text(entry)?;
        if units::currency(&text.text).is_some() {
            return Some(placed(text));
        }
        let fact = format!("`{}` is no currency", short(&text.text));
        let found = Diagnostic::error(Code::UnknownUnit, text.span, fact)
            .because("units are computed with, so their words are a closed list");
        let meant = if text.text.len() < 40 { units::meant(&text.text) } else { None };
        self.sink.push(match meant.and_then(units::currency) {
            Some(UnitName::Currency(code)) => found.help(format!("write `{code}`")),
            _ => found.help("write its ISO 4217 code, such as `EUR`"),
        });
        None
    }

    pub fn unknown_setting(&mut self, entry: &Entry, owner: &str, known: &[&str]) {
        let fact = format!("{owner} has no setting `{}`", short(&entry.key.text));
        let found = Diagnostic::error(Code::ProjectFile, entry.key.span, fact)
            .because("left alone, a misspelt setting would be ignored");
        self.sink.push(match near(&entry.key.text, known.iter().copied()) {
            Some(near) => found.help(format!("did you mean `{near}`?")),
            None => found.help(format!("its settings are {}", list(known))),
        });
    }
}
