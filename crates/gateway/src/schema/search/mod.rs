//! Searching: roles that answer a query, names that somebody types, and titles that mean a role.

mod connection;
mod facet;
mod filter;
mod highlight;
mod query;
mod suggestion;
mod title;
mod value;

use crate::error::{ApiError, Reason};

pub(crate) use facet::facet_size;
pub(crate) use query::SearchQuery;

/// How many items an argument asks for: at least one, and `default` when it is left out.
fn size(argument: &str, asked: Option<i32>, default: u32, most: u32) -> Result<usize, ApiError> {
    let size = asked.map_or(Some(default), |asked| u32::try_from(asked).ok());
    let size = size.filter(|size| (1..=most).contains(size));
    let size = size.and_then(|size| usize::try_from(size).ok());
    size.ok_or_else(|| {
        let asked = asked.unwrap_or_default();
        let message = format!("{argument} is {asked}: expected a number from 1 to {most}");
        ApiError::bad_input(Reason::PageSize, message)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_a_smallest_and_a_largest_value() {
        let size = |asked| size("limit", asked, 5, 20);
        assert_eq!(size(None).unwrap(), 5);
        assert_eq!(size(Some(1)).unwrap(), 1);
        assert_eq!(size(Some(20)).unwrap(), 20);
        for asked in [-1, 0, 21, i32::MAX, i32::MIN] {
            let error = size(Some(asked)).unwrap_err();
            assert_eq!(
                error.message(),
                format!("limit is {asked}: expected a number from 1 to 20")
            );
        }
    }
}
