//! The category tree.

use domain::category::Category;
use domain::id::CategoryId;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect};

use super::row::{id, id_text, numbered};
use super::{ROWS_PER_STATEMENT, Result, Transaction};
use crate::entity::category::{Column, Entity, Model};
use crate::entity::category_ancestor;
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
    pub async fn find_categories_by_key(&self, keys: &[String]) -> Result<Vec<CategoryNode>> {
        let mut nodes = Vec::new();
        for chunk in keys.chunks(ROWS_PER_STATEMENT) {
            let found: Vec<(String, Option<String>, String)> = Entity::find()
                .select_only()
                .columns([Column::Id, Column::ParentId, Column::SortName])
                .filter(Column::SortName.is_in(chunk))
                .into_tuple()
                .all(&self.inner)
                .await?;
            for (category, parent, key) in found {
                nodes.push(CategoryNode {
                    id: id("category", &category)?,
                    parent: parent.map(|parent| id("category", &parent)).transpose()?,
                    key,
                });
            }
        }
        Ok(nodes)
    }

    /// How many categories stand below `parent`, or at the top.
    pub async fn count_category_children(&self, parent: Option<CategoryId>) -> Result<u32> {
        let children = match parent {
            Some(parent) => Column::ParentId.eq(id_text(parent)),
            None => Column::ParentId.is_null(),
        };
        let count = Entity::find().filter(children).count(&self.inner).await?;
        Ok(u32::try_from(count).unwrap_or(u32::MAX))
    }

    /// Adds a category below `ancestors`, which are named from the nearest one up.
    pub async fn insert_category(
        &self,
        category: &Category,
        ancestors: &[CategoryId],
    ) -> Result<()> {
        let Category {
            id,
            slug,
            name,
            position,
        } = category;
        let row = Model {
            id: id_text(*id),
            parent_id: ancestors.first().copied().map(id_text),
            slug: slug.to_string(),
            name: name.clone(),
            sort_name: sort_key(name),
            position: i32::try_from(*position).unwrap_or(i32::MAX),
        };
        self.insert_all(vec![row]).await?;
        let line = std::iter::once(id).chain(ancestors);
        let closure = numbered(line).map(|(depth, ancestor)| category_ancestor::Model {
            category_id: id_text(*id),
            ancestor_id: id_text(*ancestor),
            depth,
        });
        self.insert_all(closure.collect()).await
    }
}
