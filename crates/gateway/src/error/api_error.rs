//! What a resolver may fail with.

use std::error::Error;
use std::sync::Arc;

use app::AppError;
use domain::access::Scope;
use domain::read::page::InvalidPage;
use domain::read::{FeedPlace, InvalidPlace, NotLoaded};
use persistence::PersistenceError;
use search::query::InvalidQuery;

use super::{ErrorCode, Reason};

/// What a resolver may fail with.
///
/// Deliberately without `Display`: the engine sends the text of everything that can be displayed
/// to the client, and only what this module writes for clients may reach them.
#[derive(Clone, Debug)]
pub(crate) enum ApiError {
    /// The client sent something unusable and can fix it.
    BadInput {
        /// Which rule the value broke.
        reason: Reason,
        /// What was expected and what to do, written for the client.
        message: String,
    },
    /// Only somebody with a key may do this.
    Unauthenticated,
    /// The caller's key does not have this scope.
    Forbidden(Scope),
    /// Other writes got in the way, again and again.
    Conflict(Arc<PersistenceError>),
    /// The changes behind a cursor are not kept any more.
    CursorExpired {
        /// The cursor of the newest change, from which to go on after everything was read anew.
        head_cursor: String,
    },
    /// The connection was lost while a write was committed.
    OutcomeUnknown(Arc<PersistenceError>),
    /// The database cannot be reached for now.
    Unavailable(Arc<PersistenceError>),
    /// The database took too long.
    Timeout(Arc<PersistenceError>),
    /// The server failed; the cause goes to the log and not to the client.
    Internal(Arc<dyn Error + Send + Sync>),
}

impl ApiError {
    /// A value that the client can fix.
    pub(crate) fn bad_input(reason: Reason, message: impl Into<String>) -> Self {
        Self::BadInput {
            reason,
            message: message.into(),
        }
    }

    /// The stable name of the error.
    pub(crate) fn code(&self) -> ErrorCode {
        match self {
            Self::BadInput { .. } => ErrorCode::BadUserInput,
            Self::Unauthenticated => ErrorCode::Unauthenticated,
            Self::Forbidden(_) => ErrorCode::Forbidden,
            Self::Conflict(_) => ErrorCode::Conflict,
            Self::CursorExpired { .. } => ErrorCode::CursorExpired,
            Self::OutcomeUnknown(_) | Self::Unavailable(_) => ErrorCode::Unavailable,
            Self::Timeout(_) => ErrorCode::Timeout,
            Self::Internal(_) => ErrorCode::InternalServerError,
        }
    }

    /// What the client reads.
    pub(crate) fn message(&self) -> &str {
        match self {
            Self::BadInput { message, .. } => message,
            Self::Unauthenticated => "this needs a key: send one as Authorization: Bearer",
            Self::Forbidden(scope) => missing(*scope),
            Self::Conflict(_) => "other writes got in the way and nothing was written: try again",
            Self::CursorExpired { .. } => {
                "the changes behind this cursor are not kept any more: note headCursor, read the \
                 whole catalogue again, then go on from headCursor"
            }
            Self::OutcomeUnknown(_) => {
                "nobody knows whether this was written: send it again with its idempotency key"
            }
            Self::Unavailable(_) => "the catalogue is not available: try again later",
            Self::Timeout(_) => "the operation took too long: select less or try again later",
            Self::Internal(_) => "internal error",
        }
    }

    /// What the log reads; the client's own mistakes have no cause.
    pub(crate) fn cause(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::BadInput { .. }
            | Self::Unauthenticated
            | Self::Forbidden(_)
            | Self::CursorExpired { .. } => None,
            Self::Conflict(cause)
            | Self::OutcomeUnknown(cause)
            | Self::Unavailable(cause)
            | Self::Timeout(cause) => Some(cause.as_ref()),
            Self::Internal(cause) => Some(cause.as_ref()),
        }
    }
}

/// What is said to somebody whose key does not have a scope.
fn missing(scope: Scope) -> &'static str {
    match scope {
        Scope::RolesRead => "this needs a key with the scope roles:read",
        Scope::RolesWrite => "this needs a key with the scope roles:write",
        Scope::ChangesRead => "this needs a key with the scope changes:read",
        Scope::KeysManage => "this needs a key with the scope keys:manage",
        Scope::Admin => "this needs a key with the scope admin",
    }
}

impl From<AppError> for ApiError {
    fn from(error: AppError) -> Self {
        match error {
            AppError::Persistence(error) => error.into(),
            AppError::Forbidden(scope) => Self::Forbidden(scope),
            other => Self::Internal(Arc::new(other)),
        }
    }
}

impl From<PersistenceError> for ApiError {
    fn from(error: PersistenceError) -> Self {
        match error {
            PersistenceError::CursorMismatch => Self::bad_input(
                Reason::CursorMismatch,
                "the cursor belongs to another query, order or filter: start again without it",
            ),
            PersistenceError::Contention(_) => Self::Conflict(Arc::new(error)),
            PersistenceError::OutcomeUnknown(_) => Self::OutcomeUnknown(Arc::new(error)),
            PersistenceError::Unavailable(_)
            | PersistenceError::Busy(_)
            | PersistenceError::StorageFull(_)
            | PersistenceError::ReadOnly(_) => Self::Unavailable(Arc::new(error)),
            PersistenceError::CursorExpired { place: _, head } => Self::CursorExpired {
                head_cursor: FeedPlace(head).to_string(),
            },
            PersistenceError::Timeout(_) => Self::Timeout(Arc::new(error)),
            other => Self::Internal(Arc::new(other)),
        }
    }
}

/// A mistake in a fetch plan.
impl From<NotLoaded> for ApiError {
    fn from(error: NotLoaded) -> Self {
        Self::Internal(Arc::new(error))
    }
}

impl From<InvalidPage> for ApiError {
    fn from(error: InvalidPage) -> Self {
        let reason = match error {
            InvalidPage::FirstAndLast | InvalidPage::WrongCursor { .. } => Reason::PageArguments,
            InvalidPage::Size { .. } => Reason::PageSize,
            InvalidPage::Cursor { .. } => Reason::CursorInvalid,
        };
        Self::bad_input(reason, error.to_string())
    }
}

impl From<InvalidPlace> for ApiError {
    fn from(error: InvalidPlace) -> Self {
        match error {
            InvalidPlace::NoCursor(error) => {
                Self::bad_input(Reason::CursorInvalid, format!("after: {error}"))
            }
            InvalidPlace::OtherList => {
                Self::bad_input(Reason::CursorMismatch, format!("after: {error}"))
            }
        }
    }
}

impl From<InvalidQuery> for ApiError {
    fn from(error: InvalidQuery) -> Self {
        let reason = match error {
            InvalidQuery::TooLong { .. } => Reason::TextLength,
            InvalidQuery::TooManyTerms { .. } => Reason::QueryTerms,
        };
        Self::bad_input(reason, error.to_string())
    }
}

/// Carries the error through the engine; `GraphError` takes it out again.
impl From<ApiError> for async_graphql::Error {
    fn from(error: ApiError) -> Self {
        Self {
            message: error.message().to_owned(),
            source: Some(Arc::new(error)),
            extensions: None,
        }
    }
}
