//! Lints: the levels and limits that a project sets, and what it silences in place.

use super::layers::of_packs;
use crate::diagnostic::{Code, Diagnostic, LINTS, Level, Lint, Severity, Sink, nearest};
use crate::source::{FileId, Span};
use crate::syntax::ast::{self, LintSetting, Name, ProjectFile};

/// What holds in a project.
#[derive(Debug, Clone, Default)]
pub struct Lints {
    /// The last one of a lint wins.
    levels: Vec<(Code, Level)>,
    limits: Vec<(Code, u32)>,
    allowed: Vec<Allowed>,
}

/// A lint that a definition silences.
#[derive(Debug, Clone)]
struct Allowed {
    code: Code,
    /// The property.
    at: Span,
    /// The definition.
    within: Span,
    /// Whether a pack says so, which does not know the project's levels.
    of_pack: bool,
}

/// What `kpic.yaml` and the definitions say of lints; what names none, or sets what it
/// does not have, is reported.
pub fn read(files: &[ast::File], project: &ProjectFile, sink: &mut Sink) -> Lints {
    let mut lints = Lints::default();
    for (name, setting) in &project.lints {
        match Lint::named(&name.value) {
            Some(lint) => lints.set(lint, setting, sink),
            None => sink.push(no_level(name)),
        }
    }
    let packs: Vec<FileId> = of_packs(files).collect();
    for header in files.iter().flat_map(|file| &file.items).map(ast::Item::header) {
        for allow in &header.allows {
            let ast::Allow { lint, reason } = &allow.value;
            match Lint::named(&lint.value) {
                Some(found) if reason.trim().is_empty() => sink.push(no_reason(found, reason.span)),
                Some(found) => {
                    let (at, of_pack) = (allow.span, packs.contains(&allow.span.file));
                    lints.allowed.push(Allowed { code: found.code, at, within: header.span, of_pack });
                }
                None => sink.push(not_allowed(lint)),
            }
        }
    }
    lints
}

impl Lints {
    fn set(&mut self, lint: &Lint, setting: &LintSetting, sink: &mut Sink) {
        self.levels.extend(setting.level.as_ref().map(|level| (lint.code, level.value)));
        let Some(limit) = &setting.limit else { return };
        if lint.limit.is_some() {
            self.limits.push((lint.code, limit.value));
            return;
        }
        let counting: Vec<&str> = LINTS.iter().filter(|l| l.limit.is_some()).map(|l| l.name).collect();
        let error = project_file(limit.span, format!("`{}` counts nothing and has no limit", lint.name));
        sink.push(match counting.as_slice() {
            [] => error.help("set its level alone"),
            counting => error.help(format!("lints with a limit: {}", counting.join(", "))),
        });
    }

    /// What becomes of a lint's findings.
    pub fn level(&self, lint: &Lint) -> Level {
        self.levels.iter().rev().find(|(code, _)| *code == lint.code).map_or(lint.level, |(_, level)| *level)
    }

    /// How many are not yet too many for a lint that counts.
    pub fn limit(&self, code: Code) -> u32 {
        let own = || Lint::of(code).and_then(|lint| lint.limit).expect("only lints that count are asked");
        self.limits.iter().rev().find(|(other, _)| *other == code).map_or_else(own, |(_, limit)| *limit)
    }

    /// Findings at their levels, without those that are silenced.
    pub fn apply(&self, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let loud = found.into_iter().filter(|finding| !self.allowed.iter().any(|a| a.silences(finding)));
        loud.filter_map(|finding| self.at_level(finding)).collect()
    }

    /// As [`Lints::apply`], of all that can be found without the data: what is allowed and not
    /// found is a finding, too.
    pub fn apply_to_all(&self, mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
        // Where a definition has errors, its lints were not looked at.
        if !found.iter().any(|finding| finding.severity == Severity::Error) {
            let idle = self.allowed.iter().filter(|allowed| allowed.is_idle(&found)).map(Allowed::idle);
            let idle: Vec<Diagnostic> = idle.collect();
            found.extend(idle);
            found.sort_by_key(|finding| finding.span);
        }
        self.apply(found)
    }

    fn at_level(&self, finding: Diagnostic) -> Option<Diagnostic> {
        let Some(lint) = Lint::of(finding.code).filter(|_| finding.severity == Severity::Warning) else {
            return Some(finding);
        };
        match self.level(lint) {
            Level::Off => None,
            Level::Warn => Some(finding),
            Level::Error => Some(Diagnostic { severity: Severity::Error, ..finding }),
        }
    }
}

impl Allowed {
    /// Whether a finding is about this definition, or points at it.
    fn silences(&self, finding: &Diagnostic) -> bool {
        let mut places = finding.span.iter().chain(finding.labels.iter().map(|(span, _)| span));
        finding.code == self.code
            && finding.severity == Severity::Warning
            && places.any(|place| {
                let Span { file, start, end } = self.within;
                place.file == file && start <= place.start && place.end <= end
            })
    }

    fn is_idle(&self, found: &[Diagnostic]) -> bool {
        let of_data = Lint::of(self.code).is_some_and(|lint| lint.of_data);
        !of_data && !self.of_pack && !found.iter().any(|finding| self.silences(finding))
    }

    fn idle(&self) -> Diagnostic {
        let name = Lint::of(self.code).map_or(self.code.id(), |lint| lint.name);
        Diagnostic::warning(
            Code::IdleAllow,
            self.at,
            format!("there is no finding of `{name}` to silence here"),
        )
        .because("its reason would be read as if something were wrong, and would hide what goes wrong later")
        .help("delete it")
    }
}

/// A level for what has none.
fn no_level(name: &Name) -> Diagnostic {
    if let Ok(code) = name.value.parse::<Code>() {
        return project_file(name.span, format!("{code} is an error and has no level"))
            .because("a definition with an error has no right number")
            .help("levels are set for lints; `kpic explain lints` lists them");
    }
    meant(project_file(name.span, format!("there is no lint `{}`", name.value)), name)
}

fn not_allowed(name: &Name) -> Diagnostic {
    let error = |fact: String| Diagnostic::error(Code::UnknownLint, name.span, fact);
    if let Ok(code) = name.value.parse::<Code>() {
        return error(format!("{code} is an error and cannot be allowed"))
            .because("a definition with an error has no right number")
            .help("mend what it is about; `kpic explain lints` lists what can be allowed");
    }
    meant(error(format!("there is no lint `{}`", name.value)), name)
}

fn no_reason(lint: &Lint, span: Span) -> Diagnostic {
    Diagnostic::error(Code::UnknownLint, span, format!("`{}` is allowed without a reason", lint.name))
        .because("whoever reads the definition later cannot tell whether it still holds")
        .help("say in a few words why")
}

/// The lint that a misspelt name or code means.
fn meant(error: Diagnostic, name: &Name) -> Diagnostic {
    let names = LINTS.iter().flat_map(|lint| [lint.name, lint.code.id()]);
    match nearest(&name.value, names) {
        Some(near) => error.help(format!("did you mean `{near}`?")).fix(name.span, near),
        None => error.help("`kpic explain lints` lists them"),
    }
}

fn project_file(span: Span, fact: String) -> Diagnostic {
    Diagnostic::error(Code::ProjectFile, span, fact)
}
