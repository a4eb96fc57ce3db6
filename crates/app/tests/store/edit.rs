//! Roles that are written by hand.

use app::{
    Attempt, EditAction, EditOutcome, Edited, Receipt, RefusalCode, RoleWrite, StoreOptions,
};
use domain::id::{IdSource, RoleId};
use domain::read::{RoleBy, RoleParts, RoleTree};
use domain::role::{IdentifiedDraft, PublicationState, RoleDraft, RolePatch};
use domain::{Locale, Slug};
use testkit::search_index;

use crate::board::TestBoard;
use crate::document::empty;
use crate::index::reindex;
use crate::on_both_engines;
use crate::rows::{changes, texts};

fn slug(text: &str) -> Slug {
    Slug::parse(text).unwrap()
}

fn attempt(key: &str, fingerprint: &str) -> Attempt {
    Attempt {
        holder: "partner".to_owned(),
        operation: "roleUpdate".to_owned(),
        key: key.to_owned(),
        fingerprint: fingerprint.to_owned(),
    }
}

async fn write(board: &TestBoard, write: RoleWrite<'_>) -> Edited {
    let receipt = receipt(board, write, None).await;
    assert!(receipt.refusals.is_empty(), "{receipt:?}");
    receipt.edited.into_iter().next().unwrap()
}

async fn receipt(board: &TestBoard, write: RoleWrite<'_>, attempt: Option<&Attempt>) -> Receipt {
    let options = StoreOptions::new("partner");
    let catalogue = board.catalogue();
    catalogue
        .write_roles(&[write], options, attempt)
        .await
        .unwrap()
}

/// An edit that puts a patch on a role of which nobody says which revision it has.
async fn patch(board: &TestBoard, role: RoleId, patch: RolePatch) -> Edited {
    let edit = patched(patch);
    let edit = RoleWrite::Edit {
        role,
        expected: None,
        slug: None,
        edit: &edit,
    };
    write(board, edit).await
}

pub(crate) fn patched(
    patch: RolePatch,
) -> impl Fn(&mut IdentifiedDraft, &dyn IdSource) -> EditOutcome + Send + Sync {
    move |role, _| {
        let strays = role.patch(patch.clone());
        assert_eq!(strays, []);
        Ok(None)
    }
}

fn titled(title: &str) -> RolePatch {
    RolePatch {
        title: Some(title.to_owned()),
        ..RolePatch::default()
    }
}

async fn find(board: &TestBoard, by: &str) -> Option<RoleTree> {
    let (by, parts) = (RoleBy::Slug(slug(by)), RoleParts::document());
    board
        .database()
        .reads()
        .find_role(&by, &parts)
        .await
        .unwrap()
}

fn codes(edited: &Edited) -> Vec<RefusalCode> {
    edited.refusals.iter().map(|refusal| refusal.code).collect()
}

