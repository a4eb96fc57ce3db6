//! Who may do what: keys, recognising them, and what of it the audit log says.
//!
//! Keys belong to the operator and not to the catalogue, so that no use-case here writes change
//! rows. The audit log has an entry for each.

mod denial;
mod issuer;
mod key;
mod ring;

use std::sync::Arc;

use domain::Clock;
use domain::access::SecretSource;
use domain::id::IdSource;
use persistence::{Database, PersistenceError};

pub use denial::{DenialWriting, Denials};
pub use issuer::{Issuer, IssuerSettings, KeySetSource, Person, UnusableKeySet};
pub use key::{IssuedKey, KeyWrite, Keys, WrittenKey};
pub use ring::{Holder, KeyFollowing, KeyRing};

/// Everything that decides who may do what; cheap to clone.
#[derive(Clone, Debug)]
pub struct Access {
    /// What changes keys.
    pub keys: Keys,
    /// What recognises them.
    pub ring: KeyRing,
    /// Who was refused, for the audit log.
    pub denials: Denials,
    /// Whose tokens are believed as well.
    pub issuer: Option<Issuer>,
}

impl Access {
    /// The access to a database as it is now, for the holders of keys alone.
    pub async fn open(
        database: &Database,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn IdSource>,
        secrets: Arc<dyn SecretSource>,
    ) -> Result<Self, PersistenceError> {
        Ok(Self {
            keys: Keys::new(database.clone(), Arc::clone(&clock), ids, secrets),
            ring: KeyRing::open(database.clone(), Arc::clone(&clock)).await?,
            denials: Denials::new(database.clone(), clock),
            issuer: None,
        })
    }

    /// Writes what is known of uses of keys and of refusals and is not written yet.
    pub async fn note_all(&self) -> Result<(), PersistenceError> {
        self.ring.note_uses().await?;
        self.denials.write().await
    }

    /// Starts to follow the changes that others make to keys, and to write who was refused.
    pub fn follow(&self) -> (KeyFollowing, DenialWriting) {
        (self.ring.follow(), self.denials.follow())
    }
}
