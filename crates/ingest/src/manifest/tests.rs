//! Manifests as tools write them, and as they are when something went wrong.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

const APOLLO: &[u8] = include_bytes!("../../fixtures/manifest/apollo.json");
const RELAY: &[u8] = include_bytes!("../../fixtures/manifest/relay.json");
const CODEGEN: &[u8] = include_bytes!("../../fixtures/manifest/codegen.json");

/// Ids, names and the first lines of the texts.
fn summary(bytes: &[u8]) -> Vec<(String, Option<String>, String)> {
    let documents = read("m.json", bytes).unwrap();
    let summary = documents.into_iter().map(|document| {
        let line = document.text.lines().next().unwrap().to_owned();
        (document.id.to_string(), document.name, line)
    });
    summary.collect()
}

fn row(id: &str, name: Option<&str>, line: &str) -> (String, Option<String>, String) {
    (id.to_owned(), name.map(str::to_owned), line.to_owned())
}

/// The error of a manifest that cannot be used.
fn refusal(manifest: &Value) -> String {
    read("m.json", manifest.to_string().as_bytes())
        .unwrap_err()
        .to_string()
}

fn apollo(operations: &Value) -> Value {
    json!({
        "format": "apollo-persisted-query-manifest",
        "version": 1,
        "operations": operations,
    })
}

#[test]
fn the_manifest_of_apollo_is_read() {
    let hash = "46d7c87f41707c57b02eba0361d1d62e40500b27eae7a0152167b7c235c199a5";
    assert_eq!(
        summary(APOLLO),
        [
            row(hash, Some("RolePage"), "query RolePage($slug: Slug!) {"),
            row("role-list/v1", Some("RoleList"), "query RoleList {"),
        ]
    );
}

#[test]
fn the_manifest_of_relay_is_read() {
    assert_eq!(
        summary(RELAY),
        [
            row("2c3312655b9bfcf273be1a2303486c60", None, "query RoleList {"),
            row(
                "dac9e854716493e1ba755a1bbae49049",
                None,
                "query Categories {"
            ),
        ]
    );
}

#[test]
fn the_manifest_of_graphql_codegen_is_read() {
    let hash = "0b805541087b10e630266e93e3540482551b24a067154e7261511f67c767a5f1";
    let documents = summary(CODEGEN);
    assert_eq!(
        documents,
        [
            row(
                "c67eb92c15d1286a43a99a212efebafe5c88edd1",
                None,
                "query RolePage($slug: Slug!) {"
            ),
            row(hash, None, "query Categories {"),
        ]
    );
    let [_, categories] = read("m.json", CODEGEN).unwrap().try_into().unwrap();
    assert_eq!(sha256_of(&categories.text), hash);
    let twin = categories.id.sha256_twin().unwrap();
    assert_eq!(twin.promised_sha256(), Some(hash));
}

#[test]
fn a_byte_order_mark_is_no_part_of_the_manifest() {
    let marked = [BYTE_ORDER_MARK, RELAY].concat();
    assert_eq!(summary(&marked), summary(RELAY));
}

#[test]
fn ids_are_hashes_with_a_prefix_or_anything_else() {
    let hash = sha256_of("{ a }");
    let prefixed = format!("sha256:{}", hash.to_uppercase());
    let other = sha256_of("{ b }");
    let manifest = json!({ prefixed.as_str(): "{ a }", other.as_str(): "{ c }" });
    let ids: Vec<String> = summary(manifest.to_string().as_bytes())
        .into_iter()
        .map(|(id, _, _)| id)
        .collect();
    assert!(ids.contains(&format!("sha256:{hash}")), "{ids:?}");
    assert!(ids.contains(&other), "{ids:?}");
}

