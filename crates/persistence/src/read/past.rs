//! Roles as they were: rows of `role_revision`, which have the columns of `role`.
//!
//! What leads elsewhere is JSON in such a row, by ids, because what it leads to may be gone. It is
//! read as if it were the tables of links that present roles have, so that a role as it was is
//! written by the same code: what it says is as it was, and what it leads to is as it is now.

use std::borrow::Cow;
use std::fmt::{self, Display};

use domain::read::{
    AsOf, Connection, DiffRequest, PageRequest, RevisionParts, RoleBy, RoleParts, RoleTree,
    SkillParts,
};

use super::page::{Key, Listing};
use super::record::Answer;
use super::role::{fields_at, object_at};
use super::{Reads, Result, Visibility, category, first, role_filter, role_tree, skill};
use crate::sql::{Fields, Sql};

/// The row of a role in a statement, by its alias.
#[derive(Clone, Copy, Debug)]
pub(super) enum RoleAt<'a> {
    /// A row of `role`.
    Now(&'a str),
    /// A row of `role_revision`.
    Then(&'a str),
}

/// What leads from a role elsewhere, each kind in a table of its own.
#[derive(Clone, Copy, Debug)]
pub(super) enum Links {
    Categories,
    Skills,
    Relations,
    Codes,
}

impl<'a> RoleAt<'a> {
    /// The alias.
    pub(super) fn alias(self) -> &'a str {
        match self {
            Self::Now(alias) | Self::Then(alias) => alias,
        }
    }
}

impl Display for RoleAt<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.alias())
    }
}

impl Links {
    /// The table of these links, or a subquery with the columns that it has.
    pub(super) fn table(self, sql: &Sql, role: RoleAt<'_>) -> Cow<'static, str> {
        let row = match role {
            RoleAt::Now(_) => return self.stored().into(),
            RoleAt::Then(row) => row,
        };
        let of_id = |table| format!(" CROSS JOIN {table} WHERE {table}.uuid = kept.value ->> 'u'");
        let (column, select, joined) = match self {
            Self::Categories => (
                "categories",
                "category.id AS category_id",
                of_id("category"),
            ),
            Self::Skills => (
                "skills",
                "skill.id AS skill_id, kept.value ->> 'r' AS requirement, \
                 kept.value ->> 'o' AS origin, kept.value -> 'm' AS measures",
                of_id("skill"),
            ),
            Self::Relations => (
                "relations",
                "kept.value ->> 'k' AS kind, kept.value ->> 's' AS to_slug, role.id AS to_id, \
                 kept.value ->> 'n' AS nearness",
                format!(
                    " LEFT JOIN role ON role.slug = kept.value ->> 's' \
                     AND role.locale = {row}.locale"
                ),
            ),
            Self::Codes => (
                "codes",
                "kept.value ->> 's' AS scheme, kept.value ->> 'r' AS release, \
                 kept.value ->> 'c' AS code, kept.value ->> 'u' AS uri, \
                 kept.value ->> 'm' AS match_kind",
                String::new(),
            ),
        };
        let elements = sql.elements(&format!("{row}.{column}"), "kept");
        let select = format!("{row}.id AS role_id, kept.position, {select}");
        format!("(SELECT {select} FROM {elements}{joined})").into()
    }

    fn stored(self) -> &'static str {
        match self {
            Self::Categories => "role_category",
            Self::Skills => "role_skill",
            Self::Relations => "role_relation",
            Self::Codes => "role_code",
        }
    }
}

/// Writes the skills that texts of a role as it was name: their former keys, and the skills, NULL
/// for those that are gone.
pub(super) fn named(sql: &mut Sql, row: &str, parts: &SkillParts, visibility: Visibility) {
    let (named, skill) = (sql.alias(), sql.alias());
    sql.list(
        |sql| {
            let mut entry = sql.object();
            entry.text("id", |sql| {
                sql.push(&format!("CAST({named}.value ->> 'i' AS BIGINT)"));
            });
            entry.json("skill", |sql| {
                sql.push("(SELECT ");
                skill::object(sql, &skill, parts, visibility);
                sql.push(&format!(
                    " FROM skill AS {skill} WHERE {skill}.uuid = {named}.value ->> 'u')"
                ));
            });
            entry.end();
        },
        |sql| {
            let elements = sql.elements(&format!("{row}.named_skills"), &named);
            sql.push(&format!(" FROM {elements}"));
        },
    );
}

/// Adds the lists that documents of a role as it was have as a whole; what is gone has the names
/// that it had.
pub(super) fn document_lists(role: &mut Fields<'_>, row: &str) {
    role.json("all_categories", |sql| {
        let link = sql.alias();
        let elements = sql.elements(&format!("{row}.categories"), "kept");
        sql.list(
            |sql| {
                sql.case_of_json(
                    &format!("{link}.category_id IS NULL"),
                    |sql| sql.push(&format!("{link}.path")),
                    |sql| category::path(sql, &format!("{link}.category_id")),
                );
            },
            |sql| {
                sql.push(&format!(
                    " FROM (SELECT category.id AS category_id, kept.value -> 'p' AS path \
                     FROM {elements} LEFT JOIN category ON category.uuid = kept.value ->> 'u' \
                     ORDER BY kept.position) AS {link}"
                ));
            },
        );
    });
    role.json("all_skills", |sql| {
        let link = sql.alias();
        // Documents know skills by name: the slug of one that is gone is not kept.
        let elements = sql.elements(&format!("{row}.skills"), "kept");
        sql.list(
            |sql| skill::edge(sql, &link, |sql| skill::term(sql, &link)),
            |sql| {
                sql.push(&format!(
                    " FROM (SELECT kept.value ->> 'u' AS uuid, \
                     COALESCE(skill.slug, kept.value ->> 'u') AS slug, \
                     COALESCE(skill.name, kept.value ->> 'n') AS name, \
                     COALESCE(skill.kind, kept.value ->> 'k') AS kind, \
                     COALESCE(skill.aliases, '[]') AS aliases, \
                     kept.value ->> 'r' AS requirement, kept.value ->> 'o' AS origin, \
                     kept.value -> 'm' AS measures \
                     FROM {elements} LEFT JOIN skill ON skill.uuid = kept.value ->> 'u' \
                     ORDER BY kept.position) AS {link}"
                ));
            },
        );
    });
}

