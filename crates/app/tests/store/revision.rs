//! What is kept of roles that are published.

use app::{EditAction, Edited, RefusalCode, RoleWrite, StoreOptions};
use domain::Timestamp;
use domain::id::RoleId;
use domain::read::{
    AsOf, Connection, PageRequest, RevisionParts, RevisionTree, RoleBy, RoleParts, RoleTree,
};
use domain::role::diff::{Difference, DifferenceKind};
use domain::role::{PublicationState, RoleDiff, RoleDraft, RolePatch};
use persistence::{DatabaseSettings, Schema};

use crate::board::TestBoard;
use crate::document::{empty, full, related, slug, term};
use crate::edit::patched;
use crate::identity::read;
use crate::on_both_engines;
use crate::rows::{meddle, snapshot, texts};

/// The history of a role, newest first, with the role as it was.
async fn revisions(board: &TestBoard, role: RoleId) -> Vec<RevisionTree> {
    let parts = RevisionParts {
        role: Some(Box::new(RoleParts::document())),
    };
    history(board, role, parts).await
}

/// The history of a role, newest first.
pub(crate) async fn history(
    board: &TestBoard,
    role: RoleId,
    node: RevisionParts,
) -> Vec<RevisionTree> {
    let request = PageRequest::first(100);
    let parts = RoleParts {
        revisions: vec![Connection {
            request: request.clone(),
            total: false,
            node,
        }],
        ..RoleParts::default()
    };
    let reads = board.database().reads();
    let tree = reads.find_role(&RoleBy::Id(role), &parts).await.unwrap();
    let pages = tree.unwrap().revisions;
    let page = pages.get(&request).unwrap().clone();
    page.edges.into_iter().map(|edge| edge.node).collect()
}

async fn numbers(board: &TestBoard, role: RoleId) -> Vec<u32> {
    let parts = RevisionParts::default();
    let revisions = history(board, role, parts).await.into_iter();
    revisions.map(|revision| revision.revision).collect()
}

async fn as_of(board: &TestBoard, role: RoleId, as_of: AsOf) -> Option<RoleTree> {
    let (by, parts) = (RoleBy::Id(role), RoleParts::document());
    let reads = board.database().reads();
    reads.find_role_as_of(&by, as_of, &parts).await.unwrap()
}

async fn write(board: &TestBoard, write: RoleWrite<'_>) -> Edited {
    let options = StoreOptions::new("partner");
    let catalogue = board.catalogue();
    let receipt = catalogue.write_roles(&[write], options, None).await;
    receipt.unwrap().edited.into_iter().next().unwrap()
}

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

async fn to_state(board: &TestBoard, role: RoleId, state: PublicationState) {
    let edited = patch(board, role, RolePatch::to_state(state)).await;
    assert_eq!(edited.action, Some(EditAction::Updated));
}

fn restore(role: RoleId, revision: u32) -> RoleWrite<'static> {
    RoleWrite::Restore {
        role,
        revision,
        expected: None,
    }
}

fn titled(title: &str) -> RolePatch {
    RolePatch {
        title: Some(title.to_owned()),
        ..RolePatch::default()
    }
}

/// Another role of the same name, with nothing of what it said.
fn emptied(draft: &RoleDraft) -> RoleDraft {
    let title = "Nothing is left".to_owned();
    RoleDraft {
        locale: draft.locale.clone(),
        ..RoleDraft::new(draft.source.clone(), draft.slug.clone(), title)
    }
}

