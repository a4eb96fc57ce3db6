//! Random edits, after each of which what is kept equals what is read anew.

use domain::role::{
    ExternalCode, MatchKind, PublicationState, RelatedSlug, RelationKind, RoleDraft,
};
use domain::{Locale, category::CategoryPath};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use testkit::{Engine, TestBoard, draft};
use tokio::runtime::Runtime;

use super::{forgetful, refresh, request, slug};

/// Roles that there may be.
const NAMES: [&str; 4] = ["alpha", "beta", "gamma", "delta"];

/// What is said about one of the roles.
#[derive(Clone, Debug)]
struct Edit {
    role: usize,
    german: bool,
    title: u8,
    summary: u8,
    is_public: bool,
    category: Option<u8>,
    skills: bool,
    code: Option<u8>,
    related: Option<usize>,
    group: Option<u8>,
    answer: u8,
    credit: u8,
}

impl Edit {
    fn draft(&self) -> RoleDraft {
        let mut draft = draft(NAMES[self.role], &format!("Title {}", self.title));
        if self.german {
            draft.locale = Locale::parse("de").unwrap();
        }
        draft.source.attribution = Some(format!("Credit {}", self.credit));
        draft.summary = Some(format!("Summary {}", self.summary));
        if !self.is_public {
            draft.state = PublicationState::Draft;
        }
        let path = |leaf: u8| vec!["Top".to_owned(), format!("Leaf {leaf}")];
        let path = self
            .category
            .map(|leaf| CategoryPath::new(path(leaf)).unwrap());
        draft.categories = path.into_iter().collect();
        if !self.skills {
            draft.skills.clear();
        }
        let code = |code: u8| ExternalCode {
            scheme: "test".to_owned(),
            release: None,
            code: code.to_string(),
            uri: None,
            match_kind: MatchKind::Exact,
        };
        draft.codes = self.code.map(code).into_iter().collect();
        let related = |role: usize| RelatedSlug {
            slug: slug(NAMES[role]),
            kind: RelationKind::Similar,
        };
        let other = self.related.filter(|other| *other != self.role);
        draft.related = other.map(related).into_iter().collect();
        draft.translation_key = self.group.map(|group| format!("group-{group}"));
        draft.faqs[0].answer = format!("Answer {}", self.answer);
        draft
    }
}

fn edit() -> impl Strategy<Value = Edit> {
    let who = (
        0..NAMES.len(),
        prop::bool::weighted(0.2),
        prop::bool::weighted(0.8),
    );
    let texts = (0..3_u8, 0..3_u8, 0..2_u8, 0..2_u8);
    let links = (
        prop::option::of(0..2_u8),
        any::<bool>(),
        prop::option::of(0..2_u8),
        prop::option::of(0..NAMES.len()),
        prop::option::of(0..2_u8),
    );
    (who, texts, links).prop_map(|(who, texts, links)| {
        let (role, german, is_public) = who;
        let (title, summary, answer, credit) = texts;
        let (category, skills, code, related, group) = links;
        Edit {
            role,
            german,
            title,
            summary,
            is_public,
            category,
            skills,
            code,
            related,
            group,
            answer,
            credit,
        }
    })
}

