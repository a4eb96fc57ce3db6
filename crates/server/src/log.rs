//! The log: readable lines or JSON on standard error.

use std::io;

use anyhow::Context as _;
use tracing_subscriber::EnvFilter;

use crate::failure::Unusable;
use crate::settings::{LogFormat, Settings};

/// Starts the log of this process; only people like colours.
pub(crate) fn start(settings: &Settings, colourful: bool) -> anyhow::Result<()> {
    let filter = EnvFilter::try_new(&settings.log)
        .with_context(|| format!("log filter \"{}\"", settings.log))
        .context(Unusable::Settings)?;
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(colourful)
        .with_writer(io::stderr);
    // A process has one log; tests that run several commands keep the first.
    let _already_started = match settings.log_format {
        LogFormat::Text => log.try_init(),
        LogFormat::Json => log.json().flatten_event(true).try_init(),
    };
    Ok(())
}
