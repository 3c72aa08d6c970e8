//! The command line: exit codes, what goes to stdout and what to stderr, shapes.

#[path = "harness/place.rs"]
mod place;

use std::fs;
use std::path::Path;

use kpic::diagnostic::{Code, LINTS, Lint};
use place::{Place, kpic};
use serde_json::Value;

/// `code severity file:line:column` of each finding of `--format json`.
fn places(json: &str) -> Vec<String> {
    let findings: Vec<Value> = serde_json::from_str(json).expect("an array");
    findings
        .iter()
        .map(|f| {
            let text = |key: &str| f[key].as_str().unwrap_or("-").to_string();
            let (line, column) = (&f["line"], &f["column"]);
            format!("{} {} {}:{line}:{column}", text("code"), text("severity"), text("file"))
        })
        .collect()
}

// ------------------------------------------------------------------- depth

/// The program has the room that it needs, whatever the system gives to its first thread.
#[cfg(unix)]
#[test]
fn definitions_as_deep_as_they_may_be_are_compiled() {
    let source =
        "source s { table t  time at in UTC  column c : decimal(12, 2)\n  measure m = sum(DEEP) }\nkpi m\n";
    let deep = format!("{}c{}", "abs(".repeat(250), ")".repeat(250));
    let place = Place::new(&[("kpic.yaml", ""), ("shop.kpi", &source.replace("DEEP", &deep))]);
    let limited = format!("ulimit -s 512; exec '{}' compile m --from 2026-01", env!("CARGO_BIN_EXE_kpic"));
    let mut shell = std::process::Command::new("sh");
    let output = shell.args(["-c", &limited]).current_dir(place.path()).output().expect("a shell starts");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{:?} {said}", output.status);
    assert_eq!(String::from_utf8_lossy(&output.stdout).matches("abs(").count(), 250);
}

// ------------------------------------------------------------------ misuse

#[test]
fn without_a_verb_the_help_is_shown_as_misuse() {
    let said = kpic(Path::new("."), &[]);
    assert_eq!(said.code, Some(2));
    assert!(said.err.contains("Usage: kpic <COMMAND>"), "{}", said.err);
}

#[test]
fn help_and_version_are_no_misuse() {
    for arguments in ["--help", "--version", "help"] {
        let said = kpic(Path::new("."), &[arguments]);
        assert_eq!((said.code, said.err.as_str()), (Some(0), ""), "{arguments:?}");
        assert!(said.out.contains("kpic"));
    }
}

#[test]
fn every_verb_has_a_help_text_for_itself_and_each_option() {
    let said = kpic(Path::new("."), &["--help"]);
    let commands = said.out.split("Commands:").nth(1).and_then(|t| t.split("Options:").next());
    let verbs: Vec<&str> =
        commands.expect("the help lists the verbs").lines().filter(|l| l.len() > 2).collect();
    assert!(verbs.len() >= 4, "{verbs:?}");
    for line in verbs {
        let (verb, about) = line.trim().split_once(' ').unwrap_or((line, ""));
        assert!(about.trim().len() > 10, "{verb} has no help text");
        let help = kpic(Path::new("."), &["help", verb]);
        assert_eq!(help.code, Some(0), "{verb}");
    }
}

#[test]
fn misuse_ends_with_two_and_says_what_to_do() {
    let empty = Place::new(&[]);
    for (arguments, fact) in [
        (&["check"][..], "no kpic.yaml in this folder or a folder above it"),
        (&["check", "nowhere"], "`nowhere` cannot be opened"),
        (&["check", "--format", "xml"], "invalid value 'xml'"),
        (&["check", "--colour"], "unexpected argument '--colour'"),
        (&["chekc"], "unrecognized subcommand 'chekc'"),
        (&["explain", "K9999"], "there is no code `K9999`"),
        (&["explain", "K020"], "did you mean `K0201`?"),
        (&["explain", "revenue"], "no kpic.yaml in this folder"),
        (&["list"], "no kpic.yaml in this folder"),
    ] {
        let said = empty.kpic(arguments);
        assert_eq!(said.code, Some(2), "{arguments:?}");
        assert!(said.err.contains(fact), "{arguments:?}: {}", said.err);
        assert_eq!(said.out, "", "{arguments:?}");
    }
}

#[test]
fn an_unknown_environment_is_misuse() {
    let place = Place::new(&[("kpic.yaml", "")]);
    let said = place.kpic(&["check", "-e", "prod"]);
    assert_eq!(said.code, Some(2));
    assert!(said.err.contains("there is no environment `prod`"), "{}", said.err);
}

