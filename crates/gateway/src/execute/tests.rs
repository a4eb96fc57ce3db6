//! Subscriptions, from their beginning to what they tell.

use std::net::IpAddr;

use async_graphql::Request;
use domain::Timestamp;
use domain::access::{Scope, Scopes};
use domain::change::{Aspects, ChangeEntity, ChangeOp, NewChange};
use domain::id::{Id as _, RoleId};
use domain::read::FeedPlace;
use futures_util::StreamExt as _;
use persistence::DatabaseSettings;
use serde_json::json;
use tempfile::TempDir;

use super::*;
use crate::RateSettings;
use crate::cache::{Audience, Reading};
use crate::feed::Source;
use crate::rate::Account;

const ROLE: &str = "role_0190d9a4-0000-7000-8000-000000000001";

/// A gateway in front of a catalogue without anything.
async fn gateway(settings: &GatewaySettings) -> (Gateway, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}/board.db", folder.path().display());
    let database = Database::open(&DatabaseSettings::new(url)).await.unwrap();
    let gateway = Gateway::new(
        &testkit::catalogue(&database),
        testkit::dictionary(),
        settings,
        &[],
        None,
    );
    (gateway.unwrap(), folder)
}

/// Commits changes of a role that is gone.
async fn commit(gateway: &Gateway, ops: &[ChangeOp]) {
    let change = |op: &ChangeOp| NewChange {
        at: Timestamp::parse("2026-03-14T09:26:53Z").unwrap(),
        entity: ChangeEntity::Role,
        id: RoleId::parse(ROLE).unwrap().uuid(),
        op: *op,
        aspects: Aspects::NONE,
        revision: 7,
        author: domain::access::Author::named("test"),
    };
    let changes: Vec<NewChange> = ops.iter().map(change).collect();
    let transaction = gateway.database().begin().await.unwrap();
    transaction.commit(&changes).await.unwrap();
}

async fn subscribed(gateway: &Gateway, query: &str, asking: Asking) -> Subscription {
    let request = GraphRequest::from_json(&json!({ "query": query })).unwrap();
    match gateway.start(request.with_events(), &asking).await {
        Started::Subscribed(subscription) => *subscription,
        Started::Answered(answered) => panic!("{answered:?}"),
    }
}

/// What somebody asks who may follow the changes.
fn partner() -> Asking {
    Asking::by(Principal {
        name: "partner".to_owned(),
        key: None,
        scopes: Scopes::of([Scope::ChangesRead]),
    })
}

/// The next event, and what it cost.
async fn event(subscription: &mut Subscription) -> (Value, Option<u64>) {
    loop {
        subscription.ready().await.unwrap();
        match subscription.tell().await {
            Some(Told::Event(Answered { answer, facts })) => {
                return (Body::from(answer).into_json(), facts.cost);
            }
            Some(Told::End(ended)) => panic!("{ended:?}"),
            None => {}
        }
    }
}

#[tokio::test]
async fn events_are_what_the_engine_would_tell() {
    let settings = GatewaySettings::for_testing();
    let (gateway, _folder) = gateway(&settings).await;
    let ops = [ChangeOp::Created, ChangeOp::Unpublished, ChangeOp::Deleted];
    commit(&gateway, &ops).await;
    let reads = Reading::unnoted(gateway.database().reads(), Audience::Public);
    let clock = gateway.database().clock().clone();
    let schema = schema::build(true)
        .data(Arc::clone(gateway.inner.library.gate().shape()))
        .data(settings)
        .data(reads.clone())
        .data(partner())
        .data(Source { reads, clock })
        .finish();
    let beginning = FeedPlace(0);
    for (events, query) in [
        (
            3,
            format!(
                "subscription {{ x: changes(after: \"{beginning}\", entities: [ROLE]) {{ __typename cursor op entity entityId revision at node {{ id }} }} }}"
            ),
        ),
        (
            2,
            format!(
                "subscription {{ roleChanged(after: \"{beginning}\", filter: {{titleContains: \"x\"}}) {{ cursor op roleId revision at role {{ title }} }} }}"
            ),
        ),
    ] {
        let mut ours = subscribed(&gateway, &query, partner()).await;
        let mut engine = schema.execute_stream(Request::new(query));
        for _ in 0..events {
            let (told, _cost) = event(&mut ours).await;
            let expected = engine.next().await.unwrap();
            assert_eq!(told, serde_json::to_value(expected).unwrap());
        }
    }
}

#[tokio::test]
async fn a_caller_without_budget_is_told_later_and_of_everything() {
    let rates = RateSettings {
        enabled: true,
        bucket: 15,
        restored_per_second: 500,
        ..RateSettings::default()
    };
    let settings = GatewaySettings {
        rates,
        ..GatewaySettings::for_testing()
    };
    let (gateway, _folder) = gateway(&settings).await;
    commit(&gateway, &[ChangeOp::Updated; 20]).await;
    let asking = Asking {
        account: Some(Account::Address(IpAddr::from([192, 0, 2, 1]))),
        ..partner()
    };
    let query = format!(
        "subscription {{ changes(after: \"{}\") {{ cursor }} }}",
        FeedPlace(0)
    );
    let mut subscription = subscribed(&gateway, &query, asking).await;
    assert_eq!(subscription.facts().cost, Some(10));
    for number in 1..=20 {
        let (told, cost) = event(&mut subscription).await;
        let cursor = FeedPlace(number).to_string();
        assert_eq!(told, json!({ "data": { "changes": { "cursor": cursor } } }));
        // One for the event and one for the change.
        assert_eq!(cost, Some(2));
    }
}

#[tokio::test]
async fn whoever_names_no_place_hears_of_what_comes() {
    let (gateway, _folder) = gateway(&GatewaySettings::for_testing()).await;
    commit(&gateway, &[ChangeOp::Created]).await;
    let query = "subscription { changes { op } }";
    let mut subscription = subscribed(&gateway, query, partner()).await;
    let (told, ()) = tokio::join!(
        event(&mut subscription),
        commit(&gateway, &[ChangeOp::Deleted])
    );
    assert_eq!(
        told.0,
        json!({ "data": { "changes": { "op": "DELETED" } } })
    );
}
