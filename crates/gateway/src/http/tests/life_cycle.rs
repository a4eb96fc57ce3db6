//! Connections, from the first byte to the stop of the server.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::time::{Duration, Instant};

use tokio::sync::oneshot;

use super::super::server::{self, Stop};
use super::{Board, JSON};

/// A test that waits longer than this has failed.
const PATIENCE: Duration = Duration::from_secs(20);
const SHORT: Duration = Duration::from_millis(50);

/// The way down of a server: whatever is dropped is not waited for.
pub(super) struct Switches {
    pub(super) stop: oneshot::Sender<()>,
    pub(super) leave: oneshot::Sender<()>,
}

/// Serves a board while `client` runs.
pub(super) async fn serving<T: Send + 'static>(
    board: Board,
    client: impl FnOnce(SocketAddr, Switches) -> T + Send + 'static,
) -> T {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel();
    let (leave, left) = oneshot::channel();
    let turned = |switch: oneshot::Receiver<()>| async { switch.await.unwrap_or_default() };
    let shutdown = async {
        turned(stopped).await;
        Stop::Gently
    };
    let server = server::run(board.state.clone(), listener, shutdown, |_| turned(left));
    let switches = Switches { stop, leave };
    let client = tokio::task::spawn_blocking(move || client(address, switches));
    let (ended, seen) = tokio::join!(server, client);
    assert!(ended.is_ok());
    assert!(TcpStream::connect(address).is_err());
    seen.unwrap()
}

fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream
}

