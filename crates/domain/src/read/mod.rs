//! What readers ask for and what they get back.
//!
//! A read names the [`parts`] of a tree that it needs; the answer is a [`tree`] in which exactly
//! those parts are loaded. Everything open-ended comes as a [`page`].

pub mod change;
pub mod dependency;
pub mod filter;
pub mod page;
pub mod parts;
pub mod revision;
pub mod tree;

pub use change::{Change, ChangePage, ChangesRequest, FeedPlace, InvalidPlace};
pub use dependency::Depends;
pub use filter::{
    CategoryBy, CategoryFilter, CodeBy, ConceptBy, ConceptFilter, FaqFilter, RoleBy, RoleFilter,
    RoleOrder, RoleOrderField, RoleSkillFilter, SchemeBy, SkillBy, SkillFilter,
};
pub use page::{Count, Cursor, Direction, Edge, Page, PageRequest};
pub use parts::{
    CategoriesRequest, CategoryParts, ConceptParts, ConceptsRequest, Connection, FaqParts,
    FaqsRequest, ListParts, Merge, RoleParts, RoleSkillsRequest, RolesRequest, SchemeParts,
    SkillParts, SkillsRequest,
};
pub use revision::{AsOf, Comparison, DiffRequest, RevisionParts, RevisionTree};
pub use tree::{
    CategoryTree, ConceptTree, FaqTree, NotLoaded, Pages, Part, RelatedRole, RoleTree, SchemeTree,
    SkillTree,
};
