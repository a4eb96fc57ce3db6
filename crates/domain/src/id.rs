//! Typed ids: a prefix that names the entity and a `UUIDv7`, opaque to clients.

use std::fmt;
use std::ops::Deref;

use uuid::Uuid;

/// A text that is not an id of the expected kind.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{value}\" is not an id of the form {prefix}_<uuid>")]
pub struct InvalidId {
    /// The prefix that was expected.
    pub prefix: &'static str,
    /// The text as it was given.
    pub value: String,
}

/// Where new ids come from; a parameter, so that tests are deterministic.
pub trait IdSource: Send + Sync {
    /// A `UUID` that was never returned before; version 7, so that it sorts by time.
    fn next_uuid(&self) -> Uuid;
}

/// What all typed ids have in common.
pub trait Id: Copy + Sized + fmt::Display {
    /// The text before the underscore.
    const PREFIX: &'static str;

    /// Wraps a `UUID` that is known to belong to this kind of entity.
    fn from_uuid(uuid: Uuid) -> Self;

    /// The `UUID` without its prefix, which is what databases store.
    fn uuid(self) -> Uuid;

    /// A new id.
    fn fresh(ids: &dyn IdSource) -> Self {
        Self::from_uuid(ids.next_uuid())
    }

    /// Reads the text form; the `UUID` must be in lower case with hyphens, as it is printed.
    fn parse(text: &str) -> Result<Self, InvalidId> {
        text.strip_prefix(Self::PREFIX)
            .and_then(|rest| rest.strip_prefix('_'))
            .and_then(|rest| {
                Uuid::try_parse(rest)
                    .ok()
                    .filter(|uuid| uuid.to_string() == rest)
            })
            .map(Self::from_uuid)
            .ok_or_else(|| InvalidId {
                prefix: Self::PREFIX,
                value: text.to_owned(),
            })
    }
}

macro_rules! typed_id {
    ($( $(#[$meta:meta])* $name:ident = $prefix:literal; )+) => { $(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Uuid);

        impl Id for $name {
            const PREFIX: &'static str = $prefix;

            fn from_uuid(uuid: Uuid) -> Self {
                Self(uuid)
            }

            fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}_{}", $prefix, self.0)
            }
        }
    )+ };
}

typed_id! {
    /// Names a role.
    RoleId = "role";
    /// Names a category.
    CategoryId = "cat";
    /// Names a skill.
    SkillId = "skill";
    /// Names a duty of a role.
    DutyId = "duty";
    /// Names a glance fact of a role.
    FactId = "fact";
    /// Names a prose section of a role.
    SectionId = "sec";
    /// Names a qualification group of a role.
    GroupId = "grp";
    /// Names an item of a qualification group.
    QualificationId = "qual";
    /// Names a question and its answer.
    FaqId = "faq";
    /// Names a salary observation.
    SalaryId = "sal";
    /// Names a source of texts.
    SourceId = "src";
    /// Names a key of a caller.
    KeyId = "key";
    /// Names a run of an import.
    RunId = "run";
    /// Names a scheme of concepts.
    SchemeId = "scheme";
    /// Names a concept of a scheme.
    ConceptId = "con";
    /// Joins the translations of one role.
    TranslationGroupId = "tgrp";
}

/// Declares what is named by an id of one of several kinds; the prefix says which.
macro_rules! any_id {
    ($( $(#[$meta:meta])* $name:ident { $( $(#[$kind_meta:meta])* $kind:ident($id:ident), )+ } )+) => { $(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $( $(#[$kind_meta])* $kind($id), )+
        }

        impl $name {
            /// Reads the text form of an id of one of the kinds.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                None$( .or_else(|| $id::parse(text).ok().map(Self::$kind)) )+
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self { $( Self::$kind(id) => id.fmt(f), )+ }
            }
        }

        $( impl From<$id> for $name {
            fn from(id: $id) -> Self {
                Self::$kind(id)
            }
        } )+
    )+ };
}

any_id! {
    /// Names something that is written for itself.
    EntityId {
        /// A role.
        Role(RoleId),
        /// A category.
        Category(CategoryId),
        /// A skill.
        Skill(SkillId),
    }

    /// Names a part of a role that stands in a list of an order.
    PartId {
        /// A glance fact.
        Fact(FactId),
        /// A duty.
        Duty(DutyId),
        /// A prose section.
        Section(SectionId),
        /// A qualification group.
        Group(GroupId),
        /// An item of a qualification group.
        Qualification(QualificationId),
        /// A question and its answer.
        Faq(FaqId),
    }
}

/// A value together with the id under which it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored<I, T> {
    /// The id of the value.
    pub id: I,
    /// The value itself.
    pub value: T,
}

impl<I, T> Deref for Stored<I, T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_what_it_prints() {
        let id = RoleId::from_uuid(Uuid::from_u128(7));
        assert_eq!(RoleId::parse(&id.to_string()), Ok(id));
    }

    #[test]
    fn the_prefix_says_what_an_id_names() {
        let (role, duty) = (Uuid::from_u128(7), Uuid::from_u128(8));
        let role = EntityId::from(RoleId::from_uuid(role));
        let duty = PartId::from(DutyId::from_uuid(duty));
        assert_eq!(EntityId::parse(&role.to_string()), Some(role));
        assert_eq!(PartId::parse(&duty.to_string()), Some(duty));
        assert_eq!(EntityId::parse(&duty.to_string()), None);
    }

    #[test]
    fn a_foreign_prefix_and_other_spellings_are_refused() {
        let id = SkillId::from_uuid(Uuid::from_u128(7)).to_string();
        assert!(RoleId::parse(&id).is_err());
        assert!(SkillId::parse(&id.to_uppercase()).is_err());
        assert!(SkillId::parse(&id.replace('-', "")).is_err());
        assert!(SkillId::parse("skill_").is_err());
    }
}
