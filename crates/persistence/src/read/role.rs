//! Roles as SQL: which rows, and which parts of each as one JSON object.

use domain::read::parts::ListParts;
use domain::read::{Connection, RoleOrder, RoleOrderField, RoleParts, RolesRequest};

use super::page::{Key, Listing};
use super::sql::{Object, Sql};
use super::{Visibility, category, faq, role_filter, role_link, skill};

const SCALARS: &[&str] = &[
    "id",
    "slug",
    "locale",
    "title",
    "summary",
    "state",
    "revision",
    "created_at",
    "updated_at",
    "published_at",
    "last_reviewed",
    "translation_group_id",
];

/// Writes the role in `row` with its parts.
pub(super) fn object(sql: &mut Sql, row: &str, parts: &RoleParts, visibility: Visibility) {
    let mut role = sql.object();
    role.columns(row, SCALARS);
    editorial(&mut role, row, parts);
    skilled(&mut role, row, parts, visibility);
    linked(&mut role, row, parts, visibility);
    role_link::connections(&mut role, row, parts, visibility);
    role.end();
}

fn editorial(role: &mut Object<'_>, row: &str, parts: &RoleParts) {
    let mut children = |wanted: bool, name: &str, table: &str, columns: &[&str]| {
        if wanted {
            role.field(name, |sql| child_list(sql, table, row, columns));
        }
    };
    children(
        parts.facts,
        "facts",
        "role_fact",
        &["id", "key", "label", "text", "horizon_year"],
    );
    children(
        parts.sections,
        "sections",
        "section",
        &["id", "kind", "heading", "body", "format"],
    );
    children(
        parts.salaries,
        "salaries",
        "salary",
        &[
            "id",
            "level",
            "statistic",
            "amount_minor",
            "currency",
            "period",
            "quality",
            "origin",
            "source_text",
        ],
    );
    children(
        parts.codes,
        "codes",
        "role_code",
        &["scheme", "release", "code", "uri", "match_kind"],
    );
    if parts.cover_letter {
        role.columns(row, &["cover_letter"]);
    }
    if parts.outline {
        role.field("outline", |sql| sql.stored_json(&format!("{row}.outline")));
    }
    if parts.source {
        role.field("source", |sql| source(sql, row));
    }
    if parts.document_lists {
        role.field("document_lists", |sql| role_link::document_lists(sql, row));
    }
}

/// Writes a list of children of the role in `row` that are plain columns, in order.
pub(super) fn child_list(sql: &mut Sql, table: &str, row: &str, columns: &[&str]) {
    let child = sql.alias();
    sql.list(
        |sql| sql.object().columns(&child, columns).end(),
        |sql| ordered(sql, table, &child, "role_id", row, None),
    );
}

/// Writes `FROM` the children of `row` in order, cut after `first`.
pub(super) fn ordered(
    sql: &mut Sql,
    table: &str,
    child: &str,
    parent_column: &str,
    row: &str,
    first: Option<u32>,
) {
    sql.push(&format!(
        " FROM (SELECT * FROM {table} AS {child} WHERE {child}.{parent_column} = {row}.id \
         ORDER BY {child}.position"
    ));
    if let Some(first) = first {
        sql.push(" LIMIT ");
        sql.bind(i64::from(first));
    }
    sql.push(&format!(") AS {child}"));
}

fn source(sql: &mut Sql, row: &str) {
    let source = sql.alias();
    sql.push("(SELECT ");
    sql.object()
        .columns(&source, &["id", "name", "licence", "attribution"])
        .end();
    sql.push(&format!(
        " FROM source AS {source} WHERE {source}.id = {row}.source_id)"
    ));
}

