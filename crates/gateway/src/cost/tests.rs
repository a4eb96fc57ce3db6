//! What operations cost.

use async_graphql::{Value, Variables};
use serde_json::json;

use crate::DocumentLimits;
use crate::gate::{Gate, Trust};
use crate::schema::Shape;

fn gate() -> Gate {
    Gate::new(&crate::sdl(), DocumentLimits::default(), true)
}

/// The price of the operation of a document with these variables, and what these data are worth.
fn prices(text: &str, variables: serde_json::Value, data: serde_json::Value) -> (u64, u64) {
    let gate = gate();
    let document = gate.admit(text, Trust::Sent).unwrap();
    let variables = Variables::from_json(variables);
    let operation = document.operation(None).unwrap();
    let selection = operation.selection(&variables, gate.shape());
    let worth = selection.worth(&Value::from_json(data).unwrap());
    (selection.price(&variables), worth)
}

fn price(text: &str) -> u64 {
    prices(text, json!({}), json!({})).0
}

#[test]
fn objects_cost_and_leaves_do_not() {
    assert_eq!(price("{ __typename }"), 0);
    let role = |fields: &str| price(&format!("{{ role(by: {{slug: \"x\"}}) {{ {fields} }} }}"));
    assert_eq!(role("id slug title"), 1);
    assert_eq!(role("id category { name path }"), 2);
    assert_eq!(role("atAGlance { typicalEducation aiImpact { text } }"), 1);
    assert_eq!(role("markdown"), 6);
    assert_eq!(
        price("{ __schema { types { name } } a: __type(name: \"Role\") { name } }"),
        20
    );
}

#[test]
fn a_bounded_list_costs_one_for_each_parent() {
    let role = |fields: &str| price(&format!("{{ role(by: {{slug: \"x\"}}) {{ {fields} }} }}"));
    assert_eq!(role("duties { text }"), 2);
    assert_eq!(role("duties(first: 100) { text skills { name } }"), 3);
    assert_eq!(
        role("qualificationGroups { items { text } } faqs { question }"),
        4
    );
}

#[test]
fn a_connection_costs_two_and_its_items() {
    assert_eq!(price("{ roles { nodes { id } } }"), 22);
    assert_eq!(
        price("{ roles(first: 5) { nodes { id category { name } } } }"),
        12
    );
    assert_eq!(
        price("{ roles(last: 7) { edges { cursor node { id } } pageInfo { endCursor } } }"),
        9
    );
    assert_eq!(
        price("{ roles(first: 0) { nodes { id } totalCount { value } } }"),
        7
    );
    let nested = "{ categories(first: 10) { nodes { roles(first: 5) { nodes { id } } } } }";
    assert_eq!(price(nested), 2 + 10 * (1 + 2 + 5));
    assert_eq!(price("{ nodes(ids: [\"a\", \"b\", \"c\"]) { id } }"), 3);
}

#[test]
fn sizes_come_from_the_variables_and_stay_within_those_of_a_page() {
    let text = "query ($n: Int, $ids: [ID!]!) { roles(first: $n) { nodes { id } } nodes(ids: $ids) { id } }";
    let requested = |variables| prices(text, variables, json!({})).0;
    assert_eq!(requested(json!({"n": 5, "ids": ["a"]})), 2 + 5 + 1);
    assert_eq!(requested(json!({"n": null, "ids": []})), 2 + 20);
    assert_eq!(
        requested(json!({"n": 2_000_000_000, "ids": vec!["a"; 250]})),
        2 + 100 + 100
    );
    assert_eq!(requested(json!({"n": -1, "ids": ["a"]})), 2 + 1);
}

#[test]
fn of_several_types_the_dearest_counts() {
    let text = "{ node(id: \"x\") { id ... on Role { category { name } duties { text } } ... on Skill { name } } }";
    assert_eq!(price(text), 3);
}

#[test]
fn sums_stop_at_the_largest_number() {
    let page = |inner: &str| format!("roles(first: 100) {{ nodes {{ category {{ {inner} }} }} }}");
    let text = (0..3).fold("id".to_owned(), |inner, _| page(&inner));
    assert!(price(&format!("{{ {text} }}")) > 2_000_000);
}

