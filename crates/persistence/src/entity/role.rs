//! Roles with their editorial children, which are JSON: see `crate::stored`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "role")]
pub(crate) struct Model {
    #[sea_orm(primary_key)]
    pub(crate) id: i64,
    pub(crate) uuid: String,
    pub(crate) slug: String,
    pub(crate) locale: String,
    pub(crate) title: String,
    pub(crate) sort_title: String,
    pub(crate) state: String,
    pub(crate) revision: i64,
    pub(crate) created_at: String,
    pub(crate) updated_at: String,
    pub(crate) published_at: Option<String>,
    pub(crate) last_reviewed: Option<String>,
    pub(crate) translation_group_id: Option<i64>,
    pub(crate) source_id: i64,
    pub(crate) document_slug: String,
    pub(crate) content_hash: String,
    pub(crate) named_skills: String,
    pub(crate) summary: Option<String>,
    pub(crate) duties: String,
    pub(crate) faqs: String,
    pub(crate) qualification_groups: String,
    pub(crate) sections: String,
    pub(crate) facts: String,
    pub(crate) salaries: String,
    pub(crate) distributions: String,
    pub(crate) titles: String,
    pub(crate) cover_letter: Option<String>,
    pub(crate) outline: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
