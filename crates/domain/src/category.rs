//! The category tree.

use crate::id::CategoryId;
use crate::limits::ContentLimits;
use crate::rules::Rules;
use crate::{Slug, Violation};

/// One node of the category tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Category {
    /// The id of the category.
    pub id: CategoryId,
    /// The slug, unique among all categories.
    pub slug: Slug,
    /// The name as people read it.
    pub name: String,
    /// Place among the siblings, from 0.
    pub position: u32,
}

/// Every rule that the name of a category breaks.
#[must_use]
pub fn name_violations(name: &str, limits: &ContentLimits) -> Vec<Violation> {
    let mut rules = Rules::new(limits);
    rules.line(format_args!("name"), name, limits.title_chars);
    rules.callable(format_args!("name"), name);
    rules.found
}

/// The way from a top-level category down to one category, by name; never empty.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CategoryPath(Vec<String>);

impl CategoryPath {
    /// Wraps the names from the top down; `None` when there is none or one is blank.
    #[must_use]
    pub fn new(names: Vec<String>) -> Option<Self> {
        let usable = !names.is_empty() && names.iter().all(|name| !name.trim().is_empty());
        usable.then_some(Self(names))
    }

    /// The names from the top down.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.0
    }

    /// The name of the category that the path leads to.
    #[must_use]
    pub fn leaf(&self) -> &str {
        self.0.last().map_or("", String::as_str)
    }
}
