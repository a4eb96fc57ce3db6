//! Connections, bodies, and the way down.

use std::time::Duration;

use ipnet::IpNet;

/// Which statuses answers have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HttpProfile {
    /// As the published audit suite of GraphQL over HTTP asks for.
    #[default]
    Audit,
    /// As the draft of 2026 asks for: 422 for a document that cannot be executed, 294 for an
    /// answer in which fields failed.
    Draft2026,
}

/// Settings of the transport, resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EdgeSettings {
    /// Which statuses answers have.
    pub http_profile: HttpProfile,
    /// The largest number of bytes of the body of a request.
    pub body_bytes: usize,
    /// How long the whole body of a request may take to arrive.
    pub body_deadline: Duration,
    /// The largest number of bytes of an address with its query string.
    pub uri_bytes: usize,
    /// How long the head of a request may take to arrive.
    pub head_deadline: Duration,
    /// How long an idle connection is kept.
    pub keep_alive: Duration,
    /// How long a client may take nothing of an answer before its connection is closed.
    pub stall_deadline: Duration,
    /// How many operations one request may hold; 0 switches batches off.
    pub batch: usize,
    /// The web origins whose pages may read answers, each written exactly as browsers send it.
    pub cors_origins: Vec<String>,
    /// The networks whose word about the address of a client is believed.
    pub trusted_proxies: Vec<IpNet>,
    /// How many operations of one caller run or wait at the same time.
    pub caller_concurrency: usize,
    /// How many operations run at the same time.
    pub concurrency: usize,
    /// How many operations wait for their turn.
    pub queue: usize,
    /// How long an operation waits for its turn.
    pub queue_deadline: Duration,
    /// The largest number of bytes of all answers that are being sent.
    pub sending_bytes: usize,
    /// How long requests are still accepted after the server said that it is not ready any more.
    pub lame_duck: Duration,
    /// How long a stop waits for requests in flight after that.
    pub shutdown_grace: Duration,
    /// Whether `/metrics` is offered.
    pub metrics: bool,
    /// Threads that serve requests.
    pub workers: usize,
}

impl Default for EdgeSettings {
    fn default() -> Self {
        Self {
            http_profile: HttpProfile::default(),
            body_bytes: 64 * 1024,
            body_deadline: Duration::from_secs(10),
            uri_bytes: 8 * 1024,
            head_deadline: Duration::from_secs(5),
            keep_alive: Duration::from_secs(15),
            stall_deadline: Duration::from_secs(30),
            batch: 0,
            cors_origins: Vec::new(),
            trusted_proxies: Vec::new(),
            caller_concurrency: 20,
            concurrency: 512,
            queue: 1024,
            queue_deadline: Duration::from_secs(1),
            sending_bytes: 64 * 1024 * 1024,
            lame_duck: Duration::from_secs(5),
            shutdown_grace: Duration::from_secs(20),
            metrics: true,
            workers: std::thread::available_parallelism().map_or(2, std::num::NonZero::get),
        }
    }
}
