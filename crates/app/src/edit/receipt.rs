//! What becomes of a write.

use domain::Violation;
use domain::id::{Id as _, RoleId};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Why a write was refused: something that its sender can change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RefusalCode {
    /// A text that must not be blank is blank.
    Blank,
    /// A text is too long.
    TooLong,
    /// A list has too many items.
    LimitExceeded,
    /// A value that must stand there once stands there twice.
    Repeated,
    /// A value is outside of what is meaningful.
    Invalid,
    /// Somebody else has the value, which has to be the only one.
    Taken,
    /// There is nothing with this id.
    NotFound,
    /// What is to be changed has another revision than its sender expects.
    VersionConflict,
    /// Another write had the idempotency key.
    IdempotencyKeyReused,
    /// A write with the idempotency key runs at this moment.
    IdempotencyInProgress,
}

/// One reason why a write was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// What kind of reason it is.
    pub code: RefusalCode,
    /// Which value of the input it is about, from the outside to the inside.
    pub path: Vec<String>,
    /// What is wrong and what to do, written for the sender.
    pub message: String,
}

impl Refusal {
    /// A reason that is about an argument.
    #[must_use]
    pub fn new(code: RefusalCode, path: &[&str], message: impl Into<String>) -> Self {
        Self {
            code,
            path: path.iter().map(|&step| step.to_owned()).collect(),
            message: message.into(),
        }
    }

    /// A broken rule of the catalogue, for a value of the argument `input`.
    #[must_use]
    pub fn of_violation(violation: &Violation) -> Self {
        let code = match violation {
            Violation::Blank { .. } => RefusalCode::Blank,
            Violation::TooLong { .. } | Violation::TooLarge { .. } => RefusalCode::TooLong,
            Violation::TooMany { .. } => RefusalCode::LimitExceeded,
            Violation::Repeated { .. } => RefusalCode::Repeated,
            Violation::Invalid { .. } => RefusalCode::Invalid,
        };
        let steps = violation.field().split(['.', '[', ']']);
        let steps = steps.filter(|step| !step.is_empty()).map(str::to_owned);
        Self {
            code,
            path: std::iter::once("input".to_owned()).chain(steps).collect(),
            message: violation.to_string(),
        }
    }

    /// The reason with the steps of `outer` in front of its path.
    #[must_use]
    pub fn inside_of(mut self, outer: &[String]) -> Self {
        self.path.splice(..0, outer.iter().cloned());
        self
    }
}

/// What a write did to a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum EditAction {
    /// The role is new.
    Created,
    /// The role says something else now.
    Updated,
    /// The role said the same before; nothing was written.
    Unchanged,
    /// The role is gone.
    Deleted,
}

/// What became of one role.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edited {
    /// The role; `None` when there is none.
    pub role: Option<RoleId>,
    /// What was done; `None` when the write was refused.
    pub action: Option<EditAction>,
    /// The revision that the role has after it.
    pub revision: Option<u32>,
    /// Why it was refused; nothing was written then.
    pub refusals: Vec<Refusal>,
}

impl Edited {
    /// A write of a role that was done.
    #[must_use]
    pub fn done(role: RoleId, action: EditAction, revision: u32) -> Self {
        Self {
            role: Some(role),
            action: Some(action),
            revision: Some(revision),
            refusals: Vec::new(),
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

    fn to_json(&self) -> Value {
        json!({
            "role": self.role.map(|role| role.to_string()),
            "action": self.action,
            "revision": self.revision,
            "refusals": self.refusals,
        })
    }

    fn from_json(value: &Value) -> Option<Self> {
        let role = match &value["role"] {
            Value::Null => None,
            role => Some(RoleId::parse(role.as_str()?).ok()?),
        };
        Some(Self {
            role,
            action: serde_json::from_value(value["action"].clone()).ok()?,
            revision: serde_json::from_value(value["revision"].clone()).ok()?,
            refusals: serde_json::from_value(value["refusals"].clone()).ok()?,
        })
    }
}

/// What became of a write: one entry for each role that it names, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Receipt {
    /// What became of the roles.
    pub edited: Vec<Edited>,
    /// Why the write was refused as a whole.
    pub refusals: Vec<Refusal>,
    /// Whether the write ran before and this is what came out then.
    pub replayed: bool,
}

impl Receipt {
    /// A write that was refused as a whole.
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
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_receipt_reads_what_it_stores() {
        let role = RoleId::from_uuid(Uuid::from_u128(7));
        let receipt = Receipt {
            edited: vec![
                Edited::done(role, EditAction::Updated, 3),
                Edited::refused(vec![Refusal::new(RefusalCode::Taken, &["input"], "taken")]),
            ],
            refusals: Vec::new(),
            replayed: true,
        };
        assert_eq!(Receipt::from_text(&receipt.to_text()), Some(receipt));
        assert_eq!(Receipt::from_text("[7]"), None);
    }

    #[test]
    fn the_path_of_a_rule_leads_into_the_input() {
        let refusal = Refusal::of_violation(&Violation::Blank {
            field: "duties[3].text".to_owned(),
        });
        assert_eq!(refusal.code, RefusalCode::Blank);
        assert_eq!(refusal.path, ["input", "duties", "3", "text"]);
    }
}
