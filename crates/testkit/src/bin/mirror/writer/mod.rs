//! A task that sends random mutations, each of them to something of its own.

mod part;
mod taxonomy;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use domain::access::Principal;
use gateway::Gateway;
use serde_json::{Value, json};

use crate::random_numbers;

/// The largest number of roles of a task, besides those that it upserts.
const ROLES: usize = 40;
/// Different roles that a task upserts.
const UPSERTED: u64 = 30;

/// A task that writes.
pub(crate) struct Writer {
    number: usize,
    random: Box<dyn FnMut(u64) -> u64>,
    gateway: Gateway,
    /// The ids of its roles.
    roles: Vec<String>,
    categories: Vec<String>,
    skills: Vec<String>,
    turn: usize,
}

impl Writer {
    pub(crate) fn new(number: usize, seed: u64, gateway: Gateway) -> Self {
        let seed = seed.wrapping_add(1 + u64::try_from(number).unwrap_or_default());
        Self {
            number,
            random: Box::new(random_numbers(seed)),
            gateway,
            roles: Vec::new(),
            categories: Vec::new(),
            skills: Vec::new(),
            turn: 0,
        }
    }

    /// Sends mutations until all tasks together have sent so many; how many were accepted.
    pub(crate) async fn run(mut self, writes: usize, sent: Arc<AtomicUsize>) -> usize {
        let mut accepted = 0;
        while sent.fetch_add(1, Ordering::Relaxed) < writes {
            self.turn += 1;
            accepted += usize::from(self.write().await);
        }
        accepted
    }

    /// Sends a mutation; whether it was accepted.
    async fn write(&mut self) -> bool {
        let kind = (self.random)(100);
        if self.roles.is_empty() || (kind < 12 && self.roles.len() < ROLES) {
            return self.create().await;
        }
        let place = self.place(self.roles.len());
        let id = self.roles.get(place).cloned().unwrap_or_default();
        match kind {
            0..36 => self.update(&id).await,
            36..58 => self.edit_part(&id).await,
            58..64 => self.to("rolePublish", &id).await,
            64..69 => self.to("roleUnpublish", &id).await,
            69..73 => self.to("roleArchive", &id).await,
            73..76 => self.restore(&id).await,
            76..81 => {
                self.roles.swap_remove(place);
                self.to("roleDelete", &id).await
            }
            81..88 => self.edit_category().await,
            88..94 => self.edit_skill().await,
            _ => self.upsert().await,
        }
    }

    /// A random place in a list that is not empty.
    fn place(&mut self, length: usize) -> usize {
        let places = u64::try_from(length).unwrap_or_default();
        usize::try_from((self.random)(places)).unwrap_or_default()
    }

    async fn create(&mut self) -> bool {
        let mut input = self.content();
        input["title"] = json!(self.title());
        input["state"] = self.state();
        let mutation = "mutation ($input: RoleCreateInput!) { \
                        roleCreate(input: $input) { role { id } userErrors { message } } }";
        let payload = self.send(mutation, json!({ "input": input })).await;
        let id = payload["roleCreate"]["role"]["id"].as_str();
        self.roles.extend(id.map(str::to_owned));
        id.is_some()
    }

    async fn update(&mut self, id: &str) -> bool {
        let mut input = self.content();
        if (self.random)(3) == 0 {
            input["title"] = json!(self.title());
        }
        if (self.random)(8) == 0 {
            input["slug"] = json!(format!("moved-{}-{}", self.number, self.turn));
        }
        let mutation = "mutation ($id: ID!, $input: RoleUpdateInput!) { \
                        roleUpdate(id: $id, input: $input) { userErrors { message } } }";
        let payload = self.send(mutation, json!({ "id": id, "input": input }));
        is_accepted(&payload.await["roleUpdate"])
    }

    async fn to(&mut self, field: &str, id: &str) -> bool {
        let mutation =
            format!("mutation ($id: ID!) {{ {field}(id: $id) {{ userErrors {{ message }} }} }}");
        let payload = self.send(&mutation, json!({ "id": id })).await;
        is_accepted(&payload[field])
    }

    async fn restore(&mut self, id: &str) -> bool {
        let mutation = "mutation ($id: ID!, $revision: Int!) { \
                        roleRestore(id: $id, revision: $revision) { userErrors { message } } }";
        let variables = json!({ "id": id, "revision": 1 + (self.random)(5) });
        is_accepted(&self.send(mutation, variables).await["roleRestore"])
    }

    async fn upsert(&mut self) -> bool {
        let mut roles = Vec::new();
        for _ in 0..=(self.random)(4) {
            let mut role = self.content();
            let slug = format!("listed-{}-{}", self.number, (self.random)(UPSERTED));
            role["slug"] = json!(slug);
            role["title"] = json!(self.title());
            role["state"] = self.state();
            roles.push(role);
        }
        let mutation = "mutation ($roles: [RoleUpsertInput!]!) { \
                        rolesUpsert(roles: $roles) { userErrors { message } } }";
        let payload = self.send(mutation, json!({ "roles": roles })).await;
        is_accepted(&payload["rolesUpsert"])
    }

    /// What a role says, some of it.
    fn content(&mut self) -> Value {
        let turn = self.turn;
        let mut content = json!({ "summary": format!("As of {turn}.") });
        if (self.random)(2) == 0 {
            let duties = (0..=(self.random)(3))
                .map(|at| json!({ "text": format!("Do {turn} {at} in Python") }));
            content["duties"] = duties.collect();
        }
        if (self.random)(3) == 0 {
            content["faqs"] =
                json!([{ "question": format!("What is {turn}?"), "answer": "A turn.\n\n“So?”" }]);
        }
        if (self.random)(4) == 0 {
            content["sections"] =
                json!([{ "kind": "OVERVIEW", "body": format!("All of {turn}.") }]);
        }
        if (self.random)(5) == 0 {
            let leaf = format!("Field {}", (self.random)(12));
            content["categories"] = json!([["Random work", leaf]]);
        }
        if (self.random)(6) == 0 {
            let name = format!("Craft {}", (self.random)(200));
            content["skills"] = json!([{ "name": name }]);
        }
        content
    }

    fn title(&mut self) -> String {
        format!("Role {} of {}", (self.random)(1_000), self.number)
    }

    fn state(&mut self) -> Value {
        json!(if (self.random)(3) == 0 {
            "DRAFT"
        } else {
            "PUBLISHED"
        })
    }

    /// The data of a mutation, which must not fail.
    async fn send(&self, mutation: &str, variables: Value) -> Value {
        let request = json!({ "query": mutation, "variables": variables });
        let principal = Principal::operator("writer");
        let mut answer = self.gateway.answer_to(principal, &request).await;
        assert!(answer.get("errors").is_none(), "{request}: {answer}");
        answer.get_mut("data").map(Value::take).unwrap_or_default()
    }
}

/// Whether a payload has no complaint.
fn is_accepted(payload: &Value) -> bool {
    payload["userErrors"].as_array().is_some_and(Vec::is_empty)
}
