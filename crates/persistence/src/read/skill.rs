//! Skills as SQL.

use domain::Slug;
use domain::id::Id as _;
use domain::read::{Connection, SkillBy, SkillFilter, SkillParts, SkillsRequest};

use super::page::{Key, Listing};
use super::past::{self, RoleAt};
use super::role::Parent;
use super::{Visibility, role};
use crate::sort_key::sort_key;
use crate::sql::{Fields, Sql};

const BY_NAME: &[Key] = &[Key::text("sort_name"), Key::text("uuid")];

/// Writes the statement for the skill that `by` names.
pub(super) fn select_one(sql: &mut Sql, by: &SkillBy, parts: &SkillParts, visibility: Visibility) {
    sql.push("SELECT ");
    fields(&mut sql.columns(), "s", parts, visibility);
    sql.push(" FROM skill AS s WHERE ");
    chosen(sql, "s", by);
}

/// Writes the statement for skills by id.
pub(super) fn select_of_ids(
    sql: &mut Sql,
    ids: &[String],
    parts: &SkillParts,
    visibility: Visibility,
) {
    sql.push("SELECT ");
    fields(&mut sql.columns(), "s", parts, visibility);
    sql.push(" FROM skill AS s WHERE ");
    sql.one_of("s.uuid", ids);
}

/// Writes the statement for skills by the keys of their rows, which stand behind the fields.
pub(super) fn select_of_keys(sql: &mut Sql, keys: &[i64], parts: &SkillParts) {
    sql.push("SELECT ");
    fields(&mut sql.columns(), "s", parts, Visibility::Published);
    sql.push(", s.id AS row_key FROM skill AS s WHERE ");
    sql.one_of_keys("s.id", keys);
}

/// Writes the skill in `row` with its parts as a JSON object.
pub(super) fn object(sql: &mut Sql, row: &str, parts: &SkillParts, visibility: Visibility) {
    let mut skill = sql.object();
    fields(&mut skill, row, parts, visibility);
    skill.end();
}

/// Writes the fields of the skill in `row` with its parts.
pub(super) fn fields(
    skill: &mut Fields<'_>,
    row: &str,
    parts: &SkillParts,
    visibility: Visibility,
) {
    skill.id(row).texts(row, &["slug", "name", "kind"]);
    if parts.aliases {
        skill.stored(row, "aliases");
    }
    if !parts.roles.is_empty() {
        skill.json("roles", |sql| {
            sql.array(&parts.roles, |sql, wanted| {
                role::page(sql, wanted, Parent::Skill(row), visibility);
            });
        });
    }
}

/// Writes the skill that `link.skill_id` names, as a document names it.
pub(super) fn linked(sql: &mut Sql, link: &str) {
    let skill = sql.alias();
    sql.push("(SELECT ");
    term(sql, &skill);
    sql.push(&format!(
        " FROM skill AS {skill} WHERE {skill}.id = {link}.skill_id)"
    ));
}

/// Writes the skill in `row` as a document names it.
pub(super) fn term(sql: &mut Sql, row: &str) {
    let parts = SkillParts {
        aliases: true,
        ..SkillParts::default()
    };
    object(sql, row, &parts, Visibility::All);
}

/// Writes how a role needs the skill that `link` names, and the skill.
pub(super) fn edge(sql: &mut Sql, link: &str, skill: impl FnOnce(&mut Sql)) {
    let mut edge = sql.object();
    edge.texts(link, &["requirement", "origin"])
        .stored(link, "measures");
    edge.json("skill", skill);
    edge.end();
}

/// Writes the skills that duties and qualification items of the role in `row` name: a list of
/// their keys and skills.
pub(super) fn named(sql: &mut Sql, role: RoleAt<'_>, parts: &SkillParts, visibility: Visibility) {
    let row = match role {
        RoleAt::Now(row) => row,
        RoleAt::Then(row) => return past::named(sql, row, parts, visibility),
    };
    let (named, skill) = (sql.alias(), sql.alias());
    sql.list(
        |sql| {
            let mut entry = sql.object();
            entry.integer(&skill, "id");
            entry.json("skill", |sql| object(sql, &skill, parts, visibility));
            entry.end();
        },
        |sql| {
            sql.push(" FROM ");
            sql.numbers(&format!("{row}.named_skills"), &named);
            sql.push(&format!(
                " CROSS JOIN skill AS {skill} WHERE {skill}.id = {named}.value"
            ));
        },
    );
}

/// Writes a page of skills.
pub(super) fn page(
    sql: &mut Sql,
    wanted: &Connection<SkillsRequest, SkillParts>,
    visibility: Visibility,
) {
    let SkillFilter {
        kinds,
        name_contains,
    } = &wanted.request.filter;
    listing(wanted).select(
        sql,
        &|sql, row| {
            sql.push("TRUE");
            if !kinds.is_empty() {
                sql.push(&format!(" AND {row}.kind IN ("));
                sql.bind_all(kinds.iter().map(|kind| kind.as_str()));
                sql.push(")");
            }
            if let Some(text) = name_contains {
                sql.push(" AND ");
                sql.contains(&format!("{row}.sort_name"), sort_key(text));
            }
        },
        &|skill, row| fields(skill, row, &wanted.node, visibility),
    );
}

/// The list that a page of skills is cut from.
pub(super) fn listing(wanted: &Connection<SkillsRequest, SkillParts>) -> Listing<'_> {
    Listing {
        table: "skill".into(),
        keys: BY_NAME,
        target: None,
        descending: false,
        description: format!("skills {:?}", wanted.request.filter),
        page: &wanted.request.page,
        total: wanted.total,
    }
}

/// Writes the condition that `row` is the skill that `by` names.
pub(super) fn chosen(sql: &mut Sql, row: &str, by: &SkillBy) {
    match by {
        SkillBy::Id(id) => {
            sql.push(&format!("{row}.uuid = "));
            sql.bind(id.uuid().to_string());
        }
        SkillBy::Slug(slug) => {
            sql.push(&format!("{row}.id = ("));
            with_slugs(sql, std::slice::from_ref(slug));
            // Nobody else has a slug that somebody had.
            sql.push(" LIMIT 1)");
        }
    }
}

/// Writes the keys of the skills that slugs lead to, now or as former slugs, as a subquery.
pub(super) fn with_slugs(sql: &mut Sql, slugs: &[Slug]) {
    sql.push("SELECT id FROM skill WHERE slug IN (");
    sql.bind_all(slugs.iter().map(Slug::as_str));
    sql.push(
        ") UNION ALL SELECT skill_id FROM skill_slug_history WHERE skill_slug_history.slug IN (",
    );
    sql.bind_all(slugs.iter().map(Slug::as_str));
    sql.push(")");
}
