//! What the catalogue has to be.

use std::collections::BTreeMap;

use app::{EditAction, RefusalCode};
use domain::change::ChangeOp;
use domain::role::PublicationState;

use super::duty::{DutyEdit, Numbered};
use super::{Op, Outcome};

/// A role as it has to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Role {
    pub(super) slug: usize,
    former: Vec<usize>,
    pub(super) title: u8,
    pub(super) duties: Vec<Numbered>,
    pub(super) state: PublicationState,
    pub(super) revision: u32,
    pub(super) kept: Vec<Kept>,
}

/// What is kept of a role that was published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Kept {
    pub(super) revision: u32,
    pub(super) title: u8,
    duties: Vec<Numbered>,
    pub(super) is_withdrawn: bool,
}

/// What the catalogue has to be.
#[derive(Debug, Default)]
pub(super) struct Model {
    /// By number; `None` for those that are gone.
    pub(super) roles: Vec<Option<Role>>,
    outcomes: Vec<(Op, Outcome)>,
    /// By role, what the feed tells.
    pub(super) changes: BTreeMap<usize, Vec<(ChangeOp, u32)>>,
}

impl Model {
    pub(super) fn run(&mut self, op: &Op) -> Outcome {
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
            Op::Duty { role, edit } => self.edit_duty(role, edit),
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
            duties: Vec::new(),
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
        let kept = kept.find(|kept| kept.revision == revision).cloned();
        let kept = kept.ok_or(vec![RefusalCode::NotFound])?;
        self.edit(number, |role| {
            role.title = kept.title;
            role.duties = kept.duties;
        })
    }

    fn edit_duty(&mut self, number: usize, edit: DutyEdit) -> Outcome {
        let role = self.roles[number].as_ref();
        let mut duties = role.ok_or(vec![RefusalCode::NotFound])?.duties.clone();
        // One number for every write is enough.
        let fresh = self.outcomes.len();
        edit.in_list(&mut duties, fresh)
            .map_err(|code| vec![code])?;
        self.edit(number, |role| role.duties = duties)
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
            role.kept.push(Kept {
                revision,
                title: role.title,
                duties: role.duties.clone(),
                is_withdrawn: false,
            });
        } else if public(&before)
            && let Some(kept) = role.kept.last_mut()
        {
            kept.is_withdrawn = true;
        }
        self.note(number, op, revision);
        Ok((EditAction::Updated, revision))
    }

    fn note(&mut self, role: usize, op: ChangeOp, revision: u32) {
        self.changes.entry(role).or_default().push((op, revision));
    }

    /// Who has a slug, or had it.
    pub(super) fn holder(&self, slug: usize) -> Option<usize> {
        self.roles.iter().position(|role| {
            role.as_ref()
                .is_some_and(|role| role.slug == slug || role.former.contains(&slug))
        })
    }
}
