//! The stable names of errors, on which clients branch.

use serde::Serialize;

/// What kind of error it is; every code is documented and never changes its meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum ErrorCode {
    /// The document is not GraphQL.
    GraphqlParseFailed,
    /// The document breaks a rule of GraphQL or does not fit the schema.
    GraphqlValidationFailed,
    /// The operation to run is unknown or ambiguous.
    OperationResolutionFailure,
    /// The request is not well formed.
    BadRequest,
    /// The value of an argument or variable cannot be used.
    BadUserInput,
    /// The document has too many bytes.
    LimitDocumentBytes,
    /// Brackets of the document are nested too deeply.
    LimitNesting,
    /// The body of the request has too many bytes.
    BodyTooLarge,
    /// The operation took too long.
    Timeout,
    /// The database cannot be reached for now.
    Unavailable,
    /// The server failed.
    InternalServerError,
}

/// Which rule a `BAD_USER_INPUT` broke.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum Reason {
    /// The text is not an id, or the id of another kind of thing.
    IdInvalid,
    /// The value does not have the form that its type asks for.
    ValueInvalid,
    /// A variable that must have a value has none.
    VariableMissing,
    /// A list has too many items.
    ListItems,
    /// The size of a page or cut is out of range.
    PageSize,
    /// The arguments of a page contradict each other.
    PageArguments,
    /// The text is not a cursor of this server.
    CursorInvalid,
    /// The cursor belongs to another order or filter.
    CursorMismatch,
}
