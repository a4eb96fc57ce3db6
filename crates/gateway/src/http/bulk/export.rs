//! `GET /export`: the whole catalogue at one version.
//!
//! The next lines are made when the connection takes them, so that nothing waits for a slow client
//! but the snapshot, and that is given up at the deadline whatever the client does.

use std::error::Error;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::http::header;
use actix_web::rt;
use actix_web::web::{Bytes, Data, block};
use actix_web::{HttpRequest, HttpResponse};
use domain::access::Scope;
use domain::role::PublicationState;
use futures_util::stream::unfold;
use ingest::bulk::{Export, ExportError};
use serde::Deserialize;
use tokio::sync::{Mutex, OwnedSemaphorePermit};
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep_until};

use super::door::{Closed, Door};
use super::{Bulk, NDJSON};
use crate::Gateway;
use crate::error::{ApiError, ErrorCode, GraphError};
use crate::http::compression::{GzipStream, takes_gzip};
use crate::http::entrance::Entrance;
use crate::http::reply::VERSION;
use crate::http::socket::{Seat, Shared};

/// What an export costs, however much there is to tell.
const COST: u32 = 1_000;

/// `GET /export`.
pub(in crate::http) async fn get(
    request: HttpRequest,
    entrance: Entrance,
    shared: Shared,
    bulk: Data<Bulk>,
) -> HttpResponse {
    let door = Door::of(&request, &shared, &bulk, entrance);
    let begun = begin(&door).await;
    begun.unwrap_or_else(|closed| door.tell(closed))
}

/// What a request asks for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    states: Option<String>,
}

impl Wanted {
    /// The states of the roles that are told, in their order.
    fn states(&self) -> Result<Vec<PublicationState>, String> {
        let Some(names) = &self.states else {
            return Ok(vec![PublicationState::Published]);
        };
        let states = names.split(',').map(PublicationState::parse);
        let mut states = states.collect::<Result<Vec<_>, _>>().map_err(|unknown| {
            let known: Vec<&str> = PublicationState::ALL.iter().map(|s| s.as_str()).collect();
            format!(
                "states: \"{}\" is none of {}",
                unknown.value,
                known.join(", ")
            )
        })?;
        states.sort_unstable();
        states.dedup();
        Ok(states)
    }
}

async fn begin(door: &Door<'_>) -> Result<HttpResponse, Closed> {
    let place = door.enter()?;
    let wanted: Wanted = door.parameters()?;
    let states = wanted
        .states()
        .map_err(|problem| door.malformed(&problem))?;
    if states != [PublicationState::Published] {
        door.require(Scope::RolesWrite)?;
    }
    let seat = door.seat(&door.bulk.exports, "export")?;
    let room = Arc::clone(&door.bulk.room).try_acquire_owned();
    let room = room.map_err(|_full| door.closed(StatusCode::SERVICE_UNAVAILABLE, crowded()))?;
    let gateway = &door.shared.gateway;
    gateway.charge(&door.asking, COST.into())?;
    drop(place);
    door.note("export", Some(COST.into()));
    let time = door.shared.settings.bulk.export_deadline;
    let export = Export::begin(gateway.database(), &states, time).await;
    let export = export.map_err(|error| door.failed(&failure(error)))?;
    Ok(respond(door, export, seat, room, time))
}

fn respond(
    door: &Door<'_>,
    export: Export,
    seat: Seat,
    room: OwnedSemaphorePermit,
    time: Duration,
) -> HttpResponse {
    let mut response = HttpResponse::Ok();
    response
        .content_type(NDJSON)
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header(("x-accel-buffering", "no"))
        .insert_header((VERSION, export.version()));
    let packer = takes_gzip(door.request.headers()).then(GzipStream::new);
    if packer.is_some() {
        response.insert_header((header::CONTENT_ENCODING, "gzip"));
    }
    let telling = Telling {
        export: Timed::new(export, time),
        packer,
        gateway: door.shared.gateway.get_ref().clone(),
        entrance: Rc::clone(&door.entrance),
        is_over: false,
        _seat: seat,
        _room: room,
    };
    response.streaming(unfold(Some(telling), |telling| async {
        let mut telling = telling?;
        match telling.next().await {
            Ok(bytes) => bytes.map(|bytes| (Ok(bytes), Some(telling))),
            Err(broken) => Some((Err(broken), None)),
        }
    }))
}

