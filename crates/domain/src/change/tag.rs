//! Names for what answers depend on and changes touch.

use uuid::Uuid;

use super::{Aspects, ChangeEntity};
use crate::Slug;
use crate::id::Id;

/// A name for something that an answer depends on and a change touches: an entity, an aspect of
/// all entities of a kind, or a slug. Two things may share a name, which then changes with both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tag(u64);

impl Tag {
    /// Everything that there is.
    pub const EVERYTHING: Self = Self(0);

    /// One entity.
    #[must_use]
    pub fn entity(kind: ChangeEntity, id: impl Id) -> Self {
        Self::of_uuid(kind, id.uuid())
    }

    pub(super) fn of_uuid(kind: ChangeEntity, id: Uuid) -> Self {
        let (high, low) = id.as_u64_pair();
        Self(mixed(mixed(mixed(number(kind)) ^ high) ^ low))
    }

    /// One aspect of all entities of a kind, on which lists of them depend.
    #[must_use]
    pub fn list(kind: ChangeEntity, aspect: Aspects) -> Self {
        Self(mixed(mixed(number(kind) + 8) ^ u64::from(aspect.bits())))
    }

    /// The role that a slug leads to.
    #[must_use]
    pub fn slug(slug: &Slug) -> Self {
        let bytes = slug.as_str().bytes();
        Self(bytes.fold(mixed(16), |hash, byte| mixed(hash ^ u64::from(byte))))
    }

    /// A number that is spread evenly.
    #[must_use]
    pub const fn number(self) -> u64 {
        self.0
    }
}

const fn number(kind: ChangeEntity) -> u64 {
    match kind {
        ChangeEntity::Role => 1,
        ChangeEntity::Category => 2,
        ChangeEntity::Skill => 3,
        ChangeEntity::Source => 4,
        ChangeEntity::Concept => 5,
        ChangeEntity::Scheme => 6,
    }
}

/// Spreads a number over all 64 bits (the last step of `SplitMix64`).
const fn mixed(number: u64) -> u64 {
    let number = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

/// What an answer depends on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tags(Vec<Tag>);

impl Tags {
    /// Adds a name.
    pub fn add(&mut self, tag: Tag) {
        self.0.push(tag);
    }

    /// Adds one entity.
    pub fn add_entity(&mut self, kind: ChangeEntity, id: impl Id) {
        self.add(Tag::entity(kind, id));
    }

    /// Adds aspects of all entities of a kind.
    pub fn add_list(&mut self, kind: ChangeEntity, aspects: Aspects) {
        self.0
            .extend(aspects.each().map(|aspect| Tag::list(kind, aspect)));
    }

    /// Whether nothing was added.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The names, each once.
    #[must_use]
    pub fn into_sorted(mut self) -> Vec<Tag> {
        self.0.sort_unstable();
        self.0.dedup();
        self.0
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::id::{CategoryId, RoleId};

    #[test]
    fn different_things_have_different_names_even_in_few_bits() {
        let role = |n| Tag::entity(ChangeEntity::Role, RoleId::from_uuid(Uuid::from_u128(n)));
        let category = |n| {
            let id = CategoryId::from_uuid(Uuid::from_u128(n));
            Tag::entity(ChangeEntity::Category, id)
        };
        let names = (0..500).flat_map(|n| [role(n), category(n), role(n << 64)]);
        let few_bits: HashSet<u64> = names.map(|tag| tag.number() >> 32).collect();
        // Of 1,500 names, that of role 0 stands there twice.
        assert_eq!(few_bits.len(), 1_499);
    }

    #[test]
    fn tags_name_each_thing_once() {
        let mut tags = Tags::default();
        assert!(tags.is_empty());
        tags.add_list(ChangeEntity::Role, Aspects::NAME | Aspects::FAQ);
        tags.add_list(ChangeEntity::Role, Aspects::NAME);
        tags.add(Tag::slug(&Slug::parse("plumber").unwrap()));
        assert_eq!(tags.into_sorted().len(), 3);
    }
}
