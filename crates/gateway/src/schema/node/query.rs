//! Root fields that look up whatever has an id.

use std::borrow::Cow;

use async_graphql::{Context, ID, Object};
use domain::read::{CategoryTree, FaqTree, RoleTree, SkillTree};
use gateway_macros::written;

use super::id::NodeId;
use super::{Category, Faq, Node, Role, Skill};
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
    /// Whatever has this id; null when there is nothing or it is not public.
    async fn node(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of a role, category, skill or question.")] id: ID,
    ) -> Option<Result<Node, ApiError>> {
        let found = nodes(&ctx.call(), &[id]).await;
        found
            .map(|nodes| nodes.into_iter().next().flatten())
            .transpose()
    }

    /// Whatever has these ids, in their order; null in the place of an id when there is nothing
    /// or it is not public.
    #[graphql(directive = cost::SizedBy::apply("ids", None))]
    async fn nodes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Ids of roles, categories, skills and questions; at most 50.")] ids: Vec<
            ID,
        >,
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
    let found = Found::load(call, &ids).await?;
    Ok(ids.into_iter().map(|id| found.node(id)).collect())
}

/// What was found, by kind and in no particular order.
struct Found {
    roles: Vec<RoleTree>,
    categories: Vec<CategoryTree>,
    skills: Vec<SkillTree>,
    faqs: Vec<FaqTree>,
}

impl Found {
    /// Runs one statement for each kind that the ids name.
    async fn load(call: &Call<'_>, ids: &[NodeId]) -> Result<Self, ApiError> {
        let (mut roles, mut categories) = (Vec::new(), Vec::new());
        let (mut skills, mut faqs) = (Vec::new(), Vec::new());
        for id in ids {
            match *id {
                NodeId::Role(id) => roles.push(id),
                NodeId::Category(id) => categories.push(id),
                NodeId::Skill(id) => skills.push(id),
                NodeId::Faq(id) => faqs.push(id),
            }
        }
        let (reads, field) = (call.reads, call.field());
        let role_parts = plan::role(field);
        let category_parts = plan::category(field);
        let skill_parts = plan::skill(field);
        let faq_parts = plan::faq(field);
        let (roles, categories, skills, faqs) = tokio::try_join!(
            reads.published_roles_of_ids(&roles, &role_parts),
            reads.categories_of_ids(&categories, &category_parts),
            reads.skills_of_ids(&skills, &skill_parts),
            reads.published_faqs_of_ids(&faqs, &faq_parts),
        )?;
        Ok(Self {
            roles,
            categories,
            skills,
            faqs,
        })
    }

    /// What the id names. Trees are copied, because an id may stand in the list twice.
    fn node(&self, id: NodeId) -> Option<Node> {
        match id {
            NodeId::Role(id) => {
                let found = self.roles.iter().find(|tree| tree.role.id == id)?;
                Some(Node::Role(Box::new(Role(Cow::Owned(found.clone())))))
            }
            NodeId::Category(id) => {
                let found = self.categories.iter().find(|tree| tree.category.id == id)?;
                Some(Node::Category(Category(Cow::Owned(found.clone()))))
            }
            NodeId::Skill(id) => {
                let found = self.skills.iter().find(|tree| tree.skill.id == id)?;
                Some(Node::Skill(Skill(Cow::Owned(found.clone()))))
            }
            NodeId::Faq(id) => {
                let found = self.faqs.iter().find(|tree| tree.faq.id == id)?;
                Some(Node::Faq(Faq(Cow::Owned(found.clone()))))
            }
        }
    }
}
