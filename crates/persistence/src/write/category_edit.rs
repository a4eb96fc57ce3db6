//! Categories that somebody edits by their ids.
//!
//! Whoever changes the shape of the tree waits for everybody who adds categories, and the other
//! way round; the rows that are read here are nobody else's until the transaction ends.

use domain::category::Category;
use domain::id::CategoryId;
use sea_orm::DbBackend;
use search::request::NameKind;

use super::row::{corrupt, id, id_text};
use super::{Result, Transaction};
use crate::engine::Rows;
use crate::entity::category_ancestor;
use crate::sort_key;

/// Names the lock of the category tree on PostgreSQL.
const TREE_LOCK: i64 = 0x0072_6f6c_6574_7265;

/// A category and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacedCategory {
    /// The category.
    pub category: Category,
    /// The category above.
    pub parent: Option<CategoryId>,
}

/// How a category would fit below another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CategoryFit {
    /// Levels from the top down to the other one, which is the last of them.
    pub above: u32,
    /// Levels below the category.
    pub below: u32,
    /// Whether the other one is the category itself or stands below it.
    pub is_inside: bool,
}

/// What hangs on a category.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CategoryUse {
    /// Categories right below it.
    pub children: u32,
    /// Roles in any state that are in it.
    pub roles: u32,
}

impl Transaction {
    /// Waits for everybody who changes the shape of the tree, and lets nobody else do so before
    /// the transaction ends.
    pub async fn lock_category_tree(&self) -> Result<()> {
        self.lock_tree(true).await
    }

    /// Waits for everybody who changes the shape of the tree, or who adds to it as well; SQLite
    /// has one writer anyway.
    pub(super) async fn lock_tree(&self, exclusive: bool) -> Result<()> {
        if self.backend() == DbBackend::Postgres {
            let shared = if exclusive { "" } else { "_SHARED" };
            self.run(|sql| {
                sql.push(&format!(
                    "SELECT PG_ADVISORY_XACT_LOCK{shared}({TREE_LOCK})"
                ));
            })
            .await?;
        }
        Ok(())
    }

    /// A category; no other transaction changes it, or puts roles into it, before this one ends.
    pub async fn find_category_for_edit(
        &mut self,
        category: CategoryId,
    ) -> Result<Option<PlacedCategory>> {
        self.lock_category_tree().await?;
        self.lock_rows("category", |sql| {
            sql.push("uuid = ");
            sql.bind(id_text(category));
        })
        .await?;
        let rows = self.rows(|sql| {
            sql.push(
                "SELECT category.id, category.slug, category.name, category.position, above.uuid, \
                 above.id FROM category LEFT JOIN category AS above ON above.id = category.parent_id \
                 WHERE category.uuid = ",
            );
            sql.bind(id_text(category));
        });
        let rows = rows.await?;
        let Some(row) = rows.iter().next() else {
            return Ok(None);
        };
        let broken =
            |problem: &dyn std::fmt::Display| corrupt("category", &id_text(category), problem);
        let slug = row.text(1).unwrap_or_default();
        let position = u32::try_from(row.integer(3).unwrap_or_default());
        self.keys
            .insert(category, row.integer(0).unwrap_or_default());
        let parent = row.text(4).map(|parent| id("category", parent));
        let parent: Option<CategoryId> = parent.transpose()?;
        if let (Some(parent), Some(key)) = (parent, row.integer(5)) {
            self.keys.insert(parent, key);
        }
        Ok(Some(PlacedCategory {
            category: Category {
                id: category,
                slug: domain::Slug::parse(slug).map_err(|error| broken(&error))?,
                name: row.text(2).unwrap_or_default().to_owned(),
                position: position.map_err(|error| broken(&error))?,
            },
            parent,
        }))
    }

