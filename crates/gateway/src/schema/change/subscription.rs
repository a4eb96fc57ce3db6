//! The root fields of subscriptions.
//!
//! The engine makes the schema out of them and could run them; what clients get is told by
//! [`open`], event by event, so that each is measured and written as a query is.

use async_graphql::{Context, Subscription as SubscriptionRoot};
use domain::access::{Principal, Scope};
use domain::read::RoleFilter as Filter;
use futures_util::Stream;
use futures_util::stream::unfold;

use super::event::{AnyTelling, Changes, Roles, Telling};
use super::query::{kinds, place};
use super::{Change, ChangeEntity, RoleChange};
use crate::error::{ApiError, GraphError, Reason};
use crate::feed::{Feed, Source};
use crate::plan;
use crate::schema::role::RoleFilter;
use crate::selection::{Field, Unreadable};
use crate::write::{GraphContext as _, require};

/// Where every subscription starts.
#[derive(Default)]
pub(crate) struct Subscription;

/// Where every subscription starts. A subscription tells what is committed, in the order of the
/// commits: first what there is behind its cursor, then what comes, without a gap or anything
/// twice. Whoever loses the connection goes on from the last cursor.
#[SubscriptionRoot]
impl Subscription {
    /// Whatever changes; needs a key with the scope `changes:read`.
    async fn changes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Start behind this cursor; with the next change when it is left out.")]
        after: Option<String>,
        #[graphql(desc = "Changes of these kinds only; of all kinds when it is left out.")]
        entities: Option<Vec<ChangeEntity>>,
    ) -> Result<impl Stream<Item = Result<Change, ApiError>> + use<>, ApiError> {
        let call = ctx.call();
        call.require(Scope::ChangesRead)?;
        let (changes, source) = (changes(call.field()), ctx.data_unchecked::<Source>());
        let feed = begin(source.clone(), after, kinds(entities)?).await?;
        Ok(events(feed, changes))
    }

    /// Published roles that change, as they are now. A role that is unpublished or deleted is told
    /// of whatever the filter says, since nobody can see any more what it was; one that leaves the
    /// filter by an edit is not told of.
    async fn role_changed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which roles; all of them when it is left out.")] filter: Option<
            RoleFilter,
        >,
        #[graphql(desc = "Start behind this cursor; with the next change when it is left out.")]
        after: Option<String>,
    ) -> Result<impl Stream<Item = Result<RoleChange, ApiError>> + use<>, ApiError> {
        let roles = roles(ctx.call().field(), filter)?;
        let source = ctx.data_unchecked::<Source>();
        let feed = begin(source.clone(), after, ROLES.to_vec()).await?;
        Ok(events(feed, roles))
    }
}

const ROLES: [domain::change::ChangeEntity; 1] = [domain::change::ChangeEntity::Role];

/// What a subscription tells, for as long as somebody listens or until it fails.
fn events<T: Telling>(
    feed: Feed,
    telling: T,
) -> impl Stream<Item = Result<T::Event, ApiError>> + use<T> {
    unfold(Some((feed, telling)), |state| async move {
        let (mut feed, telling) = state?;
        loop {
            let change = match feed.next().await {
                Ok(change) => change,
                Err(error) => return Some((Err(error.into()), None)),
            };
            match telling.event(change, feed.reads()).await {
                Ok(Some(event)) => return Some((Ok(event), Some((feed, telling)))),
                Ok(None) => {}
                Err(error) => return Some((Err(error), None)),
            }
        }
    })
}

/// Begins what the root field of a subscription asks for; an argument that cannot be used is an
/// error before anything is told.
pub(crate) async fn open(
    field: Field<'_>,
    principal: &Principal,
    source: Source,
) -> Result<(Feed, AnyTelling), GraphError> {
    let opened = match field.name() {
        "changes" => open_changes(field, principal, source).await,
        "roleChanged" => open_roles(field, source).await,
        name => {
            tracing::error!(name, "a subscription cannot be opened");
            Err(GraphError::internal().into())
        }
    };
    opened.map_err(|Unopened(error)| error.located(vec![field.selected().pos()]))
}

/// Why a subscription cannot begin.
struct Unopened(GraphError);

impl From<Unreadable> for Unopened {
    fn from(unreadable: Unreadable) -> Self {
        let Unreadable { message, pos: _ } = unreadable;
        Self(GraphError::bad_input(Reason::ValueInvalid, &message))
    }
}

impl From<ApiError> for Unopened {
    fn from(error: ApiError) -> Self {
        Self(GraphError::of_failure(&error))
    }
}

impl From<GraphError> for Unopened {
    fn from(error: GraphError) -> Self {
        Self(error)
    }
}

async fn open_changes(
    field: Field<'_>,
    principal: &Principal,
    source: Source,
) -> Result<(Feed, AnyTelling), Unopened> {
    require(principal, Scope::ChangesRead)?;
    let entities = kinds(field.argument("entities")?)?;
    let feed = begin(source, field.argument("after")?, entities).await?;
    Ok((feed, AnyTelling::Changes(changes(field))))
}

async fn open_roles(field: Field<'_>, source: Source) -> Result<(Feed, AnyTelling), Unopened> {
    let roles = roles(field, field.argument("filter")?)?;
    let feed = begin(source, field.argument("after")?, ROLES.to_vec()).await?;
    Ok((feed, AnyTelling::Roles(roles)))
}

async fn begin(
    source: Source,
    after: Option<String>,
    entities: Vec<domain::change::ChangeEntity>,
) -> Result<Feed, ApiError> {
    let after = after.as_deref().map(place).transpose()?;
    Ok(Feed::open(source, after, entities).await?)
}

fn changes(field: Field<'_>) -> Changes {
    Changes {
        node: plan::changed(field),
    }
}

fn roles(field: Field<'_>, filter: Option<RoleFilter>) -> Result<Roles, ApiError> {
    let filter: Option<Filter> = filter.map(TryInto::try_into).transpose()?;
    Ok(Roles {
        filter: filter.unwrap_or_default(),
        parts: plan::role_of_change(field),
    })
}
