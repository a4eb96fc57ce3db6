//! What mutations change of the parts of a role.

use app::{Refusal, RefusalCode};
use async_graphql::{InputObject, MaybeUndefined};
use domain::role::part::Part;
use domain::role::{self, Fact, Faq, Qualification, QualificationGroup, Section};
use domain::skill::SkillTerm;

use super::super::input::{words, year};
use crate::schema::mutation::indispensable;
use crate::schema::role::duty::DutyKind;
use crate::schema::role::fact::FactKey;
use crate::schema::role::section::{SectionKind, TextFormat};

/// What a mutation changes of a part. What is left out stays as it is.
pub(super) trait PartUpdate: Send + Sync {
    /// The part.
    type Part: Part;

    /// What of the input cannot be read.
    fn refusals(&self) -> Vec<Refusal>;

    /// Changes the part.
    fn change(&self, part: &mut Self::Part);
}

/// What is to be changed of a fact. What is left out stays as it is.
#[derive(InputObject)]
pub(super) struct FactUpdateInput {
    /// What the fact is about. It cannot be cleared.
    key: MaybeUndefined<FactKey>,
    /// The words in front of the fact; made from the key when they are null.
    label: MaybeUndefined<String>,
    /// The fact; at most 2,000 characters. It cannot be cleared.
    text: MaybeUndefined<String>,
    /// The year up to which the statement looks; null when it names none.
    horizon_year: MaybeUndefined<i32>,
}

/// What is to be changed of a duty. What is left out stays as it is.
#[derive(InputObject)]
pub(super) struct DutyUpdateInput {
    /// The duty in one sentence; at most 2,000 characters. It cannot be cleared.
    text: MaybeUndefined<String>,
    /// How central it is; `UNSPECIFIED` when it is null.
    kind: MaybeUndefined<DutyKind>,
}

/// What is to be changed of a section. What is left out stays as it is.
#[derive(InputObject)]
pub(super) struct SectionUpdateInput {
    /// What the section is about. It cannot be cleared.
    kind: MaybeUndefined<SectionKind>,
    /// The heading; made from the kind when it is null.
    heading: MaybeUndefined<String>,
    /// The prose, with blank lines between paragraphs; at most 64 KiB. It cannot be cleared.
    body: MaybeUndefined<String>,
    /// How the prose is written; `PLAIN` when it is null.
    format: MaybeUndefined<TextFormat>,
}

/// What is to be changed of a qualification group, whose items have mutations of their own. What
/// is left out stays as it is.
#[derive(InputObject)]
pub(super) struct QualificationGroupUpdateInput {
    /// The heading without a colon; null for items that stand before any heading.
    heading: MaybeUndefined<String>,
}

/// What a qualification says.
#[derive(InputObject)]
pub(super) struct QualificationInput {
    /// The whole qualification; at most 2,000 characters.
    pub(super) text: String,
}

/// What is to be changed of a qualification. What is left out stays as it is.
#[derive(InputObject)]
pub(super) struct QualificationUpdateInput {
    /// The whole qualification; at most 2,000 characters. It cannot be cleared.
    text: MaybeUndefined<String>,
}

/// What is to be changed of a question. What is left out stays as it is.
#[derive(InputObject)]
pub(super) struct FaqUpdateInput {
    /// The question with its question mark; at most 300 characters. It cannot be cleared.
    question: MaybeUndefined<String>,
    /// The answer, with blank lines between paragraphs; at most 16 KiB. It cannot be cleared.
    answer: MaybeUndefined<String>,
}

impl PartUpdate for FactUpdateInput {
    type Part = Fact;

    fn refusals(&self) -> Vec<Refusal> {
        let year = year(self.horizon_year.value().copied()).err();
        let year = year.map(|refusal| refusal.inside_of(&["input".to_owned()]));
        let cleared = [(self.key.is_null(), "key"), (self.text.is_null(), "text")];
        refused(&cleared).into_iter().chain(year).collect()
    }