// ------------------------------------------------------------------- check

#[test]
fn an_empty_project_has_no_findings() {
    let place = Place::new(&[("kpic.yaml", "")]);
    let said = place.kpic(&["check"]);
    assert_eq!((said.code, said.out.as_str()), (Some(0), ""));
    assert_eq!(said.err, "0 KPIs, 0 sources: no findings\n");
    assert_eq!(place.kpic(&["check", "--format", "json"]).out, "[]\n");
    assert_eq!(place.kpic(&["check", "--format", "github"]).out, "");
}

#[test]
fn a_file_that_is_not_utf8_is_a_finding_at_its_first_bad_byte() {
    let place = Place::new(&[("kpic.yaml", "")]);
    place.write("cafes.kpi", b"# a\n# caf\xe9\n").expect("written");
    place.write("nul.kpi", b"# a\0\n").expect("written");
    let said = place.kpic(&["check", "--format", "json"]);
    assert_eq!(said.code, Some(1));
    assert_eq!(places(&said.out), ["K0102 error cafes.kpi:2:6", "K0102 error nul.kpi:1:4"]);
}

#[test]
fn a_large_file_answers_at_once() {
    let place = Place::new(&[("kpic.yaml", "")]);
    let file = fs::File::create(place.path().join("large.kpi")).expect("made");
    file.set_len(50_000_000).expect("its length is set");
    let said = place.kpic(&["check", "--format", "json"]);
    assert_eq!(said.code, Some(1));
    assert_eq!(places(&said.out), ["K0104 error large.kpi:1:1"]);
}

#[cfg(unix)]
#[test]
fn what_cannot_be_read_is_a_finding() {
    let place = Place::new(&[("kpic.yaml", "")]);
    std::os::unix::fs::symlink("nowhere", place.path().join("gone.kpi")).expect("linked");
    std::os::unix::fs::symlink(".", place.path().join("round.kpi")).expect("linked");
    std::os::unix::fs::symlink("/dev/zero", place.path().join("zero.kpi")).expect("linked");
    let said = place.kpic(&["check", "--format", "json"]);
    assert_eq!(said.code, Some(1));
    assert_eq!(places(&said.out), ["K0802 error gone.kpi:1:1", "K0802 error zero.kpi:1:1"]);
}

/// Which files a check reads shows in which bad ones it reports.
#[test]
fn hidden_folders_tools_and_other_projects_are_left_out() {
    let place = Place::new(&[("kpic.yaml", ""), ("other/kpic.yaml", "")]);
    for name in [
        "b.kpi",
        "a/z.kpi.yaml",
        "a/y.kpi",
        "a/notes.yaml",
        "other/o.kpi",
        ".git/g.kpi",
        "target/t.kpi",
        "node_modules/n.kpi",
    ] {
        place.write(name, b"\xff").expect("written");
    }
    let said = place.kpic(&["check", "--format", "json"]);
    assert_eq!(
        places(&said.out),
        ["K0102 error a/y.kpi:1:1", "K0102 error a/z.kpi.yaml:1:1", "K0102 error b.kpi:1:1"]
    );
    let both = place.kpic(&["check", "--format", "json", "other", "a/y.kpi", "a"]);
    assert_eq!(
        places(&both.out),
        [
            "K0102 error other/o.kpi:1:1",
            "K0102 error a/y.kpi:1:1",
            "K0102 error a/z.kpi.yaml:1:1",
            "K0102 error b.kpi:1:1"
        ]
    );
}

#[test]
fn paths_are_shown_as_seen_from_the_current_folder() {
    let place = Place::new(&[("kpic.yaml", ""), ("a/deep/x.txt", ""), ("b/x.txt", "")]);
    place.write("a/y.kpi", b"\xff").expect("written");
    let below = kpic(&place.path().join("a/deep"), &["check", "--format", "json"]);
    assert_eq!(places(&below.out), ["K0102 error ../../a/y.kpi:1:1"]);
    let beside = kpic(&place.path().join("b"), &["check", "--format", "json", "../a"]);
    assert_eq!(places(&beside.out), ["K0102 error ../a/y.kpi:1:1"]);
}

#[test]
fn a_file_outside_of_all_projects_stands_for_itself() {
    let place = Place::new(&[]);
    place.write("alone.kpi", b"\xff").expect("written");
    place.write("other.kpi", b"\xff").expect("written");
    let said = place.kpic(&["check", "--format", "json", "alone.kpi"]);
    assert_eq!(places(&said.out), ["K0102 error alone.kpi:1:1"]);
}

