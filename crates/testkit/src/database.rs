//! One database per test, empty or made from a template that each process migrates once.

use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};

use persistence::{Database, DatabaseSettings};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, SqliteConnection};
use tempfile::TempDir;
use tokio::sync::{Mutex, OnceCell};

use crate::Engine;
use crate::cluster::{self, Cluster};

const SQLITE_FILE: &str = "board.db";

/// The place of one database; it vanishes when this value does.
#[derive(Debug)]
pub struct Place {
    url: String,
    folder: TempDir,
    _dropped: Option<DroppedAtEnd>,
}

impl Place {
    /// A migrated database without any role that nobody else uses.
    pub async fn migrated(engine: Engine) -> Self {
        match engine {
            Engine::Sqlite => {
                static TEMPLATE: OnceCell<Vec<u8>> = OnceCell::const_new();
                let template = TEMPLATE.get_or_init(sqlite_template).await;
                let place = Self::sqlite();
                let file = place.folder().join(SQLITE_FILE);
                std::fs::write(file, template).expect("the template is copied");
                place
            }
            Engine::Postgres => {
                static TEMPLATE: OnceCell<String> = OnceCell::const_new();
                // PostgreSQL refuses to copy a template that somebody else is copying.
                static COPYING: Mutex<()> = Mutex::const_new(());
                let cluster = cluster();
                if cluster.outlives_tests() {
                    // A template would have to be dropped at the end of the process, which
                    // nobody sees.
                    let place = Self::postgres(cluster, "").await;
                    migrate(place.url().to_owned()).await;
                    return place;
                }
                let template = TEMPLATE.get_or_init(|| postgres_template(cluster)).await;
                let _alone = COPYING.lock().await;
                Self::postgres(cluster, &format!("TEMPLATE {template}")).await
            }
        }
    }

    /// A database without any table, or the path of a file that does not exist yet.
    pub async fn empty(engine: Engine) -> Self {
        match engine {
            Engine::Sqlite => Self::sqlite(),
            Engine::Postgres => Self::postgres(cluster(), "").await,
        }
    }

    /// The address of the database.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// A folder that nobody else uses; an SQLite file lies in it.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Runs a statement behind the back of whoever has the database open.
    pub async fn run(&self, statement: &str) {
        let statement = sqlx::raw_sql(AssertSqlSafe(statement.to_owned()));
        let failed = if self.url.starts_with("sqlite:") {
            let connection = SqliteConnection::connect(&self.url).await;
            let mut connection = connection.expect("the file is a database");
            statement.execute(&mut connection).await.err()
        } else {
            let connection = PgConnection::connect(&self.url).await;
            let mut connection = connection.expect("the server accepts connections");
            statement.execute(&mut connection).await.err()
        };
        assert!(failed.is_none(), "{failed:?}");
    }

    /// Kills the server of PostgreSQL without warning and starts it again.
    pub async fn crash_server(&self) {
        let crashed = tokio::task::spawn_blocking(|| cluster().crash());
        crashed.await.expect("the server starts again");
    }

    fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a folder for the database");
        Self {
            url: sqlite_url(&folder.path().join(SQLITE_FILE)),
            folder,
            _dropped: None,
        }
    }

    async fn postgres(cluster: &'static Cluster, from: &str) -> Self {
        let name = fresh_name();
        administer(cluster, format!("CREATE DATABASE {name} {from}")).await;
        Self {
            url: cluster.url(&name),
            folder: tempfile::tempdir().expect("a folder beside the database"),
            _dropped: cluster
                .outlives_tests()
                .then(|| DroppedAtEnd { cluster, name }),
        }
    }
}

/// The texts of a statement that selects one column, past every layer of the product.
pub async fn texts(url: &str, statement: &str) -> Vec<String> {
    let statement = AssertSqlSafe(statement.to_owned());
    let texts = if url.starts_with("sqlite:") {
        let connection = SqliteConnection::connect(url).await;
        let mut connection = connection.expect("the file is a database");
        let texts = sqlx::query_scalar(statement).fetch_all(&mut connection);
        texts.await
    } else {
        let connection = PgConnection::connect(url).await;
        let mut connection = connection.expect("the server accepts connections");
        let texts = sqlx::query_scalar(statement).fetch_all(&mut connection);
        texts.await
    };
    texts.expect("the statement selects texts")
}

fn cluster() -> &'static Cluster {
    cluster::shared().expect("asked before whether the engine is available")
}

fn sqlite_url(file: &Path) -> String {
    format!("sqlite://{}", file.display())
}

async fn sqlite_template() -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a folder for the template");
    let file = folder.path().join("template.db");
    migrate(sqlite_url(&file)).await;
    std::fs::read(file).expect("a closed database is one file")
}

async fn postgres_template(cluster: &'static Cluster) -> String {
    let name = fresh_name();
    administer(cluster, format!("CREATE DATABASE {name}")).await;
    migrate(cluster.url(&name)).await;
    name
}

async fn migrate(url: String) {
    let database = Database::open(&DatabaseSettings::new(url)).await;
    let database = database.expect("the template is opened and migrated");
    database.close().await.expect("the template is closed");
}

/// A name that no other test uses, here or in another process.
fn fresh_name() -> String {
    static NUMBER: AtomicU32 = AtomicU32::new(1);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    format!("rolegraph_test_{}_{number}", std::process::id())
}

/// Runs one statement outside of the databases of the tests.
async fn administer(cluster: &Cluster, statement: String) {
    let mut connection = PgConnection::connect(&cluster.url("postgres"))
        .await
        .expect("the server accepts connections");
    sqlx::raw_sql(AssertSqlSafe(statement))
        .execute(&mut connection)
        .await
        .expect("the server does what it is told");
    connection.close().await.expect("the connection is closed");
}

#[derive(Debug)]
struct DroppedAtEnd {
    cluster: &'static Cluster,
    name: String,
}

impl Drop for DroppedAtEnd {
    fn drop(&mut self) {
        let statement = format!("DROP DATABASE {} WITH (FORCE)", self.name);
        let cluster = self.cluster;
        // A destructor cannot wait inside the runtime of its test.
        let dropping = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build();
            runtime
                .expect("a runtime")
                .block_on(administer(cluster, statement));
        });
        let _ = dropping.join();
    }
}
