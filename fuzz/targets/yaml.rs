//! Texts in YAML: as definitions, and as a project file.
#![no_main]

mod way;

use kpic::diagnostic::Sink;
use kpic::model;
use kpic::source::FileId;
use kpic::syntax::yaml;

libfuzzer_sys::fuzz_target!(|text: &str| {
    way::whole(text, yaml::parse);
    let mut sink = Sink::new();
    let settings = yaml::project(FileId(0), text, &mut sink);
    model::build(&[], &settings, &mut sink);
    way::places(text, sink);
});
