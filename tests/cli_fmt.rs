//! `kpic fmt` and `kpic convert`: what is written, where, and what is left alone.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// A project in a folder of its own.
struct Place(tempfile::TempDir);

/// What a run said, and its exit code.
#[derive(Debug)]
struct Said {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Place {
    fn new(files: &[(&str, &str)]) -> Place {
        let place = Place(tempfile::tempdir().expect("a folder can be made"));
        for (name, text) in files {
            let path = place.0.path().join(name);
            fs::create_dir_all(path.parent().expect("it lies in the folder")).expect("a folder can be made");
            fs::write(path, text).expect("a file can be written");
        }
        place
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.0.path().join(name)).expect("it is there")
    }

    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.0.path()).expect("it is a folder");
        let mut names: Vec<String> =
            entries.map(|e| e.expect("it can be read").file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    fn kpic(&self, arguments: &[&str]) -> Said {
        kpic(self.0.path(), arguments, "")
    }
}

fn kpic(folder: &Path, arguments: &[&str], stdin: &str) -> Said {
    let mut child = Command::new(env!("CARGO_BIN_EXE_kpic"))
        .args(arguments)
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("kpic starts");
    child.stdin.take().expect("piped").write_all(stdin.as_bytes()).expect("kpic reads");
    let output = child.wait_with_output().expect("kpic ends");
    Said {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).expect("kpic writes UTF-8"),
        err: String::from_utf8(output.stderr).expect("kpic writes UTF-8"),
    }
}

const MESSY: &str =
    "# about\n\n# the first\nkpi  a=b/ (c*d){unit EUR better higher # up\n}\n\n\n\nkpi e # last\n# end\n";
const TIDY: &str = "\
# about

# the first
kpi a = b / (c * d) {
  unit EUR
  better higher # up
}

kpi e # last

# end
";
const MESSY_YAML: &str =
    "kpis:\n    a: {value: 'b/ (c*d)', unit: EUR} # up\n    e:\nparams:\n  # days\n  p:   7 days\n";
const TIDY_YAML: &str = "\
params:
  # days
  p: 7 days
kpis:
  a: # up
    value: b / (c * d)
    unit: EUR
  e:
";

// --------------------------------------------------------------------- fmt

#[test]
fn files_get_their_canonical_form_and_keep_their_comments() {
    let place = Place::new(&[
        ("kpic.yaml", "name:   shop\n"),
        ("a.kpi", MESSY),
        ("deep/b.kpi.yaml", MESSY_YAML),
        ("tidy.kpi", TIDY),
        ("other.yaml", "a:   b\n"),
    ]);
    let said = place.kpic(&["fmt"]);
    assert_eq!((said.code, said.out.as_str()), (Some(0), ""));
    assert_eq!(said.err, "2 files formatted, 1 unchanged\n");
    assert_eq!(place.read("a.kpi"), TIDY);
    assert_eq!(place.read("deep/b.kpi.yaml"), TIDY_YAML);
    assert_eq!(place.read("kpic.yaml"), "name:   shop\n");
    assert_eq!(place.read("other.yaml"), "a:   b\n");
    assert_eq!(place.kpic(&["fmt"]).err, "0 files formatted, 3 unchanged\n");
}

#[test]
fn check_changes_nothing_and_fails_with_what_would_change() {
    let place = Place::new(&[("kpic.yaml", ""), ("a.kpi", "kpi a=b\nkpi c\n"), ("tidy.kpi", TIDY)]);
    let said = place.kpic(&["fmt", "--check"]);
    assert_eq!(said.code, Some(1));
    assert_eq!(said.out, "a.kpi\n    1 - kpi a=b\n    1 + kpi a = b\n");
    assert_eq!(said.err, "1 file would change, 1 unchanged\n");
    assert_eq!(place.read("a.kpi"), "kpi a=b\nkpi c\n");
    let tidy = place.kpic(&["fmt", "--check", "tidy.kpi"]);
    assert_eq!((tidy.code, tidy.out.as_str()), (Some(0), ""));
}

#[test]
fn a_long_change_is_cut() {
    let long: String = (0..100).map(|i| format!("kpi a{i}=b\n")).collect();
    let place = Place::new(&[("kpic.yaml", ""), ("a.kpi", &long)]);
    let said = place.kpic(&["fmt", "--check"]);
    assert_eq!(said.out.lines().count(), 22);
    assert!(said.out.ends_with("      … and 180 more lines\n"), "{}", said.out);
}

#[test]
fn a_file_with_errors_is_reported_and_left() {
    let bad = "kpi a =\nkpi  b=c\n";
    let place = Place::new(&[
        ("kpic.yaml", ""),
        ("bad.kpi", bad),
        ("bad.kpi.yaml", "kpis: {a:   b c}\n"),
        ("good.kpi", "kpi  b\n"),
    ]);
    for arguments in [&["fmt", "--check"][..], &["fmt"]] {
        let said = place.kpic(arguments);
        assert_eq!(said.code, Some(1), "{arguments:?}");
        assert!(said.err.contains("--> bad.kpi:1:7"), "{}", said.err);
        assert!(said.err.contains("--> bad.kpi.yaml:1:15"), "{}", said.err);
        assert!(said.err.contains("2 errors"), "{}", said.err);
    }
    assert_eq!(place.read("bad.kpi"), bad);
    assert_eq!(place.read("bad.kpi.yaml"), "kpis: {a:   b c}\n");
    assert_eq!(place.read("good.kpi"), "kpi b\n");
}

