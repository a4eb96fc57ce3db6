//! Which roles: visibility, filters, and the one role that somebody names.

use domain::Slug;
use domain::id::Id as _;
use domain::read::{CategoryBy, CodeBy, RoleBy, RoleFilter};

use super::{Visibility, category, skill};
use crate::sort_key::sort_key;
use crate::sql::Sql;

/// Writes the condition that readers may see the role in `row`.
pub(super) fn visible(sql: &mut Sql, row: &str, visibility: Visibility) {
    match visibility {
        Visibility::Published => sql.push(&format!("{row}.state = 'PUBLISHED'")),
        Visibility::All => sql.push("TRUE"),
    }
}

/// Writes the conditions of a filter, each after an `AND`.
pub(super) fn filtered(sql: &mut Sql, row: &str, filter: &RoleFilter, visibility: Visibility) {
    let RoleFilter {
        category,
        skills_any,
        skills_all,
        title_contains,
        code,
        locale,
        updated_after,
        state,
    } = filter;
    in_chosen_category(sql, &format!("{row}.id"), category.as_ref(), visibility);
    if !skills_any.is_empty() {
        needs_skill(sql, row, skills_any);
    }
    for skill in skills_all {
        needs_skill(sql, row, std::slice::from_ref(skill));
    }
    if let Some(text) = title_contains {
        sql.push(" AND ");
        sql.contains(&format!("{row}.sort_title"), sort_key(text));
    }
    if let Some(code) = code {
        sql.push(&format!(
            " AND {row}.id IN (SELECT role_id FROM role_code WHERE "
        ));
        has_code(sql, code);
        sql.push(")");
    }
    if let Some(locale) = locale {
        sql.push(&format!(" AND {row}.locale = "));
        sql.bind(locale.as_str());
    }
    if let Some(moment) = updated_after {
        sql.push(&format!(" AND {row}.updated_at > "));
        sql.bind(moment.to_string());
    }
    if let Some(state) = state {
        sql.push(&format!(" AND {row}.state = "));
        sql.bind(state.as_str());
    }
}

/// Writes the condition that the role in `row`, in any state, is in the category that `category`
/// writes, or below.
pub(super) fn below_category(sql: &mut Sql, row: &str, category: impl FnOnce(&mut Sql)) {
    sql.push(&format!("{row}.id IN ("));
    below(sql, category);
    sql.push(")");
}

/// Writes the keys of the roles of a category and of those below it, as a subquery.
fn below(sql: &mut Sql, category: impl FnOnce(&mut Sql)) {
    sql.push(
        "SELECT role_category.role_id FROM category_ancestor JOIN role_category \
         ON role_category.category_id = category_ancestor.category_id \
         WHERE category_ancestor.ancestor_id = ",
    );
    category(sql);
}

fn needs_skill(sql: &mut Sql, row: &str, any_of: &[Slug]) {
    sql.push(&format!(
        " AND {row}.id IN (SELECT role_id FROM role_skill WHERE skill_id IN ("
    ));
    skill::with_slugs(sql, any_of);
    sql.push("))");
}

fn has_code(sql: &mut Sql, code: &CodeBy) {
    let CodeBy {
        scheme,
        code,
        release,
    } = code;
    sql.push("scheme = ");
    sql.bind(scheme.as_str());
    sql.push(" AND code = ");
    sql.bind(code.as_str());
    if let Some(release) = release {
        sql.push(" AND release = ");
        sql.bind(release.as_str());
    }
}

/// Writes the id of the one role that `by` names, as a subquery.
pub(super) fn chosen(sql: &mut Sql, by: &RoleBy, visibility: Visibility) {
    match by {
        RoleBy::Id(id) => {
            sql.push("(SELECT id FROM role WHERE uuid = ");
            sql.bind(id.uuid().to_string());
            sql.push(")");
        }
        RoleBy::Slug(slug) => {
            sql.push("(SELECT id FROM (SELECT role.id, role.locale, 0 AS former FROM role WHERE ");
            visible(sql, "role", visibility);
            sql.push(" AND role.slug = ");
            sql.bind(slug.as_str());
            sql.push(
                " UNION ALL SELECT role.id, role.locale, 1 AS former FROM slug_history \
                 JOIN role ON role.id = slug_history.role_id WHERE ",
            );
            visible(sql, "role", visibility);
            sql.push(" AND slug_history.slug = ");
            sql.bind(slug.as_str());
            sql.push(
                ") AS named ORDER BY former, CASE locale WHEN 'en' THEN 0 ELSE 1 END, locale \
                 LIMIT 1)",
            );
        }
        RoleBy::Code(code) => {
            sql.push(
                "(SELECT role.id FROM role_code JOIN role ON role.id = role_code.role_id WHERE ",
            );
            visible(sql, "role", visibility);
            sql.push(" AND ");
            has_code(sql, code);
            sql.push(
                " ORDER BY release_order DESC, CASE match_kind WHEN 'EXACT' THEN 0 WHEN 'CLOSE' THEN 1 \
                 ELSE 2 END, CASE locale WHEN 'en' THEN 0 ELSE 1 END, role.sort_title, role.uuid \
                 LIMIT 1)",
            );
        }
    }
}

/// Writes the condition that the role whose key `role` is, is in the category that a filter names,
/// or below; nothing without one.
pub(super) fn in_chosen_category(
    sql: &mut Sql,
    role: &str,
    category: Option<&CategoryBy>,
    visibility: Visibility,
) {
    let Some(by) = category else { return };
    sql.push(&format!(" AND {role} IN ("));
    match visibility {
        Visibility::Published => {
            sql.push("SELECT role_id FROM category_role WHERE category_id = ");
            category::chosen(sql, by);
        }
        Visibility::All => below(sql, |sql| category::chosen(sql, by)),
    }
    sql.push(")");
}
