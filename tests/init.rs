//! `kpic init`: what it writes is sound, runs at once, and is checked by its CI file.
#![cfg(feature = "duckdb")]

#[path = "harness/ci.rs"]
mod ci;
#[path = "harness/git.rs"]
mod git;
#[path = "harness/place.rs"]
mod place;
#[path = "harness/validators.rs"]
mod validators;

use std::fs;
use std::path::{Path, PathBuf};

use git::{commit, git};
use place::{Place, Said, kpic};

/// Every file below a folder, sorted.
fn files(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(at) = folders.pop() {
        for entry in fs::read_dir(&at).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() && !path.ends_with(".git") {
                folders.push(path);
            } else if !path.ends_with(".git") {
                found.push(path.strip_prefix(folder).expect("below").display().to_string());
            }
        }
    }
    found.sort();
    found
}

fn read(path: PathBuf) -> String {
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn fine(said: &Said) {
    assert_eq!(said.code, Some(0), "{}{}", said.out, said.err);
}

const OWN: [&str; 5] = ["data/orders.csv", "data/visits.csv", "kpic.yaml", "shop.kpi", "tests.kpi"];
const NUMBERS: &str = " month       revenue  average_order_value  revenue_per_customer  orders_per_visit
 2026-01  497.39 EUR            71.06 EUR            124.35 EUR             1.80%
 2026-02  694.14 EUR            86.77 EUR             99.16 EUR             2.19%
 2026-03  859.93 EUR            95.55 EUR            107.49 EUR             2.13%
 2026-04  811.32 EUR            81.13 EUR            101.42 EUR             2.30%
 2026-05  892.06 EUR            89.21 EUR            127.44 EUR             2.35%
 2026-06  982.83 EUR            89.35 EUR            122.85 EUR             2.51%
";

#[test]
fn a_new_project_runs_at_once_and_is_sound() {
    for (options, ci) in [
        (&["init"][..], Some(".github/workflows/kpic.yml")),
        (&["init", "--ci", "github"], Some(".github/workflows/kpic.yml")),
        (&["init", "--ci", "gitlab"], Some(".gitlab-ci.yml")),
        (&["init", "--ci", "none"], None),
    ] {
        let place = Place::new(&[]);
        let said = place.kpic(options);
        fine(&said);
        let mut wanted: Vec<&str> = ci.into_iter().chain(OWN).collect();
        wanted.sort_unstable();
        assert_eq!(files(place.path()), wanted);
        let mut named: Vec<&str> = said.out.lines().collect();
        named.sort_unstable();
        assert_eq!(named, wanted);
        let checked = place.kpic(&["check", "--strict"]);
        assert_eq!(
            (checked.code, checked.out.as_str(), checked.err.as_str()),
            (Some(0), "", "4 KPIs, 2 sources: no findings\n")
        );
        fine(&place.kpic(&["fmt", "--check"]));
        let tested = place.kpic(&["test"]);
        assert_eq!((tested.code, tested.err.as_str()), (Some(0), "1 test: 1 passed\n"));
        let ran = place.kpic(&["run"]);
        assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (Some(0), NUMBERS, ""));
    }
}

/// The numbers that `run` shows first, counted in the sample data by other means.
#[test]
fn the_numbers_are_those_of_the_sample_data() {
    let place = Place::new(&[]);
    fine(&place.kpic(&["init"]));
    let orders = read(place.path().join("data/orders.csv"));
    let january: Vec<Vec<&str>> = orders
        .lines()
        .map(|line| line.split(',').collect())
        .filter(|row: &Vec<&str>| row[1].starts_with("2026-01") && row[4] != "cancelled")
        .collect();
    let cents: u32 = january.iter().map(|row| row[5].replace('.', "").parse::<u32>().expect("cents")).sum();
    let visits: u32 = read(place.path().join("data/visits.csv"))
        .lines()
        .filter(|line| line.starts_with("2026-01"))
        .map(|line| line.rsplit(',').next().and_then(|n| n.parse::<u32>().ok()).expect("a number"))
        .sum();
    assert_eq!(cents, 49_739);
    assert_eq!(format!("{:.2}", f64::from(cents) / january.len() as f64 / 100.0), "71.06");
    assert_eq!(format!("{:.2}", 100.0 * january.len() as f64 / f64::from(visits)), "1.80");
}

