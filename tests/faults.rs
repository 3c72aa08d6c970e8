//! What goes wrong around kpic: full disks, files that vanish, folders that nobody may read,
//! links that lead nowhere or in a circle, very many files. There is a clear message, nothing is
//! half-written, and nothing panics.
#![cfg(unix)]

#[path = "harness/git.rs"]
mod git;
#[path = "harness/place.rs"]
mod place;

use std::collections::BTreeMap;
use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::{Command, Output};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use git::{commit, git};
use place::{Place, Said, kpic};

const SHOP: &str = "\
source orders {
  table shop.orders
  key order_id
  time ordered_at in UTC
  measure revenue = sum(amount)
  measure orders = count()
}
kpi   aov = revenu / orders
";

fn project() -> Place {
    Place::new(&[("kpic.yaml", ""), ("shop.kpi", SHOP)])
}

/// All files below a folder with what is in them.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(at) = folders.pop() {
        for entry in fs::read_dir(&at).expect("a folder") {
            let path = entry.expect("an entry").path();
            match path.is_dir() {
                true => folders.push(path),
                false => {
                    let name = path.strip_prefix(folder).expect("below").display().to_string();
                    found.insert(name, fs::read(&path).unwrap_or_default());
                }
            }
        }
    }
    found
}

fn said(output: &Output) -> Said {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("kpic writes UTF-8");
    let said = Said { code: output.status.code(), out: text(&output.stdout), err: text(&output.stderr) };
    assert!(!said.err.contains("panicked"), "{}", said.err);
    assert!(said.code.is_some(), "it was killed: {}", said.err);
    said
}

// --------------------------------------------------------------- full disks

/// What was in the way, what kpic said, and the files behind it.
type Ended = (&'static str, Said, BTreeMap<String, Vec<u8>>);

/// Runs kpic where nothing more can be written, in each way that this machine allows: a file
/// system without room, and a limit of the size of files.
fn full(place: &Place, arguments: &[&str]) -> Vec<Ended> {
    let mut ways = Vec::new();
    let disk = tempfile::tempdir().expect("made");
    let copy = tempfile::tempdir().expect("made");
    let script = "mount -t tmpfs -o size=256k tmpfs \"$DISK\" || exit 99
        cp -r \"$PLACE/.\" \"$DISK\" && cd \"$DISK\"
        dd if=/dev/zero of=.fill bs=512 2>/dev/null
        \"$KPIC\" \"$@\"
        code=$?
        rm .fill && cp -r . \"$COPY\" && exit $code";
    for unshare in [&["-m"][..], &["-r", "-m"]] {
        let output = Command::new("unshare")
            .args(unshare)
            .args(["sh", "-c", script, "sh"])
            .args(arguments)
            .env("NO_COLOR", "1")
            .env("DISK", disk.path())
            .env("COPY", copy.path())
            .env("PLACE", place.path())
            .env("KPIC", env!("CARGO_BIN_EXE_kpic"))
            .output();
        if let Ok(output) = output
            && output.status.code() != Some(99)
            && !String::from_utf8_lossy(&output.stderr).contains("unshare")
        {
            ways.push(("a full disk", said(&output), files(copy.path())));
            break;
        }
    }
    // The system ends whoever writes on, unless that is ignored: then writing fails.
    let output = Command::new("sh")
        .args(["-c", "trap '' XFSZ; ulimit -f 0; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_kpic")])
        .args(arguments)
        .current_dir(place.path())
        .env("NO_COLOR", "1")
        .output()
        .expect("a shell starts");
    ways.push(("a limit", said(&output), files(place.path())));
    ways
}

