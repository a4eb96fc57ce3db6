//! The graph over HTTP: actix-web and async-graphql, and nobody else may know either of them.
//!
//! Reads through `persistence` only and writes nothing.

mod error;
mod gate;
mod schema;
mod settings;

pub use settings::GatewaySettings;
