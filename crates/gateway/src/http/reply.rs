//! Answers of the graph, also when there was nothing to execute.

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use serde::Serialize;
use serde::de::IgnoredAny;

use super::negotiation::MediaType;
use super::request_id::{self, RequestId};
use super::status;
use crate::HttpProfile;
use crate::error::{ErrorCode, GraphError};
use crate::execute::{Answer, Body, Outcome, Stage};
use crate::rate::Budget;

/// How a request is going to be answered.
pub(super) struct Reply {
    media_type: MediaType,
    profile: HttpProfile,
    request_id: RequestId,
}

impl Reply {
    /// Answers in the media type that the client likes best; in JSON when it takes neither.
    pub(super) fn to(request: &HttpRequest, profile: HttpProfile, request_id: RequestId) -> Self {
        let accepted = MediaType::accepted(request.headers());
        Self {
            profile,
            media_type: accepted.unwrap_or(MediaType::Json),
            request_id,
        }
    }

    /// Answers in JSON.
    pub(super) fn plain(request_id: RequestId) -> Self {
        Self {
            media_type: MediaType::Json,
            profile: HttpProfile::default(),
            request_id,
        }
    }

    /// The answer to a request that got as far as the graph.
    pub(super) fn answer(&self, answer: Answer) -> HttpResponse {
        let mut response = self.builder(self.status(&answer.outcome));
        if let Outcome::Refused { stage, .. } = &answer.outcome {
            explain(&mut response, *stage);
        }
        if let Some(budget) = &answer.budget {
            tell_budget(&mut response, budget);
        }
        self.finish(response, &answer.into_body(&self.request_id.0))
    }

    /// The answers to a batch; each tells for itself what became of it.
    pub(super) fn answers(&self, answers: Vec<Answer>) -> HttpResponse {
        let mut response = self.builder(StatusCode::OK);
        if let Some(budget) = answers.last().and_then(|answer| answer.budget.as_ref()) {
            tell_budget(&mut response, budget);
        }
        let answers = answers.into_iter();
        let bodies: Vec<Body> = answers
            .map(|answer| answer.into_body(&self.request_id.0))
            .collect();
        self.finish(response, &bodies)
    }

    /// The answer to a request that did not get as far as the graph.
    pub(super) fn refusal(&self, status: StatusCode, error: GraphError) -> HttpResponse {
        let mut response = self.builder(status);
        match status {
            StatusCode::METHOD_NOT_ALLOWED => {
                response.insert_header((header::ALLOW, "GET, POST"));
            }
            StatusCode::SERVICE_UNAVAILABLE => {
                response.insert_header((header::RETRY_AFTER, "1"));
            }
            _ => {}
        }
        let outcome = Outcome::refused(Stage::Request, error);
        let answer = Answer::from(outcome);
        self.finish(response, &answer.into_body(&self.request_id.0))
    }

    /// The answer to a body that holds no request.
    pub(super) fn malformed(&self, body: &[u8], error: GraphError) -> HttpResponse {
        let is_json = serde_json::from_slice::<IgnoredAny>(body).is_ok();
        if is_json {
            self.answer(Outcome::refused(Stage::Request, error).into())
        } else {
            self.refusal(StatusCode::BAD_REQUEST, error)
        }
    }

    fn status(&self, outcome: &Outcome) -> StatusCode {
        status::of(outcome, self.media_type, self.profile)
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

    fn finish(&self, mut response: HttpResponseBuilder, body: &impl Serialize) -> HttpResponse {
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

/// Tells what a client may do that was refused at some stage.
fn explain(response: &mut HttpResponseBuilder, stage: Stage) {
    match stage {
        Stage::Method => {
            response.insert_header((header::ALLOW, "POST"));
        }
        Stage::Rate(wait) => {
            let seconds = wait.as_millis().div_ceil(1000).max(1);
            response.insert_header((header::RETRY_AFTER, seconds.to_string()));
        }
        Stage::Unavailable => {
            response.insert_header((header::RETRY_AFTER, "1"));
        }
        Stage::Request | Stage::Document => {}
    }
}

/// Tells what the caller has left.
fn tell_budget(response: &mut HttpResponseBuilder, budget: &Budget) {
    response
        .insert_header(("ratelimit-limit", budget.limit.to_string()))
        .insert_header(("ratelimit-remaining", budget.remaining.to_string()))
        .insert_header(("ratelimit-reset", budget.full_after_seconds().to_string()));
}

/// An error of the transport.
pub(super) fn bad_request(message: &str) -> GraphError {
    GraphError::new(ErrorCode::BadRequest, message)
}