/// Questions of every kind; none of them may ever be answered with what is not so any more.
const QUESTIONS: [&str; 29] = [
    "{ role(by: {slug: \"alpha\"}) { title summary attribution category { path } skills(first: 3) { nodes { skill { name } } } faqs { answer } } }",
    "{ role(by: {slug: \"beta\"}) { title relatedRoles(first: 3) { totalCount { value } nodes { role { title summary } } } } }",
    "{ role(by: {slug: \"gamma\"}) { title translations { title locale } markdown } }",
    "{ role(by: {code: {scheme: \"test\", code: \"1\"}}) { slug title } }",
    "{ role(by: {slug: \"alpha\"}) { revisions(first: 3) { totalCount { value } nodes { revision at title withdrawnAt role { summary relatedRoles(first: 3) { nodes { role { title } } } } } } diff(from: 1) { to differences { part before after } } } }",
    "{ role(by: {slug: \"beta\"}, asOf: {revision: 2}) { title summary relatedRoles(first: 3) { nodes { role { title summary } } } categories { path roles(first: 1) { nodes { title } } } translations { title } } }",
    "{ role(by: {slug: \"gamma\"}, asOf: {time: \"2026-01-01T00:05:00Z\"}) { title revision markdown } }",
    "{ role(by: {code: {scheme: \"test\", code: \"1\"}}, asOf: {revision: 3}) { slug title diff(from: 1, to: 2) { differences { part } } } }",
    "{ roles(first: 2) { totalCount { value } nodes { title } pageInfo { hasNextPage endCursor } } }",
    "{ roles(last: 1, orderBy: {field: UPDATED_AT, direction: ASC}) { nodes { slug } } }",
    "{ roles(first: 1, orderBy: {field: PUBLISHED_AT, direction: DESC}) { nodes { slug } } }",
    "{ roles(filter: {titleContains: \"1\"}) { nodes { slug } } }",
    "{ roles(filter: {category: {slug: \"leaf-1\"}}) { totalCount { value } nodes { slug } } }",
    "{ roles(filter: {skills: {all: [\"python\"]}}) { totalCount { value } } }",
    "{ roles(filter: {code: {scheme: \"test\", code: \"0\"}}) { nodes { slug } } }",
    "{ roles(filter: {locale: \"de\"}) { nodes { slug } } }",
    "{ roles(filter: {updatedAfter: \"2026-01-01T00:05:00Z\"}) { totalCount { value } } }",
    "{ categories { totalCount { value } nodes { name path roles(first: 2) { totalCount { value } nodes { title } } } } }",
    "{ categories(filter: {topLevel: true}) { nodes { name children(first: 5) { nodes { name } } } } }",
    "{ category(by: {slug: \"top\"}) { name roles(first: 1) { totalCount { value } } } }",
    "{ category(by: {slug: \"leaf-0\"}) { parent { name } roles(first: 5) { nodes { summary } } } }",
    "{ skill(by: {slug: \"python\"}) { name roles(first: 2) { totalCount { value } nodes { title } } } }",
    "{ faqs(first: 3) { totalCount { value } nodes { question answer role { title } } } }",
    "{ faqs(filter: {category: {slug: \"leaf-1\"}, locale: \"en\"}) { nodes { answer } } }",
    "{ search(query: \"title 1\") { totalCount { value } didYouMean edges { score node { slug summary } highlights { field fragments } } } }",
    "{ search(query: \"sumary answer\", first: 2) { didYouMean pageInfo { endCursor } edges { node { title } faqs { answer role { title } } } } }",
    "{ search(query: \"\", filter: {skills: {any: [\"python\"]}}) { nodes { slug } facets { category { values { count category { name path } } } skill { values { count skill { name } } } locale { values { count locale } counted { value } } } } }",
    "{ suggest(prefix: \"t\") { text kind role { slug } category { name } } }",
    "{ resolveTitle(title: \"Title 1\") { matchedTitle confidence role { slug } } }",
];

async fn check(engine: Engine, edits: &[Edit]) {
    let board = TestBoard::new(engine).await;
    let reader = forgetful(board.database());
    for edit in edits {
        board.store(&edit.draft()).await;
        refresh(board.database()).await;
        for question in QUESTIONS.map(request) {
            let kept = board.answer(&question).await;
            let read = reader.answer(&question).await;
            assert_eq!(kept, read, "{question} after {edit:?}");
            assert!(kept.get("errors").is_none(), "{kept:#}");
        }
    }
}

fn run(engine: Engine, cases: u32) {
    if !engine.available() {
        return;
    }
    let runtime = Runtime::new().unwrap();
    let mut runner = TestRunner::new(Config {
        failure_persistence: None,
        ..Config::with_cases(cases)
    });
    let histories = prop::collection::vec(edit(), 1..25);
    let ran = runner.run(&histories, |edits| {
        runtime.block_on(Box::pin(check(engine, &edits)));
        Ok(())
    });
    ran.unwrap();
}

#[test]
fn no_history_leads_to_an_answer_that_is_not_so_on_sqlite() {
    run(Engine::Sqlite, 12);
}

#[test]
fn no_history_leads_to_an_answer_that_is_not_so_on_postgres() {
    run(Engine::Postgres, 4);
}