/// Too many exports run.
fn crowded() -> GraphError {
    let message = "too many exports run at the moment: try again later";
    GraphError::new(ErrorCode::Unavailable, message).retry_after(Duration::from_secs(10))
}

fn failure(error: ExportError) -> ApiError {
    match error {
        ExportError::Persistence(error) => error.into(),
        ours => ApiError::Internal(Arc::new(ours)),
    }
}

/// Why an export ends before its trailer; clients see a connection that breaks off.
#[derive(Debug, thiserror::Error)]
enum Broken {
    #[error("the export took too long")]
    Late,
    #[error("the key of the export does not hold any more")]
    Shut,
    #[error("the export failed")]
    Failed(#[from] ExportError),
    #[error("the export cannot be packed")]
    Unpacked(#[from] std::io::Error),
    #[error("the export cannot be packed")]
    NotPacked(#[from] actix_web::error::BlockingError),
}

/// An export on its way to a client.
struct Telling {
    export: Timed,
    packer: Option<GzipStream>,
    gateway: Gateway,
    entrance: Rc<Entrance>,
    is_over: bool,
    _seat: Seat,
    _room: OwnedSemaphorePermit,
}

impl Telling {
    /// The next bytes; nothing when everything is told.
    async fn next(&mut self) -> Result<Option<Bytes>, Broken> {
        let told = self.told().await;
        if let Err(broken) = &told {
            let cause: &dyn Error = broken;
            tracing::warn!(error = cause, "an export breaks off");
        }
        told
    }

    async fn told(&mut self) -> Result<Option<Bytes>, Broken> {
        while !self.is_over {
            if !self.entrance.still_holds(&self.gateway) {
                return Err(Broken::Shut);
            }
            let lines = self.export.next().await?;
            self.is_over = lines.is_none();
            let bytes = match self.packer.take() {
                None => lines.unwrap_or_default(),
                Some(packer) => self.packed(packer, lines).await?,
            };
            if !bytes.is_empty() {
                return Ok(Some(bytes.into()));
            }
        }
        Ok(None)
    }

    /// Packs on a thread of its own, so that a worker goes on with others.
    async fn packed(
        &mut self,
        mut packer: GzipStream,
        lines: Option<Vec<u8>>,
    ) -> Result<Vec<u8>, Broken> {
        let work = block(move || match lines {
            Some(lines) => packer.pack(&lines).map(|bytes| (bytes, Some(packer))),
            None => packer.finish().map(|bytes| (bytes, None)),
        });
        let (bytes, packer) = work.await??;
        self.packer = packer;
        Ok(bytes)
    }
}

/// An export that is given up at its deadline, also when nobody asks for more.
struct Timed {
    export: Arc<Mutex<Option<Export>>>,
    end: Instant,
    guard: JoinHandle<()>,
}

impl Timed {
    fn new(export: Export, time: Duration) -> Self {
        let export = Arc::new(Mutex::new(Some(export)));
        let end = Instant::now() + time;
        let guarded = Arc::clone(&export);
        let guard = rt::spawn(async move {
            sleep_until(end).await;
            guarded.lock().await.take();
        });
        Self { export, end, guard }
    }

    async fn next(&self) -> Result<Option<Vec<u8>>, Broken> {
        let mut export = self.export.lock().await;
        let export = export.as_mut().filter(|_| Instant::now() < self.end);
        let export = export.ok_or(Broken::Late)?;
        Ok(export.next().await?)
    }
}

impl Drop for Timed {
    fn drop(&mut self) {
        self.guard.abort();
    }
}
