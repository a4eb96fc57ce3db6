//! The graph: one folder per aggregate.
//!
//! A resolver reads its arguments, makes one call and wraps the answer. The wrappers hold trees
//! of the domain, owned at the root and borrowed below it. The engine makes the schema out of them,
//! and answers what is asked about it; for everything else they write themselves (`write`).

pub(crate) mod category;
pub(crate) mod change;
pub(crate) mod concept;
pub(crate) mod connection;
pub(crate) mod faq;
pub(crate) mod key;
pub(crate) mod mutation;
pub(crate) mod node;
pub(crate) mod role;
pub(crate) mod scalar;
pub(crate) mod search;
pub(crate) mod server;
mod shape;
pub(crate) mod skill;
pub(crate) mod viewer;

use async_graphql::{MergedObject, SDLExportOptions, SchemaBuilder};

use crate::error::ApiError;
use crate::schema::mutation::{Mutation, UserError};
use crate::write::{Call, Root as _, Writer, Wrote};

use change::Subscription;

pub(crate) use shape::{FieldShape, ListSize, Shape, innermost, root_type};

/// Where every query starts. Lookups give null for what is not there or what the caller may not
/// see; lists leave it out. Callers with the scope `roles:write` see roles in every state,
/// everybody else published roles only, at every level of the graph.
#[derive(Default, MergedObject)]
pub(crate) struct Query(
    role::RoleQuery,
    category::CategoryQuery,
    skill::SkillQuery,
    faq::FaqQuery,
    concept::ConceptQuery,
    node::NodeQuery,
    search::SearchQuery,
    change::ChangeQuery,
    server::ServerQuery,
    viewer::ViewerQuery,
    key::KeyQuery,
);

/// The schema as the engine knows it.
pub(crate) type Schema = async_graphql::Schema<Query, Mutation, Subscription>;

/// A schema in the making.
pub(crate) type Builder = SchemaBuilder<Query, Mutation, Subscription>;

/// A schema that still needs its data. Without introspection it makes no suggestions either, for
/// they would tell its names one by one.
pub(crate) fn build(introspection: bool) -> Builder {
    let builder = Schema::build(Query::default(), Mutation::default(), Subscription)
        .register_output_type::<UserError>();
    if introspection {
        builder
    } else {
        builder.disable_introspection().disable_suggestions()
    }
}

/// The schema in the schema definition language, in one order whatever the order of the code.
#[must_use]
pub fn sdl() -> String {
    let options = SDLExportOptions::new()
        .sorted_fields()
        .sorted_arguments()
        .sorted_enum_items()
        .include_specified_by()
        .use_space_ident();
    let sdl = build(true).finish().sdl_with_options(options);
    format!("{}\n", sdl.trim_end())
}

/// A value for a nullable field: one that fails becomes null and leaves its siblings alone.
#[expect(
    clippy::unnecessary_wraps,
    reason = "the wrapping makes the field nullable"
)]
pub(crate) fn nullable<T, E: Into<ApiError>>(value: Result<T, E>) -> Option<Result<T, ApiError>> {
    Some(value.map_err(Into::into))
}

impl Query {
    /// Writes a field of the query.
    pub(crate) async fn write_field(&self, call: &Call<'_>, writer: &mut Writer<'_>) -> Wrote {
        let Self(
            roles,
            categories,
            skills,
            faqs,
            concepts,
            nodes,
            searches,
            changes,
            server,
            viewer,
            keys,
        ) = self;
        macro_rules! first_of {
            ($($part:ident),+) => {
                $(if let Some(wrote) = $part.write_field(call, writer).await {
                    return wrote;
                })+
            };
        }
        if call.selected.name() == "__typename" {
            writer.type_name::<Self>();
            return Ok(());
        }
        first_of!(
            roles, categories, skills, faqs, concepts, nodes, searches, changes, server, viewer,
            keys
        );
        writer.unknown(&call.selected)
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::Positioned;
    use async_graphql::parser::parse_schema;
    use async_graphql::parser::types::{
        FieldDefinition, InputValueDefinition, TypeKind, TypeSystemDefinition,
    };

    use super::*;

    #[test]
    fn everything_in_the_schema_is_described() {
        let document = parse_schema(sdl()).unwrap();
        let mut bare = Vec::new();
        for definition in document.definitions {
            let TypeSystemDefinition::Type(ty) = definition else {
                continue;
            };
            let (name, ty) = (ty.node.name.node.to_string(), ty.node);
            if ty.description.is_none() {
                bare.push(name.clone());
            }
            bare.extend(undescribed(&ty.kind).map(|member| format!("{name}.{member}")));
        }
        assert_eq!(bare, Vec::<String>::new());
    }

    /// The members of a type without description.
    fn undescribed(kind: &TypeKind) -> impl Iterator<Item = String> {
        let mut bare = Vec::new();
        let input = |prefix: &str, values: &[Positioned<InputValueDefinition>]| {
            let values = values
                .iter()
                .filter(|value| value.node.description.is_none());
            let names = values.map(|value| format!("{prefix}{}", value.node.name.node));
            names.collect::<Vec<_>>()
        };
        let mut output = |fields: &[Positioned<FieldDefinition>]| {
            for FieldDefinition {
                description,
                name,
                arguments,
                ..
            } in fields.iter().map(|field| &field.node)
            {
                bare.extend(description.is_none().then(|| name.node.to_string()));
                bare.extend(input(&format!("{}.", name.node), arguments));
            }
        };
        match kind {
            TypeKind::Object(object) => output(&object.fields),
            TypeKind::Interface(interface) => output(&interface.fields),
            TypeKind::InputObject(object) => bare = input("", &object.fields),
            TypeKind::Enum(values) => {
                let values = values.values.iter().map(|value| &value.node);
                let values = values.filter(|value| value.description.is_none());
                bare = values.map(|value| value.value.node.to_string()).collect();
            }
            TypeKind::Scalar | TypeKind::Union(_) => {}
        }
        bare.into_iter()
    }

    #[test]
    fn the_schema_is_printed_in_one_order() {
        let printed = sdl();
        assert_eq!(printed, sdl());
        assert!(printed.ends_with("}\n") && !printed.ends_with("\n\n"));
        let fields = ["  category(", "  faqs(", "  node(", "  role(", "  server"];
        let query = printed.split_once("type Query {").unwrap().1;
        let places: Vec<_> = fields
            .iter()
            .map(|field| query.find(field).unwrap())
            .collect();
        assert!(places.is_sorted());
    }
}
