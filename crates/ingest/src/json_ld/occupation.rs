//! The `Occupation` of a role.

use domain::role::{ExternalCode, Fact, FactKey, RoleDraft, TitleKind};
use serde_json::{Map, Value, json};

use super::{put, salary, texts};

pub(super) fn occupation(draft: &RoleDraft) -> Value {
    let mut object = Map::new();
    put(&mut object, "@type", Some(json!("Occupation")));
    put(&mut object, "name", Some(json!(draft.title)));
    put(
        &mut object,
        "inLanguage",
        Some(json!(draft.locale.as_str())),
    );
    put(&mut object, "alternateName", alternate_names(draft));
    put(
        &mut object,
        "description",
        draft.summary.as_ref().map(|summary| json!(summary)),
    );
    put(&mut object, "occupationalCategory", categories(draft));
    put(
        &mut object,
        "responsibilities",
        texts(draft.duties.iter().map(|duty| &duty.text)),
    );
    put(&mut object, "qualifications", qualifications(draft));
    put(&mut object, "skills", skills(draft));
    put(
        &mut object,
        "educationRequirements",
        fact(draft, FactKey::TypicalEducation),
    );
    put(
        &mut object,
        "experienceRequirements",
        fact(draft, FactKey::TypicalExperience),
    );
    put(
        &mut object,
        "estimatedSalary",
        salary::estimated_salary(&draft.salaries),
    );
    Value::Object(object)
}

fn alternate_names(draft: &RoleDraft) -> Option<Value> {
    let shown = draft
        .titles
        .iter()
        .filter(|title| title.kind != TitleKind::Hidden);
    texts(shown.map(|title| &title.text))
}

/// Codes of outside schemes, then the names of the categories.
fn categories(draft: &RoleDraft) -> Option<Value> {
    let codes = draft.codes.iter().map(category_code);
    let names = draft.categories.iter().map(|path| json!(path.leaf()));
    let all: Vec<Value> = codes.chain(names).collect();
    (!all.is_empty()).then_some(Value::Array(all))
}

fn category_code(code: &ExternalCode) -> Value {
    let ExternalCode {
        scheme,
        release,
        code,
        uri,
        match_kind: _,
    } = code;
    let mut object = Map::new();
    put(&mut object, "@type", Some(json!("CategoryCode")));
    put(&mut object, "codeValue", Some(json!(code)));
    let set = release
        .as_ref()
        .map_or_else(|| scheme.clone(), |release| format!("{scheme} {release}"));
    put(
        &mut object,
        "inCodeSet",
        Some(json!({ "@type": "CategoryCodeSet", "name": set })),
    );
    put(&mut object, "url", uri.as_ref().map(|uri| json!(uri)));
    Value::Object(object)
}

fn qualifications(draft: &RoleDraft) -> Option<Value> {
    let items = draft
        .qualification_groups
        .iter()
        .flat_map(|group| &group.items);
    texts(items.map(|item| &item.text))
}

fn skills(draft: &RoleDraft) -> Option<Value> {
    texts(draft.skills.iter().map(|edge| &edge.skill.name))
}

fn fact(draft: &RoleDraft, key: FactKey) -> Option<Value> {
    let found = draft.facts.iter().find(|fact| fact.key == key);
    found.map(|Fact { text, .. }| json!(text))
}
