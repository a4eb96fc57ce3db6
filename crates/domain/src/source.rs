//! Where texts come from and what must be said about it.

use crate::id::SourceId;

/// The source of a role, as a document names it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceName {
    /// The name of the source, unique in the catalogue.
    pub name: String,
    /// SPDX identifier of the licence of the texts, when it is known.
    pub licence: Option<String>,
    /// The credit line that must be shown with the texts, when there is one.
    pub attribution: Option<String>,
}

/// A source of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The id of the source.
    pub id: SourceId,
    /// Name, licence and credit line.
    pub name: SourceName,
}
