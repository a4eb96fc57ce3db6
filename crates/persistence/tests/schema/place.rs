//! A place for one database that does not exist or is empty.

use persistence::DatabaseSettings;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use tempfile::TempDir;

/// Vanishes with its database.
pub(crate) struct Place {
    pub(crate) url: String,
    folder: TempDir,
    on_server: Option<(String, String)>,
}

impl Place {
    pub(crate) fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self {
            url: format!("sqlite://{}/roles.db", folder.path().display()),
            folder,
            on_server: None,
        }
    }

    /// An empty database on the server for tests; `None` when there is no such server.
    pub(crate) async fn postgres(test: &str) -> Option<Self> {
        #[expect(
            clippy::disallowed_methods,
            reason = "the person who runs the tests names the server"
        )]
        let Ok(server) = std::env::var("ROLEGRAPH_TEST_POSTGRES_URL") else {
            eprintln!("SKIPPED on PostgreSQL: ROLEGRAPH_TEST_POSTGRES_URL is not set");
            return None;
        };
        let name = format!("rolegraph_{test}_{}", std::process::id());
        administer(&server, format!("CREATE DATABASE {name}")).await;
        let (host, _) = server.rsplit_once('/').unwrap();
        Some(Self {
            url: format!("{host}/{name}"),
            folder: tempfile::tempdir().unwrap(),
            on_server: Some((server, name)),
        })
    }

    pub(crate) fn settings(&self) -> DatabaseSettings {
        DatabaseSettings::new(&self.url)
    }

    pub(crate) fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// Drops the database of a server.
    pub(crate) async fn remove(self) {
        if let Some((server, name)) = self.on_server {
            administer(&server, format!("DROP DATABASE {name} WITH (FORCE)")).await;
        }
    }
}

async fn administer(server: &str, statement: String) {
    let mut connection = PgConnection::connect(server).await.unwrap();
    let statement = sqlx::raw_sql(AssertSqlSafe(statement));
    statement.execute(&mut connection).await.unwrap();
}
