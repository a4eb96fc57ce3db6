//! Mutations as files: the operations of a file run in their order on a small catalogue, by
//! somebody whose scopes the first line says, queries by everybody; their answers stand beside it in `snapshots/`.
//!
//! The catalogue has the roles `one` and `two`, whose ids the variables of these names hold. What an
//! answer shows with its id can be named by the operations that follow: `duty { id }` is `$duty`, and
//! the first of `duties { id }` is `$duties0`.

use std::path::Path;

use domain::access::Principal;
use serde_json::{Value, json};
use testkit::{Engine, TestBoard, draft};
use tokio::runtime::Runtime;

use crate::case::principal;
use crate::workspace;

/// The catalogue that every file finds.
async fn board(engine: Engine) -> (TestBoard, Value) {
    let board = TestBoard::new(engine).await;
    let one = board.store(&draft("one", "One")).await;
    let two = board.store(&draft("two", "Two")).await;
    board.clock().advance(60);
    let ids = json!({ "one": one.id.to_string(), "two": two.id.to_string() });
    (board, ids)
}

/// The names of the operations of a text, in their order.
fn operations(text: &str) -> Vec<&str> {
    let lines = text.lines().filter_map(|line| {
        let rest = line
            .strip_prefix("mutation ")
            .or(line.strip_prefix("query "))?;
        rest.split(['(', ' ', '{']).next()
    });
    lines.collect()
}

async fn answers(engine: Engine, file: &Path) -> Vec<Value> {
    let text = workspace::read(file);
    let (board, mut ids) = board(engine).await;
    let mut answers = Vec::new();
    for name in operations(&text) {
        let request = json!({ "query": text, "operationName": name, "variables": ids });
        let gateway = board.gateway();
        let is_mutation = text.contains(&format!("mutation {name}"));
        let by = if is_mutation {
            principal(&text)
        } else {
            Principal::anonymous()
        };
        let answer = gateway.answer_to(by, &request).await;
        note_ids("data", &answer["data"], &mut ids);
        answers.push(json!({ name: answer }));
    }
    answers
}

/// Notes the ids that an answer shows, by the names of what has them.
fn note_ids(name: &str, value: &Value, ids: &mut Value) {
    match value {
        Value::Object(fields) => {
            if let Some(id @ Value::String(_)) = fields.get("id") {
                ids[name] = id.clone();
            }
            fields
                .iter()
                .for_each(|(name, value)| note_ids(name, value, ids));
        }
        Value::Array(items) => {
            let items = items.iter().enumerate();
            items.for_each(|(place, item)| note_ids(&format!("{name}{place}"), item, ids));
        }
        _ => {}
    }
}

#[test]
fn every_mutation_answers_as_in_its_snapshot() {
    let runtime = Runtime::new().unwrap();
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        insta::glob!("mutations/**/*.graphql", |file| {
            let mut all = Engine::ALL
                .into_iter()
                .filter(|engine| engine.available())
                .map(|engine| (engine, runtime.block_on(answers(engine, file))));
            let (_, first) = all.next().unwrap();
            for (engine, other) in all {
                assert_eq!(other, first, "{engine} answers differently");
            }
            insta::assert_json_snapshot!("mutation", first);
        });
    });
}
