//! Walking a connection visits each row exactly once, forward and backward, while rows appear.

use std::collections::BTreeSet;

use domain::Slug;
use domain::category::CategoryPath;
use domain::role::salary::Origin;
use domain::role::{RelatedSlug, RelationKind, RoleDraft, RoleTitle, TitleKind};
use domain::skill::{Requirement, RoleSkill, SkillKind, SkillTerm};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::Value;
use testkit::{Engine, TestBoard, draft};
use tokio::runtime::Runtime;

/// A connection of the graph.
#[derive(Clone, Copy, Debug)]
struct Connection {
    /// The query, with `ARGS` in place of the arguments of the page.
    query: &'static str,
    /// Where the connection stands in the data.
    place: &'static str,
    /// Where the name of a node stands in the node.
    name: &'static str,
}

const fn connection(query: &'static str, place: &'static str, name: &'static str) -> Connection {
    Connection { query, place, name }
}

/// What is selected of every page; `NODE` stands for the selection of a node.
const PAGE: &str =
    "{ nodes { NODE } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }";

/// Every connection of the graph; those of one role belong to the role `hub`.
const CONNECTIONS: [Connection; 13] = [
    connection("roles(ARGS)", "/roles", "/slug"),
    connection(
        "roles(orderBy: {field: TITLE, direction: DESC}, ARGS)",
        "/roles",
        "/slug",
    ),
    connection(
        "roles(orderBy: {field: UPDATED_AT, direction: ASC}, ARGS)",
        "/roles",
        "/slug",
    ),
    connection(
        "roles(orderBy: {field: PUBLISHED_AT, direction: ASC}, ARGS)",
        "/roles",
        "/slug",
    ),
    connection("categories(ARGS)", "/categories", "/name"),
    connection("skills(ARGS)", "/skills", "/name"),
    connection("faqs(ARGS)", "/faqs", "/question"),
    connection(
        "category(by: {slug: \"all\"}) { roles(ARGS)",
        "/category/roles",
        "/slug",
    ),
    connection(
        "category(by: {slug: \"all\"}) { children(ARGS)",
        "/category/children",
        "/name",
    ),
    connection(
        "skill(by: {slug: \"python\"}) { roles(ARGS)",
        "/skill/roles",
        "/slug",
    ),
    connection(
        "role(by: {slug: \"hub\"}) { skills(ARGS)",
        "/role/skills",
        "/skill/name",
    ),
    connection(
        "role(by: {slug: \"hub\"}) { alternateTitles(ARGS)",
        "/role/alternateTitles",
        "/text",
    ),
    connection(
        "role(by: {slug: \"hub\"}) { relatedRoles(ARGS)",
        "/role/relatedRoles",
        "/role/slug",
    ),
];

impl Connection {
    fn page_query(&self, arguments: &str) -> String {
        let node = match self.name {
            "/skill/name" => "skill { name }",
            "/role/slug" => "role { slug }",
            name => name.trim_start_matches('/'),
        };
        let page = PAGE.replace("NODE", node);
        let query = self.query.replace("ARGS", arguments);
        let closed = "}".repeat(query.matches(" { ").count());
        format!("{{ {query} {page} {closed} }}")
    }

