//! What of an entity a change made look different from outside.

use std::fmt;
use std::ops::{BitOr, BitOrAssign};

/// Declares the aspects with their bits, which databases store.
macro_rules! aspects {
    ($( $(#[doc = $doc:literal])+ $name:ident = $bit:literal; )+) => {
        impl Aspects {
            $( $(#[doc = $doc])+ pub const $name: Self = Self(1 << $bit); )+

            /// Every aspect for itself, with its name.
            const NAMED: &'static [(Self, &'static str)] = &[
                $( (Self::$name, stringify!($name)), )+
            ];
        }
    };
}

/// What of an entity a change made look different from outside: a set.
///
/// Whoever shows the entity itself depends on all of it. Lists depend on what they filter and
/// order by, which is what the aspects name; they speak of what everybody may see.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Aspects(u32);

aspects! {
    /// It appeared or disappeared.
    MEMBERSHIP = 0;
    /// The title of a role; the name or another spelling of a category or skill.
    NAME = 1;
    /// The moment of the last change of a role.
    UPDATED = 2;
    /// The moment of publication of a role.
    PUBLICATION = 3;
    /// The categories of a role; the place of a category in the tree.
    PLACE = 4;
    /// The skills of a role.
    SKILL = 5;
    /// The codes of a role.
    CODE = 6;
    /// The language of a role.
    LOCALE = 7;
    /// By which slugs it is called; the address of a concept.
    SLUG = 8;
    /// Which other roles are its translations, as those see it.
    TRANSLATION = 9;
    /// Which other roles have it among their related roles; to which concepts a concept leads.
    RELATION = 10;
    /// The questions of a role.
    FAQ = 11;
    /// The kind of a skill or concept, and whether a concept is still in use.
    KIND = 12;
}

impl Aspects {
    /// Nothing.
    pub const NONE: Self = Self(0);

    /// The set with these bits, as it was stored; bits of a newer release are kept.
    #[must_use]
    pub const fn from_bits(bits: u32) -> Self {
        Self(bits)
    }

    /// The bits, to be stored.
    #[must_use]
    pub const fn bits(self) -> u32 {
        self.0
    }

    /// The set itself when `condition` holds, else nothing.
    #[must_use]
    pub const fn when(self, condition: bool) -> Self {
        if condition { self } else { Self::NONE }
    }

    /// Whether any aspect of `other` is in the set.
    #[must_use]
    pub const fn has_any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The aspects of the set, one by one.
    pub fn each(self) -> impl Iterator<Item = Self> {
        let known = Self::NAMED.iter().map(|(aspect, _)| *aspect);
        known.filter(move |aspect| self.has_any(*aspect))
    }
}

impl BitOr for Aspects {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitOrAssign for Aspects {
    fn bitor_assign(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

impl fmt::Debug for Aspects {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let named = Self::NAMED.iter();
        let found = named.filter(|(aspect, _)| self.has_any(*aspect));
        f.debug_set().entries(found.map(|(_, name)| name)).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_has_what_was_put_into_it() {
        let set = Aspects::NAME | Aspects::FAQ | Aspects::SKILL.when(false);
        assert_eq!(
            set.each().collect::<Vec<_>>(),
            [Aspects::NAME, Aspects::FAQ]
        );
        assert!(set.has_any(Aspects::FAQ | Aspects::CODE));
        assert!(!set.has_any(Aspects::SKILL));
        assert_eq!(format!("{set:?}"), r#"{"NAME", "FAQ"}"#);
    }

    #[test]
    fn every_aspect_has_a_bit_of_its_own_and_survives_being_stored() {
        let all = Aspects::NAMED.iter().map(|(aspect, _)| *aspect);
        let all = all.fold(Aspects::NONE, Aspects::bitor);
        assert_eq!(all.each().count(), Aspects::NAMED.len());
        let newer = all.bits() | 1 << 31;
        assert_eq!(Aspects::from_bits(newer).bits(), newer);
    }
}
