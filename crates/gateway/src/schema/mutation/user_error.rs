//! What the sender of a mutation can change.

use app::{Refusal, RefusalCode};
use async_graphql::{Enum, Interface, Object};

use crate::cost;

/// Something about the values of a mutation that its sender can change. A mutation that tells any
/// has written nothing of what they are about.
#[derive(Interface)]
#[graphql(
    field(
        name = "message",
        ty = "&str",
        desc = "What is wrong and what to do, in English. It may change; branch on the code."
    ),
    field(
        name = "path",
        ty = "&[String]",
        desc = "The value that is meant, from its argument inward, such as `[\"input\", \"duties\", \"3\", \"text\"]`."
    )
)]
pub(crate) enum UserError {
    Write(WriteUserError),
}

/// Why something was not written.
pub(crate) struct WriteUserError(pub(crate) Refusal);

/// Why something was not written.
#[Object(directive = cost::cost::apply(0))]
impl WriteUserError {
    /// What kind of reason it is.
    async fn code(&self) -> WriteErrorCode {
        self.0.code.into()
    }

    /// What is wrong and what to do, in English. It may change; branch on the code.
    async fn message(&self) -> &str {
        &self.0.message
    }

    /// The value that is meant, from its argument inward, such as
    /// `["input", "duties", "3", "text"]`.
    async fn path(&self) -> &[String] {
        &self.0.path
    }
}

/// Why something was not written.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "RefusalCode")]
pub(crate) enum WriteErrorCode {
    /// A text that must not be blank is blank.
    Blank,
    /// A text is too long.
    TooLong,
    /// A list has too many items.
    LimitExceeded,
    /// A value that must stand there once stands there twice.
    Repeated,
    /// A value is outside of what is meaningful.
    Invalid,
    /// Somebody else has the value, which has to be the only one.
    Taken,
    /// There is nothing with this id.
    NotFound,
    /// Something else hangs on what is to be deleted.
    InUse,
    /// What is to be changed has another revision than `expectedRevision`; the payload shows it
    /// as it is.
    VersionConflict,
    /// Another write had the idempotency key.
    IdempotencyKeyReused,
    /// A write with the idempotency key runs at this moment; ask again in a second.
    IdempotencyInProgress,
}
