//! What a role has to have, in the words of the full-text index of either engine.
//!
//! Words are written by `search::word::code`, so that nothing in them means anything to an engine:
//! whatever somebody searches for, the expression is a valid one.

use sea_orm::DbBackend;
use search::document::Column;
use search::word::code;

/// What a role has to have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Expression {
    /// A word.
    Word(String),
    /// Every word that begins like this.
    Beginning(String),
    /// Words that follow each other.
    Phrase(Vec<String>),
    /// One of several things; none of nothing.
    Any(Vec<Self>),
    /// All of several things; nothing of nothing, too.
    All(Vec<Self>),
    /// Something within one column.
    In(Column, Box<Self>),
}

impl Expression {
    /// The expression in the words of an engine.
    pub(super) fn write(&self, backend: DbBackend) -> String {
        if backend == DbBackend::Postgres {
            self.tsquery("")
        } else {
            self.fts5()
        }
    }

    fn fts5(&self) -> String {
        match self {
            Self::Word(word) => format!("\"{}\"", code(word)),
            Self::Beginning(prefix) => format!("\"{}\"*", code(prefix)),
            Self::Phrase(words) => format!("\"{}\"", joined(words, " ", |word| code(word))),
            // No word has this code.
            Self::Any(parts) | Self::All(parts) if parts.is_empty() => "\"__\"".to_owned(),
            Self::Any(parts) => format!("({})", joined(parts, " OR ", Self::fts5)),
            Self::All(parts) => format!("({})", joined(parts, " AND ", Self::fts5)),
            Self::In(column, part) => format!("{{{}}} : ({})", name(*column), part.fts5()),
        }
    }

    fn tsquery(&self, weight: &str) -> String {
        let word = |word: &String| format!("'{}'{weight}", code(word));
        let part = |part: &Self| part.tsquery(weight);
        match self {
            Self::Word(only) => word(only),
            Self::Beginning(prefix) => {
                let weight = weight.trim_start_matches(':');
                format!("'{}':*{weight}", code(prefix))
            }
            Self::Phrase(words) => format!("({})", joined(words, " <-> ", word)),
            Self::Any(parts) | Self::All(parts) if parts.is_empty() => "'__'".to_owned(),
            Self::Any(parts) => format!("({})", joined(parts, " | ", part)),
            Self::All(parts) => format!("({})", joined(parts, " & ", part)),
            Self::In(column, part) => part.tsquery(label(*column)),
        }
    }
}

fn joined<T>(parts: &[T], between: &str, write: impl Fn(&T) -> String) -> String {
    let parts: Vec<String> = parts.iter().map(write).collect();
    parts.join(between)
}

fn name(column: Column) -> &'static str {
    match column {
        Column::Title => "title",
        Column::Skill => "skill",
        Column::Category => "category",
        Column::Text => "body",
    }
}

fn label(column: Column) -> &'static str {
    match column {
        Column::Title => ":A",
        Column::Skill => ":B",
        Column::Category => ":C",
        Column::Text => ":D",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_engine_has_its_words_for_it() {
        let word = |text: &str| Expression::Word(text.to_owned());
        let expression = Expression::All(vec![
            Expression::Any(vec![word("c++"), word("rust")]),
            Expression::In(
                Column::Title,
                Box::new(Expression::Phrase(vec![
                    "data".to_owned(),
                    "engineer".to_owned(),
                ])),
            ),
            Expression::In(
                Column::Skill,
                Box::new(Expression::Beginning(".n".to_owned())),
            ),
            Expression::Beginning("tele".to_owned()),
            Expression::Any(Vec::new()),
        ]);
        assert_eq!(
            expression.write(DbBackend::Sqlite),
            r#"(("c_2b__2b_" OR "rust") AND {title} : ("data engineer") AND {skill} : ("_2e_n"*) AND "tele"* AND "__")"#
        );
        assert_eq!(
            expression.write(DbBackend::Postgres),
            "(('c_2b__2b_' | 'rust') & ('data':A <-> 'engineer':A) & '_2e_n':*B & 'tele':* & '__')"
        );
    }
}
