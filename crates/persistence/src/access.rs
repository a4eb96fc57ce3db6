//! Keys as rows, and reading all of them.
//!
//! Keys are few and asked for with every request, so that they are only ever read as a whole, by
//! whoever keeps them in memory.

use std::str::FromStr;

use domain::Timestamp;
use domain::access::{AccessKey, KeyDigest, KeyDraft, KeyKind, KeyLimits, KeySecret, Scopes};
use domain::id::{Id as _, KeyId};
use sea_orm::{EntityTrait, QueryOrder};
use uuid::Uuid;

use crate::entity::access_key::{Column, Entity, Model};
use crate::entity::access_state;
use crate::{Database, PersistenceError};

type Result<T> = std::result::Result<T, PersistenceError>;

impl Database {
    /// A number that has grown when a key was made or changed since the last look.
    pub async fn access_revision(&self) -> Result<u64> {
        let row = access_state::Entity::find_by_id(access_state::ONLY_ROW);
        let row = row.one(self.watcher()).await?;
        Ok(row.map_or(0, |row| row.revision.try_into().unwrap_or(0)))
    }

    /// All keys, in the order in which they were made.
    pub async fn access_keys(&self) -> Result<Vec<AccessKey>> {
        let rows = Entity::find()
            .order_by_asc(Column::CreatedAt)
            .order_by_asc(Column::Id);
        let rows = rows.all(self.watcher()).await?;
        rows.into_iter().map(key).collect()
    }
}

/// The row of a key.
pub(crate) fn row(key: &AccessKey) -> Model {
    let AccessKey {
        id,
        draft,
        secret,
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
    let KeyLimits {
        operation_cost,
        bucket,
        restored_per_second,
        concurrency,
    } = limits;
    let networks: Vec<String> = networks.iter().map(ToString::to_string).collect();
    let text = |moment: &Option<Timestamp>| moment.map(|moment| moment.to_string());
    Model {
        id: id.uuid().to_string(),
        name: name.clone(),
        kind: kind.as_str().to_owned(),
        scopes: scopes.to_string(),
        networks: networks.join(" "),
        operation_cost: operation_cost.map(Into::into),
        bucket: bucket.map(Into::into),
        restored_per_second: restored_per_second.map(Into::into),
        concurrency: concurrency.map(Into::into),
        secret: hexadecimal(&secret.digest),
        former_secret: former.map(|secret| hexadecimal(&secret.digest)),
        former_until: former.and_then(|secret| text(&secret.until)),
        created_at: created_at.to_string(),
        expires_at: text(expires_at),
        revoked_at: text(revoked_at),
        last_used_at: text(last_used_at),
    }
}

/// The key in a row.
pub(crate) fn key(row: Model) -> Result<AccessKey> {
    let table_key = row.id.clone();
    decode(row).map_err(|problem| PersistenceError::Corrupt {
        table: "access_key",
        key: table_key,
        problem,
    })
}

fn decode(row: Model) -> std::result::Result<AccessKey, String> {
    let Model {
        id,
        name,
        kind,
        scopes,
        networks,
        operation_cost,
        bucket,
        restored_per_second,
        concurrency,
        secret,
        former_secret,
        former_until,
        created_at,
        expires_at,
        revoked_at,
        last_used_at,
    } = row;
    let networks = networks.split_whitespace().map(read);
    let former_until = former_until.as_deref().map(moment).transpose()?;
    Ok(AccessKey {
        id: KeyId::from_uuid(Uuid::try_parse(&id).map_err(told)?),
        draft: KeyDraft {
            name,
            kind: KeyKind::parse(&kind).map_err(told)?,
            scopes: Scopes::parse(&scopes).map_err(told)?,
            expires_at: expires_at.as_deref().map(moment).transpose()?,
            networks: networks.collect::<std::result::Result<_, _>>()?,
            limits: KeyLimits {
                operation_cost: operation_cost.map(number).transpose()?,
                bucket: bucket.map(number).transpose()?,
                restored_per_second: restored_per_second.map(number).transpose()?,
                concurrency: concurrency.map(number).transpose()?,
            },
        },
        secret: KeySecret {
            digest: digest(&secret)?,
            until: None,
        },
        former: former_secret
            .map(|secret| {
                Ok::<_, String>(KeySecret {
                    digest: digest(&secret)?,
                    until: former_until,
                })
            })
            .transpose()?,
        created_at: moment(&created_at)?,
        revoked_at: revoked_at.as_deref().map(moment).transpose()?,
        last_used_at: last_used_at.as_deref().map(moment).transpose()?,
    })
}

fn told(error: impl std::fmt::Display) -> String {
    error.to_string()
}

fn read<T: FromStr<Err: std::fmt::Display>>(text: &str) -> std::result::Result<T, String> {
    text.parse().map_err(told)
}

fn moment(text: &str) -> std::result::Result<Timestamp, String> {
    Timestamp::parse(text).map_err(told)
}

fn number(stored: i64) -> std::result::Result<u32, String> {
    u32::try_from(stored).map_err(told)
}

fn hexadecimal(digest: &KeyDigest) -> String {
    let digits = digest.bytes().iter().map(|byte| format!("{byte:02x}"));
    digits.collect()
}

/// Nothing that is stored is repeated in the problem.
fn digest(text: &str) -> std::result::Result<KeyDigest, String> {
    let problem = || "a hash is not 64 hexadecimal digits".to_owned();
    let mut bytes = [0; 32];
    if text.len() != 2 * bytes.len() {
        return Err(problem());
    }
    for (place, byte) in bytes.iter_mut().enumerate() {
        let digits = text.get(2 * place..2 * place + 2).ok_or_else(problem)?;
        *byte = u8::from_str_radix(digits, 16).map_err(|_error| problem())?;
    }
    Ok(KeyDigest::from_bytes(bytes))
}
