//! Texts that are values of the domain, read without a copy in between.

use std::borrow::Cow;
use std::fmt::{self, Display};
use std::marker::PhantomData;

use domain::concept::{ConceptKind, ConceptStatus, LabelKind, NoteKind};
use domain::document::DocumentId;
use domain::id::Id;
use domain::money::Currency;
use domain::role::salary::{Origin, PayPeriod, SalaryStatistic, Seniority, ValueQuality};
use domain::role::{
    DutyKind, FactKey, MatchKind, Nearness, OutlineKind, PublicationState, RelationKind,
    SectionKind, TextFormat, TitleKind,
};
use domain::skill::{Requirement, SkillKind};
use domain::{Locale, PartialDate, Slug, Timestamp};
use serde::de::Visitor;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use uuid::Uuid;

/// A value of the domain that is stored as text.
pub(crate) trait FromText: Sized {
    /// Reads the stored form; the error says what rule of the domain it breaks.
    fn from_text(text: &str) -> Result<Self, impl Display>;
}

macro_rules! from_text {
    ($($value:ty),+) => { $(
        impl FromText for $value {
            fn from_text(text: &str) -> Result<Self, impl Display> {
                Self::parse(text)
            }
        }
    )+ };
}

from_text!(
    ConceptKind,
    ConceptStatus,
    Currency,
    DocumentId,
    DutyKind,
    FactKey,
    LabelKind,
    Locale,
    MatchKind,
    Nearness,
    NoteKind,
    Origin,
    OutlineKind,
    PartialDate,
    PayPeriod,
    PublicationState,
    RelationKind,
    Requirement,
    SalaryStatistic,
    SectionKind,
    Seniority,
    SkillKind,
    Slug,
    TextFormat,
    Timestamp,
    TitleKind,
    ValueQuality
);

/// A value of an enumeration, which is stored by its spelling.
pub(crate) trait Spelled: Copy {
    /// The spelling.
    fn spelling(self) -> &'static str;
}

macro_rules! spelled {
    ($($value:ty),+) => { $(
        impl Spelled for $value {
            fn spelling(self) -> &'static str {
                self.as_str()
            }
        }
    )+ };
}

impl Spelled for Currency {
    fn spelling(self) -> &'static str {
        self.code()
    }
}

spelled!(
    DutyKind,
    FactKey,
    LabelKind,
    NoteKind,
    Origin,
    OutlineKind,
    PayPeriod,
    SalaryStatistic,
    SectionKind,
    Seniority,
    TextFormat,
    TitleKind,
    ValueQuality
);

/// A value of the domain inside of a row or of JSON.
#[derive(Clone, Debug)]
pub(crate) struct Value<T>(pub(crate) T);

impl<'de, T: FromText> Deserialize<'de> for Value<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let read = |text: &str| T::from_text(text).map_err(|error| error.to_string());
        deserializer
            .deserialize_str(Read(read, PhantomData))
            .map(Self)
    }
}

impl<T: Spelled> Serialize for Value<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.spelling())
    }
}

/// An id inside of a row or of JSON, stored without its prefix.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Key<I>(pub(crate) I);

impl<'de, I: Id> Deserialize<'de> for Key<I> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let read = |text: &str| Uuid::try_parse(text).map_err(|error| error.to_string());
        let uuid = deserializer.deserialize_str(Read(read, PhantomData))?;
        Ok(Self(I::from_uuid(uuid)))
    }
}

impl<I: Id> Serialize for Key<I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut buffer = Uuid::encode_buffer();
        serializer.serialize_str(self.0.uuid().hyphenated().encode_lower(&mut buffer))
    }
}

/// A text that is borrowed where it holds nothing escaped, also inside of an `Option` or list.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(transparent)]
pub(crate) struct Text<'a>(#[serde(borrow)] pub(crate) Cow<'a, str>);

impl<'a> From<&'a str> for Text<'a> {
    fn from(text: &'a str) -> Self {
        Self(Cow::Borrowed(text))
    }
}

impl From<Text<'_>> for String {
    fn from(Text(text): Text<'_>) -> Self {
        text.into_owned()
    }
}

struct Read<F, T>(F, PhantomData<T>);

impl<T, F: FnOnce(&str) -> Result<T, String>> Visitor<'_> for Read<F, T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a text")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<T, E> {
        (self.0)(text).map_err(E::custom)
    }
}
