//! What differs between two drafts of a role: field by field, and item by item of its lists.
//!
//! Everything is compared as text that says all there is to say of a value ([`text`]), so that two
//! drafts without differences say the same. The skills that single texts name are left out: they
//! follow from the texts, and stand among the skills of the role.

mod list;
#[cfg(test)]
mod tests;
mod text;

use super::{OutlineEntry, Qualification, QualificationGroup, RoleDraft};
use crate::skill::SkillTerm;
use crate::text_enum::text_enum;
use list::{Item, Matching, Pairing};

text_enum! {
    /// A part of a role that may differ.
    pub enum RolePart {
        /// The slug.
        Slug = "SLUG",
        /// The preferred title.
        Title = "TITLE",
        /// What the role is.
        Summary = "SUMMARY",
        /// Who may see the role.
        State = "STATE",
        /// The key that translations share.
        TranslationGroup = "TRANSLATION_GROUP",
        /// Where the texts come from.
        Source = "SOURCE",
        /// When an editor last checked the texts.
        LastReviewedOn = "LAST_REVIEWED_ON",
        /// The sample cover letter.
        CoverLetter = "COVER_LETTER",
        /// The categories.
        Categories = "CATEGORIES",
        /// The role at a glance.
        Facts = "FACTS",
        /// The duties.
        Duties = "DUTIES",
        /// The prose.
        Sections = "SECTIONS",
        /// The headings of qualification groups.
        QualificationGroups = "QUALIFICATION_GROUPS",
        /// The items of qualification groups.
        Qualifications = "QUALIFICATIONS",
        /// Questions and answers.
        Faqs = "FAQS",
        /// What people earn.
        Salaries = "SALARIES",
        /// How people in the role spread over answers to questions.
        Distributions = "DISTRIBUTIONS",
        /// Other names.
        AlternateTitles = "ALTERNATE_TITLES",
        /// The skills.
        Skills = "SKILLS",
        /// Related roles.
        RelatedRoles = "RELATED_ROLES",
        /// Codes in outside schemes.
        Codes = "CODES",
        /// The headings of the document.
        Headings = "HEADINGS",
        /// What the page has around its contents.
        Page = "PAGE",
    }
}

text_enum! {
    /// How something differs.
    pub enum DifferenceKind {
        /// It was not there before.
        Added = "ADDED",
        /// It is not there any more.
        Removed = "REMOVED",
        /// It says something else.
        Changed = "CHANGED",
        /// It says the same and stands elsewhere.
        Moved = "MOVED",
    }
}

/// What a field or an item says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// All that it says.
    pub text: String,
    /// Where it stands in its list, from 0; `None` for what is in no list.
    pub position: Option<u32>,
}

/// One field or item that differs; at least one of its sides is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Which part of the role.
    pub part: RolePart,
    /// The heading of the group that a qualification stands in.
    pub group: Option<String>,
    /// What it said before.
    pub before: Option<Statement>,
    /// What it says afterwards.
    pub after: Option<Statement>,
}

impl Difference {
    /// How it differs.
    #[must_use]
    pub fn kind(&self) -> DifferenceKind {
        match (&self.before, &self.after) {
            (None, _) => DifferenceKind::Added,
            (Some(_), None) => DifferenceKind::Removed,
            (Some(before), Some(after)) if before.text == after.text => DifferenceKind::Moved,
            (Some(_), Some(_)) => DifferenceKind::Changed,
        }
    }
}

/// What differs between two drafts, in the order of their parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoleDiff {
    /// One entry for each field and item that differs: of each list first what is gone, in the
    /// former order, then everything else in the new one.
    pub differences: Vec<Difference>,
}

impl RoleDiff {
    /// What differs between two drafts of one role, whose slugs are those by which it is called.
    #[must_use]
    pub fn between(before: &RoleDraft, after: &RoleDraft) -> Self {
        let mut diff = Self::default();
        diff.fields(before, after);
        diff.lists(before, after);
        diff
    }

