//! The root fields of categories.

use std::borrow::Cow;

use async_graphql::{Context, Object};
use domain::read::CategoriesRequest;
use gateway_macros::written;

use super::Category;
use super::filter::{CategoryBy, CategoryFilter};
use crate::cost;
use crate::error::ApiError;
use crate::plan::{self, Arguments as _};
use crate::schema::connection::{Connection, PageArguments};
use crate::write::{Call, GraphContext as _};

/// The root fields of categories.
#[derive(Default)]
pub(crate) struct CategoryQuery;

#[written(root)]
#[Object]
impl CategoryQuery {
    /// The category that `by` names; null when there is none.
    async fn category(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which category.")] by: CategoryBy,
    ) -> Option<Result<Category<'static>, ApiError>> {
        find(&ctx.call(), by).await.transpose()
    }

    /// Categories, by name.
    #[graphql(directive = cost::Page::apply())]
    async fn categories(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which categories; all of them when it is left out.")] filter: Option<
            CategoryFilter,
        >,
        #[graphql(desc = "The size of a page from the start: 0 to 100, 20 by default.")]
        first: Option<i32>,
        #[graphql(desc = "Start behind this cursor.")] after: Option<String>,
        #[graphql(desc = "The size of a page from the end, in place of `first`: 0 to 100.")]
        last: Option<i32>,
        #[graphql(desc = "End before this cursor; goes together with `last`.")] before: Option<
            String,
        >,
    ) -> Result<Connection<'static, Category<'static>>, ApiError> {
        let page = PageArguments {
            first,
            after,
            last,
            before,
        };
        let call = ctx.call();
        let request = CategoriesRequest {
            filter: filter.map(Into::into).unwrap_or_default(),
            page: page.request()?,
        };
        let wanted = plan::page::<Category<'_>, _, _>(call.field(), request, plan::category);
        let page = call.reads.categories_page(&wanted).await?;
        Ok(Connection::of(Cow::Owned(page)))
    }
}

async fn find(call: &Call<'_>, by: CategoryBy) -> Result<Option<Category<'static>>, ApiError> {
    let parts = plan::category(call.field());
    let found = call.reads.find_category(&by.try_into()?, &parts).await?;
    Ok(found.map(|tree| Category(Cow::Owned(tree))))
}
