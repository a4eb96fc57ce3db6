//! The root fields of skills.

use std::borrow::Cow;

use async_graphql::{Context, Object};
use domain::read::SkillsRequest;
use gateway_macros::written;

use super::Skill;
use super::filter::{SkillBy, SkillFilter};
use crate::cost;
use crate::error::ApiError;
use crate::plan::{self, Arguments as _};
use crate::schema::connection::{Connection, PageArguments};
use crate::write::{Call, GraphContext as _};

/// The root fields of skills.
#[derive(Default)]
pub(crate) struct SkillQuery;

#[written(root)]
#[Object]
impl SkillQuery {
    /// The skill that `by` names; null when there is none.
    async fn skill(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which skill.")] by: SkillBy,
    ) -> Option<Result<Skill<'static>, ApiError>> {
        find(&ctx.call(), by).await.transpose()
    }

    /// Skills, by name.
    #[graphql(directive = cost::Page::apply())]
    async fn skills(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which skills; all of them when it is left out.")] filter: Option<
            SkillFilter,
        >,
        #[graphql(desc = "The size of a page from the start: 0 to 100, 20 by default.")]
        first: Option<i32>,
        #[graphql(desc = "Start behind this cursor.")] after: Option<String>,
        #[graphql(desc = "The size of a page from the end, in place of `first`: 0 to 100.")]
        last: Option<i32>,
        #[graphql(desc = "End before this cursor; goes together with `last`.")] before: Option<
            String,
        >,
    ) -> Result<Connection<'static, Skill<'static>>, ApiError> {
        let page = PageArguments {
            first,
            after,
            last,
            before,
        };
        let call = ctx.call();
        let request = SkillsRequest {
            filter: filter
                .map(TryInto::try_into)
                .transpose()?
                .unwrap_or_default(),
            page: page.request()?,
        };
        let wanted = plan::page::<Skill<'_>, _, _>(call.field(), request, plan::skill);
        let page = call.reads.skills_page(&wanted).await?;
        Ok(Connection::of(Cow::Owned(page)))
    }
}

async fn find(call: &Call<'_>, by: SkillBy) -> Result<Option<Skill<'static>>, ApiError> {
    let parts = plan::skill(call.field());
    let found = call.reads.find_skill(&by.try_into()?, &parts).await?;
    Ok(found.map(|tree| Skill(Cow::Owned(tree))))
}
