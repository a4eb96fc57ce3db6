//! The manifest of Apollo: a format, a version and a list of operations.

use serde_json::Value;
use serde_json::map::Map;

use super::Entry;
use super::error::{Located, ManifestProblem, shown};
use super::json::{described, text};

const FORMAT: &str = "apollo-persisted-query-manifest";

/// Whether the members of a manifest are those of Apollo, be they right or wrong.
pub(super) fn is_meant(members: &[(String, Value)]) -> bool {
    members.iter().any(|(key, _)| key == "format")
}

/// The documents of a manifest.
pub(super) fn entries(members: Vec<(String, Value)>) -> Result<Vec<Entry>, Located> {
    let mut members = each_once(members)?;
    expect(
        &members,
        "format",
        &Value::from(FORMAT),
        "\"apollo-persisted-query-manifest\"",
    )?;
    expect(&members, "version", &Value::from(1), "1")?;
    match members.remove("operations") {
        Some(Value::Array(operations)) => {
            let operations = operations.into_iter().enumerate();
            operations
                .map(|(index, value)| entry(index, value))
                .collect()
        }
        other => {
            Err(unexpected("a list of operations", other.as_ref()).at("operations".to_owned()))
        }
    }
}

fn each_once(members: Vec<(String, Value)>) -> Result<Map<String, Value>, Located> {
    let mut once = Map::new();
    for (key, value) in members {
        if once.contains_key(&key) {
            let problem = ManifestProblem::Unexpected {
                expected: "each member once",
                found: "it twice".to_owned(),
            };
            return Err(problem.at(shown(&key)));
        }
        once.insert(key, value);
    }
    Ok(once)
}

fn expect(
    members: &Map<String, Value>,
    key: &str,
    wanted: &Value,
    expected: &'static str,
) -> Result<(), Located> {
    let found = members.get(key);
    if found == Some(wanted) {
        return Ok(());
    }
    let problem = ManifestProblem::UnknownFormat {
        expected,
        found: described(found),
    };
    Err(problem.at(key.to_owned()))
}

fn entry(index: usize, value: Value) -> Result<Entry, Located> {
    let place = format!("operations[{index}]");
    let Value::Object(mut operation) = value else {
        return Err(unexpected("an object with id and body", Some(&value)).at(place));
    };
    let inside = |member: &str| format!("{place}.{member}");
    let mut required =
        |member: &str| text(operation.remove(member)).map_err(|problem| problem.at(inside(member)));
    let (id, body) = (required("id")?, required("body")?);
    let name = match operation.remove("name") {
        None | Some(Value::Null) => None,
        name => Some(text(name).map_err(|problem| problem.at(inside("name")))?),
    };
    Ok(Entry {
        place,
        id,
        name,
        text: body,
        hashed: true,
    })
}

fn unexpected(expected: &'static str, found: Option<&Value>) -> ManifestProblem {
    ManifestProblem::Unexpected {
        expected,
        found: described(found),
    }
}
