//! The schema as the gate needs it: which type a field leads to, what it costs, and which values
//! it takes. It is read from the schema definition language, so that it says what clients see.

use std::collections::HashMap;

use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{
    BaseType, ConstDirective, FieldDefinition, InputValueDefinition, OperationType, Type, TypeKind,
    TypeSystemDefinition,
};
use async_graphql::{Name, Positioned, Value};

/// The types of a schema.
#[derive(Debug, Default)]
pub(crate) struct Shape {
    types: HashMap<Name, TypeShape>,
}

#[derive(Debug, Default)]
struct TypeShape {
    /// Whether values of it have fields.
    composite: bool,
    weight: Option<u64>,
    fields: HashMap<Name, FieldShape>,
    /// The fields of an input object.
    inputs: HashMap<Name, Type>,
}

/// A field of an object or interface.
#[derive(Debug)]
pub(crate) struct FieldShape {
    /// The type that it leads to, without lists and exclamation marks.
    pub(crate) type_name: Name,
    /// What it costs besides the fields below it.
    pub(crate) weight: u64,
    /// How many items it has, or the fields below it have.
    pub(crate) size: Option<ListSize>,
    /// Whether it is a list.
    #[cfg(test)]
    is_list: bool,
}

/// `@listSize` of a field.
#[derive(Clone, Debug, Default)]
pub(crate) struct ListSize {
    /// The number of items when no argument says it.
    pub(crate) assumed: u64,
    /// The arguments that say it.
    pub(crate) arguments: Vec<String>,
    /// The fields below that are the lists; empty when the field itself is one.
    pub(crate) fields: Vec<String>,
}

impl Shape {
    /// Reads a schema of ours; what cannot be read is left out, and tests see that nothing is.
    pub(crate) fn of_sdl(sdl: &str) -> Self {
        let mut shape = Self::default();
        let definitions = parse_schema(sdl).map(|document| document.definitions);
        for definition in definitions.unwrap_or_default() {
            let TypeSystemDefinition::Type(ty) = definition else {
                continue;
            };
            let ty = ty.node;
            let mut read = TypeShape {
                weight: weight(&ty.directives),
                ..TypeShape::default()
            };
            match ty.kind {
                TypeKind::Object(object) => read.add_fields(object.fields),
                TypeKind::Interface(interface) => read.add_fields(interface.fields),
                TypeKind::Union(_) => read.composite = true,
                TypeKind::InputObject(input) => read.add_inputs(input.fields),
                TypeKind::Scalar | TypeKind::Enum(_) => {}
            }
            shape.types.insert(ty.name.node, read);
        }
        shape.settle_weights();
        shape
    }

    /// Gives every field its weight: its own, else that of its type, else the usual one.
    fn settle_weights(&mut self) {
        let of_type = |ty: &TypeShape| ty.weight.unwrap_or(ty.composite.into());
        let weights: HashMap<Name, u64> = self
            .types
            .iter()
            .map(|(name, ty)| (name.clone(), of_type(ty)))
            .collect();
        for field in self
            .types
            .values_mut()
            .flat_map(|ty| ty.fields.values_mut())
        {
            if field.weight == UNSETTLED {
                field.weight = weights.get(&field.type_name).copied().unwrap_or(0);
            }
        }
    }

    /// Whether there is a type of this name, those that every schema has included.
    pub(crate) fn has_type(&self, name: &str) -> bool {
        const BUILT_IN: [&str; 5] = ["Boolean", "Float", "ID", "Int", "String"];
        self.types.contains_key(name) || BUILT_IN.contains(&name)
    }

    /// A field of a type.
    pub(crate) fn field(&self, type_name: &str, field: &str) -> Option<&FieldShape> {
        self.types.get(type_name)?.fields.get(field)
    }

    /// The type of a field of an input object.
    pub(crate) fn input(&self, type_name: &str, field: &str) -> Option<&Type> {
        self.types.get(type_name)?.inputs.get(field)
    }

    /// All fields that are lists of objects, as `Type.field`, with their size.
    #[cfg(test)]
    pub(crate) fn lists_of_objects(&self) -> Vec<(String, Option<&ListSize>)> {
        let fields = self.types.iter().flat_map(|(name, ty)| {
            ty.fields
                .iter()
                .map(move |(field, shape)| (format!("{name}.{field}"), shape))
        });
        let mut lists: Vec<_> = fields
            .filter(|(_, field)| field.is_list)
            .filter(|(_, field)| {
                self.types
                    .get(&field.type_name)
                    .is_some_and(|ty| ty.composite)
            })
            .map(|(place, field)| (place, field.size.as_ref()))
            .collect();
        lists.sort_by(|one, other| one.0.cmp(&other.0));
        lists
    }
}

/// The name of the type from which operations of a kind start.
pub(crate) fn root_type(operation: OperationType) -> &'static str {
    match operation {
        OperationType::Query => "Query",
        OperationType::Mutation => "Mutation",
        OperationType::Subscription => "Subscription",
    }
}

/// The weight of a field before the weights of all types are known.
const UNSETTLED: u64 = u64::MAX;

impl TypeShape {
    fn add_fields(&mut self, fields: Vec<Positioned<FieldDefinition>>) {
        self.composite = true;
        for field in fields.into_iter().map(|field| field.node) {
            let shape = FieldShape {
                weight: weight(&field.directives).unwrap_or(UNSETTLED),
                size: ListSize::of(&field.directives),
                #[cfg(test)]
                is_list: matches!(field.ty.node.base, BaseType::List(_)),
                type_name: innermost(&field.ty.node).clone(),
            };
            self.fields.insert(field.name.node, shape);
        }
    }

    fn add_inputs(&mut self, fields: Vec<Positioned<InputValueDefinition>>) {
        let fields = fields.into_iter().map(|field| field.node);
        self.inputs = fields
            .map(|field| (field.name.node, field.ty.node))
            .collect();
    }
}

impl ListSize {
    fn of(directives: &[Positioned<ConstDirective>]) -> Option<Self> {
        let directive = named(directives, "listSize")?;
        let names = |argument: &str| match directive.get_argument(argument).map(|value| &value.node)
        {
            Some(Value::List(names)) => names.iter().filter_map(text).collect(),
            _ => Vec::new(),
        };
        Some(Self {
            assumed: directive
                .get_argument("assumedSize")
                .and_then(|size| number(&size.node))
                .unwrap_or(1),
            arguments: names("slicingArguments"),
            fields: names("sizedFields"),
        })
    }
}

fn weight(directives: &[Positioned<ConstDirective>]) -> Option<u64> {
    number(&named(directives, "cost")?.get_argument("weight")?.node)
}

fn named<'d>(
    directives: &'d [Positioned<ConstDirective>],
    name: &str,
) -> Option<&'d ConstDirective> {
    let mut directives = directives.iter().map(|directive| &directive.node);
    directives.find(|directive| directive.name.node == name)
}

fn number(value: &Value) -> Option<u64> {
    match value {
        Value::Number(number) => number.as_u64(),
        _ => None,
    }
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        _ => None,
    }
}

/// The named type inside of lists.
pub(crate) fn innermost(ty: &Type) -> &Name {
    match &ty.base {
        BaseType::Named(name) => name,
        BaseType::List(item) => innermost(item),
    }
}
