//! Reads: each public function is one statement, whatever the parts.
//!
//! What stands at the top, an entity or the nodes of a page, is one row each, with columns as they
//! are stored. What is inside of it the database puts together as JSON: another entity is an
//! object, a nested connection a correlated, limited subquery. [`sql`] writes such statements for
//! either engine, the modules named after entities say what belongs to them, [`record`] gives rows
//! the form of JSON objects, and [`decode`] turns both into domain values.

mod by_id;
mod category;
mod change;
mod concept;
mod decode;
mod faq;
mod page;
mod past;
#[cfg(test)]
mod plan;
mod record;
mod role;
mod role_filter;
mod role_link;
mod scheme;
mod search;
mod skill;
mod trusted_document;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use domain::id::RoleId;
use domain::read::{
    AsOf, CategoriesRequest, CategoryBy, CategoryParts, CategoryTree, ChangePage, ChangesRequest,
    ConceptBy, ConceptParts, ConceptTree, Connection, FaqParts, FaqTree, FaqsRequest, Page,
    PageRequest, RoleBy, RoleFilter, RoleParts, RoleTree, RolesRequest, SchemeBy, SchemeParts,
    SchemeTree, SkillBy, SkillParts, SkillTree, SkillsRequest,
};
use sea_orm::{DbBackend, Statement};
use tracing::Instrument as _;

use crate::PersistenceError;
use crate::engine::{Reader, Rows};
use crate::sql::{Question, Sql};
use crate::write::INDEX_VERSION;
use decode::{CategoryRow, ConceptRow, FaqRow, RoleRow, SchemeRow, SkillRow};
use record::{Answer, Record};

type Result<T> = std::result::Result<T, PersistenceError>;

/// Whose eyes a read looks through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Visibility {
    /// Everyone: published roles only, at every level of the tree.
    Published,
    /// Editors and exports.
    All,
}

/// The reading side of a database; cheap to clone.
#[derive(Clone, Debug)]
pub struct Reads {
    reader: Reader,
    statements: Arc<AtomicU64>,
}

impl Reads {
    /// Reads through a pool of connections.
    pub(crate) fn new(reader: Reader) -> Self {
        Self {
            reader,
            statements: Arc::default(),
        }
    }

    /// The published role that `by` names.
    pub async fn find_published_role(
        &self,
        by: &RoleBy,
        parts: &RoleParts,
    ) -> Result<Option<RoleTree>> {
        self.role(by, parts, Visibility::Published).await
    }

    /// The role that `by` names, in any state, for exports and editors.
    pub async fn find_role(&self, by: &RoleBy, parts: &RoleParts) -> Result<Option<RoleTree>> {
        self.role(by, parts, Visibility::All).await
    }

    async fn role(
        &self,
        by: &RoleBy,
        parts: &RoleParts,
        visibility: Visibility,
    ) -> Result<Option<RoleTree>> {
        let answer = self.answer(|sql| role::select_one(sql, by, parts, visibility));
        first(&answer.await?, |record| role_tree(record, parts))
    }

    /// A page of published roles.
    pub async fn published_roles_page(
        &self,
        wanted: &Connection<RolesRequest, RoleParts>,
    ) -> Result<Page<RoleTree>> {
        self.role_page(wanted, Visibility::Published).await
    }

    /// A page of roles in any state, for exports and editors; roles that were never published
    /// are left out when the order is that of publication.
    pub async fn roles_page(
        &self,
        wanted: &Connection<RolesRequest, RoleParts>,
    ) -> Result<Page<RoleTree>> {
        self.role_page(wanted, Visibility::All).await
    }

    async fn role_page(
        &self,
        wanted: &Connection<RolesRequest, RoleParts>,
        visibility: Visibility,
    ) -> Result<Page<RoleTree>> {
        let answer = self.answer(|sql| role::select_page(sql, wanted, visibility));
        role::listing(wanted).read(&answer.await?, |record| role_tree(record, &wanted.node))
    }

