//! Why a use-case failed.

use domain::Violation;
use persistence::PersistenceError;

/// Why a use-case failed; nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// The value breaks rules of the catalogue; its sender can fix it.
    #[error("{}", listed(.0))]
    Invalid(Vec<Violation>),
    /// The database failed.
    #[error(transparent)]
    Persistence(#[from] PersistenceError),
}

fn listed(violations: &[Violation]) -> String {
    let texts: Vec<String> = violations.iter().map(ToString::to_string).collect();
    texts.join("; ")
}
