//! Any text is answered, and what it excludes is not among the hits.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use ::search::query::{Query, Term, Wanted};
use ::search::request::{SearchFilter, SearchParts};
use ::search::word::Words;
use domain::read::PageRequest;
use domain::role::RoleDraft;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use testkit::{Engine, TestBoard, demo_drafts, draft, on_both_engines};
use tokio::runtime::Runtime;

use super::{find, find_all, request, slugs, store_all};

/// Every text of a role that is looked into.
fn texts(role: &RoleDraft) -> Vec<&str> {
    let mut texts = vec![role.title.as_str()];
    texts.extend(role.titles.iter().map(|title| title.text.as_str()));
    texts.extend(role.summary.as_deref());
    for skill in &role.skills {
        texts.push(&skill.skill.name);
        texts.extend(skill.skill.aliases.iter().map(String::as_str));
    }
    for path in &role.categories {
        texts.extend(path.names().iter().map(String::as_str));
    }
    texts.extend(role.facts.iter().map(|fact| fact.text.as_str()));
    texts.extend(role.duties.iter().map(|duty| duty.text.as_str()));
    let groups = role.qualification_groups.iter();
    let items = groups.flat_map(|group| &group.items);
    texts.extend(items.map(|item| item.text.as_str()));
    for section in &role.sections {
        texts.extend([section.heading.as_str(), &section.body]);
    }
    for faq in &role.faqs {
        texts.extend([faq.question.as_str(), &faq.answer]);
    }
    texts
}

/// Every word of every role, by the slugs of the roles.
type Vocabulary = BTreeMap<String, BTreeSet<String>>;

fn vocabulary(roles: &[RoleDraft]) -> Vocabulary {
    let words = |role: &RoleDraft| {
        let words = texts(role).into_iter().map(Words::of);
        let words = words.flat_map(|words| words.plain.into_iter().chain(words.names));
        words.map(|word| word.text).collect()
    };
    let of_roles = roles.iter();
    of_roles
        .map(|role| (role.slug.to_string(), words(role)))
        .collect()
}

/// Words that some role has, from all over the alphabet.
fn known_words(vocabulary: &Vocabulary) -> Vec<String> {
    let all: BTreeSet<&String> = vocabulary.values().flatten().collect();
    let step = all.len().div_ceil(2_000);
    all.into_iter().step_by(step).cloned().collect()
}

/// What has a meaning for a query, for an engine or for nobody.
const SIGNS: &[&str] = &[
    "\"",
    "“",
    "*",
    "-",
    " -",
    ":",
    "OR",
    " OR ",
    "title:",
    "skill:",
    "category:",
    "(",
    ")",
    "'",
    "\\",
    "%",
    "_",
    "{",
    "^",
    "&",
    "|",
    "!",
    "<->",
    "NEAR",
    " AND ",
    " NOT ",
    "\0",
    "\u{7}",
    "\n",
    "\u{202e}",
    "\u{301}",
    "ß",
    "ﷺ",
    "½",
    "C++",
    ".NET",
    "\u{10ffff}",
    "--",
    ";",
];

/// Texts in which everything that has a meaning occurs often.
fn queries(words: Vec<String>) -> impl Strategy<Value = String> {
    let word = prop::sample::select(words);
    let sign = prop::sample::select(SIGNS);
    let bytes = prop::collection::vec(any::<u8>(), 1..6);
    let misspelt = (word.clone(), any::<prop::sample::Index>()).prop_map(|(word, at)| {
        let mut letters: Vec<char> = word.chars().collect();
        letters.remove(at.index(letters.len()));
        letters.into_iter().collect::<String>()
    });
    let piece = prop_oneof![
        6 => word.clone().prop_map(|word| format!(" {word}")),
        3 => word.clone().prop_map(|word| format!(" -{word}")),
        1 => (word.clone(), 1_usize..4).prop_map(|(word, length)| {
            format!(" -{}*", word.chars().take(length).collect::<String>())
        }),
        1 => (word.clone(), word).prop_map(|(one, other)| format!(" \"{one} {other}\"")),
        1 => misspelt.prop_map(|word| format!(" {word}")),
        6 => sign.prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
        1 => bytes.prop_map(|bytes| String::from_utf8_lossy(&bytes).into_owned()),
    ];
    prop::collection::vec(piece, 0..10).prop_map(|pieces| pieces.concat())
}

