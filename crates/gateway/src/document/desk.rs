//! Where unknown texts are admitted: beside the threads that answer requests, few at a time.
//!
//! To parse and judge a text takes up to a millisecond, and a stranger may send nothing but new
//! texts. A thread that did this between two answers would let everybody wait who is behind. So
//! what a scan of the bytes does not refuse at once is handed to clerks, who take it in the order
//! in which it came, and only as much of the machine as the answers to known documents leave.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread;

use tokio::sync::oneshot;

use super::Document;
use crate::error::{ErrorCode, GraphError};
use crate::gate::{Gate, Trust};

/// What becomes of a text.
type Verdict = Result<Document, Vec<GraphError>>;

/// Admits unknown texts, few at a time.
pub(super) struct Desk {
    work: mpsc::Sender<Work>,
}

/// A text on its way to a clerk. As many of them exist as requests run, which is bounded.
struct Work {
    gate: Arc<Gate>,
    text: String,
    trust: Trust,
    told: oneshot::Sender<Verdict>,
}

impl Desk {
    /// A desk with one clerk for each two cores; they go home with it.
    pub(super) fn new() -> Self {
        let cores = thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let (work, line) = mpsc::channel();
        let line = Arc::new(Mutex::new(line));
        for _ in 0..(cores / 2).max(1) {
            let line = Arc::clone(&line);
            let hired = thread::Builder::new()
                .name("gate".to_owned())
                .spawn(move || serve(&line));
            if let Err(error) = hired {
                let cause: &dyn std::error::Error = &error;
                tracing::error!(error = cause, "a thread of the gate cannot be started");
            }
        }
        Self { work }
    }

    /// The document of a text, or what is wrong with it.
    pub(super) async fn admit(&self, gate: &Arc<Gate>, text: &str, trust: Trust) -> Verdict {
        gate.look_over(text, trust).map_err(|error| vec![error])?;
        let (told, verdict) = oneshot::channel();
        let work = Work {
            gate: Arc::clone(gate),
            text: text.to_owned(),
            trust,
            told,
        };
        // Without a clerk the work is dropped, and with it the other end of the channel.
        let _ = self.work.send(work);
        verdict.await.unwrap_or_else(|_nobody_told| failed())
    }
}

/// Works until the desk is closed.
fn serve(line: &Mutex<mpsc::Receiver<Work>>) {
    step_back();
    loop {
        let next = line.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(work) = next else {
            return;
        };
        let Work {
            gate,
            text,
            trust,
            told,
        } = work;
        if told.is_closed() {
            continue;
        }
        let admitted = catch_unwind(AssertUnwindSafe(|| gate.admit(&text, trust)));
        // Whoever hung up in the meantime does not want to know.
        let _ = told.send(admitted.unwrap_or_else(|_logged_by_the_hook| failed()));
    }
}

/// Lets the threads that answer go first. What the system refuses is no harm.
#[cfg(target_os = "linux")]
fn step_back() {
    const LESS_URGENT: i32 = 10;
    let _ = rustix::process::nice(LESS_URGENT);
}

/// Elsewhere this would be about the whole process.
#[cfg(not(target_os = "linux"))]
fn step_back() {}

fn failed() -> Verdict {
    let code = ErrorCode::InternalServerError;
    Err(vec![GraphError::new(code, "internal error")])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::DocumentLimits;

    fn gate() -> Arc<Gate> {
        Arc::new(Gate::new(&crate::sdl(), DocumentLimits::default(), true))
    }

    #[tokio::test]
    async fn many_texts_are_admitted_one_after_the_other() {
        let (gate, desk) = (gate(), Desk::new());
        let texts: Vec<String> = (0..50).map(|n| format!("{{ a{n}: __typename }}")).collect();
        let admitted = texts
            .iter()
            .map(|text| desk.admit(&gate, text, Trust::Sent));
        let admitted = futures_util::future::join_all(admitted).await;
        assert!(admitted.iter().all(Result::is_ok));
    }

    #[tokio::test]
    async fn what_a_scan_refuses_does_not_wait() {
        let (work, _nobody_takes_it) = mpsc::channel();
        let long = "a ".repeat(2_000);
        let errors = Desk { work }.admit(&gate(), &long, Trust::Sent).await;
        assert_eq!(errors.unwrap_err()[0].code(), ErrorCode::LimitTokens);
    }

    #[tokio::test]
    async fn a_desk_without_clerks_is_an_error_and_no_wait() {
        let (work, line) = mpsc::channel();
        drop(line);
        let errors = Desk { work }
            .admit(&gate(), "{ __typename }", Trust::Sent)
            .await
            .unwrap_err();
        assert_eq!(errors[0].code(), ErrorCode::InternalServerError);
    }
}
