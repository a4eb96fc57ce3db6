//! Keys, by which callers are known.

mod mutation;
mod query;

use std::borrow::Cow;

use async_graphql::{ID, SimpleObject};
use domain::access::{KeyDraft, KeyLimits, Scope};
use gateway_macros::Written;

use super::connection::Listed;
use super::scalar::{DateTime, int};
use crate::cost;

pub(crate) use mutation::KeyMutation;
pub(crate) use query::KeyQuery;

/// A key, without its secret.
#[derive(SimpleObject, Written)]
#[graphql(directive = cost::cost::apply(0))]
pub(crate) struct AccessKey {
    /// The id of the key, under which the operator knows it.
    id: ID,
    /// What the key is called; change rows and the audit log call its holder so.
    name: String,
    /// `live` for real work, `test` for trying things out.
    kind: String,
    /// What its holder may do.
    scopes: Vec<String>,
    /// The networks in which its holder may be, such as `192.0.2.0/24`; anywhere when there is
    /// none.
    networks: Vec<String>,
    /// What its holder may spend.
    limits: AccessKeyLimits,
    /// When the key was made.
    created_at: DateTime,
    /// When the key ends; null when it ends only by being revoked.
    expires_at: Option<DateTime>,
    /// When the key was revoked; null while it was not.
    revoked_at: Option<DateTime>,
    /// Until when the secret before the present one holds as well; null when there is none.
    former_secret_until: Option<DateTime>,
    /// When the key was shown last, as far as that is known: it is written every half minute.
    last_used_at: Option<DateTime>,
}

/// What the holder of a key may spend, where that is not what every key may.
#[derive(SimpleObject, Written)]
#[graphql(directive = cost::cost::apply(0))]
struct AccessKeyLimits {
    /// The largest price of an operation, in points; null when it is that of every key.
    operation_cost: Option<i32>,
    /// What can be spent at once, in points, likewise.
    bucket: Option<i32>,
    /// What comes back each second, in points, likewise.
    restored_per_second: Option<i32>,
    /// How many operations may run or wait at the same time, likewise.
    concurrent_operations: Option<i32>,
}

impl AccessKey {
    /// The key as it is stored.
    pub(crate) fn of(key: &domain::access::AccessKey) -> Self {
        let domain::access::AccessKey {
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
        let former = former.and_then(|former| former.until);
        Self {
            id: ID(id.to_string()),
            name: name.clone(),
            kind: kind.as_str().to_owned(),
            scopes: names(scopes.each()),
            networks: networks.iter().map(ToString::to_string).collect(),
            limits: AccessKeyLimits::of(*limits),
            created_at: DateTime(*created_at),
            expires_at: expires_at.map(DateTime),
            revoked_at: revoked_at.map(DateTime),
            former_secret_until: former.map(DateTime),
            last_used_at: last_used_at.map(DateTime),
        }
    }

    /// The same, shown at a moment that is not written yet.
    pub(crate) fn last_used(self, at: Option<domain::Timestamp>) -> Self {
        Self {
            last_used_at: at.map(DateTime),
            ..self
        }
    }
}

impl AccessKeyLimits {
    fn of(limits: KeyLimits) -> Self {
        let KeyLimits {
            operation_cost,
            bucket,
            restored_per_second,
            concurrency,
        } = limits;
        Self {
            operation_cost: operation_cost.map(int),
            bucket: bucket.map(int),
            restored_per_second: restored_per_second.map(int),
            concurrent_operations: concurrency.map(int),
        }
    }
}

impl From<Cow<'_, domain::access::AccessKey>> for AccessKey {
    fn from(key: Cow<'_, domain::access::AccessKey>) -> Self {
        Self::of(&key)
    }
}

impl Listed for AccessKey {
    const CONNECTION: &'static str = "AccessKeyConnection";
    const CONNECTION_DESCRIPTION: &'static str = "One page of a list of keys.";
    const EDGE: &'static str = "AccessKeyEdge";
    const EDGE_DESCRIPTION: &'static str = "A key and its place in a list.";
}

/// The names of scopes.
pub(crate) fn names(scopes: impl Iterator<Item = Scope>) -> Vec<String> {
    scopes.map(|scope| scope.as_str().to_owned()).collect()
}
