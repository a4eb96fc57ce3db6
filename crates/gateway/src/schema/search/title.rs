//! Roles that a job title may mean.

use std::borrow::Cow;

use async_graphql::{Enum, Object};
use gateway_macros::{Written, written};
use search::request::{self, MAX_TITLE_CHARS, MAX_TITLES};

use crate::cost;
use crate::error::{ApiError, Reason};
use crate::schema::role::Role;

/// A role that a title may mean.
#[derive(Clone)]
pub(super) struct TitleMatch<'t>(pub(super) Cow<'t, request::TitleMatch>);

/// A role that a title may mean.
#[written]
#[Object(directive = cost::cost::apply(0))]
impl TitleMatch<'_> {
    /// The role.
    fn role(&self) -> Role<'_> {
        Role(Cow::Borrowed(&self.0.role))
    }

    /// The name of the role that comes nearest to the title.
    fn matched_title(&self) -> &str {
        &self.0.matched_title
    }

    /// How the name comes near.
    fn kind(&self) -> TitleMatchKind {
        self.0.kind.into()
    }

    /// How likely it is that the title means the role, from 0.01 to 1 in thousandths. The
    /// confidences of one title add up to at most 1: roles that share a name share its confidence.
    /// A name that comes less near the title than 0.35 of 1 is no match at all.
    fn confidence(&self) -> f64 {
        self.0.confidence
    }

    /// How the title leads to the role, in sentences for people to read.
    fn reasons(&self) -> &[String] {
        &self.0.reasons
    }
}

/// How a title was found.
#[derive(Clone, Copy, PartialEq, Eq, Enum, Written)]
#[graphql(remote = "search::title::MatchKind")]
enum TitleMatchKind {
    /// The preferred title of the role is written like this.
    ExactTitle,
    /// Another name of the role is written like this.
    ExactAlternate,
    /// The preferred title of the role has the same words, apart from their forms and order and
    /// from additions such as a level or a place.
    NormalisedTitle,
    /// Another name of the role has the same words, apart from their forms and order and from
    /// additions such as a level or a place.
    NormalisedAlternate,
    /// Some words are the same, or mean much the same.
    Partial,
    /// Some words are the same when a typing mistake is forgiven.
    Fuzzy,
}

/// A title, and the roles that it may mean.
pub(super) struct TitleResolution {
    /// The title.
    pub(super) title: String,
    /// The roles.
    pub(super) matches: Vec<request::TitleMatch>,
}

/// A title, and the roles that it may mean.
#[written]
#[Object]
impl TitleResolution {
    /// The title as it was given.
    fn title(&self) -> &str {
        &self.title
    }

    /// The roles that the title may mean, the likeliest first; empty when it seems to mean none.
    fn matches(&self) -> Vec<TitleMatch<'_>> {
        let matches = self.matches.iter();
        matches
            .map(|found| TitleMatch(Cow::Borrowed(found)))
            .collect()
    }
}

/// Refuses a title that is too long; `argument` says where it stands.
pub(super) fn check_title(argument: &str, title: &str) -> Result<(), ApiError> {
    let chars = title.chars().count();
    if chars > MAX_TITLE_CHARS {
        let message =
            format!("{argument} has {chars} characters: at most {MAX_TITLE_CHARS} are allowed");
        return Err(ApiError::bad_input(Reason::TextLength, message));
    }
    Ok(())
}

/// Refuses titles that are too many or too long.
pub(super) fn check_titles(titles: &[String]) -> Result<(), ApiError> {
    let count = titles.len();
    if count > MAX_TITLES {
        let message = format!("titles has {count} items: at most {MAX_TITLES} are allowed");
        return Err(ApiError::bad_input(Reason::ListItems, message));
    }
    let mut titles = titles.iter().enumerate();
    titles.try_for_each(|(place, title)| check_title(&format!("titles[{place}]"), title))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_have_a_largest_length_and_number() {
        assert!(check_title("title", &"ä".repeat(MAX_TITLE_CHARS)).is_ok());
        let titles = ["Nurse".to_owned(), "x".repeat(MAX_TITLE_CHARS + 1)];
        let told = |titles: &[String]| check_titles(titles).unwrap_err().message().to_owned();
        assert_eq!(
            told(&titles),
            "titles[1] has 201 characters: at most 200 are allowed"
        );
        assert_eq!(
            told(&vec![String::new(); MAX_TITLES + 1]),
            "titles has 101 items: at most 100 are allowed"
        );
        assert!(check_titles(&vec![String::new(); MAX_TITLES]).is_ok());
    }
}
