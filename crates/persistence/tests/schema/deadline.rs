//! How long statements and transactions wait, and what they fail with.

use std::time::Duration;

use persistence::{Database, DatabaseSettings, PersistenceError};
use sqlx::{Connection as _, PgConnection, SqliteConnection};

use testkit::Place;

use crate::place;

fn impatient(place: &Place) -> DatabaseSettings {
    DatabaseSettings {
        acquire_timeout: Duration::from_millis(300),
        statement_timeout: Duration::from_millis(300),
        ..place::settings(place)
    }
}

#[tokio::test]
async fn a_second_writer_of_the_same_program_waits_and_gives_up() {
    let place = place::sqlite().await;
    let database = Database::open(&impatient(&place)).await.unwrap();
    let first = database.begin().await.unwrap();
    let second = database.begin().await.unwrap_err();
    assert!(
        matches!(second, PersistenceError::Unavailable(_)),
        "{second:?}"
    );
    first.rollback().await.unwrap();
    database.begin().await.unwrap();
}

#[tokio::test]
async fn a_lock_of_another_program_is_waited_for_and_given_up() {
    let place = place::sqlite().await;
    let database = Database::open(&impatient(&place)).await.unwrap();
    let mut other = SqliteConnection::connect(place.url()).await.unwrap();
    let lock = other.begin_with("BEGIN EXCLUSIVE").await.unwrap();
    let refused = database.begin().await.unwrap_err();
    assert!(matches!(refused, PersistenceError::Busy(_)), "{refused:?}");
    assert_eq!(database.reads().catalogue_version().await.unwrap(), 0);
    lock.rollback().await.unwrap();
    database.begin().await.unwrap();
}

#[tokio::test]
async fn a_statement_of_postgres_that_takes_too_long_is_ended() {
    let Some(place) = place::postgres().await else {
        return;
    };
    let database = Database::open(&place::settings(&place)).await.unwrap();
    let impatient = Database::open(&impatient(&place)).await.unwrap();
    let mut other = PgConnection::connect(place.url()).await.unwrap();
    let lock = other.begin_with("BEGIN; LOCK TABLE change").await.unwrap();
    let ended = impatient.reads().catalogue_version().await.unwrap_err();
    assert!(matches!(ended, PersistenceError::Timeout(_)), "{ended:?}");
    lock.rollback().await.unwrap();
    assert_eq!(impatient.reads().catalogue_version().await.unwrap(), 0);
    database.close().await.unwrap();
    impatient.close().await.unwrap();
}

#[tokio::test]
async fn a_server_that_is_away_is_not_available() {
    let settings = DatabaseSettings::new("postgres://me@127.0.0.1:1/roles");
    let refused = Database::open(&settings).await.unwrap_err();
    assert!(
        matches!(refused, PersistenceError::Unavailable(_)),
        "{refused:?}"
    );
}
