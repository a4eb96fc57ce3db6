//! Outside schemes; `releases` is JSON, see `stored::concept`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "scheme")]
pub(crate) struct Model {
    #[sea_orm(primary_key)]
    pub(crate) id: i64,
    pub(crate) uuid: String,
    pub(crate) key: String,
    pub(crate) name: String,
    pub(crate) homepage: Option<String>,
    pub(crate) licence: Option<String>,
    pub(crate) attribution: Option<String>,
    pub(crate) uri_prefix: Option<String>,
    pub(crate) releases: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
