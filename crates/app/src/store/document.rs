//! What documents need to know of the catalogue, asked for all of them at once.

use std::collections::{BTreeMap, HashSet};

use domain::role::{IdentifiedDraft, PartIds, RoleDraft};
use domain::{Locale, Slug};
use persistence::KnownRole;

use super::Store;
use crate::AppError;
use crate::content_hash::content_hash;

/// A document that is to be stored.
pub(crate) struct Document<'d> {
    pub(super) draft: &'d RoleDraft,
    /// Equal for documents that say the same.
    pub(super) content_hash: String,
    /// The ids that its parts keep, when somebody knows them.
    pub(super) ids: Option<&'d PartIds>,
}

/// What names a document: source, locale and slug.
pub(super) type DocumentName = (String, Locale, Slug);

impl<'d> Document<'d> {
    pub(crate) fn new(draft: &'d RoleDraft) -> Self {
        Self {
            draft,
            content_hash: content_hash(draft),
            ids: None,
        }
    }

    /// A document whose parts are known by their ids.
    pub(super) fn identified(draft: &'d IdentifiedDraft) -> Self {
        Self {
            ids: Some(draft.ids()),
            ..Self::new(draft.draft())
        }
    }

    pub(super) fn name(&self) -> DocumentName {
        let RoleDraft {
            source,
            locale,
            slug,
            ..
        } = self.draft;
        (source.name.clone(), locale.clone(), slug.clone())
    }
}

impl Store<'_> {
    /// Looks up what storing the documents takes: the roles that they were stored as, whether the
    /// slugs they ask for are held, and the categories and skills that they name.
    pub(crate) async fn look_up(&mut self, documents: &[&Document<'_>]) -> Result<(), AppError> {
        self.look_up_documents(documents).await?;
        let (mut news, mut unknown) = (Vec::new(), Vec::new());
        let mut names = HashSet::with_capacity(documents.len());
        for document in documents {
            let name = document.name();
            let known = self.documents.get(&name);
            if known.is_none() {
                unknown.push(document.draft);
            }
            // What a name stands for may be another text by the time it comes again.
            let is_repeated = !names.insert(name);
            if is_repeated || !known.is_some_and(|known| says(known, document)) {
                news.push(document.draft);
            }
        }
        self.look_up_slugs(&unknown).await?;
        self.look_up_terms(&news).await
    }

    /// Looks up the categories and skills that documents name.
    pub(super) async fn look_up_terms(&mut self, drafts: &[&RoleDraft]) -> Result<(), AppError> {
        self.look_up_categories(drafts).await?;
        self.look_up_skills(drafts).await
    }

    async fn look_up_documents(&mut self, documents: &[&Document<'_>]) -> Result<(), AppError> {
        let mut slugs: BTreeMap<(&str, &str), (&Locale, Vec<Slug>)> = BTreeMap::new();
        for Document { draft, .. } in documents {
            let place = (draft.source.name.as_str(), draft.locale.as_str());
            let (_, slugs) = slugs.entry(place).or_insert((&draft.locale, Vec::new()));
            slugs.push(draft.slug.clone());
        }
        for ((source, _), (locale, slugs)) in slugs {
            let known = &mut self.transaction;
            let known = known.find_roles_by_document(source, locale, &slugs).await?;
            for (slug, role) in known {
                let name = (source.to_owned(), locale.clone(), slug);
                self.documents.insert(name, role);
            }
        }
        Ok(())
    }
}

/// Whether a role was made from a document that says the same.
pub(super) fn says(known: &KnownRole, document: &Document<'_>) -> bool {
    known.content_hash == document.content_hash
}
