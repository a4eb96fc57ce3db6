//! The first row of a file: the names of its columns.

use super::record::Record;

/// The columns of a file in their order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    names: Vec<String>,
}

impl Header {
    /// The columns that a row names; blanks around the names do not count.
    pub(super) fn of(record: &Record) -> Self {
        Self {
            names: record.cells().map(|cell| cell.trim().to_owned()).collect(),
        }
    }

    /// The names as they are written.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// How many columns there are.
    #[must_use]
    pub fn width(&self) -> usize {
        self.names.len()
    }

    /// The first name that stands there twice, in any letter case.
    pub(super) fn repeated(&self) -> Option<&str> {
        let names = self.names.iter().enumerate();
        let mut repeated = names.filter(|(place, name)| {
            let before = self.names.iter().take(*place);
            before.into_iter().any(|other| same_name(other, name))
        });
        repeated.next().map(|(_place, name)| name.as_str())
    }
}

/// Whether two names of columns or tables are the same: letter case and blanks around them do not
/// count.
pub(crate) fn same_name(left: &str, right: &str) -> bool {
    let (left, right) = (left.trim(), right.trim());
    left.eq_ignore_ascii_case(right) || left.to_lowercase() == right.to_lowercase()
}
