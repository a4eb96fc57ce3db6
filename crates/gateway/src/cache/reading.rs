//! Reads that note what an answer depends on.

use std::sync::{Arc, Mutex, PoisonError};

use domain::change::{Aspects, ChangeEntity, Tag, Tags};
use domain::id::{CategoryId, FaqId, Id, RoleId, SkillId};
use domain::read::dependency::{note_missing_past, note_past};
use domain::read::{
    AsOf, CategoriesRequest, CategoryBy, CategoryParts, CategoryTree, ChangePage, ChangesRequest,
    Connection, Depends, FaqParts, FaqTree, FaqsRequest, Page, RoleBy, RoleFilter, RoleParts,
    RoleTree, RolesRequest, SkillBy, SkillParts, SkillTree, SkillsRequest,
};
use persistence::{PersistenceError, Reads};
use search::request::{
    Found, ResolveRequest, SearchParts, SearchRequest, SuggestParts, SuggestRequest, Suggestion,
    TitleMatch,
};

use super::Audience;

pub(super) type Result<T> = std::result::Result<T, PersistenceError>;

/// The reading side of the catalogue for one operation: the only one that fields have, so that
/// nothing is read without a note of what the answer depends on.
#[derive(Clone, Debug)]
pub(crate) struct Reading {
    pub(super) reads: Reads,
    pub(super) audience: Audience,
    noted: Option<Arc<Mutex<Tags>>>,
}

impl Reading {
    /// Reads for an answer that is not kept.
    pub(crate) fn unnoted(reads: &Reads, audience: Audience) -> Self {
        Self {
            reads: reads.clone(),
            audience,
            noted: None,
        }
    }

    /// Reads for an answer that may be kept, for everybody: changes tell of nothing that only
    /// editors see.
    pub(crate) fn noting(reads: &Reads) -> Self {
        Self {
            reads: reads.clone(),
            audience: Audience::Public,
            noted: Some(Arc::default()),
        }
    }

    /// The same reads of one state of the catalogue.
    pub(crate) async fn snapshot(&self) -> Result<Self> {
        Ok(Self {
            reads: self.reads.snapshot().await?,
            audience: self.audience,
            noted: self.noted.clone(),
        })
    }

