//! From the JSON that the database wrote to domain values.
//!
//! Row types say what a statement selects; a part that was not selected is missing in the JSON
//! and stays `NotLoaded`. Enumerations, slugs and ids are parsed again: a value that breaks the
//! rules of `domain` is reported as corrupt, with its table and key.

mod role;
mod role_child;
mod tree;
mod trusted_document;

pub(super) use role::RoleRow;
pub(super) use tree::{CategoryRow, FaqRow, SkillRow};
pub(super) use trusted_document::TrustedDocumentRow;

use domain::id::Id;
use domain::read::{Connection, Page, Pages, Part};
use serde::{Deserialize, Deserializer};

use super::Result;
use super::page::{Listing, PageRow};
use crate::PersistenceError;

/// Where a value was read, for the report of a corrupt one.
#[derive(Clone, Copy)]
struct Place<'a> {
    table: &'static str,
    key: &'a str,
}

impl Place<'_> {
    fn read<T, E: std::fmt::Display>(
        self,
        value: &str,
        parse: impl FnOnce(&str) -> std::result::Result<T, E>,
    ) -> Result<T> {
        parse(value).map_err(|error| self.corrupt(&error))
    }

    fn corrupt(self, problem: &dyn std::fmt::Display) -> PersistenceError {
        let Self { table, key } = self;
        PersistenceError::Corrupt {
            table,
            key: key.to_owned(),
            problem: problem.to_string(),
        }
    }
}

/// Reads a stored id, which has no prefix.
fn id<I: Id>(table: &'static str, text: &str) -> Result<I> {
    let place = Place { table, key: text };
    place.read(text, uuid::Uuid::try_parse).map(I::from_uuid)
}

/// Joins the pages of one connection with the requests that asked for them.
fn pages<Q: Clone + PartialEq, P, R, T>(
    rows: Option<Vec<PageRow<R>>>,
    wanted: &[Connection<Q, P>],
    listing: impl Fn(&Connection<Q, P>) -> Listing<'_>,
    node: impl Fn(R, &P) -> Result<T>,
) -> Result<Pages<Q, T>> {
    let rows = rows.unwrap_or_default();
    let pages = wanted.iter().zip(rows).map(|(wanted, rows)| {
        let page: Page<T> = listing(wanted).decode(rows, |row| node(row, &wanted.node))?;
        Ok((wanted.request.clone(), page))
    });
    Ok(Pages(pages.collect::<Result<_>>()?))
}

/// Tells a selected NULL (`Loaded(None)`) from a column that was not selected (`NotLoaded`).
fn selected<'de, D, T>(deserializer: D) -> std::result::Result<Part<Option<T>>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    Option::deserialize(deserializer).map(Part::Loaded)
}
