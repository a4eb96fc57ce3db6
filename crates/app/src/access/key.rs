//! Making and changing keys.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use domain::access::{
    AccessKey, Caller, GivenKey, KeyDraft, KeyKind, KeyLimits, KeySecret, LONGEST_OVERLAP,
    NewToken, Principal, Scope, Scopes, SecretSource,
};
use domain::audit::{AccessAction, NewEntry};
use domain::id::{Id as _, IdSource, KeyId};
use domain::{Clock, Timestamp, Violation};
use persistence::{Attempt, Database, Transaction};

use crate::AppError;
use crate::edit::earlier_outcome;

/// What the key is called that the operator has made beforehand.
const FIRST_KEY: &str = "bootstrap";

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

/// What is to be done to a key.
#[derive(Clone, Debug)]
pub enum KeyWrite {
    /// Makes one.
    Create(KeyDraft),
    /// Gives one a new secret.
    Rotate {
        /// Which key.
        key: KeyId,
        /// For how long the present secret still holds.
        overlap: Duration,
    },
    /// Ends one for good.
    Revoke(KeyId),
}

/// What became of a write of a key.
#[derive(Debug)]
pub struct WrittenKey {
    /// The key as it is now.
    pub key: AccessKey,
    /// What its holder has to show, when it has got a secret just now.
    pub token: Option<NewToken>,
    /// Whether the write ran before, so that its secret was shown then.
    pub replayed: bool,
}

/// What was done, before it is committed.
struct Done<'a> {
    key: AccessKey,
    token: Option<NewToken>,
    /// What the audit log says of it; nothing when nothing was written.
    entry: Option<NewEntry<'a>>,
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
    pub async fn create_key(
        &self,
        by: impl Into<Caller<'_>>,
        draft: KeyDraft,
    ) -> Result<IssuedKey, AppError> {
        self.issue(by.into(), &KeyWrite::Create(draft)).await
    }

    /// Takes over the key that the operator has made for a database without any, and which may do
    /// everything; whether that was needed.
    pub async fn bootstrap(&self, given: &GivenKey) -> Result<bool, AppError> {
        let now = self.clock.now();
        let transaction = self.database.begin().await?;
        if transaction.lock_access_keys().await? {
            transaction.rollback().await?;
            return Ok(false);
        }
        let GivenKey { id, digest } = *given;
        let key = AccessKey {
            id,
            draft: KeyDraft {
                name: FIRST_KEY.to_owned(),
                kind: KeyKind::Live,
                scopes: Scopes::of([Scope::Admin]),
                expires_at: None,
                networks: Vec::new(),
                limits: KeyLimits::default(),
            },
            secret: KeySecret {
                digest,
                until: None,
            },
            former: None,
            created_at: now,
            revoked_at: None,
            last_used_at: None,
        };
        transaction.insert_access_key(&key).await?;
        let operator = Principal::operator(FIRST_KEY);
        let by = Caller::from(&operator);
        let detail = format!("{FIRST_KEY}: {}", key.draft.scopes);
        let entry = entry(by, id, AccessAction::TokenCreated, now, Some(detail));
        transaction.commit_audited(&[], &[entry]).await?;
        Ok(true)
    }

    /// All keys, in the order in which they were made.
    pub async fn list_keys(&self, by: &Principal) -> Result<Vec<AccessKey>, AppError> {
        require(by, Scope::KeysManage)?;
        Ok(self.database.access_keys().await?)
    }

    /// Gives a key a new secret. The present one holds for a while longer; the one before it ends.
    pub async fn rotate_key(
        &self,
        by: impl Into<Caller<'_>>,
        id: KeyId,
        overlap: Duration,
    ) -> Result<IssuedKey, AppError> {
        let rotate = KeyWrite::Rotate { key: id, overlap };
        self.issue(by.into(), &rotate).await
    }

    /// Ends a key for good; one that was revoked before stays as it is.
    pub async fn revoke_key(
        &self,
        by: impl Into<Caller<'_>>,
        id: KeyId,
    ) -> Result<AccessKey, AppError> {
        let written = self.write_key(by, &KeyWrite::Revoke(id), None).await?;
        Ok(written.key)
    }

    /// Changes a key, or makes one.
    ///
    /// A write with an `attempt` runs once: when it comes again, the key is told as it is then,
    /// and no secret, which is stored nowhere.
    pub async fn write_key(
        &self,
        by: impl Into<Caller<'_>>,
        write: &KeyWrite,
        attempt: Option<&Attempt>,
    ) -> Result<WrittenKey, AppError> {
        let by = by.into();
        require(by.principal, Scope::KeysManage)?;
        let now = self.clock.now();
        let transaction = self.database.begin().await?;
        if let Some(attempt) = attempt
            && let Some(key) = replayed(&transaction, by.principal, attempt, now).await?
        {
            transaction.rollback().await?;
            return Ok(WrittenKey {
                key,
                token: None,
                replayed: true,
            });
        }
        let Done { key, token, entry } = self.run(&transaction, by, write, now).await?;
        if let Some(attempt) = attempt {
            let outcome = key.id.to_string();
            transaction.insert_outcome(attempt, now, &outcome).await?;
        }
        if attempt.is_some() || entry.is_some() {
            transaction.commit_audited(&[], entry.as_slice()).await?;
        } else {
            transaction.rollback().await?;
        }
        Ok(WrittenKey {
            key,
            token,
            replayed: false,
        })
    }

    async fn issue(&self, by: Caller<'_>, write: &KeyWrite) -> Result<IssuedKey, AppError> {
        let WrittenKey { key, token, .. } = self.write_key(by, write, None).await?;
        let token = token.ok_or(AppError::DeadKey(key.id))?;
        Ok(IssuedKey { key, token })
    }

    async fn run<'a>(
        &self,
        transaction: &Transaction,
        by: Caller<'a>,
        write: &KeyWrite,
        now: Timestamp,
    ) -> Result<Done<'a>, AppError> {
        match write {
            KeyWrite::Create(draft) => self.create(transaction, by, draft, now).await,
            KeyWrite::Rotate { key, overlap } => {
                let key = find(transaction, by.principal, *key).await?;
                self.rotate(transaction, by, key, *overlap, now).await
            }
            KeyWrite::Revoke(key) => {
                let key = find(transaction, by.principal, *key).await?;
                revoke(transaction, by, key, now).await
            }
        }
    }

    async fn create<'a>(
        &self,
        transaction: &Transaction,
        by: Caller<'a>,
        draft: &KeyDraft,
        now: Timestamp,
    ) -> Result<Done<'a>, AppError> {
        let mut scopes = draft.scopes.each();
        if let Some(scope) = scopes.find(|scope| !by.principal.may(*scope)) {
            return Err(AppError::Forbidden(scope));
        }
        draft.check(now).map_err(invalid)?;
        let id = KeyId::fresh(&*self.ids);
        let token = NewToken::new(draft.kind, id, &self.secrets.next_secret());
        let key = AccessKey {
            id,
            draft: draft.clone(),
            secret: secret(&token),
            former: None,
            created_at: now,
            revoked_at: None,
            last_used_at: None,
        };
        transaction.insert_access_key(&key).await?;
        let detail = format!("{}: {}", draft.name, draft.scopes);
        let entry = entry(by, id, AccessAction::TokenCreated, now, Some(detail));
        Ok(Done {
            key,
            token: Some(token),
            entry: Some(entry),
        })
    }

    async fn rotate<'a>(
        &self,
        transaction: &Transaction,
        by: Caller<'a>,
        key: AccessKey,
        overlap: Duration,
        now: Timestamp,
    ) -> Result<Done<'a>, AppError> {
        let until = later(now, overlap).ok_or_else(|| invalid(too_long(overlap)))?;
        if !key.is_live(now) {
            return Err(AppError::DeadKey(key.id));
        }
        let token = NewToken::new(key.draft.kind, key.id, &self.secrets.next_secret());
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
        let former = key.former.and_then(|secret| secret.until);
        let detail = former.map(|until| format!("the former secret holds until {until}"));
        let entry = entry(by, key.id, AccessAction::TokenRotated, now, detail);
        Ok(Done {
            key,
            token: Some(token),
            entry: Some(entry),
        })
    }
}

