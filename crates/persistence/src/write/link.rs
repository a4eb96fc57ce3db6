//! What leads from a role elsewhere: categories, titles, skills, related roles, codes.

use domain::change::{ChangeEntity, NewChange};
use domain::id::{CategoryId, RoleId, SkillId};
use domain::role::{ExternalCode, RelatedSlug, RoleTitle};
use domain::skill::RoleSkill;
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait};

use super::row::{id_text, numbered};
use super::{ROWS_PER_STATEMENT, Result, Transaction};
use crate::entity::{role, role_category, role_code, role_relation, role_skill, role_title};

/// What leads from a role elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleLinks<'a> {
    /// The categories, the primary one first; each at most once.
    pub categories: Vec<CategoryId>,
    /// Other names.
    pub titles: &'a [RoleTitle],
    /// Skills in order; each at most once.
    pub skills: Vec<RoleSkill<SkillId>>,
    /// Related roles by slug; they are found when the transaction is committed.
    pub related: &'a [RelatedSlug],
    /// Codes in outside schemes.
    pub codes: &'a [ExternalCode],
}

impl Transaction {
    /// Adds the links of a role that has none.
    pub async fn insert_links(&self, role: RoleId, links: &RoleLinks<'_>) -> Result<()> {
        let RoleLinks {
            categories,
            titles,
            skills,
            related,
            codes,
        } = links;
        let role = id_text(role);
        self.insert_all(rows(&role, categories, category_row))
            .await?;
        self.insert_all(rows(&role, titles, title_row)).await?;
        self.insert_all(rows(&role, skills, skill_row)).await?;
        self.insert_all(rows(&role, related, relation_row)).await?;
        self.insert_all(rows(&role, codes, code_row)).await
    }

    /// Puts `links` in the place of those that a role has.
    pub async fn update_links(&self, role: RoleId, links: &RoleLinks<'_>) -> Result<()> {
        let key = id_text(role);
        macro_rules! delete {
            ($($table:ident),+) => { $(
                $table::Entity::delete_many()
                    .filter($table::Column::RoleId.eq(key.as_str()))
                    .exec(&self.inner)
                    .await?;
            )+ };
        }
        delete!(
            role_category,
            role_title,
            role_skill,
            role_relation,
            role_code
        );
        self.insert_links(role, links).await
    }

    /// Fills in the targets of relations that lead from the changed roles or to them.
    pub(super) async fn update_relation_targets(&self, changes: &[NewChange]) -> Result<()> {
        let roles: Vec<String> = changes
            .iter()
            .filter(|change| change.entity == ChangeEntity::Role)
            .map(|change| change.id.to_string())
            .collect();
        for chunk in roles.chunks(ROWS_PER_STATEMENT) {
            let slugs = role::Entity::find()
                .select_only()
                .column(role::Column::Slug)
                .filter(role::Column::Id.is_in(chunk))
                .into_query();
            let touched = role_relation::Column::RoleId
                .is_in(chunk)
                .or(role_relation::Column::ToSlug.in_subquery(slugs));
            role_relation::Entity::update_many()
                .col_expr(role_relation::Column::ToId, Expr::expr(target()))
                .filter(role_relation::Column::ToId.is_null())
                .filter(touched)
                .exec(&self.inner)
                .await?;
        }
        Ok(())
    }
}

/// The role that a relation names: the one with its slug in the locale of the role it leads from.
fn target() -> SelectStatement {
    let (from, to) = (Alias::new("from_role"), Alias::new("to_role"));
    let relation = |column| Expr::col((role_relation::Entity, column));
    Query::select()
        .column((to.clone(), role::Column::Id))
        .from_as(role::Entity, to.clone())
        .join_as(
            sea_orm::JoinType::InnerJoin,
            role::Entity,
            from.clone(),
            Expr::col((from.clone(), role::Column::Locale))
                .equals((to.clone(), role::Column::Locale)),
        )
        .and_where(Expr::col((to, role::Column::Slug)).eq(relation(role_relation::Column::ToSlug)))
        .and_where(Expr::col((from, role::Column::Id)).eq(relation(role_relation::Column::RoleId)))
        .take()
}

fn rows<T, M>(role: &str, links: &[T], row: impl Fn(&str, (i32, &T)) -> M) -> Vec<M> {
    numbered(links).map(|place| row(role, place)).collect()
}

fn category_row(role: &str, (position, category): (i32, &CategoryId)) -> role_category::Model {
    role_category::Model {
        role_id: role.to_owned(),
        position,
        category_id: id_text(*category),
    }
}

fn title_row(role: &str, (position, title): (i32, &RoleTitle)) -> role_title::Model {
    let RoleTitle { text, kind } = title;
    role_title::Model {
        role_id: role.to_owned(),
        position,
        text: text.clone(),
        kind: kind.as_str().to_owned(),
    }
}

fn skill_row(role: &str, (position, skill): (i32, &RoleSkill<SkillId>)) -> role_skill::Model {
    let RoleSkill {
        skill,
        requirement,
        origin,
    } = skill;
    role_skill::Model {
        role_id: role.to_owned(),
        position,
        skill_id: id_text(*skill),
        requirement: requirement.as_str().to_owned(),
        origin: origin.as_str().to_owned(),
    }
}

fn relation_row(role: &str, (position, related): (i32, &RelatedSlug)) -> role_relation::Model {
    let RelatedSlug { kind, slug } = related;
    role_relation::Model {
        role_id: role.to_owned(),
        position,
        kind: kind.as_str().to_owned(),
        to_slug: slug.to_string(),
        to_id: None,
    }
}

fn code_row(role: &str, (position, code): (i32, &ExternalCode)) -> role_code::Model {
    let ExternalCode {
        scheme,
        release,
        code,
        uri,
        match_kind,
    } = code;
    role_code::Model {
        role_id: role.to_owned(),
        position,
        scheme: scheme.clone(),
        release: release.clone().unwrap_or_default(),
        code: code.clone(),
        uri: uri.clone(),
        match_kind: match_kind.as_str().to_owned(),
    }
}
