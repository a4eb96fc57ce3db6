//! When a document is the same document, and what it is stored as.

use app::{AppError, StoreAction, StoreOptions};
use domain::read::{RoleBy, RoleParts, RoleTree};
use domain::role::{PublicationState, RoleDraft};

use crate::board::TestBoard;
use crate::document::{empty, full, term};
use crate::on_both_engines;
use crate::rows::{is_empty, meddle, snapshot};

const DRY_RUN: StoreOptions<'_> = StoreOptions {
    dry_run: true,
    ..StoreOptions::new("test")
};

pub(crate) async fn read(board: &TestBoard, by: RoleBy) -> RoleTree {
    let parts = RoleParts::document();
    let found = board.database().reads().find_role(&by, &parts).await;
    found.unwrap().unwrap()
}

fn violations(outcome: Result<impl std::fmt::Debug, AppError>) -> String {
    match outcome.unwrap_err() {
        AppError::Invalid(violations) => violations.first().unwrap().to_string(),
        other => panic!("{other:?}"),
    }
}

on_both_engines! {
    async fn a_stored_document_is_read_back_as_it_was(board) {
        let draft = full("harbour-master");
        let stored = board.store(&draft).await;
        assert_eq!(stored.action, StoreAction::Created);
        let tree = read(&board, RoleBy::Id(stored.id)).await;
        assert_eq!(tree.to_draft().unwrap(), draft);
        assert_eq!(tree.role.slug, stored.slug);
        assert_eq!(tree.role.revision, 1);
    }

    async fn the_same_document_again_changes_nothing(board) {
        let draft = full("harbour-master");
        let first = board.store(&draft).await;
        let before = snapshot(&board).await;
        let tree = read(&board, RoleBy::Id(first.id)).await;

        let again = board.store(&draft).await;
        assert_eq!(again.action, StoreAction::Unchanged);
        assert_eq!((again.id, again.slug), (first.id, first.slug));
        let after = snapshot(&board).await;
        assert_eq!(after, before);
        assert_eq!(read(&board, RoleBy::Id(first.id)).await, tree);
    }

    async fn other_aliases_of_a_skill_do_not_make_another_document(board) {
        let mut draft = full("harbour-master");
        board.store(&draft).await;
        draft.skills[0].skill.aliases = vec!["Wireless".to_owned()];
        assert_eq!(board.store(&draft).await.action, StoreAction::Unchanged);
    }

    async fn another_text_makes_a_revision_of_the_same_role(board) {
        let first = board.store(&full("harbour-master")).await;
        let created = read(&board, RoleBy::Id(first.id)).await.role;
        let mut draft = full("harbour-master");
        draft.title = "Chief of the harbour".into();
        let second = board.store(&draft).await;
        assert_eq!((second.id, second.action), (first.id, StoreAction::Updated));
        let tree = read(&board, RoleBy::Id(first.id)).await;
        assert_eq!(tree.to_draft().unwrap(), draft);
        assert_eq!(tree.role.revision, 2);
        assert_eq!(tree.role.created_at, created.created_at);
        assert_eq!(tree.role.published_at, created.published_at);
        assert!(tree.role.updated_at > created.updated_at);
    }

    async fn a_document_decides_who_may_see_its_role(board) {
        let in_state = |state| RoleDraft { state, ..empty("harbour-master") };
        let stored = board.store(&in_state(PublicationState::Draft)).await;
        let draft = read(&board, RoleBy::Id(stored.id)).await.role;
        assert_eq!((draft.state, draft.published_at), (PublicationState::Draft, None));

        board.store(&in_state(PublicationState::Published)).await;
        let first = read(&board, RoleBy::Id(stored.id)).await.role;
        assert_eq!(first.published_at, Some(first.updated_at));

        board.store(&in_state(PublicationState::Archived)).await;
        let archived = read(&board, RoleBy::Id(stored.id)).await.role;
        assert_eq!(archived.published_at, first.published_at);

        board.store(&in_state(PublicationState::Published)).await;
        let again = read(&board, RoleBy::Id(stored.id)).await.role;
        assert_eq!(again.published_at, Some(again.updated_at));
        assert!(again.published_at > first.published_at);
    }

    async fn a_dry_run_reports_the_outcome_and_writes_nothing(board) {
        let catalogue = board.catalogue();
        let stored = board.store(&full("harbour-master")).await;
        let before = snapshot(&board).await;

        let mut other = full("harbour-master");
        other.source.name = "Other handbook".into();
        let created = catalogue.store_role(&other, DRY_RUN).await.unwrap();
        assert_eq!(created.action, StoreAction::Created);
        assert_eq!((created.slug.as_str(), created.slug_taken), ("harbour-master-2", true));

        let mut changed = full("harbour-master");
        changed.faqs.clear();
        let updated = catalogue.store_role(&changed, DRY_RUN).await.unwrap();
        assert_eq!((updated.id, updated.action), (stored.id, StoreAction::Updated));

        let same = catalogue.store_role(&full("harbour-master"), DRY_RUN).await.unwrap();
        assert_eq!(same.action, StoreAction::Unchanged);
        let after = snapshot(&board).await;
        assert_eq!(after, before);
    }

    async fn a_document_that_breaks_rules_is_refused(board) {
        let mut draft = full("harbour-master");
        draft.duties[1].text = " ".into();
        let refused = board.catalogue().store_role(&draft, StoreOptions::new("test")).await;
        assert_eq!(violations(refused), "duties[1].text is blank: expected text");
        assert!(is_empty(&board).await);
    }

    async fn several_documents_are_stored_together_or_not_at_all(board) {
        let mut nameless = full("lock-keeper");
        nameless.skills[0].skill = term("…");
        let drafts = [full("harbour-master"), nameless];
        let refused = board.catalogue().store_roles(&drafts, StoreOptions::new("test")).await;
        assert_eq!(violations(refused), "skills[0] is \"…\": expected a name with a letter or digit");
        assert!(is_empty(&board).await);

        let drafts = [full("harbour-master"), full("lock-keeper")];
        let stored = board.catalogue().store_roles(&drafts, StoreOptions::new("test")).await.unwrap();
        assert!(stored.iter().all(|role| role.action == StoreAction::Created));
    }

    async fn a_failure_in_the_middle_leaves_nothing(board) {
        meddle(&board, "DROP TABLE role_code").await;
        let failed = board.catalogue().store_role(&full("harbour-master"), StoreOptions::new("test")).await;
        assert!(matches!(failed, Err(AppError::Persistence(_))));
        assert!(is_empty(&board).await);
    }
}
