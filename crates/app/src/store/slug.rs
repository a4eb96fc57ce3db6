//! Slugs that nobody else holds.

use std::collections::HashSet;

use domain::{Slug, Violation};
use persistence::SlugScope;

use super::Store;
use crate::AppError;

/// How many numbers are looked up at once.
const BLOCK: u32 = 8;

impl Store<'_> {
    /// The first of `wish`, `wish-2`, `wish-3` … that is not held.
    pub(super) async fn free_slug(
        &self,
        scope: SlugScope<'_>,
        wish: &Slug,
    ) -> Result<Slug, AppError> {
        self.free_slug_from(1, scope, wish, &HashSet::new()).await
    }

    /// A free slug for each wish, all of them different; usually with one question for all.
    pub(super) async fn free_slugs(
        &self,
        scope: SlugScope<'_>,
        wishes: &[Slug],
    ) -> Result<Vec<Slug>, AppError> {
        let candidates: Vec<Slug> = wishes.iter().flat_map(|wish| block(1, wish)).collect();
        let mut taken = self.transaction.find_held_slugs(scope, &candidates).await?;
        let mut given = Vec::with_capacity(wishes.len());
        for wish in wishes {
            let slug = match block(1, wish).find(|slug| !taken.contains(slug)) {
                Some(free) => free,
                None => self.free_slug_from(1 + BLOCK, scope, wish, &taken).await?,
            };
            taken.insert(slug.clone());
            given.push(slug);
        }
        Ok(given)
    }

    async fn free_slug_from(
        &self,
        first: u32,
        scope: SlugScope<'_>,
        wish: &Slug,
        taken: &HashSet<Slug>,
    ) -> Result<Slug, AppError> {
        let mut first = first;
        loop {
            let candidates: Vec<Slug> = block(first, wish).collect();
            let held = self.transaction.find_held_slugs(scope, &candidates).await?;
            let mut free = candidates.into_iter();
            if let Some(slug) = free.find(|slug| !held.contains(slug) && !taken.contains(slug)) {
                return Ok(slug);
            }
            first += BLOCK;
        }
    }
}

fn block(first: u32, wish: &Slug) -> impl Iterator<Item = Slug> {
    (first..first + BLOCK).map(|number| wish.numbered(number))
}

/// The slug that a name asks for.
pub(super) fn wish(field: &'static str, name: &str) -> Result<Slug, AppError> {
    Slug::from_title(name).map_err(|_no_letters| {
        AppError::Invalid(vec![Violation::Invalid {
            field: field.to_owned(),
            value: name.to_owned(),
            expected: "a name with a letter or digit",
        }])
    })
}
