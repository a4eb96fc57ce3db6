//! What comes from the client: whole messages out of frames.

use actix_web::web::BytesMut;
use actix_ws::{Item, Message, MessageStream, ProtocolError};

use super::close::Close;

/// What comes from the client.
pub(super) struct Incoming {
    frames: MessageStream,
    /// A message of which more frames are to come.
    begun: Option<BytesMut>,
    limit: usize,
}

/// What a client sends.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Heard {
    /// A message.
    Text(String),
    /// A sign of life that wants an answer.
    Ping(actix_web::web::Bytes),
    /// A sign of life.
    Pong,
}

impl Incoming {
    /// Messages have `limit` bytes at most, also when they come in several frames.
    pub(super) fn new(frames: MessageStream, limit: usize) -> Self {
        Self {
            frames: frames.max_frame_size(limit),
            begun: None,
            limit,
        }
    }

    /// The next message, or how the conversation ends. Nothing is lost when the waiting is given
    /// up.
    pub(super) async fn next(&mut self) -> Result<Heard, Close> {
        loop {
            let frame = match self.frames.recv().await {
                Some(Ok(frame)) => frame,
                Some(Err(error)) => return Err(broken(&error)),
                None => return Err(Close::Gone),
            };
            let whole = match frame {
                Message::Text(text) => return Ok(Heard::Text(text.into())),
                Message::Ping(payload) => return Ok(Heard::Ping(payload)),
                Message::Pong(_) => return Ok(Heard::Pong),
                Message::Close(_) => return Err(Close::Normal),
                Message::Binary(_) | Message::Continuation(Item::FirstBinary(_)) => {
                    return Err(Close::BadMessage("a message is not a text"));
                }
                Message::Continuation(item) => self.part(item)?,
                Message::Nop => None,
            };
            if let Some(text) = whole {
                return Ok(Heard::Text(text));
            }
        }
    }

    /// Throws away what comes; whether anything did.
    pub(super) async fn drain(&mut self) -> bool {
        matches!(self.frames.recv().await, Some(Ok(_)))
    }

    /// Joins the parts of a message.
    fn part(&mut self, item: Item) -> Result<Option<String>, Close> {
        let (part, is_last) = match item {
            Item::FirstText(part) => {
                self.begun = Some(BytesMut::new());
                (part, false)
            }
            Item::Continue(part) => (part, false),
            Item::Last(part) => (part, true),
            Item::FirstBinary(_) => return Err(Close::BadFrame),
        };
        let begun = self.begun.as_mut().ok_or(Close::BadFrame)?;
        if begun.len() + part.len() > self.limit {
            return Err(Close::TooLarge);
        }
        begun.extend_from_slice(&part);
        if !is_last {
            return Ok(None);
        }
        let whole = self.begun.take().unwrap_or_default();
        match String::from_utf8(whole.to_vec()) {
            Ok(text) => Ok(Some(text)),
            Err(_not_text) => Err(Close::BadText),
        }
    }
}

fn broken(error: &ProtocolError) -> Close {
    match error {
        ProtocolError::Overflow => Close::TooLarge,
        ProtocolError::Io(error) if error.kind() == std::io::ErrorKind::InvalidData => {
            Close::BadText
        }
        ProtocolError::Io(_) => Close::Gone,
        _ => Close::BadFrame,
    }
}
