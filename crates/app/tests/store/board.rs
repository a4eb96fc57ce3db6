//! A migrated database per test, with a clock and ids that repeat.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};

use app::{Catalogue, StoreOptions, StoredRole};
use domain::id::IdSource;
use domain::limits::ContentLimits;
use domain::role::RoleDraft;
use domain::{Clock, Timestamp};
use persistence::{Database, DatabaseSettings};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use tempfile::TempDir;
use uuid::Uuid;

/// Tells the databases of one process apart.
static NUMBER: AtomicU32 = AtomicU32::new(0);

pub(crate) struct TestBoard {
    url: String,
    database: Database,
    catalogue: Catalogue,
    ids: Arc<SequentialIds>,
    _folder: TempDir,
    on_server: Option<(String, String)>,
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

#[derive(Default)]
struct SequentialIds(AtomicU64);

impl IdSource for SequentialIds {
    fn next_uuid(&self) -> Uuid {
        let number = self.0.fetch_add(1, Ordering::Relaxed) + 1;
        Uuid::from_u128((0x7000 << 64) | (0x8000 << 48) | u128::from(number))
    }
}

impl TestBoard {
    pub(crate) async fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}/board.db", folder.path().display());
        Self::open(url, folder, None).await
    }

    pub(crate) async fn postgres() -> Option<Self> {
        #[expect(
            clippy::disallowed_methods,
            reason = "the person who runs the tests names the server"
        )]
        let Ok(server) = std::env::var("ROLEGRAPH_TEST_POSTGRES_URL") else {
            eprintln!("SKIPPED: ROLEGRAPH_TEST_POSTGRES_URL is not set");
            return None;
        };
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("rolegraph_app_{}_{number}", std::process::id());
        administer(&server, format!("CREATE DATABASE {name}")).await;
        let url = format!("{}/{name}", server.rsplit_once('/').unwrap().0);
        Some(Self::open(url, tempfile::tempdir().unwrap(), Some((server, name))).await)
    }

    async fn open(url: String, folder: TempDir, on_server: Option<(String, String)>) -> Self {
        let database = Database::open(&DatabaseSettings::new(&url)).await.unwrap();
        let ids = Arc::<SequentialIds>::default();
        let catalogue = catalogue(database.clone(), ids.clone());
        Self {
            url,
            database,
            catalogue,
            ids,
            _folder: folder,
            on_server,
        }
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    pub(crate) fn database(&self) -> &Database {
        &self.database
    }

    pub(crate) fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// The catalogue as another program opens it.
    pub(crate) async fn another_catalogue(&self) -> Catalogue {
        let settings = DatabaseSettings::new(&self.url);
        let database = Database::open(&settings).await.unwrap();
        catalogue(database, self.ids.clone())
    }

    pub(crate) async fn store(&self, draft: &RoleDraft) -> StoredRole {
        let options = StoreOptions::new("test");
        self.catalogue.store_role(draft, options).await.unwrap()
    }
}

fn catalogue(database: Database, ids: Arc<SequentialIds>) -> Catalogue {
    let clock = Arc::<CountingClock>::default();
    Catalogue::new(database, clock, ids, ContentLimits::default())
}

async fn administer(server: &str, statement: String) {
    let mut connection = PgConnection::connect(server).await.unwrap();
    sqlx::raw_sql(AssertSqlSafe(statement))
        .execute(&mut connection)
        .await
        .unwrap();
}

impl Drop for TestBoard {
    fn drop(&mut self) {
        let Some((server, name)) = self.on_server.take() else {
            return;
        };
        // A destructor cannot wait inside the runtime of its test.
        let dropping = std::thread::spawn(move || {
            let statement = format!("DROP DATABASE {name} WITH (FORCE)");
            let runtime = tokio::runtime::Runtime::new().unwrap();
            runtime.block_on(administer(&server, statement));
        });
        dropping.join().unwrap();
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
                body($crate::board::TestBoard::sqlite().await).await;
            }

            #[tokio::test]
            async fn postgres() {
                if let Some(board) = $crate::board::TestBoard::postgres().await {
                    body(board).await;
                }
            }
        }
    )+ };
}
