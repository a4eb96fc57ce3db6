//! What a role says after a release and its editors have changed it.

use std::collections::{BTreeMap, BTreeSet};

use domain::role::diff::RolePart;
use domain::role::{RoleDiff, RoleDraft, RolePatch};

use crate::sha256_of;

/// What a role said when it was imported last.
pub(crate) enum Base {
    /// What it says now: nobody has changed it.
    Untouched,
    /// This.
    Said(Box<RoleDraft>),
    /// Nobody knows: it was changed since then, and no revision of it was published.
    Unknown,
}

/// A role that a release and its editors have changed.
pub(crate) struct Merged {
    /// What it says.
    pub(crate) draft: RoleDraft,
    /// Parts that both have changed, to say different things; they say what the editors say.
    pub(crate) conflicts: Vec<RolePart>,
    /// Parts that say something else than the release, with the hash of what that says.
    pub(crate) kept: BTreeMap<RolePart, String>,
}

/// Takes from `theirs` what nobody has changed here. `kept` are the parts that were left alone
/// before.
pub(crate) fn merge(
    base: &Base,
    kept: &BTreeMap<RolePart, String>,
    ours: &RoleDraft,
    theirs: &RoleDraft,
) -> Merged {
    let different = parts(ours, theirs);
    let (edited, released) = match base {
        Base::Untouched => (BTreeSet::new(), BTreeSet::new()),
        Base::Said(base) => (parts(base, ours), parts(base, theirs)),
        Base::Unknown => (different.clone(), different.clone()),
    };
    let says = |part: RolePart| sha256_of(&said(theirs, part));
    let is_released = |part: RolePart| match kept.get(&part) {
        Some(before) => *before != says(part),
        None => released.contains(&part),
    };
    let edited: BTreeSet<RolePart> = edited.into_iter().chain(kept.keys().copied()).collect();
    let still: Vec<RolePart> = edited.intersection(&different).copied().collect();
    Merged {
        draft: taken(ours, theirs, &edited),
        conflicts: still
            .iter()
            .copied()
            .filter(|part| is_released(*part))
            .collect(),
        kept: still.iter().map(|part| (*part, says(*part))).collect(),
    }
}

/// All that a draft says in a part.
fn said(draft: &RoleDraft, part: RolePart) -> String {
    let nothing = RoleDraft::new(draft.source.clone(), draft.slug.clone(), String::new());
    let differences = RoleDiff::between(&nothing, draft).differences.into_iter();
    let said = differences.filter(|difference| whole(difference.part) == part);
    let said = said.filter_map(|difference| Some(difference.after?.text + "\n\n"));
    said.collect()
}

/// The part that a part belongs to: items of groups belong to the groups.
fn whole(part: RolePart) -> RolePart {
    match part {
        RolePart::Qualifications => RolePart::QualificationGroups,
        part => part,
    }
}

/// The parts in which two drafts differ.
fn parts(before: &RoleDraft, after: &RoleDraft) -> BTreeSet<RolePart> {
    let differences = RoleDiff::between(before, after).differences.into_iter();
    differences
        .map(|difference| whole(difference.part))
        .collect()
}

/// `theirs` with the parts of `ours` that are to be kept. Slug, state, language and translations
/// are always ours.
fn taken(ours: &RoleDraft, theirs: &RoleDraft, kept: &BTreeSet<RolePart>) -> RoleDraft {
    let mut draft = ours.clone();
    macro_rules! take {
        ($($field:ident: $part:ident),+ $(,)?) => { $(
            if !kept.contains(&RolePart::$part) {
                draft.$field.clone_from(&theirs.$field);
            }
        )+ };
    }
    take!(
        title: Title,
        summary: Summary,
        source: Source,
        last_reviewed: LastReviewedOn,
        cover_letter: CoverLetter,
        categories: Categories,
        facts: Facts,
        duties: Duties,
        sections: Sections,
        qualification_groups: QualificationGroups,
        faqs: Faqs,
        salaries: Salaries,
        distributions: Distributions,
        titles: AlternateTitles,
        skills: Skills,
        related: RelatedRoles,
        codes: Codes,
    );
    // Gives new parts their headings.
    RolePatch::default().apply(&mut draft);
    draft
}

