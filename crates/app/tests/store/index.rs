//! The index says of every role what its rows say, whatever was written in which order.

use std::collections::{BTreeMap, HashMap};

use proptest::test_runner::{Config as ProptestConfig, TestRunner};
use search::profile::Profile;
use sqlx::{Connection as _, SqliteConnection};
use testkit::Engine;
use tokio::runtime::Runtime;

use crate::board::TestBoard;
use crate::rows::texts;
use crate::together::{drafts, together};

const WORDS: &str = "SELECT word || ' ' || stem || ' ' || CAST(roles AS TEXT) FROM search_word \
                     WHERE roles > 0 ORDER BY 1";
const MEMBERS: &str = "SELECT kind || ' ' || CAST(owner_id AS TEXT) || ' ' \
                       || CAST(roles AS TEXT) FROM search_member WHERE roles > 0 ORDER BY 1";
const NAMES: &str = "SELECT kind || ' ' || CAST(owner_id AS TEXT) || ' ' \
                     || CAST(position AS TEXT) || ' ' || CAST(rank AS TEXT) || ' ' || start \
                     || '|' || text FROM search_start ORDER BY 1";
const STATE: &str = "SELECT CAST(version AS TEXT) || ' ' || CAST(roles AS TEXT) FROM search_state";

/// What the index says, without the keys of words, which are given out in the order of writes.
pub(crate) async fn index(board: &TestBoard) -> BTreeMap<&'static str, Vec<String>> {
    BTreeMap::from([
        ("profiles", profiles(board).await),
        ("facets", texts(board, &facets(board)).await),
        ("texts", full_texts(board).await),
        ("words", texts(board, WORDS).await),
        ("members", texts(board, MEMBERS).await),
        ("names", texts(board, NAMES).await),
        ("state", texts(board, STATE).await),
    ])
}

fn facets(board: &TestBoard) -> String {
    let number = |column: &str| format!("COALESCE(CAST({column} AS TEXT), '-')");
    format!(
        "SELECT {} || ' ' || locale || ' ' || {} || ' ' || {} || ' ' || {} || ' ' || {} \
         FROM search_role ORDER BY role_id",
        number("role_id"),
        number("salary_band"),
        number("outlook"),
        hex(board, "categories"),
        hex(board, "skills")
    )
}

async fn profiles(board: &TestBoard) -> Vec<String> {
    let profiles = format!(
        "SELECT CAST(role_id AS TEXT) || ' ' || {} FROM search_profile ORDER BY role_id",
        hex(board, "profile")
    );
    let words = "SELECT CAST(id AS TEXT) || ' ' || word FROM search_word";
    let words = texts(board, words).await;
    let words = words.iter().map(|line| line.split_once(' ').unwrap());
    let words: HashMap<u32, &str> = words
        .map(|(id, word)| (id.parse().unwrap(), word))
        .collect();
    let profiles = texts(board, &profiles).await;
    profiles.iter().map(|line| profile(line, &words)).collect()
}

/// A byte string as text.
fn hex(board: &TestBoard, column: &str) -> String {
    if is_sqlite(board) {
        format!("LOWER(HEX({column}))")
    } else {
        format!("ENCODE({column}, 'hex')")
    }
}

fn is_sqlite(board: &TestBoard) -> bool {
    board.url().starts_with("sqlite")
}

/// A profile with words in the place of their keys.
fn profile(line: &str, words: &HashMap<u32, &str>) -> String {
    let (role, hex) = line.split_once(' ').unwrap();
    let bytes: Vec<u8> = (0..hex.len() / 2)
        .map(|at| u8::from_str_radix(hex.get(at * 2..at * 2 + 2).unwrap(), 16).unwrap())
        .collect();
    let Profile { titles, words: own } = Profile::from_bytes(&bytes).unwrap();
    let titles: Vec<Vec<&str>> = titles
        .iter()
        .map(|title| title.iter().map(|word| words[word]).collect())
        .collect();
    let own: BTreeMap<&str, u8> = own
        .iter()
        .map(|(word, worth)| (words[word], *worth))
        .collect();
    format!("{role} {titles:?} {own:?}")
}

/// Every word of the full-text index with its places.
async fn full_texts(board: &TestBoard) -> Vec<String> {
    if !is_sqlite(board) {
        let vectors = "SELECT CAST(role_id AS TEXT) || ' ' || CAST(words AS TEXT) || ' ' \
                       || CAST(names AS TEXT) FROM search_text ORDER BY role_id";
        return texts(board, vectors).await;
    }
    let mut connection = SqliteConnection::connect(board.url()).await.unwrap();
    let mut all = Vec::new();
    for (table, create, read) in [
        (
            "search_text",
            "CREATE VIRTUAL TABLE temp.search_text_words USING fts5vocab(main, search_text, instance)",
            "SELECT term || ' ' || doc || ' ' || col || ' ' || offset FROM temp.search_text_words \
             ORDER BY 1",
        ),
        (
            "search_name",
            "CREATE VIRTUAL TABLE temp.search_name_words USING fts5vocab(main, search_name, instance)",
            "SELECT term || ' ' || doc || ' ' || col || ' ' || offset FROM temp.search_name_words \
             ORDER BY 1",
        ),
    ] {
        sqlx::query(create).execute(&mut connection).await.unwrap();
        let words = sqlx::query_scalar::<_, String>(read).fetch_all(&mut connection);
        let words = words.await.unwrap();
        all.extend(words.into_iter().map(|word| format!("{table} {word}")));
    }
    all
}

pub(crate) async fn reindex(board: &TestBoard) -> u64 {
    let mut transaction = board.database().begin().await.unwrap();
    let roles = transaction.reindex(|_roles| ()).await.unwrap();
    transaction.commit(&[]).await.unwrap();
    roles
}

async fn check(engine: Engine, drafts: &[domain::role::RoleDraft]) {
    let board = TestBoard::new(engine).await;
    let (alone, grouped) = drafts.split_at(drafts.len() / 2);
    for draft in alone {
        board.store(draft).await;
    }
    together(&board, grouped).await;
    let kept = index(&board).await;
    let roles = reindex(&board).await;
    assert_eq!(index(&board).await, kept);
    let published = "SELECT CAST(COUNT(*) AS TEXT) FROM role WHERE state = 'PUBLISHED'";
    assert_eq!(texts(&board, published).await, [roles.to_string()]);
}

fn the_index_agrees_with_the_rows(engine: Engine, cases: u32) {
    let runtime = Runtime::new().unwrap();
    let mut runner = TestRunner::new(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(cases)
    });
    let outcome = runner.run(&drafts(), |drafts| {
        runtime.block_on(check(engine, &drafts));
        Ok(())
    });
    outcome.unwrap();
}

#[test]
fn the_index_agrees_with_the_rows_on_sqlite() {
    the_index_agrees_with_the_rows(Engine::Sqlite, 48);
}

#[test]
fn the_index_agrees_with_the_rows_on_postgres() {
    if Engine::Postgres.available() {
        the_index_agrees_with_the_rows(Engine::Postgres, 4);
    }
}
