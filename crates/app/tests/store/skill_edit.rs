//! Skills that are written by hand.

use app::{EditAction, Edited, RefusalCode, RoleWrite, SkillWrite, StoreAction, StoreOptions};
use domain::id::{EntityId, Id as _, IdSource, SkillId};
use domain::read::{
    Connection, RoleBy, RoleFilter, RoleParts, RolesRequest, SkillBy, SkillParts, SkillTree,
};
use domain::role::salary::Origin;
use domain::role::{IdentifiedDraft, RoleDraft, RolePatch};
use domain::skill::{Requirement, RoleSkill, SkillKind, SkillPatch, SkillTerm};

use crate::board::TestBoard;
use crate::document::{duty, empty, slug, term};
use crate::edit::patched;
use crate::identity::read;
use crate::index::check_index;
use crate::on_both_engines;
use crate::rows::{changes, texts};

async fn write(board: &TestBoard, write: SkillWrite<'_>) -> Edited {
    let options = StoreOptions::new("partner");
    let written = board.catalogue().write_skill(write, options, None).await;
    let receipt = written.unwrap();
    assert_eq!(receipt.refusals, []);
    receipt.edited.into_iter().next().unwrap()
}

fn create(term: &SkillTerm) -> SkillWrite<'_> {
    SkillWrite::Create { term, slug: None }
}

fn id(edited: &Edited) -> SkillId {
    match edited.subject {
        Some(EntityId::Skill(id)) => id,
        _ => panic!("{edited:?}"),
    }
}

fn reasons(edited: &Edited) -> Vec<(RefusalCode, String)> {
    let refusals = edited.refusals.iter();
    refusals
        .map(|refusal| (refusal.code, refusal.path.join(".")))
        .collect()
}

async fn find(board: &TestBoard, by: &str) -> Option<SkillTree> {
    let parts = SkillParts {
        aliases: true,
        ..SkillParts::default()
    };
    let (by, reads) = (SkillBy::Slug(slug(by)), board.database().reads());
    reads.find_skill(&by, &parts).await.unwrap()
}

fn with_skills(name: &str, skills: &[&str]) -> RoleDraft {
    let mut draft = empty(name);
    draft.duties = vec![duty(&format!("Works as {name}"), skills)];
    draft.skills = skills
        .iter()
        .map(|name| RoleSkill::new(term(name), Requirement::Essential, Origin::Stated))
        .collect();
    draft
}

/// The slugs of the skills that a role has, and those that its duties name.
async fn skills(board: &TestBoard, role: &str) -> (Vec<String>, Vec<String>) {
    let stated = format!(
        "SELECT skill.slug FROM role_skill JOIN skill ON skill.id = role_skill.skill_id \
         JOIN role ON role.id = role_skill.role_id WHERE role.slug = '{role}' ORDER BY position"
    );
    let tree = read(board, RoleBy::Slug(slug(role))).await;
    let duties = tree.duties.get().unwrap().iter();
    let named = duties.flat_map(|duty| &duty.skills);
    let named = named.map(|skill| skill.skill.slug.to_string()).collect();
    (texts(board, &stated).await, named)
}

