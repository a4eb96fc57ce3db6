//! Edits of parts do to a role what they would do to plain lists.

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::Slug;
use crate::id::{DutyId, GroupId, Id, PartId, QualificationId};
use crate::role::{Duty, DutyKind, Qualification, QualificationGroup};
use crate::skill::SkillTerm;
use crate::source::SourceName;

type Item = Qualification<SkillTerm>;
type Group = QualificationGroup<Item>;

fn empty() -> IdentifiedDraft {
    let source = SourceName {
        name: "us".to_owned(),
        licence: None,
        attribution: None,
    };
    let slug = Slug::parse("chef").unwrap();
    let draft = RoleDraft::new(source, slug, "Chef".to_owned());
    IdentifiedDraft::new(draft, PartIds::default())
}

fn duty(text: &str) -> Duty<SkillTerm> {
    Duty::new(text, DutyKind::Core)
}

fn item(text: &str) -> Item {
    Item {
        text: text.to_owned(),
        skills: Vec::new(),
    }
}

fn id<I: Id>(number: usize) -> I {
    I::from_uuid(Uuid::from_u128(u128::try_from(number).unwrap()))
}

fn number(id: impl Id) -> usize {
    usize::try_from(id.uuid().as_u128()).unwrap()
}

/// What is done to parts that are numbered in the order in which they were added.
#[derive(Clone, Debug)]
enum Op {
    Add {
        list: usize,
        position: Option<usize>,
    },
    Change {
        part: usize,
    },
    Move {
        part: usize,
        list: Option<usize>,
        position: usize,
    },
    Remove {
        part: usize,
    },
}

fn ops() -> impl Strategy<Value = Vec<Op>> {
    let position = 0..6_usize;
    let part = 0..8_usize;
    let list = 0..3_usize;
    let op = prop_oneof![
        3 => (list.clone(), prop::option::of(position.clone()))
            .prop_map(|(list, position)| Op::Add { list, position }),
        1 => part.clone().prop_map(|part| Op::Change { part }),
        2 => (part.clone(), prop::option::of(list), position)
            .prop_map(|(part, list, position)| Op::Move { part, list, position }),
        1 => part.prop_map(|part| Op::Remove { part }),
    ];
    prop::collection::vec(op, 0..24)
}

/// Numbers of parts with their texts, list by list.
type Lists = Vec<Vec<(usize, String)>>;

/// What the operation does to plain lists; whether it can be done.
fn in_plain_lists(lists: &mut Lists, op: &Op, fresh: usize) -> bool {
    let holder = |lists: &Lists, part: usize| {
        let mut holders = lists.iter().enumerate();
        holders.find_map(|(list, parts)| {
            let place = parts.iter().position(|(number, _)| *number == part)?;
            Some((list, place))
        })
    };
    match *op {
        Op::Add { list, position } => {
            let Some(parts) = lists.get_mut(list) else {
                return false;
            };
            let position = position.unwrap_or(parts.len());
            let is_there = position <= parts.len();
            if is_there {
                parts.insert(position, (fresh, "new".to_owned()));
            }
            is_there
        }
        Op::Change { part } => match holder(lists, part) {
            Some((list, place)) => {
                lists[list][place].1.push('!');
                true
            }
            None => false,
        },
        Op::Move {
            part,
            list,
            position,
        } => {
            let Some((from, place)) = holder(lists, part) else {
                return false;
            };
            let to = list.unwrap_or(from);
            let mut after = lists.clone();
            let moved = after[from].remove(place);
            let Some(parts) = after.get_mut(to).filter(|parts| position <= parts.len()) else {
                return false;
            };
            parts.insert(position, moved);
            *lists = after;
            true
        }
        Op::Remove { part } => match holder(lists, part) {
            Some((list, place)) => {
                lists[list].remove(place);
                true
            }
            None => false,
        },
    }
}

/// The same on a role.
fn in_role<P: Part>(
    role: &mut IdentifiedDraft,
    op: &Op,
    fresh: usize,
    (new, change): (P, &(dyn Fn(&mut P) + Send + Sync)),
    holder: impl Fn(usize) -> P::Holder,
) -> Result<PlacedPart, PartProblem> {
    let edit = match *op {
        Op::Add { list, position } => PartEdit::Add {
            holder: holder(list),
            part: new,
            position,
        },
        Op::Change { part } => PartEdit::Change {
            id: id(part),
            change,
        },
        Op::Move {
            part,
            list,
            position,
        } => PartEdit::Move {
            id: id(part),
            holder: list.map(holder),
            position,
        },
        Op::Remove { part } => PartEdit::Remove { id: id(part) },
    };
    role.edit(&edit, id(fresh))
}

