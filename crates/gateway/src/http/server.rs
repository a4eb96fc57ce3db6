//! The life of the server: listening, answering, taking its leave.

use std::io;
use std::net::TcpListener;

use actix_web::HttpServer;

use super::{State, app};
use crate::{Gateway, GatewaySettings};

/// Serves `gateway` at `listener` until `shutdown` ends; then finishes the requests in flight.
pub async fn serve(
    gateway: Gateway,
    listener: TcpListener,
    settings: GatewaySettings,
    shutdown: impl Future<Output = ()>,
) -> io::Result<()> {
    let (workers, grace) = (settings.edge.workers, settings.edge.shutdown_grace);
    let state = State::new(gateway, settings);
    let mut server = HttpServer::new(move || app(&state))
        .workers(workers)
        .shutdown_timeout(grace.as_secs())
        .disable_signals()
        .listen(listener)?
        .run();
    let handle = server.handle();
    tokio::select! {
        ended = &mut server => return ended,
        () = shutdown => {}
    }
    let (ended, ()) = tokio::join!(server, handle.stop(true));
    ended
}
