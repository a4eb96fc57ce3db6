//! What can go wrong, sorted by fault: the caller's or ours.

mod api_error;
mod code;
mod graph_error;

pub(crate) use api_error::ApiError;
pub(crate) use code::{ErrorCode, Reason};
pub(crate) use graph_error::{GraphError, MAX_ERRORS};
