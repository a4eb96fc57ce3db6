//! What roles said whenever they were published.
//!
//! A row has the columns of its role as they were, so that what reads the one reads the other;
//! `updated_at` is when the revision was written. What leads elsewhere is JSON: ids, and names for
//! the case that what they name is gone. Of roles that are published already the present revision
//! is kept.

use sea_orm_migration::prelude::*;

use crate::ddl;

/// See the module.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

const UP: &str = "
CREATE TABLE role_revision (
    id BIGINT NOT NULL REFERENCES role (id) ON DELETE CASCADE,
    revision BIGINT NOT NULL CHECK (revision >= 1),
    actor TEXT NOT NULL,
    withdrawn_at KEYTEXT,
    uuid KEYTEXT NOT NULL,
    slug KEYTEXT NOT NULL,
    locale KEYTEXT NOT NULL,
    title TEXT NOT NULL,
    state KEYTEXT NOT NULL CHECK (state = 'PUBLISHED'),
    created_at KEYTEXT NOT NULL,
    updated_at KEYTEXT NOT NULL,
    published_at KEYTEXT NOT NULL,
    last_reviewed KEYTEXT,
    translation_group_id BIGINT REFERENCES translation_group (id),
    source_id BIGINT NOT NULL REFERENCES source (id),
    document_slug KEYTEXT NOT NULL,
    content_hash KEYTEXT NOT NULL,
    summary TEXT,
    duties TEXT NOT NULL,
    faqs TEXT NOT NULL,
    qualification_groups TEXT NOT NULL,
    sections TEXT NOT NULL,
    facts TEXT NOT NULL,
    salaries TEXT NOT NULL,
    titles TEXT NOT NULL,
    cover_letter TEXT,
    outline TEXT NOT NULL,
    named_skills TEXT NOT NULL,
    categories TEXT NOT NULL,
    skills TEXT NOT NULL,
    relations TEXT NOT NULL,
    codes TEXT NOT NULL,
    PRIMARY KEY (id, revision)
);
";

/// The columns of a role that a revision has as they are.
const COPIED: &str = "
    id, revision, uuid, slug, locale, title, state, created_at, updated_at, published_at,
    last_reviewed, translation_group_id, source_id, document_slug, content_hash, summary, duties,
    faqs, qualification_groups, sections, facts, salaries, titles, cover_letter, outline";

const SQLITE_LINKS: &str = "
    (SELECT json_group_array(json_object('i', skill.id, 'u', skill.uuid))
        FROM json_each(role.named_skills) AS named JOIN skill ON skill.id = named.value),
    (SELECT json_group_array(json_object('u', link.uuid, 'p', json((
            SELECT json_group_array(step.name) FROM (
                SELECT category.name FROM category_ancestor
                JOIN category ON category.id = category_ancestor.ancestor_id
                WHERE category_ancestor.category_id = link.id
                ORDER BY category_ancestor.depth DESC) AS step))))
        FROM (SELECT category.id, category.uuid FROM role_category
            JOIN category ON category.id = role_category.category_id
            WHERE role_category.role_id = role.id ORDER BY role_category.position) AS link),
    (SELECT json_group_array(json_object('u', link.uuid, 'n', link.name, 'k', link.kind,
            'r', link.requirement, 'o', link.origin))
        FROM (SELECT skill.uuid, skill.name, skill.kind, role_skill.requirement,
                role_skill.origin
            FROM role_skill JOIN skill ON skill.id = role_skill.skill_id
            WHERE role_skill.role_id = role.id ORDER BY role_skill.position) AS link),
    (SELECT json_group_array(json_object('k', link.kind, 's', link.to_slug))
        FROM (SELECT kind, to_slug FROM role_relation WHERE role_id = role.id
            ORDER BY position) AS link),
    (SELECT json_group_array(json_object('s', link.scheme, 'r', link.release, 'c', link.code,
            'u', link.uri, 'm', link.match_kind))
        FROM (SELECT scheme, release, code, uri, match_kind FROM role_code
            WHERE role_id = role.id ORDER BY position) AS link)";

const POSTGRES_LINKS: &str = "
    (SELECT COALESCE(json_agg(json_build_object('i', skill.id, 'u', skill.uuid)), '[]'::json)
        FROM json_array_elements_text(role.named_skills::json) AS named
        JOIN skill ON skill.id = named::bigint)::text,
    (SELECT COALESCE(json_agg(json_build_object('u', category.uuid, 'p', (
            SELECT json_agg(above.name ORDER BY category_ancestor.depth DESC)
            FROM category_ancestor JOIN category AS above
            ON above.id = category_ancestor.ancestor_id
            WHERE category_ancestor.category_id = category.id))
            ORDER BY role_category.position), '[]'::json)
        FROM role_category JOIN category ON category.id = role_category.category_id
        WHERE role_category.role_id = role.id)::text,
    (SELECT COALESCE(json_agg(json_build_object('u', skill.uuid, 'n', skill.name,
            'k', skill.kind, 'r', role_skill.requirement, 'o', role_skill.origin)
            ORDER BY role_skill.position), '[]'::json)
        FROM role_skill JOIN skill ON skill.id = role_skill.skill_id
        WHERE role_skill.role_id = role.id)::text,
    (SELECT COALESCE(json_agg(json_build_object('k', kind, 's', to_slug)
            ORDER BY position), '[]'::json)
        FROM role_relation WHERE role_id = role.id)::text,
    (SELECT COALESCE(json_agg(json_build_object('s', scheme, 'r', release, 'c', code,
            'u', uri, 'm', match_kind) ORDER BY position), '[]'::json)
        FROM role_code WHERE role_id = role.id)::text";

/// The statement that keeps the present revision of every published role.
fn keep(word: &str, links: &str) -> String {
    format!(
        "{word} INSERT INTO role_revision ({COPIED}, actor,
        named_skills, categories, skills, relations, codes)
        SELECT {COPIED}, 'migration', {links} FROM role WHERE state = 'PUBLISHED'"
    )
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::run(manager, UP).await?;
        ddl::run(manager, &keep("SQLITE", SQLITE_LINKS)).await?;
        ddl::run(manager, &keep("POSTGRES", POSTGRES_LINKS)).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::drop_tables(manager, &["role_revision"]).await
    }
}
