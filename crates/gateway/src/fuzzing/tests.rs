//! Everything that fuzzing has kept, once more.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use super::*;

/// The inputs of a target: those that we wrote, and those that the fuzzer found to differ.
fn inputs(target: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
    let mut inputs = Vec::new();
    for kind in ["seeds", "corpus"] {
        let folder = folder.join(kind).join(target);
        let files = std::fs::read_dir(&folder).unwrap();
        let paths = files.map(|file| file.unwrap().path());
        let read = paths.map(|path| (path.display().to_string(), std::fs::read(path).unwrap()));
        let before = inputs.len();
        inputs.extend(read);
        assert!(inputs.len() > before, "{} is empty", folder.display());
    }
    inputs.sort();
    inputs
}

/// Gives every input of a target to the probe.
fn replay(target: &str, probe: impl Fn(&[u8])) {
    for (name, input) in inputs(target) {
        let kept = catch_unwind(AssertUnwindSafe(|| probe(&input)));
        assert!(kept.is_ok(), "{name}");
    }
}

#[test]
fn the_gate_keeps_its_promises_for_the_whole_corpus() {
    let gate = FuzzedGate::new(DocumentLimits::default());
    replay("gate", |input| {
        // The fuzzer leaves out what is not text as well.
        if let Ok(input) = std::str::from_utf8(input) {
            gate.probe(input);
        }
    });
}

#[test]
fn decoders_keep_their_promises_for_the_whole_corpus() {
    replay("request", probe_request);
}
