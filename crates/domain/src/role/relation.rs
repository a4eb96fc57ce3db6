//! Related roles.

use crate::Slug;
use crate::text_enum::text_enum;

text_enum! {
    /// How one role relates to another.
    pub enum RelationKind {
        /// Similar work.
        Similar = "SIMILAR",
        /// The other role is broader.
        Broader = "BROADER",
        /// The other role is narrower.
        Narrower = "NARROWER",
        /// The other role is a next step.
        CareerNext = "CAREER_NEXT",
        /// This role specialises the other.
        Specialises = "SPECIALISES",
        /// Both roles are the same under two names.
        SameAs = "SAME_AS",
    }
}

text_enum! {
    /// How near another role is, as far as its source ranks them.
    pub enum Nearness {
        /// Among the nearest few.
        Nearest = "NEAREST",
        /// Among the next ones.
        Near = "NEAR",
        /// Further away.
        Further = "FURTHER",
    }
}

/// A related role as a document names it; the role itself may arrive later.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RelatedSlug {
    /// How the other role relates to this one.
    pub kind: RelationKind,
    /// The slug of the other role, in the same locale.
    pub slug: Slug,
    /// How near the other role is, when the source says so.
    pub nearness: Option<Nearness>,
}

impl RelatedSlug {
    /// A related role of which nothing else is known.
    #[must_use]
    pub fn new(kind: RelationKind, slug: Slug) -> Self {
        Self {
            kind,
            slug,
            nearness: None,
        }
    }
}
