//! Outside schemes, their concepts, and how these relate; the order of the releases of codes.
//!
//! A relation names its target by scheme and code, and gets its key once that is there. Releases
//! are ordered by a text in which numbers have ten digits, so that `29.10` is newer than `29.3`.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::ConnectionTrait;

use crate::ddl;

/// See the module.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

const UP: &str = "
CREATE TABLE scheme (
    id ROWKEY,
    uuid KEYTEXT NOT NULL UNIQUE,
    key KEYTEXT NOT NULL UNIQUE CHECK (key <> ''),
    name TEXT NOT NULL CHECK (name <> ''),
    homepage TEXT,
    licence TEXT,
    attribution TEXT,
    uri_prefix TEXT,
    releases TEXT NOT NULL
);
CREATE TABLE concept (
    id ROWKEY,
    uuid KEYTEXT NOT NULL UNIQUE,
    scheme_id BIGINT NOT NULL REFERENCES scheme (id),
    code KEYTEXT NOT NULL CHECK (code <> ''),
    uri KEYTEXT,
    kind KEYTEXT NOT NULL CHECK (kind IN ('OCCUPATION', 'GROUP', 'SKILL', 'KNOWLEDGE', 'ABILITY',
        'ACTIVITY', 'TECHNOLOGY', 'TOOL', 'WORK_STYLE', 'INTEREST', 'CREDENTIAL', 'OTHER')),
    status KEYTEXT NOT NULL CHECK (status IN ('ACTIVE', 'OBSOLETE')),
    release KEYTEXT NOT NULL,
    modified_on KEYTEXT,
    labels TEXT NOT NULL,
    notes TEXT NOT NULL,
    predecessors TEXT NOT NULL,
    content_hash KEYTEXT NOT NULL
);
CREATE UNIQUE INDEX concept_code ON concept (scheme_id, code);
CREATE UNIQUE INDEX concept_uri ON concept (uri, scheme_id);
CREATE TABLE concept_relation (
    concept_id BIGINT NOT NULL REFERENCES concept (id) ON DELETE CASCADE,
    position BIGINT NOT NULL CHECK (position >= 0),
    kind KEYTEXT NOT NULL CHECK (kind IN ('BROADER', 'RELATED')),
    to_scheme KEYTEXT NOT NULL CHECK (to_scheme <> ''),
    to_code KEYTEXT NOT NULL CHECK (to_code <> ''),
    to_id BIGINT REFERENCES concept (id) ON DELETE SET NULL,
    PRIMARY KEY (concept_id, position),
    UNIQUE (concept_id, kind, to_scheme, to_code)
) CLUSTERED;
CREATE INDEX concept_relation_target ON concept_relation (to_id, kind, concept_id);
CREATE INDEX concept_relation_pending ON concept_relation (to_scheme, to_code)
    WHERE to_id IS NULL;
ALTER TABLE role_code ADD COLUMN release_order KEYTEXT NOT NULL DEFAULT '';
";

const DOWN: &str = "
ALTER TABLE role_code DROP COLUMN release_order;
DROP TABLE concept_relation;
DROP TABLE concept;
DROP TABLE scheme;
";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::run(manager, UP).await?;
        order_releases(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::run(manager, DOWN).await
    }
}

/// Fills in the order of the releases that codes are of.
async fn order_releases(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let db = manager.get_connection();
    let (table, release) = (Alias::new("role_code"), Alias::new("release"));
    let select = Query::select()
        .distinct()
        .column(release.clone())
        .from(table.clone())
        .take();
    for row in db.query_all(&select).await? {
        let name: String = row.try_get_by_index(0)?;
        let update = Query::update()
            .table(table.clone())
            .value(Alias::new("release_order"), order(&name))
            .and_where(Expr::col(release.clone()).eq(name))
            .take();
        db.execute(&update).await?;
    }
    Ok(())
}

/// A name in which every number has ten digits.
fn order(release: &str) -> String {
    let mut order = String::new();
    let mut rest = release;
    while let Some(sign) = rest.chars().next() {
        let end = rest.find(|sign: char| !sign.is_ascii_digit());
        let (digits, behind) = rest.split_at(end.unwrap_or(rest.len()));
        if digits.is_empty() {
            order.push(sign);
            rest = behind.strip_prefix(sign).unwrap_or_default();
        } else {
            let number = digits.trim_start_matches('0');
            order.extend(std::iter::repeat_n(
                '0',
                10_usize.saturating_sub(number.len()),
            ));
            order.push_str(number);
            rest = behind;
        }
    }
    order
}

#[cfg(test)]
mod tests {
    use super::order;

    #[test]
    fn numbers_count_as_numbers() {
        assert_eq!(order("29.3"), "0000000029.0000000003");
        assert_eq!(order("v1.10é"), "v0000000001.0000000010é");
        assert_eq!(order("007"), "0000000007");
        assert_eq!(order(""), "");
    }
}
