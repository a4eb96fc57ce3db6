//! Written answers are those that the engine would give: the same data in the same order, the same
//! errors, the same worth.

mod generated;

use std::cell::Cell;
use std::path::PathBuf;

use gateway::Maker;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use serde_json::{Value, json};
use testkit::{Engine, TestBoard};
use tokio::runtime::Runtime;

use crate::case;
use crate::workspace::{files, root};

pub(crate) use generated::{Graph, INTROSPECTION, queries, queries_of_roles};

/// How many queries are generated.
const CASES: u32 = 500;

/// An answer has no more errors than this; which ones they are, depends on which field came first.
const MAX_ERRORS: usize = 10;

/// A board with the demo catalogue and two small schemes.
struct Pair {
    runtime: Runtime,
    board: TestBoard,
}

/// A body, with its data as they were written.
#[derive(Debug, Deserialize)]
struct Body {
    #[serde(default)]
    errors: Vec<Value>,
    #[serde(default, deserialize_with = "present")]
    data: Option<Box<RawValue>>,
    extensions: Option<Value>,
}

/// Tells null from nothing.
fn present<'d, D: Deserializer<'d>>(data: D) -> Result<Option<Box<RawValue>>, D::Error> {
    Deserialize::deserialize(data).map(Some)
}

impl Body {
    fn data(&self) -> Option<&str> {
        self.data.as_deref().map(RawValue::get)
    }
}

impl Pair {
    fn new() -> Self {
        let runtime = Runtime::new().unwrap();
        let board = runtime.block_on(TestBoard::with_demo(Engine::Sqlite));
        runtime.block_on(testkit::concept::store_schemes(board.catalogue()));
        Self { runtime, board }
    }

    fn body(&self, maker: Maker, request: &Value) -> Body {
        let answer = self.board.gateway().answer_by(maker, request);
        serde_json::from_str(&self.runtime.block_on(answer)).unwrap()
    }

    /// Compares both answers to a request, and tells whether there are any data.
    fn compare(&self, request: &Value) -> Result<bool, String> {
        let written = self.body(Maker::Writer, request);
        let resolved = self.body(Maker::Engine, request);
        let equal = same_data(&written, &resolved)
            && written.extensions == resolved.extensions
            && same_errors(&written, &resolved);
        if !equal {
            return Err(format!("{request:#}\n{written:#?}\n{resolved:#?}"));
        }
        Ok(written.data().is_some_and(|data| data != "null"))
    }
}

/// Whether two answers have the same data. Where a field that may be null stands twice and one of
/// the two fails, the engine keeps what the other one gave; we write null, as the error says.
fn same_data(written: &Body, resolved: &Body) -> bool {
    if written.data() == resolved.data() {
        return true;
    }
    let read = |body: &Body| serde_json::from_str::<Value>(body.data()?).ok();
    let (Some(one), Some(other)) = (read(written), read(resolved)) else {
        return false;
    };
    nulls_aside(&one, &other, &mut Vec::new(), &written.errors)
}

/// Whether two values are the same, apart from nulls that an error below them explains.
fn nulls_aside(one: &Value, other: &Value, path: &mut Vec<Value>, errors: &[Value]) -> bool {
    let mut below = |step: Value, one: &Value, other: &Value| {
        path.push(step);
        let same = nulls_aside(one, other, path, errors);
        path.pop();
        same
    };
    match (one, other) {
        (Value::Object(ours), Value::Object(theirs)) => {
            ours.keys().eq(theirs.keys())
                && ours
                    .iter()
                    .all(|(key, ours)| below(json!(key), ours, &theirs[key]))
        }
        (Value::Array(ours), Value::Array(theirs)) => {
            let mut pairs = ours.iter().zip(theirs).enumerate();
            ours.len() == theirs.len()
                && pairs.all(|(place, (ours, theirs))| below(json!(place), ours, theirs))
        }
        // Of many errors only the first ones are told.
        (Value::Null, _) if errors.len() == MAX_ERRORS => true,
        (Value::Null, theirs) if !theirs.is_null() => errors.iter().any(|error| {
            let failed = error["path"].as_array();
            failed.is_some_and(|failed| failed.len() > path.len() && failed.starts_with(path))
        }),
        _ => one == other,
    }
}

