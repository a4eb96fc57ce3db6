//! Which values of variables are seen to fit.

use async_graphql::Variables;
use proptest::collection::{hash_map, vec};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

use super::{admitted, gate};

/// Uses variables of many types, alone and inside of other values.
const QUERY: &str = "query (
    $by: RoleBy!, $slug: Slug, $filter: RoleFilter, $order: RoleOrder, $first: Int, $after: String,
    $ids: [ID!]!, $locale: Locale!, $field: RoleOrderField, $yes: Boolean!, $values: [PlaceholderValue!]!
) {
    role(by: $by) { id coverLetter { render(values: $values) { text } } }
    a: role(by: {slug: $slug}) { id @include(if: $yes) }
    roles(filter: $filter, orderBy: $order, first: $first, after: $after) { nodes { id } }
    b: roles(filter: {locale: $locale}, orderBy: {field: $field}) { nodes { id } }
    nodes(ids: $ids) { id }
}";

/// Values that fit everywhere.
fn fitting() -> Value {
    json!({
        "by": {"slug": "plumber"},
        "slug": "chef",
        "filter": {"category": {"slug": "x"}, "skills": {"any": ["a"]}, "updatedAfter": "2026-03-14T09:26:53Z"},
        "order": {"direction": "DESC"},
        "first": 7,
        "after": null,
        "ids": ["role_x"],
        "locale": "pt-BR",
        "field": "TITLE",
        "yes": true,
        "values": [{"name": "a", "value": "b"}],
    })
}

fn fit(values: Value) -> bool {
    let document = admitted(QUERY);
    let operation = document.operation(None).unwrap();
    let variables = Variables::from_json(values);
    operation.open.fit(&variables, gate().shape())
}

fn with(name: &str, value: Value) -> Value {
    let mut values = fitting();
    values[name] = value;
    values
}

#[test]
fn what_clients_send_is_seen_to_fit() {
    assert!(fit(fitting()));
    assert!(fit(with("filter", Value::Null)));
    assert!(fit(with(
        "by",
        json!({"code": {"scheme": "x", "code": "y"}})
    )));
    let mut values = fitting();
    for name in ["after", "first", "filter", "order"] {
        values.as_object_mut().unwrap().remove(name);
        assert!(fit(values.clone()), "{name}");
    }
}

#[test]
fn what_does_not_fit_is_left_to_the_engine() {
    for (name, value) in [
        ("by", json!({})),
        ("by", json!({"slug": null})),
        ("by", json!({"slug": "a", "id": "b"})),
        ("by", json!({"code": {"scheme": "x"}})),
        ("slug", json!(null)),
        ("slug", json!("Not A Slug")),
        ("filter", json!({"unknown": 1})),
        ("filter", json!({"updatedAfter": "yesterday"})),
        ("order", json!({"direction": "SIDEWAYS"})),
        ("first", json!(3_000_000_000_u64)),
        ("ids", json!(null)),
        ("ids", json!(["a", null])),
        ("yes", json!("true")),
        ("values", json!([{"name": "a"}])),
    ] {
        assert!(!fit(with(name, value.clone())), "{name}: {value}");
    }
}

/// Any JSON, made of words that mean something to the schema.
fn values() -> impl Strategy<Value = Value> {
    let word = select(vec![
        "plumber",
        "Not A Slug",
        "en",
        "PUBLISHED",
        "TITLE",
        "DESC",
        "2026-03-14T09:26:53Z",
        "",
    ]);
    let member = select(vec![
        "slug",
        "id",
        "code",
        "scheme",
        "category",
        "skills",
        "any",
        "all",
        "titleContains",
        "locale",
        "updatedAfter",
        "state",
        "field",
        "direction",
        "name",
        "value",
    ]);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-2..9_000_000_000_i64).prop_map(Value::from),
        word.prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 3, move |inner| {
        let members = hash_map(member.clone().prop_map(str::to_owned), inner.clone(), 0..3);
        prop_oneof![
            vec(inner, 0..3).prop_map(Value::from),
            members.prop_map(|members| members.into_iter().collect()),
        ]
    })
}

proptest! {
    #[test]
    fn the_engine_refuses_nothing_that_is_seen_to_fit(
        name in select(fitting().as_object().unwrap().keys().cloned().collect::<Vec<_>>()),
        value in values(),
    ) {
        let document = admitted(QUERY);
        let operation = document.operation(None).unwrap();
        let variables = Variables::from_json(with(&name, value));
        if operation.open.fit(&variables, gate().shape()) {
            let errors = gate().judge.errors_of_values(&operation.definition, &variables);
            prop_assert!(errors.is_empty(), "{errors:?}");
        }
    }
}
