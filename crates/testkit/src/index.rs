//! The index for searches as a whole, for comparisons.

use std::collections::{BTreeMap, HashMap};

use search::profile::Profile;
use sqlx::{Connection as _, SqliteConnection};

use crate::database::texts;

const WORDS: &str = "SELECT word || ' ' || stem || ' ' || CAST(roles AS TEXT) FROM search_word \
                     WHERE roles > 0 ORDER BY 1";
const MEMBERS: &str = "SELECT kind || ' ' || CAST(owner_id AS TEXT) || ' ' \
                       || CAST(roles AS TEXT) FROM search_member WHERE roles > 0 ORDER BY 1";
const NAMES: &str = "SELECT kind || ' ' || CAST(owner_id AS TEXT) || ' ' \
                     || CAST(position AS TEXT) || ' ' || CAST(rank AS TEXT) || ' ' || start \
                     || '|' || text FROM search_start ORDER BY 1";
const STATE: &str = "SELECT CAST(version AS TEXT) || ' ' || CAST(roles AS TEXT) FROM search_state";

/// What the index for searches says, without the keys of words, which are given out in the
/// order of writes: equal for indexes of equal catalogues, however they came about.
pub async fn search_index(url: &str) -> BTreeMap<&'static str, Vec<String>> {
    BTreeMap::from([
        ("profiles", profiles(url).await),
        ("facets", texts(url, &facets(url)).await),
        ("texts", full_texts(url).await),
        ("words", texts(url, WORDS).await),
        ("members", texts(url, MEMBERS).await),
        ("names", texts(url, NAMES).await),
        ("state", texts(url, STATE).await),
    ])
}

fn facets(url: &str) -> String {
    let number = |column: &str| format!("COALESCE(CAST({column} AS TEXT), '-')");
    format!(
        "SELECT {} || ' ' || locale || ' ' || {} || ' ' || {} || ' ' || {} || ' ' || {} \
         FROM search_role ORDER BY role_id",
        number("role_id"),
        number("salary_band"),
        number("outlook"),
        hex(url, "categories"),
        hex(url, "skills")
    )
}

async fn profiles(url: &str) -> Vec<String> {
    let profiles = format!(
        "SELECT CAST(role_id AS TEXT) || ' ' || {} FROM search_profile ORDER BY role_id",
        hex(url, "profile")
    );
    let words = "SELECT CAST(id AS TEXT) || ' ' || word FROM search_word";
    let words = texts(url, words).await;
    let words = words
        .iter()
        .map(|line| line.split_once(' ').expect("a sound index"));
    let words: HashMap<u32, &str> = words
        .map(|(id, word)| (id.parse().expect("a sound index"), word))
        .collect();
    let profiles = texts(url, &profiles).await;
    profiles.iter().map(|line| profile(line, &words)).collect()
}

/// A byte string as text.
fn hex(url: &str, column: &str) -> String {
    if is_sqlite(url) {
        format!("LOWER(HEX({column}))")
    } else {
        format!("ENCODE({column}, 'hex')")
    }
}

fn is_sqlite(url: &str) -> bool {
    url.starts_with("sqlite")
}

/// A profile with words in the place of their keys.
fn profile(line: &str, words: &HashMap<u32, &str>) -> String {
    let (role, hex) = line.split_once(' ').expect("a sound index");
    let bytes: Vec<u8> = (0..hex.len() / 2)
        .map(|at| {
            u8::from_str_radix(hex.get(at * 2..at * 2 + 2).expect("a sound index"), 16)
                .expect("a sound index")
        })
        .collect();
    let Profile { titles, words: own } = Profile::from_bytes(&bytes).expect("a sound index");
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
async fn full_texts(url: &str) -> Vec<String> {
    if !is_sqlite(url) {
        let vectors = "SELECT CAST(role_id AS TEXT) || ' ' || CAST(words AS TEXT) || ' ' \
                       || CAST(names AS TEXT) FROM search_text ORDER BY role_id";
        return texts(url, vectors).await;
    }
    let mut connection = SqliteConnection::connect(url).await.expect("a sound index");
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
        sqlx::query(create)
            .execute(&mut connection)
            .await
            .expect("a sound index");
        let words = sqlx::query_scalar::<_, String>(read).fetch_all(&mut connection);
        let words = words.await.expect("a sound index");
        all.extend(words.into_iter().map(|word| format!("{table} {word}")));
    }
    all
}
