//! Random edits do to the category tree what a small model says, and the closure, the lists of roles
//! and the index follow.

use std::collections::{BTreeMap, BTreeSet};

use app::{CategoryWrite, EditAction, Edited, RefusalCode, RoleWrite, StoreOptions};
use domain::category::CategoryPath;
use domain::id::{CategoryId, Id as _, IdSource, RoleId};
use domain::role::{IdentifiedDraft, RolePatch};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use testkit::Engine;
use tokio::runtime::Runtime;

use crate::board::TestBoard;
use crate::category_edit::{id, write};
use crate::document::empty;
use crate::index::check_index;
use crate::rows::texts;

/// What is done; categories are numbered in the order in which somebody wanted them.
#[derive(Clone, Debug)]
enum Op {
    Create {
        name: usize,
        parent: Option<usize>,
        position: Option<usize>,
    },
    Rename {
        category: usize,
        name: usize,
    },
    Move {
        category: usize,
        parent: Option<Option<usize>>,
        position: Option<usize>,
    },
    Delete {
        category: usize,
    },
    /// Puts a role into a category.
    Place {
        role: usize,
        category: usize,
    },
}

const ROLES: usize = 3;

fn ops() -> impl Strategy<Value = Vec<Op>> {
    let category = || 0..6_usize;
    let position = || prop::option::of(0..4_usize);
    let op = prop_oneof![
        4 => (0..4_usize, prop::option::of(category()), position())
            .prop_map(|(name, parent, position)| Op::Create { name, parent, position }),
        1 => (category(), 0..4_usize).prop_map(|(category, name)| Op::Rename { category, name }),
        4 => (category(), prop::option::of(prop::option::of(category())), position())
            .prop_map(|(category, parent, position)| Op::Move { category, parent, position }),
        1 => category().prop_map(|category| Op::Delete { category }),
        2 => (0..ROLES, category()).prop_map(|(role, category)| Op::Place { role, category }),
    ];
    prop::collection::vec(op, 1..20)
}

/// What the tree has to be.
#[derive(Default)]
struct Model {
    /// By number, the parent and the name; `None` for those that are not there.
    categories: Vec<Option<(Option<usize>, usize)>>,
    children: BTreeMap<Option<usize>, Vec<usize>>,
    places: BTreeMap<usize, usize>,
}

impl Model {
    fn line(&self, category: usize) -> Vec<usize> {
        let mut line = vec![category];
        while let Some(Some((Some(parent), _))) =
            line.last().and_then(|last| self.categories.get(*last))
        {
            line.push(*parent);
        }
        line
    }

    fn get(&self, category: usize) -> Option<(Option<usize>, usize)> {
        self.categories.get(category).copied().flatten()
    }

    fn has(&self, parent: Option<usize>, name: usize, but: Option<usize>) -> bool {
        let children = self.children.get(&parent).into_iter().flatten();
        children
            .filter(|child| Some(**child) != but)
            .any(|child| self.get(*child).is_some_and(|(_, known)| known == name))
    }

    fn write(&mut self, op: &Op) -> Result<EditAction, RefusalCode> {
        match *op {
            Op::Create {
                name,
                parent,
                position,
            } => {
                self.categories.push(None);
                let number = self.categories.len() - 1;
                if parent.is_some_and(|parent| self.get(parent).is_none()) {
                    return Err(RefusalCode::NotFound);
                }
                if self.has(parent, name, None) {
                    return Err(RefusalCode::Taken);
                }
                let children = self.children.entry(parent).or_default();
                let place = position.unwrap_or(children.len());
                if place > children.len() {
                    return Err(RefusalCode::Invalid);
                }
                children.insert(place, number);
                self.categories[number] = Some((parent, name));
                Ok(EditAction::Created)
            }
            Op::Rename { category, name } => {
                let (parent, known) = self.get(category).ok_or(RefusalCode::NotFound)?;
                if known == name {
                    return Ok(EditAction::Unchanged);
                }
                if self.has(parent, name, Some(category)) {
                    return Err(RefusalCode::Taken);
                }
                self.categories[category] = Some((parent, name));
                Ok(EditAction::Updated)
            }
            Op::Move {
                category,
                parent,
                position,
            } => self.move_to(category, parent, position),
            Op::Delete { category } => {
                let (parent, _) = self.get(category).ok_or(RefusalCode::NotFound)?;
                let children = self.children.get(&Some(category)).map_or(0, Vec::len);
                if children > 0 || self.places.values().any(|place| *place == category) {
                    return Err(RefusalCode::InUse);
                }
                self.categories[category] = None;
                self.children
                    .entry(parent)
                    .or_default()
                    .retain(|child| *child != category);
                Ok(EditAction::Deleted)
            }
            Op::Place { role, category } => {
                self.get(category).ok_or(RefusalCode::NotFound)?;
                let before = self.places.insert(role, category);
                Ok(if before == Some(category) {
                    EditAction::Unchanged
                } else {
                    EditAction::Updated
                })
            }
        }
    }

