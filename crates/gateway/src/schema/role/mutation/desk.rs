//! What mutations of roles do at their desk.

use app::{Edit, Edited, Receipt, Refusal, RefusalCode, RoleWrite};
use async_graphql::ID;
use domain::id::{Id as _, IdSource, RoleId};
use domain::role::part::{Part, PartEdit, PartIds, StrayId};
use domain::role::{IdentifiedDraft, PublicationState, RoleDraft, RolePatch};
use domain::source::SourceName;
use ingest::skill::enrich;

use super::super::revision::revision;
use super::input::{RoleContentInput, SourceInput};
use super::payload::RolePayload;
use super::{RoleCreateInput, RoleUpsertInput};
use crate::error::ApiError;
use crate::schema::mutation::Desk;
use crate::schema::node::parse_id;
use crate::schema::scalar::{Locale, Slug};

impl Desk<'_> {
    pub(super) async fn edit(
        &self,
        role: RoleId,
        expected: Option<i32>,
        slug: Option<domain::Slug>,
        patch: &RolePatch,
    ) -> Result<Receipt, ApiError> {
        let edit = |role: &mut IdentifiedDraft, _: &dyn IdSource| {
            refuse_strays(&role.patch(patch.clone()))?;
            role.with_skills(|draft| enrich(draft, self.dictionary));
            Ok(None)
        };
        let edit: Edit<'_> = &edit;
        let edit = RoleWrite::Edit {
            role,
            expected: expected.map(revision),
            slug: slug.as_ref(),
            edit,
        };
        self.write_roles(&[edit]).await
    }

    /// Edits one part of a role, or tells why the edit cannot be read.
    pub(super) async fn edit_part<P: Part>(
        &self,
        role: RoleId,
        expected: Option<i32>,
        edit: Result<PartEdit<'_, P>, Vec<Refusal>>,
    ) -> Result<Receipt, ApiError> {
        let edit = match edit {
            Ok(edit) => edit,
            Err(refusals) => return Ok(unread(role, refusals)),
        };
        let edit = |role: &mut IdentifiedDraft, ids: &dyn IdSource| {
            let placed = role.edit(&edit, P::Id::fresh(ids));
            let placed = placed.map_err(|problem| vec![Refusal::of_part(problem)])?;
            role.with_skills(|draft| enrich(draft, self.dictionary));
            Ok(Some(placed))
        };
        let edit = RoleWrite::Edit {
            role,
            expected: expected.map(revision),
            slug: None,
            edit: &edit,
        };
        let mut receipt = self.write_roles(&[edit]).await?;
        receipt.edited.iter_mut().for_each(name_the_role);
        Ok(receipt)
    }

    pub(super) async fn to_state<M>(
        &self,
        id: &ID,
        expected: Option<i32>,
        state: PublicationState,
    ) -> Result<RolePayload<M>, ApiError> {
        let patch = RolePatch::to_state(state);
        let receipt = self.edit(parse_id(id)?, expected, None, &patch).await?;
        Ok(RolePayload::new(receipt))
    }

    /// Writes the drafts that could be read; the others tell why they could not.
    pub(super) async fn upsert(
        &self,
        drafts: Vec<Result<RoleDraft, Vec<Refusal>>>,
    ) -> Result<Receipt, ApiError> {
        let writes = drafts.iter().flatten().map(RoleWrite::Upsert);
        let writes: Vec<RoleWrite<'_>> = writes.collect();
        let mut receipt = self.write_roles(&writes).await?;
        if receipt.refusals.is_empty() {
            let mut edited = std::mem::take(&mut receipt.edited).into_iter();
            let edited = drafts.into_iter().map(|draft| match draft {
                Ok(_) => edited.next().unwrap_or_default(),
                Err(refusals) => Edited::refused(refusals),
            });
            receipt.edited = edited.enumerate().map(at_its_place).collect();
        }
        Ok(receipt)
    }

    pub(super) fn draft(&self, input: RoleCreateInput) -> Result<RoleDraft, Vec<Refusal>> {
        let RoleCreateInput {
            title,
            slug,
            locale,
            source,
            state,
            content,
        } = input;
        let slug = match slug {
            Some(Slug(slug)) => slug,
            None => domain::Slug::from_title(&title).map_err(|_no_letters| vec![nameless()])?,
        };
        let mut draft = RoleDraft::new(self.source(source), slug, title);
        draft.state = state.into();
        self.filled(draft, locale, content)
    }

    pub(super) fn upserted(&self, input: RoleUpsertInput) -> Result<RoleDraft, Vec<Refusal>> {
        let RoleUpsertInput {
            slug: Slug(slug),
            title,
            state,
            locale,
            source,
            content,
        } = input;
        let mut draft = RoleDraft::new(self.source(source), slug, title);
        draft.state = state.into();
        self.filled(draft, locale, content)
    }

    fn filled(
        &self,
        mut draft: RoleDraft,
        locale: Option<Locale>,
        content: RoleContentInput,
    ) -> Result<RoleDraft, Vec<Refusal>> {
        if let Some(Locale(locale)) = locale {
            draft.locale = locale;
        }
        let patch = content.into_patch()?;
        // A role that is described whole has no parts of before.
        let mut role = IdentifiedDraft::new(draft, PartIds::default());
        refuse_strays(&role.patch(patch))?;
        let mut draft = role.into_draft();
        enrich(&mut draft, self.dictionary);
        Ok(draft)
    }

    fn source(&self, source: Option<SourceInput>) -> SourceName {
        source.map_or_else(
            || SourceName {
                name: self.author.name.to_owned(),
                licence: None,
                attribution: None,
            },
            SourceName::from,
        )
    }
}

fn refuse_strays(strays: &[StrayId]) -> Result<(), Vec<Refusal>> {
    if strays.is_empty() {
        return Ok(());
    }
    Err(strays.iter().map(Refusal::of_stray).collect())
}

/// An edit of a role that could not be read.
fn unread(role: RoleId, refusals: Vec<Refusal>) -> Receipt {
    let edited = Edited {
        subject: Some(role.into()),
        ..Edited::refused(refusals)
    };
    Receipt {
        edited: vec![edited],
        ..Receipt::default()
    }
}

/// The argument `id` names a part, and `role` the role, where a part is edited.
fn name_the_role(edited: &mut Edited) {
    if edited.subject.is_none() {
        let mut refusals = edited.refusals.iter_mut();
        let of_role = refusals.find(|refusal| refusal.code == RefusalCode::NotFound);
        if let Some(refusal) = of_role {
            refusal.path = vec!["role".to_owned()];
        }
    }
}

/// What became of one of several roles, with the place of the role in what it tells.
fn at_its_place((index, edited): (usize, Edited)) -> Edited {
    let outer = ["roles".to_owned(), index.to_string()];
    let refusals = edited.refusals.into_iter().map(|mut refusal| {
        refusal.path.retain(|step| step != "input");
        refusal.inside_of(&outer)
    });
    Edited {
        refusals: refusals.collect(),
        ..edited
    }
}

fn nameless() -> Refusal {
    let message = "a slug cannot be made from this title: give a slug";
    Refusal::new(RefusalCode::Invalid, &["input", "slug"], message)
}
