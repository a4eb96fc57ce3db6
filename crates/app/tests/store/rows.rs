//! What stands in the database, past every layer of the product.

use std::collections::BTreeMap;

use crate::board::TestBoard;

/// The texts of a statement that selects one column.
pub(crate) async fn texts(board: &TestBoard, statement: &str) -> Vec<String> {
    testkit::texts(board.url(), statement).await
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
            let columns =
                format!("SELECT 'quote(' || name || ')' FROM pragma_table_info('{table}')");
            format!("json_array({})", texts(board, &columns).await.join(", "))
        } else {
            "t::text".to_owned()
        };
        let rows = texts(board, &format!("SELECT {row} FROM {table} AS t ORDER BY 1")).await;
        snapshot.insert(table, rows);
    }
    snapshot
}

/// Whether nothing but the schema and the state of an empty catalogue is there.
pub(crate) async fn is_empty(board: &TestBoard) -> bool {
    let snapshot = snapshot(board).await;
    // What FTS5 keeps for itself is never empty; the roles that it has are in `search_role`.
    let of_engine = ["search_text_", "search_name_"];
    let mut catalogue = snapshot.iter().filter(|(table, _)| {
        let own = of_engine.iter().any(|start| table.starts_with(start));
        let state = [
            "seaql_migrations",
            "search_state",
            "change_state",
            "access_state",
        ];
        !own && !state.contains(&table.as_str())
    });
    catalogue.all(|(_, rows)| rows.is_empty())
}

/// The change sequence: entity, operation, revision and actor.
pub(crate) async fn changes(board: &TestBoard) -> Vec<String> {
    let line = "entity || ' ' || op || ' ' || CAST(revision AS TEXT) || ' ' || actor";
    texts(board, &format!("SELECT {line} FROM change ORDER BY seq")).await
}
