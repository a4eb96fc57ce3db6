//! What a field of the query finds around it.

use std::borrow::Cow;
use std::sync::Arc;

use app::Access;
use async_graphql::{Context, Variables};
use domain::access::{Principal, Scope};

use crate::GatewaySettings;
use crate::cache::Reading;
use crate::error::ApiError;
use crate::execute::Asking;
use crate::schema::{Shape, root_type};
use crate::selection::{Field, Selected};

/// A field of the query with everything that it may ask.
#[derive(Clone)]
pub(crate) struct Call<'c> {
    /// The reading side of the catalogue.
    pub(crate) reads: &'c Reading,
    /// Who asks.
    pub(crate) principal: &'c Principal,
    /// The same with all that is known of the request.
    pub(crate) asking: &'c Asking,
    /// The settings in force.
    pub(crate) settings: &'c GatewaySettings,
    /// What decides who may do what; `None` where nobody is told apart.
    pub(crate) access: Option<&'c Access>,
    /// The variables of the operation.
    pub(crate) variables: &'c Variables,
    /// The field.
    pub(crate) selected: Cow<'c, Selected>,
}

impl Call<'_> {
    /// Refuses callers who may not do what `scope` stands for.
    pub(crate) fn require(&self, scope: Scope) -> Result<(), ApiError> {
        require(self.principal, scope)
    }

    /// What decides who may do what. Where nobody is told apart nobody may change that.
    pub(crate) fn access(&self) -> Result<&Access, ApiError> {
        self.access.ok_or(ApiError::Forbidden(Scope::KeysManage))
    }

    /// The field, from which plans are made.
    pub(crate) fn field(&self) -> Field<'_> {
        Field::new(&self.selected, self.variables)
    }
}

/// Refuses callers who may not do what `scope` stands for.
pub(crate) fn require(principal: &Principal, scope: Scope) -> Result<(), ApiError> {
    if principal.may(scope) {
        Ok(())
    } else if principal.is_anonymous() {
        Err(ApiError::Unauthenticated)
    } else {
        Err(ApiError::Forbidden(scope))
    }
}

/// What the blocks of root fields find in their context, whoever runs them.
pub(crate) trait GraphContext {
    /// The call of the field, which is one of a root.
    fn call(&self) -> Call<'_>;

    /// The call of the field, which is one of the type `parent`.
    fn call_in(&self, parent: &str) -> Call<'_>;
}

impl GraphContext for Call<'_> {
    fn call(&self) -> Call<'_> {
        self.clone()
    }

    fn call_in(&self, _parent: &str) -> Call<'_> {
        self.clone()
    }
}

impl GraphContext for Context<'_> {
    fn call(&self) -> Call<'_> {
        self.call_in(root_type(self.query_env.operation.node.ty))
    }

    fn call_in(&self, parent: &str) -> Call<'_> {
        let shape = self.data_unchecked::<Arc<Shape>>();
        Call {
            reads: self.data_unchecked(),
            principal: &self.data_unchecked::<Asking>().principal,
            asking: self.data_unchecked(),
            settings: self.data_unchecked(),
            access: self.data_opt(),
            variables: &self.query_env.variables,
            selected: Cow::Owned(Selected::by_engine(self.item, parent, shape)),
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::access::Scopes;

    use super::*;
    use crate::error::ErrorCode;

    #[test]
    fn whoever_lacks_a_scope_is_told_whether_a_key_or_the_scope_is_missing() {
        let writer = Principal {
            name: "writer".to_owned(),
            key: None,
            scopes: Scopes::of([Scope::RolesWrite]),
        };
        let refusal = |principal: &Principal, scope| {
            let refused = require(principal, scope).err();
            refused.map(|error| error.code())
        };
        assert_eq!(
            refusal(&Principal::anonymous(), Scope::RolesWrite),
            Some(ErrorCode::Unauthenticated)
        );
        assert_eq!(
            refusal(&writer, Scope::KeysManage),
            Some(ErrorCode::Forbidden)
        );
        assert_eq!(refusal(&writer, Scope::RolesWrite), None);
        assert_eq!(refusal(&Principal::operator("cli"), Scope::Admin), None);
    }
}
