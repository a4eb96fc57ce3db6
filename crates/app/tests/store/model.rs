//! Random sequences of writes do what a small model in memory says, on both engines.
//!
//! `PROPTEST_CASES` says how many sequences there are.

use std::collections::BTreeMap;

use app::{Attempt, EditAction, Edited, Refusal, RefusalCode, RoleWrite, StoreOptions};
use domain::Slug;
use domain::change::ChangeOp;
use domain::id::{Id as _, RoleId};
use domain::read::{ChangesRequest, FeedPlace, RevisionParts, RoleBy, RoleParts};
use domain::role::{PublicationState, RoleDraft, RolePatch};
use proptest::prelude::*;
use proptest::test_runner::{Config as ProptestConfig, TestRunner};
use testkit::Engine;
use tokio::runtime::Runtime;

use crate::board::TestBoard;
use crate::document::empty;
use crate::revision::history;

/// Slugs that the roles of a sequence fight for.
const SLUGS: usize = 4;

/// What is done to the roles of a sequence, which are counted in the order of their creation.
#[derive(Clone, Debug)]
enum Op {
    Create {
        slug: usize,
    },
    Title {
        role: usize,
        title: u8,
    },
    State {
        role: usize,
        state: PublicationState,
    },
    Rename {
        role: usize,
        slug: usize,
    },
    Delete {
        role: usize,
    },
    Restore {
        role: usize,
        revision: u32,
    },
    /// An edit of somebody who has read another revision.
    Late {
        role: usize,
    },
    /// A write of before, sent again with its key.
    Again {
        op: usize,
    },
}

/// What comes out of a write: what was done and the revision, or the refusals.
type Outcome = Result<(EditAction, u32), Vec<RefusalCode>>;

#[derive(Clone, Debug, PartialEq, Eq)]
struct Role {
    slug: usize,
    former: Vec<usize>,
    title: u8,
    state: PublicationState,
    revision: u32,
    /// What is kept of it: revision, title, and whether it was withdrawn.
    kept: Vec<(u32, u8, bool)>,
}

/// What the catalogue has to be.
#[derive(Debug, Default)]
struct Model {
    /// By number; `None` for those that are gone.
    roles: Vec<Option<Role>>,
    outcomes: Vec<(Op, Outcome)>,
    /// By role, what the feed tells.
    changes: BTreeMap<usize, Vec<(ChangeOp, u32)>>,
}

impl Model {
    fn run(&mut self, op: &Op) -> Outcome {
        if let Op::Again { op } = op {
            return self.outcomes[*op].1.clone();
        }
        let outcome = self.write(op);
        self.outcomes.push((op.clone(), outcome.clone()));
        outcome
    }

    fn write(&mut self, op: &Op) -> Outcome {
        match *op {
            Op::Create { slug } => self.create(slug),
            Op::Title { role, title } => self.edit(role, |role| role.title = title),
            Op::State { role, state } => self.edit(role, |role| role.state = state),
            Op::Rename { role, slug } => self.rename(role, slug),
            Op::Restore { role, revision } => self.restore(role, revision),
            Op::Delete { role } => {
                let gone = self.roles[role].take().ok_or(vec![RefusalCode::NotFound])?;
                let revision = gone.revision + 1;
                self.note(role, ChangeOp::Deleted, revision);
                Ok((EditAction::Deleted, revision))
            }
            Op::Late { role } => Err(vec![if self.roles[role].is_some() {
                RefusalCode::VersionConflict
            } else {
                RefusalCode::NotFound
            }]),
            Op::Again { .. } => unreachable!("answered before"),
        }
    }

    fn create(&mut self, slug: usize) -> Outcome {
        let number = self.roles.len();
        if self.holder(slug).is_some() {
            self.roles.push(None);
            return Err(vec![RefusalCode::Taken]);
        }
        self.roles.push(Some(Role {
            slug,
            former: Vec::new(),
            title: 0,
            state: PublicationState::Draft,
            revision: 1,
            kept: Vec::new(),
        }));
        self.note(number, ChangeOp::Created, 1);
        Ok((EditAction::Created, 1))
    }

    fn rename(&mut self, number: usize, slug: usize) -> Outcome {
        if self.roles[number].is_some() && self.holder(slug).is_some_and(|other| other != number) {
            return Err(vec![RefusalCode::Taken]);
        }
        self.edit(number, |role| {
            if role.slug != slug {
                role.former.retain(|former| *former != slug);
                role.former.push(role.slug);
                role.slug = slug;
            }
        })
    }

    fn restore(&mut self, number: usize, revision: u32) -> Outcome {
        let mut kept = self.roles[number].iter().flat_map(|role| &role.kept);
        let kept = kept.find(|(kept, _, _)| *kept == revision);
        let (_, title, _) = *kept.ok_or(vec![RefusalCode::NotFound])?;
        self.edit(number, |role| role.title = title)
    }

