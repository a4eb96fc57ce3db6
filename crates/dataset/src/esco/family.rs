//! One sort of concept in every language: the files that are joined.

use std::collections::HashMap;
use std::path::Path;

use super::kind::FileId;
use crate::file::TableFile;
use crate::finding::{Code, ReadError};
use crate::lane::Places;
use crate::spool::{Ordered, in_order};
use crate::table::{Fault, Field, Record};

/// The place of `conceptUri` among the columns of a concept.
const URI: usize = 1;

/// The file of the language that says which concepts there are, and those of other languages.
#[derive(Debug)]
pub(super) struct Family {
    pub(super) primary: TableFile<FileId>,
    /// The places of the concepts in that file.
    places: HashMap<String, u32>,
    /// The files of other languages; those that are in another order have a spool.
    pub(super) siblings: Vec<Ordered<FileId>>,
}

impl Family {
    /// Learns in which order the concepts are.
    pub(super) fn new(
        mut primary: TableFile<FileId>,
        others: Vec<TableFile<FileId>>,
        scratch: Option<&Path>,
    ) -> Result<Self, ReadError> {
        let mut places: HashMap<String, u32> = HashMap::new();
        let binding = primary.binding.clone();
        primary.survey(|record| {
            let next = u32::try_from(places.len()).unwrap_or(u32::MAX);
            let uri = binding.field(record, URI).text;
            if !uri.is_empty() && !places.contains_key(uri) {
                places.insert(uri.to_owned(), next);
            }
        })?;
        let mut siblings = Vec::new();
        for mut file in others {
            let binding = file.binding.clone();
            let place = |record: &Record| {
                let uri = binding.field(record, URI).text;
                places.get(uri).copied()
            };
            let spool = in_order(&mut file, scratch, place)?;
            siblings.push((file, spool));
        }
        Ok(Self {
            primary,
            places,
            siblings,
        })
    }

    /// Whether there is a concept.
    pub(super) fn has(&self, uri: &str) -> bool {
        self.places.contains_key(uri)
    }
}

impl Places for Family {
    fn key(&self) -> usize {
        URI
    }

    fn place(&self, name: Field<'_>) -> Result<u32, Fault> {
        let uri = name.required()?;
        self.places.get(uri).copied().ok_or_else(|| {
            let expected = format!("a concept of \"{}\"", self.primary.name);
            name.unexpected(Code::UnknownCode, &expected)
        })
    }

    fn refused(&self, name: Field<'_>) -> Fault {
        let message = format!(
            "the row of \"{}\" in \"{}\" is not accepted, so this one is not",
            name.text, self.primary.name
        );
        name.fault(Code::UnknownCode, message)
    }
}
