//! What releases call their tables and columns: one file of names for each layout.

use super::kind::TableKind;
use crate::finding::Finding;
use crate::table::{Binding, Header, Mapping};

/// The literal that the release text files have in cells without a value.
const ABSENT: &str = "n/a";

/// The names of every layout that is known, and those that the user gave.
#[derive(Debug)]
pub(super) struct Names {
    users: Mapping,
    /// From the oldest layout to the newest; the first one renames nothing.
    layouts: Vec<Mapping>,
}

impl Names {
    /// The known layouts, with names of the user before them.
    pub(super) fn new(users: &Mapping) -> Result<Self, Finding> {
        let newest = Mapping::parse("30.3.toml", include_str!("30.3.toml"))?;
        Ok(Self {
            users: users.clone(),
            layouts: vec![Mapping::default(), newest],
        })
    }

    /// What the user calls a file when no table has that name.
    pub(super) fn unknown(&self, stem: &str) -> Option<&str> {
        let name = self.users.table(stem)?;
        TableKind::parse(name).is_none().then_some(name)
    }

    /// Which table a file is, by its name without its endings.
    pub(super) fn kind(&self, stem: &str) -> Option<TableKind> {
        let users = self.users.table(stem).and_then(TableKind::parse);
        users.or_else(|| TableKind::parse(stem)).or_else(|| {
            let mut names = self.layouts.iter().filter_map(|names| names.table(stem));
            names.find_map(TableKind::parse)
        })
    }

    /// Finds the columns of a table: by the first layout that names all that are needed, or by the
    /// one that lacks the fewest.
    pub(super) fn bind(&self, kind: TableKind, stem: &str, header: &Header) -> Binding {
        let bind = |layout: &Mapping| {
            let renamed = |column: &str| {
                let users = self.users.column(kind.name(), stem, column);
                users.or_else(|| layout.column(kind.name(), stem, column))
            };
            Binding::find(header, kind.columns(), renamed, ABSENT)
        };
        let mut best = bind(&self.users);
        for layout in &self.layouts {
            let next = bind(layout);
            if next.missing().count() < best.missing().count() {
                best = next;
            }
        }
        best
    }
}
