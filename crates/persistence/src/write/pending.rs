//! New roles, which wait to be added many at a time.

use domain::id::RoleId;

use super::link::{LinkRows, OfRole as _};
use super::revision::OwnValues;
use super::{Result, Transaction};
use crate::entity::{faq, role};

/// How many new roles wait at most to be added together.
const MOST_PENDING: usize = 100;

/// The rows of a new role, those below it still without its key. Nothing in the transaction reads
/// them before they are added.
#[derive(Debug)]
pub(super) struct NewRole {
    pub(super) id: RoleId,
    pub(super) row: role::Model,
    pub(super) faqs: Vec<faq::Model>,
    pub(super) links: LinkRows,
    /// What is kept of it as a revision.
    pub(super) kept: Option<OwnValues>,
}

impl Transaction {
    /// Adds a role, at the latest when the transaction is committed.
    pub(super) async fn insert_later(&mut self, role: NewRole) -> Result<()> {
        self.pending.push(role);
        if self.pending.len() >= MOST_PENDING {
            self.insert_pending().await?;
        }
        Ok(())
    }

    /// The key of a role that was found or added before.
    pub(super) async fn role_key(&mut self, role: RoleId) -> Result<i64> {
        if !self.keys.has(role) {
            self.insert_pending().await?;
        }
        self.keys.of("role", role)
    }

    /// Adds the roles that wait to be added together.
    pub(super) async fn insert_pending(&mut self) -> Result<()> {
        if self.pending.is_empty() {
            return Ok(());
        }
        let mut rows = Vec::with_capacity(self.pending.len());
        let mut below = Vec::with_capacity(self.pending.len());
        for NewRole {
            id,
            row,
            faqs,
            links,
            kept,
        } in std::mem::take(&mut self.pending)
        {
            rows.push(row);
            below.push((id, faqs, links, kept));
        }
        self.insert_keyed(rows).await?;
        let mut faqs = Vec::new();
        let mut links = LinkRows::default();
        let mut keys = Vec::with_capacity(below.len());
        let mut kept = Vec::with_capacity(below.len());
        for (id, own_faqs, own, values) in below {
            let key = self.keys.of("role", id)?;
            keys.push(key);
            kept.extend(values.map(|values| (key, values)));
            self.touch(key);
            faqs.extend(own_faqs.into_iter().map(|row| row.of(key)));
            links.append(own.of(key));
        }
        self.insert_all(faqs).await?;
        self.insert_all(links.categories).await?;
        self.insert_all(links.skills).await?;
        self.insert_all(links.relations).await?;
        self.insert_all(links.codes).await?;
        self.list(&keys).await?;
        self.keep_revisions(&kept).await
    }
}
