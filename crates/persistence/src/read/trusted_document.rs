//! Trusted documents as SQL.

use domain::document::{DocumentId, TrustedDocument};

use super::decode::TrustedDocumentRow;
use super::record::Record;
use super::{Reads, Result, first};
use crate::sql::Sql;

impl Reads {
    /// The trusted document with exactly this id.
    ///
    /// The other spelling of a hash is another id: see [`DocumentId::sha256_twin`].
    pub async fn find_trusted_document(&self, id: &DocumentId) -> Result<Option<TrustedDocument>> {
        let answer = self.answer(|sql| {
            select(sql);
            sql.push(" WHERE d.id = ");
            sql.bind(id.as_str());
        });
        first(&answer.await?, document)
    }

    /// All trusted documents, by id.
    pub async fn trusted_documents(&self) -> Result<Vec<TrustedDocument>> {
        let answer = self.answer(|sql| {
            select(sql);
            sql.push(" ORDER BY d.id");
        });
        answer.await?.records().map(document).collect()
    }
}

fn document(record: Record<'_>) -> Result<TrustedDocument> {
    let row: TrustedDocumentRow = record.read("trusted_document")?;
    Ok(row.decode())
}

/// Writes the statement up to its conditions.
fn select(sql: &mut Sql) {
    sql.push("SELECT ");
    sql.columns().texts("d", &["id", "name", "text"]);
    sql.push(" FROM trusted_document AS d");
}
