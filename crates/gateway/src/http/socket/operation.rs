//! One operation of a socket, from its message to its end.

use std::rc::Rc;

use actix_web::web::{Bytes, Data};
use serde_json::value::RawValue;

use super::frame::Frame;
use super::message;
use super::outbox::Outbox;
use super::running::Running;
use crate::Gateway;
use crate::execute::{
    Answer, Answered, Asking, GraphRequest, Message, Outcome, Stage, Started, Subscription, Told,
};
use crate::http::entrance::Entrance;

/// What every operation of a socket needs.
#[derive(Clone)]
pub(super) struct Desk {
    pub(super) gateway: Data<Gateway>,
    pub(super) entrance: Rc<Entrance>,
    pub(super) outbox: Rc<Outbox>,
    pub(super) running: Rc<Running>,
    pub(super) request_id: Rc<str>,
}

/// How one operation is called.
pub(super) struct Name {
    /// By the client.
    pub(super) id: String,
    /// By us: a client may use an id again.
    pub(super) number: u64,
}

impl Desk {
    /// Runs an operation and tells what comes of it.
    pub(super) async fn run(&self, name: &Name, request: &RawValue, asking: Asking) {
        self.outbox.room().await;
        match self.start(request, asking).await {
            Started::Answered(answered) => self.end(name, answered.answer),
            Started::Subscribed(subscription) => self.follow(name, *subscription).await,
        }
    }

    /// Begins as a request over HTTP does: it pays, it has a place, and it waits for its turn.
    async fn start(&self, request: &RawValue, asking: Asking) -> Started {
        if let Err(refused) = self.gateway.admit(&asking) {
            return answered(refused);
        }
        let request = match GraphRequest::from_slice(request.get().as_bytes()) {
            Ok(request) => request.with_events(),
            Err(error) => return answered(Outcome::refused(Stage::Request, error)),
        };
        let place = self.entrance.enter();
        let turn = match place {
            Ok(place) => self.entrance.turn(place).await,
            Err(refused) => Err(refused),
        };
        match turn {
            // It is large, and most of the time an operation has nothing to do.
            Ok(_turn) => Box::pin(self.gateway.start(request, &asking)).await,
            Err((_status, error)) => answered(Outcome::refused(Stage::Unavailable, error)),
        }
    }

    /// Tells everything that a subscription has to tell. Nothing is made while there is no room
    /// for it.
    async fn follow(&self, name: &Name, mut subscription: Subscription) {
        self.running.is_following(name);
        loop {
            self.outbox.room().await;
            if let Err(ended) = subscription.ready().await {
                return self.end(name, ended.answer);
            }
            let turn = self.entrance.patient_turn().await;
            let told = Box::pin(subscription.tell()).await;
            drop(turn);
            match told {
                Some(Told::Event(event)) => {
                    let message = event.answer.into_message(&self.request_id);
                    self.put(message::told(&name.id, &message));
                }
                Some(Told::End(ended)) => return self.fail(name, ended.answer),
                None => {}
            }
        }
    }

    /// Tells the last that there is to tell of an operation; its id is free at once.
    fn end(&self, name: &Name, answer: Answer) {
        if !self.running.remove(name) {
            return;
        }
        let message = answer.into_message(&self.request_id);
        self.put(message::told(&name.id, &message));
        if let Message::Body(_) = message {
            self.put(message::complete(&name.id));
        }
    }

    /// Tells that an operation that has told something cannot go on.
    fn fail(&self, name: &Name, answer: Answer) {
        let errors = match answer.outcome {
            Outcome::Executed { errors, .. } | Outcome::Refused { errors, .. } => errors,
            Outcome::Kept(_) => Vec::new(),
        };
        let stage = Stage::Unavailable;
        self.end(name, Outcome::Refused { stage, errors }.into());
    }

    fn put(&self, message: Bytes) {
        self.outbox.put(Frame::Text(message));
    }
}

fn answered(outcome: Outcome) -> Started {
    Started::Answered(Box::new(Answered::of_refusal(outcome)))
}
