//! How large a document may be.

/// The limits of a document and of the values that come with it; `docs/limits.md` compares them
/// with those of other servers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentLimits {
    /// Bytes of the text.
    pub document_bytes: usize,
    /// Tokens of the text.
    pub tokens: usize,
    /// Brackets that are open at the same time, of all kinds together.
    pub nesting: usize,
    /// Definitions of fragments.
    pub fragments: usize,
    /// Fields when every fragment stands where it is used.
    pub fields: usize,
    /// Aliases, counted like fields.
    pub aliases: usize,
    /// Fields of an operation itself.
    pub root_fields: usize,
    /// Directives in all places, counted like fields.
    pub directives: usize,
    /// Directives in one place.
    pub directives_per_place: usize,
    /// Fields inside of fields.
    pub depth: usize,
    /// Lists and objects inside of each other, in literals and variables.
    pub value_depth: usize,
    /// Items of one list, in literals and variables.
    pub list_items: usize,
    /// Fields inside of fields, from `__schema` or `__type`.
    pub introspection_depth: usize,
    /// Fields named `ofType` inside of each other.
    pub of_type_chain: usize,
    /// Bytes of parsed documents that are kept.
    pub cache_bytes: usize,
}

impl Default for DocumentLimits {
    fn default() -> Self {
        Self {
            document_bytes: 16 * 1024,
            tokens: 1_000,
            nesting: 32,
            fragments: 64,
            fields: 1_000,
            aliases: 30,
            root_fields: 20,
            directives: 50,
            directives_per_place: 4,
            depth: 12,
            value_depth: 32,
            list_items: 250,
            introspection_depth: 20,
            of_type_chain: 16,
            cache_bytes: 16 * 1024 * 1024,
        }
    }
}