    /// The categories right below `parent`, or at the top, in their order, with their positions.
    pub async fn load_category_children(
        &mut self,
        parent: Option<CategoryId>,
    ) -> Result<Vec<(CategoryId, u32)>> {
        let parent = parent.map(|parent| self.keys.of("category", parent));
        let parent = parent.transpose()?;
        let rows = self.rows(|sql| {
            sql.push("SELECT id, uuid, position FROM category WHERE parent_id ");
            match parent {
                Some(key) => sql.push(&format!("= {key}")),
                None => sql.push("IS NULL"),
            }
            sql.push(" ORDER BY position, uuid");
        });
        let rows = rows.await?;
        let mut children = Vec::new();
        for row in rows.iter() {
            let child: CategoryId = id("category", row.text(1).unwrap_or_default())?;
            self.keys.insert(child, row.integer(0).unwrap_or_default());
            let position = row.integer(2).and_then(|place| u32::try_from(place).ok());
            children.push((child, position.unwrap_or_default()));
        }
        Ok(children)
    }

    /// The category right below `parent`, or at the top, that is called like this.
    pub async fn find_category_child(
        &self,
        parent: Option<CategoryId>,
        name: &str,
    ) -> Result<Option<CategoryId>> {
        let parent = parent.map(|parent| self.keys.of("category", parent));
        let parent = parent.transpose()?.unwrap_or_default();
        let rows = self.rows(|sql| {
            sql.push(&format!(
                "SELECT uuid FROM category WHERE COALESCE(parent_id, 0) = {parent} AND sort_name = "
            ));
            sql.bind(sort_key(name));
        });
        let rows = rows.await?;
        let found = rows.iter().next().and_then(|row| row.text(0));
        found.map(|uuid| id("category", uuid)).transpose()
    }

    /// How a category, or a new one, would fit below `parent`.
    pub async fn find_category_fit(
        &self,
        category: Option<CategoryId>,
        parent: Option<CategoryId>,
    ) -> Result<CategoryFit> {
        let key = |category: Option<CategoryId>| {
            let key = category.map(|category| self.keys.of("category", category));
            key.transpose().map(Option::unwrap_or_default)
        };
        let (category, parent) = (key(category)?, key(parent)?);
        let rows = self.rows(|sql| {
            sql.push(&format!(
                "SELECT (SELECT COUNT(*) FROM category_ancestor WHERE category_id = {parent}), \
                 (SELECT COALESCE(MAX(depth), 0) FROM category_ancestor WHERE ancestor_id = {category}), \
                 (SELECT COUNT(*) FROM category_ancestor \
                 WHERE category_id = {parent} AND ancestor_id = {category})"
            ));
        });
        let rows = rows.await?;
        Ok(CategoryFit {
            above: number(&rows, 0),
            below: number(&rows, 1),
            is_inside: number(&rows, 2) > 0,
        })
    }

    /// What hangs on a category.
    pub async fn count_category_use(&self, category: CategoryId) -> Result<CategoryUse> {
        let key = self.keys.of("category", category)?;
        let rows = self.rows(|sql| {
            sql.push(&format!(
                "SELECT (SELECT COUNT(*) FROM category WHERE parent_id = {key}), \
                 (SELECT COUNT(*) FROM role_category WHERE category_id = {key})"
            ));
        });
        let rows = rows.await?;
        Ok(CategoryUse {
            children: number(&rows, 0),
            roles: number(&rows, 1),
        })
    }

    /// Calls a category otherwise; the index finds its roles by the new name.
    pub async fn update_category_name(&mut self, category: CategoryId, name: &str) -> Result<()> {
        let key = self.keys.of("category", category)?;
        self.run(|sql| {
            sql.push("UPDATE category SET name = ");
            sql.bind(name);
            sql.push(", sort_name = ");
            sql.bind(sort_key(name));
            sql.push(&format!(" WHERE id = {key}"));
        })
        .await?;
        self.lock_changes().await?;
        let listed = format!("SELECT role_id FROM category_role WHERE category_id = {key}");
        self.touch_all(&listed).await?;
        self.rename_member(NameKind::Category, key).await
    }

