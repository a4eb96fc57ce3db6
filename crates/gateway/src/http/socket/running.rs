//! The operations of a socket that run.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use actix_web::rt::task::JoinHandle;
use tokio::sync::Notify;

use super::operation::Name;
use crate::metrics::{Metrics, Open};

/// The operations of a socket that run, by the ids of the client. One thread owns it.
pub(super) struct Running {
    operations: RefCell<HashMap<String, Operation>>,
    next: Cell<u64>,
    changed: Notify,
    limit: usize,
    metrics: Metrics,
}

struct Operation {
    number: u64,
    /// What runs it; nothing in the moment before it begins.
    task: Option<JoinHandle<()>>,
    /// Whether it is a subscription, which has no end of its own.
    follows: bool,
    _open: Open,
}

impl Drop for Operation {
    fn drop(&mut self) {
        if let Some(task) = &self.task {
            task.abort();
        }
    }
}

/// Why an operation may not run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refused {
    /// Another one has its id.
    InUse,
    /// There are too many.
    TooMany {
        /// How many there may be.
        limit: usize,
    },
}

impl Running {
    /// Nothing runs yet.
    pub(super) fn new(limit: usize, metrics: Metrics) -> Self {
        Self {
            operations: RefCell::default(),
            next: Cell::default(),
            changed: Notify::new(),
            limit,
            metrics,
        }
    }

    /// Takes an id for an operation.
    pub(super) fn add(&self, id: String) -> Result<Name, Refused> {
        let mut operations = self.operations.borrow_mut();
        if operations.contains_key(&id) {
            return Err(Refused::InUse);
        }
        if operations.len() >= self.limit {
            return Err(Refused::TooMany { limit: self.limit });
        }
        let number = self.next.get();
        self.next.set(number.wrapping_add(1));
        let operation = Operation {
            number,
            task: None,
            follows: false,
            _open: self.metrics.operation_on_socket(),
        };
        operations.insert(id.clone(), operation);
        Ok(Name { id, number })
    }

    /// Says what runs an operation, which ends with it.
    pub(super) fn runs(&self, id: &str, task: JoinHandle<()>) {
        match self.operations.borrow_mut().get_mut(id) {
            Some(operation) => operation.task = Some(task),
            None => task.abort(),
        }
    }

    /// Says that an operation is a subscription.
    pub(super) fn is_following(&self, name: &Name) {
        if let Some(operation) = self.operations.borrow_mut().get_mut(&name.id) {
            operation.follows = true;
        }
        self.changed.notify_waiters();
    }

    /// Forgets an operation that has come to its end; whether it was there.
    pub(super) fn remove(&self, name: &Name) -> bool {
        let mut operations = self.operations.borrow_mut();
        let found = operations.get(&name.id);
        let is_there = found.is_some_and(|operation| operation.number == name.number);
        let ended = is_there.then(|| operations.remove(&name.id)).flatten();
        if let Some(mut ended) = ended {
            // It calls this itself and has something to say yet.
            ended.task = None;
        }
        self.changed.notify_waiters();
        is_there
    }

    /// Ends an operation that nobody wants to hear of any more.
    pub(super) fn cancel(&self, id: &str) {
        drop(self.operations.borrow_mut().remove(id));
        self.changed.notify_waiters();
    }

    /// Ends all operations.
    pub(super) fn cancel_all(&self) {
        self.operations.borrow_mut().clear();
    }

    /// Waits until nothing runs that will come to an end by itself.
    pub(super) async fn answered(&self) {
        loop {
            let changed = self.changed.notified();
            if self.only_follows() {
                return;
            }
            changed.await;
        }
    }

    fn only_follows(&self) -> bool {
        let operations = self.operations.borrow();
        operations.values().all(|operation| operation.follows)
    }
}
