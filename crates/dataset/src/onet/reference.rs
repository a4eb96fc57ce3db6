//! The tables that explain the others, held whole: they have a few thousand rows.

use std::collections::BTreeMap;

use super::kind::TableKind;
use super::row::{
    CategoryName, DetailedActivity, Element, Explanation, IntermediateActivity, JobZoneName, Scale,
};
use crate::file::{Counts, SourceRow, TableFile};
use crate::finding::{Code, Finding, ReadError};
use crate::table::{Fault, Next, Record};

/// How many rows such a table may have, because all of them are held.
const MOST_ROWS: u64 = 100_000;

/// What codes and identifiers mean.
#[derive(Debug, Default)]
pub struct References {
    /// Places in the content model by their identifier.
    pub elements: BTreeMap<String, Element>,
    /// Scales by their identifier.
    pub scales: BTreeMap<String, Scale>,
    /// Job zones by their number.
    pub job_zones: BTreeMap<u32, JobZoneName>,
    /// Detailed activities by their identifier.
    pub detailed_activities: BTreeMap<String, DetailedActivity>,
    /// Intermediate activities by their identifier.
    pub intermediate_activities: BTreeMap<String, IntermediateActivity>,
    /// Categories by element, scale and number.
    pub education_categories: BTreeMap<(String, String, u32), CategoryName>,
    /// Categories by scale and number.
    pub task_categories: BTreeMap<(String, u32), CategoryName>,
    /// The rows byte for byte, table after table.
    pub rows: Vec<SourceRow<TableKind>>,
}

impl References {
    /// Reads one of the tables; what is wrong with its rows is found.
    pub(super) fn read(
        &mut self,
        file: &mut TableFile<TableKind>,
        findings: &mut Vec<Finding>,
    ) -> Result<Counts<TableKind>, ReadError> {
        let mut table = file.open()?;
        let mut record = Record::default();
        let mut counts = Counts::of(file);
        loop {
            let found = match table.read(&mut record)? {
                Next::End => break,
                Next::Rejected(finding) => Err(*finding),
                Next::Row => self
                    .take(file, &record)
                    .map_err(|fault| file.binding.finding(&file.name, record.line(), fault)),
            };
            counts.count(found.is_ok());
            findings.extend(found.err());
            if counts.rows > MOST_ROWS {
                let message = format!("the table has more than {MOST_ROWS} rows");
                return Err(Finding::error(&file.name, Code::TooLarge, message).into());
            }
        }
        findings.extend(table.take_warnings());
        file.rows = counts.rows;
        file.format = table.format().clone();
        Ok(counts)
    }

    fn take(&mut self, file: &TableFile<TableKind>, record: &Record) -> Result<(), Fault> {
        let Some(row) = Explanation::read(file.kind, &file.binding, record)? else {
            return Ok(());
        };
        let key = file.binding.field(record, key_column(file.kind));
        if !self.insert(row) {
            let message = format!(
                "\"{}\" stands in an earlier row: expected it once",
                key.text
            );
            return Err(key.fault(Code::DuplicateKey, message));
        }
        self.rows.push(file.source(record));
        Ok(())
    }

    /// Keeps a row; `false` when its key is taken.
    fn insert(&mut self, row: Explanation) -> bool {
        match row {
            Explanation::Element(row) => insert(&mut self.elements, row.id.clone(), row),
            Explanation::Scale(row) => insert(&mut self.scales, row.id.clone(), row),
            Explanation::JobZone(row) => insert(&mut self.job_zones, row.zone, row),
            Explanation::Detailed(row) => {
                insert(&mut self.detailed_activities, row.id.clone(), row)
            }
            Explanation::Intermediate(row) => {
                insert(&mut self.intermediate_activities, row.id.clone(), row)
            }
            Explanation::Category(row) => {
                if let Some(element) = row.element_id.clone() {
                    let key = (element, row.scale_id.clone(), row.category);
                    insert(&mut self.education_categories, key, row)
                } else {
                    let key = (row.scale_id.clone(), row.category);
                    insert(&mut self.task_categories, key, row)
                }
            }
        }
    }
}

fn insert<K: Ord, V>(map: &mut BTreeMap<K, V>, key: K, value: V) -> bool {
    if map.contains_key(&key) {
        return false;
    }
    map.insert(key, value);
    true
}

/// The place of the column that names a row, among the columns of its table.
const fn key_column(kind: TableKind) -> usize {
    match kind {
        TableKind::DwaReference | TableKind::EducationCategories => 4,
        TableKind::IwaReference | TableKind::TaskCategories => 2,
        _ => 0,
    }
}
