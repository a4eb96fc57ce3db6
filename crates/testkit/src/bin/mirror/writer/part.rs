//! Edits of single parts of a role.

use serde_json::{Value, json};

use super::{Writer, is_accepted};

/// What the parts of a role are called in mutations, in types, and in the answer to a query for
/// their ids.
const PARTS: [(&str, &str, &str); 5] = [
    ("duty", "Duty", "/role/duties"),
    ("faq", "Faq", "/role/faqs"),
    ("section", "Section", "/role/sections"),
    ("fact", "Fact", "/role/atAGlance/facts"),
    (
        "qualificationGroup",
        "QualificationGroup",
        "/role/qualificationGroups",
    ),
];
const IDS: &str = "query ($id: ID!) { role(by: {id: $id}) { duties { id } faqs { id } \
                   sections { id } atAGlance { facts { id } } qualificationGroups { id } } }";

impl Writer {
    /// Adds, changes, moves or removes one part of a role.
    pub(super) async fn edit_part(&mut self, role: &str) -> bool {
        let ids = self.send(IDS, json!({ "id": role })).await;
        let (part, name, list) = PARTS[self.place(PARTS.len())];
        let ids = ids.pointer(list).and_then(Value::as_array);
        let ids = ids.cloned().unwrap_or_default();
        let what = (self.random)(5);
        if ids.is_empty() || (what < 2 && ids.len() < 8) {
            let field = format!("{part}Add");
            let mutation = format!(
                "mutation ($role: ID!, $input: {name}Input!) {{ \
                 {field}(role: $role, input: $input, position: 0) {{ userErrors {{ message }} }} }}"
            );
            let variables = json!({ "role": role, "input": self.part(part) });
            return is_accepted(&self.send(&mutation, variables).await[&field]);
        }
        let id = &ids[self.place(ids.len())]["id"];
        let (field, arguments) = match what {
            0..3 => (format!("{part}Move"), ", position: 0"),
            _ => (format!("{part}Remove"), ""),
        };
        let mutation = format!(
            "mutation ($role: ID!, $id: ID!) {{ \
             {field}(role: $role, id: $id{arguments}) {{ userErrors {{ message }} }} }}"
        );
        let variables = json!({ "role": role, "id": id });
        is_accepted(&self.send(&mutation, variables).await[&field])
    }

    /// What a new part says.
    fn part(&mut self, part: &str) -> Value {
        let words = format!("Part {} of {}", self.turn, self.number);
        match part {
            "duty" => json!({ "text": words }),
            "faq" => json!({ "question": format!("{words}?"), "answer": words }),
            "section" => json!({ "kind": "CUSTOM", "heading": words, "body": words }),
            "fact" => json!({ "key": "CUSTOM", "label": words, "text": words }),
            _ => json!({ "heading": words, "items": ["One", "Two"] }),
        }
    }
}
