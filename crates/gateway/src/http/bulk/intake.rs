//! The body of an import as it arrives, in batches of lines.

use std::collections::VecDeque;
use std::time::Duration;

use actix_web::web::Payload;
use futures_util::StreamExt as _;
use ingest::bulk::{Batch, Cut, Lines};
use tokio::time::{Instant, timeout, timeout_at};

use crate::error::{ErrorCode, GraphError};
use crate::http::reply::bad_request;
use crate::http::socket::Seat;

/// How long a batch that has begun waits for more lines: whoever sends slowly is answered, too.
const SOON: Duration = Duration::from_millis(100);
/// How long a body is read on of which nothing is used any more. A connection that is closed before
/// may take with it what the client has not read.
const FAREWELL: Duration = Duration::from_secs(5);

/// The lines of a body.
pub(super) struct Intake {
    payload: Payload,
    lines: Lines,
    /// What has arrived and is not in a batch yet.
    waiting: VecDeque<Cut>,
    end: End,
    patience: Duration,
}

/// Whether more comes.
enum End {
    /// It may.
    Open,
    /// That was all.
    Whole,
    /// The body broke off.
    Broken,
}

impl Intake {
    pub(super) fn new(payload: Payload, lines: Lines, patience: Duration) -> Self {
        Self {
            payload,
            lines,
            waiting: VecDeque::new(),
            end: End::Open,
            patience,
        }
    }

    /// The next lines, or why no more can be read; `None` behind the last one.
    pub(super) async fn batch(&mut self, seat: &Seat) -> Result<Option<Batch>, GraphError> {
        let mut batch = Batch::default();
        loop {
            while !batch.is_full()
                && let Some(cut) = self.waiting.pop_front()
            {
                batch.push(cut);
            }
            if batch.is_full() {
                return Ok(Some(batch));
            }
            let wait = match (&self.end, batch.is_empty()) {
                (End::Open, true) => self.patience,
                (End::Open, false) => SOON,
                (End::Whole | End::Broken, false) => return Ok(Some(batch)),
                (End::Whole, true) => return Ok(None),
                (End::Broken, true) => return Err(bad_request("the body broke off")),
            };
            let arrived = tokio::select! {
                arrived = timeout(wait, self.arrive()) => arrived.is_ok(),
                () = seat.leaving() => {
                    let message = "the server is about to stop: go on with another one";
                    return Err(GraphError::new(ErrorCode::Unavailable, message));
                }
            };
            if !arrived && batch.is_empty() {
                let message = "no more bytes arrived in time";
                return Err(GraphError::new(ErrorCode::Timeout, message));
            }
            if !arrived {
                return Ok(Some(batch));
            }
        }
    }

    /// Waits for bytes, or for the end of them.
    async fn arrive(&mut self) {
        match self.payload.next().await {
            Some(Ok(bytes)) => self.waiting.extend(self.lines.push(&bytes)),
            Some(Err(_)) => self.end = End::Broken,
            None => {
                self.waiting.extend(self.lines.finish());
                self.end = End::Whole;
            }
        }
    }

    /// Reads what is left of the body and forgets it.
    pub(super) async fn drain(&mut self) {
        let end = Instant::now() + FAREWELL;
        if matches!(self.end, End::Open) {
            while let Ok(Some(Ok(_bytes))) = timeout_at(end, self.payload.next()).await {}
        }
    }
}
