//! Concepts of outside schemes; texts are JSON, see `stored::concept`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "concept")]
pub(crate) struct Model {
    #[sea_orm(primary_key)]
    pub(crate) id: i64,
    pub(crate) uuid: String,
    pub(crate) scheme_id: i64,
    pub(crate) code: String,
    pub(crate) uri: Option<String>,
    pub(crate) kind: String,
    pub(crate) status: String,
    pub(crate) release: String,
    pub(crate) modified_on: Option<String>,
    pub(crate) labels: String,
    pub(crate) notes: String,
    /// A JSON array of codes.
    pub(crate) predecessors: String,
    pub(crate) content_hash: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
