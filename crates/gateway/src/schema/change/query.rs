//! The root field of changes.

use async_graphql::{Context, Object};
use domain::access::Scope;
use domain::read::page::{DEFAULT_PAGE_SIZE, InvalidPage, MAX_PAGE_SIZE};
use domain::read::{ChangesRequest, FeedPlace};
use gateway_macros::written;

use super::connection::ChangeConnection;
use super::{Change, ChangeEntity};
use crate::cost;
use crate::error::ApiError;
use crate::plan;
use crate::schema::connection::list_input;
use crate::write::{Call, GraphContext as _};

/// The root field of changes.
#[derive(Default)]
pub(crate) struct ChangeQuery;

#[written(root)]
#[Object]
impl ChangeQuery {
    /// What was committed, in the order of the commits: every change once, and none left out.
    /// Changes are kept for a time that the operator chooses, 90 days by default; a cursor that is
    /// older is refused with `CURSOR_EXPIRED`.
    #[graphql(directive = cost::Page::apply())]
    async fn changes(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Start behind this cursor, whatever `entities` it was given out with; with the oldest change that is kept when it is left out."
        )]
        after: Option<String>,
        #[graphql(desc = "The size of the page: 0 to 100, 20 by default.")] first: Option<i32>,
        #[graphql(desc = "Changes of these kinds only; of all kinds when it is left out.")]
        entities: Option<Vec<ChangeEntity>>,
    ) -> Result<ChangeConnection, ApiError> {
        let call = ctx.call();
        call.require(Scope::ChangesRead)?;
        let request = ChangesRequest {
            after: after.as_deref().map(place).transpose()?,
            entities: kinds(entities)?,
            limit: size(first)?,
            total: false,
        };
        page(&ctx.call(), request).await
    }
}

async fn page(call: &Call<'_>, request: ChangesRequest) -> Result<ChangeConnection, ApiError> {
    let parts = plan::changes(call.field());
    let request = ChangesRequest {
        total: parts.total,
        ..request
    };
    let page = call.reads.changes_page(&request).await?;
    let changes = Change::of_all(page.changes.clone(), parts.node.as_ref(), call.reads).await?;
    Ok(ChangeConnection { page, changes })
}

/// The place that a cursor marks.
pub(super) fn place(cursor: &str) -> Result<FeedPlace, ApiError> {
    Ok(FeedPlace::parse(cursor)?)
}

/// The kinds that are wanted, each once.
pub(super) fn kinds(
    entities: Option<Vec<ChangeEntity>>,
) -> Result<Vec<domain::change::ChangeEntity>, ApiError> {
    let mut entities = list_input("entities", entities, |entity| entity)?;
    entities.sort_unstable();
    entities.dedup();
    Ok(entities.into_iter().map(Into::into).collect())
}

fn size(first: Option<i32>) -> Result<u32, InvalidPage> {
    let Some(first) = first else {
        return Ok(DEFAULT_PAGE_SIZE);
    };
    let size = u32::try_from(first).ok();
    size.filter(|size| *size <= MAX_PAGE_SIZE)
        .ok_or(InvalidPage::Size {
            argument: "first",
            value: first.into(),
        })
}
