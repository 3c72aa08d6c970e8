//! Texts in the language's own spelling.
#![no_main]

mod way;

use kpic::syntax::{dsl, format};

libfuzzer_sys::fuzz_target!(|text: &str| {
    way::whole(text, way::Spelling { read: dsl::parse, print: format::dsl });
});