#[cfg(test)]
mod tests {
    use domain::Slug;
    use domain::role::{Duty, DutyKind, Faq};
    use domain::source::SourceName;

    use super::*;

    fn role(summary: &str, duty: &str) -> RoleDraft {
        let source = SourceName {
            name: "Tables".to_owned(),
            licence: None,
            attribution: None,
        };
        let slug = Slug::parse("chef").unwrap();
        let mut draft = RoleDraft {
            summary: Some(summary.to_owned()),
            duties: vec![Duty::new(duty, DutyKind::Core)],
            ..RoleDraft::new(source, slug, "Chef".to_owned())
        };
        RolePatch::default().apply(&mut draft);
        draft
    }

    fn said_before(draft: &RoleDraft) -> Base {
        Base::Said(Box::new(draft.clone()))
    }

    fn merged(base: &Base, ours: &RoleDraft, theirs: &RoleDraft) -> Merged {
        merge(base, &BTreeMap::new(), ours, theirs)
    }

    #[test]
    fn what_nobody_has_changed_follows_the_release() {
        let merged = merged(
            &Base::Untouched,
            &role("Old.", "Cook"),
            &role("New.", "Cook"),
        );
        assert_eq!(merged.draft, role("New.", "Cook"));
        assert!(merged.conflicts.is_empty() && merged.kept.is_empty());
    }

    #[test]
    fn what_only_one_side_has_changed_stays_changed() {
        let base = said_before(&role("Old.", "Cook"));
        let merged = merged(&base, &role("Ours.", "Cook"), &role("Old.", "Bake"));
        assert_eq!(merged.draft, role("Ours.", "Bake"));
        assert!(merged.conflicts.is_empty());
    }

    #[test]
    fn what_both_have_changed_stays_and_is_told() {
        let base = said_before(&role("Old.", "Cook"));
        let ours = role("Ours.", "Cook");
        let both = merged(&base, &ours, &role("Theirs.", "Bake"));
        assert_eq!(both.draft, role("Ours.", "Bake"));
        assert_eq!(both.conflicts, [RolePart::Summary]);
        assert!(merged(&base, &ours, &ours).conflicts.is_empty());
    }

    #[test]
    fn a_part_that_was_left_alone_once_is_never_overwritten_and_told_of_once() {
        let base = said_before(&role("Old.", "Cook"));
        let first = merged(&base, &role("Ours.", "Cook"), &role("Theirs.", "Cook"));
        // Nobody has touched the role since then.
        let next = |theirs: &RoleDraft| merge(&Base::Untouched, &first.kept, &first.draft, theirs);
        let same = next(&role("Theirs.", "Bake"));
        assert_eq!(same.draft, role("Ours.", "Bake"));
        assert!(same.conflicts.is_empty());
        assert_eq!(same.kept, first.kept);
        let newer = next(&role("Newer.", "Cook"));
        assert_eq!(newer.draft, role("Ours.", "Cook"));
        assert_eq!(newer.conflicts, [RolePart::Summary]);
        let agreed = next(&role("Ours.", "Cook"));
        assert!(agreed.kept.is_empty() && agreed.conflicts.is_empty());
    }

    #[test]
    fn what_somebody_changed_nobody_knows_when_is_left_alone() {
        let ours = role("Ours.", "Cook");
        let merged = merged(&Base::Unknown, &ours, &role("Theirs.", "Cook"));
        assert_eq!(merged.draft, ours);
        assert_eq!(merged.conflicts, [RolePart::Summary]);
    }

    #[test]
    fn what_somebody_has_added_stays() {
        let base = role("Old.", "Cook");
        let mut ours = base.clone();
        ours.faqs.push(Faq {
            question: "Is it hot?".to_owned(),
            answer: "Yes.".to_owned(),
        });
        RolePatch::default().apply(&mut ours);
        let merged = merged(&said_before(&base), &ours, &role("New.", "Cook"));
        assert_eq!(merged.draft.faqs, ours.faqs);
        assert_eq!(merged.draft.summary.as_deref(), Some("New."));
        assert!(merged.conflicts.is_empty());
    }
}
