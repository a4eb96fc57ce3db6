//! The root fields of roles.

use std::borrow::Cow;

use async_graphql::{Context, Object};
use domain::read::AsOf;
use gateway_macros::written;

use super::lookup::RoleBy;
use super::revision::RoleAsOf;
use super::{Role, RoleFilter, RoleOrder, RolesArguments};
use crate::cost;
use crate::error::ApiError;
use crate::plan::{self, Arguments as _};
use crate::schema::connection::{Connection, PageArguments};
use crate::write::{Call, GraphContext as _};

/// The root fields of roles.
#[derive(Default)]
pub(crate) struct RoleQuery;

#[written(root)]
#[Object]
impl RoleQuery {
    /// The role that `by` names; null when there is none that the caller may see. With `asOf` the
    /// role as it was: null when everyone could not see it then.
    async fn role(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which role, as it is named now.")] by: RoleBy,
        #[graphql(
            desc = "A state of its past: see `Role.revisions`. What it led to is shown as it is now, without what is gone or what the caller may not see. The role as it is now when it is left out."
        )]
        as_of: Option<RoleAsOf>,
    ) -> Option<Result<Role<'static>, ApiError>> {
        find(&ctx.call(), by, as_of).await.transpose()
    }

    /// Roles that the caller may see, by title unless `orderBy` says otherwise.
    #[expect(
        clippy::too_many_arguments,
        reason = "a connection with filter and order"
    )]
    #[graphql(directive = cost::Page::apply())]
    async fn roles(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which roles; all of them when it is left out.")] filter: Option<
            RoleFilter,
        >,
        #[graphql(desc = "In which order; by title when it is left out.")] order_by: Option<
            RoleOrder,
        >,
        #[graphql(desc = "The size of a page from the start: 0 to 100, 20 by default.")]
        first: Option<i32>,
        #[graphql(desc = "Start behind this cursor.")] after: Option<String>,
        #[graphql(desc = "The size of a page from the end, in place of `first`: 0 to 100.")]
        last: Option<i32>,
        #[graphql(desc = "End before this cursor; goes together with `last`.")] before: Option<
            String,
        >,
    ) -> Result<Connection<'static, Role<'static>>, ApiError> {
        let page = PageArguments {
            first,
            after,
            last,
            before,
        };
        let arguments = RolesArguments {
            filter,
            order_by,
            page,
        };
        let call = ctx.call();
        let wanted = plan::page::<Role<'_>, _, _>(call.field(), arguments.request()?, plan::role);
        let page = call.reads.visible_roles_page(&wanted).await?;
        Ok(Connection::of(Cow::Owned(page)))
    }
}

async fn find(
    call: &Call<'_>,
    by: RoleBy,
    as_of: Option<RoleAsOf>,
) -> Result<Option<Role<'static>>, ApiError> {
    let (by, parts) = (by.try_into()?, plan::role(call.field()));
    let found = match as_of.map(AsOf::from) {
        None => call.reads.find_visible_role(&by, &parts).await?,
        Some(as_of) => {
            call.reads
                .find_visible_role_as_of(&by, as_of, &parts)
                .await?
        }
    };
    Ok(found.map(|tree| Role(Cow::Owned(tree))))
}