/// Whether a role has what a term excludes; phrases and fields are not looked at.
fn has(words: &BTreeSet<String>, term: &Term) -> bool {
    match (&term.field, &term.wanted) {
        (None, Wanted::Word { text, .. }) => words.contains(text),
        (None, Wanted::Prefix(prefix)) => words.iter().any(|word| word.starts_with(prefix)),
        _ => false,
    }
}

/// Asks for texts that are the same in every run.
fn any_text_is_answered(engine: Engine, roles: &[RoleDraft], cases: u32) {
    if !engine.available() {
        return;
    }
    let runtime = Runtime::new().unwrap();
    let board = runtime.block_on(TestBoard::new(engine));
    runtime.block_on(store_all(&board, roles));
    let vocabulary = vocabulary(roles);
    let random = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let config = Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    };
    let hits = Cell::new(0_u32);
    let mut runner = TestRunner::new_with_rng(config, random);
    let run = runner.run(&queries(known_words(&vocabulary)), |text| {
        let Ok(query) = Query::parse(&text) else {
            return Ok(());
        };
        let request = request(&text, SearchFilter::default(), PageRequest::first(100));
        let found = runtime.block_on(find(&board, &request, &SearchParts::default()));
        for slug in slugs(&found) {
            hits.set(hits.get() + 1);
            let words = &vocabulary[&slug];
            for term in &query.none {
                prop_assert!(!has(words, term), "{slug} has {term:?}");
            }
        }
        Ok(())
    });
    run.unwrap_or_else(|error| panic!("{engine}: {error}"));
    assert!(hits.get() > cases / 10, "{} hits", hits.get());
}

/// Roles with few words, which are searched quickly.
fn small_roles() -> Vec<RoleDraft> {
    let titles = ["Chef", "C++ developer", "Front-end nurse"];
    let numbered = titles.iter().enumerate();
    numbered
        .map(|(number, title)| draft(&format!("role-{number}"), title))
        .collect()
}

#[test]
fn any_text_is_answered_on_sqlite() {
    any_text_is_answered(Engine::Sqlite, &demo_drafts(), 10_000);
}

#[test]
fn any_text_is_answered_on_a_small_board() {
    any_text_is_answered(Engine::Sqlite, &small_roles(), 40_000);
}

#[test]
fn any_text_is_answered_on_postgres() {
    any_text_is_answered(Engine::Postgres, &demo_drafts(), 300);
}

on_both_engines! {
    async fn a_beginning_is_of_every_word_that_begins_like_it(board) {
        // More words than roles are ranked by.
        let mut roles: Vec<RoleDraft> = (0..150).map(|number| {
            draft(&format!("role-{number}"), &format!("Xylo{number}"))
        }).collect();
        roles.push(draft("other", "Other"));
        store_all(&board, &roles).await;
        for text in ["-xylo*", "python -xylo*", "-title:xylo*"] {
            let found = find_all(&board, text, &SearchParts::default()).await;
            assert_eq!(slugs(&found), ["other"], "{text}");
        }
        let found = find_all(&board, "python -skill:xylo*", &SearchParts::default()).await;
        assert_eq!(found.hits.edges.len(), 151);
        for text in ["xylo*", "title:xylo* python"] {
            let found = find_all(&board, text, &SearchParts::default()).await;
            assert_eq!(found.hits.edges.len(), 150, "{text}");
        }
    }
}
