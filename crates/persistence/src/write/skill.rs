//! Skills.

use std::collections::HashMap;

use domain::id::SkillId;
use domain::skill::Skill;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};

use super::row::{id, id_text, numbered};
use super::{ROWS_PER_STATEMENT, Result, Transaction};
use crate::entity::{skill, skill_alias};
use crate::sort_key;

impl Transaction {
    /// The skills whose names have one of these sort keys, by that key.
    pub async fn find_skills_by_key(&self, keys: &[String]) -> Result<HashMap<String, SkillId>> {
        let mut skills = HashMap::new();
        for chunk in keys.chunks(ROWS_PER_STATEMENT) {
            let found: Vec<(String, String)> = skill::Entity::find()
                .select_only()
                .columns([skill::Column::SortName, skill::Column::Id])
                .filter(skill::Column::SortName.is_in(chunk))
                .into_tuple()
                .all(&self.inner)
                .await?;
            for (key, skill) in found {
                skills.insert(key, id("skill", &skill)?);
            }
        }
        Ok(skills)
    }

    /// Adds skills with their other spellings.
    pub async fn insert_skills(&self, skills: &[(Skill, Vec<String>)]) -> Result<()> {
        let rows = skills.iter().map(|(skill, _)| row(skill)).collect();
        self.insert_all(rows).await?;
        let aliases = skills.iter().flat_map(|(skill, aliases)| {
            numbered(aliases).map(|(position, text)| skill_alias::Model {
                skill_id: id_text(skill.id),
                position,
                text: text.clone(),
            })
        });
        self.insert_all(aliases.collect()).await
    }
}

fn row(skill: &Skill) -> skill::Model {
    let Skill {
        id,
        slug,
        name,
        kind,
    } = skill;
    skill::Model {
        id: id_text(*id),
        slug: slug.to_string(),
        name: name.clone(),
        sort_name: sort_key(name),
        kind: kind.as_str().to_owned(),
    }
}
