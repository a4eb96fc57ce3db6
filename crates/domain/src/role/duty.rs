//! Duties: what people in a role do.

use crate::text_enum::text_enum;

text_enum! {
    /// How central a duty is, as far as its source says.
    pub enum DutyKind {
        /// Central to the role.
        Core = "CORE",
        /// Less central.
        Supplemental = "SUPPLEMENTAL",
        /// New in the field.
        EmergingNew = "EMERGING_NEW",
        /// A known duty that is changing.
        EmergingRevision = "EMERGING_REVISION",
        /// The source does not say.
        Unspecified = "UNSPECIFIED",
    }
}

/// One thing people in the role do. `S` is the form its skills are known in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duty<S> {
    /// The duty in one sentence.
    pub text: String,
    /// How central it is.
    pub kind: DutyKind,
    /// The skills that the text names, in order of appearance.
    pub skills: Vec<S>,
}
