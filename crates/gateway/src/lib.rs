//! The graph over HTTP: actix-web and async-graphql, and nobody else may know either of them.
//!
//! Reads through `persistence` and writes through use-cases of `app`. Start with [`Gateway`], which answers one
//! request, then `schema` for the graph, `plan` for how a selection becomes one statement, and
//! `write` for how its result becomes an answer.

#[cfg(test)]
mod access;
mod cache;
mod cost;
mod document;
mod error;
mod execute;
mod feed;
#[cfg(any(test, feature = "fuzzing"))]
pub mod fuzzing;
mod gate;
mod http;
mod metrics;
mod plan;
mod playground;
mod rate;
mod schema;
mod selection;
mod settings;
mod write;

pub use document::{RefusedDocument, check_documents};
pub use execute::{Gateway, Maker};
pub use http::{Stop, serve};
pub use schema::sdl;
pub use settings::{
    BulkSettings, CacheSettings, DocumentLimits, DocumentMode, DocumentSettings, EdgeSettings,
    ExecutionSettings, GatewaySettings, HttpProfile, KeyedSettings, RateSettings, SocketSettings,
};
