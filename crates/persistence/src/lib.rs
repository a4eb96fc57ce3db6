//! Where the catalogue is stored: SQLite or PostgreSQL through SeaORM.
//!
//! Takes and returns domain values; rows and entities never leave this crate. It decides
//! nothing: rules are checked in `domain`, use-cases live in `app`. Start with [`Database`],
//! then [`Reads`] for everything that readers ask and [`Transaction`] for everything that is
//! written.

mod access;
mod audit;
mod change;
mod database;
mod diagnosis;
mod engine;
mod entity;
mod error;
mod import;
mod read;
mod schema;
mod settings;
mod sort_key;
mod sql;
mod stored;
mod write;

pub use change::{ChangeClock, Following, Moment, Watch};
pub use database::Database;
pub use diagnosis::{Diagnosis, EngineSetting};
pub use engine::{COMMIT_BOUNDS, CommitFigures, WriteFigures};
pub use error::PersistenceError;
pub use read::Reads;
pub use schema::{Schema, SchemaStep};
pub use settings::DatabaseSettings;
pub use sort_key::sort_key;
pub use write::{
    Attempt, Called, CategoryFit, CategoryNode, CategoryUse, ConceptRecord, KnownConcept,
    KnownRole, PlacedCategory, Recorded, RoleChildren, RoleLinks, RoleRecord, SlugScope,
    SpelledSkill, Transaction,
};
