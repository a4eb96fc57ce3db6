//! Categories that are written by hand.

use app::{
    Attempt, CategoryWrite, EditAction, Edited, Receipt, RefusalCode, RoleWrite, StoreOptions,
};
use domain::category::CategoryPath;
use domain::id::{CategoryId, EntityId, Id as _, IdSource};
use domain::read::{CategoryBy, CategoryParts, CategoryTree};
use domain::role::{IdentifiedDraft, RolePatch};

use crate::board::TestBoard;
use crate::document::{empty, full, slug};
use crate::index::check_index;
use crate::on_both_engines;
use crate::rows::{changes, texts};

async fn receipt(
    board: &TestBoard,
    write: CategoryWrite<'_>,
    attempt: Option<&Attempt>,
) -> Receipt {
    let options = StoreOptions::new("partner");
    let catalogue = board.catalogue();
    catalogue
        .write_category(write, options, attempt)
        .await
        .unwrap()
}

pub(crate) async fn write(board: &TestBoard, write: CategoryWrite<'_>) -> Edited {
    let receipt = receipt(board, write, None).await;
    assert_eq!(receipt.refusals, []);
    receipt.edited.into_iter().next().unwrap()
}

fn create(name: &str, parent: Option<CategoryId>) -> CategoryWrite<'_> {
    CategoryWrite::Create {
        name,
        slug: None,
        parent,
        position: None,
    }
}

pub(crate) fn id(edited: &Edited) -> CategoryId {
    match edited.subject {
        Some(EntityId::Category(id)) => id,
        _ => panic!("{edited:?}"),
    }
}

fn reasons(edited: &Edited) -> Vec<(RefusalCode, String)> {
    let refusals = edited.refusals.iter();
    refusals
        .map(|refusal| (refusal.code, refusal.path.join(".")))
        .collect()
}

async fn find(board: &TestBoard, by: &str) -> Option<CategoryTree> {
    let parts = CategoryParts {
        path: true,
        ..CategoryParts::default()
    };
    let (by, reads) = (CategoryBy::Slug(slug(by)), board.database().reads());
    reads.find_category(&by, &parts).await.unwrap()
}

/// The names of the categories below a parent, in their order, with their positions.
async fn below(board: &TestBoard, parent: &str) -> Vec<String> {
    let statement = format!(
        "SELECT c.name || ' ' || CAST(c.position AS TEXT) FROM category AS c \
         JOIN category AS p ON p.id = c.parent_id WHERE p.name = '{parent}' ORDER BY c.position"
    );
    texts(board, &statement).await
}

