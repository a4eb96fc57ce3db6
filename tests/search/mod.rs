//! What must hold of searches, whatever is stored and whatever is asked.

mod counts;
mod hostile;
mod query;
mod rank;
mod walk;

use ::search::query::Query;
use ::search::request::{Found, SearchFilter, SearchParts, SearchRequest};
use app::StoreOptions;
use domain::read::PageRequest;
use domain::role::RoleDraft;
use testkit::TestBoard;

/// More hits than any board of these tests has.
const ALL: u32 = 5_000;

/// A request for the first hits of a text.
fn request(text: &str, filter: SearchFilter, page: PageRequest) -> SearchRequest {
    SearchRequest {
        text: text.to_owned(),
        query: Query::parse(text).unwrap(),
        filter,
        page,
    }
}

async fn find(board: &TestBoard, request: &SearchRequest, parts: &SearchParts) -> Found {
    let found = board.database().reads().search(request, parts).await;
    found.unwrap_or_else(|error| panic!("{:?}: {error:?}", request.text))
}

/// All hits of a text on one page.
async fn find_all(board: &TestBoard, text: &str, parts: &SearchParts) -> Found {
    let request = request(text, SearchFilter::default(), PageRequest::first(ALL));
    find(board, &request, parts).await
}

/// The slugs of the hits, the best first.
fn slugs(found: &Found) -> Vec<String> {
    let hits = found.hits.edges.iter();
    hits.map(|edge| edge.node.role.role.slug.to_string())
        .collect()
}

/// Stores roles all at once.
async fn store_all(board: &TestBoard, drafts: &[RoleDraft]) {
    board.clock().advance(60);
    let options = StoreOptions::new("test");
    board
        .catalogue()
        .store_roles(drafts, options)
        .await
        .unwrap();
}
