//! How large a document may be.

use crate::error::{ErrorCode, GraphError};

/// The largest number of bytes of a document.
pub(crate) const MAX_DOCUMENT_BYTES: usize = 16 * 1024;

/// Refuses documents above the limit.
pub(super) fn check(document: &str) -> Result<(), GraphError> {
    let actual = document.len();
    if actual <= MAX_DOCUMENT_BYTES {
        return Ok(());
    }
    let message =
        format!("the document has {actual} bytes: at most {MAX_DOCUMENT_BYTES} are allowed");
    let error = GraphError::new(ErrorCode::LimitDocumentBytes, &message);
    Err(error.with_limit(MAX_DOCUMENT_BYTES, Some(actual)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limit_itself_is_allowed_and_one_byte_more_is_not() {
        let document = |bytes| format!("{{{}}}", " ".repeat(bytes - 2));
        assert!(check(&document(MAX_DOCUMENT_BYTES)).is_ok());
        let error = check(&document(MAX_DOCUMENT_BYTES + 1)).unwrap_err();
        let entry = serde_json::to_value(error).unwrap();
        assert_eq!(entry["extensions"]["code"], "LIMIT_DOCUMENT_BYTES");
        assert_eq!(entry["extensions"]["actual"], MAX_DOCUMENT_BYTES + 1);
    }
}
