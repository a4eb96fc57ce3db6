//! Roles with their children.

use std::collections::{BTreeSet, HashMap};

use domain::change::Aspects;
use domain::id::{IdSource, RoleId, SourceId, TranslationGroupId};
use domain::role::{CoverLetter, Faq, Outline, PublicationState, Role};
use domain::{Locale, PartialDate, Slug, Timestamp};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IdenStatic, Iterable, ModelTrait, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait,
};

use super::child::{ChildColumns, RoleChildren, new_ids, stored_ids};
use super::link::{LinkRows, RoleLinks, of};
use super::pending::NewRole;
use super::row::{NO_KEY, corrupt, id, id_text, json, numbered};
use super::{ROWS_PER_STATEMENT, Result, Transaction};
use crate::engine::Row;
use crate::entity::role::{ActiveModel, Column, Entity, Model};
use crate::entity::{faq, source, translation_group};
use crate::sort_key;
use crate::stored::outline::OutlineRow;

/// The columns that searches read: when none of them changes, the index has nothing to do.
const FOUND_BY: [Column; 11] = [
    Column::State,
    Column::Locale,
    Column::Title,
    Column::Titles,
    Column::Summary,
    Column::Duties,
    Column::Faqs,
    Column::QualificationGroups,
    Column::Sections,
    Column::Facts,
    Column::Salaries,
];

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
    /// The roles that documents of a source were stored as, by the slugs that the documents asked
    /// for; no other transaction changes them before this one ends.
    pub async fn find_roles_by_document(
        &mut self,
        source: &str,
        locale: &Locale,
        document_slugs: &[Slug],
    ) -> Result<HashMap<Slug, KnownRole>> {
        let mut known = HashMap::new();
        for chunk in document_slugs.chunks(ROWS_PER_STATEMENT) {
            let source = source::Entity::find()
                .select_only()
                .column(source::Column::Id)
                .filter(source::Column::Name.eq(source))
                .into_query();
            let rows = Entity::find()
                .select_only()
                .columns(KnownRow::COLUMNS)
                .filter(Column::SourceId.in_subquery(source))
                .filter(Column::Locale.eq(locale.as_str()))
                .filter(Column::DocumentSlug.is_in(chunk.iter().map(Slug::as_str)))
                // Transactions that wait for each other's roles do so in one order.
                .order_by_asc(Column::Id)
                .lock_exclusive();
            let rows = self.select(rows).await?;
            let rows: Vec<KnownRow> = rows.iter().map(KnownRow::of).collect();
            let groups = self.translation_groups(&rows).await?;
            for row in rows {
                let key = row.id;
                let (slug, role) = row.decode(&groups)?;
                self.keys.insert(role.role.id, key);
                known.insert(slug, role);
            }
        }
        Ok(known)
    }

    /// A role without what it says; no other transaction changes it before this one ends.
    pub async fn find_role_head_for_edit(&mut self, id: RoleId) -> Result<Option<Role>> {
        self.insert_pending().await?;
        let found = Entity::find()
            .select_only()
            .columns(KnownRow::COLUMNS)
            .filter(Column::Uuid.eq(id_text(id)))
            .lock_exclusive();
        let rows = self.select(found).await?;
        let Some(row) = rows.iter().next().map(KnownRow::of) else {
            return Ok(None);
        };
        let groups = self.translation_groups(std::slice::from_ref(&row)).await?;
        self.keys.insert(id, row.id);
        let (_, known) = row.decode(&groups)?;
        Ok(Some(known.role))
    }

    /// Adds a role with its children and its links, at the latest when the transaction is
    /// committed.
    pub async fn insert_role(
        &mut self,
        record: &RoleRecord,
        children: &RoleChildren<'_>,
        links: &RoleLinks<'_>,
        ids: &dyn IdSource,
    ) -> Result<()> {
        let id = record.role.id;
        let mut ids = new_ids(children, ids);
        let columns = ChildColumns::new(id, children, &mut ids, &self.keys)?;
        let role = NewRole {
            id,
            faqs: faq_rows(&columns, children.faqs),
            row: self.row(record, columns)?,
            links: LinkRows::new(links, &self.keys)?,
            kept: None,
        };
        self.insert_later(role).await
    }

    /// Brings the row of a role, its children included, up to date, and writes what is different;
    /// tells which lists look different because of its children.
    ///
    /// A child keeps the id that it is given, or that of one before that said the same, wherever
    /// it stands now.
    pub async fn update_role(
        &mut self,
        record: &RoleRecord,
        children: &RoleChildren<'_>,
        ids: &dyn IdSource,
    ) -> Result<Aspects> {
        let id = record.role.id;
        let key = self.role_key(id).await?;
        let stored = self.one(Entity::find_by_id(key)).await?;
        let stored = stored.ok_or_else(|| corrupt("role", &id_text(id), &"the row is gone"))?;
        let mut ids = stored_ids(id, &stored, children, ids)?;
        let columns = ChildColumns::new(id, children, &mut ids, &self.keys)?;
        let faqs = faq_rows(&columns, children.faqs);
        let row = Model {
            id: key,
            ..self.row(record, columns)?
        };
        let changed = self.update_columns(&stored, &row).await?;
        if changed.any(&FOUND_BY) {
            self.touch(key);
        }
        if changed.any(&[Column::Slug, Column::Locale]) {
            self.leads_elsewhere = true;
        }
        self.update_listing(&row, &changed).await?;
        let faq = changed.any(&[Column::Faqs]);
        if faq {
            self.rewrite(key, of(key, faqs)).await?;
        }
        Ok(Aspects::FAQ.when(faq))
    }

    /// Writes the columns in which a row differs from the stored one, and tells which. Indexes of
    /// other columns are left alone.
    async fn update_columns(&self, stored: &Model, row: &Model) -> Result<Changed> {
        let mut update = <ActiveModel as ActiveModelTrait>::default();
        let mut changed = Vec::new();
        for column in Column::iter() {
            let value = row.get(column);
            if value != stored.get(column) {
                update.set(column, value);
                changed.push(column);
            }
        }
        if !changed.is_empty() {
            let update = Entity::update_many().set(update);
            self.execute(update.filter(Column::Id.eq(stored.id)))
                .await?;
        }
        Ok(Changed(changed))
    }

    /// The group that joins the translations with this key.
    pub async fn find_translation_group_by_key(
        &mut self,
        key: &str,
    ) -> Result<Option<TranslationGroupId>> {
        let named = translation_group::Column::Key.eq(key);
        let found = translation_group::Entity::find().filter(named);
        let Some(row) = self.one(found).await? else {
            return Ok(None);
        };
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
        self.insert_keyed(vec![row]).await
    }

    /// The groups of translations that roles are in, by their keys.
    async fn translation_groups(
        &mut self,
        roles: &[KnownRow],
    ) -> Result<HashMap<i64, TranslationGroupId>> {
        let keys = roles.iter().filter_map(|role| role.translation_group_id);
        let keys: BTreeSet<i64> = keys.collect();
        let mut groups = HashMap::with_capacity(keys.len());
        if keys.is_empty() {
            return Ok(groups);
        }
        let of_keys = translation_group::Column::Id.is_in(keys);
        let rows = translation_group::Entity::find().filter(of_keys);
        for row in self.all(rows).await? {
            let group: TranslationGroupId = id("translation_group", &row.uuid)?;
            self.keys.insert(group, row.id);
            groups.insert(row.id, group);
        }
        Ok(groups)
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
            distributions,
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
            distributions,
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
        role_id: NO_KEY,
        position,
        uuid: uuid.to_string(),
        sort_question: sort_key(&faq.question),
    });
    rows.collect()
}

