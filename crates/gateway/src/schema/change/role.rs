//! Changes of roles as everybody sees them.

use std::borrow::Cow;

use async_graphql::{ID, Object};
use domain::id::{Id as _, RoleId};
use domain::read::RoleTree;
use gateway_macros::written;

use super::ChangeOp;
use crate::schema::role::Role;
use crate::schema::scalar::{DateTime, int};

/// A change of a role, and the role as everybody sees it now.
pub(crate) struct RoleChange {
    pub(super) change: domain::read::Change,
    pub(super) role: Option<RoleTree>,
}

/// A committed change of a role.
#[written]
#[Object]
impl RoleChange {
    /// Marks the place of the change: give it back as `after` to go on behind it.
    fn cursor(&self) -> String {
        self.change.place.to_string()
    }

    /// What happened. After `UNPUBLISHED` and `DELETED` nobody sees the role any more.
    fn op(&self) -> ChangeOp {
        self.change.op.into()
    }

    /// The id of the role, also when it is gone.
    fn role_id(&self) -> ID {
        ID(RoleId::from_uuid(self.change.id).to_string())
    }

    /// The revision of the role after the change.
    fn revision(&self) -> i32 {
        int(self.change.revision)
    }

    /// When it happened.
    fn at(&self) -> DateTime {
        DateTime(self.change.at)
    }

    /// The role as it is now and not as it was then; null when it is gone or not public any more.
    fn role(&self) -> Option<Role<'_>> {
        self.role.as_ref().map(|tree| Role(Cow::Borrowed(tree)))
    }
}
