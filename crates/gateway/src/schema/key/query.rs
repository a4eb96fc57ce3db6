//! The root field of keys.

use std::borrow::Cow;

use async_graphql::{Context, Object};
use domain::access::{AccessKey as Key, Scope};
use domain::read::page::fingerprint;
use domain::read::{Count, Cursor, Direction, Edge, Page, PageRequest};
use gateway_macros::written;
use persistence::PersistenceError;

use super::AccessKey;
use crate::cost;
use crate::error::ApiError;
use crate::plan::Arguments as _;
use crate::schema::connection::{Connection, PageArguments};
use crate::write::GraphContext as _;

/// The root field of keys.
#[derive(Default)]
pub(crate) struct KeyQuery;

#[written(root)]
#[Object]
impl KeyQuery {
    /// The keys by which callers are known, revoked ones as well, in the order in which they were
    /// made.
    #[graphql(
        directive = cost::Page::apply(),
        directive = cost::cache_control::apply(0)
    )]
    async fn keys(
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
    ) -> Result<Connection<'static, AccessKey>, ApiError> {
        let call = ctx.call();
        call.require(Scope::KeysManage)?;
        let page = PageArguments {
            first,
            after,
            last,
            before,
        };
        let request = page.request()?;
        let keys = call.access()?.keys.list_keys(call.principal).await?;
        Ok(Connection::of(Cow::Owned(page_of(keys, &request)?)))
    }
}

/// A page of all keys, which are few and are read as a whole.
fn page_of(keys: Vec<Key>, request: &PageRequest) -> Result<Page<Key>, PersistenceError> {
    let total = Count::capped(u64::try_from(keys.len()).unwrap_or(u64::MAX));
    let mut edges: Vec<Edge<Key>> = keys.into_iter().map(edge).collect();
    let PageRequest {
        direction,
        limit,
        cursor,
    } = request;
    let place = cursor.as_ref().map(|cursor| {
        let place = edges.iter().position(|edge| edge.cursor == *cursor);
        place.ok_or(PersistenceError::CursorMismatch)
    });
    let (place, limit) = (place.transpose()?, usize::try_from(*limit).unwrap_or(0));
    let count = edges.len();
    let (start, end) = match direction {
        Direction::Forward => {
            let start = place.map_or(0, |place| place + 1);
            (start, count.min(start + limit))
        }
        Direction::Backward => {
            let end = place.unwrap_or(count);
            (end.saturating_sub(limit), end)
        }
    };
    Ok(Page {
        edges: edges.drain(start..end).collect(),
        has_next: end < count,
        has_previous: start > 0,
        total: Some(total),
    })
}

fn edge(key: Key) -> Edge<Key> {
    let cursor = Cursor {
        fingerprint: fingerprint("keys"),
        keys: vec![key.id.to_string()],
    };
    Edge { cursor, node: key }
}