    /// The category that `by` names, with published roles.
    pub async fn find_category(
        &self,
        by: &CategoryBy,
        parts: &CategoryParts,
    ) -> Result<Option<CategoryTree>> {
        self.category(by, parts, Visibility::Published).await
    }

    /// The category that `by` names, with roles in any state, for editors.
    pub async fn find_category_with_drafts(
        &self,
        by: &CategoryBy,
        parts: &CategoryParts,
    ) -> Result<Option<CategoryTree>> {
        self.category(by, parts, Visibility::All).await
    }

    async fn category(
        &self,
        by: &CategoryBy,
        parts: &CategoryParts,
        visibility: Visibility,
    ) -> Result<Option<CategoryTree>> {
        let answer = self.answer(|sql| category::select_one(sql, by, parts, visibility));
        first(&answer.await?, |record| category_tree(record, parts))
    }

    /// A page of categories, by name, with published roles.
    pub async fn categories_page(
        &self,
        wanted: &Connection<CategoriesRequest, CategoryParts>,
    ) -> Result<Page<CategoryTree>> {
        self.category_page(wanted, Visibility::Published).await
    }

    /// A page of categories, by name, with roles in any state, for editors.
    pub async fn categories_page_with_drafts(
        &self,
        wanted: &Connection<CategoriesRequest, CategoryParts>,
    ) -> Result<Page<CategoryTree>> {
        self.category_page(wanted, Visibility::All).await
    }

    async fn category_page(
        &self,
        wanted: &Connection<CategoriesRequest, CategoryParts>,
        visibility: Visibility,
    ) -> Result<Page<CategoryTree>> {
        let answer = self.answer(|sql| category::page(sql, wanted, visibility));
        category::listing(wanted).read(&answer.await?, |record| category_tree(record, &wanted.node))
    }

    /// The skill that `by` names, with published roles.
    pub async fn find_skill(&self, by: &SkillBy, parts: &SkillParts) -> Result<Option<SkillTree>> {
        self.skill(by, parts, Visibility::Published).await
    }

    /// The skill that `by` names, with roles in any state, for editors.
    pub async fn find_skill_with_drafts(
        &self,
        by: &SkillBy,
        parts: &SkillParts,
    ) -> Result<Option<SkillTree>> {
        self.skill(by, parts, Visibility::All).await
    }

    async fn skill(
        &self,
        by: &SkillBy,
        parts: &SkillParts,
        visibility: Visibility,
    ) -> Result<Option<SkillTree>> {
        let answer = self.answer(|sql| skill::select_one(sql, by, parts, visibility));
        first(&answer.await?, |record| skill_tree(record, parts))
    }

    /// A page of skills, by name, with published roles.
    pub async fn skills_page(
        &self,
        wanted: &Connection<SkillsRequest, SkillParts>,
    ) -> Result<Page<SkillTree>> {
        self.skill_page(wanted, Visibility::Published).await
    }

    /// A page of skills, by name, with roles in any state, for editors.
    pub async fn skills_page_with_drafts(
        &self,
        wanted: &Connection<SkillsRequest, SkillParts>,
    ) -> Result<Page<SkillTree>> {
        self.skill_page(wanted, Visibility::All).await
    }

    async fn skill_page(
        &self,
        wanted: &Connection<SkillsRequest, SkillParts>,
        visibility: Visibility,
    ) -> Result<Page<SkillTree>> {
        let answer = self.answer(|sql| skill::page(sql, wanted, visibility));
        skill::listing(wanted).read(&answer.await?, |record| skill_tree(record, &wanted.node))
    }

    /// The scheme that `by` names, with published roles.
    pub async fn find_scheme(
        &self,
        by: &SchemeBy,
        parts: &SchemeParts,
    ) -> Result<Option<SchemeTree>> {
        self.scheme(by, parts, Visibility::Published).await
    }

    /// The scheme that `by` names, with roles in any state, for editors.
    pub async fn find_scheme_with_drafts(
        &self,
        by: &SchemeBy,
        parts: &SchemeParts,
    ) -> Result<Option<SchemeTree>> {
        self.scheme(by, parts, Visibility::All).await
    }

