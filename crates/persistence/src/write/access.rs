//! Keys.

use domain::Timestamp;
use domain::access::AccessKey;
use domain::id::{Id as _, KeyId};
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{ActiveModelTrait as _, ColumnTrait, EntityTrait, IntoActiveModel as _, QueryFilter};

use super::{Result, Transaction};
use crate::access::{key, row};
use crate::entity::access_key::{Column, Entity};
use crate::entity::access_state;

impl Transaction {
    /// The key with this id.
    pub async fn find_access_key(&self, id: KeyId) -> Result<Option<AccessKey>> {
        let found = self.one(Entity::find_by_id(id.uuid().to_string())).await?;
        found.map(key).transpose()
    }

    /// Lets no other transaction change keys until this one ends; whether there is any key.
    pub async fn lock_access_keys(&self) -> Result<bool> {
        self.note_access_change().await?;
        Ok(self.one(Entity::find()).await?.is_some())
    }

    /// Adds a key.
    pub async fn insert_access_key(&self, key: &AccessKey) -> Result<()> {
        self.insert_all(vec![row(key)]).await?;
        self.note_access_change().await
    }

    /// Writes all of a key that is there.
    pub async fn update_access_key(&self, key: &AccessKey) -> Result<()> {
        let changed = row(key).into_active_model().reset_all();
        let update = Entity::update_many().set(changed);
        self.execute(update.filter(Column::Id.eq(key.id.uuid().to_string())))
            .await?;
        self.note_access_change().await
    }

    /// Notes when keys were shown last; nobody has to look at keys again for that.
    pub async fn update_access_key_uses(&self, uses: &[(KeyId, Timestamp)]) -> Result<()> {
        for (id, at) in uses {
            let at = at.to_string();
            let is_later = Column::LastUsedAt.is_null().or(Column::LastUsedAt.lt(&at));
            let update = Entity::update_many()
                .col_expr(Column::LastUsedAt, Expr::value(at))
                .filter(Column::Id.eq(id.uuid().to_string()))
                .filter(is_later);
            self.execute(update).await?;
        }
        Ok(())
    }

    /// Transactions that change keys take turns here, so that whoever has seen a number has seen
    /// every change before it.
    async fn note_access_change(&self) -> Result<()> {
        let revision = access_state::Column::Revision;
        let update = access_state::Entity::update_many()
            .col_expr(revision, Expr::col(revision).add(1))
            .filter(access_state::Column::Id.eq(access_state::ONLY_ROW));
        self.execute(update).await
    }
}
