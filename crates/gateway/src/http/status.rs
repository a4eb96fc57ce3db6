//! The status of an answer, by what became of the request.

use actix_web::http::StatusCode;

use super::negotiation::MediaType;
use crate::HttpProfile;
use crate::error::{ErrorCode, GraphError};
use crate::execute::{Outcome, Stage};

/// Data in which some fields failed, in the draft of 2026.
const PARTIAL_SUCCESS: u16 = 294;

/// The status of an answer.
pub(super) fn of(outcome: &Outcome, media_type: MediaType, profile: HttpProfile) -> StatusCode {
    match outcome {
        Outcome::Executed { errors, .. } => executed(errors, media_type, profile),
        Outcome::Kept(_) => StatusCode::OK,
        Outcome::Refused { stage, errors } => refused(*stage, errors, media_type, profile),
    }
}

fn executed(errors: &[GraphError], media_type: MediaType, profile: HttpProfile) -> StatusCode {
    let partial = profile == HttpProfile::Draft2026
        && media_type == MediaType::GraphqlResponse
        && !errors.is_empty();
    let partial = partial.then(|| StatusCode::from_u16(PARTIAL_SUCCESS).ok());
    partial.flatten().unwrap_or(StatusCode::OK)
}

fn refused(
    stage: Stage,
    errors: &[GraphError],
    media_type: MediaType,
    profile: HttpProfile,
) -> StatusCode {
    let has = |code| errors.iter().any(|error| error.code() == code);
    if has(ErrorCode::InternalServerError) {
        return StatusCode::INTERNAL_SERVER_ERROR;
    }
    let unparsed = has(ErrorCode::GraphqlParseFailed);
    match (stage, profile) {
        (Stage::Method, _) => StatusCode::METHOD_NOT_ALLOWED,
        (Stage::Transport, _) => StatusCode::NOT_ACCEPTABLE,
        (Stage::Rate(_), _) => StatusCode::TOO_MANY_REQUESTS,
        (Stage::Unavailable, _) => StatusCode::SERVICE_UNAVAILABLE,
        (Stage::Request, HttpProfile::Audit) => StatusCode::BAD_REQUEST,
        (Stage::Document, HttpProfile::Audit) => match media_type {
            MediaType::GraphqlResponse => StatusCode::BAD_REQUEST,
            MediaType::Json => StatusCode::OK,
        },
        (Stage::Document, HttpProfile::Draft2026) if unparsed => StatusCode::BAD_REQUEST,
        (Stage::Request | Stage::Document, HttpProfile::Draft2026) => {
            StatusCode::UNPROCESSABLE_ENTITY
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_of_ours_is_never_blamed_on_the_client() {
        let error = GraphError::new(ErrorCode::InternalServerError, "internal error");
        let outcome = Outcome::refused(Stage::Document, error);
        for profile in [HttpProfile::Audit, HttpProfile::Draft2026] {
            for media_type in [MediaType::Json, MediaType::GraphqlResponse] {
                let status = of(&outcome, media_type, profile);
                assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR);
            }
        }
    }
}
