//! Disks that are full or cannot be written: reads go on, writes fail with a reason, and succeed
//! again when the reason is gone.

use std::sync::Arc;
use std::time::Duration;

use app::{AppError, Catalogue, StoreOptions, StoredRole};
use domain::role::{Faq, RoleDraft};
use persistence::{Database, DatabaseSettings, PersistenceError};
use sqlx::{Connection as _, SqliteConnection};
use testkit::{Disk, Engine, SequentialIds};

use crate::board::{TestBoard, catalogue};
use crate::document::full;

const MIB: u64 = 1 << 20;
/// Documents that do not fit on a disk of a few MiB.
const MANY: u32 = 200;

async fn open(disk: &Disk) -> Result<Database, PersistenceError> {
    let settings = DatabaseSettings {
        // Many write at once, and nobody is to give up on a slow machine.
        acquire_timeout: Duration::from_mins(1),
        ..DatabaseSettings::new(disk.url())
    };
    Database::open(&settings).await
}

fn board(database: &Database) -> Catalogue {
    catalogue(database.clone(), Arc::<SequentialIds>::default())
}

/// A document of some ten thousand characters.
fn large(number: u32) -> RoleDraft {
    let mut draft = full(&format!("pilot-{number}"));
    draft.faqs = (0..12)
        .map(|question| Faq {
            question: format!("Question {question} about pilot {number}?"),
            answer: format!("Word{number} and word{question}. ").repeat(60),
        })
        .collect();
    draft
}

async fn store(catalogue: &Catalogue, number: u32) -> Result<StoredRole, AppError> {
    let options = StoreOptions::new("test");
    catalogue.store_role(&large(number), options).await
}

/// Stores documents until one is refused; returns how many were stored and the reason.
async fn store_until_refused(catalogue: &Catalogue) -> (u32, AppError) {
    for number in 0..MANY {
        if let Err(refused) = store(catalogue, number).await {
            return (number, refused);
        }
    }
    panic!("{MANY} documents fit");
}

/// What a reader of the product and one past it see: the number of roles.
async fn roles(disk: &Disk, database: &Database) -> u32 {
    database.reads().catalogue_version().await.unwrap();
    let mut connection = SqliteConnection::connect(&disk.url()).await.unwrap();
    let roles = sqlx::query_scalar("SELECT COUNT(*) FROM role");
    roles.fetch_one(&mut connection).await.unwrap()
}

async fn integrity(disk: &Disk) -> String {
    let mut connection = SqliteConnection::connect(&disk.url()).await.unwrap();
    let found = sqlx::query_scalar("PRAGMA integrity_check");
    found.fetch_one(&mut connection).await.unwrap()
}

#[tokio::test]
async fn on_a_full_disk_reads_go_on_and_writes_succeed_when_there_is_space() {
    let Some(disk) = Disk::of_size(6 * MIB) else {
        return;
    };
    let database = open(&disk).await.unwrap();
    let catalogue = board(&database);
    let (stored, refused) = store_until_refused(&catalogue).await;
    assert!(stored > 0);
    assert!(
        matches!(
            &refused,
            AppError::Persistence(PersistenceError::StorageFull(_))
        ),
        "{refused:?}"
    );
    assert_eq!(roles(&disk, &database).await, stored);
    let again = store(&catalogue, stored).await;
    assert!(
        matches!(
            &again,
            Err(AppError::Persistence(PersistenceError::StorageFull(_)))
        ),
        "{again:?}"
    );
    assert_eq!(roles(&disk, &database).await, stored);

    disk.resize(64 * MIB);
    store(&catalogue, stored).await.unwrap();
    assert_eq!(roles(&disk, &database).await, stored + 1);
    assert_eq!(integrity(&disk).await, "ok");
}

#[tokio::test]
async fn all_who_write_to_a_full_disk_are_told_and_none_of_them_is_there() {
    let Some(disk) = Disk::of_size(6 * MIB) else {
        return;
    };
    let database = open(&disk).await.unwrap();
    let catalogue = board(&database);
    let writers: Vec<_> = (0..MANY)
        .map(|number| {
            let catalogue = catalogue.clone();
            tokio::spawn(async move { store(&catalogue, number).await })
        })
        .collect();
    let mut stored = 0;
    for writer in writers {
        match writer.await.unwrap() {
            Ok(_) => stored += 1,
            Err(AppError::Persistence(PersistenceError::StorageFull(_))) => {}
            Err(other) => panic!("{other:?}"),
        }
    }
    assert!(stored < MANY);
    assert_eq!(roles(&disk, &database).await, stored);
    assert_eq!(integrity(&disk).await, "ok");
}

#[tokio::test]
async fn a_disk_that_cannot_be_written_is_named_at_the_start() {
    let Some(disk) = Disk::of_size(32 * MIB) else {
        return;
    };
    open(&disk).await.unwrap().close().await.unwrap();
    disk.protect();
    let refused = open(&disk).await.unwrap_err().to_string();
    assert!(
        refused.contains("the file cannot be written: Read-only"),
        "{refused}"
    );
    disk.unprotect();
    open(&disk).await.unwrap();
}

#[tokio::test]
async fn a_server_that_can_only_be_read_says_so_and_heals() {
    if !Engine::Postgres.available() {
        return;
    }
    let board = TestBoard::new(Engine::Postgres).await;
    let only_read = |on: bool| {
        format!(
            "BEGIN READ WRITE; DO $$ BEGIN EXECUTE 'ALTER DATABASE ' || current_database() \
             || ' SET default_transaction_read_only = {on}'; END $$; COMMIT"
        )
    };
    board.place().run(&only_read(true)).await;
    let catalogue = board.another_catalogue().await;
    let refused = store(&catalogue, 1).await.unwrap_err();
    assert!(
        matches!(
            &refused,
            AppError::Persistence(PersistenceError::ReadOnly(_))
        ),
        "{refused:?}"
    );
    board.database().reads().catalogue_version().await.unwrap();
    board.place().run(&only_read(false)).await;
    store(&board.another_catalogue().await, 1).await.unwrap();
}