    async fn scheme(
        &self,
        by: &SchemeBy,
        parts: &SchemeParts,
        visibility: Visibility,
    ) -> Result<Option<SchemeTree>> {
        let answer = self.answer(|sql| scheme::select_one(sql, by, parts, visibility));
        first(&answer.await?, |record| scheme_tree(record, parts))
    }

    /// A page of schemes, by key, with published roles.
    pub async fn schemes_page(
        &self,
        wanted: &Connection<PageRequest, SchemeParts>,
    ) -> Result<Page<SchemeTree>> {
        self.scheme_page(wanted, Visibility::Published).await
    }

    /// A page of schemes, by key, with roles in any state, for editors.
    pub async fn schemes_page_with_drafts(
        &self,
        wanted: &Connection<PageRequest, SchemeParts>,
    ) -> Result<Page<SchemeTree>> {
        self.scheme_page(wanted, Visibility::All).await
    }

    async fn scheme_page(
        &self,
        wanted: &Connection<PageRequest, SchemeParts>,
        visibility: Visibility,
    ) -> Result<Page<SchemeTree>> {
        let answer = self.answer(|sql| scheme::page(sql, wanted, visibility));
        scheme::listing(wanted).read(&answer.await?, |record| scheme_tree(record, &wanted.node))
    }

    /// The concept that `by` names, with published roles.
    pub async fn find_concept(
        &self,
        by: &ConceptBy,
        parts: &ConceptParts,
    ) -> Result<Option<ConceptTree>> {
        self.concept(by, parts, Visibility::Published).await
    }

    /// The concept that `by` names, with roles in any state, for editors.
    pub async fn find_concept_with_drafts(
        &self,
        by: &ConceptBy,
        parts: &ConceptParts,
    ) -> Result<Option<ConceptTree>> {
        self.concept(by, parts, Visibility::All).await
    }

    async fn concept(
        &self,
        by: &ConceptBy,
        parts: &ConceptParts,
        visibility: Visibility,
    ) -> Result<Option<ConceptTree>> {
        let answer = self.answer(|sql| concept::select_one(sql, by, parts, visibility));
        first(&answer.await?, |record| concept_tree(record, parts))
    }

    /// A page of the questions of published roles, by question.
    pub async fn published_faqs_page(
        &self,
        wanted: &Connection<FaqsRequest, FaqParts>,
    ) -> Result<Page<FaqTree>> {
        self.faq_page(wanted, Visibility::Published).await
    }

    /// A page of the questions of roles in any state, by question, for editors.
    pub async fn faqs_page(
        &self,
        wanted: &Connection<FaqsRequest, FaqParts>,
    ) -> Result<Page<FaqTree>> {
        self.faq_page(wanted, Visibility::All).await
    }

    async fn faq_page(
        &self,
        wanted: &Connection<FaqsRequest, FaqParts>,
        visibility: Visibility,
    ) -> Result<Page<FaqTree>> {
        let answer = self.answer(|sql| faq::page(sql, wanted, visibility));
        faq::listing(wanted).read(&answer.await?, |record| faq_tree(record, &wanted.node))
    }

    /// Those of the published roles with these ids that a filter lets pass, in no particular order.
    pub async fn published_roles_matching(
        &self,
        ids: &[RoleId],
        filter: &RoleFilter,
        parts: &RoleParts,
    ) -> Result<Vec<RoleTree>> {
        let answer = self.of_ids(ids, |sql, ids| {
            role::select_matching(sql, ids, filter, parts);
        });
        let answer = answer.await?;
        answer
            .records()
            .map(|record| role_tree(record, parts))
            .collect()
    }

    /// A page of the change sequence.
    pub async fn changes_page(&self, wanted: &ChangesRequest) -> Result<ChangePage> {
        let answer = self.answer(|sql| change::select(sql, wanted));
        change::read(&answer.await?, wanted)
    }

