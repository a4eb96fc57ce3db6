//! Where every mutation starts, and what all mutations have in common.

mod desk;
mod fingerprint;
mod payload;
mod repetition;
mod user_error;

use async_graphql::MergedObject;

use super::category::CategoryMutation;
use super::key::KeyMutation;
use super::role::{PartMutation, RoleMutation};
use super::skill::SkillMutation;

pub(crate) use desk::Desk;
use fingerprint::fingerprint;
pub(crate) use payload::{
    COST, Named, Told, WriteAction, cleared, errors, indispensable, only, payloads, position,
    told_payload, version,
};
pub(crate) use repetition::{InvalidKey, Repetition, attempt};
pub(crate) use user_error::{UserError, WriteUserError};

/// Where every mutation starts. Those of the catalogue need the scope `roles:write`, those of keys
/// `keys:manage`. They run one after the other, each in a transaction of its own, and what is
/// acknowledged is on disk.
#[derive(Default, MergedObject)]
pub(crate) struct Mutation(
    RoleMutation,
    PartMutation,
    CategoryMutation,
    SkillMutation,
    KeyMutation,
);