#[test]
fn on_a_full_disk_everything_is_as_it_was() {
    for arguments in [
        &["init"][..],
        &["init", "new/folder"],
        &["fmt"],
        &["check", "--fix"],
        &["convert", "--write", "fine.kpi"],
    ] {
        let place = match arguments[0] {
            "init" => Place::new(&[("notes.txt", "mine")]),
            _ => Place::new(&[("kpic.yaml", ""), ("shop.kpi", SHOP), ("fine.kpi", "kpi   x = orders\n")]),
        };
        let before = files(place.path());
        for (way, said, after) in full(&place, arguments) {
            assert_eq!(said.code, Some(1), "{way}, {arguments:?}: {}", said.err);
            assert!(said.err.contains("cannot be written: "), "{way}, {arguments:?}: {}", said.err);
            assert_eq!(before, after, "{way}, {arguments:?}");
        }
        assert!(!place.path().join("new").exists());
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_result_that_cannot_be_written_is_said() {
    let place = project();
    for arguments in
        [&["check"][..], &["check", "--format", "sarif"], &["man"], &["init", "--ci", "none", "x"]]
    {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("there");
        let output = Command::new(env!("CARGO_BIN_EXE_kpic"))
            .args(arguments)
            .current_dir(place.path())
            .stdout(full)
            .output()
            .expect("kpic starts");
        let said = said(&output);
        assert_eq!(said.code, Some(1), "{arguments:?}: {}", said.err);
        assert!(said.err.contains("the result cannot be written: "), "{arguments:?}: {}", said.err);
    }
}

// -------------------------------------------------------------- permissions

/// Runs kpic as somebody who may not read everything, whoever runs the tests: root without the
/// capabilities to pass by permissions.
fn without_privileges(folder: &Path, arguments: &[&str]) -> Said {
    let drop = "-dac_override,-dac_read_search";
    let is_root = fs::metadata("/proc/self").is_ok_and(|me| std::os::unix::fs::MetadataExt::uid(&me) == 0);
    let mut command = match is_root {
        true => {
            let mut setpriv = Command::new("setpriv");
            setpriv.args([format!("--bounding-set={drop}"), format!("--inh-caps={drop}")]);
            setpriv.arg(env!("CARGO_BIN_EXE_kpic"));
            setpriv
        }
        false => Command::new(env!("CARGO_BIN_EXE_kpic")),
    };
    said(&command.args(arguments).current_dir(folder).env("NO_COLOR", "1").output().expect("it starts"))
}

/// Sets permissions, and gives them back so that the folder can be removed.
struct Locked<'p>(&'p Path, u32);

impl<'p> Locked<'p> {
    fn new(path: &'p Path, mode: u32) -> Locked<'p> {
        let before = fs::metadata(path).expect("there").permissions().mode();
        fs::set_permissions(path, Permissions::from_mode(mode)).expect("set");
        Locked(path, before)
    }
}

impl Drop for Locked<'_> {
    fn drop(&mut self) {
        let _ = fs::set_permissions(self.0, Permissions::from_mode(self.1));
    }
}

#[test]
fn what_may_not_be_read_is_a_finding() {
    let place = project();
    place.write("secret/x.kpi", b"kpi x = orders\n").expect("written");
    place.write("own.kpi", b"kpi y = orders\n").expect("written");
    let (folder, file) = (place.path().join("secret"), place.path().join("own.kpi"));
    let _locks = (Locked::new(&folder, 0o000), Locked::new(&file, 0o000));
    let said = without_privileges(place.path(), &["check"]);
    assert_eq!(said.code, Some(1));
    for name in ["secret", "own.kpi"] {
        assert!(said.out.contains(&format!("--> {name}:1:1")), "{}", said.out);
    }
    assert!(said.out.contains("the file cannot be read: Permission denied"), "{}", said.out);
    let said = without_privileges(place.path(), &["fmt", "--check"]);
    assert_eq!(said.code, Some(1));
    assert!(said.err.contains("Permission denied"), "{}", said.err);
}

#[test]
fn what_may_not_be_written_stays_as_it_is() {
    let place = project();
    let before = files(place.path());
    {
        let _lock = Locked::new(place.path(), 0o555);
        for arguments in [
            &["fmt", "shop.kpi"][..],
            &["check", "--fix"],
            &["init", "below"],
            &["convert", "--write", "shop.kpi"],
        ] {
            let said = without_privileges(place.path(), arguments);
            assert_eq!(said.code, Some(1), "{arguments:?}: {}", said.err);
            let is_told = said.err.contains("cannot be written: Permission denied");
            assert!(is_told, "{arguments:?}: {}", said.err);
        }
    }
    assert_eq!(before, files(place.path()));
    // In a folder of its own that may be written, of files one of which may not.
    let place = Place::new(&[("new/data/note", "mine")]);
    {
        let data = place.path().join("new/data");
        let _lock = Locked::new(&data, 0o555);
        let said = without_privileges(place.path(), &["init", "new"]);
        assert_eq!((said.code, said.err.contains("Permission denied")), (Some(1), true), "{}", said.err);
    }
    assert_eq!(files(place.path()).keys().collect::<Vec<_>>(), ["new/data/note"]);
}

// -------------------------------------------------------------------- links

#[test]
fn links_that_lead_nowhere_or_in_a_circle_are_told_and_not_followed() {
    let place = project();
    place.write("a/deep/x.kpi", b"kpi x = orders\n").expect("written");
    symlink("nowhere.kpi", place.path().join("broken.kpi")).expect("linked");
    symlink("two.kpi", place.path().join("one.kpi")).expect("linked");
    symlink("one.kpi", place.path().join("two.kpi")).expect("linked");
    symlink("../..", place.path().join("a/deep/up")).expect("linked");
    symlink("self", place.path().join("self")).expect("linked");
    let said = place.kpic(&["check"]);
    assert_eq!(said.code, Some(1));
    for (name, why) in
        [("broken.kpi", "No such file"), ("one.kpi", "symbolic link"), ("two.kpi", "symbolic link")]
    {
        let found = said.out.split("\n\n").find(|found| found.contains(&format!("--> {name}:1:1")));
        assert!(found.is_some_and(|found| found.contains(why)), "{name}: {}", said.out);
    }
    assert_eq!(said.out.matches("error[K0802]").count(), 3, "{}", said.out);
    // A file behind a link is written through it.
    let place = Place::new(&[("kpic.yaml", ""), ("shop.kpi", SHOP)]);
    fs::rename(place.path().join("shop.kpi"), place.path().join("real.txt")).expect("renamed");
    symlink("real.txt", place.path().join("shop.kpi")).expect("linked");
    place.kpic(&["check", "--fix"]);
    assert!(fs::symlink_metadata(place.path().join("shop.kpi")).is_ok_and(|link| link.is_symlink()));
    assert!(
        fs::read_to_string(place.path().join("real.txt"))
            .is_ok_and(|text| text.contains("kpi aov = revenue / orders"))
    );
}

// ------------------------------------------------------------ moving targets

#[test]
fn files_that_vanish_or_change_while_they_are_read_are_told_and_never_panic() {
    let place = project();
    let done = AtomicBool::new(false);
    let text = |n: usize| format!("kpi k{n} = orders{}\n", " + orders".repeat(n % 7 * 40));
    for n in 0..60 {
        place.write(&format!("more/f{n}.kpi"), text(n).as_bytes()).expect("written");
    }
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut n = 0_usize;
            while !done.load(Ordering::Relaxed) {
                n += 1;
                let path = place.path().join(format!("more/f{}.kpi", n % 60));
                // Whether it is there is for the other side to find out.
                let _ = match n % 5 {
                    0 => fs::remove_file(&path),
                    1 => fs::write(&path, &text(n)[..n % 11]),
                    2 => fs::rename(&path, place.path().join("more/aside.kpi")),
                    _ => fs::write(&path, text(n % 60)),
                };
            }
        });
        let until = Instant::now() + Duration::from_secs(4);
        let mut runs = 0;
        while Instant::now() < until || runs < 5 {
            runs += 1;
            for arguments in [&["check"][..], &["fmt", "--check"], &["check", "--format", "json"]] {
                let output = Command::new(env!("CARGO_BIN_EXE_kpic"))
                    .args(arguments)
                    .current_dir(place.path())
                    .output()
                    .expect("kpic starts");
                let said = said(&output);
                assert!(matches!(said.code, Some(0 | 1)), "{arguments:?}: {}", said.err);
                // `shop.kpi` stands still, and what is wrong in it is told each time.
                let is_told = match arguments.last() {
                    Some(&"json") => {
                        let found: serde_json::Value = serde_json::from_str(&said.out).expect("whole JSON");
                        let found = found.as_array().map(Vec::as_slice).unwrap_or_default();
                        found.iter().any(|one| one["code"] == "K0201" && one["file"] == "shop.kpi")
                    }
                    Some(&"check") => said.out.contains("there is no measure or KPI `revenu`"),
                    _ => said.out.contains("shop.kpi"),
                };
                assert!(is_told, "{arguments:?}: {}{}", said.out, said.err);
            }
        }
        done.store(true, Ordering::Relaxed);
    });
}

