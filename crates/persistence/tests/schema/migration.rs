//! Up, down and up again, alone and in company.

use persistence::{Database, DatabaseSettings, PersistenceError, Schema};
use sqlx::{Connection as _, SqliteConnection};

use crate::ddl;
use testkit::Place;

use crate::place;

async fn applied(schema: &Schema) -> Vec<bool> {
    let steps = schema.status().await.unwrap();
    steps.into_iter().map(|step| step.applied).collect()
}

/// Goes up, down in one step and all, and up again; the schema has to be the same both times.
async fn up_down_up(place: &Place, ddl: impl AsyncFn(&str) -> String) -> String {
    let schema = Schema::connect(&place::settings(place)).await.unwrap();
    assert!(applied(&schema).await.iter().all(|applied| !applied));
    schema.up().await.unwrap();
    assert!(applied(&schema).await.iter().all(|applied| *applied));
    let first = ddl(place.url()).await;

    schema.down(Some(1)).await.unwrap();
    let steps = applied(&schema).await;
    assert_eq!(steps.iter().filter(|applied| !**applied).count(), 1);
    assert_eq!(steps.last(), Some(&false));

    schema.down(None).await.unwrap();
    let left_over = ddl(place.url()).await;
    for table in ["role", "trusted_document"] {
        assert!(!left_over.contains(table), "{table}: {left_over}");
    }
    schema.up().await.unwrap();
    assert_eq!(ddl(place.url()).await, first);
    schema.close().await.unwrap();
    first
}

#[tokio::test]
async fn sqlite_goes_up_down_and_up() {
    let place = place::sqlite().await;
    let schema = up_down_up(&place, ddl::of_sqlite).await;
    insta::assert_snapshot!("sqlite", schema);
}

#[tokio::test]
async fn postgres_goes_up_down_and_up() {
    let Some(place) = place::postgres().await else {
        return;
    };
    let schema = up_down_up(&place, ddl::of_postgres).await;
    insta::assert_snapshot!("postgres", schema);
}

/// Five programs start at once on a database that has no schema.
async fn start_together(settings: &DatabaseSettings) {
    let starts: Vec<_> = (0..5)
        .map(|_| {
            let settings = settings.clone();
            tokio::spawn(async move { Database::open(&settings).await })
        })
        .collect();
    for start in starts {
        let database = start.await.unwrap().unwrap();
        assert_eq!(database.reads().catalogue_version().await.unwrap(), 0);
        database.close().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn several_programs_start_together_on_a_new_sqlite_file() {
    start_together(&place::settings(&place::sqlite().await)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn several_programs_start_together_on_a_new_postgres_database() {
    let Some(place) = place::postgres().await else {
        return;
    };
    start_together(&place::settings(&place)).await;
}

#[tokio::test]
async fn an_up_to_date_database_opens_while_another_program_writes() {
    let place = place::sqlite().await;
    let database = Database::open(&place::settings(&place)).await.unwrap();
    let writing = database.begin().await.unwrap();
    let other = Database::open(&place::settings(&place)).await.unwrap();
    assert_eq!(other.reads().catalogue_version().await.unwrap(), 0);
    writing.rollback().await.unwrap();
}

#[tokio::test]
async fn a_schema_of_a_newer_release_is_refused() {
    let place = place::sqlite().await;
    let database = Database::open(&place::settings(&place)).await.unwrap();
    database.close().await.unwrap();
    let mut connection = SqliteConnection::connect(place.url()).await.unwrap();
    sqlx::query("INSERT INTO seaql_migrations VALUES ('m29991231_000001_do_better', 0)")
        .execute(&mut connection)
        .await
        .unwrap();
    let refused = Database::open(&place::settings(&place)).await.unwrap_err();
    assert!(matches!(refused, PersistenceError::NewerSchema { .. }));
    assert_eq!(
        refused.to_string(),
        "the database schema is newer than this release (m29991231_000001_do_better): use the \
         newer release"
    );
}

#[tokio::test]
async fn a_layout_from_before_the_first_release_is_refused() {
    let place = place::sqlite().await;
    let database = Database::open(&place::settings(&place)).await.unwrap();
    database.close().await.unwrap();
    let former = "INSERT INTO seaql_migrations VALUES ('m20261123_000004_create_roles', 0)";
    place.run(former).await;
    let refused = Database::open(&place::settings(&place)).await.unwrap_err();
    assert!(matches!(refused, PersistenceError::FormerSchema));
    assert_eq!(
        refused.to_string(),
        "the database has a layout from before the first release, which this one cannot read: \
         export its roles with the program that made it, then import them into a new database"
    );
}
