//! PostgreSQL: one pool for reads and writes.

use std::sync::Arc;
use std::time::Duration;

use sea_orm::{DatabaseConnection, SqlxPostgresConnector};
use sqlx::pool::PoolOptions;
use sqlx::postgres::{PgConnectOptions, PgConnection, PgSslMode};
use sqlx::{ConnectOptions, Connection, Postgres};

use super::{Pools, Reader, address};
use crate::{DatabaseSettings, PersistenceError};

/// The oldest release that is tested, as the server counts its versions.
const OLDEST_TESTED: i32 = 150_000;
/// How long a statement waits for a lock.
const LOCK_TIMEOUT: Duration = Duration::from_secs(2);
/// The setting that says how long a transaction may do nothing.
const IDLE_IN_TRANSACTION: &str = "idle_in_transaction_session_timeout";
/// How long a transaction may do nothing.
const IDLE_IN_TRANSACTION_TIMEOUT: Duration = Duration::from_secs(10);
/// How long a connection is kept; failover and new settings reach the pool this way.
const MAX_LIFETIME: Duration = Duration::from_mins(30);
/// Connections that follow the changes: one that asks and one that listens.
const WATCHING: u32 = 2;
/// A connection that rested longer is tried out before it is used.
const TRUSTED_REST: Duration = Duration::from_secs(30);

pub(super) fn accepts(url: &str) -> bool {
    url.starts_with("postgres://") || url.starts_with("postgresql://")
}

pub(super) async fn connect(settings: &DatabaseSettings) -> Result<Pools, PersistenceError> {
    let options = options(settings)?;
    // The pool would try again and again, and then not say what went wrong.
    let first = tokio::time::timeout(settings.acquire_timeout, greet(&options)).await;
    let (number, version) = first
        .unwrap_or(Err(sqlx::Error::PoolTimedOut))
        .map_err(|error| refused(error, &settings.url))?;
    if number < OLDEST_TESTED {
        return Err(PersistenceError::OldPostgres { version });
    }
    let work = pool(settings, connections(settings.readers)).connect_lazy_with(options.clone());
    let watch = pool(settings, WATCHING).connect_lazy_with(options);
    let connection: DatabaseConnection = SqlxPostgresConnector::from_sqlx_postgres_pool(work);
    Ok(Pools {
        writer: connection.clone(),
        #[cfg(feature = "sqlite")]
        writers: None,
        commits: Arc::default(),
        reader: Reader::Pool(connection),
        watcher: SqlxPostgresConnector::from_sqlx_postgres_pool(watch),
        settings: Arc::new(settings.clone()),
    })
}

/// A connection of its own, which may do nothing for so long within a transaction.
pub(super) fn connection_apart(
    settings: &DatabaseSettings,
    time: Duration,
) -> Result<DatabaseConnection, PersistenceError> {
    let patient = options(settings)?.options([(IDLE_IN_TRANSACTION, milliseconds(time))]);
    let alone = pool(settings, 1).connect_lazy_with(patient);
    Ok(SqlxPostgresConnector::from_sqlx_postgres_pool(alone))
}

/// Connects once and asks for the version of the server, as a number and as a text.
async fn greet(options: &PgConnectOptions) -> Result<(i32, String), sqlx::Error> {
    let mut connection = options.connect().await?;
    let version = "SELECT CURRENT_SETTING('server_version_num')::int4, \
                   CURRENT_SETTING('server_version')";
    let version = sqlx::query_as(version).fetch_one(&mut connection).await?;
    connection.close().await?;
    Ok(version)
}

fn options(settings: &DatabaseSettings) -> Result<PgConnectOptions, PersistenceError> {
    let url = settings.url.as_str();
    let options: PgConnectOptions = url
        .parse()
        .map_err(|error| address(url, format!("cannot be read: {error}")))?;
    let options = options
        .application_name("rolegraph")
        .options([
            (
                "statement_timeout",
                milliseconds(settings.statement_timeout),
            ),
            ("lock_timeout", milliseconds(LOCK_TIMEOUT)),
            // Statements differ in their values only, and planning one takes longer than running it.
            ("plan_cache_mode", "force_generic_plan".to_owned()),
            (
                IDLE_IN_TRANSACTION,
                milliseconds(IDLE_IN_TRANSACTION_TIMEOUT),
            ),
        ])
        .disable_statement_logging();
    if is_local(&options) || url.contains("sslmode=") {
        Ok(options)
    } else {
        Ok(options.ssl_mode(PgSslMode::VerifyFull))
    }
}

fn milliseconds(time: Duration) -> String {
    time.as_millis().to_string()
}

fn is_local(options: &PgConnectOptions) -> bool {
    let host = options.get_host();
    let named = matches!(host, "localhost" | "127.0.0.1" | "::1" | "[::1]");
    named || host.starts_with('/') || options.get_socket().is_some()
}

fn pool(settings: &DatabaseSettings, connections: u32) -> PoolOptions<Postgres> {
    PoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(settings.acquire_timeout)
        .max_lifetime(MAX_LIFETIME)
        .test_before_acquire(false)
        .before_acquire(|connection: &mut PgConnection, about| {
            Box::pin(async move {
                if about.idle_for >= TRUSTED_REST {
                    connection.ping().await?;
                }
                Ok(true)
            })
        })
}

/// Several connections per core keep the server busy while others wait for the network.
fn connections(readers: u32) -> u32 {
    readers.saturating_mul(4).clamp(4, 32)
}

fn refused(error: sqlx::Error, url: &str) -> PersistenceError {
    match error {
        sqlx::Error::Database(error) => address(url, format!("the server refused: {error}")),
        sqlx::Error::PoolTimedOut => {
            let timeout = sea_orm::ConnAcquireErr::Timeout;
            PersistenceError::Unavailable(sea_orm::DbErr::ConnectionAcquire(timeout))
        }
        other => {
            let cause = sea_orm::RuntimeErr::SqlxError(other.into());
            PersistenceError::Unavailable(sea_orm::DbErr::Conn(cause))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ssl_mode(url: &str) -> PgSslMode {
        options(&DatabaseSettings::new(url)).unwrap().get_ssl_mode()
    }

    #[test]
    fn servers_elsewhere_have_to_prove_who_they_are() {
        let elsewhere = ssl_mode("postgres://me@db.example/roles");
        assert!(matches!(elsewhere, PgSslMode::VerifyFull));
        let told = ssl_mode("postgres://me@db.example/roles?sslmode=require");
        assert!(matches!(told, PgSslMode::Require));
        for here in [
            "localhost",
            "127.0.0.1",
            "[::1]",
            "%2Fvar%2Frun%2Fpostgresql",
        ] {
            let here = ssl_mode(&format!("postgres://me@{here}/roles"));
            assert!(matches!(here, PgSslMode::Prefer));
        }
    }

    #[test]
    fn pools_are_neither_tiny_nor_huge() {
        assert_eq!([1, 2, 8, 100].map(connections), [4, 8, 32, 32]);
    }
}
