//! The log: readable lines or JSON on standard error; and traces, where they are exported.

use std::io;

use anyhow::Context as _;
use tracing_subscriber::EnvFilter;

use crate::failure::Unusable;
use crate::settings::{LogFormat, Settings};
#[cfg(feature = "otlp")]
use crate::traces::Traces;

/// The log while this value lives.
#[derive(Default)]
pub(crate) struct Log {
    #[cfg(feature = "otlp")]
    _traces: Option<Traces>,
}

/// Starts the log of this process; only people like colours, and only a server has traces.
#[cfg_attr(
    not(feature = "otlp"),
    expect(unused_variables, reason = "builds without export have no traces")
)]
pub(crate) fn start(settings: &Settings, colourful: bool, serves: bool) -> anyhow::Result<Log> {
    let filter = EnvFilter::try_new(&settings.log)
        .with_context(|| format!("log filter \"{}\"", settings.log))
        .context(Unusable::Settings)?;
    #[cfg(feature = "otlp")]
    if serves && let Some(traces) = Traces::start(&settings.traces)? {
        return Ok(with_traces(settings, colourful, filter, traces));
    }
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(colourful)
        .with_writer(io::stderr);
    // A process has one log; tests that run several commands keep the first.
    let _already_started = match settings.log_format {
        LogFormat::Text => log.try_init(),
        LogFormat::Json => log.json().flatten_event(true).try_init(),
    };
    Ok(Log::default())
}

/// Starts a log that leaves out what it always leaves out, beside traces that have a choice of
/// their own.
#[cfg(feature = "otlp")]
fn with_traces(settings: &Settings, colourful: bool, filter: EnvFilter, traces: Traces) -> Log {
    use tracing_subscriber::Layer as _;
    use tracing_subscriber::layer::SubscriberExt as _;
    use tracing_subscriber::util::SubscriberInitExt as _;

    let lines = tracing_subscriber::fmt::layer()
        .with_ansi(colourful)
        .with_writer(io::stderr);
    let lines = match settings.log_format {
        LogFormat::Text => lines.boxed(),
        LogFormat::Json => lines.json().flatten_event(true).boxed(),
    };
    let _already_started = tracing_subscriber::registry()
        .with(lines.with_filter(filter))
        .with(traces.layer())
        .try_init();
    Log {
        _traces: Some(traces),
    }
}
