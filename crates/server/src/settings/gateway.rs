//! Settings of the gateway: each is a flag, a variable and a key of the settings file, all of the
//! same name.

use clap::Args;
use gateway::GatewaySettings;
use serde::Deserialize;

use super::value::{BatchSize, Bytes, Count, Mode, Networks, Origins, Period, Profile, Switch};

/// Declares the settings: what they are, how they are written, their variable, the heading under
/// which the help shows them, and which setting of the gateway they are.
macro_rules! gateway_settings {
    ($(
        $(#[doc = $doc:literal])+
        $name:ident: $ty:ty, $value:literal, $variable:literal, $heading:ident => $($path:ident).+;
    )+) => {
        /// Settings of the gateway as one layer gives them: what is `None` is left to the layer
        /// below.
        #[derive(Args, Clone, Debug, Default, PartialEq, Eq, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub(crate) struct GatewayLayer {
            $(
                $(#[doc = $doc])+
                #[arg(long, value_name = $value, env = $variable, help_heading = $heading)]
                pub(crate) $name: Option<$ty>,
            )+
        }

        impl GatewayLayer {
            /// Whether this is a key of the settings file.
            pub(super) fn has_key(key: &str) -> bool {
                let names = [$(stringify!($name),)+];
                names.iter().any(|name| name.replace('_', "-") == key)
            }

            /// Joins this layer with the settings below it.
            pub(super) fn finish(self, mut settings: GatewaySettings) -> GatewaySettings {
                $(
                    if let Some(value) = self.$name {
                        settings.$($path).+ = value.into();
                    }
                )+
                settings
            }
        }

        /// All settings in force, by the names of their keys.
        pub(crate) fn gateway_lines(settings: &GatewaySettings) -> Vec<(String, String)> {
            vec![$(
                (
                    stringify!($name).replace('_', "-"),
                    <$ty>::from(settings.$($path).+.clone()).to_string(),
                ),
            )+]
        }
    };
}

const HTTP: &str = "HTTP";
const LOAD: &str = "Load";
const SOCKETS: &str = "Sockets and streams";
const BULK: &str = "Exports and imports";
const LIMITS: &str = "Limits of documents";
const COST: &str = "Cost";
const KEYS: &str = "Callers with a key";
const DOCUMENTS: &str = "Documents";
const ANSWERS: &str = "Answers";

gateway_settings! {
    /// Statuses as the audit suite or as the draft of 2026 wants them: audit or draft-2026
    http_profile: Profile, "PROFILE", "ROLEGRAPH_HTTP_PROFILE", HTTP => edge.http_profile;
    /// Largest body of a request
    body_bytes: Bytes, "SIZE", "ROLEGRAPH_BODY_BYTES", HTTP => edge.body_bytes;
    /// Time for the whole body of a request to arrive
    body_deadline: Period, "TIME", "ROLEGRAPH_BODY_DEADLINE", HTTP => edge.body_deadline;
    /// Longest address with its query string
    uri_bytes: Bytes, "SIZE", "ROLEGRAPH_URI_BYTES", HTTP => edge.uri_bytes;
    /// Time for the head of a request to arrive
    head_deadline: Period, "TIME", "ROLEGRAPH_HEAD_DEADLINE", HTTP => edge.head_deadline;
    /// Time for which an idle connection is kept
    keep_alive: Period, "TIME", "ROLEGRAPH_KEEP_ALIVE", HTTP => edge.keep_alive;
    /// Time for which a client may take nothing of its answer
    stall_deadline: Period, "TIME", "ROLEGRAPH_STALL_DEADLINE", HTTP => edge.stall_deadline;
    /// Largest number of requests of a batch; 0 for no batches
    batch: BatchSize, "NUMBER", "ROLEGRAPH_BATCH", HTTP => edge.batch;
    /// Web origins whose pages may read answers, separated by commas
    cors_origins: Origins, "ORIGINS", "ROLEGRAPH_CORS_ORIGINS", HTTP => edge.cors_origins;
    /// Networks of proxies whose word about a client's address is believed, separated by commas
    trusted_proxy: Networks, "CIDR", "ROLEGRAPH_TRUSTED_PROXY", HTTP => edge.trusted_proxies;
    /// Whether there is /metrics: on or off
    metrics: Switch, "SWITCH", "ROLEGRAPH_METRICS", HTTP => edge.metrics;
    /// Threads that serve requests
    workers: Count, "NUMBER", "ROLEGRAPH_WORKERS", LOAD => edge.workers;
    /// Operations that one caller may have running or waiting
    caller_concurrency: Count, "NUMBER", "ROLEGRAPH_CALLER_CONCURRENCY", LOAD => edge.caller_concurrency;
    /// Operations that run at the same time
    concurrency: Count, "NUMBER", "ROLEGRAPH_CONCURRENCY", LOAD => edge.concurrency;
    /// Operations that wait for their turn
    queue: usize, "NUMBER", "ROLEGRAPH_QUEUE", LOAD => edge.queue;
    /// Time for which an operation waits for its turn
    queue_deadline: Period, "TIME", "ROLEGRAPH_QUEUE_DEADLINE", LOAD => edge.queue_deadline;
    /// Bytes of all answers that are being sent
    sending_bytes: Bytes, "SIZE", "ROLEGRAPH_SENDING_BYTES", LOAD => edge.sending_bytes;
    /// Time for which a server that stops still accepts requests
    lame_duck: Period, "TIME", "ROLEGRAPH_LAME_DUCK", LOAD => edge.lame_duck;
    /// Time for requests in flight to end after that
    shutdown_grace: Period, "TIME", "ROLEGRAPH_SHUTDOWN_GRACE", LOAD => edge.shutdown_grace;
    /// Sockets and streams that one caller may have open
    caller_sockets: Count, "NUMBER", "ROLEGRAPH_CALLER_SOCKETS", SOCKETS => sockets.per_caller;
    /// Operations that one socket may have running
    socket_operations: Count, "NUMBER", "ROLEGRAPH_SOCKET_OPERATIONS", SOCKETS => sockets.operations;
    /// Time for a client to begin the conversation on a socket
    socket_init_deadline: Period, "TIME", "ROLEGRAPH_SOCKET_INIT_DEADLINE", SOCKETS => sockets.init_deadline;
    /// Largest message on a socket
    socket_message_bytes: Bytes, "SIZE", "ROLEGRAPH_SOCKET_MESSAGE_BYTES", SOCKETS => sockets.message_bytes;
    /// Messages that a client may send on a socket within a minute
    socket_messages: Count, "NUMBER", "ROLEGRAPH_SOCKET_MESSAGES", SOCKETS => sockets.messages;
    /// Messages that wait to be sent on a socket before no more are made
    socket_waiting: Count, "NUMBER", "ROLEGRAPH_SOCKET_WAITING", SOCKETS => sockets.waiting;
    /// Bytes that wait to be sent on a socket before no more are made
    socket_waiting_bytes: Bytes, "SIZE", "ROLEGRAPH_SOCKET_WAITING_BYTES", SOCKETS => sockets.waiting_bytes;
    /// Time for which a client may leave no room for more
    socket_patience: Period, "TIME", "ROLEGRAPH_SOCKET_PATIENCE", SOCKETS => sockets.patience;
    /// Time between two pings on a socket; a client that is silent for twice as long is gone
    socket_ping: Period, "TIME", "ROLEGRAPH_SOCKET_PING", SOCKETS => sockets.ping;
    /// Time between two signs of life on an event stream
    stream_heartbeat: Period, "TIME", "ROLEGRAPH_STREAM_HEARTBEAT", SOCKETS => sockets.heartbeat;
    /// Time for operations of sockets to end when the server stops
    socket_grace: Period, "TIME", "ROLEGRAPH_SOCKET_GRACE", SOCKETS => sockets.grace;
    /// Exports that run at the same time
    exports: Count, "NUMBER", "ROLEGRAPH_EXPORTS", BULK => bulk.exports;
    /// Time for an export to be told; so long the database keeps what others change meanwhile
    export_deadline: Period, "TIME", "ROLEGRAPH_EXPORT_DEADLINE", BULK => bulk.export_deadline;
    /// Largest line of an import
    import_line_bytes: Bytes, "SIZE", "ROLEGRAPH_IMPORT_LINE_BYTES", BULK => bulk.import_line_bytes;
    /// Time for which an import waits for more bytes
    import_patience: Period, "TIME", "ROLEGRAPH_IMPORT_PATIENCE", BULK => bulk.import_patience;
    /// Bytes of a document
    limit_document_bytes: Bytes, "SIZE", "ROLEGRAPH_LIMIT_DOCUMENT_BYTES", LIMITS => limits.document_bytes;
    /// Tokens of a document
    limit_tokens: usize, "NUMBER", "ROLEGRAPH_LIMIT_TOKENS", LIMITS => limits.tokens;
    /// Brackets that are open at the same time
    limit_nesting: usize, "NUMBER", "ROLEGRAPH_LIMIT_NESTING", LIMITS => limits.nesting;
    /// Definitions of fragments
    limit_fragments: usize, "NUMBER", "ROLEGRAPH_LIMIT_FRAGMENTS", LIMITS => limits.fragments;
    /// Fields when every fragment stands where it is used
    limit_fields: usize, "NUMBER", "ROLEGRAPH_LIMIT_FIELDS", LIMITS => limits.fields;
    /// Aliases
    limit_aliases: usize, "NUMBER", "ROLEGRAPH_LIMIT_ALIASES", LIMITS => limits.aliases;
    /// Root fields of an operation
    limit_root_fields: usize, "NUMBER", "ROLEGRAPH_LIMIT_ROOT_FIELDS", LIMITS => limits.root_fields;
    /// Directives in all places together
    limit_directives: usize, "NUMBER", "ROLEGRAPH_LIMIT_DIRECTIVES", LIMITS => limits.directives;
    /// Directives in one place
    limit_directives_per_place: usize, "NUMBER", "ROLEGRAPH_LIMIT_DIRECTIVES_PER_PLACE", LIMITS => limits.directives_per_place;
    /// Fields inside of fields
    limit_depth: usize, "NUMBER", "ROLEGRAPH_LIMIT_DEPTH", LIMITS => limits.depth;
    /// Lists and objects inside of each other, in literals and variables
    limit_value_depth: usize, "NUMBER", "ROLEGRAPH_LIMIT_VALUE_DEPTH", LIMITS => limits.value_depth;
    /// Items of a list, in literals and variables
    limit_list_items: usize, "NUMBER", "ROLEGRAPH_LIMIT_LIST_ITEMS", LIMITS => limits.list_items;
    /// Fields inside of fields of the introspection
    limit_introspection_depth: usize, "NUMBER", "ROLEGRAPH_LIMIT_INTROSPECTION_DEPTH", LIMITS => limits.introspection_depth;
    /// Fields named ofType inside of each other
    limit_of_type_chain: usize, "NUMBER", "ROLEGRAPH_LIMIT_OF_TYPE_CHAIN", LIMITS => limits.of_type_chain;
    /// Whether callers have a budget of points and a concurrency of their own: on or off
    rate_limit: Switch, "SWITCH", "ROLEGRAPH_RATE_LIMIT", COST => rates.enabled;
    /// Largest price of an operation, in points
    cost_limit: u32, "POINTS", "ROLEGRAPH_COST_LIMIT", COST => rates.operation_cost;
    /// What a caller may spend at once, in points
    cost_bucket: u32, "POINTS", "ROLEGRAPH_COST_BUCKET", COST => rates.bucket;
    /// What comes back to a caller each second, in points
    cost_restored: u32, "POINTS", "ROLEGRAPH_COST_RESTORED", COST => rates.restored_per_second;
    /// Largest body of a request
    keyed_body_bytes: Bytes, "SIZE", "ROLEGRAPH_KEYED_BODY_BYTES", KEYS => keyed.body_bytes;
    /// Bytes of a document
    keyed_limit_document_bytes: Bytes, "SIZE", "ROLEGRAPH_KEYED_LIMIT_DOCUMENT_BYTES", KEYS => keyed.document_bytes;
    /// Tokens of a document
    keyed_limit_tokens: usize, "NUMBER", "ROLEGRAPH_KEYED_LIMIT_TOKENS", KEYS => keyed.tokens;
    /// Fields when every fragment stands where it is used
    keyed_limit_fields: usize, "NUMBER", "ROLEGRAPH_KEYED_LIMIT_FIELDS", KEYS => keyed.fields;
    /// Operations that one key may have running or waiting, unless the key says otherwise
    keyed_concurrency: Count, "NUMBER", "ROLEGRAPH_KEYED_CONCURRENCY", KEYS => keyed.concurrency;
    /// Sockets and streams that one key may have open
    keyed_sockets: Count, "NUMBER", "ROLEGRAPH_KEYED_SOCKETS", KEYS => sockets.per_key;
    /// Largest price of an operation, in points, unless the key says otherwise
    keyed_cost_limit: u32, "POINTS", "ROLEGRAPH_KEYED_COST_LIMIT", KEYS => keyed.operation_cost;
    /// What a key may spend at once, in points, likewise
    keyed_cost_bucket: u32, "POINTS", "ROLEGRAPH_KEYED_COST_BUCKET", KEYS => keyed.bucket;
    /// What comes back to a key each second, in points, likewise
    keyed_cost_restored: u32, "POINTS", "ROLEGRAPH_KEYED_COST_RESTORED", KEYS => keyed.restored_per_second;
    /// What becomes of document ids and of texts: off, allow, prefer or only
    document_mode: Mode, "MODE", "ROLEGRAPH_DOCUMENT_MODE", DOCUMENTS => documents.mode;
    /// Time for which caches may keep the answer to a document id
    document_max_age: Period, "TIME", "ROLEGRAPH_DOCUMENT_MAX_AGE", DOCUMENTS => documents.max_age;
    /// Bytes of parsed documents that are kept
    document_cache_bytes: Bytes, "SIZE", "ROLEGRAPH_DOCUMENT_CACHE_BYTES", DOCUMENTS => limits.cache_bytes;
    /// Whether answers are kept until something in them changes: on or off
    cache: Switch, "SWITCH", "ROLEGRAPH_CACHE", ANSWERS => cache.enabled;
    /// Bytes of the answers that are kept
    cache_bytes: Bytes, "SIZE", "ROLEGRAPH_CACHE_BYTES", ANSWERS => cache.bytes;
    /// Whether clients may ask for the schema: on or off
    introspection: Switch, "SWITCH", "ROLEGRAPH_INTROSPECTION", ANSWERS => execution.introspection;
    /// Time for an operation to run
    execution_deadline: Period, "TIME", "ROLEGRAPH_EXECUTION_DEADLINE", ANSWERS => execution.deadline;
    /// Largest answer
    response_bytes: Bytes, "SIZE", "ROLEGRAPH_RESPONSE_BYTES", ANSWERS => execution.response_bytes;
    /// Largest number of objects in an answer
    response_objects: usize, "NUMBER", "ROLEGRAPH_RESPONSE_OBJECTS", ANSWERS => execution.response_objects;
}
