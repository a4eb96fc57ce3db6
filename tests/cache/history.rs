//! Random edits, after each of which what is kept equals what is read anew.

use app::{CategoryWrite, SkillWrite, StoreOptions};
use domain::id::{CategoryId, SkillId};
use domain::read::{CategoryBy, CategoryParts, SkillBy, SkillParts};
use domain::role::{
    ExternalCode, MatchKind, PublicationState, RelatedSlug, RelationKind, RoleDraft,
};
use domain::skill::{SkillKind, SkillPatch, SkillTerm};
use domain::{Locale, category::CategoryPath};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use testkit::{Engine, TestBoard, draft};
use tokio::runtime::Runtime;

use super::{forgetful, refresh, request, slug};

/// Roles that there may be.
const NAMES: [&str; 4] = ["alpha", "beta", "gamma", "delta"];

/// What is done.
#[derive(Clone, Debug)]
enum Step {
    Role(Edit),
    Term(TermEdit),
}

/// What becomes of a category or a skill, when it is there.
#[derive(Clone, Debug)]
enum TermEdit {
    Rename {
        leaf: u8,
        name: u8,
    },
    Call {
        leaf: u8,
        slug: u8,
    },
    Move {
        leaf: u8,
        to_the_top: bool,
        position: Option<usize>,
    },
    Delete {
        leaf: u8,
    },
    Skill {
        name: Option<u8>,
        is_tool: bool,
        slug: Option<u8>,
    },
    Merge {
        name: u8,
    },
}

fn term_edit() -> impl Strategy<Value = TermEdit> {
    let leaf = || 0..2_u8;
    prop_oneof![
        (leaf(), 0..3_u8).prop_map(|(leaf, name)| TermEdit::Rename { leaf, name }),
        (leaf(), 0..3_u8).prop_map(|(leaf, slug)| TermEdit::Call { leaf, slug }),
        (leaf(), any::<bool>(), prop::option::of(0..2_usize)).prop_map(
            |(leaf, to_the_top, position)| TermEdit::Move {
                leaf,
                to_the_top,
                position
            }
        ),
        leaf().prop_map(|leaf| TermEdit::Delete { leaf }),
        (
            prop::option::of(0..2_u8),
            any::<bool>(),
            prop::option::of(0..2_u8)
        )
            .prop_map(|(name, is_tool, slug)| TermEdit::Skill {
                name,
                is_tool,
                slug
            }),
        (0..2_u8).prop_map(|name| TermEdit::Merge { name }),
    ]
}

impl TermEdit {
    /// Does it; what cannot be done is refused and changes nothing.
    async fn run(&self, board: &TestBoard) {
        let by = |leaf: &u8| CategoryBy::Slug(slug(&format!("leaf-{leaf}")));
        match self {
            Self::Rename { leaf, name } => {
                let name = format!("Leaf {name}");
                let update = |category| CategoryWrite::Update {
                    category,
                    name: Some(&name),
                    slug: None,
                };
                edit_category(board, &by(leaf), update).await;
            }
            Self::Call { leaf, slug: called } => {
                let called = slug(&format!("leaf-{called}"));
                let update = |category| CategoryWrite::Update {
                    category,
                    name: None,
                    slug: Some(&called),
                };
                edit_category(board, &by(leaf), update).await;
            }
            Self::Move {
                leaf,
                to_the_top,
                position,
            } => {
                let to = |category| CategoryWrite::Move {
                    category,
                    parent: to_the_top.then_some(None),
                    position: *position,
                };
                edit_category(board, &by(leaf), to).await;
            }
            Self::Delete { leaf } => {
                let delete = |category| CategoryWrite::Delete { category };
                edit_category(board, &by(leaf), delete).await;
            }
            Self::Skill {
                name,
                is_tool,
                slug,
            } => change_skill(board, *name, *is_tool, *slug).await,
            Self::Merge { name } => merge_skill(board, *name).await,
        }
    }
}

/// Gives the skill another name, kind and slug.
async fn change_skill(board: &TestBoard, name: Option<u8>, is_tool: bool, called: Option<u8>) {
    let kind = if is_tool {
        SkillKind::Tool
    } else {
        SkillKind::Skill
    };
    let patch = SkillPatch {
        name: name.map(|name| format!("Python {name}")),
        kind: Some(kind),
        aliases: None,
    };
    let called = called.map(|called| slug(&format!("python-{called}")));
    if let Some(skill) = skill(board, "python").await {
        let update = SkillWrite::Update {
            skill,
            patch: &patch,
            slug: called.as_ref(),
        };
        edit_skill(board, update).await;
    }
}

