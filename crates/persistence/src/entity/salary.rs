//! Salary observations of roles.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "salary")]
pub(crate) struct Model {
    pub(crate) id: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) role_id: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) position: i32,
    pub(crate) level: String,
    pub(crate) statistic: String,
    pub(crate) amount_minor: i64,
    pub(crate) currency: String,
    pub(crate) period: Option<String>,
    pub(crate) quality: String,
    pub(crate) origin: String,
    pub(crate) source_text: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