on_both_engines! {
    async fn what_is_published_is_kept_and_drafts_are_not(board) {
        let draft = RoleDraft { state: PublicationState::Draft, ..empty("pilot") };
        let role = board.store(&draft).await.id;
        patch(&board, role, titled("Second")).await;
        assert!(numbers(&board, role).await.is_empty());
        to_state(&board, role, PublicationState::Published).await;
        patch(&board, role, titled("Fourth")).await;
        to_state(&board, role, PublicationState::Draft).await;
        patch(&board, role, titled("Sixth")).await;
        to_state(&board, role, PublicationState::Published).await;
        to_state(&board, role, PublicationState::Archived).await;
        let kept = revisions(&board, role).await;
        let told: Vec<_> = kept
            .iter()
            .map(|kept| (kept.revision, kept.title.as_str(), kept.withdrawn_at.is_some()))
            .collect();
        assert_eq!(told, [(7, "Sixth", true), (4, "Fourth", true), (3, "Second", false)]);
        assert!(kept.iter().all(|kept| kept.actor.as_deref() == Some("partner")));
    }

    async fn what_changes_nothing_or_is_refused_keeps_nothing(board) {
        let role = board.store(&empty("pilot")).await.id;
        patch(&board, role, RolePatch::default()).await;
        patch(&board, role, titled(" ")).await;
        board.store(&empty("pilot")).await;
        let edit = patched(titled("Dry"));
        let dry = RoleWrite::Edit { role, expected: None, slug: None, edit: &edit };
        let options = StoreOptions { dry_run: true, ..StoreOptions::new("partner") };
        board.catalogue().write_roles(&[dry], options, None).await.unwrap();
        assert_eq!(numbers(&board, role).await, [1]);
    }

    async fn an_import_keeps_every_revision_of_every_published_role(board) {
        let mut drafts: Vec<RoleDraft> = (0..230).map(|number| empty(&format!("role-{number}"))).collect();
        drafts[7].state = PublicationState::Draft;
        // The same document twice in one transaction.
        drafts.push(RoleDraft { title: "Again".to_owned(), ..empty("role-3") });
        let options = StoreOptions::new("import");
        let stored = board.catalogue().store_roles(&drafts, options).await.unwrap();
        assert_eq!(numbers(&board, stored[3].id).await, [2, 1]);
        assert!(numbers(&board, stored[7].id).await.is_empty());
        let count = "SELECT CAST(COUNT(*) AS TEXT) FROM role_revision WHERE actor = 'import'";
        assert_eq!(texts(&board, count).await, ["230"]);
    }

    async fn a_revision_holds_all_that_the_role_said(board) {
        let mut drafts = testkit::demo_drafts();
        drafts.push(full("harbour-master"));
        for draft in drafts {
            let role = board.store(&draft).await.id;
            board.store(&emptied(&draft)).await;
            let kept = revisions(&board, role).await.remove(1);
            let tree = kept.role.get().unwrap();
            assert_eq!(tree.to_draft().unwrap(), draft, "{}", draft.slug);
            assert_eq!(as_of(&board, role, AsOf::Revision(1)).await.as_ref(), Some(&**tree));
        }
    }

    async fn a_restored_role_says_what_its_revision_said(board) {
        let hash = "SELECT content_hash FROM role WHERE revision = 3 ORDER BY uuid";
        let kept = "SELECT content_hash FROM role_revision WHERE revision = 1 ORDER BY uuid";
        for draft in testkit::demo_drafts() {
            let role = board.store(&draft).await.id;
            board.store(&emptied(&draft)).await;
            let edited = write(&board, restore(role, 1)).await;
            assert_eq!(edited, Edited::done(role, EditAction::Updated, 3));
            let tree = read(&board, RoleBy::Id(role)).await;
            assert_eq!(tree.to_draft().unwrap(), draft);
            let again = write(&board, restore(role, 1)).await;
            assert_eq!(again, Edited::done(role, EditAction::Unchanged, 3));
        }
        assert_eq!(texts(&board, hash).await, texts(&board, kept).await);
    }

    async fn a_restored_role_keeps_its_state_and_its_slug(board) {
        let role = board.store(&empty("pilot")).await.id;
        let edit = patched(RolePatch {
            state: Some(PublicationState::Draft),
            ..titled("Helmsman")
        });
        let helmsman = slug("helmsman");
        let edit = RoleWrite::Edit { role, expected: None, slug: Some(&helmsman), edit: &edit };
        write(&board, edit).await;
        write(&board, restore(role, 1)).await;
        let after = read(&board, RoleBy::Id(role)).await.role;
        assert_eq!((after.title.as_str(), after.slug.as_str()), ("The pilot", "helmsman"));
        assert_eq!((after.state, after.revision), (PublicationState::Draft, 3));
        assert_eq!(numbers(&board, role).await, [1]);
    }

    async fn only_what_was_published_can_be_restored(board) {
        let draft = RoleDraft { state: PublicationState::Draft, ..empty("pilot") };
        let role = board.store(&draft).await.id;
        for revision in [0, 1, 2, u32::MAX] {
            let refused = write(&board, restore(role, revision)).await;
            assert_eq!(refused.refusals[0].code, RefusalCode::NotFound, "{revision}");
            assert_eq!(refused.refusals[0].path, ["revision"]);
        }
        let late = RoleWrite::Restore { role, revision: 1, expected: Some(9) };
        assert_eq!(write(&board, late).await.refusals[0].code, RefusalCode::VersionConflict);
        write(&board, RoleWrite::Delete { role, expected: None }).await;
        let gone = write(&board, restore(role, 1)).await;
        assert_eq!(gone.refusals[0].path, ["id"]);
    }

    async fn a_deleted_role_has_no_history(board) {
        let role = board.store(&empty("pilot")).await.id;
        patch(&board, role, titled("Second")).await;
        write(&board, RoleWrite::Delete { role, expected: None }).await;
        assert!(texts(&board, "SELECT uuid FROM role_revision").await.is_empty());
        assert!(as_of(&board, role, AsOf::Revision(1)).await.is_none());
        let again = board.store(&empty("pilot")).await.id;
        assert_eq!(numbers(&board, again).await, [1]);
    }

    async fn a_moment_leads_to_what_everyone_saw_then(board) {
        let role = board.store(&empty("pilot")).await.id;
        patch(&board, role, titled("Second")).await;
        to_state(&board, role, PublicationState::Draft).await;
        to_state(&board, role, PublicationState::Published).await;
        let kept = revisions(&board, role).await;
        let at = |number: usize| kept[kept.len() - number].at;
        let withdrawn = kept[1].withdrawn_at.unwrap();
        let seen = async |moment: Timestamp| {
            let tree = as_of(&board, role, AsOf::Time(moment)).await;
            tree.map(|tree| tree.role.revision)
        };
        let day = Timestamp::parse("2025-12-31T00:00:00Z").unwrap();
        assert_eq!(seen(day).await, None);
        assert_eq!(seen(at(1)).await, Some(1));
        assert_eq!(seen(at(2)).await, Some(2));
        assert_eq!(seen(withdrawn).await, None);
        assert_eq!(seen(at(3)).await, Some(4));
        let later = Timestamp::parse("2030-01-01T00:00:00Z").unwrap();
        assert_eq!(seen(later).await, Some(4));
        for (revision, expected) in [(0, None), (2, Some(2)), (3, None), (4, Some(4)), (5, None)] {
            let tree = as_of(&board, role, AsOf::Revision(revision)).await;
            assert_eq!(tree.map(|tree| tree.role.revision), expected);
        }
    }

    async fn everybody_sees_the_past_of_what_is_published_now_only(board) {
        let role = board.store(&empty("pilot")).await.id;
        let (by, parts) = (RoleBy::Slug(slug("pilot")), RoleParts::default());
        let reads = board.database().reads();
        let public = async || {
            let found = reads.find_published_role_as_of(&by, AsOf::Revision(1), &parts).await;
            found.unwrap().is_some()
        };
        assert!(public().await);
        to_state(&board, role, PublicationState::Archived).await;
        assert!(!public().await);
        assert!(as_of(&board, role, AsOf::Revision(1)).await.is_some());
    }

    async fn what_is_gone_is_kept_by_name_and_leads_nowhere(board) {
        let mut draft = full("harbour-master");
        draft.related = vec![related("pilot")];
        let role = board.store(&draft).await.id;
        board.store(&emptied(&draft)).await;
        for table in ["role_skill", "role_category", "category_role", "skill", "category_ancestor", "category"] {
            meddle(&board, &format!("DELETE FROM {table}")).await;
        }
        // Another skill may get the key of one that is gone.
        let other = RoleDraft {
            skills: vec![domain::skill::RoleSkill::new(term("Juggling"), domain::skill::Requirement::Essential, domain::role::salary::Origin::Stated)],
            ..empty("juggler")
        };
        board.store(&other).await;
        let tree = as_of(&board, role, AsOf::Revision(1)).await.unwrap();
        let kept = tree.to_draft().unwrap();
        let names = |draft: &RoleDraft| {
            let skills = draft.skills.iter().map(|edge| edge.skill.name.clone());
            (skills.collect::<Vec<_>>(), draft.categories.clone(), draft.related.clone())
        };
        assert_eq!(names(&kept), names(&draft));
        assert!(kept.duties.iter().all(|duty| duty.skills.is_empty()));
        let shown = RoleParts {
            categories: Some(Box::default()),
            category: Some(Box::default()),
            skills: vec![Connection {
                request: domain::read::RoleSkillsRequest::default(),
                total: true,
                node: domain::read::SkillParts::default(),
            }],
            ..RoleParts::default()
        };
        let reads = board.database().reads();
        let by = RoleBy::Id(role);
        let tree = reads.find_role_as_of(&by, AsOf::Revision(1), &shown).await.unwrap().unwrap();
        assert_eq!(tree.category.get().unwrap(), &None);
        assert_eq!(tree.categories.get().unwrap(), &[]);
        let page = tree.skills.get(&domain::read::RoleSkillsRequest::default()).unwrap();
        assert_eq!((page.edges.len(), page.total.unwrap().value), (0, 0));
        // What was named then is there again.
        write(&board, restore(role, 1)).await;
        assert_eq!(names(&read(&board, RoleBy::Id(role)).await.to_draft().unwrap()), names(&draft));
    }

    async fn roles_that_are_published_before_histories_are_kept_begin_with_what_they_say(board) {
        let mut drafts = [full("harbour-master"), empty("pilot")];
        let mut roles = Vec::new();
        for draft in &drafts {
            roles.push(board.store(draft).await.id);
        }
        for draft in &mut drafts {
            // Nothing was measured when histories were not kept yet.
            draft.distributions.clear();
            draft.skills.iter_mut().for_each(|skill| skill.measures = None);
            draft.related.iter_mut().for_each(|related| related.nearness = None);
        }
        let hidden = RoleDraft { state: PublicationState::Draft, ..empty("cook") };
        let hidden = board.store(&hidden).await.id;
        let schema = Schema::connect(&DatabaseSettings::new(board.url())).await.unwrap();
        while snapshot(&board).await.contains_key("role_revision") {
            schema.down(Some(1)).await.unwrap();
        }
        schema.up().await.unwrap();
        schema.close().await.unwrap();
        for (draft, role) in drafts.iter().zip(roles) {
            let kept = revisions(&board, role).await;
            assert_eq!((kept.len(), kept[0].actor.as_deref()), (1, Some("migration")));
            assert_eq!(kept[0].role.get().unwrap().to_draft().unwrap(), *draft);
        }
        assert!(revisions(&board, hidden).await.is_empty());
    }

    async fn a_role_is_compared_with_what_it_was(board) {
        let draft = full("harbour-master");
        let role = board.store(&draft).await.id;
        let after = RoleDraft { title: "Chief of the harbour".to_owned(), ..draft.clone() };
        board.store(&after).await;
        let compared = RoleParts {
            comparisons: [(1, None), (2, Some(1)), (1, Some(3)), (2, None)]
                .map(|(from, to)| domain::read::DiffRequest { from, to })
                .into(),
            ..RoleParts::default()
        };
        let reads = board.database().reads();
        let tree = reads.find_published_role(&RoleBy::Id(role), &compared).await;
        let tree = tree.unwrap().unwrap();
        let found: Vec<_> = tree.comparisons.iter().map(|(_, found)| found.as_ref()).collect();
        let [Some(forth), Some(back), None, Some(same)] = found[..] else {
            panic!("{found:?}")
        };
        assert_eq!((forth.from, forth.to), (1, 2));
        assert_eq!(forth.diff, RoleDiff::between(&draft, &after));
        assert_eq!(back.diff, RoleDiff::between(&after, &draft));
        let kinds = forth.diff.differences.iter().map(Difference::kind);
        assert_eq!(kinds.collect::<Vec<_>>(), [DifferenceKind::Changed]);
        assert!(same.diff.differences.is_empty());
    }
}
