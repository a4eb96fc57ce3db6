//! Traces: what was measured of requests goes to a collector, by OTLP over HTTP.
//!
//! Requests never wait for the collector: spans that are over stand in a bounded queue, and what
//! does not fit is dropped. A thread of its own takes batches from there and has them sent by a
//! runtime of its own, so that a collector that is slow or away costs neither time nor threads of
//! those who serve. Only spans of ours are taken, and of these only the [`ATTRIBUTES`].

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::Context as _;
use opentelemetry::KeyValue;
use opentelemetry::trace::{SpanId, SpanKind, TracerProvider as _};
use opentelemetry_otlp::{Protocol, SpanExporter, WithExportConfig as _, WithHttpConfig as _};
use opentelemetry_sdk::error::{OTelSdkError, OTelSdkResult};
use opentelemetry_sdk::trace::{
    BatchSpanProcessor, Sampler, SdkTracerProvider, SpanData, SpanEvents,
};
use opentelemetry_sdk::{Resource, trace};
use tokio::runtime::{self, Handle, Runtime};
use tracing::level_filters::LevelFilter;
use tracing::subscriber::Interest;
use tracing::{Metadata, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::filter::dynamic_filter_fn;
use tracing_subscriber::registry::LookupSpan;

use crate::failure::Unusable;
use crate::settings::{Endpoint, TraceSettings};

/// All that is told of a span besides its name, its times, its status and its place in the trace.
const ATTRIBUTES: [&str; 8] = [
    "http.request.method",
    "http.response.status_code",
    "url.path",
    "request.id",
    "operation.type",
    "operation.cost",
    "operation.outcome",
    "document.hash",
];
/// The crates whose spans are told.
const OURS: [&str; 2] = ["gateway", "persistence"];
/// The span that everything measured of a request is part of.
const REQUEST: &str = "request";
/// Time for a batch to be sent, with everything that is tried again.
const SENDING: Duration = Duration::from_secs(5);
/// Time for what is left to be sent when the program stops.
const FAREWELL: Duration = Duration::from_secs(2);
/// A collector that is away is a line of the log this often at most.
const SILENCE: Duration = Duration::from_mins(10);

/// The export of traces; ends with this value, after what is left has been sent.
pub(crate) struct Traces {
    provider: SdkTracerProvider,
    runtime: Option<Runtime>,
}

impl Traces {
    /// Starts to export, when there is a collector.
    pub(crate) fn start(settings: &TraceSettings) -> anyhow::Result<Option<Self>> {
        let Some(endpoint) = &settings.endpoint else {
            return Ok(None);
        };
        let exporter = sender(endpoint)
            .with_context(|| format!("cannot send traces to {endpoint}"))
            .context(Unusable::Settings)?;
        let runtime = runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("traces")
            .enable_all()
            .build()
            .context("cannot start the runtime of traces")?;
        let exporter = Exporter::new(exporter, runtime.handle().clone());
        let ratio = settings.sample_ratio.into();
        let resource = Resource::builder()
            .with_service_name("rolegraph")
            .with_attribute(KeyValue::new("service.version", env!("CARGO_PKG_VERSION")));
        let provider = SdkTracerProvider::builder()
            // Whoever sends a trace along has decided already.
            .with_sampler(Sampler::ParentBased(Box::new(Sampler::TraceIdRatioBased(
                ratio,
            ))))
            .with_resource(resource.build())
            .with_span_processor(BatchSpanProcessor::builder(exporter).build())
            .build();
        Ok(Some(Self {
            provider,
            runtime: Some(runtime),
        }))
    }

    /// Takes the spans of requests out of what the program measures.
    ///
    /// Events are left out: they are the log, and the log may say more than a collector should
    /// know.
    pub(crate) fn layer<S>(&self) -> impl Layer<S> + use<S>
    where
        S: Subscriber + for<'span> LookupSpan<'span>,
    {
        let of_request = dynamic_filter_fn(|span, context| {
            is_ours(span) && (span.name() == REQUEST || context.lookup_current().is_some())
        });
        let of_request = of_request
            .with_max_level_hint(LevelFilter::DEBUG)
            .with_callsite_filter(|span| {
                if is_ours(span) {
                    Interest::sometimes()
                } else {
                    Interest::never()
                }
            });
        tracing_opentelemetry::layer()
            .with_tracer(self.provider.tracer("rolegraph"))
            .with_location(false)
            .with_threads(false)
            .with_target(false)
            .with_tracked_inactivity(false)
            .with_filter(of_request)
    }
}

impl Drop for Traces {
    fn drop(&mut self) {
        if let Err(error) = self.provider.shutdown_with_timeout(FAREWELL) {
            let cause: &dyn std::error::Error = &error;
            tracing::warn!(error = cause, "traces of the last requests may be lost");
        }
        // Looking for the address of a collector may block, and nobody needs it any more.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// What sends batches to a collector, and to nobody whom the collector names instead.
fn sender(endpoint: &Endpoint) -> anyhow::Result<SpanExporter> {
    let client = reqwest::Client::builder()
        .timeout(SENDING)
        .redirect(reqwest::redirect::Policy::none());
    let client = if endpoint.is_encrypted() {
        client
    } else {
        // An image may be without certificates, and nobody asks for one here.
        client.tls_certs_only([])
    };
    let exporter = SpanExporter::builder()
        .with_http()
        .with_protocol(Protocol::HttpBinary)
        .with_http_client(client.build()?)
        .with_endpoint(endpoint.traces())
        .with_timeout(SENDING);
    Ok(exporter.build()?)
}

fn is_ours(metadata: &Metadata<'_>) -> bool {
    let home = metadata.target().split("::").next();
    metadata.is_span() && home.is_some_and(|home| OURS.contains(&home))
}

/// Sends batches, says what they may say, and keeps failures from filling the log.
#[derive(Debug)]
struct Exporter {
    sender: Arc<SpanExporter>,
    /// Where sending goes on: the thread that asks for it has no runtime.
    runtime: Handle,
    warned: Mutex<Option<Instant>>,
}

impl Exporter {
    fn new(sender: SpanExporter, runtime: Handle) -> Self {
        Self {
            sender: Arc::new(sender),
            runtime,
            warned: Mutex::default(),
        }
    }

    /// Writes a line, unless there was one not long ago.
    fn warn(&self, error: &OTelSdkError) {
        let mut warned = self.warned.lock().unwrap_or_else(PoisonError::into_inner);
        if warned.is_none_or(|warned| warned.elapsed() >= SILENCE) {
            *warned = Some(Instant::now());
            let cause: &dyn std::error::Error = error;
            tracing::warn!(
                error = cause,
                "traces cannot be sent and are lost; requests are answered all the same"
            );
        }
    }
}

impl trace::SpanExporter for Exporter {
    async fn export(&self, batch: Vec<SpanData>) -> OTelSdkResult {
        let batch = batch.into_iter().map(told).collect();
        let sender = Arc::clone(&self.sender);
        let sending = self.runtime.spawn(async move {
            let sent = tokio::time::timeout(SENDING, sender.export(batch)).await;
            sent.unwrap_or(Err(OTelSdkError::Timeout(SENDING)))
        });
        let broken = |error| OTelSdkError::InternalFailure(format!("{error}"));
        let sent = sending.await.map_err(broken).flatten();
        if let Err(error) = &sent {
            self.warn(error);
        }
        sent
    }

    fn shutdown_with_timeout(&self, timeout: Duration) -> OTelSdkResult {
        self.sender.shutdown_with_timeout(timeout)
    }

    fn set_resource(&mut self, resource: &Resource) {
        // Nothing is being sent yet, so that there is no other owner.
        if let Some(sender) = Arc::get_mut(&mut self.sender) {
            sender.set_resource(resource);
        }
    }
}

/// What a collector is told of a span.
fn told(mut span: SpanData) -> SpanData {
    span.attributes
        .retain(|attribute| ATTRIBUTES.contains(&attribute.key.as_str()));
    span.events = SpanEvents::default();
    // What nothing here has begun is a request that somebody has sent.
    if span.parent_span_is_remote || span.parent_span_id == SpanId::INVALID {
        span.span_kind = SpanKind::Server;
    }
    span
}
