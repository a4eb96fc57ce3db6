//! Numbers about the server, in the text of `OpenMetrics`.
//!
//! No label ever takes a value from a client: every value is one of a fixed list of names of ours,
//! so that what is kept stays small whatever is sent.

mod commits;
mod record;

use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use actix_web::http::StatusCode;
use prometheus_client::encoding::text;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::{Registry, Unit};

use crate::error::ErrorCode;
use commits::Commits;
use persistence::WriteFigures;
pub(crate) use record::{CacheUse, OperationRecord};

/// The media type of the exposition.
pub(crate) const CONTENT_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Seconds; a deadline of five seconds is the usual end of an operation.
const LATENCIES: [f64; 12] = [
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0,
];
/// Points; the usual limit of an operation is a thousand of them.
const COSTS: [f64; 9] = [1.0, 5.0, 10.0, 50.0, 100.0, 250.0, 500.0, 1000.0, 5000.0];

/// The classes of statuses, in the order of their first digits.
const CLASSES: [&str; 5] = ["1xx", "2xx", "3xx", "4xx", "5xx"];

type Label = (&'static str, &'static str);
type Counters<const LABELS: usize> = Family<[Label; LABELS], Counter>;
type Level = Gauge<u64, AtomicU64>;

/// The numbers of one server; cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Metrics {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    registry: Registry,
    operations: Counters<3>,
    operation_duration: Histogram,
    operation_cost: Histogram,
    rejections: Counters<1>,
    cache_hits: Counter,
    cache_misses: Counter,
    answer_cache: [Counter; CacheUse::ALL.len()],
    answer_cache_entries: Level,
    answer_cache_bytes: Level,
    catalogue_version: Level,
    following_lag: Gauge<f64, AtomicU64>,
    writer_queue: Level,
    commits: Commits,
    wal: Level,
    panics: Counter,
    answers: [Counter; 5],
    in_flight: Level,
    queued: Level,
    sending: Level,
    sockets: Level,
    streams: Level,
    socket_operations: Level,
    socket_closes: Counters<1>,
}

/// Something that is open; dropping it closes it.
#[derive(Debug)]
pub(crate) struct Open(Level);

impl Open {
    fn of(level: &Level) -> Self {
        level.inc();
        Self(level.clone())
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.0.dec();
    }
}

/// What is read at the moment in which somebody asks for the numbers.
#[derive(Clone, Debug, Default)]
pub(crate) struct Gauges {
    /// Requests of the graph that run.
    pub(crate) in_flight: usize,
    /// Requests of the graph that wait for their turn.
    pub(crate) queued: usize,
    /// Bytes of the answers that are being sent.
    pub(crate) sending_bytes: usize,
    /// Answers that are kept.
    pub(crate) kept_answers: u64,
    /// Bytes of the answers that are kept.
    pub(crate) kept_bytes: u64,
    /// The last change of the catalogue that is known here.
    pub(crate) catalogue_version: u64,
    /// How old the news of other processes are; negative when there are none.
    pub(crate) following_lag: f64,
    /// What the database knows about writing.
    pub(crate) writing: WriteFigures,
}

impl Metrics {
    /// Starts to count.
    pub(crate) fn new() -> Self {
        let caches = Counters::<1>::default();
        let outcome = |name: &'static str| caches.get_or_create_owned(&[("outcome", name)]);
        let answers = Counters::<1>::default();
        let uses = Counters::<1>::default();
        let mut inner = Inner {
            registry: Registry::with_prefix("rolegraph"),
            operations: Counters::default(),
            operation_duration: Histogram::new(LATENCIES),
            operation_cost: Histogram::new(COSTS),
            rejections: Counters::default(),
            cache_hits: outcome("hit"),
            cache_misses: outcome("miss"),
            answer_cache: CacheUse::ALL
                .map(|used| uses.get_or_create_owned(&[("outcome", used.name())])),
            answer_cache_entries: Level::default(),
            answer_cache_bytes: Level::default(),
            catalogue_version: Level::default(),
            following_lag: Gauge::default(),
            writer_queue: Level::default(),
            commits: Commits::default(),
            wal: Level::default(),
            panics: Counter::default(),
            answers: CLASSES.map(|class| answers.get_or_create_owned(&[("status", class)])),
            in_flight: Level::default(),
            queued: Level::default(),
            sending: Level::default(),
            sockets: Level::default(),
            streams: Level::default(),
            socket_operations: Level::default(),
            socket_closes: Counters::default(),
        };
        inner.register(caches, answers, uses);
        Self {
            inner: Arc::new(inner),
        }
    }

    /// Counts an operation.
    pub(crate) fn operation(&self, record: &OperationRecord) {
        let labels = record.labels();
        self.inner.operations.get_or_create(&labels).inc();
        self.inner.operation_duration.observe(record.seconds);
        if let Some(cost) = record.cost {
            // Costs are limited to far less than what a float can count.
            let cost = u32::try_from(cost).unwrap_or(u32::MAX);
            self.inner.operation_cost.observe(cost.into());
        }
    }

    /// Counts a request or an operation that was refused.
    pub(crate) fn rejected(&self, code: ErrorCode) {
        let labels = [("code", code.name())];
        self.inner.rejections.get_or_create(&labels).inc();
    }

    /// Counts a document that was looked for among those that are kept.
    pub(crate) fn document_cache(&self, hit: bool) {
        if hit {
            self.inner.cache_hits.inc();
        } else {
            self.inner.cache_misses.inc();
        }
    }