    fn edit(&mut self, number: usize, change: impl FnOnce(&mut Role)) -> Outcome {
        let role = self.roles[number]
            .as_mut()
            .ok_or(vec![RefusalCode::NotFound])?;
        let before = role.clone();
        change(role);
        if *role == before {
            return Ok((EditAction::Unchanged, role.revision));
        }
        role.revision += 1;
        let public = |role: &Role| role.state == PublicationState::Published;
        let op = match (public(&before), public(role)) {
            (false, true) => ChangeOp::Published,
            (true, false) => ChangeOp::Unpublished,
            (true, true) | (false, false) => ChangeOp::Updated,
        };
        let revision = role.revision;
        if public(role) {
            role.kept.push((revision, role.title, false));
        } else if public(&before)
            && let Some((_, _, withdrawn)) = role.kept.last_mut()
        {
            *withdrawn = true;
        }
        self.note(number, op, revision);
        Ok((EditAction::Updated, revision))
    }

    fn note(&mut self, role: usize, op: ChangeOp, revision: u32) {
        self.changes.entry(role).or_default().push((op, revision));
    }

    fn holder(&self, slug: usize) -> Option<usize> {
        self.roles.iter().position(|role| {
            role.as_ref()
                .is_some_and(|role| role.slug == slug || role.former.contains(&slug))
        })
    }
}

/// The id of a role that was refused.
fn nobody() -> RoleId {
    RoleId::from_uuid(uuid::Uuid::nil())
}

/// A board, and how far its feed was read.
struct Real {
    board: TestBoard,
    place: FeedPlace,
}

/// One sequence on a board.
struct Sequence<'b> {
    board: &'b TestBoard,
    number: u32,
    /// The ids of the roles, by their numbers; those that were refused have one of nobody.
    ids: Vec<RoleId>,
    /// The writes that ran, by their keys.
    sent: Vec<Op>,
}

impl Sequence<'_> {
    fn slug(&self, slug: usize) -> Slug {
        Slug::parse(&format!("s{}-{slug}", self.number)).unwrap()
    }

    async fn run(&mut self, op: &Op) -> Outcome {
        let edited = if let Op::Again { op } = op {
            self.write(&self.sent[*op], *op).await
        } else {
            self.sent.push(op.clone());
            let edited = self.write(op, self.sent.len() - 1).await;
            if matches!(op, Op::Create { .. }) {
                self.ids.push(edited.role.unwrap_or_else(nobody));
            }
            edited
        };
        match edited.action {
            Some(action) => Ok((action, edited.revision.unwrap())),
            None => Err(edited.refusals.iter().map(|refusal| refusal.code).collect()),
        }
    }

    fn draft(&self, slug: usize) -> RoleDraft {
        RoleDraft {
            slug: self.slug(slug),
            state: PublicationState::Draft,
            title: "Title 0".to_owned(),
            ..empty("model")
        }
    }

    async fn write(&self, op: &Op, key: usize) -> Edited {
        let patch = match op {
            Op::Title { title, .. } => RolePatch {
                title: Some(format!("Title {title}")),
                ..RolePatch::default()
            },
            Op::State { state, .. } => RolePatch::to_state(*state),
            _ => RolePatch::default(),
        };
        let edit = move |draft: &mut RoleDraft| {
            patch.clone().apply(draft);
            Vec::<Refusal>::new()
        };
        let (mut draft, mut wanted) = (None, None);
        let write = match *op {
            Op::Create { slug } => RoleWrite::Create {
                draft: draft.insert(self.draft(slug)),
                any_slug: false,
            },
            Op::Delete { role } => RoleWrite::Delete {
                role: self.ids[role],
                expected: None,
            },
            Op::Title { role, .. } | Op::State { role, .. } | Op::Late { role } => {
                RoleWrite::Edit {
                    role: self.ids[role],
                    expected: matches!(op, Op::Late { .. }).then_some(1_000),
                    slug: None,
                    edit: &edit,
                }
            }
            Op::Rename { role, slug } => RoleWrite::Edit {
                role: self.ids[role],
                expected: None,
                slug: Some(wanted.insert(self.slug(slug))),
                edit: &edit,
            },
            Op::Restore { role, revision } => RoleWrite::Restore {
                role: self.ids[role],
                revision,
                expected: None,
            },
            Op::Again { .. } => unreachable!("resolved before"),
        };
        let attempt = Attempt {
            holder: "model".to_owned(),
            operation: "write".to_owned(),
            key: format!("{} {key}", self.number),
            fingerprint: format!("{op:?}"),
        };
        let options = StoreOptions::new("model");
        let (catalogue, writes) = (self.board.catalogue(), [write]);
        let receipt = catalogue
            .write_roles(&writes, options, Some(&attempt))
            .await;
        let receipt = receipt.unwrap();
        assert_eq!(receipt.refusals, []);
        receipt.edited.into_iter().next().unwrap()
    }

    /// Every slug leads where the model says, and every role has the history that it says.
    async fn check(&self, model: &Model) {
        for slug in 0..SLUGS {
            let (by, parts) = (RoleBy::Slug(self.slug(slug)), RoleParts::default());
            let found = self
                .board
                .database()
                .reads()
                .find_role(&by, &parts)
                .await
                .unwrap();
            let found = found.map(|tree| {
                let role = tree.role;
                (role.id, role.slug, role.title, role.state, role.revision)
            });
            let wanted = model.holder(slug).map(|number| {
                let role = model.roles[number].as_ref().unwrap();
                let title = format!("Title {}", role.title);
                (
                    self.ids[number],
                    self.slug(role.slug),
                    title,
                    role.state,
                    role.revision,
                )
            });
            assert_eq!(found, wanted);
        }
        for (number, role) in model.roles.iter().enumerate() {
            let Some(role) = role else { continue };
            let parts = RevisionParts::default();
            let kept = history(self.board, self.ids[number], parts).await;
            let kept = kept.into_iter().rev().map(|kept| {
                let withdrawn = kept.withdrawn_at.is_some();
                (kept.revision, kept.title, withdrawn)
            });
            let wanted = role.kept.iter().map(|(revision, title, withdrawn)| {
                (*revision, format!("Title {title}"), *withdrawn)
            });
            assert_eq!(kept.collect::<Vec<_>>(), wanted.collect::<Vec<_>>());
        }
    }
}