#[test]
fn a_document_that_stands_there_twice_is_read_once() {
    let operation = json!({ "id": "a", "body": "{ a }", "name": null, "clientName": "web" });
    let manifest = apollo(&json!([operation, operation]));
    assert_eq!(summary(manifest.to_string().as_bytes()).len(), 1);
    assert_eq!(summary(br#"{"a": "{ a }", "a": "{ a }"}"#).len(), 1);
}

#[test]
fn one_id_with_two_texts_is_refused() {
    let operation = |body: &str| json!({ "id": "a", "body": body });
    assert_eq!(
        refusal(&apollo(&json!([operation("{ a }"), operation("{ b }")]))),
        "m.json: operations[1]: the id a stands at operations[0] with another text: give every \
         text its own id"
    );
    let repeated = read("m.json", br#"{"a": "{ a }", "a": "{ b }"}"#).unwrap_err();
    assert_eq!(
        repeated.to_string(),
        "m.json: key \"a\": the id a stands at key \"a\" with another text: give every text its \
         own id"
    );
}

#[test]
fn a_hash_that_is_not_the_hash_of_the_text_is_refused() {
    let (hash, actual) = (sha256_of("{ a }"), sha256_of("{ b }"));
    let operation = json!([{ "id": hash, "body": "{ b }" }]);
    assert_eq!(
        refusal(&apollo(&operation)),
        format!(
            "m.json: operations[0]: the id {hash} is not the SHA-256 of the text, which is \
             {actual}: let the tool of your client write the file again"
        )
    );
    let prefixed = refusal(&json!({ format!("sha256:{hash}"): "{ b }" }));
    assert!(prefixed.contains("is not the SHA-256"), "{prefixed}");
}

#[test]
fn formats_and_versions_that_are_not_known_are_refused() {
    let mut manifest = apollo(&json!([]));
    manifest["version"] = json!(2);
    let error = refusal(&manifest);
    assert!(
        error.starts_with("m.json: version: expected 1, found 2: push a manifest of Apollo in"),
        "{error}"
    );
    manifest["format"] = json!("x");
    let error = refusal(&manifest);
    assert!(
        error.starts_with(
            "m.json: format: expected \"apollo-persisted-query-manifest\", found \"x\": push"
        ),
        "{error}"
    );
}

#[test]
fn errors_name_the_place_and_what_was_expected() {
    let cases = [
        (
            apollo(&json!({})),
            "operations: expected a list of operations, found an object",
        ),
        (
            apollo(&json!([{ "id": "a", "body": "{ a }" }, null])),
            "operations[1]: expected an object with id and body, found null",
        ),
        (
            apollo(&json!([{ "id": 7, "body": "{ a }" }])),
            "operations[0].id: expected a text, found 7",
        ),
        (
            apollo(&json!([{ "id": "a" }])),
            "operations[0].body: expected a text, found nothing",
        ),
        (
            apollo(&json!([{ "id": "a", "body": "{ a }", "name": [] }])),
            "operations[0].name: expected a text, found a list",
        ),
        (
            apollo(&json!([{ "id": "a b", "body": "{ a }" }])),
            "operations[0]: \"a b\" is not the id of a document: expected 1 to 128",
        ),
        (
            apollo(&json!([{ "id": "a", "body": " " }])),
            "operations[0]: text is blank",
        ),
        (
            json!({ "a": "{ a }", "operations": [] }),
            "key \"operations\": expected the text of a document, found a list: push one object",
        ),
        (
            json!({ "ab\n": "{ a }" }),
            "key \"ab\\n\": \"ab\\n\" is not the id of a document",
        ),
        (json!({}), "expected at least one document, found none"),
        (
            apollo(&json!([])),
            "expected at least one document, found none",
        ),
    ];
    for (manifest, wanted) in cases {
        let error = refusal(&manifest);
        assert!(error.starts_with(&format!("m.json: {wanted}")), "{error}");
        assert_eq!(error.lines().count(), 1, "{error}");
    }
}

#[test]
fn what_is_no_json_object_is_refused() {
    for (text, wanted) in [
        ("", "m.json: EOF while parsing"),
        ("[]", "m.json: invalid type: sequence, expected an object"),
        ("{\"a\": ", "m.json: EOF while parsing"),
        ("{\"a\": \"b\"} x", "m.json: trailing characters at line 1"),
    ] {
        let error = read("m.json", text.as_bytes()).unwrap_err().to_string();
        assert!(error.starts_with(wanted), "{error}");
        assert!(error.contains("expected one JSON object"), "{error}");
    }
}

#[test]
fn members_that_repeat_and_files_that_are_too_large_are_refused() {
    let twice = br#"{"format": "apollo-persisted-query-manifest", "version": 1,
        "operations": [], "operations": []}"#;
    let error = read("m.json", twice).unwrap_err().to_string();
    assert!(
        error.starts_with("m.json: \"operations\": expected each member once, found it twice"),
        "{error}"
    );
    let large = vec![b' '; MAX_MANIFEST_BYTES + 1];
    let error = read("m.json", &large).unwrap_err().to_string();
    assert!(
        error.starts_with("m.json: more than 67108864 bytes"),
        "{error}"
    );
}

/// Names and hashes; none of them promises to be the hash of a text.
fn ids() -> impl Strategy<Value = String> {
    prop_oneof!["[a-zA-Z0-9_./-]{1,20}", "[0-9a-f]{32}"]
}

/// Anything that JSON can say, with the words of manifests more often than by chance.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (0i64..3).prop_map(Value::from),
        Just(json!("apollo-persisted-query-manifest")),
        ".{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 5, |inner| {
        let key = "format|version|operations|id|body|name|.{0,5}";
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::hash_map(key, inner, 0..5)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn what_a_manifest_says_is_read_back(
        texts in prop::collection::btree_map(ids(), "[^\\x00]{0,5}[a-z{}]{1,40}[^\\x00]{0,5}", 1..8)
    ) {
        prop_assume!(!texts.contains_key("format"));
        let wanted: Vec<_> = texts.iter().map(|(id, text)| (id.as_str(), text.as_str())).collect();

        let flat = serde_json::to_vec(&texts).unwrap();
        let operations = texts.iter().map(|(id, text)| json!({ "id": id, "body": text }));
        let listed = apollo(&Value::Array(operations.collect())).to_string();
        for manifest in [flat.as_slice(), listed.as_bytes()] {
            let documents = read("m.json", manifest).unwrap();
            let found = documents.iter().map(|one| (one.id.as_str(), one.text.as_str()));
            let found: Vec<_> = found.collect();
            prop_assert_eq!(&found, &wanted);
        }
    }

    #[test]
    fn any_bytes_are_documents_or_an_error_in_one_line(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        if let Err(error) = read("m.json", &bytes) {
            let error = error.to_string();
            prop_assert!(error.starts_with("m.json: ") && error.lines().count() == 1, "{}", error);
        }
    }

    #[test]
    fn any_json_is_documents_or_an_error_in_one_line(value in any_json()) {
        match read("m.json", value.to_string().as_bytes()) {
            Ok(documents) => {
                prop_assert!(!documents.is_empty());
                prop_assert!(documents.iter().all(|document| document.check().is_ok()));
            }
            Err(error) => {
                let error = error.to_string();
                prop_assert!(error.starts_with("m.json: ") && error.lines().count() == 1, "{}", error);
            }
        }
    }
}
