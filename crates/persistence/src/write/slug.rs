//! Slugs that are held.

use std::collections::HashSet;

use domain::{Locale, Slug};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, Select};

use super::row::corrupt;
use super::{ROWS_PER_STATEMENT, Result, Transaction};
use crate::entity::{
    category, category_slug_history, role, skill, skill_slug_history, slug_history,
};

/// Where a slug has to be the only one of its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SlugScope<'a> {
    /// Among the present and former slugs of the roles of a locale.
    Roles(&'a Locale),
    /// Among the present and former slugs of all categories.
    Categories,
    /// Among the present and former slugs of all skills.
    Skills,
}

impl Transaction {
    /// Which of `candidates` are held.
    pub async fn find_held_slugs(
        &self,
        scope: SlugScope<'_>,
        candidates: &[Slug],
    ) -> Result<HashSet<Slug>> {
        match scope {
            SlugScope::Roles(locale) => {
                let roles = role::Entity::find().filter(role::Column::Locale.eq(locale.as_str()));
                let former = slug_history::Entity::find()
                    .filter(slug_history::Column::Locale.eq(locale.as_str()));
                let mut held = self.held(roles, role::Column::Slug, candidates).await?;
                let former = self.held(former, slug_history::Column::Slug, candidates);
                held.extend(former.await?);
                Ok(held)
            }
            SlugScope::Categories => {
                let former = category_slug_history::Entity::find();
                let column = category_slug_history::Column::Slug;
                let mut held = self.held(former, column, candidates).await?;
                let present = category::Entity::find();
                let present = self.held(present, category::Column::Slug, candidates);
                held.extend(present.await?);
                Ok(held)
            }
            SlugScope::Skills => {
                let former = skill_slug_history::Entity::find();
                let column = skill_slug_history::Column::Slug;
                let mut held = self.held(former, column, candidates).await?;
                let present = skill::Entity::find();
                held.extend(self.held(present, skill::Column::Slug, candidates).await?);
                Ok(held)
            }
        }
    }

    async fn held<E: EntityTrait>(
        &self,
        rows: Select<E>,
        column: E::Column,
        candidates: &[Slug],
    ) -> Result<HashSet<Slug>> {
        let mut held = HashSet::new();
        for chunk in candidates.chunks(ROWS_PER_STATEMENT) {
            let found = rows
                .clone()
                .select_only()
                .column(column)
                .filter(column.is_in(chunk.iter().map(Slug::as_str)));
            let found = self.select(found).await?;
            for slug in found.iter().filter_map(|row| row.text(0)) {
                held.insert(Slug::parse(slug).map_err(|error| corrupt("slug", slug, &error))?);
            }
        }
        Ok(held)
    }
}