/// Merges the skill into another one, which is added when it is missing.
async fn merge_skill(board: &TestBoard, name: u8) {
    let term = SkillTerm {
        name: format!("Snake {name}"),
        kind: SkillKind::Skill,
        aliases: Vec::new(),
    };
    let create = SkillWrite::Create {
        term: &term,
        slug: None,
    };
    edit_skill(board, create).await;
    let into = skill(board, &format!("snake-{name}")).await;
    if let (Some(from), Some(into)) = (skill(board, "python").await, into) {
        edit_skill(board, SkillWrite::Merge { from, into }).await;
    }
}

async fn edit_category<'w>(
    board: &TestBoard,
    by: &CategoryBy,
    write: impl FnOnce(CategoryId) -> CategoryWrite<'w>,
) {
    let found = board.database().reads();
    let found = found.find_category(by, &CategoryParts::default()).await;
    if let Some(tree) = found.unwrap() {
        let (catalogue, options) = (board.catalogue(), StoreOptions::new("test"));
        let write = write(tree.category.id);
        let written = catalogue.write_category(write, options, None).await;
        written.unwrap();
    }
}

async fn skill(board: &TestBoard, called: &str) -> Option<SkillId> {
    let by = SkillBy::Slug(slug(called));
    let reads = board.database().reads();
    let found = reads.find_skill(&by, &SkillParts::default()).await.unwrap();
    found.map(|tree| tree.skill.id)
}

async fn edit_skill(board: &TestBoard, write: SkillWrite<'_>) {
    let (catalogue, options) = (board.catalogue(), StoreOptions::new("test"));
    let written = catalogue.write_skill(write, options, None).await;
    written.unwrap();
}

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
        let related = |role: usize| RelatedSlug::new(RelationKind::Similar, slug(NAMES[role]));
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
const QUESTIONS: [&str; 34] = [
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
    "{ category(by: {slug: \"leaf-2\"}) { name slug path position roles(first: 2) { nodes { title } } } }",
    "{ roles(filter: {category: {slug: \"leaf-2\"}, skills: {any: [\"python-1\", \"snake-0\"]}}) { nodes { slug } } }",
    "{ skill(by: {slug: \"python-1\"}) { name kind aliases } }",
    "{ skill(by: {slug: \"snake-0\"}) { name slug aliases roles(first: 2) { nodes { title skills(first: 3) { nodes { skill { name } } } } } } }",
    "{ skills(filter: {kinds: [TOOL]}) { totalCount { value } nodes { name slug } } }",
    "{ skill(by: {slug: \"python\"}) { name roles(first: 2) { totalCount { value } nodes { title } } } }",
    "{ faqs(first: 3) { totalCount { value } nodes { question answer role { title } } } }",
    "{ faqs(filter: {category: {slug: \"leaf-1\"}, locale: \"en\"}) { nodes { answer } } }",
    "{ search(query: \"title 1\") { totalCount { value } didYouMean edges { score node { slug summary } highlights { field fragments } } } }",
    "{ search(query: \"sumary answer\", first: 2) { didYouMean pageInfo { endCursor } edges { node { title } faqs { answer role { title } } } } }",
    "{ search(query: \"\", filter: {skills: {any: [\"python\"]}}) { nodes { slug } facets { category { values { count category { name path } } } skill { values { count skill { name } } } locale { values { count locale } counted { value } } } } }",
    "{ suggest(prefix: \"t\") { text kind role { slug } category { name } } }",
    "{ resolveTitle(title: \"Title 1\") { matchedTitle confidence role { slug } } }",
];

async fn check(engine: Engine, steps: &[Step]) {
    let board = TestBoard::new(engine).await;
    let reader = forgetful(board.database());
    for step in steps {
        match step {
            Step::Role(edit) => {
                board.store(&edit.draft()).await;
            }
            Step::Term(edit) => edit.run(&board).await,
        }
        refresh(board.database()).await;
        for question in QUESTIONS.map(request) {
            let kept = board.answer(&question).await;
            let read = reader.answer(&question).await;
            assert_eq!(kept, read, "{question} after {step:?}");
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
    let step = prop_oneof![
        3 => edit().prop_map(Step::Role),
        1 => term_edit().prop_map(Step::Term),
    ];
    let histories = prop::collection::vec(step, 1..25);
    let ran = runner.run(&histories, |steps| {
        runtime.block_on(Box::pin(check(engine, &steps)));
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
