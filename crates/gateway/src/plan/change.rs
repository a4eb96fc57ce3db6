//! What selections of changes need.

use domain::read::{Merge as _, RoleParts};

use super::node::{NodeParts, node};
use super::{Field, role};

/// What a page of changes needs besides their rows.
#[derive(Debug, Default)]
pub(crate) struct ChangesParts {
    /// Whether the changes are counted.
    pub(crate) total: bool,
    /// What is wanted of what has changed; `None` when it is not looked up at all.
    pub(crate) node: Option<NodeParts>,
}

/// The parts of a page of changes that `field` selects.
pub(crate) fn changes(field: Field<'_>) -> ChangesParts {
    let mut parts = ChangesParts::default();
    for child in field.children("ChangeConnection") {
        match child.name() {
            "totalCount" => parts.total = true,
            "nodes" => parts.node.merge(changed(child)),
            "edges" => {
                let edges = child.children("ChangeEdge");
                edges
                    .filter(|child| child.name() == "node")
                    .for_each(|child| parts.node.merge(changed(child)));
            }
            _ => {}
        }
    }
    parts
}

/// What `field`, which leads to a change, selects of what has changed.
pub(crate) fn changed(field: Field<'_>) -> Option<NodeParts> {
    let mut parts: Option<NodeParts> = None;
    for child in field.children("Change") {
        if child.name() == "node" {
            parts.merge(Some(node(child)));
        }
    }
    parts
}

/// What `field`, which leads to a change of a role, selects of the role.
pub(crate) fn role_of_change(field: Field<'_>) -> RoleParts {
    let mut parts = RoleParts::default();
    for child in field.children("RoleChange") {
        if child.name() == "role" {
            parts.merge(role(child));
        }
    }
    parts
}
