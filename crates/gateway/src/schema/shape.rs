//! The schema as the gate needs it: which type a field leads to, what it costs, and which values
//! it takes. It is read from the schema definition language, so that it says what clients see.

use std::collections::{HashMap, HashSet};

use async_graphql::indexmap::IndexMap;
use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{
    BaseType, ConstDirective, FieldDefinition, InputValueDefinition, OperationType, Type,
    TypeDefinition, TypeKind, TypeSystemDefinition,
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
    max_age: Option<u64>,
    fields: HashMap<Name, FieldShape>,
    /// The objects that a value of it can be.
    possible: Vec<Name>,
    /// The names of an enum.
    values: HashSet<Name>,
    /// The fields of an input object.
    inputs: HashMap<Name, InputShape>,
    /// Whether an input object takes exactly one of its fields.
    one_of: bool,
}

/// A field of an input object.
#[derive(Debug)]
struct InputShape {
    ty: Type,
    has_default: bool,
}

/// A field of an object or interface.
#[derive(Debug)]
pub(crate) struct FieldShape {
    /// The type that it leads to, without lists and exclamation marks.
    pub(crate) type_name: Name,
    /// What it costs besides the fields below it.
    pub(crate) weight: u64,
    /// For how many seconds caches may keep it, where that is said.
    pub(crate) max_age: Option<u64>,
    /// How many items it has, where it is a list.
    pub(crate) size: Option<ListSize>,
    /// How many items some of the fields below it have.
    pub(crate) size_below: Option<ListSize>,
    /// The types of its arguments.
    pub(crate) arguments: HashMap<Name, Type>,
    /// What arguments cost once, whatever the size, where they are given.
    pub(crate) argument_weights: Vec<(Name, u64)>,
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
            shape.add(ty.node);
        }
        shape.settle_weights();
        shape.settle_ages();
        shape
    }

    fn add(&mut self, ty: TypeDefinition) {
        let name = ty.name.node;
        let read = self.types.entry(name.clone()).or_default();
        read.weight = weight(&ty.directives);
        read.max_age = max_age(&ty.directives);
        match ty.kind {
            TypeKind::Object(object) => {
                read.add_fields(object.fields);
                read.possible.push(name.clone());
                for interface in object.implements {
                    let interface = self.types.entry(interface.node).or_default();
                    interface.possible.push(name.clone());
                }
            }
            TypeKind::Interface(interface) => read.add_fields(interface.fields),
            TypeKind::Union(union) => {
                read.composite = true;
                let members = union.members.into_iter();
                read.possible.extend(members.map(|member| member.node));
            }
            TypeKind::InputObject(input) => {
                read.one_of = named(&ty.directives, "oneOf").is_some();
                read.add_inputs(input.fields);
            }
            TypeKind::Enum(values) => {
                let values = values.values.into_iter();
                read.values = values.map(|value| value.node.value.node).collect();
            }
            TypeKind::Scalar => {}
        }
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

    /// Gives every field the age that its type says, unless it says one itself.
    fn settle_ages(&mut self) {
        let ages = self.types.iter();
        let ages = ages.filter_map(|(name, ty)| Some((name.clone(), ty.max_age?)));
        let ages: HashMap<Name, u64> = ages.collect();
        let types = self.types.values_mut();
        for field in types.flat_map(|ty| ty.fields.values_mut()) {
            let of_type = ages.get(&field.type_name).copied();
            field.max_age = field.max_age.or(of_type);
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

    /// The objects that a value of a type can be: of an object, itself; of a leaf, none.
    pub(crate) fn possible(&self, type_name: &str) -> &[Name] {
        let ty = self.types.get(type_name);
        ty.map_or(&[], |ty| ty.possible.as_slice())
    }

    /// The type of a field of an input object.
    pub(crate) fn input(&self, type_name: &str, field: &str) -> Option<&Type> {
        let input = self.types.get(type_name)?.inputs.get(field)?;
        Some(&input.ty)
    }

    /// Whether an enum has a value of this name.
    pub(crate) fn has_value(&self, type_name: &str, value: &str) -> bool {
        let ty = self.types.get(type_name);
        ty.is_some_and(|ty| ty.values.contains(value))
    }

    /// Whether a type is an input object and takes these members as far as their number goes: none
    /// that it needs is missing.
    pub(crate) fn takes(&self, type_name: &str, given: &IndexMap<Name, Value>) -> bool {
        let Some(ty) = self.types.get(type_name) else {
            return false;
        };
        let needed = ty
            .inputs
            .iter()
            .filter(|(_, input)| !input.ty.nullable && !input.has_default);
        let mut needed = needed.map(|(name, _)| name);
        let single = given.len() == 1 && !given.values().any(|value| *value == Value::Null);
        let complete = needed.all(|name| given.contains_key(name));
        !ty.inputs.is_empty() && complete && (single || !ty.one_of)
    }

    /// All fields that are lists of objects of which nobody says the size, as `Type.field`: neither
    /// the field itself nor every field that leads to its object.
    #[cfg(test)]
    pub(crate) fn lists_without_size(&self) -> Vec<String> {
        let fields = || {
            self.types.iter().flat_map(|(name, ty)| {
                ty.fields
                    .iter()
                    .map(move |(field, shape)| (name, field, shape))
            })
        };
        let is_object = |name| self.types.get(name).is_some_and(|ty| ty.composite);
        let sized_above = |parent: &Name, field: &Name| {
            let mut around = fields().filter(|(_, _, shape)| shape.type_name == *parent);
            around.all(|(_, _, shape)| {
                let below = shape.size_below.as_ref();
                below.is_some_and(|size| size.fields.iter().any(|name| field == name))
            })
        };
        let lists = fields().filter(|(_, _, shape)| shape.is_list && is_object(&shape.type_name));
        let silent = lists
            .filter(|(parent, field, shape)| shape.size.is_none() && !sized_above(parent, field));
        let mut silent: Vec<_> = silent
            .map(|(parent, field, _)| format!("{parent}.{field}"))
            .collect();
        silent.sort();
        silent
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
            let sizes = ListSize::all_of(&field.directives).into_iter();
            let (mut own, mut below): (Vec<_>, Vec<_>) =
                sizes.partition(|size| size.fields.is_empty());
            let shape = FieldShape {
                weight: weight(&field.directives).unwrap_or(UNSETTLED),
                max_age: max_age(&field.directives),
                size: own.pop(),
                size_below: below.pop(),
                argument_weights: weights(&field.arguments),
                #[cfg(test)]
                is_list: matches!(field.ty.node.base, BaseType::List(_)),
                type_name: innermost(&field.ty.node).clone(),
                arguments: types(field.arguments),
            };
            self.fields.insert(field.name.node, shape);
        }
    }

    fn add_inputs(&mut self, fields: Vec<Positioned<InputValueDefinition>>) {
        let fields = fields.into_iter().map(|field| field.node);
        let shapes = fields.map(|field| {
            let has_default = field.default_value.is_some();
            let ty = field.ty.node;
            (field.name.node, InputShape { ty, has_default })
        });
        self.inputs = shapes.collect();
    }
}

fn types(arguments: Vec<Positioned<InputValueDefinition>>) -> HashMap<Name, Type> {
    let arguments = arguments.into_iter().map(|argument| argument.node);
    let types = arguments.map(|argument| (argument.name.node, argument.ty.node));
    types.collect()
}

fn weights(arguments: &[Positioned<InputValueDefinition>]) -> Vec<(Name, u64)> {
    let arguments = arguments.iter().map(|argument| &argument.node);
    let weights = arguments
        .filter_map(|argument| Some((argument.name.node.clone(), weight(&argument.directives)?)));
    weights.collect()
}

impl ListSize {
    fn all_of(directives: &[Positioned<ConstDirective>]) -> Vec<Self> {
        let directives = directives.iter().map(|directive| &directive.node);
        let sizes = directives.filter(|directive| directive.name.node == "listSize");
        sizes.map(Self::of).collect()
    }

    fn of(directive: &ConstDirective) -> Self {
        let names = |argument: &str| match directive.get_argument(argument).map(|value| &value.node)
        {
            Some(Value::List(names)) => names.iter().filter_map(text).collect(),
            _ => Vec::new(),
        };
        Self {
            assumed: directive
                .get_argument("assumedSize")
                .and_then(|size| number(&size.node))
                .unwrap_or(1),
            arguments: names("slicingArguments"),
            fields: names("sizedFields"),
        }
    }
}

fn weight(directives: &[Positioned<ConstDirective>]) -> Option<u64> {
    number(&named(directives, "cost")?.get_argument("weight")?.node)
}

fn max_age(directives: &[Positioned<ConstDirective>]) -> Option<u64> {
    let directive = named(directives, "cacheControl")?;
    number(&directive.get_argument("maxAge")?.node)
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
