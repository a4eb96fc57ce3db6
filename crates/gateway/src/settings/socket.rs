//! Sockets and streams: connections on which more than one answer comes.

use std::time::Duration;

/// Settings of sockets and streams, resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SocketSettings {
    /// How many sockets and streams of one caller are open at the same time.
    pub per_caller: usize,
    /// How many of one key.
    pub per_key: usize,
    /// How many operations of one socket run at the same time.
    pub operations: usize,
    /// How long a client may take to say who it is.
    pub init_deadline: Duration,
    /// The largest number of bytes of a message from a client.
    pub message_bytes: usize,
    /// How many messages a client may send within a minute.
    pub messages: usize,
    /// How many messages wait to be sent before nothing more is made for them.
    pub waiting: usize,
    /// How many bytes wait to be sent before nothing more is made for them.
    pub waiting_bytes: usize,
    /// How long a client may leave no room for more before its socket is closed.
    pub patience: Duration,
    /// How long after one sign of life of ours the next one follows; a client that is silent for
    /// twice as long is gone.
    pub ping: Duration,
    /// How long an event stream may be without a sign of life.
    pub heartbeat: Duration,
    /// How long operations may still run when the server stops.
    pub grace: Duration,
}

impl Default for SocketSettings {
    fn default() -> Self {
        Self {
            per_caller: 20,
            per_key: 5,
            operations: 20,
            init_deadline: Duration::from_secs(3),
            message_bytes: 64 * 1024,
            messages: 100,
            waiting: 64,
            waiting_bytes: 1024 * 1024,
            patience: Duration::from_secs(5),
            ping: Duration::from_secs(15),
            heartbeat: Duration::from_secs(12),
            grace: Duration::from_secs(5),
        }
    }
}
