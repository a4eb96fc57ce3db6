//! `rolegraph key`: who may do what.

mod report;

use std::sync::Arc;

use anyhow::Context as _;
use app::{AppError, Keys};
use domain::access::{
    KeyDraft, KeyKind, KeyLimits, NewToken, Principal, Scopes, SecretSource as _,
};
use domain::id::{Id as _, KeyId};
use domain::{Clock as _, Timestamp};

use super::open;
use crate::Console;
use crate::cli::{CreateArguments, KeyCommand, ListArguments, RotateArguments, StoredKeyCommand};
use crate::clock::{SystemClock, SystemIds, SystemSecrets};
use crate::failure::Outcome;
use crate::settings::Settings;

pub(super) async fn execute(
    command: KeyCommand,
    settings: &Settings,
    console: &mut Console<'_>,
) -> anyhow::Result<Outcome> {
    match command {
        KeyCommand::Generate => generate(console),
        KeyCommand::Stored(command) => stored(command, settings, console).await,
    }
}

async fn stored(
    command: StoredKeyCommand,
    settings: &Settings,
    console: &mut Console<'_>,
) -> anyhow::Result<Outcome> {
    let database = open(settings).await?;
    let (ids, secrets) = (Arc::new(SystemIds), Arc::new(SystemSecrets));
    let keys = Keys::new(database.clone(), Arc::new(SystemClock), ids, secrets);
    let outcome = match command {
        StoredKeyCommand::Create(arguments) => create(&keys, arguments, console).await,
        StoredKeyCommand::List(arguments) => list(&keys, &arguments, console).await,
        StoredKeyCommand::Rotate(arguments) => rotate(&keys, &arguments, console).await,
        StoredKeyCommand::Revoke { ids } => revoke(&keys, &ids, console).await,
    };
    let closed = database.close().await;
    closed.context("cannot close the database")?;
    outcome
}

/// Whoever runs commands beside the database may do everything.
fn operator() -> Principal {
    Principal::operator("operator")
}

/// A key that is not stored anywhere.
fn generate(console: &mut Console<'_>) -> anyhow::Result<Outcome> {
    let id = KeyId::fresh(&SystemIds);
    let token = NewToken::new(KeyKind::Live, id, &SystemSecrets.next_secret());
    writeln!(console.output, "{}", token.reveal())?;
    Ok(Outcome::Done)
}

async fn create(
    keys: &Keys,
    arguments: CreateArguments,
    console: &mut Console<'_>,
) -> anyhow::Result<Outcome> {
    let format = arguments.output;
    let draft = draft(arguments)?;
    let issued = keys.create_key(&operator(), draft).await;
    let issued = issued.context("no key was made")?;
    report::issued(&issued, format, console)?;
    Ok(Outcome::Done)
}

fn draft(arguments: CreateArguments) -> anyhow::Result<KeyDraft> {
    let CreateArguments {
        name,
        scope,
        test,
        expires_in,
        network,
        cost_limit,
        cost_bucket,
        cost_restored,
        concurrency,
        output: _,
    } = arguments;
    let expires_at = expires_in.map(|time| {
        let time = chrono::TimeDelta::from_std(time).ok()?;
        let end = SystemClock.now().moment().checked_add_signed(time)?;
        Some(Timestamp::new(end))
    });
    let expires_at = match expires_at {
        Some(end) => Some(end.context("the key would end too late for any calendar")?),
        None => None,
    };
    let concurrency = concurrency.map(usize::from).map(u32::try_from);
    Ok(KeyDraft {
        name,
        kind: if test { KeyKind::Test } else { KeyKind::Live },
        scopes: Scopes::of(scope),
        expires_at,
        networks: network,
        limits: KeyLimits {
            operation_cost: cost_limit,
            bucket: cost_bucket,
            restored_per_second: cost_restored,
            concurrency: concurrency.transpose()?,
        },
    })
}

async fn list(
    keys: &Keys,
    arguments: &ListArguments,
    console: &mut Console<'_>,
) -> anyhow::Result<Outcome> {
    let all = keys.list_keys(&operator()).await;
    let all = all.context("cannot read the keys")?;
    report::list(&all, arguments.output, SystemClock.now(), console)?;
    Ok(Outcome::Done)
}

async fn rotate(
    keys: &Keys,
    arguments: &RotateArguments,
    console: &mut Console<'_>,
) -> anyhow::Result<Outcome> {
    let RotateArguments {
        id,
        overlap,
        output,
    } = arguments;
    let rotated = keys.rotate_key(&operator(), *id, *overlap).await;
    let rotated = rotated.context("the key has its old secret")?;
    report::issued(&rotated, *output, console)?;
    Ok(Outcome::Done)
}

async fn revoke(keys: &Keys, ids: &[KeyId], console: &mut Console<'_>) -> anyhow::Result<Outcome> {
    let mut revoked = 0_usize;
    for id in ids {
        match keys.revoke_key(&operator(), *id).await {
            Ok(_key) => revoked += 1,
            Err(AppError::UnknownKey(id)) => {
                writeln!(console.errors, "rolegraph: no key has the id {id}")?;
            }
            Err(error) => return Err(error).with_context(|| format!("cannot revoke {id}")),
        }
    }
    writeln!(console.output, "revoked: {revoked}")?;
    Ok(Outcome::of(revoked == ids.len()))
}
