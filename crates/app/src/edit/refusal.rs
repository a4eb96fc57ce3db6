//! Why writes are refused.

use domain::Violation;
use domain::role::part::{PartProblem, PlacedPart, StrayId};
use serde::{Deserialize, Serialize};

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
    /// Something else hangs on what is to be deleted.
    InUse,
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
        Self {
            code,
            path: into_input(violation.field()),
            message: violation.to_string(),
        }
    }

    /// A broken rule of the catalogue, for a part that the argument `input` describes.
    #[must_use]
    pub fn of_part_violation(violation: &Violation, part: &PlacedPart) -> Self {
        let inside = violation.field().strip_prefix(&part.path);
        Self {
            path: into_input(inside.unwrap_or_default()),
            ..Self::of_violation(violation)
        }
    }

    /// A part of a role that cannot be edited.
    #[must_use]
    pub fn of_part(problem: PartProblem) -> Self {
        let (code, argument) = match problem {
            PartProblem::NoPart => (RefusalCode::NotFound, "id"),
            PartProblem::NoHolder => (RefusalCode::NotFound, "group"),
            PartProblem::NoPlace { .. } => (RefusalCode::Invalid, "position"),
        };
        Self::new(code, &[argument], problem.to_string())
    }

    /// An id that a part in the argument `input` must not have.
    #[must_use]
    pub fn of_stray(stray: &StrayId) -> Self {
        let StrayId {
            id,
            path,
            is_repeated,
        } = stray;
        let (code, message) = if *is_repeated {
            let message = format!("two parts have the id {id}: give it to one of them");
            (RefusalCode::Repeated, message)
        } else {
            let message = format!(
                "the role has no part with the id {id}: leave it out for a part that is new"
            );
            (RefusalCode::NotFound, message)
        };
        Self {
            code,
            path: into_input(&format!("{path}.id")),
            message,
        }
    }

    /// The reason with the steps of `outer` in front of its path.
    #[must_use]
    pub fn inside_of(mut self, outer: &[String]) -> Self {
        self.path.splice(..0, outer.iter().cloned());
        self
    }
}

/// The steps from the argument `input` to a field such as `duties[3].text`.
fn into_input(field: &str) -> Vec<String> {
    let steps = field.split(['.', '[', ']']);
    let steps = steps.filter(|step| !step.is_empty()).map(str::to_owned);
    std::iter::once("input".to_owned()).chain(steps).collect()
}

#[cfg(test)]
mod tests {
    use domain::id::{DutyId, Id as _};
    use uuid::Uuid;

    use super::*;

    fn blank(field: &str) -> Violation {
        Violation::Blank {
            field: field.to_owned(),
        }
    }

    #[test]
    fn the_path_of_a_rule_leads_into_the_input() {
        let refusal = Refusal::of_violation(&blank("duties[3].text"));
        assert_eq!(refusal.code, RefusalCode::Blank);
        assert_eq!(refusal.path, ["input", "duties", "3", "text"]);
    }

    #[test]
    fn the_path_of_a_rule_for_a_part_leads_into_the_part() {
        let part = PlacedPart {
            id: DutyId::from_uuid(Uuid::nil()).into(),
            path: "duties[3]".to_owned(),
        };
        let of = |field| Refusal::of_part_violation(&blank(field), &part).path;
        assert_eq!(of("duties[3].text"), ["input", "text"]);
        assert_eq!(of("duties[31].text"), ["input"]);
        assert_eq!(of("duties"), ["input"]);
    }
}
