//! Roles from rows.

use std::collections::HashMap;

use domain::id::{RoleId, SourceId, TranslationGroupId};
use domain::read::tree::{DutyNode, GroupNode};
use domain::read::{
    FaqParts, FaqTree, ListParts, Part, RoleParts, RoleTree, SkillParts, SkillTree,
};
use domain::role::{CoverLetter, Outline, PublicationState, Role};
use domain::source::{Source, SourceName};
use domain::{Locale, PartialDate, Slug, Timestamp};
use serde::Deserialize;

use super::past::{ComparisonRow, RevisionRow, comparisons};
use super::role_link::{
    CodeRow, RelatedRow, RelatedSlugRow, RoleSkillRow, WholeLists, codes, document_lists,
    title_pages,
};
use super::tree::{CategoryRow, SkillRow};
use super::{Place, each, one_or_none, pages, selected};
use crate::read::page::PageRow;
use crate::read::record::Json;
use crate::read::role::named_skills;
use crate::read::{Result, past, role_link};
use crate::stored::child::{DutyRow, FactRow, FaqTexts, GroupRow, SalaryRow, SectionRow, TitleRow};
use crate::stored::measure::DistributionRow;
use crate::stored::outline::OutlineRow;
use crate::stored::{Key, Value};

/// A role as a statement selects it.
#[derive(Debug, Deserialize)]
pub(crate) struct RoleRow<'a> {
    id: Key<RoleId>,
    slug: Value<Slug>,
    locale: Value<Locale>,
    title: String,
    summary: Option<String>,
    state: Value<PublicationState>,
    revision: u32,
    created_at: Value<Timestamp>,
    updated_at: Value<Timestamp>,
    published_at: Option<Value<Timestamp>>,
    last_reviewed: Option<Value<PartialDate>>,
    translation_group: Option<Key<TranslationGroupId>>,
    #[serde(borrow)]
    duties: Option<Json<'a>>,
    #[serde(borrow)]
    faqs: Option<Json<'a>>,
    #[serde(borrow)]
    qualification_groups: Option<Json<'a>>,
    #[serde(borrow)]
    sections: Option<Vec<SectionRow<'a>>>,
    #[serde(borrow)]
    facts: Option<Vec<FactRow<'a>>>,
    #[serde(borrow)]
    salaries: Option<Vec<SalaryRow<'a>>>,
    #[serde(borrow)]
    distributions: Option<Vec<DistributionRow<'a>>>,
    #[serde(borrow)]
    titles: Option<Vec<TitleRow<'a>>>,
    #[serde(borrow)]
    outline: Option<OutlineRow<'a>>,
    #[serde(default, deserialize_with = "selected")]
    cover_letter: Part<Option<String>>,
    #[serde(borrow)]
    named_skills: Option<Vec<NamedSkillRow<'a>>>,
    #[serde(borrow)]
    faq_role: Option<Box<RoleRow<'a>>>,
    #[serde(borrow)]
    codes: Option<Vec<CodeRow<'a>>>,
    source: Option<SourceRow>,
    #[serde(borrow, default, deserialize_with = "selected")]
    category: Part<Option<CategoryRow<'a>>>,
    #[serde(borrow)]
    categories: Option<Vec<CategoryRow<'a>>>,
    #[serde(borrow)]
    translations: Option<Vec<RoleRow<'a>>>,
    document_slug: Option<Value<Slug>>,
    #[serde(default, deserialize_with = "selected")]
    translation_key: Part<Option<String>>,
    all_categories: Option<Vec<Vec<String>>>,
    all_related: Option<Vec<RelatedSlugRow>>,
    #[serde(borrow)]
    all_skills: Option<Vec<RoleSkillRow<'a>>>,
    #[serde(borrow)]
    skills: Rows<RoleSkillRow<'a>>,
    #[serde(borrow)]
    related_roles: Rows<RelatedRow<'a>>,
    #[serde(borrow)]
    revisions: Rows<RevisionRow<'a>>,
    #[serde(borrow)]
    comparisons: Option<Vec<ComparisonRow<'a>>>,
}

