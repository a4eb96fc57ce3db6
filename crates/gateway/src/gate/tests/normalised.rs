//! What is executed of a document.

use async_graphql::parser::types::{Selection, SelectionSet};

use super::{admitted, code, refusal};

/// A selection in few words: fragments as `...on T@d`, fields by their names in the answer.
fn shown(set: &SelectionSet) -> String {
    let items = set.items.iter().map(|item| match &item.node {
        Selection::Field(field) => {
            let name = field.node.response_key().node.to_string();
            name + &below(&field.node.selection_set.node)
        }
        Selection::InlineFragment(fragment) => {
            let fragment = &fragment.node;
            let condition = fragment.type_condition.as_ref();
            let on = condition.map_or_else(String::new, |on| format!("on {}", on.node.on.node));
            let directives = "@d".repeat(fragment.directives.len());
            format!("...{on}{directives}{}", below(&fragment.selection_set.node))
        }
        Selection::FragmentSpread(_) => "a named fragment".to_owned(),
    });
    items.collect::<Vec<_>>().join(" ")
}

fn below(set: &SelectionSet) -> String {
    if set.items.is_empty() {
        String::new()
    } else {
        format!("{{{}}}", shown(set))
    }
}

fn normalised(text: &str) -> String {
    let document = admitted(text);
    shown(
        &document
            .operation(None)
            .unwrap()
            .definition
            .selection_set
            .node,
    )
}

#[test]
fn a_field_that_several_fragments_select_is_executed_once() {
    let text = "{ ...A ...B ...A role(by: {slug: \"x\"}) { id } }
        fragment A on Query { role(by: {slug: \"x\"}) { title category { name } } }
        fragment B on Query { role(by: {slug: \"x\"}) { category { slug name } duties { text } } }";
    assert_eq!(
        normalised(text),
        "role{title category{name slug} duties{text} id}"
    );
}

#[test]
fn fields_that_differ_stay_apart() {
    let text = "query ($c: Boolean!) {
        a: role(by: {slug: \"a\"}) { id } b: role(by: {slug: \"b\"}) { id }
        a: role(by: {slug: \"a\"}) @include(if: $c) { title } }";
    assert_eq!(normalised(text), "a{id} b{id} a{title}");
}

#[test]
fn fragments_on_other_types_and_with_directives_stay() {
    let text = "query ($c: Boolean!) { node(id: \"x\") { ...R ...S ...R @include(if: $c) ... on Node { id } } }
        fragment R on Role { id title } fragment S on Role { title slug }";
    assert_eq!(
        normalised(text),
        "node{...on Role{id title slug} ...on Role@d{id title} id}"
    );
}

#[test]
fn a_condition_of_typename_is_kept() {
    let text = "query ($c: Boolean!) { __typename @include(if: $c) }";
    assert_eq!(normalised(text), "...@d{__typename}");
}

#[test]
fn conflicts_across_places_are_still_conflicts() {
    // The engine compares what is written in one place, under one type condition.
    for text in [
        "{ a: role(by: {slug: \"x\"}) { id } ...F } fragment F on Query { a: role(by: {slug: \"y\"}) { id } }",
        "{ skills { nodes { roles { nodes { id } } } nodes { roles(first: 2) { nodes { id } } } } }",
        "query ($c: Boolean!) { roles { nodes { id } nodes @include(if: $c) { id: title } } }",
        "{ node(id: \"x\") { a: id ... on Role { ... on Node { b: id } a: title } } }",
    ] {
        assert_eq!(code(text), "GRAPHQL_VALIDATION_FAILED", "{text}");
        assert!(
            refusal(text)["message"]
                .as_str()
                .unwrap()
                .contains("have one name")
        );
        assert_eq!(refusal(text)["locations"].as_array().unwrap().len(), 2);
    }
}

#[test]
fn objects_of_different_types_do_not_conflict() {
    let text = "{ node(id: \"x\") { ... on Role { a: title } ... on Skill { a: name } } }";
    assert_eq!(normalised(text), "node{...on Role{a} ...on Skill{a}}");
}