impl Real {
    async fn new(engine: Engine) -> Self {
        Self {
            board: TestBoard::new(engine).await,
            place: FeedPlace(0),
        }
    }

    async fn check(&mut self, number: u32, ops: &[Op]) {
        let mut model = Model::default();
        let mut sequence = Sequence {
            board: &self.board,
            number,
            ids: Vec::new(),
            sent: Vec::new(),
        };
        for op in ops {
            assert_eq!(sequence.run(op).await, model.run(op), "{op:?} of {ops:?}");
        }
        sequence.check(&model).await;
        let ids = sequence.ids;
        self.check_feed(&ids, &model).await;
    }

    /// The feed tells of the roles what the model says, and of nothing else.
    async fn check_feed(&mut self, ids: &[RoleId], model: &Model) {
        let mut told: BTreeMap<usize, Vec<(ChangeOp, u32)>> = BTreeMap::new();
        loop {
            let request = ChangesRequest {
                after: Some(self.place),
                entities: vec![domain::change::ChangeEntity::Role],
                limit: 100,
                total: false,
            };
            let page = self
                .board
                .database()
                .reads()
                .changes_page(&request)
                .await
                .unwrap();
            self.place = page.end();
            for change in &page.changes {
                let role = ids.iter().position(|id| id.uuid() == change.id).unwrap();
                told.entry(role)
                    .or_default()
                    .push((change.op, change.revision));
            }
            if page.changes.len() < 100 {
                break;
            }
        }
        assert_eq!(told, model.changes);
    }
}

/// Operations that name only what was there before them.
fn sequences() -> impl Strategy<Value = Vec<Op>> {
    let step = (0..9_u8, any::<prop::sample::Index>(), 0..SLUGS, 0..3_u8);
    prop::collection::vec(step, 1..14).prop_map(|steps| {
        let (mut ops, mut roles, mut sent) = (Vec::new(), 0_usize, 0_usize);
        for (kind, which, slug, value) in steps {
            let op = match kind {
                _ if roles == 0 => Op::Create { slug },
                0 => Op::Create { slug },
                1 => Op::Again {
                    op: which.index(sent),
                },
                2 => Op::Delete {
                    role: which.index(roles),
                },
                3 => Op::Late {
                    role: which.index(roles),
                },
                4 => Op::Rename {
                    role: which.index(roles),
                    slug,
                },
                6 => Op::Restore {
                    role: which.index(roles),
                    revision: 2 + u32::from(value),
                },
                5 => Op::Title {
                    role: which.index(roles),
                    title: value,
                },
                _ => {
                    let states = [
                        PublicationState::Draft,
                        PublicationState::Published,
                        PublicationState::Archived,
                    ];
                    Op::State {
                        role: which.index(roles),
                        state: states[usize::from(value)],
                    }
                }
            };
            roles += usize::from(matches!(op, Op::Create { .. }));
            sent += usize::from(!matches!(op, Op::Again { .. }));
            ops.push(op);
        }
        ops
    })
}

#[test]
fn random_writes_do_what_the_model_says_on_both_engines() {
    let runtime = Runtime::new().unwrap();
    let engines = Engine::ALL.into_iter().filter(|engine| engine.available());
    let boards: Vec<Real> = engines
        .map(|engine| runtime.block_on(Real::new(engine)))
        .collect();
    let mut runner = TestRunner::new(ProptestConfig {
        failure_persistence: None,
        max_shrink_iters: 0,
        ..ProptestConfig::default()
    });
    let state = std::cell::RefCell::new((0, boards));
    let outcome = runner.run(&sequences(), |ops| {
        let (number, boards) = &mut *state.borrow_mut();
        *number += 1;
        for board in boards {
            runtime.block_on(board.check(*number, &ops));
        }
        Ok(())
    });
    outcome.unwrap();
}
