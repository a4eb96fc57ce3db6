//! A role as a document in other formats.

use domain::read::RoleTree;

use crate::error::ApiError;
use crate::schema::scalar::Json;

/// The role as schema.org data; needs the parts of a whole document.
pub(super) fn json_ld(tree: &RoleTree) -> Result<Json, ApiError> {
    Ok(Json(ingest::json_ld::document(&tree.to_draft()?)))
}

/// The role as a Markdown role document; needs the parts of a whole document.
pub(super) fn markdown(tree: &RoleTree) -> Result<String, ApiError> {
    Ok(ingest::write_markdown(&tree.to_draft()?))
}
