//! Trusted documents as SQL.

use domain::document::{DocumentId, TrustedDocument};

use super::decode::TrustedDocumentRow;
use super::sql::Sql;
use super::{Reads, Result};

impl Reads {
    /// The trusted document with exactly this id.
    ///
    /// The other spelling of a hash is another id: see [`DocumentId::sha256_twin`].
    pub async fn find_trusted_document(&self, id: &DocumentId) -> Result<Option<TrustedDocument>> {
        let found: Option<TrustedDocumentRow> = self
            .first(|sql| {
                select(sql);
                sql.push(" WHERE d.id = ");
                sql.bind(id.as_str());
            })
            .await?;
        found.map(TrustedDocumentRow::decode).transpose()
    }

    /// All trusted documents, by id.
    pub async fn trusted_documents(&self) -> Result<Vec<TrustedDocument>> {
        let found: Vec<TrustedDocumentRow> = self
            .all(|sql| {
                select(sql);
                sql.push(" ORDER BY d.id");
            })
            .await?;
        found.into_iter().map(TrustedDocumentRow::decode).collect()
    }
}

/// Writes the statement up to its conditions.
fn select(sql: &mut Sql) {
    sql.push("SELECT ");
    sql.object().columns("d", &["id", "name", "text"]).end();
    sql.as_text();
    sql.push(" FROM trusted_document AS d");
}
