//! The server itself.

use async_graphql::{Context, Object, SimpleObject};
use domain::read::page::{DEFAULT_PAGE_SIZE, MAX_COUNT, MAX_PAGE_SIZE};

use super::GraphContext as _;
use super::connection::MAX_INPUT_ITEMS;
use super::node::MAX_NODES;
use super::nullable;
use super::scalar::{BigInt, int};
use crate::cost;
use crate::error::ApiError;
use crate::settings::GatewaySettings;

/// The root field of the server.
#[derive(Default)]
pub(crate) struct ServerQuery;

#[Object]
impl ServerQuery {
    /// The server that answers.
    #[expect(clippy::unused_self, reason = "a root object holds nothing")]
    fn server<'c>(&self, ctx: &Context<'c>) -> ServerInfo<'c> {
        ServerInfo {
            version: env!("CARGO_PKG_VERSION"),
            settings: ctx.data_unchecked(),
        }
    }
}

/// The server that answers.
struct ServerInfo<'s> {
    version: &'static str,
    settings: &'s GatewaySettings,
}

/// The server that answers: which version, from which state of the catalogue, within which
/// limits.
#[Object(directive = cost::cost::apply(0))]
impl ServerInfo<'_> {
    /// The version of the server software.
    fn version(&self) -> &str {
        self.version
    }

    /// Grows with every committed change of the catalogue, from 0; null when the catalogue cannot
    /// be read.
    #[graphql(directive = cost::cost::apply(1))]
    async fn catalogue_version(&self, ctx: &Context<'_>) -> Option<Result<BigInt, ApiError>> {
        let version = ctx.reads().catalogue_version().await;
        let version = version.map(|version| BigInt(i64::try_from(version).unwrap_or(i64::MAX)));
        nullable(version)
    }

    /// What the server accepts and gives at most.
    fn limits(&self) -> ServerLimits {
        let settings = self.settings;
        ServerLimits {
            default_page_size: int(DEFAULT_PAGE_SIZE),
            max_page_size: int(MAX_PAGE_SIZE),
            max_count: int(MAX_COUNT),
            max_nodes: int(MAX_NODES),
            max_input_items: int(MAX_INPUT_ITEMS),
            request_bytes: int(settings.edge.body_bytes),
            document_bytes: int(settings.limits.document_bytes),
            nesting: int(settings.limits.nesting),
            deadline_ms: int(settings.execution.deadline.as_millis()),
        }
    }
}

/// What a server accepts and gives at most.
#[derive(SimpleObject)]
#[graphql(directive = cost::cost::apply(0))]
struct ServerLimits {
    /// How many items a page has when the query does not say.
    default_page_size: i32,
    /// The largest number of items of a page.
    max_page_size: i32,
    /// Where counting stops.
    max_count: i32,
    /// The largest number of ids that `nodes` looks up at once.
    max_nodes: i32,
    /// The largest number of items of a list in the input.
    max_input_items: i32,
    /// The largest number of bytes of the body of a request.
    request_bytes: i32,
    /// The largest number of bytes of a document.
    document_bytes: i32,
    /// The largest number of brackets of a document that are open at the same time.
    nesting: i32,
    /// How long an operation may run, in milliseconds.
    deadline_ms: i32,
}
