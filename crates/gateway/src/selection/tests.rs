//! What selections are made of.

use async_graphql::Variables;
use serde_json::{Value, json};

use super::Selected;
use crate::gate;
use crate::schema::Shape;

/// A selection in few words: fields by their names in the answer.
fn shown(fields: &[Selected]) -> String {
    let fields = fields.iter().map(|field| {
        let mut shown = field.key().to_string();
        for name in ["Role", "Category", "Skill", "RoleConnection", "Duty"] {
            let below = field.fields_of(name);
            if !below.is_empty() {
                shown = format!("{shown}{{{}}}", self::shown(below));
            }
        }
        shown
    });
    fields.collect::<Vec<_>>().join(" ")
}

fn selected(text: &str, variables: Value) -> String {
    let shape = Shape::of_sdl(&crate::sdl());
    let variables = Variables::from_json(variables);
    let operation = gate::unjudged(text, &shape).unwrap();
    let selection = operation.selection(&variables, &shape);
    shown(selection.fields())
}

#[test]
fn conditions_decide_what_is_selected_and_in_which_order() {
    let text = "query ($c: Boolean!) { role {
        id title @include(if: $c) ... @skip(if: $c) { slug } title duties @include(if: false) { id }
    } }";
    let object = |text: &str| format!("role{{{text}}}");
    // Objects of an unknown type are shown once for each type that is asked for.
    let found = |c: bool| selected(text, json!({ "c": c }));
    assert!(
        found(true).starts_with(&object("id title")),
        "{}",
        found(true)
    );
    assert!(found(false).starts_with(&object("id slug title")));
}

#[test]
fn places_that_select_the_same_are_joined_under_conditions_as_well() {
    let text = "query ($c: Boolean!) {
        a: role { id duties { text } } a: role @include(if: $c) { title duties { id text } }
    }";
    let found = |c: bool| selected(text, json!({ "c": c }));
    assert!(found(true).starts_with("a{id duties"), "{}", found(true));
    assert!(found(true).contains("title") && !found(false).contains("title"));
    assert_eq!(
        found(true).matches("a{").count(),
        found(false).matches("a{").count()
    );
}

#[test]
fn each_object_of_an_interface_has_fields_of_its_own() {
    let text = "{ node { ... on Role { title } id ... on Skill { name ... on Node { id } }
        ... on Node { key: id } } }";
    assert_eq!(
        selected(text, json!({})),
        "node{title id key}{id key}{id name key}"
    );
}
