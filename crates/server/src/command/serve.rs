//! `rolegraph serve`: the catalogue over HTTP until somebody stops it.

use std::net::TcpListener;

use anyhow::Context as _;
use domain::limits::ContentLimits;
use gateway::{Gateway, Stop};
use ingest::skill::Dictionary;

use super::{documents, open};
use crate::Console;
use crate::access;
use crate::banner::Banner;
use crate::catalogue::catalogue;
use crate::demo;
use crate::failure::{Outcome, Unusable};
use crate::settings::Settings;
use crate::upkeep::Upkeep;

pub(super) async fn execute(
    settings: &Settings,
    console: &mut Console<'_>,
) -> anyhow::Result<Outcome> {
    let documents = documents::read_all(&settings.documents, console.input);
    let documents = documents.context(Unusable::Settings)?;
    let address = settings.listen;
    let listener =
        TcpListener::bind(address.0).with_context(|| format!("cannot listen on {address}"))?;
    // Reading the demo catalogue takes about as long as creating a database, so both go on at once.
    let early = (settings.demo && settings.database_is_missing())
        .then(|| tokio::task::spawn_blocking(demo::drafts));
    let database = open(settings).await?;
    let dictionary = Dictionary::embedded().context("cannot read the dictionary of skills")?;
    let catalogue = catalogue(&database, ContentLimits::default());
    let access = access::open(&database, &settings.access).await?;
    let gateway = Gateway::new(
        &catalogue,
        dictionary.into(),
        &settings.gateway,
        &documents,
        Some(access.clone()),
    );
    let gateway = gateway.context(Unusable::Settings)?;
    let mut roles = demo::number_of_roles(&database).await?;
    let filled = settings.demo && roles.value == 0;
    if filled {
        let drafts = match early {
            Some(reading) => reading.await.context("cannot read the demo catalogue")?,
            None => demo::drafts(),
        };
        roles = demo::fill(&database, &drafts?).await?;
    }
    let following = (database.follow(), access.follow());
    let upkeep = Upkeep::start(catalogue, settings.change_retention);
    let stop = stop_signal().context("cannot listen for signals")?;
    let banner = Banner {
        address: listener
            .local_addr()
            .context("the listener has no address")?,
        database: &settings.masked_database_url(),
        roles,
        filled,
    };
    banner.write(console.output)?;
    gateway::serve(gateway, listener, settings.gateway.clone(), stop)
        .await
        .context("the server failed")?;
    drop((following, upkeep));
    if let Err(error) = access.note_all().await {
        let cause: &dyn std::error::Error = &error;
        tracing::warn!(
            error = cause,
            "the last uses of keys and refusals are not noted"
        );
    }
    database
        .close()
        .await
        .context("cannot close the database")?;
    tracing::info!("stopped");
    Ok(Outcome::Done)
}

/// Ends when the process is asked to stop; it listens from the moment of this call.
#[cfg(unix)]
fn stop_signal() -> std::io::Result<impl Future<Output = Stop>> {
    use tokio::signal::unix::{SignalKind, signal};

    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {
                tracing::info!("stopping: asked to terminate");
                Stop::Gently
            }
            _ = interrupt.recv() => {
                tracing::info!("stopping: interrupted");
                Stop::Now
            }
        }
    })
}

/// Ends when the process is asked to stop; it listens from the moment of this call.
#[cfg(windows)]
fn stop_signal() -> std::io::Result<impl Future<Output = Stop>> {
    let mut interrupt = tokio::signal::windows::ctrl_c()?;
    Ok(async move {
        interrupt.recv().await;
        tracing::info!("stopping: interrupted");
        Stop::Now
    })
}
