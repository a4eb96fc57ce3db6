//! Values of the domain that stand in a document by their spelling.

use std::borrow::Cow;

use domain::category::CategoryPath;
use domain::money::Currency;
use domain::role::salary::{Origin, PayPeriod, SalaryStatistic, Seniority, ValueQuality};
use domain::role::{
    DutyKind, FactKey, MatchKind, Nearness, OutlineKind, PublicationState, RelationKind,
    SectionKind, TextFormat, TitleKind,
};
use domain::skill::{Requirement, SkillKind};
use domain::{Decimal, Locale, PartialDate, Slug};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A value that is written by its spelling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Spelled<T>(pub(super) T);

/// What has a spelling.
pub(super) trait Spelling: Sized {
    /// The value that a text spells, or what was expected instead.
    fn read(text: &str) -> Result<Self, String>;

    /// The spelling.
    fn spelling(&self) -> Cow<'_, str>;
}

impl<T: Spelling> Serialize for Spelled<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0.spelling())
    }
}

impl<'de, T: Spelling> Deserialize<'de> for Spelled<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        T::read(&text).map(Self).map_err(D::Error::custom)
    }
}

/// Enumerations, with the value that stands for one that is left out, where there is one.
macro_rules! enumerations {
    ($($name:ident $(= $default:ident)?),+ $(,)?) => { $(
        impl Spelling for $name {
            fn read(text: &str) -> Result<Self, String> {
                Self::parse(text).map_err(|_unknown| {
                    let known: Vec<&str> = Self::ALL.iter().map(|value| value.as_str()).collect();
                    format!("\"{text}\" is none of {}", known.join(", "))
                })
            }

            fn spelling(&self) -> Cow<'_, str> {
                self.as_str().into()
            }
        }

        $(
            impl Default for Spelled<$name> {
                fn default() -> Self {
                    Self($name::$default)
                }
            }
        )?
    )+ };
}

enumerations!(
    DutyKind = Unspecified,
    FactKey,
    MatchKind = Exact,
    Nearness,
    Origin = Stated,
    OutlineKind,
    PayPeriod,
    PublicationState,
    RelationKind = Similar,
    Requirement = Unspecified,
    SalaryStatistic,
    SectionKind,
    Seniority = Unspecified,
    SkillKind = Skill,
    TextFormat = Plain,
    TitleKind = Alternate,
    ValueQuality = Ok,
);

/// Values whose errors say what was expected.
macro_rules! texts {
    ($($name:ident as $written:expr),+ $(,)?) => { $(
        impl Spelling for $name {
            fn read(text: &str) -> Result<Self, String> {
                Self::parse(text).map_err(|error| error.to_string())
            }

            fn spelling(&self) -> Cow<'_, str> {
                let written: fn(&Self) -> Cow<'_, str> = $written;
                written(self)
            }
        }
    )+ };
}

texts!(
    Currency as |currency| currency.code().into(),
    Decimal as |number| number.to_string().into(),
    Locale as |locale| locale.as_str().into(),
    PartialDate as |date| date.to_string().into(),
    Slug as |slug| slug.as_str().into(),
);

impl Default for Spelled<Locale> {
    fn default() -> Self {
        Self(Locale::english())
    }
}

/// The way to a category, as the list of its names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Path(pub(super) CategoryPath);

impl Serialize for Path {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.names().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Path {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let names = Vec::deserialize(deserializer)?;
        let path = CategoryPath::new(names).map(Self);
        let expected = "a category is the list of names that leads to it: expected at least one \
                        name, and none of them blank";
        path.ok_or_else(|| D::Error::custom(expected))
    }
}
