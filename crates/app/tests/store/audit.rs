//! The audit log: an entry for whatever is done, and whatever is done to the log is found.

use std::time::Duration;

use app::{AuditLog, AuditReport, Denials, StoreOptions};
use domain::Slug;
use domain::access::{Author, Caller, KeyDraft, KeyKind, KeyLimits, Principal, Scopes};
use domain::audit::{AccessAction, SealedEntry};
use domain::document::{DocumentId, TrustedDocument};
use domain::id::{Id as _, KeyId};
use domain::role::RoleDraft;
use sqlx::{Connection as _, PgConnection, SqliteConnection};
use testkit::{TestBoard, on_both_engines, source, texts};
use uuid::Uuid;

/// A role that brings nothing with it but its source.
fn draft(slug: &str, title: &str) -> RoleDraft {
    RoleDraft::new(source("Test"), Slug::parse(slug).unwrap(), title.to_owned())
}

fn log(board: &TestBoard) -> AuditLog {
    AuditLog::new(board.database().clone())
}

async fn entries(board: &TestBoard) -> Vec<SealedEntry> {
    log(board).page(0).await.unwrap()
}

async fn verified(board: &TestBoard) -> AuditReport {
    log(board).verify(None).await.unwrap()
}

/// What the log says: action, kind, revision and actor of each entry.
async fn said(board: &TestBoard) -> Vec<String> {
    let entries = entries(board).await;
    let line = |sealed: &SealedEntry| {
        let entry = &sealed.entry;
        let entity = entry.entity.as_deref().unwrap_or("-");
        let revision = entry
            .revision
            .map_or("-".to_owned(), |number| number.to_string());
        format!("{} {entity} {revision} {}", entry.action, entry.actor)
    };
    entries.iter().map(line).collect()
}

fn partner() -> Principal {
    Principal {
        name: "partner".to_owned(),
        key: Some(KeyId::from_uuid(Uuid::from_u128(7))),
        scopes: Scopes::parse("admin").unwrap(),
    }
}

/// A partner over HTTP.
fn caller(principal: &Principal) -> Caller<'_> {
    Caller {
        principal,
        request: Some("1f-7"),
        address: "192.0.2.7".parse().ok(),
    }
}

fn key() -> KeyDraft {
    KeyDraft {
        name: "robot".to_owned(),
        kind: KeyKind::Live,
        scopes: Scopes::parse("roles:write").unwrap(),
        expires_at: None,
        networks: Vec::new(),
        limits: KeyLimits::default(),
    }
}

/// A log of five entries.
async fn five(board: &TestBoard) {
    for slug in ["chef", "cook", "baker", "butcher"] {
        board.store(&draft(slug, slug)).await;
    }
    assert_eq!(verified(board).await.head.seq, 5);
}

/// Does something that the database has to refuse; returns what it says.
async fn refused(board: &TestBoard, statement: &'static str) -> String {
    let statement = sqlx::raw_sql(statement);
    let refused = if board.url().starts_with("sqlite") {
        let mut connection = SqliteConnection::connect(board.url()).await.unwrap();
        statement.execute(&mut connection).await.map(|_done| ())
    } else {
        let mut connection = PgConnection::connect(board.url()).await.unwrap();
        statement.execute(&mut connection).await.map(|_done| ())
    };
    refused.unwrap_err().to_string()
}

/// Lets somebody change the log who owns the database, and keeps a copy of it.
async fn unlock(board: &TestBoard) {
    let statements: &[&str] = if board.url().starts_with("sqlite") {
        &[
            "DROP TRIGGER audit_keeps_rows",
            "DROP TRIGGER audit_keeps_values",
        ]
    } else {
        &["DROP TRIGGER audit_only_grows ON audit"]
    };
    for statement in statements {
        board.place().run(statement).await;
    }
    let copy = "CREATE TABLE kept AS SELECT * FROM audit";
    board.place().run(copy).await;
}

/// Puts an entry back as it was.
async fn restore(board: &TestBoard, seq: u64) {
    for statement in [
        format!("DELETE FROM audit WHERE seq = {seq}"),
        format!("INSERT INTO audit SELECT * FROM kept WHERE seq = {seq}"),
    ] {
        board.place().run(&statement).await;
    }
}

