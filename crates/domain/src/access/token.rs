//! What a key looks like: `rg_live_<12 signs of its id><43 signs of its secret><6 of a checksum>`.
//!
//! All signs are digits and letters. The checksum tells a typo from a key that is not there, and
//! lets programs that look for secrets find real ones only.

use std::collections::BTreeSet;
use std::fmt;

use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::KeyKind;
use crate::id::{Id as _, KeyId};

const ALPHABET: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const ID_SIGNS: usize = 12;
/// As many as 256 bits need.
const SECRET_SIGNS: usize = 43;
const CHECK_SIGNS: usize = 6;
/// As many bits as the signs of the id hold.
const ID_BITS: u32 = 71;

/// Where new secrets come from; a parameter, so that tests are deterministic.
pub trait SecretSource: Send + Sync {
    /// 256 bits that nobody can guess.
    fn next_secret(&self) -> [u8; 32];
}

/// The part of a key that names it, and that everybody may see.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct KeyHandle([u8; ID_SIGNS]);

impl KeyHandle {
    /// The handle of the key with this id.
    #[must_use]
    pub fn of(id: KeyId) -> Self {
        let bits = id.uuid().as_u128() & ((1 << ID_BITS) - 1);
        let mut signs = [0; ID_SIGNS];
        write_number(&bits.to_be_bytes(), &mut signs);
        Self(signs)
    }
}

/// The SHA-256 of a whole key: what is stored of it.
#[derive(Clone, Copy)]
pub struct KeyDigest([u8; 32]);

impl KeyDigest {
    /// A digest as it was stored.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The digest as it is stored.
    #[must_use]
    pub const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Whether both are the same; takes as long whichever bytes differ.
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        let pairs = self.0.iter().zip(other.0.iter());
        let differences = pairs.fold(0, |sum, (one, other)| sum | (one ^ other));
        std::hint::black_box(differences) == 0
    }
}

impl fmt::Debug for KeyDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KeyDigest(…)")
    }
}

/// A new key, which is shown once and never stored.
pub struct NewToken(String);

impl NewToken {
    /// The key with this id and secret.
    #[must_use]
    pub fn new(kind: KeyKind, id: KeyId, secret: &[u8; 32]) -> Self {
        let mut signs = [0; SECRET_SIGNS];
        write_number(secret, &mut signs);
        let mut text = format!("{}{}{}", kind.prefix(), KeyHandle::of(id), text_of(&signs));
        let check = checksum(text.as_bytes());
        text.push_str(text_of(&check));
        Self(text)
    }

    /// The text of the key, for whoever asked for it.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What is stored of it.
    #[must_use]
    pub fn digest(&self) -> KeyDigest {
        digest(&self.0)
    }
}

impl fmt::Debug for NewToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NewToken(…)")
    }
}

/// A key that the operator has made beforehand, such as the first one of a new database.
#[derive(Clone, Debug)]
pub struct GivenKey {
    /// The id that its text names.
    pub id: KeyId,
    /// What is stored of it.
    pub digest: KeyDigest,
}

/// Why a text cannot become a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnusableKey {
    /// It does not have the form of a key.
    #[error("this is no key, or a mistyped one: make one with `rolegraph key generate`")]
    Malformed,
    /// It is one for trying things out.
    #[error("a key that begins with rg_test_ is for trying things out: make another one")]
    Test,
    /// It can be guessed.
    #[error("the key can be guessed: make one with `rolegraph key generate`")]
    Weak,
}

/// Fewer different signs do not happen by chance in a secret of 43.
const FEWEST_SIGNS: usize = 16;

