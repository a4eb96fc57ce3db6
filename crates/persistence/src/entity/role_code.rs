//! Codes of roles in outside schemes.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "role_code")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) role_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) position: i64,
    pub(crate) scheme: String,
    pub(crate) release: String,
    pub(crate) code: String,
    pub(crate) uri: Option<String>,
    pub(crate) match_kind: String,
    /// By what releases are ordered; see `domain::concept::release_order`.
    pub(crate) release_order: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
