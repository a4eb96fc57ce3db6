//! Roles that are written by hand.

use domain::change::{Aspects, ChangeOp};
use domain::id::RoleId;
use domain::limits::ContentLimits;
use domain::role::{PublicationState, Role, RoleDraft};
use domain::{Slug, Violation};

use super::Store;
use super::aspect::touched;
use super::document::Document;
use crate::content_hash::content_hash;
use crate::edit::{Edit, EditAction, Edited, Refusal, RefusalCode, RoleWrite};
use crate::{AppError, StoreAction};

impl Store<'_> {
    /// Writes roles one after the other; what is refused has written nothing.
    pub(crate) async fn write_all(
        &mut self,
        writes: &[RoleWrite<'_>],
        limits: &ContentLimits,
    ) -> Result<Vec<Edited>, AppError> {
        let named = writes.iter().filter_map(|write| match write {
            RoleWrite::Create { draft, .. } | RoleWrite::Upsert(draft) => Some(*draft),
            RoleWrite::Edit { .. } | RoleWrite::Restore { .. } | RoleWrite::Delete { .. } => None,
        });
        let named: Vec<Document<'_>> = named.map(Document::new).collect();
        self.look_up(&named).await?;
        let mut documents = named.iter();
        let mut edited = Vec::with_capacity(writes.len());
        for write in writes {
            let document = match write {
                RoleWrite::Create { .. } | RoleWrite::Upsert(_) => documents.next(),
                RoleWrite::Edit { .. } | RoleWrite::Restore { .. } | RoleWrite::Delete { .. } => {
                    None
                }
            };
            edited.push(self.write_one(*write, document, limits).await?);
        }
        Ok(edited)
    }

    /// Writes one role; `document` is what is known of the draft that a write has.
    async fn write_one(
        &mut self,
        write: RoleWrite<'_>,
        document: Option<&Document<'_>>,
        limits: &ContentLimits,
    ) -> Result<Edited, AppError> {
        if let Some(document) = document {
            let refusals = refusals(document.draft, limits);
            if !refusals.is_empty() {
                return Ok(Edited::refused(refusals));
            }
        }
        match (write, document) {
            (RoleWrite::Create { draft, any_slug }, _) => self.create(draft, any_slug).await,
            (RoleWrite::Upsert(_), Some(document)) => self.upsert(document).await,
            (RoleWrite::Upsert(draft), None) => self.upsert(&Document::new(draft)).await,
            (
                RoleWrite::Edit {
                    role,
                    expected,
                    slug,
                    edit,
                },
                _,
            ) => self.edit(role, expected, slug, edit, limits).await,
            (
                RoleWrite::Restore {
                    role,
                    revision,
                    expected,
                },
                _,
            ) => self.restore(role, revision, expected, limits).await,
            (RoleWrite::Delete { role, expected }, _) => self.delete(role, expected).await,
        }
    }

    async fn create(&mut self, draft: &RoleDraft, any_slug: bool) -> Result<Edited, AppError> {
        let mut draft = draft.clone();
        if any_slug {
            draft.slug = self.free_role_slug(&draft.locale, &draft.slug).await?;
        }
        // Only for documents that no role was stored as it was looked up who holds their slugs.
        let place = (draft.locale.clone(), draft.slug.clone());
        if self.slugs.get(&place) != Some(&false) {
            return Ok(Edited::refused(vec![taken(&draft.slug)]));
        }
        let stored = self.role(&Document::new(&draft)).await?;
        Ok(Edited::done(stored.id, EditAction::Created, 1))
    }

    async fn upsert(&mut self, document: &Document<'_>) -> Result<Edited, AppError> {
        let stored = self.role(document).await?;
        let action = match stored.action {
            StoreAction::Created => EditAction::Created,
            StoreAction::Updated => EditAction::Updated,
            StoreAction::Unchanged => EditAction::Unchanged,
        };
        let known = self.documents.get(&document.name());
        let revision = known.map_or(1, |known| known.role.revision);
        Ok(Edited::done(stored.id, action, revision))
    }

    async fn edit(
        &mut self,
        id: RoleId,
        expected: Option<u32>,
        slug: Option<&Slug>,
        edit: Edit<'_>,
        limits: &ContentLimits,
    ) -> Result<Edited, AppError> {
        let Some(tree) = self.transaction.find_role_for_edit(id).await? else {
            return Ok(Edited::refused(vec![not_found(id)]));
        };
        let role = tree.role.clone();
        if let Some(conflict) = conflict(&role, expected) {
            return Ok(conflict);
        }
        let before = tree.to_draft()?;
        let mut after = before.clone();
        let mut reasons = edit(&mut after);
        reasons.extend(refusals(&after, limits));
        let slug = slug.filter(|slug| **slug != role.slug);
        if let Some(slug) = slug {
            let holder = self
                .transaction
                .find_role_by_slug(&role.locale, slug)
                .await?;
            reasons.extend(holder.filter(|holder| *holder != id).map(|_| taken(slug)));
        }
        if !reasons.is_empty() {
            return Ok(Edited {
                role: Some(id),
                ..Edited::refused(reasons)
            });
        }
        if slug.is_none() && content_hash(&before) == content_hash(&after) {
            return Ok(Edited::done(id, EditAction::Unchanged, role.revision));
        }
        let role = self.revise(&after, role, slug).await?;
        Ok(Edited::done(id, EditAction::Updated, role.revision))
    }

    /// Lets a role say again what it said in a revision that was published.
    async fn restore(
        &mut self,
        id: RoleId,
        revision: u32,
        expected: Option<u32>,
        limits: &ContentLimits,
    ) -> Result<Edited, AppError> {
        let kept = self.transaction.find_role_revision(id, revision).await?;
        let kept = kept.map(|tree| tree.to_draft()).transpose()?;
        let restore = |draft: &mut RoleDraft| match &kept {
            Some(kept) => {
                draft.restore(kept.clone());
                Vec::new()
            }
            None => vec![never_published(id, revision)],
        };
        self.edit(id, expected, None, &restore, limits).await
    }

    /// Writes what a role says from now on, under the slug that it has from now on.
    async fn revise(
        &mut self,
        draft: &RoleDraft,
        before: Role,
        slug: Option<&Slug>,
    ) -> Result<Role, AppError> {
        let document = Document::new(draft);
        self.documents.remove(&document.name());
        self.look_up_terms(&[draft]).await?;
        if let Some(slug) = slug {
            let transaction = &mut self.transaction;
            transaction
                .keep_former_slug(before.id, &before.locale, &before.slug, slug)
                .await?;
        }
        self.write(&document, Some(before), slug).await
    }

    async fn delete(&mut self, id: RoleId, expected: Option<u32>) -> Result<Edited, AppError> {
        let Some(tree) = self.transaction.find_role_for_edit(id).await? else {
            return Ok(Edited::refused(vec![not_found(id)]));
        };
        let mut role = tree.role;
        if let Some(conflict) = conflict(&role, expected) {
            return Ok(conflict);
        }
        self.transaction.delete_role(id).await?;
        let archived = Role {
            state: PublicationState::Archived,
            ..role.clone()
        };
        let seen = role.state == PublicationState::Published;
        let aspects = touched(Some(&role), &archived) | Aspects::RELATION.when(seen);
        role.revision += 1;
        self.revised(&role, ChangeOp::Deleted, aspects);
        Ok(Edited::done(id, EditAction::Deleted, role.revision))
    }
}

