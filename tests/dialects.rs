//! `kpic dialects`, and the page that carries what it says.

use std::fs;
use std::path::Path;
use std::process::Command;

#[test]
fn the_page_has_the_table_of_what_each_can_say() {
    const BEGIN: &str = "<!-- what each can say -->\n";
    const END: &str = "<!-- end of what each can say -->\n";
    let mut kpic = Command::new(env!("CARGO_BIN_EXE_kpic"));
    let output = kpic.args(["dialects", "--format", "markdown"]).output().expect("kpic starts");
    let table = String::from_utf8(output.stdout).expect("the table is text");
    // Each cell as wide as it must be, and each note in a line of its own.
    let table: String = table.lines().map(|line| narrow(line) + "\n").collect();
    let table = table.replace("\n(", "  \n(");
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/dialects.md");
    let text = fs::read_to_string(&page).expect("the page is there");
    let (before, rest) = text.split_once(BEGIN).expect("the table has a mark");
    let (there, after) = rest.split_once(END).expect("the table's end has a mark");
    if std::env::var_os("KPIC_UPDATE").is_some() {
        let written = [before, BEGIN, &table, END, after].concat();
        return fs::write(&page, written).expect("the page can be written");
    }
    assert_eq!(there, table, "KPIC_UPDATE=1 writes it into docs/dialects.md");
}

fn narrow(line: &str) -> String {
    match line.starts_with('|') {
        true if line.contains("---") => {
            line.split('|').map(|cell| if cell.is_empty() { "" } else { "---" }).collect::<Vec<_>>().join("|")
        }
        true => line
            .split('|')
            .map(|cell| cell.trim().to_string())
            .collect::<Vec<_>>()
            .join(" | ")
            .trim()
            .to_string(),
        false => line.to_string(),
    }
}
