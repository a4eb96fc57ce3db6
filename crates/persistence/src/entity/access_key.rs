//! Keys of callers; secrets are stored as the hexadecimal SHA-256 of the whole key.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "access_key")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) kind: String,
    /// Separated by blanks, like the networks.
    pub(crate) scopes: String,
    pub(crate) networks: String,
    pub(crate) operation_cost: Option<i64>,
    pub(crate) bucket: Option<i64>,
    pub(crate) restored_per_second: Option<i64>,
    pub(crate) concurrency: Option<i64>,
    pub(crate) secret: String,
    pub(crate) former_secret: Option<String>,
    pub(crate) former_until: Option<String>,
    pub(crate) created_at: String,
    pub(crate) expires_at: Option<String>,
    pub(crate) revoked_at: Option<String>,
    pub(crate) last_used_at: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
