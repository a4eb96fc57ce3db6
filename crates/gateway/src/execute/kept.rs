//! Answers that need no execution.

use std::sync::Arc;

use super::executor::{Execution, Prepared};
use super::{Asking, Inner, Maker, Outcome, Stage};
use crate::cache::{Audience, Finished, Kept, Key, Made, Reading, Taken};
use crate::document::Document;
use crate::error::{ApiError, ErrorCode, GraphError};

/// An execution, now or before, and the version of the catalogue that its answer has at least.
pub(super) struct Versioned {
    pub(super) execution: Execution,
    pub(super) version: u64,
    /// Where the answer is kept.
    pub(super) key: Option<Key>,
}

impl Versioned {
    /// An answer that is kept.
    pub(super) fn kept(kept: Arc<Kept>, version: u64, key: Key) -> Self {
        Self {
            execution: Execution {
                worth: Some(kept.worth()),
                outcome: Outcome::Kept(kept),
            },
            version,
            key: Some(key),
        }
    }

    /// An answer that is nobody else's.
    pub(super) fn private(execution: Execution, version: u64) -> Self {
        Self {
            execution,
            version,
            key: None,
        }
    }
}

impl Inner {
    /// The answer to an operation: the one that is kept, or a new one.
    pub(super) async fn execute(
        &self,
        document: &Document,
        prepared: &Prepared<'_>,
        asking: &Asking,
    ) -> Versioned {
        if !self.may_keep(prepared, asking) {
            let clock = self.cache.clock();
            let before = clock.head();
            let reading = Reading::unnoted(self.database.reads(), asking.audience());
            let execution = Box::pin(self.make(prepared, asking, &reading)).await;
            // What was written has a version of its own, which readers may ask for.
            let reads = prepared.operation.is_query();
            let version = if reads { before } else { clock.head() };
            return Versioned::private(execution, version);
        }
        let (operation, variables) = (prepared.operation, &prepared.variables);
        let (name, definition) = (operation.name(), &operation.definition);
        let key = Key::of(
            &document.hash,
            name,
            definition,
            variables,
            asking.audience(),
        );
        let make = async || {
            let reading = Reading::noting(self.database.reads());
            let execution = self.make(prepared, asking, &reading).await;
            made(execution, &reading)
        };
        // An execution is large, and answers that are kept should not have to carry one.
        match self.cache.take(key, || Box::pin(make())).await {
            Taken::Private(execution, version) => Versioned::private(execution, version),
            Taken::Kept(kept, version) => Versioned::kept(kept, version, key),
        }
    }

    async fn make(&self, prepared: &Prepared<'_>, asking: &Asking, reading: &Reading) -> Execution {
        let gate = self.library.gate();
        self.executor.run(prepared, gate, asking, reading).await
    }

    /// Whether the answer may be kept: it is one of a query that reads the catalogue and nothing
    /// that is never kept, for everybody. Editors see what no change tells of: that a draft has
    /// become another one is nothing to those who do not see it.
    fn may_keep(&self, prepared: &Prepared<'_>, asking: &Asking) -> bool {
        let selection = &prepared.selection;
        self.cache.is_on()
            && asking.audience() == Audience::Public
            && asking.maker == Maker::Writer
            && prepared.operation.is_query()
            && !selection.introspects()
            && selection.statements() > 0
            && selection.max_age() != Some(0)
    }

    /// Makes sure that answers have a version of the catalogue at least.
    pub(super) async fn reach(&self, version: u64) -> Result<(), Outcome> {
        match Box::pin(self.database.catch_up(version)).await {
            Ok(head) if head >= version => Ok(()),
            Ok(head) => {
                let message = format!(
                    "the catalogue has version {head} here: version {version} is not there yet"
                );
                let error = GraphError::new(ErrorCode::VersionNotReached, &message);
                Err(Outcome::refused(Stage::Unavailable, error))
            }
            Err(error) => {
                let error = GraphError::of_failure(&ApiError::from(error));
                Err(Outcome::refused(Stage::Unavailable, error))
            }
        }
    }
}

/// Only answers without errors are for others as well, and only those that read something.
fn made(execution: Execution, reading: &Reading) -> Made<Execution> {
    let tags = reading.noted();
    match execution {
        Execution {
            outcome: Outcome::Executed { data, errors },
            worth: Some(worth),
        } if errors.is_empty() && !tags.is_empty() => Made::Finished(Finished {
            body: data.into_body(),
            worth,
            tags,
        }),
        other => Made::Private(other),
    }
}
