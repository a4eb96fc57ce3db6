//! What a mutation says about a role.

mod item;

use app::{Refusal, RefusalCode};
use async_graphql::{InputObject, MaybeUndefined};
use domain::PartialDate;
use domain::category::CategoryPath;
use domain::id::Id as _;
use domain::role::part::Part;
use domain::role::{CoverLetter, PartIds, RolePatch};

pub(super) use item::{
    DutyInput, FactInput, FaqInput, PartInput, QualificationGroupInput, SectionInput, SourceInput,
    words, year,
};
use item::{ExternalCodeInput, RelatedRoleInput, RoleSkillInput, RoleTitleInput, SalaryInput};

/// What a role says besides its title. A field that is left out keeps what is there; null and the
/// empty list clear it. Lists are replaced whole, in the order in which they are given.
#[derive(Default, InputObject)]
pub(super) struct RoleContentInput {
    /// What the role is, in a paragraph or a few with blank lines between them; at most 8 KiB.
    summary: MaybeUndefined<String>,
    /// A key that the translations of one role share; at most 200 characters.
    translation_group: MaybeUndefined<String>,
    /// The categories, the primary one first, each as the names from the top of the tree down;
    /// missing ones are created. At most 16.
    categories: MaybeUndefined<Vec<Vec<String>>>,
    /// When an editor last checked the texts: a year, a month or a day, such as `2026`, `2026-03`
    /// or `2026-03-14`.
    last_reviewed_on: MaybeUndefined<String>,
    /// The role at a glance; at most 64 facts.
    facts: MaybeUndefined<Vec<FactInput>>,
    /// What people in the role do; at most 500 duties. The skills that they name are found in
    /// their texts.
    duties: MaybeUndefined<Vec<DutyInput>>,
    /// The prose of the page; at most 64 sections, and at most one of each kind but `CUSTOM`.
    sections: MaybeUndefined<Vec<SectionInput>>,
    /// What the role asks for; at most 64 groups.
    qualification_groups: MaybeUndefined<Vec<QualificationGroupInput>>,
    /// A sample cover letter with placeholders in square brackets; at most 64 KiB.
    cover_letter: MaybeUndefined<String>,
    /// Questions and answers; at most 100.
    faqs: MaybeUndefined<Vec<FaqInput>>,
    /// What people in the role earn, one amount each; at most 500.
    salaries: MaybeUndefined<Vec<SalaryInput>>,
    /// Other names of the role; at most 10,000.
    alternate_titles: MaybeUndefined<Vec<RoleTitleInput>>,
    /// The skills that the role states; at most 5,000. Those that its texts name are added.
    skills: MaybeUndefined<Vec<RoleSkillInput>>,
    /// Related roles; at most 1,000. A role that is not there yet is related once it is.
    related_roles: MaybeUndefined<Vec<RelatedRoleInput>>,
    /// Codes of the role in outside schemes; at most 200.
    codes: MaybeUndefined<Vec<ExternalCodeInput>>,
}

impl RoleContentInput {
    /// The edit that puts this content in its place, or what of it cannot be read.
    pub(super) fn into_patch(self) -> Result<RolePatch, Vec<Refusal>> {
        let Self {
            summary,
            translation_group,
            categories,
            last_reviewed_on,
            facts,
            duties,
            sections,
            qualification_groups,
            cover_letter,
            faqs,
            salaries,
            alternate_titles,
            skills,
            related_roles,
            codes,
        } = self;
        let (mut ids, mut refusals) = (PartIds::default(), Vec::new());
        let patch = RolePatch {
            summary: text(summary),
            translation_key: text(translation_group),
            categories: paths(categories, &mut refusals),
            last_reviewed: date(last_reviewed_on, &mut refusals),
            facts: parts(facts, "facts", &mut ids.facts, &mut refusals),
            duties: parts(duties, "duties", &mut ids.duties, &mut refusals),
            sections: parts(sections, "sections", &mut ids.sections, &mut refusals),
            qualification_groups: parts(
                qualification_groups,
                "qualificationGroups",
                &mut ids.groups,
                &mut refusals,
            ),
            cover_letter: text(cover_letter).map(|text| text.map(|text| CoverLetter { text })),
            faqs: parts(faqs, "faqs", &mut ids.faqs, &mut refusals),
            salaries: list(salaries, SalaryInput::into_domain),
            titles: list(alternate_titles, RoleTitleInput::into_domain),
            skills: list(skills, RoleSkillInput::into_domain),
            related: list(related_roles, RelatedRoleInput::into_domain),
            codes: list(codes, ExternalCodeInput::into_domain),
            ..RolePatch::default()
        };
        let patch = RolePatch { ids, ..patch };
        if refusals.is_empty() {
            Ok(patch)
        } else {
            Err(refusals)
        }
    }
}

