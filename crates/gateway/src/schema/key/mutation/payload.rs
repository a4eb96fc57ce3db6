//! What mutations of keys tell.

use std::borrow::Cow;
use std::marker::PhantomData;

use app::{Refusal, WrittenKey};
use async_graphql::{Description, Object, TypeName};

use crate::cost;
use crate::schema::key::AccessKey;
use crate::schema::mutation::WriteUserError;

/// What became of a mutation of a key.
pub(super) struct Outcome {
    written: Option<WrittenKey>,
    refusals: Vec<Refusal>,
}

impl Outcome {
    /// A mutation that was done.
    pub(super) fn of(written: WrittenKey) -> Self {
        Self {
            written: Some(written),
            refusals: Vec::new(),
        }
    }

    /// A mutation that was refused.
    pub(super) fn refused(refusals: Vec<Refusal>) -> Self {
        Self {
            written: None,
            refusals,
        }
    }

    fn key(&self) -> Option<AccessKey> {
        self.written
            .as_ref()
            .map(|written| AccessKey::of(&written.key))
    }

    fn user_errors(&self) -> Vec<WriteUserError> {
        self.refusals.iter().cloned().map(WriteUserError).collect()
    }
}

/// A mutation that makes a secret, for the names in the schema.
pub(super) trait Named: Send + Sync {
    /// The name of what it tells.
    const PAYLOAD: &'static str;
    /// What that is.
    const DESCRIPTION: &'static str;
}

/// `keyCreate`.
pub(super) struct Created;

impl Named for Created {
    const PAYLOAD: &'static str = "KeyCreatePayload";
    const DESCRIPTION: &'static str = "What `keyCreate` tells.";
}

/// `keyRotate`.
pub(super) struct Rotated;

impl Named for Rotated {
    const PAYLOAD: &'static str = "KeyRotatePayload";
    const DESCRIPTION: &'static str = "What `keyRotate` tells.";
}

/// What a mutation that makes a secret tells.
pub(super) struct KeyPayload<M> {
    outcome: Outcome,
    mutation: PhantomData<M>,
}

impl<M> KeyPayload<M> {
    pub(super) const fn new(outcome: Outcome) -> Self {
        Self {
            outcome,
            mutation: PhantomData,
        }
    }
}

impl<M: Named> TypeName for KeyPayload<M> {
    fn type_name() -> Cow<'static, str> {
        M::PAYLOAD.into()
    }
}

impl<M: Named> Description for KeyPayload<M> {
    fn description() -> &'static str {
        M::DESCRIPTION
    }
}

#[Object(name_type, use_type_description, directive = cost::cost::apply(0))]
impl<M: Named> KeyPayload<M> {
    /// The key as it is after the mutation; null when that was refused.
    async fn key(&self) -> Option<AccessKey> {
        self.outcome.key()
    }

    /// What the holder of the key sends as `Authorization: Bearer …`. It is shown this once and
    /// stored nowhere: null when the mutation was refused, and when it is sent again with its
    /// idempotency key. A secret whose answer was lost is made anew with `keyRotate`.
    async fn token(&self) -> Option<&str> {
        let token = self.outcome.written.as_ref()?.token.as_ref()?;
        Some(token.reveal())
    }

    /// Why the mutation was refused; empty when it was done.
    #[graphql(directive = cost::BoundedList::apply())]
    async fn user_errors(&self) -> Vec<WriteUserError> {
        self.outcome.user_errors()
    }
}

/// What `keyRevoke` tells.
pub(super) struct KeyRevokePayload(pub(super) Outcome);

/// What `keyRevoke` tells.
#[Object(directive = cost::cost::apply(0))]
impl KeyRevokePayload {
    /// The key as it is after the mutation; null when that was refused.
    async fn key(&self) -> Option<AccessKey> {
        self.0.key()
    }

    /// Why the mutation was refused; empty when it was done.
    #[graphql(directive = cost::BoundedList::apply())]
    async fn user_errors(&self) -> Vec<WriteUserError> {
        self.0.user_errors()
    }
}
