//! The parts of a document in the order of its text. The parser keeps them in maps, which have
//! another order each time, but the same text should be refused in the same words.

use async_graphql::parser::types::{ExecutableDocument, FragmentDefinition, OperationDefinition};
use async_graphql::{Name, Positioned};

/// An operation, and its name if it has one.
type Named<'d> = (Option<&'d Name>, &'d Positioned<OperationDefinition>);

/// All operations with their names.
pub(super) fn operations(document: &ExecutableDocument) -> Vec<Named<'_>> {
    let mut operations: Vec<_> = document.operations.iter().collect();
    operations.sort_unstable_by_key(|(_, operation)| operation.pos);
    operations
}

/// All fragments with their names.
pub(super) fn fragments(
    document: &ExecutableDocument,
) -> Vec<(&Name, &Positioned<FragmentDefinition>)> {
    let mut fragments: Vec<_> = document.fragments.iter().collect();
    fragments.sort_unstable_by_key(|(_, fragment)| fragment.pos);
    fragments
}