#[test]
fn nothing_is_overwritten_and_nothing_half_written() {
    for there in OWN.into_iter().chain([".github/workflows/kpic.yml"]) {
        let place = Place::new(&[(there, "mine")]);
        let said = place.kpic(&["init"]);
        assert_eq!((said.code, said.out.as_str()), (Some(2), ""), "{there}");
        assert!(said.err.contains(&format!("`{there}` is there already")), "{}", said.err);
        assert_eq!(files(place.path()), [there]);
        assert_eq!(read(place.path().join(there)), "mine");
    }
    let twice = Place::new(&[]);
    fine(&twice.kpic(&["init", "shop"]));
    let said = twice.kpic(&["init", "shop"]);
    assert_eq!(said.code, Some(2));
    assert!(said.err.contains("it is a project already"), "{}", said.err);
    let file = Place::new(&[("shop", "a file")]);
    let said = file.kpic(&["init", "shop"]);
    assert_eq!((said.code, said.err.contains("`shop` is no folder")), (Some(2), true), "{}", said.err);
    let said = file.kpic(&["init", "shop/deeper"]);
    assert_eq!((said.code, said.out.as_str()), (Some(1), ""), "{}", said.err);
    assert_eq!(files(file.path()), ["shop"]);
}

#[cfg(unix)]
#[test]
fn a_link_to_nowhere_is_in_the_way_and_half_a_project_is_taken_away() {
    let place = Place::new(&[]);
    std::os::unix::fs::symlink("nowhere", place.path().join("shop.kpi")).expect("linked");
    assert_eq!(place.kpic(&["init"]).code, Some(2));
    assert!(!place.path().join("nowhere").exists());
    // What is no folder where a folder is needed is found when it is written to.
    let place = Place::new(&[("data", "a file")]);
    let said = place.kpic(&["init"]);
    assert_eq!((said.code, said.out.as_str()), (Some(1), ""), "{}", said.err);
    assert!(said.err.contains("`data` cannot be written"), "{}", said.err);
    assert_eq!(files(place.path()), ["data"]);
}

#[test]
fn services_find_the_ci_file_at_the_root_of_the_repository() {
    for (service, file) in [("github", ".github/workflows/kpic.yml"), ("gitlab", ".gitlab-ci.yml")] {
        for folder in ["teams/shop", "a $HOME 'b' \"c\"", "true"] {
            let place = Place::new(&[]);
            git(place.path(), &["init", "-q"]);
            let said = place.kpic(&["init", "--ci", service, folder]);
            fine(&said);
            assert!(said.out.lines().any(|line| line == file), "{}", said.out);
            commit(place.path());
            let text = read(place.path().join(file));
            for step in steps(service, &text, place.path()) {
                let ended = step.run(place.path(), place.path());
                assert_eq!(ended.code, Some(0), "{folder}: {ended:#?}");
            }
            // From within, too, and however the folder is called.
            let inside = place.path().join("x");
            fs::create_dir(&inside).expect("made");
            fs::remove_file(place.path().join(file)).expect("there");
            fine(&kpic(&inside, &["init", "--ci", service, "../x/./y"]));
            assert!(read(place.path().join(file)).contains("\"x/y\""));
        }
    }
}

fn steps(service: &str, file: &str, repository: &Path) -> Vec<ci::Step> {
    match service {
        "github" => ci::of_github(file),
        _ => vec![ci::of_gitlab(file, repository)],
    }
}

#[test]
fn ci_files_fit_the_schemas_of_their_services() {
    for (service, file, schema) in [
        ("github", ".github/workflows/kpic.yml", "vendor.github-workflows"),
        ("gitlab", ".gitlab-ci.yml", "vendor.gitlab-ci"),
    ] {
        let place = Place::new(&[]);
        fine(&place.kpic(&["init", "--ci", service]));
        let file = place.path().join(file);
        validators::fits_builtin(schema, &file).expect("it fits");
        let text = read(file.clone());
        assert!(!text.contains('@') || !text.contains("@FOLDER@"), "{text}");
        fs::write(&file, text.replace("steps:", "stages:").replace("script:", "scripts:")).expect("written");
        assert!(validators::fits_builtin(schema, &file).is_err(), "{service}: what is no job does not fit");
    }
}

#[test]
fn the_commands_of_ci_files_fail_where_something_is_wrong() {
    let edits: [(&str, &str, &str); 3] = [
        ("Definitions", "revenue / orders", "revenu / orders"),
        ("Canonical form", "  unit EUR", "     unit EUR"),
        ("Unit tests", "status <> 'cancelled'", "status <> 'canceled'"),
    ];
    for service in ["github", "gitlab"] {
        let place = Place::new(&[]);
        fine(&place.kpic(&["init", "--ci", service]));
        git(place.path(), &["init", "-q"]);
        commit(place.path());
        let file = if service == "github" { ".github/workflows/kpic.yml" } else { ".gitlab-ci.yml" };
        let steps = steps(service, &read(place.path().join(file)), place.path());
        let shop = read(place.path().join("shop.kpi"));
        for (name, from, to) in edits {
            assert!(shop.contains(from));
            place.write("shop.kpi", shop.replacen(from, to, 1).as_bytes()).expect("written");
            let failed: Vec<String> = steps
                .iter()
                .map(|step| step.run(place.path(), place.path()))
                .filter(|ended| ended.code != Some(0))
                .map(|ended| ended.name)
                .collect();
            match service {
                "github" => assert!(failed.contains(&name.to_string()), "{name}: {failed:?}"),
                _ => assert_eq!(failed, ["kpis"], "{name}"),
            }
        }
    }
}