    /// What was read until now; nothing when nothing was to be noted.
    pub(crate) fn noted(&self) -> Tags {
        let Some(noted) = &self.noted else {
            return Tags::default();
        };
        let mut noted = noted.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut *noted)
    }

    pub(super) fn note(&self, note: impl FnOnce(&mut Tags)) {
        if let Some(noted) = &self.noted {
            // Tags are a plain list, right after every step.
            note(&mut noted.lock().unwrap_or_else(PoisonError::into_inner));
        }
    }

    pub(super) fn note_all(&self, asked: &impl Depends, found: &impl Depends) {
        self.note(|tags| {
            asked.note(tags);
            found.note(tags);
        });
    }

    /// Whoever asks for an id depends on its entity, also while that is not there.
    pub(super) fn note_ids<I: Id>(&self, entity: ChangeEntity, ids: &[I], found: &impl Depends) {
        self.note(|tags| {
            for id in ids {
                tags.add_entity(entity, *id);
            }
            found.note(tags);
        });
    }

    /// The role that `by` names, if the audience may see it.
    pub(crate) async fn find_visible_role(
        &self,
        by: &RoleBy,
        parts: &RoleParts,
    ) -> Result<Option<RoleTree>> {
        let found = match self.audience {
            Audience::Public => self.reads.find_published_role(by, parts).await?,
            Audience::Editors => self.reads.find_role(by, parts).await?,
        };
        self.note_all(by, &found);
        Ok(found)
    }

    /// The role that `by` names as everyone saw it then, if the audience may see it now.
    pub(crate) async fn find_visible_role_as_of(
        &self,
        by: &RoleBy,
        as_of: AsOf,
        parts: &RoleParts,
    ) -> Result<Option<RoleTree>> {
        let reads = &self.reads;
        let found = match self.audience {
            Audience::Public => reads.find_published_role_as_of(by, as_of, parts).await?,
            Audience::Editors => reads.find_role_as_of(by, as_of, parts).await?,
        };
        self.note_all(by, &found);
        self.note(|tags| match &found {
            Some(_) => note_past(tags),
            None => note_missing_past(tags),
        });
        Ok(found)
    }

    /// A page of the roles that the audience may see.
    pub(crate) async fn visible_roles_page(
        &self,
        wanted: &Connection<RolesRequest, RoleParts>,
    ) -> Result<Page<RoleTree>> {
        let found = match self.audience {
            Audience::Public => self.reads.published_roles_page(wanted).await?,
            Audience::Editors => self.reads.roles_page(wanted).await?,
        };
        self.note_all(&wanted.request, &found);
        Ok(found)
    }

    /// The category that `by` names.
    pub(crate) async fn find_category(
        &self,
        by: &CategoryBy,
        parts: &CategoryParts,
    ) -> Result<Option<CategoryTree>> {
        let found = match self.audience {
            Audience::Public => self.reads.find_category(by, parts).await?,
            Audience::Editors => self.reads.find_category_with_drafts(by, parts).await?,
        };
        self.note(|tags| match &found {
            Some(found) => found.note(tags),
            None => by.note_missing(tags),
        });
        Ok(found)
    }

    /// A page of categories, by name.
    pub(crate) async fn categories_page(
        &self,
        wanted: &Connection<CategoriesRequest, CategoryParts>,
    ) -> Result<Page<CategoryTree>> {
        let found = match self.audience {
            Audience::Public => self.reads.categories_page(wanted).await?,
            Audience::Editors => self.reads.categories_page_with_drafts(wanted).await?,
        };
        self.note_all(&wanted.request, &found);
        Ok(found)
    }

    /// The skill that `by` names.
    pub(crate) async fn find_skill(
        &self,
        by: &SkillBy,
        parts: &SkillParts,
    ) -> Result<Option<SkillTree>> {
        let found = match self.audience {
            Audience::Public => self.reads.find_skill(by, parts).await?,
            Audience::Editors => self.reads.find_skill_with_drafts(by, parts).await?,
        };
        self.note(|tags| match &found {
            Some(found) => found.note(tags),
            None => by.note_missing(tags),
        });
        Ok(found)
    }

    /// A page of skills, by name.
    pub(crate) async fn skills_page(
        &self,
        wanted: &Connection<SkillsRequest, SkillParts>,
    ) -> Result<Page<SkillTree>> {
        let found = match self.audience {
            Audience::Public => self.reads.skills_page(wanted).await?,
            Audience::Editors => self.reads.skills_page_with_drafts(wanted).await?,
        };
        self.note_all(&wanted.request, &found);
        Ok(found)
    }

    /// A page of the questions of roles that the audience may see, by question.
    pub(crate) async fn visible_faqs_page(
        &self,
        wanted: &Connection<FaqsRequest, FaqParts>,
    ) -> Result<Page<FaqTree>> {
        let found = match self.audience {
            Audience::Public => self.reads.published_faqs_page(wanted).await?,
            Audience::Editors => self.reads.faqs_page(wanted).await?,
        };
        self.note_all(&wanted.request, &found);
        Ok(found)
    }

    /// Roles that the audience may see by id, in no particular order.
    pub(crate) async fn visible_roles_of_ids(
        &self,
        ids: &[RoleId],
        parts: &RoleParts,
    ) -> Result<Vec<RoleTree>> {
        let found = match self.audience {
            Audience::Public => self.reads.published_roles_of_ids(ids, parts).await?,
            Audience::Editors => self.reads.roles_of_ids(ids, parts).await?,
        };
        self.note_ids(ChangeEntity::Role, ids, &found);
        Ok(found)
    }

    /// Those of the published roles with these ids that a filter lets pass.
    pub(crate) async fn published_roles_matching(
        &self,
        ids: &[RoleId],
        filter: &RoleFilter,
        parts: &RoleParts,
    ) -> Result<Vec<RoleTree>> {
        let found = self.reads.published_roles_matching(ids, filter, parts);
        let found = found.await?;
        self.note(|tags| filter.note(tags));
        self.note_ids(ChangeEntity::Role, ids, &found);
        Ok(found)
    }

    /// Categories by id, in no particular order.
    pub(crate) async fn categories_of_ids(
        &self,
        ids: &[CategoryId],
        parts: &CategoryParts,
    ) -> Result<Vec<CategoryTree>> {
        let found = match self.audience {
            Audience::Public => self.reads.categories_of_ids(ids, parts).await?,
            Audience::Editors => self.reads.categories_of_ids_with_drafts(ids, parts).await?,
        };
        self.note_ids(ChangeEntity::Category, ids, &found);
        Ok(found)
    }

    /// Skills by id, in no particular order.
    pub(crate) async fn skills_of_ids(
        &self,
        ids: &[SkillId],
        parts: &SkillParts,
    ) -> Result<Vec<SkillTree>> {
        let found = match self.audience {
            Audience::Public => self.reads.skills_of_ids(ids, parts).await?,
            Audience::Editors => self.reads.skills_of_ids_with_drafts(ids, parts).await?,
        };
        self.note_ids(ChangeEntity::Skill, ids, &found);
        Ok(found)
    }

    /// Questions of roles that the audience may see by id, in no particular order.
    pub(crate) async fn visible_faqs_of_ids(
        &self,
        ids: &[FaqId],
        parts: &FaqParts,
    ) -> Result<Vec<FaqTree>> {
        let found = match self.audience {
            Audience::Public => self.reads.published_faqs_of_ids(ids, parts).await?,
            Audience::Editors => self.reads.faqs_of_ids(ids, parts).await?,
        };
        if !ids.is_empty() {
            // The id of a question does not tell the role to which it belongs.
            let aspects = Aspects::FAQ | Aspects::MEMBERSHIP;
            self.note(|tags| {
                tags.add_list(ChangeEntity::Role, aspects);
                found.note(tags);
            });
        }
        Ok(found)
    }

    /// A page of the published roles that answer a query.
    pub(crate) async fn search(
        &self,
        request: &SearchRequest,
        parts: &SearchParts,
    ) -> Result<Found> {
        let found = self.reads.search(request, parts).await?;
        self.note_all(request, &found);
        Ok(found)
    }

    /// Names that somebody may be typing.
    pub(crate) async fn suggest(
        &self,
        request: &SuggestRequest,
        parts: &SuggestParts,
    ) -> Result<Vec<Suggestion>> {
        let found = self.reads.suggest(request, parts).await?;
        self.note_all(request, &found);
        Ok(found)
    }

    /// For each of the titles the published roles that it may mean.
    pub(crate) async fn resolve_titles(
        &self,
        request: &ResolveRequest,
        parts: &RoleParts,
    ) -> Result<Vec<Vec<TitleMatch>>> {
        let found = self.reads.resolve_titles(request, parts).await?;
        self.note_all(request, &found);
        Ok(found)
    }

    /// A page of the change sequence. Every change may be the next one, or the head.
    pub(crate) async fn changes_page(&self, wanted: &ChangesRequest) -> Result<ChangePage> {
        self.note(|tags| tags.add(Tag::EVERYTHING));
        self.reads.changes_page(wanted).await
    }

    /// The head of the change sequence.
    pub(crate) async fn catalogue_version(&self) -> Result<u64> {
        self.note(|tags| tags.add(Tag::EVERYTHING));
        self.reads.catalogue_version().await
    }
}
