//! The category tree.

use domain::category::Category;
use domain::id::CategoryId;
use sea_orm::sea_query::{Alias, Expr, ExprTrait as _, Query, SelectStatement};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};

use super::row::{id, id_text};
use super::{ROWS_PER_STATEMENT, Result, Transaction};
use crate::entity::category::{Column, Entity, Model};
use crate::sort_key;

/// The place of a category in the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CategoryNode {
    /// The category.
    pub id: CategoryId,
    /// The category above.
    pub parent: Option<CategoryId>,
    /// The sort key of its name, unique among siblings.
    pub key: String,
}

impl Transaction {
    /// The categories whose names have one of these sort keys, anywhere in the tree.
    pub async fn find_categories_by_key(&mut self, keys: &[String]) -> Result<Vec<CategoryNode>> {
        let mut nodes = Vec::new();
        for chunk in keys.chunks(ROWS_PER_STATEMENT) {
            let found = Entity::find()
                .select_only()
                .columns([Column::Id, Column::Uuid, Column::SortName])
                .expr_as(Expr::expr(parent()), "parent")
                .filter(Column::SortName.is_in(chunk));
            let found = self.select(found).await?;
            for row in found.iter() {
                let category: CategoryId = id("category", row.text(1).unwrap_or_default())?;
                self.keys
                    .insert(category, row.integer(0).unwrap_or_default());
                let parent = row.text(3).map(|parent| id("category", parent));
                nodes.push(CategoryNode {
                    id: category,
                    parent: parent.transpose()?,
                    key: row.text(2).unwrap_or_default().to_owned(),
                });
            }
        }
        Ok(nodes)
    }

    /// How many categories stand below `parent`, or at the top.
    pub async fn count_category_children(&self, parent: Option<CategoryId>) -> Result<u32> {
        let children = match parent {
            Some(parent) => Column::ParentId.eq(self.keys.of("category", parent)?),
            None => Column::ParentId.is_null(),
        };
        let count = Entity::find()
            .select_only()
            .column_as(Column::Id.count(), "children")
            .filter(children);
        let rows = self.select(count).await?;
        let count = rows.iter().find_map(|row| row.integer(0)).unwrap_or(0);
        Ok(u32::try_from(count).unwrap_or(u32::MAX))
    }

    /// Adds a category below `parent`, or at the top.
    pub async fn insert_category(
        &mut self,
        category: &Category,
        parent: Option<CategoryId>,
    ) -> Result<()> {
        let Category {
            id,
            slug,
            name,
            position,
        } = category;
        self.lock_tree(false).await?;
        let parent = parent.map(|parent| self.keys.of("category", parent));
        let parent_id = parent.transpose()?;
        let row = Model {
            id: 0,
            uuid: id_text(*id),
            parent_id,
            slug: slug.to_string(),
            name: name.clone(),
            sort_name: sort_key(name),
            position: i64::from(*position),
        };
        self.insert_keyed(vec![row]).await?;
        let key = self.keys.of("category", *id)?;
        // The way up is that of the parent as it is now.
        self.run(|sql| {
            sql.push(&format!(
                "INSERT INTO category_ancestor (category_id, depth, ancestor_id) \
                 SELECT {key}, 0, {key} UNION ALL \
                 SELECT {key}, depth + 1, ancestor_id FROM category_ancestor WHERE category_id = {}",
                parent_id.unwrap_or_default()
            ));
        })
        .await
    }
}

/// The id of the category above.
fn parent() -> SelectStatement {
    let above = Alias::new("above");
    Query::select()
        .column((above.clone(), Column::Uuid))
        .from_as(Entity, above.clone())
        .and_where(Expr::col((above, Column::Id)).equals((Entity, Column::ParentId)))
        .take()
}
