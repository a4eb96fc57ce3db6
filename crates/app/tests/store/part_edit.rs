//! Parts of roles that are edited one by one: their ids survive every change and every move.

use app::{EditAction, Edited, Receipt, Refusal, RefusalCode, RoleWrite, StoreOptions};
use domain::id::Id as _;
use domain::id::{DutyId, IdSource, PartId, RoleId};
use domain::read::{RoleBy, RoleTree};
use domain::role::part::Part;
use domain::role::{
    Duty, DutyKind, Faq, IdentifiedDraft, PartEdit, PartIds, Qualification, QualificationGroup,
    RolePatch, Section,
};
use domain::skill::SkillTerm;

use crate::board::TestBoard;
use crate::document::{duty, full, slug};
use crate::identity::read;
use crate::on_both_engines;
use crate::rows::{changes, texts};

type Group = QualificationGroup<Qualification<SkillTerm>>;

async fn edit<P: Part>(board: &TestBoard, role: RoleId, edit: PartEdit<'_, P>) -> Edited {
    let edit = |role: &mut IdentifiedDraft, ids: &dyn IdSource| {
        let placed = role.edit(&edit, P::Id::fresh(ids));
        placed
            .map(Some)
            .map_err(|problem| vec![Refusal::of_part(problem)])
    };
    let edit = RoleWrite::Edit {
        role,
        expected: None,
        slug: None,
        edit: &edit,
    };
    let options = StoreOptions::new("partner");
    let written = board.catalogue().write_roles(&[edit], options, None).await;
    let Receipt { edited, .. } = written.unwrap();
    edited.into_iter().next().unwrap()
}

async fn tree(board: &TestBoard) -> RoleTree {
    read(board, RoleBy::Slug(slug("harbour-master"))).await
}

/// The ids and texts of the duties in their order.
async fn duties(board: &TestBoard) -> Vec<(DutyId, String)> {
    let tree = tree(board).await;
    let duties = tree.duties.get().unwrap().iter();
    duties.map(|duty| (duty.id, duty.text.clone())).collect()
}

fn new_duty(text: &str, position: Option<usize>) -> PartEdit<'static, Duty<SkillTerm>> {
    PartEdit::Add {
        holder: (),
        part: duty(text, &[]),
        position,
    }
}

