//! What is said and what is kept, for every field and every kind of caller.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;
use std::sync::Arc;

use app::Access;
use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{
    BaseType, FieldDefinition, InputValueDefinition, Type, TypeDefinition, TypeKind,
    TypeSystemDefinition,
};
use domain::access::{Principal, Scope, Scopes};
use persistence::{Database, DatabaseSettings};
use serde_json::{Value, json};
use testkit::{ManualClock, SequentialIds, SequentialSecrets};

use super::*;
use crate::execute::{Asking, Body, GraphRequest, Started};
use crate::{Gateway, GatewaySettings};

const ROOTS: [(&str, &str); 3] = [
    ("Query", "query"),
    ("Mutation", "mutation"),
    ("Subscription", "subscription"),
];

/// The types of the schema, by name.
struct Types(HashMap<String, TypeDefinition>);

impl Types {
    fn read() -> Self {
        let document = parse_schema(crate::sdl()).unwrap();
        let types = document.definitions.into_iter().filter_map(|definition| {
            let TypeSystemDefinition::Type(ty) = definition else {
                return None;
            };
            Some((ty.node.name.node.to_string(), ty.node))
        });
        Self(types.collect())
    }

    /// The fields of an object; none when there is no such type.
    fn fields(&self, name: &str) -> Vec<&FieldDefinition> {
        match self.0.get(name).map(|ty| &ty.kind) {
            Some(TypeKind::Object(object)) => {
                object.fields.iter().map(|field| &field.node).collect()
            }
            _ => Vec::new(),
        }
    }

    /// A field with everything that it must be given, and something of what it gives.
    fn selection(&self, field: &FieldDefinition) -> String {
        let arguments: Vec<String> = field
            .arguments
            .iter()
            .filter_map(|argument| self.given(&argument.node))
            .collect();
        let arguments = if arguments.is_empty() {
            String::new()
        } else {
            format!("({})", arguments.join(" "))
        };
        let below = if self.is_leaf(&field.ty.node.base) {
            ""
        } else {
            " { __typename }"
        };
        format!("{}{arguments}{below}", field.name.node)
    }

    fn is_leaf(&self, ty: &BaseType) -> bool {
        match ty {
            BaseType::List(inner) => self.is_leaf(&inner.base),
            BaseType::Named(name) => !matches!(
                self.0.get(name.as_str()).map(|ty| &ty.kind),
                Some(TypeKind::Object(_) | TypeKind::Interface(_) | TypeKind::Union(_))
            ),
        }
    }

    /// An argument or input field that must be given, with a value.
    fn given(&self, value: &InputValueDefinition) -> Option<String> {
        let ty = &value.ty.node;
        let optional = ty.nullable || value.default_value.is_some();
        (!optional).then(|| format!("{}: {}", value.name.node, self.literal(ty)))
    }

    fn literal(&self, ty: &Type) -> String {
        let name = match &ty.base {
            BaseType::List(inner) => return format!("[{}]", self.literal(inner)),
            BaseType::Named(name) => name.as_str(),
        };
        match self.0.get(name).map(|ty| (&ty.kind, ty)) {
            Some((TypeKind::Enum(values), _)) => values.values[0].node.value.node.to_string(),
            Some((TypeKind::InputObject(input), ty)) => {
                let is_one_of = ty.directives.iter().any(|directive| {
                    let name = &directive.node.name.node;
                    name.eq_ignore_ascii_case("oneOf")
                });
                let fields = input.fields.iter().map(|field| &field.node);
                let given: Vec<String> = if is_one_of {
                    let fields = fields.take(1);
                    let given = |field: &InputValueDefinition| {
                        format!("{}: {}", field.name.node, self.literal(&field.ty.node))
                    };
                    fields.map(given).collect()
                } else {
                    fields.filter_map(|field| self.given(field)).collect()
                };
                format!("{{{}}}", given.join(" "))
            }
            _ => scalar(name).to_owned(),
        }
    }
}

/// A value of a scalar that leads to nothing that is there.
fn scalar(name: &str) -> &'static str {
    match name {
        "Int" | "Float" | "BigInt" => "1",
        "Boolean" => "true",
        "ID" => "\"role_00000000-0000-7000-8000-000000000001\"",
        "Date" => "\"2026-01-01\"",
        "DateTime" => "\"2026-01-01T00:00:00Z\"",
        "Locale" => "\"en\"",
        "CurrencyCode" => "\"EUR\"",
        _ => "\"x\"",
    }
}

/// Everybody without a key, and callers with each of the scopes alone.
fn callers() -> Vec<Principal> {
    let with = |scope: &Scope| Principal {
        name: format!("with {scope}"),
        key: None,
        scopes: Scopes::of([*scope]),
    };
    let mut callers = vec![Principal::anonymous()];
    callers.extend(Scope::ALL.iter().map(with));
    callers
}