on_both_engines! {
    async fn a_category_is_made_at_its_place_and_called_otherwise(board) {
        let sea = write(&board, create("Sea", None)).await;
        assert_eq!(sea.action, Some(EditAction::Created));
        let (sea, name) = (id(&sea), "High sea");
        for name in ["Crew", "Pilots"] {
            write(&board, create(name, Some(sea))).await;
        }
        let first = CategoryWrite::Create {
            name: "Captains",
            slug: Some(&slug("masters")),
            parent: Some(sea),
            position: Some(0),
        };
        write(&board, first).await;
        assert_eq!(below(&board, "Sea").await, ["Captains 0", "Crew 1", "Pilots 2"]);
        let renamed = CategoryWrite::Update { category: sea, name: Some(name), slug: Some(&slug("ocean")) };
        assert_eq!(write(&board, renamed).await, Edited::written(sea, EditAction::Updated));
        for called in ["sea", "ocean"] {
            let found = find(&board, called).await.unwrap().category;
            assert_eq!((found.id, found.name.as_str(), found.slug.as_str()), (sea, name, "ocean"));
        }
        assert_eq!(find(&board, "masters").await.unwrap().path.get().unwrap(), &[name, "Captains"]);
        let before = changes(&board).await;
        assert_eq!(before.last().unwrap(), "CATEGORY UPDATED 1 partner");
        let again = write(&board, renamed).await;
        assert_eq!(again, Edited::written(sea, EditAction::Unchanged));
        assert_eq!(changes(&board).await, before);
        let back = CategoryWrite::Update { category: sea, name: None, slug: Some(&slug("sea")) };
        assert_eq!(write(&board, back).await.action, Some(EditAction::Updated));
        assert_eq!(find(&board, "ocean").await.unwrap().category.slug, slug("sea"));
    }

    async fn what_cannot_be_done_is_refused_with_its_place(board) {
        let sea = id(&write(&board, create("Sea", None)).await);
        let crew = id(&write(&board, create("Crew", Some(sea))).await);
        write(&board, create("Land", None)).await;
        let ocean = slug("ocean");
        let renamed = CategoryWrite::Update { category: sea, name: None, slug: Some(&ocean) };
        write(&board, renamed).await;
        let nobody = CategoryId::from_uuid(uuid::Uuid::nil());
        let (sea_slug, before) = (slug("sea"), changes(&board).await);
        let cases = [
            (create(" ", None), RefusalCode::Blank, "input.name"),
            (create("***", None), RefusalCode::Invalid, "input.name"),
            (create("sea", None), RefusalCode::Taken, "input.name"),
            (create("Crew", Some(nobody)), RefusalCode::NotFound, "input.parent"),
            (
                CategoryWrite::Create { name: "New", slug: Some(&sea_slug), parent: None, position: None },
                RefusalCode::Taken,
                "input.slug",
            ),
            (
                CategoryWrite::Create { name: "New", slug: None, parent: None, position: Some(3) },
                RefusalCode::Invalid,
                "input.position",
            ),
            (
                CategoryWrite::Update { category: sea, name: Some("Land"), slug: None },
                RefusalCode::Taken,
                "input.name",
            ),
            (
                CategoryWrite::Update { category: crew, name: None, slug: Some(&sea_slug) },
                RefusalCode::Taken,
                "input.slug",
            ),
            (
                CategoryWrite::Update { category: nobody, name: Some("New"), slug: None },
                RefusalCode::NotFound,
                "id",
            ),
            (
                CategoryWrite::Move { category: sea, parent: Some(Some(crew)), position: None },
                RefusalCode::Invalid,
                "parent",
            ),
            (
                CategoryWrite::Move { category: sea, parent: None, position: Some(2) },
                RefusalCode::Invalid,
                "position",
            ),
            (CategoryWrite::Delete { category: sea }, RefusalCode::InUse, "id"),
            (CategoryWrite::Delete { category: nobody }, RefusalCode::NotFound, "id"),
        ];
        for (case, code, path) in cases {
            let edited = write(&board, case).await;
            assert_eq!(reasons(&edited), [(code, path.to_owned())], "{edited:?}");
            assert_eq!(edited.action, None);
        }
        assert_eq!(changes(&board).await, before);
    }

    async fn the_tree_does_not_get_deeper_than_paths_may_be(board) {
        let mut parent = None;
        for level in 0..16 {
            parent = Some(id(&write(&board, create(&format!("Level {level}"), parent)).await));
        }
        let deeper = write(&board, create("Too deep", parent)).await;
        assert_eq!(reasons(&deeper), [(RefusalCode::LimitExceeded, "input.parent".to_owned())]);
        let top = id(&write(&board, create("Top", None)).await);
        let under = CategoryWrite::Move { category: top, parent: Some(parent), position: None };
        let deeper = write(&board, under).await;
        assert_eq!(reasons(&deeper), [(RefusalCode::LimitExceeded, "parent".to_owned())]);
    }

    async fn a_write_that_comes_again_runs_once(board) {
        let attempt = Attempt {
            holder: "partner".to_owned(),
            operation: "categoryCreate".to_owned(),
            key: "a".to_owned(),
            fingerprint: "one".to_owned(),
        };
        let first = receipt(&board, create("Sea", None), Some(&attempt)).await;
        let again = receipt(&board, create("Sea", None), Some(&attempt)).await;
        assert_eq!(again, Receipt { replayed: true, ..first });
        assert_eq!(texts(&board, "SELECT name FROM category").await, ["Sea"]);
    }

    async fn a_document_that_comes_later_finds_the_tree_as_it_is(board) {
        board.store(&full("harbour-master")).await;
        let harbours = find(&board, "harbours").await.unwrap().category.id;
        let land = id(&write(&board, create("Land", None)).await);
        let to_land = CategoryWrite::Move { category: harbours, parent: Some(Some(land)), position: None };
        write(&board, to_land).await;
        let mut draft = empty("pilot");
        draft.categories = vec![CategoryPath::new(vec!["Land".into(), "Harbours".into()]).unwrap()];
        board.store(&draft).await;
        assert_eq!(texts(&board, "SELECT name FROM category ORDER BY name").await, ["Harbours", "Land", "Safety", "Water"]);
        check_index(&board).await;
    }

    async fn two_moves_at_once_make_no_cycle(board) {
        let other = board.another_catalogue().await;
        let (sea, land) = (create("Sea", None), create("Land", None));
        let (sea, land) = (id(&write(&board, sea).await), id(&write(&board, land).await));
        let options = StoreOptions::new("partner");
        let under = |category, parent| CategoryWrite::Move { category, parent: Some(Some(parent)), position: None };
        let both = tokio::join!(
            board.catalogue().write_category(under(sea, land), options, None),
            other.write_category(under(land, sea), options, None),
        );
        let edited = [both.0.unwrap(), both.1.unwrap()].map(|receipt| receipt.edited[0].clone());
        let refused: Vec<_> = edited.iter().filter(|edited| edited.action.is_none()).collect();
        assert_eq!(refused.len(), 1);
        assert_eq!(reasons(refused[0]), [(RefusalCode::Invalid, "parent".to_owned())]);
    }

    async fn a_role_that_is_edited_while_its_category_moves_is_listed_as_it_is(board) {
        let other = board.another_catalogue().await;
        let (role, land) = (board.store(&full("harbour-master")).await.id, create("Land", None));
        let land = id(&write(&board, land).await);
        let water = find(&board, "water").await.unwrap().category.id;
        let harbours = find(&board, "harbours").await.unwrap().category.id;
        let options = StoreOptions::new("partner");
        for round in 0..6 {
            let title = format!("Master {round}");
            let edit = move |role: &mut IdentifiedDraft, _: &dyn IdSource| {
                let title = Some(title.clone());
                assert_eq!(role.patch(RolePatch { title, ..RolePatch::default() }), []);
                Ok(None)
            };
            let edit = [RoleWrite::Edit { role, expected: None, slug: None, edit: &edit }];
            let parent = if round % 2 == 0 { land } else { water };
            let to = CategoryWrite::Move { category: harbours, parent: Some(Some(parent)), position: None };
            let both = tokio::join!(
                board.catalogue().write_category(to, options, None),
                other.write_roles(&edit, options, None),
            );
            assert_eq!(both.0.unwrap().edited[0].action, Some(EditAction::Updated));
            assert_eq!(both.1.unwrap().edited[0].action, Some(EditAction::Updated));
            let listed = "SELECT c.name || ' ' || l.sort_title || ' ' || l.updated_at FROM category_role AS l \
                 JOIN category AS c ON c.id = l.category_id ORDER BY 1";
            let wanted = "SELECT DISTINCT c.name || ' ' || r.sort_title || ' ' || r.updated_at FROM role AS r \
                 JOIN role_category AS k ON k.role_id = r.id \
                 JOIN category_ancestor AS a ON a.category_id = k.category_id \
                 JOIN category AS c ON c.id = a.ancestor_id ORDER BY 1";
            assert_eq!(texts(&board, listed).await, texts(&board, wanted).await);
        }
        check_index(&board).await;
    }
}