on_both_engines! {
    async fn a_duty_is_added_changed_moved_and_taken_out(board) {
        let role = board.store(&full("harbour-master")).await.id;
        let before = duties(&board).await;
        let added = edit(&board, role, new_duty("Count ships", Some(0))).await;
        assert_eq!((added.action, added.revision), (Some(EditAction::Updated), Some(2)));
        let Some(PartId::Duty(id)) = added.part else { panic!("{added:?}") };
        let mut wanted = before.clone();
        wanted.insert(0, (id, "Count ships".into()));
        assert_eq!(duties(&board).await, wanted);

        let change = |duty: &mut Duty<SkillTerm>| duty.text = "Count boats".into();
        let changed = edit(&board, role, PartEdit::Change { id, change: &change }).await;
        assert_eq!((changed.part, changed.revision), (Some(id.into()), Some(3)));
        wanted[0].1 = "Count boats".into();
        assert_eq!(duties(&board).await, wanted);

        let end = before.len();
        let to_the_end: PartEdit<'_, Duty<SkillTerm>> = PartEdit::Move { id, holder: None, position: end };
        edit(&board, role, to_the_end).await;
        wanted.rotate_left(1);
        assert_eq!(duties(&board).await, wanted);

        let told = changes(&board).await;
        let stays: PartEdit<'_, Duty<SkillTerm>> = PartEdit::Move { id, holder: None, position: end };
        let unchanged = edit(&board, role, stays).await;
        assert_eq!((unchanged.action, unchanged.revision), (Some(EditAction::Unchanged), Some(4)));
        assert_eq!(changes(&board).await, told);

        let gone = edit::<Duty<SkillTerm>>(&board, role, PartEdit::Remove { id }).await;
        assert_eq!((gone.part, gone.revision), (Some(id.into()), Some(5)));
        assert_eq!(duties(&board).await, before);
        assert_eq!(changes(&board).await.last().unwrap(), "ROLE UPDATED 5 partner");
    }

    async fn parts_that_say_the_same_change_places(board) {
        let mut draft = full("harbour-master");
        draft.duties = vec![duty("Wait", &[]), duty("Wait", &[])];
        let role = board.store(&draft).await.id;
        let before = duties(&board).await;
        let swap: PartEdit<'_, Duty<SkillTerm>> = PartEdit::Move { id: before[0].0, holder: None, position: 1 };
        let swapped = edit(&board, role, swap).await;
        assert_eq!(swapped.action, Some(EditAction::Updated));
        let turned: Vec<_> = before.into_iter().rev().collect();
        assert_eq!(duties(&board).await, turned);
    }

    async fn a_qualification_goes_to_another_group(board) {
        let mut draft = full("harbour-master");
        let item = |text: &str| Qualification { text: text.to_owned(), skills: Vec::new() };
        draft.qualification_groups = vec![
            Group { heading: Some("Must".into()), items: vec![item("Swim"), item("Shout")] },
            Group { heading: Some("May".into()), items: vec![item("Sing")] },
        ];
        let role = board.store(&draft).await.id;
        let before = tree(&board).await;
        let groups = before.qualification_groups.get().unwrap();
        let (shout, may) = (groups[0].items[1].id, groups[1].id);
        let over: PartEdit<'_, Qualification<SkillTerm>> = PartEdit::Move { id: shout, holder: Some(may), position: 0 };
        let moved = edit(&board, role, over).await;
        assert_eq!(moved.part, Some(shout.into()));
        let heading = |group: &mut Group| group.heading = None;
        edit(&board, role, PartEdit::Change { id: may, change: &heading }).await;
        let after = tree(&board).await;
        let groups = after.qualification_groups.get().unwrap();
        assert_eq!((groups[1].id, groups[1].heading.as_deref()), (may, None));
        let items: Vec<_> = groups[1].items.iter().map(|item| (item.id, item.text.as_str())).collect();
        assert_eq!(items[0], (shout, "Shout"));
        assert_eq!(items.len(), 2);
        assert_eq!(groups[0].items.len(), 1);
    }

    async fn a_question_keeps_its_row(board) {
        let role = board.store(&full("harbour-master")).await.id;
        let before = tree(&board).await;
        let faqs = before.faqs.get().unwrap();
        let id = faqs[0].faq.id;
        let change = |faq: &mut Faq| faq.question = "Do ships sleep?".into();
        edit(&board, role, PartEdit::Change { id, change: &change }).await;
        let rows = texts(&board, "SELECT uuid || ' ' || sort_question FROM faq ORDER BY position").await;
        assert_eq!(rows[0], format!("{} do ships sleep?", id.uuid()));
    }

    async fn a_section_takes_its_heading_along(board) {
        let role = board.store(&full("harbour-master")).await.id;
        let before = tree(&board).await;
        let id = before.sections.get().unwrap()[0].id;
        let change = |section: &mut Section| section.heading = "All about it".into();
        edit(&board, role, PartEdit::Change { id, change: &change }).await;
        let after = tree(&board).await;
        let headings = after.outline.get().unwrap().entries.iter();
        assert!(headings.clone().any(|entry| entry.heading == "All about it"));
        let gone = edit::<Section>(&board, role, PartEdit::Remove { id }).await;
        assert_eq!(gone.action, Some(EditAction::Updated));
        let after = tree(&board).await;
        let mut headings = after.outline.get().unwrap().entries.iter();
        assert!(!headings.any(|entry| entry.heading == "All about it"));
    }

    async fn what_breaks_a_rule_is_refused_with_its_place_in_the_part(board) {
        let role = board.store(&full("harbour-master")).await.id;
        let told = changes(&board).await;
        let place = |edited: &Edited| {
            let refusals = edited.refusals.iter();
            refusals.map(|refusal| (refusal.code, refusal.path.join("."))).collect::<Vec<_>>()
        };
        let blank = edit(&board, role, new_duty(" ", None)).await;
        assert_eq!(place(&blank), [(RefusalCode::Blank, "input.text".to_owned())]);
        let far = edit(&board, role, new_duty("Wave", Some(99))).await;
        assert_eq!(place(&far), [(RefusalCode::Invalid, "position".to_owned())]);
        let id = DutyId::from_uuid(uuid::Uuid::nil());
        let nobody = edit::<Duty<SkillTerm>>(&board, role, PartEdit::Remove { id }).await;
        assert_eq!(place(&nobody), [(RefusalCode::NotFound, "id".to_owned())]);
        assert_eq!(nobody.role(), Some(role));
        let section = tree(&board).await.sections.get().unwrap()[0].id;
        let change = |section: &mut Section| section.heading = " ".into();
        let blank = edit(&board, role, PartEdit::Change { id: section, change: &change }).await;
        assert_eq!(place(&blank), [(RefusalCode::Blank, "input.heading".to_owned())]);
        assert_eq!(changes(&board).await, told);
    }

    async fn a_list_that_is_replaced_keeps_the_ids_that_are_named(board) {
        let role = board.store(&full("harbour-master")).await.id;
        let before = duties(&board).await;
        let (first, stranger) = (before[0].0, DutyId::from_uuid(uuid::Uuid::nil()));
        let with = |id: DutyId| {
            let patch = RolePatch {
                duties: Some(vec![
                    Duty::new("New", DutyKind::Core),
                    Duty::new("Changed", DutyKind::Core),
                ]),
                ids: PartIds { duties: vec![None, Some(id)], ..PartIds::default() },
                ..RolePatch::default()
            };
            move |role: &mut IdentifiedDraft, _: &dyn IdSource| {
                let strays = role.patch(patch.clone());
                if strays.is_empty() {
                    Ok(None)
                } else {
                    Err(strays.iter().map(Refusal::of_stray).collect())
                }
            }
        };
        let options = StoreOptions::new("partner");
        for (id, codes) in [(stranger, vec![RefusalCode::NotFound]), (first, Vec::new())] {
            let edit = with(id);
            let edit = RoleWrite::Edit { role, expected: None, slug: None, edit: &edit };
            let receipt = board.catalogue().write_roles(&[edit], options, None).await.unwrap();
            let refusals = receipt.edited[0].refusals.iter();
            assert_eq!(refusals.map(|refusal| refusal.code).collect::<Vec<_>>(), codes);
        }
        let after = duties(&board).await;
        assert_eq!(after[1], (first, "Changed".into()));
        assert!(before.iter().all(|(id, _)| *id != after[0].0));
    }
}