fn of_repository(name: &str) -> String {
    read(Path::new(env!("CARGO_MANIFEST_DIR")).join(name))
}

#[test]
fn the_action_fits_its_schema_and_its_commands_run() {
    validators::fits_builtin(
        "vendor.github-actions",
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("action.yml"),
    )
    .expect("it fits");
    let place = Place::new(&[]);
    fine(&place.kpic(&["init", "shop", "--ci", "none"]));
    let bin = place.path().join(".local/kpic/bin");
    fs::create_dir_all(&bin).expect("made");
    fs::copy(env!("CARGO_BIN_EXE_kpic"), bin.join("kpic")).expect("copied");
    let inputs = [
        ("folder", "shop"),
        ("strict", "true"),
        ("tests", "true"),
        ("sarif", "k.sarif"),
        ("junit", "k.xml"),
        ("base", "HEAD"),
    ];
    git(place.path(), &["init", "-q"]);
    commit(place.path());
    let run = || -> Vec<(String, Option<i32>)> {
        let steps = ci::of_action(&of_repository("action.yml"), &inputs);
        assert_eq!(steps.len(), 6);
        let ended = steps.into_iter().map(|mut step| {
            let workspace = place.path().display().to_string();
            step.env.insert("GITHUB_WORKSPACE".into(), workspace.clone());
            step.env.insert("GITHUB_PATH".into(), format!("{workspace}/paths"));
            let ended = step.run(place.path(), place.path());
            (ended.name, ended.code)
        });
        ended.collect()
    };
    assert!(run().iter().all(|(_, code)| *code == Some(0)), "{:?}", run());
    validators::fits("sarif.json", &read(place.path().join("k.sarif"))).expect("SARIF");
    validators::fits_xsd(&read(place.path().join("k.xml"))).expect("JUnit");
    let shop = read(place.path().join("shop/shop.kpi"));
    place
        .write("shop/shop.kpi", shop.replacen("revenue / orders", "revenu / orders", 1).as_bytes())
        .expect("written");
    let failed: Vec<String> =
        run().into_iter().filter(|(_, code)| *code != Some(0)).map(|(name, _)| name).collect();
    assert_eq!(failed, ["Definitions", "Unit tests", "What changes"]);
}

#[test]
fn the_template_fits_its_schema_and_its_commands_run() {
    let text = of_repository("templates/kpic.yml");
    let (inputs, job) = text.split_once("\n---\n").expect("inputs, then a job");
    let mut job = job.to_owned();
    for (name, value) in [("source", "x"), ("version", "main"), ("folder", "shop"), ("stage", "test")] {
        assert!(inputs.contains(&format!("\n    {name}:\n")), "{inputs}");
        job = job.replace(&format!("$[[ inputs.{name} ]]"), value);
    }
    assert!(!job.contains("$[["), "{job}");
    let place = Place::new(&[("job.yml", &job)]);
    validators::fits_builtin("vendor.gitlab-ci", &place.path().join("job.yml")).expect("it fits");
    fine(&place.kpic(&["init", "shop", "--ci", "none"]));
    git(place.path(), &["init", "-q"]);
    commit(place.path());
    let ended = ci::of_gitlab(&job, place.path()).run(place.path(), place.path());
    assert_eq!(ended.code, Some(0), "{ended:#?}");
    assert_eq!(read(place.path().join("kpic-quality.json")), "[]\n");
    validators::fits_xsd(&read(place.path().join("kpic-tests.xml"))).expect("JUnit");
}

/// With the hooks of this repository, but this build of kpic instead of one that pre-commit makes.
#[test]
fn pre_commit_runs_the_hooks() {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join(".pre-commit-hooks.yaml");
    validators::fits_pre_commit(&manifest).expect("pre-commit takes it");
    let hooks = read(manifest).replace("language: rust", "language: system");
    let hooks: String = hooks.lines().map(|line| format!("      {line}\n")).collect();
    let place =
        Place::new(&[(".pre-commit-config.yaml", &format!("repos:\n  - repo: local\n    hooks:\n{hooks}"))]);
    fine(&place.kpic(&["init"]));
    git(place.path(), &["init", "-q"]);
    git(place.path(), &["add", "-A"]);
    validators::pre_commit(place.path()).expect("all is well");
    let shop = read(place.path().join("shop.kpi"));
    place
        .write("shop.kpi", shop.replacen("revenue / orders", "revenu /  orders", 1).as_bytes())
        .expect("written");
    let said = validators::pre_commit(place.path()).expect_err("a name is misspelt");
    for hook in ["kpic check", "kpic fmt", "kpic test"] {
        let line = said.lines().find(|line| line.starts_with(hook)).expect("each hook has a line");
        assert!(line.ends_with("Failed"), "{said}");
    }
    assert!(said.contains("did you mean `revenue`?") && said.contains("files were modified"), "{said}");
}