    /// Puts categories at places among their siblings.
    pub async fn update_category_positions(&self, places: &[(CategoryId, u32)]) -> Result<()> {
        for chunk in places.chunks(super::ROWS_PER_STATEMENT) {
            let keys = chunk
                .iter()
                .map(|(category, _)| self.keys.of("category", *category));
            let keys = keys.collect::<Result<Vec<i64>>>()?;
            self.run(|sql| {
                sql.push("UPDATE category SET position = CASE id");
                for (key, (_, position)) in keys.iter().zip(chunk) {
                    sql.push(&format!(" WHEN {key} THEN {position}"));
                }
                sql.push(" END WHERE ");
                sql.one_of_keys("id", &keys);
            })
            .await?;
        }
        Ok(())
    }

    /// Puts a category with everything below it below `parent`, or to the top, and lists all of
    /// its roles anew.
    pub async fn update_category_parent(
        &mut self,
        category: CategoryId,
        parent: Option<CategoryId>,
    ) -> Result<()> {
        let key = self.keys.of("category", category)?;
        let parent = parent.map(|parent| self.keys.of("category", parent));
        let parent = parent.transpose()?;
        let below = self.load_closure("ancestor_id", key, "category_id").await?;
        let above = match parent {
            Some(parent) => {
                self.load_closure("category_id", parent, "ancestor_id")
                    .await?
            }
            None => Vec::new(),
        };
        let subtree: Vec<i64> = below.iter().map(|(key, _)| *key).collect();
        self.lock_rows("category", |sql| sql.one_of_keys("id", &subtree))
            .await?;
        self.run(|sql| {
            sql.push("UPDATE category SET parent_id = ");
            sql.bind(parent);
            sql.push(&format!(" WHERE id = {key}"));
        })
        .await?;
        self.run(|sql| {
            sql.one_of_keys("DELETE FROM category_ancestor WHERE category_id", &subtree);
            sql.push(" AND NOT ");
            sql.one_of_keys("ancestor_id", &subtree);
        })
        .await?;
        let lines = below.iter().flat_map(|(category_id, depth)| {
            above
                .iter()
                .map(move |(ancestor_id, up)| category_ancestor::Model {
                    category_id: *category_id,
                    depth: depth + 1 + up,
                    ancestor_id: *ancestor_id,
                })
        });
        self.insert_all(lines.collect()).await?;
        self.relist_all(&subtree).await
    }

    /// Takes a category out on which nothing hangs.
    pub async fn delete_category(&mut self, category: CategoryId) -> Result<()> {
        let key = self.keys.of("category", category)?;
        self.index_before_deletion().await?;
        self.delete_member(NameKind::Category, key).await?;
        self.run(|sql| sql.push(&format!("DELETE FROM category WHERE id = {key}")))
            .await
    }

    /// Keys on the other side of the closure, with their distances.
    async fn load_closure(&self, side: &str, key: i64, other: &str) -> Result<Vec<(i64, i64)>> {
        let rows = self.rows(|sql| {
            sql.push(&format!(
                "SELECT {other}, depth FROM category_ancestor WHERE {side} = {key} \
                 ORDER BY depth, {other}"
            ));
        });
        let rows = rows.await?;
        let pairs = rows.iter();
        Ok(pairs
            .filter_map(|row| Some((row.integer(0)?, row.integer(1)?)))
            .collect())
    }

    /// Lists the roles of categories anew, those in no state that readers see included.
    async fn relist_all(&mut self, categories: &[i64]) -> Result<()> {
        let rows = self.rows(|sql| {
            sql.one_of_keys(
                "SELECT DISTINCT role_id FROM role_category WHERE category_id",
                categories,
            );
            sql.push(" ORDER BY role_id");
        });
        let rows = rows.await?;
        let roles: Vec<i64> = rows.iter().filter_map(|row| row.integer(0)).collect();
        for chunk in roles.chunks(super::ROWS_PER_STATEMENT) {
            self.lock_rows("role", |sql| sql.one_of_keys("id", chunk))
                .await?;
            self.relist(chunk).await?;
            for role in chunk {
                self.touch(*role);
            }
        }
        Ok(())
    }
}

/// A number in the first row.
fn number(rows: &Rows, column: usize) -> u32 {
    let number = rows.iter().next().and_then(|row| row.integer(column));
    let number = number.and_then(|number| u32::try_from(number).ok());
    number.unwrap_or_default()
}
