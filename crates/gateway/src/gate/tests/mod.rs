//! The gate as a whole: what it lets through, what it makes of it, and what it refuses.

mod expansion;
mod hostile;
mod normalised;
mod open;

use std::sync::LazyLock;

use serde_json::{Value, json};

use super::{Gate, Trust};
use crate::DocumentLimits;
use crate::document::Document;

/// The usual gate; making one takes longer than most tests.
fn gate() -> &'static Gate {
    static GATE: LazyLock<Gate> =
        LazyLock::new(|| Gate::new(&crate::sdl(), DocumentLimits::default(), true));
    &GATE
}

fn admitted(text: &str) -> Document {
    gate().admit(text, Trust::Sent).unwrap()
}

/// The errors of a document that is refused, without the link to the documentation.
fn refusals(text: &str) -> Vec<Value> {
    let errors = gate().admit(text, Trust::Sent).unwrap_err();
    assert!((1..=10).contains(&errors.len()));
    let sent = errors.iter().map(|error| {
        let mut error = serde_json::to_value(error).unwrap();
        let extensions = error["extensions"].as_object_mut().unwrap();
        let link = extensions.remove("documentationUrl").unwrap();
        assert!(link.as_str().unwrap().contains("docs/errors.md#"));
        error
    });
    sent.collect()
}

/// The first of them.
fn refusal(text: &str) -> Value {
    refusals(text).swap_remove(0)
}

fn code(text: &str) -> String {
    refusal(text)["extensions"]["code"]
        .as_str()
        .unwrap()
        .to_owned()
}

#[test]
fn ordinary_documents_pass() {
    for text in [
        "{ __typename }",
        "\u{feff}{ __typename }",
        "query A { __typename } query B { b: __typename }",
        "query ($yes: Boolean!) { __typename @include(if: $yes) b: __typename @skip(if: $yes) }",
        "{ ...A ...A ...A } fragment A on Query { __typename }",
        "{ node(id: \"x\") { id ... on Role { title } ... on Skill { name } } }",
    ] {
        admitted(text);
    }
}

#[test]
fn the_operation_is_found_by_its_name() {
    let both = admitted("query A { __typename } query B { b: __typename }");
    assert!(both.operation(Some("B")).is_ok());
    assert!(both.operation(Some("C")).is_err());
    assert!(both.operation(None).is_err());
    let single = admitted("query A { __typename }");
    assert!(single.operation(None).is_ok());
    assert!(admitted("{ __typename }").operation(Some("A")).is_err());
}

#[test]
fn typename_takes_neither_arguments_nor_fields_and_known_directives_only() {
    assert_eq!(
        refusal("{ __typename(a: 1) }"),
        json!({
            "message": "__typename takes no arguments",
            "locations": [{"line": 1, "column": 3}],
            "extensions": {"code": "GRAPHQL_VALIDATION_FAILED"},
        })
    );
    assert_eq!(
        refusal("{ __typename { a } }")["message"],
        "__typename has no fields"
    );
    assert_eq!(
        refusal("{ __typename @no }")["message"],
        "Unknown directive \"no\""
    );
}

#[test]
fn the_same_text_is_refused_in_the_same_words() {
    let gate = gate();
    for text in [
        "query ($a: Int, $b: Int, $c: Int, $d: Int) { __typename }",
        "{ a } fragment A on Query { b } fragment B on Query { c } fragment C on Query { d }",
        "{ a } fragment A on Query { ...A } fragment B on Query { ...B }",
        "{ a } fragment A on Query { __typename(a: 1) } fragment B on Query { __typename { b } }",
        "query A { __typename(a: 1) } query B { __typename { b } }",
        "query A($a: Int!) { ... @skip(if: $a) { __typename } } query B($b: Int!) { ... @skip(if: $b) { __typename } }",
        "query A { ...A } query B { ...B } fragment A on T { ...A } fragment B on T { ...B }",
    ] {
        let once = gate.admit(text, Trust::Sent).unwrap_err();
        for _ in 0..20 {
            assert_eq!(gate.admit(text, Trust::Sent).unwrap_err(), once, "{text}");
        }
    }
}

#[test]
fn a_condition_is_always_true_or_false() {
    for definition in ["$c: Boolean!", "$c: Boolean = true", "$c: Boolean! = false"] {
        admitted(&format!(
            "query ({definition}) {{ ...F }} fragment F on Query {{ __typename @include(if: $c) }}"
        ));
    }
    for (definition, ty) in [
        ("$c: Boolean", "Boolean"),
        ("$c: Boolean = null", "Boolean"),
        ("$c: Int!", "Int!"),
        ("$c: [Boolean!]!", "[Boolean!]!"),
    ] {
        for place in [
            "__typename @skip(if: $c)",
            "... @include(if: $c) { server { version } }",
        ] {
            let error = refusal(&format!("query ({definition}) {{ {place} }}"));
            let told = format!("variable $c is {ty}: @skip and @include take Boolean!");
            assert_eq!(error["message"], told);
            assert_eq!(error["extensions"]["code"], "GRAPHQL_VALIDATION_FAILED");
        }
    }
}

#[test]
fn documents_of_the_operator_may_be_long_but_not_deep() {
    let long = format!("{{ __typename {}\n }}", "#".repeat(20_000));
    assert_eq!(code(&long), "LIMIT_DOCUMENT_BYTES");
    assert!(gate().admit(&long, Trust::Listed).is_ok());
    let deep = "[".repeat(100);
    assert!(gate().admit(&deep, Trust::Listed).is_err());
}

#[test]
fn without_introspection_the_schema_is_neither_shown_nor_hinted_at() {
    let closed = Gate::new(&crate::sdl(), DocumentLimits::default(), false);
    let refusal = |text: &str| {
        let errors = closed.admit(text, Trust::Sent).unwrap_err();
        serde_json::to_value(&errors[0]).unwrap()
    };
    for text in [
        "{ __schema { types { name } } }",
        "{ a: __type(name: \"Role\") { name } }",
    ] {
        assert_eq!(
            refusal(text)["extensions"]["code"],
            "INTROSPECTION_DISABLED"
        );
    }
    let misspelled = "{ rolez { nodes { id } } }";
    let message = refusal(misspelled)["message"].clone();
    assert!(!message.as_str().unwrap().contains("roles"), "{message}");
    let hinted = gate().admit(misspelled, Trust::Sent).unwrap_err();
    assert!(hinted[0].message().contains("roles"));
    assert!(
        closed
            .admit("{ __typename roles { nodes { id } } }", Trust::Sent)
            .is_ok()
    );
}
