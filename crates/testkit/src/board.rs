//! A migrated board with everything that acts on it.

use std::path::Path;
use std::sync::Arc;

use app::{Access, Catalogue, Denials, IssuedKey, KeyRing, Keys, StoreOptions, StoredRole};
use domain::access::{KeyDraft, KeyKind, KeyLimits, Principal, Scopes};
use domain::limits::ContentLimits;
use domain::role::RoleDraft;
use gateway::{Gateway, GatewaySettings};
use ingest::Format;
use ingest::skill::{self, Dictionary};
use persistence::{Database, DatabaseSettings, Following};
use serde_json::{Value, json};

use crate::database::Place;
use crate::shared_file::workspace_root;
use crate::{Engine, ManualClock, SequentialIds, SequentialSecrets};

/// One board: an own database, the use-cases and the gateway in front of it.
pub struct TestBoard {
    engine: Engine,
    database: Database,
    clock: Arc<ManualClock>,
    catalogue: Catalogue,
    access: Access,
    gateway: Gateway,
    place: Place,
    _following: Following,
}

impl TestBoard {
    /// A board without any role.
    pub async fn new(engine: Engine) -> Self {
        let place = Place::migrated(engine).await;
        let database = Database::open(&DatabaseSettings::new(place.url())).await;
        let database = database.expect("the database is opened");
        let clock = Arc::<ManualClock>::default();
        let ids = Arc::<SequentialIds>::default();
        let limits = ContentLimits::default();
        let secrets = Arc::<SequentialSecrets>::default();
        let access = Access::open(&database, clock.clone(), ids.clone(), secrets).await;
        let access = access.expect("the keys are read");
        let catalogue = Catalogue::new(database.clone(), clock.clone(), ids, limits);
        let settings = GatewaySettings::for_testing();
        let gateway = Gateway::new(
            &catalogue,
            dictionary(),
            &settings,
            &[],
            Some(access.clone()),
        );
        Self {
            _following: database.follow(),
            engine,
            database,
            clock,
            catalogue,
            access,
            gateway: gateway.expect("no document is refused"),
            place,
        }
    }

    /// A board with the demo catalogue.
    pub async fn with_demo(engine: Engine) -> Self {
        let board = Self::new(engine).await;
        let options = StoreOptions::new("demo");
        let stored = board.catalogue.store_roles(&demo_drafts(), options).await;
        stored.expect("the demo catalogue is stored");
        board
    }

    /// The engine of the database.
    #[must_use]
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// The address of the database, for programs.
    #[must_use]
    pub fn url(&self) -> &str {
        self.place.url()
    }

    /// Where the database is.
    #[must_use]
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// The database.
    #[must_use]
    pub fn database(&self) -> &Database {
        &self.database
    }

    /// The clock of the use-cases.
    #[must_use]
    pub fn clock(&self) -> &ManualClock {
        &self.clock
    }

    /// The same clock, for whoever keeps it.
    #[must_use]
    pub fn shared_clock(&self) -> Arc<ManualClock> {
        Arc::clone(&self.clock)
    }

    /// The use-cases.
    #[must_use]
    pub fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// The use-cases of keys.
    #[must_use]
    pub fn keys(&self) -> &Keys {
        &self.access.keys
    }

    /// The keys as the gateway knows them.
    #[must_use]
    pub fn ring(&self) -> &KeyRing {
        &self.access.ring
    }

    /// Who was refused, until the audit log has it.
    #[must_use]
    pub fn denials(&self) -> &Denials {
        &self.access.denials
    }

    /// A new key with these scopes, which the gateway knows already.
    pub async fn key(&self, scopes: &str) -> IssuedKey {
        let draft = KeyDraft {
            name: format!("key with {scopes}"),
            kind: KeyKind::Test,
            scopes: Scopes::parse(scopes).expect("the scopes are known"),
            expires_at: None,
            networks: Vec::new(),
            limits: KeyLimits::default(),
        };
        let operator = Principal::operator("test");
        let issued = self.access.keys.create_key(&operator, draft).await;
        self.access.ring.refresh().await.expect("the keys are read");
        issued.expect("the key is made")
    }

    /// The gateway.
    #[must_use]
    pub fn gateway(&self) -> &Gateway {
        &self.gateway
    }

    /// Stores a role one minute after whatever was stored before.
    pub async fn store(&self, draft: &RoleDraft) -> StoredRole {
        self.clock.advance(60);
        let stored = self
            .catalogue
            .store_role(draft, StoreOptions::new("test"))
            .await;
        stored.expect("the draft is stored")
    }

    /// The answer to a whole request.
    pub async fn answer(&self, request: &Value) -> Value {
        self.gateway.answer(request).await
    }

    /// The answer to a whole request of somebody with these scopes.
    pub async fn answer_with(&self, scopes: &str, request: &Value) -> Value {
        let principal = Principal {
            name: "somebody".to_owned(),
            key: None,
            scopes: Scopes::parse(scopes).expect("the scopes are known"),
        };
        self.gateway.answer_to(principal, request).await
    }

    /// The data of a query that must not fail.
    pub async fn data(&self, query: &str) -> Value {
        let mut answer = self.answer(&json!({ "query": query })).await;
        assert!(answer.get("errors").is_none(), "{answer:#}");
        answer["data"].take()
    }

    /// What `work` returns, and how many reading statements it ran.
    pub async fn counting<T>(&self, work: impl Future<Output = T>) -> (T, u64) {
        let before = self.database.reads().statements_run();
        let result = work.await;
        (result, self.database.reads().statements_run() - before)
    }
}

/// A gateway to a database beside that of a board.
#[must_use]
pub fn gateway(database: &Database, settings: &GatewaySettings) -> Gateway {
    let gateway = Gateway::new(&catalogue(database), dictionary(), settings, &[], None);
    gateway.expect("no document is refused")
}

/// Use-cases with a clock and ids that repeat.
#[must_use]
pub fn catalogue(database: &Database) -> Catalogue {
    let (clock, ids) = (
        Arc::<ManualClock>::default(),
        Arc::<SequentialIds>::default(),
    );
    Catalogue::new(database.clone(), clock, ids, ContentLimits::default())
}

/// The skills that are found in texts.
#[must_use]
pub fn dictionary() -> Arc<Dictionary> {
    Arc::new(Dictionary::embedded().expect("the dictionary is read"))
}

/// The documents of the demo catalogue, in the order of their names.
#[must_use]
pub fn demo_drafts() -> Vec<RoleDraft> {
    let folder = workspace_root().join("data/roles");
    let entries = std::fs::read_dir(folder).expect("the demo catalogue is there");
    let mut files: Vec<_> = entries.map(|entry| entry.expect("a file").path()).collect();
    files.sort();
    let dictionary = dictionary();
    files
        .iter()
        .map(|file| demo_draft(file, &dictionary))
        .collect()
}

fn demo_draft(file: &Path, dictionary: &Dictionary) -> RoleDraft {
    let name = file.display().to_string();
    let bytes = std::fs::read(file).expect("the document is read");
    let limits = ContentLimits::default();
    let document = ingest::read_document(&name, &bytes, Format::Markdown, &limits);
    let draft = document.draft;
    let mut draft = draft.unwrap_or_else(|| panic!("{name}: {:?}", document.findings));
    skill::enrich(&mut draft, dictionary);
    draft
}