/// A folder that goes away beneath a running kpic, as far as the system allows it.
#[test]
fn a_current_folder_that_is_gone_is_said() {
    let place = Place::new(&[]);
    let gone = place.path().join("gone");
    fs::create_dir(&gone).expect("made");
    for arguments in ["check", "init", "fmt", "check --changed", "check --format github"] {
        fs::create_dir_all(&gone).expect("made");
        let script = format!("cd \"$1\" && rmdir \"$1\" && exec \"$0\" {arguments}");
        let output = Command::new("sh")
            .args(["-c", &script, env!("CARGO_BIN_EXE_kpic")])
            .arg(&gone)
            .output()
            .expect("a shell starts");
        let said = said(&output);
        let (code, fact) = match arguments {
            "init" => (1, "`kpic.yaml` cannot be written: No such file"),
            _ => (2, "error: `.` cannot be opened: No such file"),
        };
        assert_eq!((said.code, said.out.as_str()), (Some(code), ""), "{arguments}: {said:?}");
        assert!(said.err.contains(fact) && said.err.contains("help: "), "{arguments}: {said:?}");
        assert!(!gone.exists(), "{arguments}");
    }
}

// ------------------------------------------------------------------ very many

#[test]
fn ten_thousand_files_are_read_in_one_go() {
    let place = project();
    for n in 0..10_000 {
        place
            .write(&format!("d{}/f{n}.kpi", n % 100), format!("kpi k{n} = orders * {}\n", n + 2).as_bytes())
            .expect("written");
    }
    let began = Instant::now();
    let said = place.kpic(&["check"]);
    assert_eq!(said.code, Some(1));
    assert!(said.err.starts_with("1 error") && said.err.ends_with(" in 10001 files\n"), "{}", said.err);
    git(place.path(), &["init", "-q"]);
    commit(place.path());
    place.write("d7/f7.kpi", b"kpi k7 = orders + nothing\n").expect("written");
    let said = place.kpic(&["check", "--changed"]);
    assert_eq!(said.code, Some(1), "{}", said.err);
    assert!(said.out.contains("--> d7/f7.kpi:1:19") && !said.out.contains("shop.kpi"), "{}", said.out);
    assert_eq!(place.kpic(&["fmt"]).code, Some(0));
    // A build without optimization, beside other tests.
    assert!(began.elapsed() < Duration::from_secs(400), "{:?}", began.elapsed());
}

