//! What becomes of a write.

use domain::id::{EntityId, PartId, RoleId};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::Refusal;

/// What a write did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum EditAction {
    /// What was written is new.
    Created,
    /// It says something else now.
    Updated,
    /// It said the same before; nothing was written.
    Unchanged,
    /// It is gone.
    Deleted,
}

/// What became of one write.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edited {
    /// What it was about; `None` when there is no such thing.
    pub subject: Option<EntityId>,
    /// The part of a role that it was about, when it was about one.
    pub part: Option<PartId>,
    /// What was done; `None` when the write was refused.
    pub action: Option<EditAction>,
    /// The revision that the role has after it; `None` for what has no revisions.
    pub revision: Option<u32>,
    /// Why it was refused; nothing was written then.
    pub refusals: Vec<Refusal>,
}

impl Edited {
    /// A write of a role that was done.
    #[must_use]
    pub fn done(role: RoleId, action: EditAction, revision: u32) -> Self {
        Self {
            revision: Some(revision),
            ..Self::written(role, action)
        }
    }

    /// A write that was done, of something without revisions.
    #[must_use]
    pub fn written(subject: impl Into<EntityId>, action: EditAction) -> Self {
        Self {
            subject: Some(subject.into()),
            action: Some(action),
            ..Self::default()
        }
    }

    /// A write that was refused.
    #[must_use]
    pub fn refused(refusals: Vec<Refusal>) -> Self {
        Self {
            refusals,
            ..Self::default()
        }
    }

    /// The role that the write was about.
    #[must_use]
    pub fn role(&self) -> Option<RoleId> {
        match self.subject {
            Some(EntityId::Role(role)) => Some(role),
            _ => None,
        }
    }

    fn to_json(&self) -> Value {
        let Self {
            subject,
            part,
            action,
            revision,
            refusals,
        } = self;
        json!({
            "subject": subject.map(|subject| subject.to_string()),
            "part": part.map(|part| part.to_string()),
            "action": action,
            "revision": revision,
            "refusals": refusals,
        })
    }

    fn from_json(value: &Value) -> Option<Self> {
        // Receipts of before know roles only.
        let subject = value.get("subject").or(value.get("role"))?;
        Some(Self {
            subject: id(subject, EntityId::parse)?,
            part: id(&value["part"], PartId::parse)?,
            action: serde_json::from_value(value["action"].clone()).ok()?,
            revision: serde_json::from_value(value["revision"].clone()).ok()?,
            refusals: serde_json::from_value(value["refusals"].clone()).ok()?,
        })
    }
}

/// An id that may be missing; `None` when there is something else.
#[expect(clippy::option_option, reason = "unreadable, missing, or an id")]
fn id<I>(value: &Value, parse: impl FnOnce(&str) -> Option<I>) -> Option<Option<I>> {
    match value {
        Value::Null => Some(None),
        value => parse(value.as_str()?).map(Some),
    }
}

/// What became of writes that came together, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Receipt {
    /// What became of each of them.
    pub edited: Vec<Edited>,
    /// Why they were refused as a whole.
    pub refusals: Vec<Refusal>,
    /// Whether they ran before and this is what came out then.
    pub replayed: bool,
}

impl Receipt {
    /// Writes that were refused as a whole.
    #[must_use]
    pub fn refused(refusal: Refusal) -> Self {
        Self {
            refusals: vec![refusal],
            ..Self::default()
        }
    }

    /// The receipt as it is stored.
    pub(super) fn to_text(&self) -> String {
        let edited: Vec<Value> = self.edited.iter().map(Edited::to_json).collect();
        Value::from(edited).to_string()
    }

    /// The receipt that was stored, as one of a write that ran before.
    pub(super) fn from_text(text: &str) -> Option<Self> {
        let stored: Vec<Value> = serde_json::from_str(text).ok()?;
        let edited = stored
            .iter()
            .map(Edited::from_json)
            .collect::<Option<_>>()?;
        Some(Self {
            edited,
            refusals: Vec::new(),
            replayed: true,
        })
    }
}

#[cfg(test)]
mod tests {
    use domain::id::{CategoryId, DutyId, Id as _};
    use uuid::Uuid;

    use super::*;
    use crate::edit::RefusalCode;

    fn role() -> RoleId {
        RoleId::from_uuid(Uuid::from_u128(7))
    }

    #[test]
    fn a_receipt_reads_what_it_stores() {
        let category = CategoryId::from_uuid(Uuid::from_u128(8));
        let duty = DutyId::from_uuid(Uuid::from_u128(9));
        let receipt = Receipt {
            edited: vec![
                Edited::done(role(), EditAction::Updated, 3),
                Edited {
                    part: Some(duty.into()),
                    ..Edited::done(role(), EditAction::Updated, 4)
                },
                Edited::written(category, EditAction::Deleted),
                Edited::refused(vec![Refusal::new(RefusalCode::Taken, &["input"], "taken")]),
            ],
            refusals: Vec::new(),
            replayed: true,
        };
        assert_eq!(Receipt::from_text(&receipt.to_text()), Some(receipt));
        assert_eq!(Receipt::from_text("[7]"), None);
    }

    #[test]
    fn a_receipt_of_the_first_release_can_be_read() {
        let of_a_role = json!([
            { "role": role().to_string(), "action": "UPDATED", "revision": 3, "refusals": [] },
            { "role": null, "action": null, "revision": null, "refusals": [] },
        ]);
        let read = Receipt::from_text(&of_a_role.to_string()).unwrap();
        let edited = Edited::done(role(), EditAction::Updated, 3);
        assert_eq!(read.edited, [edited, Edited::default()]);
    }
}
