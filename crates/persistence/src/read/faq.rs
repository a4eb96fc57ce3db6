//! FAQs as SQL.

use domain::read::{Connection, FaqFilter, FaqParts, FaqsRequest};

use super::page::{Key, Listing};
use super::sql::Sql;
use super::{Visibility, role, role_filter};
use crate::sort_key::sort_key;

const BY_QUESTION: &[Key] = &[Key::text("sort_question"), Key::text("id")];

/// Writes the question in `row` with its parts.
pub(super) fn object(sql: &mut Sql, row: &str, parts: &FaqParts, visibility: Visibility) {
    let mut faq = sql.object();
    faq.columns(row, &["id", "question", "answer", "position"]);
    if let Some(wanted) = &parts.role {
        faq.field("role", |sql| {
            let owner = sql.alias();
            sql.push("(SELECT ");
            role::object(sql, &owner, wanted, visibility);
            sql.push(&format!(
                " FROM role AS {owner} WHERE {owner}.id = {row}.role_id)"
            ));
        });
    }
    faq.end();
}

/// Writes a page of questions.
pub(super) fn page(
    sql: &mut Sql,
    wanted: &Connection<FaqsRequest, FaqParts>,
    visibility: Visibility,
) {
    let FaqFilter {
        category,
        question_contains,
        locale,
    } = &wanted.request.filter;
    listing(wanted).write(
        sql,
        &|sql, row| {
            visible(sql, row, visibility, &|sql, owner| {
                role_filter::in_chosen_category(sql, owner, category.as_ref());
                if let Some(locale) = locale {
                    sql.push(&format!(" AND {owner}.locale = "));
                    sql.bind(locale.as_str());
                }
            });
            if let Some(text) = question_contains {
                sql.push(" AND ");
                sql.contains(&format!("{row}.sort_question"), sort_key(text));
            }
        },
        &|sql, row| object(sql, row, &wanted.node, visibility),
    );
}

/// Writes the condition that readers may see the role of the question in `row`.
pub(super) fn visible(
    sql: &mut Sql,
    row: &str,
    visibility: Visibility,
    and: &dyn Fn(&mut Sql, &str),
) {
    let owner = sql.alias();
    sql.push(&format!(
        "EXISTS (SELECT 1 FROM role AS {owner} WHERE {owner}.id = {row}.role_id AND "
    ));
    role_filter::visible(sql, &owner, visibility);
    and(sql, &owner);
    sql.push(")");
}

/// The list that a page of questions is cut from.
pub(super) fn listing(wanted: &Connection<FaqsRequest, FaqParts>) -> Listing<'_> {
    Listing {
        table: "faq",
        keys: BY_QUESTION,
        descending: false,
        description: format!("faqs {:?}", wanted.request.filter),
        page: &wanted.request.page,
        total: wanted.total,
    }
}