proptest! {
    #[test]
    fn duties_are_a_list_whose_parts_keep_their_ids(ops in ops()) {
        let (mut role, mut lists) = (empty(), vec![Vec::new()]);
        for (fresh, op) in ops.iter().enumerate() {
            // All duties of a role are in one list.
            let op = match op.clone() {
                Op::Add { position, .. } => Op::Add { list: 0, position },
                Op::Move { part, position, .. } => Op::Move { part, list: None, position },
                other => other,
            };
            let change = |duty: &mut Duty<SkillTerm>| duty.text.push('!');
            let done = in_role(&mut role, &op, fresh, (duty("new"), &change), |_| ());
            prop_assert_eq!(done.is_ok(), in_plain_lists(&mut lists, &op, fresh));
            let ids = role.ids().duties.iter().map(|id: &Option<DutyId>| number(id.unwrap()));
            let texts = role.draft().duties.iter().map(|duty| duty.text.clone());
            prop_assert_eq!(ids.zip(texts).collect::<Vec<_>>(), lists[0].clone());
            let headings = usize::from(!lists[0].is_empty());
            prop_assert_eq!(role.draft().outline.entries.len(), headings);
        }
    }

    #[test]
    fn qualifications_go_from_group_to_group_with_their_ids(ops in ops()) {
        let mut role = empty();
        for group in 0..2 {
            let new = Group { heading: Some(format!("Group {group}")), items: Vec::new() };
            let add = PartEdit::Add { holder: (), part: new, position: None };
            role.edit(&add, id(1_000 + group)).unwrap();
        }
        let mut lists = vec![Vec::new(), Vec::new()];
        for (fresh, op) in ops.iter().enumerate() {
            let change = |item: &mut Item| item.text.push('!');
            let holder = |list: usize| id::<GroupId>(1_000 + list);
            let done = in_role(&mut role, op, fresh, (item("new"), &change), holder);
            prop_assert_eq!(done.is_ok(), in_plain_lists(&mut lists, op, fresh));
            let groups = role.draft().qualification_groups.iter().zip(&role.ids().groups);
            let shown: Lists = groups.map(|(group, ids)| {
                let ids = ids.items.iter();
                let ids = ids.map(|id: &Option<QualificationId>| number(id.unwrap()));
                ids.zip(group.items.iter().map(|item| item.text.clone())).collect()
            }).collect();
            prop_assert_eq!(&shown, &lists);
        }
    }
}

#[test]
fn a_group_takes_its_items_along() {
    let mut role = empty();
    for group in 0..2 {
        let new = Group {
            heading: None,
            items: vec![item(&format!("of {group}"))],
        };
        let add = PartEdit::Add {
            holder: (),
            part: new,
            position: None,
        };
        role.edit(&add, id(group)).unwrap();
        role.ids.groups[group].items = vec![Some(id(10 + group))];
    }
    let to_the_end: PartEdit<'_, Group> = PartEdit::Move {
        id: id(0),
        holder: None,
        position: 1,
    };
    let placed = role.edit(&to_the_end, id(9)).unwrap();
    assert_eq!(placed.path, "qualificationGroups[1]");
    let items = role.ids().groups.iter().map(|group| group.items[0]);
    assert_eq!(items.collect::<Vec<_>>(), [Some(id(11)), Some(id(10))]);
}

#[test]
fn what_is_not_there_is_told() {
    let mut role = empty();
    let add = PartEdit::Add {
        holder: (),
        part: duty("Cook"),
        position: Some(1),
    };
    let problem = role.edit(&add, id(0)).unwrap_err();
    assert_eq!(problem, PartProblem::NoPlace { most: 0 });
    let text = "the position is not in the list: expected 0 to 0";
    assert_eq!(problem.to_string(), text);
    let remove: PartEdit<'_, Duty<SkillTerm>> = PartEdit::Remove { id: id(7) };
    assert_eq!(role.edit(&remove, id(0)), Err(PartProblem::NoPart));
    let add = PartEdit::Add {
        holder: id::<GroupId>(3),
        part: item("Degree"),
        position: None,
    };
    assert_eq!(role.edit(&add, id(0)), Err(PartProblem::NoHolder));
    assert_eq!(role, empty());
}

fn with_duties(texts: &[&str]) -> IdentifiedDraft {
    let mut role = empty();
    for (number, text) in texts.iter().enumerate() {
        let add = PartEdit::Add {
            holder: (),
            part: duty(text),
            position: None,
        };
        role.edit(&add, id(number)).unwrap();
    }
    role
}

#[test]
fn a_list_that_is_replaced_has_the_ids_that_are_given() {
    let (before, mut after) = (
        with_duties(&["Cook", "Bake"]),
        with_duties(&["Cook", "Bake"]),
    );
    let patch = |ids: Vec<Option<DutyId>>| RolePatch {
        duties: Some(vec![duty("Bake"), duty("Roast")]),
        ids: PartIds {
            duties: ids,
            ..PartIds::default()
        },
        ..RolePatch::default()
    };
    assert_eq!(after.patch(patch(Vec::new())), []);
    assert_eq!(after.ids().duties, [None, None]);
    assert!(after.ids().agree_with(before.ids()));
    let turned = patch(vec![Some(id(1)), Some(id(0))]);
    let mut after = before.clone();
    assert_eq!(after.patch(turned), []);
    assert_eq!(after.ids().duties, [Some(id(1)), Some(id(0))]);
    assert!(!after.ids().agree_with(before.ids()));
    let strays = after.patch(patch(vec![Some(id(1)), Some(id(1))]));
    assert!(strays[0].is_repeated && strays[0].path == "duties[1]");
    let strays = before.clone().patch(patch(vec![None, Some(id(5))]));
    assert!(!strays[0].is_repeated);
    assert_eq!(strays[0].id, PartId::from(id::<DutyId>(5)).to_string());
}

#[test]
fn what_is_not_replaced_keeps_its_ids() {
    let mut role = with_duties(&["Cook", "Bake"]);
    let ids = role.ids().clone();
    let renamed = RolePatch {
        title: Some("Baker".to_owned()),
        ..RolePatch::default()
    };
    assert_eq!(role.patch(renamed), []);
    assert_eq!(role.ids(), &ids);
    let draft = role.draft().clone();
    role.replace(draft);
    assert_eq!(role.ids().duties, [None, None]);
    assert!(role.ids().agree_with(&ids));
}