on_both_engines! {
    async fn every_change_has_its_entry_with_whoever_made_it(board) {
        let partner = partner();
        let options = StoreOptions::by(caller(&partner).author());
        let stored = board.catalogue().store_role(&draft("chef", "Chef"), options).await.unwrap();
        board.store(&RoleDraft { title: "Cook".to_owned(), ..draft("chef", "Chef") }).await;
        assert_eq!(said(&board).await, [
            "source_created SOURCE 1 partner",
            "role_created ROLE 1 partner",
            "role_updated ROLE 2 test",
        ]);
        let entries = entries(&board).await;
        let (created, updated) = (&entries[1].entry, &entries[2].entry);
        assert_eq!(created.entity_id, Some(stored.id.to_string()));
        assert_eq!(created.key_id.as_deref(), Some("key_00000000-0000-0000-0000-000000000007"));
        assert_eq!((created.request_id.as_deref(), created.address.as_deref()), (Some("1f-7"), Some("192.0.2.7")));
        assert_eq!((&updated.key_id, &updated.request_id, &updated.address), (&None, &None, &None));
        let numbers = texts(board.url(), "SELECT CAST(seq AS TEXT) FROM change ORDER BY seq").await;
        let named: Vec<String> = entries.iter().map(|sealed| sealed.entry.change.unwrap().to_string()).collect();
        assert_eq!(named, numbers);
        assert_eq!(verified(&board).await.damage, None);
    }

    async fn what_writes_nothing_leaves_no_entry(board) {
        let chef = draft("chef", "Chef");
        board.store(&chef).await;
        let before = log(&board).head().await.unwrap();
        board.store(&chef).await;
        let dry = StoreOptions { dry_run: true, ..StoreOptions::new("test") };
        board.catalogue().store_role(&draft("cook", "Cook"), dry).await.unwrap();
        assert_eq!(log(&board).head().await.unwrap(), before);
    }

    async fn writers_at_the_same_time_make_one_chain(board) {
        let write = |number: usize| {
            let catalogue = board.catalogue().clone();
            async move {
                let role = draft(&format!("role-{number}"), "Role");
                catalogue.store_role(&role, StoreOptions::new("writer")).await.unwrap();
            }
        };
        let writes: Vec<_> = (0..32).map(|number| tokio::spawn(write(number))).collect();
        for write in writes {
            write.await.unwrap();
        }
        let report = verified(&board).await;
        assert_eq!((report.head.seq, report.damage), (33, None));
    }

    async fn keys_leave_entries_without_their_secrets(board) {
        let partner = partner();
        let made = board.keys().create_key(caller(&partner), key()).await.unwrap();
        let rotated = board.keys().rotate_key(caller(&partner), made.key.id, Duration::from_hours(1)).await.unwrap();
        board.keys().revoke_key(&Principal::operator("operator"), made.key.id).await.unwrap();
        board.keys().revoke_key(&Principal::operator("operator"), made.key.id).await.unwrap();
        assert_eq!(said(&board).await, [
            "authn_token_created KEY - partner",
            "authn_token_rotated KEY - partner",
            "authn_token_revoked KEY - operator",
        ]);
        let entries = entries(&board).await;
        assert!(entries.iter().all(|sealed| sealed.entry.entity_id == Some(made.key.id.to_string())));
        assert_eq!(entries[0].entry.detail.as_deref(), Some("robot: roles:write"));
        assert_eq!(entries[0].entry.address.as_deref(), Some("192.0.2.7"));
        for token in [&made.token, &rotated.token] {
            let secret = token.reveal().get(20..63).unwrap();
            assert!(entries.iter().all(|sealed| !sealed.to_line().contains(secret)));
        }
        assert_eq!(verified(&board).await.damage, None);
    }

    async fn trusted_documents_leave_entries(board) {
        let document = |id: &str| TrustedDocument {
            id: DocumentId::parse(id).unwrap(),
            name: None,
            text: "{ __typename }".to_owned(),
        };
        let (catalogue, author) = (board.catalogue(), Author::named("operator"));
        let [one, two] = ["one", "two"].map(document);
        catalogue.push_documents(&[one.clone(), two.clone()], author).await.unwrap();
        catalogue.push_documents(&[one.clone()], author).await.unwrap();
        catalogue.remove_documents(&[two.id, DocumentId::parse("three").unwrap()], author).await.unwrap();
        let entries = entries(&board).await;
        let said: Vec<(&str, Option<&str>)> = entries.iter()
            .map(|sealed| (sealed.entry.action.as_str(), sealed.entry.entity_id.as_deref()))
            .collect();
        assert_eq!(said, [
            ("document_created", Some("one")),
            ("document_created", Some("two")),
            ("document_deleted", Some("two")),
        ]);
        assert_eq!(verified(&board).await.damage, None);
    }

    async fn refusals_are_written_together_and_only_so_many_are_told_apart(board) {
        let denials = Denials::new(board.database().clone(), board.shared_clock());
        let partner = partner();
        for _ in 0..3 {
            denials.note(caller(&partner).author(), AccessAction::Denied, "mutation: keys:manage");
            board.clock().advance(1);
        }
        denials.write().await.unwrap();
        denials.write().await.unwrap();
        let first = entries(&board).await;
        assert_eq!(first.len(), 1);
        let entry = &first[0].entry;
        assert_eq!((entry.action.as_str(), entry.count, entry.detail.as_deref()), ("authz_fail", 3, Some("mutation: keys:manage")));
        assert_eq!(entry.request_id.as_deref(), Some("1f-7"));
        for stranger in 0..50_u8 {
            let address = Some([192, 0, 2, stranger].into());
            let author = Author { address, ..Author::named("anonymous") };
            denials.note(author, AccessAction::TokenRefused, "unknown");
        }
        denials.write().await.unwrap();
        let later = entries(&board).await.split_off(1);
        assert_eq!(later.len(), 21);
        assert_eq!(later.iter().map(|sealed| sealed.entry.count).sum::<i64>(), 50);
        let others = later.iter().find(|sealed| sealed.entry.actor == "others").unwrap();
        assert_eq!((others.entry.count, &others.entry.address), (30, &None));
        assert_eq!(verified(&board).await.damage, None);
    }

    async fn refusals_that_cannot_be_written_wait(board) {
        let denials = Denials::new(board.database().clone(), board.shared_clock());
        denials.note(Author::named("anonymous"), AccessAction::TokenRefused, "unknown");
        board.place().run("ALTER TABLE audit RENAME TO elsewhere").await;
        assert!(denials.write().await.is_err());
        board.place().run("ALTER TABLE elsewhere RENAME TO audit").await;
        denials.note(Author::named("anonymous"), AccessAction::TokenRefused, "unknown");
        denials.write().await.unwrap();
        assert_eq!(entries(&board).await[0].entry.count, 2);
    }

    async fn rows_can_be_added_only(board) {
        five(&board).await;
        for statement in [
            "UPDATE audit SET actor = 'nobody' WHERE seq = 2",
            "DELETE FROM audit WHERE seq = 5",
        ] {
            let told = refused(&board, statement).await;
            assert!(told.contains("the audit log only grows"), "{told}");
        }
        assert_eq!(verified(&board).await.damage, None);
    }

    async fn whatever_is_done_to_a_row_is_found_at_its_place(board) {
        five(&board).await;
        unlock(&board).await;
        let written = [
            "at", "actor", "key_id", "action", "entity", "entity_id", "request_id", "address",
            "detail", "previous", "hash",
        ];
        let counted = ["revision", "change", "count"];
        let written = written.map(|column| format!("{column} = COALESCE({column}, '') || 'x'"));
        let counted = counted.map(|column| format!("{column} = COALESCE({column}, 0) + 1"));
        let emptied = ["entity = NULL".to_owned(), "seq = 7".to_owned()];
        for set in written.into_iter().chain(counted).chain(emptied) {
            board.place().run(&format!("UPDATE audit SET {set} WHERE seq = 3")).await;
            let damage = verified(&board).await.damage.unwrap();
            assert_eq!(damage.seq, 3, "{set}: {}", damage.problem);
            board.place().run("DELETE FROM audit WHERE seq = 7").await;
            restore(&board, 3).await;
            assert_eq!(verified(&board).await.damage, None);
        }
    }

    async fn rows_that_are_gone_are_missed(board) {
        five(&board).await;
        let head = log(&board).head().await.unwrap();
        unlock(&board).await;
        board.place().run("DELETE FROM audit WHERE seq = 5").await;
        let damage = verified(&board).await.damage.unwrap();
        assert_eq!(damage.seq, 5);
        let newest = texts(board.url(), "SELECT CAST(MAX(seq) AS TEXT) FROM change").await.concat();
        assert_eq!(damage.problem, format!("the changes {newest} to {newest} have no entry"));
        // Whoever takes the change away, too, has not taken it out of what was noted.
        board.place().run("DELETE FROM change WHERE seq = (SELECT MAX(seq) FROM change)").await;
        assert_eq!(verified(&board).await.damage, None);
        let noted = log(&board).verify(Some(&head.hash)).await.unwrap();
        assert_eq!(noted.damage.unwrap().seq, 5);
        board.place().run("DELETE FROM audit WHERE seq = 1").await;
        assert_eq!(verified(&board).await.damage.unwrap().seq, 1);
    }
}
