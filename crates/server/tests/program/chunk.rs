//! Answers that come in chunks, read as they arrive.

use std::io::{BufRead, BufReader, Error, ErrorKind, Read, Result};
use std::net::TcpStream;

/// An answer whose body is read as it arrives.
pub(crate) struct Chunked {
    pub(crate) status: u16,
    pub(crate) body: BufReader<Chunks>,
}

/// The bytes of a body; one that breaks off is an error.
pub(crate) struct Chunks {
    stream: BufReader<TcpStream>,
    /// What is left of a chunk; `None` behind the last one.
    left: Option<usize>,
}

impl Chunked {
    /// Reads the head of an answer.
    pub(crate) fn read(stream: TcpStream) -> Self {
        let mut stream = BufReader::new(stream);
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            assert_ne!(stream.read_line(&mut head).unwrap(), 0, "{head}");
        }
        let is_chunked = head.contains("transfer-encoding: chunked");
        let left = is_chunked.then_some(0);
        Self {
            status: head.split(' ').nth(1).unwrap().parse().unwrap(),
            body: BufReader::new(Chunks { stream, left }),
        }
    }
}

impl Chunks {
    /// Reads how long the next chunk is, behind the break that ends the one before.
    fn next_chunk(&mut self) -> Result<Option<usize>> {
        let mut line = String::new();
        while line.trim().is_empty() {
            if self.stream.read_line(&mut line)? == 0 {
                return Err(Error::from(ErrorKind::UnexpectedEof));
            }
        }
        let length = usize::from_str_radix(line.trim(), 16);
        let length = length.map_err(|_no_number| Error::from(ErrorKind::InvalidData))?;
        Ok(Some(length).filter(|length| *length > 0))
    }
}

impl Read for Chunks {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        if self.left == Some(0) {
            self.left = self.next_chunk()?;
        }
        let Some(left) = self.left else { return Ok(0) };
        let most = left.min(buffer.len());
        let read = self.stream.read(&mut buffer[..most])?;
        if read == 0 {
            return Err(Error::from(ErrorKind::UnexpectedEof));
        }
        self.left = Some(left - read);
        Ok(read)
    }
}
