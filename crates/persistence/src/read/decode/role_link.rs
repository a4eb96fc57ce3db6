//! What leads from a role elsewhere, from rows.

use domain::Slug;
use domain::category::CategoryPath;
use domain::id::RoleId;
use domain::read::tree::DocumentLists;
use domain::read::{
    ConceptParts, ConceptTree, Connection, PageRequest, Pages, Part, RelatedRole, RoleParts,
    SkillParts, SkillTree,
};
use domain::role::salary::Origin;
use domain::role::{ExternalCode, MatchKind, Nearness, RelatedSlug, RelationKind, RoleTitle};
use domain::skill::{Requirement, RoleSkill, SkillTerm};
use serde::Deserialize;

use super::Place;
use super::concept::ConceptRow;
use super::role::RoleRow;
use super::tree::SkillRow;
use crate::read::{Result, role_link};
use crate::stored::Value;
use crate::stored::measure::MeasuresRow;

/// A code of an outside scheme, and the concept that it names.
#[derive(Debug, Deserialize)]
pub(super) struct CodeRow<'a> {
    scheme: String,
    release: String,
    code: String,
    uri: Option<String>,
    match_kind: Value<MatchKind>,
    #[serde(borrow)]
    concept: Option<Box<ConceptRow<'a>>>,
}

impl<'a> CodeRow<'a> {
    /// The code, and the concept that it names.
    fn parted(self) -> (ExternalCode, Option<Box<ConceptRow<'a>>>) {
        let Self {
            scheme,
            release,
            code,
            uri,
            match_kind,
            concept,
        } = self;
        let code = ExternalCode {
            scheme,
            release: (!release.is_empty()).then_some(release),
            code,
            uri,
            match_kind: match_kind.0,
        };
        (code, concept)
    }
}

/// For each code the concept that it names.
type CodeConcepts = Part<Vec<Option<ConceptTree>>>;

/// The codes, and the concepts that they name when these are wanted.
pub(super) fn codes(
    rows: Option<Vec<CodeRow<'_>>>,
    wanted: Option<&ConceptParts>,
) -> Result<(Part<Vec<ExternalCode>>, CodeConcepts)> {
    let Some(rows) = rows else {
        return Ok((Part::NotLoaded, Part::NotLoaded));
    };
    let (codes, concepts): (Vec<_>, Vec<_>) = rows.into_iter().map(CodeRow::parted).unzip();
    let concepts = wanted.map(|wanted| {
        let concepts = concepts.into_iter();
        let concepts = concepts.map(|row| row.map(|row| row.decode(wanted)).transpose());
        concepts.collect::<Result<_>>()
    });
    Ok((Part::Loaded(codes), concepts.transpose()?.into()))
}

/// A skill of a role.
#[derive(Debug, Deserialize)]
pub(super) struct RoleSkillRow<'a> {
    requirement: Value<Requirement>,
    origin: Value<Origin>,
    #[serde(borrow)]
    measures: Option<MeasuresRow<'a>>,
    #[serde(borrow)]
    skill: SkillRow<'a>,
}

impl RoleSkillRow<'_> {
    pub(super) fn decode(self, parts: &SkillParts) -> Result<RoleSkill<SkillTree>> {
        let Self {
            requirement,
            origin,
            measures,
            skill,
        } = self;
        Ok(RoleSkill {
            skill: skill.decode(parts)?,
            requirement: requirement.0,
            origin: origin.0,
            measures: measures.map(|row| Box::new(row.into())),
        })
    }

    /// The skill as a document names it.
    fn term(self, place: Place<RoleId>) -> Result<RoleSkill<SkillTerm>> {
        let parts = SkillParts {
            aliases: true,
            ..SkillParts::default()
        };
        let RoleSkill {
            skill,
            requirement,
            origin,
            measures,
        } = self.decode(&parts)?;
        Ok(RoleSkill {
            skill: place.checked(skill.term())?,
            requirement,
            origin,
            measures,
        })
    }
}

/// A role that another one leads to.
#[derive(Debug, Deserialize)]
pub(super) struct RelatedRow<'a> {
    kind: Value<RelationKind>,
    nearness: Option<Value<Nearness>>,
    #[serde(borrow)]
    role: RoleRow<'a>,
}

impl RelatedRow<'_> {
    pub(super) fn decode(self, parts: &RoleParts) -> Result<RelatedRole> {
        let Self {
            kind,
            nearness,
            role,
        } = self;
        Ok(RelatedRole {
            kind: kind.0,
            nearness: nearness.map(|nearness| nearness.0),
            role: role.decode(parts)?,
        })
    }
}

/// A role that another one names, be it there or not.
#[derive(Debug, Deserialize)]
pub(super) struct RelatedSlugRow {
    kind: Value<RelationKind>,
    to_slug: Value<Slug>,
    nearness: Option<Value<Nearness>>,
}

impl From<RelatedSlugRow> for RelatedSlug {
    fn from(row: RelatedSlugRow) -> Self {
        let RelatedSlugRow {
            kind,
            to_slug,
            nearness,
        } = row;
        Self {
            kind: kind.0,
            slug: to_slug.0,
            nearness: nearness.map(|nearness| nearness.0),
        }
    }
}

/// The pages of other names that were asked for.
pub(super) fn title_pages(
    titles: Option<&[RoleTitle]>,
    wanted: &[Connection<PageRequest, ()>],
) -> Result<Pages<PageRequest, RoleTitle>> {
    let titles = titles.unwrap_or_default();
    let pages = wanted.iter().map(|wanted| {
        let page = role_link::titles_listing(wanted).cut(titles.to_vec())?;
        Ok((wanted.request.clone(), page))
    });
    Ok(Pages(pages.collect::<Result<_>>()?))
}

/// The lists that exports read as a whole, as they were selected.
pub(super) struct WholeLists<'a> {
    pub(super) titles: Option<Vec<RoleTitle>>,
    pub(super) categories: Option<Vec<Vec<String>>>,
    pub(super) skills: Option<Vec<RoleSkillRow<'a>>>,
    pub(super) related: Option<Vec<RelatedSlugRow>>,
}

/// The lists that exports read as a whole.
pub(super) fn document_lists(
    slug: Option<Value<Slug>>,
    translation_key: Part<Option<String>>,
    lists: WholeLists<'_>,
    place: Place<RoleId>,
) -> Result<Part<Box<DocumentLists>>> {
    let (Some(slug), Part::Loaded(translation_key)) = (slug, translation_key) else {
        return Ok(Part::NotLoaded);
    };
    let WholeLists {
        titles,
        categories,
        skills,
        related,
    } = lists;
    let categories = categories.unwrap_or_default().into_iter().map(|names| {
        let path = CategoryPath::new(names);
        path.ok_or_else(|| place.corrupt(&"the path of a category is empty"))
    });
    let skills = skills.unwrap_or_default().into_iter();
    let related = related.unwrap_or_default().into_iter();
    Ok(Part::Loaded(Box::new(DocumentLists {
        document_slug: slug.0,
        translation_key,
        titles: titles.unwrap_or_default(),
        categories: categories.collect::<Result<_>>()?,
        skills: skills.map(|row| row.term(place)).collect::<Result<_>>()?,
        related: related.map(RelatedSlug::from).collect(),
    })))
}
