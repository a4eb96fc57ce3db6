//! Edits of categories and skills.

use serde_json::{Value, json};

use super::{Writer, is_accepted};

/// The largest number of categories of a task, and of skills.
const MOST: usize = 12;

/// What something is called in mutations and in types.
type Named = (&'static str, &'static str);

const CATEGORY: Named = ("category", "Category");
const SKILL: Named = ("skill", "Skill");

impl Writer {
    /// Adds, renames, moves or deletes a category.
    pub(super) async fn edit_category(&mut self) -> bool {
        let what = (self.random)(10);
        let name = format!("Category {} of {}", self.turn, self.number);
        if self.categories.is_empty() || (what < 4 && self.categories.len() < MOST) {
            let input = json!({ "name": name });
            let added = self.add(CATEGORY, &input).await;
            self.categories.extend(added.clone());
            return added.is_some();
        }
        let place = self.place(self.categories.len());
        let id = self.categories[place].clone();
        match what {
            0..6 => self.change(CATEGORY, &id, &json!({ "name": name })).await,
            6..9 => {
                let other = self.place(self.categories.len());
                let parent = (what < 8).then(|| self.categories[other].clone());
                let mutation = "mutation ($id: ID!, $parent: ID) { \
                                categoryMove(id: $id, parent: $parent) { userErrors { message } } }";
                let payload = self.send(mutation, json!({ "id": id, "parent": parent }));
                is_accepted(&payload.await["categoryMove"])
            }
            _ => {
                let is_gone = self.to("categoryDelete", &id).await;
                if is_gone {
                    self.categories.swap_remove(place);
                }
                is_gone
            }
        }
    }

    /// Adds, renames or deletes a skill.
    pub(super) async fn edit_skill(&mut self) -> bool {
        let what = (self.random)(10);
        let name = format!("Skill {} of {}", self.turn, self.number);
        if self.skills.is_empty() || (what < 4 && self.skills.len() < MOST) {
            let input = json!({ "name": name, "kind": "TOOL" });
            let added = self.add(SKILL, &input).await;
            self.skills.extend(added.clone());
            return added.is_some();
        }
        let place = self.place(self.skills.len());
        let id = self.skills[place].clone();
        if what < 8 {
            return self.change(SKILL, &id, &json!({ "name": name })).await;
        }
        let is_gone = self.to("skillDelete", &id).await;
        if is_gone {
            self.skills.swap_remove(place);
        }
        is_gone
    }

    /// Adds something; its id when that was accepted.
    async fn add(&mut self, (what, name): Named, input: &Value) -> Option<String> {
        let mutation = format!(
            "mutation ($input: {name}CreateInput!) {{ \
             {what}Create(input: $input) {{ {what} {{ id }} userErrors {{ message }} }} }}"
        );
        let payload = self.send(&mutation, json!({ "input": input })).await;
        let id = payload[format!("{what}Create")][what]["id"].as_str();
        id.map(str::to_owned)
    }

    async fn change(&mut self, (what, name): Named, id: &str, input: &Value) -> bool {
        let field = format!("{what}Update");
        let mutation = format!(
            "mutation ($id: ID!, $input: {name}UpdateInput!) {{ \
             {field}(id: $id, input: $input) {{ userErrors {{ message }} }} }}"
        );
        let payload = self.send(&mutation, json!({ "id": id, "input": input }));
        is_accepted(&payload.await[&field])
    }
}
