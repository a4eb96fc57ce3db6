//! The life of a socket: what both sides say, and how it ends.

use std::collections::VecDeque;
use std::panic::AssertUnwindSafe;
use std::rc::Rc;
use std::time::Duration;

use actix_web::rt;
use actix_web::web::Data;
use actix_ws::MessageStream;
use futures_util::FutureExt as _;
use serde_json::value::RawValue;
use tokio::time::{Instant, MissedTickBehavior, interval, timeout};

use super::close::Close;
use super::frame::Frame;
use super::identity;
use super::incoming::{Heard, Incoming};
use super::message::{self, FromClient};
use super::operation::Desk;
use super::outbox::Outbox;
use super::running::Refused;
use super::seat::Seat;
use crate::error::{ErrorCode, GraphError};
use crate::execute::{Answer, Asking, Outcome, Stage};
use crate::{GatewaySettings, SocketSettings};

/// How often callers are looked at again, and silence is noticed.
const LOOK: Duration = Duration::from_secs(1);
/// Messages are counted for so long.
const MINUTE: Duration = Duration::from_mins(1);
/// How long the end of a socket may take to be told.
const FAREWELL: Duration = Duration::from_secs(3);

/// A socket.
pub(super) struct Session {
    pub(super) desk: Desk,
    pub(super) settings: SocketSettings,
    pub(super) all: Data<GatewaySettings>,
    /// What everybody who speaks here asks, once it is known who that is.
    pub(super) asking: Option<Asking>,
    pub(super) life: Life,
}

/// What is known of the other side.
pub(super) struct Life {
    begun: Instant,
    heard: Instant,
    pinged: Instant,
    /// When the last messages came.
    messages: VecDeque<Instant>,
}

impl Life {
    /// It begins now.
    pub(super) fn new() -> Self {
        let now = Instant::now();
        Self {
            begun: now,
            heard: now,
            pinged: now,
            messages: VecDeque::new(),
        }
    }

    /// Whether one more message is too much.
    fn is_too_talkative(&mut self, limit: usize) -> bool {
        let now = Instant::now();
        while self.messages.front().is_some_and(|at| now - *at >= MINUTE) {
            self.messages.pop_front();
        }
        self.messages.push_back(now);
        self.messages.len() > limit
    }
}

impl Session {
    /// Lives until one of the sides has had enough; tells the client why.
    pub(super) async fn run(mut self, frames: MessageStream, seat: Seat) -> Close {
        let mut incoming = Incoming::new(frames, self.settings.message_bytes);
        let outbox = Rc::clone(&self.desk.outbox);
        let talk = AssertUnwindSafe(self.talk(&mut incoming, &seat)).catch_unwind();
        let close = talk.await.unwrap_or(Close::Fault);
        if close == Close::Fault {
            self.desk.gateway.metrics().panicked();
        }
        self.desk.running.cancel_all();
        farewell(close, &outbox, &mut incoming).await;
        close
    }