impl GivenKey {
    /// Reads the text of a key.
    pub fn read(text: &str) -> Result<Self, UnusableKey> {
        let shown = ShownToken::read(text).ok_or(UnusableKey::Malformed)?;
        let signs = text.strip_prefix(KeyKind::Live.prefix());
        let signs = signs.ok_or(UnusableKey::Test)?;
        let secret = signs.bytes().skip(ID_SIGNS).take(SECRET_SIGNS);
        let different: BTreeSet<u8> = secret.collect();
        if different.len() < FEWEST_SIGNS {
            return Err(UnusableKey::Weak);
        }
        let id = KeyId::from_uuid(Uuid::from_u128(read_number(&shown.handle.0)));
        // Some handles are larger than those that we give out.
        if KeyHandle::of(id) != shown.handle {
            return Err(UnusableKey::Malformed);
        }
        Ok(Self {
            id,
            digest: shown.digest,
        })
    }
}

/// A text that has the form of a key: what it takes to find the key and to compare it.
#[derive(Clone, Copy, Debug)]
pub struct ShownToken {
    /// Which key it claims to be.
    pub handle: KeyHandle,
    /// What has to be stored of that key.
    pub digest: KeyDigest,
}

impl ShownToken {
    /// Reads a text; `None` when it cannot be a key, because its form or its checksum is wrong.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let mut kinds = KeyKind::ALL.iter();
        let signs = kinds.find_map(|kind| text.strip_prefix(kind.prefix()))?;
        let is_whole = signs.len() == ID_SIGNS + SECRET_SIGNS + CHECK_SIGNS
            && signs.bytes().all(|sign| sign.is_ascii_alphanumeric());
        if !is_whole {
            return None;
        }
        let (checked, check) = text.split_at_checked(text.len() - CHECK_SIGNS)?;
        if checksum(checked.as_bytes()) != check.as_bytes() {
            return None;
        }
        Some(Self {
            handle: KeyHandle(*signs.as_bytes().first_chunk()?),
            digest: digest(text),
        })
    }
}

impl fmt::Display for KeyHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(text_of(&self.0))
    }
}

impl fmt::Debug for KeyHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

fn digest(text: &str) -> KeyDigest {
    KeyDigest(Sha256::digest(text).into())
}

/// Writes a number, its largest byte first, with 62 signs; those that do not fit are left out.
fn write_number(bytes: &[u8], signs: &mut [u8]) {
    let mut number: Vec<u8> = bytes.to_vec();
    for sign in signs.iter_mut().rev() {
        let mut rest = 0_u32;
        for byte in &mut number {
            let part = rest << 8 | u32::from(*byte);
            *byte = u8::try_from(part / 62).unwrap_or(u8::MAX);
            rest = part % 62;
        }
        let place = usize::try_from(rest).unwrap_or(0);
        *sign = ALPHABET.get(place).copied().unwrap_or(b'0');
    }
}

/// Reads a number that was written with 62 signs.
fn read_number(signs: &[u8]) -> u128 {
    let value = |sign: &u8| ALPHABET.iter().position(|known| known == sign).unwrap_or(0);
    signs.iter().fold(0_u128, |number, sign| {
        let value = u128::try_from(value(sign)).unwrap_or(0);
        number.wrapping_mul(62).wrapping_add(value)
    })
}

/// The CRC-32 of a text, as it is used everywhere, in six signs.
fn checksum(text: &[u8]) -> [u8; CHECK_SIGNS] {
    const REVERSED: u32 = 0xEDB8_8320;
    let mut sum = u32::MAX;
    for byte in text {
        sum ^= u32::from(*byte);
        for _bit in 0..8 {
            sum = sum >> 1 ^ (REVERSED & (sum & 1).wrapping_neg());
        }
    }
    let mut signs = [0; CHECK_SIGNS];
    write_number(&(!sum).to_be_bytes(), &mut signs);
    signs
}

