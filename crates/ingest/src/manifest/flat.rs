//! The flat object of ids and texts, which Relay and graphql-codegen write.

use serde_json::Value;

use super::Entry;
use super::error::{Located, ManifestProblem, shown};
use super::json::described;

/// The documents of a flat manifest.
pub(super) fn entries(members: Vec<(String, Value)>) -> Result<Vec<Entry>, Located> {
    members.into_iter().map(entry).collect()
}

fn entry((id, value): (String, Value)) -> Result<Entry, Located> {
    let place = format!("key {}", shown(&id));
    let Value::String(text) = value else {
        let problem = ManifestProblem::NoText {
            found: described(Some(&value)),
        };
        return Err(problem.at(place));
    };
    Ok(Entry {
        place,
        id,
        name: None,
        text,
        // Relay and graphql-codegen let their users choose the hash, and what is hashed.
        hashed: false,
    })
}
