//! The root fields that search.

use std::borrow::Cow;

use async_graphql::{Context, Object};
use domain::read::page::DEFAULT_PAGE_SIZE;
use gateway_macros::written;
use search::query::Query;
use search::request::{ResolveRequest, SearchRequest, SuggestRequest};

use super::connection::SearchConnection;
use super::filter::SearchFilter;
use super::size;
use super::suggestion::Suggestion;
use super::title::{TitleMatch, TitleResolution, check_title, check_titles};
use crate::cost;
use crate::error::ApiError;
use crate::plan::{self, Arguments as _};
use crate::schema::connection::PageArguments;
use crate::write::GraphContext as _;

/// How many suggestions there are when nobody says it.
const DEFAULT_SUGGESTIONS: u32 = 10;
/// How many roles a title may mean when nobody says it.
const DEFAULT_MATCHES: u32 = 5;
/// The largest number of suggestions, and of roles that a title may mean.
const MAX_LIMIT: u32 = 20;

/// The root fields that search.
#[derive(Default)]
pub(crate) struct SearchQuery;

#[written(root)]
#[Object]
impl SearchQuery {
    /// Published roles that answer a query, the best first; a blank query finds every role. Other
    /// states are never found, whoever asks. The
    /// words of a query must all be there, in any order and form. `"two words"` in quotes follow
    /// each other exactly as they are, `data*` is the beginning of a word, `-sales` must not be
    /// there, and of `nurse OR midwife` one must be. `title:`, `skill:` or `category:` before a
    /// word, phrase or beginning looks only there. Letter case and diacritics do not matter, words
    /// that only make a question do not count, and names such as `C++` or `Node.js` are taken as
    /// they are written. Any text is a query: what means nothing in its place is read as words.
    /// When fewer than 5 roles have all the words, roles follow that have most of them, or words
    /// that differ by a typing mistake (1 from 4 letters on, 2 from 8) or mean the same.
    #[graphql(
        directive = cost::ListsBelow::apply("first", DEFAULT_PAGE_SIZE, &["edges", "nodes"])
    )]
    async fn search(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "What is looked for: at most 500 characters and 32 terms.",
            directive = cost::cost::apply(5)
        )]
        query: String,
        #[graphql(desc = "Which of the hits; all of them when it is left out.")] filter: Option<
            SearchFilter,
        >,
        #[graphql(desc = "The size of the page: 0 to 100, 20 by default.")] first: Option<i32>,
        #[graphql(desc = "Start behind this cursor.")] after: Option<String>,
    ) -> Result<SearchConnection, ApiError> {
        let page = PageArguments {
            first,
            after,
            ..PageArguments::default()
        };
        let call = ctx.call();
        let request = SearchRequest {
            query: Query::parse(&query)?,
            text: query,
            filter: filter
                .map(TryInto::try_into)
                .transpose()?
                .unwrap_or_default(),
            page: page.request()?,
        };
        let parts = plan::search(call.field());
        let found = call.reads.search(&request, &parts).await?;
        Ok(SearchConnection(found))
    }

    /// Names of published roles, skills and categories that somebody may be typing, whoever asks,
    /// the most useful first: those in which any word, and what follows it, begins with the prefix. Letter case and
    /// diacritics do not matter.
    #[graphql(
        directive = cost::SizedBy::apply("limit", Some(DEFAULT_SUGGESTIONS))
    )]
    async fn suggest(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "What is typed so far, of which the first 48 characters count; a blank one begins no name. A blank at its end ends a word.",
            directive = cost::cost::apply(5)
        )]
        prefix: String,
        #[graphql(desc = "How many names at most: 1 to 20, 10 by default.")] limit: Option<i32>,
    ) -> Result<Vec<Suggestion>, ApiError> {
        let call = ctx.call();
        let request = SuggestRequest {
            typed: prefix,
            limit: size("limit", limit, DEFAULT_SUGGESTIONS, MAX_LIMIT)?,
        };
        let parts = plan::suggest(call.field());
        let found = call.reads.suggest(&request, &parts).await?;
        Ok(found.into_iter().map(Suggestion).collect())
    }

    /// Published roles that a job title may mean, whoever asks, the likeliest first; empty when it
    /// seems to mean none. Forms and order of words do not matter, additions such as a level or a place are
    /// taken off, and typing mistakes are forgiven.
    #[graphql(directive = cost::SizedBy::apply("limit", Some(DEFAULT_MATCHES)))]
    async fn resolve_title(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "The title as people write it: at most 200 characters.",
            directive = cost::cost::apply(5)
        )]
        title: String,
        #[graphql(desc = "How many roles at most: 1 to 20, 5 by default.")] limit: Option<i32>,
    ) -> Result<Vec<TitleMatch<'static>>, ApiError> {
        check_title("title", &title)?;
        let call = ctx.call();
        let request = ResolveRequest {
            titles: vec![title],
            limit: size("limit", limit, DEFAULT_MATCHES, MAX_LIMIT)?,
        };
        let parts = plan::title_match(call.field());
        let found = call.reads.resolve_titles(&request, &parts).await?;
        let matches = found.into_iter().flatten();
        Ok(matches.map(|found| TitleMatch(Cow::Owned(found))).collect())
    }

    /// What `resolveTitle` gives for each of many titles, in their order.
    #[graphql(
        directive = cost::SizedBy::apply("titles", None),
        directive = cost::ListsBelow::apply("limit", DEFAULT_MATCHES, &["matches"])
    )]
    async fn resolve_titles(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "The titles as people write them: at most 100, each of at most 200 characters.",
            directive = cost::cost::apply(5)
        )]
        titles: Vec<String>,
        #[graphql(desc = "How many roles for each title at most: 1 to 20, 5 by default.")]
        limit: Option<i32>,
    ) -> Result<Vec<TitleResolution>, ApiError> {
        check_titles(&titles)?;
        let call = ctx.call();
        let request = ResolveRequest {
            titles,
            limit: size("limit", limit, DEFAULT_MATCHES, MAX_LIMIT)?,
        };
        let parts = plan::title_resolution(call.field());
        let found = call.reads.resolve_titles(&request, &parts).await?;
        let resolutions = request.titles.into_iter().zip(found);
        Ok(resolutions
            .map(|(title, matches)| TitleResolution { title, matches })
            .collect())
    }
}
