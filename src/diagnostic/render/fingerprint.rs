//! What stays the same of a finding when lines above it come and go, so that a service
//! knows it again after a change.

use std::collections::HashMap;

use super::place::place;
use crate::diagnostic::Diagnostic;
use crate::source::Sources;

/// Bytes of a line that are looked at: a file of one line may hold as many findings.
const LONG_LINE: usize = 200;

/// Of each finding a text that no other one has: a hash of its code, its file and what stands
/// on its line, and which of those that agree in these it is.
pub(super) fn fingerprints(found: &[Diagnostic], sources: &Sources) -> Vec<String> {
    let mut seen: HashMap<u64, usize> = HashMap::new();
    let of = |diagnostic: &Diagnostic| {
        let hash = hash(diagnostic, sources);
        let count = seen.entry(hash).or_default();
        *count += 1;
        format!("{hash:016x}:{count}")
    };
    found.iter().map(of).collect()
}

fn hash(diagnostic: &Diagnostic, sources: &Sources) -> u64 {
    let code = diagnostic.code.id();
    match diagnostic.span {
        None => fnv(&[code, &diagnostic.message]),
        Some(span) => {
            let file = sources.get(span.file);
            let line = &file.text[file.line_range(place(span, sources).start.line)];
            fnv(&[code, &file.path, line[..line.floor_char_boundary(LONG_LINE)].trim()])
        }
    }
}

/// FNV-1a: the same on every machine and in every version, unlike the standard library's.
fn fnv(parts: &[&str]) -> u64 {
    let bytes = parts.iter().flat_map(|part| part.bytes().chain([0]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
