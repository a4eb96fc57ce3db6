//! Releases of data sets: imported, imported again, and followed by the next one.

mod folder;

use std::path::Path;

use app::{EditAction, RoleWrite, StoreOptions};
use dataset::onet::ReleaseOptions;
use domain::access::Author;
use domain::id::{Id as _, RoleId};
use domain::role::{IdentifiedDraft, RolePatch};
use ingest::import::OnError;
use ingest::onet::{self, RunOptions};
use ingest::report::DataSetReport;
use serde_json::{Value, json};
use testkit::{TestBoard, on_both_engines, shared_file};

use folder::{Folder, release};

const OPTIONS: RunOptions<'static> = RunOptions {
    on_error: OnError::Stop,
    draft: false,
    allow_shrink: false,
    store: StoreOptions {
        author: Author::named("import"),
        dry_run: false,
    },
};

async fn import_with(board: &TestBoard, folder: &Path, options: RunOptions<'_>) -> DataSetReport {
    let reading = ReleaseOptions::default();
    let mut unwatched = |_: dataset::Progress<'_>| {};
    let run = onet::run(board.catalogue(), folder, &reading, options, &mut unwatched);
    run.await.unwrap()
}

async fn import(board: &TestBoard, folder: &Folder) -> DataSetReport {
    import_with(board, folder.path(), OPTIONS).await
}

/// Created, updated, refreshed, unchanged, removed, rejected.
fn counts(report: &DataSetReport) -> [usize; 6] {
    [
        report.created,
        report.updated,
        report.refreshed,
        report.unchanged,
        report.removed,
        report.rejected,
    ]
}

/// What is selected of the role with a code.
async fn role(board: &TestBoard, code: &str, selection: &str) -> Value {
    let by = format!("{{code: {{scheme: \"onet-soc\", code: \"{code}\"}}}}");
    let mut data = board
        .data(&format!("{{ role(by: {by}) {{ {selection} }} }}"))
        .await;
    data["role"].take()
}

async fn version(board: &TestBoard) -> Value {
    let data = board.data("{ server { catalogueVersion } }").await;
    data["server"]["catalogueVersion"].clone()
}

/// Changes a role by hand.
async fn edit(board: &TestBoard, code: &str, patch: RolePatch) {
    let id = role(board, code, "id").await;
    let id = RoleId::parse(id["id"].as_str().unwrap()).unwrap();
    let edit = move |role: &mut IdentifiedDraft, _: &dyn domain::id::IdSource| {
        assert!(role.patch(patch.clone()).is_empty());
        Ok(None)
    };
    let write = RoleWrite::Edit {
        role: id,
        expected: None,
        slug: None,
        edit: &edit,
    };
    let options = StoreOptions {
        author: Author::named("editor"),
        dry_run: false,
    };
    let receipt = board
        .catalogue()
        .write_roles(&[write], options, None)
        .await
        .unwrap();
    assert_eq!(receipt.edited[0].action, Some(EditAction::Updated));
}

fn summary(text: &str) -> RolePatch {
    RolePatch {
        summary: Some(Some(text.to_owned())),
        ..RolePatch::default()
    }
}

