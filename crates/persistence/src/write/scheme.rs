//! Outside schemes.

use domain::concept::{Release, Scheme};
use domain::id::SchemeId;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};

use super::row::{corrupt, id, id_text};
use super::{Result, Transaction};
use crate::entity::scheme::{Column, Entity, Model};
use crate::stored::concept::ReleaseRow;

impl Transaction {
    /// The scheme with this key; no other transaction changes its concepts before this one ends.
    pub async fn find_scheme_for_import(&mut self, key: &str) -> Result<Option<Scheme>> {
        self.lock_rows("scheme", |sql| {
            sql.push("key = ");
            sql.bind(key);
        })
        .await?;
        let found = self.one(Entity::find().filter(Column::Key.eq(key)));
        let Some(row) = found.await? else {
            return Ok(None);
        };
        let row_key = row.id;
        let scheme = scheme(row)?;
        self.keys.insert(scheme.id, row_key);
        Ok(Some(scheme))
    }

    /// Adds a scheme.
    pub async fn insert_scheme(&mut self, scheme: &Scheme) -> Result<()> {
        self.insert_keyed(vec![row(scheme)?]).await
    }

    /// Writes what is known of a scheme.
    pub async fn update_scheme(&self, scheme: &Scheme) -> Result<()> {
        let mut row = row(scheme)?.into_active_model().reset_all();
        row.not_set(Column::Id);
        let of_scheme = Column::Uuid.eq(id_text(scheme.id));
        self.execute(Entity::update_many().set(row).filter(of_scheme))
            .await
    }
}

fn row(scheme: &Scheme) -> Result<Model> {
    let Scheme {
        id,
        key,
        name,
        homepage,
        licence,
        attribution,
        uri_prefix,
        releases,
    } = scheme;
    let releases: Vec<ReleaseRow<'_>> = releases.iter().map(Into::into).collect();
    let releases = serde_json::to_string(&releases);
    Ok(Model {
        id: 0,
        uuid: id_text(*id),
        key: key.clone(),
        name: name.clone(),
        homepage: homepage.clone(),
        licence: licence.clone(),
        attribution: attribution.clone(),
        uri_prefix: uri_prefix.clone(),
        releases: releases.map_err(|error| corrupt("scheme", key, &error))?,
    })
}

fn scheme(row: Model) -> Result<Scheme> {
    let Model {
        id: _,
        uuid,
        key,
        name,
        homepage,
        licence,
        attribution,
        uri_prefix,
        releases,
    } = row;
    let releases: std::result::Result<Vec<ReleaseRow<'_>>, _> = serde_json::from_str(&releases);
    let releases = releases.map_err(|error| corrupt("scheme", &key, &error))?;
    Ok(Scheme {
        id: id::<SchemeId>("scheme", &uuid)?,
        key,
        name,
        homepage,
        licence,
        attribution,
        uri_prefix,
        releases: releases.into_iter().map(Release::from).collect(),
    })
}
