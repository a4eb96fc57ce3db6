//! From a change to what a subscription tells of it.

use domain::change::ChangeOp;
use domain::id::{Id as _, RoleId};
use domain::read::{RoleFilter, RoleParts};

use super::{Change, RoleChange};
use crate::cache::Reading;
use crate::error::ApiError;
use crate::plan::NodeParts;
use crate::selection::Selected;
use crate::write::{Output, Writer, Wrote};

/// What a subscription makes of a change.
pub(crate) trait Telling: Send + Sync {
    /// What it tells.
    type Event: Send;

    /// What it tells of a change; nothing when the change is none of its business.
    fn event(
        &self,
        change: domain::read::Change,
        reads: &Reading,
    ) -> impl Future<Output = Result<Option<Self::Event>, ApiError>> + Send;
}

/// Tells of every change.
#[derive(Debug)]
pub(crate) struct Changes {
    /// What is wanted of what has changed.
    pub(super) node: Option<NodeParts>,
}

impl Telling for Changes {
    type Event = Change;

    async fn event(
        &self,
        change: domain::read::Change,
        reads: &Reading,
    ) -> Result<Option<Change>, ApiError> {
        let changes = Change::of_all(vec![change], self.node.as_ref(), reads).await?;
        Ok(changes.into_iter().next())
    }
}

/// Tells of published roles that pass a filter, and of roles that nobody sees any more.
#[derive(Debug)]
pub(crate) struct Roles {
    /// Which roles.
    pub(super) filter: RoleFilter,
    /// What is wanted of them.
    pub(super) parts: RoleParts,
}

impl Telling for Roles {
    type Event = RoleChange;

    async fn event(
        &self,
        change: domain::read::Change,
        reads: &Reading,
    ) -> Result<Option<RoleChange>, ApiError> {
        // What a role was that is gone, nobody can tell; whoever copies roles has to hear of it.
        if matches!(change.op, ChangeOp::Unpublished | ChangeOp::Deleted) {
            return Ok(Some(RoleChange { change, role: None }));
        }
        let ids = [RoleId::from_uuid(change.id)];
        let found = reads.published_roles_matching(&ids, &self.filter, &self.parts);
        let role = found.await?.into_iter().next();
        Ok(role.map(|role| RoleChange {
            change,
            role: Some(role),
        }))
    }
}

/// Any of the subscriptions that there are.
#[derive(Debug)]
pub(crate) enum AnyTelling {
    /// `changes`.
    Changes(Changes),
    /// `roleChanged`.
    Roles(Roles),
}

/// What any of the subscriptions tells.
pub(crate) enum AnyEvent {
    /// Of `changes`.
    Change(Change),
    /// Of `roleChanged`.
    Role(Box<RoleChange>),
}

impl AnyTelling {
    /// What it tells of a change; nothing when the change is none of its business.
    pub(crate) async fn event(
        &self,
        change: domain::read::Change,
        reads: &Reading,
    ) -> Result<Option<AnyEvent>, ApiError> {
        Ok(match self {
            Self::Changes(changes) => {
                let event = changes.event(change, reads).await?;
                event.map(AnyEvent::Change)
            }
            Self::Roles(roles) => {
                let event = roles.event(change, reads).await?;
                event.map(|event| AnyEvent::Role(Box::new(event)))
            }
        })
    }
}

impl Output for AnyEvent {
    fn write(&self, field: &Selected, writer: &mut Writer<'_>) -> Wrote {
        match self {
            Self::Change(change) => change.write(field, writer),
            Self::Role(role) => role.write(field, writer),
        }
    }
}
