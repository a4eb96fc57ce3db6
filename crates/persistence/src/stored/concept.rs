//! What rows of schemes and concepts hold as JSON: releases, labels, notes.

use std::borrow::Cow;
use std::fmt::Display;

use domain::concept::{Label, LabelKind, Note, NoteKind, Release};
use domain::{Locale, PartialDate, Timestamp};
use serde::{Deserialize, Serialize, Serializer};

use super::Value;
use super::value::FromText;

/// A value that is stored as it is printed.
#[derive(Debug, Deserialize)]
#[serde(from = "Value<T>", bound(deserialize = "T: FromText"))]
struct Printed<T>(T);

impl<T> From<Value<T>> for Printed<T> {
    fn from(value: Value<T>) -> Self {
        Self(value.0)
    }
}

impl<T: Display> Serialize for Printed<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

/// A release that was imported.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct ReleaseRow<'a> {
    #[serde(rename = "n", borrow)]
    name: Cow<'a, str>,
    #[serde(rename = "r", default, skip_serializing_if = "Option::is_none")]
    released_on: Option<Printed<PartialDate>>,
    #[serde(rename = "i")]
    imported_at: Printed<Timestamp>,
}

impl<'a> From<&'a Release> for ReleaseRow<'a> {
    fn from(release: &'a Release) -> Self {
        let Release {
            name,
            released_on,
            imported_at,
        } = release;
        Self {
            name: name.into(),
            released_on: released_on.map(Printed),
            imported_at: Printed(*imported_at),
        }
    }
}

impl From<ReleaseRow<'_>> for Release {
    fn from(row: ReleaseRow<'_>) -> Self {
        let ReleaseRow {
            name,
            released_on,
            imported_at,
        } = row;
        Self {
            name: name.into_owned(),
            released_on: released_on.map(|date| date.0),
            imported_at: imported_at.0,
        }
    }
}

/// What a concept is called in one language.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct LabelRow<'a> {
    #[serde(rename = "l")]
    locale: Printed<Locale>,
    #[serde(rename = "k")]
    kind: Value<LabelKind>,
    #[serde(rename = "t", borrow)]
    text: Cow<'a, str>,
}

impl<'a> From<&'a Label> for LabelRow<'a> {
    fn from(label: &'a Label) -> Self {
        let Label { locale, kind, text } = label;
        Self {
            locale: Printed(locale.clone()),
            kind: Value(*kind),
            text: text.into(),
        }
    }
}

impl From<LabelRow<'_>> for Label {
    fn from(row: LabelRow<'_>) -> Self {
        let LabelRow { locale, kind, text } = row;
        Self {
            locale: locale.0,
            kind: kind.0,
            text: text.into_owned(),
        }
    }
}

/// What is said about a concept in one language.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct NoteRow<'a> {
    #[serde(rename = "l")]
    locale: Printed<Locale>,
    #[serde(rename = "k")]
    kind: Value<NoteKind>,
    #[serde(rename = "t", borrow)]
    text: Cow<'a, str>,
}

impl<'a> From<&'a Note> for NoteRow<'a> {
    fn from(note: &'a Note) -> Self {
        let Note { locale, kind, text } = note;
        Self {
            locale: Printed(locale.clone()),
            kind: Value(*kind),
            text: text.into(),
        }
    }
}

impl From<NoteRow<'_>> for Note {
    fn from(row: NoteRow<'_>) -> Self {
        let NoteRow { locale, kind, text } = row;
        Self {
            locale: locale.0,
            kind: kind.0,
            text: text.into_owned(),
        }
    }
}