#[test]
fn what_an_answer_was_worth_is_counted_in_its_data() {
    let text = "{ roles(first: 50) { nodes { id category { name } duties { text } } totalCount { value } } }";
    let data = json!({"roles": {
        "nodes": [
            {"id": "1", "category": {"name": "x"}, "duties": [{"text": "a"}, {"text": "b"}]},
            {"id": "2", "category": null, "duties": []},
        ],
        "totalCount": {"value": 2},
    }});
    let (requested, actual) = prices(text, json!({}), data);
    assert_eq!(requested, 2 + 50 * 3 + 5);
    assert_eq!(actual, 2 + 2 * 3 + 5);
}

#[test]
fn a_search_costs_five_besides_its_page() {
    let search = |fields: &str| {
        price(&format!(
            "{{ search(query: \"x\", first: 10) {{ {fields} }} }}"
        ))
    };
    assert_eq!(search("pageInfo { endCursor } didYouMean"), 5 + 2);
    assert_eq!(search("nodes { title }"), 5 + 2 + 10);
    assert_eq!(search("edges { score node { id } }"), 5 + 2 + 10);
    assert_eq!(
        search("edges { highlights { field } faqs { question } }"),
        5 + 2 + 10 * (2 + 1)
    );
    assert_eq!(search("totalCount { value }"), 5 + 2 + 5);
    assert_eq!(
        search("facets { salaryBand { values { count } } locale { values { locale } } }"),
        7 + 2 * 5
    );
    assert_eq!(
        search("facets { skill(first: 3) { values { skill { name } } } }"),
        7 + 5 + 3
    );
    assert_eq!(
        search("facets { category { values { category { parent { name } } } } }"),
        7 + 5 + 20 * 2
    );
}

#[test]
fn names_and_titles_cost_five_and_what_they_lead_to() {
    assert_eq!(price("{ suggest(prefix: \"x\") { text kind } }"), 5);
    assert_eq!(
        price("{ suggest(prefix: \"x\", limit: 4) { role { id } skill { id } category { id } } }"),
        5 + 4 * 3
    );
    assert_eq!(
        price("{ resolveTitle(title: \"x\") { confidence role { category { name } } } }"),
        5 + 5 * 2
    );
    let text = "query ($titles: [String!]!, $limit: Int) {
        resolveTitles(titles: $titles, limit: $limit) { title matches { kind role { id } } }
    }";
    let requested = |variables| prices(text, variables, json!({})).0;
    assert_eq!(
        requested(json!({"titles": ["a", "b", "c"]})),
        5 + 3 * (1 + 5)
    );
    assert_eq!(
        requested(json!({"titles": vec!["a"; 100], "limit": 2})),
        5 + 100 * (1 + 2)
    );
}

#[test]
fn the_usual_pages_fit_into_what_anybody_may_ask() {
    let fields = "id title summary category { name } duties(first: 5) { text } faqs(first: 3) { question answer }
        skills(first: 20) { nodes { requirement skill { name } } } qualificationGroups { heading items { text } }";
    let page = format!(
        "{{ roles(first: 20) {{ nodes {{ {fields} }} pageInfo {{ endCursor }} totalCount {{ value }} }} }}"
    );
    let limit = crate::RateSettings::default().operation_cost;
    let price = price(&page);
    assert!((500..=u64::from(limit)).contains(&price), "{price}");
    let facets = "category { values { count category { name path } } } skill { values { count skill { name } } }
        salaryBand { values { count salaryBand } } employmentOutlook { values { count employmentOutlook } } locale { values { count locale } }";
    let search = format!(
        "{{ search(query: \"nurse\") {{ edges {{ score highlights {{ field fragments }} faqs {{ question }} node {{ {fields} }} }}
            facets {{ {facets} }} totalCount {{ value }} didYouMean }} }}"
    );
    let price = self::price(&search);
    assert!((600..=u64::from(limit)).contains(&price), "{price}");
}

#[test]
fn every_list_of_objects_says_its_size() {
    let shape = Shape::of_sdl(&crate::sdl());
    assert_eq!(shape.lists_without_size(), Vec::<String>::new());
}
