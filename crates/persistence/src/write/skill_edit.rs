//! Skills that somebody edits by their ids.

use domain::Slug;
use domain::id::{RoleId, SkillId};
use domain::skill::{Skill, SkillKind, SkillTerm};
use search::request::NameKind;

use super::row::{corrupt, id, id_text};
use super::{Result, Transaction};
use crate::sort_key;

/// A skill with its other spellings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpelledSkill {
    /// The skill.
    pub skill: Skill,
    /// Other spellings and synonyms.
    pub aliases: Vec<String>,
}

impl SpelledSkill {
    /// The skill as a document names it.
    #[must_use]
    pub fn term(&self) -> SkillTerm {
        SkillTerm {
            name: self.skill.name.clone(),
            kind: self.skill.kind,
            aliases: self.aliases.clone(),
        }
    }
}

impl Transaction {
    /// A skill; no other transaction changes it, or gives it to roles, before this one ends.
    pub async fn find_skill_for_edit(&mut self, skill: SkillId) -> Result<Option<SpelledSkill>> {
        self.insert_pending().await?;
        self.lock_rows("skill", |sql| {
            sql.push("uuid = ");
            sql.bind(id_text(skill));
        })
        .await?;
        let rows = self.rows(|sql| {
            sql.push("SELECT id, slug, name, kind, aliases FROM skill WHERE uuid = ");
            sql.bind(id_text(skill));
        });
        let rows = rows.await?;
        let Some(row) = rows.iter().next() else {
            return Ok(None);
        };
        let broken = |problem: &dyn std::fmt::Display| corrupt("skill", &id_text(skill), problem);
        let text = |column| row.text(column).unwrap_or_default();
        let aliases = serde_json::from_str(text(4));
        self.keys.insert(skill, row.integer(0).unwrap_or_default());
        Ok(Some(SpelledSkill {
            skill: Skill {
                id: skill,
                slug: Slug::parse(text(1)).map_err(|error| broken(&error))?,
                name: text(2).to_owned(),
                kind: SkillKind::parse(text(3)).map_err(|error| broken(&error))?,
            },
            aliases: aliases.map_err(|error| broken(&error))?,
        }))
    }

    /// Writes name, kind and other spellings of a skill; the index finds its roles by what it is
    /// called now.
    pub async fn update_skill(&mut self, spelled: &SpelledSkill) -> Result<()> {
        let SpelledSkill { skill, aliases } = spelled;
        let key = self.keys.of("skill", skill.id)?;
        let aliases = serde_json::to_string(aliases)
            .map_err(|error| corrupt("skill", &id_text(skill.id), &error))?;
        self.run(|sql| {
            sql.push("UPDATE skill SET name = ");
            sql.bind(skill.name.as_str());
            sql.push(", sort_name = ");
            sql.bind(sort_key(&skill.name));
            sql.push(", kind = ");
            sql.bind(skill.kind.as_str());
            sql.push(", aliases = ");
            sql.bind(aliases);
            sql.push(&format!(" WHERE id = {key}"));
        })
        .await?;
        self.lock_changes().await?;
        let needing = format!("SELECT role_id FROM role_skill WHERE skill_id = {key}");
        self.touch_all(&needing).await?;
        self.rename_member(NameKind::Skill, key).await
    }

    /// The roles that need a skill, or whose texts name it, in any state: at most so many.
    pub async fn load_roles_with_skill(&self, skill: SkillId, most: u32) -> Result<Vec<RoleId>> {
        let key = self.keys.of("skill", skill)?;
        let rows = self.rows(|sql| {
            sql.push(&format!(
                "SELECT uuid FROM role WHERE id IN \
                 (SELECT role_id FROM role_skill WHERE skill_id = {key}) \
                 OR EXISTS (SELECT 1 FROM "
            ));
            // Usually the same roles, but nothing makes it so.
            sql.numbers("role.named_skills", "named");
            sql.push(&format!(
                " WHERE named.value = {key}) ORDER BY role.id LIMIT {most}"
            ));
        });
        let rows = rows.await?;
        let roles = rows.iter().filter_map(|row| row.text(0));
        roles.map(|uuid| id("role", uuid)).collect()
    }

    /// Takes a skill out that no role has any more.
    pub async fn delete_skill(&mut self, skill: SkillId) -> Result<()> {
        let key = self.keys.of("skill", skill)?;
        self.index_before_deletion().await?;
        self.delete_member(NameKind::Skill, key).await?;
        self.run(|sql| sql.push(&format!("DELETE FROM skill WHERE id = {key}")))
            .await
    }
}