    fn names(&self, page: &Value) -> Vec<String> {
        let nodes = page["nodes"].as_array().unwrap().iter();
        let name = |node: &Value| {
            node.pointer(self.name)
                .unwrap()
                .as_str()
                .unwrap()
                .to_owned()
        };
        nodes.map(name).collect()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Forward,
    Backward,
}

/// Which rows there are, which ones appear during the walk, and how the walk goes.
#[derive(Clone, Debug)]
struct Walk {
    way: Way,
    page_size: usize,
    rows: BTreeSet<String>,
    appearing: BTreeSet<String>,
}

fn walks() -> impl Strategy<Value = Walk> {
    // Distinct words; their last letter decides which ones appear during the walk.
    let words = prop::collection::btree_set("[a-z]{3,8}", 6..14);
    let way = prop_oneof![Just(Way::Forward), Just(Way::Backward)];
    let limit = prop::char::range('h', 't');
    (way, 1usize..6, words, limit).prop_map(|(way, page_size, words, limit)| {
        let (appearing, rows) = words
            .into_iter()
            .partition(|word| word.ends_with(|last| last < limit));
        Walk {
            way,
            page_size,
            rows,
            appearing,
        }
    })
}

/// A role that adds one row to every connection, and the hub that knows it.
async fn add(board: &TestBoard, hub: &mut RoleDraft, word: &str) {
    let mut role = draft(word, word);
    let path = ["All".to_owned(), format!("Category {word}")];
    role.categories = CategoryPath::new(path.into()).into_iter().collect();
    role.faqs[0].question = format!("{word}, why?");
    board.store(&role).await;
    hub.related.push(RelatedSlug::new(
        RelationKind::Similar,
        Slug::parse(word).unwrap(),
    ));
    hub.titles.push(RoleTitle::new(word, TitleKind::Alternate));
    hub.skills.push(RoleSkill::new(
        SkillTerm {
            name: format!("Skill {word}"),
            kind: SkillKind::Skill,
            aliases: Vec::new(),
        },
        Requirement::Essential,
        Origin::Stated,
    ));
    board.store(hub).await;
}

/// Walks from one end to the other while rows appear, and returns the names in list order.
async fn visited(
    board: &TestBoard,
    hub: &mut RoleDraft,
    walk: &Walk,
    connection: Connection,
) -> Vec<String> {
    let mut appearing = walk.appearing.iter();
    let mut names = Vec::new();
    let mut cursor = String::new();
    let (size, edge, end, more) = match walk.way {
        Way::Forward => ("first", "after", "endCursor", "hasNextPage"),
        Way::Backward => ("last", "before", "startCursor", "hasPreviousPage"),
    };
    loop {
        let query = connection.page_query(&format!("{size}: {}{cursor}", walk.page_size));
        let data = board.data(&query).await;
        let page = data.pointer(connection.place).unwrap();
        let mut found = connection.names(page);
        match walk.way {
            Way::Forward => names.append(&mut found),
            Way::Backward => {
                found.append(&mut names);
                names = found;
            }
        }
        if page["pageInfo"][more] == false {
            return names;
        }
        assert!(names.len() < 500, "the walk does not end: {names:?}");
        cursor = format!(", {edge}: {}", page["pageInfo"][end]);
        if let Some(word) = appearing.next() {
            add(board, hub, word).await;
        }
    }
}

async fn check(engine: Engine, walk: &Walk, connection: Connection) -> Result<(), TestCaseError> {
    let board = TestBoard::new(engine).await;
    let mut hub = draft("hub", "Hub");
    hub.categories = CategoryPath::new(vec!["All".to_owned()])
        .into_iter()
        .collect();
    board.store(&hub).await;
    for word in &walk.rows {
        add(&board, &mut hub, word).await;
    }
    let all = Walk {
        page_size: 100,
        appearing: BTreeSet::new(),
        ..walk.clone()
    };
    let before = visited(&board, &mut hub, &all, connection).await;
    prop_assert!(before.len() >= walk.rows.len(), "each role adds one row");
    let met = visited(&board, &mut hub, walk, connection).await;
    let distinct: BTreeSet<_> = met.iter().collect();
    prop_assert_eq!(
        distinct.len(),
        met.len(),
        "a row was visited twice: {:?}",
        &met
    );
    let met_before: Vec<_> = met.iter().filter(|name| before.contains(name)).collect();
    prop_assert_eq!(
        met_before,
        before.iter().collect::<Vec<_>>(),
        "rows were skipped or moved"
    );
    Ok(())
}

fn every_walk_is_complete(engine: Engine) {
    if !engine.available() {
        return;
    }
    let runtime = Runtime::new().unwrap();
    for connection in CONNECTIONS {
        let mut runner = TestRunner::new(Config {
            cases: 3,
            failure_persistence: None,
            ..Config::default()
        });
        let walked = runner.run(&walks(), |walk| {
            runtime.block_on(check(engine, &walk, connection))
        });
        walked.unwrap_or_else(|error| panic!("{connection:?}: {error}"));
    }
}

#[test]
fn every_walk_is_complete_on_sqlite() {
    every_walk_is_complete(Engine::Sqlite);
}

#[test]
fn every_walk_is_complete_on_postgres() {
    every_walk_is_complete(Engine::Postgres);
}
