//! The values of arguments, read as the engine reads them.

use async_graphql::indexmap::IndexMap;
use async_graphql::{InputType, Name, Pos, Value, Variables};
use async_graphql_value::Value as Literal;

use super::{Field, Selected};

/// An argument as the document writes it.
#[derive(Clone, Debug)]
pub(super) struct Argument {
    pub(super) name: Name,
    pub(super) value: Literal,
    pub(super) pos: Pos,
}

/// A value that is not of the type of its argument, although validation has let it pass.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unreadable {
    /// What the engine says about it.
    pub(crate) message: String,
    /// Where the value stands.
    pub(crate) pos: Pos,
}

impl Selected {
    /// The value of an argument, with variables put in.
    pub(crate) fn argument<T: InputType>(
        &self,
        name: &str,
        variables: &Variables,
    ) -> Result<T, Unreadable> {
        let mut arguments = self.arguments.iter();
        let found = arguments.find(|argument| argument.name == name);
        let (value, pos) = match found {
            Some(argument) => (resolved(&argument.value, variables), argument.pos),
            None => (None, Pos::default()),
        };
        T::parse(value).map_err(|error| {
            let message = error.into_server_error(pos).message;
            Unreadable { message, pos }
        })
    }

    /// An argument as the document writes it; `None` when it is left out.
    pub(super) fn literal(&self, name: &str) -> Option<&Literal> {
        let mut arguments = self.arguments.iter();
        let found = arguments.find(|argument| argument.name == name);
        found.map(|argument| &argument.value)
    }
}

impl Field<'_> {
    /// The value of an argument, with variables put in.
    pub(crate) fn argument<T: InputType>(self, name: &str) -> Result<T, Unreadable> {
        self.selected.argument(name, self.variables)
    }
}

/// The value of a literal; `None` when it is a variable that was left out. Such variables are left
/// out of objects and are null in lists.
pub(crate) fn resolved(literal: &Literal, variables: &Variables) -> Option<Value> {
    Some(match literal {
        Literal::Variable(name) => return variables.get(name).cloned(),
        Literal::Null => Value::Null,
        Literal::Number(number) => Value::Number(number.clone()),
        Literal::String(text) => Value::String(text.clone()),
        Literal::Boolean(value) => Value::Boolean(*value),
        Literal::Binary(bytes) => Value::Binary(bytes.clone()),
        Literal::Enum(name) => Value::Enum(name.clone()),
        Literal::List(items) => {
            let items = items.iter().map(|item| resolved(item, variables));
            Value::List(items.map(Option::unwrap_or_default).collect())
        }
        Literal::Object(members) => {
            let members = members.iter();
            let given = members
                .filter_map(|(name, value)| Some((name.clone(), resolved(value, variables)?)));
            Value::Object(given.collect::<IndexMap<_, _>>())
        }
    })
}
