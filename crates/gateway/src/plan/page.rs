//! Plans for pages.

use domain::read::{Connection, Merge};

use super::Field;
use crate::error::ApiError;
use crate::schema::connection::Listed;
use crate::selection::Unreadable;

/// The arguments of a connection, read by the plan and by the resolver alike: a page is found
/// under the request that was planned for it.
pub(crate) trait Arguments: Sized {
    /// What the arguments ask for.
    type Request;

    /// The arguments of a field that is still to be resolved.
    fn of(field: Field<'_>) -> Result<Self, Unreadable>;

    /// The request that the arguments make.
    fn request(self) -> Result<Self::Request, ApiError>;
}

/// What a page needs: `node` plans what is wanted of each of its nodes.
pub(crate) fn page<N: Listed, R, P: Merge + Default>(
    field: Field<'_>,
    request: R,
    node: impl Fn(Field<'_>) -> P,
) -> Connection<R, P> {
    let mut planned = Connection {
        request,
        total: false,
        node: P::default(),
    };
    for child in field.children(N::CONNECTION) {
        match child.name() {
            "totalCount" => planned.total = true,
            "nodes" => planned.node.merge(node(child)),
            "edges" => {
                let edges = child.children(N::EDGE);
                edges
                    .filter(|child| child.name() == "node")
                    .for_each(|child| planned.node.merge(node(child)));
            }
            _ => {}
        }
    }
    planned
}

/// What a page below the root field needs: nothing when its arguments cannot be used, because
/// the field will say so itself.
pub(super) fn nested<N: Listed, A: Arguments, P: Merge + Default>(
    field: Field<'_>,
    node: impl Fn(Field<'_>) -> P,
) -> Vec<Connection<A::Request, P>> {
    let request = A::of(field).ok().and_then(|found| found.request().ok());
    request
        .map(|request| page::<N, _, _>(field, request, node))
        .into_iter()
        .collect()
}
