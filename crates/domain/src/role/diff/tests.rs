//! Differences of random lists and drafts.

use proptest::collection::vec;
use proptest::prelude::*;

use super::list::{Item, Matching, Pairing};
use super::*;
use crate::Slug;
use crate::role::{CoverLetter, Duty, DutyKind, Faq, PublicationState, RoleTitle, TitleKind};
use crate::source::SourceName;

/// Items of few words, so that many are alike.
fn items() -> impl Strategy<Value = Vec<Item>> {
    let item = (0..5_u8, 0..3_u8).prop_map(|(key, rest)| Item {
        key: format!("k{key}"),
        text: format!("k{key} t{rest}"),
    });
    vec(item, 0..9)
}

fn matching() -> impl Strategy<Value = Matching> {
    prop_oneof![Just(Matching::ByKey), Just(Matching::ByKeyAndPlace)]
}

/// The new list, made of the former one and of what differs.
fn applied(
    before: &[Item],
    after: &[Item],
    differences: &[(Option<usize>, Option<usize>)],
) -> Vec<Item> {
    let touched: Vec<usize> = differences.iter().filter_map(|(old, _)| *old).collect();
    let kept = (0..before.len()).filter(|at| !touched.contains(at));
    let mut list: Vec<Item> = kept.map(|at| before[at].clone()).collect();
    for new in differences.iter().filter_map(|(_, new)| *new) {
        list.insert(new, after[new].clone());
    }
    list
}

fn groups() -> impl Strategy<Value = Vec<Group>> {
    let item = (0..4_u8).prop_map(|text| Qualification {
        text: format!("Item {text}"),
        skills: Vec::new(),
    });
    let heading = prop::option::of((0..3_u8).prop_map(|text| format!("Group {text}")));
    let group = (heading, vec(item, 0..4));
    vec(
        group.prop_map(|(heading, items)| QualificationGroup { heading, items }),
        0..4,
    )
}

fn drafts() -> impl Strategy<Value = RoleDraft> {
    let texts = || vec(0..4_u8, 0..5);
    let fields = (0..3_u8, prop::option::of(0..2_u8), 0..3_usize);
    (fields, texts(), texts(), texts(), groups()).prop_map(
        |((title, letter, state), duties, faqs, titles, groups)| {
            let mut draft = draft(&format!("Title {title}"));
            draft.state = PublicationState::ALL[state];
            draft.cover_letter = letter.map(|text| CoverLetter {
                text: format!("Dear {text}"),
            });
            draft.duties = duties.iter().map(|text| duty(&text.to_string())).collect();
            let faq = |text: &u8| Faq {
                question: format!("{}?", text % 2),
                answer: text.to_string(),
            };
            draft.faqs = faqs.iter().map(faq).collect();
            let title = |text: &u8| RoleTitle::new(text.to_string(), TitleKind::Alternate);
            draft.titles = titles.iter().map(title).collect();
            draft.qualification_groups = groups;
            draft
        },
    )
}

fn draft(title: &str) -> RoleDraft {
    let source = SourceName {
        name: "us".to_owned(),
        licence: None,
        attribution: None,
    };
    RoleDraft::new(source, Slug::parse("chef").unwrap(), title.to_owned())
}

fn duty(text: &str) -> Duty<SkillTerm> {
    Duty::new(text, DutyKind::Unspecified)
}

