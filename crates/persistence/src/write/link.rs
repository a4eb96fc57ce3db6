//! What leads from a role elsewhere: categories, skills, related roles, codes.

use domain::category::CategoryPath;
use domain::change::{Aspects, ChangeEntity, ChangeOp, NewChange};
use domain::concept::release_order;
use domain::id::{CategoryId, RoleId, SkillId};
use domain::role::{ExternalCode, PublicationState, RelatedSlug};
use domain::skill::{RoleSkill, SkillTerm};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{
    ActiveModelBehavior, ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, ModelTrait,
    QueryFilter, QuerySelect, QueryTrait,
};

use super::change::FINDABLE;
use super::role::Changed;
use super::row::{NO_KEY, RowKeys, json, numbered};
use super::{ROWS_PER_STATEMENT, Result, Transaction};
use crate::engine::Row;
use crate::entity::{faq, role, role_category, role_code, role_relation, role_skill};
use crate::stored::measure::MeasuresRow;

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
/// All links of a role in one shape: kind, position, key, texts.
const LINKS: [&str; 4] = [
    "CAST(0 AS BIGINT), position, category_id, CAST(NULL AS TEXT), CAST(NULL AS TEXT), \
     CAST(NULL AS TEXT), CAST(NULL AS TEXT), CAST(NULL AS TEXT) FROM role_category",
    "1, position, skill_id, requirement, origin, measures, NULL, NULL FROM role_skill",
    "2, position, 0, kind, to_slug, nearness, NULL, NULL FROM role_relation",
    "3, position, 0, scheme, release, code, uri, match_kind FROM role_code",
];
const PUBLISHED: &str = " AND role.state = 'PUBLISHED'";