#[test]
fn findings_of_text_go_to_stdout_and_the_summary_to_stderr() {
    let place = Place::new(&[("kpic.yaml", ""), ("good.kpi", "")]);
    place.write("bad.kpi", b"ab\xff").expect("written");
    let said = place.kpic(&["check"]);
    assert!(said.out.starts_with("error[K0102]: "), "{}", said.out);
    assert!(said.out.contains("--> bad.kpi:1:3"), "{}", said.out);
    assert_eq!(said.err, "1 error in 2 files\n");
}

// ----------------------------------------------------------------- explain

#[test]
fn explain_prints_the_page_of_every_code() {
    let empty = Place::new(&[]);
    for code in Code::ALL {
        let said = empty.kpic(&["explain", code.id()]);
        assert_eq!((said.code, said.err.as_str()), (Some(0), ""), "{code}");
        // Beneath the page of a lint stands how to turn it off.
        assert_eq!(Lint::of(*code).is_none(), said.out == code.page(), "{code}");
        assert!(said.out.starts_with(code.page()), "{code}");
    }
    for lint in LINTS {
        let said = empty.kpic(&["explain", lint.name]);
        assert_eq!(said.out, empty.kpic(&["explain", lint.code.id()]).out, "{}", lint.name);
        assert!(said.out.contains(&format!("`lints: {{{}: ", lint.name)), "{}", said.out);
    }
    assert_eq!(empty.kpic(&["explain", "k0201"]).out, Code::UnknownName.page());
}

const WITH_GOALS: &str = "\
source orders {
  table orders
  key id
  time day
  column day : date
  column amount : decimal(12,2) in EUR
  dimension channel
  measure revenue = sum(amount)
  measure orders = count()
}
segment online where channel = 'web'
kpi revenue {
  unit EUR
  better higher
  target 50_000 EUR each month from 2026-01 until 2026-06
  target 60_000.5 EUR each month from 2026-07-02 until 2026-12-30
  target +5% on previous year each month from 2026-01 where channel = 'web'
  target -2_000 EUR on previous month each month from 2026-01 where online
  status at_risk below 95% of target, off_track below 30_000 EUR
}
kpi per_order = revenue / orders { unit EUR  better range  target 20 to 40 }
kpi orders { better lower  status off_track above 1000 }
kpi twice = orders * 2
";

#[test]
fn the_list_says_which_kpis_have_targets() {
    let place = Place::new(&[("kpic.yaml", ""), ("case.kpi", WITH_GOALS)]);
    let table = place.kpic(&["list"]).out;
    let goals = ["4 targets", "1 target", "status alone"];
    assert!(table.lines().next().is_some_and(|head| head.contains("goals")), "{table}");
    assert!(goals.iter().zip(table.lines().skip(1)).all(|(goals, line)| line.contains(goals)), "{table}");
    let list: Vec<Value> =
        serde_json::from_str(&place.kpic(&["list", "--format", "json"]).out).expect("JSON");
    let [revenue, per_order, orders, twice] = list.as_slice() else { panic!("{list:?}") };
    let targets = &revenue["targets"];
    assert_eq!(targets[0]["value"], 50_000);
    assert_eq!((&targets[0]["from"], &targets[0]["until"]), (&"2026-01-01".into(), &"2026-06-30".into()));
    assert_eq!(targets[1]["value"], 60_000.5);
    assert_eq!(
        targets[2]["on_previous"],
        serde_json::json!({"period": "year", "share": 0.05, "amount": null})
    );
    assert_eq!(targets[2]["where"], serde_json::json!({"channel": "web"}));
    assert_eq!(targets[3]["on_previous"]["amount"], -2_000);
    assert_eq!((&targets[3]["segment"], &targets[3]["each"]), (&"online".into(), &"month".into()));
    let rule = serde_json::json!({"status": "at_risk", "below": 0.95, "above": null, "of_target": true});
    assert_eq!(revenue["status"][0], rule);
    assert_eq!((&per_order["targets"][0]["value"], &per_order["targets"][0]["to"]), (&20.into(), &40.into()));
    assert_eq!(
        (&per_order["better"], &orders["better"], &twice["better"]),
        (&"range".into(), &"lower".into(), &Value::Null)
    );
    assert_eq!(twice["targets"], serde_json::json!([]));
}

