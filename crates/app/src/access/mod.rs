//! Keys: making, changing and recognising them.
//!
//! They belong to the operator and not to the catalogue, so that no use-case here writes change
//! rows.

mod ring;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use domain::access::{
    AccessKey, KeyDraft, KeySecret, LONGEST_OVERLAP, NewToken, Principal, Scope, SecretSource,
};
use domain::id::{Id as _, IdSource, KeyId};
use domain::{Clock, Timestamp, Violation};
use persistence::{Database, Transaction};

use crate::AppError;

pub use ring::{Holder, KeyFollowing, KeyRing};

/// Everything that changes keys; cheap to clone.
#[derive(Clone)]
pub struct Keys {
    database: Database,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdSource>,
    secrets: Arc<dyn SecretSource>,
}

/// A key with its text, which can never be shown again.
#[derive(Debug)]
pub struct IssuedKey {
    /// The key as it was stored.
    pub key: AccessKey,
    /// What its holder has to show.
    pub token: NewToken,
}

impl Keys {
    /// The keys in a database.
    #[must_use]
    pub fn new(
        database: Database,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn IdSource>,
        secrets: Arc<dyn SecretSource>,
    ) -> Self {
        Self {
            database,
            clock,
            ids,
            secrets,
        }
    }

    /// Makes a key. Nobody hands out a scope that they do not have.
    pub async fn create_key(&self, by: &Principal, draft: KeyDraft) -> Result<IssuedKey, AppError> {
        require(by, Scope::KeysManage)?;
        let beyond = draft.scopes.each().find(|scope| !by.may(*scope));
        if let Some(scope) = beyond {
            return Err(AppError::Forbidden(scope));
        }
        let now = self.clock.now();
        draft.check(now).map_err(invalid)?;
        let id = KeyId::fresh(&*self.ids);
        let token = NewToken::new(draft.kind, id, &self.secrets.next_secret());
        let key = AccessKey {
            id,
            draft,
            secret: secret(&token),
            former: None,
            created_at: now,
            revoked_at: None,
            last_used_at: None,
        };
        let transaction = self.database.begin().await?;
        transaction.insert_access_key(&key).await?;
        transaction.commit(&[]).await?;
        Ok(IssuedKey { key, token })
    }

    /// All keys, in the order in which they were made.
    pub async fn list_keys(&self, by: &Principal) -> Result<Vec<AccessKey>, AppError> {
        require(by, Scope::KeysManage)?;
        Ok(self.database.access_keys().await?)
    }

    /// Gives a key a new secret. The present one holds for a while longer; the one before it ends.
    pub async fn rotate_key(
        &self,
        by: &Principal,
        id: KeyId,
        overlap: Duration,
    ) -> Result<IssuedKey, AppError> {
        require(by, Scope::KeysManage)?;
        let now = self.clock.now();
        let until = later(now, overlap).ok_or_else(|| invalid(too_long(overlap)))?;
        let transaction = self.database.begin().await?;
        let key = find(&transaction, by, id).await?;
        if !key.is_live(now) {
            return Err(AppError::DeadKey(id));
        }
        let token = NewToken::new(key.draft.kind, id, &self.secrets.next_secret());
        let former = KeySecret {
            until: Some(until),
            ..key.secret
        };
        let key = AccessKey {
            secret: secret(&token),
            former: (!overlap.is_zero()).then_some(former),
            ..key
        };
        transaction.update_access_key(&key).await?;
        transaction.commit(&[]).await?;
        Ok(IssuedKey { key, token })
    }

    /// Ends a key for good; one that was revoked before stays as it is.
    pub async fn revoke_key(&self, by: &Principal, id: KeyId) -> Result<AccessKey, AppError> {
        require(by, Scope::KeysManage)?;
        let transaction = self.database.begin().await?;
        let key = find(&transaction, by, id).await?;
        if key.revoked_at.is_some() {
            return Ok(key);
        }
        let key = AccessKey {
            revoked_at: Some(self.clock.now()),
            former: None,
            ..key
        };
        transaction.update_access_key(&key).await?;
        transaction.commit(&[]).await?;
        Ok(key)
    }
}

/// The key with an id. Nobody gets hold of a key that may do more than they may.
async fn find(transaction: &Transaction, by: &Principal, id: KeyId) -> Result<AccessKey, AppError> {
    let found = transaction.find_access_key(id).await?;
    let key = found.ok_or(AppError::UnknownKey(id))?;
    match key.draft.scopes.each().find(|scope| !by.may(*scope)) {
        Some(scope) => Err(AppError::Forbidden(scope)),
        None => Ok(key),
    }
}

fn require(by: &Principal, scope: Scope) -> Result<(), AppError> {
    if by.may(scope) {
        Ok(())
    } else {
        Err(AppError::Forbidden(scope))
    }
}

fn invalid(violation: Violation) -> AppError {
    AppError::Invalid(vec![violation])
}

fn too_long(overlap: Duration) -> Violation {
    Violation::Invalid {
        field: "overlap".to_owned(),
        value: format!("{} s", overlap.as_secs()),
        expected: "7 days at most",
    }
}

/// The moment at which an overlap ends; `None` when it is too long.
fn later(now: Timestamp, overlap: Duration) -> Option<Timestamp> {
    let overlap = Some(overlap).filter(|overlap| *overlap <= LONGEST_OVERLAP)?;
    let end = now
        .moment()
        .checked_add_signed(chrono::TimeDelta::from_std(overlap).ok()?)?;
    Some(Timestamp::new(end))
}

fn secret(token: &NewToken) -> KeySecret {
    KeySecret {
        digest: token.digest(),
        until: None,
    }
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keys").finish_non_exhaustive()
    }
}