/// What a value that may be left out or null does to a value that may be missing.
#[expect(clippy::option_option, reason = "kept, cleared, or a value")]
fn text(value: MaybeUndefined<String>) -> Option<Option<String>> {
    match value {
        MaybeUndefined::Undefined => None,
        MaybeUndefined::Null => Some(None),
        MaybeUndefined::Value(text) => Some(Some(text)),
    }
}

/// What a list that may be left out or null does to a list.
fn list<I, T>(items: MaybeUndefined<Vec<I>>, mut item: impl FnMut(I) -> T) -> Option<Vec<T>> {
    match items {
        MaybeUndefined::Undefined => None,
        MaybeUndefined::Null => Some(Vec::new()),
        MaybeUndefined::Value(items) => Some(items.into_iter().map(&mut item).collect()),
    }
}

fn invalid(path: &[&str], message: impl Into<String>) -> Refusal {
    Refusal::new(RefusalCode::Invalid, path, message)
}

fn paths(
    paths: MaybeUndefined<Vec<Vec<String>>>,
    refusals: &mut Vec<Refusal>,
) -> Option<Vec<CategoryPath>> {
    let mut number = 0;
    let paths = list(paths, |names| {
        let path = CategoryPath::new(names);
        if path.is_none() {
            refusals.push(invalid(
                &["input", "categories", &number.to_string()],
                "a category is named by the names from the top of the tree down: give one name or \
                 more, none of them blank",
            ));
        }
        number += 1;
        path
    });
    Some(paths?.into_iter().flatten().collect())
}

#[expect(clippy::option_option, reason = "kept, cleared, or a value")]
fn date(text: MaybeUndefined<String>, refusals: &mut Vec<Refusal>) -> Option<Option<PartialDate>> {
    let text = self::text(text)?;
    let date = text.map(|text| PartialDate::parse(&text)).transpose();
    let date = date.map_err(|error| {
        refusals.push(invalid(&["input", "lastReviewedOn"], error.to_string()));
    });
    date.ok()
}

/// What a list of parts that may be left out or null does to a list; the ids that they are given
/// go along.
fn parts<I: PartInput>(
    items: MaybeUndefined<Vec<I>>,
    name: &str,
    ids: &mut Vec<<I::Part as Part>::Ids>,
    refusals: &mut Vec<Refusal>,
) -> Option<Vec<I::Part>> {
    let mut number = 0;
    let parts = list(items, |item| {
        let part = identified(item).map_err(|refusal| {
            let place = ["input", name, &number.to_string()].map(str::to_owned);
            refusals.push(refusal.inside_of(&place));
        });
        number += 1;
        part.ok()
    });
    let parts = parts?.into_iter().flatten();
    Some(
        parts
            .map(|(part, of_part)| {
                ids.push(of_part);
                part
            })
            .collect(),
    )
}

/// A part with the ids that it is given.
fn identified<I: PartInput>(item: I) -> Result<(I::Part, <I::Part as Part>::Ids), Refusal> {
    let id = item.id().map(|id| <I::Part as Part>::Id::parse(id));
    let id = id
        .transpose()
        .map_err(|error| invalid(&["id"], error.to_string()))?;
    let part = item.into_part()?;
    let ids = id.map(|id| part.under(id)).unwrap_or_default();
    Ok((part, ids))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_read_is_told_with_its_place() {
        let content = RoleContentInput {
            categories: MaybeUndefined::Value(vec![vec!["Sea".to_owned()], Vec::new()]),
            last_reviewed_on: MaybeUndefined::Value("March".to_owned()),
            ..RoleContentInput::default()
        };
        let refusals = content.into_patch().unwrap_err();
        let paths = refusals.iter().map(|refusal| refusal.path.join("."));
        assert_eq!(
            paths.collect::<Vec<_>>(),
            ["input.categories.1", "input.lastReviewedOn"]
        );
    }

    #[test]
    fn nothing_keeps_null_clears_and_a_value_stands() {
        assert_eq!(text(MaybeUndefined::Undefined), None);
        assert_eq!(text(MaybeUndefined::Null), Some(None));
        let item = |text: String| text;
        assert_eq!(list(MaybeUndefined::Undefined, item), None);
        assert_eq!(list(MaybeUndefined::Null, item), Some(Vec::new()));
    }
}
