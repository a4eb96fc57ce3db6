//! How large a document is, in every way that has a limit.

/// How large a document is. All sums stop at the largest number that fits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Size {
    /// Bytes of the text.
    pub(crate) bytes: usize,
    /// Tokens of the text.
    pub(crate) tokens: usize,
    /// Brackets that are open at the same time.
    pub(crate) nesting: usize,
    /// Definitions of fragments.
    pub(crate) fragments: usize,
    /// Fields when every fragment stands where it is used, of all operations together and of the
    /// fragments that nothing uses; without those of the introspection.
    pub(crate) fields: usize,
    /// Aliases, counted in the same way.
    pub(crate) aliases: usize,
    /// Directives in all places, counted in the same way.
    pub(crate) directives: usize,
    /// Directives in the place that has most of them.
    pub(crate) directives_per_place: usize,
    /// Root fields of the operation that has most of them.
    pub(crate) root_fields: usize,
    /// Fields inside of fields; those of the introspection count as one.
    pub(crate) depth: usize,
    /// Selections inside of each other, those of fragments included.
    pub(crate) height: usize,
    /// Lists and objects inside of each other in literals.
    pub(crate) value_depth: usize,
    /// Items of the longest list in literals.
    pub(crate) list_items: usize,
    /// How often the rules of GraphQL look at something: at each field with its arguments and their
    /// values for each selection of the same object around it, and at fragments and variables for
    /// each operation that uses them.
    pub(crate) visits: usize,
    /// What is asked of the schema.
    pub(crate) introspection: IntrospectionSize,
}

/// How much a document asks of the schema.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct IntrospectionSize {
    /// Fields, counted as those outside of it.
    pub(crate) fields: usize,
    /// Fields inside of fields, from `__schema` or `__type`.
    pub(crate) depth: usize,
    /// Fields named `ofType` right inside of each other.
    pub(crate) of_type_chain: usize,
    /// Whether a list of the schema is selected inside of itself, as in `fields { type { fields`.
    pub(crate) repeated_list: bool,
}
