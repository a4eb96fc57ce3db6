//! The data of an answer, as the beginning of its body.

use actix_web::web::Bytes;
use async_graphql::Value;
use serde::Serialize;

/// How a body begins that holds no errors.
const BEFORE: &[u8] = br#"{"data":"#;

/// The data of an answer: the bytes of a body as far as `{"data":…`, so that nothing has to be
/// copied when nothing failed.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Data(Vec<u8>);

impl Data {
    /// No data.
    pub(crate) fn null() -> Self {
        Self([BEFORE, b"null"].concat())
    }

    /// The data of an answer that the engine made.
    pub(crate) fn of(value: &Value) -> Self {
        let mut bytes = Self::begun(1024);
        match value.serialize(&mut serde_json::Serializer::new(&mut bytes)) {
            Ok(()) => Self(bytes),
            // A value of the engine has text keys only, so that it always can be written.
            Err(_impossible) => Self::null(),
        }
    }

    /// The data that somebody has written behind [`Self::begun`].
    pub(super) fn written(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// The beginning of data, with room for more.
    pub(super) fn begun(capacity: usize) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(capacity);
        bytes.extend_from_slice(BEFORE);
        bytes
    }

    /// Whether there are no data.
    pub(crate) fn is_null(&self) -> bool {
        self.json() == b"null"
    }

    /// The data as JSON.
    pub(crate) fn json(&self) -> &[u8] {
        self.0.get(BEFORE.len()..).unwrap_or_default()
    }

    /// The body that holds the data and nothing else.
    pub(crate) fn into_body(self) -> Bytes {
        let mut body = self.0;
        body.push(b'}');
        body.into()
    }

    /// The body that begins with the data: `{"data":…`.
    pub(crate) fn into_beginning(self) -> Vec<u8> {
        self.0
    }
}

impl std::fmt::Debug for Data {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&String::from_utf8_lossy(self.json()))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn data_are_the_beginning_of_a_body() {
        let data = Data::of(&Value::from_json(json!({"a": [1, "\""]})).unwrap());
        assert_eq!(data.json(), br#"{"a":[1,"\""]}"#);
        assert!(!data.is_null());
        assert!(Data::null().is_null());
        assert_eq!(Data::null().into_beginning(), br#"{"data":null"#);
    }
}
