//! Rules that a value broke: which field, which limit, which value.

/// One broken rule; its text is written for the person who sent the value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Violation {
    /// A text that must not be blank is blank.
    #[error("{field} is blank: expected text")]
    Blank {
        /// The field, as a path such as `duties[3].text`.
        field: String,
    },
    /// A text has more characters than allowed.
    #[error("{field} has {actual} characters: at most {limit} are allowed")]
    TooLong {
        /// The field, as a path.
        field: String,
        /// The largest number of characters.
        limit: usize,
        /// The number of characters of the value.
        actual: usize,
    },
    /// A text has more bytes than allowed.
    #[error("{field} has {actual} bytes: at most {limit} are allowed")]
    TooLarge {
        /// The field, as a path.
        field: String,
        /// The largest number of bytes.
        limit: usize,
        /// The number of bytes of the value.
        actual: usize,
    },
    /// A list has more items than allowed.
    #[error("{field} has {actual} items: at most {limit} are allowed")]
    TooMany {
        /// The field, as a path.
        field: String,
        /// The largest number of items.
        limit: usize,
        /// The number of items of the value.
        actual: usize,
    },
    /// A value that must be unique stands there twice.
    #[error("{field} repeats \"{value}\"")]
    Repeated {
        /// The field, as a path.
        field: String,
        /// The value that stands there twice.
        value: String,
    },
    /// A value is outside of what is meaningful.
    #[error("{field} is \"{value}\": expected {expected}")]
    Invalid {
        /// The field, as a path.
        field: String,
        /// The value as it was given.
        value: String,
        /// What would be accepted.
        expected: &'static str,
    },
}

impl Violation {
    /// The path of the field that broke the rule.
    #[must_use]
    pub fn field(&self) -> &str {
        match self {
            Self::Blank { field }
            | Self::TooLong { field, .. }
            | Self::TooLarge { field, .. }
            | Self::TooMany { field, .. }
            | Self::Repeated { field, .. }
            | Self::Invalid { field, .. } => field,
        }
    }

    /// The same violation of a value that stands at `path` in another one.
    #[must_use]
    pub fn within(mut self, path: &str) -> Self {
        match &mut self {
            Self::Blank { field }
            | Self::TooLong { field, .. }
            | Self::TooLarge { field, .. }
            | Self::TooMany { field, .. }
            | Self::Repeated { field, .. }
            | Self::Invalid { field, .. } => *field = format!("{path}.{field}"),
        }
        self
    }

    /// The stable code of the rule.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Blank { .. } => "BLANK",
            Self::TooLong { .. } | Self::TooLarge { .. } | Self::TooMany { .. } => "LIMIT_EXCEEDED",
            Self::Repeated { .. } => "REPEATED",
            Self::Invalid { .. } => "INVALID",
        }
    }
}
