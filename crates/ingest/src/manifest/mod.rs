//! Manifests of trusted documents, as the tools of GraphQL clients write them.
//!
//! Two shapes are told apart by their members: the manifest of Apollo, and the flat object of ids
//! and texts that Relay (`persistConfig`) and the client preset of graphql-codegen
//! (`persisted-documents.json`) write.

mod apollo;
mod error;
mod flat;
mod json;

use std::collections::HashMap;
use std::collections::hash_map::Entry as Slot;

use app::sha256_of;
use domain::document::{DocumentId, TrustedDocument};

use error::Located;
pub use error::{ManifestError, ManifestProblem};
use json::Members;

/// The largest number of bytes of a manifest: 64 MiB.
pub const MAX_MANIFEST_BYTES: usize = 64 << 20;

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Reads a manifest; `name` is what errors call it.
///
/// Documents come in the order of the manifest, each id once.
pub fn read(name: &str, bytes: &[u8]) -> Result<Vec<TrustedDocument>, ManifestError> {
    documents(bytes).map_err(|located| located.in_file(name))
}

fn documents(bytes: &[u8]) -> Result<Vec<TrustedDocument>, Located> {
    if bytes.len() > MAX_MANIFEST_BYTES {
        return Err(ManifestProblem::TooLarge.into());
    }
    let bytes = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
    let Members(members) = serde_json::from_slice(bytes).map_err(ManifestProblem::Json)?;
    let entries = if apollo::is_meant(&members) {
        apollo::entries(members)?
    } else {
        flat::entries(members)?
    };
    if entries.is_empty() {
        return Err(ManifestProblem::Empty.into());
    }
    distinct(entries)
}

/// One document as it stands in a manifest.
struct Entry {
    /// Where it stands, for errors.
    place: String,
    id: String,
    name: Option<String>,
    text: String,
    /// Whether an id of 64 hexadecimal digits has to be the SHA-256 of the text.
    hashed: bool,
}

impl Entry {
    /// The document, when it keeps all rules; otherwise the place comes back with the problem.
    fn check(self) -> Result<(String, TrustedDocument), Located> {
        let Self {
            place,
            id,
            name,
            text,
            hashed,
        } = self;
        let problem = match DocumentId::parse(&id) {
            Err(invalid) => ManifestProblem::Id(invalid),
            Ok(id) => {
                let document = TrustedDocument { id, name, text };
                match broken_rule(&document, hashed) {
                    None => return Ok((place, document)),
                    Some(problem) => problem,
                }
            }
        };
        Err(problem.at(place))
    }
}

fn broken_rule(document: &TrustedDocument, hashed: bool) -> Option<ManifestProblem> {
    if let Some(violation) = document.violations().into_iter().next() {
        return Some(ManifestProblem::Rule(violation));
    }
    let promised = if hashed {
        document.id.sha256_digits()
    } else {
        document.id.promised_sha256()
    };
    let actual = sha256_of(&document.text);
    let kept = promised.is_none_or(|promised| promised.eq_ignore_ascii_case(&actual));
    (!kept).then(|| ManifestProblem::WrongHash {
        id: document.id.clone(),
        actual,
    })
}

/// Each document once, in the order of the manifest.
fn distinct(entries: Vec<Entry>) -> Result<Vec<TrustedDocument>, Located> {
    let mut documents: Vec<TrustedDocument> = Vec::with_capacity(entries.len());
    let mut seen: HashMap<DocumentId, (String, usize)> = HashMap::new();
    for entry in entries {
        let (place, document) = entry.check()?;
        match seen.entry(document.id.clone()) {
            Slot::Vacant(slot) => {
                slot.insert((place, documents.len()));
                documents.push(document);
            }
            Slot::Occupied(slot) => {
                let (first, index) = slot.get();
                let text = documents.get(*index).map(|first| &first.text);
                if text != Some(&document.text) {
                    let first = first.clone();
                    let id = document.id;
                    return Err(ManifestProblem::Repeated { id, first }.at(place));
                }
            }
        }
    }
    Ok(documents)
}

#[cfg(test)]
mod tests;
