//! How long definitions take to check and to compile, up to ten thousand KPIs.
//!
//! `cargo bench --bench frontend`, with `-- --quick` for small projects, and
//! `-- write FOLDER KPIS` to look at one, or to profile with it.
#![allow(clippy::print_stdout)]

mod history;
mod project;
#[path = "../support/mod.rs"]
mod support;
mod unit_tests;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use kpic::diagnostic::Sink;
use kpic::lower::{self, SqlTexts};
use kpic::model;
use kpic::plan::{self, Request};
use kpic::practice;
use kpic::resolve::resolved::PeriodKind;
use kpic::resolve::{self, Catalog, Resolved};
use kpic::schema;
use kpic::source::FileId;
use kpic::syntax::ast::{self, ProjectFile};
use kpic::syntax::{dsl, yaml};
use kpic::{dialect, syntax};

use project::File;
use support::{clock, table};

/// What is measured how often.
struct Scale {
    sizes: [usize; 3],
    runs: usize,
}

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["peak", command @ ..] => return peak(command),
        ["write", folder, kpis, ..] => {
            let files = project::files(kpis.parse().expect("a number of KPIs"));
            return project::write(Path::new(folder), &files).expect("a project can be written");
        }
        _ => {}
    }
    let scale = match arguments.iter().any(|argument| argument == "--quick") {
        true => Scale { sizes: [50, 100, 500], runs: 3 },
        false => Scale { sizes: [1_000, 3_000, 10_000], runs: 15 },
    };
    let place = tempfile::tempdir().expect("a folder can be made");
    let largest = scale.sizes.into_iter().max().unwrap_or_default();
    if !arguments.iter().any(|argument| argument == "tests") {
        history::compared(place.path(), largest, scale.runs, kpic());
    }
    if arguments.iter().any(|argument| argument == "git") {
        return;
    }
    unit_tests::unit_tests(place.path(), scale.sizes[0], scale.runs, kpic());
    if arguments.iter().any(|argument| argument == "tests") {
        return;
    }
    let projects: Vec<Project> = scale.sizes.iter().flat_map(|size| both(place.path(), *size)).collect();
    check(&projects, &scale);
    stages(&projects, &scale);
    compile(&projects[0], &scale);
    chains(place.path(), &scale);
}

/// A project in a folder.
struct Project {
    kpis: usize,
    spelling: &'static str,
    files: Vec<File>,
    folder: PathBuf,
}

fn both(place: &Path, kpis: usize) -> [Project; 2] {
    let dsl = project::files(kpis);
    let yaml = project::in_yaml(&dsl);
    [("DSL", dsl), ("YAML", yaml)].map(|(spelling, files)| {
        let folder = place.join(format!("{kpis}_{spelling}"));
        project::write(&folder, &files).expect("a project can be written");
        Project { kpis, spelling, files, folder }
    })
}

impl Project {
    fn kilobytes(&self) -> usize {
        self.files.iter().map(|(_, text)| text.len()).sum::<usize>() / 1024
    }

    fn name(&self) -> String {
        format!("{} KPIs, {}", self.kpis, self.spelling)
    }
}

fn kpic() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_kpic"))
}

// ---------------------------------------------------------------- processes

fn check(projects: &[Project], scale: &Scale) {
    let row = |project: &Project| {
        let took = clock::processes(scale.runs, kpic(), &project.folder, &["check", "--strict"]);
        let each = took.wall / u32::try_from(project.kpis).unwrap_or(u32::MAX);
        let size = format!("{} kB", project.kilobytes());
        let memory = format!("{:.0} MB", memory(&project.folder));
        vec![
            project.name(),
            size,
            table::shown(took.wall),
            table::shown(took.cpu),
            table::shown(each),
            memory,
        ]
    };
    let mut rows: Vec<_> = projects.iter().map(row).collect();
    for project in projects {
        let lock = project.folder.join(schema::FILE);
        fs::write(&lock, schema::write(&project::lock())).expect("a lock can be written");
        let mut with = row(project);
        with[0] += ", with a schema lock";
        rows.push(with);
        fs::remove_file(&lock).expect("it was just written");
    }
    table::print(
        "kpic check, whole process (aims: 1,000 KPIs 30 ms, 10,000 KPIs 300 ms and 100 MB)",
        &["project", "text", "time", "CPU", "a KPI", "memory"],
        &rows,
    );
}

/// The most memory that `kpic check` holds, in MB: asked of a process in between,
/// since a child begins with what its parent holds.
fn memory(folder: &Path) -> f64 {
    let program = env::current_exe().expect("this program is a file");
    let output = Command::new(program)
        .args(["peak", &kpic().to_string_lossy(), "check"])
        .current_dir(folder)
        .output()
        .expect("the program starts");
    let text = String::from_utf8_lossy(&output.stdout);
    text.trim().parse().expect("it prints a number of MB")
}

