//! Roles without their children.

use domain::id::{RoleId, SourceId, TranslationGroupId};
use domain::role::{CoverLetter, Outline, PublicationState, Role};
use domain::{Locale, PartialDate, Slug, Timestamp};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
    QueryTrait,
};

use super::row::{corrupt, id, id_text};
use super::{Result, Transaction};
use crate::entity::role::{Column, Entity, Model};
use crate::entity::{source, translation_group};
use crate::outline::OutlineRow;
use crate::sort_key;

/// A role with everything else that its row holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleRecord {
    /// The role.
    pub role: Role,
    /// Headings and page furniture.
    pub outline: Outline,
    /// The sample cover letter.
    pub cover_letter: Option<CoverLetter>,
    /// Where the texts come from.
    pub source: SourceId,
    /// The slug that the document asked for; with source and locale it names the document.
    pub document_slug: Slug,
    /// Equal for documents that say the same.
    pub content_hash: String,
}

impl Transaction {
    /// The role that a document of a source was stored as; no other transaction changes it before
    /// this one ends.
    pub async fn find_role_by_document(
        &self,
        source: &str,
        locale: &Locale,
        document_slug: &Slug,
    ) -> Result<Option<RoleRecord>> {
        let source = source::Entity::find()
            .select_only()
            .column(source::Column::Id)
            .filter(source::Column::Name.eq(source))
            .into_query();
        let found = Entity::find()
            .filter(Column::SourceId.in_subquery(source))
            .filter(Column::Locale.eq(locale.as_str()))
            .filter(Column::DocumentSlug.eq(document_slug.as_str()))
            .lock_exclusive()
            .one(&self.inner)
            .await?;
        found.map(record).transpose()
    }

    /// Adds a role without its children.
    pub async fn insert_role(&self, record: &RoleRecord) -> Result<()> {
        self.insert_all(vec![row(record)?]).await
    }

    /// Writes everything that the row of a role holds.
    pub async fn update_role(&self, record: &RoleRecord) -> Result<()> {
        Entity::update_many()
            .set(row(record)?.into_active_model().reset_all())
            .filter(Column::Id.eq(id_text(record.role.id)))
            .exec(&self.inner)
            .await?;
        Ok(())
    }

    /// The group that joins the translations with this key.
    pub async fn find_translation_group_by_key(
        &self,
        key: &str,
    ) -> Result<Option<TranslationGroupId>> {
        let found = translation_group::Entity::find()
            .filter(translation_group::Column::Key.eq(key))
            .one(&self.inner)
            .await?;
        let found = found
            .map(|translation_group::Model { id: group, key: _ }| id("translation_group", &group));
        found.transpose()
    }

    /// Adds a group of translations.
    pub async fn insert_translation_group(
        &self,
        group: TranslationGroupId,
        key: &str,
    ) -> Result<()> {
        let row = translation_group::Model {
            id: id_text(group),
            key: key.to_owned(),
        };
        self.insert_all(vec![row]).await
    }
}

fn row(record: &RoleRecord) -> Result<Model> {
    let RoleRecord {
        role,
        outline,
        cover_letter,
        source,
        document_slug,
        content_hash,
    } = record;
    let Role {
        id,
        slug,
        locale,
        title,
        summary,
        state,
        revision,
        created_at,
        updated_at,
        published_at,
        last_reviewed,
        translation_group,
    } = role;
    let key = id_text(*id);
    let outline = serde_json::to_string(&OutlineRow::from(outline));
    let outline = outline.map_err(|error| corrupt("role", &key, &error))?;
    let revision = i32::try_from(*revision).map_err(|error| corrupt("role", &key, &error))?;
    Ok(Model {
        id: key,
        locale: locale.to_string(),
        slug: slug.to_string(),
        title: title.clone(),
        sort_title: sort_key(title),
        summary: summary.clone(),
        state: state.as_str().to_owned(),
        revision,
        content_hash: content_hash.clone(),
        outline,
        cover_letter: cover_letter.as_ref().map(|letter| letter.text.clone()),
        source_id: id_text(*source),
        document_slug: document_slug.to_string(),
        translation_group_id: translation_group.map(id_text),
        created_at: created_at.to_string(),
        updated_at: updated_at.to_string(),
        published_at: published_at.map(|at| at.to_string()),
        last_reviewed: last_reviewed.map(|date| date.to_string()),
    })
}

fn record(row: Model) -> Result<RoleRecord> {
    let Model {
        id: key,
        locale,
        slug,
        title,
        sort_title: _,
        summary,
        state,
        revision,
        content_hash,
        outline,
        cover_letter,
        source_id,
        document_slug,
        translation_group_id,
        created_at,
        updated_at,
        published_at,
        last_reviewed,
    } = row;
    let outline: OutlineRow = read(&key, serde_json::from_str(&outline))?;
    let role = Role {
        id: id::<RoleId>("role", &key)?,
        slug: read(&key, Slug::parse(&slug))?,
        locale: read(&key, Locale::parse(&locale))?,
        title,
        summary,
        state: read(&key, PublicationState::parse(&state))?,
        revision: read(&key, u32::try_from(revision))?,
        created_at: read(&key, Timestamp::parse(&created_at))?,
        updated_at: read(&key, Timestamp::parse(&updated_at))?,
        published_at: read(
            &key,
            published_at.as_deref().map(Timestamp::parse).transpose(),
        )?,
        last_reviewed: read(
            &key,
            last_reviewed.as_deref().map(PartialDate::parse).transpose(),
        )?,
        translation_group: translation_group_id
            .map(|group| id::<TranslationGroupId>("role", &group))
            .transpose()?,
    };
    Ok(RoleRecord {
        role,
        outline: read(&key, Outline::try_from(outline))?,
        cover_letter: cover_letter.map(|text| CoverLetter { text }),
        source: id("role", &source_id)?,
        document_slug: read(&key, Slug::parse(&document_slug))?,
        content_hash,
    })
}

fn read<T, E: std::fmt::Display>(key: &str, value: std::result::Result<T, E>) -> Result<T> {
    value.map_err(|error| corrupt("role", key, &error))
}
