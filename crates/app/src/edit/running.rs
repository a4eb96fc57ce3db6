//! Writes that run at this moment.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use persistence::Attempt;

/// The keys of the writes that run in this process; cheap to clone.
#[derive(Clone, Debug, Default)]
pub(crate) struct RunningWrites(Arc<Mutex<HashSet<Name>>>);

/// What tells writes apart: holder, operation and key.
type Name = (String, String, String);

/// The right to run a write; given back when it is dropped.
#[derive(Debug)]
pub(crate) struct Turn {
    running: RunningWrites,
    name: Name,
}

impl RunningWrites {
    /// The right to run a write; `None` while it runs already.
    pub(crate) fn start(&self, attempt: &Attempt) -> Option<Turn> {
        let Attempt {
            holder,
            operation,
            key,
            fingerprint: _,
        } = attempt;
        let name = (holder.clone(), operation.clone(), key.clone());
        let is_new = self.names().insert(name.clone());
        is_new.then(|| Turn {
            running: self.clone(),
            name,
        })
    }

    fn names(&self) -> MutexGuard<'_, HashSet<Name>> {
        // The set is right after every step.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.running.names().remove(&self.name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_write_runs_once_at_a_time() {
        let running = RunningWrites::default();
        let attempt = |key: &str| Attempt {
            holder: "key".to_owned(),
            operation: "roleUpdate".to_owned(),
            key: key.to_owned(),
            fingerprint: String::new(),
        };
        let first = running.start(&attempt("a"));
        assert!(first.is_some());
        assert!(running.start(&attempt("a")).is_none());
        assert!(running.start(&attempt("b")).is_some());
        drop(first);
        assert!(running.start(&attempt("a")).is_some());
    }
}