/// Every rule that a draft breaks.
fn refusals(draft: &RoleDraft, limits: &ContentLimits) -> Vec<Refusal> {
    let violations: Vec<Violation> = draft.violations(limits);
    violations.iter().map(Refusal::of_violation).collect()
}

fn conflict(role: &Role, expected: Option<u32>) -> Option<Edited> {
    let expected = expected.filter(|expected| *expected != role.revision)?;
    let message = format!(
        "the role has revision {} and not {expected}: read it again and repeat the change",
        role.revision
    );
    let path = &["expectedRevision"];
    let refusal = Refusal::new(RefusalCode::VersionConflict, path, message);
    Some(Edited {
        role: Some(role.id),
        revision: Some(role.revision),
        ..Edited::refused(vec![refusal])
    })
}

fn not_found(id: RoleId) -> Refusal {
    Refusal::new(
        RefusalCode::NotFound,
        &["id"],
        format!("there is no role {id}"),
    )
}

fn never_published(id: RoleId, revision: u32) -> Refusal {
    let message = format!(
        "{id} has no published revision {revision}: ask for its revisions, and choose one of them"
    );
    Refusal::new(RefusalCode::NotFound, &["revision"], message)
}

fn taken(slug: &Slug) -> Refusal {
    let message = format!("another role has or had the slug \"{slug}\": choose another one");
    Refusal::new(RefusalCode::Taken, &["input", "slug"], message)
}
