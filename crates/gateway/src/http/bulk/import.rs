//! `POST /import`: lines into the catalogue, answered while they arrive.

use std::convert::Infallible;
use std::rc::Rc;

use actix_web::http::StatusCode;
use actix_web::http::header::{self, CONTENT_ENCODING};
use actix_web::web::{Bytes, Data, Payload};
use actix_web::{HttpMessage as _, HttpRequest, HttpResponse};
use domain::access::Scope;
use futures_util::stream::unfold;
use ingest::bulk::{ImportAction, Importer, LineResult, Lines, Place};
use serde::{Deserialize, Serialize};

use super::door::{Closed, Door};
use super::intake::Intake;
use super::{Bulk, NDJSON};
use crate::Gateway;
use crate::error::{ApiError, ErrorCode, GraphError};
use crate::execute::Asking;
use crate::http::entrance::Entrance;
use crate::http::reply::bad_request;
use crate::http::socket::{Seat, Shared};

/// What a line costs.
const COST: u64 = 1;

/// `POST /import`.
pub(in crate::http) async fn post(
    request: HttpRequest,
    entrance: Entrance,
    shared: Shared,
    bulk: Data<Bulk>,
    payload: Payload,
) -> HttpResponse {
    let door = Door::of(&request, &shared, &bulk, entrance);
    let begun = begin(&door, payload);
    begun.unwrap_or_else(|closed| door.tell(closed))
}

/// How a client wants its lines to be stored.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Wanted {
    /// Tell what would happen and write nothing.
    #[serde(default)]
    dry_run: bool,
    /// What becomes of the lines behind one that is refused.
    #[serde(default)]
    on_error: OnError,
    /// Whether skills are found in texts.
    #[serde(default = "yes")]
    find_skills: bool,
    /// The number of the line before the first one that is sent.
    #[serde(default)]
    after_line: u64,
    /// How many bytes came before.
    #[serde(default)]
    offset: u64,
}

fn yes() -> bool {
    true
}

/// What becomes of the lines behind one that is refused.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum OnError {
    /// They are stored.
    #[default]
    Continue,
    /// They are not looked at.
    Stop,
}

fn begin(door: &Door<'_>, payload: Payload) -> Result<HttpResponse, Closed> {
    if !is_ndjson(door.request) {
        let message = "send application/x-ndjson in UTF-8, without content encoding";
        let error = bad_request(message);
        return Err(door.closed(StatusCode::UNSUPPORTED_MEDIA_TYPE, error));
    }
    let place = door.enter()?;
    door.require(Scope::RolesWrite)?;
    let wanted: Wanted = door.parameters()?;
    let seat = door.seat(&door.bulk.imports, "import")?;
    // Each batch takes one of its own.
    drop(place);
    door.note("import", None);
    let settings = &door.shared.settings.bulk;
    let last = Place {
        line: wanted.after_line,
        offset: wanted.offset,
    };
    let lines = Lines::after(last, settings.import_line_bytes);
    let gateway = door.shared.gateway.get_ref().clone();
    let taking = Taking {
        intake: Intake::new(payload, lines, settings.import_patience),
        importer: Importer {
            catalogue: gateway.catalogue().clone(),
            dictionary: wanted.find_skills.then(|| gateway.dictionary().clone()),
            dry_run: wanted.dry_run,
            stops: wanted.on_error == OnError::Stop,
        },
        gateway,
        asking: door.asking.clone(),
        entrance: Rc::clone(&door.entrance),
        tally: Tally::beginning_at(last),
        stage: Stage::Taking,
        seat,
    };
    let mut response = HttpResponse::Ok();
    response
        .content_type(NDJSON)
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header(("x-accel-buffering", "no"));
    Ok(response.streaming(unfold(taking, |mut taking| async {
        let told = taking.next().await?;
        Some((Ok::<_, Infallible>(told), taking))
    })))
}

/// Whether the body is lines of JSON as they stand.
fn is_ndjson(request: &HttpRequest) -> bool {
    let encoding = request.headers().get(CONTENT_ENCODING);
    let plain = encoding.is_none_or(|value| value.as_bytes().eq_ignore_ascii_case(b"identity"));
    plain && request.content_type().eq_ignore_ascii_case(NDJSON)
}

