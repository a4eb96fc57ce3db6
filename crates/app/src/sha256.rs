//! Hashes of texts.

use sha2::{Digest, Sha256};

/// The SHA-256 of a text, as 64 hexadecimal digits in lower case.
#[must_use]
pub fn sha256_of(text: &str) -> String {
    let digest = Sha256::digest(text);
    let digits: Vec<String> = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    digits.concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_the_one_that_other_programs_compute() {
        assert_eq!(
            sha256_of("abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }
}