on_both_engines! {
    async fn a_skill_is_made_and_called_otherwise(board) {
        let saw = SkillTerm { aliases: vec!["Saws".into()], ..term("Sawing") };
        let made = write(&board, create(&saw)).await;
        assert_eq!(made.action, Some(EditAction::Created));
        let skill = id(&made);
        board.store(&with_skills("cooper", &["Sawing"])).await;
        let patch = SkillPatch {
            name: Some("Cutting".into()),
            kind: Some(SkillKind::Ability),
            aliases: Some(vec!["Hewing".into()]),
        };
        let (called, patch) = (slug("cutting"), &patch);
        let renamed = SkillWrite::Update { skill, patch, slug: Some(&called) };
        assert_eq!(write(&board, renamed).await, Edited::written(skill, EditAction::Updated));
        for called in ["sawing", "cutting"] {
            let found = find(&board, called).await.unwrap();
            assert_eq!((found.skill.id, found.skill.name.as_str()), (skill, "Cutting"));
            assert_eq!(found.skill.kind, SkillKind::Ability);
            assert_eq!(found.aliases.get().unwrap(), &["Hewing"]);
        }
        assert_eq!(skills(&board, "cooper").await, (vec!["cutting".into()], vec!["cutting".into()]));
        check_index(&board).await;
        let before = changes(&board).await;
        assert_eq!(before.last().unwrap(), "SKILL UPDATED 1 partner");
        assert_eq!(write(&board, renamed).await, Edited::written(skill, EditAction::Unchanged));
        assert_eq!(changes(&board).await, before);
    }

    async fn a_document_means_a_skill_by_its_former_name(board) {
        let cooper = with_skills("cooper", &["Sawing"]);
        board.store(&cooper).await;
        let skill = find(&board, "sawing").await.unwrap().skill.id;
        let patch = SkillPatch { name: Some("Cutting".into()), ..SkillPatch::default() };
        write(&board, SkillWrite::Update { skill, patch: &patch, slug: None }).await;
        assert_eq!(board.store(&cooper).await.action, StoreAction::Unchanged);
        board.store(&with_skills("carpenter", &["Sawing", "Cutting"])).await;
        assert_eq!(skills(&board, "carpenter").await, (vec!["sawing".into()], vec!["sawing".into()]));
        let again = write(&board, create(&term("Sawing"))).await;
        assert_eq!(reasons(&again), [(RefusalCode::Taken, "input.name".to_owned())]);
        let back = SkillPatch { name: Some("sawing".into()), ..SkillPatch::default() };
        let back = write(&board, SkillWrite::Update { skill, patch: &back, slug: None }).await;
        assert_eq!(back.action, Some(EditAction::Updated));
        assert_eq!(texts(&board, "SELECT sort_name FROM skill_name_history").await, ["cutting"]);
    }

    async fn a_former_slug_filters_roles(board) {
        board.store(&with_skills("cooper", &["Sawing"])).await;
        let skill = find(&board, "sawing").await.unwrap().skill.id;
        let (patch, called) = (SkillPatch::default(), slug("cutting"));
        write(&board, SkillWrite::Update { skill, patch: &patch, slug: Some(&called) }).await;
        for called in ["sawing", "cutting", "hewing"] {
            let filter = RoleFilter { skills_all: vec![slug(called)], ..RoleFilter::default() };
            let wanted = Connection {
                request: RolesRequest { filter, ..RolesRequest::default() },
                total: false,
                node: RoleParts::default(),
            };
            let reads = board.database().reads();
            let page = reads.published_roles_page(&wanted).await.unwrap();
            assert_eq!(page.edges.len(), usize::from(called != "hewing"), "{called}");
        }
    }

    async fn a_skill_takes_the_place_of_another_one(board) {
        board.store(&with_skills("cooper", &["Sawing", "Hewing"])).await;
        board.store(&with_skills("carpenter", &["Hewing"])).await;
        board.store(&with_skills("painter", &["Painting"])).await;
        let hewing = find(&board, "hewing").await.unwrap().skill.id;
        let sawing = find(&board, "sawing").await.unwrap().skill.id;
        let merged = write(&board, SkillWrite::Merge { from: hewing, into: sawing }).await;
        assert_eq!(merged, Edited::written(sawing, EditAction::Updated));
        for role in ["cooper", "carpenter"] {
            let (stated, named) = skills(&board, role).await;
            assert_eq!((stated, named), (vec!["sawing".into()], vec!["sawing".into()]), "{role}");
        }
        let found = find(&board, "hewing").await.unwrap();
        assert_eq!(found.skill.id, sawing);
        assert_eq!(found.aliases.get().unwrap(), &["Sawing work", "Hewing", "Hewing work"]);
        check_index(&board).await;
        let told = changes(&board).await;
        assert_eq!(told[told.len() - 4..], [
            "ROLE UPDATED 2 partner",
            "ROLE UPDATED 2 partner",
            "SKILL DELETED 1 partner",
            "SKILL UPDATED 1 partner",
        ]);
        // The same document still says the same, and another one means the skill that is left.
        assert_eq!(board.store(&with_skills("carpenter", &["Hewing"])).await.action, StoreAction::Unchanged);
        board.store(&with_skills("turner", &["Hewing"])).await;
        assert_eq!(skills(&board, "turner").await.0, ["sawing"]);
        let again = write(&board, SkillWrite::Merge { from: hewing, into: sawing }).await;
        assert_eq!(reasons(&again), [(RefusalCode::NotFound, "from".to_owned())]);
    }

    async fn what_cannot_be_done_is_refused_with_its_place(board) {
        board.store(&with_skills("cooper", &["Sawing"])).await;
        write(&board, create(&term("Hewing"))).await;
        let sawing = find(&board, "sawing").await.unwrap().skill.id;
        let nobody = SkillId::from_uuid(uuid::Uuid::nil());
        let before = changes(&board).await;
        let blank = SkillTerm { name: " ".into(), ..term("x") };
        let taken = SkillPatch { name: Some("hewing".into()), ..SkillPatch::default() };
        let repeated = SkillPatch { aliases: Some(vec!["A".into(), "a".into()]), ..SkillPatch::default() };
        let (hewing, nothing) = (slug("hewing"), SkillPatch::default());
        let new = term("New");
        let cases = [
            (create(&blank), RefusalCode::Blank, "input.name"),
            (SkillWrite::Create { term: &new, slug: Some(&hewing) }, RefusalCode::Taken, "input.slug"),
            (SkillWrite::Update { skill: sawing, patch: &taken, slug: None }, RefusalCode::Taken, "input.name"),
            (SkillWrite::Update { skill: sawing, patch: &repeated, slug: None }, RefusalCode::Repeated, "input.aliases"),
            (SkillWrite::Update { skill: sawing, patch: &nothing, slug: Some(&hewing) }, RefusalCode::Taken, "input.slug"),
            (SkillWrite::Update { skill: nobody, patch: &nothing, slug: None }, RefusalCode::NotFound, "id"),
            (SkillWrite::Merge { from: sawing, into: sawing }, RefusalCode::Invalid, "into"),
            (SkillWrite::Merge { from: sawing, into: nobody }, RefusalCode::NotFound, "into"),
            (SkillWrite::Delete { skill: sawing }, RefusalCode::InUse, "id"),
            (SkillWrite::Delete { skill: nobody }, RefusalCode::NotFound, "id"),
        ];
        for (case, code, path) in cases {
            let edited = write(&board, case).await;
            assert_eq!(reasons(&edited), [(code, path.to_owned())], "{edited:?}");
        }
        assert_eq!(changes(&board).await, before);
    }

    async fn a_skill_goes_when_no_role_has_it_any_more(board) {
        let role = board.store(&with_skills("cooper", &["Sawing"])).await.id;
        let sawing = find(&board, "sawing").await.unwrap().skill.id;
        let delete = SkillWrite::Delete { skill: sawing };
        assert_eq!(reasons(&write(&board, delete).await), [(RefusalCode::InUse, "id".to_owned())]);
        let gone = RoleWrite::Delete { role, expected: None };
        let options = StoreOptions::new("partner");
        board.catalogue().write_roles(&[gone], options, None).await.unwrap();
        assert_eq!(write(&board, delete).await, Edited::written(sawing, EditAction::Deleted));
        assert!(find(&board, "sawing").await.is_none());
        assert_eq!(changes(&board).await.last().unwrap(), "SKILL DELETED 1 partner");
        check_index(&board).await;
        let made = write(&board, create(&term("Sawing"))).await;
        assert_ne!(id(&made), sawing);
    }

    async fn a_skill_that_goes_among_other_writes_leaves_nothing_in_the_index(board) {
        let role = board.store(&with_skills("cooper", &["Sawing"])).await.id;
        let skill = find(&board, "sawing").await.unwrap().skill.id;
        let (catalogue, options) = (board.catalogue(), StoreOptions::new("partner"));
        let emptied = patched(RolePatch {
            duties: Some(Vec::new()),
            skills: Some(Vec::new()),
            ..RolePatch::default()
        });
        let edit = [RoleWrite::Edit { role, expected: None, slug: None, edit: &emptied }];
        let (hewing, carpenter) = (term("Hewing"), with_skills("carpenter", &["Hewing"]));
        // On SQLite they share a commit, and the key of the skill is given out again.
        let all = tokio::join!(
            catalogue.write_roles(&edit, options, None),
            catalogue.write_skill(SkillWrite::Delete { skill }, options, None),
            catalogue.write_skill(create(&hewing), options, None),
            catalogue.store_role(&carpenter, options),
        );
        all.0.unwrap();
        all.1.unwrap();
        all.2.unwrap();
        all.3.unwrap();
        check_index(&board).await;
    }

    async fn an_edit_that_means_a_skill_by_another_name_changes_nothing(board) {
        let role = board.store(&with_skills("cooper", &["Sawing"])).await.id;
        let skill = find(&board, "sawing").await.unwrap().skill.id;
        let patch = SkillPatch {
            name: Some("Cutting".into()),
            kind: Some(SkillKind::Ability),
            aliases: None,
        };
        write(&board, SkillWrite::Update { skill, patch: &patch, slug: None }).await;
        let edit = |role: &mut IdentifiedDraft, _: &dyn IdSource| {
            let found = with_skills("cooper", &["Sawing"]);
            role.with_skills(|draft| {
                draft.duties.clone_from(&found.duties);
                draft.skills.extend(found.skills);
            });
            Ok(None)
        };
        let edit = RoleWrite::Edit { role, expected: None, slug: None, edit: &edit };
        let options = StoreOptions::new("partner");
        let receipt = board.catalogue().write_roles(&[edit], options, None).await.unwrap();
        assert_eq!(receipt.edited, [Edited::done(role, EditAction::Unchanged, 1)]);
    }
}
