//! HTTP: the graph at `/graphql`, its schema, health and the playground.

mod graphql;
pub(crate) mod negotiation;
mod page;
mod reply;
mod request_id;
mod status;

use std::io;
use std::net::TcpListener;

use actix_web::{App, HttpServer, web};

use crate::playground;
use crate::{Gateway, GatewaySettings};
use request_id::RequestIds;

/// Serves `gateway` at `listener` until `shutdown` ends; then finishes the requests in flight.
pub async fn serve(
    gateway: Gateway,
    listener: TcpListener,
    settings: GatewaySettings,
    shutdown: impl Future<Output = ()>,
) -> io::Result<()> {
    let (workers, grace) = (settings.edge.workers, settings.edge.shutdown_grace);
    let state = State::new(gateway, settings);
    let app = move || App::new().configure(|config| routes(config, &state));
    let mut server = HttpServer::new(app)
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

/// What handlers share, across all threads.
#[derive(Clone)]
struct State {
    gateway: web::Data<Gateway>,
    settings: web::Data<GatewaySettings>,
    request_ids: web::Data<RequestIds>,
}

impl State {
    fn new(gateway: Gateway, settings: GatewaySettings) -> Self {
        Self {
            gateway: web::Data::new(gateway),
            settings: web::Data::new(settings),
            request_ids: web::Data::new(RequestIds::new()),
        }
    }
}

fn routes(config: &mut web::ServiceConfig, state: &State) {
    let graphql = web::resource("/graphql")
        .route(web::get().to(graphql::get))
        .route(web::post().to(graphql::post))
        .default_service(web::to(graphql::other_method));
    config
        .app_data(state.gateway.clone())
        .app_data(state.settings.clone())
        .app_data(state.request_ids.clone())
        .service(graphql)
        .route("/schema.graphql", web::get().to(page::schema))
        .route("/healthz", web::get().to(page::healthy))
        .route("/readyz", web::get().to(page::ready))
        .route("/", web::get().to(playground::index))
        .route("/playground/{name}", web::get().to(playground::file))
        .default_service(web::to(page::not_found));
}

#[cfg(test)]
mod tests;