/// An import on its way.
struct Taking {
    intake: Intake,
    importer: Importer,
    gateway: Gateway,
    asking: Asking,
    entrance: Rc<Entrance>,
    tally: Tally,
    stage: Stage,
    seat: Seat,
}

/// What is told next.
enum Stage {
    /// What becomes of more lines.
    Taking,
    /// Nothing; what is left of the body is read.
    Leaving,
}

/// What became of all lines so far.
#[derive(Clone, Copy, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Tally {
    line: u64,
    offset: u64,
    created: u64,
    updated: u64,
    unchanged: u64,
    skipped: u64,
    refused: u64,
}

/// A line of the answer.
#[derive(Serialize)]
#[serde(tag = "type", rename_all = "camelCase")]
enum Told<'t> {
    Result(&'t LineResult),
    Summary(Summary<'t>),
}

/// The last line of the answer.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Summary<'t> {
    /// Whether every line that was sent was looked at.
    complete: bool,
    #[serde(flatten)]
    tally: &'t Tally,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<Failure<'t>>,
}

/// Why an import ended early.
#[derive(Serialize)]
struct Failure<'t> {
    code: ErrorCode,
    message: &'t str,
}

impl Taking {
    /// What is told next; nothing when everything is told.
    async fn next(&mut self) -> Option<Bytes> {
        match self.stage {
            Stage::Taking => Some(
                self.take()
                    .await
                    .unwrap_or_else(|error| self.end(Some(&error))),
            ),
            Stage::Leaving => {
                self.intake.drain().await;
                None
            }
        }
    }

    /// Stores a batch and tells what became of it, or that it was the last one.
    async fn take(&mut self) -> Result<Bytes, GraphError> {
        let Some(batch) = self.intake.batch(&self.seat).await? else {
            return Ok(self.end(None));
        };
        let lines = u64::try_from(batch.len()).unwrap_or(u64::MAX);
        self.gateway.pay(&self.asking, lines * COST).await;
        let turn = self.entrance.patient_turn().await;
        if !self.entrance.still_holds(&self.gateway) {
            let message = "the key does not hold any more";
            return Err(GraphError::new(ErrorCode::Unauthenticated, message));
        }
        let author = self.asking.caller().author();
        let results = self.importer.store(batch, author).await;
        let results = results.map_err(|error| GraphError::of_failure(&ApiError::from(error)))?;
        drop(turn);
        let mut text = Vec::new();
        for result in &results {
            self.tally.count(result);
            write(&mut text, &Told::Result(result));
        }
        if self.importer.stops && self.tally.refused > 0 {
            let message = "a line was refused: nothing behind it was looked at";
            let error = GraphError::new(ErrorCode::BadUserInput, message);
            text.extend_from_slice(&self.end(Some(&error)));
        }
        Ok(text.into())
    }

    /// The last line.
    fn end(&mut self, error: Option<&GraphError>) -> Bytes {
        self.stage = Stage::Leaving;
        let mut text = Vec::new();
        let summary = Summary {
            complete: error.is_none(),
            tally: &self.tally,
            error: error.map(|error| Failure {
                code: error.code(),
                message: error.message(),
            }),
        };
        write(&mut text, &Told::Summary(summary));
        text.into()
    }
}

impl Tally {
    fn beginning_at(last: Place) -> Self {
        let Place { line, offset } = last;
        Self {
            line,
            offset,
            ..Self::default()
        }
    }

    fn count(&mut self, result: &LineResult) {
        self.line = result.line;
        self.offset = result.offset;
        *match result.action {
            ImportAction::Created => &mut self.created,
            ImportAction::Updated => &mut self.updated,
            ImportAction::Unchanged => &mut self.unchanged,
            ImportAction::Skipped => &mut self.skipped,
            ImportAction::Refused => &mut self.refused,
        } += 1;
    }
}

fn write(text: &mut Vec<u8>, told: &Told<'_>) {
    // Texts, numbers and lists of them can always be written.
    let _ = serde_json::to_writer(&mut *text, told);
    text.push(b'\n');
}
