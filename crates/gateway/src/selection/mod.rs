//! What an operation selects, in the form in which everything reads it: prices, fetch plans and
//! the answer itself.
//!
//! A selection is made of a normalised operation, for the values that its `@skip` and `@include`
//! have. Then it is a plain tree: each object of each type has one list of fields, in the order
//! of the answer, without fragments, conditions or anything twice.

mod argument;
mod compile;
mod price;
mod variants;

use async_graphql::parser::types::{Field as FieldNode, OperationDefinition};
use async_graphql::{Name, Pos, Positioned, Variables};

use crate::error::GraphError;
use crate::schema::Shape;
use argument::Argument;
use compile::Compiler;

pub(crate) use argument::{Unreadable, resolved};
pub(crate) use price::Size;
pub(crate) use variants::Variants;

/// The selection of an operation, for some values of its conditions.
#[derive(Debug)]
pub(crate) struct Selection {
    fields: Vec<Selected>,
}

/// A selected field, and what is selected below it.
#[derive(Clone, Debug)]
pub(crate) struct Selected {
    /// Under which name the answer holds it.
    key: Name,
    /// The beginning of the field in the answer: `{"key":` for the first field of an object, and
    /// `,"key":` for all others. Names need no escapes.
    label: Box<str>,
    name: Name,
    arguments: Vec<Argument>,
    pos: Pos,
    weight: u64,
    /// What its arguments cost.
    once: u64,
    /// For how many seconds caches may keep it with all that is below it, where that is said.
    max_age: Option<u64>,
    size: Size,
    below: Below,
}

/// What is selected of the object that a field leads to.
#[derive(Clone, Debug)]
enum Below {
    /// The field leads to a leaf.
    Nothing,
    /// It leads to an object of one type.
    Object(Vec<Selected>),
    /// It leads to an object of one of these types.
    OneOf(Vec<(Name, Vec<Selected>)>),
}

/// Refuses a normalised operation in which two places select different things of one object under
/// one name, whatever the conditions are.
pub(crate) fn check(operation: &OperationDefinition, shape: &Shape) -> Result<(), GraphError> {
    let compiler = Compiler::new(shape, None);
    let _everything = compiler.selection(operation);
    compiler.conflict().map_or(Ok(()), Err)
}

impl Selection {
    /// The selection of a normalised operation; variables without a value count as false.
    pub(crate) fn of(
        operation: &OperationDefinition,
        variables: &Variables,
        shape: &Shape,
    ) -> Self {
        Compiler::new(shape, Some(variables)).selection(operation)
    }

    /// The fields of the root.
    pub(crate) fn fields(&self) -> &[Selected] {
        &self.fields
    }

    /// For how many seconds caches may keep the answer, where any field says it.
    pub(crate) fn max_age(&self) -> Option<u64> {
        oldest(&self.fields)
    }

    /// How many statements of the catalogue it takes, roughly: more than one have to see one
    /// state.
    pub(crate) fn statements(&self) -> usize {
        let fields = self.fields.iter();
        fields
            .map(|field| match field.name() {
                name if name.starts_with("__") => 0,
                // One for each kind that the ids name.
                "nodes" | "changes" => 2,
                _ => 1,
            })
            .sum()
    }

    /// Whether it asks for the schema itself.
    pub(crate) fn introspects(&self) -> bool {
        let mut names = self.fields.iter().map(Selected::name);
        names.any(|name| matches!(name, "__schema" | "__type"))
    }
}

impl Below {
    fn max_age(&self) -> Option<u64> {
        match self {
            Self::Nothing => None,
            Self::Object(fields) => oldest(fields),
            Self::OneOf(types) => types.iter().filter_map(|(_, fields)| oldest(fields)).min(),
        }
    }
}

/// The smallest age that any of these fields says.
fn oldest(fields: &[Selected]) -> Option<u64> {
    fields.iter().filter_map(|field| field.max_age).min()
}

impl Selected {
    /// A field of an object of the type `parent` that the engine is about to resolve: it has taken
    /// out what conditions rule out.
    pub(crate) fn by_engine(field: &Positioned<FieldNode>, parent: &str, shape: &Shape) -> Self {
        Compiler::new(shape, None).field(field, parent)
    }

    /// The name in the answer.
    pub(crate) fn key(&self) -> &Name {
        &self.key
    }

    /// The name in the schema.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// The beginning of the field in the answer.
    pub(crate) fn label(&self) -> &str {
        &self.label
    }

    /// Where the document selects it first.
    pub(crate) fn pos(&self) -> Pos {
        self.pos
    }

    /// What it costs besides the fields below it.
    pub(crate) fn weight(&self) -> u64 {
        self.weight
    }

    /// What its arguments cost, however many items it has.
    pub(crate) fn once(&self) -> u64 {
        self.once
    }

    /// How many items it has.
    pub(crate) fn size(&self) -> &Size {
        &self.size
    }

    /// The selected fields of an object of this type that the field leads to.
    pub(crate) fn fields_of(&self, type_name: &str) -> &[Selected] {
        match &self.below {
            Below::Nothing => &[],
            Below::Object(fields) => fields,
            Below::OneOf(types) => {
                let mut types = types.iter();
                let found = types.find(|(name, _)| name == type_name);
                found.map_or(&[], |(_, fields)| fields)
            }
        }
    }
}

/// A selected field and the variables of its operation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Field<'a> {
    selected: &'a Selected,
    variables: &'a Variables,
}

impl<'a> Field<'a> {
    /// The field with these variables.
    pub(crate) fn new(selected: &'a Selected, variables: &'a Variables) -> Self {
        Self {
            selected,
            variables,
        }
    }

    /// The field alone.
    pub(crate) fn selected(self) -> &'a Selected {
        self.selected
    }

    /// The name in the schema, whatever the alias.
    pub(crate) fn name(self) -> &'a str {
        self.selected.name()
    }

    /// The selected fields of the object of this type that the field leads to.
    pub(crate) fn children(self, type_name: &str) -> impl Iterator<Item = Self> + use<'a> {
        let fields = self.selected.fields_of(type_name).iter();
        fields.map(move |selected| Self { selected, ..self })
    }
}

#[cfg(test)]
mod tests;
