//! Whole catalogues as lines of JSON: out of the server at `/export`, into it at `/import`.
//!
//! Both answer while they work and hold a page or a batch and no more, so that neither the size of
//! the catalogue nor the speed of a client matters. What the lines say is decided in
//! `ingest::bulk`.

mod door;
mod export;
mod import;
mod intake;

use std::sync::Arc;

use tokio::sync::Semaphore;

use super::socket::Seats;
use crate::GatewaySettings;

pub(super) use door::other_method;
pub(super) use export::get as export;
pub(super) use import::post as import;

/// The media type of lines of JSON.
const NDJSON: &str = "application/x-ndjson";

/// Who exports and imports at the moment.
pub(super) struct Bulk {
    /// Each caller has one.
    exports: Seats,
    /// Each caller has one.
    imports: Seats,
    /// For all exports together, which keep a connection each.
    room: Arc<Semaphore>,
}

impl Bulk {
    /// Nobody does.
    pub(super) fn new(settings: &GatewaySettings) -> Self {
        let room = settings.bulk.exports.min(Semaphore::MAX_PERMITS);
        Self {
            exports: Seats::new(),
            imports: Seats::new(),
            room: Arc::new(Semaphore::new(room)),
        }
    }

    /// From now on imports end with their next batch.
    pub(super) fn leave(&self) {
        self.imports.leave();
    }
}
