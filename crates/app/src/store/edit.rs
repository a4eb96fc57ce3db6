//! Roles that are written by hand.

use domain::change::{Aspects, ChangeOp};
use domain::id::{IdSource, RoleId};
use domain::limits::ContentLimits;
use domain::role::{IdentifiedDraft, PlacedPart, PublicationState, Role, RoleDraft};
use domain::{Slug, Violation};

use super::Store;
use super::aspect::touched;
use super::document::Document;
use crate::content_hash::content_hash;
use crate::edit::{Edit, EditAction, Edited, Refusal, RefusalCode, RoleWrite};
use crate::{AppError, StoreAction};

/// A write whose document is known.
enum Turn<'w> {
    /// Adds a role, whose slug may become another one.
    Create(Document<'w>, bool),
    /// Adds a role or changes it.
    Upsert(Document<'w>),
    /// Changes a role of a revision.
    Edit(RoleId, Option<u32>, Option<&'w Slug>, Edit<'w>),
    /// Lets a role of a revision say again what it said in another one, which comes first.
    Restore(RoleId, u32, Option<u32>),
    /// Takes a role of a revision out.
    Delete(RoleId, Option<u32>),
}

impl<'w> Turn<'w> {
    fn of(write: &RoleWrite<'w>) -> Self {
        match *write {
            RoleWrite::Create { draft, any_slug } => Self::Create(Document::new(draft), any_slug),
            RoleWrite::Upsert(draft) => Self::Upsert(Document::new(draft)),
            RoleWrite::Edit {
                role,
                expected,
                slug,
                edit,
            } => Self::Edit(role, expected, slug, edit),
            RoleWrite::Restore {
                role,
                revision,
                expected,
            } => Self::Restore(role, revision, expected),
            RoleWrite::Delete { role, expected } => Self::Delete(role, expected),
        }
    }

    fn document(&self) -> Option<&Document<'w>> {
        match self {
            Self::Create(document, _) | Self::Upsert(document) => Some(document),
            Self::Edit(..) | Self::Restore(..) | Self::Delete(..) => None,
        }
    }
}

impl Store<'_> {
    /// Writes roles one after the other; what is refused has written nothing.
    pub(crate) async fn write_roles(
        &mut self,
        writes: &[RoleWrite<'_>],
        limits: &ContentLimits,
    ) -> Result<Vec<Edited>, AppError> {
        let turns: Vec<Turn<'_>> = writes.iter().map(Turn::of).collect();
        let documents: Vec<_> = turns.iter().filter_map(Turn::document).collect();
        self.look_up(&documents).await?;
        let mut edited = Vec::with_capacity(turns.len());
        for turn in &turns {
            edited.push(self.write_role(turn, limits).await?);
        }
        Ok(edited)
    }

    async fn write_role(
        &mut self,
        turn: &Turn<'_>,
        limits: &ContentLimits,
    ) -> Result<Edited, AppError> {
        if let Some(document) = turn.document() {
            let refusals = refusals(document.draft, limits);
            if !refusals.is_empty() {
                return Ok(Edited::refused(refusals));
            }
        }
        match turn {
            Turn::Create(document, any_slug) => self.create(document.draft, *any_slug).await,
            Turn::Upsert(document) => self.upsert(document).await,
            Turn::Edit(role, expected, slug, edit) => {
                self.edit(*role, *expected, *slug, *edit, limits).await
            }
            Turn::Restore(role, revision, expected) => {
                self.restore(*role, *revision, *expected, limits).await
            }
            Turn::Delete(role, expected) => self.delete(*role, *expected).await,
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
        let before = tree.to_identified()?;
        let mut after = before.clone();
        let (part, mut reasons) = match edit(&mut after, self.ids) {
            Ok(part) => {
                self.settle_skills(before.draft(), &mut after).await?;
                let reasons = refusals_of_edit(after.draft(), limits, part.as_ref());
                (part.map(|part| part.id), reasons)
            }
            Err(reasons) => (None, reasons),
        };
        let slug = slug.filter(|slug| **slug != role.slug);
        if let Some(slug) = slug {
            reasons.extend(self.holds_another(&role, slug).await?);
        }
        let edited = if !reasons.is_empty() {
            return Ok(Edited {
                subject: Some(id.into()),
                ..Edited::refused(reasons)
            });
        } else if slug.is_none() && says_the_same(&before, &after) {
            Edited::done(id, EditAction::Unchanged, role.revision)
        } else {
            let role = self.revise(&after, role, slug).await?;
            Edited::done(id, EditAction::Updated, role.revision)
        };
        Ok(Edited { part, ..edited })
    }

    /// Why a role cannot have a slug.
    async fn holds_another(
        &mut self,
        role: &Role,
        slug: &Slug,
    ) -> Result<Option<Refusal>, AppError> {
        let holder = &mut self.transaction;
        let holder = holder.find_role_by_slug(&role.locale, slug).await?;
        let other = holder.filter(|holder| *holder != role.id);
        Ok(other.map(|_| taken(slug)))
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
        let kept = kept.map(|tree| tree.to_identified()).transpose()?;
        let restore = |role: &mut IdentifiedDraft, _: &dyn IdSource| {
            let kept = kept.as_ref();
            let kept = kept.ok_or_else(|| vec![never_published(id, revision)])?;
            role.restore(kept);
            Ok(None)
        };
        self.edit(id, expected, None, &restore, limits).await
    }

    /// Writes what a role says from now on, under the slug that it has from now on.
    pub(super) async fn revise(
        &mut self,
        draft: &IdentifiedDraft,
        before: Role,
        slug: Option<&Slug>,
    ) -> Result<Role, AppError> {
        let document = Document::identified(draft);
        self.documents.remove(&document.name());
        self.look_up_terms(&[document.draft]).await?;
        if let Some(slug) = slug {
            let transaction = &mut self.transaction;
            transaction
                .keep_former_slug(before.id, &before.locale, &before.slug, slug)
                .await?;
        }
        self.write(&document, Some(before), slug).await
    }

    async fn delete(&mut self, id: RoleId, expected: Option<u32>) -> Result<Edited, AppError> {
        let Some(mut role) = self.transaction.find_role_head_for_edit(id).await? else {
            return Ok(Edited::refused(vec![not_found(id)]));
        };
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

/// Every rule that a draft breaks that somebody has edited. The headings of a document follow its
/// sections, so that what is wrong with these says it all.
fn refusals_of_edit(
    draft: &RoleDraft,
    limits: &ContentLimits,
    part: Option<&PlacedPart>,
) -> Vec<Refusal> {
    let mut violations: Vec<Violation> = draft.violations(limits);
    let is_heading = |violation: &Violation| violation.field().starts_with("outline[");
    if !violations.iter().all(is_heading) {
        violations.retain(|violation| !is_heading(violation));
    }
    let refusals = violations.iter().map(|violation| match part {
        Some(part) => Refusal::of_part_violation(violation, part),
        None => Refusal::of_violation(violation),
    });
    refusals.collect()
}

/// Whether an edit has changed nothing: neither what the role says, nor which part says it.
fn says_the_same(before: &IdentifiedDraft, after: &IdentifiedDraft) -> bool {
    content_hash(before.draft()) == content_hash(after.draft())
        && after.ids().agree_with(before.ids())
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
        subject: Some(role.id.into()),
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
