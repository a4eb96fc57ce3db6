//! The parts of a document in the order of its text. The parser keeps them in maps, which have
//! another order each time, but the same text should be refused in the same words.

use async_graphql::parser::types::{ExecutableDocument, FragmentDefinition, OperationDefinition};
use async_graphql::{Name, Positioned};

/// All operations.
pub(super) fn operations(document: &ExecutableDocument) -> Vec<&Positioned<OperationDefinition>> {
    let operations = document.operations.iter();
    let mut operations: Vec<_> = operations.map(|(_, operation)| operation).collect();
    operations.sort_unstable_by_key(|operation| operation.pos);
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
