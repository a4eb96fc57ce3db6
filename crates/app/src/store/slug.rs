//! Slugs that nobody else holds.

use std::collections::{BTreeMap, HashSet};

use domain::role::RoleDraft;
use domain::{Locale, Slug, Violation};
use persistence::SlugScope;

use super::Store;
use crate::AppError;

/// How many numbers are looked up at once.
const BLOCK: u32 = 8;

impl Store<'_> {
    /// Looks up whether the slugs that documents ask for are held.
    pub(super) async fn look_up_slugs(&mut self, drafts: &[&RoleDraft]) -> Result<(), AppError> {
        let mut wishes: BTreeMap<&str, (&Locale, Vec<Slug>)> = BTreeMap::new();
        for RoleDraft { locale, slug, .. } in drafts {
            let wishes = wishes.entry(locale.as_str());
            let (_, wishes) = wishes.or_insert((locale, Vec::new()));
            wishes.push(slug.clone());
        }
        for (locale, wishes) in wishes.into_values() {
            let scope = SlugScope::Roles(locale);
            let held = self.transaction.find_held_slugs(scope, &wishes).await?;
            for wish in wishes {
                let is_held = held.contains(&wish);
                self.slugs.insert((locale.clone(), wish), is_held);
            }
        }
        Ok(())
    }

    /// The first of `wish`, `wish-2`, `wish-3` … that no role of the locale holds, for a role that
    /// is about to be stored.
    pub(super) async fn free_role_slug(
        &mut self,
        locale: &Locale,
        wish: &Slug,
    ) -> Result<Slug, AppError> {
        let slug = self.role_slug(locale, wish).await?;
        self.slugs.insert((locale.clone(), slug.clone()), false);
        Ok(slug)
    }

    /// The first of `wish`, `wish-2`, `wish-3` … that no role of the locale holds.
    pub(super) async fn role_slug(
        &mut self,
        locale: &Locale,
        wish: &Slug,
    ) -> Result<Slug, AppError> {
        let place = (locale.clone(), wish.clone());
        let slug = if self.slugs.get(&place) == Some(&false) {
            wish.clone()
        } else {
            // Roles of this transaction may still wait to be added.
            let held = self.slugs.iter().filter(|(_, is_held)| **is_held);
            let held = held.filter(|((other, _), _)| other == locale);
            let held = held.map(|((_, slug), _)| slug.clone()).collect();
            let scope = SlugScope::Roles(locale);
            self.free_slug_from(1, scope, wish, &held).await?
        };
        self.slugs.insert((locale.clone(), slug.clone()), true);
        Ok(slug)
    }

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
