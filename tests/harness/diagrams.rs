//! What programs make of diagrams: Graphviz and Mermaid themselves, fetched by `scripts/diagrams`.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use serde::Deserialize;

/// What somebody sees: the texts in boxes, and how many arrows there are.
#[derive(Debug, Deserialize)]
pub struct Drawn {
    pub boxes: Vec<String>,
    pub arrows: usize,
}

#[derive(Debug, Deserialize)]
pub struct Both {
    pub mermaid: Drawn,
    pub svg: Drawn,
}

fn folder() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts/diagrams");
        let output = Command::new(script).stderr(Stdio::inherit()).output().expect("the script starts");
        assert!(output.status.success(), "scripts/diagrams: {}", output.status);
        PathBuf::from(String::from_utf8_lossy(&output.stdout).trim())
    })
}

/// Mermaid marks the entities of a text, and lets the browser read them when it draws.
const READ: &str = r"
const { createRequire } = require('node:module');
const { readFileSync } = require('node:fs');
const { runInContext } = require('node:vm');
const folder = process.argv[1] + '/';
const { JSDOM } = createRequire(folder)('jsdom');
const page = new JSDOM('<!doctype html><body></body>', { runScripts: 'outside-only' });
runInContext(readFileSync(folder + 'mermaid.min.js', 'utf8'), page.getInternalVMContext());
const { mermaid, document } = page.window;
const asked = JSON.parse(readFileSync(0, 'utf8'));
const shown = (text) => {
  const element = document.createElement('p');
  element.innerHTML = text.replace(/ﬂ°°/g, '&#').replace(/ﬂ°/g, '&').replace(/¶ß/g, ';');
  if (element.children.length > 0) throw new Error('markup in ' + text);
  return element.textContent;
};
(async () => {
  // Kinds of diagrams are known once one was read.
  await mermaid.parse(asked.mermaid);
  const { db } = await mermaid.mermaidAPI.getDiagramFromText(asked.mermaid);
  const svg = new JSDOM(asked.svg, { contentType: 'image/svg+xml' }).window.document;
  const texts = (node) => [...node.querySelectorAll('text')].map((text) => text.textContent).join('\n');
  const both = {
    mermaid: { boxes: [...db.getVertices().values()].map((box) => shown(box.text)), arrows: db.getEdges().length },
    svg: { boxes: [...svg.querySelectorAll('g.node')].map(texts), arrows: svg.querySelectorAll('g.edge').length },
  };
  process.stdout.write(JSON.stringify(both));
})().catch((error) => { console.error(String(error).slice(0, 500)); process.exit(1); });
";

/// What both programs make of their texts.
pub fn read(dot: &str, mermaid: &str) -> Both {
    let node = folder();
    let svg = piped(Command::new("dot").arg("-Tsvg"), dot.as_bytes());
    let asked = serde_json::json!({"mermaid": mermaid, "svg": String::from_utf8_lossy(&svg)});
    let said = piped(Command::new("node").args(["-e", READ]).arg(node), asked.to_string().as_bytes());
    serde_json::from_slice(&said).expect("it answers in JSON")
}

/// What a program makes of its input.
fn piped(command: &mut Command, input: &[u8]) -> Vec<u8> {
    let command = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    let mut stdin = child.stdin.take().expect("it is piped");
    let input = input.to_vec();
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().expect("it ends");
    let said = String::from_utf8_lossy(&output.stderr);
    // Graphviz warns of what it does not understand.
    assert!(output.status.success() && said.trim().is_empty(), "{command:?}: {said}");
    writer.join().expect("no panic").expect("it reads");
    output.stdout
}