proptest! {
    #[test]
    fn what_differs_leads_from_one_list_to_the_other(
        before in items(), after in items(), matching in matching()
    ) {
        let pairing = Pairing::of(&before, &after, matching);
        let differences = pairing.differences(&before, &after);
        prop_assert_eq!(applied(&before, &after, &differences), after.clone());
        let gone = differences.iter().filter(|(_, new)| new.is_none()).count();
        let added = differences.iter().filter(|(old, _)| old.is_none()).count();
        prop_assert_eq!(before.len() + added, after.len() + gone);
        prop_assert!(Pairing::of(&after, &after, matching).differences(&after, &after).is_empty());
    }

    #[test]
    fn an_item_that_is_in_both_lists_is_neither_added_nor_removed(
        before in items(), after in items(), matching in matching()
    ) {
        let pairing = Pairing::of(&before, &after, matching);
        for (old, new) in pairing.differences(&before, &after) {
            let is_in = |items: &[Item], at: usize, text: &str| {
                items[..=at].iter().filter(|item| item.text == text).count()
            };
            if let (Some(old), None) = (old, new) {
                let text = &before[old].text;
                let others = after.iter().filter(|item| item.text == *text).count();
                prop_assert!(is_in(&before, old, text) > others);
            }
            if let (None, Some(new)) = (old, new) {
                let text = &after[new].text;
                let others = before.iter().filter(|item| item.text == *text).count();
                prop_assert!(is_in(&after, new, text) > others);
            }
        }
    }

    #[test]
    fn only_equal_drafts_have_no_differences(before in drafts(), after in drafts()) {
        let diff = RoleDiff::between(&before, &after);
        prop_assert_eq!(diff.differences.is_empty(), before == after);
        prop_assert!(RoleDiff::between(&after, &after).differences.is_empty());
        for difference in &diff.differences {
            let sides = (&difference.before, &difference.after);
            prop_assert!(sides.0.is_some() || sides.1.is_some());
            // What others were moved around may stand where it stood.
            let is_moved = difference.kind() == DifferenceKind::Moved;
            prop_assert!(is_moved || sides.0 != sides.1, "{:?}", difference);
        }
    }
}

/// The differences as kind, part, and texts.
fn told(before: &RoleDraft, after: &RoleDraft) -> Vec<String> {
    let differences = RoleDiff::between(before, after).differences.into_iter();
    let text = |said: Option<Statement>| said.map_or("-".to_owned(), |said| said.text);
    differences
        .map(|difference| {
            let (kind, part) = (difference.kind(), difference.part);
            let group = difference.group.map(|group| format!(" of {group}"));
            let (before, after) = (text(difference.before), text(difference.after));
            format!(
                "{kind} {part}{}: {before} / {after}",
                group.unwrap_or_default()
            )
        })
        .collect()
}

#[test]
fn a_reworded_duty_is_changed_and_an_old_one_elsewhere_moved() {
    let with = |texts: &[&str]| RoleDraft {
        duties: texts.iter().map(|text| duty(text)).collect(),
        ..draft("Chef")
    };
    let before = with(&["Plan menus", "Buy food", "Cook"]);
    assert_eq!(
        told(&before, &with(&["Plan the menus", "Buy food", "Cook"])),
        ["CHANGED DUTIES: Plan menus / Plan the menus"]
    );
    assert_eq!(
        told(&before, &with(&["Cook", "Plan menus", "Buy food"])),
        ["MOVED DUTIES: Cook / Cook"]
    );
    assert_eq!(
        told(&before, &with(&["Plan menus", "Cook", "Clean"])),
        ["REMOVED DUTIES: Buy food / -", "ADDED DUTIES: - / Clean"]
    );
}

#[test]
fn items_are_compared_inside_of_their_group() {
    let group = |heading: &str, items: &[&str]| QualificationGroup {
        heading: Some(heading.to_owned()),
        items: items
            .iter()
            .map(|text| Qualification {
                text: (*text).to_owned(),
                skills: Vec::new(),
            })
            .collect(),
    };
    let with = |groups: Vec<Group>| RoleDraft {
        qualification_groups: groups,
        ..draft("Chef")
    };
    let before = with(vec![
        group("Education", &["School"]),
        group("Other", &["Knives"]),
    ]);
    let after = with(vec![group("Schooling", &["School", "Course"])]);
    assert_eq!(
        told(&before, &after),
        [
            "REMOVED QUALIFICATION_GROUPS: Other / -",
            "CHANGED QUALIFICATION_GROUPS: Education / Schooling",
            "REMOVED QUALIFICATIONS of Other: Knives / -",
            "ADDED QUALIFICATIONS of Schooling: - / Course",
        ]
    );
}

#[test]
fn a_field_that_appears_is_added() {
    let before = draft("Chef");
    let after = RoleDraft {
        summary: Some("Cooks.".to_owned()),
        ..draft("Head chef")
    };
    assert_eq!(
        told(&before, &after),
        [
            "CHANGED TITLE: Chef / Head chef",
            "ADDED SUMMARY: - / Cooks."
        ]
    );
}
