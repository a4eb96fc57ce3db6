//! Sources.

use domain::id::SourceId;
use domain::source::{Source, SourceName};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};

use super::row::{id, id_text};
use super::{Result, Transaction};
use crate::entity::source::{Column, Entity, Model};

impl Transaction {
    /// The source with this name.
    pub async fn find_source_by_name(&mut self, name: &str) -> Result<Option<Source>> {
        let found = self.one(Entity::find().filter(Column::Name.eq(name)));
        let Some(row) = found.await? else {
            return Ok(None);
        };
        let key = row.id;
        let source = source(row)?;
        self.keys.insert(source.id, key);
        Ok(Some(source))
    }

    /// Adds a source.
    pub async fn insert_source(&mut self, source: &Source) -> Result<()> {
        self.insert_keyed(vec![row(source)]).await
    }

    /// Writes name, licence and credit line of a source.
    pub async fn update_source(&self, source: &Source) -> Result<()> {
        let mut row = row(source).into_active_model().reset_all();
        row.not_set(Column::Id);
        let of_source = Column::Uuid.eq(id_text(source.id));
        self.execute(Entity::update_many().set(row).filter(of_source))
            .await
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
        id: 0,
        uuid: id_text(*id),
        name,
        licence,
        attribution,
    }
}

fn source(row: Model) -> Result<Source> {
    let Model {
        id: _,
        uuid: key,
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
