//! A role as a bulk document: everything that it says, without loss.

use domain::role::{CoverLetter, Outline, PublicationState, RoleDraft, RolePatch};
use domain::source::SourceName;
use domain::{Locale, PartialDate, Slug};
use serde::{Deserialize, Serialize};

use super::part::{
    CodePart, DistributionPart, DutyPart, FactPart, FaqPart, GroupPart, HeadingPart, RelatedPart,
    SalaryPart, SectionPart, SkillPart, SourcePart, TitlePart, read, written,
};
use super::spelled::{Path, Spelled};

/// What a role says, as it stands in a line.
///
/// What is empty is left out, except for the outline: a document without one gets the headings that
/// its parts ask for.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RoleDocument {
    slug: Spelled<Slug>,
    #[serde(default)]
    locale: Spelled<Locale>,
    title: String,
    state: Spelled<PublicationState>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    source: Option<SourcePart>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    translation_group: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    summary: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    categories: Vec<Path>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    last_reviewed_on: Option<Spelled<PartialDate>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    facts: Vec<FactPart>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    duties: Vec<DutyPart>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    sections: Vec<SectionPart>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    qualification_groups: Vec<GroupPart>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    cover_letter: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    faqs: Vec<FaqPart>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    salaries: Vec<SalaryPart>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    distributions: Vec<DistributionPart>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    alternate_titles: Vec<TitlePart>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    skills: Vec<SkillPart>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    related_roles: Vec<RelatedPart>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    codes: Vec<CodePart>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    outline: Option<Vec<HeadingPart>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    site: Option<String>,
    #[serde(default, skip_serializing_if = "is_false")]
    last_updated_line: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    category_link: Option<String>,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands over a reference"
)]
pub(super) fn is_false(value: &bool) -> bool {
    !value
}

impl RoleDocument {
    /// What a draft says.
    #[must_use]
    pub fn of(draft: &RoleDraft) -> Self {
        let RoleDraft {
            source,
            slug,
            locale,
            translation_key,
            title,
            summary,
            state,
            categories,
            last_reviewed,
            facts,
            duties,
            sections,
            qualification_groups,
            cover_letter,
            faqs,
            salaries,
            distributions,
            titles,
            skills,
            related,
            codes,
            outline:
                Outline {
                    entries,
                    site,
                    last_updated_line,
                    category_link,
                },
        } = draft;
        Self {
            slug: Spelled(slug.clone()),
            locale: Spelled(locale.clone()),
            title: title.clone(),
            state: Spelled(*state),
            source: Some(source.into()),
            translation_group: translation_key.clone(),
            summary: summary.clone(),
            categories: categories.iter().cloned().map(Path).collect(),
            last_reviewed_on: last_reviewed.map(Spelled),
            facts: written(facts),
            duties: written(duties),
            sections: written(sections),
            qualification_groups: written(qualification_groups),
            cover_letter: cover_letter.as_ref().map(|letter| letter.text.clone()),
            faqs: written(faqs),
            salaries: written(salaries),
            distributions: written(distributions),
            alternate_titles: written(titles),
            skills: written(skills),
            related_roles: written(related),
            codes: written(codes),
            outline: Some(written(entries)),
            site: site.clone(),
            last_updated_line: *last_updated_line,
            category_link: category_link.clone(),
        }
    }

    /// The draft that the document is; one that names no source has that of its sender.
    #[must_use]
    #[expect(clippy::too_many_lines, reason = "one line for each member")]
    pub fn into_draft(self, sender: &SourceName) -> RoleDraft {
        let Self {
            slug,
            locale,
            title,
            state,
            source,
            translation_group,
            summary,
            categories,
            last_reviewed_on,
            facts,
            duties,
            sections,
            qualification_groups,
            cover_letter,
            faqs,
            salaries,
            distributions,
            alternate_titles,
            skills,
            related_roles,
            codes,
            outline,
            site,
            last_updated_line,
            category_link,
        } = self;
        let has_outline = outline.is_some();
        let mut draft = RoleDraft {
            source: source.map_or_else(|| sender.clone(), Into::into),
            slug: slug.0,
            locale: locale.0,
            translation_key: translation_group,
            title,
            summary,
            state: state.0,
            categories: categories.into_iter().map(|path| path.0).collect(),
            last_reviewed: last_reviewed_on.map(|date| date.0),
            facts: read(facts),
            duties: read(duties),
            sections: read(sections),
            qualification_groups: read(qualification_groups),
            cover_letter: cover_letter.map(|text| CoverLetter { text }),
            faqs: read(faqs),
            salaries: read(salaries),
            distributions: read(distributions),
            titles: read(alternate_titles),
            skills: read(skills),
            related: read(related_roles),
            codes: read(codes),
            outline: Outline {
                entries: outline.map(read).unwrap_or_default(),
                site,
                last_updated_line,
                category_link,
            },
        };
        if !has_outline {
            // A patch that changes nothing gives every part its heading.
            RolePatch::default().apply(&mut draft);
        }
        draft
    }
}
