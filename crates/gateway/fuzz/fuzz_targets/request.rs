//! Bodies and query strings for the decoders of requests.

#![no_main]

use gateway::fuzzing::probe_request;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| probe_request(input));