    fn move_to(
        &mut self,
        category: usize,
        parent: Option<Option<usize>>,
        position: Option<usize>,
    ) -> Result<EditAction, RefusalCode> {
        let (former, name) = self.get(category).ok_or(RefusalCode::NotFound)?;
        let parent = parent.unwrap_or(former);
        if parent != former {
            if let Some(parent) = parent {
                self.get(parent).ok_or(RefusalCode::NotFound)?;
                if self.line(parent).contains(&category) {
                    return Err(RefusalCode::Invalid);
                }
            }
            if self.has(parent, name, Some(category)) {
                return Err(RefusalCode::Taken);
            }
        }
        let mut children = self.children.get(&parent).cloned().unwrap_or_default();
        let place = children.iter().position(|child| *child == category);
        children.retain(|child| *child != category);
        let wanted = position.or(place).unwrap_or(children.len());
        if wanted > children.len() {
            return Err(RefusalCode::Invalid);
        }
        if place == Some(wanted) {
            return Ok(EditAction::Unchanged);
        }
        children.insert(wanted, category);
        self.children
            .entry(former)
            .or_default()
            .retain(|child| *child != category);
        self.children.insert(parent, children);
        self.categories[category] = Some((parent, name));
        Ok(EditAction::Updated)
    }
}

/// A board with the ids of categories by their numbers, and with roles.
struct Real {
    board: TestBoard,
    ids: Vec<CategoryId>,
    roles: Vec<RoleId>,
}

const NAMES: [&str; 4] = ["Crew", "Pilots", "Captains", "Cooks"];

impl Real {
    async fn new(engine: Engine) -> Self {
        let board = TestBoard::new(engine).await;
        let mut roles = Vec::new();
        for role in 0..ROLES {
            roles.push(board.store(&empty(&format!("role-{role}"))).await.id);
        }
        Self {
            board,
            ids: Vec::new(),
            roles,
        }
    }

    /// The id of a category, or one of nobody.
    fn id(&self, category: usize) -> CategoryId {
        let known = self.ids.get(category).copied();
        known.unwrap_or_else(|| CategoryId::from_uuid(uuid::Uuid::nil()))
    }

    async fn run(&mut self, op: &Op, model: &Model) -> Edited {
        match *op {
            Op::Create {
                name,
                parent,
                position,
            } => {
                let create = CategoryWrite::Create {
                    name: NAMES[name],
                    slug: None,
                    parent: parent.map(|parent| self.id(parent)),
                    position,
                };
                let edited = write(&self.board, create).await;
                self.ids.push(match edited.action {
                    Some(_) => id(&edited),
                    None => self.id(usize::MAX),
                });
                edited
            }
            Op::Rename { category, name } => {
                let rename = CategoryWrite::Update {
                    category: self.id(category),
                    name: Some(NAMES[name]),
                    slug: None,
                };
                write(&self.board, rename).await
            }
            Op::Move {
                category,
                parent,
                position,
            } => {
                let to = CategoryWrite::Move {
                    category: self.id(category),
                    parent: parent.map(|parent| parent.map(|parent| self.id(parent))),
                    position,
                };
                write(&self.board, to).await
            }
            Op::Delete { category } => {
                let category = self.id(category);
                write(&self.board, CategoryWrite::Delete { category }).await
            }
            Op::Place { role, category } => {
                let line = model.line(category).into_iter().rev();
                let names = line.map(|category| NAMES[model.get(category).unwrap().1].to_owned());
                let path = CategoryPath::new(names.collect()).unwrap();
                self.place(self.roles[role], path).await
            }
        }
    }

