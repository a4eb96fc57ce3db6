//! Answers of the graph, also when there was nothing to execute.

use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::web::{Bytes, Data};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use serde::de::IgnoredAny;

use super::negotiation::MediaType;
use super::request_id::RequestId;
use super::status;
use crate::cache::entity_tag;
use crate::error::{ErrorCode, GraphError};
use crate::execute::{Answer, Outcome, Stage, Standing};
use crate::rate::Budget;
use crate::{GatewaySettings, HttpProfile};

/// Whether an answer tells what a write did that ran before.
const REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");
/// The version of the catalogue that an answer has at least.
pub(super) const VERSION: HeaderName = HeaderName::from_static("rolegraph-version");
/// What a caller may spend at once, what it has left of that, and when all of it is back.
const BUDGET: [HeaderName; 3] = [
    HeaderName::from_static("ratelimit-limit"),
    HeaderName::from_static("ratelimit-remaining"),
    HeaderName::from_static("ratelimit-reset"),
];

/// How a request is going to be answered.
pub(super) struct Reply {
    media_type: MediaType,
    is_welcome: bool,
    profile: HttpProfile,
    /// Bytes of the largest body.
    largest: usize,
    /// How long caches may keep what can be kept.
    max_age: Duration,
    request_id: RequestId,
}

impl Reply {
    /// Answers in the media type that the client likes best; in JSON when it takes neither.
    pub(super) fn to(request: &HttpRequest) -> Self {
        let plain = Self::plain(RequestId::of(request));
        let accepted = MediaType::accepted(request.headers());
        let media_type = accepted.unwrap_or(plain.media_type);
        match request.app_data::<Data<GatewaySettings>>() {
            Some(settings) => Self {
                media_type,
                is_welcome: accepted.is_some(),
                profile: settings.edge.http_profile,
                largest: settings.execution.response_bytes,
                max_age: settings.documents.max_age,
                ..plain
            },
            None => Self {
                media_type,
                is_welcome: accepted.is_some(),
                ..plain
            },
        }
    }

    /// Answers in JSON.
    pub(super) fn plain(request_id: RequestId) -> Self {
        Self {
            media_type: MediaType::Json,
            is_welcome: true,
            profile: HttpProfile::default(),
            largest: usize::MAX,
            max_age: Duration::ZERO,
            request_id,
        }
    }

    /// Whether the client takes the media type of the answer.
    pub(super) fn is_welcome(&self) -> bool {
        self.is_welcome
    }

    /// The answer to a request that got as far as the graph.
    pub(super) fn answer(&self, answer: Answer) -> HttpResponse {
        let mut response = Self::builder(self.status(&answer.outcome));
        if let Outcome::Refused { stage, .. } = &answer.outcome {
            explain(&mut response, *stage);
        }
        if let Some(budget) = &answer.budget {
            tell_budget(&mut response, budget);
        }
        tell_version(&mut response, answer.version);
        if answer.replayed {
            response.insert_header((REPLAYED, "true"));
        }
        self.finish(
            response,
            answer.into_body(self.request_id.text()).into_bytes(),
        )
    }

    /// The answers to a batch; each tells for itself what became of it.
    pub(super) fn answers(&self, answers: Vec<Answer>) -> HttpResponse {
        let mut response = Self::builder(StatusCode::OK);
        if let Some(budget) = answers.last().and_then(|answer| answer.budget.as_ref()) {
            tell_budget(&mut response, budget);
        }
        let versions = answers.iter().filter_map(|answer| answer.version);
        tell_version(&mut response, versions.min());
        let mut bodies = Vec::new();
        for answer in answers {
            bodies.push(if bodies.is_empty() { b'[' } else { b',' });
            bodies.extend(answer.into_body(self.request_id.text()).into_bytes());
        }
        bodies.push(b']');
        self.finish(response, bodies.into())
    }

