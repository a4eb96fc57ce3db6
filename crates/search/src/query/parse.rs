//! The terms of a query as what a role must and must not have.

use super::lex::{Item, items};
use super::{Clause, Query, stop};

/// Reads a text of any length.
pub(super) fn query(text: &str) -> Query {
    let mut query = Query::default();
    let mut last = Last::Nothing;
    for item in items(text) {
        last = match item {
            Item::Or if last == Last::Wanted => Last::Or,
            Item::Or => last,
            Item::Excluded(term) => {
                query.none.push(term);
                Last::Nothing
            }
            Item::Wanted(term) => {
                match query.all.last_mut() {
                    Some(clause) if last == Last::Or => clause.any.push(term),
                    _ => query.all.push(Clause { any: vec![term] }),
                }
                Last::Wanted
            }
        };
    }
    stop::leave_out(&mut query.all, text);
    query.wordless = query.all.is_empty()
        && query.none.is_empty()
        && text.contains(|c: char| !c.is_whitespace());
    query
}

/// What stands before an item, as far as it can be a side of `OR`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    Nothing,
    Wanted,
    /// An `OR` with a term before it.
    Or,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::{Field, MAX_QUERY_CHARS, MAX_TERMS, Term, Wanted};
    use proptest::prelude::*;

    fn shown_term(term: &Term) -> String {
        let field = match term.field {
            None => "",
            Some(Field::Title) => "title:",
            Some(Field::Skill) => "skill:",
            Some(Field::Category) => "category:",
        };
        let wanted = match &term.wanted {
            Wanted::Word { text, parts } if parts.is_empty() => text.clone(),
            Wanted::Word { text, parts } => format!("{text}={}", parts.join("+")),
            Wanted::Phrase { words, names } => format!("{words:?}{names:?}").replace('"', ""),
            Wanted::Prefix(text) => format!("{text}*"),
        };
        field.to_owned() + &wanted
    }

    /// Clauses with commas between them, and what must not occur behind a minus.
    fn shown(text: &str) -> String {
        let Query { all, none, .. } = Query::parse(text).unwrap();
        let all = all.iter().map(|clause| {
            let any: Vec<String> = clause.any.iter().map(shown_term).collect();
            any.join(" or ")
        });
        let none = none.iter().map(|term| format!("-{}", shown_term(term)));
        all.chain(none).collect::<Vec<_>>().join(", ")
    }

    fn check(cases: &[(&str, &str)]) {
        for (text, expected) in cases {
            assert_eq!(shown(text), *expected, "{text}");
        }
    }

    #[test]
    fn words_and_names_are_terms() {
        check(&[
            ("Senior  engineer", "senior, engineer"),
            ("C++ C# .NET", "c++, c#, .net"),
            ("Node.js, CI/CD", "node.js=node+js, ci/cd=ci+cd"),
            (
                "front-end data,engineer",
                "frontend=front+end, data, engineer",
            ),
            ("ASP.NET a/C++", "asp.net=asp+net, a/c++"),
            ("foo:bar C- ?!", "foo, bar, c"),
        ]);
    }

    #[test]
    fn phrases_are_what_stands_in_quotes() {
        check(&[
            ("\"Data Science\"", "[data, science][]"),
            ("\"C++ developer\"s", "[c, developer][c++], s"),
            ("“smart phone„x", "[smart, phone][], x"),
            ("nurse\"open OR -end*", "nurse, [open, or, end][]"),
            ("\"\" \" ?\" nurse\"", "nurse"),
        ]);
    }

    #[test]
    fn stars_make_prefixes_of_words() {
        check(&[
            ("Eng* *", "eng*"),
            ("data,eng*", "data, eng*"),
            ("c++* .ne* node.js*", "c++, ne*, node, js*"),
            ("a* -b*", "a, -b"),
            ("*foo*bar **", "foo*, bar"),
            ("\"eng*\"*", "[eng][]"),
            ("OR*", "or*"),
        ]);
    }

    #[test]
    fn a_minus_before_a_term_excludes_it() {
        check(&[
            ("nurse -sales", "nurse, -sales"),
            (
                "-\"cold calls\" -tele* -title:x",
                "-[cold, calls][], -tele*, -title:x",
            ),
            (
                "-C++ -.NET -OR -Node.js",
                "-c++, -.net, -or, -node.js=node+js",
            ),
            (
                "front-end C- - nurse -- x --y",
                "frontend=front+end, c, nurse, x, y",
            ),
            ("\"a\"-b (-c", "[a][], b, c"),
            ("-a,b", "-a, -b"),
            ("-", ""),
        ]);
    }

    #[test]
    fn or_joins_its_neighbours() {
        check(&[
            ("a OR b c", "a or b, c"),
            ("x a OR \"b c\" OR de* y", "x, a or [b, c][] or de*, y"),
            ("OR OR a OR OR b OR", "a or b"),
            ("nurse or pilot", "nurse, pilot"),
            ("a OR x,y", "a or x, y"),
            ("a OR & b", "a or b"),
            ("x OR -b c", "x, c, -b"),
            ("-b OR c", "c, -b"),
            ("\"a\"OR\"b\"", "[a][] or [b][]"),
            ("title:OR x", "title:or, x"),
        ]);
    }

    #[test]
    fn fields_limit_what_is_glued_to_them() {
        check(&[
            ("title:Nurse SKILL:C++", "title:nurse, skill:c++"),
            ("Category:\"public health\"", "category:[public, health][]"),
            ("skill:data,eng*", "skill:data, skill:eng*"),
            ("skill:a OR title:b", "skill:a or title:b"),
            ("title: nurse", "title, nurse"),
            ("title:\"\" skill:? category:", "title, skill, category"),
            ("title:title:x", "title:title, title:x"),
            ("titles:x (title:y", "titles, x, title, y"),
        ]);
    }

    #[test]
    fn a_blank_text_differs_from_one_without_words() {
        for (text, wordless) in [
            ("", false),
            (" \t\u{a0}\n", false),
            ("???", true),
            ("OR", true),
            ("-x", false),
        ] {
            assert_eq!(Query::parse(text).unwrap().wordless, wordless, "{text:?}");
        }
    }

    /// Texts in which everything that has a meaning occurs often.
    fn texts() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            prop::sample::select(vec![
                "\"",
                "“",
                "”",
                "*",
                "-",
                ":",
                " ",
                " ",
                "OR",
                " OR ",
                "title:",
                "Skill:",
                "category:",
                ".NET",
                "C++",
                "node.js",
                "the",
                "\0",
                "\u{301}",
                "\u{202e}",
                "ß",
                "ﷺ",
                "½",
                "\n",
            ])
            .prop_map(str::to_owned),
            "[a-zA-Z0-9]{1,3}",
            any::<char>().prop_map(String::from),
        ];
        prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn any_text_is_a_query(text in texts()) {
            let query = query(&text);
            for term in query.wanted().chain(&query.none) {
                let written = text.get(term.span.clone());
                prop_assert!(written.is_some_and(|written| !written.is_empty()));
                let texts = match &term.wanted {
                    Wanted::Word { text, .. } | Wanted::Prefix(text) => vec![text],
                    Wanted::Phrase { words, .. } => words.iter().collect(),
                };
                prop_assert!(!texts.is_empty() && texts.iter().all(|text| !text.is_empty()));
            }
            prop_assert!(query.all.iter().all(|clause| !clause.any.is_empty()));
            prop_assert!(query.wanted().is_sorted_by(|a, b| a.span.end <= b.span.start));
            prop_assert!(query.none.is_sorted_by(|a, b| a.span.end <= b.span.start));
        }

        #[test]
        fn reading_is_bounded_and_repeatable(text in "(\\PC|[a -]){0,600}") {
            let parsed = Query::parse(&text);
            prop_assert_eq!(&parsed, &Query::parse(&text));
            if let Ok(query) = parsed {
                prop_assert!(text.chars().count() <= MAX_QUERY_CHARS);
                prop_assert!(query.wanted().chain(&query.none).count() <= MAX_TERMS);
            }
        }

        #[test]
        fn a_term_means_the_same_when_it_is_excluded(before in "[a-z ]{0,9}", word in "[v-zß+.]{0,9}[v-z]\\*?") {
            let wanted = query(&word);
            let excluded = query(&format!("{before} -{word}"));
            let terms = |terms: &mut dyn Iterator<Item = &Term>| -> Vec<Wanted> {
                terms.map(|term| term.wanted.clone()).collect()
            };
            prop_assert_eq!(terms(&mut excluded.none.iter()), terms(&mut wanted.wanted()));
        }

        #[test]
        fn words_beside_each_other_are_all_wanted(words in prop::collection::vec("[x-z]{1,8}", 1..20)) {
            let query = query(&words.join(" "));
            let found: Vec<_> = query.wanted().map(|term| &term.wanted).collect();
            let parts = Vec::new();
            let expected: Vec<_> = words.into_iter().map(|text| Wanted::Word { text, parts: parts.clone() }).collect();
            prop_assert_eq!(found, expected.iter().collect::<Vec<_>>());
        }
    }
}
