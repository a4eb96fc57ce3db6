//! Whoever asks.

use async_graphql::{Context, Object, SimpleObject};
use gateway_macros::{Written, written};

use super::key::{AccessKey, names};
use super::scalar::int;
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
    /// What change rows call the caller: the name of its key, `user:` and the e-mail address or
    /// subject of its token, or `anonymous`.
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
                let used = holder.last_used_at();
                AccessKey::of(&holder.key).last_used(used)
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
