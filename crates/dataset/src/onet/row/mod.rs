//! Rows of the tables as values.
//!
//! Both layouts of a release give equal values: names that only one of them repeats (titles, names
//! of elements and scales) are not part of a row, and a cell with `n/a` has no value.

mod cell;
mod explain;
mod rating;
mod title;
mod work;

pub use explain::{
    CategoryName, DetailedActivity, Element, IntermediateActivity, JobZoneName, Scale,
};
pub use rating::{Distribution, Precision, Rating};
pub use title::{AlternateTitle, Occupation, ReportedTitle};
pub use work::{
    EmergingKind, EmergingTask, JobZone, Related, Task, TaskActivity, TaskKind, Technology, Tier,
    Tool,
};

pub(super) use explain::Explanation;

use super::kind::TableKind;
use crate::table::{Binding, Fault, Record};

/// A row of a table about occupations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Row {
    Occupation(Occupation),
    Task(Task),
    EmergingTask(EmergingTask),
    AlternateTitle(AlternateTitle),
    ReportedTitle(ReportedTitle),
    Rating(Rating),
    Technology(Technology),
    Tool(Tool),
    Related(Related),
    JobZone(JobZone),
    Distribution(Distribution),
    TaskActivity(TaskActivity),
}

impl Row {
    /// Reads a row; `None` for tables that explain others.
    pub(super) fn read(
        kind: TableKind,
        binding: &Binding,
        record: &Record,
    ) -> Result<Option<Self>, Fault> {
        Ok(Some(match kind {
            TableKind::OccupationData => {
                Self::Occupation(Occupation::read(binding.fields(record))?)
            }
            TableKind::TaskStatements => Self::Task(Task::read(binding.fields(record))?),
            TableKind::EmergingTasks => {
                Self::EmergingTask(EmergingTask::read(binding.fields(record))?)
            }
            TableKind::AlternateTitles => {
                Self::AlternateTitle(AlternateTitle::read(binding.fields(record))?)
            }
            TableKind::ReportedTitles => {
                Self::ReportedTitle(ReportedTitle::read(binding.fields(record))?)
            }
            TableKind::Skills
            | TableKind::Knowledge
            | TableKind::Abilities
            | TableKind::WorkActivities
            | TableKind::WorkStyles
            | TableKind::Interests
            | TableKind::WorkValues => Self::Rating(Rating::read(&binding.fields(record))?),
            TableKind::TechnologySkills => {
                Self::Technology(Technology::read(binding.fields(record))?)
            }
            TableKind::ToolsUsed => Self::Tool(Tool::read(binding.fields(record))?),
            TableKind::RelatedOccupations => Self::Related(Related::read(binding.fields(record))?),
            TableKind::JobZones => Self::JobZone(JobZone::read(binding.fields(record))?),
            TableKind::Education => {
                Self::Distribution(Distribution::read(&binding.fields(record))?)
            }
            TableKind::TasksToDwas => {
                Self::TaskActivity(TaskActivity::read(binding.fields(record))?)
            }
            TableKind::ContentModelReference
            | TableKind::ScalesReference
            | TableKind::JobZoneReference
            | TableKind::DwaReference
            | TableKind::IwaReference
            | TableKind::EducationCategories
            | TableKind::TaskCategories => return Ok(None),
        }))
    }

    /// Writes what makes the row one of its own among those of its occupation and table.
    pub(super) fn write_key(&self, key: &mut String) {
        let mut part = |text: &str| {
            key.push('\t');
            key.push_str(text);
        };
        match self {
            Self::Occupation(_) | Self::JobZone(_) => {}
            Self::Task(row) => part(&row.id),
            Self::EmergingTask(row) => {
                part(row.kind.as_str());
                part(&row.text);
            }
            Self::AlternateTitle(row) => {
                part(&row.text);
                part(row.short.as_deref().unwrap_or_default());
            }
            Self::ReportedTitle(row) => part(&row.text),
            Self::Rating(row) => {
                part(&row.element_id);
                part(&row.scale_id);
            }
            Self::Technology(row) => part(&row.example),
            Self::Tool(row) => part(&row.example),
            Self::Related(row) => part(row.code.as_str()),
            Self::Distribution(row) => {
                part(&row.element_id);
                part(&row.scale_id);
                part(
                    &row.category
                        .map(|number| number.to_string())
                        .unwrap_or_default(),
                );
            }
            Self::TaskActivity(row) => {
                part(&row.task_id);
                part(&row.activity_id);
            }
        }
    }
}
