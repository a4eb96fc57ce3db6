//! Trusted documents.

use std::collections::HashMap;

use domain::Timestamp;
use domain::document::{DocumentId, TrustedDocument};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::row::corrupt;
use super::{ROWS_PER_STATEMENT, Result, Transaction};
use crate::entity::trusted_document::{Column, Entity, Model};

impl Transaction {
    /// The trusted documents with these ids, by id; ids that are not there are left out.
    pub async fn find_trusted_documents_by_id(
        &self,
        ids: &[DocumentId],
    ) -> Result<HashMap<DocumentId, TrustedDocument>> {
        let mut documents = HashMap::new();
        for chunk in ids.chunks(ROWS_PER_STATEMENT) {
            let ids = chunk.iter().map(DocumentId::as_str);
            let found = Entity::find().filter(Column::Id.is_in(ids));
            for row in self.all(found).await? {
                let document = document(row)?;
                documents.insert(document.id.clone(), document);
            }
        }
        Ok(documents)
    }

    /// Adds trusted documents that are pushed `at` a moment.
    pub async fn insert_trusted_documents(
        &self,
        documents: &[TrustedDocument],
        at: Timestamp,
    ) -> Result<()> {
        let rows = documents.iter().map(|document| row(document, at));
        self.insert_all(rows.collect()).await
    }

    /// Deletes the trusted documents with these ids; ids that are not there are left out.
    pub async fn delete_trusted_documents(&self, ids: &[DocumentId]) -> Result<()> {
        for chunk in ids.chunks(ROWS_PER_STATEMENT) {
            let ids = chunk.iter().map(DocumentId::as_str);
            self.execute(Entity::delete_many().filter(Column::Id.is_in(ids)))
                .await?;
        }
        Ok(())
    }
}

fn row(document: &TrustedDocument, at: Timestamp) -> Model {
    let TrustedDocument { id, name, text } = document.clone();
    Model {
        id: id.to_string(),
        name,
        text,
        pushed_at: at.to_string(),
    }
}

fn document(row: Model) -> Result<TrustedDocument> {
    // The moment is for people who look into the database.
    let Model {
        id,
        name,
        text,
        pushed_at: _,
    } = row;
    let id = DocumentId::parse(&id).map_err(|error| corrupt("trusted_document", &id, &error))?;
    Ok(TrustedDocument { id, name, text })
}
