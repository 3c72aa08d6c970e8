//! Texts in the language's own spelling.
#![no_main]

mod way;

use kpic::syntax::dsl;

libfuzzer_sys::fuzz_target!(|text: &str| {
    way::whole(text, dsl::parse);
});
