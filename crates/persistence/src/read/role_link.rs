//! The open-ended lists of a role as SQL: skills, other names, related roles.

use domain::read::parts::RoleSkillsRequest;
use domain::read::{Connection, PageRequest, RoleParts, RoleSkillFilter, SkillParts};

use super::page::{Key, Listing, Target};
use super::past::{Links, RoleAt};
use super::role::{self, child_list, ordered};
use super::{Visibility, category, past, role_filter, skill};
use crate::sql::{Fields, Sql};

const BY_POSITION: &[Key] = &[Key::integer("position")];

/// Adds one page for every connection that is wanted.
pub(super) fn connections(
    role: &mut Fields<'_>,
    row: RoleAt<'_>,
    parts: &RoleParts,
    visibility: Visibility,
) {
    if !parts.skills.is_empty() {
        role.json("skills", |sql| {
            sql.array(&parts.skills, |sql, wanted| {
                skills_page(sql, row, wanted, visibility);
            });
        });
    }
    if !parts.related_roles.is_empty() {
        role.json("related_roles", |sql| {
            sql.array(&parts.related_roles, |sql, wanted| {
                related_page(sql, row, wanted, visibility);
            });
        });
    }
}

fn skills_page(
    sql: &mut Sql,
    row: RoleAt<'_>,
    wanted: &Connection<RoleSkillsRequest, SkillParts>,
    visibility: Visibility,
) {
    let RoleSkillFilter {
        requirements,
        kinds,
    } = &wanted.request.filter;
    let table = Links::Skills.table(sql, row);
    let listing = Listing {
        table,
        ..skills_listing(wanted)
    };
    listing.object(
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
                    " AND EXISTS (SELECT 1 FROM skill WHERE skill.id = {link}.skill_id \
                     AND skill.kind IN ("
                ));
                sql.bind_all(kinds.iter().map(|kind| kind.as_str()));
                sql.push("))");
            }
        },
        &|sql, link, skill| {
            skill::edge(sql, link, |sql| {
                skill::object(sql, skill, &wanted.node, visibility);
            });
        },
    );
}

/// The list that a page of the skills of a role is cut from.
pub(super) fn skills_listing(wanted: &Connection<RoleSkillsRequest, SkillParts>) -> Listing<'_> {
    Listing {
        table: "role_skill".into(),
        keys: BY_POSITION,
        target: Some(Target {
            table: "skill",
            column: "skill_id",
        }),
        descending: false,
        description: format!("role.skills {:?}", wanted.request.filter),
        page: &wanted.request.page,
        total: wanted.total,
    }
}

/// The list that a page of the other names of a role is cut from.
pub(super) fn titles_listing(wanted: &Connection<PageRequest, ()>) -> Listing<'_> {
    Listing {
        table: "role".into(),
        keys: BY_POSITION,
        target: None,
        descending: false,
        description: "role.alternateTitles".to_owned(),
        page: &wanted.request,
        total: wanted.total,
    }
}

fn related_page(
    sql: &mut Sql,
    row: RoleAt<'_>,
    wanted: &Connection<PageRequest, RoleParts>,
    visibility: Visibility,
) {
    let table = Links::Relations.table(sql, row);
    let listing = Listing {
        table,
        ..related_listing(wanted)
    };
    listing.object(
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
        &|sql, link, target| {
            let mut edge = sql.object();
            edge.texts(link, &["kind", "nearness"]);
            edge.json("role", |sql| {
                role::object(sql, target, &wanted.node, visibility);
            });
            edge.end();
        },
    );
}

/// The list that a page of related roles is cut from.
pub(super) fn related_listing(wanted: &Connection<PageRequest, RoleParts>) -> Listing<'_> {
    Listing {
        table: "role_relation".into(),
        keys: BY_POSITION,
        target: Some(Target {
            table: "role",
            column: "to_id",
        }),
        descending: false,
        description: "role.relatedRoles".to_owned(),
        page: &wanted.request,
        total: wanted.total,
    }
}

/// Adds the lists that exports read as a whole.
pub(super) fn document_lists(role: &mut Fields<'_>, row: RoleAt<'_>) {
    role.texts(row.alias(), &["document_slug"]);
    role.text("translation_key", |sql| {
        sql.push(&format!(
            "(SELECT key FROM translation_group WHERE id = {row}.translation_group_id)"
        ));
    });
    role.json("all_related", |sql| {
        child_list(sql, Links::Relations, row, |link, child| {
            link.texts(child, &["kind", "to_slug", "nearness"]);
        });
    });
    if let RoleAt::Then(row) = row {
        return past::document_lists(role, row);
    }
    role.json("all_categories", |sql| {
        let link = sql.alias();
        sql.list(
            |sql| category::path(sql, &format!("{link}.category_id")),
            |sql| ordered(sql, Links::Categories, &link, row),
        );
    });
    role.json("all_skills", |sql| {
        let link = sql.alias();
        sql.list(
            |sql| skill::edge(sql, &link, |sql| skill::linked(sql, &link)),
            |sql| ordered(sql, Links::Skills, &link, row),
        );
    });
}
