//! Roles that somebody edits by their ids.

use domain::id::RoleId;
use domain::read::RoleTree;
use domain::{Locale, Slug};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};

use super::row::id_text;
use super::{Result, Transaction};
use crate::entity::{role, slug_history};
use crate::read::whole_role;

impl Transaction {
    /// Everything that a document of a role holds; no other transaction changes the role before
    /// this one ends.
    pub async fn find_role_for_edit(&mut self, id: RoleId) -> Result<Option<RoleTree>> {
        self.insert_pending().await?;
        let of_role = role::Entity::find()
            .select_only()
            .column(role::Column::Id)
            .filter(role::Column::Uuid.eq(id_text(id)))
            .lock_exclusive();
        let rows = self.select(of_role).await?;
        let Some(key) = rows.iter().find_map(|row| row.integer(0)) else {
            return Ok(None);
        };
        self.keys.insert(id, key);
        whole_role(id, None, self.backend(), async |statement| {
            self.ask(statement).await
        })
        .await
    }

    /// The role that a slug leads to, now or as a former slug.
    pub async fn find_role_by_slug(
        &mut self,
        locale: &Locale,
        slug: &Slug,
    ) -> Result<Option<RoleId>> {
        self.insert_pending().await?;
        let rows = self.rows(|sql| {
            sql.push("SELECT uuid FROM role WHERE slug = ");
            sql.bind(slug.as_str());
            sql.push(" AND locale = ");
            sql.bind(locale.as_str());
            sql.push(
                " UNION ALL SELECT role.uuid FROM slug_history \
                 JOIN role ON role.id = slug_history.role_id WHERE slug_history.slug = ",
            );
            sql.bind(slug.as_str());
            sql.push(" AND slug_history.locale = ");
            sql.bind(locale.as_str());
        });
        let rows = rows.await?;
        let found = rows.iter().next().and_then(|row| row.text(0));
        found.map(|uuid| super::row::id("role", uuid)).transpose()
    }

    /// Lets a former slug of a role lead to it, and takes the new one out of the former ones.
    pub async fn keep_former_slug(
        &mut self,
        role: RoleId,
        locale: &Locale,
        former: &Slug,
        new: &Slug,
    ) -> Result<()> {
        let role_id = self.role_key(role).await?;
        self.run(|sql| {
            sql.push("DELETE FROM slug_history WHERE slug = ");
            sql.bind(new.as_str());
            sql.push(" AND locale = ");
            sql.bind(locale.as_str());
            sql.push(&format!(" AND role_id = {role_id}"));
        })
        .await?;
        let row = slug_history::Model {
            slug: former.to_string(),
            locale: locale.to_string(),
            role_id,
        };
        self.insert_all(vec![row]).await
    }

    /// Takes a role out of the catalogue with everything below it. Relations that lead to it wait
    /// for another role with its slug.
    pub async fn delete_role(&mut self, role: RoleId) -> Result<()> {
        let key = self.role_key(role).await?;
        // The index forgets what is not published; lists of the engines follow no foreign keys.
        self.run(|sql| {
            sql.push(&format!(
                "UPDATE role SET state = 'ARCHIVED' WHERE id = {key}"
            ));
        })
        .await?;
        self.lock_changes().await?;
        self.touch(key);
        self.index_touched().await?;
        self.run(|sql| sql.push(&format!("DELETE FROM role WHERE id = {key}")))
            .await
    }
}
