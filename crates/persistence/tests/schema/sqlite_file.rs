//! Files that SQLite databases are opened from.

use persistence::{Database, DatabaseSettings, PersistenceError};

use crate::place;

async fn refusal(url: &str) -> String {
    let refused = Database::open(&DatabaseSettings::new(url))
        .await
        .unwrap_err();
    assert!(
        matches!(refused, PersistenceError::Address { .. }),
        "{refused:?}"
    );
    refused.to_string()
}

#[tokio::test]
async fn addresses_that_name_no_file_are_refused() {
    assert_eq!(
        refusal("sqlite::memory:").await,
        "sqlite::memory:: in memory every connection would have a database of its own: expected \
         sqlite://PATH with the path of a file"
    );
    assert_eq!(
        refusal("mysql://me:secret@host/roles").await,
        "mysql://me:***@host/roles: expected sqlite://PATH or \
         postgres://USER:PASSWORD@HOST/NAME"
    );
}

#[tokio::test]
async fn a_missing_folder_is_named() {
    let url = format!(
        "sqlite://{}/missing/board.db",
        place::sqlite().await.folder().display()
    );
    assert_eq!(
        refusal(&url).await,
        format!("{url}: the folder of the file does not exist: create it or name another path")
    );
}

#[tokio::test]
async fn a_file_of_another_kind_is_left_alone() {
    let place = place::sqlite().await;
    let file = place.folder().join("board.db");
    let text = "Not a database, but a text that somebody wrote and would like to keep.\n";
    std::fs::write(&file, text.repeat(20)).unwrap();
    let refused = refusal(place.url()).await;
    assert!(refused.contains("file is not a database"), "{refused}");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), text.repeat(20));
}

#[cfg(unix)]
#[tokio::test]
async fn new_files_belong_to_their_owner_only() {
    use std::os::unix::fs::PermissionsExt as _;
    let place = place::sqlite().await;
    let database = Database::open(&place::settings(&place)).await.unwrap();
    for file in ["board.db", "board.db-wal", "board.db-shm"] {
        let rights = std::fs::metadata(place.folder().join(file))
            .unwrap()
            .permissions();
        assert_eq!(rights.mode() & 0o777, 0o600, "{file}");
    }
    database.close().await.unwrap();
}

#[tokio::test]
async fn a_closed_database_is_one_file() {
    let place = place::sqlite().await;
    let database = Database::open(&place::settings(&place)).await.unwrap();
    database.ping().await.unwrap();
    database.close().await.unwrap();
    let files = std::fs::read_dir(place.folder()).unwrap();
    let names: Vec<_> = files.map(|file| file.unwrap().file_name()).collect();
    assert_eq!(names, ["board.db"]);
}
