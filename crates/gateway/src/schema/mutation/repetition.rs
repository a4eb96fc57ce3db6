//! Writes that may be sent again.

use std::sync::atomic::{AtomicBool, Ordering};

use app::Attempt;
use async_graphql::{Context, Value};

use super::fingerprint;
use crate::error::{ApiError, Reason};
use crate::selection::resolved;
use crate::write::GraphContext as _;

/// The largest number of characters of an idempotency key.
const MAX_KEY_CHARS: usize = 255;

/// The key that came with a request, and whether what was answered is an answer of before.
#[derive(Debug, Default)]
pub(crate) struct Repetition {
    key: Option<String>,
    replayed: AtomicBool,
}

/// A text that cannot be an idempotency key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct InvalidKey;

impl InvalidKey {
    /// What is expected.
    pub(crate) const MESSAGE: &str =
        "an idempotency key has 1 to 255 visible characters of ASCII, such as a UUID";
}

impl Repetition {
    /// The repetition of a request that came with a key, or without.
    pub(crate) fn of(key: Option<&str>) -> Result<Self, InvalidKey> {
        key.map(check_key).transpose()?;
        Ok(Self {
            key: key.map(str::to_owned),
            replayed: AtomicBool::new(false),
        })
    }

    /// Notes that an answer of before is given.
    pub(crate) fn replay(&self) {
        self.replayed.store(true, Ordering::Relaxed);
    }

    /// Whether an answer of before is given.
    pub(crate) fn is_replayed(&self) -> bool {
        self.replayed.load(Ordering::Relaxed)
    }
}

/// Refuses what cannot be an idempotency key.
pub(crate) fn check_key(key: &str) -> Result<(), InvalidKey> {
    let usable = (1..=MAX_KEY_CHARS).contains(&key.len());
    let visible = key.bytes().all(|byte| byte.is_ascii_graphic());
    if usable && visible {
        Ok(())
    } else {
        Err(InvalidKey)
    }
}

/// How the write of a field is told apart from all others; `None` for one that runs whenever it
/// comes. The key of a request counts for each of its fields, which their places in the answer
/// tell apart.
pub(crate) fn attempt(
    ctx: &Context<'_>,
    key: Option<&str>,
    repetition: &Repetition,
) -> Result<Option<Attempt>, ApiError> {
    let field = &ctx.item.node;
    let key = match (key, &repetition.key) {
        (Some(key), _) => {
            let invalid =
                |InvalidKey| ApiError::bad_input(Reason::ValueInvalid, InvalidKey::MESSAGE);
            check_key(key).map_err(invalid)?;
            key.to_owned()
        }
        (None, Some(key)) => format!("{key} {}", field.response_key().node),
        (None, None) => return Ok(None),
    };
    let call = ctx.call();
    let arguments = field.arguments.iter().map(|(name, value)| {
        let value = resolved(&value.node, call.variables).unwrap_or(Value::Null);
        (name.node.to_string(), value)
    });
    let holder = call.principal.key.map(|key| key.to_string());
    Ok(Some(Attempt {
        holder: holder.unwrap_or_else(|| call.principal.name.clone()),
        operation: field.name.node.to_string(),
        key,
        fingerprint: fingerprint(arguments),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_visible_and_of_a_length() {
        for key in [
            "a",
            "0190d9a4-0000-7000-8000-000000000001",
            &"x".repeat(255),
        ] {
            assert_eq!(check_key(key), Ok(()), "{key}");
        }
        for key in ["", " ", "two words", "ä", "line\n", &"x".repeat(256)] {
            assert_eq!(check_key(key), Err(InvalidKey), "{key}");
        }
    }
}
