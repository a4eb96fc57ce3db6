//! The stable names of errors, on which clients branch.

use serde::{Serialize, Serializer};

/// Declares the codes with their names, so that no code can be forgotten in a list of them.
macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $code:ident = $name:literal,)+) => {
        /// What kind of error it is; every code is documented in `docs/errors.md` and never
        /// changes its meaning.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub(crate) enum ErrorCode {
            $($(#[doc = $doc])+ $code,)+
        }

        impl ErrorCode {
            /// Every code.
            #[cfg(test)]
            pub(crate) const ALL: &[Self] = &[$(Self::$code,)+];

            /// The name that clients see.
            pub(crate) const fn name(self) -> &'static str {
                match self {
                    $(Self::$code => $name,)+
                }
            }
        }
    };
}

codes! {
    /// The document is not GraphQL.
    GraphqlParseFailed = "GRAPHQL_PARSE_FAILED",
    /// The document breaks a rule of GraphQL or does not fit the schema.
    GraphqlValidationFailed = "GRAPHQL_VALIDATION_FAILED",
    /// The operation to run is unknown or ambiguous.
    OperationResolutionFailure = "OPERATION_RESOLUTION_FAILURE",
    /// The schema is not shown here.
    IntrospectionDisabled = "INTROSPECTION_DISABLED",
    /// The request is not well formed.
    BadRequest = "BAD_REQUEST",
    /// The value of an argument or variable cannot be used.
    BadUserInput = "BAD_USER_INPUT",
    /// The changes behind the cursor are not kept any more.
    CursorExpired = "CURSOR_EXPIRED",
    /// The document has too many bytes.
    LimitDocumentBytes = "LIMIT_DOCUMENT_BYTES",
    /// The document has too many tokens.
    LimitTokens = "LIMIT_TOKENS",
    /// Brackets of the document are nested too deeply.
    LimitNesting = "LIMIT_NESTING",
    /// The document defines too many fragments.
    LimitFragments = "LIMIT_FRAGMENTS",
    /// The document selects too many fields.
    LimitFields = "LIMIT_FIELDS",
    /// The document has too many aliases.
    LimitAliases = "LIMIT_ALIASES",
    /// An operation selects too many fields of its root.
    LimitRootFields = "LIMIT_ROOT_FIELDS",
    /// The document has too many directives, in all or in one place.
    LimitDirectives = "LIMIT_DIRECTIVES",
    /// Fields are selected too deeply inside of each other.
    LimitDepth = "LIMIT_DEPTH",
    /// Lists and objects of a value are nested too deeply.
    LimitValueDepth = "LIMIT_VALUE_DEPTH",
    /// A list of a value has too many items.
    LimitListItems = "LIMIT_LIST_ITEMS",
    /// The document asks for more of the schema than any tool needs.
    LimitIntrospection = "LIMIT_INTROSPECTION",
    /// The operation costs too much, or its answer has too many objects.
    CostLimitExceeded = "COST_LIMIT_EXCEEDED",
    /// The caller has used up its budget, or runs too many operations at once.
    RateLimited = "RATE_LIMITED",
    /// Credentials are missing or do not hold.
    Unauthenticated = "UNAUTHENTICATED",
    /// The caller may not do this.
    Forbidden = "FORBIDDEN",
    /// No document has this hash; send it together with its text.
    PersistedQueryNotFound = "PERSISTED_QUERY_NOT_FOUND",
    /// Only trusted documents are answered here.
    DocumentNotTrusted = "DOCUMENT_NOT_TRUSTED",
    /// Other writes got in the way, again and again.
    Conflict = "CONFLICT",
    /// There is nothing at this address.
    NotFound = "NOT_FOUND",
    /// The body of the request has too many bytes.
    BodyTooLarge = "BODY_TOO_LARGE",
    /// The answer has too many bytes.
    ResponseTooLarge = "RESPONSE_TOO_LARGE",
    /// The operation or the request took too long.
    Timeout = "TIMEOUT",
    /// The catalogue has not reached the version that the request asks for.
    VersionNotReached = "VERSION_NOT_REACHED",
    /// The server or its database has no room for the request, or is stopping.
    Unavailable = "UNAVAILABLE",
    /// The server failed.
    InternalServerError = "INTERNAL_SERVER_ERROR",
}

impl Serialize for ErrorCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
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
    /// A text has too many characters.
    TextLength,
    /// A query has too many terms.
    QueryTerms,
    /// The size of a page, facet or list is out of range.
    PageSize,
    /// The arguments of a page contradict each other.
    PageArguments,
    /// The text is not a cursor of this server.
    CursorInvalid,
    /// The cursor belongs to another query, order or filter.
    CursorMismatch,
}
