//! The vocabulary: every word of the index with the number of roles that have it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use search::stem::stem;

use super::super::{ROWS_PER_STATEMENT, Result, Transaction};

/// What numbers grow by, by the keys of their rows.
pub(super) type Growth = BTreeMap<i64, i64>;

impl Transaction {
    /// The keys of words; those that are new to the vocabulary are added.
    pub(super) async fn word_keys(&self, words: &BTreeSet<&str>) -> Result<HashMap<String, u32>> {
        let mut keys = HashMap::with_capacity(words.len());
        let all: Vec<&str> = words.iter().copied().collect();
        for chunk in all.chunks(ROWS_PER_STATEMENT) {
            let known = self.rows(|sql| {
                sql.push("SELECT id, word FROM search_word WHERE word IN (");
                sql.bind_all(chunk.iter().copied());
                sql.push(")");
            });
            note(&mut keys, &known.await?);
            let missing = chunk.iter().filter(|word| !keys.contains_key(**word));
            let missing: Vec<&str> = missing.copied().collect();
            if missing.is_empty() {
                continue;
            }
            let added = self.rows(|sql| {
                sql.push("INSERT INTO search_word (word, stem, roles) VALUES ");
                sql.separated(&missing, |sql, word| {
                    sql.push("(");
                    sql.bind(*word);
                    sql.push(", ");
                    sql.bind(stem(word));
                    sql.push(", 0)");
                });
                sql.push(" RETURNING id, word");
            });
            note(&mut keys, &added.await?);
        }
        Ok(keys)
    }

    /// Lets the numbers of roles of words grow or shrink.
    pub(super) async fn grow_words(&self, growth: &Growth) -> Result<()> {
        let growth: Vec<_> = growth.iter().filter(|(_, by)| **by != 0).collect();
        for chunk in growth.chunks(ROWS_PER_STATEMENT) {
            let grown = self.run(|sql| {
                sql.push("UPDATE search_word SET roles = roles + grown.column2 FROM (VALUES ");
                sql.separated(chunk, |sql, (word, by)| {
                    sql.push(&format!("({word}, {by})"));
                });
                sql.push(") AS grown WHERE search_word.id = grown.column1");
            });
            grown.await?;
        }
        Ok(())
    }
}

fn note(keys: &mut HashMap<String, u32>, rows: &crate::engine::Rows) {
    for row in rows.iter() {
        let key = row.integer(0).and_then(|key| u32::try_from(key).ok());
        if let (Some(key), Some(word)) = (key, row.text(1)) {
            keys.insert(word.to_owned(), key);
        }
    }
}
