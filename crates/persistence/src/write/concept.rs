//! Concepts of outside schemes, and how they relate.

use domain::change::{Aspects, ChangeEntity, ChangeOp, NewChange};
use domain::concept::{ConceptDraft, ConceptKind, ConceptStatus, RelatedCode, Scheme};
use domain::id::{ConceptId, SchemeId};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use serde::Serialize;

use super::row::{NO_KEY, corrupt, id, id_text, numbered};
use super::{ROWS_PER_STATEMENT, Result, Transaction};
use crate::engine::Row;
use crate::entity::{concept, concept_relation};
use crate::sql::Sql;
use crate::stored::concept::{LabelRow, NoteRow};

/// What a transaction knows of a stored concept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownConcept {
    /// The id of the concept.
    pub id: ConceptId,
    /// The code.
    pub code: String,
    /// The address.
    pub uri: Option<String>,
    /// What sort of thing it is.
    pub kind: ConceptKind,
    /// Whether it is still in use.
    pub status: ConceptStatus,
    /// The newest imported release that has it.
    pub release: String,
    /// The hash of what its draft said.
    pub content_hash: String,
}

/// A concept as it is to be stored.
#[derive(Clone, Debug)]
pub struct ConceptRecord<'a> {
    /// The id of the concept.
    pub id: ConceptId,
    /// What its scheme says about it.
    pub draft: &'a ConceptDraft,
    /// Whether it is still in use.
    pub status: ConceptStatus,
    /// The newest imported release that has it.
    pub release: &'a str,
    /// The hash of what the draft says.
    pub content_hash: String,
}

const KNOWN: &str = "SELECT id, uuid, code, uri, kind, status, release, content_hash FROM concept";

/// Fills in the targets of those of the relations without one that stand behind the `AND`.
const FIND_TARGETS: &str = "UPDATE concept_relation SET to_id = (SELECT concept.id FROM concept \
    JOIN scheme ON scheme.id = concept.scheme_id WHERE scheme.key = concept_relation.to_scheme \
    AND concept.code = concept_relation.to_code) WHERE to_id IS NULL AND ";

impl Transaction {
    /// The concepts of a scheme that have one of these codes or addresses.
    pub async fn find_concepts(
        &mut self,
        scheme: SchemeId,
        codes: &[String],
        uris: &[String],
    ) -> Result<Vec<KnownConcept>> {
        let scheme = self.keys.of("scheme", scheme)?;
        let mut known: Vec<KnownConcept> = Vec::new();
        for (column, texts) in [("code", codes), ("uri", uris)] {
            for chunk in texts.chunks(ROWS_PER_STATEMENT) {
                let rows = self.rows(|sql| {
                    sql.push(&format!("{KNOWN} WHERE scheme_id = "));
                    sql.bind(scheme);
                    sql.push(" AND ");
                    sql.one_of(column, chunk);
                });
                self.note_concepts(rows.await?.iter(), &mut known)?;
            }
        }
        known.sort_by_key(|concept| concept.id);
        known.dedup_by(|a, b| a.id == b.id);
        Ok(known)
    }

    /// The concepts of a scheme that are in use, and that were last seen in another release.
    pub async fn find_concepts_beside(
        &mut self,
        scheme: SchemeId,
        release: &str,
    ) -> Result<Vec<KnownConcept>> {
        let scheme = self.keys.of("scheme", scheme)?;
        let rows = self.rows(|sql| {
            sql.push(&format!("{KNOWN} WHERE scheme_id = "));
            sql.bind(scheme);
            sql.push(" AND status = 'ACTIVE' AND release <> ");
            sql.bind(release);
            sql.push(" ORDER BY code");
        });
        let mut known = Vec::new();
        self.note_concepts(rows.await?.iter(), &mut known)?;
        Ok(known)
    }

