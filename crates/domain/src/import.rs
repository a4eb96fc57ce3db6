//! Imports of data sets: what was read, byte for byte, and what became of it.

use std::collections::BTreeMap;

use crate::Timestamp;
use crate::id::{RoleId, RunId};
use crate::role::diff::RolePart;
use crate::source::SourceName;

/// A run that imported a release of a data set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportRun {
    /// The id of the run.
    pub id: RunId,
    /// The key of the data set, such as `onet`.
    pub data_set: String,
    /// The release, such as `29.3`.
    pub release: String,
    /// Who imported it.
    pub actor: String,
    /// When it began.
    pub started_at: Timestamp,
    /// When it had read everything; `None` while it runs, and when it was broken off.
    pub finished_at: Option<Timestamp>,
    /// The names of the tables that it reads.
    pub tables: Vec<String>,
}

/// A table of a data set, as its file has to be written again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// The name of the table, the same in all releases.
    pub name: String,
    /// The name of the file.
    pub file: String,
    /// How it begins and how its lines end, in the words of its reader.
    pub head: String,
    /// How many rows it has.
    pub rows: u64,
}

/// The rows of one table that speak of one entity, byte for byte.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceRows {
    /// The name of the table.
    pub name: String,
    /// The lines on which they begin, from 1.
    pub lines: Vec<u64>,
    /// Their texts without line ends.
    pub texts: Vec<String>,
}

/// A source and how much of the catalogue comes from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceCredit {
    /// Its name, licence and credit line.
    pub source: SourceName,
    /// How many roles that everybody may see have texts from it.
    pub roles: u64,
}

/// What an entity of a data set became.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// The key of the entity in its data set, such as the code of an occupation.
    pub key: String,
    /// The role; `None` once somebody has deleted it.
    pub role: Option<RoleId>,
    /// The revision of the role that the import wrote or found.
    pub revision: u32,
    /// Equal as long as the rows of the entity, and how they are read, are the same.
    pub fingerprint: String,
    /// The parts that somebody has changed and that imports leave alone, each with the SHA-256 of
    /// what the release says there.
    pub kept: BTreeMap<RolePart, String>,
}
