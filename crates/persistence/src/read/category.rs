//! Categories as SQL.

use domain::id::Id as _;
use domain::read::{
    CategoriesRequest, CategoryBy, CategoryFilter, CategoryParts, Connection, PageRequest,
};

use super::page::{Key, Listing};
use super::past::{Links, RoleAt};
use super::role::Parent;
use super::{Visibility, role};
use crate::sort_key::sort_key;
use crate::sql::{Fields, Sql};

const BY_POSITION: &[Key] = &[Key::integer("position"), Key::text("uuid")];
const BY_NAME: &[Key] = &[Key::text("sort_name"), Key::text("uuid")];

/// Writes the statement for the category that `by` names.
pub(super) fn select_one(
    sql: &mut Sql,
    by: &CategoryBy,
    parts: &CategoryParts,
    visibility: Visibility,
) {
    sql.push("SELECT ");
    fields(&mut sql.columns(), "c", parts, visibility);
    sql.push(" FROM category AS c WHERE c.id = ");
    chosen(sql, by);
}

/// Writes the statement for categories by id.
pub(super) fn select_of_ids(
    sql: &mut Sql,
    ids: &[String],
    parts: &CategoryParts,
    visibility: Visibility,
) {
    sql.push("SELECT ");
    fields(&mut sql.columns(), "c", parts, visibility);
    sql.push(" FROM category AS c WHERE ");
    sql.one_of("c.uuid", ids);
}

/// Writes the statement for categories by the keys of their rows, which stand behind the fields.
pub(super) fn select_of_keys(sql: &mut Sql, keys: &[i64], parts: &CategoryParts) {
    sql.push("SELECT ");
    fields(&mut sql.columns(), "c", parts, Visibility::Published);
    sql.push(", c.id AS row_key FROM category AS c WHERE ");
    sql.one_of_keys("c.id", keys);
}

/// Writes the category in `row` with its parts as a JSON object.
pub(super) fn object(sql: &mut Sql, row: &str, parts: &CategoryParts, visibility: Visibility) {
    let mut category = sql.object();
    fields(&mut category, row, parts, visibility);
    category.end();
}

/// Writes the fields of the category in `row` with its parts.
pub(super) fn fields(
    category: &mut Fields<'_>,
    row: &str,
    parts: &CategoryParts,
    visibility: Visibility,
) {
    category
        .id(row)
        .texts(row, &["slug", "name"])
        .integer(row, "position");
    if parts.path {
        category.json("path", |sql| path(sql, &format!("{row}.id")));
    }
    if let Some(wanted) = &parts.parent {
        category.json("parent", |sql| {
            let parent = sql.alias();
            sql.push("(SELECT ");
            object(sql, &parent, wanted, visibility);
            sql.push(&format!(
                " FROM category AS {parent} WHERE {parent}.id = {row}.parent_id)"
            ));
        });
    }
    if !parts.children.is_empty() {
        category.json("children", |sql| {
            sql.array(&parts.children, |sql, wanted| {
                children(sql, row, wanted, visibility);
            });
        });
    }
    if !parts.roles.is_empty() {
        category.json("roles", |sql| {
            sql.array(&parts.roles, |sql, wanted| {
                role::page(sql, wanted, Parent::Category(row), visibility);
            });
        });
    }
}

/// Writes the names from the top of the tree down to the category with a key.
pub(super) fn path(sql: &mut Sql, key: &str) {
    let step = sql.alias();
    sql.list(
        |sql| sql.push(&format!("{step}.name")),
        |sql| {
            sql.push(&format!(
                " FROM (SELECT category.name FROM category_ancestor JOIN category \
                 ON category.id = category_ancestor.ancestor_id \
                 WHERE category_ancestor.category_id = {key} \
                 ORDER BY category_ancestor.depth DESC) AS {step}"
            ));
        },
    );
}

fn children(
    sql: &mut Sql,
    row: &str,
    wanted: &Connection<PageRequest, CategoryParts>,
    visibility: Visibility,
) {
    children_listing(wanted).object(
        sql,
        &|sql, child| sql.push(&format!("{child}.parent_id = {row}.id")),
        &|sql, _, child| object(sql, child, &wanted.node, visibility),
    );
}

/// The list that a page of child categories is cut from.
pub(super) fn children_listing(wanted: &Connection<PageRequest, CategoryParts>) -> Listing<'_> {
    Listing {
        table: "category".into(),
        keys: BY_POSITION,
        target: None,
        descending: false,
        description: "category.children".to_owned(),
        page: &wanted.request,
        total: wanted.total,
    }
}

/// Writes the primary category of the role in `row`, NULL when it has none.
pub(super) fn primary(
    sql: &mut Sql,
    row: RoleAt<'_>,
    parts: &CategoryParts,
    visibility: Visibility,
) {
    let (link, category) = (sql.alias(), sql.alias());
    let table = Links::Categories.table(sql, row);
    sql.push("(SELECT ");
    object(sql, &category, parts, visibility);
    sql.push(&format!(
        " FROM {table} AS {link} CROSS JOIN category AS {category} \
         WHERE {link}.role_id = {row}.id AND {link}.position = 0 \
         AND {category}.id = {link}.category_id)"
    ));
}

/// Writes the categories of the role in `row`, the primary one first, as a list.
pub(super) fn of_role(
    sql: &mut Sql,
    row: RoleAt<'_>,
    parts: &CategoryParts,
    visibility: Visibility,
) {
    let (link, category) = (sql.alias(), sql.alias());
    sql.list(
        |sql| {
            sql.push("(SELECT ");
            object(sql, &category, parts, visibility);
            sql.push(&format!(
                " FROM category AS {category} WHERE {category}.id = {link}.category_id)"
            ));
        },
        |sql| role::ordered(sql, Links::Categories, &link, row),
    );
}

/// Writes a page of categories.
pub(super) fn page(
    sql: &mut Sql,
    wanted: &Connection<CategoriesRequest, CategoryParts>,
    visibility: Visibility,
) {
    let CategoryFilter {
        top_level,
        name_contains,
    } = &wanted.request.filter;
    listing(wanted).select(
        sql,
        &|sql, row| {
            sql.push("TRUE");
            if *top_level {
                sql.push(&format!(" AND {row}.parent_id IS NULL"));
            }
            if let Some(text) = name_contains {
                sql.push(" AND ");
                sql.contains(&format!("{row}.sort_name"), sort_key(text));
            }
        },
        &|category, row| fields(category, row, &wanted.node, visibility),
    );
}

/// The list that a page of categories is cut from.
pub(super) fn listing(wanted: &Connection<CategoriesRequest, CategoryParts>) -> Listing<'_> {
    Listing {
        table: "category".into(),
        keys: BY_NAME,
        target: None,
        descending: false,
        description: format!("categories {:?}", wanted.request.filter),
        page: &wanted.request.page,
        total: wanted.total,
    }
}

/// Writes the key of the category that `by` names, as an expression.
pub(super) fn chosen(sql: &mut Sql, by: &CategoryBy) {
    match by {
        CategoryBy::Id(id) => {
            sql.push("(SELECT id FROM category WHERE uuid = ");
            sql.bind(id.uuid().to_string());
            sql.push(")");
        }
        CategoryBy::Slug(slug) => {
            sql.push("(SELECT id FROM category WHERE slug = ");
            sql.bind(slug.as_str());
            sql.push(
                " UNION ALL SELECT category_id FROM category_slug_history \
                 WHERE category_slug_history.slug = ",
            );
            sql.bind(slug.as_str());
            // Nobody else has a slug that somebody had.
            sql.push(" LIMIT 1)");
        }
    }
}