fn peak(command: &[&str]) {
    let output = Command::new(command[0]).args(&command[1..]).output().expect("the program starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    println!("{}", clock::peak_of_children());
}

// ------------------------------------------------------------------- stages

fn stages(projects: &[Project], scale: &Scale) {
    let settings = ProjectFile::default();
    let row = |project: &Project| {
        let parse = clock::median(scale.runs, || parsed(&project.files));
        let files = parsed(&project.files);
        let model = clock::median(scale.runs, || model::build(&files, &settings, &mut Sink::new()));
        let resolve = clock::median(scale.runs, || resolved(&files, &settings));
        let built = model::build(&files, &settings, &mut Sink::new());
        let sound = resolved(&files, &settings);
        let practice = clock::median(scale.runs, || practice::check(&built, &sound, &mut Sink::new()));
        let print = clock::median(scale.runs, || printed(&files, project.spelling));
        let mut row = vec![project.name()];
        row.extend([parse, model, resolve, practice, print].map(|took| table::shown(took.wall)));
        row
    };
    let rows: Vec<_> = projects.iter().map(row).collect();
    table::print(
        "check and fmt in process, by stage (resolve has model in it)",
        &["project", "parse", "model", "resolve", "practice", "print"],
        &rows,
    );
}

fn parsed(files: &[File]) -> Vec<ast::File> {
    let mut sink = Sink::new();
    let files = files.iter().enumerate().map(|(index, (name, text))| {
        let id = FileId(u32::try_from(index).expect("there are few files"));
        match name.ends_with(".yaml") {
            true => yaml::parse(id, text, &mut sink),
            false => dsl::parse(id, text, &mut sink),
        }
    });
    let files = files.collect();
    assert!(sink.is_empty(), "{:#?}", sink.into_sorted());
    files
}

fn resolved(files: &[ast::File], settings: &ProjectFile) -> Resolved {
    let mut sink = Sink::new();
    let model = model::build(files, settings, &mut sink);
    let resolved = resolve::resolve(&model, &Catalog::default(), &mut sink);
    assert!(!sink.has_errors(), "{:#?}", sink.into_sorted());
    resolved
}

fn printed(files: &[ast::File], spelling: &str) -> usize {
    let print = if spelling == "DSL" { syntax::format::dsl } else { syntax::format::yaml };
    files.iter().map(|file| print(file).len()).sum()
}

// ------------------------------------------------------------------ compile

fn compile(project: &Project, scale: &Scale) {
    let one = format!("kpi_{}", project.kpis / 2);
    let arguments = ["compile", &one, "--by", "channel", "--from", "2026-01", "--to", "2026-12"];
    let process = clock::processes(scale.runs, kpic(), &project.folder, &arguments);
    let resolved = resolved(&parsed(&project.files), &ProjectFile::default());
    let rows: Vec<_> = [("one KPI", 1), ("ten KPIs", 10), ("a tenth of all", project.kpis / 10)]
        .into_iter()
        .map(|(name, kpis)| {
            let request = by_channel((0..kpis).map(|i| format!("kpi_{}", project.kpis / 2 + i)).collect());
            let took = clock::median(scale.runs * 10, || sql(&resolved, &request));
            let size = format!("{:.1} kB", sql(&resolved, &request).len() as f64 / 1024.0);
            let whole = if kpis == 1 { table::shown(process.wall) } else { String::new() };
            vec![name.to_string(), table::shown(took.wall), size, whole]
        })
        .collect();
    table::print(
        &format!("compile out of {} (aims: one KPI 0.2 ms in process, 30 ms as a process)", project.name()),
        &["request", "in process", "SQL", "process"],
        &rows,
    );
}

fn by_channel(kpis: Vec<String>) -> Request {
    Request { by: vec![vec!["channel".into()]], ..totals(kpis) }
}

fn totals(kpis: Vec<String>) -> Request {
    let (from, to) = (Some(PeriodKind::Month(2026, 1)), Some(PeriodKind::Month(2026, 12)));
    Request { kpis, from, to, ..Request::default() }
}

fn sql(resolved: &Resolved, request: &Request) -> String {
    let plan = plan::plan(resolved, request).expect("the request is sound");
    let query = lower::lower(resolved, &plan, &SqlTexts::new(), dialect::EMBEDDED.capabilities())
        .expect("every source has a table");
    dialect::print(&query, dialect::EMBEDDED).expect("the dialect says it all")
}

// ------------------------------------------------------------------- chains

fn chains(place: &Path, scale: &Scale) {
    let row = |depth: usize| {
        let files = project::chain(depth);
        let folder = place.join(format!("chain_{depth}"));
        project::write(&folder, &files).expect("a project can be written");
        let last = format!("level_{}", depth - 1);
        let check = clock::processes(scale.runs, kpic(), &folder, &["check"]);
        let arguments = ["compile", &last, "--from", "2026-01", "--to", "2026-12"];
        let process = clock::processes(scale.runs, kpic(), &folder, &arguments);
        let resolved = resolved(&parsed(&files), &ProjectFile::default());
        let request = totals(vec![last]);
        let took = clock::median(scale.runs * 10, || sql(&resolved, &request));
        let size = format!("{:.1} kB", sql(&resolved, &request).len() as f64 / 1024.0);
        fs::remove_dir_all(&folder).expect("the folder is there");
        let mut row = vec![depth.to_string()];
        row.extend([check, process, took].map(|took| table::shown(took.wall)));
        row.push(size);
        row
    };
    table::print(
        "a chain of KPIs, each naming the one before twice (aim: linear)",
        &["depth", "check", "compile", "in process", "SQL"],
        &[50, 100, 200].map(row),
    );
}
