//! The two engines, and how one test body runs on both.

use std::fmt;

use crate::TestBoard;
use crate::cluster;

/// A database engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// SQLite, which is built in.
    Sqlite,
    /// PostgreSQL, which the machine may or may not have.
    Postgres,
}

impl Engine {
    /// Both engines.
    pub const ALL: [Self; 2] = [Self::Sqlite, Self::Postgres];

    /// Whether tests can run on this engine here.
    ///
    /// Says loudly when they cannot, and panics when that must not happen: under `CI=true`.
    #[must_use]
    pub fn available(self) -> bool {
        match self {
            Self::Sqlite => true,
            Self::Postgres => match cluster::shared() {
                Ok(_cluster) => true,
                Err(reason) => {
                    eprintln!("SKIPPED: no test runs on PostgreSQL here: {reason}");
                    assert!(!in_ci(), "PostgreSQL is missing under CI=true: {reason}");
                    false
                }
            },
        }
    }
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        })
    }
}

/// Runs a test body with an empty board on `engine`, if the machine has it.
pub async fn run_on<F: Future<Output = ()>>(engine: Engine, body: impl FnOnce(TestBoard) -> F) {
    if engine.available() {
        body(TestBoard::new(engine).await).await;
    }
}

/// Makes two tests of each body: `name::sqlite` and `name::postgres`.
///
/// ```
/// testkit::on_both_engines! {
///     async fn an_empty_board_has_version_0(board) {
///         assert_eq!(board.database().reads().catalogue_version().await.unwrap(), 0);
///     }
/// }
/// ```
#[macro_export]
macro_rules! on_both_engines {
    ($( $(#[$meta:meta])* async fn $name:ident($board:ident) $body:block )+) => { $(
        $(#[$meta])*
        mod $name {
            use super::*;

            async fn body($board: $crate::TestBoard) $body

            #[tokio::test]
            async fn sqlite() {
                $crate::run_on($crate::Engine::Sqlite, body).await;
            }

            #[tokio::test]
            async fn postgres() {
                $crate::run_on($crate::Engine::Postgres, body).await;
            }
        }
    )+ };
}

#[expect(
    clippy::disallowed_methods,
    reason = "only the machine can say whether it is there to run every test"
)]
pub(crate) fn in_ci() -> bool {
    std::env::var("CI").is_ok_and(|value| value == "true")
}