/// Writes the statement for a role as it was.
pub(super) fn select_one(
    sql: &mut Sql,
    by: &RoleBy,
    as_of: AsOf,
    parts: &RoleParts,
    visibility: Visibility,
) {
    sql.push("SELECT ");
    fields_at(&mut sql.columns(), RoleAt::Then("r"), parts, visibility);
    sql.push(
        " FROM (SELECT * FROM role_revision WHERE id = (SELECT now.id FROM role AS now WHERE ",
    );
    role_filter::visible(sql, "now", visibility);
    sql.push(" AND now.id = ");
    role_filter::chosen(sql, by, visibility);
    sql.push(")");
    match as_of {
        AsOf::Revision(revision) => {
            sql.push(" AND revision = ");
            sql.bind(i64::from(revision));
            sql.push(") AS r");
        }
        AsOf::Time(moment) => {
            sql.push(" AND updated_at <= ");
            sql.bind(moment.to_string());
            sql.push(
                " ORDER BY revision DESC LIMIT 1) AS r \
                 WHERE r.withdrawn_at IS NULL OR r.withdrawn_at > ",
            );
            sql.bind(moment.to_string());
        }
    }
}

const BY_REVISION: &[Key] = &[Key::integer("revision")];

/// The list that a page of the revisions of a role is cut from.
pub(super) fn listing(wanted: &Connection<PageRequest, RevisionParts>) -> Listing<'_> {
    Listing {
        table: "role_revision".into(),
        keys: BY_REVISION,
        target: None,
        descending: true,
        description: "role.revisions".to_owned(),
        page: &wanted.request,
        total: wanted.total,
    }
}

/// Adds what is wanted of the past of the role in `row`.
pub(super) fn history(
    role: &mut Fields<'_>,
    row: RoleAt<'_>,
    parts: &RoleParts,
    visibility: Visibility,
) {
    if !parts.revisions.is_empty() {
        role.json("revisions", |sql| {
            sql.array(&parts.revisions, |sql, wanted| {
                listing(wanted).object(
                    sql,
                    &|sql, revision| sql.push(&format!("{revision}.id = {row}.id")),
                    &|sql, _, revision| object(sql, revision, &wanted.node, visibility),
                );
            });
        });
    }
    if !parts.comparisons.is_empty() {
        role.json("comparisons", |sql| {
            sql.array(&parts.comparisons, |sql, request| {
                comparison(sql, row, *request);
            });
        });
    }
}

fn object(sql: &mut Sql, row: &str, parts: &RevisionParts, visibility: Visibility) {
    let mut revision = sql.object();
    revision
        .integer(row, "revision")
        .texts(row, &["updated_at", "withdrawn_at", "title"]);
    if visibility == Visibility::All {
        revision.texts(row, &["actor"]);
    }
    if let Some(wanted) = &parts.role {
        revision.json("role", |sql| {
            object_at(sql, RoleAt::Then(row), wanted, visibility);
        });
    }
    revision.end();
}

/// Writes both states of a role as documents, NULL for one that is not there.
fn comparison(sql: &mut Sql, row: RoleAt<'_>, request: DiffRequest) {
    let DiffRequest { from, to } = request;
    let mut states = sql.object();
    states.json("from", |sql| document(sql, row, from));
    states.json("to", |sql| match to {
        Some(to) => document(sql, row, to),
        None => object_at(sql, row, &RoleParts::document(), Visibility::All),
    });
    states.end();
}

fn document(sql: &mut Sql, row: RoleAt<'_>, revision: u32) {
    let kept = sql.alias();
    sql.push("(SELECT ");
    let parts = RoleParts::document();
    object_at(sql, RoleAt::Then(&kept), &parts, Visibility::All);
    sql.push(&format!(
        " FROM role_revision AS {kept} WHERE {kept}.id = {row}.id AND {kept}.revision = "
    ));
    sql.bind(i64::from(revision));
    sql.push(")");
}

impl Reads {
    /// The published role that `by` names, as it was when it was published then.
    pub async fn find_published_role_as_of(
        &self,
        by: &RoleBy,
        as_of: AsOf,
        parts: &RoleParts,
    ) -> Result<Option<RoleTree>> {
        self.role_as_of(by, as_of, parts, Visibility::Published)
            .await
    }

    /// The role that `by` names, in any state, as it was when it was published then, for editors.
    pub async fn find_role_as_of(
        &self,
        by: &RoleBy,
        as_of: AsOf,
        parts: &RoleParts,
    ) -> Result<Option<RoleTree>> {
        self.role_as_of(by, as_of, parts, Visibility::All).await
    }

    async fn role_as_of(
        &self,
        by: &RoleBy,
        as_of: AsOf,
        parts: &RoleParts,
        visibility: Visibility,
    ) -> Result<Option<RoleTree>> {
        let answer: Answer = self
            .answer(|sql| select_one(sql, by, as_of, parts, visibility))
            .await?;
        first(&answer, |record| role_tree(record, parts))
    }
}
