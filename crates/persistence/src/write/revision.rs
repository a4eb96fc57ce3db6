//! What roles said whenever they were published.

use std::collections::BTreeMap;

use domain::Timestamp;
use domain::id::{RoleId, SkillId};
use domain::read::RoleTree;

use super::child::RoleChildren;
use super::link::RoleLinks;
use super::row::{RowKeys, json};
use super::{Result, Transaction};
use crate::read::whole_role;
use crate::stored::Key;
use crate::stored::past::{CategoryRow, CodeRow, NamedRow, RelationRow, SkillRow};

/// The columns that a revision has as its role has them.
const COPIED: [&str; 26] = [
    "id",
    "revision",
    "uuid",
    "slug",
    "locale",
    "title",
    "state",
    "created_at",
    "updated_at",
    "published_at",
    "last_reviewed",
    "translation_group_id",
    "source_id",
    "document_slug",
    "content_hash",
    "summary",
    "duties",
    "faqs",
    "qualification_groups",
    "sections",
    "facts",
    "salaries",
    "distributions",
    "titles",
    "cover_letter",
    "outline",
];

/// The columns of a revision that its role does not have, or not in this form.
const OWN: [&str; 6] = [
    "actor",
    "named_skills",
    "categories",
    "skills",
    "relations",
    "codes",
];

/// The values of the columns that are a revision's own, in their order.
pub(super) type OwnValues = [String; OWN.len()];

impl Transaction {
    /// Keeps what a published role says as a revision, at the latest when the transaction is
    /// committed.
    pub async fn keep_revision(
        &mut self,
        role: RoleId,
        children: &RoleChildren<'_>,
        links: &RoleLinks<'_>,
        actor: &str,
    ) -> Result<()> {
        let values = own_values(role, children, links, actor, &self.keys)?;
        let mut pending = self.pending.iter_mut();
        if let Some(new) = pending.find(|new| new.id == role) {
            new.kept = Some(values);
            return Ok(());
        }
        let key = self.role_key(role).await?;
        self.keep_revisions(&[(key, values)]).await
    }

    /// Keeps the present revisions of roles. The database copies what it has of them already.
    pub(super) async fn keep_revisions(&self, roles: &[(i64, OwnValues)]) -> Result<()> {
        if roles.is_empty() {
            return Ok(());
        }
        self.run(|sql| {
            sql.push("INSERT INTO role_revision (");
            sql.separated(&COPIED, |sql, column| sql.push(column));
            sql.push(", ");
            sql.separated(&OWN, |sql, column| sql.push(column));
            sql.push(") SELECT ");
            sql.separated(&COPIED, |sql, column| sql.push(&format!("role.{column}")));
            // Both engines give the columns of values these names.
            for place in 0..OWN.len() {
                sql.push(&format!(", kept.column{}", place + 2));
            }
            sql.push(" FROM (VALUES ");
            sql.separated(roles, |sql, (key, values)| {
                // Bound, so that every role is kept by the same statement.
                sql.push("(");
                sql.bind(*key);
                sql.push(", ");
                sql.bind_all(values.iter().map(String::as_str));
                sql.push(")");
            });
            sql.push(") AS kept CROSS JOIN role WHERE role.id = kept.column1");
        })
        .await
    }

    /// Notes when a role was withdrawn that was published as `revision`.
    pub async fn withdraw_revision(
        &mut self,
        role: RoleId,
        revision: u32,
        at: Timestamp,
    ) -> Result<()> {
        let key = self.role_key(role).await?;
        self.run(|sql| {
            sql.push("UPDATE role_revision SET withdrawn_at = ");
            sql.bind(at.to_string());
            sql.push(" WHERE id = ");
            sql.bind(key);
            sql.push(" AND revision = ");
            sql.bind(i64::from(revision));
        })
        .await
    }

    /// Everything that a document of a role held in a revision that was published.
    pub async fn find_role_revision(
        &mut self,
        role: RoleId,
        revision: u32,
    ) -> Result<Option<RoleTree>> {
        self.insert_pending().await?;
        whole_role(role, Some(revision), self.backend(), async |statement| {
            self.ask(statement).await
        })
        .await
    }
}

fn own_values(
    role: RoleId,
    children: &RoleChildren<'_>,
    links: &RoleLinks<'_>,
    actor: &str,
    keys: &RowKeys,
) -> Result<OwnValues> {
    let RoleLinks {
        categories,
        skills,
        related,
        codes,
    } = links;
    let categories: Vec<_> = categories.iter().map(CategoryRow::new).collect();
    let skills: Vec<_> = skills.iter().map(SkillRow::new).collect();
    let relations: Vec<_> = related.iter().map(RelationRow::from).collect();
    let codes: Vec<_> = codes.iter().map(CodeRow::from).collect();
    Ok([
        actor.to_owned(),
        json(role, &named(children, keys)?)?,
        json(role, &categories)?,
        json(role, &skills)?,
        json(role, &relations)?,
        json(role, &codes)?,
    ])
}

/// The skills that texts name, each once.
fn named(children: &RoleChildren<'_>, keys: &RowKeys) -> Result<Vec<NamedRow>> {
    let duties = children.duties.iter().flat_map(|duty| &duty.skills);
    let groups = children.qualification_groups.iter();
    let items = groups.flat_map(|group| &group.items);
    let items = items.flat_map(|item| &item.skills);
    let named = duties.chain(items).map(|skill| {
        let key = keys.of("skill", *skill)?;
        Ok((key, *skill))
    });
    let named: BTreeMap<i64, SkillId> = named.collect::<Result<_>>()?;
    let rows = named.into_iter();
    Ok(rows
        .map(|(key, id)| NamedRow { key, id: Key(id) })
        .collect())
}
