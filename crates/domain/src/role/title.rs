//! Other names of a role.

use crate::text_enum::text_enum;

text_enum! {
    /// What sort of name a title is.
    pub enum TitleKind {
        /// The name that is used first.
        Preferred = "PREFERRED",
        /// Another usual name.
        Alternate = "ALTERNATE",
        /// A name to find the role by, not to show.
        Hidden = "HIDDEN",
        /// A short form.
        Abbreviation = "ABBREVIATION",
        /// The name for one gender.
        GenderedForm = "GENDERED_FORM",
        /// A name of the past.
        Former = "FORMER",
    }
}

/// Another name of a role.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RoleTitle {
    /// The name.
    pub text: String,
    /// What sort of name it is.
    pub kind: TitleKind,
    /// A short form of the name, such as `CEO`.
    pub short_form: Option<String>,
    /// Whether people in the role have said that they are called so.
    pub reported: bool,
    /// Whether the source shows the name to people who look for work.
    pub featured: bool,
    /// Where the source has the name from, by its own codes.
    pub sources: Vec<String>,
}

impl RoleTitle {
    /// A name of which nothing else is known.
    #[must_use]
    pub fn new(text: impl Into<String>, kind: TitleKind) -> Self {
        Self {
            text: text.into(),
            kind,
            short_form: None,
            reported: false,
            featured: false,
            sources: Vec::new(),
        }
    }
}
