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
    /// The id that the source has for the duty, the same in all of its releases.
    pub external_id: Option<String>,
    /// The codes of the activities that the duty is an example of, as the source writes them.
    pub activities: Vec<String>,
    /// The skills that the text names, in order of appearance.
    pub skills: Vec<S>,
}

impl<S> Duty<S> {
    /// A duty of which nothing else is known.
    #[must_use]
    pub fn new(text: impl Into<String>, kind: DutyKind) -> Self {
        Self {
            text: text.into(),
            kind,
            external_id: None,
            activities: Vec::new(),
            skills: Vec::new(),
        }
    }

    /// The same duty with its skills known in another form.
    #[must_use]
    pub fn with_skills<T>(&self, skills: Vec<T>) -> Duty<T> {
        let Self {
            text,
            kind,
            external_id,
            activities,
            skills: _,
        } = self;
        Duty {
            text: text.clone(),
            kind: *kind,
            external_id: external_id.clone(),
            activities: activities.clone(),
            skills,
        }
    }
}