/// Whether two answers have the same errors. The engine runs several fields of the query at once,
/// so that errors are compared for each of them; of one that takes all data with it, only where
/// both answers met the same one.
fn same_errors(written: &Body, resolved: &Body) -> bool {
    let root = |error: &Value| error["path"][0].to_string();
    if written.data().is_none() {
        // Refused before anybody made an answer. Of several mistakes in one value, any is told.
        let code = |error: &Value| error["extensions"]["code"].clone();
        return written
            .errors
            .iter()
            .map(code)
            .eq(resolved.errors.iter().map(code));
    }
    if let (Some("null"), [one, ..], [other, ..]) = (
        written.data(),
        written.errors.as_slice(),
        resolved.errors.as_slice(),
    ) {
        return root(one) != root(other) || same_error(one, other);
    }
    if written.errors.len() == MAX_ERRORS {
        return resolved.errors.len() == MAX_ERRORS;
    }
    let [written, resolved] = [written, resolved].map(|body| {
        let mut errors = body.errors.clone();
        errors.sort_by_key(root);
        errors
    });
    let mut pairs = written.iter().zip(&resolved);
    written.len() == resolved.len() && pairs.all(|(one, other)| same_error(one, other))
}

/// Whether two errors are the same. The engine shortens the paths of some errors to a field that
/// cannot be null and is around the one that failed.
fn same_error(written: &Value, resolved: &Value) -> bool {
    let without_path = |error: &Value| {
        let mut error = error.clone();
        let members = error.as_object_mut().unwrap();
        let path = members.remove("path").unwrap_or_default();
        (error, path.as_array().cloned().unwrap_or_default())
    };
    let (written, path) = without_path(written);
    let (resolved, shortened) = without_path(resolved);
    written == resolved && path.starts_with(&shortened)
}

/// The files in which documents are kept for tests of other sorts.
fn documents() -> Vec<PathBuf> {
    [
        "tests/cases",
        "web/graphiql/examples",
        "crates/gateway/fuzz/seeds/gate",
        "crates/gateway/fuzz/corpus/gate",
    ]
    .into_iter()
    .flat_map(files)
    .filter(|file| file.extension().is_none_or(|extension| extension != "json"))
    .collect()
}

/// The requests of a file: as it is, and with the variables that seeds have behind dashes.
fn request(file: &PathBuf) -> Option<Value> {
    let text = String::from_utf8(std::fs::read(root().join(file)).unwrap()).ok()?;
    let Some((query, variables)) = text.rsplit_once("\n---\n") else {
        return Some(case::request(file));
    };
    let variables: Value = serde_json::from_str(variables).unwrap_or_default();
    Some(json!({ "query": query, "variables": variables }))
}

#[test]
fn every_document_that_is_kept_is_answered_alike() {
    let pair = Pair::new();
    let mut with_data = 0;
    for request in documents().iter().filter_map(request) {
        with_data += usize::from(pair.compare(&request).unwrap());
    }
    assert!(with_data >= 40, "{with_data} documents have data");
}

#[test]
fn generated_queries_are_answered_alike() {
    let pair = Pair::new();
    let introspected = pair.board.data(INTROSPECTION);
    let graph = Graph::of(&pair.runtime.block_on(introspected));
    let mut runner = TestRunner::new(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(CASES)
    });
    let with_data = Cell::new(0);
    let compared = runner.run(&queries(graph), |request| {
        let has_data = pair.compare(&request).map_err(TestCaseError::fail)?;
        with_data.set(with_data.get() + u32::from(has_data));
        Ok(())
    });
    compared.unwrap();
    let with_data = with_data.get();
    assert!(with_data >= CASES / 4, "{with_data} queries have data");
}
