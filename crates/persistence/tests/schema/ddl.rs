//! The schema that a database has, as text.

use sqlx::{Connection as _, PgConnection, SqliteConnection};

/// Everything that SQLite was told to create, in the order of names.
pub(crate) async fn of_sqlite(url: &str) -> String {
    let mut connection = SqliteConnection::connect(url).await.unwrap();
    let statements = sqlx::query_scalar::<_, String>(
        "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND tbl_name NOT LIKE 'sqlite_%' \
         ORDER BY tbl_name, type DESC, name",
    );
    let statements = statements.fetch_all(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    statements.join("\n")
}

/// Columns, constraints, indexes and triggers as PostgreSQL understood them.
pub(crate) async fn of_postgres(url: &str) -> String {
    let mut connection = PgConnection::connect(url).await.unwrap();
    let statements = sqlx::query_scalar::<_, String>(
        "SELECT line FROM (
             SELECT table_name, 1 AS part, LPAD(ordinal_position::text, 3, '0') AS place,
                    CONCAT_WS(' ', table_name, 'column', column_name, data_type,
                        'COLLATE ' || collation_name,
                        CASE is_nullable WHEN 'NO' THEN 'NOT NULL' END,
                        CASE is_identity WHEN 'YES' THEN 'IDENTITY ' || identity_generation END,
                        'DEFAULT ' || column_default) AS line
             FROM information_schema.columns WHERE table_schema = 'public'
             UNION ALL
             SELECT conrelid::regclass::text, 2, conname,
                    CONCAT_WS(' ', conrelid::regclass, 'constraint', conname,
                        PG_GET_CONSTRAINTDEF(oid))
             FROM pg_constraint
             WHERE connamespace = 'public'::regnamespace AND contype <> 'n'
             UNION ALL
             SELECT tablename, 3, indexname, CONCAT_WS(' ', tablename, 'index', indexdef)
             FROM pg_indexes WHERE schemaname = 'public'
             UNION ALL
             SELECT tgrelid::regclass::text, 4, tgname,
                    CONCAT_WS(' ', tgrelid::regclass, 'trigger', PG_GET_TRIGGERDEF(oid))
             FROM pg_trigger WHERE NOT tgisinternal
         ) AS lines ORDER BY table_name COLLATE \"C\", part, place COLLATE \"C\"",
    );
    let statements = statements.fetch_all(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    statements.join("\n")
}
