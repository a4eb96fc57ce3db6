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

pub(crate) struct TestBoard {
    url: String,
    database: Database,
    catalogue: Catalogue,
    _folder: TempDir,
    dropped: Option<String>,
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
        #[expect(clippy::disallowed_methods, reason = "names the server for tests")]
        let Ok(server) = std::env::var("ROLEGRAPH_TEST_POSTGRES_URL") else {
            eprintln!("SKIPPED: ROLEGRAPH_TEST_POSTGRES_URL is not set");
            return None;
        };
        let name = format!("rolegraph_app_{}", Uuid::now_v7().simple());
        administer(&server, format!("CREATE DATABASE {name}")).await;
        let url = format!("{}/{name}", server.rsplit_once('/').unwrap().0);
        Some(Self::open(url, tempfile::tempdir().unwrap(), Some(name)).await)
    }

    async fn open(url: String, folder: TempDir, dropped: Option<String>) -> Self {
        let database = Database::open(&DatabaseSettings::new(&url)).await.unwrap();
        let catalogue = Catalogue::new(
            database.clone(),
            Arc::<CountingClock>::default(),
            Arc::<SequentialIds>::default(),
            ContentLimits::default(),
        );
        Self {
            url,
            database,
            catalogue,
            _folder: folder,
            dropped,
        }
    }

    pub(crate) fn database(&self) -> &Database {
        &self.database
    }

    pub(crate) fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    pub(crate) async fn store(&self, draft: &RoleDraft) -> StoredRole {
        let options = StoreOptions::new("test");
        self.catalogue.store_role(draft, options).await.unwrap()
    }
}

async fn administer(server: &str, statement: String) {
    let mut connection = PgConnection::connect(server).await.unwrap();
    sqlx::raw_sql(AssertSqlSafe(statement))
        .execute(&mut connection)
        .await
        .unwrap();
}

#[macro_export]
macro_rules! on_both_engines {
    ($( $(#[$meta:meta])* async fn $name:ident($board:ident) $body:block )+) => { $(
        $(#[$meta])*
        mod $name {
            #[allow(unused_imports, reason = "a body may need nothing from around it")]
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
