//! Clients that ask all the time and never ask twice.

use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::Duration;

use serde_json::Value;

/// How long a client waits for an answer before it counts it as lost.
const PATIENCE: Duration = Duration::from_secs(10);

/// What became of one request: nothing to say, or why it failed.
type Outcome = Result<(), String>;

/// Several clients, each with a connection of its own, that ask one question over and over.
pub(crate) struct Load {
    outcomes: Receiver<Outcome>,
    enough: Arc<AtomicBool>,
    tally: Tally,
}

/// What became of all requests.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub(crate) sent: usize,
    pub(crate) failures: Vec<String>,
}

impl Load {
    /// Starts as many clients as wanted, which expect this answer to this query.
    pub(crate) fn start(clients: usize, address: SocketAddr, query: &str, answer: &Value) -> Self {
        let (sender, outcomes) = mpsc::channel();
        let enough = Arc::new(AtomicBool::new(false));
        for _ in 0..clients {
            let client = Client {
                address,
                request: request(query),
                expected: answer.clone(),
                connection: None,
            };
            let (sender, enough) = (sender.clone(), Arc::clone(&enough));
            thread::spawn(move || client.keep_asking(&enough, &sender));
        }
        Self {
            outcomes,
            enough,
            tally: Tally::default(),
        }
    }

    /// Waits until this many more requests have come to their end.
    pub(crate) fn wait_for(&mut self, requests: usize) {
        let outcomes = self.outcomes.iter().take(requests);
        outcomes.for_each(|outcome| self.tally.add(outcome));
    }

    /// Stops the clients, each after its request in flight.
    pub(crate) fn finish(mut self) -> Tally {
        self.enough.store(true, Ordering::Relaxed);
        // The channel ends when the last client has dropped its sender.
        self.outcomes
            .iter()
            .for_each(|outcome| self.tally.add(outcome));
        self.tally
    }
}

impl Tally {
    fn add(&mut self, outcome: Outcome) {
        self.sent += 1;
        self.failures.extend(outcome.err());
    }
}

/// A client as the standard wants it: it keeps its connection until an answer closes it.
struct Client {
    address: SocketAddr,
    request: String,
    expected: Value,
    connection: Option<BufReader<TcpStream>>,
}

impl Client {
    fn keep_asking(mut self, enough: &AtomicBool, outcomes: &Sender<Outcome>) {
        while !enough.load(Ordering::Relaxed) {
            if outcomes.send(self.ask()).is_err() {
                return; // nobody counts any more
            }
        }
    }

    /// Asks once. After a failure the connection is given up, and the request is not repeated.
    fn ask(&mut self) -> Outcome {
        let kept = self.connection.take();
        let age = if kept.is_some() { "kept" } else { "new" };
        let connection = kept.map_or_else(|| self.connect(), Ok);
        let asked = connection.and_then(|mut connection| {
            let answer = exchange(&mut connection, &self.request)?;
            Ok((answer, connection))
        });
        let (answer, connection) =
            asked.map_err(|error| format!("on a {age} connection: {error}"))?;
        self.connection = (!answer.closes).then_some(connection);
        answer.check(&self.expected)
    }

    fn connect(&self) -> io::Result<BufReader<TcpStream>> {
        let stream = TcpStream::connect_timeout(&self.address, PATIENCE)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        Ok(BufReader::new(stream))
    }
}

/// One response, as far as it matters here.
#[derive(Default)]
struct Answer {
    status_line: String,
    /// Whether the server wants the connection closed.
    closes: bool,
    body: Vec<u8>,
}

impl Answer {
    fn check(&self, expected: &Value) -> Outcome {
        let body: Option<Value> = serde_json::from_slice(&self.body).ok();
        if self.status_line.starts_with("HTTP/1.1 200 ") && body.as_ref() == Some(expected) {
            return Ok(());
        }
        let body = String::from_utf8_lossy(&self.body);
        Err(format!("{}: {body}", self.status_line))
    }
}

fn request(query: &str) -> String {
    let body = serde_json::json!({ "query": query }).to_string();
    format!(
        "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    )
}

/// Sends a request and reads the whole answer, whose length has to be announced.
fn exchange(connection: &mut BufReader<TcpStream>, request: &str) -> io::Result<Answer> {
    connection.get_mut().write_all(request.as_bytes())?;
    let mut answer = Answer {
        status_line: line(connection)?,
        ..Answer::default()
    };
    let mut length = None;
    loop {
        let header = line(connection)?.to_ascii_lowercase();
        match header.split_once(':') {
            Some(("content-length", value)) => length = value.trim().parse().ok(),
            Some(("connection", value)) => answer.closes = value.contains("close"),
            Some(_) => {}
            None => break,
        }
    }
    answer.body = vec![0; length.ok_or_else(|| io::Error::other("an answer without a length"))?];
    connection.read_exact(&mut answer.body)?;
    Ok(answer)
}

/// A line of the head, without its end.
fn line(connection: &mut BufReader<TcpStream>) -> io::Result<String> {
    let mut line = String::new();
    match connection.read_line(&mut line)? {
        0 => Err(io::Error::other("the server hung up")),
        _ => Ok(line.trim_end().to_owned()),
    }
}
