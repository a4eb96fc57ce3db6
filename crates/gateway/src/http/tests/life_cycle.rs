//! Connections, from the first byte to the stop of the server.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};

use super::super::serve;
use super::{Board, JSON};
use crate::{Gateway, GatewaySettings};

/// Sends the head of a request, waits until the server asks for the body, runs `halfway`, and
/// sends the body.
fn post_in_two_steps(address: SocketAddr, halfway: impl FnOnce()) -> String {
    let body = r#"{"query": "{ __typename }"}"#;
    let length = body.len();
    let head = format!(
        "POST /graphql HTTP/1.1\r\nHost: board\r\nContent-Type: {JSON}\r\n\
         Content-Length: {length}\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n"
    );
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(head.as_bytes()).unwrap();
    let mut asked = [0; 25];
    stream.read_exact(&mut asked).unwrap();
    assert_eq!(&asked, b"HTTP/1.1 100 Continue\r\n\r\n");
    halfway();
    stream.write_all(body.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[actix_web::test]
async fn a_stop_finishes_the_request_in_flight() {
    let board = Board::new().await;
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let gateway = Gateway::clone(&board.state.gateway);
    let (stop, stopped) = tokio::sync::oneshot::channel();
    let served = serve(gateway, listener, GatewaySettings::for_testing(), async {
        stopped.await.unwrap();
    });
    let asked =
        tokio::task::spawn_blocking(move || post_in_two_steps(address, || stop.send(()).unwrap()));
    let (served, answer) = tokio::join!(served, asked);
    assert!(served.is_ok());
    assert!(
        answer
            .unwrap()
            .ends_with(r#"{"data":{"__typename":"Query"}}"#)
    );
    assert!(TcpStream::connect(address).is_err());
}