fn skilled(role: &mut Object<'_>, row: &str, parts: &RoleParts, visibility: Visibility) {
    if let Some(ListParts { first, item }) = &parts.duties {
        role.field("duties", |sql| {
            let duty = sql.alias();
            sql.list(
                |sql| {
                    let mut object = sql.object();
                    object.columns(&duty, &["id", "text", "kind"]);
                    let link = ("duty_skill", "duty_id");
                    skill::named_in(&mut object, link, &duty, item.as_deref(), visibility);
                    object.end();
                },
                |sql| ordered(sql, "duty", &duty, "role_id", row, *first),
            );
        });
    }
    if let Some(ListParts { first, item }) = &parts.qualification_groups {
        role.field("qualification_groups", |sql| {
            let group = sql.alias();
            sql.list(
                |sql| {
                    let mut object = sql.object();
                    object.columns(&group, &["id", "heading"]);
                    object.field("items", |sql| {
                        items(sql, &group, item.as_deref(), visibility);
                    });
                    object.end();
                },
                |sql| ordered(sql, "qualification_group", &group, "role_id", row, *first),
            );
        });
    }
}

fn items(
    sql: &mut Sql,
    group: &str,
    skills: Option<&domain::read::SkillParts>,
    visibility: Visibility,
) {
    let item = sql.alias();
    sql.list(
        |sql| {
            let mut object = sql.object();
            object.columns(&item, &["id", "text"]);
            let link = ("qualification_skill", "qualification_id");
            skill::named_in(&mut object, link, &item, skills, visibility);
            object.end();
        },
        |sql| ordered(sql, "qualification", &item, "group_id", group, None),
    );
}

fn linked(role: &mut Object<'_>, row: &str, parts: &RoleParts, visibility: Visibility) {
    if let Some(ListParts { first, item }) = &parts.faqs {
        role.field("faqs", |sql| {
            let row_faq = sql.alias();
            sql.list(
                |sql| faq::object(sql, &row_faq, item, visibility),
                |sql| ordered(sql, "faq", &row_faq, "role_id", row, *first),
            );
        });
    }
    if let Some(category) = &parts.category {
        role.field("category", |sql| {
            category::of_role(sql, row, true, category, visibility);
        });
    }
    if let Some(category) = &parts.categories {
        role.field("categories", |sql| {
            category::of_role(sql, row, false, category, visibility);
        });
    }
    if let Some(translation) = &parts.translations {
        role.field("translations", |sql| {
            let sibling = sql.alias();
            sql.list(
                |sql| object(sql, &sibling, translation, visibility),
                |sql| {
                    sql.push(&format!(
                        " FROM (SELECT * FROM role AS {sibling} WHERE \
                         {sibling}.translation_group_id = {row}.translation_group_id AND \
                         {sibling}.id <> {row}.id AND "
                    ));
                    role_filter::visible(sql, &sibling, visibility);
                    sql.push(&format!(
                        " ORDER BY {sibling}.locale, {sibling}.id) AS {sibling}"
                    ));
                },
            );
        });
    }
}

/// Writes a page of roles; `within` adds a condition that ties it to a parent row.
pub(super) fn page(
    sql: &mut Sql,
    wanted: &Connection<RolesRequest, RoleParts>,
    visibility: Visibility,
    within: &dyn Fn(&mut Sql, &str),
) {
    listing(wanted).write(
        sql,
        &|sql, row| {
            role_filter::visible(sql, row, visibility);
            within(sql, row);
            role_filter::filtered(sql, row, &wanted.request.filter);
            if wanted.request.order.field == RoleOrderField::PublishedAt {
                sql.push(&format!(" AND {row}.published_at IS NOT NULL"));
            }
        },
        &|sql, row| object(sql, row, &wanted.node, visibility),
    );
}

/// The list that a page of roles is cut from.
pub(super) fn listing(wanted: &Connection<RolesRequest, RoleParts>) -> Listing<'_> {
    const BY_TITLE: &[Key] = &[Key::text("sort_title"), Key::text("id")];
    const BY_UPDATE: &[Key] = &[Key::text("updated_at"), Key::text("id")];
    const BY_PUBLICATION: &[Key] = &[Key::text("published_at"), Key::text("id")];
    let RolesRequest {
        filter,
        order,
        page,
    } = &wanted.request;
    let RoleOrder { field, descending } = *order;
    Listing {
        table: "role",
        keys: match field {
            RoleOrderField::Title => BY_TITLE,
            RoleOrderField::UpdatedAt => BY_UPDATE,
            RoleOrderField::PublishedAt => BY_PUBLICATION,
        },
        descending,
        description: format!("roles {order:?} {filter:?}"),
        page,
        total: wanted.total,
    }
}
