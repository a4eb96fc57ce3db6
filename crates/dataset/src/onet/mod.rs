//! A release of the O*NET database: a folder of tables, joined to whole occupations.
//!
//! [`Release::open`] finds the tables, [`Release::check`] reads all of them and hands nothing out,
//! [`Release::profiles`] gives one occupation after the other. Tables are read side by side and
//! joined by code as they go, so that memory does not grow with them; one that is in another order
//! than `Occupation Data` is sorted in a temporary file first.

mod code;
mod folder;
mod join;
mod judge;
mod kind;
mod layout;
mod profile;
mod reference;
mod release;
mod row;
#[cfg(test)]
mod tests;

use std::path::PathBuf;

pub use code::OnetCode;
pub use join::Profiles;
pub use kind::TableKind;
pub use profile::Profile;
pub use reference::References;
pub use release::Release;
pub use row::{
    AlternateTitle, CategoryName, DetailedActivity, Distribution, Element, EmergingKind,
    EmergingTask, IntermediateActivity, JobZone, JobZoneName, Occupation, Precision, Rating,
    Related, ReportedTitle, Scale, Task, TaskActivity, TaskKind, Technology, Tier, Tool,
};

use crate::table::{Limits, Mapping, Quoting};

/// How a release is read.
#[derive(Clone, Debug)]
pub struct ReleaseOptions {
    /// The name of the release; `None` to read it from the files.
    pub release: Option<String>,
    /// What a `"` means in files with tabs; those with commas have quoting.
    pub quoting: Quoting,
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
            quoting: Quoting::None,
            mapping: Mapping::default(),
            limits: Limits::default(),
            scratch: None,
        }
    }
}
