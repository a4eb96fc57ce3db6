//! Answers of the graph, also when there was nothing to execute.

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};

use super::negotiation::MediaType;
use super::request_id::{self, RequestId};
use crate::error::{ErrorCode, GraphError};
use crate::execute::{Body, Outcome, Stage};

/// How a request is going to be answered.
pub(super) struct Reply {
    media_type: MediaType,
    request_id: RequestId,
}

impl Reply {
    /// Answers in the media type that the client likes best; in JSON when it takes neither.
    pub(super) fn to(request: &HttpRequest, request_id: RequestId) -> Self {
        let accepted = MediaType::accepted(request.headers());
        Self {
            media_type: accepted.unwrap_or(MediaType::Json),
            request_id,
        }
    }

    /// Answers in JSON.
    pub(super) fn plain(request_id: RequestId) -> Self {
        Self {
            media_type: MediaType::Json,
            request_id,
        }
    }

    /// The answer to a request that got as far as the graph.
    pub(super) fn outcome(&self, outcome: Outcome) -> HttpResponse {
        let status = match (&outcome, self.media_type) {
            (Outcome::Executed { .. }, _) => StatusCode::OK,
            (Outcome::Refused { stage, .. }, media_type) => match (stage, media_type) {
                (Stage::Request, _) | (Stage::Document, MediaType::GraphqlResponse) => {
                    StatusCode::BAD_REQUEST
                }
                (Stage::Document, MediaType::Json) => StatusCode::OK,
                (Stage::Method, _) => StatusCode::METHOD_NOT_ALLOWED,
            },
        };
        let mut response = self.builder(status);
        if status == StatusCode::METHOD_NOT_ALLOWED {
            response.insert_header((header::ALLOW, "POST"));
        }
        self.finish(response, &outcome.into_body(&self.request_id.0))
    }

    /// The answer to a request that did not get as far as the graph.
    pub(super) fn refusal(&self, status: StatusCode, error: GraphError) -> HttpResponse {
        let mut response = self.builder(status);
        match status {
            StatusCode::METHOD_NOT_ALLOWED => {
                response.insert_header((header::ALLOW, "GET, POST"));
            }
            StatusCode::SERVICE_UNAVAILABLE | StatusCode::TOO_MANY_REQUESTS => {
                response.insert_header((header::RETRY_AFTER, "1"));
            }
            _ => {}
        }
        let outcome = Outcome::refused(Stage::Request, error);
        self.finish(response, &outcome.into_body(&self.request_id.0))
    }

    fn builder(&self, status: StatusCode) -> HttpResponseBuilder {
        let mut response = HttpResponse::build(status);
        response
            .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .insert_header((header::VARY, "Accept"));
        if let Ok(id) = HeaderValue::from_str(&self.request_id.0) {
            response.insert_header((request_id::HEADER, id));
        }
        response
    }

    fn finish(&self, mut response: HttpResponseBuilder, body: &Body) -> HttpResponse {
        match serde_json::to_vec(body) {
            Ok(bytes) => response
                .content_type(self.media_type.content_type())
                .body(bytes),
            Err(error) => {
                let cause: &dyn std::error::Error = &error;
                tracing::error!(error = cause, "an answer could not be written");
                HttpResponse::InternalServerError().finish()
            }
        }
    }
}

/// An error of the transport.
pub(super) fn bad_request(message: &str) -> GraphError {
    GraphError::new(ErrorCode::BadRequest, message)
}
