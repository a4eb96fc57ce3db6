//! Rules about rows that need more than the row: keys, bounds of scales, and what codes refer to.

use std::collections::HashSet;

use super::Release;
use super::kind::TableKind;
use super::profile::Profile;
use super::row::Row;
use crate::decimal::Decimal;
use crate::finding::{Code, Finding};
use crate::table::Fault;

/// What was seen so far, as much as the rules need.
#[derive(Debug, Default)]
pub(super) struct Judge {
    /// The keys of the rows of one occupation.
    keys: HashSet<String>,
    /// The numbers of all tasks.
    task_ids: HashSet<String>,
    /// What was warned of, by table; each thing once.
    warned: HashSet<(TableKind, String)>,
    key: String,
}

impl Judge {
    /// Forgets the keys of the occupation before.
    pub(super) fn begin(&mut self) {
        self.keys.clear();
    }

    /// Refuses a row that breaks a rule.
    pub(super) fn refuse(
        &mut self,
        release: &Release,
        kind: TableKind,
        row: &Row,
    ) -> Result<(), Fault> {
        match row {
            // Their scales of high points may have bounds that leave out 0, which says that there
            // is no such point.
            Row::Rating(_) if matches!(kind, TableKind::Interests | TableKind::WorkValues) => {}
            Row::Rating(row) => within(release, &row.scale_id, row.value)?,
            Row::Distribution(row) => within(release, &row.scale_id, row.value)?,
            _ => {}
        }
        self.key.clear();
        self.key.push_str(kind.name());
        row.write_key(&mut self.key);
        let is_new = !self.keys.contains(self.key.as_str());
        let is_new = match row {
            Row::Task(task) => is_new && self.task_ids.insert(task.id.clone()),
            _ => is_new,
        };
        if is_new {
            self.keys.insert(self.key.clone());
            return Ok(());
        }
        let (column, what) = key_of(row);
        let message = format!("an earlier row has the same {what}: expected it once");
        Err(Fault {
            column,
            code: Code::DuplicateKey,
            message,
        })
    }

    /// What is doubtful about a row that is accepted, each thing once for a table.
    pub(super) fn doubt(
        &mut self,
        release: &Release,
        kind: TableKind,
        row: &Row,
        profile: &Profile,
    ) -> Option<Fault> {
        let (column, name, home) = dangling(release, row, profile)?;
        if !self.warned.insert((kind, name.clone())) {
            return None;
        }
        Some(Fault {
            column,
            code: Code::UnknownCode,
            message: format!("\"{name}\" is not in \"{home}\": expected a row of that table"),
        })
    }
}

/// A fault that keeps nothing out.
pub(super) fn warning(finding: Finding) -> Finding {
    Finding {
        severity: crate::finding::Severity::Warning,
        ..finding
    }
}

/// Refuses a number that is not on its scale.
fn within(release: &Release, scale_id: &str, value: Decimal) -> Result<(), Fault> {
    let Some(scale) = release.references().scales.get(scale_id) else {
        return Ok(());
    };
    if (scale.minimum..=scale.maximum).contains(&value) {
        return Ok(());
    }
    let (least, most) = (scale.minimum, scale.maximum);
    Err(Fault {
        column: "Data Value",
        code: Code::OutOfRange,
        message: format!(
            "the cell is \"{value}\": expected a number from {least} to {most}, the bounds of \
             scale {scale_id}"
        ),
    })
}

/// The last column of a key, and the key in words.
fn key_of(row: &Row) -> (&'static str, &'static str) {
    match row {
        Row::Occupation(_) | Row::JobZone(_) => ("O*NET-SOC Code", "code"),
        Row::Task(_) => ("Task ID", "Task ID"),
        Row::EmergingTask(_) => ("Task", "code, category and text"),
        Row::AlternateTitle(_) => ("Alternate Title", "code, title and short title"),
        Row::ReportedTitle(_) => ("Reported Job Title", "code and title"),
        Row::Rating(_) => ("Element ID", "code, element and scale"),
        Row::Technology(_) | Row::Tool(_) => ("Example", "code and example"),
        Row::Related(_) => ("Related O*NET-SOC Code", "code and related code"),
        Row::Distribution(_) => ("Category", "code, element, scale and category"),
        Row::TaskActivity(_) => ("DWA ID", "code, task and activity"),
    }
}

/// A name in the row that the table which defines it does not have, when there is that table.
fn dangling(
    release: &Release,
    row: &Row,
    profile: &Profile,
) -> Option<(&'static str, String, TableKind)> {
    let references = release.references();
    let has_task = |id: &str| {
        !release.has(TableKind::TaskStatements) || profile.tasks.iter().any(|task| task.id == id)
    };
    match row {
        Row::EmergingTask(row) => {
            let id = row.original_task_id.as_ref().filter(|id| !has_task(id))?;
            Some(("Original Task ID", id.clone(), TableKind::TaskStatements))
        }
        Row::ReportedTitle(row) => {
            let mut titles = profile.alternate_titles.iter();
            let is_known = titles.any(|title| title.text == row.text);
            let is_unknown = release.has(TableKind::AlternateTitles) && !is_known;
            let found = is_unknown.then(|| row.text.clone())?;
            Some(("Reported Job Title", found, TableKind::AlternateTitles))
        }
        Row::Related(row) if release.place_of(row.code).is_none() => {
            let code = row.code.to_string();
            Some(("Related O*NET-SOC Code", code, TableKind::OccupationData))
        }
        Row::TaskActivity(row) if !has_task(&row.task_id) => {
            Some(("Task ID", row.task_id.clone(), TableKind::TaskStatements))
        }
        Row::TaskActivity(row) => {
            let home = TableKind::DwaReference;
            let is_known = references
                .detailed_activities
                .contains_key(&row.activity_id);
            (release.has(home) && !is_known).then(|| ("DWA ID", row.activity_id.clone(), home))
        }
        Row::Rating(row) => unknown_measure(release, &row.element_id, &row.scale_id),
        Row::Distribution(row) => unknown_measure(release, &row.element_id, &row.scale_id),
        _ => None,
    }
}

fn unknown_measure(
    release: &Release,
    element_id: &str,
    scale_id: &str,
) -> Option<(&'static str, String, TableKind)> {
    let references = release.references();
    let (elements, scales) = (TableKind::ContentModelReference, TableKind::ScalesReference);
    if release.has(elements) && !references.elements.contains_key(element_id) {
        return Some(("Element ID", element_id.to_owned(), elements));
    }
    if release.has(scales) && !references.scales.contains_key(scale_id) {
        return Some(("Scale ID", scale_id.to_owned(), scales));
    }
    None
}
