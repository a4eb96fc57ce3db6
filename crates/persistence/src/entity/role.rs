//! Roles without their children.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "role")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: String,
    pub(crate) locale: String,
    pub(crate) slug: String,
    pub(crate) title: String,
    pub(crate) sort_title: String,
    pub(crate) summary: Option<String>,
    pub(crate) state: String,
    pub(crate) revision: i32,
    pub(crate) content_hash: String,
    pub(crate) outline: String,
    pub(crate) cover_letter: Option<String>,
    pub(crate) source_id: String,
    pub(crate) document_slug: String,
    pub(crate) translation_group_id: Option<String>,
    pub(crate) created_at: String,
    pub(crate) updated_at: String,
    pub(crate) published_at: Option<String>,
    pub(crate) last_reviewed: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
