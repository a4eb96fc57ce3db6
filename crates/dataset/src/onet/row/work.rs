//! What people in an occupation do, with what, and what is near it.

use domain::PartialDate;

use super::cell::Cell;
use crate::finding::Code;
use crate::onet::code::OnetCode;
use crate::table::{Fault, Field};

/// How central a task is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TaskKind {
    /// Central to the occupation.
    Core,
    /// Less central.
    Supplemental,
    /// The source does not say.
    Unspecified,
}

/// Something that people in an occupation do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// Its number, which survives changes of the text.
    pub id: String,
    /// What they do, in one sentence.
    pub text: String,
    /// How central it is.
    pub kind: TaskKind,
    /// How many people answered.
    pub responding: Option<u32>,
    /// When it was last looked at.
    pub date: Option<PartialDate>,
    /// Who was asked.
    pub source: Option<String>,
}

impl Task {
    pub(super) fn read(fields: [Field<'_>; 8]) -> Result<Self, Fault> {
        let [_code, _title, id, text, kind, responding, date, source] = fields;
        let kinds = &[
            ("Core", TaskKind::Core),
            ("Supplemental", TaskKind::Supplemental),
        ];
        let kind = kind.maybe(|field| field.word(kinds))?;
        Ok(Self {
            id: id.digits()?,
            text: text.owned()?,
            kind: kind.unwrap_or(TaskKind::Unspecified),
            responding: responding.maybe(Field::integer)?,
            date: date.maybe(Cell::month)?,
            source: source.maybe(Cell::owned)?,
        })
    }
}

/// Why a task is emerging.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EmergingKind {
    /// It is new.
    New,
    /// A known task is changing.
    Revision,
}

impl EmergingKind {
    /// The word that O*NET has for it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::New => "New",
            Self::Revision => "Revision",
        }
    }
}

/// Something that people in an occupation begin to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmergingTask {
    /// What they do, in one sentence.
    pub text: String,
    /// Why it is emerging.
    pub kind: EmergingKind,
    /// The number of the task that is changing.
    pub original_task_id: Option<String>,
    /// When it was found.
    pub date: Option<PartialDate>,
    /// Who was asked.
    pub source: Option<String>,
}

impl EmergingTask {
    pub(super) fn read(fields: [Field<'_>; 8]) -> Result<Self, Fault> {
        let [_code, _title, text, kind, original, _text, date, source] = fields;
        let kinds = [EmergingKind::New, EmergingKind::Revision].map(|kind| (kind.as_str(), kind));
        Ok(Self {
            text: text.owned()?,
            kind: kind.word(&kinds)?,
            original_task_id: original.maybe(Cell::digits)?,
            date: date.maybe(Cell::month)?,
            source: source.maybe(Cell::owned)?,
        })
    }
}

/// Software that is used in an occupation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Technology {
    /// Its name.
    pub example: String,
    /// The class that it belongs to: UNSPSC, or an Element ID from release 30.3 on.
    pub commodity_code: String,
    /// The name of that class.
    pub commodity_title: String,
    /// Whether many job postings name it.
    pub hot: bool,
    /// Whether many job postings for this occupation name it.
    pub in_demand: bool,
}

impl Technology {
    pub(super) fn read(fields: [Field<'_>; 7]) -> Result<Self, Fault> {
        let [_code, _title, example, code, title, hot, in_demand] = fields;
        Ok(Self {
            example: example.owned()?,
            commodity_code: code.element_id()?,
            commodity_title: title.owned()?,
            hot: hot.flag()?,
            in_demand: in_demand.flag()?,
        })
    }
}

/// A tool that is used in an occupation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tool {
    /// Its name.
    pub example: String,
    /// The class that it belongs to.
    pub commodity_code: String,
    /// The name of that class.
    pub commodity_title: String,
}

impl Tool {
    pub(super) fn read(fields: [Field<'_>; 5]) -> Result<Self, Fault> {
        let [_code, _title, example, code, title] = fields;
        Ok(Self {
            example: example.owned()?,
            commodity_code: code.element_id()?,
            commodity_title: title.owned()?,
        })
    }
}

/// How near a related occupation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// Among the nearest five.
    PrimaryShort,
    /// Among the nearest ten.
    PrimaryLong,
    /// Among the nearest twenty.
    Supplemental,
}

/// An occupation that is like another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// Its code.
    pub code: OnetCode,
    /// How near it is.
    pub tier: Tier,
    /// Its place among the related ones, from 1.
    pub index: u32,
}

impl Related {
    pub(super) fn read(fields: [Field<'_>; 6]) -> Result<Self, Fault> {
        let [_code, _title, related, _name, tier, index] = fields;
        let tiers = &[
            ("Primary-Short", Tier::PrimaryShort),
            ("Primary-Long", Tier::PrimaryLong),
            ("Supplemental", Tier::Supplemental),
        ];
        Ok(Self {
            code: OnetCode::of(related)?,
            tier: tier.word(tiers)?,
            index: index.integer()?,
        })
    }
}

/// How much preparation an occupation needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobZone {
    /// From 1, little, to 5, extensive.
    pub zone: u32,
    /// When it was found.
    pub date: Option<PartialDate>,
    /// Who found it.
    pub source: Option<String>,
}

impl JobZone {
    pub(super) fn read(fields: [Field<'_>; 5]) -> Result<Self, Fault> {
        let [_code, _title, zone, date, source] = fields;
        Ok(Self {
            zone: read_zone(zone)?,
            date: date.maybe(Cell::month)?,
            source: source.maybe(Cell::owned)?,
        })
    }
}

/// Reads the number of a job zone.
pub(super) fn read_zone(field: Field<'_>) -> Result<u32, Fault> {
    let zone = field.integer()?;
    if (1..=5).contains(&zone) {
        return Ok(zone);
    }
    Err(field.unexpected(Code::OutOfRange, "a job zone from 1 to 5"))
}

/// A detailed activity that is part of a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskActivity {
    /// The number of the task.
    pub task_id: String,
    /// The activity.
    pub activity_id: String,
    /// When it was found.
    pub date: Option<PartialDate>,
    /// Who found it.
    pub source: Option<String>,
}

impl TaskActivity {
    pub(super) fn read(fields: [Field<'_>; 8]) -> Result<Self, Fault> {
        let [_code, _title, task, _text, activity, _name, date, source] = fields;
        Ok(Self {
            task_id: task.digits()?,
            activity_id: activity.activity_id('D')?,
            date: date.maybe(Cell::month)?,
            source: source.maybe(Cell::owned)?,
        })
    }
}
