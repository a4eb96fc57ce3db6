//! Concepts of outside schemes as SQL.

use domain::id::Id as _;
use domain::read::{
    ConceptBy, ConceptFilter, ConceptParts, ConceptsRequest, Connection, PageRequest,
};

use super::page::{Key, Listing, Target};
use super::role::{self, Parent};
use super::{Visibility, scheme};
use crate::sql::{Fields, Sql};

/// Writes the statement for the concept that `by` names.
pub(super) fn select_one(
    sql: &mut Sql,
    by: &ConceptBy,
    parts: &ConceptParts,
    visibility: Visibility,
) {
    sql.push("SELECT ");
    fields(&mut sql.columns(), "c", parts, visibility);
    sql.push(" FROM concept AS c WHERE ");
    match by {
        ConceptBy::Id(id) => {
            sql.push("c.uuid = ");
            sql.bind(id.uuid().to_string());
        }
        ConceptBy::Code { scheme, code } => {
            sql.push("c.scheme_id = (SELECT id FROM scheme WHERE key = ");
            sql.bind(scheme.as_str());
            sql.push(") AND c.code = ");
            sql.bind(code.as_str());
        }
        ConceptBy::Uri(uri) => {
            sql.push("c.uri = ");
            sql.bind(uri.as_str());
            sql.push(" ORDER BY c.scheme_id LIMIT 1");
        }
    }
}

/// Writes the statement for concepts by id.
pub(super) fn select_of_ids(
    sql: &mut Sql,
    ids: &[String],
    parts: &ConceptParts,
    visibility: Visibility,
) {
    sql.push("SELECT ");
    fields(&mut sql.columns(), "c", parts, visibility);
    sql.push(" FROM concept AS c WHERE ");
    sql.one_of("c.uuid", ids);
}

/// Writes the concept that the code in the row `code` names as a JSON object, NULL when it is not
/// there.
pub(super) fn of_code(sql: &mut Sql, code: &str, parts: &ConceptParts, visibility: Visibility) {
    let concept = sql.alias();
    sql.push("(SELECT ");
    object(sql, &concept, parts, visibility);
    sql.push(&format!(
        " FROM concept AS {concept} WHERE {concept}.scheme_id = \
         (SELECT id FROM scheme WHERE key = {code}.scheme) AND {concept}.code = {code}.code)"
    ));
}

fn object(sql: &mut Sql, row: &str, parts: &ConceptParts, visibility: Visibility) {
    let mut concept = sql.object();
    fields(&mut concept, row, parts, visibility);
    concept.end();
}

fn fields(concept: &mut Fields<'_>, row: &str, parts: &ConceptParts, visibility: Visibility) {
    concept
        .id(row)
        .texts(
            row,
            &["code", "uri", "kind", "status", "release", "modified_on"],
        )
        .stored(row, "predecessors");
    for (wanted, column) in [(parts.labels, "labels"), (parts.notes, "notes")] {
        if wanted {
            concept.stored(row, column);
        }
    }
    if let Some(wanted) = &parts.scheme {
        concept.json("scheme", |sql| {
            scheme::of_concept(sql, row, wanted, visibility);
        });
    }
    if let Some(wanted) = &parts.broader {
        concept.json("broader", |sql| broader(sql, row, wanted, visibility));
    }
    if !parts.related.is_empty() {
        concept.json("related", |sql| {
            sql.array(&parts.related, |sql, wanted| {
                related_page(sql, row, wanted, visibility);
            });
        });
    }
    if !parts.narrower.is_empty() {
        concept.json("narrower", |sql| {
            sql.array(&parts.narrower, |sql, wanted| {
                narrower_page(sql, row, wanted, visibility);
            });
        });
    }
    if !parts.roles.is_empty() {
        concept.json("roles", |sql| {
            sql.array(&parts.roles, |sql, wanted| {
                role::page(sql, wanted, Parent::Concept(row), visibility);
            });
        });
    }
}

/// Writes the concepts right above the one in `row`, in the order of its scheme.
fn broader(sql: &mut Sql, row: &str, wanted: &ConceptParts, visibility: Visibility) {
    let (link, target) = (sql.alias(), sql.alias());
    sql.list(
        |sql| {
            object(sql, &target, wanted, visibility);
            sql.order_of_list(|sql| sql.push(&format!("{link}.position")));
        },
        |sql| {
            sql.push(&format!(
                " FROM (SELECT {link}.position, {link}.to_id FROM concept_relation AS {link} \
                 WHERE {link}.concept_id = {row}.id AND {link}.kind = 'BROADER' \
                 ORDER BY {link}.position) AS {link} \
                 CROSS JOIN concept AS {target} WHERE {target}.id = {link}.to_id"
            ));
        },
    );
}

