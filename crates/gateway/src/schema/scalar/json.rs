//! JSON inside of JSON.

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};

use crate::selection::Selected;
use crate::write::{Output, Writer, Wrote};

/// A document whose form another standard defines.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Json(pub(crate) serde_json::Value);

/// Any JSON value, for documents whose form another standard defines.
#[Scalar(
    name = "JSON",
    specified_by_url = "https://www.rfc-editor.org/rfc/rfc8259"
)]
impl ScalarType for Json {
    fn parse(value: Value) -> InputValueResult<Self> {
        let json = value.clone().into_json().map(Self);
        json.map_err(|_not_json| InputValueError::expected_type(value))
    }

    fn to_value(&self) -> Value {
        // Every JSON value is a value of the engine as well.
        Value::from_json(self.0.clone()).unwrap_or_default()
    }
}

impl Output for Json {
    fn write(&self, field: &Selected, writer: &mut Writer<'_>) -> Wrote {
        writer.document(&self.0, field)
    }
}
