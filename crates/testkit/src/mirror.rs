//! What a copy of the catalogue has to hold that the clients of `docs/examples` keep.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use domain::id::Id;
use domain::read::{
    CategoriesRequest, CategoryParts, CategoryTree, Connection, Cursor, Page, PageRequest,
    RoleParts, RoleTree, RolesRequest, SkillParts, SkillTree, SkillsRequest,
};
use persistence::Database;
use serde_json::{Value, json};

use crate::shared_file::workspace_root;

/// Rows by what they are about: its kind and its id.
pub type Copied = BTreeMap<(String, String), Value>;

/// The file of a client in `docs/examples`.
#[must_use]
pub fn example(name: &str) -> PathBuf {
    workspace_root().join("docs/examples").join(name)
}

/// The rows of a copy of the catalogue as it is now, read without exports and without the graph.
pub async fn whole_copy(database: &Database) -> Copied {
    let reads = database.snapshot_apart(Duration::from_mins(1)).await;
    let reads = &reads.expect("the catalogue is read");
    let roles = all(async |page| {
        let wanted = Connection {
            request: RolesRequest {
                page,
                ..RolesRequest::default()
            },
            total: false,
            node: RoleParts {
                categories: Some(Box::default()),
                ..RoleParts::document()
            },
        };
        reads.published_roles_page(&wanted).await
    });
    let categories = all(async |page| {
        let wanted = Connection {
            request: CategoriesRequest {
                page,
                ..CategoriesRequest::default()
            },
            total: false,
            node: CategoryParts {
                parent: Some(Box::default()),
                ..CategoryParts::default()
            },
        };
        reads.categories_page(&wanted).await
    });
    let skills = all(async |page| {
        let wanted = Connection {
            request: SkillsRequest {
                page,
                ..SkillsRequest::default()
            },
            total: false,
            node: SkillParts::default(),
        };
        reads.skills_page(&wanted).await
    });
    let roles = roles.await.into_iter().map(|tree| role(&tree));
    let categories = categories.await.into_iter().map(|tree| category(&tree));
    let skills = skills.await.into_iter().map(|tree| skill(&tree));
    roles.chain(categories).chain(skills).collect()
}

async fn all<T, E: std::fmt::Debug>(
    read: impl AsyncFn(PageRequest) -> Result<Page<T>, E>,
) -> Vec<T> {
    let (mut nodes, mut cursor): (_, Option<Cursor>) = (Vec::new(), None);
    loop {
        let page = read(PageRequest {
            cursor,
            ..PageRequest::first(200)
        });
        let page = page.await.expect("a page is read");
        cursor = page.edges.last().map(|edge| edge.cursor.clone());
        nodes.extend(page.edges.into_iter().map(|edge| edge.node));
        if !page.has_next {
            return nodes;
        }
    }
}

type Row = ((String, String), Value);

fn row(kind: &str, id: impl Id, content: Value) -> Row {
    ((kind.to_owned(), id.to_string()), content)
}

fn role(tree: &RoleTree) -> Row {
    let draft = tree.to_draft().expect("the role is whole");
    let role = &tree.role;
    let categories = tree.categories.get().expect("the role is whole");
    let categories = categories.iter().map(|tree| tree.category.id.to_string());
    let duties = draft.duties.iter().map(|duty| duty.text.as_str());
    let sections = draft
        .sections
        .iter()
        .map(|part| [&part.heading, &part.body]);
    let faqs = draft.faqs.iter().map(|faq| [&faq.question, &faq.answer]);
    let content = json!({
        "slug": role.slug.as_str(),
        "locale": role.locale.as_str(),
        "title": role.title,
        "summary": role.summary,
        "revision": role.revision,
        "updatedAt": role.updated_at.to_string(),
        "categories": categories.collect::<Vec<_>>(),
        "duties": duties.collect::<Vec<_>>(),
        "sections": sections.collect::<Vec<_>>(),
        "faqs": faqs.collect::<Vec<_>>(),
    });
    row("role", role.id, content)
}

fn category(tree: &CategoryTree) -> Row {
    let category = &tree.category;
    let parent = tree.parent.get().expect("the parent is read");
    let parent = parent.as_ref().map(|tree| tree.category.id.to_string());
    let (slug, name) = (category.slug.as_str(), &category.name);
    let content = json!({ "slug": slug, "name": name, "parent": parent });
    row("category", category.id, content)
}

fn skill(tree: &SkillTree) -> Row {
    let skill = &tree.skill;
    let (slug, name) = (skill.slug.as_str(), &skill.name);
    let content = json!({ "slug": slug, "name": name, "kind": skill.kind.as_str() });
    row("skill", skill.id, content)
}
