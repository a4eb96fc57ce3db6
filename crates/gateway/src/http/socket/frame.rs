//! Frames as servers send them, and the body of an upgrade that is made of them.

use std::convert::Infallible;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::web::Bytes;

use super::outbox::Outbox;

/// The first bit of a frame that is a whole message.
const WHOLE: u8 = 0x80;
const TEXT: u8 = 1;
const CLOSE: u8 = 8;
const PING: u8 = 9;
const PONG: u8 = 10;

/// What is sent.
#[derive(Clone, Debug)]
pub(super) enum Frame {
    /// A message.
    Text(Bytes),
    /// A sign of life of ours.
    Ping,
    /// The answer to a sign of life of the client.
    Pong(Bytes),
    /// The end of the conversation: a code and what people read.
    Close(u16, &'static str),
}

impl Frame {
    /// How many bytes are in it.
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Text(bytes) | Self::Pong(bytes) => bytes.len(),
            Self::Ping => 0,
            Self::Close(_code, words) => 2 + words.len(),
        }
    }

    /// The frame as it is sent; servers put no mask on it.
    pub(super) fn encoded(&self) -> Bytes {
        let (kind, payload) = match self {
            Self::Text(bytes) => (TEXT, bytes.clone()),
            Self::Ping => (PING, Bytes::new()),
            Self::Pong(bytes) => (PONG, bytes.clone()),
            Self::Close(code, words) => {
                let code = code.to_be_bytes();
                (CLOSE, [&code[..], words.as_bytes()].concat().into())
            }
        };
        let mut frame = Vec::with_capacity(payload.len() + 10);
        frame.push(WHOLE | kind);
        match (u8::try_from(payload.len()), u16::try_from(payload.len())) {
            (Ok(short @ 0..=125), _) => frame.push(short),
            (_, Ok(middle)) => {
                frame.push(126);
                frame.extend(middle.to_be_bytes());
            }
            (_, Err(_)) => {
                let length = u64::try_from(payload.len()).unwrap_or(u64::MAX);
                frame.push(127);
                frame.extend(length.to_be_bytes());
            }
        }
        frame.extend_from_slice(&payload);
        frame.into()
    }
}

/// The body of an upgrade: the frames of an outbox.
pub(super) struct Frames {
    pub(super) outbox: Rc<Outbox>,
    /// The body that it stands for: what comes from the client ends when that is dropped.
    pub(super) _upgrade: BoxBody,
}

impl MessageBody for Frames {
    type Error = Infallible;

    fn size(&self) -> BodySize {
        BodySize::Stream
    }

    fn poll_next(
        self: Pin<&mut Self>,
        task: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Infallible>>> {
        self.outbox.poll(task).map(|frame| frame.map(Ok))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_length_of_a_frame_has_three_forms() {
        let beginning = |bytes: usize| {
            let frame = Frame::Text(vec![b'a'; bytes].into()).encoded();
            assert!(frame.ends_with(&vec![b'a'; bytes]));
            frame[..frame.len() - bytes].to_vec()
        };
        assert_eq!(beginning(0), [0x81, 0]);
        assert_eq!(beginning(125), [0x81, 125]);
        assert_eq!(beginning(126), [0x81, 126, 0, 126]);
        assert_eq!(beginning(65_535), [0x81, 126, 255, 255]);
        assert_eq!(beginning(65_536), [0x81, 127, 0, 0, 0, 0, 0, 1, 0, 0]);
    }

    #[test]
    fn a_close_has_a_code_and_words() {
        let frame = Frame::Close(1012, "bye");
        assert_eq!(frame.encoded(), &b"\x88\x05\x03\xf4bye"[..]);
        assert_eq!(frame.len(), 5);
    }
}