/// The columns of a role that an edit has changed.
pub(super) struct Changed(Vec<Column>);

impl Changed {
    /// Whether one of the columns is among them.
    pub(super) fn any(&self, columns: &[Column]) -> bool {
        let mut names = columns.iter().map(IdenStatic::as_str);
        names.any(|name| self.0.iter().any(|changed| changed.as_str() == name))
    }
}

/// What is known of a role before its document is stored again.
#[derive(Debug)]
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
    document_slug: String,
    content_hash: String,
}

impl KnownRow {
    const COLUMNS: [Column; 15] = [
        Column::Id,
        Column::Uuid,
        Column::Slug,
        Column::Locale,
        Column::Title,
        Column::Summary,
        Column::State,
        Column::Revision,
        Column::CreatedAt,
        Column::UpdatedAt,
        Column::PublishedAt,
        Column::LastReviewed,
        Column::TranslationGroupId,
        Column::DocumentSlug,
        Column::ContentHash,
    ];

    /// The row with these columns.
    fn of(row: Row<'_>) -> Self {
        let optional = |column| row.text(column).map(str::to_owned);
        let text = |column| optional(column).unwrap_or_default();
        Self {
            id: row.integer(0).unwrap_or_default(),
            uuid: text(1),
            slug: text(2),
            locale: text(3),
            title: text(4),
            summary: optional(5),
            state: text(6),
            revision: row.integer(7).unwrap_or_default(),
            created_at: text(8),
            updated_at: text(9),
            published_at: optional(10),
            last_reviewed: optional(11),
            translation_group_id: row.integer(12),
            document_slug: text(13),
            content_hash: text(14),
        }
    }

    /// The role and the slug that its document asked for.
    fn decode(self, groups: &HashMap<i64, TranslationGroupId>) -> Result<(Slug, KnownRole)> {
        let key = self.uuid;
        let translation_group = self.translation_group_id.map(|group| {
            let missing = || corrupt("role", &key, &"its translation group is not there");
            groups.get(&group).copied().ok_or_else(missing)
        });
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
            translation_group: translation_group.transpose()?,
        };
        let known = KnownRole {
            role,
            content_hash: self.content_hash,
        };
        Ok((read(&key, Slug::parse(&self.document_slug))?, known))
    }
}

fn read<T, E: std::fmt::Display>(key: &str, value: std::result::Result<T, E>) -> Result<T> {
    value.map_err(|error| corrupt("role", key, &error))
}