    /// Counts what the cache of answers was good for.
    pub(crate) fn cache_used(&self, used: CacheUse) {
        if let Some(counter) = self.inner.answer_cache.get(used.place()) {
            counter.inc();
        }
    }

    /// Counts a panic that was caught.
    pub(crate) fn panicked(&self) {
        self.inner.panics.inc();
    }

    /// Counts a socket for as long as it is open.
    pub(crate) fn socket(&self) -> Open {
        Open::of(&self.inner.sockets)
    }

    /// Counts an event stream for as long as it is open.
    pub(crate) fn stream(&self) -> Open {
        Open::of(&self.inner.streams)
    }

    /// Counts an operation of a socket for as long as it runs.
    pub(crate) fn operation_on_socket(&self) -> Open {
        Open::of(&self.inner.socket_operations)
    }

    /// Counts a socket that has come to its end with a code.
    pub(crate) fn socket_closed(&self, code: &'static str) {
        let labels = [("code", code)];
        self.inner.socket_closes.get_or_create(&labels).inc();
    }

    /// Counts a request that is answered.
    pub(crate) fn answered(&self, status: StatusCode) {
        let class = usize::from(status.as_u16() / 100);
        if let Some(answers) = self.inner.answers.get(class.saturating_sub(1)) {
            answers.inc();
        }
    }

    /// All numbers as text.
    pub(crate) fn exposition(&self, gauges: Gauges) -> String {
        let level =
            |gauge: &Level, value: usize| gauge.set(u64::try_from(value).unwrap_or(u64::MAX));
        level(&self.inner.in_flight, gauges.in_flight);
        level(&self.inner.queued, gauges.queued);
        level(&self.inner.sending, gauges.sending_bytes);
        self.inner.answer_cache_entries.set(gauges.kept_answers);
        self.inner.answer_cache_bytes.set(gauges.kept_bytes);
        self.inner.catalogue_version.set(gauges.catalogue_version);
        self.inner.following_lag.set(gauges.following_lag);
        level(&self.inner.writer_queue, gauges.writing.queued);
        self.inner.wal.set(gauges.writing.wal_bytes.unwrap_or(0));
        self.inner.commits.set(gauges.writing.commits);
        let mut exposition = String::new();
        if let Err(error) = text::encode(&mut exposition, &self.inner.registry) {
            let cause: &dyn std::error::Error = &error;
            tracing::error!(error = cause, "the numbers could not be written");
        }
        exposition
    }
}

impl Inner {
    fn register(&mut self, caches: Counters<1>, answers: Counters<1>, uses: Counters<1>) {
        let numbers = &mut self.registry;
        let version = [("version", env!("CARGO_PKG_VERSION"))];
        numbers.register("build", "What is running", Info::new(version));
        let help = "Operations by type, outcome and whether their document is trusted";
        numbers.register("operations", help, self.operations.clone());
        let help = "How long operations took";
        let duration = self.operation_duration.clone();
        numbers.register_with_unit("operation_duration", help, Unit::Seconds, duration);
        let help = "What operations cost, in points";
        numbers.register("operation_cost", help, self.operation_cost.clone());
        let help = "Requests and operations that were refused, by code";
        numbers.register("rejections", help, self.rejections.clone());
        let help = "Documents that were looked for among those that are kept";
        numbers.register("document_cache", help, caches);
        let help = "Answers that were looked for among those that are kept";
        numbers.register("answer_cache", help, uses);
        let help = "Answers that are kept";
        numbers.register(
            "answer_cache_entries",
            help,
            self.answer_cache_entries.clone(),
        );
        let help = "What the answers that are kept take";
        let bytes = self.answer_cache_bytes.clone();
        numbers.register_with_unit("answer_cache", help, Unit::Bytes, bytes);
        let help = "The last change of the catalogue that is known here";
        numbers.register("catalogue_version", help, self.catalogue_version.clone());
        let help = "How old the news of other processes are, or -1 when there are none";
        let lag = self.following_lag.clone();
        numbers.register_with_unit("following_lag", help, Unit::Seconds, lag);
        let help = "Transactions that wait for their turn to write";
        numbers.register("writer_queue", help, self.writer_queue.clone());
        let help = "How long commits took, until the disk had them";
        numbers.register_with_unit("commit", help, Unit::Seconds, self.commits.clone());
        let help = "The log beside the file of SQLite";
        numbers.register_with_unit("wal", help, Unit::Bytes, self.wal.clone());
        numbers.register("panics", "Panics that were caught", self.panics.clone());
        let help = "Answers by class of their status";
        numbers.register("http_requests", help, answers);
        let help = "Requests of the graph that run";
        numbers.register("in_flight", help, self.in_flight.clone());
        let help = "Requests of the graph that wait for their turn";
        numbers.register("queued", help, self.queued.clone());
        let help = "Sockets that are open";
        numbers.register("sockets", help, self.sockets.clone());
        let help = "Event streams that are open";
        numbers.register("streams", help, self.streams.clone());
        let help = "Operations of sockets that run";
        numbers.register("socket_operations", help, self.socket_operations.clone());
        let help = "Sockets that were closed, by code; none when the client was gone";
        numbers.register("socket_closes", help, self.socket_closes.clone());
        let help = "What is being sent of answers";
        numbers.register_with_unit("sending", help, Unit::Bytes, self.sending.clone());
    }
}

#[cfg(test)]
mod tests;
