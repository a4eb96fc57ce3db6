//! The root fields of schemes and concepts.

use std::borrow::Cow;

use async_graphql::{Context, Object};
use gateway_macros::written;

use super::filter::{ConceptBy, SchemeBy};
use super::{Concept, Scheme};
use crate::cost;
use crate::error::ApiError;
use crate::plan::{self, Arguments as _};
use crate::schema::connection::{Connection, PageArguments};
use crate::write::{Call, GraphContext as _};

/// The root fields of schemes and concepts.
#[derive(Default)]
pub(crate) struct ConceptQuery;

#[written(root)]
#[Object]
impl ConceptQuery {
    /// The outside scheme that `by` names; null when it was never imported.
    async fn scheme(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which scheme.")] by: SchemeBy,
    ) -> Option<Result<Scheme<'static>, ApiError>> {
        find_scheme(&ctx.call(), by).await.transpose()
    }

    /// The outside schemes that were imported, by key.
    #[graphql(directive = cost::Page::apply())]
    async fn schemes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The size of a page from the start: 0 to 100, 20 by default.")]
        first: Option<i32>,
        #[graphql(desc = "Start behind this cursor.")] after: Option<String>,
        #[graphql(desc = "The size of a page from the end, in place of `first`: 0 to 100.")]
        last: Option<i32>,
        #[graphql(desc = "End before this cursor; goes together with `last`.")] before: Option<
            String,
        >,
    ) -> Result<Connection<'static, Scheme<'static>>, ApiError> {
        let page = PageArguments {
            first,
            after,
            last,
            before,
        };
        let call = ctx.call();
        let request = page.request()?;
        let wanted = plan::page::<Scheme<'_>, _, _>(call.field(), request, plan::scheme);
        let page = call.reads.schemes_page(&wanted).await?;
        Ok(Connection::of(Cow::Owned(page)))
    }

    /// The concept of an outside scheme that `by` names; null when it was never imported.
    async fn concept(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which concept.")] by: ConceptBy,
    ) -> Option<Result<Concept<'static>, ApiError>> {
        find_concept(&ctx.call(), by).await.transpose()
    }
}

async fn find_scheme(call: &Call<'_>, by: SchemeBy) -> Result<Option<Scheme<'static>>, ApiError> {
    let parts = plan::scheme(call.field());
    let found = call.reads.find_scheme(&by.try_into()?, &parts).await?;
    Ok(found.map(|tree| Scheme(Cow::Owned(tree))))
}

async fn find_concept(
    call: &Call<'_>,
    by: ConceptBy,
) -> Result<Option<Concept<'static>>, ApiError> {
    let parts = plan::concept(call.field());
    let found = call.reads.find_concept(&by.try_into()?, &parts).await?;
    Ok(found.map(|tree| Concept(Cow::Owned(tree))))
}