/// What a caller is refused with, by the rule.
fn expected(rule: Rule, caller: &Principal) -> Option<&'static str> {
    match rule {
        Rule::Needs(scope) if caller.may(scope) => None,
        Rule::Needs(_) if caller.is_anonymous() => Some("UNAUTHENTICATED"),
        Rule::Needs(_) => Some("FORBIDDEN"),
        Rule::Everybody | Rule::Themselves | Rule::Audience => None,
    }
}

/// What a caller is refused with, in fact.
fn refusal(answer: &Value) -> Option<&str> {
    let errors = answer["errors"].as_array()?.iter();
    let mut codes = errors.filter_map(|error| error["extensions"]["code"].as_str());
    codes.find(|code| ["UNAUTHENTICATED", "FORBIDDEN"].contains(code))
}

#[test]
fn every_field_of_a_root_and_of_a_type_with_rules_has_a_rule() {
    let types = Types::read();
    let ruled: BTreeSet<&str> = RULES.iter().map(|(field, _)| *field).collect();
    assert_eq!(ruled.len(), RULES.len(), "a field has two rules");
    let roots = ROOTS.iter().map(|(name, _)| *name);
    let with_rules = RULES.iter().filter_map(|(field, _)| field.split_once('.'));
    let names: BTreeSet<&str> = roots.chain(with_rules.map(|(name, _)| name)).collect();
    let fields: BTreeSet<String> = names
        .iter()
        .flat_map(|name| {
            let fields = types.fields(name).into_iter();
            fields.map(move |field| format!("{name}.{}", field.name.node))
        })
        .collect();
    let fields: BTreeSet<&str> = fields.iter().map(String::as_str).collect();
    let without: Vec<_> = fields.difference(&ruled).collect();
    assert_eq!(
        without, [&""; 0],
        "add a line to RULES and to docs/access.md"
    );
    let unknown: Vec<_> = ruled.difference(&fields).collect();
    assert_eq!(unknown, [&""; 0], "the schema has no such field");
}

#[tokio::test]
async fn every_root_field_keeps_its_rule_for_every_kind_of_caller() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}/board.db", folder.path().display());
    let database = Database::open(&DatabaseSettings::new(url)).await.unwrap();
    let gateway = gateway(&database).await;
    let types = Types::read();
    let mut checked = 0;
    for (root, word) in ROOTS {
        for field in types.fields(root) {
            let name = format!("{root}.{}", field.name.node);
            let (_, rule) = *RULES.iter().find(|(field, _)| *field == name).unwrap();
            let query = format!("{word} {{ {} }}", types.selection(field));
            for caller in callers() {
                let who = caller.name.clone();
                let wanted = expected(rule, &caller);
                let refused = asked(&gateway, caller, &query).await;
                assert_eq!(refused.as_deref(), wanted, "{name} by {who}");
                checked += 1;
            }
        }
    }
    assert_eq!(checked % callers().len(), 0);
    assert_eq!(checked, RULES.len() * callers().len());
}

/// A gateway that knows keys.
async fn gateway(database: &Database) -> Gateway {
    let access = Access::open(
        database,
        Arc::<ManualClock>::default(),
        Arc::<SequentialIds>::default(),
        Arc::<SequentialSecrets>::default(),
    );
    let gateway = Gateway::new(
        &testkit::catalogue(database),
        testkit::dictionary(),
        &GatewaySettings::for_testing(),
        &[],
        Some(access.await.unwrap()),
    );
    gateway.unwrap()
}

/// What a caller is refused with who asks something; subscriptions begin or do not.
async fn asked(gateway: &Gateway, caller: Principal, query: &str) -> Option<String> {
    let request = GraphRequest::from_json(&json!({ "query": query })).unwrap();
    let asking = Asking::by(caller);
    let answer = match gateway.start(request.with_events(), &asking).await {
        Started::Answered(answered) => Body::from(answered.answer).into_json(),
        Started::Subscribed(_) => return None,
    };
    let runs = answer.get("data").is_some();
    let refused = refusal(&answer).map(str::to_owned);
    assert!(runs || refused.is_some(), "{query}: {answer}");
    refused
}

#[test]
fn the_documentation_has_every_rule() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/access.md");
    let text = std::fs::read_to_string(file).unwrap();
    let is_rule = |line: &&str| {
        ROOTS
            .iter()
            .any(|(root, _)| line.starts_with(&format!("| `{root}.")))
    };
    let mut documented: Vec<String> = text.lines().filter(is_rule).map(str::to_owned).collect();
    let mut known: Vec<String> = RULES.iter().map(line).collect();
    documented.sort_unstable();
    known.sort_unstable();
    assert_eq!(documented, known);
}

/// A line of the documentation: the field, and for each kind of caller whether it is answered.
fn line((field, rule): &(&str, Rule)) -> String {
    let cells = callers()
        .into_iter()
        .map(|caller| match (rule, expected(*rule, &caller)) {
            (_, Some(_)) => "–",
            (Rule::Audience, None) if caller.may(Scope::RolesWrite) => "all",
            (_, None) => "yes",
        });
    let cells: Vec<&str> = cells.collect();
    format!("| `{field}` | {} |", cells.join(" | "))
}
