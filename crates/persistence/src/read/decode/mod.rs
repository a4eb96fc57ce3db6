//! From rows, and the JSON in them, to domain values.
//!
//! Row types say what a statement selects; a part that was not selected is missing and stays
//! `NotLoaded`. Enumerations, slugs and ids are parsed again: a value that breaks the rules of
//! `domain` is reported as corrupt, with the table and key of the row.

mod concept;
mod past;
mod role;
mod role_link;
mod tree;
mod trusted_document;

pub(super) use concept::{ConceptRow, SchemeRow};
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
struct Place<I> {
    table: &'static str,
    id: I,
}

impl<I: Id> Place<I> {
    fn corrupt(self, problem: &dyn std::fmt::Display) -> PersistenceError {
        PersistenceError::Corrupt {
            table: self.table,
            key: self.id.uuid().to_string(),
            problem: problem.to_string(),
        }
    }

    fn checked<T, E: std::fmt::Display>(self, value: std::result::Result<T, E>) -> Result<T> {
        value.map_err(|error| self.corrupt(&error))
    }
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

/// Decodes a row that may not have been selected, with what is wanted of it.
fn one<R, P, T>(
    row: Option<R>,
    wanted: Option<&P>,
    decode: impl FnOnce(R, &P) -> Result<T>,
) -> Result<Part<Box<T>>> {
    let tree = row.zip(wanted).map(|(row, wanted)| decode(row, wanted));
    Ok(tree.transpose()?.map(Box::new).into())
}

/// Decodes a row that may not have been selected and may not be there.
fn one_or_none<R, P, T>(
    row: Part<Option<R>>,
    wanted: Option<&P>,
    decode: impl FnOnce(R, &P) -> Result<T>,
) -> Result<Part<Option<Box<T>>>> {
    match (row, wanted) {
        (Part::Loaded(row), Some(wanted)) => {
            let tree = row.map(|row| decode(row, wanted)).transpose()?;
            Ok(Part::Loaded(tree.map(Box::new)))
        }
        _ => Ok(Part::NotLoaded),
    }
}

/// Decodes rows that may not have been selected, with what is wanted of each.
fn each<R, P, T>(
    rows: Option<Vec<R>>,
    wanted: Option<&P>,
    decode: impl Fn(R, &P) -> Result<T>,
) -> Result<Part<Vec<T>>> {
    let list = rows.zip(wanted).map(|(rows, wanted)| {
        let trees = rows.into_iter().map(|row| decode(row, wanted));
        trees.collect::<Result<Vec<T>>>()
    });
    Ok(list.transpose()?.into())
}
