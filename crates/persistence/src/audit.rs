//! The audit log as rows, and reading it.

use domain::audit::{AuditHead, Entry, SealedEntry};

use crate::engine::Row;
use crate::sql::Sql;
use crate::{Database, PersistenceError};

type Result<T> = std::result::Result<T, PersistenceError>;

/// All columns, in the order in which rows are written and read.
pub(crate) const COLUMNS: &str = "seq, at, actor, key_id, action, entity, entity_id, revision, \
                                  change, request_id, address, count, detail, previous, hash";

impl Database {
    /// The last entry of the audit log.
    pub async fn audit_head(&self) -> Result<AuditHead> {
        let rows = self.reads().ask(select_head).await?;
        let head = rows.iter().next().and_then(|row| head(row, 0));
        Ok(head.unwrap_or_default())
    }

    /// The entries of the audit log behind a place, at most `limit` of them.
    pub async fn audit_entries(&self, after: u64, limit: u32) -> Result<Vec<SealedEntry>> {
        let rows = self.reads().ask(|sql| select_page(sql, after, limit));
        Ok(rows.await?.iter().map(sealed).collect())
    }
}

/// Writes the statement for the last entry.
pub(crate) fn select_head(sql: &mut Sql) {
    sql.push("SELECT seq, hash FROM audit WHERE seq = (SELECT MAX(seq) FROM audit)");
}

/// Writes the statement for the entries behind a place.
pub(crate) fn select_page(sql: &mut Sql, after: u64, limit: u32) {
    sql.push(&format!("SELECT {COLUMNS} FROM audit WHERE seq > "));
    sql.bind(i64::try_from(after).unwrap_or(i64::MAX));
    sql.push(" ORDER BY seq LIMIT ");
    sql.bind(i64::from(limit));
}

/// The last entry, as a statement brings it back from a column on.
pub(crate) fn head(row: Row<'_>, column: usize) -> Option<AuditHead> {
    Some(AuditHead {
        seq: u64::try_from(row.integer(column)?).ok()?,
        hash: row.text(column + 1)?.to_owned(),
    })
}

/// The entry in a row. What is not of its kind counts as not there, which the hash tells.
fn sealed(row: Row<'_>) -> SealedEntry {
    let text = |column| row.text(column).map(str::to_owned);
    let needed = |column| text(column).unwrap_or_default();
    SealedEntry {
        entry: Entry {
            seq: row.integer(0).map_or(0, i64::unsigned_abs),
            at: needed(1),
            actor: needed(2),
            key_id: text(3),
            action: needed(4),
            entity: text(5),
            entity_id: text(6),
            revision: row.integer(7),
            change: row.integer(8),
            request_id: text(9),
            address: text(10),
            count: row.integer(11).unwrap_or_default(),
            detail: text(12),
        },
        previous: needed(13),
        hash: needed(14),
    }
}
