//! Roles from rows.

use domain::id::{RoleId, SourceId, TranslationGroupId};
use domain::read::tree::DocumentLists;
use domain::read::{Part, RelatedRole, RoleParts, RoleTree};
use domain::role::salary::Origin;
use domain::role::{
    CoverLetter, ExternalCode, MatchKind, Outline, PublicationState, RelatedSlug, RelationKind,
    Role, RoleTitle, TitleKind,
};
use domain::skill::{Requirement, RoleSkill};
use domain::source::{Source, SourceName};
use domain::{Locale, PartialDate, Slug, Timestamp};
use serde::Deserialize;

use super::role_child::{DutyRow, FactRow, GroupRow, SalaryRow, SectionRow};
use super::tree::{CategoryRow, FaqRow, SkillRow};
use super::{Place, id, pages, selected};
use crate::outline::OutlineRow;
use crate::read::page::PageRow;
use crate::read::{Result, role_link};

/// A role as a statement selects it.
#[derive(Debug, Deserialize)]
pub(crate) struct RoleRow {
    id: String,
    slug: String,
    locale: String,
    title: String,
    summary: Option<String>,
    state: String,
    revision: u32,
    created_at: String,
    updated_at: String,
    published_at: Option<String>,
    last_reviewed: Option<String>,
    translation_group_id: Option<String>,
    facts: Option<Vec<FactRow>>,
    duties: Option<Vec<DutyRow>>,
    sections: Option<Vec<SectionRow>>,
    qualification_groups: Option<Vec<GroupRow>>,
    faqs: Option<Vec<FaqRow>>,
    #[serde(default, deserialize_with = "selected")]
    cover_letter: Option<Option<String>>,
    salaries: Option<Vec<SalaryRow>>,
    codes: Option<Vec<CodeRow>>,
    source: Option<SourceRow>,
    outline: Option<OutlineRow>,
    document_lists: Option<DocumentListsRow>,
    category: Option<Vec<CategoryRow>>,
    categories: Option<Vec<CategoryRow>>,
    translations: Option<Vec<RoleRow>>,
    skills: Option<Vec<PageRow<RoleSkillRow>>>,
    alternate_titles: Option<Vec<PageRow<TitleRow>>>,
    related_roles: Option<Vec<PageRow<RelatedRow>>>,
}

impl RoleRow {
    /// The role with the parts that were asked for.
    pub(crate) fn decode(self, parts: &RoleParts) -> Result<RoleTree> {
        let key = self.id.clone();
        let place = Place {
            table: "role",
            key: &key,
        };
        let role = Role {
            id: id::<RoleId>("role", &self.id)?,
            slug: place.read(&self.slug, Slug::parse)?,
            locale: place.read(&self.locale, Locale::parse)?,
            title: self.title,
            summary: self.summary,
            state: place.read(&self.state, PublicationState::parse)?,
            revision: self.revision,
            created_at: place.read(&self.created_at, Timestamp::parse)?,
            updated_at: place.read(&self.updated_at, Timestamp::parse)?,
            published_at: optional(place, self.published_at.as_deref(), Timestamp::parse)?,
            last_reviewed: optional(place, self.last_reviewed.as_deref(), PartialDate::parse)?,
            translation_group: self
                .translation_group_id
                .map(|text| id::<TranslationGroupId>("translation_group", &text))
                .transpose()?,
        };
        let outline = self
            .outline
            .map(|row| Outline::try_from(row).map_err(|error| place.corrupt(&error)));
        let skill_parts = |list: &Option<domain::read::ListParts<Option<Box<_>>>>| {
            list.as_ref()
                .and_then(|list| list.item.as_deref().cloned())
                .unwrap_or_default()
        };
        let duty_skills = skill_parts(&parts.duties);
        let item_skills = skill_parts(&parts.qualification_groups);
        let faq = parts
            .faqs
            .as_ref()
            .map(|list| list.item.clone())
            .unwrap_or_default();
        let primary = parts.category.as_deref().cloned().unwrap_or_default();
        let category = parts.categories.as_deref().cloned().unwrap_or_default();
        let translation = parts.translations.as_deref().cloned().unwrap_or_default();
        Ok(RoleTree {
            role,
            facts: each(self.facts, FactRow::decode)?,
            duties: each(self.duties, |row| row.decode(&duty_skills))?,
            sections: each(self.sections, SectionRow::decode)?,
            qualification_groups: each(self.qualification_groups, |row| row.decode(&item_skills))?,
            faqs: each(self.faqs, |row| row.decode(&faq))?,
            cover_letter: self
                .cover_letter
                .map(|text| text.map(|text| CoverLetter { text }))
                .into(),
            salaries: each(self.salaries, SalaryRow::decode)?,
            codes: each(self.codes, |row| row.decode(place))?,
            source: self.source.map(SourceRow::decode).transpose()?.into(),
            outline: outline.transpose()?.into(),
            document_lists: self
                .document_lists
                .map(|row| row.decode(place).map(Box::new))
                .transpose()?
                .into(),
            category: match self.category {
                None => Part::NotLoaded,
                Some(rows) => {
                    let first = rows.into_iter().next();
                    let tree = first
                        .map(|row| row.decode(&primary).map(Box::new))
                        .transpose()?;
                    Part::Loaded(tree)
                }
            },
            categories: each(self.categories, |row| row.decode(&category))?,
            translations: each(self.translations, |row| row.decode(&translation))?,
            skills: pages(
                self.skills,
                &parts.skills,
                role_link::skills_listing,
                |row, parts| row.decode(place, parts),
            )?,
            alternate_titles: pages(
                self.alternate_titles,
                &parts.alternate_titles,
                role_link::titles_listing,
                |row, ()| row.decode(place),
            )?,
            related_roles: pages(
                self.related_roles,
                &parts.related_roles,
                role_link::related_listing,
                |row, parts| row.decode(place, parts),
            )?,
        })
    }
}

