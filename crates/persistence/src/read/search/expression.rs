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
        let mut text = String::new();
        match backend {
            DbBackend::Postgres => self.write_tsquery(&mut text, ""),
            _ => self.write_fts5(&mut text),
        }
        text
    }

    fn write_fts5(&self, text: &mut String) {
        match self {
            Self::Word(word) => text.push_str(&format!("\"{}\"", code(word))),
            Self::Phrase(words) => {
                let words: Vec<String> = words.iter().map(|word| code(word)).collect();
                text.push_str(&format!("\"{}\"", words.join(" ")));
            }
            // No word has this code.
            Self::Any(parts) | Self::All(parts) if parts.is_empty() => text.push_str("\"__\""),
            Self::Any(parts) => join(text, parts, " OR ", Self::write_fts5),
            Self::All(parts) => join(text, parts, " AND ", Self::write_fts5),
            Self::In(column, part) => {
                text.push_str(&format!("{{{}}} : (", name(*column)));
                part.write_fts5(text);
                text.push(')');
            }
        }
    }

    fn write_tsquery(&self, text: &mut String, weight: &str) {
        let word = |word: &String| format!("'{}'{weight}", code(word));
        match self {
            Self::Word(only) => text.push_str(&word(only)),
            Self::Phrase(words) => {
                let words: Vec<String> = words.iter().map(word).collect();
                text.push_str(&format!("({})", words.join(" <-> ")));
            }
            Self::Any(parts) | Self::All(parts) if parts.is_empty() => text.push_str("'__'"),
            Self::Any(parts) => join(text, parts, " | ", |part, text| {
                part.write_tsquery(text, weight)
            }),
            Self::All(parts) => join(text, parts, " & ", |part, text| {
                part.write_tsquery(text, weight)
            }),
            Self::In(column, part) => part.write_tsquery(text, label(*column)),
        }
    }
}

fn join(
    text: &mut String,
    parts: &[Expression],
    between: &str,
    mut write: impl FnMut(&Expression, &mut String),
) {
    text.push('(');
    for (place, part) in parts.iter().enumerate() {
        if place > 0 {
            text.push_str(between);
        }
        write(part, text);
    }
    text.push(')');
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
            Expression::Any(Vec::new()),
        ]);
        assert_eq!(
            expression.write(DbBackend::Sqlite),
            r#"(("c_2b__2b_" OR "rust") AND {title} : ("data engineer") AND "__")"#
        );
        assert_eq!(
            expression.write(DbBackend::Postgres),
            "(('c_2b__2b_' | 'rust') & ('data':A <-> 'engineer':A) & '__')"
        );
    }
}
