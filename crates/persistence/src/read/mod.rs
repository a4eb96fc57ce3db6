//! Reads: each public function is one statement, whatever the parts.

use domain::id::{CategoryId, FaqId, RoleId, SkillId};
use domain::read::{
    CategoriesRequest, CategoryBy, CategoryParts, CategoryTree, Connection, FaqParts, FaqTree,
    FaqsRequest, Page, RoleBy, RoleParts, RoleTree, RolesRequest, SkillBy, SkillParts, SkillTree,
    SkillsRequest,
};

use crate::PersistenceError;

/// The reading side of a database; cheap to clone.
#[derive(Clone, Debug)]
pub struct Reads {}

type Result<T> = std::result::Result<T, PersistenceError>;

#[expect(clippy::unused_async, reason = "placeholder")]
#[expect(missing_docs, reason = "placeholder")]
impl Reads {
    pub async fn find_published_role(&self, _by: &RoleBy, _parts: &RoleParts) -> Result<Option<RoleTree>> { Err(PersistenceError::CursorMismatch) }
    /// Roles in any state, for exports and editors.
    pub async fn find_role(&self, _by: &RoleBy, _parts: &RoleParts) -> Result<Option<RoleTree>> { Err(PersistenceError::CursorMismatch) }
    pub async fn published_roles_page(&self, _wanted: &Connection<RolesRequest, RoleParts>) -> Result<Page<RoleTree>> { Err(PersistenceError::CursorMismatch) }
    pub async fn roles_page(&self, _wanted: &Connection<RolesRequest, RoleParts>) -> Result<Page<RoleTree>> { Err(PersistenceError::CursorMismatch) }
    pub async fn find_category(&self, _by: &CategoryBy, _parts: &CategoryParts) -> Result<Option<CategoryTree>> { Err(PersistenceError::CursorMismatch) }
    pub async fn categories_page(&self, _wanted: &Connection<CategoriesRequest, CategoryParts>) -> Result<Page<CategoryTree>> { Err(PersistenceError::CursorMismatch) }
    pub async fn find_skill(&self, _by: &SkillBy, _parts: &SkillParts) -> Result<Option<SkillTree>> { Err(PersistenceError::CursorMismatch) }
    pub async fn skills_page(&self, _wanted: &Connection<SkillsRequest, SkillParts>) -> Result<Page<SkillTree>> { Err(PersistenceError::CursorMismatch) }
    pub async fn published_faqs_page(&self, _wanted: &Connection<FaqsRequest, FaqParts>) -> Result<Page<FaqTree>> { Err(PersistenceError::CursorMismatch) }
    /// In no particular order; ids that are not there are left out.
    pub async fn published_roles_of_ids(&self, _ids: &[RoleId], _parts: &RoleParts) -> Result<Vec<RoleTree>> { Err(PersistenceError::CursorMismatch) }
    pub async fn categories_of_ids(&self, _ids: &[CategoryId], _parts: &CategoryParts) -> Result<Vec<CategoryTree>> { Err(PersistenceError::CursorMismatch) }
    pub async fn skills_of_ids(&self, _ids: &[SkillId], _parts: &SkillParts) -> Result<Vec<SkillTree>> { Err(PersistenceError::CursorMismatch) }
    pub async fn published_faqs_of_ids(&self, _ids: &[FaqId], _parts: &FaqParts) -> Result<Vec<FaqTree>> { Err(PersistenceError::CursorMismatch) }
    /// The head of the change sequence; 0 before the first change.
    pub async fn catalogue_version(&self) -> Result<u64> { Err(PersistenceError::CursorMismatch) }
    /// How many statements these reads have run, clones included.
    #[must_use]
    pub fn statements_run(&self) -> u64 { 0 }
}