type Rows<R> = Option<Vec<PageRow<R>>>;

/// A skill that a text names, by the key that the text has for it; `None` when it is gone since
/// the text was written.
#[derive(Debug, Deserialize)]
struct NamedSkillRow<'a> {
    id: i64,
    #[serde(borrow)]
    skill: Option<SkillRow<'a>>,
}

impl RoleRow<'_> {
    /// The role with the parts that were asked for.
    #[expect(clippy::too_many_lines, reason = "one entry for each part")]
    pub(crate) fn decode(mut self, parts: &RoleParts) -> Result<RoleTree> {
        let place = Place {
            table: "role",
            id: self.id.0,
        };
        let named = NamedSkills::new(self.named_skills.take(), parts, place)?;
        let titles: Option<Vec<_>> = self
            .titles
            .take()
            .map(|titles| titles.into_iter().map(Into::into).collect());
        let concepts = parts.code_concepts.as_deref();
        let (codes, code_concepts) = codes(self.codes.take(), concepts)?;
        Ok(RoleTree {
            role: self.scalars(),
            duties: duties(self.duties, parts.duties.as_ref(), &named)?,
            qualification_groups: groups(
                self.qualification_groups,
                parts.qualification_groups.as_ref(),
                &named,
            )?,
            faqs: faqs(self.faqs, self.faq_role, parts.faqs.as_ref(), place)?,
            facts: all(self.facts),
            sections: all(self.sections),
            salaries: all(self.salaries),
            distributions: all(self.distributions),
            cover_letter: self
                .cover_letter
                .map(|text| text.map(|text| CoverLetter { text })),
            codes,
            code_concepts,
            source: self.source.map(Source::from).into(),
            outline: self.outline.map(Outline::from).into(),
            alternate_titles: title_pages(titles.as_deref(), &parts.alternate_titles)?,
            document_lists: document_lists(
                self.document_slug,
                self.translation_key,
                WholeLists {
                    titles,
                    categories: self.all_categories,
                    skills: self.all_skills,
                    related: self.all_related,
                },
                place,
            )?,
            category: one_or_none(
                self.category,
                parts.category.as_deref(),
                CategoryRow::decode,
            )?,
            categories: each(
                self.categories,
                parts.categories.as_deref(),
                CategoryRow::decode,
            )?,
            translations: each(
                self.translations,
                parts.translations.as_deref(),
                RoleRow::decode,
            )?,
            skills: pages(
                self.skills,
                &parts.skills,
                role_link::skills_listing,
                RoleSkillRow::decode,
            )?,
            related_roles: pages(
                self.related_roles,
                &parts.related_roles,
                role_link::related_listing,
                RelatedRow::decode,
            )?,
            revisions: pages(
                self.revisions,
                &parts.revisions,
                past::listing,
                RevisionRow::decode,
            )?,
            comparisons: comparisons(self.comparisons, &parts.comparisons, place)?,
        })
    }

    fn scalars(&mut self) -> Role {
        Role {
            id: self.id.0,
            slug: self.slug.0.clone(),
            locale: self.locale.0.clone(),
            title: std::mem::take(&mut self.title),
            summary: self.summary.take(),
            state: self.state.0,
            revision: self.revision,
            created_at: self.created_at.0,
            updated_at: self.updated_at.0,
            published_at: self.published_at.take().map(|at| at.0),
            last_reviewed: self.last_reviewed.take().map(|date| date.0),
            translation_group: self.translation_group.map(|group| group.0),
        }
    }
}

/// The rows of a list that was selected as a whole.
fn all<R, T: From<R>>(rows: Option<Vec<R>>) -> Part<Vec<T>> {
    let list = rows.map(|rows| rows.into_iter().map(T::from).collect());
    list.into()
}

type SkilledList = ListParts<Option<Box<SkillParts>>>;