async fn revoke<'a>(
    transaction: &Transaction,
    by: Caller<'a>,
    key: AccessKey,
    now: Timestamp,
) -> Result<Done<'a>, AppError> {
    if key.revoked_at.is_some() {
        return Ok(Done {
            key,
            token: None,
            entry: None,
        });
    }
    let key = AccessKey {
        revoked_at: Some(now),
        former: None,
        ..key
    };
    transaction.update_access_key(&key).await?;
    let entry = entry(by, key.id, AccessAction::TokenRevoked, now, None);
    Ok(Done {
        key,
        token: None,
        entry: Some(entry),
    })
}

/// The key that a write made or changed which ran before; `None` for one that has to run.
async fn replayed(
    transaction: &Transaction,
    by: &Principal,
    attempt: &Attempt,
    now: Timestamp,
) -> Result<Option<AccessKey>, AppError> {
    let outcome = earlier_outcome(transaction, attempt, now).await?;
    let Some(text) = outcome.map_err(AppError::Refused)? else {
        return Ok(None);
    };
    let unreadable = |_invalid| AppError::Outcome(attempt.key.clone());
    let key = KeyId::parse(&text).map_err(unreadable)?;
    find(transaction, by, key).await.map(Some)
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

/// What the audit log says of something that happened to a key.
fn entry(
    by: Caller<'_>,
    key: KeyId,
    action: AccessAction,
    at: Timestamp,
    detail: Option<String>,
) -> NewEntry<'_> {
    NewEntry {
        subject: Some(key.into()),
        detail: detail.map(Into::into),
        ..NewEntry::of_access(at, by.author(), action)
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
