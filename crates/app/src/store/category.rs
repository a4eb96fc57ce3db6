//! The categories of roles.

use std::collections::HashMap;

use domain::category::{Category, CategoryPath};
use domain::change::ChangeEntity;
use domain::id::{CategoryId, Id};
use persistence::{CategoryNode, SlugScope, sort_key};

use super::Store;
use super::slug::wish;
use crate::AppError;

/// Known categories by the category above and the sort key of their names.
type Tree = HashMap<(Option<CategoryId>, String), CategoryId>;

impl Store<'_> {
    /// The categories that paths lead to, each once; what is missing of a path is created.
    pub(super) async fn categories(
        &mut self,
        paths: &[CategoryPath],
    ) -> Result<Vec<CategoryId>, AppError> {
        let mut tree = self.known_categories(paths).await?;
        let mut categories = Vec::new();
        for path in paths {
            let mut line = Vec::new();
            for name in path.names() {
                let place = (line.first().copied(), sort_key(name));
                let category = match tree.get(&place) {
                    Some(known) => *known,
                    None => self.new_category(name, &line).await?,
                };
                tree.insert(place, category);
                line.insert(0, category);
            }
            let leaf = line.first().filter(|leaf| !categories.contains(*leaf));
            categories.extend(leaf);
        }
        Ok(categories)
    }

    async fn known_categories(&mut self, paths: &[CategoryPath]) -> Result<Tree, AppError> {
        let names = paths.iter().flat_map(CategoryPath::names);
        let keys: Vec<String> = names.map(|name| sort_key(name)).collect();
        let nodes = self.transaction.find_categories_by_key(&keys).await?;
        let places = nodes
            .into_iter()
            .map(|CategoryNode { id, parent, key }| ((parent, key), id));
        Ok(places.collect())
    }

    /// Adds a category as the last one below `ancestors`, which are named from the nearest one up.
    async fn new_category(
        &mut self,
        name: &str,
        ancestors: &[CategoryId],
    ) -> Result<CategoryId, AppError> {
        let wish = wish("categories", name)?;
        let parent = ancestors.first().copied();
        let category = Category {
            id: CategoryId::fresh(self.ids),
            slug: self.free_slug(SlugScope::Categories, &wish).await?,
            name: name.to_owned(),
            position: self.transaction.count_category_children(parent).await?,
        };
        self.transaction
            .insert_category(&category, ancestors)
            .await?;
        self.created(ChangeEntity::Category, category.id);
        Ok(category.id)
    }
}
