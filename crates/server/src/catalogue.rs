//! The use-cases with the real time and real ids.

use std::sync::Arc;

use app::Catalogue;
use domain::limits::ContentLimits;
use persistence::Database;

use crate::clock::{SystemClock, SystemIds};

/// Everything that changes the catalogue in `database`.
pub(crate) fn catalogue(database: &Database, limits: ContentLimits) -> Catalogue {
    let (clock, ids) = (Arc::new(SystemClock), Arc::new(SystemIds));
    Catalogue::new(database.clone(), clock, ids, limits)
}
