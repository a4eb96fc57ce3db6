//! The categories of roles.

use std::collections::{HashMap, HashSet};

use domain::category::{Category, CategoryPath};
use domain::change::ChangeEntity;
use domain::id::{CategoryId, Id};
use domain::role::RoleDraft;
use persistence::{CategoryNode, SlugScope, sort_key};

use super::Store;
use super::slug::wish;
use crate::AppError;

/// The part of the category tree that was looked up so far.
#[derive(Debug, Default)]
pub(super) struct CategoryTree {
    /// By the category above and the sort key of the name.
    known: HashMap<(Option<CategoryId>, String), CategoryId>,
    /// The sort keys that were looked up, anywhere in the tree.
    asked: HashSet<String>,
}

impl Store<'_> {
    /// The categories that paths lead to, each once; what is missing of a path is created.
    pub(super) async fn categories<'p>(
        &mut self,
        paths: &'p [CategoryPath],
    ) -> Result<Vec<(CategoryId, &'p CategoryPath)>, AppError> {
        let mut categories: Vec<(CategoryId, &CategoryPath)> = Vec::new();
        for path in paths {
            let mut leaf = None;
            for name in path.names() {
                let place = (leaf, sort_key(name));
                let category = match self.categories.known.get(&place) {
                    Some(known) => *known,
                    None => self.new_category(name, leaf).await?,
                };
                self.categories.known.insert(place, category);
                leaf = Some(category);
            }
            let is_new = |leaf: &CategoryId| categories.iter().all(|(known, _)| known != leaf);
            categories.extend(leaf.filter(is_new).map(|leaf| (leaf, path)));
        }
        Ok(categories)
    }

    /// Looks up the names of all categories that documents name.
    pub(super) async fn look_up_categories(
        &mut self,
        drafts: &[&RoleDraft],
    ) -> Result<(), AppError> {
        let CategoryTree { known, asked } = &mut self.categories;
        let paths = drafts.iter().flat_map(|draft| &draft.categories);
        let names = paths.flat_map(CategoryPath::names);
        let keys = names.map(|name| sort_key(name));
        let keys: Vec<String> = keys.filter(|key| asked.insert(key.clone())).collect();
        if keys.is_empty() {
            return Ok(());
        }
        let nodes = self.transaction.find_categories_by_key(&keys).await?;
        let places = nodes
            .into_iter()
            .map(|CategoryNode { id, parent, key }| ((parent, key), id));
        known.extend(places);
        Ok(())
    }

    /// Adds a category as the last one below `parent`, or at the top.
    async fn new_category(
        &mut self,
        name: &str,
        parent: Option<CategoryId>,
    ) -> Result<CategoryId, AppError> {
        let wish = wish("categories", name)?;
        let category = Category {
            id: CategoryId::fresh(self.ids),
            slug: self.free_slug(SlugScope::Categories, &wish).await?,
            name: name.to_owned(),
            position: self.transaction.count_category_children(parent).await?,
        };
        self.transaction.insert_category(&category, parent).await?;
        self.created(ChangeEntity::Category, category.id);
        Ok(category.id)
    }
}
