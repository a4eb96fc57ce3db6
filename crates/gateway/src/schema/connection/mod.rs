//! Connections: one implementation for every open-ended list.

mod arguments;
mod count;

use std::borrow::Cow;

use async_graphql::{Description, Object, OutputType, SimpleObject, TypeName};
use domain::read::{Cursor, Page, Pages};
use gateway_macros::{Written, written};

use crate::cost;
use crate::error::ApiError;
use crate::plan::Arguments;
use crate::write::Output;

pub(crate) use arguments::{MAX_INPUT_ITEMS, OrderDirection, PageArguments, cut, list_input};
pub(crate) use count::Count;

/// What a list holds: gives the connection and the edge their names.
pub(crate) trait Listed: OutputType + Output + Send + Sync {
    /// Name of the connection type.
    const CONNECTION: &'static str;
    /// What the connection type is.
    const CONNECTION_DESCRIPTION: &'static str;
    /// Name of the edge type.
    const EDGE: &'static str;
    /// What the edge type is.
    const EDGE_DESCRIPTION: &'static str;
}

/// One page of a list.
pub(crate) struct Connection<'t, N> {
    edges: Vec<Edge<'t, N>>,
    has_next: bool,
    has_previous: bool,
    total: Option<domain::read::Count>,
}

impl<'t, N> Connection<'t, N> {
    /// The page that the arguments ask for, among those that came with their parent.
    pub(crate) fn planned<A, T>(
        pages: &'t Pages<A::Request, T>,
        arguments: A,
    ) -> Result<Self, ApiError>
    where
        A: Arguments,
        A::Request: PartialEq,
        T: Clone + 't,
        N: From<Cow<'t, T>>,
    {
        let page = pages.get(&arguments.request()?)?;
        Ok(Self::of(Cow::Borrowed(page)))
    }

    /// The page with its nodes wrapped.
    pub(crate) fn of<T>(page: Cow<'t, Page<T>>) -> Self
    where
        T: Clone + 't,
        N: From<Cow<'t, T>>,
    {
        let (has_next, has_previous, total) = (page.has_next, page.has_previous, page.total);
        let edges = match page {
            Cow::Owned(page) => page
                .edges
                .into_iter()
                .map(|edge| Edge::new(Cow::Owned(edge.cursor), Cow::Owned(edge.node)))
                .collect(),
            Cow::Borrowed(page) => page
                .edges
                .iter()
                .map(|edge| Edge::new(Cow::Borrowed(&edge.cursor), Cow::Borrowed(&edge.node)))
                .collect(),
        };
        Self {
            edges,
            has_next,
            has_previous,
            total,
        }
    }
}

impl<N: Listed> TypeName for Connection<'_, N> {
    fn type_name() -> Cow<'static, str> {
        N::CONNECTION.into()
    }
}

impl<N: Listed> Description for Connection<'_, N> {
    fn description() -> &'static str {
        N::CONNECTION_DESCRIPTION
    }
}

#[written]
#[Object(name_type, use_type_description, directive = cost::cost::apply(2))]
impl<N: Listed> Connection<'_, N> {
    /// The items of the page together with their cursors, in the order of the list.
    fn edges(&self) -> Vec<&Edge<'_, N>> {
        self.edges.iter().collect()
    }

    /// The items of the page, in the order of the list.
    fn nodes(&self) -> Vec<&N> {
        self.edges.iter().map(|edge| &edge.node).collect()
    }

    /// Where the page stands in the list.
    fn page_info(&self) -> PageInfo {
        let cursors = self.edges.first().zip(self.edges.last());
        let cursors = cursors.map(|(first, last)| (&*first.cursor, &*last.cursor));
        PageInfo::new(self.has_next, self.has_previous, cursors)
    }

    /// How many items the whole list has, whatever the page. Counting costs a little more than
    /// the page alone, and stops at 10,000.
    #[graphql(directive = cost::cost::apply(5))]
    fn total_count(&self) -> Result<Count, ApiError> {
        let total = self.total.ok_or(domain::read::NotLoaded)?;
        Ok(Count::from(total))
    }
}

/// An item of a page and its place.
pub(crate) struct Edge<'t, N> {
    cursor: Cow<'t, Cursor>,
    node: N,
}

impl<'t, N> Edge<'t, N> {
    fn new<T: Clone + 't>(cursor: Cow<'t, Cursor>, node: Cow<'t, T>) -> Self
    where
        N: From<Cow<'t, T>>,
    {
        Self {
            cursor,
            node: node.into(),
        }
    }
}

impl<N: Listed> TypeName for Edge<'_, N> {
    fn type_name() -> Cow<'static, str> {
        N::EDGE.into()
    }
}

impl<N: Listed> Description for Edge<'_, N> {
    fn description() -> &'static str {
        N::EDGE_DESCRIPTION
    }
}

#[written]
#[Object(name_type, use_type_description, directive = cost::cost::apply(0))]
impl<N: Listed> Edge<'_, N> {
    /// Marks the place of the item: give it back as `after` or `before` to continue from here
    /// with the same filter and order.
    fn cursor(&self) -> String {
        self.cursor.to_string()
    }

    /// The item itself.
    fn node(&self) -> &N {
        &self.node
    }
}

/// Where a page stands in its list.
#[derive(SimpleObject, Written)]
#[graphql(directive = cost::cost::apply(0))]
pub(crate) struct PageInfo {
    /// Whether items follow after the last item of the page.
    has_next_page: bool,
    /// Whether items stand before the first item of the page.
    has_previous_page: bool,
    /// The cursor of the first item, to go back from; null when the page is empty.
    start_cursor: Option<String>,
    /// The cursor of the last item, to go on from; null when the page is empty, except in the list
    /// of changes.
    end_cursor: Option<String>,
}

impl PageInfo {
    /// A page of a list that goes on for ever, which ends somewhere also when it is empty.
    pub(crate) fn of_feed(
        has_next_page: bool,
        has_previous_page: bool,
        start_cursor: Option<String>,
        end_cursor: String,
    ) -> Self {
        Self {
            has_next_page,
            has_previous_page,
            start_cursor,
            end_cursor: Some(end_cursor),
        }
    }

    /// What the cursors of the first and of the last item say, which an empty page does not have.
    pub(crate) fn new(
        has_next_page: bool,
        has_previous_page: bool,
        cursors: Option<(&Cursor, &Cursor)>,
    ) -> Self {
        Self {
            has_next_page,
            has_previous_page,
            start_cursor: cursors.map(|(first, _)| first.to_string()),
            end_cursor: cursors.map(|(_, last)| last.to_string()),
        }
    }
}
