//! Trusted documents: storing and removing what clients may run by naming it.
//!
//! They are configuration of an operator and no content of the catalogue, so that neither use-case
//! writes change rows: the catalogue version stays, and with it everything that is cached for it. The
//! audit log has an entry for each document.

use std::collections::HashMap;

use domain::Timestamp;
use domain::access::Author;
use domain::audit::NewEntry;
use domain::change::ChangeOp;
use domain::document::{DocumentId, TrustedDocument};

use crate::{AppError, Catalogue, sha256_of};

/// What pushing documents did, counted by id.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PushedDocuments {
    /// Documents that are new.
    pub created: usize,
    /// Documents that were there with the same text; nothing was written for them.
    pub unchanged: usize,
}

/// What removing documents did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RemovedDocuments {
    /// How many documents are gone.
    pub removed: usize,
    /// Ids that no document had, in the order in which they were given.
    pub unknown: Vec<DocumentId>,
}

impl Catalogue {
    /// Stores documents for clients to run by id, all or none of them.
    ///
    /// A document that is there with the same text stays as it is, its name included. An id that
    /// is there with another text is an error: nothing is ever overwritten. No change rows are
    /// written, because trusted documents are configuration and no content of the catalogue.
    pub async fn push_documents(
        &self,
        documents: &[TrustedDocument],
        author: Author<'_>,
    ) -> Result<PushedDocuments, AppError> {
        documents.iter().try_for_each(check)?;
        let documents = distinct(documents)?;
        let mut attempt = 1;
        loop {
            let pushed = self.try_push(&documents, author).await;
            if !self.is_worth_another(&pushed, &mut attempt).await {
                return pushed;
            }
        }
    }

    /// Removes documents by id; ids that no document has are reported and keep nothing back.
    ///
    /// No change rows are written, because trusted documents are configuration and no content of
    /// the catalogue.
    pub async fn remove_documents(
        &self,
        ids: &[DocumentId],
        author: Author<'_>,
    ) -> Result<RemovedDocuments, AppError> {
        let mut attempt = 1;
        loop {
            let removed = self.try_remove(ids, author).await;
            if !self.is_worth_another(&removed, &mut attempt).await {
                return removed;
            }
        }
    }

    async fn try_push(
        &self,
        documents: &[&TrustedDocument],
        author: Author<'_>,
    ) -> Result<PushedDocuments, AppError> {
        let transaction = self.database.begin().await?;
        let ids: Vec<_> = documents
            .iter()
            .map(|document| document.id.clone())
            .collect();
        let stored = transaction.find_trusted_documents_by_id(&ids).await?;
        let mut created = Vec::new();
        for document in documents {
            match stored.get(&document.id) {
                None => created.push(TrustedDocument::clone(document)),
                Some(stored) if stored.text == document.text => {}
                Some(_) => return Err(AppError::DocumentConflict(document.id.clone())),
            }
        }
        let now = self.clock.now();
        transaction.insert_trusted_documents(&created, now).await?;
        let ids = created.iter().map(|document| &document.id);
        let entries = entries(ids, now, author, ChangeOp::Created);
        transaction.commit_audited(&[], &entries).await?;
        Ok(PushedDocuments {
            created: created.len(),
            unchanged: documents.len() - created.len(),
        })
    }

    async fn try_remove(
        &self,
        ids: &[DocumentId],
        author: Author<'_>,
    ) -> Result<RemovedDocuments, AppError> {
        let transaction = self.database.begin().await?;
        let stored = transaction.find_trusted_documents_by_id(ids).await?;
        let unknown = ids.iter().filter(|id| !stored.contains_key(*id));
        let unknown = unknown.cloned().collect();
        let found: Vec<_> = stored.into_keys().collect();
        transaction.delete_trusted_documents(&found).await?;
        let entries = entries(found.iter(), self.clock.now(), author, ChangeOp::Deleted);
        transaction.commit_audited(&[], &entries).await?;
        Ok(RemovedDocuments {
            removed: found.len(),
            unknown,
        })
    }
}

/// What the audit log says of documents.
fn entries<'d, 'a>(
    ids: impl Iterator<Item = &'d DocumentId>,
    at: Timestamp,
    author: Author<'a>,
    op: ChangeOp,
) -> Vec<NewEntry<'a>> {
    ids.map(|id| NewEntry::of_document(at, author, op, id))
        .collect()
}

/// A document keeps its bounds, and an id that promises a hash keeps its promise.
fn check(document: &TrustedDocument) -> Result<(), AppError> {
    document.check()?;
    let Some(promised) = document.id.promised_sha256() else {
        return Ok(());
    };
    let actual = sha256_of(&document.text);
    if promised == actual {
        Ok(())
    } else {
        Err(AppError::WrongDocumentHash {
            id: document.id.clone(),
            actual,
        })
    }
}

/// Each id once, in the order in which they are given.
fn distinct(documents: &[TrustedDocument]) -> Result<Vec<&TrustedDocument>, AppError> {
    let mut texts = HashMap::new();
    let mut distinct = Vec::with_capacity(documents.len());
    for document in documents {
        match texts.insert(&document.id, &document.text) {
            None => distinct.push(document),
            Some(text) if *text == document.text => {}
            Some(_) => return Err(AppError::DocumentRepeated(document.id.clone())),
        }
    }
    Ok(distinct)
}
