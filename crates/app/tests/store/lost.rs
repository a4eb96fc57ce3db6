//! Connections that are lost while a role is written.

use std::sync::atomic::{AtomicU32, Ordering};

use app::{RoleWrite, StoreOptions};
use domain::id::IdSource;
use domain::role::RolePatch;
use domain::role::part::IdentifiedDraft;
use testkit::Engine;

use crate::board::{TestBoard, run_on};
use crate::document::empty;
use crate::edit::patched;

/// Ends all connections to the database but its own, as a server does that is about to stop.
const TERMINATE: &str = "SELECT CAST(COUNT(pg_terminate_backend(pid)) AS TEXT) \
    FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";

/// Runs a statement from within a transaction that cannot wait for it.
fn terminate(url: &str) {
    let url = url.to_owned();
    let elsewhere = std::thread::spawn(move || {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(testkit::texts(&url, TERMINATE))
    });
    assert_ne!(elsewhere.join().unwrap(), ["0"]);
}

/// Edits a role while its connection is lost so many times; tells how often that was tried and
/// whether it was done.
async fn edit(board: &TestBoard, losses: u32) -> (u32, bool) {
    let stored = board.store(&empty("pilot")).await;
    let tries = AtomicU32::new(0);
    let flies = patched(RolePatch {
        summary: Some(Some("Flies.".to_owned())),
        ..RolePatch::default()
    });
    let edit = |role: &mut IdentifiedDraft, ids: &dyn IdSource| {
        if tries.fetch_add(1, Ordering::Relaxed) < losses {
            terminate(board.url());
        }
        flies(role, ids)
    };
    let edit = RoleWrite::Edit {
        role: stored.id,
        expected: None,
        slug: None,
        edit: &edit,
    };
    let options = StoreOptions::new("test");
    let written = board.catalogue().write_roles(&[edit], options, None).await;
    (tries.load(Ordering::Relaxed), written.is_ok())
}

#[tokio::test]
async fn a_write_whose_connection_is_lost_is_tried_again() {
    run_on(Engine::Postgres, async |board| {
        let (tries, done) = edit(&board, 1).await;
        assert_eq!((tries, done), (2, true));
    })
    .await;
}

#[tokio::test]
async fn a_write_whose_connections_are_lost_again_and_again_is_given_up() {
    run_on(Engine::Postgres, async |board| {
        let (tries, done) = edit(&board, u32::MAX).await;
        assert!((2..=5).contains(&tries) && !done, "{tries} {done}");
    })
    .await;
}
