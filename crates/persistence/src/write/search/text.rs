//! The words of roles in the form that each engine has for them.

use std::collections::BTreeMap;

use sea_orm::DbBackend;
use search::document::{Column, Document, Run};
use search::word::{code, push_code};

use super::super::{Result, Transaction};

/// Stands between runs, so that no phrase reaches over it; no word has this code.
const GAP: &str = "_";
/// The largest position that PostgreSQL knows.
const MAX_POSITION: usize = 16_383;
/// The largest number of positions of one word.
const MAX_POSITIONS: usize = 255;
/// Long texts go in so many at a time.
const ROLES_PER_STATEMENT: usize = 64;

impl Transaction {
    pub(super) async fn delete_texts(&self, roles: &[i64]) -> Result<()> {
        let tables: &[(&str, &str)] = match self.backend() {
            DbBackend::Postgres => &[("search_text", "role_id")],
            _ => &[("search_text", "rowid"), ("search_name", "rowid")],
        };
        for (table, key) in tables {
            let deleted = self.run(|sql| {
                sql.push(&format!("DELETE FROM {table} WHERE "));
                sql.one_of_keys(key, roles);
            });
            deleted.await?;
        }
        Ok(())
    }

    pub(super) async fn insert_texts(&self, roles: &[(i64, &Document)]) -> Result<()> {
        for chunk in roles.chunks(ROLES_PER_STATEMENT) {
            if self.backend() == DbBackend::Postgres {
                self.insert_vectors(chunk).await?;
            } else {
                let texts = "search_text (rowid, title, skill, category, body)";
                self.insert_columns(texts, &Column::ALL, chunk).await?;
                let names = "search_name (rowid, title, skill, category)";
                let columns = [Column::Title, Column::Skill, Column::Category];
                self.insert_columns(names, &columns, chunk).await?;
            }
        }
        Ok(())
    }

    async fn insert_columns(
        &self,
        table: &str,
        columns: &[Column],
        roles: &[(i64, &Document)],
    ) -> Result<()> {
        self.run(|sql| {
            sql.push(&format!("INSERT INTO {table} VALUES "));
            sql.separated(roles, |sql, (role, document)| {
                sql.push("(");
                sql.bind(*role);
                for column in columns {
                    sql.push(", ");
                    sql.bind(column_text(&document.runs, *column));
                }
                sql.push(")");
            });
        })
        .await
    }

    async fn insert_vectors(&self, roles: &[(i64, &Document)]) -> Result<()> {
        self.run(|sql| {
            sql.push("INSERT INTO search_text (role_id, words, names) VALUES ");
            sql.separated(roles, |sql, (role, document)| {
                sql.push("(");
                sql.bind(*role);
                sql.push(", CAST(");
                sql.bind(vector(&document.runs, |_| true));
                sql.push(" AS tsvector), CAST(");
                sql.bind(vector(&document.runs, |column| column != Column::Text));
                sql.push(" AS tsvector))");
            });
        })
        .await
    }
}

/// The words of a column as a text for FTS5.
fn column_text(runs: &[Run], column: Column) -> String {
    let mut text = String::new();
    for run in runs.iter().filter(|run| run.column == column) {
        for word in &run.words {
            push_code(&mut text, word);
            text.push(' ');
        }
        text.push_str(GAP);
        text.push(' ');
    }
    text
}

/// The words of columns as a `tsvector`, with their places and columns.
fn vector(runs: &[Run], wanted: impl Fn(Column) -> bool) -> String {
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut position = 0;
    for run in runs.iter().filter(|run| wanted(run.column)) {
        let weight = match run.column {
            Column::Title => "A",
            Column::Skill => "B",
            Column::Category => "C",
            Column::Text => "",
        };
        for word in &run.words {
            position += 1;
            let of_word = places.entry(code(word)).or_default();
            if of_word.len() < MAX_POSITIONS {
                of_word.push(format!("{}{weight}", position.min(MAX_POSITION)));
            }
        }
        position += 1;
    }
    let words = places.iter();
    let words = words.map(|(word, places)| format!("'{word}':{}", places.join(",")));
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use search::document::{Part, Piece};

    use super::*;

    #[test]
    fn both_engines_get_the_same_words_with_gaps_between_texts() {
        let piece = |part, text| Piece { part, text };
        let document = Document::of([
            piece(Part::Title, "C++ Developer"),
            piece(Part::Duty, "Écrire du code"),
            piece(Part::Duty, "Code"),
        ]);
        assert_eq!(
            column_text(&document.runs, Column::Title),
            "c developer _ c_2b__2b_ _ "
        );
        assert_eq!(
            column_text(&document.runs, Column::Text),
            "ecrire du code _ code _ "
        );
        assert_eq!(
            vector(&document.runs, |_| true),
            "'c':1A 'c_2b__2b_':4A 'code':8,10 'developer':2A 'du':7 'ecrire':6"
        );
    }
}
