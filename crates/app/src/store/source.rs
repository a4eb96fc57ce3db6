//! The sources of roles.

use domain::change::{Aspects, ChangeEntity, ChangeOp};
use domain::id::{Id, SourceId};
use domain::source::{Source, SourceName};

use super::Store;
use crate::AppError;

impl Store<'_> {
    /// The source with the name that a document states, created or brought up to date.
    pub(crate) async fn source(&mut self, stated: &SourceName) -> Result<SourceId, AppError> {
        let found = match self.sources.get(&stated.name) {
            Some(known) => Some(known.clone()),
            None => self.transaction.find_source_by_name(&stated.name).await?,
        };
        let Some(stored) = found else {
            let source = Source {
                id: SourceId::fresh(self.ids),
                name: stated.clone(),
            };
            self.transaction.insert_source(&source).await?;
            self.created(ChangeEntity::Source, source.id);
            let id = source.id;
            self.sources.insert(stated.name.clone(), source);
            return Ok(id);
        };
        let source = Source {
            id: stored.id,
            name: updated(&stored.name, stated),
        };
        if source != stored {
            self.transaction.update_source(&source).await?;
            self.changed(
                ChangeEntity::Source,
                source.id,
                ChangeOp::Updated,
                Aspects::NONE,
            );
        }
        let id = source.id;
        self.sources.insert(stated.name.clone(), source);
        Ok(id)
    }
}

/// What a document does not state stays as it was.
fn updated(stored: &SourceName, stated: &SourceName) -> SourceName {
    let SourceName {
        name,
        licence,
        attribution,
    } = stated.clone();
    SourceName {
        name,
        licence: licence.or_else(|| stored.licence.clone()),
        attribution: attribution.or_else(|| stored.attribution.clone()),
    }
}
