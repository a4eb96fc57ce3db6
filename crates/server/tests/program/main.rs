//! The program as its users meet it: arguments, files, streams, signals and exit codes.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a failed step is a failed test"
)]

mod audit;
mod bulk;
mod canary;
mod chunk;
mod data_set;
mod doctor;
mod documents;
mod export;
mod follow;
mod forwarder;
mod import;
mod key;
mod load;
mod migrate;
mod mirror;
mod program;
mod reindex;
mod resolve_title;
mod restart;
mod schema;
mod serve;
mod setting;
mod token;
#[cfg(feature = "otlp")]
mod traces;
