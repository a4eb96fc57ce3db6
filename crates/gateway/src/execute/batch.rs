//! The body of a request: one request, or a batch of them where that is allowed.

use serde_json::value::RawValue;

use super::GraphRequest;
use super::request::malformed;
use crate::error::GraphError;

/// What a body holds.
#[derive(Debug)]
pub(crate) enum Incoming {
    /// One request.
    Single(GraphRequest),
    /// Requests to be answered in their order.
    Batch(Vec<GraphRequest>),
}

impl Incoming {
    /// Reads a body; `largest` is the largest number of requests of a batch, 0 for none at all.
    pub(crate) fn from_body(body: &[u8], largest: usize) -> Result<Self, GraphError> {
        let is_batch = body.trim_ascii_start().first() == Some(&b'[');
        if !is_batch {
            return GraphRequest::from_slice(body).map(Self::Single);
        }
        if largest == 0 {
            return Err(malformed(
                "batches are not answered here: send one JSON object",
            ));
        }
        let items: Vec<&RawValue> = serde_json::from_slice(body)
            .map_err(|error| malformed(&format!("the body is not a batch: {error}")))?;
        if !(1..=largest).contains(&items.len()) {
            let found = items.len();
            let message = format!("the batch has {found} requests: expected 1 to {largest}");
            return Err(malformed(&message).with_limit(largest, Some(found)));
        }
        let requests = items
            .iter()
            .map(|item| GraphRequest::from_slice(item.get().as_bytes()));
        requests.collect::<Result<_, _>>().map(Self::Batch)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &str, largest: usize) -> Result<usize, String> {
        match Incoming::from_body(body.as_bytes(), largest) {
            Ok(Incoming::Single(_)) => Ok(0),
            Ok(Incoming::Batch(requests)) => Ok(requests.len()),
            Err(error) => {
                let error = serde_json::to_value(error).unwrap();
                Err(error["message"].as_str().unwrap().to_owned())
            }
        }
    }

    #[test]
    fn batches_are_read_where_they_are_allowed() {
        let one = r#"{"query": "{a}"}"#;
        assert_eq!(read(one, 0), Ok(0));
        assert_eq!(read(&format!(" [{one}, {one}]"), 2), Ok(2));
        assert!(
            read(&format!("[{one}]"), 0)
                .unwrap_err()
                .starts_with("batches are not")
        );
        assert_eq!(
            read(&format!("[{one}, {one}, {one}]"), 2).unwrap_err(),
            "the batch has 3 requests: expected 1 to 2"
        );
        assert!(read("[]", 2).unwrap_err().starts_with("the batch has 0"));
        assert_eq!(
            read(r#"[{"query": 7}]"#, 2).unwrap_err(),
            "query is not a string"
        );
        assert_eq!(read("[7]", 2).unwrap_err(), "the body is not a JSON object");
    }
}
