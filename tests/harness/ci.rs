//! The commands of CI files, taken out of them and run as the service would.
#![allow(dead_code, reason = "each test asks for some")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_yaml::Value;

/// A command, where it runs, and what it finds in its environment.
#[derive(Debug, Clone)]
pub struct Step {
    pub name: String,
    pub run: String,
    pub folder: PathBuf,
    pub env: BTreeMap<String, String>,
}

/// What a step said, and its exit code.
#[derive(Debug)]
pub struct Ended {
    pub name: String,
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Step {
    /// Runs it in a repository, with the kpic of this build on the path.
    ///
    /// What the service knows of a pull request is that it is based on the last commit.
    pub fn run(&self, repository: &Path, home: &Path) -> Ended {
        let kpic = Path::new(env!("CARGO_BIN_EXE_kpic")).parent().expect("it lies in a folder");
        let path = std::env::var("PATH").unwrap_or_default();
        let output = Command::new("bash")
            .args(["-eo", "pipefail", "-c", &self.run])
            .current_dir(repository.join(&self.folder))
            .env("PATH", format!("{}:{path}", kpic.display()))
            .env("NO_COLOR", "1")
            .env("HOME", home)
            .env("GITHUB_STEP_SUMMARY", home.join("summary.md"))
            .envs(&self.env)
            .env("BASE", "HEAD")
            .env("CI_MERGE_REQUEST_DIFF_BASE_SHA", "HEAD")
            .output()
            .expect("bash starts");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        Ended {
            name: self.name.clone(),
            code: output.status.code(),
            out: text(output.stdout),
            err: text(output.stderr),
        }
    }
}

fn yaml(text: &str) -> Value {
    serde_yaml::from_str(text).expect("YAML")
}

fn text(value: &Value) -> String {
    value.as_str().map(str::to_owned).unwrap_or_default()
}

fn texts(value: &Value) -> BTreeMap<String, String> {
    let pairs = value.as_mapping().into_iter().flatten();
    pairs.map(|(key, value)| (text(key), text(value))).collect()
}

/// The steps of a workflow's only job that run commands.
pub fn of_github(file: &str) -> Vec<Step> {
    let file = yaml(file);
    let (_, job) = file["jobs"].as_mapping().and_then(|jobs| jobs.iter().next()).expect("a job");
    let folder = text(&job["defaults"]["run"]["working-directory"]);
    steps(&job["steps"], Path::new(&folder), |text| text.to_owned())
}

/// The steps of a composite action, with these inputs.
pub fn of_action(file: &str, inputs: &[(&str, &str)]) -> Vec<Step> {
    let filled = |text: &str| {
        let mut text = text.to_owned();
        for (name, value) in inputs {
            text = text.replace(&format!("${{{{ inputs.{name} }}}}"), value);
        }
        assert!(!text.contains("inputs."), "{text}: an input without a value");
        text
    };
    steps(&yaml(file)["runs"]["steps"], Path::new("."), filled)
}

fn steps(steps: &Value, folder: &Path, filled: impl Fn(&str) -> String) -> Vec<Step> {
    let steps = steps.as_sequence().expect("steps").iter().filter(|step| step["run"].is_string());
    steps
        .map(|step| Step {
            name: text(&step["name"]),
            run: filled(&text(&step["run"])),
            folder: match step["working-directory"].as_str() {
                Some(own) => PathBuf::from(filled(own)),
                None => folder.to_path_buf(),
            },
            env: texts(&step["env"]).into_iter().map(|(key, value)| (key, filled(&value))).collect(),
        })
        .collect()
}

/// The lines of a pipeline's only job as one script, which stops at the first that fails.
pub fn of_gitlab(file: &str, repository: &Path) -> Step {
    let file = yaml(file);
    let jobs = file.as_mapping().expect("jobs").iter();
    let (name, job) = jobs.last().expect("a job");
    let project = repository.display().to_string();
    let mut env: BTreeMap<String, String> = BTreeMap::from([("CI_PROJECT_DIR".into(), project.clone())]);
    for (key, value) in texts(&job["variables"]) {
        env.insert(key, value.replace("$CI_PROJECT_DIR", &project).replace("$$", "$"));
    }
    let lines =
        ["before_script", "script"].into_iter().flat_map(|part| job[part].as_sequence().expect("lines"));
    let run = lines.map(text).collect::<Vec<_>>().join("\n");
    Step { name: text(name), run, folder: PathBuf::from("."), env }
}
