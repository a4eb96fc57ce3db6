//! Categories that are written by hand.

use domain::Slug;
use domain::category::{Category, name_violations};
use domain::change::{Aspects, ChangeEntity, ChangeOp};
use domain::id::{CategoryId, Id as _};
use domain::limits::ContentLimits;
use persistence::{PlacedCategory, SlugScope};

use super::Store;
use super::category::CategoryTree;
use super::slug::wish;
use crate::AppError;
use crate::edit::{CategoryWrite, EditAction, Edited, Refusal, RefusalCode};

/// A category among its siblings: the id and the position that is stored.
type Sibling = (CategoryId, u32);

/// Why something cannot be done, or what became of it.
type Outcome = Result<Edited, Refusal>;

impl Store<'_> {
    /// Writes a category; what is refused has written nothing.
    pub(crate) async fn write_category(
        &mut self,
        write: CategoryWrite<'_>,
        limits: &ContentLimits,
    ) -> Result<Edited, AppError> {
        let (subject, outcome) = match write {
            CategoryWrite::Create {
                name,
                slug,
                parent,
                position,
            } => {
                let refusals = of_name(name, limits);
                if !refusals.is_empty() {
                    return Ok(Edited::refused(refusals));
                }
                let place = (parent, position);
                (None, self.create_category(name, slug, place, limits).await?)
            }
            CategoryWrite::Update {
                category,
                name,
                slug,
            } => {
                let refusals = name.map(|name| of_name(name, limits)).unwrap_or_default();
                if !refusals.is_empty() {
                    return Ok(Edited::refused(refusals));
                }
                let outcome = self.update_category(category, name, slug).await?;
                (Some(category), outcome)
            }
            CategoryWrite::Move {
                category,
                parent,
                position,
            } => {
                let outcome = self
                    .move_category(category, parent, position, limits)
                    .await?;
                (Some(category), outcome)
            }
            CategoryWrite::Delete { category } => {
                (Some(category), self.delete_category(category).await?)
            }
        };
        // Paths may lead elsewhere now.
        self.categories = CategoryTree::default();
        Ok(outcome.unwrap_or_else(|refusal| {
            let is_there = refusal.code != RefusalCode::NotFound;
            Edited {
                subject: subject.filter(|_| is_there).map(Into::into),
                ..Edited::refused(vec![refusal])
            }
        }))
    }

    async fn create_category(
        &mut self,
        name: &str,
        slug: Option<&Slug>,
        (parent, position): (Option<CategoryId>, Option<usize>),
        limits: &ContentLimits,
    ) -> Result<Outcome, AppError> {
        self.transaction.lock_category_tree().await?;
        let above = &["input", "parent"];
        if let Some(refusal) = self.refuse_parent(None, parent, above, limits).await? {
            return Ok(Err(refusal));
        }
        if self
            .transaction
            .find_category_child(parent, name)
            .await?
            .is_some()
        {
            return Ok(Err(name_taken(&["input", "name"], name)));
        }
        let slug = match slug {
            Some(slug)
                if self
                    .transaction
                    .find_called::<CategoryId>(slug)
                    .await?
                    .is_some() =>
            {
                return Ok(Err(slug_taken(slug)));
            }
            Some(slug) => slug.clone(),
            None => {
                self.free_slug(SlugScope::Categories, &wish("name", name)?)
                    .await?
            }
        };
        let mut order = self.transaction.load_category_children(parent).await?;
        let place = match within(position, order.len(), &["input", "position"]) {
            Ok(place) => place,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let category = Category {
            id: CategoryId::fresh(self.ids),
            slug,
            name: name.to_owned(),
            position: stored(place),
        };
        self.transaction.insert_category(&category, parent).await?;
        self.created(ChangeEntity::Category, category.id);
        order.insert(place, (category.id, category.position));
        self.settle(&order).await?;
        Ok(Ok(Edited::written(category.id, EditAction::Created)))
    }

    async fn update_category(
        &mut self,
        id: CategoryId,
        name: Option<&str>,
        slug: Option<&Slug>,
    ) -> Result<Outcome, AppError> {
        let Some(known) = self.transaction.find_category_for_edit(id).await? else {
            return Ok(Err(missing(id, &["id"])));
        };
        let PlacedCategory { category, parent } = known;
        let name = name.filter(|name| *name != category.name);
        let slug = slug.filter(|slug| **slug != category.slug);
        if let Some(name) = name {
            let holder = self.transaction.find_category_child(parent, name).await?;
            if holder.is_some_and(|holder| holder != id) {
                return Ok(Err(name_taken(&["input", "name"], name)));
            }
        }
        if let Some(slug) = slug {
            let holder = self.transaction.find_called::<CategoryId>(slug).await?;
            if holder.is_some_and(|holder| holder != id) {
                return Ok(Err(slug_taken(slug)));
            }
            let transaction = &mut self.transaction;
            transaction.update_slug(id, &category.slug, slug).await?;
        }
        if let Some(name) = name {
            self.transaction.update_category_name(id, name).await?;
        }
        let aspects = Aspects::NAME.when(name.is_some()) | Aspects::SLUG.when(slug.is_some());
        if aspects == Aspects::NONE {
            return Ok(Ok(Edited::written(id, EditAction::Unchanged)));
        }
        self.changed(ChangeEntity::Category, id, ChangeOp::Updated, aspects);
        Ok(Ok(Edited::written(id, EditAction::Updated)))
    }

    #[expect(
        clippy::option_option,
        reason = "kept, the top of the tree, or a category"
    )]
    async fn move_category(
        &mut self,
        id: CategoryId,
        parent: Option<Option<CategoryId>>,
        position: Option<usize>,
        limits: &ContentLimits,
    ) -> Result<Outcome, AppError> {
        let Some(known) = self.transaction.find_category_for_edit(id).await? else {
            return Ok(Err(missing(id, &["id"])));
        };
        let parent = parent.unwrap_or(known.parent);
        let stays = parent == known.parent;
        if !stays {
            let refusal = self.refuse_parent(Some(id), parent, &["parent"], limits);
            if let Some(refusal) = refusal.await? {
                return Ok(Err(refusal));
            }
            let name = &known.category.name;
            if self
                .transaction
                .find_category_child(parent, name)
                .await?
                .is_some()
            {
                return Ok(Err(name_taken(&["parent"], name)));
            }
        }
        let mut order = self.transaction.load_category_children(parent).await?;
        let former = order.iter().position(|(sibling, _)| *sibling == id);
        order.retain(|(sibling, _)| *sibling != id);
        let place = match within(position.or(former), order.len(), &["position"]) {
            Ok(place) => place,
            Err(refusal) => return Ok(Err(refusal)),
        };
        if former == Some(place) {
            return Ok(Ok(Edited::written(id, EditAction::Unchanged)));
        }
        if !stays {
            self.transaction.update_category_parent(id, parent).await?;
            let left = self
                .transaction
                .load_category_children(known.parent)
                .await?;
            self.settle(&left).await?;
        }
        let place_of_it = [(id, stored(place))];
        self.transaction
            .update_category_positions(&place_of_it)
            .await?;
        self.changed(
            ChangeEntity::Category,
            id,
            ChangeOp::Updated,
            Aspects::PLACE,
        );
        order.insert(place, (id, stored(place)));
        self.settle(&order).await?;
        Ok(Ok(Edited::written(id, EditAction::Updated)))
    }

    async fn delete_category(&mut self, id: CategoryId) -> Result<Outcome, AppError> {
        let Some(known) = self.transaction.find_category_for_edit(id).await? else {
            return Ok(Err(missing(id, &["id"])));
        };
        let used = self.transaction.count_category_use(id).await?;
        if used.children > 0 || used.roles > 0 {
            let message = format!(
                "the category has {} categories below it and {} roles in it: give them another \
                 place first",
                used.children, used.roles
            );
            return Ok(Err(Refusal::new(RefusalCode::InUse, &["id"], message)));
        }
        self.transaction.delete_category(id).await?;
        let gone = Aspects::MEMBERSHIP | Aspects::SLUG;
        self.changed(ChangeEntity::Category, id, ChangeOp::Deleted, gone);
        let left = self
            .transaction
            .load_category_children(known.parent)
            .await?;
        self.settle(&left).await?;
        Ok(Ok(Edited::written(id, EditAction::Deleted)))
    }

    /// Why a category, or a new one, cannot stand below `parent`.
    async fn refuse_parent(
        &mut self,
        category: Option<CategoryId>,
        parent: Option<CategoryId>,
        argument: &[&str],
        limits: &ContentLimits,
    ) -> Result<Option<Refusal>, AppError> {
        let Some(parent) = parent else {
            return Ok(None);
        };
        if self
            .transaction
            .find_category_for_edit(parent)
            .await?
            .is_none()
        {
            return Ok(Some(missing(parent, argument)));
        }
        let fit = self
            .transaction
            .find_category_fit(category, Some(parent))
            .await?;
        if fit.is_inside {
            let message = "a category cannot stand below itself: choose another parent";
            return Ok(Some(Refusal::new(RefusalCode::Invalid, argument, message)));
        }
        let levels = fit.above.saturating_add(1).saturating_add(fit.below);
        let too_deep = usize::try_from(levels).is_ok_and(|levels| levels > limits.categories);
        Ok(too_deep.then(|| {
            let message = format!(
                "the tree would have {levels} levels there: at most {} are allowed",
                limits.categories
            );
            Refusal::new(RefusalCode::LimitExceeded, argument, message)
        }))
    }

    /// Gives siblings the positions that their order says.
    async fn settle(&mut self, order: &[Sibling]) -> Result<(), AppError> {
        let places = order.iter().zip(0_u32..);
        let moved = places.filter(|((_, position), place)| position != place);
        let moved: Vec<Sibling> = moved
            .map(|((category, _), place)| (*category, place))
            .collect();
        self.transaction.update_category_positions(&moved).await?;
        for (category, _) in moved {
            let op = ChangeOp::Updated;
            self.changed(ChangeEntity::Category, category, op, Aspects::PLACE);
        }
        Ok(())
    }
}

/// A position as it is stored.
fn stored(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

/// A place in a list; the end without one.
fn within(position: Option<usize>, length: usize, argument: &[&str]) -> Result<usize, Refusal> {
    let place = position.unwrap_or(length);
    if place <= length {
        return Ok(place);
    }
    let message = format!("the position is not in the list: expected 0 to {length}");
    Err(Refusal::new(RefusalCode::Invalid, argument, message))
}

fn of_name(name: &str, limits: &ContentLimits) -> Vec<Refusal> {
    let violations = name_violations(name, limits);
    violations.iter().map(Refusal::of_violation).collect()
}

fn missing(id: CategoryId, argument: &[&str]) -> Refusal {
    let message = format!("there is no category {id}");
    Refusal::new(RefusalCode::NotFound, argument, message)
}

fn name_taken(argument: &[&str], name: &str) -> Refusal {
    let message = format!("a category with the same parent is called \"{name}\" already");
    Refusal::new(RefusalCode::Taken, argument, message)
}

fn slug_taken(slug: &Slug) -> Refusal {
    let message = format!("another category has or had the slug \"{slug}\": choose another one");
    Refusal::new(RefusalCode::Taken, &["input", "slug"], message)
}
