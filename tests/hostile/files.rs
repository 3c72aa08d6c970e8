//! Files of every kind, through the binary.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::way::*;

/// Exit code, stdout and stderr of a check of one file.
fn check(
    name: &'static str,
    file: &'static str,
    bytes: Vec<u8>,
    format: &'static str,
) -> (Option<i32>, String, String) {
    ends(name, move || {
        let place = tempfile::tempdir().expect("a folder can be made");
        fs::write(place.path().join("kpic.yaml"), "").expect("a file can be written");
        fs::write(place.path().join(file), bytes).expect("a file can be written");
        run(place.path(), &["check", "--format", format])
    })
}

fn run(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_kpic"))
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .expect("kpic runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

#[test]
fn files_of_every_kind_are_answered() {
    let bytes = |text: &str| text.as_bytes().to_vec();
    let utf16 = SOURCE.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let cases: Vec<(&'static str, &'static str, Vec<u8>, i32, &str)> = vec![
        ("as it is", "a.kpi", bytes(SOURCE), 0, "no findings"),
        ("empty", "a.kpi", Vec::new(), 0, "no findings"),
        ("lines that end in CR LF", "a.kpi", bytes(&SOURCE.replace('\n', "\r\n")), 0, "no findings"),
        ("lines that end in CR", "a.kpi", bytes(&SOURCE.replace('\n', "\r")), 0, "no findings"),
        ("a byte order mark", "a.kpi", bytes(&format!("\u{feff}{SOURCE}")), 0, "no findings"),
        ("UTF-16", "a.kpi", utf16, 1, "a.kpi:1:2"),
        ("invalid UTF-8", "a.kpi", b"kpi x = \xff n".to_vec(), 1, "a.kpi:1:9"),
        ("invalid UTF-8 in YAML", "a.kpi.yaml", b"kpis:\n  x: \xff\n".to_vec(), 1, "a.kpi.yaml:2:6"),
        ("NUL", "a.kpi", b"kpi x =\n \0".to_vec(), 1, "a.kpi:2:2"),
        ("NUL in YAML", "a.kpi.yaml", b"kpis:\n  x: \0\n".to_vec(), 1, "a.kpi.yaml:2:6"),
        (
            "fifty megabytes",
            "a.kpi",
            bytes(&(SOURCE.to_string() + &"# a remark\n".repeat(5_000_000))),
            1,
            "K0104",
        ),
        ("fifty megabytes of YAML", "a.kpi.yaml", b"# a remark\n".repeat(5_000_000), 1, "K0104"),
        (
            "250 cases in each other",
            "a.kpi",
            bytes(&format!("{SOURCE}kpi x = {}", nested("case when n > 1 then ", "1", " else 2 end", 250))),
            0,
            "no findings",
        ),
        ("100,000 brackets", "a.kpi", bytes(&"(".repeat(MANY)), 1, "K0103"),
        (
            "100,000 minus signs",
            "a.kpi",
            bytes(&format!("{SOURCE}kpi x = {}n", "-".repeat(MANY))),
            1,
            "K0103",
        ),
        ("100,000 brackets of YAML", "a.kpi.yaml", bytes(&"[".repeat(MANY)), 1, "K0103"),
    ];
    for (name, file, bytes, code, says) in cases {
        for format in ["text", "json", "sarif", "github"] {
            let (exit, out, err) = check(name, file, bytes.clone(), format);
            assert_eq!(exit, Some(code), "{name}: {out}{err}");
            if format == "text" {
                assert!(format!("{out}{err}").contains(says), "{name}: {out}{err}");
            }
        }
    }
}

#[test]
fn a_stream_without_end_is_no_file() {
    for name in ["/dev/zero", "/dev/urandom"] {
        if !Path::new(name).exists() {
            continue;
        }
        let (exit, out, err) = ends(name, move || {
            let place = tempfile::tempdir().expect("a folder can be made");
            fs::write(place.path().join("kpic.yaml"), "").expect("a file can be written");
            #[cfg(unix)]
            std::os::unix::fs::symlink(name, place.path().join("a.kpi")).expect("a link can be made");
            run(place.path(), &["check"])
        });
        assert_eq!(exit, Some(1), "{name}: {out}{err}");
    }
}
