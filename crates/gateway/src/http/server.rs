//! The life of the server: listening, answering, taking its leave.

use std::any::Any;
use std::io;
use std::net::TcpListener;
use std::time::Duration;

use actix_web::HttpServer;
#[cfg(target_os = "linux")]
use actix_web::rt::net::TcpStream;

use super::{State, app};
use crate::{Gateway, GatewaySettings};

/// How long a connection may take to close after its last answer.
const CLOSING: Duration = Duration::from_secs(3);
/// Connections that the system holds for us until a worker takes them.
#[cfg(target_os = "linux")]
const BACKLOG: i32 = 1024;

/// How a server is asked to stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// By whoever runs it among others, which have to notice before they stop to send requests.
    Gently,
    /// By a person who waits for it.
    Now,
}

/// Serves `gateway` at `listener` until `shutdown` ends.
///
/// Then `/readyz` says so at once and every answer closes its connection, while requests are still
/// accepted for as long as balancers may need to notice. After that the requests in flight are
/// finished.
pub async fn serve(
    gateway: Gateway,
    listener: TcpListener,
    settings: GatewaySettings,
    shutdown: impl Future<Output = Stop>,
) -> io::Result<()> {
    let lame_duck = settings.edge.lame_duck;
    let state = State::new(gateway, settings);
    run(state, listener, shutdown, |stop| match stop {
        Stop::Gently => tokio::time::sleep(lame_duck),
        Stop::Now => tokio::time::sleep(Duration::ZERO),
    })
    .await
}

/// Serves until `shutdown` ends, and accepts requests until the `farewell` has ended after that.
pub(super) async fn run<F: Future<Output = ()>>(
    state: State,
    listener: TcpListener,
    shutdown: impl Future<Output = Stop>,
    farewell: impl FnOnce(Stop) -> F,
) -> io::Result<()> {
    let edge = state.settings.edge.clone();
    lengthen_backlog(&listener)?;
    let (readiness, seats) = (state.readiness.clone(), state.seats.clone());
    let bulk = state.bulk.clone();
    let mut server = HttpServer::new(move || app(&state))
        .workers(edge.workers)
        .client_request_timeout(edge.head_deadline)
        .keep_alive(edge.keep_alive)
        .client_disconnect_timeout(CLOSING)
        // Whoever hangs up does not want the answer any more: its operation ends, too.
        .h1_allow_half_closed(false)
        .tcp_nodelay(true)
        .on_connect(move |connection, _| limit_stalls(connection, edge.stall_deadline))
        .shutdown_timeout(whole_seconds(edge.shutdown_grace))
        .disable_signals()
        .listen(listener)?
        .run();
    let handle = server.handle();
    let stop = tokio::select! {
        ended = &mut server => return ended,
        stop = shutdown => stop,
    };
    readiness.stop();
    tokio::select! {
        ended = &mut server => return ended,
        () = farewell(stop) => {}
    }
    seats.leave();
    bulk.leave();
    let (ended, ()) = tokio::join!(server, handle.stop(true));
    ended
}

/// Makes room for connections that come faster than workers take them.
#[cfg(target_os = "linux")]
fn lengthen_backlog(listener: &TcpListener) -> io::Result<()> {
    socket2::SockRef::from(listener).listen(BACKLOG)
}

/// Other systems fix the room when a socket begins to listen.
#[cfg(not(target_os = "linux"))]
fn lengthen_backlog(_: &TcpListener) -> io::Result<()> {
    Ok(())
}

/// Lets the system close a connection whose client takes nothing of an answer for as long as
/// `deadline`; the server itself would wait for ever. Set on each connection rather than on the
/// listener, since connections may come before the listener is ours.
#[cfg(target_os = "linux")]
fn limit_stalls(connection: &dyn Any, deadline: Duration) {
    let Some(stream) = connection.downcast_ref::<TcpStream>() else {
        return;
    };
    let socket = socket2::SockRef::from(stream);
    if let Err(error) = socket.set_tcp_user_timeout(Some(deadline)) {
        let cause: &dyn std::error::Error = &error;
        tracing::warn!(error = cause, "a connection has no stall deadline");
    }
}

/// Other systems have no such option; there a proxy has to watch over slow clients.
#[cfg(not(target_os = "linux"))]
fn limit_stalls(_: &dyn Any, _: Duration) {}

/// The server counts its grace in seconds; a part of a second counts as one.
fn whole_seconds(duration: Duration) -> u64 {
    duration.as_secs() + u64::from(duration.subsec_nanos() > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grace_is_not_cut_short() {
        for (millis, seconds) in [(0, 0), (1, 1), (1000, 1), (1500, 2)] {
            assert_eq!(whole_seconds(Duration::from_millis(millis)), seconds);
        }
    }
}