    /// Listens and answers until the conversation is over.
    async fn talk(&mut self, incoming: &mut Incoming, seat: &Seat) -> Close {
        let outbox = Rc::clone(&self.desk.outbox);
        let mut look = interval(
            LOOK.min(self.settings.ping)
                .min(self.settings.init_deadline),
        );
        look.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            let ended = tokio::select! {
                close = outbox.closed() => Err(close),
                heard = incoming.next() => heard.and_then(|heard| self.hear(heard)),
                _ = look.tick() => self.look(),
                () = outbox.stuck(self.settings.patience) => Err(Close::Overload),
                () = seat.leaving() => Err(self.leave().await),
            };
            if let Err(close) = ended {
                return close;
            }
        }
    }

    /// Lets operations come to their end before the server stops.
    async fn leave(&self) -> Close {
        let ended = async {
            self.desk.running.answered().await;
            self.desk.outbox.empty().await;
        };
        let _in_time = timeout(self.settings.grace, ended).await;
        Close::Restart
    }

    /// What is due when time has passed.
    fn look(&mut self) -> Result<(), Close> {
        let (life, settings) = (&mut self.life, &self.settings);
        if self.asking.is_none() {
            let is_late = life.begun.elapsed() >= settings.init_deadline;
            return if is_late {
                Err(Close::InitTimeout)
            } else {
                Ok(())
            };
        }
        if !self.desk.entrance.still_holds(&self.desk.gateway) {
            return Err(Close::Forbidden);
        }
        if life.heard.elapsed() >= settings.ping * 2 {
            return Err(Close::Gone);
        }
        if life.pinged.elapsed() >= settings.ping {
            life.pinged = Instant::now();
            self.desk.outbox.put(Frame::Ping);
        }
        Ok(())
    }

    fn hear(&mut self, heard: Heard) -> Result<(), Close> {
        self.life.heard = Instant::now();
        if heard == Heard::Pong {
            return Ok(());
        }
        if self.life.is_too_talkative(self.settings.messages) {
            return Err(Close::TooManyMessages);
        }
        match heard {
            Heard::Text(text) => self.obey(FromClient::read(&text)?),
            Heard::Ping(payload) => {
                self.desk.outbox.put(Frame::Pong(payload));
                Ok(())
            }
            Heard::Pong => Ok(()),
        }
    }

    fn obey(&mut self, message: FromClient) -> Result<(), Close> {
        match message {
            FromClient::Init(_) if self.asking.is_some() => Err(Close::SecondInit),
            FromClient::Init(payload) => {
                let Desk {
                    entrance, gateway, ..
                } = &self.desk;
                let known = identity::identify(payload.as_ref(), entrance, gateway);
                let known = known.map_err(|refused| {
                    gateway.note_refused(refused, &entrance.origin());
                    Close::Forbidden
                })?;
                let entrance = entrance.known_as(known, &self.all);
                self.asking = Some(entrance.asking(gateway));
                self.desk.entrance = Rc::new(entrance);
                self.say(message::acknowledgement());
                Ok(())
            }
            FromClient::Ping(payload) => {
                self.say(message::pong(payload.as_deref()));
                Ok(())
            }
            FromClient::Pong => Ok(()),
            FromClient::Subscribe { id, request } => match self.asking.clone() {
                Some(asking) => self.subscribe(&id, request, asking),
                None => Err(Close::EarlySubscribe),
            },
            FromClient::Complete { id } => {
                self.desk.running.cancel(&id);
                Ok(())
            }
        }
    }

    /// Begins an operation.
    fn subscribe(&self, id: &str, request: Box<RawValue>, asking: Asking) -> Result<(), Close> {
        let name = match self.desk.running.add(id.to_owned()) {
            Ok(name) => name,
            Err(Refused::InUse) => return Err(Close::IdInUse),
            Err(Refused::TooMany { limit }) => {
                let refusal = too_many(limit).into_message(&self.desk.request_id);
                self.say(message::told(id, &refusal));
                return Ok(());
            }
        };
        let desk = self.desk.clone();
        let task = rt::spawn(async move {
            let run = desk.run(&name, &request, asking);
            if AssertUnwindSafe(run).catch_unwind().await.is_err() {
                desk.outbox.close(Close::Fault);
            }
        });
        self.desk.running.runs(id, task);
        Ok(())
    }

    fn say(&self, message: actix_web::web::Bytes) {
        self.desk.outbox.put(Frame::Text(message));
    }
}

fn too_many(limit: usize) -> Answer {
    let message = format!("at most {limit} operations at once on a socket: end one of them first");
    let error = GraphError::new(ErrorCode::RateLimited, &message).with_limit(limit, None);
    Outcome::refused(Stage::Unavailable, error).into()
}

/// Tells the client why the socket ends, and gives it some time to hear it.
async fn farewell(close: Close, outbox: &Outbox, incoming: &mut Incoming) {
    let last = close.frame();
    let is_told = last.is_some();
    // What was promised is kept, unless the client has done something wrong or takes nothing.
    let in_place = !matches!(close, Close::Restart | Close::Normal);
    outbox.finish(last, in_place);
    let told = async {
        outbox.empty().await;
        // Whoever closes a connection on which something is unread takes back what it has said.
        while incoming.drain().await {}
    };
    if is_told {
        let _in_time = timeout(FAREWELL, told).await;
    }
}
