//! Headings and page furniture.

use domain::role::{Outline, OutlineEntry, OutlineKind};
use serde::{Deserialize, Serialize};

use super::{Text, Value};

/// An outline as JSON.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct OutlineRow<'a> {
    #[serde(rename = "e", borrow)]
    entries: Vec<EntryRow<'a>>,
    #[serde(rename = "s", borrow, default, skip_serializing_if = "Option::is_none")]
    site: Option<Text<'a>>,
    #[serde(rename = "u", default)]
    last_updated_line: bool,
    #[serde(rename = "c", borrow, default, skip_serializing_if = "Option::is_none")]
    category_link: Option<Text<'a>>,
}

#[derive(Debug, Serialize, Deserialize)]
struct EntryRow<'a> {
    #[serde(rename = "k")]
    kind: Value<OutlineKind>,
    #[serde(rename = "h", borrow)]
    heading: Text<'a>,
    #[serde(rename = "l", borrow, default, skip_serializing_if = "Option::is_none")]
    lead: Option<Text<'a>>,
}

impl<'a> From<&'a Outline> for OutlineRow<'a> {
    fn from(outline: &'a Outline) -> Self {
        let Outline {
            entries,
            site,
            last_updated_line,
            category_link,
        } = outline;
        let entries = entries.iter().map(|entry| {
            let OutlineEntry {
                kind,
                heading,
                lead,
            } = entry;
            EntryRow {
                kind: Value(*kind),
                heading: heading.as_str().into(),
                lead: lead.as_deref().map(Text::from),
            }
        });
        Self {
            entries: entries.collect(),
            site: site.as_deref().map(Text::from),
            last_updated_line: *last_updated_line,
            category_link: category_link.as_deref().map(Text::from),
        }
    }
}

impl From<OutlineRow<'_>> for Outline {
    fn from(row: OutlineRow<'_>) -> Self {
        let OutlineRow {
            entries,
            site,
            last_updated_line,
            category_link,
        } = row;
        let entries = entries.into_iter().map(|entry| OutlineEntry {
            kind: entry.kind.0,
            heading: entry.heading.into(),
            lead: entry.lead.map(String::from),
        });
        Self {
            entries: entries.collect(),
            site: site.map(String::from),
            last_updated_line,
            category_link: category_link.map(String::from),
        }
    }
}
