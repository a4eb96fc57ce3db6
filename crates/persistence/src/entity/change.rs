//! The change sequence.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "change")]
pub(crate) struct Model {
    #[sea_orm(primary_key)]
    pub(crate) seq: i64,
    pub(crate) at: String,
    pub(crate) entity: String,
    pub(crate) entity_id: String,
    pub(crate) op: String,
    /// The bits of `domain::change::Aspects`.
    pub(crate) aspects: i32,
    /// Slugs that may lead elsewhere than before, separated by spaces.
    pub(crate) slugs: Option<String>,
    pub(crate) revision: i32,
    pub(crate) actor: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
