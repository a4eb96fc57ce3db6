//! What is shown of keys.

use app::IssuedKey;
use domain::Timestamp;
use domain::access::{AccessKey, KeyDraft, Scope};
use serde_json::{Value, json};

use crate::Console;
use crate::cli::ReportFormat;

/// A key with its text; this is the only place where one is written.
pub(super) fn issued(
    issued: &IssuedKey,
    format: ReportFormat,
    console: &mut Console<'_>,
) -> anyhow::Result<()> {
    let IssuedKey { key, token } = issued;
    match format {
        ReportFormat::Text => {
            writeln!(
                console.errors,
                "rolegraph: this is the only time that the key {} is shown",
                key.id
            )?;
            writeln!(console.output, "{}", token.reveal())?;
        }
        ReportFormat::Json => {
            let mut shown = as_json(key);
            if let Some(members) = shown.as_object_mut() {
                members.insert("key".to_owned(), token.reveal().into());
            }
            serde_json::to_writer_pretty(&mut *console.output, &shown)?;
            writeln!(console.output)?;
        }
    }
    Ok(())
}

/// All keys, without their secrets.
pub(super) fn list(
    keys: &[AccessKey],
    format: ReportFormat,
    now: Timestamp,
    console: &mut Console<'_>,
) -> anyhow::Result<()> {
    match format {
        ReportFormat::Text => {
            for key in keys {
                let KeyDraft {
                    name, kind, scopes, ..
                } = &key.draft;
                let state = state(key, now);
                writeln!(
                    console.output,
                    "{}  {kind}  {state}  {name}  ({scopes})",
                    key.id
                )?;
            }
            writeln!(console.output, "keys: {}", keys.len())?;
        }
        ReportFormat::Json => {
            let keys: Vec<Value> = keys.iter().map(as_json).collect();
            serde_json::to_writer_pretty(&mut *console.output, &keys)?;
            writeln!(console.output)?;
        }
    }
    Ok(())
}

fn state(key: &AccessKey, now: Timestamp) -> &'static str {
    match key {
        AccessKey {
            revoked_at: Some(_),
            ..
        } => "revoked",
        key if key.is_live(now) => "holds  ",
        _ => "expired",
    }
}

fn as_json(key: &AccessKey) -> Value {
    let AccessKey {
        id,
        draft,
        secret: _,
        former,
        created_at,
        revoked_at,
        last_used_at,
    } = key;
    let KeyDraft {
        name,
        kind,
        scopes,
        expires_at,
        networks,
        limits,
    } = draft;
    let text = |moment: &Option<Timestamp>| moment.map(|moment| moment.to_string());
    let scopes: Vec<&str> = scopes.each().map(Scope::as_str).collect();
    let networks: Vec<String> = networks.iter().map(ToString::to_string).collect();
    json!({
        "id": id.to_string(),
        "name": name,
        "kind": kind.as_str(),
        "scopes": scopes,
        "networks": networks,
        "costLimit": limits.operation_cost,
        "costBucket": limits.bucket,
        "costRestored": limits.restored_per_second,
        "concurrency": limits.concurrency,
        "createdAt": created_at.to_string(),
        "expiresAt": text(expires_at),
        "revokedAt": text(revoked_at),
        "lastUsedAt": text(last_used_at),
        "formerSecretUntil": former.as_ref().and_then(|secret| text(&secret.until)),
    })
}