on_both_engines! {
    async fn an_edit_writes_what_differs_and_nothing_when_nothing_does(board) {
        let role = board.store(&empty("pilot")).await.id;
        let edited = patch(&board, role, titled("Harbour pilot")).await;
        assert_eq!(edited, Edited::done(role, EditAction::Updated, 2));
        assert_eq!(find(&board, "pilot").await.unwrap().role.title, "Harbour pilot");
        let before = changes(&board).await;
        let same = patch(&board, role, titled("Harbour pilot")).await;
        assert_eq!(same, Edited::done(role, EditAction::Unchanged, 2));
        assert_eq!(changes(&board).await, before);
        assert_eq!(before.last().unwrap(), "ROLE UPDATED 2 partner");
    }

    async fn the_whole_demo_catalogue_survives_an_edit_of_nothing(board) {
        for draft in testkit::demo_drafts() {
            let role = board.store(&draft).await.id;
            let edited = patch(&board, role, RolePatch::default()).await;
            assert_eq!(edited.action, Some(EditAction::Unchanged), "{}", draft.slug);
        }
    }

    async fn an_edit_of_another_revision_is_a_conflict(board) {
        let role = board.store(&empty("pilot")).await.id;
        let edit = patched(titled("Harbour pilot"));
        let with = |expected| RoleWrite::Edit { role, expected: Some(expected), slug: None, edit: &edit };
        let refused = write(&board, with(7)).await;
        assert_eq!(codes(&refused), [RefusalCode::VersionConflict]);
        assert_eq!((refused.role(), refused.revision), (Some(role), Some(1)));
        assert_eq!(write(&board, with(1)).await.revision, Some(2));
    }

    async fn what_breaks_a_rule_is_refused_with_its_place(board) {
        let role = board.store(&empty("pilot")).await.id;
        let before = changes(&board).await;
        let edited = patch(&board, role, titled(" ")).await;
        assert_eq!(codes(&edited), [RefusalCode::Blank]);
        assert_eq!(edited.refusals[0].path, ["input", "title"]);
        assert_eq!(changes(&board).await, before);
    }

    async fn a_former_slug_leads_to_its_role_and_can_be_taken_back(board) {
        let role = board.store(&empty("pilot")).await.id;
        let other = board.store(&empty("cook")).await.id;
        let edit = patched(RolePatch::default());
        let called = |role, slug| RoleWrite::Edit { role, expected: None, slug: Some(slug), edit: &edit };
        let (pilot, helmsman, cook) = (slug("pilot"), slug("helmsman"), slug("cook"));
        assert_eq!(write(&board, called(role, &helmsman)).await.revision, Some(2));
        for name in ["pilot", "helmsman"] {
            let found = find(&board, name).await.unwrap().role;
            assert_eq!((found.id, found.slug.as_str()), (role, "helmsman"));
        }
        for taken in [&pilot, &helmsman] {
            let refused = write(&board, called(other, taken)).await;
            assert_eq!(codes(&refused), [RefusalCode::Taken], "{taken}");
        }
        assert_eq!(codes(&write(&board, called(role, &cook)).await), [RefusalCode::Taken]);
        assert_eq!(write(&board, called(role, &pilot)).await.revision, Some(3));
        assert_eq!(find(&board, "helmsman").await.unwrap().role.slug, pilot);
        let history = texts(&board, "SELECT slug FROM slug_history").await;
        assert_eq!(history, ["helmsman"]);
    }

    async fn a_deleted_role_leaves_a_tombstone_and_an_index_without_it(board) {
        let drafts = testkit::demo_drafts();
        let mut roles = Vec::new();
        for draft in &drafts[..6] {
            roles.push(board.store(draft).await.id);
        }
        let gone = roles[2];
        let edited = write(&board, RoleWrite::Delete { role: gone, expected: Some(1) }).await;
        assert_eq!(edited, Edited::done(gone, EditAction::Deleted, 2));
        assert!(find(&board, drafts[2].slug.as_str()).await.is_none());
        assert_eq!(changes(&board).await.last().unwrap(), "ROLE DELETED 2 partner");
        let kept = search_index(board.url()).await;
        assert_eq!(reindex(&board).await, 5);
        assert_eq!(search_index(board.url()).await, kept);
        let again = write(&board, RoleWrite::Delete { role: gone, expected: None }).await;
        assert_eq!(codes(&again), [RefusalCode::NotFound]);
        let stored = board.store(&drafts[2]).await;
        assert_ne!(stored.id, gone);
        assert_eq!(stored.slug, drafts[2].slug);
    }

    async fn a_new_role_gets_the_slug_that_it_asks_for_or_none(board) {
        board.store(&empty("pilot")).await;
        let mut draft = RoleDraft { state: PublicationState::Draft, ..empty("pilot") };
        let create = |any_slug| RoleWrite::Create { draft: &draft, any_slug };
        assert_eq!(codes(&write(&board, create(false)).await), [RefusalCode::Taken]);
        assert_eq!(write(&board, create(true)).await.action, Some(EditAction::Created));
        assert!(find(&board, "pilot-2").await.is_some());
        "Partner".clone_into(&mut draft.source.name);
        let create = RoleWrite::Create { draft: &draft, any_slug: false };
        assert_eq!(codes(&write(&board, create).await), [RefusalCode::Taken]);
        draft.locale = Locale::parse("de").unwrap();
        let create = RoleWrite::Create { draft: &draft, any_slug: false };
        assert_eq!(write(&board, create).await.action, Some(EditAction::Created));
    }

    async fn of_several_writes_the_good_ones_are_done(board) {
        let good = empty("pilot");
        let bad = RoleDraft { title: String::new(), ..empty("cook") };
        let writes = [RoleWrite::Upsert(&good), RoleWrite::Upsert(&bad), RoleWrite::Upsert(&good)];
        let options = StoreOptions::new("partner");
        let receipt = board.catalogue().write_roles(&writes, options, None).await.unwrap();
        let actions = receipt.edited.iter().map(|edited| edited.action);
        assert_eq!(
            actions.collect::<Vec<_>>(),
            [Some(EditAction::Created), None, Some(EditAction::Unchanged)]
        );
        assert!(find(&board, "cook").await.is_none());
    }

    async fn a_write_that_comes_again_runs_once(board) {
        let role = board.store(&empty("pilot")).await.id;
        let edit = patched(titled("Harbour pilot"));
        let edit = RoleWrite::Edit { role, expected: Some(1), slug: None, edit: &edit };
        let first = receipt(&board, edit, Some(&attempt("a", "one"))).await;
        assert!(!first.replayed);
        let again = receipt(&board, edit, Some(&attempt("a", "one"))).await;
        assert_eq!(again, Receipt { replayed: true, ..first });
        let other = receipt(&board, edit, Some(&attempt("a", "two"))).await;
        assert_eq!(other.refusals[0].code, RefusalCode::IdempotencyKeyReused);
        let late = receipt(&board, edit, Some(&attempt("b", "one"))).await;
        assert_eq!(codes(&late.edited[0]), [RefusalCode::VersionConflict]);
        // What was refused is an answer as well.
        let again = receipt(&board, edit, Some(&attempt("b", "one"))).await;
        assert_eq!(again, Receipt { replayed: true, ..late });
        assert_eq!(changes(&board).await.last().unwrap(), "ROLE UPDATED 2 partner");
    }

    async fn a_dry_run_writes_nothing(board) {
        let role = board.store(&empty("pilot")).await.id;
        let edit = patched(titled("Harbour pilot"));
        let edit = RoleWrite::Edit { role, expected: None, slug: None, edit: &edit };
        let options = StoreOptions { dry_run: true, ..StoreOptions::new("partner") };
        let attempt = attempt("a", "one");
        let written = board.catalogue().write_roles(&[edit], options, Some(&attempt)).await;
        assert_eq!(written.unwrap().edited[0].revision, Some(2));
        assert_eq!(find(&board, "pilot").await.unwrap().role.revision, 1);
        assert!(texts(&board, "SELECT key FROM idempotency").await.is_empty());
    }

    async fn the_same_write_does_not_run_twice_at_once(board) {
        let role = board.store(&empty("pilot")).await.id;
        let other = board.another_catalogue().await;
        let edit = patched(titled("Harbour pilot"));
        let edit = [RoleWrite::Edit { role, expected: None, slug: None, edit: &edit }];
        let (options, attempt) = (StoreOptions::new("partner"), attempt("a", "one"));
        let both = tokio::join!(
            board.catalogue().write_roles(&edit, options, Some(&attempt)),
            board.catalogue().write_roles(&edit, options, Some(&attempt)),
            other.write_roles(&edit, options, Some(&attempt)),
        );
        let receipts = [both.0.unwrap(), both.1.unwrap(), both.2.unwrap()];
        let refused = receipts.iter().flat_map(|receipt| &receipt.refusals);
        assert!(refused.clone().all(|refusal| refusal.code == RefusalCode::IdempotencyInProgress));
        assert!(refused.count() >= 1);
        assert_eq!(find(&board, "pilot").await.unwrap().role.revision, 2);
    }
}
