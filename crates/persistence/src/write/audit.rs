//! The audit log.

use domain::audit::{AuditHead, Chain, Entry, NewEntry, SealedEntry};
use domain::change::NewChange;
use sea_orm::Value;

use super::change::Numbered;
use super::{ROWS_PER_STATEMENT, Result, Transaction};
use crate::audit::{COLUMNS, head, select_head};
use crate::sql::Sql;

impl Transaction {
    /// Adds an entry for each change, and the others behind them. Under the lock of the change
    /// sequence nobody else adds any, so that the chain has one end.
    pub(super) async fn insert_audit(
        &self,
        changes: &[NewChange<'_>],
        numbered: &Numbered,
        others: &[NewEntry<'_>],
    ) -> Result<()> {
        if changes.is_empty() && others.is_empty() {
            return Ok(());
        }
        let end = match &numbered.audit_head {
            Some(head) => head.clone(),
            None => self.audit_head().await?,
        };
        let mut chain = Chain::behind(end);
        let of_changes = changes.iter().zip(numbered.first..);
        let mut sealed: Vec<SealedEntry> = of_changes
            .map(|(change, number)| chain.add(&NewEntry::of_change(change, number)))
            .collect();
        sealed.extend(others.iter().map(|entry| chain.add(entry)));
        for chunk in sealed.chunks(ROWS_PER_STATEMENT) {
            self.run(|sql| insert(sql, chunk)).await?;
        }
        Ok(())
    }

    async fn audit_head(&self) -> Result<AuditHead> {
        let rows = self.rows(select_head).await?;
        let head = rows.iter().next().and_then(|row| head(row, 0));
        Ok(head.unwrap_or_default())
    }
}

fn insert(sql: &mut Sql, entries: &[SealedEntry]) {
    sql.push(&format!("INSERT INTO audit ({COLUMNS}) VALUES "));
    sql.separated(entries, |sql, sealed| {
        sql.push("(");
        sql.bind_all(values(sealed));
        sql.push(")");
    });
}

/// The values of a row, in the order of the columns.
fn values(sealed: &SealedEntry) -> [Value; 15] {
    let SealedEntry {
        entry,
        previous,
        hash,
    } = sealed.clone();
    let Entry {
        seq,
        at,
        actor,
        key_id,
        action,
        entity,
        entity_id,
        revision,
        change,
        request_id,
        address,
        count,
        detail,
    } = entry;
    [
        i64::try_from(seq).unwrap_or(i64::MAX).into(),
        at.into(),
        actor.into(),
        key_id.into(),
        action.into(),
        entity.into(),
        entity_id.into(),
        revision.into(),
        change.into(),
        request_id.into(),
        address.into(),
        count.into(),
        detail.into(),
        previous.into(),
        hash.into(),
    ]
}
