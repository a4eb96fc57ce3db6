//! A place for one database that does not exist or is empty.

use persistence::DatabaseSettings;
use testkit::{Engine, Place};

/// Where an SQLite file may be made.
pub(crate) async fn sqlite() -> Place {
    Place::empty(Engine::Sqlite).await
}

/// An empty database on a server; `None` when the machine has no PostgreSQL.
pub(crate) async fn postgres() -> Option<Place> {
    if Engine::Postgres.available() {
        Some(Place::empty(Engine::Postgres).await)
    } else {
        None
    }
}

/// The usual settings for the database.
pub(crate) fn settings(place: &Place) -> DatabaseSettings {
    DatabaseSettings::new(place.url())
}
