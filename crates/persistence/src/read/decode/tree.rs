//! Categories, skills and FAQs from rows.

use domain::Slug;
use domain::category::Category;
use domain::id::{CategoryId, FaqId, SkillId, Stored};
use domain::read::{CategoryParts, CategoryTree, FaqParts, FaqTree, Part, SkillParts, SkillTree};
use domain::role::Faq;
use domain::skill::{Skill, SkillKind};
use serde::Deserialize;

use super::role::RoleRow;
use super::{Place, id, pages, selected};
use crate::read::page::PageRow;
use crate::read::{Result, category, role};

/// A category as a statement selects it.
#[derive(Debug, Deserialize)]
pub(crate) struct CategoryRow {
    id: String,
    slug: String,
    name: String,
    position: u32,
    path: Option<Vec<String>>,
    #[serde(default, deserialize_with = "selected")]
    parent: Part<Option<Box<CategoryRow>>>,
    children: Option<Vec<PageRow<CategoryRow>>>,
    roles: Option<Vec<PageRow<RoleRow>>>,
}

impl CategoryRow {
    /// The category with the parts that were asked for.
    pub(crate) fn decode(self, parts: &CategoryParts) -> Result<CategoryTree> {
        let Self {
            id: row_id,
            slug,
            name,
            position,
            path,
            parent,
            children,
            roles,
        } = self;
        let slug = Place {
            table: "category",
            key: &row_id,
        }
        .read(&slug, Slug::parse)?;
        let id = id::<CategoryId>("category", &row_id)?;
        let parent = match (parent, parts.parent.as_deref()) {
            (Part::Loaded(row), Some(wanted)) => {
                let tree = row
                    .map(|row| row.decode(wanted).map(Box::new))
                    .transpose()?;
                Part::Loaded(tree)
            }
            _ => Part::NotLoaded,
        };
        let children_of = category::children_listing;
        Ok(CategoryTree {
            category: Category {
                id,
                slug,
                name,
                position,
            },
            path: path.into(),
            parent,
            children: pages(children, &parts.children, children_of, Self::decode)?,
            roles: pages(roles, &parts.roles, role::listing, RoleRow::decode)?,
        })
    }
}

/// A skill as a statement selects it.
#[derive(Debug, Deserialize)]
pub(crate) struct SkillRow {
    id: String,
    slug: String,
    name: String,
    kind: String,
    aliases: Option<Vec<String>>,
    roles: Option<Vec<PageRow<RoleRow>>>,
}

impl SkillRow {
    /// The skill with the parts that were asked for.
    pub(crate) fn decode(self, parts: &SkillParts) -> Result<SkillTree> {
        let Self {
            id: row_id,
            slug,
            name,
            kind,
            aliases,
            roles,
        } = self;
        let place = Place {
            table: "skill",
            key: &row_id,
        };
        let skill = Skill {
            id: id::<SkillId>("skill", &row_id)?,
            slug: place.read(&slug, Slug::parse)?,
            name,
            kind: place.read(&kind, SkillKind::parse)?,
        };
        let roles = pages(roles, &parts.roles, role::listing, RoleRow::decode)?;
        Ok(SkillTree {
            skill,
            aliases: aliases.into(),
            roles,
        })
    }
}

/// A question as a statement selects it.
#[derive(Debug, Deserialize)]
pub(crate) struct FaqRow {
    id: String,
    question: String,
    answer: String,
    position: u32,
    role: Option<Box<RoleRow>>,
}

impl FaqRow {
    /// The question with the parts that were asked for.
    pub(crate) fn decode(self, parts: &FaqParts) -> Result<FaqTree> {
        let Self {
            id: row_id,
            question,
            answer,
            position,
            role,
        } = self;
        let role = match (role, parts.role.as_deref()) {
            (Some(row), Some(wanted)) => Part::Loaded(Box::new(row.decode(wanted)?)),
            _ => Part::NotLoaded,
        };
        let faq = Stored {
            id: id::<FaqId>("faq", &row_id)?,
            value: Faq { question, answer },
        };
        Ok(FaqTree {
            faq,
            position,
            role,
        })
    }
}
