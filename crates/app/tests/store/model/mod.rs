//! Random sequences of writes do what a small model in memory says, on both engines.
//!
//! `PROPTEST_CASES` says how many sequences there are.

mod duty;
mod expected;

use std::collections::BTreeMap;

use app::{Attempt, EditAction, EditOutcome, Edited, RefusalCode, RoleWrite, StoreOptions};
use domain::Slug;
use domain::change::ChangeOp;
use domain::id::{Id as _, IdSource, RoleId};
use domain::read::{ChangesRequest, FeedPlace, RevisionParts, RoleBy, RoleParts};
use domain::role::{IdentifiedDraft, PublicationState, RoleDraft, RolePatch};
use proptest::prelude::*;
use proptest::test_runner::{Config as ProptestConfig, TestRunner};
use testkit::Engine;
use tokio::runtime::Runtime;

use crate::board::TestBoard;
use crate::document::empty;
use crate::revision::history;
use duty::DutyEdit;
use expected::Model;

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
    /// An edit of one of the duties of a role.
    Duty {
        role: usize,
        edit: DutyEdit,
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

/// The id of a role that was refused.
fn nobody() -> RoleId {
    RoleId::from_uuid(uuid::Uuid::nil())
}

/// The edit of a role that an operation is.
fn edit_of(
    op: &Op,
) -> impl Fn(&mut IdentifiedDraft, &dyn IdSource) -> EditOutcome + Send + Sync + use<> {
    let patch = match op {
        Op::Title { title, .. } => RolePatch {
            title: Some(format!("Title {title}")),
            ..RolePatch::default()
        },
        Op::State { state, .. } => RolePatch::to_state(*state),
        _ => RolePatch::default(),
    };
    let duty = match op {
        Op::Duty { edit, .. } => Some(*edit),
        _ => None,
    };
    move |role, ids| {
        if let Some(duty) = duty {
            return duty.in_role(role, ids);
        }
        assert_eq!(role.patch(patch.clone()), []);
        Ok(None)
    }
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
                self.ids.push(edited.role().unwrap_or_else(nobody));
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
        let edit = edit_of(op);
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
            Op::Title { role, .. }
            | Op::State { role, .. }
            | Op::Duty { role, .. }
            | Op::Late { role } => RoleWrite::Edit {
                role: self.ids[role],
                expected: matches!(op, Op::Late { .. }).then_some(1_000),
                slug: None,
                edit: &edit,
            },
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
            let (by, parts) = (RoleBy::Slug(self.slug(slug)), RoleParts::document());
            let found = self
                .board
                .database()
                .reads()
                .find_role(&by, &parts)
                .await
                .unwrap();
            let found = found.map(|tree| {
                let duties = tree.duties.get().unwrap().iter();
                let duties: Vec<String> = duties.map(|duty| duty.text.clone()).collect();
                let role = tree.role;
                let head = (role.id, role.slug, role.title, role.state, role.revision);
                (head, duties)
            });
            let wanted = model.holder(slug).map(|number| {
                let role = model.roles[number].as_ref().unwrap();
                let title = format!("Title {}", role.title);
                let head = (
                    self.ids[number],
                    self.slug(role.slug),
                    title,
                    role.state,
                    role.revision,
                );
                let duties = role.duties.iter().map(|(_, text)| duty::text(*text));
                (head, duties.collect())
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
            let wanted = role.kept.iter().map(|kept| {
                let title = format!("Title {}", kept.title);
                (kept.revision, title, kept.is_withdrawn)
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
    let which = any::<prop::sample::Index>();
    let step = (0..12_u8, which, 0..SLUGS, 0..3_u8, duty::edits());
    prop::collection::vec(step, 1..16).prop_map(|steps| {
        let (mut ops, mut roles, mut sent) = (Vec::new(), 0_usize, 0_usize);
        for (kind, which, slug, value, edit) in steps {
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
                7..=9 => Op::Duty {
                    role: which.index(roles),
                    edit,
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
