//! The database schema, step by step, for SQLite and PostgreSQL alike.
//!
//! Migrations name their own tables and columns and import no entity; an applied file never
//! changes. Start with [`ddl`], which explains the few words that differ between the engines.

pub mod ddl;
mod m20261123_000001_create_sources;
mod m20261123_000002_create_categories;
mod m20261123_000003_create_skills;
mod m20261123_000004_create_roles;
mod m20261123_000005_create_role_children;
mod m20261123_000006_create_role_links;
mod m20261123_000007_create_changes;

use sea_orm_migration::{MigrationTrait, MigratorTrait};

/// Knows every migration in order.
#[derive(Debug)]
pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261123_000001_create_sources::Migration),
            Box::new(m20261123_000002_create_categories::Migration),
            Box::new(m20261123_000003_create_skills::Migration),
            Box::new(m20261123_000004_create_roles::Migration),
            Box::new(m20261123_000005_create_role_children::Migration),
            Box::new(m20261123_000006_create_role_links::Migration),
            Box::new(m20261123_000007_create_changes::Migration),
        ]
    }
}
