//! Codes of outside schemes: O*NET-SOC, SOC, ISCO, ESCO.

use crate::text_enum::text_enum;

text_enum! {
    /// How a role and the concept of an outside scheme relate.
    pub enum MatchKind {
        /// Both mean the same.
        Exact = "EXACT",
        /// Both mean nearly the same.
        Close = "CLOSE",
        /// The concept is broader than the role.
        Broad = "BROAD",
        /// The concept is narrower than the role.
        Narrow = "NARROW",
        /// The two touch.
        Related = "RELATED",
    }
}

/// The code of a role in an outside scheme. Codes are texts: `0110` is not 110.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ExternalCode {
    /// Key of the scheme, such as `onet-soc`.
    pub scheme: String,
    /// Release of the scheme, such as `29.3`, when it is known.
    pub release: Option<String>,
    /// The code as the scheme writes it.
    pub code: String,
    /// Address of the concept, when the scheme gives it one.
    pub uri: Option<String>,
    /// How the role and the concept relate.
    pub match_kind: MatchKind,
}