#[test]
fn only_what_is_named_is_written_and_each_file_once() {
    let place = Place::new(&[("kpic.yaml", ""), ("a.kpi", "kpi  a\n"), ("deep/b.kpi", "kpi  b\n")]);
    let said = place.kpic(&["fmt", "deep", "deep/b.kpi", "./deep"]);
    assert_eq!(said.err, "1 file formatted, 0 unchanged\n");
    assert_eq!((place.read("a.kpi"), place.read("deep/b.kpi")), ("kpi  a\n".into(), "kpi b\n".into()));
    let alone = Place::new(&[("c.kpi", "kpi  c\n")]);
    assert_eq!(alone.kpic(&["fmt", "c.kpi"]).code, Some(0));
    assert_eq!(alone.read("c.kpi"), "kpi c\n");
}

#[test]
fn a_named_folder_may_hold_several_projects_and_a_project_ends_at_another() {
    let files = [("kpic.yaml", ""), ("a.kpi", "kpi  a\n"), ("x/kpic.yaml", ""), ("x/b.kpi", "kpi  b\n")];
    let place = Place::new(&files);
    assert_eq!(place.kpic(&["fmt"]).err, "1 file formatted, 0 unchanged\n");
    assert_eq!(place.read("x/b.kpi"), "kpi  b\n");
    assert_eq!(place.kpic(&["fmt", "."]).err, "1 file formatted, 1 unchanged\n");
    assert_eq!(place.read("x/b.kpi"), "kpi b\n");
}

#[test]
fn the_examples_have_their_canonical_form() {
    let said = kpic(Path::new(env!("CARGO_MANIFEST_DIR")), &["fmt", "--check", "examples"], "");
    assert_eq!((said.code, said.out.as_str()), (Some(0), ""));
}

#[test]
fn stdin_becomes_stdout() {
    let here = Place::new(&[]);
    let said = kpic(here.0.path(), &["fmt", "-"], MESSY);
    assert_eq!((said.code, said.out.as_str(), said.err.as_str()), (Some(0), TIDY, ""));
    let yaml = kpic(here.0.path(), &["fmt", "-", "--stdin-name", "x.kpi.yaml"], MESSY_YAML);
    assert_eq!((yaml.code, yaml.out.as_str()), (Some(0), TIDY_YAML));
    let bad = kpic(here.0.path(), &["fmt", "-"], "kpi =");
    assert_eq!((bad.code, bad.out.as_str()), (Some(1), ""));
    assert!(bad.err.contains("--> stdin.kpi:1:5"), "{}", bad.err);
    let check = kpic(here.0.path(), &["fmt", "-", "--check"], "kpi  a\n");
    assert_eq!(check.code, Some(1));
    assert_eq!(check.out, "stdin.kpi\n    1 - kpi  a\n    1 + kpi a\n");
}

#[test]
fn line_ends_stay_and_a_byte_order_mark_goes() {
    let place = Place::new(&[
        ("a.kpi", "\u{feff}kpi  a { unit EUR }\r\nkpi b\r\n"),
        ("b.kpi.yaml", "kpis:\r\n  a:   b\r\n"),
    ]);
    assert_eq!(place.kpic(&["fmt", "a.kpi", "b.kpi.yaml"]).code, Some(0));
    assert_eq!(place.read("a.kpi"), "kpi a {\r\n  unit EUR\r\n}\r\n\r\nkpi b\r\n");
    assert_eq!(place.read("b.kpi.yaml"), "kpis:\r\n  a: b\r\n");
    assert_eq!(place.kpic(&["fmt", "--check", "a.kpi", "b.kpi.yaml"]).code, Some(0));
}

#[test]
fn long_descriptions_of_yaml_stay_readable() {
    let text = "\
kpis:
  a:
    description: >-
      A description that goes on for longer than anybody would like to read it on a single line of
      their screen.
    action: |
      Look at it.
    value: b
";
    let place = Place::new(&[("a.kpi.yaml", text)]);
    assert_eq!(place.kpic(&["fmt", "a.kpi.yaml"]).code, Some(0));
    assert_eq!(
        place.read("a.kpi.yaml"),
        "\
kpis:
  a:
    description: >-
      A description that goes on for longer than anybody would like to read it on a single line of
      their screen.
    value: b
    action: Look at it.
"
    );
}