    async fn place(&self, role: RoleId, path: CategoryPath) -> Edited {
        let edit = move |role: &mut IdentifiedDraft, _: &dyn IdSource| {
            let strays = role.patch(RolePatch {
                categories: Some(vec![path.clone()]),
                ..RolePatch::default()
            });
            assert_eq!(strays, []);
            Ok(None)
        };
        let edit = RoleWrite::Edit {
            role,
            expected: None,
            slug: None,
            edit: &edit,
        };
        let (catalogue, options) = (self.board.catalogue(), StoreOptions::new("partner"));
        let receipt = catalogue.write_roles(&[edit], options, None).await.unwrap();
        receipt.edited.into_iter().next().unwrap()
    }

    /// The rows are what the model says, and the index is what the rows say.
    async fn check(&self, model: &Model) {
        let number = |uuid: &str| {
            self.ids
                .iter()
                .position(|id| id.uuid().to_string() == uuid)
                .unwrap()
        };
        let pair = |line: &String| {
            let (one, other) = line.split_once(' ').unwrap();
            (number(one), other.to_owned())
        };
        let places = texts(
            &self.board,
            "SELECT uuid || ' ' || CAST(position AS TEXT) FROM category",
        )
        .await;
        let places: BTreeMap<usize, String> = places.iter().map(pair).collect();
        let wanted = model
            .children
            .values()
            .flat_map(|children| children.iter().enumerate());
        let wanted = wanted.map(|(place, child)| (*child, place.to_string()));
        assert_eq!(places, wanted.collect());

        let closure = "SELECT c.uuid || ' ' || CAST(a.depth AS TEXT) || ' ' || u.uuid FROM category_ancestor AS a \
             JOIN category AS c ON c.id = a.category_id JOIN category AS u ON u.id = a.ancestor_id";
        let closure = texts(&self.board, closure).await;
        let closure: BTreeSet<(usize, String)> = closure.iter().map(pair).collect();
        let there = (0..model.categories.len()).filter(|category| model.get(*category).is_some());
        let wanted = there.flat_map(|category| {
            let line = model.line(category).into_iter().enumerate();
            line.map(move |(depth, up)| (category, depth, up))
        });
        let wanted = wanted
            .map(|(category, depth, up)| (category, format!("{depth} {}", self.ids[up].uuid())));
        assert_eq!(closure, wanted.collect());

        let listed = "SELECT c.uuid || ' ' || l.role_uuid FROM category_role AS l \
             JOIN category AS c ON c.id = l.category_id";
        let listed = texts(&self.board, listed).await;
        let listed: BTreeSet<(usize, String)> = listed.iter().map(pair).collect();
        let wanted = model.places.iter().flat_map(|(role, category)| {
            let role = self.roles[*role].uuid().to_string();
            model
                .line(*category)
                .into_iter()
                .map(move |up| (up, role.clone()))
        });
        assert_eq!(listed, wanted.collect());
        check_index(&self.board).await;
    }
}

async fn compare(engine: Engine, ops: &[Op]) {
    let (mut real, mut model) = (Real::new(engine).await, Model::default());
    for op in ops {
        // A path that leads nowhere would be created.
        if matches!(op, Op::Place { category, .. } if model.get(*category).is_none()) {
            continue;
        }
        let edited = real.run(op, &model).await;
        let outcome = edited.action.ok_or_else(|| edited.refusals[0].code);
        assert_eq!(outcome, model.write(op), "{op:?} of {ops:?}");
    }
    real.check(&model).await;
}

fn random_edits_do_what_the_model_says(engine: Engine, cases: u32) {
    let runtime = Runtime::new().unwrap();
    let mut runner = TestRunner::new(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(cases)
    });
    let outcome = runner.run(&ops(), |ops| {
        runtime.block_on(compare(engine, &ops));
        Ok(())
    });
    outcome.unwrap();
}

#[test]
fn random_edits_do_what_the_model_says_on_sqlite() {
    random_edits_do_what_the_model_says(Engine::Sqlite, 48);
}

#[test]
fn random_edits_do_what_the_model_says_on_postgres() {
    if Engine::Postgres.available() {
        random_edits_do_what_the_model_says(Engine::Postgres, 4);
    }
}
