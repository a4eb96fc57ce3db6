//! The catalogue: storing roles.

use std::borrow::Borrow;
use std::sync::Arc;
use std::time::Duration;

use domain::access::Author;
use domain::id::{IdSource, RoleId};
use domain::limits::ContentLimits;
use domain::role::RoleDraft;
use domain::{Clock, Slug};
use persistence::{Database, PersistenceError};

use crate::AppError;
use crate::edit::RunningWrites;
use crate::store::{Document, Store};

/// How often a transaction is tried before a conflict with others is reported.
const ATTEMPTS: u32 = 5;

/// Who stores and how.
#[derive(Clone, Copy, Debug)]
pub struct StoreOptions<'a> {
    /// Who stores, and where that comes from.
    pub author: Author<'a>,
    /// Say what would happen and write nothing.
    pub dry_run: bool,
}

impl<'a> StoreOptions<'a> {
    /// Stores for real, as somebody inside of the process.
    #[must_use]
    pub const fn new(name: &'a str) -> Self {
        Self::by(Author::named(name))
    }

    /// Stores for real.
    #[must_use]
    pub const fn by(author: Author<'a>) -> Self {
        Self {
            author,
            dry_run: false,
        }
    }
}

/// What storing a document did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StoreAction {
    /// The role is new.
    Created,
    /// The role was there and now says something else.
    Updated,
    /// The role was there and says the same; nothing was written.
    Unchanged,
}

/// The role that a document was stored as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredRole {
    /// The id of the role; made up when a dry run would create the role.
    pub id: RoleId,
    /// The slug of the role.
    pub slug: Slug,
    /// What happened.
    pub action: StoreAction,
    /// Whether another role had the slug that the document asks for.
    pub slug_taken: bool,
}

/// Everything that changes the catalogue; cheap to clone.
#[derive(Clone)]
pub struct Catalogue {
    pub(crate) database: Database,
    pub(crate) clock: Arc<dyn Clock>,
    ids: Arc<dyn IdSource>,
    pub(crate) limits: ContentLimits,
    pub(crate) running: RunningWrites,
}

impl Catalogue {
    /// A catalogue in a database.
    #[must_use]
    pub fn new(
        database: Database,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn IdSource>,
        limits: ContentLimits,
    ) -> Self {
        Self {
            database,
            clock,
            ids,
            limits,
            running: RunningWrites::default(),
        }
    }

    /// The database that the catalogue is in.
    #[must_use]
    pub fn database(&self) -> &Database {
        &self.database
    }

    /// What one role may hold.
    #[must_use]
    pub fn limits(&self) -> &ContentLimits {
        &self.limits
    }

    /// Stores what a document says about a role.
    ///
    /// Source, locale and slug name the document: storing it again updates its role, and a
    /// document that says the same as before changes nothing.
    pub async fn store_role(
        &self,
        draft: &RoleDraft,
        options: StoreOptions<'_>,
    ) -> Result<StoredRole, AppError> {
        self.check(draft)?;
        let mut attempt = 1;
        loop {
            let stored = self.try_role(draft, options).await;
            if !self.is_worth_another(&stored, &mut attempt).await {
                return stored;
            }
        }
    }

    /// Stores several documents, all or none of them.
    pub async fn store_roles(
        &self,
        drafts: &[impl Borrow<RoleDraft> + Sync],
        options: StoreOptions<'_>,
    ) -> Result<Vec<StoredRole>, AppError> {
        let drafts: Vec<&RoleDraft> = drafts.iter().map(Borrow::borrow).collect();
        for draft in &drafts {
            self.check(draft)?;
        }
        let mut attempt = 1;
        loop {
            let stored = self.try_roles(&drafts, options).await;
            if !self.is_worth_another(&stored, &mut attempt).await {
                return stored;
            }
        }
    }

    async fn try_role(
        &self,
        draft: &RoleDraft,
        options: StoreOptions<'_>,
    ) -> Result<StoredRole, AppError> {
        // Nobody else writes while a store is open.
        let document = Document::new(draft);
        let mut store = self.begin(options).await?;
        store.look_up(&[&document]).await?;
        let stored = store.role(&document).await?;
        store.end(options).await?;
        Ok(stored)
    }

    async fn try_roles(
        &self,
        drafts: &[&RoleDraft],
        options: StoreOptions<'_>,
    ) -> Result<Vec<StoredRole>, AppError> {
        let documents: Vec<Document<'_>> = drafts.iter().copied().map(Document::new).collect();
        let mut store = self.begin(options).await?;
        store.look_up(&documents.iter().collect::<Vec<_>>()).await?;
        let mut stored = Vec::with_capacity(documents.len());
        for document in &documents {
            stored.push(store.role(document).await?);
        }
        store.end(options).await?;
        Ok(stored)
    }

    pub(crate) fn check(&self, draft: &RoleDraft) -> Result<(), AppError> {
        let violations = draft.violations(&self.limits);
        if violations.is_empty() {
            Ok(())
        } else {
            Err(AppError::Invalid(violations))
        }
    }

    pub(crate) async fn begin<'a>(
        &'a self,
        options: StoreOptions<'a>,
    ) -> Result<Store<'a>, AppError> {
        let transaction = self.database.begin().await?;
        let now = self.clock.now();
        Ok(Store::new(transaction, &*self.ids, now, options.author))
    }

    /// Whether a transaction may be tried again, because it met another one or because its
    /// connection was lost before its commit; waits until then.
    pub(crate) async fn is_worth_another<T>(
        &self,
        outcome: &Result<T, AppError>,
        attempt: &mut u32,
    ) -> bool {
        let Err(AppError::Persistence(error)) = outcome else {
            return false;
        };
        let met_another = matches!(error, PersistenceError::Contention(_));
        // The connections that wait in the pool have often been lost with it.
        let is_worth_it = met_another || error.is_lost_connection();
        if !is_worth_it || *attempt >= ATTEMPTS {
            return false;
        }
        tokio::time::sleep(self.pause(*attempt)).await;
        *attempt += 1;
        true
    }

    /// Longer with every attempt, and different for transactions that met each other.
    fn pause(&self, attempt: u32) -> Duration {
        let [.., chance] = self.ids.next_uuid().into_bytes();
        Duration::from_millis(u64::from(attempt) * (5 + u64::from(chance) / 16))
    }
}

impl std::fmt::Debug for Catalogue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Catalogue")
            .field("database", &self.database)
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}
