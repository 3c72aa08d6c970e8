//! The packs of KPIs that kpic carries.
//!
//! Takes the files under `kpis/` when kpic is built, gives their texts by pack: KPIs over
//! logical sources, which a project completes with its own tables and columns. Never
//! reads what they say.

/// A file of a pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Text {
    pub pack: &'static str,
    pub file: &'static str,
    pub text: &'static str,
}

/// Pack, file and text of each file under `kpis/`, in the order of their names.
const FILES: &[(&str, &str, &str)] = include!(concat!(env!("OUT_DIR"), "/packs.rs"));

/// The folder of the sources that all packs share; no pack by itself.
const VOCABULARY: &str = "vocabulary";

/// The packs by their names.
pub fn names() -> Vec<&'static str> {
    let mut names: Vec<&str> = FILES.iter().map(|(pack, ..)| *pack).filter(|p| *p != VOCABULARY).collect();
    names.dedup();
    names
}

/// A pack's files; `None`: no pack of this name.
pub fn texts(pack: &str) -> Option<Vec<Text>> {
    names().contains(&pack).then(|| of(pack))
}

/// The sources that all packs share.
pub fn vocabulary() -> Vec<Text> {
    of(VOCABULARY)
}

fn of(folder: &str) -> Vec<Text> {
    let files = FILES.iter().filter(|(pack, ..)| *pack == folder);
    files.map(|(pack, file, text)| Text { pack, file, text }).collect()
}
