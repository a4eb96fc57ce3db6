//! What a field of the query finds around it.

use std::borrow::Cow;
use std::sync::Arc;

use async_graphql::{Context, Variables};

use crate::GatewaySettings;
use crate::cache::Reading;
use crate::schema::Shape;
use crate::selection::{Field, Selected};

/// A field of the query with everything that it may ask.
#[derive(Clone)]
pub(crate) struct Call<'c> {
    /// The reading side of the catalogue.
    pub(crate) reads: &'c Reading,
    /// The settings in force.
    pub(crate) settings: &'c GatewaySettings,
    /// The variables of the operation.
    pub(crate) variables: &'c Variables,
    /// The field.
    pub(crate) selected: Cow<'c, Selected>,
}

impl Call<'_> {
    /// The field, from which plans are made.
    pub(crate) fn field(&self) -> Field<'_> {
        Field::new(&self.selected, self.variables)
    }
}

/// What the blocks of root fields find in their context, whoever runs them.
pub(crate) trait GraphContext {
    /// The call of the field.
    fn call(&self) -> Call<'_>;
}

impl GraphContext for Call<'_> {
    fn call(&self) -> Call<'_> {
        self.clone()
    }
}

impl GraphContext for Context<'_> {
    fn call(&self) -> Call<'_> {
        let shape = self.data_unchecked::<Arc<Shape>>();
        Call {
            reads: self.data_unchecked(),
            settings: self.data_unchecked(),
            variables: &self.query_env.variables,
            selected: Cow::Owned(Selected::by_engine(self.item, shape)),
        }
    }
}