// ----------------------------------------------------------------------- git

#[test]
fn repositories_without_commits_or_with_damage_are_told() {
    let place = project();
    git(place.path(), &["init", "-q"]);
    let said = place.kpic(&["check", "--changed"]);
    assert_eq!((said.code, said.out.as_str()), (Some(2), ""));
    assert!(said.err.contains("no commit yet"), "{}", said.err);
    commit(place.path());
    assert_eq!(place.kpic(&["check", "--changed"]).code, Some(0));
    place.write(".git/HEAD", b"nonsense\n").expect("written");
    let said = place.kpic(&["check", "--changed"]);
    assert_eq!((said.code, said.out.as_str()), (Some(2), ""), "{}", said.err);
    assert!(said.err.contains(" help: "), "{}", said.err);
    // Objects that are gone: what was there before cannot be known, so all of it is told.
    let place = project();
    git(place.path(), &["init", "-q"]);
    commit(place.path());
    let blob = git(place.path(), &["rev-parse", "HEAD:shop.kpi"]);
    let (folder, name) = blob.trim().split_at(2);
    fs::remove_file(place.path().join(".git/objects").join(folder).join(name)).expect("there");
    let said = kpic(place.path(), &["check", "--changed"]);
    assert_eq!(said.code, Some(1), "{said:?}");
    assert!(said.out.contains("there is no measure or KPI `revenu`"), "{said:?}");
}
