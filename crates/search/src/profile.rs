//! What ranking has to know of a role, in few bytes: its names and the worth of its words.
//!
//! Words are numbers that the vocabulary gives out. A profile is a sequence of variable-length
//! numbers: the titles, each as its length and its words, then every word in ascending order as the
//! distance from the one before and its worth.

/// A profile that cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the profile ends early or has a number out of range")]
pub struct InvalidProfile;

/// What ranking has to know of a role.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    /// The words of the title and of the other names.
    pub titles: Vec<Vec<u32>>,
    /// Every word with its worth, in ascending order.
    pub words: Vec<(u32, u8)>,
}

impl Profile {
    /// The stored form.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(2 * self.words.len() + 64);
        push(&mut bytes, self.titles.len());
        for title in &self.titles {
            push(&mut bytes, title.len());
            for word in title {
                push(&mut bytes, usize::try_from(*word).unwrap_or_default());
            }
        }
        let mut last = 0;
        for (word, worth) in &self.words {
            push(&mut bytes, usize::try_from(word - last).unwrap_or_default());
            bytes.push(*worth);
            last = *word;
        }
        bytes
    }

    /// Reads the stored form.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, InvalidProfile> {
        let mut rest = bytes;
        let mut titles = Vec::new();
        for _ in 0..pull(&mut rest)? {
            let mut title = Vec::new();
            for _ in 0..pull(&mut rest)? {
                title.push(pull(&mut rest)?);
            }
            titles.push(title);
        }
        let mut words = Vec::with_capacity(rest.len() / 2);
        let mut last = 0_u32;
        while !rest.is_empty() {
            last = last.checked_add(pull(&mut rest)?).ok_or(InvalidProfile)?;
            let (worth, behind) = rest.split_first().ok_or(InvalidProfile)?;
            words.push((last, *worth));
            rest = behind;
        }
        Ok(Self { titles, words })
    }

    /// The same without what the texts of the role are about.
    #[must_use]
    pub fn only_titles(self) -> Self {
        Self {
            titles: self.titles,
            words: Vec::new(),
        }
    }

    /// How much the role is about a word; 0 when it does not have it.
    #[must_use]
    pub fn worth(&self, word: u32) -> u8 {
        let found = self.words.binary_search_by_key(&word, |(word, _)| *word);
        let found = found.ok().and_then(|at| self.words.get(at));
        found.map_or(0, |(_, worth)| *worth)
    }
}

/// Adds a number in groups of seven bits, the lowest first.
pub fn push(bytes: &mut Vec<u8>, mut number: usize) {
    loop {
        let low = u8::try_from(number & 0x7f).unwrap_or_default();
        number >>= 7;
        if number == 0 {
            return bytes.push(low);
        }
        bytes.push(low | 0x80);
    }
}

/// Takes a number from the front.
pub fn pull(bytes: &mut &[u8]) -> Result<u32, InvalidProfile> {
    let mut number = 0_u32;
    for shift in (0..32).step_by(7) {
        let (byte, rest) = bytes.split_first().ok_or(InvalidProfile)?;
        *bytes = rest;
        number |= u32::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Ok(number);
        }
    }
    Err(InvalidProfile)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_profile_reads_what_it_writes(
            titles in prop::collection::vec(prop::collection::vec(any::<u32>(), 0..5), 0..5),
            words: BTreeMap<u32, u8>,
        ) {
            let words = words.into_iter().collect();
            let profile = Profile { titles, words };
            prop_assert_eq!(Profile::from_bytes(&profile.to_bytes()), Ok(profile.clone()));
            for (word, worth) in &profile.words {
                prop_assert_eq!(profile.worth(*word), *worth);
            }
        }

        #[test]
        fn other_bytes_do_no_harm(bytes: Vec<u8>) {
            let _read = Profile::from_bytes(&bytes);
        }
    }
}
