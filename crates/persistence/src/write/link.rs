//! What leads from a role elsewhere: categories, skills, related roles, codes.

use domain::change::{Aspects, ChangeEntity, NewChange};
use domain::id::{CategoryId, RoleId, SkillId};
use domain::role::{ExternalCode, RelatedSlug};
use domain::skill::RoleSkill;
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{
    ActiveModelBehavior, ActiveModelTrait, ColumnTrait, EntityTrait, FromQueryResult,
    IntoActiveModel, ModelTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};

use super::row::{NO_KEY, RowKeys, numbered};
use super::{ROWS_PER_STATEMENT, Result, Transaction};
use crate::entity::{faq, role, role_category, role_code, role_relation, role_skill};

/// Takes roles out of the lists of their categories.
const UNLIST: &str = "DELETE FROM category_role WHERE role_id";
/// Lists roles in their categories and in those above.
const LIST: &str = "INSERT INTO category_role \
    (role_id, category_id, role_uuid, sort_title, updated_at, published_at) \
    SELECT DISTINCT role.id, category_ancestor.ancestor_id, role.uuid, role.sort_title, \
    role.updated_at, role.published_at FROM role \
    JOIN role_category ON role_category.role_id = role.id \
    JOIN category_ancestor ON category_ancestor.category_id = role_category.category_id \
    WHERE role.id";
const PUBLISHED: &str = " AND role.state = 'PUBLISHED'";

/// What leads from a role elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleLinks<'a> {
    /// The categories, the primary one first; each at most once.
    pub categories: Vec<CategoryId>,
    /// Skills in order; each at most once.
    pub skills: Vec<RoleSkill<SkillId>>,
    /// Related roles by slug; they are found when the transaction is committed.
    pub related: &'a [RelatedSlug],
    /// Codes in outside schemes.
    pub codes: &'a [ExternalCode],
}

impl Transaction {
    /// Puts `links` in the place of those that a role has, where they differ; tells which lists look
    /// different now.
    pub async fn update_links(&mut self, role: RoleId, links: &RoleLinks<'_>) -> Result<Aspects> {
        let key = self.role_key(role).await?;
        self.touch(key);
        let rows = LinkRows::new(links, &self.keys)?.of(key);
        let place = self.replace(key, rows.categories, |_| ()).await?;
        let skill = self.replace(key, rows.skills, |_| ()).await?;
        // Where a relation leads is found out when the transaction is committed.
        self.replace(key, rows.relations, |relation| relation.to_id = None)
            .await?;
        let code = self.replace(key, rows.codes, |_| ()).await?;
        self.run_for(UNLIST, &[key], "").await?;
        self.list(&[key]).await?;
        Ok(Aspects::PLACE.when(place) | Aspects::SKILL.when(skill) | Aspects::CODE.when(code))
    }

    /// Lists roles in their categories and in those above.
    pub(super) async fn list(&self, roles: &[i64]) -> Result<()> {
        self.run_for(LIST, roles, PUBLISHED).await
    }

    /// Puts `rows` in the place of those that a role has, unless they are the same, and tells
    /// whether they were not; `compared` takes away from a stored row what does not count.
    pub(super) async fn replace<M, A>(
        &self,
        role: i64,
        rows: Vec<M>,
        compared: impl Fn(&mut M),
    ) -> Result<bool>
    where
        M: OfRole + ModelTrait + IntoActiveModel<A> + PartialEq + FromQueryResult,
        M::Entity: EntityTrait<Model = M>,
        A: ActiveModelTrait<Entity = M::Entity> + ActiveModelBehavior + Send,
    {
        let stored = M::Entity::find().filter(M::ROLE.eq(role));
        let mut stored = stored.order_by_asc(M::POSITION).all(&self.inner).await?;
        stored.iter_mut().for_each(compared);
        if stored == rows {
            return Ok(false);
        }
        M::Entity::delete_many()
            .filter(M::ROLE.eq(role))
            .exec(&self.inner)
            .await?;
        self.insert_all(rows).await?;
        Ok(true)
    }

