//! The change sequence.

use std::collections::{HashMap, HashSet};

use domain::Slug;
use domain::audit::AuditHead;
use domain::change::{Aspects, ChangeEntity, NewChange, Touch};
use sea_orm::{
    ColumnTrait, DbBackend, EntityTrait, JoinType, QueryFilter, QuerySelect, QueryTrait, Value,
};

use super::row::corrupt;
use super::{ROWS_PER_STATEMENT, Result, Transaction};
use crate::audit;
use crate::change::CHANNEL;
use crate::entity::change::{Column, Entity};
use crate::entity::{role, role_relation, slug_history};
use crate::sql::Sql;

/// Names the lock that gives transactions their place in the sequence on PostgreSQL.
const SEQUENCE_LOCK: i64 = 0x0072_6f6c_6573_6571;
/// Changes after which other roles may look different, and slugs lead elsewhere.
pub(super) const FINDABLE: Aspects =
    Aspects::from_bits(Aspects::MEMBERSHIP.bits() | Aspects::SLUG.bits() | Aspects::LOCALE.bits());

/// The numbers of changes that were added.
#[derive(Debug)]
pub(super) struct Numbered {
    /// That of the first one; behind the last one when there is none.
    pub(super) first: u64,
    /// That of the last one, or of the newest that was there before.
    pub(super) last: u64,
    /// The end of the audit log, where it was read on this occasion.
    pub(super) audit_head: Option<AuditHead>,
}

impl Transaction {
    /// Waits until no other transaction is between its changes and its commit.
    ///
    /// What is read from here on includes everything that was committed before; SQLite has one
    /// writer anyway.
    pub(super) async fn lock_changes(&self) -> Result<()> {
        if self.backend() == DbBackend::Postgres {
            let lock = format!("SELECT PG_ADVISORY_XACT_LOCK({SEQUENCE_LOCK})");
            self.inner.batch(&lock).await?;
        }
        Ok(())
    }

