//! The open-ended lists of a role as SQL: skills, other names, related roles.

use domain::read::parts::RoleSkillsRequest;
use domain::read::{Connection, PageRequest, RoleParts, RoleSkillFilter, SkillParts};

use super::page::{Key, Listing};
use super::role::{self, child_list, ordered};
use super::sql::{Object, Sql};
use super::{Visibility, role_filter, skill};

const BY_POSITION: &[Key] = &[Key::integer("position")];

/// Adds one page for every connection that is wanted.
pub(super) fn connections(
    role: &mut Object<'_>,
    row: &str,
    parts: &RoleParts,
    visibility: Visibility,
) {
    if !parts.skills.is_empty() {
        role.field("skills", |sql| {
            sql.array(&parts.skills, |sql, wanted| {
                skills_page(sql, row, wanted, visibility);
            });
        });
    }
    if !parts.alternate_titles.is_empty() {
        role.field("alternate_titles", |sql| {
            sql.array(&parts.alternate_titles, |sql, wanted| {
                titles_page(sql, row, wanted);
            });
        });
    }
    if !parts.related_roles.is_empty() {
        role.field("related_roles", |sql| {
            sql.array(&parts.related_roles, |sql, wanted| {
                related_page(sql, row, wanted, visibility);
            });
        });
    }
}

fn skills_page(
    sql: &mut Sql,
    row: &str,
    wanted: &Connection<RoleSkillsRequest, SkillParts>,
    visibility: Visibility,
) {
    let RoleSkillFilter {
        requirements,
        kinds,
    } = &wanted.request.filter;
    skills_listing(wanted).write(
        sql,
        &|sql, link| {
            sql.push(&format!("{link}.role_id = {row}.id"));
            if !requirements.is_empty() {
                sql.push(&format!(" AND {link}.requirement IN ("));
                sql.bind_all(requirements.iter().map(|requirement| requirement.as_str()));
                sql.push(")");
            }
            if !kinds.is_empty() {
                sql.push(&format!(
                    " AND {link}.skill_id IN (SELECT id FROM skill WHERE kind IN ("
                ));
                sql.bind_all(kinds.iter().map(|kind| kind.as_str()));
                sql.push("))");
            }
        },
        &|sql, link| {
            let mut edge = sql.object();
            edge.columns(link, &["requirement", "origin"]);
            edge.field("skill", |sql| {
                skill::linked(sql, link, &wanted.node, visibility);
            });
            edge.end();
        },
    );
}

/// The list that a page of the skills of a role is cut from.
pub(super) fn skills_listing(wanted: &Connection<RoleSkillsRequest, SkillParts>) -> Listing<'_> {
    Listing {
        table: "role_skill",
        keys: BY_POSITION,
        descending: false,
        description: format!("role.skills {:?}", wanted.request.filter),
        page: &wanted.request.page,
        total: wanted.total,
    }
}

fn titles_page(sql: &mut Sql, row: &str, wanted: &Connection<PageRequest, ()>) {
    titles_listing(wanted).write(
        sql,
        &|sql, title| sql.push(&format!("{title}.role_id = {row}.id")),
        &|sql, title| sql.object().columns(title, &["text", "kind"]).end(),
    );
}

/// The list that a page of the other names of a role is cut from.
pub(super) fn titles_listing(wanted: &Connection<PageRequest, ()>) -> Listing<'_> {
    Listing {
        table: "role_title",
        keys: BY_POSITION,
        descending: false,
        description: "role.alternateTitles".to_owned(),
        page: &wanted.request,
        total: wanted.total,
    }
}

fn related_page(
    sql: &mut Sql,
    row: &str,
    wanted: &Connection<PageRequest, RoleParts>,
    visibility: Visibility,
) {
    related_listing(wanted).write(
        sql,
        &|sql, link| {
            let target = sql.alias();
            sql.push(&format!(
                "{link}.role_id = {row}.id AND EXISTS (SELECT 1 FROM role AS {target} \
                 WHERE {target}.id = {link}.to_id AND "
            ));
            role_filter::visible(sql, &target, visibility);
            sql.push(")");
        },
        &|sql, link| {
            let target = sql.alias();
            let mut edge = sql.object();
            edge.columns(link, &["kind"]);
            edge.field("role", |sql| {
                sql.push("(SELECT ");
                role::object(sql, &target, &wanted.node, visibility);
                sql.push(&format!(
                    " FROM role AS {target} WHERE {target}.id = {link}.to_id)"
                ));
            });
            edge.end();
        },
    );
}

/// The list that a page of related roles is cut from.
pub(super) fn related_listing(wanted: &Connection<PageRequest, RoleParts>) -> Listing<'_> {
    Listing {
        table: "role_relation",
        keys: BY_POSITION,
        descending: false,
        description: "role.relatedRoles".to_owned(),
        page: &wanted.request,
        total: wanted.total,
    }
}

/// Writes the lists that exports read as a whole.
pub(super) fn document_lists(sql: &mut Sql, row: &str) {
    let mut lists = sql.object();
    lists.columns(row, &["document_slug"]);
    lists.field("translation_key", |sql| {
        sql.push(&format!(
            "(SELECT key FROM translation_group WHERE id = {row}.translation_group_id)"
        ));
    });
    lists.field("titles", |sql| {
        child_list(sql, "role_title", row, &["text", "kind"]);
    });
    lists.field("related", |sql| {
        child_list(sql, "role_relation", row, &["kind", "to_slug"]);
    });
    lists.field("skills", |sql| {
        let link = sql.alias();
        let parts = SkillParts {
            aliases: true,
            ..SkillParts::default()
        };
        sql.list(
            |sql| {
                let mut edge = sql.object();
                edge.columns(&link, &["requirement", "origin"]);
                edge.field("skill", |sql| {
                    skill::linked(sql, &link, &parts, Visibility::All);
                });
                edge.end();
            },
            |sql| ordered(sql, "role_skill", &link, "role_id", row, None),
        );
    });
    lists.end();
}
