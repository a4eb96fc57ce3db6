//! The server itself.

use async_graphql::{Context, Object, SimpleObject};
use domain::read::page::{DEFAULT_PAGE_SIZE, MAX_COUNT, MAX_PAGE_SIZE};
use gateway_macros::{Written, written};

use super::connection::MAX_INPUT_ITEMS;
use super::node::MAX_NODES;
use super::nullable;
use super::scalar::{BigInt, int};
use crate::cost;
use crate::error::ApiError;
use crate::settings::GatewaySettings;
use crate::write::{Call, GraphContext as _};

/// The root field of the server.
#[derive(Default)]
pub(crate) struct ServerQuery;

#[written(root)]
#[Object]
impl ServerQuery {
    /// The server that answers.
    async fn server(&self, ctx: &Context<'_>) -> ServerInfo {
        ServerInfo::load(&ctx.call()).await
    }
}

/// The server that answers.
struct ServerInfo {
    version: &'static str,
    /// Read only when it is selected.
    catalogue_version: Option<Result<u64, ApiError>>,
    limits: ServerLimits,
}

impl ServerInfo {
    async fn load(call: &Call<'_>) -> Self {
        let mut fields = call.field().children("ServerInfo");
        let mut catalogue_version = None;
        if fields.any(|field| field.name() == "catalogueVersion") {
            catalogue_version = nullable(call.reads.catalogue_version().await);
        }
        Self {
            version: env!("CARGO_PKG_VERSION"),
            catalogue_version,
            limits: ServerLimits::of(call.settings),
        }
    }
}

/// The server that answers: which version, from which state of the catalogue, within which
/// limits.
#[written]
#[Object(directive = cost::cost::apply(0))]
impl ServerInfo {
    /// The version of the server software.
    fn version(&self) -> &str {
        self.version
    }

    /// Grows with every committed change of the catalogue, from 0; null when the catalogue cannot
    /// be read.
    #[graphql(directive = cost::cost::apply(1), directive = cost::cache_control::apply(0))]
    fn catalogue_version(&self) -> Option<Result<BigInt, ApiError>> {
        let version = self.catalogue_version.clone()?;
        nullable(version.map(|version| BigInt(i64::try_from(version).unwrap_or(i64::MAX))))
    }

    /// What the server accepts and gives at most.
    fn limits(&self) -> &ServerLimits {
        &self.limits
    }
}

/// What a server accepts and gives at most.
#[derive(SimpleObject, Written)]
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

impl ServerLimits {
    fn of(settings: &GatewaySettings) -> Self {
        Self {
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
