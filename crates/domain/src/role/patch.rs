//! Edits of a role that keep everything they do not name.

use super::{
    CoverLetter, Duty, ExternalCode, Fact, Faq, OutlineEntry, OutlineKind, PartIds,
    PublicationState, Qualification, QualificationGroup, RelatedSlug, RoleDraft, RoleTitle,
    SalaryObservation, Section,
};
use crate::PartialDate;
use crate::category::CategoryPath;
use crate::role::salary::Origin;
use crate::skill::{RoleSkill, SkillTerm};

/// What an edit puts in the place of what a role says; `None` keeps it.
///
/// Lists are replaced whole. Skills are those that somebody states; those that texts name are
/// found again from the texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RolePatch {
    /// The preferred title.
    pub title: Option<String>,
    /// What the role is.
    pub summary: Option<Option<String>>,
    /// Who may see the role.
    pub state: Option<PublicationState>,
    /// A key that the translations of one role share.
    pub translation_key: Option<Option<String>>,
    /// Paths of its categories; the first is the primary one.
    pub categories: Option<Vec<CategoryPath>>,
    /// When an editor last checked the texts.
    pub last_reviewed: Option<Option<PartialDate>>,
    /// The role at a glance.
    pub facts: Option<Vec<Fact>>,
    /// The duties in order.
    pub duties: Option<Vec<Duty<SkillTerm>>>,
    /// Prose sections in order.
    pub sections: Option<Vec<Section>>,
    /// Qualification groups in order.
    pub qualification_groups: Option<Vec<QualificationGroup<Qualification<SkillTerm>>>>,
    /// The sample cover letter.
    pub cover_letter: Option<Option<CoverLetter>>,
    /// Questions and answers in order.
    pub faqs: Option<Vec<Faq>>,
    /// What people earn.
    pub salaries: Option<Vec<SalaryObservation>>,
    /// Other names.
    pub titles: Option<Vec<RoleTitle>>,
    /// The skills that are stated.
    pub skills: Option<Vec<RoleSkill<SkillTerm>>>,
    /// Related roles by slug.
    pub related: Option<Vec<RelatedSlug>>,
    /// Codes in outside schemes.
    pub codes: Option<Vec<ExternalCode>>,
    /// The ids that parts of the lists above are to keep, where somebody says so; see
    /// [`IdentifiedDraft::patch`](super::IdentifiedDraft::patch).
    pub ids: PartIds,
}

impl RolePatch {
    /// An edit of the state and of nothing else.
    #[must_use]
    pub fn to_state(state: PublicationState) -> Self {
        Self {
            state: Some(state),
            ..Self::default()
        }
    }

    /// Puts what the edit names in its place, and the headings of the document in order.
    pub fn apply(self, draft: &mut RoleDraft) {
        let Self {
            title,
            summary,
            state,
            translation_key,
            categories,
            last_reviewed,
            facts,
            duties,
            sections,
            qualification_groups,
            cover_letter,
            faqs,
            salaries,
            titles,
            skills,
            related,
            codes,
            // A draft has none.
            ids: _,
        } = self;
        put(&mut draft.title, title);
        put(&mut draft.summary, summary);
        put(&mut draft.state, state);
        put(&mut draft.translation_key, translation_key);
        put(&mut draft.categories, categories);
        put(&mut draft.last_reviewed, last_reviewed);
        put(&mut draft.facts, facts);
        put(&mut draft.duties, duties);
        put(&mut draft.sections, sections);
        put(&mut draft.qualification_groups, qualification_groups);
        put(&mut draft.cover_letter, cover_letter);
        put(&mut draft.faqs, faqs);
        put(&mut draft.salaries, salaries);
        put(&mut draft.titles, titles);
        put(&mut draft.related, related);
        put(&mut draft.codes, codes);
        if let Some(mut stated) = skills {
            let parsed = draft.skills.drain(..);
            stated.extend(parsed.filter(|edge| edge.origin == Origin::Parsed));
            draft.skills = stated;
        }
        settle_outline(draft);
    }
}

fn put<T>(place: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *place = value;
    }
}

/// Structured parts in the order in which they are added, with the headings they get.
const STRUCTURED: &[(OutlineKind, &str)] = &[
    (OutlineKind::Facts, "Role at a glance"),
    (OutlineKind::Duties, "Duties and responsibilities"),
    (OutlineKind::Qualifications, "Qualifications"),
    (OutlineKind::CoverLetter, "Sample cover letter"),
    (OutlineKind::Faqs, "Frequently asked questions"),
];

/// Gives every part of a role one heading: headings of parts that are there keep their words and
/// places, sections follow the order of the sections, and what has no heading gets one.
pub(super) fn settle_outline(draft: &mut RoleDraft) {
    let before = std::mem::take(&mut draft.outline.entries);
    let mut sections = draft.sections.iter();
    let mut entries: Vec<OutlineEntry> = Vec::with_capacity(before.len());
    for entry in before {
        if entry.kind.section().is_some() {
            entries.extend(sections.next().map(|section| heading(section, entry)));
        } else if has(draft, entry.kind) && !entries.iter().any(|known| known.kind == entry.kind) {
            entries.push(entry);
        }
    }
    entries.extend(sections.map(|section| OutlineEntry {
        kind: kind_of(section),
        heading: section.heading.clone(),
        lead: None,
    }));
    let missing = STRUCTURED.iter().filter(|(kind, _)| has(draft, *kind));
    let mut first = 0;
    for (kind, heading) in missing {
        if let Some(place) = entries.iter().position(|entry| entry.kind == *kind) {
            first = first.max(place + 1);
            continue;
        }
        let entry = OutlineEntry {
            kind: *kind,
            heading: (*heading).to_owned(),
            lead: None,
        };
        if matches!(kind, OutlineKind::Facts | OutlineKind::Duties) {
            entries.insert(first, entry);
            first += 1;
        } else {
            entries.push(entry);
        }
    }
    draft.outline.entries = entries;
}

