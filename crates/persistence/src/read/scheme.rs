//! Outside schemes as SQL.

use domain::id::Id as _;
use domain::read::{Connection, PageRequest, SchemeBy, SchemeParts};

use super::page::{Key, Listing};
use super::{Visibility, concept};
use crate::sql::{Fields, Sql};

/// Writes the statement for the scheme that `by` names.
pub(super) fn select_one(
    sql: &mut Sql,
    by: &SchemeBy,
    parts: &SchemeParts,
    visibility: Visibility,
) {
    sql.push("SELECT ");
    fields(&mut sql.columns(), "s", parts, visibility);
    sql.push(" FROM scheme AS s WHERE ");
    match by {
        SchemeBy::Id(id) => {
            sql.push("s.uuid = ");
            sql.bind(id.uuid().to_string());
        }
        SchemeBy::Key(key) => {
            sql.push("s.key = ");
            sql.bind(key.as_str());
        }
    }
}

/// Writes the statement for schemes by id.
pub(super) fn select_of_ids(
    sql: &mut Sql,
    ids: &[String],
    parts: &SchemeParts,
    visibility: Visibility,
) {
    sql.push("SELECT ");
    fields(&mut sql.columns(), "s", parts, visibility);
    sql.push(" FROM scheme AS s WHERE ");
    sql.one_of("s.uuid", ids);
}

/// Writes the scheme that the concept in `row` belongs to, as a JSON object.
pub(super) fn of_concept(sql: &mut Sql, row: &str, parts: &SchemeParts, visibility: Visibility) {
    let scheme = sql.alias();
    sql.push("(SELECT ");
    let mut object = sql.object();
    fields(&mut object, &scheme, parts, visibility);
    object.end();
    sql.push(&format!(
        " FROM scheme AS {scheme} WHERE {scheme}.id = {row}.scheme_id)"
    ));
}

fn fields(scheme: &mut Fields<'_>, row: &str, parts: &SchemeParts, visibility: Visibility) {
    scheme
        .id(row)
        .texts(
            row,
            &[
                "key",
                "name",
                "homepage",
                "licence",
                "attribution",
                "uri_prefix",
            ],
        )
        .stored(row, "releases");
    if !parts.concepts.is_empty() {
        scheme.json("concepts", |sql| {
            sql.array(&parts.concepts, |sql, wanted| {
                concept::page_of_scheme(sql, wanted, row, visibility);
            });
        });
    }
}

/// Writes a page of schemes.
pub(super) fn page(
    sql: &mut Sql,
    wanted: &Connection<PageRequest, SchemeParts>,
    visibility: Visibility,
) {
    listing(wanted).select(sql, &|sql, _| sql.push("TRUE"), &|scheme, row| {
        fields(scheme, row, &wanted.node, visibility);
    });
}

/// The list that a page of schemes is cut from.
pub(super) fn listing(wanted: &Connection<PageRequest, SchemeParts>) -> Listing<'_> {
    Listing {
        table: "scheme".into(),
        keys: const { &[Key::text("key")] },
        target: None,
        descending: false,
        description: "schemes".to_owned(),
        page: &wanted.request,
        total: wanted.total,
    }
}
