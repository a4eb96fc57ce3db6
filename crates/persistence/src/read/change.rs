//! The change feed as SQL: rows of the change sequence in the order of their commits.

use domain::Timestamp;
use domain::change::{ChangeEntity, ChangeOp};
use domain::read::page::MAX_COUNT;
use domain::read::{Change, ChangePage, ChangesRequest, Count, FeedPlace};
use uuid::Uuid;

use super::Result;
use super::record::{Answer, Record};
use crate::PersistenceError;
use crate::sql::Sql;

/// Writes the statement for a page of changes.
///
/// Each row has the head of the sequence and the place up to which it was pruned, and there is at
/// least one row, so that an empty page says where it stands. Changes of each kind are a limited
/// list of their own, which an index has in order; the rows are put in order and cut when they are
/// read.
pub(super) fn select(sql: &mut Sql, wanted: &ChangesRequest) {
    sql.push(
        "SELECT state.head, state.pruned_to, page.seq, page.at, page.entity, page.entity_id, \
         page.op, CAST(page.revision AS BIGINT) AS revision",
    );
    if wanted.total {
        sql.push(", ");
        total(sql, &wanted.entities);
    }
    sql.push(
        " FROM (SELECT (SELECT COALESCE(MAX(seq), 0) FROM change) AS head, \
         COALESCE((SELECT pruned_to FROM change_state WHERE id = 1), 0) AS pruned_to) AS state \
         LEFT JOIN (",
    );
    if wanted.entities.is_empty() {
        rows(sql, wanted, None);
    }
    for (place, entity) in wanted.entities.iter().enumerate() {
        let union = if place > 0 { " UNION ALL " } else { "" };
        sql.push(&format!("{union}SELECT * FROM ("));
        rows(sql, wanted, Some(*entity));
        let name = sql.alias();
        sql.push(&format!(") AS {name}"));
    }
    sql.push(") AS page ON TRUE");
}

/// Writes the first changes of a kind, or of all kinds, and one more.
fn rows(sql: &mut Sql, wanted: &ChangesRequest, entity: Option<ChangeEntity>) {
    sql.push("SELECT seq, at, entity, entity_id, op, revision FROM change WHERE seq > ");
    let after = wanted.after.unwrap_or_default();
    sql.bind(i64::try_from(after.0).unwrap_or(i64::MAX));
    if let Some(entity) = entity {
        sql.push(" AND entity = ");
        sql.bind(entity.as_str());
    }
    sql.push(" ORDER BY seq LIMIT ");
    sql.bind(i64::from(wanted.limit) + 1);
}

/// Writes how many changes of these kinds are kept.
fn total(sql: &mut Sql, entities: &[ChangeEntity]) {
    sql.push("(SELECT COUNT(*) FROM (SELECT 1 FROM change WHERE ");
    if entities.is_empty() {
        sql.push("seq > 0");
    } else {
        let entities: Vec<String> = entities.iter().map(ToString::to_string).collect();
        sql.one_of("entity", &entities);
    }
    sql.push(&format!(" LIMIT {}) AS counted) AS total", MAX_COUNT + 1));
}

/// Turns the rows into a page. A place that the sequence has left behind, or never reached, is an
/// error: what follows it cannot be told.
pub(super) fn read(answer: &Answer, wanted: &ChangesRequest) -> Result<ChangePage> {
    let mut changes = Vec::new();
    let (mut head, mut pruned_to, mut total) = (0, 0, None);
    for record in answer.records() {
        head = number(record, 0);
        pruned_to = number(record, 1);
        total = wanted.total.then(|| Count::capped(number(record, 8)));
        if record.integer(2).is_some() {
            changes.push(change(record)?);
        }
    }
    let start = wanted.after.unwrap_or(FeedPlace(pruned_to));
    if start.0 < pruned_to || start.0 > head.max(pruned_to) {
        return Err(PersistenceError::CursorExpired {
            place: start.0,
            head,
        });
    }
    changes.sort_unstable_by_key(|change: &Change| change.place);
    let limit = usize::try_from(wanted.limit).unwrap_or(usize::MAX);
    let has_more = changes.len() > limit;
    changes.truncate(limit);
    Ok(ChangePage {
        changes,
        start,
        head: FeedPlace(head.max(pruned_to)),
        has_more,
        total,
    })
}

fn number(record: Record<'_>, column: usize) -> u64 {
    let number = record.integer(column).unwrap_or_default();
    u64::try_from(number).unwrap_or_default()
}

fn change(record: Record<'_>) -> Result<Change> {
    let place = number(record, 2);
    let text = |column| record.text(column).unwrap_or_default();
    let corrupt = |problem: &dyn std::fmt::Display| PersistenceError::Corrupt {
        table: "change",
        key: place.to_string(),
        problem: problem.to_string(),
    };
    Ok(Change {
        place: FeedPlace(place),
        at: Timestamp::parse(text(3)).map_err(|error| corrupt(&error))?,
        entity: ChangeEntity::parse(text(4)).map_err(|error| corrupt(&error))?,
        id: Uuid::try_parse(text(5)).map_err(|error| corrupt(&error))?,
        op: ChangeOp::parse(text(6)).map_err(|error| corrupt(&error))?,
        revision: u32::try_from(number(record, 7)).map_err(|error| corrupt(&error))?,
    })
}
