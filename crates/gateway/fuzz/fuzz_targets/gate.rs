//! Documents and variables for the gate.

#![no_main]

use std::sync::LazyLock;

use gateway::DocumentLimits;
use gateway::fuzzing::FuzzedGate;
use libfuzzer_sys::fuzz_target;

static GATE: LazyLock<FuzzedGate> = LazyLock::new(|| FuzzedGate::new(DocumentLimits::default()));

fuzz_target!(|input: &str| GATE.probe(input));
