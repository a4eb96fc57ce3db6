//! Event streams: the graph by the distinct connections of `graphql-sse`.
//!
//! An event is made when the connection takes it, so that nothing waits for a slow client.

use std::convert::Infallible;
use std::rc::Rc;
use std::time::Duration;

use actix_web::http::header;
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse};
use futures_util::stream::{once, unfold};

use super::entrance::Entrance;
use super::negotiation::{EVENT_STREAM, MediaType, quality, ranges};
use super::socket::Seat;
use crate::Gateway;
use crate::execute::{Answer, Message, Outcome, Stage, Subscription, Told};
use crate::metrics::Open;

/// A line that says nothing but that we are there.
const HEARTBEAT: &[u8] = b":\n\n";
const COMPLETE: &[u8] = b"event: complete\ndata:\n\n";

/// Whether a client takes event streams.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wish {
    /// It does not.
    Never,
    /// Where there is no other way.
    Possible,
    /// Rather than anything else.
    Preferred,
}

impl Wish {
    /// What a request says about it.
    pub(super) fn of(request: &HttpRequest) -> Self {
        let headers = request.headers();
        let ranges = ranges(headers, header::ACCEPT);
        let events = quality(&ranges, EVENT_STREAM).unwrap_or(0);
        if events == 0 {
            return Self::Never;
        }
        let named = [MediaType::Json, MediaType::GraphqlResponse];
        let named = named
            .into_iter()
            .filter_map(|json| quality(&ranges, json.name()));
        match named.max() {
            Some(json) if json >= events => Self::Possible,
            Some(_) | None => Self::Preferred,
        }
    }
}

/// Whether an answer is told by a status instead of inside of a stream.
pub(super) fn is_refused_before(answer: &Answer) -> bool {
    match &answer.outcome {
        Outcome::Refused { stage, .. } => !matches!(stage, Stage::Document),
        Outcome::Executed { .. } | Outcome::Kept(_) => false,
    }
}

/// The stream of something that is answered once.
pub(super) fn single(answer: Answer, request_id: &str) -> HttpResponse {
    let mut text = next(&message(answer, request_id));
    text.extend_from_slice(COMPLETE);
    let text = Bytes::from(text);
    response().streaming(once(async { Ok::<_, Infallible>(text) }))
}

/// What a stream of events needs.
pub(super) struct Events {
    pub(super) subscription: Subscription,
    pub(super) gateway: Gateway,
    pub(super) entrance: Rc<Entrance>,
    pub(super) request_id: String,
    pub(super) heartbeat: Duration,
    pub(super) seat: Seat,
    /// Counts the stream as long as it is there.
    pub(super) _open: Open,
}

/// The stream of a subscription. It ends without `complete`, so that clients connect again and go
/// on from their last cursor.
pub(super) fn events(events: Events) -> HttpResponse {
    response().streaming(unfold(events, |mut events| async {
        let told = events.next().await?;
        Some((Ok::<_, Infallible>(told), events))
    }))
}

impl Events {
    /// What is sent next; nothing when the stream is over.
    async fn next(&mut self) -> Option<Bytes> {
        loop {
            tokio::select! {
                () = self.seat.leaving() => return None,
                () = self.entrance.shut(&self.gateway) => return None,
                ready = self.subscription.ready() => ready.ok()?,
                () = tokio::time::sleep(self.heartbeat) => {
                    return Some(Bytes::from_static(HEARTBEAT));
                }
            }
            let _turn = self.entrance.patient_turn().await;
            match Box::pin(self.subscription.tell()).await {
                Some(Told::Event(event)) => {
                    return Some(next(&message(event.answer, &self.request_id)).into());
                }
                // Whoever connects again is told why.
                Some(Told::End(_)) => return None,
                None => {}
            }
        }
    }
}

fn response() -> actix_web::HttpResponseBuilder {
    let mut response = HttpResponse::Ok();
    response
        .content_type("text/event-stream; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header(("x-accel-buffering", "no"));
    response
}

/// The body of an answer, on one line.
fn message(answer: Answer, request_id: &str) -> Bytes {
    match answer.into_message(request_id) {
        Message::Body(body) => body,
        Message::Refusal(errors) => {
            let mut body = b"{\"errors\":".to_vec();
            body.extend_from_slice(&errors);
            body.push(b'}');
            body.into()
        }
    }
}

fn next(body: &[u8]) -> Vec<u8> {
    let mut text = b"event: next\ndata: ".to_vec();
    text.extend_from_slice(body);
    text.extend_from_slice(b"\n\n");
    text
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn a_stream_is_given_to_whoever_names_it_and_likes_nothing_better() {
        let wish = |accept: &str| {
            let request = TestRequest::get().insert_header((header::ACCEPT, accept));
            Wish::of(&request.to_http_request())
        };
        assert_eq!(wish("text/event-stream"), Wish::Preferred);
        assert_eq!(wish("text/event-stream, */*"), Wish::Preferred);
        assert_eq!(
            wish("application/json;q=0.5, text/event-stream"),
            Wish::Preferred
        );
        assert_eq!(
            wish("application/graphql-response+json, text/event-stream"),
            Wish::Possible
        );
        for never in ["application/json", "*/*", "text/*", "text/event-stream;q=0"] {
            assert_eq!(wish(never), Wish::Never, "{never}");
        }
    }
}