    fn fields(&mut self, before: &RoleDraft, after: &RoleDraft) {
        let mut field = |part, of: fn(&RoleDraft) -> Option<String>| {
            let (before, after) = (of(before), of(after));
            if before != after {
                let said = |text| Statement {
                    text,
                    position: None,
                };
                self.differences.push(Difference {
                    part,
                    group: None,
                    before: before.map(said),
                    after: after.map(said),
                });
            }
        };
        field(RolePart::Slug, |draft| Some(draft.slug.to_string()));
        field(RolePart::Title, |draft| Some(draft.title.clone()));
        field(RolePart::Summary, |draft| draft.summary.clone());
        field(RolePart::State, |draft| Some(draft.state.to_string()));
        field(RolePart::TranslationGroup, |draft| {
            draft.translation_key.clone()
        });
        field(RolePart::Source, |draft| Some(text::source(&draft.source)));
        field(RolePart::LastReviewedOn, |draft| {
            draft.last_reviewed.map(|date| date.to_string())
        });
        field(RolePart::CoverLetter, |draft| {
            draft
                .cover_letter
                .as_ref()
                .map(|letter| letter.text.clone())
        });
    }

    fn lists(&mut self, before: &RoleDraft, after: &RoleDraft) {
        use Matching::{ByKey, ByKeyAndPlace};
        macro_rules! list {
            ($part:ident, $field:ident, $matching:ident, $item:path) => {
                let items =
                    |draft: &RoleDraft| -> Vec<Item> { draft.$field.iter().map($item).collect() };
                let (old, new) = (items(before), items(after));
                self.list(RolePart::$part, None, $matching, &old, &new);
            };
        }
        list!(Categories, categories, ByKey, text::category);
        list!(Facts, facts, ByKey, text::fact);
        list!(Duties, duties, ByKeyAndPlace, text::duty);
        list!(Sections, sections, ByKeyAndPlace, text::section);
        self.groups(&before.qualification_groups, &after.qualification_groups);
        list!(Faqs, faqs, ByKeyAndPlace, text::faq);
        list!(Salaries, salaries, ByKey, text::salary);
        list!(Distributions, distributions, ByKey, text::distribution);
        list!(AlternateTitles, titles, ByKey, text::title);
        list!(Skills, skills, ByKey, text::skill);
        list!(RelatedRoles, related, ByKey, text::related);
        list!(Codes, codes, ByKey, text::code);
        let headings =
            |entries: &[OutlineEntry]| -> Vec<Item> { entries.iter().map(text::heading).collect() };
        let (former, present) = (&before.outline, &after.outline);
        let (old, new) = (headings(&former.entries), headings(&present.entries));
        self.list(RolePart::Headings, None, ByKeyAndPlace, &old, &new);
        let (old, new) = (text::page(former), text::page(present));
        self.list(RolePart::Page, None, ByKey, &old, &new);
    }

    /// Compares the items of a list; tells which of them are the same.
    fn list(
        &mut self,
        part: RolePart,
        group: Option<&str>,
        matching: Matching,
        before: &[Item],
        after: &[Item],
    ) -> Pairing {
        let pairing = Pairing::of(before, after, matching);
        let said = |items: &[Item], at: usize| {
            let item = items.get(at)?;
            Some(Statement {
                text: item.text.clone(),
                position: u32::try_from(at).ok(),
            })
        };
        for (old, new) in pairing.differences(before, after) {
            self.differences.push(Difference {
                part,
                group: group.map(str::to_owned),
                before: old.and_then(|at| said(before, at)),
                after: new.and_then(|at| said(after, at)),
            });
        }
        pairing
    }

    /// Compares groups by their headings, and the items of groups that are the same with each other.
    fn groups(&mut self, before: &[Group], after: &[Group]) {
        let headings = |groups: &[Group]| -> Vec<Item> { groups.iter().map(text::group).collect() };
        let part = RolePart::QualificationGroups;
        let (old, new) = (headings(before), headings(after));
        let pairing = self.list(part, None, Matching::ByKeyAndPlace, &old, &new);
        let mut compare = |before: Option<&Group>, after: Option<&Group>| {
            let items = |group: Option<&Group>| -> Vec<Item> {
                let items = group.map_or(&[][..], |group| &group.items);
                items.iter().map(text::qualification).collect()
            };
            let group = after.or(before).and_then(|group| group.heading.as_deref());
            let part = RolePart::Qualifications;
            let (old, new) = (items(before), items(after));
            self.list(part, group, Matching::ByKeyAndPlace, &old, &new);
        };
        for (at, group) in before.iter().enumerate() {
            if pairing.after(at).is_none() {
                compare(Some(group), None);
            }
        }
        for (at, group) in after.iter().enumerate() {
            compare(
                pairing.before(at).and_then(|at| before.get(at)),
                Some(group),
            );
        }
    }
}

type Group = QualificationGroup<Qualification<SkillTerm>>;
