//! HTTP: the graph at `/graphql`, its schema, health, numbers and the playground.
//!
//! Every request passes the `edge`. A request of the graph then passes `cors`, `sending` (its
//! answer on the way back), the checks of its head in `graphql`, and `admission`. `socket` and
//! `stream` are for what is answered again and again, `bulk` for whole catalogues.

mod admission;
mod budget;
mod bulk;
pub(crate) mod caller;
mod compression;
mod cors;
mod edge;
mod entrance;
mod forwarded;
mod graphql;
mod identity;
mod log;
pub(crate) mod negotiation;
pub(crate) mod page;
mod panic;
mod readiness;
mod reply;
pub(crate) mod request_id;
mod sending;
mod server;
#[cfg(feature = "otlp")]
mod server_span;
mod socket;
mod status;
mod stream;
mod trace_context;

use std::rc::Rc;

use actix_web::body::BoxBody;
use actix_web::dev::{HttpServiceFactory, ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::guard::fn_guard;
use actix_web::middleware::{Next, from_fn};
use actix_web::{App, Error, Route, web};

use crate::metrics::Metrics;
use crate::playground::{self, Inflated};
use crate::{Gateway, GatewaySettings};
use admission::Admission;
use budget::Budget;
use bulk::Bulk;
use readiness::Readiness;
use request_id::RequestIds;
use socket::Seats;

pub use server::{Stop, serve};

/// Where the graph is.
const GRAPH: &str = "/graphql";

/// What handlers share, across all threads.
#[derive(Clone)]
struct State {
    gateway: web::Data<Gateway>,
    settings: web::Data<GatewaySettings>,
    request_ids: web::Data<RequestIds>,
    admission: web::Data<Admission>,
    sending: web::Data<Budget>,
    seats: web::Data<Seats>,
    bulk: web::Data<Bulk>,
    metrics: web::Data<Metrics>,
    readiness: web::Data<Readiness>,
    inflated: web::Data<Inflated>,
}

impl State {
    fn new(gateway: Gateway, settings: GatewaySettings) -> Self {
        Self {
            metrics: web::Data::new(gateway.metrics().clone()),
            gateway: web::Data::new(gateway),
            request_ids: web::Data::new(RequestIds::new()),
            admission: web::Data::new(if settings.rates.enabled {
                Admission::new(&settings)
            } else {
                Admission::for_strangers(&settings)
            }),
            sending: web::Data::new(Budget::of(settings.edge.sending_bytes)),
            seats: web::Data::new(Seats::new()),
            bulk: web::Data::new(Bulk::new(&settings)),
            readiness: web::Data::new(Readiness::default()),
            inflated: web::Data::new(Inflated::new()),
            settings: web::Data::new(settings),
        }
    }
}

/// Everything that is served, with the edge around it.
fn app(
    state: &State,
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<BoxBody>,
        Error = Error,
        InitError = (),
    > + use<>,
> {
    let shared = Rc::new(state.clone());
    let edge = move |request: ServiceRequest, next: Next<BoxBody>| {
        edge::around(Rc::clone(&shared), request, next)
    };
    App::new()
        .configure(|config| routes(config, state))
        .wrap(from_fn(edge))
}

fn routes(config: &mut web::ServiceConfig, state: &State) {
    let graphql = web::resource(GRAPH)
        .route(
            web::get()
                .guard(fn_guard(socket::is_wanted))
                .to(socket::open),
        )
        .route(web::get().to(graphql::get))
        .route(web::post().to(graphql::post))
        .default_service(web::to(graphql::other_method))
        .wrap(from_fn(sending::around))
        .wrap(from_fn(panic::around))
        .wrap(from_fn(cors::around));
    let schema = web::resource("/schema.graphql")
        .route(web::get().to(page::schema))
        .wrap(from_fn(sending::around));
    config
        .app_data(state.gateway.clone())
        .app_data(state.settings.clone())
        .app_data(state.admission.clone())
        .app_data(state.sending.clone())
        .app_data(state.seats.clone())
        .app_data(state.bulk.clone())
        .app_data(state.metrics.clone())
        .app_data(state.readiness.clone())
        .app_data(state.inflated.clone())
        .service(graphql)
        .service(schema)
        .service(bulk_resource("/export", web::get().to(bulk::export)))
        .service(bulk_resource("/import", web::post().to(bulk::import)))
        .route("/healthz", web::get().to(page::healthy))
        .route("/healthz", web::head().to(page::healthy))
        .route("/readyz", web::get().to(page::ready))
        .route("/readyz", web::head().to(page::ready))
        .route("/", web::get().to(playground::index))
        .route("/playground/{name}", web::get().to(playground::file))
        .default_service(web::to(page::not_found));
    if state.settings.edge.metrics {
        config.route("/metrics", web::get().to(page::numbers));
    }
}

/// An address of whole catalogues, which has one method.
fn bulk_resource(address: &str, route: Route) -> impl HttpServiceFactory + use<> {
    web::resource(address)
        .route(route)
        .default_service(web::to(bulk::other_method))
        .wrap(from_fn(sending::around))
        .wrap(from_fn(panic::around))
        .wrap(from_fn(cors::around))
}

#[cfg(test)]
mod tests;
