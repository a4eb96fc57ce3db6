//! One migrated database per test, made from a template that each process migrates once.

use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};

use persistence::{Database, DatabaseSettings};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use tempfile::TempDir;
use tokio::sync::{Mutex, OnceCell};

use crate::Engine;
use crate::cluster::{self, Cluster};

/// The place of one database; it vanishes when this value does.
#[derive(Debug)]
pub(crate) struct Place {
    /// The address of the database.
    pub(crate) url: String,
    /// The folder of an SQLite file.
    _folder: Option<TempDir>,
    /// A database on a server that outlives the tests.
    _dropped: Option<DroppedAtEnd>,
}

impl Place {
    /// A migrated, empty database that nobody else uses.
    pub(crate) async fn new(engine: Engine) -> Self {
        match engine {
            Engine::Sqlite => Self::sqlite().await,
            Engine::Postgres => Self::postgres().await,
        }
    }

    async fn sqlite() -> Self {
        static TEMPLATE: OnceCell<Vec<u8>> = OnceCell::const_new();
        let template = TEMPLATE.get_or_init(sqlite_template).await;
        let folder = tempfile::tempdir().expect("a folder for the database");
        let file = folder.path().join("board.db");
        std::fs::write(&file, template).expect("the template is copied");
        Self {
            url: sqlite_url(&file),
            _folder: Some(folder),
            _dropped: None,
        }
    }

    async fn postgres() -> Self {
        static TEMPLATE: OnceCell<String> = OnceCell::const_new();
        // PostgreSQL refuses to copy a template that somebody else is copying.
        static COPYING: Mutex<()> = Mutex::const_new(());
        let cluster = cluster::shared().expect("asked before whether the engine is available");
        let name = fresh_name();
        if cluster.outlives_tests() {
            // A template would have to be dropped at the end of the process, which nobody sees.
            administer(cluster, format!("CREATE DATABASE {name}")).await;
        } else {
            let template = TEMPLATE.get_or_init(|| postgres_template(cluster)).await;
            let _alone = COPYING.lock().await;
            administer(
                cluster,
                format!("CREATE DATABASE {name} TEMPLATE {template}"),
            )
            .await;
        }
        Self {
            url: cluster.url(&name),
            _folder: None,
            _dropped: cluster
                .outlives_tests()
                .then(|| DroppedAtEnd { cluster, name }),
        }
    }
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