/// Everything that the server sends until it closes the connection.
fn rest(mut stream: TcpStream) -> String {
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

/// What the server sends, up to and with a text that is waited for.
pub(super) fn until(mut stream: &TcpStream, expected: &str) -> String {
    let mut answer = Vec::new();
    let mut piece = [0; 1024];
    loop {
        let text = String::from_utf8_lossy(&answer);
        if text.contains(expected) {
            return text.into_owned();
        }
        let length = stream.read(&mut piece).unwrap();
        assert!(length > 0, "{expected} in {text}");
        answer.extend_from_slice(&piece[..length]);
    }
}

/// The answer to a request on a connection of its own.
fn get(address: SocketAddr, path: &str) -> String {
    let mut stream = connect(address);
    let head = format!("GET {path} HTTP/1.1\r\nHost: board\r\nConnection: close\r\n\r\n");
    stream.write_all(head.as_bytes()).unwrap();
    rest(stream)
}

/// Asks until the answer is the one that is waited for.
fn await_answer(address: SocketAddr, path: &str, expected: &str) -> String {
    let begun = Instant::now();
    loop {
        let answer = get(address, path);
        if answer.contains(expected) {
            return answer;
        }
        assert!(begun.elapsed() < PATIENCE, "{expected} in {answer}");
    }
}

/// Sends the head of a request, waits until the server asks for the body, runs `halfway`, and
/// sends the body.
fn post_in_two_steps(address: SocketAddr, halfway: impl FnOnce()) -> String {
    let body = r#"{"query": "{ __typename }"}"#;
    let length = body.len();
    let head = format!(
        "POST /graphql HTTP/1.1\r\nHost: board\r\nContent-Type: {JSON}\r\n\
         Content-Length: {length}\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n"
    );
    let mut stream = connect(address);
    stream.write_all(head.as_bytes()).unwrap();
    let mut asked = [0; 25];
    stream.read_exact(&mut asked).unwrap();
    assert_eq!(&asked, b"HTTP/1.1 100 Continue\r\n\r\n");
    halfway();
    stream.write_all(body.as_bytes()).unwrap();
    rest(stream)
}

#[actix_web::test]
async fn a_stop_finishes_the_request_in_flight() {
    let answer = serving(Board::new().await, |address, switches| {
        post_in_two_steps(address, move || drop(switches))
    });
    let answer = answer.await;
    assert!(answer.ends_with(r#"{"data":{"__typename":"Query"}}"#));
}

#[actix_web::test]
async fn before_a_stop_the_server_says_so_and_still_answers() {
    let answers = serving(Board::new().await, |address, switches| {
        let Switches { stop, leave } = switches;
        let mut kept = connect(address);
        let request = b"GET /healthz HTTP/1.1\r\nHost: board\r\n\r\n";
        kept.write_all(request).unwrap();
        until(&kept, "ok\n");
        assert!(get(address, "/readyz").starts_with("HTTP/1.1 200"));
        drop(stop);
        let unready = await_answer(address, "/readyz", "HTTP/1.1 503");
        let answered = get(address, "/graphql?query=%7B__typename%7D");
        kept.write_all(request).unwrap();
        let last = rest(kept);
        drop(leave);
        (unready, answered, last)
    });
    let (unready, answered, last) = answers.await;
    assert!(unready.contains("retry-after: 1\r\n"), "{unready}");
    assert!(unready.contains("UNAVAILABLE"), "{unready}");
    assert!(answered.starts_with("HTTP/1.1 200"), "{answered}");
    assert!(last.contains("connection: close\r\n"), "{last}");
    assert!(last.ends_with("ok\n"), "{last}");
}

#[actix_web::test]
async fn a_head_that_does_not_arrive_in_time_ends_its_connection() {
    let board = Board::with(|edge| edge.head_deadline = SHORT).await;
    let answer = serving(board, |address, _switches| {
        let mut stream = connect(address);
        stream.write_all(b"GET /healthz HT").unwrap();
        rest(stream)
    });
    let answer = answer.await;
    assert!(
        answer.is_empty() || answer.starts_with("HTTP/1.1 408"),
        "{answer}"
    );
}

#[actix_web::test]
async fn a_body_that_does_not_arrive_in_time_is_not_waited_for() {
    let board = Board::with(|edge| edge.body_deadline = SHORT).await;
    let answer = serving(board, |address, _switches| {
        let mut stream = connect(address);
        let head = format!(
            "POST /graphql HTTP/1.1\r\nHost: board\r\nContent-Type: {JSON}\r\n\
             Content-Length: 27\r\n\r\n{{\"query\":"
        );
        stream.write_all(head.as_bytes()).unwrap();
        until(&stream, "\"TIMEOUT\"")
    });
    let answer = answer.await;
    assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
}

#[actix_web::test]
async fn an_idle_connection_is_closed() {
    let board = Board::with(|edge| edge.keep_alive = SHORT).await;
    let answer = serving(board, |address, _switches| {
        let mut stream = connect(address);
        let request = b"GET /healthz HTTP/1.1\r\nHost: board\r\n\r\n";
        stream.write_all(request).unwrap();
        rest(stream)
    });
    assert!(answer.await.ends_with("ok\n"));
}

#[actix_web::test]
async fn whoever_hangs_up_makes_room() {
    let board = Board::with(|edge| {
        edge.concurrency = 0;
        edge.queue_deadline = PATIENCE * 10;
    });
    serving(board.await, |address, _switches| {
        let mut waiting = connect(address);
        let request = b"GET /graphql?query=%7B__typename%7D HTTP/1.1\r\nHost: board\r\n\r\n";
        waiting.write_all(request).unwrap();
        await_answer(address, "/metrics", "rolegraph_queued 1\n");
        drop(waiting);
        await_answer(address, "/metrics", "rolegraph_queued 0\n");
    })
    .await;
}

#[actix_web::test]
async fn whoever_takes_its_answers_slowly_holds_a_part_of_the_budget() {
    let schema = crate::sdl().len();
    let board = Board::with(|edge| edge.sending_bytes = schema * 3 / 2).await;
    serving(board, |address, _switches| {
        let slow = connect(address);
        slow.set_nonblocking(true).unwrap();
        let requests = b"GET /schema.graphql HTTP/1.1\r\nHost: board\r\n\r\n".repeat(100);
        let mut sent = 0;
        let begun = Instant::now();
        while !get(address, "/schema.graphql").starts_with("HTTP/1.1 503") {
            while let Ok(bytes) = (&slow).write(&requests[sent..]) {
                sent = (sent + bytes) % requests.len();
            }
            assert!(begun.elapsed() < PATIENCE);
        }
        drop(slow);
        await_answer(address, "/schema.graphql", "HTTP/1.1 200");
    })
    .await;
}

#[cfg(target_os = "linux")]
#[actix_web::test]
async fn a_client_that_takes_nothing_of_its_answers_is_cut_off() {
    let board = Board::with(|edge| edge.stall_deadline = SHORT).await;
    serving(board, |address, _switches| {
        let mut greedy = connect(address);
        greedy.set_write_timeout(Some(PATIENCE)).unwrap();
        let request = b"GET /schema.graphql HTTP/1.1\r\nHost: board\r\n\r\n";
        // The server stops to read when nothing can be sent any more, and then it hangs up.
        while greedy.write_all(request).is_ok() {}
        await_answer(address, "/metrics", "rolegraph_sending_bytes 0\n");
    })
    .await;
}
