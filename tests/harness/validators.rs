//! What judges files that services read, fetched by `scripts/validators`.
#![allow(dead_code, reason = "each test asks for some")]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

pub type Judged = Result<(), String>;

fn folder() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts/validators");
        let output = Command::new(script).stderr(Stdio::inherit()).output().expect("the script starts");
        assert!(output.status.success(), "scripts/validators: {}", output.status);
        PathBuf::from(String::from_utf8_lossy(&output.stdout).trim())
    })
}

/// Whether a JSON text fits one of the folder's schemas.
pub fn fits(schema: &str, text: &str) -> Judged {
    let mut file = tempfile::NamedTempFile::with_suffix(".json").expect("a file can be made");
    file.write_all(text.as_bytes()).expect("it can be written");
    let schema = folder().join(schema);
    let mut command = Command::new(folder().join("bin/check-jsonschema"));
    // One pattern of the schema of SARIF is none in today's JavaScript.
    command.args(["--regex-variant", "python", "--schemafile"]);
    verdict(&command.arg(schema).arg(file.path()).output().expect("it starts"))
}

/// Whether a YAML file fits a schema that check-jsonschema carries: `vendor.github-workflows`.
pub fn fits_builtin(schema: &str, file: &Path) -> Judged {
    let mut command = Command::new(folder().join("bin/check-jsonschema"));
    verdict(&command.args(["--builtin-schema", schema]).arg(file).output().expect("it starts"))
}

/// Whether pre-commit takes a list of hooks.
pub fn fits_pre_commit(file: &Path) -> Judged {
    let mut command = Command::new(folder().join("bin/pre-commit"));
    verdict(&command.arg("validate-manifest").arg(file).output().expect("it starts"))
}

/// Jenkins's schema knows no `file` and no `line` of a case, which GitLab and others read.
const XSD: &str = "
import re, sys, xmlschema
text = re.sub(r'(<testcase [^>]*?) file=\"[^\"]*\"', r'\\1', sys.stdin.buffer.read().decode())
text = re.sub(r'(<testcase [^>]*?) line=\"[0-9]*\"', r'\\1', text)
xmlschema.XMLSchema(sys.argv[1]).validate(text)
";

/// Whether a report of tests fits the schema of JUnit's XML.
pub fn fits_xsd(report: &str) -> Judged {
    let mut python = Command::new(folder().join("bin/python"))
        .args(["-c", XSD])
        .arg(folder().join("junit.xsd"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("Python starts");
    let mut stdin = python.stdin.take().expect("it is piped");
    stdin.write_all(report.as_bytes()).expect("it reads");
    drop(stdin);
    verdict(&python.wait_with_output().expect("it ends"))
}

fn verdict(output: &Output) -> Judged {
    let said = [&output.stdout, &output.stderr].map(|text| String::from_utf8_lossy(text).into_owned());
    if output.status.success() { Ok(()) } else { Err(said.concat()) }
}

/// Runs the hooks of a repository on all of its files, with the kpic of this build on the path.
pub fn pre_commit(repository: &Path) -> Judged {
    let kpic = Path::new(env!("CARGO_BIN_EXE_kpic")).parent().expect("it lies in a folder");
    let path = std::env::var("PATH").unwrap_or_default();
    let mut command = Command::new(folder().join("bin/pre-commit"));
    command.args(["run", "--all-files", "--color", "never"]).current_dir(repository);
    command
        .env("PATH", format!("{}:{path}", kpic.display()))
        .env("PRE_COMMIT_HOME", repository.join(".git/hooks-of"));
    verdict(&command.output().expect("it starts"))
}

/// Reads YAML as editors do: YAML 1.2, in which dates are texts.
const YAML: &str = "
import json, sys, jsonschema, ruamel.yaml
class Reader(ruamel.yaml.SafeConstructor): pass
Reader.add_constructor('tag:yaml.org,2002:timestamp', lambda reader, node: node.value)
asked = json.load(sys.stdin)
schema = jsonschema.Draft7Validator(asked['schema'])
schema.check_schema(asked['schema'])
said = []
for text in asked['texts']:
    yaml = ruamel.yaml.YAML(typ='safe', pure=True)
    yaml.Constructor = Reader
    try:
        error = jsonschema.exceptions.best_match(schema.iter_errors(yaml.load(text)))
        said.append(error and error.json_path + ': ' + error.message[:300])
    except ruamel.yaml.error.YAMLError as error:
        said.append('no YAML: ' + str(error)[:300])
json.dump(said, sys.stdout)
";

/// Of each YAML text whether it fits a JSON Schema.
pub fn yaml_fits(schema: &serde_json::Value, texts: &[String]) -> Vec<Judged> {
    let mut python = Command::new(folder().join("bin/python"))
        .args(["-c", YAML])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("Python starts");
    let asked = serde_json::json!({"schema": schema, "texts": texts}).to_string();
    let mut stdin = python.stdin.take().expect("it is piped");
    let writer = std::thread::spawn(move || stdin.write_all(asked.as_bytes()));
    let output = python.wait_with_output().expect("it ends");
    writer.join().expect("no panic").expect("it reads");
    assert!(output.status.success(), "Python ended with {}", output.status);
    let said: Vec<Option<String>> = serde_json::from_slice(&output.stdout).expect("it answers in JSON");
    assert_eq!(said.len(), texts.len());
    said.into_iter().map(|error| error.map_or(Ok(()), Err)).collect()
}
