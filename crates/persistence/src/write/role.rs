//! Roles with their children.

use domain::change::Aspects;
use domain::id::{IdSource, RoleId, SourceId, TranslationGroupId};
use domain::role::{CoverLetter, Faq, Outline, PublicationState, Role};
use domain::{Locale, PartialDate, Slug, Timestamp};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DerivePartialModel, EntityTrait, IntoActiveModel, QueryFilter,
    QuerySelect, QueryTrait,
};

use super::child::{ChildColumns, RoleChildren};
use super::identity::ChildIds;
use super::row::{corrupt, id, id_text, json, numbered};
use super::{Result, Transaction};
use crate::entity::role::{Column, Entity, Model};
use crate::entity::{faq, source, translation_group};
use crate::sort_key;
use crate::stored::outline::OutlineRow;

/// A role with everything else that its row holds, except for the children.
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

/// The role that a document was stored as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownRole {
    /// The role.
    pub role: Role,
    /// The hash of the document.
    pub content_hash: String,
}

impl Transaction {
    /// The role that a document of a source was stored as; no other transaction changes it before
    /// this one ends.
    pub async fn find_role_by_document(
        &mut self,
        source: &str,
        locale: &Locale,
        document_slug: &Slug,
    ) -> Result<Option<KnownRole>> {
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
            .into_partial_model::<KnownRow>()
            .one(&self.inner)
            .await?;
        let Some(row) = found else { return Ok(None) };
        let group = match row.translation_group_id {
            Some(key) => Some(self.translation_group(key).await?),
            None => None,
        };
        let key = row.id;
        let known = row.decode(group)?;
        self.keys.insert(known.role.id, key);
        Ok(Some(known))
    }

    /// Adds a role with its children.
    pub async fn insert_role(
        &mut self,
        record: &RoleRecord,
        children: &RoleChildren<'_>,
        ids: &dyn IdSource,
    ) -> Result<()> {
        let mut ids = ChildIds::fresh(ids);
        let columns = ChildColumns::new(record.role.id, children, &mut ids, &self.keys)?;
        let faqs = faq_rows(&columns, children.faqs);
        let row = self.row(record, columns)?;
        let key = self.insert_keyed(vec![row], Column::Id).await?;
        let key = key.first().copied().unwrap_or_default();
        self.keys.insert(record.role.id, key);
        self.pending.faqs.extend(of_role(key, faqs));
        Ok(())
    }

    /// Writes everything that the row of a role holds, its children included; tells which lists
    /// look different because of its children.
    ///
    /// A child that says the same as one before keeps its id, wherever it stands now.
    pub async fn update_role(
        &mut self,
        record: &RoleRecord,
        children: &RoleChildren<'_>,
        ids: &dyn IdSource,
    ) -> Result<Aspects> {
        self.insert_pending().await?;
        let key = self.keys.of("role", record.role.id)?;
        let (mut ids, stored_faqs) = self.load_child_ids(record.role.id, ids).await?;
        let columns = ChildColumns::new(record.role.id, children, &mut ids, &self.keys)?;
        let faqs = faq_rows(&columns, children.faqs);
        let faq = columns.faqs != stored_faqs;
        let mut row = self.row(record, columns)?.into_active_model().reset_all();
        row.not_set(Column::Id);
        Entity::update_many()
            .set(row)
            .filter(Column::Id.eq(key))
            .exec(&self.inner)
            .await?;
        self.replace(key, of_role(key, faqs), |_| ()).await?;
        Ok(Aspects::FAQ.when(faq))
    }

    /// The group that joins the translations with this key.
    pub async fn find_translation_group_by_key(
        &mut self,
        key: &str,
    ) -> Result<Option<TranslationGroupId>> {
        let found = translation_group::Entity::find()
            .filter(translation_group::Column::Key.eq(key))
            .one(&self.inner)
            .await?;
        let Some(row) = found else { return Ok(None) };
        let group: TranslationGroupId = id("translation_group", &row.uuid)?;
        self.keys.insert(group, row.id);
        Ok(Some(group))
    }

    /// Adds a group of translations.
    pub async fn insert_translation_group(
        &mut self,
        group: TranslationGroupId,
        key: &str,
    ) -> Result<()> {
        let row = translation_group::Model {
            id: 0,
            uuid: id_text(group),
            key: key.to_owned(),
        };
        let column = translation_group::Column::Id;
        for key in self.insert_keyed(vec![row], column).await? {
            self.keys.insert(group, key);
        }
        Ok(())
    }

