//! Root fields that look up whatever has an id.

use async_graphql::{Context, ID, Object};
use gateway_macros::written;

use super::{Found, Node, NodeId};
use crate::cost;
use crate::error::{ApiError, Reason};
use crate::plan;
use crate::write::{Call, GraphContext as _};

/// The largest number of ids that `nodes` looks up at once.
pub(crate) const MAX_NODES: usize = 50;

/// Root fields that look up whatever has an id.
#[derive(Default)]
pub(crate) struct NodeQuery;

#[written(root)]
#[Object]
impl NodeQuery {
    /// Whatever has this id; null when there is nothing that the caller may see.
    async fn node(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of a role, category, skill, question, concept or scheme.")] id: ID,
    ) -> Option<Result<Node, ApiError>> {
        let found = nodes(&ctx.call(), &[id]).await;
        found
            .map(|nodes| nodes.into_iter().next().flatten())
            .transpose()
    }

    /// Whatever has these ids, in their order; null in the place of an id when there is nothing
    /// that the caller may see.
    #[graphql(directive = cost::SizedBy::apply("ids", None))]
    async fn nodes(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Ids of roles, categories, skills, questions, concepts and schemes; at most 50."
        )]
        ids: Vec<ID>,
    ) -> Result<Vec<Option<Node>>, ApiError> {
        if ids.len() > MAX_NODES {
            let message = format!(
                "ids has {} items: at most {MAX_NODES} are allowed",
                ids.len()
            );
            return Err(ApiError::bad_input(Reason::ListItems, message));
        }
        nodes(&ctx.call(), &ids).await
    }
}

async fn nodes(call: &Call<'_>, ids: &[ID]) -> Result<Vec<Option<Node>>, ApiError> {
    let ids: Vec<NodeId> = ids.iter().map(NodeId::parse).collect::<Result<_, _>>()?;
    let parts = plan::node(call.field());
    let found = Found::load(call.reads, ids.iter().copied(), &parts).await?;
    Ok(ids.into_iter().map(|id| found.node(id)).collect())
}
