//! Whoever asks.

use async_graphql::{Context, ID, Object, SimpleObject};
use domain::access::Scope;
use gateway_macros::{Written, written};

use super::scalar::{DateTime, int};
use crate::cost;
use crate::execute::{Asking, Standing};
use crate::rate::Budget;
use crate::settings::GatewaySettings;
use crate::write::GraphContext as _;

/// The root field of whoever asks.
#[derive(Default)]
pub(crate) struct ViewerQuery;

#[written(root)]
#[Object]
impl ViewerQuery {
    /// Whoever asks: by which key, what they may do, and what they have left.
    #[graphql(directive = cost::cache_control::apply(0))]
    async fn viewer(&self, ctx: &Context<'_>) -> Viewer {
        let call = ctx.call();
        Viewer::of(call.asking, call.settings)
    }
}

/// Whoever asks.
#[derive(SimpleObject, Written)]
#[graphql(directive = cost::cost::apply(0))]
pub(crate) struct Viewer {
    /// What change rows call the caller: the name of its key, or `anonymous`.
    name: String,
    /// The key that was shown; null when none was.
    key: Option<AccessKey>,
    /// What the caller may do: `roles:read`, `roles:write`, `changes:read`, `keys:manage`,
    /// `admin`.
    scopes: Vec<String>,
    /// What the caller may send and spend at most.
    limits: ViewerLimits,
    /// What the caller has left, this operation included; null when callers have no budgets here.
    budget: Option<ViewerBudget>,
}

/// A key, without its secret.
#[derive(SimpleObject, Written)]
#[graphql(directive = cost::cost::apply(0))]
struct AccessKey {
    /// The id of the key, under which the operator knows it.
    id: ID,
    /// What the key is called.
    name: String,
    /// `live` for real work, `test` for trying things out.
    kind: String,
    /// What its holder may do.
    scopes: Vec<String>,
    /// When the key was made.
    created_at: DateTime,
    /// When the key ends; null when it ends only by being revoked.
    expires_at: Option<DateTime>,
    /// When the key was shown last, this time included; null when that is not known.
    last_used_at: Option<DateTime>,
}

/// What a caller may send and spend at most.
#[derive(SimpleObject, Written)]
#[graphql(directive = cost::cost::apply(0))]
struct ViewerLimits {
    /// The largest price of an operation, in points.
    operation_cost: i32,
    /// The largest number of bytes of the body of a request.
    request_bytes: i32,
    /// The largest number of bytes of a document.
    document_bytes: i32,
    /// The largest number of tokens of a document.
    document_tokens: i32,
    /// The largest number of fields of a document, fragments counted where they are used.
    document_fields: i32,
    /// How many operations may run or wait at the same time.
    concurrent_operations: i32,
}

/// What a caller has left.
#[derive(SimpleObject, Written)]
#[graphql(directive = cost::cost::apply(0))]
struct ViewerBudget {
    /// What can be spent at once, in points.
    limit: i32,
    /// What can be spent now.
    remaining: i32,
    /// What comes back each second.
    restored_per_second: i32,
}

impl Viewer {
    fn of(asking: &Asking, settings: &GatewaySettings) -> Self {
        let principal = &asking.principal;
        Self {
            name: principal.name.clone(),
            key: asking.holder.as_ref().map(|holder| {
                let (key, draft) = (&holder.key, &holder.key.draft);
                AccessKey {
                    id: ID(key.id.to_string()),
                    name: draft.name.clone(),
                    kind: draft.kind.as_str().to_owned(),
                    scopes: names(draft.scopes.each()),
                    created_at: DateTime(key.created_at),
                    expires_at: draft.expires_at.map(DateTime),
                    last_used_at: holder.last_used_at().map(DateTime),
                }
            }),
            scopes: names(principal.scopes.each()),
            limits: ViewerLimits::of(asking, settings),
            budget: asking.budget.map(ViewerBudget::of),
        }
    }
}

impl ViewerLimits {
    fn of(asking: &Asking, settings: &GatewaySettings) -> Self {
        let terms = asking.terms(settings);
        let (request_bytes, documents) = match asking.standing() {
            Standing::Anonymous => (settings.edge.body_bytes, settings.limits.clone()),
            Standing::Keyed => {
                let keyed = &settings.keyed;
                (keyed.body_bytes, keyed.documents(&settings.limits))
            }
        };
        Self {
            operation_cost: int(terms.operation_cost),
            request_bytes: int(request_bytes),
            document_bytes: int(documents.document_bytes),
            document_tokens: int(documents.tokens),
            document_fields: int(documents.fields),
            concurrent_operations: int(terms.places),
        }
    }
}

impl ViewerBudget {
    fn of(budget: Budget) -> Self {
        let Budget {
            limit,
            remaining,
            restored_per_second,
        } = budget;
        Self {
            limit: int(limit),
            remaining: int(remaining),
            restored_per_second: int(restored_per_second),
        }
    }
}

fn names(scopes: impl Iterator<Item = Scope>) -> Vec<String> {
    scopes.map(|scope| scope.as_str().to_owned()).collect()
}
