//! Cases as files: what clients ask, and the answer beside it in `snapshots/`.
//!
//! Each case runs on both engines over the demo catalogue and two small schemes, with ids and times that repeat; the
//! snapshot holds the answer and the number of statements that it took.

use std::path::{Path, PathBuf};

use domain::access::{Principal, Scopes};
use serde_json::{Value, json};
use testkit::{Engine, TestBoard};
use tokio::runtime::Runtime;

use crate::workspace;

/// Boards with the demo catalogue and schemes, one for each engine that the machine has.
struct Boards {
    runtime: Runtime,
    boards: Vec<TestBoard>,
}

impl Boards {
    fn with_demo() -> Self {
        let runtime = Runtime::new().unwrap();
        let mut boards = Vec::new();
        for engine in Engine::ALL.into_iter().filter(|engine| engine.available()) {
            let board = runtime.block_on(TestBoard::with_demo(engine));
            runtime.block_on(testkit::concept::store_schemes(board.catalogue()));
            boards.push(board);
        }
        Self { runtime, boards }
    }

    /// The answer that all engines agree on, and how many statements it took.
    fn answer(&self, request: &Value) -> (Value, u64) {
        let ask = |board: &TestBoard| {
            let text = request["query"].as_str().unwrap();
            let answer = board.gateway().answer_to(principal(text), request);
            let answer = board.counting(answer);
            self.runtime.block_on(answer)
        };
        let mut answers = self.boards.iter().map(|board| (board.engine(), ask(board)));
        let (_, first) = answers.next().expect("SQLite is built in");
        for (engine, answer) in answers {
            assert_eq!(answer, first, "{engine} answers differently");
        }
        first
    }
}

/// Whoever has the scopes that the first line of a text says: `# as roles:write`.
pub(crate) fn principal(text: &str) -> Principal {
    let first = text.lines().next().unwrap_or_default();
    let Some(scopes) = first.strip_prefix("# as ") else {
        return Principal::anonymous();
    };
    Principal {
        name: "partner".to_owned(),
        key: None,
        scopes: Scopes::parse(scopes).unwrap(),
    }
}

/// The request in a file, with the variables beside it.
pub(crate) fn request(file: &Path) -> Value {
    let beside = workspace::root().join(file.with_extension("variables.json"));
    let variables: Value = if beside.exists() {
        serde_json::from_str(&workspace::read(beside)).unwrap()
    } else {
        json!({})
    };
    json!({ "query": workspace::read(file), "variables": variables })
}

#[test]
fn every_case_answers_as_in_its_snapshot() {
    let boards = Boards::with_demo();
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        insta::glob!("cases/**/*.graphql", |file| {
            let (answer, statements) = boards.answer(&request(file));
            insta::assert_json_snapshot!(
                "case",
                json!({ "answer": answer, "statements": statements })
            );
        });
    });
}

#[test]
fn every_example_of_the_playground_shows_data() {
    let boards = Boards::with_demo();
    let examples = workspace::files("web/graphiql/examples");
    let queries = |file: &PathBuf| {
        file.extension()
            .is_some_and(|extension| extension == "graphql")
    };
    let queries: Vec<_> = examples.into_iter().filter(queries).collect();
    assert!(!queries.is_empty());
    for file in queries {
        let (answer, _) = boards.answer(&request(&file));
        let shown = file.display();
        assert!(answer.get("errors").is_none(), "{shown}: {answer:#}");
        let fields = answer["data"].as_object().unwrap();
        let empty = fields.iter().find(|(_, value)| value.is_null());
        assert!(empty.is_none(), "{shown}: {empty:?}");
    }
}
