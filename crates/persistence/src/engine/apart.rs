//! Snapshots with a connection of their own, for reads that take long: they keep nobody else from
//! reading.

use std::time::Duration;

use super::{Pools, Reader};
use crate::PersistenceError;

impl Pools {
    /// Reads one state of the catalogue only, that of the first statement, for as long as `time`.
    pub(crate) async fn snapshot_apart(&self, time: Duration) -> Result<Reader, PersistenceError> {
        #[cfg(feature = "sqlite")]
        if let Some(path) = super::sqlite::path(&self.settings.url)? {
            let session = super::sqlite::snapshot_apart(path, &self.settings, time)?;
            return Ok(Reader::SqliteSnapshot(session));
        }
        #[cfg(feature = "postgres")]
        if super::postgres::accepts(&self.settings.url) {
            let alone = super::postgres::connection_apart(&self.settings, time)?;
            return Reader::Pool(alone).snapshot().await;
        }
        self.reader.snapshot().await
    }
}
