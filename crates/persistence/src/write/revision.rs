//! What roles said whenever they were published.

use std::collections::BTreeMap;

use domain::Timestamp;
use domain::id::RoleId;
use domain::read::RoleTree;

use super::{Result, Transaction};
use crate::read::{keep, whole_role};

impl Transaction {
    /// Keeps what a published role says as a revision, at the latest when the transaction is
    /// committed.
    pub async fn keep_revision(&mut self, role: RoleId, actor: &str) -> Result<()> {
        let mut pending = self.pending.iter_mut();
        if let Some(new) = pending.find(|new| new.id == role) {
            new.kept_by = Some(actor.to_owned());
            return Ok(());
        }
        let key = self.role_key(role).await?;
        self.run(|sql| keep(sql, &[key], actor)).await
    }

    /// Keeps the revisions of roles that were added together, by those who wrote them.
    pub(super) async fn keep_revisions(&self, added: &BTreeMap<String, Vec<i64>>) -> Result<()> {
        for (actor, roles) in added {
            self.run(|sql| keep(sql, roles, actor)).await?;
        }
        Ok(())
    }

    /// Notes when a role was withdrawn that was published as `revision`.
    pub async fn withdraw_revision(
        &mut self,
        role: RoleId,
        revision: u32,
        at: Timestamp,
    ) -> Result<()> {
        let key = self.role_key(role).await?;
        self.run(|sql| {
            sql.push("UPDATE role_revision SET withdrawn_at = ");
            sql.bind(at.to_string());
            sql.push(&format!(" WHERE id = {key} AND revision = {revision}"));
        })
        .await
    }

    /// Everything that a document of a role held in a revision that was published.
    pub async fn find_role_revision(
        &mut self,
        role: RoleId,
        revision: u32,
    ) -> Result<Option<RoleTree>> {
        self.insert_pending().await?;
        whole_role(role, Some(revision), self.backend(), async |statement| {
            self.ask(statement).await
        })
        .await
    }
}
