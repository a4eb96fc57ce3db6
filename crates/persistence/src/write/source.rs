//! Sources.

use domain::id::SourceId;
use domain::source::{Source, SourceName};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};

use super::row::{id, id_text};
use super::{Result, Transaction};
use crate::entity::source::{Column, Entity, Model};

impl Transaction {
    /// The source with this name.
    pub async fn find_source_by_name(&self, name: &str) -> Result<Option<Source>> {
        let found = Entity::find()
            .filter(Column::Name.eq(name))
            .one(&self.inner)
            .await?;
        found.map(source).transpose()
    }

    /// Adds a source.
    pub async fn insert_source(&self, source: &Source) -> Result<()> {
        self.insert_all(vec![row(source)]).await
    }

    /// Writes name, licence and credit line of a source.
    pub async fn update_source(&self, source: &Source) -> Result<()> {
        Entity::update_many()
            .set(row(source).into_active_model().reset_all())
            .filter(Column::Id.eq(id_text(source.id)))
            .exec(&self.inner)
            .await?;
        Ok(())
    }
}

fn row(source: &Source) -> Model {
    let Source { id, name } = source;
    let SourceName {
        name,
        licence,
        attribution,
    } = name.clone();
    Model {
        id: id_text(*id),
        name,
        licence,
        attribution,
    }
}

fn source(row: Model) -> Result<Source> {
    let Model {
        id: key,
        name,
        licence,
        attribution,
    } = row;
    Ok(Source {
        id: id::<SourceId>("source", &key)?,
        name: SourceName {
            name,
            licence,
            attribution,
        },
    })
}
