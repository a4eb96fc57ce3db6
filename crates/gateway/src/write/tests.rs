//! What becomes of values that fail, of answers that grow, and what answers are worth.
#![expect(
    clippy::unused_self,
    clippy::unnecessary_wraps,
    reason = "the object of these tests holds nothing"
)]

use async_graphql::{Object, PathSegment, Variables};
use gateway_macros::written;
use serde_json::{Value, json};

use super::{Limits, Stopped, Writer};
use crate::error::{ApiError, MAX_ERRORS, Reason};
use crate::gate;
use crate::schema::Shape;
use crate::selection::Selection;

/// The schema of [`Thing`].
const SDL: &str = "
    directive @listSize(assumedSize: Int, slicingArguments: [String!]) on FIELD_DEFINITION
    type Query {
        text: String!
        fails: Int!
        mayFail: Int
        inner: Query
        must: Query!
        bounded: [Query!]! @listSize(assumedSize: 1)
        counted: [Query]! @listSize(slicingArguments: [\"first\"])
        argued(text: String @cost(weight: 5)): [Query!]!
            @listSize(slicingArguments: [\"first\"], assumedSize: 4)
        both: [Query!]!
            @listSize(slicingArguments: [\"of\"])
            @listSize(slicingArguments: [\"first\"], sizedFields: [\"each\"], assumedSize: 3)
        each: [Query!]!
        fraction: Float!
    }";

/// An object that leads to others like it.
struct Thing;

fn failure() -> ApiError {
    ApiError::bad_input(Reason::ValueInvalid, "it failed")
}

#[written]
#[Object(name = "Query")]
impl Thing {
    fn text(&self) -> &'static str {
        "\"a\"\n"
    }

    fn fails(&self) -> Result<i32, ApiError> {
        Err(failure())
    }

    fn may_fail(&self) -> Option<Result<i32, ApiError>> {
        Some(Err(failure()))
    }

    fn inner(&self) -> Option<Thing> {
        Some(Thing)
    }

    fn must(&self) -> Thing {
        Thing
    }

    fn bounded(&self) -> Vec<Thing> {
        vec![Thing, Thing]
    }

    fn counted(&self) -> Vec<Option<Thing>> {
        vec![Some(Thing), None, Some(Thing)]
    }

    fn argued(&self) -> Vec<Thing> {
        vec![Thing, Thing]
    }

    fn both(&self) -> Vec<Thing> {
        vec![Thing, Thing]
    }

    fn each(&self) -> Vec<Thing> {
        vec![Thing]
    }

    fn fraction(&self) -> f64 {
        1.5
    }
}

/// An answer: its data, the paths of its errors in words, and its worth.
type Answer = (Value, Vec<String>, u64);

fn write(text: &str, limits: Limits) -> Result<Answer, Stopped> {
    let shape = Shape::of_sdl(SDL);
    let variables = Variables::default();
    let operation = gate::unjudged(text, &shape).unwrap();
    let selection: &Selection = &operation.selection(&variables, &shape);
    let mut writer = Writer::new(&variables, limits);
    let wrote = writer.fields(&Thing, selection.fields());
    let written = writer.finished(wrote)?;
    let data = serde_json::from_slice(written.data.json()).unwrap();
    let paths = written.problems.iter().map(|problem| {
        let path = problem.path();
        let words = path.iter().map(|segment| match segment {
            PathSegment::Field(name) => name.clone(),
            PathSegment::Index(index) => index.to_string(),
        });
        words.collect::<Vec<_>>().join(".")
    });
    Ok((data, paths.collect(), written.worth))
}

fn written(text: &str) -> Answer {
    let limits = Limits {
        bytes: usize::MAX,
        objects: usize::MAX,
    };
    write(text, limits).unwrap()
}

#[test]
fn an_answer_has_the_order_of_the_document() {
    let (data, errors, _) = written("{ b: text __typename must { a: text } }");
    let text = "\"a\"\n";
    assert_eq!(
        data,
        json!({"b": text, "__typename": "Query", "must": {"a": text}})
    );
    assert_eq!(errors, Vec::<String>::new());
}

#[test]
fn a_failure_takes_what_is_around_it_as_far_as_it_must() {
    let (data, errors, _) = written("{ inner { must { x: fails text } } mayFail text }");
    assert_eq!(
        data,
        json!({"inner": null, "mayFail": null, "text": "\"a\"\n"})
    );
    assert_eq!(errors, ["inner.must.x", "mayFail"]);
    let (data, errors, _) = written("{ inner { bounded { counted { fails } mayFail } } }");
    let thing = json!({"counted": [null, null, null], "mayFail": null});
    assert_eq!(data, json!({"inner": {"bounded": [thing, thing]}}));
    assert_eq!(
        errors[1..3],
        ["inner.bounded.0.counted.2.fails", "inner.bounded.0.mayFail"]
    );
}

#[test]
fn a_failure_that_takes_all_data_is_told_first() {
    let (data, errors, _) = written("{ mayFail bounded { fails } text }");
    assert_eq!(data, json!(null));
    assert_eq!(errors, ["bounded.0.fails", "mayFail"]);
}

#[test]
fn errors_have_a_largest_number() {
    let fields: Vec<_> = (0..30).map(|n| format!("a{n}: mayFail")).collect();
    let fields = fields.join(" ");
    let (_, errors, _) = written(&format!("{{ {fields} }}"));
    assert_eq!(errors.len(), MAX_ERRORS);
    assert_eq!(errors[9], "a9");
    let (data, errors, _) = written(&format!("{{ {fields} fails }}"));
    assert_eq!((data, errors.len()), (json!(null), MAX_ERRORS));
    assert_eq!(errors[..2], ["fails", "a0"]);
}

#[test]
fn answers_that_are_too_large_stop() {
    let limits = |bytes, objects| Limits { bytes, objects };
    let text = "{ inner { counted { text } } }";
    // Nothing but `{"data":{"inner":{"counted":[{"text":"…"},null,{"text":"…"}]}}`.
    assert!(write(text, limits(80, 4)).is_ok());
    assert_eq!(write(text, limits(80, 3)).unwrap_err(), Stopped::Objects);
    assert_eq!(write(text, limits(60, 4)).unwrap_err(), Stopped::Bytes);
    assert_eq!(write(text, limits(20, 4)).unwrap_err(), Stopped::Bytes);
}

#[test]
fn numbers_may_have_a_fraction() {
    assert_eq!(written("{ fraction }").0, json!({"fraction": 1.5}));
}

#[test]
fn arguments_cost_once_and_lists_in_lists_have_sizes_of_their_own() {
    let costs = |text: &str| {
        let shape = Shape::of_sdl(SDL);
        let variables = Variables::default();
        let operation = gate::unjudged(text, &shape).unwrap();
        let selection = operation.selection(&variables, &shape);
        let (data, _, worth) = written(text);
        let of_data = selection.worth(&async_graphql::Value::from_json(data).unwrap());
        assert_eq!(of_data, worth);
        (selection.price(&variables), worth)
    };
    assert_eq!(costs("{ argued { text } }"), (4, 2));
    assert_eq!(costs("{ argued(text: \"x\") { text } }"), (5 + 4, 5 + 2));
    assert_eq!(
        costs("{ inner { argued(text: \"x\", first: 9) { text } } }"),
        (1 + 5 + 9, 1 + 5 + 2)
    );
    assert_eq!(
        costs("{ both(of: [1, 2]) { each { text } } }"),
        (2 * (1 + 3), 2 * (1 + 1))
    );
    assert_eq!(
        costs("{ both(of: [1, 2, 3], first: 7) { text each { text } } }"),
        (3 * (1 + 7), 4)
    );
}

#[test]
fn worth_is_counted_in_what_is_written() {
    let worth = |text: &str| written(text).2;
    assert_eq!(worth("{ text }"), 0);
    assert_eq!(worth("{ inner { must { text } } }"), 2);
    // A list of a fixed size counts its dearest item, any other list all of them.
    assert_eq!(worth("{ bounded { inner { text } } }"), 2);
    assert_eq!(worth("{ counted(first: 3) { inner { text } } }"), 5);
    // What became null is worth what null is.
    assert_eq!(worth("{ inner { must { must { fails } } } }"), 1);
}