    fn note_concepts<'r>(
        &mut self,
        rows: impl Iterator<Item = Row<'r>>,
        known: &mut Vec<KnownConcept>,
    ) -> Result<()> {
        for row in rows {
            let concept = known_concept(row)?;
            self.keys
                .insert(concept.id, row.integer(0).unwrap_or_default());
            known.push(concept);
        }
        Ok(())
    }

    /// Adds concepts to a scheme. Where they lead is found when the transaction is committed.
    pub async fn insert_concepts(
        &mut self,
        scheme: &Scheme,
        records: &[ConceptRecord<'_>],
    ) -> Result<()> {
        let key = self.keys.of("scheme", scheme.id)?;
        let rows = records.iter().map(|record| row(key, record));
        let rows = rows.collect::<Result<_>>()?;
        self.insert_keyed(rows).await?;
        let mut relations = Vec::new();
        for record in records {
            let key = self.keys.of("concept", record.id)?;
            relations.extend(relation_rows(key, scheme, record.draft));
        }
        self.insert_all(relations).await
    }

    /// Writes what is known of a concept; tells whether it leads elsewhere than before.
    pub async fn update_concept(
        &mut self,
        scheme: &Scheme,
        record: &ConceptRecord<'_>,
    ) -> Result<bool> {
        let scheme_key = self.keys.of("scheme", scheme.id)?;
        let mut row = row(scheme_key, record)?.into_active_model().reset_all();
        row.not_set(concept::Column::Id);
        let of_concept = concept::Column::Uuid.eq(id_text(record.id));
        let update = concept::Entity::update_many().set(row).filter(of_concept);
        self.execute(update).await?;
        let key = self.keys.of("concept", record.id)?;
        let of_key = concept_relation::Column::ConceptId.eq(key);
        let stored = concept_relation::Entity::find().filter(of_key.clone());
        let mut stored = self.all(stored).await?;
        stored.sort_by_key(|row| row.position);
        for row in &mut stored {
            row.to_id = None;
        }
        let relations: Vec<_> = relation_rows(key, scheme, record.draft).collect();
        let leads_elsewhere = stored != relations;
        if leads_elsewhere {
            let delete = concept_relation::Entity::delete_many().filter(of_key);
            self.execute(delete).await?;
            self.insert_all(relations).await?;
        }
        Ok(leads_elsewhere)
    }

    /// Marks concepts as ones that nobody should use any more.
    pub async fn retire_concepts(&self, concepts: &[ConceptId]) -> Result<()> {
        let keys = concepts.iter().map(|id| self.keys.of("concept", *id));
        let keys: Vec<i64> = keys.collect::<Result<_>>()?;
        for chunk in keys.chunks(ROWS_PER_STATEMENT) {
            self.run(|sql| {
                sql.push("UPDATE concept SET status = 'OBSOLETE' WHERE ");
                sql.one_of_keys("id", chunk);
            })
            .await?;
        }
        Ok(())
    }

    /// Fills in the targets of relations that lead from the changed concepts or to them.
    pub(super) async fn update_concept_targets(&self, changes: &[NewChange<'_>]) -> Result<()> {
        let concepts = changes.iter().filter(|change| {
            let leads = change.op == ChangeOp::Created || change.aspects.has_any(Aspects::RELATION);
            change.entity == ChangeEntity::Concept && leads
        });
        let concepts: Vec<String> = concepts.map(|change| change.id.to_string()).collect();
        for chunk in concepts.chunks(ROWS_PER_STATEMENT) {
            self.run(|sql| {
                sql.push(FIND_TARGETS);
                sql.push("concept_id IN (SELECT id FROM concept WHERE ");
                sql.one_of("uuid", chunk);
                sql.push(")");
            })
            .await?;
            self.run(|sql| led_to(sql, chunk)).await?;
        }
        Ok(())
    }
}

/// Writes the statement that fills in the targets of relations that lead to these concepts.
fn led_to(sql: &mut Sql, concepts: &[String]) {
    sql.push(FIND_TARGETS);
    sql.push(
        "(to_scheme, to_code) IN (SELECT scheme.key, concept.code FROM concept \
         JOIN scheme ON scheme.id = concept.scheme_id WHERE ",
    );
    sql.one_of("concept.uuid", concepts);
    sql.push(")");
}

fn known_concept(row: Row<'_>) -> Result<KnownConcept> {
    let text = |column| row.text(column).unwrap_or_default();
    let (kind, status) = (ConceptKind::parse(text(4)), ConceptStatus::parse(text(5)));
    Ok(KnownConcept {
        id: id("concept", text(1))?,
        code: text(2).to_owned(),
        uri: row.text(3).map(str::to_owned),
        kind: kind.map_err(|error| corrupt("concept", text(1), &error))?,
        status: status.map_err(|error| corrupt("concept", text(1), &error))?,
        release: text(6).to_owned(),
        content_hash: text(7).to_owned(),
    })
}

fn row(scheme_id: i64, record: &ConceptRecord<'_>) -> Result<concept::Model> {
    let ConceptRecord {
        id,
        draft,
        status,
        release,
        content_hash,
    } = record;
    let ConceptDraft {
        code,
        uri,
        kind,
        status: _,
        labels,
        notes,
        modified_on,
        predecessors,
        relations: _,
    } = draft;
    let labels: Vec<LabelRow<'_>> = labels.iter().map(Into::into).collect();
    let notes: Vec<NoteRow<'_>> = notes.iter().map(Into::into).collect();
    Ok(concept::Model {
        id: NO_KEY,
        uuid: id_text(*id),
        scheme_id,
        code: code.clone(),
        uri: uri.clone(),
        kind: kind.as_str().to_owned(),
        status: status.as_str().to_owned(),
        release: (*release).to_owned(),
        modified_on: modified_on.map(|date| date.to_string()),
        labels: json(*id, &labels)?,
        notes: json(*id, &notes)?,
        predecessors: json(*id, predecessors)?,
        content_hash: content_hash.clone(),
    })
}

fn json(concept: ConceptId, value: &impl Serialize) -> Result<String> {
    let text = serde_json::to_string(value);
    text.map_err(|error| corrupt("concept", &id_text(concept), &error))
}

fn relation_rows<'d>(
    concept_id: i64,
    scheme: &'d Scheme,
    draft: &'d ConceptDraft,
) -> impl Iterator<Item = concept_relation::Model> {
    numbered(&draft.relations).map(move |(position, related)| {
        let RelatedCode {
            kind,
            scheme: other,
            code,
        } = related;
        concept_relation::Model {
            concept_id,
            position,
            kind: kind.as_str().to_owned(),
            to_scheme: other.as_ref().unwrap_or(&scheme.key).clone(),
            to_code: code.clone(),
            to_id: None,
        }
    })
}