    fn change(&self, fact: &mut Fact) {
        put(&mut fact.key, self.key.value().map(|key| (*key).into()));
        put(&mut fact.text, self.text.value().cloned());
        let made = words(fact.key.as_str());
        put(&mut fact.label, value_or(&self.label, made));
        match self.horizon_year {
            MaybeUndefined::Undefined => {}
            MaybeUndefined::Null => fact.horizon_year = None,
            MaybeUndefined::Value(number) => fact.horizon_year = u16::try_from(number).ok(),
        }
    }
}

impl PartUpdate for DutyUpdateInput {
    type Part = role::Duty<SkillTerm>;

    fn refusals(&self) -> Vec<Refusal> {
        refused(&[(self.text.is_null(), "text")])
    }

    fn change(&self, duty: &mut role::Duty<SkillTerm>) {
        put(&mut duty.text, self.text.value().cloned());
        let kind = value_or(&self.kind, DutyKind::Unspecified);
        put(&mut duty.kind, kind.map(Into::into));
    }
}

impl PartUpdate for SectionUpdateInput {
    type Part = Section;

    fn refusals(&self) -> Vec<Refusal> {
        refused(&[(self.kind.is_null(), "kind"), (self.body.is_null(), "body")])
    }

    fn change(&self, section: &mut Section) {
        put(
            &mut section.kind,
            self.kind.value().map(|kind| (*kind).into()),
        );
        let made = words(section.kind.as_str());
        put(&mut section.heading, value_or(&self.heading, made));
        put(&mut section.body, self.body.value().cloned());
        let format = value_or(&self.format, TextFormat::Plain);
        put(&mut section.format, format.map(Into::into));
    }
}

impl PartUpdate for QualificationGroupUpdateInput {
    type Part = QualificationGroup<Qualification<SkillTerm>>;

    fn refusals(&self) -> Vec<Refusal> {
        Vec::new()
    }

    fn change(&self, group: &mut Self::Part) {
        match &self.heading {
            MaybeUndefined::Undefined => {}
            MaybeUndefined::Null => group.heading = None,
            MaybeUndefined::Value(heading) => group.heading = Some(heading.clone()),
        }
    }
}

impl PartUpdate for QualificationUpdateInput {
    type Part = Qualification<SkillTerm>;

    fn refusals(&self) -> Vec<Refusal> {
        refused(&[(self.text.is_null(), "text")])
    }

    fn change(&self, item: &mut Qualification<SkillTerm>) {
        put(&mut item.text, self.text.value().cloned());
    }
}

impl PartUpdate for FaqUpdateInput {
    type Part = Faq;

    fn refusals(&self) -> Vec<Refusal> {
        let cleared = [
            (self.question.is_null(), "question"),
            (self.answer.is_null(), "answer"),
        ];
        refused(&cleared)
    }

    fn change(&self, faq: &mut Faq) {
        put(&mut faq.question, self.question.value().cloned());
        put(&mut faq.answer, self.answer.value().cloned());
    }
}

/// The refusals for fields that are cleared and must not be.
fn refused(cleared: &[(bool, &str)]) -> Vec<Refusal> {
    let cleared = cleared.iter().filter(|(is_cleared, _)| *is_cleared);
    cleared.map(|(_, field)| indispensable(field)).collect()
}

fn put<T>(place: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *place = value;
    }
}

/// The value of a field, `instead` when it is null, and nothing when it is left out.
fn value_or<T: Clone>(value: &MaybeUndefined<T>, instead: T) -> Option<T> {
    match value {
        MaybeUndefined::Undefined => None,
        MaybeUndefined::Null => Some(instead),
        MaybeUndefined::Value(value) => Some(value.clone()),
    }
}

/// Refuses an id where the server gives it.
pub(super) fn no_id(is_given: bool) -> Option<Refusal> {
    is_given.then(|| {
        let message = "a part that is added gets its id from the server: leave the id out";
        Refusal::new(RefusalCode::Invalid, &["input", "id"], message)
    })
}