    /// The head of the change sequence; 0 before the first change.
    pub async fn catalogue_version(&self) -> Result<u64> {
        let answer = self.answer(|sql| {
            sql.push("SELECT COALESCE(MAX(seq), 0) FROM change");
        });
        let head = first(&answer.await?, |record| Ok(record.integer(0)))?;
        Ok(head
            .flatten()
            .and_then(|head| u64::try_from(head).ok())
            .unwrap_or(0))
    }

    /// Whether the index for searches was built by this release.
    pub async fn has_current_index(&self) -> Result<bool> {
        let answer = self.answer(|sql| sql.push("SELECT version FROM search_state"));
        let version = first(&answer.await?, |record| Ok(record.integer(0)))?;
        Ok(version.flatten() == Some(INDEX_VERSION))
    }

    /// Reads that all see one state of the catalogue: that of the first of them. They take turns on
    /// one connection, which is given back when the last clone is dropped.
    pub async fn snapshot(&self) -> Result<Self> {
        Ok(Self {
            reader: self.reader.snapshot().await?,
            statements: Arc::clone(&self.statements),
        })
    }

    /// How many statements these reads have run, clones included.
    #[must_use]
    pub fn statements_run(&self) -> u64 {
        self.statements.load(Ordering::Relaxed)
    }

    /// The rows that a statement brings back, whose columns its reader knows.
    pub(crate) async fn ask(&self, write: impl FnOnce(&mut Sql)) -> Result<Rows> {
        Ok(self.answer(write).await?.rows)
    }

    /// Writes a statement and runs it.
    async fn answer(&self, write: impl FnOnce(&mut Sql)) -> Result<Answer> {
        let mut sql = Sql::new(self.reader.backend());
        write(&mut sql);
        let Question { statement, columns } = sql.finish()?;
        self.statements.fetch_add(1, Ordering::Relaxed);
        let asked = self.reader.rows(statement);
        let rows = asked.instrument(tracing::debug_span!("read")).await?;
        Ok(Answer { rows, columns })
    }
}

/// Everything that a document of a role holds, in any state, now or in a revision; `ask` runs the
/// statement.
pub(crate) async fn whole_role(
    id: RoleId,
    revision: Option<u32>,
    backend: DbBackend,
    ask: impl AsyncFnOnce(Statement) -> Result<Rows>,
) -> Result<Option<RoleTree>> {
    let (by, parts) = (RoleBy::Id(id), RoleParts::document());
    let mut sql = Sql::new(backend);
    match revision.map(AsOf::Revision) {
        None => role::select_one(&mut sql, &by, &parts, Visibility::All),
        Some(as_of) => past::select_one(&mut sql, &by, as_of, &parts, Visibility::All),
    }
    let Question { statement, columns } = sql.finish()?;
    let rows = ask(statement).await?;
    first(&Answer { rows, columns }, |record| {
        role_tree(record, &parts)
    })
}

/// Decodes the first row.
fn first<'a, T>(
    answer: &'a Answer,
    decode: impl FnOnce(Record<'a>) -> Result<T>,
) -> Result<Option<T>> {
    answer.records().next().map(decode).transpose()
}

fn role_tree(record: Record<'_>, parts: &RoleParts) -> Result<RoleTree> {
    record.read::<RoleRow<'_>>("role")?.decode(parts)
}

fn category_tree(record: Record<'_>, parts: &CategoryParts) -> Result<CategoryTree> {
    record.read::<CategoryRow<'_>>("category")?.decode(parts)
}

fn skill_tree(record: Record<'_>, parts: &SkillParts) -> Result<SkillTree> {
    record.read::<SkillRow<'_>>("skill")?.decode(parts)
}

fn concept_tree(record: Record<'_>, parts: &ConceptParts) -> Result<ConceptTree> {
    record.read::<ConceptRow<'_>>("concept")?.decode(parts)
}

fn scheme_tree(record: Record<'_>, parts: &SchemeParts) -> Result<SchemeTree> {
    record.read::<SchemeRow<'_>>("scheme")?.decode(parts)
}

fn faq_tree(record: Record<'_>, parts: &FaqParts) -> Result<FaqTree> {
    record.read::<FaqRow<'_>>("faq")?.decode(parts)
}
