//! ESCO: a folder of files, concepts joined across languages by their URIs.
//!
//! [`Release::open`] finds the files, [`Release::check`] reads all of them and hands nothing out.
//! [`Release::concepts`] gives occupations, skills and groups one after the other, each in every
//! language that there is; [`Release::relations`], [`Release::hierarchy`],
//! [`Release::collections`] and [`Release::schemes`] give the rows of the other files.

mod cell;
mod concept;
mod entry;
mod family;
mod folder;
mod kind;
mod label;
mod release;
mod row;
#[cfg(test)]
mod tests;

use std::path::PathBuf;

use domain::Locale;

pub use concept::{Concepts, Entity, Localized};
pub use entry::Entries;
pub use kind::{FileId, FileKind};
pub use label::Labels;
pub use release::Release;
pub use row::{
    Concept, ConceptScheme, HierarchyPath, Level, Relation, RelationKind, ReuseLevel, SkillType,
};

use crate::table::{Limits, Mapping};

/// How a release is read.
#[derive(Clone, Debug)]
pub struct ReleaseOptions {
    /// The name of the release; `None` to read it from the name of the folder.
    pub release: Option<String>,
    /// The language that says which concepts there are; others add their labels. Without files in
    /// it, the first language in the order of the alphabet does.
    pub primary: Locale,
    /// The languages that are read; all of them when it is empty.
    pub locales: Vec<Locale>,
    /// Other names of files and columns.
    pub mapping: Mapping,
    /// What a file may have at most.
    pub limits: Limits,
    /// Where temporary files go; `None` for where the system keeps them.
    pub scratch: Option<PathBuf>,
}

impl Default for ReleaseOptions {
    fn default() -> Self {
        Self {
            release: None,
            primary: Locale::english(),
            locales: Vec::new(),
            mapping: Mapping::default(),
            limits: Limits::default(),
            scratch: None,
        }
    }
}