on_both_engines! {
    async fn occupations_become_roles_with_all_that_is_measured_of_them(board) {
        let report = import(&board, &release("29.3")).await;
        assert_eq!(counts(&report), [3, 0, 0, 0, 0, 0], "{:?}", report.findings);
        let found = role(&board, "15-1299.01", "
            slug title summary lastReviewedOn attribution category { path }
            atAGlance { facts { key text } }
            duties { text kind externalId activities }
            alternateTitles(first: 5) { totalCount { value } nodes { text shortForm reported featured sources } }
            skills(first: 5) { totalCount { value } nodes {
                skill { name kind } importance { value standardError suppressed } level { value lowerBound }
                relevant hot inDemand commodity { code } measuredOn measuredOnPrecision collectedFrom
            } }
            relatedRoles(first: 5) { nodes { nearness role { slug } } }
            codes { scheme code concept { kind release label { text } roles(first: 2) { nodes { slug } } } }
            distributions { scale label shares { category label percent { value sampleSize } } }
        ").await;
        insta::assert_json_snapshot!("occupation", found);
    }

    async fn the_same_release_changes_nothing_and_the_next_one_what_is_different(board) {
        import(&board, &release("29.3")).await;
        let (before, duty) = (version(&board).await, role(&board, "15-1299.01", "duties { id }").await);
        let again = import(&board, &release("29.3")).await;
        assert_eq!(counts(&again), [0, 0, 0, 3, 0, 0]);
        assert_eq!(version(&board).await, before);
        let next = release("30.0")
            .with("Task Statements", "Write programs for lamps.", "Write programs for all lamps.")
            .without("Occupation Data", "15-1299.02");
        let next = next.without("Related Occupations", "15-1299.02");
        let report = import(&board, &next).await;
        assert_eq!(counts(&report), [0, 1, 0, 1, 0, 0], "{:?}", report.findings);
        assert_eq!(report.findings.last().unwrap().code, "SHRUNK");
        assert!(report.changes[0].differences[0].contains("all lamps"), "{:?}", report.changes);
        // The task is the same one: its number says so.
        let after = role(&board, "15-1299.01", "duties { id } attribution").await;
        assert_eq!(after["duties"], duty["duties"]);
        assert!(after["attribution"].as_str().unwrap().contains("30.0"));
        let concept = "{ concept(by: {code: {scheme: \"onet-soc\", code: \"15-1299.02\"}}) { status } }";
        assert_eq!(board.data(concept).await["concept"]["status"], "ACTIVE");
        let shrunk = import_with(&board, next.path(), RunOptions { allow_shrink: true, ..OPTIONS }).await;
        assert_eq!(counts(&shrunk), [0, 0, 0, 2, 1, 0]);
        assert_eq!(role(&board, "15-1299.02", "slug").await, Value::Null);
        assert_eq!(board.data(concept).await["concept"]["status"], "OBSOLETE");
    }

    async fn what_somebody_has_changed_here_is_never_overwritten(board) {
        import(&board, &release("29.3")).await;
        edit(&board, "15-1299.01", summary("Ours.")).await;
        let described = "Keep the programs of lighthouses running.";
        let next = release("30.0")
            .with("Task Statements", "Answer ships.", "Answer all ships.")
            .with("Occupation Data", described, "Keep lighthouses running.");
        let report = import(&board, &next).await;
        assert_eq!(counts(&report), [0, 1, 0, 2, 0, 0]);
        assert_eq!(report.changes[0].conflicts, ["SUMMARY"]);
        let found = role(&board, "15-1299.01", "summary duties { text }").await;
        assert_eq!(found["summary"], "Ours.");
        assert_eq!(found["duties"][1]["text"], "Answer all ships.");
        // It stays so, and is told again only when the release says something new.
        let third = next.with("Task Statements", "Train lamps.", "Train lamps well.");
        let third = third.with("Task Statements", "Answer all ships.", "Answer every ship.");
        let report = import(&board, &third).await;
        assert_eq!((report.updated, &report.changes[0].conflicts), (1, &Vec::new()));
        let found = role(&board, "15-1299.01", "summary duties { text }").await;
        assert_eq!((&found["summary"], &found["duties"][1]["text"]), (&json!("Ours."), &json!("Answer every ship.")));
    }

    async fn a_deleted_role_stays_deleted(board) {
        import(&board, &release("29.3")).await;
        let id = role(&board, "15-1299.02", "id").await;
        let id = RoleId::parse(id["id"].as_str().unwrap()).unwrap();
        let delete = RoleWrite::Delete { role: id, expected: None };
        let options = StoreOptions { author: Author::named("editor"), dry_run: false };
        board.catalogue().write_roles(&[delete], options, None).await.unwrap();
        let again = import(&board, &release("29.3")).await;
        assert_eq!(counts(&again), [0, 0, 0, 3, 0, 0]);
        let next = release("30.0").with("Occupation Data", "Count buoys.", "Count all buoys.");
        let report = import(&board, &next).await;
        assert_eq!((report.deleted, report.unchanged), (1, 2));
        assert_eq!(role(&board, "15-1299.02", "slug").await, Value::Null);
    }

    async fn tables_that_are_not_there_leave_alone_what_came_from_them(board) {
        import(&board, &release("29.3")).await;
        let parts = "revision duties { text activities } skills(first: 9) { nodes { skill { name } importance { value } } }
            alternateTitles(first: 9) { nodes { text } } relatedRoles(first: 9) { nodes { nearness } }
            atAGlance { facts { key text } } distributions { label } lastReviewedOn";
        let before = role(&board, "15-1299.01", parts).await;
        let report = import(&board, &release("29.3").only(&["Occupation Data", "Technology Skills"])).await;
        assert_eq!(counts(&report), [0, 0, 3, 0, 0, 0], "{:?}", report.changes);
        assert_eq!(role(&board, "15-1299.01", parts).await, before);
    }

    async fn a_row_that_is_not_accepted_stops_everything_or_itself(board) {
        let broken = release("29.3").with("Skills", "4.12", "much");
        let before = version(&board).await;
        let report = import(&board, &broken).await;
        assert_eq!((report.created, report.rejected), (0, 1));
        let found = &report.findings.iter().find(|found| found.rejects).unwrap();
        assert_eq!((found.file.as_str(), found.line), ("Skills.txt", Some(2)));
        assert_eq!(found.column.as_deref(), Some("Data Value"));
        assert_eq!(version(&board).await, before);
        let skip = RunOptions { on_error: OnError::Skip, ..OPTIONS };
        let report = import_with(&board, broken.path(), skip).await;
        assert_eq!((report.created, report.rejected), (3, 1));
    }

    async fn a_row_that_is_left_out_takes_no_role_away(board) {
        import(&board, &release("29.3")).await;
        let broken = release("30.0").with("Occupation Data", "51-9199.01", "51-9199");
        let skip = RunOptions { on_error: OnError::Skip, allow_shrink: true, ..OPTIONS };
        let report = import_with(&board, broken.path(), skip).await;
        assert_eq!((report.rejected > 0, report.removed), (true, 0));
        assert_eq!(role(&board, "51-9199.01", "slug").await, json!({"slug": "rope-testers"}));
    }

    async fn a_dry_run_tells_the_same_and_writes_nothing(board) {
        let dry = RunOptions { store: StoreOptions { dry_run: true, ..OPTIONS.store }, ..OPTIONS };
        let (before, first) = (version(&board).await, release("29.3"));
        let told = import_with(&board, first.path(), dry).await;
        assert_eq!(version(&board).await, before);
        assert_eq!(told, import(&board, &first).await);
        let next = release("30.0").with("Task Statements", "Answer ships.", "Answer all ships.");
        let told = import_with(&board, next.path(), dry).await;
        assert_eq!(told, import(&board, &next).await);
        assert_eq!(told.updated, 1);
    }
}

/// Three tables of the real release, in the layout of its text files.
#[tokio::test]
async fn the_sample_of_a_real_release_arrives() {
    let Some(table) = shared_file("data/onet-29.3-text-sample/Occupation Data.txt") else {
        return;
    };
    let board = TestBoard::new(testkit::Engine::Sqlite).await;
    let report = import_with(&board, table.parent().unwrap(), OPTIONS).await;
    assert_eq!(counts(&report), [47, 0, 0, 0, 0, 0]);
    let found = role(
        &board,
        "15-1252.00",
        "title skills(first: 1) { totalCount { value } }",
    )
    .await;
    assert_eq!(
        found,
        json!({"title": "Software Developers", "skills": {"totalCount": {"value": 426}}})
    );
}
