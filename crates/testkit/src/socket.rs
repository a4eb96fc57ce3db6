//! A client of sockets that hides nothing: what it sends are frames, and so is what it gets.

use std::io::{self, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use serde_json::Value;

/// A test that waits longer than this has failed.
const PATIENCE: Duration = Duration::from_secs(30);

/// The frame of a text.
const TEXT: u8 = 1;
/// The frame that says that the conversation is over.
const CLOSE: u8 = 8;
const PING: u8 = 9;
const PONG: u8 = 10;
/// The first bit of a frame that ends its message.
const LAST: u8 = 0x80;

/// A socket that speaks `graphql-transport-ws`. It blocks, so use it on a thread of its own.
#[derive(Debug)]
pub struct Socket {
    stream: TcpStream,
}

/// What a server says.
#[derive(Clone, Debug, PartialEq)]
pub enum Said {
    /// A message.
    Message(Value),
    /// The conversation is over, and why.
    Close(u16),
    /// A sign of life that wants an answer.
    Ping,
    /// The answer to a sign of life.
    Pong(Vec<u8>),
    /// The connection is gone.
    Gone,
}

impl Socket {
    /// Opens a socket; with the head of the answer when there is none.
    pub fn open(address: SocketAddr, headers: &str) -> Result<Self, String> {
        let protocol = "Sec-WebSocket-Protocol: graphql-transport-ws\r\n";
        Self::upgrade(address, &format!("{protocol}{headers}"))
    }

    /// The same with exactly these headers besides those of every upgrade.
    pub fn upgrade(address: SocketAddr, headers: &str) -> Result<Self, String> {
        let mut stream = TcpStream::connect(address).expect("the server listens");
        stream
            .set_read_timeout(Some(PATIENCE))
            .expect("a timeout can be set");
        let head = format!(
            "GET /graphql HTTP/1.1\r\nHost: board\r\nConnection: Upgrade\r\n\
             Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
             Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n{headers}\r\n"
        );
        stream
            .write_all(head.as_bytes())
            .expect("the head is taken");
        let mut answer = Vec::new();
        let mut byte = [0];
        while !answer.ends_with(b"\r\n\r\n") {
            stream.read_exact(&mut byte).expect("the head ends");
            answer.push(byte[0]);
        }
        let answer = String::from_utf8(answer).expect("the head is a text");
        if answer.starts_with("HTTP/1.1 101 ") {
            Ok(Self { stream })
        } else {
            Err(answer)
        }
    }

    /// A socket on which the conversation has begun.
    #[must_use]
    pub fn begun(address: SocketAddr) -> Self {
        Self::begun_with(address, &serde_json::json!({}))
    }

    /// A socket on which the conversation has begun with a payload.
    #[must_use]
    pub fn begun_with(address: SocketAddr, payload: &Value) -> Self {
        let mut socket = Self::open(address, "").expect("the socket is opened");
        socket.say(&serde_json::json!({ "type": "connection_init", "payload": payload }));
        let acknowledged = serde_json::json!({ "type": "connection_ack" });
        assert_eq!(socket.hear(), Said::Message(acknowledged));
        socket
    }

    /// Sends a message.
    pub fn say(&mut self, message: &Value) {
        self.text(&message.to_string());
    }

    /// Asks for an operation.
    pub fn subscribe(&mut self, id: &str, query: &str) {
        let payload = serde_json::json!({ "query": query });
        self.say(&serde_json::json!({ "type": "subscribe", "id": id, "payload": payload }));
    }

    /// Sends a text.
    pub fn text(&mut self, text: &str) {
        self.frame(LAST | TEXT, text.as_bytes());
    }

    /// Sends a frame: its first byte and what is in it. A server that is gone takes nothing.
    pub fn frame(&mut self, first: u8, payload: &[u8]) {
        let mut frame = vec![first];
        match u16::try_from(payload.len()) {
            Ok(short) if short < 126 => frame.push(0x80 | payload.len().to_le_bytes()[0]),
            Ok(middle) => {
                frame.push(0xfe);
                frame.extend(middle.to_be_bytes());
            }
            Err(_) => {
                frame.push(0xff);
                frame.extend([0; 4]);
                let length = u32::try_from(payload.len()).expect("a frame of a test is small");
                frame.extend(length.to_be_bytes());
            }
        }
        // A mask of zeros leaves everything as it is.
        frame.extend([0; 4]);
        frame.extend(payload);
        let _gone = self.stream.write_all(&frame);
    }

    /// What the server says next.
    pub fn hear(&mut self) -> Said {
        self.read().unwrap_or(Said::Gone)
    }

    /// What the server says next, apart from signs of life, which are answered.
    pub fn message(&mut self) -> Said {
        loop {
            match self.hear() {
                Said::Ping => self.frame(LAST | PONG, b""),
                Said::Pong(_) => {}
                said => return said,
            }
        }
    }

    /// The code with which the server ends the conversation, whatever it says before.
    pub fn close_code(&mut self) -> Option<u16> {
        loop {
            match self.message() {
                Said::Close(code) => return Some(code),
                Said::Gone => return None,
                _ => {}
            }
        }
    }

    fn read(&mut self) -> io::Result<Said> {
        let mut head = [0; 2];
        self.stream.read_exact(&mut head)?;
        let length = match head[1] & 0x7f {
            126 => {
                let mut length = [0; 2];
                self.stream.read_exact(&mut length)?;
                usize::from(u16::from_be_bytes(length))
            }
            127 => {
                let mut length = [0; 8];
                self.stream.read_exact(&mut length)?;
                usize::try_from(u64::from_be_bytes(length)).unwrap_or(usize::MAX)
            }
            short => usize::from(short),
        };
        let mut payload = vec![0; length];
        self.stream.read_exact(&mut payload)?;
        Ok(match head[0] & 0x0f {
            TEXT => Said::Message(serde_json::from_slice(&payload).expect("messages are JSON")),
            CLOSE => Said::Close(match payload.as_slice() {
                [high, low, ..] => u16::from_be_bytes([*high, *low]),
                _ => 1005,
            }),
            PING => Said::Ping,
            PONG => Said::Pong(payload),
            other => panic!("a frame of kind {other}"),
        })
    }
}
