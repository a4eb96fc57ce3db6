//! Numbers that were measured, with what is known of their precision.

use domain::PartialDate;

use super::cell::Cell;
use crate::decimal::Decimal;
use crate::finding::Code;
use crate::table::{Fault, Field};

/// How precise a number is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Precision {
    /// How many people answered.
    pub n: Option<u32>,
    /// The standard error.
    pub standard_error: Option<Decimal>,
    /// The lower bound of the interval with a confidence of 95 %.
    pub lower: Option<Decimal>,
    /// The upper bound of that interval.
    pub upper: Option<Decimal>,
    /// Whether its makers advise not to show the number.
    pub suppress: Option<bool>,
}

impl Precision {
    fn read(
        value: Decimal,
        [n, error, lower, upper, suppress]: [Field<'_>; 5],
    ) -> Result<Self, Fault> {
        let read = Self {
            n: n.maybe(Field::integer)?,
            standard_error: error.maybe(Cell::decimal)?,
            lower: lower.maybe(Cell::decimal)?,
            upper: upper.maybe(Cell::decimal)?,
            suppress: suppress.maybe(Cell::flag)?,
        };
        let expected = |relation| format!("a number that is {relation} the value, {value}");
        if read.lower.is_some_and(|bound| bound > value) {
            return Err(lower.unexpected(Code::OutOfRange, &expected("at most")));
        }
        if read.upper.is_some_and(|bound| bound < value) {
            return Err(upper.unexpected(Code::OutOfRange, &expected("at least")));
        }
        if read
            .standard_error
            .is_some_and(|error| error < Decimal::whole(0))
        {
            return Err(error.unexpected(Code::OutOfRange, "a number that is not below 0"));
        }
        Ok(read)
    }
}

/// How an occupation is rated for one element on one scale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rating {
    /// What is rated, by its place in the content model.
    pub element_id: String,
    /// The scale: `IM` importance, `LV` level, and others.
    pub scale_id: String,
    /// The number on the scale.
    pub value: Decimal,
    /// How precise it is.
    pub precision: Precision,
    /// Whether most people said that it does not matter; only for levels.
    pub not_relevant: Option<bool>,
    /// When it was measured.
    pub date: Option<PartialDate>,
    /// Who was asked.
    pub source: Option<String>,
}

impl Rating {
    pub(super) fn read(fields: &[Field<'_>; 15]) -> Result<Self, Fault> {
        let [
            _code,
            _title,
            element_id,
            _name,
            scale_id,
            _scale,
            value,
            n,
            error,
            lower,
            upper,
            suppress,
            not_relevant,
            date,
            source,
        ] = *fields;
        let number = value.decimal()?;
        Ok(Self {
            element_id: element_id.element_id()?,
            scale_id: scale_id.scale_id()?,
            value: number,
            precision: Precision::read(number, [n, error, lower, upper, suppress])?,
            not_relevant: not_relevant.maybe(Cell::flag)?,
            date: date.maybe(Cell::month)?,
            source: source.maybe(Cell::owned)?,
        })
    }
}

/// How large a part of the people in an occupation is in one category.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Distribution {
    /// What is asked for, by its place in the content model.
    pub element_id: String,
    /// The scale: `RL`, `RW`, `PT`, `OJ`; `IM` for elements without categories.
    pub scale_id: String,
    /// The category; `None` for elements without categories.
    pub category: Option<u32>,
    /// The part in percent, or the number on the scale of elements without categories.
    pub value: Decimal,
    /// How precise it is.
    pub precision: Precision,
    /// When it was measured.
    pub date: Option<PartialDate>,
    /// Who was asked.
    pub source: Option<String>,
}

impl Distribution {
    pub(super) fn read(fields: &[Field<'_>; 15]) -> Result<Self, Fault> {
        let [
            _code,
            _title,
            element_id,
            _name,
            scale_id,
            _scale,
            category,
            value,
            n,
            error,
            lower,
            upper,
            suppress,
            date,
            source,
        ] = *fields;
        let number = value.decimal()?;
        Ok(Self {
            element_id: element_id.element_id()?,
            scale_id: scale_id.scale_id()?,
            category: category.maybe(Field::integer)?,
            value: number,
            precision: Precision::read(number, [n, error, lower, upper, suppress])?,
            date: date.maybe(Cell::month)?,
            source: source.maybe(Cell::owned)?,
        })
    }
}
