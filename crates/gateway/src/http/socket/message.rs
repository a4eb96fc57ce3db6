//! The messages of `graphql-transport-ws`.

use actix_web::web::Bytes;
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::close::Close;
use crate::execute::Message as Told;

/// What a client says.
#[derive(Debug)]
pub(super) enum FromClient {
    /// It begins the conversation, with its credentials if it has any.
    Init(Option<Map<String, Value>>),
    /// It asks whether we are there.
    Ping(Option<Box<RawValue>>),
    /// It is there.
    Pong,
    /// It wants an operation to run.
    Subscribe {
        /// How both sides name the operation.
        id: String,
        /// The operation as a request; nothing when there is none.
        request: Box<RawValue>,
    },
    /// It does not want to hear of an operation any more.
    Complete {
        /// Which one.
        id: String,
    },
}

/// The members as they come.
#[derive(Deserialize)]
struct Members {
    #[serde(rename = "type")]
    kind: Option<Value>,
    id: Option<Value>,
    payload: Option<Box<RawValue>>,
}

impl FromClient {
    /// Reads a message; what is none is an end of the conversation.
    pub(super) fn read(text: &str) -> Result<Self, Close> {
        // A derived struct would read an array as well.
        if !text.trim_start().starts_with('{') {
            return Err(Close::BadMessage("a message is not a JSON object"));
        }
        let members: Result<Members, _> = serde_json::from_str(text);
        let Ok(Members { kind, id, payload }) = members else {
            return Err(Close::BadMessage("a message is not a JSON object"));
        };
        let kind = kind.as_ref().and_then(Value::as_str);
        match kind {
            Some("connection_init") => credentials(payload.as_deref()).map(Self::Init),
            Some("ping") => Ok(Self::Ping(payload)),
            Some("pong") => Ok(Self::Pong),
            Some("subscribe") => Ok(Self::Subscribe {
                id: name(id)?,
                request: payload.unwrap_or_default(),
            }),
            Some("complete") => Ok(Self::Complete { id: name(id)? }),
            Some(_) => Err(Close::BadMessage("a message has an unknown type")),
            None => Err(Close::BadMessage("a message has no type")),
        }
    }
}

fn credentials(payload: Option<&RawValue>) -> Result<Option<Map<String, Value>>, Close> {
    let read =
        payload.map(|payload| serde_json::from_str::<Option<Map<String, Value>>>(payload.get()));
    match read.transpose() {
        Ok(payload) => Ok(payload.flatten()),
        Err(_other) => Err(Close::BadMessage("the payload is not an object")),
    }
}

fn name(id: Option<Value>) -> Result<String, Close> {
    match id {
        Some(Value::String(id)) if !id.is_empty() => Ok(id),
        _ => Err(Close::BadMessage("a message has no id")),
    }
}

/// `connection_ack`
pub(super) fn acknowledgement() -> Bytes {
    Bytes::from_static(br#"{"type":"connection_ack"}"#)
}

/// `pong`, with what came with the ping.
pub(super) fn pong(payload: Option<&RawValue>) -> Bytes {
    match payload {
        Some(payload) => format!(r#"{{"type":"pong","payload":{}}}"#, payload.get()).into(),
        None => Bytes::from_static(br#"{"type":"pong"}"#),
    }
}

/// `next` with a result, or `error` with a list of errors.
pub(super) fn told(id: &str, message: &Told) -> Bytes {
    let (kind, payload) = match message {
        Told::Refusal(errors) => ("error", errors),
        Told::Body(body) => ("next", body),
    };
    let mut text = of(id, kind);
    text.extend_from_slice(b",\"payload\":");
    text.extend_from_slice(payload);
    text.push(b'}');
    text.into()
}

/// `complete`
pub(super) fn complete(id: &str) -> Bytes {
    let mut text = of(id, "complete");
    text.push(b'}');
    text.into()
}

/// The beginning of a message about an operation.
fn of(id: &str, kind: &str) -> Vec<u8> {
    let id = Value::from(id);
    format!(r#"{{"id":{id},"type":"{kind}""#).into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(text: &str) -> Close {
        FromClient::read(text).unwrap_err()
    }

    #[test]
    fn what_is_no_message_ends_the_conversation() {
        for text in [
            "",
            "nothing",
            "[]",
            "7",
            "{",
            r#"{"type":"ping"} x"#,
            r#"{"id":"1"}"#,
            r#"{"type":7}"#,
            r#"{"type":"next","id":"1"}"#,
            r#"{"type":"connection_ack"}"#,
            r#"{"type":"subscribe","payload":{}}"#,
            r#"{"type":"subscribe","id":"","payload":{}}"#,
            r#"{"type":"subscribe","id":7,"payload":{}}"#,
            r#"{"type":"complete"}"#,
            r#"{"type":"ping","type":"ping"}"#,
            r#"{"type":"connection_init","payload":"x"}"#,
        ] {
            assert!(matches!(close(text), Close::BadMessage(_)), "{text}");
        }
    }

    #[test]
    fn members_that_nobody_knows_are_of_no_meaning() {
        assert!(FromClient::read(r#" {"type":"pong","extra":{"a":[]}}"#).is_ok());
        let init = FromClient::read(r#"{"type":"connection_init","payload":null}"#);
        assert!(matches!(init, Ok(FromClient::Init(None))));
    }

    #[test]
    fn ids_are_written_as_json() {
        assert_eq!(complete("a\"b"), r#"{"id":"a\"b","type":"complete"}"#);
        let list = Told::Refusal(Bytes::from_static(b"[]"));
        assert_eq!(
            told("1", &list),
            r#"{"id":"1","type":"error","payload":[]}"#
        );
        let ping = FromClient::read(r#"{"type":"ping","payload":{"a": 1}}"#).unwrap();
        let FromClient::Ping(payload) = ping else {
            panic!("{ping:?}")
        };
        assert_eq!(
            pong(payload.as_deref()),
            r#"{"type":"pong","payload":{"a": 1}}"#
        );
        assert_eq!(pong(None), r#"{"type":"pong"}"#);
    }
}
