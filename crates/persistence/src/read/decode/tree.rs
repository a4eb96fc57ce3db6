//! Categories, skills and FAQs from rows.

use domain::Slug;
use domain::category::Category;
use domain::id::{CategoryId, FaqId, SkillId};
use domain::read::{CategoryParts, CategoryTree, FaqParts, FaqTree, Part, SkillParts, SkillTree};
use domain::skill::{Skill, SkillKind};
use serde::Deserialize;

use super::role::RoleRow;
use super::{one, one_or_none, pages, selected};
use crate::read::page::PageRow;
use crate::read::{Result, category, role};
use crate::stored::child::FaqTexts;
use crate::stored::{Key, Value};

/// A category as a statement selects it.
#[derive(Debug, Deserialize)]
pub(crate) struct CategoryRow<'a> {
    id: Key<CategoryId>,
    slug: Value<Slug>,
    name: String,
    position: u32,
    path: Option<Vec<String>>,
    #[serde(borrow, default, deserialize_with = "selected")]
    parent: Part<Option<Box<CategoryRow<'a>>>>,
    #[serde(borrow)]
    children: Option<Vec<PageRow<CategoryRow<'a>>>>,
    #[serde(borrow)]
    roles: Option<Vec<PageRow<RoleRow<'a>>>>,
}

impl CategoryRow<'_> {
    /// The category with the parts that were asked for.
    pub(crate) fn decode(self, parts: &CategoryParts) -> Result<CategoryTree> {
        let Self {
            id,
            slug,
            name,
            position,
            path,
            parent,
            children,
            roles,
        } = self;
        let children_of = category::children_listing;
        Ok(CategoryTree {
            category: Category {
                id: id.0,
                slug: slug.0,
                name,
                position,
            },
            path: path.into(),
            parent: one_or_none(parent, parts.parent.as_deref(), |row, parts| {
                row.decode(parts)
            })?,
            children: pages(children, &parts.children, children_of, CategoryRow::decode)?,
            roles: pages(roles, &parts.roles, role::listing, RoleRow::decode)?,
        })
    }
}

/// A skill as a statement selects it.
#[derive(Debug, Deserialize)]
pub(crate) struct SkillRow<'a> {
    id: Key<SkillId>,
    slug: Value<Slug>,
    name: String,
    kind: Value<SkillKind>,
    aliases: Option<Vec<String>>,
    #[serde(borrow)]
    roles: Option<Vec<PageRow<RoleRow<'a>>>>,
}

impl SkillRow<'_> {
    /// The skill with the parts that were asked for.
    pub(crate) fn decode(self, parts: &SkillParts) -> Result<SkillTree> {
        let Self {
            id,
            slug,
            name,
            kind,
            aliases,
            roles,
        } = self;
        Ok(SkillTree {
            skill: Skill {
                id: id.0,
                slug: slug.0,
                name,
                kind: kind.0,
            },
            aliases: aliases.into(),
            roles: pages(roles, &parts.roles, role::listing, RoleRow::decode)?,
        })
    }
}

/// A question as a statement selects it.
#[derive(Debug, Deserialize)]
pub(crate) struct FaqRow<'a> {
    #[serde(rename = "id")]
    _id: Key<FaqId>,
    position: u32,
    #[serde(borrow)]
    texts: FaqTexts<'a>,
    #[serde(borrow)]
    role: Option<RoleRow<'a>>,
}

impl FaqRow<'_> {
    /// The question with the parts that were asked for.
    pub(crate) fn decode(self, parts: &FaqParts) -> Result<FaqTree> {
        let Self {
            _id,
            position,
            texts,
            role,
        } = self;
        Ok(FaqTree {
            faq: texts.into(),
            position,
            role: one(role, parts.role.as_deref(), RoleRow::decode)?,
        })
    }
}
