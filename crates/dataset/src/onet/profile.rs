//! Everything that a release says about one occupation.

use std::collections::BTreeMap;

use super::kind::TableKind;
use super::row::{
    AlternateTitle, Distribution, EmergingTask, JobZone, Occupation, Rating, Related,
    ReportedTitle, Row, Task, TaskActivity, Technology, Tool,
};
use crate::file::SourceRow;

/// How many bytes the rows of one occupation may have: all of them are held at once. The largest
/// one of a release has 400 kB.
pub(super) const MOST_BYTES: usize = 64 * 1024 * 1024;

/// An occupation with everything that belongs to it; lists are in the order of their files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// The occupation.
    pub occupation: Occupation,
    /// What people in it do.
    pub tasks: Vec<Task>,
    /// What they begin to do.
    pub emerging_tasks: Vec<EmergingTask>,
    /// Its other names; reported ones are marked.
    pub alternate_titles: Vec<AlternateTitle>,
    /// The names that people gave; all of them are usually alternate titles too.
    pub reported_titles: Vec<ReportedTitle>,
    /// How skills, knowledge and the like matter, by table.
    pub ratings: BTreeMap<TableKind, Vec<Rating>>,
    /// Software.
    pub technologies: Vec<Technology>,
    /// Tools.
    pub tools: Vec<Tool>,
    /// Occupations that are like it.
    pub related: Vec<Related>,
    /// How much preparation it needs.
    pub job_zone: Option<JobZone>,
    /// How people with different preparation share it.
    pub education: Vec<Distribution>,
    /// The detailed activities of its tasks.
    pub task_activities: Vec<TaskActivity>,
    /// The rows byte for byte, by table; the first row of a table is that of its first value.
    pub rows: BTreeMap<TableKind, Vec<SourceRow<TableKind>>>,
}

impl Profile {
    pub(super) fn new(occupation: Occupation, row: SourceRow<TableKind>) -> Self {
        Self {
            occupation,
            tasks: Vec::new(),
            emerging_tasks: Vec::new(),
            alternate_titles: Vec::new(),
            reported_titles: Vec::new(),
            ratings: BTreeMap::new(),
            technologies: Vec::new(),
            tools: Vec::new(),
            related: Vec::new(),
            job_zone: None,
            education: Vec::new(),
            task_activities: Vec::new(),
            rows: BTreeMap::from([(row.kind, vec![row])]),
        }
    }

    /// The ratings of one table.
    #[must_use]
    pub fn ratings(&self, kind: TableKind) -> &[Rating] {
        self.ratings.get(&kind).map_or(&[], Vec::as_slice)
    }

    /// The ratings of one table by element, in the order in which the elements first appear: one
    /// edge each, measured on one scale or more.
    #[must_use]
    pub fn edges(&self, kind: TableKind) -> Vec<(&str, Vec<&Rating>)> {
        let mut edges: Vec<(&str, Vec<&Rating>)> = Vec::new();
        let mut places: BTreeMap<&str, usize> = BTreeMap::new();
        for rating in self.ratings(kind) {
            let element = rating.element_id.as_str();
            let place = *places.entry(element).or_insert(edges.len());
            match edges.get_mut(place) {
                Some((_element, ratings)) => ratings.push(rating),
                None => edges.push((element, vec![rating])),
            }
        }
        edges
    }

    /// Adds a row of one of its tables.
    pub(super) fn push(&mut self, row: Row, source: SourceRow<TableKind>) {
        let kind = source.kind;
        match row {
            Row::Occupation(_) => return,
            Row::Task(row) => self.tasks.push(row),
            Row::EmergingTask(row) => self.emerging_tasks.push(row),
            Row::AlternateTitle(row) => self.alternate_titles.push(row),
            Row::ReportedTitle(row) => self.report(row),
            Row::Rating(row) => self.ratings.entry(kind).or_default().push(row),
            Row::Technology(row) => self.technologies.push(row),
            Row::Tool(row) => self.tools.push(row),
            Row::Related(row) => self.related.push(row),
            Row::JobZone(row) => self.job_zone = Some(row),
            Row::Distribution(row) => self.education.push(row),
            Row::TaskActivity(row) => self.task_activities.push(row),
        }
        self.rows.entry(kind).or_default().push(source);
    }

    /// Marks the alternate titles that a reported one is.
    fn report(&mut self, reported: ReportedTitle) {
        for title in &mut self.alternate_titles {
            if title.text == reported.text {
                title.reported = true;
                title.shown_in_my_next_move |= reported.shown_in_my_next_move;
            }
        }
        self.reported_titles.push(reported);
    }
}
