//! A day with definitions in git, from `git init` to a pull request that should not be merged:
//! what each command says, word for word, in `tests/story/SERVICE.txt`. `KPIC_UPDATE=1` writes it;
//! read it as the people would who type this.
#![cfg(feature = "duckdb")]

#[path = "harness/ci.rs"]
mod ci;
#[path = "harness/git.rs"]
mod git;
#[path = "harness/place.rs"]
mod place;

use std::fs;
use std::path::{Path, PathBuf};

use git::{commit, git};
use place::Place;

/// A repository, and what was said in it so far.
struct Story {
    place: Place,
    /// Where CI runs keep what is theirs.
    home: tempfile::TempDir,
    file: &'static str,
    said: String,
}

impl Story {
    fn new(file: &'static str) -> Story {
        let home = tempfile::tempdir().expect("a folder can be made");
        Story { place: Place::new(&[]), home, file, said: String::new() }
    }

    fn tell(&mut self, text: &str) {
        self.said += text;
        self.said.push('\n');
    }

    /// A command of kpic, what it says, and how it ends.
    fn kpic(&mut self, line: &str, code: i32) {
        let arguments: Vec<&str> = line.split(' ').collect();
        let said = self.place.kpic(&arguments);
        assert_eq!(said.code, Some(code), "kpic {line}: {}{}", said.out, said.err);
        self.tell(&format!("$ kpic {line}"));
        self.ended(&said.out, &said.err, code);
    }

    fn ended(&mut self, out: &str, err: &str, code: i32) {
        let texts = format!("{out}{err}").replace(&self.place.path().display().to_string(), "REPOSITORY");
        self.said += &texts.lines().map(|line| format!("{}\n", line.trim_end())).collect::<String>();
        self.tell(&if code == 0 { String::new() } else { format!("[it ends with {code}]\n") });
    }

    fn git(&mut self, line: &str) {
        git(self.place.path(), &line.split(' ').collect::<Vec<_>>());
        self.tell(&format!("$ git {line}\n"));
    }

    fn commit(&mut self) {
        commit(self.place.path());
        self.tell("$ git add -A && git commit\n");
    }

    fn edit(&mut self, file: &str, from: &str, to: &str) {
        let path = self.place.path().join(file);
        let text = fs::read_to_string(&path).expect("it is there");
        assert!(text.contains(from), "{file}: {from}");
        fs::write(path, text.replacen(from, to, 1)).expect("written");
        self.tell(&format!("({file}: {to}, where it said {from})\n"));
    }

    /// The commands of the CI file as it lies there; which of them fail.
    fn ci(&mut self, failing: &[&str]) {
        let text = fs::read_to_string(self.place.path().join(self.file)).expect("it is there");
        let steps = match self.file.starts_with(".github") {
            true => ci::of_github(&text),
            false => vec![ci::of_gitlab(&text, self.place.path())],
        };
        let summary = self.home.path().join("summary.md");
        let mut failed = Vec::new();
        self.tell(&format!("--- what {} runs", self.file));
        for step in steps {
            let ended = step.run(self.place.path(), self.home.path());
            self.tell(&format!("--- {}", ended.name));
            // Where the program lies is another place on each machine.
            let program = PathBuf::from(env!("CARGO_BIN_EXE_kpic")).display().to_string();
            let code = ended.code.expect("it is not killed");
            self.ended(&ended.out.replace(&program, "/usr/bin/kpic"), &ended.err, code);
            if code != 0 {
                failed.push(ended.name);
            }
        }
        if let Ok(text) = fs::read_to_string(&summary) {
            self.tell("--- the summary");
            self.tell(&text);
            fs::remove_file(summary).expect("it is there");
        }
        for report in ["kpic-quality.json", "kpic-tests.xml"] {
            if let Ok(text) = fs::read_to_string(self.place.path().join(report)) {
                self.tell(&format!("--- {report}"));
                self.tell(&without(&without(&text, "time=\"", "\""), "<system-out>", "</system-out>"));
                fs::remove_file(self.place.path().join(report)).expect("it is there");
            }
        }
        assert_eq!(failed, failing);
    }

    fn is_as_expected(&self) {
        let name = if self.file.starts_with(".github") { "github" } else { "gitlab" };
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/story/{name}.txt"));
        if std::env::var_os("KPIC_UPDATE").is_some() {
            fs::write(&path, &self.said).expect("the story can be written");
        }
        let expected = fs::read_to_string(&path).unwrap_or_default();
        assert!(expected == self.said, "{} says another story:\n{}", path.display(), self.said);
    }
}

/// Without what stands between these: times, and the SQL of a test, differ for reasons of their own.
fn without(text: &str, begin: &str, end: &str) -> String {
    let mut parts = text.split(begin);
    let mut out = parts.next().unwrap_or_default().to_string();
    for part in parts {
        out += begin;
        out.push('…');
        out += part.find(end).map_or(part, |at| &part[at..]);
    }
    out
}

const FILTER: (&str, &str) = ("rows where status <> 'cancelled'", "rows where status is not null");

#[test]
fn on_github() {
    let mut story = Story::new(".github/workflows/kpic.yml");
    story.git("init -q");
    story.kpic("init", 0);
    story.kpic("run", 0);
    story.kpic("diff", 2);
    story.commit();
    story.kpic("check --changed", 0);
    story.kpic("diff", 0);
    story.ci(&[]);
    // A rename, and rows that count now.
    story.edit("shop.kpi", FILTER.0, FILTER.1);
    story.edit("shop.kpi", "kpi orders_per_visit", "kpi visits_to_orders");
    story.kpic("check --changed", 1);
    story.edit("tests.kpi", "orders_per_visit", "visits_to_orders");
    story.edit("tests.kpi", "orders_per_visit", "visits_to_orders");
    story.kpic("check --changed", 0);
    story.kpic("diff", 0);
    story.kpic("diff --fail-on breaking", 1);
    story.kpic("test", 1);
    story.ci(&["Unit tests"]);
    // The rows as they were: the test passes, and the name is still another one.
    story.edit("shop.kpi", FILTER.1, FILTER.0);
    story.kpic("test", 0);
    story.kpic("diff", 0);
    story.commit();
    story.ci(&[]);
    // A slip of the pen.
    story.edit("shop.kpi", "= revenue / orders", "= revenu   / orders");
    story.kpic("check", 1);
    story.kpic("check --fix", 0);
    story.kpic("diff", 0);
    story.is_as_expected();
}

#[test]
fn on_gitlab() {
    let mut story = Story::new(".gitlab-ci.yml");
    story.git("init -q");
    story.kpic("init --ci gitlab", 0);
    story.commit();
    story.ci(&[]);
    story.edit("shop.kpi", FILTER.0, FILTER.1);
    story.ci(&["kpis"]);
    story.edit("shop.kpi", "revenue / customers", "revenue / costumers");
    story.ci(&["kpis"]);
    story.is_as_expected();
}