/// What leads from a role elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleLinks<'a> {
    /// The categories as the document names them, the primary one first; each at most once.
    pub categories: Vec<(CategoryId, &'a CategoryPath)>,
    /// Skills in order as the document names them; each at most once.
    pub skills: Vec<RoleSkill<(SkillId, &'a SkillTerm)>>,
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
        let rows = LinkRows::new(links, &self.keys)?.of(key);
        let stored = self.load_links(key).await?;
        let place = stored.categories != rows.categories;
        if place {
            self.rewrite(key, rows.categories).await?;
            self.relist(&[key]).await?;
        }
        let skill = stored.skills != rows.skills;
        if skill {
            self.rewrite(key, rows.skills).await?;
        }
        if place || skill {
            self.touch(key);
        }
        if stored.relations != rows.relations {
            self.rewrite(key, rows.relations).await?;
            self.leads_elsewhere = true;
        }
        let code = stored.codes != rows.codes;
        if code {
            self.rewrite(key, rows.codes).await?;
        }
        Ok(Aspects::PLACE.when(place) | Aspects::SKILL.when(skill) | Aspects::CODE.when(code))
    }

    /// The links of a role; where relations lead is left out.
    async fn load_links(&self, role: i64) -> Result<LinkRows> {
        let rows = self.rows(|sql| {
            for (at, select) in LINKS.iter().enumerate() {
                sql.push(if at == 0 {
                    "SELECT "
                } else {
                    " UNION ALL SELECT "
                });
                sql.push(select);
                sql.push(" WHERE role_id = ");
                sql.bind(role);
            }
            sql.push(" ORDER BY 1, 2");
        });
        let mut links = LinkRows::default();
        for row in rows.await?.iter() {
            links.push(role, row);
        }
        Ok(links)
    }

    /// Lists roles where their new places or states put them.
    pub(super) async fn relist(&self, roles: &[i64]) -> Result<()> {
        self.run_for(UNLIST, roles, "").await?;
        self.list(roles).await
    }

    /// Brings the lists of categories in line with columns of a role that have changed.
    pub(super) async fn update_listing(&self, row: &role::Model, changed: &Changed) -> Result<()> {
        if changed.any(&[role::Column::State]) {
            return self.relist(&[row.id]).await;
        }
        let listed = [
            (role::Column::SortTitle, "sort_title", Some(&row.sort_title)),
            (role::Column::UpdatedAt, "updated_at", Some(&row.updated_at)),
            (
                role::Column::PublishedAt,
                "published_at",
                row.published_at.as_ref(),
            ),
        ];
        let listed = listed
            .iter()
            .filter(|(column, _, _)| changed.any(&[*column]));
        let listed: Vec<_> = listed.collect();
        if listed.is_empty() || row.state != PublicationState::Published.as_str() {
            return Ok(());
        }
        self.run(|sql| {
            sql.push("UPDATE category_role SET ");
            sql.separated(&listed, |sql, (_, name, value)| {
                sql.push(name);
                sql.push(" = ");
                sql.bind(value.cloned());
            });
            sql.push(" WHERE role_id = ");
            sql.bind(row.id);
        })
        .await
    }

    /// Lists roles in their categories and in those above.
    pub(super) async fn list(&self, roles: &[i64]) -> Result<()> {
        self.run_for(LIST, roles, PUBLISHED).await
    }

    /// Puts `rows` in the place of those that a role has.
    pub(super) async fn rewrite<M, A>(&self, role: i64, rows: Vec<M>) -> Result<()>
    where
        M: OfRole + IntoActiveModel<A>,
        A: ActiveModelTrait<Entity = M::Entity> + ActiveModelBehavior + Send,
    {
        self.execute(M::Entity::delete_many().filter(M::ROLE.eq(role)))
            .await?;
        self.insert_all(rows).await
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
    pub(super) async fn update_relation_targets(&self, changes: &[NewChange<'_>]) -> Result<()> {
        let leads = |change: &&NewChange| {
            self.leads_elsewhere
                || change.op == ChangeOp::Created
                || change.aspects.has_any(FINDABLE)
        };
        let roles: Vec<String> = changes
            .iter()
            .filter(|change| change.entity == ChangeEntity::Role)
            .filter(leads)
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
            let update = role_relation::Entity::update_many()
                .col_expr(role_relation::Column::ToId, Expr::expr(target()))
                .filter(role_relation::Column::ToId.is_null())
                .filter(touched);
            self.execute(update).await?;
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

    /// The row as one of this role.
    fn of(self, role: i64) -> Self;
}

macro_rules! of_role {
    ($($table:ident),+) => { $(
        impl OfRole for $table::Model {
            const ROLE: $table::Column = $table::Column::RoleId;

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
        let categories = numbered(categories).map(|(position, (category, _))| {
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
                skill_id: keys.of("skill", skill.skill.0)?,
                requirement: skill.requirement.as_str().to_owned(),
                origin: skill.origin.as_str().to_owned(),
                measures: measures(skill)?,
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

    /// Adds a row of the statement [`LINKS`].
    fn push(&mut self, role_id: i64, row: Row<'_>) {
        let number = |column| row.integer(column).unwrap_or_default();
        let optional = |column| row.text(column).map(str::to_owned);
        let text = |column| optional(column).unwrap_or_default();
        let position = number(1);
        match number(0) {
            0 => self.categories.push(role_category::Model {
                role_id,
                position,
                category_id: number(2),
            }),
            1 => self.skills.push(role_skill::Model {
                role_id,
                position,
                skill_id: number(2),
                requirement: text(3),
                origin: text(4),
                measures: optional(5),
            }),
            2 => self.relations.push(role_relation::Model {
                role_id,
                position,
                kind: text(3),
                to_slug: text(4),
                to_id: None,
                nearness: optional(5),
            }),
            _ => self.codes.push(role_code::Model {
                role_id,
                position,
                scheme: text(3),
                release: text(4),
                code: text(5),
                uri: optional(6),
                match_kind: text(7),
                release_order: release_order(&text(4)),
            }),
        }
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
    let RelatedSlug {
        kind,
        slug,
        nearness,
    } = related;
    role_relation::Model {
        role_id: NO_KEY,
        position,
        kind: kind.as_str().to_owned(),
        to_slug: slug.to_string(),
        to_id: None,
        nearness: nearness.map(|nearness| nearness.as_str().to_owned()),
    }
}

/// What was measured of a skill, as JSON.
fn measures(skill: &RoleSkill<(SkillId, &SkillTerm)>) -> Result<Option<String>> {
    let measures = skill.measures.as_deref().map(MeasuresRow::from);
    measures.map(|row| json(skill.skill.0, &row)).transpose()
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
        release_order: release_order(release.as_deref().unwrap_or_default()),
    }
}
