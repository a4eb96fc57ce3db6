//! The root fields of questions.

use std::borrow::Cow;

use async_graphql::{Context, Object};
use domain::read::FaqsRequest;

use super::Faq;
use super::filter::FaqFilter;
use crate::cost;
use crate::error::ApiError;
use crate::plan::{self, Arguments as _, Field};
use crate::schema::GraphContext as _;
use crate::schema::connection::{Connection, PageArguments};

/// The root fields of questions.
#[derive(Default)]
pub(crate) struct FaqQuery;

#[Object]
impl FaqQuery {
    /// Questions about published roles, by the text of the question.
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
    ) -> Result<Connection<Faq<'static>>, ApiError> {
        let page = PageArguments {
            first,
            after,
            last,
            before,
        };
        let request = FaqsRequest {
            filter: filter
                .map(TryInto::try_into)
                .transpose()?
                .unwrap_or_default(),
            page: page.request()?,
        };
        let wanted = plan::page::<Faq<'_>, _, _>(Field::current(ctx), request, plan::faq);
        let page = ctx.reads().published_faqs_page(&wanted).await?;
        Ok(Connection::of(Cow::Owned(page)))
    }
}
