//! What was asked, in one short name.

use async_graphql::parser::types::OperationDefinition;
use async_graphql::{Value, Variables};
use domain::access::{Principal, Scope};
use sha2::{Digest as _, Sha256};

use crate::document::DocumentHash;

/// Whose eyes an answer is for. What is kept for one audience is never given to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Audience {
    /// Everybody: published roles only, at every level of the tree.
    Public,
    /// Editors: roles in every state.
    Editors,
}

impl Audience {
    /// The audience to which somebody belongs.
    pub(crate) fn of(principal: &Principal) -> Self {
        if principal.may(Scope::RolesWrite) {
            Self::Editors
        } else {
            Self::Public
        }
    }
}

/// The hash of everything on which an answer depends besides the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Key([u8; 32]);

impl Key {
    /// The key of an operation with settled variables: only those that it declares count, and the
    /// members of their objects in any order.
    pub(crate) fn of(
        document: &DocumentHash,
        name: Option<&str>,
        operation: &OperationDefinition,
        variables: &Variables,
        audience: Audience,
    ) -> Self {
        let mut hasher = Hasher(Sha256::new());
        hasher.0.update(document.bytes());
        hasher.0.update([match audience {
            Audience::Public => 0,
            Audience::Editors => 1,
        }]);
        hasher.text(b'o', name.unwrap_or_default());
        for definition in &operation.variable_definitions {
            match variables.get(&definition.node.name.node) {
                Some(value) => hasher.value(value),
                None => hasher.0.update(b"-"),
            }
        }
        Self(hasher.0.finalize().into())
    }

    /// Some key.
    #[cfg(test)]
    pub(super) fn for_testing(number: u8) -> Self {
        Self([number; 32])
    }
}

/// Takes in values so that different ones are different bytes: each begins with what it is, and
/// says how long it is.
struct Hasher(Sha256);

impl Hasher {
    fn value(&mut self, value: &Value) {
        match value {
            Value::Null => self.0.update(b"n"),
            Value::Boolean(value) => self.0.update(if *value { b"t" } else { b"f" }),
            Value::Number(number) => self.text(b'd', &number.to_string()),
            // A name of an enum is a string in a variable and a name in a default.
            Value::String(text) => self.text(b's', text),
            Value::Enum(name) => self.text(b's', name),
            Value::Binary(bytes) => self.bytes(b'b', bytes),
            Value::List(items) => {
                self.begin(b'l', items.len());
                for item in items {
                    self.value(item);
                }
            }
            Value::Object(members) => {
                self.begin(b'm', members.len());
                let mut members: Vec<_> = members.iter().collect();
                members.sort_unstable_by_key(|(name, _)| name.as_str());
                for (name, value) in members {
                    self.text(b'k', name);
                    self.value(value);
                }
            }
        }
    }

    fn text(&mut self, kind: u8, text: &str) {
        self.bytes(kind, text.as_bytes());
    }

    fn bytes(&mut self, kind: u8, bytes: &[u8]) {
        self.begin(kind, bytes.len());
        self.0.update(bytes);
    }

    fn begin(&mut self, kind: u8, length: usize) {
        self.0.update([kind]);
        self.0.update(length.to_le_bytes());
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;
    use proptest::prelude::*;
    use serde_json::{Value as Json, json};

    use super::*;

    fn key(name: Option<&str>, variables: Json) -> Key {
        key_for(Audience::Public, name, variables)
    }

    fn key_for(audience: Audience, name: Option<&str>, variables: Json) -> Key {
        let text = "query ($a: X, $b: X) { a }";
        let document = parse_query(text).unwrap();
        let (_, operation) = document.operations.iter().next().unwrap();
        let variables = Variables::from_json(variables);
        let hash = DocumentHash::of(text);
        Key::of(&hash, name, &operation.node, &variables, audience)
    }

    #[test]
    fn the_order_of_members_and_what_is_not_declared_make_no_difference() {
        let one = key(None, json!({"a": {"x": 1, "y": 2}, "b": 7}));
        let other = key(None, json!({"b": 7, "c": 1, "a": {"y": 2, "x": 1}}));
        assert_eq!(one, other);
    }

    #[test]
    fn everything_else_makes_a_difference() {
        let mut keys = vec![
            key(Some("A"), json!({})),
            key(Some("B"), json!({})),
            key(None, json!({"a": "1", "b": "2"})),
            key(None, json!({"a": "2", "b": "1"})),
            key(None, json!({"a": "12"})),
            key(None, json!({"b": "12"})),
            key(None, json!({"a": 12})),
            key(None, json!({"a": ["1", "2"]})),
            key(None, json!({"a": [["1"], "2"]})),
            key(None, json!({"a": null})),
            key(None, json!({})),
            key_for(Audience::Editors, None, json!({})),
        ];
        let count = keys.len();
        keys.sort_unstable_by_key(|key| key.0);
        keys.dedup();
        assert_eq!(keys.len(), count);
    }

    fn value() -> impl Strategy<Value = Json> {
        let leaf = prop_oneof![
            Just(Json::Null),
            any::<bool>().prop_map(Json::from),
            (-3_i32..3).prop_map(Json::from),
            "[ab]{0,2}".prop_map(Json::from),
        ];
        leaf.prop_recursive(3, 12, 3, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..3).prop_map(Json::from),
                prop::collection::btree_map("[ab]", inner, 0..3)
                    .prop_map(|members| Json::Object(members.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn two_values_have_one_key_when_they_are_equal_and_only_then(
            one in value(),
            other in value(),
        ) {
            let keys = [&one, &other].map(|value| key(None, json!({ "a": value })));
            prop_assert_eq!(keys[0] == keys[1], one == other);
        }
    }
}
