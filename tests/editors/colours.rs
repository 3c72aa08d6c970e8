//! The TextMate grammar, read by the tokenizer of Visual Studio Code, against the parser.

use std::collections::BTreeMap;
use std::io::Write;
use std::ops::Range;
use std::process::{Command, Stdio};

use kpic::syntax::dsl::{self, Piece};

use super::{printed, root, texts};

type Token = (usize, usize, String);
type Pieces = Vec<(Piece, Range<usize>)>;

fn tokens(texts: &[&str]) -> Vec<Vec<Token>> {
    let folder = Command::new(root().join("scripts/tokenizer")).stderr(Stdio::inherit()).output();
    let folder = folder.expect("the script starts");
    assert!(folder.status.success(), "scripts/tokenizer: {}", folder.status);
    let mut grammar = tempfile::NamedTempFile::with_suffix(".json").expect("a file can be made");
    grammar.write_all(printed("grammar").as_bytes()).expect("it can be written");
    let mut node = Command::new("node")
        .arg(root().join("tests/editors/tokenize.js"))
        .arg(String::from_utf8_lossy(&folder.stdout).trim())
        .arg(grammar.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("node starts");
    let asked = serde_json::to_string(texts).expect("texts serialise");
    let mut stdin = node.stdin.take().expect("it is piped");
    let writer = std::thread::spawn(move || stdin.write_all(asked.as_bytes()));
    let output = node.wait_with_output().expect("it ends");
    writer.join().expect("no panic").expect("it reads");
    assert!(output.status.success(), "node ended with {}", output.status);
    serde_json::from_slice(&output.stdout).expect("it answers in JSON")
}

/// Whether an editor colours a piece as what it is.
fn fits(piece: Piece, scope: &str) -> bool {
    let begins = |with: &[&str]| with.iter().any(|with| scope.starts_with(with));
    match piece {
        Piece::Comment => begins(&["comment."]),
        Piece::Keyword => {
            begins(&["keyword.", "storage.", "constant.language."]) && !scope.contains("operator")
        }
        Piece::Text => begins(&["string.quoted.single."]),
        Piece::Label => begins(&["string.quoted.double."]),
        Piece::Number => begins(&["constant.numeric."]),
        Piece::Unit => begins(&["keyword.other."]),
        Piece::Name => begins(&["variable.", "entity.name."]),
    }
}

#[test]
fn every_piece_of_the_corpus_has_its_scope() {
    let files = texts(&["tests/corpus", "examples", "kpis", "tests/golden"], &[".kpi"]);
    let read: Vec<(String, &str, Pieces)> = files
        .iter()
        .filter_map(|(path, text)| {
            Some((path.strip_prefix(root()).ok()?.display().to_string(), text.as_str(), dsl::pieces(text)?))
        })
        .collect();
    assert!(read.len() > 300, "only {} files", read.len());
    let all: Vec<&str> = read.iter().map(|(_, text, _)| *text).collect();
    let mut wrong = Vec::new();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for ((name, text, pieces), tokens) in read.iter().zip(tokens(&all)) {
        for (piece, range) in pieces {
            *counts.entry(format!("{piece:?}")).or_default() += 1;
            let over = tokens.iter().filter(|(from, to, _)| *from < range.end && *to > range.start);
            for (_, _, scope) in over.filter(|(_, _, scope)| !fits(*piece, scope)) {
                let line = text[..range.start].matches('\n').count() + 1;
                wrong.push(format!("{name}:{line}: {piece:?} `{}` is {scope}", &text[range.clone()]));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new(), "{} of {counts:?}", wrong.len());
    assert!(counts.len() == 7 && counts.values().all(|count| *count > 100), "{counts:?}");
}
