//! How long commits take, as the database has counted it.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use persistence::{COMMIT_BOUNDS, CommitFigures};
use prometheus_client::encoding::{EncodeMetric, MetricEncoder, NoLabelSet};
use prometheus_client::metrics::MetricType;

/// A histogram of what somebody else has counted; cheap to clone.
#[derive(Clone, Debug, Default)]
pub(super) struct Commits(Arc<Mutex<CommitFigures>>);

impl Commits {
    /// Takes over what was counted so far.
    pub(super) fn set(&self, figures: CommitFigures) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = figures;
    }
}

impl EncodeMetric for Commits {
    fn encode(&self, mut encoder: MetricEncoder<'_>) -> fmt::Result {
        let figures = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let CommitFigures {
            count,
            seconds,
            counts,
        } = &*figures;
        let longer = count.saturating_sub(counts.iter().sum());
        let buckets = COMMIT_BOUNDS.into_iter().zip(counts.iter().copied());
        let buckets: Vec<(f64, u64)> = buckets.chain([(f64::INFINITY, longer)]).collect();
        encoder.encode_histogram::<NoLabelSet>(*seconds, *count, &buckets, None)
    }

    fn metric_type(&self) -> MetricType {
        MetricType::Histogram
    }
}
