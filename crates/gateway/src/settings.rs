//! How the gateway is run.

use std::time::Duration;

/// Settings of the gateway, resolved: every field has its value.
#[derive(Clone, Debug)]
pub struct GatewaySettings {
    /// The largest number of bytes of the body of a request.
    pub request_bytes: usize,
    /// How long the whole body of a request may take to arrive.
    pub body_deadline: Duration,
    /// How long an operation may run.
    pub deadline: Duration,
    /// How long a stop waits for requests in flight.
    pub shutdown_grace: Duration,
    /// Threads that serve requests.
    pub workers: usize,
}

impl Default for GatewaySettings {
    fn default() -> Self {
        Self {
            request_bytes: 64 * 1024,
            body_deadline: Duration::from_secs(10),
            deadline: Duration::from_secs(5),
            shutdown_grace: Duration::from_secs(20),
            workers: std::thread::available_parallelism().map_or(2, std::num::NonZero::get),
        }
    }
}

impl GatewaySettings {
    /// The usual settings on a single thread, for tests.
    #[must_use]
    pub fn for_testing() -> Self {
        Self {
            workers: 1,
            ..Self::default()
        }
    }
}