const KEPT: &str = "\
source orders { table orders  key id  time day  column day : date  measure orders = count()  measure revenue = sum(amount) }
source visits { table visits  time day  column day : date  measure visits = count() }
kpi orders { owner \"a@example.org\"  tags weekly, sales  stage purchase }
kpi aov \"Basket | value\" = revenue / orders { owner \"b@example.org\"  tags sales }
kpi conversion = orders / visits { owner \"a@example.org\" }
objective richer { headline aov  kpis conversion  stage loyalty }
";

#[test]
fn the_list_is_cut_to_what_is_asked_for() {
    let place = Place::new(&[("kpic.yaml", ""), ("case.kpi", KEPT)]);
    let listed = |arguments: &[&str]| -> Vec<String> {
        let said = place.kpic(&[&["list", "--format", "json"], arguments].concat());
        assert_eq!((said.code, said.err.as_str()), (Some(0), ""), "{arguments:?}");
        let list: Vec<Value> = serde_json::from_str(&said.out).expect("JSON");
        list.iter().filter_map(|entry| Some(entry["kpi"].as_str()?.to_string())).collect()
    };
    assert_eq!(listed(&[]), ["orders", "aov", "conversion"]);
    assert_eq!(listed(&["--tag", "sales"]), ["orders", "aov"]);
    assert_eq!(listed(&["--tag", "sales", "--owner", "b@example.org"]), ["aov"]);
    assert_eq!(listed(&["--tag", "weekly", "--owner", "b@example.org"]), Vec::<String>::new());
    let either = ["--owner", "a@example.org", "--owner", "b@example.org"];
    assert_eq!(listed(&either), ["orders", "aov", "conversion"]);
    // A stage is a KPI's own, else that of its objectives.
    assert_eq!(listed(&["--stage", "loyalty"]), ["aov", "conversion"]);
    assert_eq!(listed(&["--stage", "purchase"]), ["orders"]);
    assert_eq!(listed(&["--objective", "richer"]), ["aov", "conversion"]);
    assert_eq!(listed(&["--source", "visits"]), ["conversion"]);
    assert_eq!(listed(&["--source", "orders"]), ["orders", "aov", "conversion"]);
    assert_eq!(listed(&["--by", "stage", "--tag", "weekly"]), ["orders"]);
    for (arguments, fact, help) in [
        (["--tag", "sale"], "no KPI has the tag `sale`", "did you mean `sales`?"),
        (["--owner", "me"], "no KPI has the owner `me`", "the project has: a@example.org, b@example.org"),
        (["--source", "order"], "no KPI has the source `order`", "did you mean `orders`?"),
    ] {
        let said = place.kpic(&["list", arguments[0], arguments[1]]);
        assert_eq!((said.code, said.out.as_str()), (Some(2), ""));
        assert!(said.err.contains(fact) && said.err.contains(help), "{}", said.err);
    }
}

#[test]
fn the_list_is_a_table_a_sheet_or_a_page() {
    let place = Place::new(&[("kpic.yaml", ""), ("case.kpi", KEPT)]);
    let listed = |format: &str| place.kpic(&["list", "--format", format, "--tag", "sales"]).out;
    assert_eq!(listed("text"), listed("table"));
    assert_eq!(
        listed("csv"),
        "kpi,label,unit,owner,objectives,stages,tags,sources,targets,available,needs\n\
         orders,,count,a@example.org,,purchase,weekly;sales,orders,,true,\n\
         aov,Basket | value,,b@example.org,richer,loyalty,sales,orders,,true,\n"
    );
    assert_eq!(
        listed("markdown"),
        "| kpi | label | unit | owner | goals | available |\n\
         | --- | --- | --- | --- | --- | --- |\n\
         | orders |  | count | a@example.org |  | yes |\n\
         | aov | Basket \\| value |  | b@example.org |  | yes |\n"
    );
}

#[test]
fn completions_know_the_verbs() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let said = kpic(Path::new("."), &["completions", shell]);
        assert_eq!(said.code, Some(0), "{shell}");
        assert!(said.out.contains("explain"), "{shell}");
    }
}

/// `KPIC_UPDATE=1` writes it anew.
#[test]
fn the_manual_page_says_what_the_verbs_take() {
    let page = kpic(Path::new("."), &["man"]).out;
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/kpic.1");
    if std::env::var_os("KPIC_UPDATE").is_some() {
        fs::write(&path, &page).expect("the page can be written");
    }
    let kept = fs::read_to_string(&path).expect("docs/kpic.1 is there");
    assert!(page == kept, "docs/kpic.1 is out of date: KPIC_UPDATE=1 scripts/test --test cli manual");
    let sections = page.lines().filter(|line| line.starts_with(".SH ")).count();
    assert!(sections > 12 && page.contains("\n.SH CHECK\n"), "{page}");
}