/// Signs are ASCII.
fn text_of(signs: &[u8]) -> &str {
    std::str::from_utf8(signs).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn id(number: u128) -> KeyId {
        KeyId::from_uuid(Uuid::from_u128(number))
    }

    #[test]
    fn a_key_has_its_documented_form() {
        let token = NewToken::new(KeyKind::Live, id(7), &[0; 32]);
        let zeros = "0".repeat(SECRET_SIGNS);
        let text = token.reveal();
        assert_eq!(text.len(), "rg_live_".len() + 61);
        assert!(text.starts_with(&format!("rg_live_000000000007{zeros}")));
        let largest = NewToken::new(KeyKind::Test, id(u128::MAX), &[0xff; 32]);
        assert!(largest.reveal().starts_with("rg_test_"));
        assert!(ShownToken::read(largest.reveal()).is_some());
    }

    #[test]
    fn the_checksum_is_that_of_zip_and_png() {
        let mut signs = [0; CHECK_SIGNS];
        write_number(&0xCBF4_3926_u32.to_be_bytes(), &mut signs);
        assert_eq!(checksum(b"123456789"), signs);
    }

    #[test]
    fn printing_shows_no_secret() {
        let token = NewToken::new(KeyKind::Live, id(7), &[9; 32]);
        let shown = ShownToken::read(token.reveal()).unwrap();
        let printed = format!("{token:?} {shown:?} {:?}", token.digest());
        assert_eq!(
            printed,
            "NewToken(…) ShownToken { handle: 000000000007, digest: KeyDigest(…) } KeyDigest(…)"
        );
    }

    #[test]
    fn only_a_strong_key_for_real_work_is_taken_over() {
        let strong: [u8; 32] = std::array::from_fn(|place| {
            let place = u8::try_from(place).unwrap();
            place.wrapping_mul(37) ^ 0x5a
        });
        let read = |kind, secret| {
            let token = NewToken::new(kind, id(7), secret);
            GivenKey::read(token.reveal()).map(|given| given.id)
        };
        assert_eq!(read(KeyKind::Live, &strong), Ok(id(7)));
        assert_eq!(read(KeyKind::Test, &strong), Err(UnusableKey::Test));
        assert_eq!(read(KeyKind::Live, &[0; 32]), Err(UnusableKey::Weak));
        let weak = GivenKey::read("hunter2").map(|given| given.id);
        assert_eq!(weak, Err(UnusableKey::Malformed));
    }

    proptest! {
        #[test]
        fn what_was_made_is_recognised(number: u128, secret: [u8; 32], is_live: bool) {
            let kind = if is_live { KeyKind::Live } else { KeyKind::Test };
            let token = NewToken::new(kind, id(number), &secret);
            let shown = ShownToken::read(token.reveal()).unwrap();
            prop_assert_eq!(shown.handle, KeyHandle::of(id(number)));
            prop_assert!(shown.digest.is(&token.digest()));
        }

        #[test]
        fn a_key_that_was_made_elsewhere_keeps_its_name(number: u128, secret: [u8; 32]) {
            let token = NewToken::new(KeyKind::Live, id(number), &secret);
            let weak = secret.iter().collect::<BTreeSet<_>>().len() < 20;
            prop_assume!(!weak);
            let given = GivenKey::read(token.reveal()).unwrap();
            prop_assert_eq!(KeyHandle::of(given.id), KeyHandle::of(id(number)));
            prop_assert!(given.digest.is(&token.digest()));
        }

        #[test]
        fn a_typo_is_recognised(secret: [u8; 32], place in 0_usize..69, sign in "[0-9A-Za-z]") {
            let token = NewToken::new(KeyKind::Live, id(7), &secret);
            let mut text = token.reveal().to_owned();
            prop_assume!(text.get(place..=place) != Some(sign.as_str()));
            text.replace_range(place..=place, &sign);
            prop_assert!(ShownToken::read(&text).is_none());
        }

        #[test]
        fn whatever_somebody_sends_is_read_without_a_panic(text in "\\PC{0,80}") {
            prop_assert!(ShownToken::read(&text).is_none());
            let with_prefix = format!("rg_live_{text}");
            prop_assert!(ShownToken::read(&with_prefix).is_none());
        }
    }
}
