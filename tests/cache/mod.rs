//! Answers that are kept: right at every moment, and kept for as long as they are right.

mod concept;
mod concurrency;
mod edit;
mod history;
mod process;

use domain::Slug;
use gateway::{Gateway, GatewaySettings};
use persistence::Database;
use serde_json::{Value, json};
use testkit::TestBoard;

/// Makes sure that answers that are kept are used, however busy the machine is.
async fn refresh(database: &Database) -> u64 {
    database.catch_up(u64::MAX).await.unwrap()
}

/// The data of a query, and how many statements it took.
async fn asked(board: &TestBoard, query: &str) -> (Value, u64) {
    refresh(board.database()).await;
    Box::pin(board.counting(board.data(query))).await
}

/// A gateway that keeps nothing.
fn forgetful(database: &Database) -> Gateway {
    let mut settings = GatewaySettings::for_testing();
    settings.cache.enabled = false;
    testkit::gateway(database, &settings)
}

fn slug(text: &str) -> Slug {
    Slug::parse(text).unwrap()
}

/// A query for one role with these fields.
fn role(slug: &str, fields: &str) -> String {
    format!("{{ role(by: {{slug: \"{slug}\"}}) {{ {fields} }} }}")
}

fn request(query: &str) -> Value {
    json!({ "query": query })
}
