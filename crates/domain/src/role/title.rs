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
}
