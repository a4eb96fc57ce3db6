//! Entities of data sets.

use domain::import::{ImportRun, Imported};
use domain::role::diff::RolePart;
use domain::role::{PublicationState, Role, RoleDiff, RoleDraft, RolePatch};

use super::{Document, Store};
use crate::import::{Base, Entity, Fill, ImportAction, ImportOutcome, Merged, hash, merge};
use crate::{AppError, StoreAction};

impl Store<'_> {
    /// Imports an entity for the first time. A role that was made of the same document before is
    /// brought up to date.
    pub(crate) async fn import_first(
        &mut self,
        document: &Document<'_>,
        entity: &Entity,
    ) -> Result<(Imported, ImportOutcome), AppError> {
        let stored = self.role(document).await?;
        let action = match stored.action {
            StoreAction::Created => ImportAction::Created,
            StoreAction::Updated => ImportAction::Updated,
            StoreAction::Unchanged => ImportAction::Refreshed,
        };
        let revision = self.revision_of(document);
        let imported = entity.became(Some(stored.id), revision);
        Ok((imported, ImportOutcome::of(action)))
    }

    /// Imports an entity that was imported before.
    pub(crate) async fn import_again(
        &mut self,
        known: Imported,
        entity: &Entity,
        fill: Fill<'_>,
    ) -> Result<(Imported, ImportOutcome), AppError> {
        if known.fingerprint == entity.fingerprint {
            return Ok((known, ImportOutcome::of(ImportAction::Unchanged)));
        }
        let tree = match known.role {
            Some(role) => self.transaction.find_role_for_edit(role).await?,
            None => None,
        };
        let Some(tree) = tree else {
            let imported = entity.became(None, known.revision);
            return Ok((imported, ImportOutcome::of(ImportAction::Deleted)));
        };
        let role = tree.role.clone();
        let ours = tree.to_identified()?;
        let mut theirs = entity.draft.clone();
        fill(&mut theirs, ours.draft());
        let base = self.last_imported(&known, &role).await?;
        let Merged {
            draft,
            conflicts,
            kept,
        } = merge(&base, &known.kept, ours.draft(), &theirs);
        let mut differences = RoleDiff::between(ours.draft(), &draft).differences;
        // What must be said about the source was noted when the import began.
        differences.retain(|difference| difference.part != RolePart::Source);
        let (id, mut revision) = (role.id, role.revision);
        let mut action = ImportAction::Refreshed;
        if !differences.is_empty() {
            let mut after = ours.clone();
            after.replace(draft);
            revision = self.revise(&after, role, None).await?.revision;
            action = ImportAction::Updated;
        }
        let imported = Imported {
            kept,
            ..entity.became(Some(id), revision)
        };
        let outcome = ImportOutcome {
            action,
            differences,
            conflicts,
        };
        Ok((imported, outcome))
    }

    /// Archives the role of an entity that is gone; `None` when there is nothing to do.
    pub(crate) async fn retire_entity(
        &mut self,
        imported: &Imported,
    ) -> Result<Option<ImportOutcome>, AppError> {
        let Some(role) = imported.role else {
            return Ok(None);
        };
        let Some(tree) = self.transaction.find_role_for_edit(role).await? else {
            return Ok(None);
        };
        let role = tree.role.clone();
        if role.state == PublicationState::Archived {
            return Ok(None);
        }
        if role.revision != imported.revision || !imported.kept.is_empty() {
            let conflicts = vec![RolePart::State];
            return Ok(Some(ImportOutcome {
                conflicts,
                ..ImportOutcome::of(ImportAction::Unchanged)
            }));
        }
        let mut draft = tree.to_identified()?;
        let _none = draft.patch(RolePatch::to_state(PublicationState::Archived));
        self.revise(&draft, role, None).await?;
        Ok(Some(ImportOutcome::of(ImportAction::Removed)))
    }

    /// What a role said when it was imported last.
    async fn last_imported(&mut self, known: &Imported, role: &Role) -> Result<Base, AppError> {
        if known.revision == role.revision {
            return Ok(Base::Untouched);
        }
        let past = &mut self.transaction;
        let past = past.find_role_revision(role.id, known.revision).await?;
        let past = past.map(|tree| tree.to_draft()).transpose()?;
        // Who may see the role is for its editors to say, whatever it said.
        Ok(past.map_or(Base::Unknown, |past| {
            Base::Said(Box::new(RoleDraft {
                state: role.state,
                ..past
            }))
        }))
    }

    fn revision_of(&self, document: &Document<'_>) -> u32 {
        let known = self.documents.get(&document.name());
        known.map_or(1, |known| known.role.revision)
    }

    pub(crate) async fn note_imported(
        &mut self,
        run: &ImportRun,
        noted: Vec<(Imported, &Entity)>,
    ) -> Result<(), AppError> {
        if noted.is_empty() {
            return Ok(());
        }
        self.notes_outcome = true;
        let hashes: Vec<Vec<String>> = noted
            .iter()
            .map(|(_, entity)| entity.rows.iter().map(hash).collect())
            .collect();
        let noted = noted.into_iter().zip(&hashes);
        let noted: Vec<_> = noted
            .map(|((imported, entity), hashes)| {
                (imported, entity.rows.as_slice(), hashes.as_slice())
            })
            .collect();
        self.transaction.put_imported(run, &noted).await?;
        Ok(())
    }
}
