//! What categories and skills were called before.

use domain::Slug;
use domain::id::{CategoryId, Id, SkillId};

use super::row::id;
use super::{Result, Transaction};
use crate::sort_key;

/// An id of something whose former slugs lead to it: of a category or a skill.
pub trait Called: Id + Tables {}

impl Called for CategoryId {}

impl Called for SkillId {}

/// Where slugs are.
pub trait Tables {
    /// The table that has what is called by them.
    const PRESENT: &'static str;
    /// The table with former ones.
    const FORMER: &'static str;
    /// The column of that table that says whose they were.
    const OWNER: &'static str;
}

impl Tables for CategoryId {
    const PRESENT: &'static str = "category";
    const FORMER: &'static str = "category_slug_history";
    const OWNER: &'static str = "category_id";
}

impl Tables for SkillId {
    const PRESENT: &'static str = "skill";
    const FORMER: &'static str = "skill_slug_history";
    const OWNER: &'static str = "skill_id";
}

impl Transaction {
    /// The category or skill that a slug leads to, now or as a former slug.
    pub async fn find_called<I: Called>(&self, slug: &Slug) -> Result<Option<I>> {
        let (table, former, owner) = (I::PRESENT, I::FORMER, I::OWNER);
        let rows = self.rows(|sql| {
            sql.push(&format!("SELECT uuid FROM {table} WHERE slug = "));
            sql.bind(slug.as_str());
            sql.push(&format!(
                " UNION ALL SELECT {table}.uuid FROM {former} \
                 JOIN {table} ON {table}.id = {former}.{owner} WHERE {former}.slug = "
            ));
            sql.bind(slug.as_str());
        });
        let rows = rows.await?;
        let found = rows.iter().next().and_then(|row| row.text(0));
        found.map(|uuid| id(table, uuid)).transpose()
    }

    /// Calls a category or skill by another slug; the one before goes on leading to it.
    pub async fn update_slug<I: Called>(&self, term: I, former: &Slug, new: &Slug) -> Result<()> {
        let (table, history, owner) = (I::PRESENT, I::FORMER, I::OWNER);
        let key = self.keys.of(table, term)?;
        self.run(|sql| {
            sql.push(&format!(
                "DELETE FROM {history} WHERE {owner} = {key} AND slug = "
            ));
            sql.bind(new.as_str());
        })
        .await?;
        self.run(|sql| {
            sql.push(&format!("UPDATE {table} SET slug = "));
            sql.bind(new.as_str());
            sql.push(&format!(" WHERE id = {key}"));
        })
        .await?;
        self.insert_former_slug(term, former).await
    }

    /// Lets a slug that nobody has lead to a category or skill.
    pub async fn insert_former_slug<I: Called>(&self, term: I, former: &Slug) -> Result<()> {
        let (table, owner) = (I::FORMER, I::OWNER);
        let key = self.keys.of(I::PRESENT, term)?;
        self.run(|sql| {
            sql.push(&format!("INSERT INTO {table} (slug, {owner}) VALUES ("));
            sql.bind(former.as_str());
            sql.push(&format!(", {key})"));
        })
        .await
    }

    /// Lets a name that nobody has mean a skill in documents.
    pub async fn insert_former_name(&self, skill: SkillId, former: &str) -> Result<()> {
        let key = self.keys.of("skill", skill)?;
        self.run(|sql| {
            sql.push("INSERT INTO skill_name_history (sort_name, skill_id) VALUES (");
            sql.bind(sort_key(former));
            sql.push(&format!(", {key})"));
        })
        .await
    }

    /// Takes a name out of the former ones of a skill.
    pub async fn delete_former_name(&self, skill: SkillId, name: &str) -> Result<()> {
        let key = self.keys.of("skill", skill)?;
        self.run(|sql| {
            sql.push(&format!(
                "DELETE FROM skill_name_history WHERE skill_id = {key} AND sort_name = "
            ));
            sql.bind(sort_key(name));
        })
        .await
    }

    /// Lets everything that a skill was called before lead to another one.
    pub async fn give_former_names(&self, from: SkillId, into: SkillId) -> Result<()> {
        let (from, into) = (self.keys.of("skill", from)?, self.keys.of("skill", into)?);
        for table in ["skill_slug_history", "skill_name_history"] {
            self.run(|sql| {
                sql.push(&format!(
                    "UPDATE {table} SET skill_id = {into} WHERE skill_id = {from}"
                ));
            })
            .await?;
        }
        Ok(())
    }
}
