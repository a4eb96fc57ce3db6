//! Reads: each public function is one statement, whatever the parts.
//!
//! The database puts the whole tree together as JSON: an entity is an object, its children are
//! lists inside of it, a nested connection is a correlated, limited subquery. [`sql`] writes such
//! statements for either engine, the modules named after entities say what belongs to them, and
//! [`decode`] turns the answer into domain values.

mod category;
mod decode;
mod faq;
mod page;
mod role;
mod role_filter;
mod role_link;
mod skill;
mod sql;
mod trusted_document;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use domain::id::{CategoryId, FaqId, Id, RoleId, SkillId};
use domain::read::{
    CategoriesRequest, CategoryBy, CategoryParts, CategoryTree, Connection, FaqParts, FaqTree,
    FaqsRequest, Page, RoleBy, RoleParts, RoleTree, RolesRequest, SkillBy, SkillParts, SkillTree,
    SkillsRequest,
};
use serde::de::DeserializeOwned;
use tracing::Instrument as _;

use crate::PersistenceError;
use crate::engine::Reader;
use decode::{CategoryRow, FaqRow, RoleRow, SkillRow};
use page::PageRow;
use sql::Sql;

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
        let found: Option<RoleRow> = self
            .first(|sql| {
                sql.push("SELECT ");
                role::object(sql, "r", parts, visibility);
                sql.as_text();
                sql.push(" FROM role AS r WHERE ");
                role_filter::visible(sql, "r", visibility);
                sql.push(" AND r.id = ");
                role_filter::chosen(sql, by, visibility);
            })
            .await?;
        found.map(|row| row.decode(parts)).transpose()
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
        let found = self
            .page(|sql| role::page(sql, wanted, visibility, &|_, _| ()))
            .await?;
        role::listing(wanted).decode(found, |row: RoleRow| row.decode(&wanted.node))
    }

    /// The category that `by` names.
    pub async fn find_category(
        &self,
        by: &CategoryBy,
        parts: &CategoryParts,
    ) -> Result<Option<CategoryTree>> {
        let found: Option<CategoryRow> = self
            .first(|sql| {
                sql.push("SELECT ");
                category::object(sql, "c", parts, Visibility::Published);
                sql.as_text();
                sql.push(" FROM category AS c WHERE c.id = ");
                category::chosen(sql, by);
            })
            .await?;
        found.map(|row| row.decode(parts)).transpose()
    }

    /// A page of categories, by name.
    pub async fn categories_page(
        &self,
        wanted: &Connection<CategoriesRequest, CategoryParts>,
    ) -> Result<Page<CategoryTree>> {
        let found = self
            .page(|sql| category::page(sql, wanted, Visibility::Published))
            .await?;
        category::listing(wanted).decode(found, |row: CategoryRow| row.decode(&wanted.node))
    }

    /// The skill that `by` names.
    pub async fn find_skill(&self, by: &SkillBy, parts: &SkillParts) -> Result<Option<SkillTree>> {
        let found: Option<SkillRow> = self
            .first(|sql| {
                sql.push("SELECT ");
                skill::object(sql, "s", parts, Visibility::Published);
                sql.as_text();
                sql.push(" FROM skill AS s WHERE ");
                skill::chosen(sql, "s", by);
            })
            .await?;
        found.map(|row| row.decode(parts)).transpose()
    }

    /// A page of skills, by name.
    pub async fn skills_page(
        &self,
        wanted: &Connection<SkillsRequest, SkillParts>,
    ) -> Result<Page<SkillTree>> {
        let found = self
            .page(|sql| skill::page(sql, wanted, Visibility::Published))
            .await?;
        skill::listing(wanted).decode(found, |row: SkillRow| row.decode(&wanted.node))
    }

    /// A page of the questions of published roles, by question.
    pub async fn published_faqs_page(
        &self,
        wanted: &Connection<FaqsRequest, FaqParts>,
    ) -> Result<Page<FaqTree>> {
        let found = self
            .page(|sql| faq::page(sql, wanted, Visibility::Published))
            .await?;
        faq::listing(wanted).decode(found, |row: FaqRow| row.decode(&wanted.node))
    }

    /// Published roles by id, in no particular order; ids that are not there are left out.
    pub async fn published_roles_of_ids(
        &self,
        ids: &[RoleId],
        parts: &RoleParts,
    ) -> Result<Vec<RoleTree>> {
        let found: Vec<RoleRow> = self
            .of_ids(
                "role",
                ids,
                |sql, row| {
                    role::object(sql, row, parts, Visibility::Published);
                },
                |sql, row| role_filter::visible(sql, row, Visibility::Published),
            )
            .await?;
        found.into_iter().map(|row| row.decode(parts)).collect()
    }

    /// Categories by id, in no particular order; ids that are not there are left out.
    pub async fn categories_of_ids(
        &self,
        ids: &[CategoryId],
        parts: &CategoryParts,
    ) -> Result<Vec<CategoryTree>> {
        let found: Vec<CategoryRow> = self
            .of_ids(
                "category",
                ids,
                |sql, row| {
                    category::object(sql, row, parts, Visibility::Published);
                },
                |sql, _| sql.push("TRUE"),
            )
            .await?;
        found.into_iter().map(|row| row.decode(parts)).collect()
    }

    /// Skills by id, in no particular order; ids that are not there are left out.
    pub async fn skills_of_ids(
        &self,
        ids: &[SkillId],
        parts: &SkillParts,
    ) -> Result<Vec<SkillTree>> {
        let found: Vec<SkillRow> = self
            .of_ids(
                "skill",
                ids,
                |sql, row| {
                    skill::object(sql, row, parts, Visibility::Published);
                },
                |sql, _| sql.push("TRUE"),
            )
            .await?;
        found.into_iter().map(|row| row.decode(parts)).collect()
    }

    /// Questions of published roles by id, in no particular order; ids that are not there are
    /// left out.
    pub async fn published_faqs_of_ids(
        &self,
        ids: &[FaqId],
        parts: &FaqParts,
    ) -> Result<Vec<FaqTree>> {
        let found: Vec<FaqRow> = self
            .of_ids(
                "faq",
                ids,
                |sql, row| {
                    faq::object(sql, row, parts, Visibility::Published);
                },
                |sql, row| faq::visible(sql, row, Visibility::Published, &|_, _| ()),
            )
            .await?;
        found.into_iter().map(|row| row.decode(parts)).collect()
    }

    /// The head of the change sequence; 0 before the first change.
    pub async fn catalogue_version(&self) -> Result<u64> {
        let head: Option<u64> = self
            .first(|sql| {
                sql.push("SELECT CAST(COALESCE(MAX(seq), 0) AS TEXT) FROM change");
            })
            .await?;
        Ok(head.unwrap_or(0))
    }

    /// How many statements these reads have run, clones included.
    #[must_use]
    pub fn statements_run(&self) -> u64 {
        self.statements.load(Ordering::Relaxed)
    }

    /// Runs a statement that selects one page object.
    async fn page<R: DeserializeOwned>(&self, write: impl FnOnce(&mut Sql)) -> Result<PageRow<R>> {
        let found = self.first(|sql| {
            sql.push("SELECT ");
            write(sql);
            sql.as_text();
        });
        found.await?.ok_or_else(|| no_row("page"))
    }

    async fn of_ids<I: Id, R: DeserializeOwned>(
        &self,
        table: &'static str,
        ids: &[I],
        object: impl FnOnce(&mut Sql, &str),
        visible: impl FnOnce(&mut Sql, &str),
    ) -> Result<Vec<R>> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        self.all(|sql| {
            sql.push("SELECT ");
            object(sql, "x");
            sql.as_text();
            sql.push(&format!(" FROM {table} AS x WHERE "));
            visible(sql, "x");
            sql.push(" AND x.id IN (");
            sql.bind_all(ids.iter().map(|id| id.uuid().to_string()));
            sql.push(")");
        })
        .await
    }

    async fn first<R: DeserializeOwned>(&self, write: impl FnOnce(&mut Sql)) -> Result<Option<R>> {
        Ok(self.all(write).await?.into_iter().next())
    }

    /// Runs a statement whose only column is a JSON text.
    async fn all<R: DeserializeOwned>(&self, write: impl FnOnce(&mut Sql)) -> Result<Vec<R>> {
        let mut sql = Sql::new(self.reader.backend());
        write(&mut sql);
        let statement = sql.finish()?;
        self.statements.fetch_add(1, Ordering::Relaxed);
        let asked = self.reader.rows(statement);
        let rows = asked.instrument(tracing::debug_span!("read")).await?;
        rows.iter()
            .map(|row| {
                let text = row.text(0).unwrap_or("null");
                serde_json::from_str(text).map_err(|error| PersistenceError::Corrupt {
                    table: "statement",
                    key: std::any::type_name::<R>().to_owned(),
                    problem: error.to_string(),
                })
            })
            .collect()
    }
}

fn no_row(what: &str) -> PersistenceError {
    PersistenceError::Corrupt {
        table: "statement",
        key: what.to_owned(),
        problem: "no row came back".to_owned(),
    }
}
