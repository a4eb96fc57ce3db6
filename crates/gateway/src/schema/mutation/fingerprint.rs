//! Whether two writes say the same.

use async_graphql::Value;
use ingest::sha256_of;

/// Equal for arguments that say the same, in whatever order and form they were sent. The
/// idempotency key says nothing of itself.
pub(crate) fn fingerprint(arguments: impl Iterator<Item = (String, Value)>) -> String {
    let mut arguments: Vec<(String, Value)> = arguments
        .filter(|(name, value)| name != "idempotencyKey" && *value != Value::Null)
        .collect();
    arguments.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
    let mut text = String::new();
    for (name, value) in &arguments {
        text.push_str(name);
        write(value, &mut text);
    }
    sha256_of(&text)
}

/// Writes a value with the members of objects in order.
fn write(value: &Value, text: &mut String) {
    match value {
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            members.sort_unstable_by_key(|(name, _)| *name);
            text.push('{');
            for (name, value) in members {
                text.push_str(name);
                write(value, text);
            }
            text.push('}');
        }
        Value::List(items) => {
            text.push('[');
            for item in items {
                write(item, text);
            }
            text.push(']');
        }
        // A name of an enumeration comes as a name in a document and as a text in variables.
        Value::Enum(name) => write(&Value::String(name.to_string()), text),
        other => {
            text.push(' ');
            text.push_str(&other.to_string());
        }
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::Name;
    use async_graphql::indexmap::IndexMap;

    use super::*;

    fn object(members: &[(&str, Value)]) -> Value {
        let members = members
            .iter()
            .map(|(name, value)| (Name::new(name), value.clone()));
        Value::Object(members.collect::<IndexMap<_, _>>())
    }

    fn of(arguments: &[(&str, Value)]) -> String {
        let arguments = arguments.iter();
        fingerprint(arguments.map(|(name, value)| ((*name).to_owned(), value.clone())))
    }

    #[test]
    fn order_and_spelling_say_nothing() {
        let (one, two) = (Value::from(1), Value::from("two"));
        let there = [
            ("input", object(&[("a", one.clone()), ("b", two.clone())])),
            ("state", Value::Enum(Name::new("DRAFT"))),
        ];
        let back = [
            ("state", Value::from("DRAFT")),
            ("input", object(&[("b", two), ("a", one)])),
            ("expectedRevision", Value::Null),
            ("idempotencyKey", Value::from("key")),
        ];
        assert_eq!(of(&there), of(&back));
    }

    #[test]
    fn what_differs_is_told_apart() {
        let values = [
            object(&[("a", Value::from("1"))]),
            object(&[("a", Value::from(1))]),
            object(&[("a", Value::Null)]),
            object(&[]),
            Value::List(vec![Value::from("a"), Value::from("b")]),
            Value::List(vec![Value::from("a b")]),
            Value::List(vec![Value::List(vec![])]),
            Value::from("[]"),
        ];
        let prints: std::collections::BTreeSet<String> = values
            .iter()
            .map(|value| of(&[("input", value.clone())]))
            .collect();
        assert_eq!(prints.len(), values.len());
    }
}
