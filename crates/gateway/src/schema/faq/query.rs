//! The root fields of questions.

use std::borrow::Cow;

use async_graphql::{Context, Object};
use domain::read::FaqsRequest;
use gateway_macros::written;

use super::Faq;
use super::filter::FaqFilter;
use crate::cost;
use crate::error::ApiError;
use crate::plan::{self, Arguments as _};
use crate::schema::connection::{Connection, PageArguments};
use crate::write::GraphContext as _;

/// The root fields of questions.
#[derive(Default)]
pub(crate) struct FaqQuery;

#[written(root)]
#[Object]
impl FaqQuery {
    /// Questions about roles that the caller may see, by the text of the question.
    #[graphql(directive = cost::Page::apply())]
    async fn faqs(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which questions; all of them when it is left out.")] filter: Option<
            FaqFilter,
        >,
        #[graphql(desc = "The size of a page from the start: 0 to 100, 20 by default.")]
        first: Option<i32>,
        #[graphql(desc = "Start behind this cursor.")] after: Option<String>,
        #[graphql(desc = "The size of a page from the end, in place of `first`: 0 to 100.")]
        last: Option<i32>,
        #[graphql(desc = "End before this cursor; goes together with `last`.")] before: Option<
            String,
        >,
    ) -> Result<Connection<'static, Faq<'static>>, ApiError> {
        let page = PageArguments {
            first,
            after,
            last,
            before,
        };
        let call = ctx.call();
        let request = FaqsRequest {
            filter: filter
                .map(TryInto::try_into)
                .transpose()?
                .unwrap_or_default(),
            page: page.request()?,
        };
        let wanted = plan::page::<Faq<'_>, _, _>(call.field(), request, plan::faq);
        let page = call.reads.visible_faqs_page(&wanted).await?;
        Ok(Connection::of(Cow::Owned(page)))
    }
}
