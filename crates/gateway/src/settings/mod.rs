//! How the gateway is run: every limit that it keeps, and the value of each when nobody says
//! otherwise.

mod bulk;
mod cache;
mod document;
mod edge;
mod keyed;
mod limit;
mod rate;
mod socket;

use std::time::Duration;

pub use bulk::BulkSettings;
pub use cache::CacheSettings;
pub use document::{DocumentMode, DocumentSettings};
pub use edge::{EdgeSettings, HttpProfile};
pub use keyed::KeyedSettings;
pub use limit::DocumentLimits;
pub use rate::RateSettings;
pub use socket::SocketSettings;

/// Settings of the gateway, resolved: every field has its value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GatewaySettings {
    /// Connections, bodies, answers and the way down.
    pub edge: EdgeSettings,
    /// How large a document may be.
    pub limits: DocumentLimits,
    /// What an operation may cost, and how much a caller may spend.
    pub rates: RateSettings,
    /// What callers with a key may do beyond that.
    pub keyed: KeyedSettings,
    /// Which documents are answered.
    pub documents: DocumentSettings,
    /// Which answers are kept.
    pub cache: CacheSettings,
    /// What an execution may take and give.
    pub execution: ExecutionSettings,
    /// Sockets and streams.
    pub sockets: SocketSettings,
    /// Exports and imports.
    pub bulk: BulkSettings,
}

/// What an execution may take and give.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExecutionSettings {
    /// Whether clients may ask for the schema; without it nothing is suggested either.
    pub introspection: bool,
    /// How long an operation may run.
    pub deadline: Duration,
    /// The largest number of bytes of an answer.
    pub response_bytes: usize,
    /// The largest number of objects in an answer.
    pub response_objects: usize,
}

impl Default for ExecutionSettings {
    fn default() -> Self {
        Self {
            introspection: true,
            deadline: Duration::from_secs(5),
            response_bytes: 8 * 1024 * 1024,
            response_objects: 10_000,
        }
    }
}

impl GatewaySettings {
    /// The usual settings on a single thread and without a rate limit, for tests.
    #[must_use]
    pub fn for_testing() -> Self {
        Self {
            edge: EdgeSettings {
                workers: 1,
                lame_duck: Duration::ZERO,
                ..EdgeSettings::default()
            },
            rates: RateSettings {
                enabled: false,
                ..RateSettings::default()
            },
            ..Self::default()
        }
    }
}
