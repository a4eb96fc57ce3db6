//! FAQs as SQL.

use domain::read::{Connection, FaqFilter, FaqParts, FaqsRequest};

use super::page::{Key, Listing};
use super::{Visibility, role, role_filter};
use crate::sort_key::sort_key;
use crate::sql::{Fields, Sql};

const BY_QUESTION: &[Key] = &[Key::text("sort_question"), Key::text("uuid")];

/// Writes the statement for questions by id.
pub(super) fn select_of_ids(
    sql: &mut Sql,
    ids: &[String],
    parts: &FaqParts,
    visibility: Visibility,
) {
    sql.push("SELECT ");
    fields(&mut sql.columns(), "f", parts, visibility);
    sql.push(" FROM faq AS f WHERE ");
    visible(sql, "f", visibility, &|_, _| ());
    sql.push(" AND ");
    sql.one_of("f.uuid", ids);
}

/// Writes the fields of the question in `row` with its parts.
pub(super) fn fields(faq: &mut Fields<'_>, row: &str, parts: &FaqParts, visibility: Visibility) {
    faq.id(row).integer(row, "position");
    faq.json("texts", |sql| {
        let owner = sql.alias();
        sql.push("(SELECT ");
        sql.element(&format!("{owner}.faqs"), &format!("{row}.position"));
        sql.push(&format!(
            " FROM role AS {owner} WHERE {owner}.id = {row}.role_id)"
        ));
    });
    if let Some(wanted) = &parts.role {
        faq.json("role", |sql| {
            let owner = sql.alias();
            sql.push("(SELECT ");
            role::object(sql, &owner, wanted, visibility);
            sql.push(&format!(
                " FROM role AS {owner} WHERE {owner}.id = {row}.role_id)"
            ));
        });
    }
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
    listing(wanted).select(
        sql,
        &|sql, row| {
            visible(sql, row, visibility, &|sql, owner| {
                let role = format!("{owner}.id");
                role_filter::in_chosen_category(sql, &role, category.as_ref(), visibility);
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
        &|faq, row| fields(faq, row, &wanted.node, visibility),
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
        table: "faq".into(),
        keys: BY_QUESTION,
        target: None,
        descending: false,
        description: format!("faqs {:?}", wanted.request.filter),
        page: &wanted.request.page,
        total: wanted.total,
    }
}
