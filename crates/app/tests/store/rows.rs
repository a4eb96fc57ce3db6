//! What stands in the database, past every layer of the product.

use std::collections::BTreeMap;

use sqlx::{AssertSqlSafe, Connection as _, PgConnection, SqliteConnection};

use crate::board::TestBoard;

/// The texts of a statement that selects one column.
pub(crate) async fn texts(board: &TestBoard, statement: &str) -> Vec<String> {
    let statement = AssertSqlSafe(statement.to_owned());
    if board.url().starts_with("sqlite") {
        let mut connection = SqliteConnection::connect(board.url()).await.unwrap();
        let texts = sqlx::query_scalar(statement).fetch_all(&mut connection);
        texts.await.unwrap()
    } else {
        let mut connection = PgConnection::connect(board.url()).await.unwrap();
        let texts = sqlx::query_scalar(statement).fetch_all(&mut connection);
        texts.await.unwrap()
    }
}

/// Runs a statement as somebody else would.
pub(crate) async fn meddle(board: &TestBoard, statement: &str) {
    texts(board, statement).await;
}

/// Every row of every table, as text.
pub(crate) async fn snapshot(board: &TestBoard) -> BTreeMap<String, Vec<String>> {
    let sqlite = board.url().starts_with("sqlite");
    let tables = if sqlite {
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    } else {
        "SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'public'"
    };
    let mut snapshot = BTreeMap::new();
    for table in texts(board, tables).await {
        let row = if sqlite {
            let columns = format!("SELECT name FROM pragma_table_info('{table}')");
            format!("json_array({})", texts(board, &columns).await.join(", "))
        } else {
            "t::text".to_owned()
        };
        let rows = texts(board, &format!("SELECT {row} FROM {table} AS t ORDER BY 1")).await;
        snapshot.insert(table, rows);
    }
    snapshot
}

/// Whether nothing but the schema is there.
pub(crate) async fn is_empty(board: &TestBoard) -> bool {
    let mut snapshot = snapshot(board).await;
    snapshot.remove("seaql_migrations");
    snapshot.values().all(Vec::is_empty)
}

/// The change sequence: entity, operation, revision and actor.
pub(crate) async fn changes(board: &TestBoard) -> Vec<String> {
    let line = "entity || ' ' || op || ' ' || CAST(revision AS TEXT) || ' ' || actor";
    texts(board, &format!("SELECT {line} FROM change ORDER BY seq")).await
}