    /// Runs a statement with the keys of roles in the middle.
    async fn run_for(&self, before: &str, roles: &[i64], after: &str) -> Result<()> {
        self.run(|sql| {
            sql.one_of_keys(before, roles);
            sql.push(after);
        })
        .await
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
                .filter(role::Column::Uuid.is_in(chunk))
                .into_query();
            let keys = role::Entity::find()
                .select_only()
                .column(role::Column::Id)
                .filter(role::Column::Uuid.is_in(chunk))
                .into_query();
            let touched = role_relation::Column::RoleId
                .in_subquery(keys)
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

/// A row that belongs to a role and has a place among its like.
pub(super) trait OfRole: ModelTrait {
    /// The key of the role.
    const ROLE: <Self::Entity as EntityTrait>::Column;
    /// The place.
    const POSITION: <Self::Entity as EntityTrait>::Column;

    /// The row as one of this role.
    fn of(self, role: i64) -> Self;
}

macro_rules! of_role {
    ($($table:ident),+) => { $(
        impl OfRole for $table::Model {
            const ROLE: $table::Column = $table::Column::RoleId;
            const POSITION: $table::Column = $table::Column::Position;

            fn of(self, role_id: i64) -> Self {
                Self { role_id, ..self }
            }
        }
    )+ };
}

of_role!(faq, role_category, role_code, role_relation, role_skill);

/// Rows as those of a role.
pub(super) fn of<M: OfRole>(role: i64, rows: Vec<M>) -> Vec<M> {
    rows.into_iter().map(|row| row.of(role)).collect()
}

/// The rows of the links of one role.
#[derive(Debug, Default)]
pub(super) struct LinkRows {
    pub(super) categories: Vec<role_category::Model>,
    pub(super) skills: Vec<role_skill::Model>,
    pub(super) relations: Vec<role_relation::Model>,
    pub(super) codes: Vec<role_code::Model>,
}

impl LinkRows {
    /// The rows for a role whose key is not known yet.
    pub(super) fn new(links: &RoleLinks<'_>, keys: &RowKeys) -> Result<Self> {
        let RoleLinks {
            categories,
            skills,
            related,
            codes,
        } = links;
        let categories = numbered(categories).map(|(position, category)| {
            Ok(role_category::Model {
                role_id: NO_KEY,
                position,
                category_id: keys.of("category", *category)?,
            })
        });
        let skills = numbered(skills).map(|(position, skill)| {
            Ok(role_skill::Model {
                role_id: NO_KEY,
                position,
                skill_id: keys.of("skill", skill.skill)?,
                requirement: skill.requirement.as_str().to_owned(),
                origin: skill.origin.as_str().to_owned(),
            })
        });
        let relations = numbered(*related).map(relation_row);
        let codes = numbered(*codes).map(code_row);
        Ok(Self {
            categories: categories.collect::<Result<_>>()?,
            skills: skills.collect::<Result<_>>()?,
            relations: relations.collect(),
            codes: codes.collect(),
        })
    }

    /// Adds the rows of another role.
    pub(super) fn append(&mut self, other: Self) {
        self.categories.extend(other.categories);
        self.skills.extend(other.skills);
        self.relations.extend(other.relations);
        self.codes.extend(other.codes);
    }

    /// The rows as those of a role.
    pub(super) fn of(self, role: i64) -> Self {
        Self {
            categories: of(role, self.categories),
            skills: of(role, self.skills),
            relations: of(role, self.relations),
            codes: of(role, self.codes),
        }
    }
}

fn relation_row((position, related): (i64, &RelatedSlug)) -> role_relation::Model {
    let RelatedSlug { kind, slug } = related;
    role_relation::Model {
        role_id: NO_KEY,
        position,
        kind: kind.as_str().to_owned(),
        to_slug: slug.to_string(),
        to_id: None,
    }
}

fn code_row((position, code): (i64, &ExternalCode)) -> role_code::Model {
    let ExternalCode {
        scheme,
        release,
        code,
        uri,
        match_kind,
    } = code;
    role_code::Model {
        role_id: NO_KEY,
        position,
        scheme: scheme.clone(),
        release: release.clone().unwrap_or_default(),
        code: code.clone(),
        uri: uri.clone(),
        match_kind: match_kind.as_str().to_owned(),
    }
}
