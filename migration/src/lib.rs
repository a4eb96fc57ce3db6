//! The database schema, step by step, for SQLite and PostgreSQL alike.
//!
//! Migrations name their own tables and columns and import no entity; an applied file never
//! changes. Start with [`ddl`], which explains the few words that differ between the engines.

pub mod ddl;
mod m20261123_000007_create_changes;
mod m20261124_000001_create_trusted_documents;
mod m20261124_000002_create_terms;
mod m20261124_000003_create_roles;
mod m20261124_000004_create_role_links;
mod m20261124_000005_create_search;
mod m20261125_000001_create_access_keys;
mod m20261125_000002_create_writes;
mod m20261129_000001_create_role_revisions;
mod m20261129_000002_create_audit_log;
mod m20261129_000003_create_term_history;
mod m20261129_000004_measure_roles;
mod m20261130_000001_create_concepts;
mod m20261130_000002_create_imports;

pub use sea_orm_migration::MigratorTrait;
use sea_orm_migration::sea_orm::{EntityTrait, QueryOrder};
use sea_orm_migration::{
    DbErr, IntoSchemaManagerConnection, MigrationTrait, SchemaManager, seaql_migrations,
};

/// Migrations of a layout that was given up before the first release, and that nothing leads on
/// from.
pub const FORMER: [&str; 6] = [
    "m20261123_000001_create_sources",
    "m20261123_000002_create_categories",
    "m20261123_000003_create_skills",
    "m20261123_000004_create_roles",
    "m20261123_000005_create_role_children",
    "m20261123_000006_create_role_links",
];

/// Knows every migration in order.
#[derive(Debug)]
pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261123_000007_create_changes::Migration),
            Box::new(m20261124_000001_create_trusted_documents::Migration),
            Box::new(m20261124_000002_create_terms::Migration),
            Box::new(m20261124_000003_create_roles::Migration),
            Box::new(m20261124_000004_create_role_links::Migration),
            Box::new(m20261124_000005_create_search::Migration),
            Box::new(m20261125_000001_create_access_keys::Migration),
            Box::new(m20261125_000002_create_writes::Migration),
            Box::new(m20261129_000001_create_role_revisions::Migration),
            Box::new(m20261129_000002_create_audit_log::Migration),
            Box::new(m20261129_000003_create_term_history::Migration),
            Box::new(m20261129_000004_measure_roles::Migration),
            Box::new(m20261130_000001_create_concepts::Migration),
            Box::new(m20261130_000002_create_imports::Migration),
        ]
    }
}

/// The names of all migrations in order.
#[must_use]
pub fn known() -> Vec<String> {
    let migrations = Migrator::migrations();
    migrations
        .iter()
        .map(|migration| migration.name().to_owned())
        .collect()
}

/// The names of the migrations that a database has, in order; only reads.
pub async fn applied<'c>(db: impl IntoSchemaManagerConnection<'c>) -> Result<Vec<String>, DbErr> {
    let manager = SchemaManager::new(db);
    if !manager.has_table("seaql_migrations").await? {
        return Ok(Vec::new());
    }
    let query = seaql_migrations::Entity::find().order_by_asc(seaql_migrations::Column::Version);
    let rows = query.all(manager.get_connection()).await?;
    Ok(rows.into_iter().map(|row| row.version).collect())
}
