//! Slugs that nobody else holds.

use std::collections::HashSet;

use domain::{Slug, Violation};
use persistence::PersistenceError;

use crate::AppError;

/// How many numbers are looked up at once.
const BLOCK: u32 = 8;

/// The first of `wish`, `wish-2`, `wish-3` … that is not held.
///
/// `held` says which of the candidates are held.
pub(super) async fn free_slug(
    wish: &Slug,
    held: impl AsyncFn(&[Slug]) -> Result<HashSet<Slug>, PersistenceError>,
) -> Result<Slug, AppError> {
    free_slug_from(1, wish, &HashSet::new(), &held).await
}

/// A free slug for each wish, all of them different; usually with one question for all.
pub(super) async fn free_slugs(
    wishes: &[Slug],
    held: impl AsyncFn(&[Slug]) -> Result<HashSet<Slug>, PersistenceError>,
) -> Result<Vec<Slug>, AppError> {
    let candidates: Vec<Slug> = wishes.iter().flat_map(|wish| block(1, wish)).collect();
    let mut taken = held(&candidates).await?;
    let mut given = Vec::with_capacity(wishes.len());
    for wish in wishes {
        let slug = match block(1, wish).find(|slug| !taken.contains(slug)) {
            Some(free) => free,
            None => free_slug_from(1 + BLOCK, wish, &taken, &held).await?,
        };
        taken.insert(slug.clone());
        given.push(slug);
    }
    Ok(given)
}

async fn free_slug_from(
    first: u32,
    wish: &Slug,
    taken: &HashSet<Slug>,
    held: &impl AsyncFn(&[Slug]) -> Result<HashSet<Slug>, PersistenceError>,
) -> Result<Slug, AppError> {
    let mut first = first;
    loop {
        let candidates: Vec<Slug> = block(first, wish).collect();
        let held = held(&candidates).await?;
        let mut free = candidates.into_iter();
        if let Some(slug) = free.find(|slug| !held.contains(slug) && !taken.contains(slug)) {
            return Ok(slug);
        }
        first += BLOCK;
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

#[cfg(test)]
mod tests {
    use super::*;

    async fn free(wishes: &[&str], held: &[&str]) -> Vec<String> {
        let slug = |text: &&str| Slug::parse(text).unwrap();
        let wishes: Vec<Slug> = wishes.iter().map(slug).collect();
        let held: HashSet<Slug> = held.iter().map(slug).collect();
        let given = free_slugs(&wishes, async |candidates| {
            let candidates: HashSet<Slug> = candidates.iter().cloned().collect();
            Ok(candidates.intersection(&held).cloned().collect())
        });
        given.await.unwrap().iter().map(Slug::to_string).collect()
    }

    #[tokio::test]
    async fn held_slugs_are_numbered_from_two() {
        assert_eq!(
            free(&["cook", "baker"], &["cook"]).await,
            ["cook-2", "baker"]
        );
    }

    #[tokio::test]
    async fn equal_wishes_get_different_numbers() {
        assert_eq!(
            free(&["c", "c-2", "c"], &["c"]).await,
            ["c-2", "c-2-2", "c-3"]
        );
    }

    #[tokio::test]
    async fn more_numbers_are_tried_when_the_first_are_held() {
        let held: Vec<String> = (2..40).map(|n| format!("cook-{n}")).collect();
        let mut held: Vec<&str> = held.iter().map(String::as_str).collect();
        held.push("cook");
        assert_eq!(free(&["cook"], &held).await, ["cook-40"]);
    }
}
