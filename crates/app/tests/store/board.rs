//! A migrated database per test, with a clock and ids that repeat.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use app::{Catalogue, StoreOptions, StoredRole};
use domain::limits::ContentLimits;
use domain::role::RoleDraft;
use domain::{Clock, Timestamp};
use persistence::{Database, DatabaseSettings};
use testkit::{Engine, Place, SequentialIds};

pub(crate) struct TestBoard {
    place: Place,
    database: Database,
    catalogue: Catalogue,
    ids: Arc<SequentialIds>,
}

/// Counts seconds, so that every transaction has its own moment.
#[derive(Default)]
struct CountingClock(AtomicU32);

impl Clock for CountingClock {
    fn now(&self) -> Timestamp {
        let seconds = self.0.fetch_add(1, Ordering::Relaxed);
        let text = format!(
            "2026-01-01T{:02}:{:02}:{:02}Z",
            seconds / 3600,
            seconds / 60 % 60,
            seconds % 60
        );
        Timestamp::parse(&text).unwrap()
    }
}

impl TestBoard {
    pub(crate) async fn new(engine: Engine) -> Self {
        let place = Place::migrated(engine).await;
        let settings = DatabaseSettings::new(place.url());
        let database = Database::open(&settings).await.unwrap();
        let ids = Arc::<SequentialIds>::default();
        let catalogue = catalogue(database.clone(), ids.clone());
        Self {
            place,
            database,
            catalogue,
            ids,
        }
    }

    pub(crate) fn url(&self) -> &str {
        self.place.url()
    }

    pub(crate) fn place(&self) -> &Place {
        &self.place
    }

    pub(crate) fn database(&self) -> &Database {
        &self.database
    }

    pub(crate) fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// The catalogue as another program opens it.
    pub(crate) async fn another_catalogue(&self) -> Catalogue {
        let settings = DatabaseSettings::new(self.place.url());
        let database = Database::open(&settings).await.unwrap();
        catalogue(database, self.ids.clone())
    }

    pub(crate) async fn store(&self, draft: &RoleDraft) -> StoredRole {
        let options = StoreOptions::new("test");
        self.catalogue.store_role(draft, options).await.unwrap()
    }
}

pub(crate) fn catalogue(database: Database, ids: Arc<SequentialIds>) -> Catalogue {
    let clock = Arc::<CountingClock>::default();
    Catalogue::new(database, clock, ids, ContentLimits::default())
}

/// Runs a test body on `engine`, if the machine has it.
pub(crate) async fn run_on<F: Future<Output = ()>>(
    engine: Engine,
    body: impl FnOnce(TestBoard) -> F,
) {
    if engine.available() {
        body(TestBoard::new(engine).await).await;
    }
}

/// Makes two tests of each body: `name::sqlite` and `name::postgres`.
#[macro_export]
macro_rules! on_both_engines {
    ($( $(#[$meta:meta])* async fn $name:ident($board:ident) $body:block )+) => { $(
        $(#[$meta])*
        mod $name {
            use super::*;

            async fn body($board: $crate::board::TestBoard) $body

            #[tokio::test]
            async fn sqlite() {
                $crate::board::run_on(testkit::Engine::Sqlite, body).await;
            }

            #[tokio::test]
            async fn postgres() {
                $crate::board::run_on(testkit::Engine::Postgres, body).await;
            }
        }
    )+ };
}