fn duties(
    list: Option<Json<'_>>,
    wanted: Option<&SkilledList>,
    named: &NamedSkills,
) -> Result<Part<Vec<DutyNode>>> {
    let Some((list, wanted)) = list.zip(wanted) else {
        return Ok(Part::NotLoaded);
    };
    let rows: Vec<DutyRow<'_>> = named.place.checked(list.items(wanted.first))?;
    let skills = |keys: &[i64]| named.of(keys, wanted);
    let nodes = rows.into_iter().map(|row| row.decode(skills));
    Ok(Part::Loaded(nodes.collect::<Result<_>>()?))
}

fn groups(
    list: Option<Json<'_>>,
    wanted: Option<&SkilledList>,
    named: &NamedSkills,
) -> Result<Part<Vec<GroupNode>>> {
    let Some((list, wanted)) = list.zip(wanted) else {
        return Ok(Part::NotLoaded);
    };
    let rows: Vec<GroupRow<'_>> = named.place.checked(list.items(wanted.first))?;
    let skills = |keys: &[i64]| named.of(keys, wanted);
    let nodes = rows.into_iter().map(|row| row.decode(skills));
    Ok(Part::Loaded(nodes.collect::<Result<_>>()?))
}

fn faqs(
    list: Option<Json<'_>>,
    role: Option<Box<RoleRow<'_>>>,
    wanted: Option<&ListParts<FaqParts>>,
    place: Place<RoleId>,
) -> Result<Part<Vec<FaqTree>>> {
    let Some((list, wanted)) = list.zip(wanted) else {
        return Ok(Part::NotLoaded);
    };
    let rows: Vec<FaqTexts<'_>> = place.checked(list.items(wanted.first))?;
    // The role of each of its questions is the same.
    let role: Part<Box<RoleTree>> = match (role, &wanted.item.role) {
        (Some(row), Some(parts)) => Part::Loaded(Box::new(row.decode(parts)?)),
        _ => Part::NotLoaded,
    };
    let trees = (0..).zip(rows).map(|(position, row)| FaqTree {
        faq: row.into(),
        position,
        role: role.clone(),
    });
    Ok(Part::Loaded(trees.collect()))
}

/// The skills that duties and qualification items name.
struct NamedSkills {
    skills: HashMap<i64, Option<SkillTree>>,
    place: Place<RoleId>,
}

impl NamedSkills {
    fn new(
        rows: Option<Vec<NamedSkillRow<'_>>>,
        parts: &RoleParts,
        place: Place<RoleId>,
    ) -> Result<Self> {
        let mut skills = HashMap::new();
        if let Some((rows, parts)) = rows.zip(named_skills(parts)) {
            for NamedSkillRow { id, skill } in rows {
                let skill = skill.map(|skill| skill.decode(&parts));
                skills.insert(id, skill.transpose()?);
            }
        }
        Ok(Self { skills, place })
    }

    /// The skills with these keys, without those that are gone; none when they were not asked for.
    fn of(&self, keys: &[i64], wanted: &SkilledList) -> Result<Vec<SkillTree>> {
        if wanted.item.is_none() {
            return Ok(Vec::new());
        }
        let skills = keys.iter().map(|key| {
            let skill = self.skills.get(key).cloned();
            skill.ok_or_else(|| {
                self.place
                    .corrupt(&"a text names a skill that is not there")
            })
        });
        let skills: Vec<Option<SkillTree>> = skills.collect::<Result<_>>()?;
        Ok(skills.into_iter().flatten().collect())
    }
}

/// The source of a role.
#[derive(Debug, Deserialize)]
struct SourceRow {
    id: Key<SourceId>,
    name: String,
    licence: Option<String>,
    attribution: Option<String>,
}

impl From<SourceRow> for Source {
    fn from(row: SourceRow) -> Self {
        let SourceRow {
            id,
            name,
            licence,
            attribution,
        } = row;
        Self {
            id: id.0,
            name: SourceName {
                name,
                licence,
                attribution,
            },
        }
    }
}
