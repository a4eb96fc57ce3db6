//! Roles.

use domain::Slug;
use domain::change::ChangeOp;
use domain::id::{Id, RoleId, TranslationGroupId};
use domain::role::{PublicationState, Role, RoleDraft};
use persistence::{KnownRole, RoleChildren, RoleLinks, RoleRecord};

use super::Store;
use super::aspect::touched;
use super::document::{Document, says};
use crate::{AppError, StoreAction, StoredRole};

impl Store<'_> {
    /// Stores what a document says about a role.
    pub(crate) async fn role(&mut self, document: &Document<'_>) -> Result<StoredRole, AppError> {
        let name = document.name();
        let before = self.documents.remove(&name);
        let action = match &before {
            None => StoreAction::Created,
            Some(known) if says(known, document) => StoreAction::Unchanged,
            Some(_) => StoreAction::Updated,
        };
        let known = match before {
            Some(known) if action == StoreAction::Unchanged => {
                // What must be said about a source may be new all the same.
                self.source(&document.draft.source).await?;
                known
            }
            before => KnownRole {
                role: self
                    .write(document, before.map(|known| known.role), None)
                    .await?,
                content_hash: document.content_hash.clone(),
            },
        };
        let stored = StoredRole {
            slug_taken: known.role.slug != document.draft.slug,
            id: known.role.id,
            slug: known.role.slug.clone(),
            action,
        };
        self.documents.insert(name, known);
        Ok(stored)
    }

    /// Writes a role, under another slug than before when there is one.
    pub(super) async fn write(
        &mut self,
        document: &Document<'_>,
        before: Option<Role>,
        slug: Option<&Slug>,
    ) -> Result<Role, AppError> {
        let (draft, before) = (document.draft, before.as_ref());
        let mut record = RoleRecord {
            source: self.source(&draft.source).await?,
            role: self.next_role(draft, before).await?,
            outline: draft.outline.clone(),
            cover_letter: draft.cover_letter.clone(),
            document_slug: draft.slug.clone(),
            content_hash: document.content_hash.clone(),
        };
        record.role.slug = slug.cloned().unwrap_or(record.role.slug);
        let categories = self.categories(&draft.categories).await?;
        let mut skills = self.skill_book();
        let children = RoleChildren {
            facts: &draft.facts,
            duties: skills.duties(draft),
            sections: &draft.sections,
            qualification_groups: skills.groups(draft),
            faqs: &draft.faqs,
            salaries: &draft.salaries,
            distributions: &draft.distributions,
            titles: &draft.titles,
            ids: document.ids,
        };
        let links = RoleLinks {
            categories,
            skills: skills.of_role(draft),
            related: &draft.related,
            codes: &draft.codes,
        };
        self.new_skills(skills).await?;
        let mut aspects = touched(before, &record.role);
        let (db, ids) = (&mut self.transaction, self.ids);
        if before.is_none() {
            db.insert_role(&record, &children, &links, ids).await?;
        } else {
            aspects |= db.update_role(&record, &children, ids).await?;
            aspects |= db.update_links(record.role.id, &links).await?;
        }
        let db = &mut self.transaction;
        if is_public(&record.role) {
            let (id, actor) = (record.role.id, self.author.name);
            db.keep_revision(id, &children, &links, actor).await?;
        } else if let Some(before) = before.filter(|role| is_public(role)) {
            db.withdraw_revision(before.id, before.revision, self.now)
                .await?;
        }
        let op = operation(before, &record.role);
        self.revised(&record.role, op, aspects);
        Ok(record.role)
    }

    /// The role as the document makes it.
    async fn next_role(
        &mut self,
        draft: &RoleDraft,
        before: Option<&Role>,
    ) -> Result<Role, AppError> {
        let translation_group = match &draft.translation_key {
            Some(key) => Some(self.translation_group(key).await?),
            None => None,
        };
        let slug = if let Some(role) = before {
            role.slug.clone()
        } else {
            self.role_slug(&draft.locale, &draft.slug).await?
        };
        let published = draft.state == PublicationState::Published;
        let published_at = match before.filter(|role| !published || role.state == draft.state) {
            Some(role) => role.published_at,
            None => published.then_some(self.now),
        };
        Ok(Role {
            id: before.map_or_else(|| RoleId::fresh(self.ids), |role| role.id),
            slug,
            locale: draft.locale.clone(),
            title: draft.title.clone(),
            summary: draft.summary.clone(),
            state: draft.state,
            revision: before.map_or(1, |role| role.revision + 1),
            created_at: before.map_or(self.now, |role| role.created_at),
            updated_at: self.now,
            published_at,
            last_reviewed: draft.last_reviewed,
            translation_group,
        })
    }

    /// The group of translations with a key, created when it is missing.
    async fn translation_group(&mut self, key: &str) -> Result<TranslationGroupId, AppError> {
        if let Some(known) = self.transaction.find_translation_group_by_key(key).await? {
            return Ok(known);
        }
        let group = TranslationGroupId::fresh(self.ids);
        self.transaction
            .insert_translation_group(group, key)
            .await?;
        Ok(group)
    }
}

fn is_public(role: &Role) -> bool {
    role.state == PublicationState::Published
}

/// What readers have to be told about a role that was written.
fn operation(before: Option<&Role>, after: &Role) -> ChangeOp {
    match before {
        None => ChangeOp::Created,
        Some(before) if !is_public(before) && is_public(after) => ChangeOp::Published,
        Some(before) if is_public(before) && !is_public(after) => ChangeOp::Unpublished,
        Some(_) => ChangeOp::Updated,
    }
}