fn related_page(
    sql: &mut Sql,
    row: &str,
    wanted: &Connection<PageRequest, ConceptParts>,
    visibility: Visibility,
) {
    related_listing(wanted).object(
        sql,
        &|sql, link| {
            sql.push(&format!(
                "{link}.concept_id = {row}.id AND {link}.kind = 'RELATED' \
                 AND {link}.to_id IS NOT NULL"
            ));
        },
        &|sql, _, target| object(sql, target, &wanted.node, visibility),
    );
}

/// The list that a page of the concepts that another one leads to is cut from.
pub(super) fn related_listing(wanted: &Connection<PageRequest, ConceptParts>) -> Listing<'_> {
    Listing {
        table: "concept_relation".into(),
        keys: const { &[Key::integer("position")] },
        target: Some(Target {
            table: "concept",
            column: "to_id",
        }),
        descending: false,
        description: "concept.related".to_owned(),
        page: &wanted.request,
        total: wanted.total,
    }
}

/// Writes the keys of the concepts right below the one whose key `parent` writes, as a subquery.
fn below(sql: &mut Sql, parent: impl FnOnce(&mut Sql)) {
    sql.push("SELECT concept_id FROM concept_relation WHERE kind = 'BROADER' AND to_id = ");
    parent(sql);
}

fn narrower_page(
    sql: &mut Sql,
    parent: &str,
    wanted: &Connection<PageRequest, ConceptParts>,
    visibility: Visibility,
) {
    narrower_listing(wanted).object(
        sql,
        &|sql, row| {
            sql.push(&format!("{row}.id IN ("));
            below(sql, |sql| sql.push(&format!("{parent}.id")));
            sql.push(")");
        },
        &|sql, _, row| object(sql, row, &wanted.node, visibility),
    );
}

/// The list that a page of the concepts below another one is cut from: those of several schemes may
/// have the same code.
pub(super) fn narrower_listing(wanted: &Connection<PageRequest, ConceptParts>) -> Listing<'_> {
    Listing {
        table: "concept".into(),
        keys: const { &[Key::text("code"), Key::text("uuid")] },
        target: None,
        descending: false,
        description: "concept.narrower".to_owned(),
        page: &wanted.request,
        total: wanted.total,
    }
}

/// Writes a page of the concepts of the scheme in `scheme`.
pub(super) fn page_of_scheme(
    sql: &mut Sql,
    wanted: &Connection<ConceptsRequest, ConceptParts>,
    scheme: &str,
    visibility: Visibility,
) {
    let ConceptFilter {
        kinds,
        status,
        parent,
    } = &wanted.request.filter;
    listing(wanted).object(
        sql,
        &|sql, row| {
            sql.push(&format!("{row}.scheme_id = {scheme}.id"));
            if !kinds.is_empty() {
                sql.push(&format!(" AND {row}.kind IN ("));
                sql.bind_all(kinds.iter().map(|kind| kind.as_str()));
                sql.push(")");
            }
            if let Some(status) = status {
                sql.push(&format!(" AND {row}.status = "));
                sql.bind(status.as_str());
            }
            if let Some(code) = parent {
                sql.push(&format!(" AND {row}.id IN ("));
                below(sql, |sql| {
                    let above = sql.alias();
                    sql.push(&format!(
                        "(SELECT {above}.id FROM concept AS {above} \
                         WHERE {above}.scheme_id = {scheme}.id AND {above}.code = "
                    ));
                    sql.bind(code.as_str());
                    sql.push(")");
                });
                sql.push(")");
            }
        },
        &|sql, _, row| object(sql, row, &wanted.node, visibility),
    );
}

/// The list that a page of the concepts of a scheme is cut from.
pub(super) fn listing(wanted: &Connection<ConceptsRequest, ConceptParts>) -> Listing<'_> {
    Listing {
        table: "concept".into(),
        keys: const { &[Key::text("code")] },
        target: None,
        descending: false,
        description: format!("scheme.concepts {:?}", wanted.request.filter),
        page: &wanted.request.page,
        total: wanted.total,
    }
}
