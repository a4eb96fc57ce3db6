//! Roles from rows.

use domain::id::{RoleId, SourceId, TranslationGroupId};
use domain::read::tree::DocumentLists;
use domain::read::{
    PageRequest, Pages, Part, RelatedRole, RoleParts, RoleSkillsRequest, RoleTree, SkillParts,
    SkillTree,
};
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
    cover_letter: Part<Option<String>>,
    salaries: Option<Vec<SalaryRow>>,
    codes: Option<Vec<CodeRow>>,
    source: Option<SourceRow>,
    outline: Option<OutlineRow>,
    document_lists: Option<DocumentListsRow>,
    category: Option<Vec<CategoryRow>>,
    categories: Option<Vec<CategoryRow>>,
    translations: Option<Vec<RoleRow>>,
    skills: Rows<RoleSkillRow>,
    alternate_titles: Rows<TitleRow>,
    related_roles: Rows<RelatedRow>,
}

impl RoleRow {
    /// The role with the parts that were asked for.
    pub(crate) fn decode(mut self, parts: &RoleParts) -> Result<RoleTree> {
        let key = std::mem::take(&mut self.id);
        let place = Place {
            table: "role",
            key: &key,
        };
        let duty_skills = parts.duties.as_ref().map(|list| list.item.as_deref());
        let item_skills = parts
            .qualification_groups
            .as_ref()
            .map(|list| list.item.as_deref());
        let faq = parts.faqs.as_ref().map(|list| &list.item);
        Ok(RoleTree {
            role: self.scalars(place)?,
            facts: each(self.facts, FactRow::decode)?,
            duties: each_with(self.duties, duty_skills, DutyRow::decode)?,
            sections: each(self.sections, SectionRow::decode)?,
            qualification_groups: each_with(
                self.qualification_groups,
                item_skills,
                GroupRow::decode,
            )?,
            faqs: each_with(self.faqs, faq, FaqRow::decode)?,
            cover_letter: self
                .cover_letter
                .map(|text| text.map(|text| CoverLetter { text })),
            salaries: each(self.salaries, SalaryRow::decode)?,
            codes: each(self.codes, |row| row.decode(place))?,
            source: self.source.map(SourceRow::decode).transpose()?.into(),
            outline: outline(self.outline, place)?,
            document_lists: document_lists(self.document_lists, place)?,
            category: each_with(
                self.category,
                parts.category.as_deref(),
                CategoryRow::decode,
            )?
            .map(|rows| rows.into_iter().next().map(Box::new)),
            categories: each_with(
                self.categories,
                parts.categories.as_deref(),
                CategoryRow::decode,
            )?,
            translations: each_with(
                self.translations,
                parts.translations.as_deref(),
                Self::decode,
            )?,
            skills: skill_pages(self.skills, parts, place)?,
            alternate_titles: title_pages(self.alternate_titles, parts, place)?,
            related_roles: related_pages(self.related_roles, parts, place)?,
        })
    }

    fn scalars(&mut self, place: Place<'_>) -> Result<Role> {
        let group = self.translation_group_id.as_deref();
        Ok(Role {
            id: id::<RoleId>("role", place.key)?,
            slug: place.read(&self.slug, Slug::parse)?,
            locale: place.read(&self.locale, Locale::parse)?,
            title: std::mem::take(&mut self.title),
            summary: self.summary.take(),
            state: place.read(&self.state, PublicationState::parse)?,
            revision: self.revision,
            created_at: place.read(&self.created_at, Timestamp::parse)?,
            updated_at: place.read(&self.updated_at, Timestamp::parse)?,
            published_at: optional(place, self.published_at.as_deref(), Timestamp::parse)?,
            last_reviewed: optional(place, self.last_reviewed.as_deref(), PartialDate::parse)?,
            translation_group: group
                .map(|text| id::<TranslationGroupId>("translation_group", text))
                .transpose()?,
        })
    }
}

type Rows<R> = Option<Vec<PageRow<R>>>;

fn skill_pages(
    rows: Rows<RoleSkillRow>,
    parts: &RoleParts,
    place: Place<'_>,
) -> Result<Pages<RoleSkillsRequest, RoleSkill<SkillTree>>> {
    pages(
        rows,
        &parts.skills,
        role_link::skills_listing,
        |row, parts| row.decode(place, parts),
    )
}

fn title_pages(
    rows: Rows<TitleRow>,
    parts: &RoleParts,
    place: Place<'_>,
) -> Result<Pages<PageRequest, RoleTitle>> {
    pages(
        rows,
        &parts.alternate_titles,
        role_link::titles_listing,
        |row, ()| row.decode(place),
    )
}

fn related_pages(
    rows: Rows<RelatedRow>,
    parts: &RoleParts,
    place: Place<'_>,
) -> Result<Pages<PageRequest, RelatedRole>> {
    let listing = role_link::related_listing;
    pages(rows, &parts.related_roles, listing, |row, parts| {
        row.decode(place, parts)
    })
}

fn outline(row: Option<OutlineRow>, place: Place<'_>) -> Result<Part<Outline>> {
    let outline = row.map(Outline::try_from).transpose();
    Ok(outline.map_err(|error| place.corrupt(&error))?.into())
}

fn document_lists(
    row: Option<DocumentListsRow>,
    place: Place<'_>,
) -> Result<Part<Box<DocumentLists>>> {
    Ok(row
        .map(|row| row.decode(place).map(Box::new))
        .transpose()?
        .into())
}

/// Decodes a list that may not have been selected.
pub(super) fn each<R, T>(
    rows: Option<Vec<R>>,
    decode: impl Fn(R) -> Result<T>,
) -> Result<Part<Vec<T>>> {
    let list = rows.map(|rows| rows.into_iter().map(decode).collect::<Result<Vec<T>>>());
    Ok(list.transpose()?.into())
}

/// Decodes a list whose items have parts of their own.
fn each_with<R, P, T>(
    rows: Option<Vec<R>>,
    parts: Option<P>,
    decode: impl Fn(R, P) -> Result<T>,
) -> Result<Part<Vec<T>>>
where
    P: Copy,
{
    let list = rows.zip(parts).map(|(rows, parts)| {
        rows.into_iter()
            .map(|row| decode(row, parts))
            .collect::<Result<Vec<T>>>()
    });
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
    fn decode(self, place: Place<'_>, parts: &SkillParts) -> Result<RoleSkill<SkillTree>> {
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
        let parts = SkillParts {
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