    /// Adds the rows of changes, and what these touch. Under the lock numbers follow each other.
    /// The end of the audit log comes back with them, which saves a statement.
    pub(super) async fn insert_changes(
        &self,
        changes: &[NewChange<'_>],
        touches: &[Touch],
    ) -> Result<Numbered> {
        let rows: Vec<_> = changes.iter().zip(touches).collect();
        let (mut last, mut audit_head) = (None, None);
        for chunk in rows.chunks(ROWS_PER_STATEMENT) {
            for row in self.rows(|sql| insert(sql, chunk)).await?.iter() {
                last = last.max(row.integer(0));
                audit_head = audit_head.or_else(|| audit::head(row, 1));
            }
        }
        let audit_head = last.map(|_added| audit_head.unwrap_or_default());
        let last = match last {
            Some(last) => last,
            None => self.last_change().await?,
        };
        self.tell(last).await?;
        let last = u64::try_from(last).unwrap_or(0);
        let count = u64::try_from(changes.len()).unwrap_or(u64::MAX);
        Ok(Numbered {
            first: last.saturating_sub(count).saturating_add(1),
            last,
            audit_head,
        })
    }

    async fn last_change(&self) -> Result<i64> {
        let last = Entity::find()
            .select_only()
            .column_as(Column::Seq.max(), "last");
        let rows = self.select(last).await?;
        Ok(rows.iter().find_map(|row| row.integer(0)).unwrap_or(0))
    }

    /// Lets other processes know of the commit when it happens.
    async fn tell(&self, last: i64) -> Result<()> {
        if self.backend() == DbBackend::Postgres {
            let notify = format!("NOTIFY {CHANNEL}, '{last}'");
            self.inner.batch(&notify).await?;
        }
        Ok(())
    }

    /// What changes touch, consequences for other roles included.
    pub(super) async fn touches(&self, changes: &[NewChange<'_>]) -> Result<Vec<Touch>> {
        let mut touches: Vec<Touch> = changes.iter().map(touch).collect();
        let findable =
            |touch: &&Touch| touch.entity == ChangeEntity::Role && touch.aspects.has_any(FINDABLE);
        let ids: Vec<String> = touches
            .iter()
            .filter(findable)
            .map(|touch| touch.id.to_string())
            .collect();
        if ids.is_empty() {
            return Ok(touches);
        }
        let related = self.related_from_elsewhere(&ids).await?;
        let slugs = self.slugs_of(&ids).await?;
        for touch in touches.iter_mut().filter(|touch| findable(&&**touch)) {
            let id = touch.id.to_string();
            touch.aspects |= Aspects::RELATION.when(related.contains(&id));
            touch.slugs = slugs.get(&id).cloned().unwrap_or_default();
        }
        Ok(touches)
    }

    /// Those of the roles that others have among their related roles.
    async fn related_from_elsewhere(&self, ids: &[String]) -> Result<HashSet<String>> {
        let mut related = HashSet::new();
        for chunk in ids.chunks(ROWS_PER_STATEMENT) {
            let targets = role_relation::Entity::find()
                .select_only()
                .column(role_relation::Column::ToId)
                .filter(role_relation::Column::ToId.is_not_null())
                .into_query();
            let found = role::Entity::find()
                .select_only()
                .column(role::Column::Uuid)
                .filter(role::Column::Uuid.is_in(chunk))
                .filter(role::Column::Id.in_subquery(targets));
            let rows = self.select(found).await?;
            let ids = rows.iter().filter_map(|row| row.text(0));
            related.extend(ids.map(str::to_owned));
        }
        Ok(related)
    }

    /// All slugs by which roles are called, former ones included.
    async fn slugs_of(&self, ids: &[String]) -> Result<HashMap<String, Vec<Slug>>> {
        let mut slugs: HashMap<String, Vec<Slug>> = HashMap::new();
        for chunk in ids.chunks(ROWS_PER_STATEMENT) {
            let present = role::Entity::find()
                .select_only()
                .columns([role::Column::Uuid, role::Column::Slug])
                .filter(role::Column::Uuid.is_in(chunk));
            let of_role = slug_history::Entity::belongs_to(role::Entity)
                .from(slug_history::Column::RoleId)
                .to(role::Column::Id);
            let former = slug_history::Entity::find()
                .select_only()
                .column(role::Column::Uuid)
                .column(slug_history::Column::Slug)
                .join(JoinType::InnerJoin, of_role.into())
                .filter(role::Column::Uuid.is_in(chunk));
            let present = self.select(present).await?;
            let former = self.select(former).await?;
            for row in present.iter().chain(former.iter()) {
                let (id, slug) = (
                    row.text(0).unwrap_or_default(),
                    row.text(1).unwrap_or_default(),
                );
                let slug = Slug::parse(slug).map_err(|error| corrupt("slug", slug, &error))?;
                slugs.entry(id.to_owned()).or_default().push(slug);
            }
        }
        Ok(slugs)
    }
}

fn touch(change: &NewChange<'_>) -> Touch {
    Touch {
        entity: change.entity,
        id: change.id,
        aspects: change.aspects,
        slugs: Vec::new(),
    }
}

/// Writes the rows of changes. Every row brings back its number and the end of the audit log.
fn insert(sql: &mut Sql, rows: &[(&NewChange<'_>, &Touch)]) {
    sql.push(
        "INSERT INTO change (at, entity, entity_id, op, aspects, slugs, revision, actor) VALUES ",
    );
    sql.separated(rows, |sql, (change, touch)| {
        sql.push("(");
        sql.bind_all(values(change, touch));
        sql.push(")");
    });
    sql.push(
        " RETURNING seq, (SELECT MAX(seq) FROM audit), \
         (SELECT hash FROM audit WHERE seq = (SELECT MAX(seq) FROM audit))",
    );
}

/// The values of a row, in the order of the columns.
fn values(change: &NewChange<'_>, touch: &Touch) -> [Value; 8] {
    let NewChange {
        at,
        entity,
        id,
        op,
        aspects: _,
        revision,
        author,
    } = change;
    let slugs: Vec<&str> = touch.slugs.iter().map(Slug::as_str).collect();
    let slugs = (!slugs.is_empty()).then(|| slugs.join(" "));
    [
        at.to_string().into(),
        entity.as_str().into(),
        id.to_string().into(),
        op.as_str().into(),
        touch.aspects.bits().cast_signed().into(),
        slugs.into(),
        i32::try_from(*revision).unwrap_or(i32::MAX).into(),
        author.name.into(),
    ]
}