#[test]
fn misuse_of_fmt_says_what_to_do() {
    let place = Place::new(&[("notes.txt", ""), ("kpic.yaml", "")]);
    for (arguments, fact) in [
        (&["fmt", "notes.txt"][..], "`notes.txt` is no file of definitions"),
        (&["fmt", "kpic.yaml"], "the project file is yours to lay out"),
        (&["fmt", "-", "a.kpi"], "`-` stands for stdin alone"),
        (&["fmt", "-", "--stdin-name", "x.txt"], "`x.txt` is no file of definitions"),
    ] {
        let said = place.kpic(arguments);
        assert_eq!(said.code, Some(2), "{arguments:?}");
        assert!(said.err.contains(fact), "{arguments:?}: {}", said.err);
    }
    assert_eq!(Place::new(&[]).kpic(&["fmt"]).code, Some(2));
    let gone = place.kpic(&["fmt", "gone.kpi"]);
    assert_eq!(gone.code, Some(1));
    assert!(gone.err.contains("K0802"), "{}", gone.err);
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link_and_permissions_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let place = Place::new(&[("a.kpi", "kpi  a\n")]);
    let file = place.0.path().join("a.kpi");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).expect("it is ours");
    symlink("a.kpi", place.0.path().join("l.kpi")).expect("a link can be made");
    assert_eq!(place.kpic(&["fmt", "l.kpi"]).code, Some(0));
    assert_eq!(place.read("a.kpi"), "kpi a\n");
    assert!(place.0.path().join("l.kpi").is_symlink());
    assert_eq!(fs::metadata(&file).expect("it is there").permissions().mode() & 0o777, 0o640);
    assert_eq!(place.names(), ["a.kpi", "l.kpi"]);
}

// ----------------------------------------------------------------- convert

#[test]
fn each_spelling_becomes_the_other() {
    let place = Place::new(&[("a.kpi", MESSY), ("b.kpi.yaml", MESSY_YAML)]);
    let yaml = place.kpic(&["convert", "a.kpi"]);
    assert_eq!((yaml.code, yaml.err.as_str()), (Some(0), ""));
    assert_eq!(
        yaml.out,
        "\
# about
kpis:
  # the first
  a:
    value: b / (c * d)
    unit: EUR
    better: higher # up
  e: # last
# end
"
    );
    let dsl = place.kpic(&["convert", "--to", "dsl", "b.kpi.yaml"]);
    assert_eq!(dsl.out, "kpi a = b / (c * d) { # up\n  unit EUR\n}\n\nkpi e\n\n# days\nparam p = 7 days\n");
    assert_eq!(place.names(), ["a.kpi", "b.kpi.yaml"]);
}

#[test]
fn converted_files_are_written_beside_and_none_is_overwritten() {
    let place = Place::new(&[("a.kpi", "kpi a\n"), ("b.kpi.yaml", "kpis: {b: }\n"), ("b.kpi", "kpi old\n")]);
    let said = place.kpic(&["convert", "--write", "a.kpi", "b.kpi.yaml"]);
    assert_eq!((said.code, said.out.as_str()), (Some(1), ""));
    assert!(said.err.contains("wrote a.kpi.yaml; delete a.kpi"), "{}", said.err);
    assert!(said.err.contains("`b.kpi` exists already and is not overwritten"), "{}", said.err);
    assert_eq!((place.read("a.kpi.yaml"), place.read("b.kpi")), ("kpis:\n  a:\n".into(), "kpi old\n".into()));
    assert_eq!(place.names(), ["a.kpi", "a.kpi.yaml", "b.kpi", "b.kpi.yaml"]);
}

#[test]
fn what_a_spelling_cannot_say_is_refused() {
    // In YAML a map has each key once.
    let place = Place::new(&[("a.kpi", "source s {\n  dimension a\n  dimension a\n}\n")]);
    let said = place.kpic(&["convert", "a.kpi"]);
    assert_eq!((said.code, said.out.as_str()), (Some(1), ""));
    assert!(said.err.contains("these definitions cannot be written in YAML"), "{}", said.err);
    assert!(said.err.contains("`a` is given twice"), "{}", said.err);
}

#[test]
fn misuse_of_convert_says_what_to_do() {
    let place = Place::new(&[("a.kpi", "kpi a\n"), ("b.kpi", "kpi b =\n"), ("kpic.yaml", "")]);
    for (arguments, fact) in [
        (&["convert"][..], "<FILE>"),
        (&["convert", "a.kpi", "b.kpi"], "several files would run into each other"),
        (&["convert", "kpic.yaml"], "`kpic.yaml` is no file of definitions"),
        (&["convert", "--to", "dsl", "a.kpi"], "`a.kpi` is in that spelling already"),
        (&["convert", "--to", "xml", "a.kpi"], "invalid value 'xml'"),
    ] {
        let said = place.kpic(arguments);
        assert_eq!(said.code, Some(2), "{arguments:?}");
        assert!(said.err.contains(fact), "{arguments:?}: {}", said.err);
    }
    let bad = place.kpic(&["convert", "--write", "b.kpi"]);
    assert_eq!(bad.code, Some(1));
    assert_eq!(place.names(), ["a.kpi", "b.kpi", "kpic.yaml"]);
}