/// The heading of a section in the place of a former one, whose lead stays with its kind.
fn heading(section: &Section, former: OutlineEntry) -> OutlineEntry {
    let kind = kind_of(section);
    OutlineEntry {
        kind,
        heading: section.heading.clone(),
        lead: former.lead.filter(|_| former.kind == kind),
    }
}

fn kind_of(section: &Section) -> OutlineKind {
    let mut kinds = OutlineKind::ALL.iter().copied();
    let found = kinds.find(|kind| kind.section() == Some(section.kind));
    found.unwrap_or(OutlineKind::Custom)
}

/// Whether a role has anything to stand under a heading of this kind.
fn has(draft: &RoleDraft, kind: OutlineKind) -> bool {
    match kind {
        OutlineKind::Facts => !draft.facts.is_empty(),
        OutlineKind::Duties => !draft.duties.is_empty(),
        OutlineKind::Qualifications => !draft.qualification_groups.is_empty(),
        OutlineKind::CoverLetter => draft.cover_letter.is_some(),
        OutlineKind::Faqs => !draft.faqs.is_empty(),
        section => draft
            .sections
            .iter()
            .any(|known| Some(known.kind) == section.section()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Slug;
    use crate::role::{DutyKind, SectionKind, TextFormat};
    use crate::source::SourceName;

    fn draft() -> RoleDraft {
        let source = SourceName {
            name: "us".to_owned(),
            licence: None,
            attribution: None,
        };
        RoleDraft::new(source, Slug::parse("chef").unwrap(), "Chef".to_owned())
    }

    fn section(kind: SectionKind, heading: &str) -> Section {
        Section {
            kind,
            heading: heading.to_owned(),
            body: "Text.".to_owned(),
            format: TextFormat::Plain,
        }
    }

    fn headings(draft: &RoleDraft) -> Vec<&str> {
        let entries = draft.outline.entries.iter();
        entries.map(|entry| entry.heading.as_str()).collect()
    }

    fn duties() -> Vec<Duty<SkillTerm>> {
        vec![Duty::new("Cook", DutyKind::Core)]
    }

    #[test]
    fn an_empty_edit_changes_nothing() {
        let mut edited = draft();
        RolePatch::default().apply(&mut edited);
        assert_eq!(edited, draft());
    }

    #[test]
    fn an_edit_keeps_what_it_does_not_name_and_clears_what_it_says() {
        let mut edited = draft();
        edited.summary = Some("Old".to_owned());
        let renamed = RolePatch {
            title: Some("Head chef".to_owned()),
            ..RolePatch::default()
        };
        renamed.apply(&mut edited);
        assert_eq!(edited.summary.as_deref(), Some("Old"));
        let cleared = RolePatch {
            summary: Some(None),
            ..RolePatch::default()
        };
        cleared.apply(&mut edited);
        assert_eq!((edited.title.as_str(), edited.summary), ("Head chef", None));
    }

    #[test]
    fn every_part_gets_a_heading_and_loses_it_with_its_last_item() {
        let mut edited = draft();
        let filled = RolePatch {
            duties: Some(duties()),
            sections: Some(vec![section(SectionKind::Overview, "Overview")]),
            faqs: Some(vec![Faq {
                question: "Why?".to_owned(),
                answer: "So.".to_owned(),
            }]),
            ..RolePatch::default()
        };
        filled.apply(&mut edited);
        let wanted = [
            "Duties and responsibilities",
            "Overview",
            "Frequently asked questions",
        ];
        assert_eq!(headings(&edited), wanted);
        let emptied = RolePatch {
            duties: Some(Vec::new()),
            ..RolePatch::default()
        };
        emptied.apply(&mut edited);
        assert_eq!(headings(&edited), wanted[1..]);
    }

    #[test]
    fn headings_keep_their_words_and_places() {
        let mut edited = draft();
        edited.duties = duties();
        edited.sections = vec![
            section(SectionKind::Custom, "A day"),
            section(SectionKind::Pay, "Pay"),
        ];
        let entry = |kind, heading: &str, lead: Option<&str>| OutlineEntry {
            kind,
            heading: heading.to_owned(),
            lead: lead.map(str::to_owned),
        };
        edited.outline.entries = vec![
            entry(OutlineKind::Custom, "A day", None),
            entry(OutlineKind::Duties, "What you do", Some("Daily:")),
            entry(OutlineKind::Pay, "Pay", None),
        ];
        let before = edited.clone();
        RolePatch::default().apply(&mut edited);
        assert_eq!(edited, before);
        let turned = RolePatch {
            sections: Some(vec![
                section(SectionKind::Pay, "Money"),
                section(SectionKind::Custom, "A day"),
            ]),
            ..RolePatch::default()
        };
        turned.apply(&mut edited);
        assert_eq!(headings(&edited), ["Money", "What you do", "A day"]);
    }
}