    async fn translation_group(&mut self, key: i64) -> Result<TranslationGroupId> {
        let found = translation_group::Entity::find_by_id(key)
            .one(&self.inner)
            .await?;
        let row = found.ok_or_else(|| {
            corrupt(
                "translation_group",
                &key.to_string(),
                &"the row is not there",
            )
        })?;
        let group: TranslationGroupId = id("translation_group", &row.uuid)?;
        self.keys.insert(group, key);
        Ok(group)
    }

    fn row(&self, record: &RoleRecord, columns: ChildColumns) -> Result<Model> {
        let RoleRecord {
            role,
            outline,
            cover_letter,
            source,
            document_slug,
            content_hash,
        } = record;
        let ChildColumns {
            named_skills,
            duties,
            faqs,
            qualification_groups,
            sections,
            facts,
            salaries,
            titles,
            faq_ids: _,
        } = columns;
        let group = role.translation_group;
        let group = group.map(|group| self.keys.of("translation_group", group));
        Ok(Model {
            id: 0,
            uuid: id_text(role.id),
            slug: role.slug.to_string(),
            locale: role.locale.to_string(),
            title: role.title.clone(),
            sort_title: sort_key(&role.title),
            state: role.state.as_str().to_owned(),
            revision: i64::from(role.revision),
            created_at: role.created_at.to_string(),
            updated_at: role.updated_at.to_string(),
            published_at: role.published_at.map(|at| at.to_string()),
            last_reviewed: role.last_reviewed.map(|date| date.to_string()),
            translation_group_id: group.transpose()?,
            source_id: self.keys.of("source", *source)?,
            document_slug: document_slug.to_string(),
            content_hash: content_hash.clone(),
            named_skills,
            summary: role.summary.clone(),
            duties,
            faqs,
            qualification_groups,
            sections,
            facts,
            salaries,
            titles,
            cover_letter: cover_letter.as_ref().map(|letter| letter.text.clone()),
            outline: json(role.id, &OutlineRow::from(outline))?,
        })
    }
}

/// Where the questions of a role stand, for a role whose key is not known yet.
fn faq_rows(columns: &ChildColumns, faqs: &[Faq]) -> Vec<faq::Model> {
    let faqs = numbered(columns.faq_ids.iter().zip(faqs));
    let rows = faqs.map(|(position, (uuid, faq))| faq::Model {
        role_id: 0,
        position,
        uuid: uuid.to_string(),
        sort_question: sort_key(&faq.question),
    });
    rows.collect()
}

fn of_role(role_id: i64, faqs: Vec<faq::Model>) -> Vec<faq::Model> {
    let rows = faqs.into_iter();
    rows.map(|faq| faq::Model { role_id, ..faq }).collect()
}

/// What is known of a role before its document is stored again.
#[derive(Debug, DerivePartialModel)]
#[sea_orm(entity = "Entity")]
struct KnownRow {
    id: i64,
    uuid: String,
    slug: String,
    locale: String,
    title: String,
    summary: Option<String>,
    state: String,
    revision: i64,
    created_at: String,
    updated_at: String,
    published_at: Option<String>,
    last_reviewed: Option<String>,
    translation_group_id: Option<i64>,
    content_hash: String,
}

impl KnownRow {
    fn decode(self, translation_group: Option<TranslationGroupId>) -> Result<KnownRole> {
        let key = self.uuid;
        let moment = |text: &str| read(&key, Timestamp::parse(text));
        let date = |text: &str| read(&key, PartialDate::parse(text));
        let role = Role {
            id: id::<RoleId>("role", &key)?,
            slug: read(&key, Slug::parse(&self.slug))?,
            locale: read(&key, Locale::parse(&self.locale))?,
            title: self.title,
            summary: self.summary,
            state: read(&key, PublicationState::parse(&self.state))?,
            revision: read(&key, u32::try_from(self.revision))?,
            created_at: moment(&self.created_at)?,
            updated_at: moment(&self.updated_at)?,
            published_at: self.published_at.as_deref().map(moment).transpose()?,
            last_reviewed: self.last_reviewed.as_deref().map(date).transpose()?,
            translation_group,
        };
        Ok(KnownRole {
            role,
            content_hash: self.content_hash,
        })
    }
}

fn read<T, E: std::fmt::Display>(key: &str, value: std::result::Result<T, E>) -> Result<T> {
    value.map_err(|error| corrupt("role", key, &error))
}
