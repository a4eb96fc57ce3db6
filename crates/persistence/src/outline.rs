//! The stored form of an outline: one JSON text per role.

use domain::role::{Outline, OutlineEntry, OutlineKind};
use domain::text_enum::UnknownValue;
use serde::{Deserialize, Serialize};

/// An outline as JSON.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct OutlineRow {
    entries: Vec<EntryRow>,
    site: Option<String>,
    last_updated_line: bool,
    category_link: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct EntryRow {
    kind: String,
    heading: String,
    lead: Option<String>,
}

impl From<&Outline> for OutlineRow {
    fn from(outline: &Outline) -> Self {
        let Outline {
            entries,
            site,
            last_updated_line,
            category_link,
        } = outline.clone();
        let entries = entries.into_iter().map(
            |OutlineEntry {
                 kind,
                 heading,
                 lead,
             }| EntryRow {
                kind: kind.as_str().to_owned(),
                heading,
                lead,
            },
        );
        Self {
            entries: entries.collect(),
            site,
            last_updated_line,
            category_link,
        }
    }
}

impl TryFrom<OutlineRow> for Outline {
    type Error = UnknownValue;

    fn try_from(row: OutlineRow) -> Result<Self, UnknownValue> {
        let OutlineRow {
            entries,
            site,
            last_updated_line,
            category_link,
        } = row;
        let entries = entries.into_iter().map(
            |EntryRow {
                 kind,
                 heading,
                 lead,
             }| {
                Ok(OutlineEntry {
                    kind: OutlineKind::parse(&kind)?,
                    heading,
                    lead,
                })
            },
        );
        let entries = entries.collect::<Result<_, _>>()?;
        Ok(Self {
            entries,
            site,
            last_updated_line,
            category_link,
        })
    }
}
