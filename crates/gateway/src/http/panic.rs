//! A panic ends its request and nothing else; the server would drop the connection without a word.

use std::panic::AssertUnwindSafe;

use actix_web::Error;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::middleware::Next;
use actix_web::web::Data;
use futures_util::FutureExt as _;

use super::reply::Reply;
use crate::error::{ErrorCode, GraphError};
use crate::metrics::Metrics;

/// Answers a request whose handler panicked. The panic hook has logged what happened and where.
pub(super) async fn around(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let kept = request.request().clone();
    match AssertUnwindSafe(next.call(request)).catch_unwind().await {
        Ok(answer) => Ok(answer?.map_into_boxed_body()),
        Err(_panic) => {
            if let Some(metrics) = kept.app_data::<Data<Metrics>>() {
                metrics.panicked();
            }
            let error = GraphError::new(ErrorCode::InternalServerError, "internal error");
            let reply = Reply::to(&kept);
            let response = reply.refusal(StatusCode::INTERNAL_SERVER_ERROR, error);
            Ok(ServiceResponse::new(kept, response))
        }
    }
}

#[cfg(test)]
mod tests {
    use actix_web::middleware::from_fn;
    use actix_web::test::{TestRequest, call_and_read_body_json, init_service};
    use actix_web::{App, HttpResponse, web};
    use serde_json::Value;

    use super::*;
    use crate::metrics::Gauges;

    #[actix_web::test]
    async fn a_panic_is_answered_and_counted_and_its_text_is_not_told() {
        let handler = || async { panic_as_handler() };
        let metrics = Metrics::new();
        let resource = web::resource("/").wrap(from_fn(around)).to(handler);
        let app = App::new().app_data(Data::new(metrics.clone()));
        let app = init_service(app.service(resource)).await;
        for _ in 0..2 {
            let request = TestRequest::get().to_request();
            let answer: Value = call_and_read_body_json(&app, request).await;
            let error = &answer["errors"][0];
            assert_eq!(error["message"], "internal error");
            assert_eq!(error["extensions"]["code"], "INTERNAL_SERVER_ERROR");
        }
        let numbers = metrics.exposition(Gauges::default());
        assert!(numbers.contains("rolegraph_panics_total 2\n"));
    }

    fn panic_as_handler() -> HttpResponse {
        panic!("a secret")
    }
}
