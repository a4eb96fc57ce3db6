//! Skills.

use std::collections::HashMap;

use domain::id::SkillId;
use domain::skill::{Skill, SkillKind};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::row::{corrupt, id, id_text};
use super::{ROWS_PER_STATEMENT, Result, Transaction};
use crate::entity::skill;
use crate::sort_key;

impl Transaction {
    /// The skills whose names, present or former, have one of these sort keys, by that key.
    pub async fn find_skills_by_key(
        &mut self,
        keys: &[String],
    ) -> Result<HashMap<String, SkillId>> {
        let mut skills = HashMap::new();
        for chunk in keys.chunks(ROWS_PER_STATEMENT) {
            let found = skill::Entity::find().filter(skill::Column::SortName.is_in(chunk));
            for row in self.all(found).await? {
                let skill: SkillId = id("skill", &row.uuid)?;
                self.keys.insert(skill, row.id);
                skills.insert(row.sort_name, skill);
            }
        }
        let missing = keys.iter().filter(|key| !skills.contains_key(*key));
        let missing: Vec<String> = missing.cloned().collect();
        for chunk in missing.chunks(ROWS_PER_STATEMENT) {
            let rows = self.rows(|sql| {
                sql.push(
                    "SELECT skill_name_history.sort_name, skill.id, skill.uuid \
                     FROM skill_name_history \
                     JOIN skill ON skill.id = skill_name_history.skill_id WHERE ",
                );
                sql.one_of("skill_name_history.sort_name", chunk);
            });
            for row in rows.await?.iter() {
                let skill: SkillId = id("skill", row.text(2).unwrap_or_default())?;
                self.keys.insert(skill, row.integer(1).unwrap_or_default());
                skills.insert(row.text(0).unwrap_or_default().to_owned(), skill);
            }
        }
        Ok(skills)
    }

    /// What skills are called and what sort of things they are, by the sort keys of names that
    /// they have or had.
    pub async fn find_skill_names(
        &self,
        keys: &[String],
    ) -> Result<HashMap<String, (String, SkillKind)>> {
        let mut names = HashMap::new();
        for chunk in keys.chunks(ROWS_PER_STATEMENT / 2) {
            let rows = self.rows(|sql| {
                sql.push("SELECT sort_name, name, kind FROM skill WHERE ");
                sql.one_of("sort_name", chunk);
                sql.push(
                    " UNION ALL SELECT skill_name_history.sort_name, skill.name, skill.kind \
                     FROM skill_name_history \
                     JOIN skill ON skill.id = skill_name_history.skill_id WHERE ",
                );
                sql.one_of("skill_name_history.sort_name", chunk);
            });
            for row in rows.await?.iter() {
                let text = |column| row.text(column).unwrap_or_default();
                let kind = SkillKind::parse(text(2));
                let kind = kind.map_err(|error| corrupt("skill", text(1), &error))?;
                names.insert(text(0).to_owned(), (text(1).to_owned(), kind));
            }
        }
        Ok(names)
    }

    /// Adds skills with their other spellings.
    pub async fn insert_skills(&mut self, skills: &[(Skill, Vec<String>)]) -> Result<()> {
        let rows = skills.iter().map(|(skill, aliases)| row(skill, aliases));
        let rows = rows.collect::<Result<_>>()?;
        self.insert_keyed(rows).await
    }
}

fn row(skill: &Skill, aliases: &[String]) -> Result<skill::Model> {
    let Skill {
        id,
        slug,
        name,
        kind,
    } = skill;
    let aliases = serde_json::to_string(aliases);
    Ok(skill::Model {
        id: 0,
        uuid: id_text(*id),
        slug: slug.to_string(),
        name: name.clone(),
        sort_name: sort_key(name),
        kind: kind.as_str().to_owned(),
        aliases: aliases.map_err(|error| corrupt("skill", &id_text(*id), &error))?,
    })
}