    /// The answer to a request that did not get as far as the graph.
    pub(super) fn refusal(&self, status: StatusCode, error: GraphError) -> HttpResponse {
        let mut response = Self::builder(status);
        match status {
            StatusCode::METHOD_NOT_ALLOWED => {
                response.insert_header((header::ALLOW, "GET, POST"));
            }
            StatusCode::UNAUTHORIZED => {
                response.insert_header((header::WWW_AUTHENTICATE, "Bearer"));
            }
            StatusCode::SERVICE_UNAVAILABLE | StatusCode::TOO_MANY_REQUESTS => {
                response.insert_header((header::RETRY_AFTER, "1"));
            }
            _ => {}
        }
        let outcome = Outcome::refused(Stage::Request, error);
        let answer = Answer::from(outcome);
        self.finish(
            response,
            answer.into_body(self.request_id.text()).into_bytes(),
        )
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

    fn builder(status: StatusCode) -> HttpResponseBuilder {
        let mut response = HttpResponse::build(status);
        response.insert_header((header::CACHE_CONTROL, "no-store"));
        response
    }

    fn finish(&self, mut response: HttpResponseBuilder, body: Bytes) -> HttpResponse {
        let bytes = self.capped(body);
        response
            .content_type(self.media_type.content_type())
            .body(bytes)
    }

    /// The body; when it is too large, an error in its place.
    fn capped(&self, body: Bytes) -> Bytes {
        if body.len() <= self.largest {
            return body;
        }
        let outcome = Outcome::of_failure(GraphError::answer_too_large(self.largest));
        // This one has a few hundred bytes.
        Answer::from(outcome)
            .into_body(self.request_id.text())
            .into_bytes()
    }

    /// The answer to a document that was called by its id, which caches may keep unless something
    /// failed; shared ones only when no key was shown.
    pub(super) fn cacheable(
        &self,
        request: &HttpRequest,
        standing: Standing,
        answer: Answer,
    ) -> HttpResponse {
        let seconds = self.max_age.as_secs();
        let seconds = answer.max_age.map_or(seconds, |age| age.min(seconds));
        if answer.outcome.word() != "ok" || answer.max_age == Some(0) {
            return self.answer(answer);
        }
        let version = answer.version;
        let kept = match &answer.outcome {
            Outcome::Kept(kept) => Some(kept.tag().to_owned()),
            Outcome::Executed { .. } | Outcome::Refused { .. } => None,
        };
        let body = self.capped(answer.into_body(self.request_id.text()).into_bytes());
        let tag = kept.unwrap_or_else(|| entity_tag(&body));
        let known = is_known(request, &tag);
        let mut response = Self::builder(if known {
            StatusCode::NOT_MODIFIED
        } else {
            StatusCode::OK
        });
        let whose = match standing {
            Standing::Anonymous => "public",
            Standing::Keyed => "private",
        };
        let policy = format!("{whose}, max-age={seconds}, stale-while-revalidate={seconds}");
        response
            .insert_header((header::CACHE_CONTROL, policy))
            .insert_header((header::ETAG, tag));
        tell_version(&mut response, version);
        if known {
            return response.finish();
        }
        response
            .content_type(self.media_type.content_type())
            .body(body)
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
        Stage::Request | Stage::Transport | Stage::Document => {}
    }
}

/// Whether the client has the body already. Packed bodies have the tag of the plain one, marked as
/// weak, which is no difference here.
fn is_known(request: &HttpRequest, tag: &str) -> bool {
    let known = request.headers().get_all(header::IF_NONE_MATCH);
    let known = known.filter_map(|value| value.to_str().ok());
    let mut tags = known.flat_map(|value| value.split(',')).map(str::trim);
    tags.any(|known| known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag)
}

/// Tells which version of the catalogue the answer has at least.
fn tell_version(response: &mut HttpResponseBuilder, version: Option<u64>) {
    if let Some(version) = version {
        response.insert_header((VERSION, version));
    }
}

/// Tells what the caller has left.
fn tell_budget(response: &mut HttpResponseBuilder, budget: &Budget) {
    let values = [
        budget.limit.into(),
        budget.remaining.into(),
        budget.full_after_seconds().into(),
    ];
    for (name, value) in BUDGET.into_iter().zip(values) {
        let value: HeaderValue = value;
        response.insert_header((name, value));
    }
}

/// An error of the transport.
pub(super) fn bad_request(message: &str) -> GraphError {
    GraphError::new(ErrorCode::BadRequest, message)
}
