//! The arguments of lists.

use async_graphql::Enum;
use domain::read::PageRequest;

use crate::error::{ApiError, Reason};
use crate::plan::Arguments;
use crate::selection::{Field, Unreadable};

/// The largest number of items of a list in the input.
pub(crate) const MAX_INPUT_ITEMS: usize = 250;

/// The four arguments that choose a page of a connection.
#[derive(Debug, Default)]
pub(crate) struct PageArguments {
    /// The size of a page from the start.
    pub(crate) first: Option<i32>,
    /// The place to start behind.
    pub(crate) after: Option<String>,
    /// The size of a page from the end.
    pub(crate) last: Option<i32>,
    /// The place to end before.
    pub(crate) before: Option<String>,
}

impl Arguments for PageArguments {
    type Request = PageRequest;

    fn of(field: Field<'_>) -> Result<Self, Unreadable> {
        Ok(Self {
            first: field.argument("first")?,
            after: field.argument("after")?,
            last: field.argument("last")?,
            before: field.argument("before")?,
        })
    }

    fn request(self) -> Result<PageRequest, ApiError> {
        let Self {
            first,
            after,
            last,
            before,
        } = self;
        let page = PageRequest::from_args(
            first.map(i64::from),
            after.as_deref(),
            last.map(i64::from),
            before.as_deref(),
        );
        Ok(page?)
    }
}

/// Whether the smallest or the largest comes first.
#[derive(Clone, Copy, Default, PartialEq, Eq, Enum)]
pub(crate) enum OrderDirection {
    /// The smallest comes first: A before Z, the past before the present.
    #[default]
    Asc,
    /// The largest comes first: Z before A, the present before the past.
    Desc,
}

/// The `first` of a bounded list as a number of items; `None` means all of them.
pub(crate) fn cut(first: Option<i32>) -> Result<Option<u32>, ApiError> {
    let checked = first.map(|first| {
        u32::try_from(first).map_err(|_negative| {
            let message = format!("first is {first}: expected a number of at least 0");
            ApiError::bad_input(Reason::PageSize, message)
        })
    });
    checked.transpose()
}

/// A list of the input, checked for its length and turned into words of the domain.
pub(crate) fn list_input<T, U>(
    name: &str,
    items: Option<Vec<T>>,
    convert: impl FnMut(T) -> U,
) -> Result<Vec<U>, ApiError> {
    let items = items.unwrap_or_default();
    if items.len() > MAX_INPUT_ITEMS {
        let actual = items.len();
        let message = format!("{name} has {actual} items: at most {MAX_INPUT_ITEMS} are allowed");
        return Err(ApiError::bad_input(Reason::ListItems, message));
    }
    Ok(items.into_iter().map(convert).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_the_input_have_a_largest_length() {
        let list = |items| list_input("ids", Some(vec![0; items]), |id| id);
        assert_eq!(list(MAX_INPUT_ITEMS).unwrap().len(), MAX_INPUT_ITEMS);
        let error = list(MAX_INPUT_ITEMS + 1).unwrap_err();
        assert_eq!(
            error.message(),
            "ids has 251 items: at most 250 are allowed"
        );
    }

    #[test]
    fn bounded_lists_are_cut_from_the_start() {
        assert_eq!(cut(None).unwrap(), None);
        assert_eq!(cut(Some(0)).unwrap(), Some(0));
        assert!(cut(Some(-1)).is_err());
    }
}
