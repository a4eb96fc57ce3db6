//! Skills as SQL.

use domain::id::Id as _;
use domain::read::{Connection, SkillBy, SkillFilter, SkillParts, SkillsRequest};

use super::page::{Key, Listing};
use super::sql::{Object, Sql};
use super::{Visibility, role};
use crate::sort_key::sort_key;

const BY_NAME: &[Key] = &[Key::text("sort_name"), Key::text("id")];

/// Writes the skill in `row` with its parts.
pub(super) fn object(sql: &mut Sql, row: &str, parts: &SkillParts, visibility: Visibility) {
    let mut skill = sql.object();
    skill.columns(row, &["id", "slug", "name", "kind"]);
    if parts.aliases {
        skill.field("aliases", |sql| {
            let alias = sql.alias();
            sql.list(
                |sql| sql.push(&format!("{alias}.text")),
                |sql| role::ordered(sql, "skill_alias", &alias, "skill_id", row, None),
            );
        });
    }
    if !parts.roles.is_empty() {
        skill.field("roles", |sql| {
            sql.array(&parts.roles, |sql, wanted| {
                role::page(sql, wanted, visibility, &|sql, role| {
                    sql.push(&format!(
                        " AND {role}.id IN (SELECT role_id FROM role_skill \
                         WHERE skill_id = {row}.id)"
                    ));
                });
            });
        });
    }
    skill.end();
}

/// Writes the skill that `link.skill_id` names.
pub(super) fn linked(sql: &mut Sql, link: &str, parts: &SkillParts, visibility: Visibility) {
    let skill = sql.alias();
    sql.push("(SELECT ");
    object(sql, &skill, parts, visibility);
    sql.push(&format!(
        " FROM skill AS {skill} WHERE {skill}.id = {link}.skill_id)"
    ));
}

/// Adds the skills that the text in `row` names, when they are wanted.
pub(super) fn named_in(
    owner: &mut Object<'_>,
    (table, owner_column): (&str, &str),
    row: &str,
    parts: Option<&SkillParts>,
    visibility: Visibility,
) {
    let Some(parts) = parts else { return };
    owner.field("skills", |sql| {
        let link = sql.alias();
        sql.list(
            |sql| linked(sql, &link, parts, visibility),
            |sql| role::ordered(sql, table, &link, owner_column, row, None),
        );
    });
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
    listing(wanted).write(
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
        &|sql, row| object(sql, row, &wanted.node, visibility),
    );
}

/// The list that a page of skills is cut from.
pub(super) fn listing(wanted: &Connection<SkillsRequest, SkillParts>) -> Listing<'_> {
    Listing {
        table: "skill",
        keys: BY_NAME,
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
            sql.push(&format!("{row}.id = "));
            sql.bind(id.uuid().to_string());
        }
        SkillBy::Slug(slug) => {
            sql.push(&format!("{row}.slug = "));
            sql.bind(slug.as_str());
        }
    }
}