/// Decodes a list that may not have been selected.
pub(super) fn each<R, T>(
    rows: Option<Vec<R>>,
    decode: impl Fn(R) -> Result<T>,
) -> Result<Part<Vec<T>>> {
    let list = rows.map(|rows| rows.into_iter().map(decode).collect::<Result<Vec<T>>>());
    Ok(list.transpose()?.into())
}

fn optional<T, E: std::fmt::Display>(
    place: Place<'_>,
    text: Option<&str>,
    parse: impl FnOnce(&str) -> std::result::Result<T, E>,
) -> Result<Option<T>> {
    text.map(|text| place.read(text, parse)).transpose()
}

#[derive(Debug, Deserialize)]
struct CodeRow {
    scheme: String,
    release: String,
    code: String,
    uri: Option<String>,
    match_kind: String,
}

impl CodeRow {
    fn decode(self, place: Place<'_>) -> Result<ExternalCode> {
        let Self {
            scheme,
            release,
            code,
            uri,
            match_kind,
        } = self;
        let release = (!release.is_empty()).then_some(release);
        let match_kind = place.read(&match_kind, MatchKind::parse)?;
        Ok(ExternalCode {
            scheme,
            release,
            code,
            uri,
            match_kind,
        })
    }
}

#[derive(Debug, Deserialize)]
struct SourceRow {
    id: String,
    name: String,
    licence: Option<String>,
    attribution: Option<String>,
}

impl SourceRow {
    fn decode(self) -> Result<Source> {
        let Self {
            id: key,
            name,
            licence,
            attribution,
        } = self;
        let name = SourceName {
            name,
            licence,
            attribution,
        };
        Ok(Source {
            id: id::<SourceId>("source", &key)?,
            name,
        })
    }
}

#[derive(Debug, Deserialize)]
struct RoleSkillRow {
    requirement: String,
    origin: String,
    skill: SkillRow,
}

impl RoleSkillRow {
    fn decode(
        self,
        place: Place<'_>,
        parts: &domain::read::SkillParts,
    ) -> Result<RoleSkill<domain::read::SkillTree>> {
        let Self {
            requirement,
            origin,
            skill,
        } = self;
        Ok(RoleSkill {
            skill: skill.decode(parts)?,
            requirement: place.read(&requirement, Requirement::parse)?,
            origin: place.read(&origin, Origin::parse)?,
        })
    }
}

#[derive(Debug, Deserialize)]
struct TitleRow {
    text: String,
    kind: String,
}

impl TitleRow {
    fn decode(self, place: Place<'_>) -> Result<RoleTitle> {
        let Self { text, kind } = self;
        Ok(RoleTitle {
            text,
            kind: place.read(&kind, TitleKind::parse)?,
        })
    }
}

#[derive(Debug, Deserialize)]
struct RelatedRow {
    kind: String,
    role: RoleRow,
}

impl RelatedRow {
    fn decode(self, place: Place<'_>, parts: &RoleParts) -> Result<RelatedRole> {
        let Self { kind, role } = self;
        let kind = place.read(&kind, RelationKind::parse)?;
        Ok(RelatedRole {
            kind,
            role: role.decode(parts)?,
        })
    }
}

#[derive(Debug, Deserialize)]
struct DocumentListsRow {
    document_slug: String,
    translation_key: Option<String>,
    titles: Vec<TitleRow>,
    skills: Vec<RoleSkillRow>,
    related: Vec<RelatedSlugRow>,
}

#[derive(Debug, Deserialize)]
struct RelatedSlugRow {
    kind: String,
    to_slug: String,
}

impl DocumentListsRow {
    fn decode(self, place: Place<'_>) -> Result<DocumentLists> {
        let Self {
            document_slug,
            translation_key,
            titles,
            skills,
            related,
        } = self;
        let parts = domain::read::SkillParts {
            aliases: true,
            ..Default::default()
        };
        let skills = skills.into_iter().map(|row| {
            let RoleSkill {
                skill,
                requirement,
                origin,
            } = row.decode(place, &parts)?;
            let skill = skill.term().map_err(|error| place.corrupt(&error))?;
            Ok(RoleSkill {
                skill,
                requirement,
                origin,
            })
        });
        let related = related.into_iter().map(|RelatedSlugRow { kind, to_slug }| {
            let kind = place.read(&kind, RelationKind::parse)?;
            Ok(RelatedSlug {
                kind,
                slug: place.read(&to_slug, Slug::parse)?,
            })
        });
        Ok(DocumentLists {
            document_slug: place.read(&document_slug, Slug::parse)?,
            translation_key,
            titles: titles
                .into_iter()
                .map(|row| row.decode(place))
                .collect::<Result<_>>()?,
            skills: skills.collect::<Result<_>>()?,
            related: related.collect::<Result<_>>()?,
        })
    }
}
