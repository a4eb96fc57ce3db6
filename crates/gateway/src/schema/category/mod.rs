//! Categories.

mod filter;
mod mutation;
mod query;

use std::borrow::Cow;

use async_graphql::{ID, Object};
use domain::read::CategoryTree;
use gateway_macros::written;

use super::connection::{Connection, Listed, PageArguments};
use super::role::{Role, RoleFilter, RoleOrder, RolesArguments};
use super::scalar::Slug;
use crate::cost;
use crate::error::ApiError;

pub(crate) use filter::CategoryBy;
pub(crate) use mutation::CategoryMutation;
pub(crate) use query::CategoryQuery;

/// A category of roles. Categories form a tree.
pub(crate) struct Category<'t>(pub(crate) Cow<'t, CategoryTree>);

impl<'t> From<Cow<'t, CategoryTree>> for Category<'t> {
    fn from(tree: Cow<'t, CategoryTree>) -> Self {
        Self(tree)
    }
}

impl Listed for Category<'_> {
    const CONNECTION: &'static str = "CategoryConnection";
    const CONNECTION_DESCRIPTION: &'static str = "A page of a list of categories.";
    const EDGE: &'static str = "CategoryEdge";
    const EDGE_DESCRIPTION: &'static str = "A category and its place in a list.";
}

/// A category of roles. Categories form a tree.
#[written]
#[Object]
impl Category<'_> {
    /// The id of the category; it never changes.
    pub(crate) async fn id(&self) -> ID {
        self.0.category.id.to_string().into()
    }

    /// The readable name for addresses, unique among all categories.
    fn slug(&self) -> Slug {
        Slug(self.0.category.slug.clone())
    }

    /// The name as people read it.
    fn name(&self) -> &str {
        &self.0.category.name
    }

    /// The place among the categories with the same parent, from 0.
    fn position(&self) -> u32 {
        self.0.category.position
    }

    /// The names from the top of the tree down to this category, which is the last one.
    fn path(&self) -> Result<&[String], ApiError> {
        Ok(self.0.path.get()?)
    }

    /// The category above; null at the top of the tree.
    fn parent(&self) -> Option<Result<Category<'_>, ApiError>> {
        let parent = self.0.parent.get().map(Option::as_deref);
        let parent = parent.map_err(ApiError::from).transpose()?;
        Some(parent.map(|tree| Category(Cow::Borrowed(tree))))
    }

    /// The categories right below this one, by position.
    #[graphql(directive = cost::Page::apply())]
    fn children(
        &self,
        #[graphql(desc = "The size of a page from the start: 0 to 100, 20 by default.")]
        first: Option<i32>,
        #[graphql(desc = "Start behind this cursor.")] after: Option<String>,
        #[graphql(desc = "The size of a page from the end, in place of `first`: 0 to 100.")]
        last: Option<i32>,
        #[graphql(desc = "End before this cursor; goes together with `last`.")] before: Option<
            String,
        >,
    ) -> Result<Connection<'_, Category<'_>>, ApiError> {
        let page = PageArguments {
            first,
            after,
            last,
            before,
        };
        Connection::planned(&self.0.children, page)
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "a connection with filter and order"
    )]
    /// The roles of this category and of those below it that the caller may see, by title unless `orderBy` says
    /// otherwise.
    #[graphql(directive = cost::Page::apply())]
    fn roles(
        &self,
        #[graphql(desc = "Which roles; all of them when it is left out.")] filter: Option<
            RoleFilter,
        >,
        #[graphql(desc = "In which order; by title when it is left out.")] order_by: Option<
            RoleOrder,
        >,
        #[graphql(desc = "The size of a page from the start: 0 to 100, 20 by default.")]
        first: Option<i32>,
        #[graphql(desc = "Start behind this cursor.")] after: Option<String>,
        #[graphql(desc = "The size of a page from the end, in place of `first`: 0 to 100.")]
        last: Option<i32>,
        #[graphql(desc = "End before this cursor; goes together with `last`.")] before: Option<
            String,
        >,
    ) -> Result<Connection<'_, Role<'_>>, ApiError> {
        let page = PageArguments {
            first,
            after,
            last,
            before,
        };
        let arguments = RolesArguments {
            filter,
            order_by,
            page,
        };
        Connection::planned(&self.0.roles, arguments)
    }
}
